"""Conflicts that lie between the items of a list: who did it, and figures that measure different things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from summarizer.schemas import DISPUTES, Claim, Conflict, ConflictKind, Field, Perpetrator, Quantity, ReportBase

from ..comparison.quantities import is_bound, other_state, rival_parties, same_figure, same_measure
from .actors import is_named
from .sides import listed


def across_items(fields: list[Field[Any]], reports: Sequence[ReportBase]) -> list[Field[Any]]:
    """The items of one list of an incident, with the conflicts that lie between them.

    `reports` are those of the incident: who names nobody is one side of the question who did it.
    """
    if any(isinstance(field.value, Perpetrator) for field in fields):
        return _who_did_it(fields, reports)
    return _measured(fields)


def _who_did_it(fields: list[Field[Any]], reports: Sequence[ReportBase]) -> list[Field[Any]]:
    """Attribution: some sources name one and leave out another, or are sure of nobody where others accuse somebody.

    What two sources say otherwise of one perpetrator is a difference of that field already; it is told with the others.
    """
    named = [field for field in fields if isinstance(field.value, Perpetrator) and is_named(field.value)]
    everyone = {source for field in named for source in _naming(field)}
    nobody = _naming_nobody(named, reports)
    reasons = []
    if len(named) > 1 and any(_naming(field) != everyone for field in named):
        reasons.append("sources name different perpetrators")
    if named and nobody:
        reasons.append(f"{listed(nobody)} {'names' if len(nobody) == 1 else 'name'} nobody")
    if not reasons:
        return fields
    known = {id(field): _own_claims(field) for field in named}
    return [_with_others(field, known, reasons, nobody) if id(field) in known else field for field in fields]


def _naming(field: Field[Any]) -> set[str]:
    """The sources whose verified words name it, however sure they are of it."""
    return {*field.supporters, *field.dissenters}


def _own_claims(field: Field[Any]) -> list[Claim[Any]]:
    return field.conflict.claims if field.conflict else [Claim[Any](value=field.value, sources=field.supporters)]


def _with_others(
    field: Field[Any], known: Mapping[int, Sequence[Claim[Any]]], reasons: Sequence[str], nobody: Sequence[str]
) -> Field[Any]:
    """The field with its own claims as they are, and those of the other perpetrators and of who names nobody."""
    why = [*([field.conflict.why] if field.conflict else []), *reasons]
    claims = [
        claim if other == id(field) else claim.model_copy(update={"kind": "attribution", "why": None})
        for other, told in known.items()
        for claim in told
    ]
    if nobody:
        claims.append(Claim[Any](value=None, sources=list(nobody), kind="attribution"))
    return _disputed(field, claims, "attribution", "; ".join(why))


def _naming_nobody(named: Sequence[Field[Any]], reports: Sequence[ReportBase]) -> list[str]:
    """The sources that tell of unknown perpetrators where others name some; and, where these are but accused or
    suspected or claim it themselves, those that are mainly about the incident and tell of none.
    """
    items = [(report.source, item) for report in reports for item in getattr(report, "perpetrators", ())]
    naming = {source for source, item in items if item.value is not None and is_named(item.value)}
    # "Militants" beside "Kashmiri militants" may be the same: such a source is a side of that field, and of no other.
    naming |= {entry.source for field in named for entry in field.support if entry.value is not None}
    unsure = any(
        entry.value is not None and entry.value.status != "reported_as_fact" for f in named for entry in f.support
    )
    silent: dict[str, None] = {}
    for report in reports:
        told = [item for item in getattr(report, "perpetrators", ()) if item.value is not None]
        if report.source not in naming and (told or (unsure and report.role == "main")):
            silent[report.source] = None
    return list(silent)


def _measured(fields: list[Field[Any]]) -> list[Field[Any]]:
    """Figures that stand beside each other: of one thing by several parties, or of one thing's several states."""
    kin = [[other for other in fields if other is not field and _are_kin(field, other)] for field in fields]
    done = list(fields)
    for at, field in enumerate(fields):
        if not kin[at] or field.conflict is not None:
            continue
        circle = _circle(at, fields, kin)
        backers = {frozenset(one.supporters) for one in circle}
        rivals = any(_are_rivals(one, other) for one, other in combinations(circle, 2))
        if len(backers) == 1 and (not rivals or len(*backers) == 1):
            continue  # the same sources count several things, or one tells of a dispute: nobody differs from them
        done[at] = _disputed(field, *_standing(field, circle))
    return done


def _standing(field: Field[Any], circle: Sequence[Field[Any]]) -> tuple[list[Claim[Any]], ConflictKind, str]:
    """The claims of figures that are kin, with how each differs from this one; the kind of the conflict; the reason."""
    rivals = [one for one in circle if one is not field and _are_rivals(field, one)]
    claims = []
    for one in circle:
        alike = one is field or _are_one(field.value, one.value)
        kind: ConflictKind = "contradiction" if one in rivals else "different_quantity"
        claims.append(Claim[Any](value=one.value, sources=one.supporters, kind=None if alike else kind))
    if rivals:
        told = _told([one for one in circle if one is field or one in rivals])
        return claims, "contradiction", f"figures of one thing that cannot all be right: {told}"
    return claims, "different_quantity", f"different things are measured: {_told(circle)}"


def _are_one(one: object, other: object) -> bool:
    """Whether two items that one source told apart say the same."""
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return False
    return same_measure(one, other) and same_figure(one, other)


def _told(circle: Sequence[Field[Any]]) -> str:
    return ", ".join(f"{one.value.value:,.15g} {one.value.what}" for one in circle if isinstance(one.value, Quantity))


def _are_kin(one: Field[Any], other: Field[Any]) -> bool:
    if not isinstance(one.value, Quantity) or not isinstance(other.value, Quantity):
        return False
    return other_state(one.value, other.value) or _are_rivals(one, other)


def _are_rivals(one: Field[Any], other: Field[Any]) -> bool:
    """Whether they measure the same thing and differ; the two ends of a range do not, nor does what the same sources
    give as figures of their own, a whole and its part.
    """
    first, second = one.value, other.value
    if not isinstance(first, Quantity) or not isinstance(second, Quantity):
        return False
    ends = is_bound(first) and is_bound(second)
    own = set(one.supporters) == set(other.supporters) and not rival_parties(first, second)
    return same_measure(first, second) and not same_figure(first, second) and not (ends or own)


def _circle(at: int, fields: Sequence[Field[Any]], kin: Sequence[Sequence[Field[Any]]]) -> list[Field[Any]]:
    """All figures that are kin to this one, to one of those, and so on; in the order of the list."""
    places = {id(field): position for position, field in enumerate(fields)}
    reached, waiting = {at}, [at]
    while waiting:
        for other in kin[waiting.pop()]:
            if places[id(other)] not in reached:
                reached.add(places[id(other)])
                waiting.append(places[id(other)])
    return [fields[position] for position in sorted(reached)]


def _disputed(field: Field[Any], claims: list[Claim[Any]], kind: ConflictKind, why: str) -> Field[Any]:
    resolved = None if kind in DISPUTES else field.value
    conflict = Conflict[Any](kind=kind, claims=claims, resolved=resolved, why=why)
    agreement = "disputed" if kind in DISPUTES else field.agreement
    return field.model_copy(update={"agreement": agreement, "conflict": conflict})
