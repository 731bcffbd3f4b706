"""What feeds and sitemaps list, from their bytes: pure parsing, run in the process behind `PageReader`.

Feeds come from outside: an address counts only if it is of http or https, texts are cut short, and entities of the
document's own (the "billion laughs") end the reading before a parser sees them.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

MOST_ENTRIES = 5_000
_LONGEST_LINE = 500
_LONGEST_ADDRESS = 2_000
_UNPACKED = 50_000_000
"""Bytes that a packed sitemap may have once unpacked; the protocol's own limit."""
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")


def feed_entries(content: bytes, address: str = "") -> dict[str, Any]:
    """The entries of an RSS or Atom feed as `{"title", "entries": [{"url", "title", "published", "updated"}]}`.

    Relative links count from the feed's own link, and that from its `address`.  `trouble` is there instead of entries
    where the bytes are no feed.  Raises nothing for what they hold.
    """
    if trouble := _trouble(content):
        return {"trouble": trouble}
    import feedparser  # type: ignore[import-untyped]

    # Bytes in a stream: given a string, feedparser would take it for an address or a file and open that.
    parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.version:
        return {"trouble": "no RSS or Atom feed"}
    base = urljoin(address, str(parsed.feed.get("link") or ""))
    found = [entry for raw in parsed.entries[:MOST_ENTRIES] if (entry := _feed_entry(raw, base))]
    return {"title": _line(parsed.feed.get("title")), "entries": found}


def _feed_entry(raw: Any, base: str) -> dict[str, str | None] | None:
    url = web_address(str(raw.get("link") or raw.get("id") or ""), base)
    if url is None:
        return None
    return {
        "url": url,
        "title": _line(raw.get("title")),
        "published": _line(raw.get("published") or raw.get("updated")),
        "updated": _line(raw.get("updated")),
    }


def sitemap_entries(content: bytes) -> dict[str, Any]:
    """The pages of a sitemap, in the form of `feed_entries`; of an index, `sitemaps` are the addresses it names."""
    if content[:2] == b"\x1f\x8b":
        try:
            content = _unpacked(content)
        except (OSError, EOFError, ValueError) as wrong:
            return {"trouble": f"no readable gzip ({wrong})"}
    if trouble := _trouble(content):
        return {"trouble": trouble}
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return {"trouble": "no well-formed XML"}
    kind = etree.QName(root).localname
    if kind == "sitemapindex":
        return {"sitemaps": [url for entry in _listed(root) if (url := web_address(entry.get("loc", "")))]}
    if kind != "urlset":
        return {"trouble": "no sitemap"}
    found = []
    for entry in _listed(root):
        if url := web_address(entry.get("loc", "")):
            published, changed = entry.get("publication_date"), entry.get("lastmod")
            found.append(
                {
                    "url": url,
                    "title": _line(entry.get("title")),
                    "published": _line(published or changed),
                    "updated": _line(changed),
                    "publisher": _line(entry.get("name")),
                }
            )
    return {"entries": found}


def _listed(root: Any) -> Iterator[dict[str, str]]:
    """The leaves of each entry by their local names: sitemaps and their news extension use several namespaces."""
    from lxml import etree

    for entry in list(root)[:MOST_ENTRIES]:
        leaves: dict[str, str] = {}
        for leaf in entry.iter(tag=etree.Element):
            if leaf.text and leaf.text.strip():
                leaves.setdefault(etree.QName(leaf).localname, leaf.text.strip())
        yield leaves


def web_address(value: str, base: str = "") -> str | None:
    """`value`, counted from `base`, as an http(s) address without a fragment; None where it is no such thing."""
    address = value.strip()
    if len(address) > _LONGEST_ADDRESS or _CONTROL.search(address):
        return None
    try:
        joined = urljoin(base, address) if base else address
        parts = urlsplit(joined)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            return None
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        return None
    return parts._replace(fragment="").geturl()


def _trouble(content: bytes) -> str | None:
    # Other encodings of two bytes a letter would hide the word; without their zeros it shows.
    if _ENTITY.search(content.replace(b"\0", b"")):
        return "it declares entities of its own, as attacks on parsers do"
    return None if content.strip() else "it is empty"


def _unpacked(content: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
        unpacked = packed.read(_UNPACKED + 1)
    if len(unpacked) > _UNPACKED:
        raise ValueError("over 50 MB once unpacked")
    return unpacked


def _line(value: object) -> str | None:
    return " ".join(str(value)[:_LONGEST_LINE].split()) or None if value else None
