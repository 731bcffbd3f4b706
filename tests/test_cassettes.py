"""Recorded answers of real servers, replayed.

Record anew with `pytest tests/test_cassettes.py --record-cassettes` (wants the extra `embedded`): the full run and the
re-ask are recorded from the embedded model, the other three from the scripted server on loopback.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import openai
import pytest
import vcr
import yaml
from pydantic import model_validator
from summarizer.schemas import Article, CompactAnswer, Report, Summary

from summarizer.articles import read_articles
from summarizer.errors import AnswerRefusedError, AnswerTruncatedError
from summarizer.extraction import Extractor
from summarizer.pipeline import asummarize
from summarizer.settings import load_settings

from .conftest import EXAMPLES, ROOT, Answer, ScriptedServer, completion
from .samples import ferry_article, ferry_report, full_answer

CASSETTES = ROOT / "cassettes"
KEPT_HEADERS = frozenset({"content-type", "retry-after"})
NOWHERE = "http://model.invalid/v1"


def _scrubbed_request(request: Any) -> Any:
    """Without the host, the port and every header that could tell who asked."""
    parts = urlsplit(request.uri)
    request.uri = urlunsplit(("http", "model.invalid", parts.path, parts.query, ""))
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT_HEADERS}
    return request


def _scrubbed_response(response: dict[str, Any]) -> dict[str, Any]:
    headers = response["headers"]
    return response | {"headers": {name: headers[name] for name in headers if name.lower() in KEPT_HEADERS}}


@contextmanager
def cassette(name: str, *, record: bool) -> Iterator[None]:
    """Replay (or record) one cassette: bodies matched, nothing unplayed left, the network closed."""
    path = CASSETTES / f"{name}.yaml"
    if record:
        path.unlink(missing_ok=True)
    recorder = vcr.VCR(
        record_mode="all" if record else "none",
        match_on=["method", "path", "query", "body"],
        decode_compressed_response=True,
        before_record_request=_scrubbed_request,
        before_record_response=_scrubbed_response,
    )
    with recorder.use_cassette(str(path)) as tape:
        yield
        assert record or tape.all_played, f"{path.name} holds interactions that were not played"


@pytest.fixture
def recording(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--record-cassettes"))


@pytest.fixture
def embedded_url(recording: bool) -> Iterator[str]:
    """Where the embedded model answers: for real while recording, nowhere while replaying."""
    if not recording:
        yield NOWHERE
        return
    from summarizer.extraction.embedded import LocalServer, identify
    from summarizer.extraction.profiles import resolve_profile

    server = LocalServer(identify(resolve_profile(load_settings(model="embedded"))))
    yield server.base_url
    server.stop()


def client(url: str) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=url, api_key="sk-never-recorded", max_retries=0)


async def _summary(articles: list[Article], url: str, **settings: Any) -> Summary:
    chosen = load_settings(model="embedded", concurrency=1, **settings)
    async with client(url) as sdk:
        return await asummarize(articles, settings=chosen, client=sdk)


@pytest.fixture
def rusafa(monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    monkeypatch.chdir(ROOT)
    return read_articles([str(EXAMPLES.relative_to(ROOT) / "camp-rusafa-rockets")]).articles


def test_a_full_run_tells_the_attack_from_the_reprisal(
    rusafa: list[Article], recording: bool, embedded_url: str, tmp_path: Path
) -> None:
    """Five articles, the embedded model: the attack and the reprisal come out as two incidents, and a second run
    sends nothing and says the same."""
    ledger = tmp_path / "ledger.sqlite3"
    with cassette("summarize-camp-rusafa", record=recording):
        first = asyncio.run(_summary(rusafa, embedded_url, ledger=ledger))
    attack, reprisal = first.incidents[:2]
    assert first.failures == []
    assert attack.event_type.value == "rocket_or_missile_attack"
    assert reprisal.event_type.value == "airstrike"
    assert attack.date.value is not None
    assert attack.date.value.start == "2023-03-08"
    assert reprisal.date.value is not None
    assert reprisal.date.value.start == "2023-03-09"
    assert attack.killed.value is not None
    assert attack.killed.value.best == 3
    again = asyncio.run(_summary(rusafa, NOWHERE, ledger=ledger))
    assert (again.run.calls, again.run.cached) == (0, 5)
    assert again.model_dump_json(exclude={"run"}) == first.model_dump_json(exclude={"run"})


class OneReport(CompactAnswer):
    """A response model of the test's own, with a rule that no schema can tell the server."""

    @model_validator(mode="after")
    def _one(self) -> OneReport:
        if len(self.reports) != 1:
            raise ValueError(f"the article is to give one report, not {len(self.reports)}")
        return self


