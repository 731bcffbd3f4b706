"""The ledger keeps every paid answer, at once and for good."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from summarizer.schemas import Article

from summarizer.errors import LedgerError
from summarizer.extraction.asking import key_of, question
from summarizer.extraction.ledger import Ledger
from summarizer.extraction.profiles import resolve_profile
from summarizer.settings import load_settings

from .samples import ferry_article

WRITER = """
import sys, time
from pathlib import Path
from summarizer.extraction.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    ledger.put(f"{sys.argv[2]}{number}", "m", "{}")
    print(number, flush=True)
if sys.argv[4] == "hang":
    time.sleep(60)
"""


def _key(article: Article | None = None, **settings: object) -> str:
    profile = resolve_profile(load_settings(**({"model": "m", "base_url": "http://127.0.0.1:1/v1"} | settings)))
    article = article or ferry_article()
    return key_of(profile, question(profile, article, article.text))


def test_an_answer_is_found_again_after_reopening(tmp_path: Path) -> None:
    """What was stored in one run is there in the next."""
    with Ledger(tmp_path / "new" / "ledger.sqlite3") as ledger:
        ledger.put("key", "m", '{"a": 1}')
    with Ledger(tmp_path / "new" / "ledger.sqlite3") as ledger:
        assert ledger.get("key") == '{"a": 1}'
        assert ledger.get("other") is None


def test_the_first_answer_to_a_request_stays(tmp_path: Path) -> None:
    """Two processes that asked the same at once agree afterwards on one answer."""
    with Ledger(tmp_path / "ledger.sqlite3") as ledger:
        ledger.put("key", "m", "first")
        ledger.put("key", "m", "second")
        assert ledger.get("key") == "first"


def test_a_killed_process_loses_no_stored_answer(tmp_path: Path) -> None:
    """SIGKILL right after an answer arrived: it is in the ledger."""
    path = tmp_path / "ledger.sqlite3"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, path, "k", "5", "hang"], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for _ in range(5):
        writer.stdout.readline()
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    with Ledger(path) as ledger:
        assert len(ledger) == 5


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    """Runs that share a ledger wait for each other and lose nothing."""
    path = tmp_path / "ledger.sqlite3"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, name, "50", "end"], stdout=subprocess.DEVNULL)
        for name in ("a", "b")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    with Ledger(path) as ledger:
        assert len(ledger) == 100


def test_the_key_ignores_host_port_and_api_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endpoint that moved, or a new API key, does not pay again for what was answered."""
    before = _key()
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-other")
    assert _key(base_url="https://elsewhere.example:8443/v1") == before


@pytest.mark.parametrize(
    "changed",
    [
        {"model": "another"},
        {"max_output_tokens": 999},
        {"response": "compact"},
        {"article": ferry_article(text="Another text.")},
        {"article": ferry_article(published="2024-05-16")},
    ],
)
def test_the_key_changes_with_whatever_decides_an_answer(changed: dict[str, object]) -> None:
    """Model, parameters, response model, text and metadata each make a new question."""
    article = changed.pop("article", None)
    assert _key(article, **changed) != _key()  # type: ignore[arg-type]


def test_a_file_that_is_no_ledger_is_named_with_the_ways_out(tmp_path: Path) -> None:
    """A foreign file is left alone and the message says what to do."""
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes, not a database, and they are long enough to look at" * 20)
    with pytest.raises(LedgerError, match=r"notes.txt cannot be opened.*--ledger or go without by --no-ledger"):
        Ledger(path)
    assert path.read_text().startswith("these are my notes")


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """A file that a later version wrote is not touched."""
    path = tmp_path / "ledger.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(LedgerError, match="newer version"):
        Ledger(path)
