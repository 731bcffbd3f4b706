"""Reading the articles of all inputs; each failure is an entry in the result and never ends the run."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import ArticleError, ArticleFormatError, ArticleMissingError
from summarizer.schemas import Article, Failure

from .decoding import COLLECTION_LIMIT, LIMIT, SUFFIXES, Kind, check_size, check_text, decode, sniffed
from .drafts import Draft
from .fetching import Fetcher, Page
from .inputs import Place, places
from .pages import PageReader
from .records import Found, is_jsonl, parse_json, parse_jsonl
from .texts import parse_text

_PIPES = ("/dev/fd/", "/proc/self/fd/")
"""Where a shell puts the output of a command (`<(…)`); any other pipe might never be written to."""


@dataclass(frozen=True)
class Reading:
    """The articles that could be read, in the order of the inputs, and what could not be."""

    articles: list[Article] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def read_articles(
    inputs: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    page_seconds: float = 20.0,
) -> Reading:
    """The cleaned articles of `inputs`: files, folders, patterns, http(s) addresses and `-` for `stdin`.

    Text (with optional header lines), HTML, JSON and JSONL are told apart by suffix, else by content.  An article that
    stands there twice (same text, same publisher) is read once.  `fetcher` fetches addresses; `page_seconds` is the
    most that taking one page apart may last.  Whatever cannot be read is a `Failure` with the name of its error class;
    nothing is raised for it.
    """
    with PageReader(seconds=page_seconds) as pages:
        reader = _Reader(pages, fetcher or Fetcher(), stdin)
        return _collected(found for place in places(inputs) for found in reader.read(place))


def read_page(page: Page, name: str, pages: PageReader) -> Draft:
    """The one article of a fetched page, not yet cleaned.

    Raises ArticleFormatError for a page that holds several, and the errors of parsing.
    """
    reader = _Reader(pages, Fetcher(), None)
    found = list(reader.parsed(page.content, _KINDS_OF_PAGES.get(page.kind), name, charset=page.charset))
    if len(found) != 1:
        message = f"{name}: {len(found)} articles on one page; save it and give it as a JSON or JSONL file"
        raise ArticleFormatError(message, subject=name)
    if isinstance(found[0], ArticleError):
        raise found[0]
    return found[0]


def _collected(found: Iterator[tuple[str, Article] | ArticleError]) -> Reading:
    """The articles without their repetitions; the first one stays."""
    reading = Reading()
    first: dict[tuple[str, str | None], str] = {}
    for item in found:
        if isinstance(item, ArticleError):
            reading.failures.append(_failure(item.subject or "input", type(item).__name__, str(item)))
            continue
        name, article = item
        key = (article.sha256, article.publisher)
        if key not in first:
            first[key] = name
            reading.articles.append(article)
            continue
        message = f"{name}: repeats {first[key]} (same text, same publisher); it counts once, nothing is to be done"
        reading.failures.append(_failure(name, "DuplicateArticle", message))
    return reading


def _failure(source: str, error: str, message: str) -> Failure:
    return Failure(source=source, stage="read", error=error, message=" ".join(message.split()))


class _Reader:
    """Turns a place into its articles and errors."""

    def __init__(self, pages: PageReader, fetcher: Fetcher, stdin: BinaryIO | None) -> None:
        self._pages = pages
        self._fetcher = fetcher
        self._stdin = stdin

    def read(self, place: Place | ArticleError) -> Iterator[tuple[str, Article] | ArticleError]:
        """Each article of a place with its name, or the error in its stead; raises nothing for what it reads."""
        if isinstance(place, ArticleError):
            yield place
            return
        try:
            for found in self._found(place):
                yield self._finished(found, place)
        except ArticleError as error:
            yield error
        except OSError as error:
            yield _unreadable(place.name, error)

    def _finished(self, found: Found, place: Place) -> tuple[str, Article] | ArticleError:
        if isinstance(found, ArticleError):
            return found
        origin = {"file": {"path": place.name}, "url": {"url": place.name}, "stdin": {}}[place.kind]
        try:
            return found.name, replace(found, **origin).article()
        except ArticleError as error:
            return error

    def _found(self, place: Place) -> Iterator[Found]:
        if place.kind == "url":
            page = self._fetcher.fetch(place.value)
            kind = _KINDS_OF_PAGES.get(page.kind)
            return self.parsed(page.content, kind, place.name, charset=page.charset)
        if place.kind == "stdin":
            stream = self._stdin or sys.stdin.buffer
            return self.parsed(_limited(stream, COLLECTION_LIMIT, place.name), None, place.name)
        kind = SUFFIXES.get(Path(place.value).suffix.lower())
        return self.parsed(_content(place, _limit(kind)), kind, place.name)

    def parsed(self, content: bytes, kind: Kind | None, name: str, *, charset: str | None = None) -> Iterator[Found]:
        """The drafts in the bytes of a file or page; without a kind, it is told from them."""
        if kind == "html" and charset is None:
            # Pages name their encoding in their own head, so their bytes go to the extraction as they are.
            check_text(content, name)
            return iter([self._pages.read(content, name)])
        text = decode(content, name, charset=charset)
        kind = kind or sniffed(text)
        if kind in ("json", "jsonl"):
            return parse_jsonl(text, name) if kind == "jsonl" or is_jsonl(text) else parse_json(text, name)
        check_size(len(content), LIMIT, name)
        if kind == "html" or sniffed(text) == "html":
            return iter([self._pages.read(text, name)])
        return iter([parse_text(text, name)])


_KINDS_OF_PAGES: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/json": "json",
}


def _limit(kind: Kind | None) -> int:
    return COLLECTION_LIMIT if kind in ("json", "jsonl") else LIMIT


def _content(place: Place, limit: int) -> bytes:
    """The bytes of a file; its size is looked at before it is read."""
    status = os.stat(place.value)
    if stat.S_ISREG(status.st_mode):
        check_size(status.st_size, limit, place.name)
    elif not place.value.startswith(_PIPES):
        raise ArticleFormatError(f"{place.name}: this is no regular file; pass a file or use -", subject=place.name)
    with open(place.value, "rb") as stream:
        return _limited(stream, limit, place.name)


def _limited(stream: BinaryIO, limit: int, name: str) -> bytes:
    """All of a stream, given up one byte past the limit: pipes have no size, and files may grow."""
    content = stream.read(limit + 1)
    check_size(len(content), limit, name)
    return content


def _unreadable(name: str, error: OSError) -> ArticleError:
    if isinstance(error, FileNotFoundError):
        return ArticleMissingError(f"{name}: no such file, or a link that leads nowhere; check the path", subject=name)
    if isinstance(error, PermissionError):
        return ArticleError(f"{name}: permission denied; check the rights of the file", subject=name)
    return ArticleError(f"{name}: cannot be read ({error.strerror or type(error).__name__})", subject=name)
