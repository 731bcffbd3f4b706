"""What happens between an article and its reports: one call when all is well, a clear end when it is not."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from summarizer.schemas import Article, Report

from summarizer.errors import (
    AnswerInvalidError,
    AnswerRefusedError,
    AnswerTruncatedError,
    AuthenticationError,
    BudgetError,
    EndpointError,
    ExtractionError,
    ModelUnknownError,
    RateLimitError,
    SettingError,
    SummarizerError,
)
from summarizer.extraction import Extraction, Extractor, extract_all
from summarizer.settings import Settings, load_settings

from .conftest import Answer, ScriptedServer, completion
from .samples import ferry_article, ferry_report, full_answer

GOOD = full_answer(ferry_report())
QUICK = {"max_wait": 0.05, "attempts": 3}


def settings_for(server: ScriptedServer, **changes: Any) -> Settings:
    return load_settings(**({"model": "m", "base_url": server.url, "use_ledger": False} | QUICK | changes))


def extract(settings: Settings, *articles: Article) -> Extraction:
    async def run() -> Extraction:
        async with Extractor(settings) as extractor:
            named = {f"s{number}": article for number, article in enumerate(articles, start=1)}
            return await extract_all(named, extractor)

    return asyncio.run(run())


def extract_one(settings: Settings, article: Article | None = None) -> list[Report]:
    async def run() -> list[Report]:
        async with Extractor(settings) as extractor:
            return await extractor.extract(article or ferry_article())

    return asyncio.run(run())


def failing(settings: Settings, kind: type[SummarizerError], match: str) -> str:
    with pytest.raises(kind, match=match) as caught:
        extract_one(settings)
    assert caught.value.__cause__ is None  # no SDK error behind it, which would hold the article and the key
    return str(caught.value)


def test_an_answer_becomes_reports(server: ScriptedServer) -> None:
    """One call gives the article's reports with values and quotes."""
    server.script = [Answer(completion(GOOD))]
    (report,) = extract_one(settings_for(server))
    assert report.killed is not None
    assert report.killed.value is not None
    assert (report.killed.value.best, report.killed.quote) == (4, "killing four passengers")
    assert len(server.requests) == 1


def test_an_article_without_an_incident_gives_no_reports(server: ScriptedServer) -> None:
    """An empty answer is an answer, not a failure."""
    server.script = [Answer(completion(full_answer()))]
    assert extract_one(settings_for(server)) == []


def test_the_schema_travels_with_its_instructions(server: ScriptedServer) -> None:
    """The server is held to the response model, and each field's description is its instruction."""
    server.script = [Answer(completion(GOOD))]
    extract_one(settings_for(server))
    spelled = json.dumps(server.requests[0]["response_format"])
    assert "json_schema" in spelled
    assert "hostages and abducted, not arrests" in spelled


def test_article_text_is_never_rendered(server: ScriptedServer) -> None:
    """Template code in an article is sent as it stands."""
    server.script = [Answer(completion(full_answer()))]
    extract_one(settings_for(server), ferry_article(text="Costs rose {{ 7*6 }} and $head {% raw %} said </article>."))
    assert "{{ 7*6 }} and $head {% raw %} said </article>." in server.requests[0]["messages"][-1]["content"]


def test_a_second_run_sends_nothing(server: ScriptedServer, tmp_path: Path) -> None:
    """What was answered once is answered from the ledger."""
    server.script = [Answer(completion(GOOD))]
    settings = settings_for(server, use_ledger=True, ledger=tmp_path / "ledger.sqlite3")
    assert extract_one(settings) == extract_one(settings)
    assert len(server.requests) == 1


def test_the_same_question_twice_at_once_is_sent_once(server: ScriptedServer) -> None:
    """Two identical articles in one run pay for one answer."""
    server.script = [Answer(completion(GOOD), delay=0.1)]
    outcome = extract(settings_for(server), ferry_article(), ferry_article())
    assert len(outcome.reports) == 2
    assert len(server.requests) == 1


