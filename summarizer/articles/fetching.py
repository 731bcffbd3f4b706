"""Fetching a page from the web: public addresses only, within a time and a size."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from summarizer.errors import ArticleError, ArticleFormatError, ArticleMissingError

from .decoding import LIMIT, check_size

if TYPE_CHECKING:
    from requests import Response, Session

_SECONDS = 30.0
_CHUNK = 65_536
_GONE = frozenset({404, 410})
_NOT_MODIFIED = 304
_ERRORS = 400
_SERVER_ERRORS = 500
_LATER = frozenset({408, 425, 429})
_HOPS = 5
_AGENT = "incident-summarizer (+reads single pages on request)"
Admit = Callable[[str], None]


@dataclass(frozen=True)
class Validators:
    """What a server gave with a page, and takes back to say whether the page has changed since."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request; empty where there is nothing to compare with."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Page:
    """What a server sent: the bytes, their kind (`text/html`) and charset, as its headers give them.

    `modified` is False where the server said that nothing has changed since `validators`; there are no bytes then.
    """

    content: bytes
    kind: str
    charset: str | None
    validators: Validators = field(default_factory=Validators)
    modified: bool = True


@dataclass(frozen=True)
class _Hop:
    """Where a redirect leads."""

    url: str


class Fetcher:
    """Fetches pages.  Private, loopback and metadata addresses are refused, at every hop of a redirect.

    `seconds` is the most that one page may take in all, `limit` the most bytes that it may have.
    `allow_loopback` lets the own machine's servers in; `private_hosts` are names of hosts (without a port) that may
    have a private address, such as those of an intranet.  `agent` is how requests present themselves.
    """

    def __init__(
        self,
        *,
        seconds: float = _SECONDS,
        limit: int = LIMIT,
        allow_loopback: bool = False,
        private_hosts: Collection[str] = (),
        agent: str = _AGENT,
    ) -> None:
        self._seconds = seconds
        self._limit = limit
        self._allow_loopback = allow_loopback
        self._private_hosts = frozenset(host.casefold() for host in private_hosts)
        self._agent = agent

    def fetch(
        self, url: str, *, validators: Validators | None = None, limit: int | None = None, admit: Admit | None = None
    ) -> Page:
        """The page at `url`, an http(s) address.

        With `validators`, the request is conditional and the page may come back unmodified.  `limit` replaces the
        fetcher's own.  `admit` is called with each address before it is asked, redirects included; it may wait, which
        does not count, or raise.

        Raises ArticleMissingError (no such host or page), ArticleTooLargeError, ArticleFormatError (no web address)
        and ArticleError (refused, forbidden, too slow, a server's error).
        """
        left, at = self._seconds, url
        for _ in range(_HOPS + 1):
            if admit is not None:
                admit(at)
            started = time.monotonic()
            found = self._hop(at, url, left, validators or Validators(), limit or self._limit)
            if isinstance(found, Page):
                return found
            at, left = found.url, left - (time.monotonic() - started)
        raise _circles(url)

    def _hop(self, at: str, url: str, seconds: float, validators: Validators, limit: int) -> Page | _Hop:
        """One request, without following where it leads."""
        deadline = time.monotonic() + seconds
        outcome: list[Page | _Hop | Exception] = []

        def work() -> None:
            try:
                outcome.append(self._asked(at, url, deadline, validators, limit))
            except Exception as error:  # it is raised below, in the thread that waits
                outcome.append(error)

        # A server that sends its headers byte by byte never lets a read time out, so the wait ends outside of it.
        thread = threading.Thread(target=work, name="fetch", daemon=True)
        thread.start()
        thread.join(max(seconds, 0.0))
        result = outcome[0] if outcome else self._late(url)
        if isinstance(result, Exception):
            raise result
        return result

    def _late(self, url: str) -> ArticleError:
        name = shown(url)
        message = f"{name}: no answer within {self._seconds:g} s; try again later, or save the page and pass the file"
        return ArticleError(message, subject=name, passing=True)

    def _asked(self, at: str, url: str, deadline: float, validators: Validators, limit: int) -> Page | _Hop:
        import requests  # slow to import, and most articles are files
        import urllib3

        # Its warning would repeat on stderr what our error says.
        logging.getLogger("requests_hardened").addHandler(logging.NullHandler())
        with self._session(at) as session:
            try:
                with session.get(at, stream=True, allow_redirects=False, headers=validators.headers()) as response:
                    if target := session.get_redirect_target(response):
                        return _Hop(urljoin(at, target))
                    return self._page(response, shown(url), limit, lambda: self._out_of_time(url, deadline))
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                raise self._explained(error, url) from error

    def _session(self, url: str) -> Session:
        import requests_hardened  # type: ignore[import-untyped]

        try:
            trusted = (urlsplit(url).hostname or "").casefold() in self._private_hosts
        except ValueError:
            trusted = False
        config = requests_hardened.Config(
            ip_filter_enable=not trusted,
            ip_filter_allow_loopback_ips=self._allow_loopback,
            never_redirect=True,
            default_timeout=(self._seconds, self._seconds),
            user_agent_override=self._agent,
        )
        session: Session = requests_hardened.HTTPSession(config)
        # A proxy or a .netrc from the environment would see addresses or send secrets that nobody meant it to.
        session.trust_env = False
        return session

    def _out_of_time(self, url: str, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise self._late(url)

    def _page(self, response: Response, name: str, limit: int, check_time: Callable[[], None]) -> Page:
        validators = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
        if response.status_code == _NOT_MODIFIED:
            return Page(b"", "", None, validators, modified=False)
        if response.status_code in _GONE:
            raise ArticleMissingError(f"{name}: no such page ({response.status_code}); check the address", subject=name)
        if response.status_code >= _ERRORS:
            status = f"{response.status_code} {response.reason}".strip()
            message = f"{name}: the server answered {status}; save the page from a browser and pass the file"
            passing = response.status_code >= _SERVER_ERRORS or response.status_code in _LATER
            raise ArticleError(message, subject=name, passing=passing)
        length = response.headers.get("Content-Length", "")
        check_size(int(length) if length.isdecimal() else 0, limit, name)
        content = bytearray()
        # read1 gives what has come; iter_content would wait for a full chunk, past the deadline.
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            content += chunk
            check_size(len(content), limit, name)
            check_time()
        kind, _, parameters = response.headers.get("Content-Type", "").partition(";")
        charset = response.encoding if "charset" in parameters.lower() else None
        return Page(bytes(content), kind.strip().lower(), charset, validators)

    def _explained(self, error: Exception, url: str) -> ArticleError:
        import requests
        from requests_hardened.ip_filter import (  # type: ignore[import-untyped]
            InvalidIPAddress,
        )

        name = shown(url)
        if isinstance(error, InvalidIPAddress):
            message = f"{name}: it leads to a private address, which is never fetched; save the page and pass the file"
            return ArticleError(message, subject=name)
        if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, ValueError)):
            return ArticleFormatError(f"{name}: no valid web address; check it", subject=name)
        if isinstance(error, requests.exceptions.Timeout):
            return self._late(url)
        if isinstance(error, requests.exceptions.ConnectionError) and "resolve" in str(error):
            message = f"{name}: no such host; check the address and the connection"
            return ArticleMissingError(message, subject=name, passing=True)
        return ArticleError(f"{name}: the connection failed; try again later", subject=name, passing=True)


def _circles(url: str) -> ArticleError:
    name = shown(url)
    message = f"{name}: it redirects in circles; open it in a browser, save the page and pass the file"
    return ArticleError(message, subject=name)


def shown(url: str) -> str:
    """`url` without a user name or a password, which neither messages nor output may hold."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.rsplit("@", 1)[-1]
    return urlunsplit(parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1]))
