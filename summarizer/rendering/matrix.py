"""The support matrix: what each source says of each field, by origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..schemas import Field, IncidentBase, Summary, Support

State = Literal["supports", "differs", "unverified", "silent"]
SIGNS: dict[State, str] = {"supports": "+", "differs": "x", "unverified": "?", "silent": "."}
SIGN_LEGEND = "+ supports   x differs   ? said, but not verified   . silent"


@dataclass(frozen=True)
class Cell:
    """What one source says of one field: its state, and the entries that it rests on."""

    source: str
    state: State
    entries: list[Support[Any]]


@dataclass(frozen=True)
class OriginColumns:
    """Neighbouring columns of the matrix: the sources of an incident that go back to one text."""

    origin: str
    sources: list[str]
    why: str | None
    """Why several sources count as one origin; None for an origin of one source."""


def columns(incident: IncidentBase, summary: Summary) -> list[OriginColumns]:
    """The incident's sources, grouped by origin, each origin where its first source stands."""
    origin_of = {source.id: source.origin for source in summary.sources}
    why = {origin.id: origin.why for origin in summary.origins}
    grouped: dict[str, list[str]] = {}
    for source in dict.fromkeys(incident.sources):
        grouped.setdefault(origin_of.get(source, source), []).append(source)
    return [
        OriginColumns(origin, sources, why.get(origin) if len(sources) > 1 else None)
        for origin, sources in grouped.items()
    ]


def cells(field: Field[Any], pool: Sequence[Support[Any]], sources: Sequence[str]) -> list[Cell]:
    """One cell for each of the sources, in their order.

    `pool` are the entries of a list's other items: a source whose claim in the item's conflict stands there (it names
    another perpetrator) differs, and is not silent.
    """
    found = {source: [entry for entry in field.support if entry.source == source] for source in sources}
    for claim in field.conflict.claims if field.conflict else ():
        for source in claim.sources if claim.value is not None else ():
            if source in found and not found[source]:
                found[source] = [e for e in pool if e.source == source and e.verified and e.value == claim.value]
    return [Cell(source, _state(field, entries), entries) for source, entries in found.items()]


def entry_state(field: Field[Any], entry: Support[Any]) -> State:
    """Whether the entry supports the field's value, differs from it, or is not verified."""
    if not entry.verified:
        return "unverified"
    own = any(entry is one for one in field.support)
    return "supports" if own and entry.stance == "supports" and field.value is not None else "differs"


def _state(field: Field[Any], entries: Sequence[Support[Any]]) -> State:
    """A difference outweighs support, verified words outweigh unverified ones."""
    states = {entry_state(field, entry) for entry in entries}
    return next((state for state in ("differs", "supports", "unverified") if state in states), "silent")
