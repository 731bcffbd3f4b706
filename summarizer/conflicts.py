"""Why sources differ: the kind of each conflict, and what a careful reader should carry forward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.schemas import Claim, Conflict, ConflictKind, Count, DateSpan, Finding, Perpetrator, Place, ReportBase, Source

from .comparison import compare

Said = tuple[str, Finding[Any]]


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


def _kind(
    name: str, value: Any, said: Sequence[Said], against: Sequence[Said], sources: Mapping[str, Source],
    reports: Sequence[ReportBase],
) -> tuple[ConflictKind, str]:
    if not against:
        return "precision", "one figure is a vaguer form of the other"
    names = ", ".join(source for source, _ in against)
    if isinstance(value, Perpetrator):
        return "attribution", f"{names} differ on how sure it is who did it"
    if isinstance(value, Place | DateSpan) and not (isinstance(value, Place) and _countries_differ(value, against)):
        return ("precision", f"{names} name another part of it") if isinstance(value, Place) else (
            "contradiction", f"{names} give another date")
    if isinstance(value, Count):
        return _kind_of_count(name, value, said, against, sources, reports)
    return "contradiction", f"{names} say otherwise, and both cannot be right"


def _countries_differ(value: Place, against: Sequence[Said]) -> bool:
    return any(found.value.country and value.country and found.value.country != value.country for _, found in against)


def _kind_of_count(
    name: str, value: Count, said: Sequence[Said], against: Sequence[Said], sources: Mapping[str, Source],
    reports: Sequence[ReportBase],
) -> tuple[ConflictKind, str]:
    names = ", ".join(source for source, _ in against)
    origins = {sources[source].origin for source, found in said if found.verified and not _differs(found.value, value)}
    against_origins = {sources[source].origin for source, _ in against}
    figures = {found.value.figure for _, found in against}
    sums = _sums(reports, name, value)
    if figures <= sums:
        return "scope", f"the figure of {names} counts the dead and the hurt together, or a part of them"
    latest = max((sources[s].published or "" for s, f in said if f.verified and not _differs(f.value, value)), default="")
    if latest and all((sources[source].published or "~") < latest for source, _ in against) and max(figures) <= value.figure:
        return "update", f"{names} reported earlier; the later figure supersedes"
    if len(origins) > len(against_origins) == 1:
        return "error", f"{names} stands alone against {len(origins)} independent origins"
    return "contradiction", f"{names} give another figure, and both cannot be right"


def _sums(reports: Sequence[ReportBase], name: str, value: Count) -> set[int]:
    """The sums of this toll with another toll of the incident."""
    others = {
        found.value.figure
        for report in reports
        for other in ("killed", "injured")
        if other != name and (found := getattr(report, other, None)) is not None and found.verified and found.value
    }
    return {value.figure + other for other in others if other}
