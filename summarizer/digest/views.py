"""What a digest says, in plain words, for templates to lay out.  Pure.

All text is cleaned here of control characters and terminal sequences; templates escape it for their format.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

from summarizer.rendering.plain import plain
from summarizer.schemas import Field, Incident, Source, Statement, Summary
from summarizer.wording import (
    Named,
    capital,
    fields_of,
    is_disputed,
    is_supported,
    label,
    plural,
    say,
    sides,
)

from .differences import ChangeView, day_words, details_of, disputes_together, moment_of

_MARKS = {True: "disputed", False: ""}
_ACCORDING = " according to "
_REPEATED = "Also reported"
"""How the narrative's sentence of quantities begins; the digest lists them by themselves."""
_STORY = 2
"""Sentences of the narrative; the table says the rest."""
_MOST_QUANTITIES = 6
_MOST_STATEMENTS = 3


@dataclass(frozen=True)
class SourceView:
    """One article: `url` is of http(s) or None."""

    id: str
    publisher: str
    when: str
    title: str
    url: str | None
    note: str


@dataclass(frozen=True)
class RowView:
    """One field, or one item of a list: the numbers of the sources that support it, and who differs."""

    label: str
    value: str
    by: str
    notes: list[str]
    mark: str


@dataclass(frozen=True)
class SentenceView:
    """A sentence and the numbers of its sources."""

    text: str
    refs: str


@dataclass(frozen=True)
class IncidentView:
    """One incident as a digest tells it.

    `story` are the first sentences of its narrative, `rows` its fields, `quantities` and `statements` the first of
    these.  `changes` are the differences that matter, `details` the others; `cited` are the sources behind them.
    """

    id: str
    title: str
    about: str
    story: list[SentenceView]
    rows: list[RowView]
    quantities: list[RowView]
    statements: list[RowView]
    changes: list[ChangeView]
    details: list[str]
    sources: list[SourceView]
    cited: list[SourceView]
    relations: list[str]
    notes: list[str] = field(default_factory=list)
    weight: tuple[int, ...] = ()
    in_passing: bool = False


@dataclass(frozen=True)
class DigestView:
    """A whole digest."""

    title: str
    number: int
    made: str
    day: str
    overview: str
    new: list[IncidentView]
    changed: list[IncidentView]
    confirmed: list[IncidentView]
    passing: list[IncidentView]
    withdrawn: list[str]
    troubles: list[str]
    site: str | None = None


def incident_view(
    summary: Summary,
    changes: Sequence[ChangeView],
    zone: tzinfo,
    *,
    cited: Collection[str] = (),
    notes: Sequence[str] = (),
) -> IncidentView:
    """One incident's record, with its changes, in plain words; `cited` are the sources behind the changes."""
    incident = summary.incidents[0]
    outlets = {source.id: plain(source.publisher or source.url or source.id) for source in summary.sources}
    sources = [_source(source, zone, summary) for source in summary.sources]
    rows = [
        (named.name, _row(named, item, outlets))
        for named in fields_of(incident)
        for item in named.fields
        if _is_told(named, item)
    ]
    killed = incident.killed.value.figure if incident.killed.value and is_supported(incident.killed) else 0
    return IncidentView(
        id=incident.id,
        title=plain(incident.title),
        about=_about(incident),
        story=_story(incident, outlets),
        rows=[row for name, row in rows if name not in {"quantities", "statements"}],
        quantities=[row for name, row in rows if name == "quantities"][:_MOST_QUANTITIES],
        statements=[row for name, row in rows if name == "statements"][:_MOST_STATEMENTS],
        changes=disputes_together([_with_others(change, rows) for change in changes if change.matters]),
        details=details_of([change for change in changes if not change.matters]),
        sources=sources,
        cited=[source for source in sources if f"s{source.id}" in cited],
        relations=[f"{say(one.kind)} {one.incident} ({_names(one.sources, outlets)})" for one in incident.relations],
        notes=[plain(text) for text in notes],
        weight=(-int(bool(incident.main_in)), -incident.origins, -killed, int(incident.id[1:])),
        in_passing=not incident.main_in,
    )


