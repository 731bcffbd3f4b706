"""One request to the endpoint: from the ledger if it was paid for before, else sent, with transport retries.

The SDK's own retries are off and instructor re-asks for validation only, so each failure has one owner: tenacity, here,
for the named transport errors.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

import openai
from openai.types.chat import ChatCompletion
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from summarizer.errors import (
    AnswerRefusedError,
    AuthenticationError,
    EndpointError,
    ExtractionError,
    ModelUnknownError,
    RateLimitError,
    SummarizerError,
)
from summarizer.settings import Settings

from .costs import Meter
from .ledger import Ledger
from .profiles import Profile

TRANSPORT_ERRORS = (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError)
KeyOf = Callable[[dict[str, Any]], str]
Connect = Callable[[], Awaitable[openai.AsyncOpenAI]]


class Sender:
    """Sends chat completion requests for one run.  `connect` is called once, when the first request must be sent."""

    def __init__(
        self, profile: Profile, settings: Settings, *, ledger: Ledger, meter: Meter, connect: Connect, key_of: KeyOf
    ) -> None:
        self.profile = profile
        self.settings = settings
        self.ledger = ledger
        self.meter = meter
        self._connect = connect
        self._key_of = key_of
        self._client: openai.AsyncOpenAI | None = None
        self._connecting = asyncio.Lock()
        self._in_flight: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._down: SummarizerError | None = None

    async def create(self, **request: Any) -> ChatCompletion:
        """The completion for a request as instructor prepared it.

        Raises AnswerRefusedError for a refusal, ExtractionError or ModelUnknownError for what the transport met.
        """
        key = self._key_of(request)
        async with self._in_flight[key]:
            stored = self.ledger.get(key)
            if stored is None:
                completion = await self._send(request)
                self.ledger.put(key, self.profile.model, completion.model_dump_json())
                usage = completion.usage
                self.meter.count(usage.prompt_tokens if usage else 0, usage.completion_tokens if usage else 0)
            else:
                completion = ChatCompletion.model_validate_json(stored)
                self.meter.count_cached()
        return _unless_refused(completion)

    async def _send(self, request: dict[str, Any]) -> ChatCompletion:
        if self._down is not None:
            raise type(self._down)(str(self._down), subject=self._down.subject)
        if self.profile.constraint == "copy_grammar":
            request.pop("response_format", None)  # two constraints clash; the grammar spells the same answer
        reserved = self.meter.reserve(sum(len(str(message.get("content"))) for message in request["messages"]))
        try:
            client = await self._connected()
            return await self._with_retries(client, request)
        except openai.APIError as wrong:
            self._fail(wrong)
        finally:
            self.meter.release(reserved)

    async def _connected(self) -> openai.AsyncOpenAI:
        async with self._connecting:
            if self._client is None:
                self._client = await self._connect()
        return self._client

    async def _with_retries(self, client: openai.AsyncOpenAI, request: dict[str, Any]) -> ChatCompletion:
        retrying = AsyncRetrying(
            retry=retry_if_exception(_worth_retrying),
            stop=stop_after_attempt(self.settings.attempts),
            wait=self._wait,
            reraise=True,
        )

        async def send() -> Any:  # tenacity awaits only what it can see to be a coroutine function
            return await client.chat.completions.create(**request)

        completion: Any = await retrying(send)
        if not isinstance(completion, ChatCompletion) or not completion.choices:
            raise EndpointError(
                f"{self._where} answered with something that is no chat completion; check --base-url (it ends in /v1)",
                subject="--base-url",
            )
        return completion

    def _wait(self, state: RetryCallState) -> float:
        """Seconds until the next try: what Retry-After asks for, else exponential; never over `max_wait`."""
        asked = _retry_after(state.outcome.exception() if state.outcome else None)
        if asked is not None:
            return min(asked, self.settings.max_wait)
        return wait_random_exponential(multiplier=0.5, max=self.settings.max_wait)(state)

    @property
    def _where(self) -> str:
        return "the embedded model" if self.profile.in_process else f"the endpoint {self.profile.base_url}"

    def _fail(self, wrong: openai.APIError) -> NoReturn:
        """Raise our error for the SDK's.  What would fail for every article alike is remembered, not tried again."""
        kind, lasting, message = _meaning(wrong)
        status = getattr(wrong, "status_code", "an invalid answer")
        facts = {"where": self._where, "model": self.profile.model, "status": status}
        facts |= {"tries": self.settings.attempts, "seconds": f"{self.settings.timeout:g}"}
        facts["code"] = wrong.code or wrong.type or "no code"
        error = kind(message.format(**facts))
        if lasting:
            self._down = error
        raise error from None  # the SDK's error holds the request, with the article and the key's header


_MEANINGS: list[tuple[type[openai.APIError], type[SummarizerError], bool, str]] = [
    # SDK error, ours, whether every further call would meet it too, message
    (openai.AuthenticationError, AuthenticationError, True, "{where} refused the key; check OPENAI_API_KEY"),
    (openai.PermissionDeniedError, AuthenticationError, True, "{where} refused the key; check OPENAI_API_KEY"),
    (openai.NotFoundError, ModelUnknownError, True, "{where} has no model {model!r}; check --model and --base-url"),
    (openai.RateLimitError, RateLimitError, False, "{where} answered 429 after {tries} tries; lower --concurrency"),
    (openai.APITimeoutError, EndpointError, False, "{where} gave no answer in {seconds} s; raise SUMMARIZER_TIMEOUT"),
    (openai.APIConnectionError, EndpointError, True, "{where} cannot be reached; is it running? check --base-url"),
    (openai.InternalServerError, EndpointError, False, "{where} answered {status} after {tries} tries; try later"),
    (openai.APIError, ExtractionError, False, "{where} refused the request ({status}, {code})"),
]


def _meaning(wrong: openai.APIError) -> tuple[type[SummarizerError], bool, str]:
    """What the SDK's error means to us: the error to raise, whether it lasts, and its message."""
    if _quota_spent(wrong):
        return RateLimitError, True, "the quota at {where} is spent; add to it, or use another --model"
    return next((ours, lasting, message) for kind, ours, lasting, message in _MEANINGS if isinstance(wrong, kind))


def _quota_spent(error: BaseException) -> bool:
    """A 429 that no waiting can mend."""
    return isinstance(error, openai.RateLimitError) and error.code == "insufficient_quota"


def _worth_retrying(error: BaseException) -> bool:
    return isinstance(error, TRANSPORT_ERRORS) and not _quota_spent(error)


def _retry_after(error: BaseException | None) -> float | None:
    """Seconds that the server asked us to wait; a date form is left to the exponential wait."""
    if not isinstance(error, openai.APIStatusError):
        return None
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return None


def _unless_refused(completion: ChatCompletion) -> ChatCompletion:
    """The completion, unless the model refused or a filter stopped it: re-asking would pay for a refusal twice."""
    choice = completion.choices[0]
    if choice.finish_reason == "content_filter":
        raise AnswerRefusedError("the provider's content filter stopped the answer; try another --model")
    if choice.message.refusal:
        raise AnswerRefusedError("the model refused to answer; try another --model")
    return completion
