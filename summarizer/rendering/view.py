"""What every rendering for people says, in plain lines; the formats only lay it out.

All text is cleaned here, so that no renderer can forget to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..schemas import Field, Incident, Statement, Summary, Support, silent
from ..wording import Named, capital, fields_of, is_disputed, is_supported, label, plural, say, say_number, sides
from .matrix import Cell, OriginColumns, cells, columns
from .plain import plain

Mark = Literal["!", "~", "?", " "]
LEGEND = (
    "! disputed   ~ difference explained   ? said, but not verified in the article's words   (no mark) no difference"
)
_RANK: dict[Mark, int] = {"!": 0, "~": 1, " ": 2, "?": 3}
_NOWHERE = "no words given"


@dataclass(frozen=True)
class Row:
    """One field of an incident, or one item of a list."""

    mark: Mark
    label: str
    value: str
    support: str
    notes: list[str]
    """Who differs and why, and what could not be verified."""
    silent: str
    """`silent: s2 s4`; empty where every source speaks."""
    quotes: list[str]
    name: str
    """The field's name in the record."""
    field: Field[Any]
    cells: list[Cell]
    """One for each source of the incident, in the order of its columns."""


@dataclass(frozen=True)
class IncidentView:
    id: str
    heading: str
    about: list[str]
    rows: list[Row]
    unreported: str | None
    relations: list[tuple[str, str]]
    narrative: list[tuple[str, str]]
    """Sentences, each with its sources."""
    columns: list[OriginColumns]


@dataclass(frozen=True)
class SourceView:
    id: str
    line: str
    details: list[str]
    where: str | None
    """Its address, or its file."""


@dataclass(frozen=True)
class SummaryView:
    incidents: list[IncidentView]
    sources: list[SourceView]
    empty: str | None
    failures: list[str]
    run: str


def view(summary: Summary) -> SummaryView:
    """The summary in plain lines, in the order in which they are shown."""
    numbers = {incident.id: number for number, incident in enumerate(summary.incidents, start=1)}
    return SummaryView(
        incidents=[_incident(incident, numbers, summary) for incident in summary.incidents],
        sources=_sources(summary),
        empty=_without_incident(summary),
        failures=[plain(f"{one.source}, {one.stage}: {one.message} ({one.error})") for one in summary.failures],
        run=_run(summary),
    )


def _incident(incident: Incident, numbers: dict[str, int], summary: Summary) -> IncidentView:
    named, grouped = fields_of(incident), columns(incident, summary)
    order = [source for group in grouped for source in group.sources]
    rows = [_row(one, item, incident, order) for one in named for item in one.fields if not _is_empty(item)]
    unreported = [label(one.name) for one in named if all(_is_empty(item) for item in one.fields)]
    relations = [
        (f"{say(relation.kind)} incident {numbers.get(relation.incident, relation.incident)}", relation.sources)
        for relation in incident.relations
    ]
    return IncidentView(
        id=incident.id,
        heading=plain(f"{numbers[incident.id]}. {incident.title}"),
        about=_about(incident),
        rows=sorted(rows, key=lambda row: _RANK[row.mark]),
        unreported=plain(f"Not reported: {', '.join(unreported)}") if unreported else None,
        relations=[(capital(plain(words)), plain(_ids(ids))) for words, ids in relations],
        narrative=[(plain(one.text), plain(_ids(one.sources))) for one in incident.narrative],
        columns=grouped,
    )


def _about(incident: Incident) -> list[str]:
    number, origins = len(incident.sources), incident.origins
    line = f"{number} {plural('source', number)} ({origins} independent {plural('origin', origins)})"
    if incident.main_in:
        line += f", mainly about this in {_ids(incident.main_in, ', ')}"
    lines = [plain(line)]
    if number > 1 and incident.why_together:
        lines.append(plain(f"Taken as one incident: {incident.why_together}"))
    return lines


def _is_empty(field: Field[Any]) -> bool:
    return field.value is None and not field.support and field.conflict is None


def _row(named: Named, field: Field[Any], incident: Incident, order: Sequence[str]) -> Row:
    pool = [entry for one in named.fields for entry in one.support] if named.listed else []
    quiet = silent(field, incident)
    return Row(
        mark=_mark(field),
        label=capital(plain(label(named.name, one=named.listed))),
        value=plain(_value(field)),
        support=plain(_support(field)),
        notes=[plain(note) for note in _notes(field, pool)],
        silent=plain(f"silent: {_ids(quiet)}") if quiet else "",
        quotes=[plain(_quote(entry)) for entry in field.support],
        name=named.name,
        field=field,
        cells=cells(field, pool, order),
    )


def _mark(field: Field[Any]) -> Mark:
    if is_disputed(field):
        return "!"
    if not is_supported(field):
        return "?"
    return "~" if field.conflict else " "


