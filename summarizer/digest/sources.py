"""Discovery: what the configured sources list now.  Reads and fetches, writes nothing; a bad source costs no other."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from summarizer.articles.dates import iso_date
from summarizer.articles.fetching import Validators
from summarizer.articles.inputs import Place, places
from summarizer.articles.listings import web_address
from summarizer.articles.pages import PageReader
from summarizer.articles.politeness import PoliteFetcher
from summarizer.articles.reading import read_articles
from summarizer.errors import ArticleError, ArticleMissingError
from summarizer.schemas import Article

from .config import Fetching, SourceConfig

_MOST_SITEMAPS = 20
_COLLECTIONS = frozenset({".json", ".jsonl"})
Known = Callable[[str], Validators]
"""What was kept of a listing or a file when it was last read."""


@dataclass(frozen=True)
class Entry:
    """A page that a source lists, to be fetched; `version` changes when the source says that the page did.

    `publisher` is what the configuration says, `outlet` what the listing calls itself.
    """

    place: str
    version: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    outlet: str | None = None


@dataclass(frozen=True)
class Found:
    """An article that came whole with its source, from a file."""

    place: str
    version: str
    article: Article


@dataclass(frozen=True)
class Trouble:
    """A source, page or article that could not be had, in one line."""

    subject: str
    error: str
    message: str


@dataclass(frozen=True)
class Listing:
    """What one feed, sitemap, list or file gave.  `recheck` says that its pages may change without a word of it."""

    source: str
    place: str
    validators: Validators = field(default_factory=Validators)
    entries: list[Entry] = field(default_factory=list)
    articles: list[Found] = field(default_factory=list)
    recheck: bool = False


@dataclass(frozen=True)
class Tools:
    """What discovery works with; all of it is safe under threads."""

    fetcher: PoliteFetcher
    pages: PageReader
    known: Known
    how: Fetching


def discover(sources: Iterable[SourceConfig], tools: Tools) -> Iterator[Listing | Trouble]:
    """What each source lists, in their order; sources that have not changed since last time give nothing.

    Several are asked at a time, so that a few that are down do not hold up the others.
    """

    def read(source: SourceConfig) -> list[Listing | Trouble]:
        found: list[Listing | Trouble] = []
        try:
            found += _READERS[source.kind](source, tools)
        except ArticleError as wrong:
            found.append(trouble(wrong, source.name))
        return found

    with ThreadPoolExecutor(max_workers=tools.how.hosts_at_once, thread_name_prefix="source") as pool:
        for found in pool.map(read, sources):
            yield from found


def trouble(wrong: ArticleError, subject: str) -> Trouble:
    """An error as an entry of the report."""
    return Trouble(wrong.subject or subject, type(wrong).__name__, " ".join(str(wrong).split()))


def _feed(source: SourceConfig, tools: Tools) -> Iterator[Listing | Trouble]:
    yield from _listed(source, source.url or "", "feed", tools)


def _sitemap(source: SourceConfig, tools: Tools) -> Iterator[Listing | Trouble]:
    yield from _listed(source, source.url or "", "sitemap", tools)


def _listed(
    source: SourceConfig, url: str, kind: Literal["feed", "sitemap"], tools: Tools, *, inner: bool = False
) -> Iterator[Listing | Trouble]:
    page = tools.fetcher.fetch(url, validators=tools.known(url), limit=tools.how.feed_bytes)
    if not page.modified:
        return
    found = tools.pages.listing(page.content, url, kind)
    if "trouble" in found:
        yield Trouble(url, "ArticleFormatError", f"{url}: {found['trouble']}; check the address of the {kind}")
        return
    if "sitemaps" in found:
        # An index is asked anew each time: that it has not changed says nothing of the sitemaps that it names.
        for child in [] if inner else found["sitemaps"][-_MOST_SITEMAPS:]:
            try:
                yield from _listed(source, child, "sitemap", tools, inner=True)
            except ArticleError as wrong:
                yield trouble(wrong, child)
        return
    entries = [
        Entry(
            place=entry["url"],
            version=entry["updated"],
            title=entry["title"],
            published=iso_date(entry["published"]),
            publisher=source.publisher,
            outlet=entry.get("publisher") or found.get("title"),
        )
        for entry in found["entries"]
    ]
    yield Listing(source=source.name, place=url, validators=page.validators, entries=entries)


def _urls(source: SourceConfig, tools: Tools) -> Iterator[Listing | Trouble]:
    given = list(source.urls)
    if source.path is not None:
        try:
            given += source.path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as wrong:
            reason = getattr(wrong, "strerror", None) or "it is no UTF-8 text"
            raise ArticleError(f"{source.path}: the list cannot be read ({reason})", subject=source.name) from wrong
    entries = []
    for number, line in enumerate(given, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (url := web_address(line)) is None:
            message = f"{source.name}, line {number}: no http(s) address; mend or delete the line"
            yield Trouble(source.name, "ArticleFormatError", message)
        else:
            entries.append(Entry(place=url, publisher=source.publisher))
    yield Listing(source=source.name, place=f"urls:{source.name}", entries=entries, recheck=True)


def _files(source: SourceConfig, tools: Tools) -> Iterator[Listing | Trouble]:
    """The files that changed since last time, by size and time of change."""
    for place in places([str(source.path)]):
        if isinstance(place, ArticleError):
            if not (isinstance(place, ArticleMissingError) and _is_empty_drop(source.path)):
                yield trouble(place, source.name)
            continue
        try:
            status = os.stat(place.value)
        except OSError as wrong:
            yield Trouble(place.name, "ArticleError", f"{place.name}: cannot be read ({wrong.strerror})")
            continue
        stamp = Validators(etag=f"{status.st_mtime_ns}:{status.st_size}")
        if tools.known(f"file:{place.name}") != stamp:
            yield from _file(source, place, stamp)


def _is_empty_drop(path: Path | None) -> bool:
    """A drop where nothing lies today is no trouble; one that is not there is."""
    return path is not None and (path.is_dir() or (glob.has_magic(str(path)) and path.parent.is_dir()))


def _file(source: SourceConfig, place: Place, stamp: Validators) -> Iterator[Listing | Trouble]:
    reading = read_articles([place.value])
    whole = Path(place.value).suffix.lower() not in _COLLECTIONS
    found = []
    for article in reading.articles:
        named = article if source.publisher is None else article.model_copy(update={"publisher": source.publisher})
        # A line of a collection has no place of its own: tomorrow another story may stand there.
        home = named.url or (place.name if whole else f"{place.name}#{named.sha256[:16]}")
        found.append(Found(home, named.sha256, named))
    lost = [failure for failure in reading.failures if failure.error != "DuplicateArticle"]
    yield from (Trouble(failure.source, failure.error, failure.message) for failure in lost)
    if not any(failure.error == "ArticleError" for failure in lost):  # rights and disks get better, formats do not
        yield Listing(source=source.name, place=f"file:{place.name}", validators=stamp, articles=found)


_READERS: dict[str, Callable[[SourceConfig, Tools], Iterator[Listing | Trouble]]] = {
    "feed": _feed,
    "sitemap": _sitemap,
    "urls": _urls,
    "folder": _files,
    "jsonl": _files,
}
