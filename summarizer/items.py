"""Conflicts that lie between the items of a list: who did it, and figures that measure different things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from summarizer.schemas import DISPUTES, Claim, Conflict, ConflictKind, Field, Perpetrator, Quantity, ReportBase

from .quantities import other_state


def across_items(fields: list[Field[Any]], reports: Sequence[ReportBase]) -> list[Field[Any]]:
    """The items of one list of an incident, with the conflicts that lie between them.

    `reports` are those of the incident: who names nobody is one side of the question who did it.
    """
    if any(isinstance(field.value, Perpetrator) for field in fields):
        return _who_did_it(fields, reports)
    return [_beside_others(field, fields) if not field.conflict else field for field in fields]


def _who_did_it(fields: list[Field[Any]], reports: Sequence[ReportBase]) -> list[Field[Any]]:
    """Attribution: some sources name one and leave out another, or are sure of nobody where others accuse somebody."""
    named = [field for field in fields if isinstance(field.value, Perpetrator) and is_named(field.value)]
    everyone = {source for field in named for source in field.supporters}
    nobody = _naming_nobody(named, reports)
    if named and nobody:
        why = f"{', '.join(nobody)} names nobody" if len(nobody) == 1 else f"{', '.join(nobody)} name nobody"
    elif len(named) > 1 and any(set(field.supporters) != everyone for field in named):
        why = "sources name different perpetrators"
    else:
        return fields
    return [
        _with_conflict(field, named, "attribution", why, nobody) if field in named and not field.conflict else field
        for field in fields
    ]


def _naming_nobody(named: Sequence[Field[Any]], reports: Sequence[ReportBase]) -> list[str]:
    """The sources that tell of unknown perpetrators where others name some; and, where these are but accused or
    suspected or claim it themselves, those that are mainly about the incident and tell of none.
    """
    naming = {entry.source for field in named for entry in field.support}
    unsure = any(
        entry.value is not None and entry.value.status != "reported_as_fact" for f in named for entry in f.support
    )
    silent: dict[str, None] = {}
    for report in reports:
        told = [item for item in getattr(report, "perpetrators", ()) if item.value is not None]
        if report.source not in naming and (told or (unsure and report.role == "main")):
            silent[report.source] = None
    return list(silent)


def is_named(value: Perpetrator) -> bool:
    """Whether it is more than "a gang" or "unknown men", who may be anybody."""
    return value.kind != "unknown" or re.search(r"\b(?!The |A |An )[A-Z]\w+", value.name) is not None


def _beside_others(field: Field[Any], fields: Sequence[Field[Any]]) -> Field[Any]:
    if not isinstance(field.value, Quantity):
        return field
    others = [other for other in fields if isinstance(other.value, Quantity) and other_state(field.value, other.value)]
    told = ", ".join(f"{one.value.value:g} {one.value.what}" for one in (field, *others) if one.value is not None)
    return (
        _with_conflict(field, [field, *others], "different_quantity", f"these measure different things: {told}")
        if others
        else field
    )


def _with_conflict(
    field: Field[Any], sides: Sequence[Field[Any]], kind: ConflictKind, why: str, nobody: Sequence[str] = ()
) -> Field[Any]:
    claims = [Claim[Any](value=one.value, sources=one.supporters, kind=None if one is field else kind) for one in sides]
    if nobody:
        claims.append(Claim[Any](value=None, sources=list(nobody), kind=kind))
    resolved = None if kind in DISPUTES else field.value
    conflict = Conflict[Any](kind=kind, claims=claims, resolved=resolved, why=why)
    agreement = "disputed" if kind in DISPUTES else field.agreement
    return field.model_copy(update={"agreement": agreement, "conflict": conflict})
