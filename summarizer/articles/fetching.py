"""Fetching a page from the web: public addresses only, within a time and a size."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from summarizer.errors import ArticleError, ArticleFormatError, ArticleMissingError

from .decoding import LIMIT, check_size

if TYPE_CHECKING:
    from requests import Response

_SECONDS = 30.0
_CHUNK = 65_536
_GONE = frozenset({404, 410})
_ERRORS = 400
_AGENT = "incident-summarizer (+reads single pages on request)"


@dataclass(frozen=True)
class Page:
    """What a server sent: the bytes, their kind (`text/html`) and charset, as its headers give them."""

    content: bytes
    kind: str
    charset: str | None


class Fetcher:
    """Fetches pages.  Private, loopback and metadata addresses are refused, those of redirects too.

    `seconds` is the most that one page may take in all, `limit` the most bytes that it may have.
    `allow_loopback` lets the own machine's servers in.
    """

    def __init__(self, *, seconds: float = _SECONDS, limit: int = LIMIT, allow_loopback: bool = False) -> None:
        self._seconds = seconds
        self._limit = limit
        self._allow_loopback = allow_loopback

    def fetch(self, url: str) -> Page:
        """The page at `url`, an http(s) address.

        Raises ArticleMissingError (no such host or page), ArticleTooLargeError, ArticleFormatError (no web address)
        and ArticleError (refused, forbidden, too slow, a server's error).
        """
        deadline = time.monotonic() + self._seconds
        outcome: list[Page | ArticleError] = []

        def work() -> None:
            try:
                outcome.append(self._fetched(url, deadline))
            except ArticleError as error:
                outcome.append(error)

        # A server that sends its headers byte by byte never lets a read time out, so the wait ends outside of it.
        thread = threading.Thread(target=work, name="fetch", daemon=True)
        thread.start()
        thread.join(self._seconds)
        result = outcome[0] if outcome else self._late(url)
        if isinstance(result, ArticleError):
            raise result
        return result

    def _late(self, url: str) -> ArticleError:
        name = shown(url)
        message = f"{name}: no answer within {self._seconds:g} s; try again later, or save the page and pass the file"
        return ArticleError(message, subject=name)

    def _fetched(self, url: str, deadline: float) -> Page:
        import requests  # slow to import, and most articles are files
        import requests_hardened  # type: ignore[import-untyped]
        import urllib3

        # Its warning would repeat on stderr what our error says.
        logging.getLogger("requests_hardened").addHandler(logging.NullHandler())
        config = requests_hardened.Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=self._allow_loopback,
            never_redirect=False,
            default_timeout=(self._seconds, self._seconds),
            user_agent_override=_AGENT,
        )
        with requests_hardened.HTTPSession(config) as session:
            # A proxy or a .netrc from the environment would see addresses or send secrets that nobody meant it to.
            session.trust_env = False
            session.max_redirects = 5
            try:
                with session.get(url, stream=True) as response:
                    return self._page(response, shown(url), lambda: self._out_of_time(url, deadline))
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, UnicodeError) as error:
                raise self._explained(error, url) from error

    def _out_of_time(self, url: str, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise self._late(url)

    def _page(self, response: Response, name: str, check_time: Callable[[], None]) -> Page:
        if response.status_code in _GONE:
            raise ArticleMissingError(f"{name}: no such page ({response.status_code}); check the address", subject=name)
        if response.status_code >= _ERRORS:
            status = f"{response.status_code} {response.reason}".strip()
            message = f"{name}: the server answered {status}; save the page from a browser and pass the file"
            raise ArticleError(message, subject=name)
        length = response.headers.get("Content-Length", "")
        check_size(int(length) if length.isdecimal() else 0, self._limit, name)
        content = bytearray()
        # read1 gives what has come; iter_content would wait for a full chunk, past the deadline.
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            content += chunk
            check_size(len(content), self._limit, name)
            check_time()
        kind, _, parameters = response.headers.get("Content-Type", "").partition(";")
        charset = response.encoding if "charset" in parameters.lower() else None
        return Page(bytes(content), kind.strip().lower(), charset)

    def _explained(self, error: Exception, url: str) -> ArticleError:
        import requests
        from requests_hardened.ip_filter import (  # type: ignore[import-untyped]
            InvalidIPAddress,
        )

        name = shown(url)
        if isinstance(error, InvalidIPAddress):
            message = f"{name}: it leads to a private address, which is never fetched; save the page and pass the file"
            return ArticleError(message, subject=name)
        if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError)):
            return ArticleFormatError(f"{name}: no valid web address; check it", subject=name)
        if isinstance(error, requests.exceptions.Timeout):
            return self._late(url)
        if isinstance(error, requests.exceptions.TooManyRedirects):
            message = f"{name}: it redirects in circles; open it in a browser, save the page and pass the file"
            return ArticleError(message, subject=name)
        if isinstance(error, requests.exceptions.ConnectionError) and "resolve" in str(error):
            return ArticleMissingError(f"{name}: no such host; check the address and the connection", subject=name)
        return ArticleError(f"{name}: the connection failed; try again later", subject=name)


def shown(url: str) -> str:
    """`url` without a user name or a password, which neither messages nor output may hold."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.rsplit("@", 1)[-1]
    return urlunsplit(parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1]))
