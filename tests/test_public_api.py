"""What `from summarizer import …` promises, and that the README's example runs."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

import summarizer
from summarizer import asummarize, load_settings, read_articles

from .conftest import ROOT
from .test_cassettes import NOWHERE, cassette, client

PUBLIC = {
    "Article",
    "Count",
    "DateSpan",
    "Extraction",
    "Extractor",
    "Field",
    "GroundedReport",
    "Incident",
    "Place",
    "Reading",
    "Report",
    "Settings",
    "SummarizerError",
    "Summary",
    "aextract",
    "align",
    "asummarize",
    "combine",
    "extract",
    "ground",
    "group_origins",
    "load_settings",
    "merge",
    "narrate",
    "read_articles",
    "render",
    "silent",
    "summarize",
}


def test_the_public_names_are_these() -> None:
    """A name is added or taken away on purpose, never by the way."""
    assert set(summarizer.__all__) == PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_is_there_and_documented(name: str) -> None:
    """Each public name can be imported and says what it is."""
    assert getattr(summarizer, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A typo fails as Python users expect."""
    with pytest.raises(AttributeError, match="no attribute 'summarise'"):
        summarizer.summarise  # noqa: B018


def test_the_example_in_the_readme_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The README's code runs as printed: here on the answers that the embedded model gave when they were recorded."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SUMMARIZER_LEDGER", str(tmp_path / "ledger.sqlite3"))

    async def fill_the_ledger() -> None:
        articles = read_articles(["examples/camp-rusafa-rockets"]).articles
        async with client(NOWHERE) as sdk:
            await asummarize(articles, settings=load_settings(model="embedded", concurrency=1), client=sdk)

    with cassette("summarize-camp-rusafa", record=False):
        asyncio.run(fill_the_ledger())
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), flags=re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "killed: 3" in printed
    assert "verified" in printed
