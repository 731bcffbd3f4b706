"""Why sources differ: the kind of each conflict, and what a careful reader should carry forward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.schemas import (
    Claim,
    Conflict,
    ConflictKind,
    Count,
    Field,
    Finding,
    Perpetrator,
    Place,
    ReportBase,
    Source,
)

from .comparison import compare

Said = tuple[str, Finding[Any]]
FALLING = frozenset({"missing", "captured"})
"""Tolls that go down as an incident goes on: people are found, or freed."""


def explain(
    name: str, value: Any, said: Sequence[Said], sources: Mapping[str, Source], reports: Sequence[ReportBase]
) -> Conflict[Any] | None:
    """The conflict among the verified findings of one field, or None where they say the same."""
    claims: defaultdict[str, list[Said]] = defaultdict(list)
    for source, found in said:
        if found.verified and found.value is not None:
            claims[repr(found.value)].append((source, found))
    if len(claims) < 2:
        return None
    against = [item for group in claims.values() for item in group if _differs(item[1].value, value)]
    if not against and not isinstance(value, Count):
        return None
    kind, why = _kind(name, value, said, against, sources, reports)
    listed = [Claim[Any](value=group[0][1].value, sources=[source for source, _ in group]) for group in claims.values()]
    return Conflict[Any](kind=kind, claims=listed, resolved=None if kind == "contradiction" else value, why=why)


def _differs(said: Any, value: Any) -> bool:
    if isinstance(said, Perpetrator) and said.status != value.status:
        return True
    return compare(said, value) == "different"


def disputed_attributions(fields: Sequence[Field[Any]]) -> list[Field[Any]]:
    """The items of a list, with a conflict on each perpetrator where sources that name one leave out another's.

    Items of other types come back as they are.
    """
    named = [field for field in fields if isinstance(field.value, Perpetrator) and field.supporters]
    everyone = {source for field in named for source in field.supporters}
    if len(named) < 2 or all(set(field.supporters) == everyone for field in named):
        return list(fields)
    claims = [Claim[Any](value=field.value, sources=field.supporters) for field in named]
    conflict = Conflict[Any](
        kind="attribution", claims=claims, resolved=None, why="sources name different perpetrators"
    )
    changes = {"agreement": "disputed", "conflict": conflict}
    return [field.model_copy(update=changes) if field in named and not field.conflict else field for field in fields]


def _kind(
    name: str,
    value: Any,
    said: Sequence[Said],
    against: Sequence[Said],
    sources: Mapping[str, Source],
    reports: Sequence[ReportBase],
) -> tuple[ConflictKind, str]:
    if not against:
        return "precision", "one figure is a vaguer form of the other"
    names = _listed(against)
    if isinstance(value, Perpetrator):
        return "attribution", f"how sure it is who did it reads otherwise in {names}"
    if isinstance(value, Place) and not any(
        _countries_differ(value, found.value) for _, found in against if found.value
    ):
        return "precision", f"another part of the place, or a wider one, is named by {names}"
    if isinstance(value, Count):
        return _kind_of_count(name, value, said, against, sources, reports)
    return "contradiction", f"something else stands in {names}, and both cannot be right"


def _listed(items: Sequence[Said]) -> str:
    """The sources in words: `s1`, `s1 and s2`, `s1, s2 and s3`."""
    *first, last = (source for source, _ in items)
    return f"{', '.join(first)} and {last}" if first else last


def _countries_differ(one: Place, other: Place | None) -> bool:
    return bool(other and one.country and other.country and one.country != other.country)


def _kind_of_count(
    name: str,
    value: Count,
    said: Sequence[Said],
    against: Sequence[Said],
    sources: Mapping[str, Source],
    reports: Sequence[ReportBase],
) -> tuple[ConflictKind, str]:
    names = _listed(against)
    backing = [source for source, found in said if found.verified and not _differs(found.value, value)]
    origins = {sources[source].origin for source in backing}
    figures = {found.value.figure for _, found in against if found.value is not None}
    if figures <= _sums(reports, name, value):
        return "scope", f"the figure of {names} counts the dead and the hurt together"
    latest = max(sources[source].published or "" for source in backing)
    earlier = all((sources[source].published or "9999") < latest for source, _ in against)
    if earlier and (name in FALLING or max(figures) <= value.figure):
        return "update", f"the later figure supersedes that of {names}"
    if len(origins) > 1 == len({sources[source].origin for source, _ in against}):
        return "error", f"the figure of {names} stands alone against {len(origins)} independent origins"
    return "contradiction", f"another figure stands in {names}, and both cannot be right"


def _sums(reports: Sequence[ReportBase], name: str, value: Count) -> set[int]:
    """The sums of this toll with another toll of the incident."""
    found = [getattr(report, other, None) for report in reports for other in ("killed", "injured") if other != name]
    figures = {finding.value.figure for finding in found if finding and finding.verified and finding.value}
    return {value.figure + figure for figure in figures if figure}
