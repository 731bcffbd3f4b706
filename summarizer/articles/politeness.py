"""Fetching many pages as a good guest: robots.txt is respected, and each host is asked at a walking pace."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from summarizer.errors import ArticleError, ArticleForbiddenError

from .fetching import Fetcher, Page, Validators, shown

if TYPE_CHECKING:
    from protego import Protego

AGENT = "incident-summarizer"
"""The name that robots.txt files are searched for."""
_ROBOTS_LIMIT = 500_000
_LONGEST_DELAY = 30.0
"""Seconds; a robots.txt that asks for more would stop the digest of everybody else."""


class PoliteFetcher:
    """A fetcher for many pages of few hosts; safe under threads.

    `delay` is the least time between two requests to one host, in seconds; a longer Crawl-delay is kept, up to 30 s.
    `robots` may be turned off for servers of one's own.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        delay: float = 1.0,
        robots: bool = True,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._fetcher = fetcher
        self._delay = delay
        self._robots = robots
        self._clock = clock
        self._sleep = sleep
        self._rules: dict[str, Protego | ArticleError] = {}
        self._next: dict[str, float] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def fetch(self, url: str, *, validators: Validators | None = None, limit: int | None = None) -> Page:
        """The page at `url`, in its turn; as `Fetcher.fetch`.

        Raises ArticleForbiddenError where robots.txt asks not to fetch it, or a page that it redirects to.
        """
        return self._fetcher.fetch(url, validators=validators, limit=limit, admit=self._admit)

    def _admit(self, url: str) -> None:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        delay = self._delay
        if self._robots:
            rules = self._rules_of(site)
            if isinstance(rules, ArticleError):
                raise rules
            if not rules.can_fetch(url, AGENT):
                name = shown(url)
                message = f"{name}: the site's robots.txt asks not to fetch it; ask the site, or save and drop the page"
                raise ArticleForbiddenError(message, subject=name)
            delay = max(delay, min(rules.crawl_delay(AGENT) or 0.0, _LONGEST_DELAY))
        self._wait(site, delay)

    def _wait(self, site: str, delay: float) -> None:
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(site, now))
            self._next[site] = turn + delay
        if turn > now:
            self._sleep(turn - now)

    def _rules_of(self, site: str) -> Protego | ArticleError:
        """The rules of a site, read once a run; an error where the site cannot say what it allows."""
        with self._lock:
            lock = self._locks[site]
        with lock:
            if site not in self._rules:
                self._rules[site] = self._read_rules(site)
            return self._rules[site]

    def _read_rules(self, site: str) -> Protego | ArticleError:
        from protego import Protego

        try:
            page = self._fetcher.fetch(f"{site}/robots.txt", limit=_ROBOTS_LIMIT)
        except ArticleError as error:
            # By RFC 9309: no robots.txt allows everything, a server that fails allows nothing for now.
            return error if error.passing else Protego.parse("")
        return Protego.parse(page.content.decode("utf-8", "replace"))