def test_a_validation_re_ask_is_answered_validly(rusafa: list[Article], recording: bool, embedded_url: str) -> None:
    """The first answer breaks the response model, the model is told so, and a later answer is taken."""
    article = next(article for article in rusafa if article.publisher == "Noor Khabar (English service)")

    async def run() -> tuple[list[Report], int]:
        settings = load_settings(
            model="gemma", base_url=embedded_url, response="compact", use_ledger=False, max_output_tokens=500
        )
        async with client(embedded_url) as sdk, Extractor(settings, client=sdk, answer=OneReport) as extractor:
            return await extractor.extract(article), extractor.meter.usage.calls

    with cassette("validation-re-ask", record=recording):
        reports, calls = asyncio.run(run())
    assert len(reports) == 1
    assert calls > 1


def _replayed(name: str, recording: bool, server: ScriptedServer) -> Callable[[], list[Report]]:
    """One article through the full profile, from the cassette or from the scripted server."""

    async def run() -> list[Report]:
        url = server.url if recording else NOWHERE
        settings = load_settings(model="m", base_url=url, use_ledger=False, attempts=2)
        async with client(url) as sdk, Extractor(settings, client=sdk) as extractor:
            return await extractor.extract(ferry_article())

    def replay() -> list[Report]:
        with cassette(name, record=recording):
            return asyncio.run(run())

    return replay


def test_a_429_with_retry_after_is_waited_out(recording: bool, server: ScriptedServer) -> None:
    """The recorded 429 asks for a second's wait; the next try is answered."""
    server.script = [
        Answer({"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}}, 429, {"Retry-After": "1"}),
        Answer(completion(full_answer(ferry_report()))),
    ]
    assert len(_replayed("rate-limit", recording, server)()) == 1


def test_a_truncated_answer_is_told_from_an_invalid_one(recording: bool, server: ScriptedServer) -> None:
    """A recorded answer cut at the token limit is named as such, after one call."""
    server.script = [Answer(completion(full_answer(ferry_report())[:90], finish_reason="length"))]
    with pytest.raises(AnswerTruncatedError):
        _replayed("truncated-answer", recording, server)()


def test_a_refusal_is_final(recording: bool, server: ScriptedServer) -> None:
    """A recorded refusal is named as such, after one call."""
    server.script = [Answer(completion(None, refusal="I cannot help with this article."))]
    with pytest.raises(AnswerRefusedError):
        _replayed("refusal", recording, server)()


def test_a_request_that_was_never_recorded_fails(tmp_path: Path) -> None:
    """Replaying, another body than the recorded one is not answered with its answer."""

    async def run() -> None:
        settings = load_settings(model="m", base_url=NOWHERE, use_ledger=False, attempts=1)
        async with client(NOWHERE) as sdk, Extractor(settings, client=sdk) as extractor:
            await extractor.extract(ferry_article(text="An article that was never recorded."))

    with pytest.raises(Exception, match="cannot be reached"), cassette("refusal", record=False):
        asyncio.run(run())


def test_the_cassettes_hold_no_key_and_no_host() -> None:
    """Nothing in a recording tells a key, a host or a port."""
    tapes = sorted(CASSETTES.glob("*.yaml"))
    assert len(tapes) == 5
    for tape in tapes:
        text = tape.read_text(encoding="utf-8")
        for secret in ("sk-", "uthorization", "127.0.0.1", "localhost", "cookie"):
            assert secret not in text, f"{tape.name} holds {secret}"


def test_the_recorded_articles_are_the_examples(rusafa: list[Article]) -> None:
    """The full run's cassette was recorded from the examples as they are now."""
    tape = yaml.safe_load((CASSETTES / "summarize-camp-rusafa.yaml").read_text(encoding="utf-8"))
    sent = [json.loads(each["request"]["body"])["messages"][-1]["content"] for each in tape["interactions"]]
    texts = sorted(" ".join(article.text.split())[:3000] for article in rusafa)
    assert sorted(prompt.split("\n")[2] for prompt in sent) == texts
