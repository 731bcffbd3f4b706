"""Extraction: articles in, each article's reports out.  The only stage that talks to a model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from summarizer.errors import ModelUnavailableError, SummarizerError
from summarizer.prompts import load_prompt
from summarizer.schemas import AnswerBase, Article, Failure, Report
from summarizer.settings import Settings

from .asking import ask, key_of, question, read_stored, worth_asking
from .costs import Meter, Usage
from .embedded import LocalServer, identify
from .ledger import Ledger
from .profiles import Profile, api_key, check_usable, resolve_profile
from .splitting import join_reports, split_article

if TYPE_CHECKING:
    import openai

    from .sending import Sender

__all__ = ["Extraction", "Extractor", "Ledger", "Profile", "Usage", "extract_all", "resolve_profile"]

OnArticle = Callable[[str], None]


@dataclass(frozen=True)
class Extraction:
    """What came of all articles: reports by source id, the articles that failed, and the sources not asked about.

    These have no reports, as their words speak of no incident.
    """

    reports: dict[str, list[Report]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)


class Extractor:
    """Extracts reports by one model, for one run.  Use it as an async context manager.

    `client` replaces the client that the profile would make (for another transport, or a recording); `answer`
    replaces the profile's response model by one of your own.  Raises SettingError and its kin when made, before
    anything is sent.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        client: openai.AsyncOpenAI | None = None,
        answer: type[AnswerBase] | None = None,
    ) -> None:
        self.settings = settings
        self.profile = replace(identify(resolve_profile(settings)), own_answer=answer)
        self.prompt_version = load_prompt(self.profile.prompt).version
        self.meter = Meter(self.profile, settings.max_cost)
        self.ledger = Ledger(settings.ledger_path)
        self._given = client
        self._client: openai.AsyncOpenAI | None = None
        self._server: LocalServer | None = None
        self._sender: Sender | None = None

    async def extract(self, article: Article) -> list[Report]:
        """The article's reports, the main one first; empty if it reports no incident.

        Raises ExtractionError, ModelUnknownError or LedgerError.
        """
        parts = split_article(article.text, self.profile.part_characters)
        answers = [await self._answer(question(self.profile, article, part)) for part in parts]
        return join_reports([answer.to_reports() for answer in answers])

    async def _answer(self, request: dict[str, Any]) -> AnswerBase:
        """From the ledger without loading an SDK where a valid answer is there, else by asking."""
        stored = self.ledger.get(key_of(self.profile, request))
        if stored is not None and (answer := read_stored(self.profile, stored)) is not None:
            self.meter.count_cached()
            return answer
        settings = self.settings
        return await ask(self._sending(), request, reasks=settings.reasks, reask_tokens=settings.reask_tokens)

    def _sending(self) -> Sender:
        if self._sender is None:
            from .sending import Sender

            self._sender = Sender(
                self.profile,
                self.settings,
                ledger=self.ledger,
                meter=self.meter,
                connect=self._connect,
                key_of=lambda request: key_of(self.profile, request),
            )
        return self._sender

    async def _connect(self) -> openai.AsyncOpenAI:
        if self._given is not None:
            return self._given
        check_usable(self.profile, self.settings)  # only now: a fully cached run needs neither key nor extra
        import openai

        base_url = self.profile.base_url
        if self.profile.in_process:
            self._server = await asyncio.to_thread(LocalServer, self.profile)
            base_url = self._server.base_url
        self._client = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=api_key(self.profile, self.settings),
            timeout=self.settings.timeout,
            max_retries=0,
        )
        return self._client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.close()
        if self._server is not None:
            await asyncio.to_thread(self._server.stop)
        self.ledger.close()


async def extract_all(
    articles: Mapping[str, Article], extractor: Extractor, *, on_article: OnArticle | None = None
) -> Extraction:
    """The reports of all articles, by source id.  An article that fails becomes a Failure; the others go on.

    The embedded model is not asked about an article whose words speak of no incident (`Extraction.unasked`).

    `on_article` is called with the source id as each article is done.  Raises ModelUnavailableError when a call is
    needed and this machine cannot run the model: that is nobody's article's fault.
    """
    asked = {source for source, article in articles.items() if worth_asking(extractor.profile, article)}
    gate = asyncio.Semaphore(extractor.profile.concurrency)

    async def one(source: str, article: Article) -> list[Report] | Failure:
        async with gate:
            try:
                return await extractor.extract(article) if source in asked else []
            except ModelUnavailableError:
                raise
            except SummarizerError as wrong:
                message = f"{article.name}: {wrong}"
                return Failure(source=source, stage="extract", error=type(wrong).__name__, message=message)
            finally:
                if on_article is not None:
                    on_article(source)

    results = await asyncio.gather(*(one(source, article) for source, article in articles.items()))
    outcome = Extraction(unasked=[source for source in articles if source not in asked])
    for source, result in zip(articles, results, strict=True):
        if isinstance(result, Failure):
            outcome.failures.append(result)
        else:
            outcome.reports[source] = result
    return outcome
