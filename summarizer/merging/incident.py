"""Merging: the reports of one incident in, one record out, in which every field says who supports it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any, TypeVar, get_args, get_origin

from summarizer.schemas import (
    DISPUTES,
    CasualtyGroup,
    Conflict,
    Field,
    Finding,
    Incident,
    IncidentBase,
    Perpetrator,
    Relation,
    ReportBase,
    Source,
    Support,
)

from ..comparison import compare, same_thing
from .choosing import choose
from .conflicts import explain
from .items import across_items
from .sides import Said, Setting, sides, spelled

IncidentType = TypeVar("IncidentType", bound=IncidentBase)


def merge(
    reports: Sequence[ReportBase],
    sources: Mapping[str, Source],
    *,
    id: str = "i1",
    why: str = "",
    relations: Sequence[Relation] = (),
    beside: Sequence[ReportBase] = (),
    into: type[IncidentType] = Incident,  # type: ignore[assignment]
) -> IncidentType:
    """The record of one incident.

    Driven by the types of the fields of `into`: each `Field[T]` or `list[Field[T]]` takes the reports' findings of the
    same name, so a new field, or an incident type of your own, needs no code here.  `sources` give publish times and
    origins; `beside` are the reports of other incidents that the same sources tell of, whose figures may have leaked
    into these.  Title and narrative are left empty, for narration to fill.
    """
    ordered = sorted(reports, key=lambda report: (_number(report.source), report.index))
    fields: dict[str, Any] = {}
    for name, information in into.model_fields.items():
        kind = information.annotation
        if get_origin(kind) is list and _is_field(get_args(kind)[0]):
            fields[name] = _items(name, get_args(kind)[0], ordered, sources, beside)
        elif _is_field(kind):
            said = [(r.source, found) for r in ordered if (found := getattr(r, name, None)) is not None]
            fields[name] = _field(name, kind, said, sources, ordered, beside)
    _leave_to_tolls(fields)
    members = sorted({report.source for report in ordered}, key=_number)
    return into(
        id=id,
        title="",
        sources=members,
        main_in=[source for source in members if any(r.source == source and r.role == "main" for r in ordered)],
        origins=len({sources[source].origin for source in members}),
        why_together=why,
        narrative=[],
        relations=list(relations),
        **fields,
    )


def _leave_to_tolls(fields: dict[str, Any]) -> None:
    """A part of a toll bears no conflict of its own where the toll's says what there is to say."""
    for name, items in fields.items():
        if isinstance(items, list) and any(isinstance(item.value, CasualtyGroup) for item in items):
            fields[name] = [_without_conflict(item) if _told_by_toll(item, fields) else item for item in items]


def _without_conflict(item: Field[Any]) -> Field[Any]:
    agreement = "majority" if item.agreement == "disputed" else item.agreement
    return item.model_copy(update={"conflict": None, "agreement": agreement})


def _told_by_toll(item: Field[Any], fields: Mapping[str, Any]) -> bool:
    """Whether the toll of which it is a part says as gravely, of the same sources, that they differ."""
    toll = fields.get(item.value.outcome) if isinstance(item.value, CasualtyGroup) else None
    if item.conflict is None or not isinstance(toll, Field) or toll.conflict is None:
        return False
    as_grave = toll.conflict.kind in DISPUTES or item.conflict.kind not in DISPUTES
    return as_grave and _apart(item.conflict) <= _apart(toll.conflict)


def _apart(conflict: Conflict[Any]) -> set[tuple[str, str]]:
    """The pairs of sources that stand on two sides of a conflict."""
    return {
        (first, second)
        for one, other in permutations(conflict.claims, 2)
        for first in one.sources
        for second in other.sources
        if first != second
    }


def _number(source: str) -> tuple[int, str]:
    digits = re.search(r"\d+", source)
    return (int(digits.group()) if digits else 0), source


def _is_field(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Field)


def _field(
    name: str,
    kind: Any,
    said: Sequence[Said],
    sources: Mapping[str, Source],
    reports: Sequence[ReportBase],
    beside: Sequence[ReportBase],
) -> Field[Any]:
    value, rule = choose(Setting(name, sides(said, sources), reports, beside))
    support = [_support(source, found, value) for source, found in said]
    conflict = explain(name, value, said, sources, reports, beside) if value is not None else None
    return _finished(kind, value, rule, support, conflict, sources)


def _finished(
    kind: Any, value: Any, rule: str, support: list[Any], conflict: Conflict[Any] | None, sources: Mapping[str, Source]
) -> Field[Any]:
    behind = {entry.source for entry in support if entry.verified and entry.stance == "supports"}
    speaking = {entry.source for entry in support if entry.verified}
    if value is None:
        agreement = "none"
    elif conflict is not None and conflict.kind in DISPUTES:
        agreement = "disputed"
    elif len(speaking) == 1:
        agreement = "single"
    else:
        agreement = "unanimous" if behind == speaking else "majority"
    origins = len({sources[source].origin for source in behind})
    field: Field[Any] = kind(
        value=value,
        agreement=agreement,
        origins=origins,
        rule=rule,
        support=[e.model_dump() for e in support],
        conflict=conflict.model_dump() if conflict else None,
    )
    return field


def _support(source: str, found: Finding[Any], value: Any) -> Support[Any]:
    agrees = found.value is not None and value is not None and _supports(found.value, value)
    return Support[Any](
        source=source,
        stance="supports" if agrees else "differs",
        value=found.value,
        quote=found.quote,
        start=found.start,
        end=found.end,
        match=found.match,
        verified=found.verified,
    )


def _supports(said: Any, value: Any) -> bool:
    if isinstance(said, Perpetrator) and said.status != value.status:
        return False
    return compare(said, value) != "different"


def _items(
    name: str,
    kind: Any,
    reports: Sequence[ReportBase],
    sources: Mapping[str, Source],
    beside: Sequence[ReportBase],
) -> list[Field[Any]]:
    """One field for each distinct item: items of different reports that are about the same thing are put together."""
    groups: list[list[Said]] = []
    for report in reports:
        for found in getattr(report, name, ()):
            if any(
                source == report.source and known.value == found.value
                for group in groups
                for source, known in group
                if known.verified == found.verified
            ):
                continue  # the same item twice in one report
            homes = [group for group in groups if report.source not in dict(group) and _belongs(found, group)]
            if homes:
                max(homes, key=lambda group: _nearness(found, group)).append((report.source, found))
            else:
                groups.append([(report.source, found)])
    fields = [_field(_toll_of(group) or name, kind, group, sources, reports, beside) for group in groups]
    fields.sort(key=lambda field: (field.value is None, -field.origins, -len(field.supporters), spelled(field.value)))
    return across_items(fields, reports)


def _toll_of(group: Sequence[Said]) -> str | None:
    """The toll that these are parts of: they grow and fall as it does."""
    value = group[0][1].value
    return value.outcome if isinstance(value, CasualtyGroup) else None


def _belongs(found: Finding[Any], group: Sequence[Said]) -> bool:
    """Whether it is about the same thing as every one of them: "rockets" would else bring fired and landed together."""
    return found.value is not None and all(
        known.value is not None and known.verified == found.verified and same_thing(known.value, found.value)
        for _, known in group
    )


def _nearness(found: Finding[Any], group: Sequence[Said]) -> tuple[bool, int]:
    """Which of several groups it is nearest to: one that holds the very value, else one with which it agrees most."""
    same = any(known.value == found.value for _, known in group)
    return same, sum(compare(known.value, found.value) == "equal" for _, known in group)
