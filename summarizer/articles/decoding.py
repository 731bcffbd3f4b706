"""From bytes to text: limits, encodings, and which bytes are no text at all."""

from __future__ import annotations

import codecs
from typing import Literal

from summarizer.errors import ArticleEmptyError, ArticleFormatError, ArticleTooLargeError

Kind = Literal["text", "html", "json", "jsonl"]

MEGABYTE = 1_000_000
LIMIT = 10 * MEGABYTE
"""Bytes of one text or page; long books have a tenth of it."""
COLLECTION_LIMIT = 200 * MEGABYTE
"""Bytes of a JSON or JSONL file, which holds many articles."""

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
}
"""The suffixes that a folder is searched for."""

_SIGNATURES = (
    (b"%PDF", "a PDF", "extract its text (pdftotext) and pass the .txt file"),
    (b"\x89PNG", "a PNG image", "pass the article's text"),
    (b"\xff\xd8\xff", "a JPEG image", "pass the article's text"),
    (b"GIF8", "a GIF image", "pass the article's text"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it or save it as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and pass what is inside"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and pass what is inside"),
    (b"Rar!", "a RAR archive", "unpack it and pass what is inside"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save it as plain text"),
    (b"{\\rtf", "a rich text document", "save it as plain text"),
)
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32)})
_TOO_MANY_CONTROLS = 0.02
_HTML_OPENINGS = ("<!doctype html", "<html", "<head", "<body")


def check_size(size: int, limit: int, name: str) -> None:
    """Raise ArticleTooLargeError where `size`, in bytes, is over `limit`."""
    if size > limit:
        raise ArticleTooLargeError(
            f"{name}: over the limit of {limit // MEGABYTE} MB; split it, or pass the article's text alone",
            subject=name,
        )


def decode(content: bytes, name: str, *, charset: str | None = None) -> str:
    """The text of `content`: by its byte order mark, as UTF-8, by `charset`, or as Windows-1252 or Latin-1.

    Raises ArticleEmptyError for no bytes and ArticleFormatError for bytes that are no text.
    """
    check_text(content, name)
    for mark, marked in _MARKED:
        if content.startswith(mark):
            return content.decode(marked, "replace")
    for encoding in filter(None, ("utf-8", charset, "cp1252")):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def check_text(content: bytes, name: str) -> None:
    """Raise ArticleEmptyError for no bytes, ArticleFormatError for a known or unknown binary format."""
    if not content.strip():
        raise ArticleEmptyError(f"{name}: the file is empty; pass one that holds an article", subject=name)
    for signature, what, remedy in _SIGNATURES:
        if content.startswith(signature):
            raise ArticleFormatError(f"{name}: this is {what}, not text; {remedy}", subject=name)
    if any(content.startswith(mark) for mark, _ in _MARKED):
        return
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if b"\0" in content or controls > _TOO_MANY_CONTROLS * len(content):
        raise ArticleFormatError(
            f"{name}: the bytes are no text; save the article as UTF-8 text, HTML or JSON", subject=name
        )


def sniffed(text: str) -> Kind:
    """What a text is by its beginning, where no suffix says so."""
    start = text[:1000].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(_HTML_OPENINGS) or (start.startswith(("<?xml", "<!--")) and "<html" in start):
        return "html"
    if start.startswith("{"):
        return "json"
    # A text may well begin with "[Photo: …]"; a list of articles begins with one.
    return "json" if start.startswith("[") and start[1:].lstrip().startswith(("{", "]")) else "text"
