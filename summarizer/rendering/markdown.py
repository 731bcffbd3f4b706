"""The summary as Markdown, good to read raw and rendered; nothing in the data can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..schemas import Summary
from .plain import web_address
from .view import LEGEND, IncidentView, SourceView, view

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LEADING = re.compile(r"^(?:(?=[-+=#:])|(?<!\d)(\d+)(?=[.)]))")


def as_markdown(summary: Summary, *, quotes: bool = False) -> str:
    """The summary as GitHub-flavoured Markdown; `quotes` adds the proving words under each incident's table."""
    return "\n".join(_page(summary, quotes=quotes)).rstrip("\n") + "\n"


def escape(text: str) -> str:
    """`text` as literal words of Markdown, inert in cells, headings and mid-line, in HTML too."""
    return "".join(_ENTITIES.get(sign) or (f"\\{sign}" if sign in "\\`*_{}[]|~" else sign) for sign in text)


def line(text: str) -> str:
    """`text` as literal words at the start of a line, where some signs would open a heading or a list."""
    return _LEADING.sub(lambda match: f"{match[1] or ''}\\", escape(text), count=1)


def link(words: str, address: str) -> str | None:
    """The words linked to the address; None unless that is of http or https."""
    target = web_address(address)
    return f"[{escape(words)}](<{target}>)" if target else None


def _page(summary: Summary, *, quotes: bool) -> Iterator[str]:
    seen = view(summary)
    if not seen.incidents:
        yield from ("No incident was found.", "")
    for incident in seen.incidents:
        yield from _incident(incident, quotes=quotes)
    if seen.incidents:
        yield from (f"Marks: {escape(LEGEND)}", "")
    yield from ("## Sources", "")
    yield from (*map(_source, seen.sources), "")
    if seen.empty:
        yield from (line(seen.empty), "")
    if seen.failures:
        yield from ("## Failures", "", *(f"- {line(failure)}" for failure in seen.failures), "")
    yield line(seen.run)


def _incident(incident: IncidentView, *, quotes: bool) -> Iterator[str]:
    yield from (f"## {escape(incident.heading)}", "")
    yield from (part for told in incident.about for part in (line(told), ""))
    if incident.rows:
        yield from ("| | Field | Value | Support | Differs / silent |", "| --- | --- | --- | --- | --- |")
    for row in incident.rows:
        cells = (
            row.mark.strip(),
            row.label,
            row.value,
            row.support,
            " · ".join(filter(None, [*row.notes, row.silent])),
        )
        yield f"| {' | '.join(escape(cell) for cell in cells)} |"
    yield ""
    if quotes and incident.rows:
        yield from ("### Proving words", "")
        for row in incident.rows:
            yield f"- {line(row.label)}: {escape(row.value)}"
            yield from (f"  - {line(words)}" for words in row.quotes)
        yield ""
    if incident.unreported:
        yield from (line(incident.unreported), "")
    for words, sources in incident.relations:
        yield from (f"{line(words)} {_cited(sources)}", "")
    story = " ".join(f"{escape(sentence)} {_cited(sources)}" for sentence, sources in incident.narrative)
    yield from (_LEADING.sub(r"\1\\", story, count=1), "")


def _cited(sources: str) -> str:
    """`[s1 s3]`: without a definition, which no data can add, such brackets link nowhere."""
    return f"[{escape(sources)}]"


def _source(source: SourceView) -> str:
    linked = link(source.line, source.where) if source.where else None
    details = source.details if linked or not source.where else [*source.details, source.where]
    return f"- {line(source.id)}: {linked or escape(source.line)}" + (
        f" ({escape('; '.join(details))})" if details else ""
    )