def _value(field: Field[Any]) -> str:
    """The value where verified words support it; an unverified value is never shown as one."""
    if not is_supported(field):
        return "open" if is_disputed(field) else "not known"
    if isinstance(field.value, Statement):
        words = next((entry.quote for entry in field.support if entry.verified and entry.quote), None)
        return f"{say(field.value)}: “{words}”" if words else say(field.value)
    return say(field.value)


def _support(field: Field[Any]) -> str:
    supporters = list(dict.fromkeys(field.supporters)) if field.value is not None else []
    if not supporters:
        return "none verified"
    number = len(supporters)
    counted = f"{number} {plural('source', number)}, {field.origins} {plural('origin', field.origins)}"
    return f"{counted}: {_ids(supporters)}"


def _notes(field: Field[Any], pool: Sequence[Support[Any]]) -> list[str]:
    differing = [(entry.value, [entry.source]) for entry in field.support if entry.verified and _differs(entry, field)]
    heard = {source for _, ids in differing for source in ids} | set(field.supporters)
    others = [(value, ids) for value, ids in sides(field, pool) if value is not None and not heard.issuperset(ids)]
    told = _grouped([*differing, *others])
    notes = ["; ".join(told)] if told else []
    if field.conflict:
        why = f"{say(field.conflict.kind)}: {field.conflict.why}"
        notes = [f"{notes[0]} – {why}" if notes else why]
        resolved = field.conflict.resolved
        if resolved is not None and resolved != field.value and any(value == resolved for value, _ in sides(field)):
            notes.append(f"to carry forward: {say(resolved)}")
    unverified = [entry for entry in field.support if not entry.verified]
    if unverified or not field.support:
        notes.append(f"unverified: {'; '.join(map(_unverified, unverified)) or 'no source given'}")
    return notes


def _differs(entry: Support[Any], field: Field[Any]) -> bool:
    return entry.stance == "differs" or field.value is None


def _grouped(found: Sequence[tuple[Any, list[str]]]) -> list[str]:
    """`s3 s5: 18`: the sources of one value together."""
    by_words: dict[str, list[str]] = {}
    for value, ids in found:
        by_words.setdefault(say(value), []).extend(ids)
    return [f"{_ids(ids)}: {words}" for words, ids in by_words.items()]


def _unverified(entry: Support[Any]) -> str:
    return f"{entry.source} “{entry.quote}”" if entry.quote else f"{entry.source} {say(entry.value)} ({_NOWHERE})"


def _quote(entry: Support[Any]) -> str:
    words = f"“{entry.quote}”" if entry.quote else _NOWHERE
    state = "differs, " if entry.stance == "differs" else ""
    return f"{entry.source} {words} ({state}{entry.match}{'' if entry.verified else ', unverified'})"


def _ids(sources: Sequence[str], between: str = " ") -> str:
    return between.join(dict.fromkeys(sources))


def _sources(summary: Summary) -> list[SourceView]:
    origins = {origin.id: origin for origin in summary.origins}
    views = []
    for source in summary.sources:
        origin = origins.get(source.origin)
        others = [other for other in origin.sources if other != source.id] if origin else []
        details = [f"origin {source.origin}" + (f", shared with {_ids(others)}" if others else "")]
        if origin and origin.sources[:1] == [source.id] and others:
            details = [f"{details[0]}: {origin.why}"]
        details += [f"credits {source.credit}"] if source.credit else []
        where = source.url or source.path
        parts = [source.publisher or "publisher not known", source.published or "no date"]
        parts += [f"“{source.title}”"] if source.title else []
        lines = [plain(detail) for detail in details]
        views.append(SourceView(plain(source.id), plain(", ".join(parts)), lines, plain(where) if where else None))
    return views


def _without_incident(summary: Summary) -> str | None:
    heard = {source for incident in summary.incidents for source in incident.sources}
    heard |= {failure.source for failure in summary.failures}
    quiet = [source.id for source in summary.sources if source.id not in heard]
    unasked = [source for source in quiet if source in summary.run.unasked]
    told = f" (not asked about, by their words: {_ids(unasked)}; SUMMARIZER_ASK_ALL=1 asks)" if unasked else ""
    return plain(f"No incident found in: {_ids(quiet)}{told}") if quiet else None


def _run(summary: Summary) -> str:
    run = summary.run
    cost = "unknown" if run.cost_usd is None else f"${run.cost_usd:.4f}"
    tokens = f"{say_number(run.input_tokens)} + {say_number(run.output_tokens)} tokens"
    calls = f"{run.calls} {plural('call', run.calls)}, {run.cached} cached"
    return plain(f"Run: {run.model} ({run.profile}), {calls}, {tokens}, cost {cost}, {run.seconds:g} s")