def _story(incident: Incident, outlets: Mapping[str, str]) -> list[SentenceView]:
    return [
        SentenceView(plain(name_outlets(sentence.text, outlets)), _numbers(sentence.sources))
        for sentence in incident.narrative[:_STORY]
        if not sentence.text.startswith(_REPEATED)
    ]


def _is_told(named: Named, item: Field[Any]) -> bool:
    """Whether a row is worth its line: that something was carried out goes without saying."""
    if named.name == "stage" and item.value == "accomplished" and not is_disputed(item):
        return False
    return is_supported(item) or is_disputed(item)


def _about(incident: Incident) -> str:
    number, origins = len(incident.sources), incident.origins
    text = f"{number} {plural('source', number)} of {origins} independent {plural('origin', origins)}"
    return text if number > 1 else "one source"


def _numbers(sources: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(source.removeprefix("s") for source in sources))


def _names(sources: Iterable[str], outlets: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys(outlets[source] for source in sources if source in outlets))


def _row(named: Named, item: Field[Any], outlets: Mapping[str, str]) -> RowView:
    notes = []
    if is_disputed(item):
        others = [
            f"{say(value)}{_ACCORDING}{_names(ids, outlets)}"
            for value, ids in sides(item)
            if value is not None and value != item.value
        ]
        notes += others
    elif item.dissenters:
        notes += [
            f"{say(value)}: {_names(ids, outlets)}" for value, ids in sides(item) if value not in (None, item.value)
        ]
    if item.conflict is not None:
        notes.append(f"{say(item.conflict.kind)}: {name_outlets(item.conflict.why, outlets)}")
    return RowView(
        label=capital(plain(label(named.name, one=named.listed))),
        value=plain(_value(item)),
        by=_numbers(item.supporters),
        notes=[plain(note) for note in notes],
        mark=_MARKS[is_disputed(item)],
    )


def _value(item: Field[Any]) -> str:
    if not is_supported(item):
        return "open"
    if isinstance(item.value, Statement):
        words = next((entry.quote for entry in item.support if entry.verified and entry.quote), None)
        return f"{say(item.value)}: “{words.strip(' ,;')}”" if words else say(item.value)
    return say(item.value)


def _source(source: Source, zone: tzinfo, summary: Summary) -> SourceView:
    origin = next((origin for origin in summary.origins if origin.id == source.origin), None)
    others = [other for other in origin.sources if other != source.id] if origin else []
    outlets = {one.id: one.publisher or one.id for one in summary.sources}
    note = f"shares text with {_names(others, outlets)}" if others else ""
    if source.credit:
        note = f"credits {source.credit}; {note}" if note else f"credits {source.credit}"
    return SourceView(
        id=source.id.removeprefix("s"),
        publisher=plain(source.publisher or "outlet not known"),
        when=_when(source, zone),
        title=plain(source.title or ""),
        url=web(source.url),
        note=plain(note),
    )


def name_outlets(text: str, outlets: Mapping[str, str]) -> str:
    """`text` with the ids of sources replaced by the names of their outlets; words in quotation marks stay."""
    parts = re.split(r"(“[^”]*”)", text)
    return "".join(
        part if part.startswith("“") else re.sub(r"\bs\d+\b", lambda found: outlets.get(found[0], found[0]), part)
        for part in parts
    )


def web(url: str | None) -> str | None:
    """The address if it is one of http(s), else None: nothing else may become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def _when(source: Source, zone: tzinfo) -> str:
    moment = moment_of(source)
    if moment is not None:
        local = moment.astimezone(zone)
        return f"{day_words(local)} {local:%H:%M}"
    if not source.published:
        return "no date"
    return day_words(datetime.fromisoformat(source.published))


def _with_others(change: ChangeView, rows: Sequence[tuple[str, RowView]]) -> ChangeView:
    """A change to a value in dispute, with what other sources say."""
    for _, row in rows:
        if row.mark and row.label == change.label and (change.after or "").removesuffix(" (disputed)") == row.value:
            return replace(change, others="; ".join(note for note in row.notes if _ACCORDING in note))
    return change
