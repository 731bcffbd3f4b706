"""The summary as Markdown, good to read raw and rendered; nothing in the data can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from ..schemas import Summary
from .view import LEGEND, IncidentView, SourceView, view

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LEADING = re.compile(r"^([-+=~]|\d+(?=[.)]))")


def as_markdown(summary: Summary, *, quotes: bool = False) -> str:
    """The summary as GitHub-flavoured Markdown; `quotes` adds the proving words under each incident's table."""
    return "\n".join(_page(summary, quotes=quotes)).rstrip("\n") + "\n"


def escape(text: str) -> str:
    """`text` as literal words of Markdown, inert in cells, lines and headings, in HTML too."""
    inert = "".join(_ENTITIES.get(sign) or (f"\\{sign}" if sign in "\\`*_{}[]#|!~" else sign) for sign in text)
    return _LEADING.sub(lambda match: f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}", inert)


def link(words: str, url: str | None) -> str:
    """The words linked to an http or https address, else the words alone."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return escape(words)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return escape(words)
    return f"[{escape(words)}](<{quote(url or '', safe=':/?#@!$&*+,;=%~-._')}>)"


def _page(summary: Summary, *, quotes: bool) -> Iterator[str]:
    seen = view(summary)
    if not seen.incidents:
        yield from ("No incident was found.", "")
    for incident in seen.incidents:
        yield from _incident(incident, quotes=quotes)
    if seen.incidents:
        yield from (f"Marks: {escape(LEGEND)}", "")
    yield from ("## Sources", "")
    for source in seen.sources:
        yield from _source(source)
    yield ""
    if seen.empty:
        yield from (escape(seen.empty), "")
    if seen.failures:
        yield from ("## Failures", "", *(f"- {escape(failure)}" for failure in seen.failures), "")
    yield escape(seen.run)


def _incident(incident: IncidentView, *, quotes: bool) -> Iterator[str]:
    yield from (f"## {escape(incident.heading)}", "")
    for line in incident.about:
        yield from (escape(line), "")
    if incident.rows:
        yield from ("| | Field | Value | Support | Differs / silent |", "| --- | --- | --- | --- | --- |")
    for row in incident.rows:
        cells = (row.mark.strip(), row.label, row.value, row.support, " · ".join(row.notes))
        yield f"| {' | '.join(escape(cell) for cell in cells)} |"
    yield ""
    if quotes and incident.rows:
        yield from ("### Proving words", "")
        for row in incident.rows:
            yield f"- {escape(row.label)}: {escape(row.value)}"
            yield from (f"  - {escape(words)}" for words in row.quotes)
        yield ""
    for line in (incident.unreported, *incident.relations):
        if line:
            yield from (escape(line), "")
    story = " ".join(f"{escape(sentence)} {escape(sources)}" for sentence, sources in incident.narrative)
    yield from (story, "")


def _source(source: SourceView) -> Iterator[str]:
    details = "; ".join(source.details)
    yield f"- {escape(source.id)}: {link(source.line, source.url)}{f' ({escape(details)})' if details else ''}"