def test_every_received_answer_is_kept_even_an_invalid_one(server: ScriptedServer, tmp_path: Path) -> None:
    """A run that ended with an invalid answer does not pay for it again."""
    server.script = [Answer(completion("not json"))]
    settings = settings_for(server, use_ledger=True, ledger=tmp_path / "ledger.sqlite3", reasks=1)
    for _ in range(2):
        failing(settings, AnswerInvalidError, "broke the schema after 1 re-asks")
    assert len(server.requests) == 2


def test_an_invalid_answer_is_asked_again_with_its_fault(server: ScriptedServer) -> None:
    """A schema fault is told to the model, which may mend it."""
    broken = full_answer(ferry_report(event_type="boat_trouble"))
    server.script = [Answer(completion(broken)), Answer(completion(GOOD))]
    assert len(extract_one(settings_for(server))) == 1
    assert len(server.requests) == 2
    assert "event_type" in server.requests[1]["messages"][-1]["content"]


def test_re_asks_are_bounded_in_number(server: ScriptedServer) -> None:
    """An endpoint that never answers validly is asked once and `reasks` times more."""
    server.script = [Answer(completion("nonsense"))]
    message = failing(settings_for(server, reasks=2), AnswerInvalidError, "after 2 re-asks")
    assert len(server.requests) == 3
    assert "nonsense" not in message


def test_re_asks_are_bounded_in_tokens(server: ScriptedServer) -> None:
    """A token budget ends re-asks before their number does."""
    server.script = [Answer(completion("nonsense", tokens=(900, 200)))]
    failing(settings_for(server, reasks=5, reask_tokens=2_000), AnswerInvalidError, "within 2000 tokens")
    assert len(server.requests) == 2


def test_a_truncated_answer_is_named_and_not_asked_again(server: ScriptedServer) -> None:
    """An answer cut at the token limit says which setting raises it."""
    server.script = [Answer(completion(GOOD[:60], finish_reason="length"))]
    failing(settings_for(server), AnswerTruncatedError, "SUMMARIZER_MAX_OUTPUT_TOKENS")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [completion(None, refusal="I can't help with that."), completion("", finish_reason="content_filter")],
    ids=["refusal", "content filter"],
)
def test_a_refusal_costs_one_call(server: ScriptedServer, answer: dict[str, Any]) -> None:
    """A refusal is final: asking again would only pay for it again."""
    server.script = [Answer(answer)]
    failing(settings_for(server), AnswerRefusedError, "refused|content filter")
    assert len(server.requests) == 1


def test_a_429_waits_as_long_as_it_is_told(server: ScriptedServer) -> None:
    """Retry-After is honoured."""
    server.script = [Answer({"error": {"message": "slow"}}, 429, {"Retry-After": "1"}), Answer(completion(GOOD))]
    began = time.monotonic()
    assert extract_one(settings_for(server, max_wait=5))
    assert time.monotonic() - began >= 1.0


def test_a_long_retry_after_is_capped(server: ScriptedServer) -> None:
    """An hour's Retry-After does not hang the run."""
    server.script = [Answer({"error": {"message": "slow"}}, 429, {"Retry-After": "3600"}), Answer(completion(GOOD))]
    began = time.monotonic()
    assert extract_one(settings_for(server))
    assert time.monotonic() - began < 5


def test_an_endless_429_ends_with_the_number_of_tries(server: ScriptedServer) -> None:
    """Rate limits are tried a bounded number of times."""
    server.script = [Answer({"error": {"message": "slow"}}, 429)]
    failing(settings_for(server), RateLimitError, "429 after 3 tries")
    assert len(server.requests) == 3


def test_a_spent_quota_is_not_retried(server: ScriptedServer) -> None:
    """A 429 that no waiting can mend fails at once, for all articles."""
    server.script = [Answer({"error": {"message": "x", "code": "insufficient_quota"}}, 429)]
    outcome = extract(settings_for(server, concurrency=1), ferry_article(), ferry_article(title="Another"))
    assert [failure.error for failure in outcome.failures] == ["RateLimitError", "RateLimitError"]
    assert len(server.requests) == 1


