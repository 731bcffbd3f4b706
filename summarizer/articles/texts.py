"""Plain text with optional header lines, and the front matter of Markdown."""

from __future__ import annotations

import re

from .drafts import Draft

_KEYS = frozenset({"publisher", "published", "title", "url"})
_HEADER = re.compile(r"^(?P<key>[A-Za-z]+)[ \t]*:[ \t]*(?P<value>.*)$")
_MOST_LINES = 40


def parse_text(text: str, name: str) -> Draft:
    """The draft of a plain text: `key: value` lines up to a blank line are its header, the rest is the body.

    Keys are publisher, published, title and url.  A first paragraph with any other line in it is a paragraph.
    """
    lines = text.lstrip("\ufeff").split("\n")
    header = _front_matter(lines) or _header(lines)
    if header is None:
        return Draft(name=name, text=text)
    values, used = header
    return Draft(
        name=name,
        text="\n".join(lines[used:]),
        publisher=values.get("publisher"),
        title=values.get("title"),
        published=values.get("published"),
        url=values.get("url"),
    )


def _header(lines: list[str]) -> tuple[dict[str, str], int] | None:
    """The header's values and how many lines it takes; None where the text begins at once."""
    values: dict[str, str] = {}
    for number, line in enumerate(lines[:_MOST_LINES]):
        if not line.strip():
            return (values, number + 1) if values else None
        match = _HEADER.match(line.strip())
        if not match or match["key"].lower() not in _KEYS:
            return None
        values.setdefault(match["key"].lower(), match["value"].strip())
    return None


def _front_matter(lines: list[str]) -> tuple[dict[str, str], int] | None:
    """Markdown's `---` block; keys that we do not know are passed over."""
    if lines[0].strip() != "---":
        return None
    values: dict[str, str] = {}
    for number, line in enumerate(lines[1:_MOST_LINES], 1):
        if line.strip() == "---":
            return (values, number + 1) if values else None
        match = _HEADER.match(line.strip())
        if match and match["key"].lower() in _KEYS:
            values.setdefault(match["key"].lower(), match["value"].strip().strip("\"'"))
    return None
