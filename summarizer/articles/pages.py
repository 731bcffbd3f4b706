"""The article of an HTML page or the entries of a feed, extracted in a process that is killed when it takes too long.

Some pages of a few megabytes keep the extraction busy for minutes, and a thread cannot be stopped.  One process
serves many pages, as its start costs more than most pages do.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any, Literal, Self

from summarizer.errors import ArticleEmptyError, ArticleFormatError, ArticleTooLargeError

from .drafts import Draft
from .pipes import receive, send

_SECONDS = 20.0


class PageReader:
    """Extracts articles from pages and entries from feeds; a context manager that ends its process, safe under threads.

    `seconds` is the most that one page may take.
    """

    def __init__(self, *, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end()

    def read(self, content: bytes | str, name: str) -> Draft:
        """The draft of a page.

        Raises ArticleEmptyError where the page holds no article, ArticleTooLargeError where it takes too long, and
        ArticleFormatError where it cannot be parsed.
        """
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        found = self._parsed(
            (b"s" if isinstance(content, str) else b"b") + data, name, "page", "save its text and pass that"
        )
        if not found.get("text"):
            message = f"{name}: no article was found on the page; save its text and pass that"
            raise ArticleEmptyError(message, subject=name)
        return Draft(name=name, **found)

    def listing(self, content: bytes, name: str, kind: Literal["feed", "sitemap"]) -> dict[str, Any]:
        """What the feed or sitemap at the address `name` lists: `entries`, `title`, `sitemaps` of an index, `trouble`.

        Raises ArticleTooLargeError where it takes too long, and ArticleFormatError where it cannot be parsed.
        """
        letter = {"feed": b"f", "sitemap": b"m"}[kind]
        request = letter + name.encode("utf-8", "replace") + b"\n" + content
        found: dict[str, Any] = self._parsed(request, name, kind, "check the address in a browser")
        return found

    def _parsed(self, request: bytes, name: str, what: str, advice: str) -> Any:
        with self._lock:
            answer, late = self._asked(request)
        if late:
            message = f"{name}: the {what} took over {self._seconds:g} s to take apart; {advice}"
            raise ArticleTooLargeError(message, subject=name)
        if answer is None:
            raise ArticleFormatError(f"{name}: the {what} cannot be parsed; {advice}", subject=name)
        return json.loads(answer)

    def _asked(self, request: bytes) -> tuple[bytes | None, bool]:
        """The process's answer, and whether it was killed for being late."""
        process = self._process or self._started()
        late = threading.Event()

        def kill() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, kill)
        timer.start()
        try:
            send(process.stdin, request)
            answer = receive(process.stdout)
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self._end()
        return answer, late.is_set() and answer is None

    def _started(self) -> subprocess.Popen[bytes]:
        # -P keeps the working directory off the path: a file there must not pass for a module of ours.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "summarizer.articles.page_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    # What was not sent yet cannot be sent any more, which is what is wanted here.
                    continue
        process.wait()