def test_a_500_is_retried(server: ScriptedServer) -> None:
    """A passing server fault costs a retry, not the article."""
    server.script = [Answer("oops", 500), Answer("oops", 503), Answer(completion(GOOD))]
    assert extract_one(settings_for(server))
    assert len(server.requests) == 3


def test_an_endless_500_names_the_endpoint(server: ScriptedServer) -> None:
    """A broken server is named with its status."""
    server.script = [Answer("oops", 500)]
    failing(settings_for(server), EndpointError, f"{server.url} answered 500 after 3 tries")


def test_a_refused_key_is_named_and_never_shown(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """401 says which variable to check; the key itself appears nowhere; no other article is sent."""
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-very-secret")
    server.script = [Answer({"error": {"message": "Incorrect API key: sk-very-secret"}}, 401)]
    settings = settings_for(server, concurrency=1)
    message = failing(settings, AuthenticationError, "check OPENAI_API_KEY")
    assert "sk-very-secret" not in message
    outcome = extract(settings, ferry_article(), ferry_article(title="Another"))
    assert len(outcome.failures) == 2
    assert len(server.requests) == 2


def test_an_unknown_model_at_an_endpoint_is_named(server: ScriptedServer) -> None:
    """404 says which settings to check."""
    server.script = [Answer({"error": {"message": "no such model"}}, 404)]
    failing(settings_for(server, model="typo"), ModelUnknownError, "no model 'typo'; check --model and --base-url")


def test_an_endpoint_that_is_down_is_named() -> None:
    """Nothing listening: the message names the URL and the option."""
    settings = load_settings(model="m", base_url="http://127.0.0.1:1/v1", use_ledger=False, **QUICK)
    failing(settings, EndpointError, r"http://127\.0\.0\.1:1/v1 cannot be reached.*check --base-url")


def test_an_endpoint_that_never_answers_times_out(server: ScriptedServer) -> None:
    """A hanging server is given up after the timeout."""
    server.script = [Answer(completion(GOOD), delay=2)]
    failing(settings_for(server, timeout=0.2, attempts=1), EndpointError, "no answer in 0.2 s")


def test_a_page_instead_of_a_completion_is_named(server: ScriptedServer) -> None:
    """A wrong base URL that answers 200 with a web page is told from a model."""
    server.script = [Answer("<html>Welcome</html>")]
    failing(settings_for(server), ExtractionError, "no chat completion; check --base-url")


def test_a_request_that_the_server_rejects_is_not_retried(server: ScriptedServer) -> None:
    """400 is our fault or a limit; it is reported with the server's code."""
    server.script = [Answer({"error": {"message": "too long", "code": "context_length_exceeded"}}, 400)]
    failing(settings_for(server), ExtractionError, r"refused the request \(400, context_length_exceeded\)")
    assert len(server.requests) == 1


def test_one_failing_article_never_costs_the_others(server: ScriptedServer) -> None:
    """An article whose call fails is listed by name; the rest have their reports."""

    def script(request: dict[str, Any]) -> Answer:
        bad = "Doomed" in request["messages"][-1]["content"]
        return Answer(completion(None, refusal="no")) if bad else Answer(completion(GOOD))

    server.script = script
    doomed = ferry_article(publisher="Doomed Daily", path="doomed.txt")
    outcome = extract(settings_for(server), ferry_article(), doomed, ferry_article(title="Another"))
    assert set(outcome.reports) == {"s1", "s3"}
    (failure,) = outcome.failures
    assert (failure.source, failure.stage, failure.error) == ("s2", "extract", "AnswerRefusedError")
    assert failure.message.startswith("doomed.txt: ")


def test_no_more_articles_are_in_flight_than_asked(server: ScriptedServer) -> None:
    """--concurrency bounds the requests at a time."""
    server.script = [Answer(completion(GOOD), delay=0.05)]
    extract(settings_for(server, concurrency=2), *(ferry_article(title=str(number)) for number in range(8)))
    assert server.most_in_flight == 2


def test_a_long_article_is_asked_in_parts_and_joined(server: ScriptedServer) -> None:
    """An article over the context is split at paragraphs; its reports are those of one article."""
    server.script = [Answer(completion(GOOD))]
    long = "\n\n".join([ferry_article().text, *(f"Paragraph {n}. " + "More words. " * 40 for n in range(40))])
    settings = settings_for(server, context_tokens=8_192, max_output_tokens=4_000)
    (report,) = extract_one(settings, ferry_article(text=long))
    assert report.role == "main"
    assert len(server.requests) > 1
    sent = "".join(request["messages"][-1]["content"] for request in server.requests)
    assert all(f"Paragraph {n}." in sent for n in range(40))


def test_the_compact_model_is_asked_for_phrases(server: ScriptedServer) -> None:
    """A small model gives phrases only; values are left to grounding."""
    phrases = {"role": "main", "type": "fire", "when": "on Tuesday evening", "killed": "killing four passengers"}
    server.script = [Answer(completion(json.dumps({"reports": [phrases]})))]
    (report,) = extract_one(settings_for(server, response="compact"))
    assert report.killed is not None
    assert (report.killed.value, report.killed.quote) == (None, "killing four passengers")


def test_tokens_and_calls_are_counted(server: ScriptedServer) -> None:
    """The run knows what the server says it used; a price nobody lists is unknown, not zero."""
    server.script = [Answer(completion(GOOD, tokens=(321, 45)))]

    async def run() -> Extractor:
        async with Extractor(settings_for(server)) as extractor:
            await extractor.extract(ferry_article())
        return extractor

    usage = asyncio.run(run()).meter.usage
    assert (usage.calls, usage.input_tokens, usage.output_tokens, usage.cost) == (1, 321, 45, None)


def test_a_cost_limit_without_a_price_is_refused(server: ScriptedServer) -> None:
    """--max-cost cannot be promised for a model whose price nobody lists."""
    with pytest.raises(SettingError, match="--max-cost cannot be kept"):
        extract_one(settings_for(server, max_cost=1.0))


def test_a_call_over_the_cost_limit_is_not_sent(monkeypatch: pytest.MonkeyPatch, server: ScriptedServer) -> None:
    """What could exceed --max-cost stays unsent, and the message says how much was spent."""
    monkeypatch.setattr("summarizer.extraction.profiles.OPENAI_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    server.script = [Answer(completion(GOOD))]
    settings = load_settings(model="openai/gpt-4.1-mini", max_cost=0.0001, use_ledger=False)
    failing(settings, BudgetError, r"\$0\.0000 of --max-cost \$0\.0001")
    assert server.requests == []


def test_openai_is_asked_through_tools(monkeypatch: pytest.MonkeyPatch, server: ScriptedServer) -> None:
    """The OpenAI profile uses a tool call, the full response model, and prices from the public list."""
    monkeypatch.setattr("summarizer.extraction.profiles.OPENAI_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")

    def script(request: dict[str, Any]) -> Answer:
        name = request["tools"][0]["function"]["name"]
        answer = completion(None, finish_reason="tool_calls", tokens=(1000, 100))
        call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": GOOD}}
        answer["choices"][0]["message"]["tool_calls"] = [call]
        return Answer(answer)

    server.script = script

    async def run() -> Extractor:
        async with Extractor(load_settings(model="openai/gpt-4.1-mini", use_ledger=False)) as extractor:
            assert len(await extractor.extract(ferry_article())) == 1
            assert len(await extractor.extract(ferry_article())) == 1
        return extractor

    usage = asyncio.run(run()).meter.usage
    assert (usage.calls, usage.cached) == (1, 1)
    assert usage.cost == pytest.approx(0.00056)
    assert server.headers[0]["authorization"] == "Bearer sk-test"
