"""Intake: pages that wait are fetched, host by host, and each is kept the moment it is there."""

from __future__ import annotations

import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from summarizer.articles.fetching import Page
from summarizer.articles.pages import PageReader
from summarizer.articles.politeness import PoliteFetcher
from summarizer.articles.reading import read_page
from summarizer.errors import ArticleError
from summarizer.schemas import Article

from .config import Fetching
from .queue import Waiting, store_failed, store_fetched, store_unchanged
from .sources import Trouble, trouble
from .state import State

_AHEAD = 8
"""Pages fetched and not yet taken apart; each may be as large as the limit."""
Fetched = tuple[Waiting, Page | ArticleError]


@dataclass(frozen=True)
class Intake:
    """How many pages were asked for, and how many of them held an article that was not known."""

    fetched: int
    new: int
    troubles: list[Trouble]


def take_in(
    state: State, pages: Sequence[Waiting], fetcher: PoliteFetcher, reader: PageReader, *, how: Fetching, now: datetime
) -> Intake:
    """Fetch the pages and keep their articles.  A page that fails costs no other; it is tried again for some days."""
    new, troubles = 0, []

    def fetch(page: Waiting) -> Page | ArticleError:
        try:
            return fetcher.fetch(page.place, validators=page.validators, limit=how.page_bytes)
        except ArticleError as wrong:
            return wrong

    for page, found in _by_host(pages, fetch, how.hosts_at_once):
        try:
            if isinstance(found, ArticleError):
                raise found
            if found.modified:
                new += store_fetched(state, page, _article(page, found, reader), found.validators)
            else:
                store_unchanged(state, page)
        except ArticleError as wrong:
            late = datetime.fromisoformat(page.found) + timedelta(days=how.give_up_days) <= now
            told = trouble(wrong, page.place)
            store_failed(state, page, told.message, final=late or not wrong.passing)
            troubles.append(told)
    return Intake(len(pages), new, troubles)


def _article(page: Waiting, found: Page, reader: PageReader) -> Article:
    """The cleaned article; where page and listing differ, the one that knows more is believed."""
    draft, entry = read_page(found, page.place, reader), page.entry
    timed = entry.published is not None and "T" in entry.published
    return replace(
        draft,
        url=page.place,
        publisher=entry.publisher or draft.publisher or entry.outlet,
        title=draft.title or entry.title,
        published=entry.published if timed else draft.published or entry.published,
    ).article()


def _by_host(
    pages: Sequence[Waiting], fetch: Callable[[Waiting], Page | ArticleError], at_once: int
) -> Iterator[Fetched]:
    """Each page with what came of it, as it comes; the pages of one host are asked one after another."""
    hosts: defaultdict[str, list[Waiting]] = defaultdict(list)
    for page in pages:
        hosts[urlsplit(page.place).netloc].append(page)
    done: queue.Queue[Fetched] = queue.Queue()
    room, stopped = threading.Semaphore(_AHEAD), threading.Event()

    def work(listed: list[Waiting]) -> None:
        for page in listed:
            room.acquire()
            if stopped.is_set():
                return
            done.put((page, fetch(page)))

    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="host") as pool:
        try:
            futures = [pool.submit(work, listed) for listed in hosts.values()]
            for _ in pages:
                while True:
                    try:
                        yield done.get(timeout=1.0)
                        break
                    except queue.Empty:
                        _raise_failed(futures)
                room.release()
        finally:
            stopped.set()
            for _ in hosts:
                room.release()


def _raise_failed(futures: Sequence[Future[None]]) -> None:
    """A mistake of ours in a worker must end the run, not hang it."""
    for future in futures:
        if future.done() and (wrong := future.exception()) is not None:
            raise wrong
