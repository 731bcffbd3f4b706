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

        completion = await retrying(send)
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
        error, lasting = self._translated(wrong)
        if lasting:
            self._down = error
        raise error from None  # the SDK's error holds the request, with the article and the key's header

    def _translated(self, wrong: openai.APIError) -> tuple[SummarizerError, bool]:
        """Our error, and whether every further call would meet it too."""
        where, name = self._where, self.profile.model
        if isinstance(wrong, openai.AuthenticationError | openai.PermissionDeniedError):
            return AuthenticationError(
                f"{where} refused the key; check OPENAI_API_KEY (or SUMMARIZER_API_KEY)", subject="OPENAI_API_KEY"
            ), True
        if isinstance(wrong, openai.NotFoundError):
            return ModelUnknownError(f"{where} has no model {name!r}; check --model and --base-url", subject="--model"), True
        if isinstance(wrong, openai.RateLimitError):
            if wrong.code == "insufficient_quota":
                return RateLimitError(f"the quota at {where} is spent; add to it, or use another --model"), True
            tries = self.settings.attempts
            return RateLimitError(f"{where} still answered 429 after {tries} tries; wait, or lower --concurrency"), False
        if isinstance(wrong, openai.APITimeoutError):
            return EndpointError(f"{where} gave no answer in {self.settings.timeout:g} s; raise SUMMARIZER_TIMEOUT"), False
        if isinstance(wrong, openai.APIConnectionError):
            return EndpointError(f"{where} cannot be reached; is it running? check --base-url", subject="--base-url"), True
        if isinstance(wrong, openai.InternalServerError):
            return EndpointError(f"{where} answered {wrong.status_code} after {self.settings.attempts} tries; try later"), False
        status = getattr(wrong, "status_code", "an invalid answer")
        return ExtractionError(f"{where} refused the request ({status}, {wrong.code or wrong.type or 'no code'})"), False


def _worth_retrying(error: BaseException) -> bool:
    spent = isinstance(error, openai.RateLimitError) and error.code == "insufficient_quota"
    return isinstance(error, TRANSPORT_ERRORS) and not spent


def _retry_after(error: BaseException | None) -> float | None:
    """Seconds that the server asked us to wait; a date form is left to the exponential wait."""
    if not isinstance(error, openai.APIStatusError):
        return None
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return None


def _unless_refused(completion: ChatCompletion) -> ChatCompletion:
    """The completion, unless the model refused or a content filter stopped it: re-asking would pay for a refusal twice."""
    choice = completion.choices[0]
    if choice.finish_reason == "content_filter":
        raise AnswerRefusedError("the provider's content filter stopped the answer; try another --model")
    if choice.message.refusal:
        raise AnswerRefusedError("the model refused to answer; try another --model")
    return completion
