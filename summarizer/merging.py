"""Merging: the reports of one incident in, one record out, in which every field says who supports it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_args, get_origin

from summarizer.schemas import (
    DISPUTES,
    Conflict,
    Count,
    DateSpan,
    Field,
    Finding,
    Incident,
    IncidentBase,
    Perpetrator,
    Place,
    Relation,
    ReportBase,
    Source,
    Support,
    Value,
)

from .comparison import compare, same_thing
from .conflicts import disputed_attributions, explain

IncidentType = TypeVar("IncidentType", bound=IncidentBase)
Said = tuple[str, Finding[Any]]


def merge(
    reports: Sequence[ReportBase],
    sources: Mapping[str, Source],
    *,
    id: str = "i1",
    why: str = "",
    relations: Sequence[Relation] = (),
    into: type[IncidentType] = Incident,  # type: ignore[assignment]
) -> IncidentType:
    """The record of one incident.

    Driven by the types of the fields of `into`: each `Field[T]` or `list[Field[T]]` takes the reports' findings of the
    same name, so a new field, or an incident type of your own, needs no code here.  `sources` give publish times and
    origins.  Title and narrative are left empty, for narration to fill.
    """
    ordered = sorted(reports, key=lambda report: (_number(report.source), report.index))
    fields: dict[str, Any] = {}
    for name, information in into.model_fields.items():
        kind = information.annotation
        if get_origin(kind) is list and _is_field(get_args(kind)[0]):
            fields[name] = _items(name, get_args(kind)[0], ordered, sources)
        elif _is_field(kind):
            said = [(r.source, found) for r in ordered if (found := getattr(r, name, None)) is not None]
            fields[name] = _field(name, kind, said, sources, ordered)
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


def _number(source: str) -> tuple[int, str]:
    digits = re.search(r"\d+", source)
    return (int(digits.group()) if digits else 0), source


def _is_field(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Field)


def _field(
    name: str, kind: Any, said: Sequence[Said], sources: Mapping[str, Source], reports: Sequence[ReportBase]
) -> Field[Any]:
    verified = [(source, found.value) for source, found in said if found.verified and found.value is not None]
    value, rule = _choose(verified, sources)
    support = [_support(source, found, value) for source, found in said]
    conflict = explain(name, value, said, sources, reports) if value is not None else None
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


def _choose(said: Sequence[tuple[str, Any]], sources: Mapping[str, Source]) -> tuple[Any, str]:
    """The value and the name of the rule that chose it."""
    if not said:
        return None, "no verified value"
    if len({_spelled(value) for _, value in said}) == 1:
        return said[0][1], "only value"
    if isinstance(said[0][1], Count):
        return _latest(said, sources)
    if isinstance(said[0][1], DateSpan | Place):
        return _most_specific(said, sources)
    return _majority(said, sources)


def _latest(said: Sequence[tuple[str, Any]], sources: Mapping[str, Source]) -> tuple[Any, str]:
    """Latest verified figure for tolls (they grow as bodies are found), vague forms of a known figure aside.

    One origin alone does not outvote what two or more origins say on the same day.
    """
    weight = _weights(said, sources)
    sharp = [item for item in said if not any(compare(other, item[1]) == "narrower" for _, other in said)] or list(said)

    def when(item: tuple[str, Any]) -> tuple[str, tuple[int, str]]:
        return sources[item[0]].published or "", _number(item[0])

    source, value = max(sharp, key=when)
    day = (sources[source].published or "undated")[:10]
    if weight[_spelled(value)] == 1:
        rivals = [item for item in sharp if weight[_spelled(item[1])] > 1 and when(item)[0][:10] == day]
        if rivals:
            source, value = max(rivals, key=when)
            return value, f"figure of {weight[_spelled(value)]} origins on the latest day ({day})"
    return value, f"latest verified figure ({source}, {day})"


def _most_specific(said: Sequence[tuple[str, Any]], sources: Mapping[str, Source]) -> tuple[Any, str]:
    def standing(item: tuple[str, Any]) -> tuple[int, int, int, str]:
        backing = {sources[source].origin for source, other in said if compare(item[1], other) != "different"}
        sharper = sum(compare(item[1], other) in {"narrower", "equal"} for _, other in said)
        return len(backing), sharper, -_number(item[0])[0], _spelled(item[1])

    return max(said, key=standing)[1], "most specific of the agreeing values"


def _majority(said: Sequence[tuple[str, Any]], sources: Mapping[str, Source]) -> tuple[Any, str]:
    weight = _weights(said, sources)
    votes = Counter(_spelled(value) for _, value in said)
    value = max(said, key=lambda item: (weight[_spelled(item[1])], votes[_spelled(item[1])], _spelled(item[1])))[1]
    total = len({sources[source].origin for source, _ in said})
    return value, f"majority of origins ({weight[_spelled(value)]} of {total})"


def _weights(said: Sequence[tuple[str, Any]], sources: Mapping[str, Source]) -> dict[str, int]:
    origins: defaultdict[str, set[str]] = defaultdict(set)
    for source, value in said:
        origins[_spelled(value)].add(sources[source].origin)
    return {value: len(behind) for value, behind in origins.items()}


def _spelled(value: Any) -> str:
    return value.model_dump_json() if isinstance(value, Value) else str(value)


def _items(name: str, kind: Any, reports: Sequence[ReportBase], sources: Mapping[str, Source]) -> list[Field[Any]]:
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
                max(homes, key=lambda group: any(known.value == found.value for _, known in group)).append(
                    (report.source, found)
                )
            else:
                groups.append([(report.source, found)])
    fields = [_field(name, kind, group, sources, reports) for group in groups]
    fields.sort(key=lambda field: (field.value is None, -field.origins, -len(field.supporters), _spelled(field.value)))
    return disputed_attributions(fields)


def _belongs(found: Finding[Any], group: Sequence[Said]) -> bool:
    return found.value is not None and any(
        known.value is not None and known.verified == found.verified and same_thing(known.value, found.value)
        for _, known in group
    )
