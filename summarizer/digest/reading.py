"""Reading: articles that are new go to the model once; their reports are grounded and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from summarizer.extraction import Extractor, Usage, extract_all
from summarizer.grounding import ground
from summarizer.schemas import Failure
from summarizer.settings import Settings

from .queue import load_articles, store_read, store_unread
from .sources import Trouble
from .state import State

_BATCH = 64
"""Articles given to the model at a time; each batch is kept before the next is asked."""
_NOT_ITS_FAULT = frozenset({"EndpointError", "AuthenticationError", "RateLimitError", "BudgetError", "LedgerError"})
"""Failures that say nothing of the article: it is tried again next time."""
OnArticle = Callable[[str], None]


@dataclass
class Readout:
    """What the model read: how many articles, at which cost, and which it could not.

    `unasked` of the articles read speak of no incident by their words, and were not sent to it.
    """

    model: str = ""
    read: int = 0
    unasked: int = 0
    usage: Usage = field(default_factory=Usage)
    troubles: list[Trouble] = field(default_factory=list)


def read(state: State, ids: Sequence[int], settings: Settings, *, on_article: OnArticle | None = None) -> Readout:
    """Have the model read these articles and keep the reports; what it was paid for is kept the moment it arrives.

    An article that fails costs no other.  Raises SettingError and its kin before anything is sent, LedgerError for a
    state file that cannot be used.
    """
    return asyncio.run(_read(state, ids, settings, on_article)) if ids else Readout()


async def _read(state: State, ids: Sequence[int], settings: Settings, on_article: OnArticle | None) -> Readout:
    async with Extractor(settings) as extractor:
        readout = Readout(model=extractor.profile.model, usage=extractor.meter.usage)
        for start in range(0, len(ids), _BATCH):
            failures = await _read_batch(state, ids[start : start + _BATCH], extractor, readout, on_article)
            if any(failure.error in _NOT_ITS_FAULT for failure in failures):
                break  # the next batch would meet the same
    return readout


async def _read_batch(
    state: State, ids: Sequence[int], extractor: Extractor, readout: Readout, on_article: OnArticle | None
) -> list[Failure]:
    articles = load_articles(state, ids)
    by_source = {f"s{id}": article for id, article in articles.items()}
    extraction = await extract_all(by_source, extractor, on_article=on_article)
    for id, article in articles.items():
        source = f"s{id}"
        if source in extraction.reports:
            reports = [ground(one, article, source, at) for at, one in enumerate(extraction.reports[source])]
            store_read(state, id, reports)
            readout.read += 1
    readout.unasked += len(extraction.unasked)
    for failure in extraction.failures:
        final = failure.error not in _NOT_ITS_FAULT
        store_unread(state, int(failure.source[1:]), failure.message, final=final)
        readout.troubles.append(Trouble(failure.source, failure.error, failure.message))
    return extraction.failures
