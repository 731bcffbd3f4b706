"""Why sources differ: the kind of each conflict, and what a careful reader should carry forward.

Each claim that is not the chosen value is judged by itself; a field's conflict is of its gravest claim's kind, and says
the reason for every claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.schemas import (
    CasualtyGroup,
    Claim,
    Conflict,
    ConflictKind,
    Count,
    DateSpan,
    Perpetrator,
    Place,
    Quantity,
    ReportBase,
    Source,
)

from ..comparison import FAMILIES, compare
from .figures import why_figures_differ
from .places import why_places_differ
from .sides import Reason, Said, Setting, Side, listed, sides

GRAVITY: list[ConflictKind] = [
    "contradiction",
    "error",
    "attribution",
    "scope",
    "different_quantity",
    "update",
    "precision",
]
"""Which kind speaks for a field whose claims differ from the chosen value in several ways."""


def explain(
    name: str,
    value: Any,
    said: Sequence[Said],
    sources: Mapping[str, Source],
    reports: Sequence[ReportBase],
    beside: Sequence[ReportBase] = (),
) -> Conflict[Any] | None:
    """The conflict among the verified findings of one field, or None where they say the same.

    `name` is the field's, `value` the chosen value, `said` every finding by source; `sources` give publish times and
    origins, `reports` the incident's other figures, `beside` what its sources report of other incidents.
    """
    claims = sides(said, sources)
    chosen = next((side for side in claims if side.value == value), None)
    if chosen is None or len(claims) < 2:
        return None
    setting = Setting(name, claims, reports, beside)
    judged = [(side, None if side is chosen else _reason(side, chosen, setting)) for side in claims]
    reasons = [reason for _, reason in judged if reason is not None]
    if not reasons:
        return None
    kind = min((kind for kind, _ in reasons), key=GRAVITY.index)
    ordered = sorted(dict.fromkeys(reasons), key=lambda reason: GRAVITY.index(reason[0]))
    words = list(dict.fromkeys(why for _, why in ordered))
    return Conflict[Any](
        kind=kind,
        claims=[_claim(side, reason) for side, reason in judged],
        resolved=None if kind in {"contradiction", "attribution"} else value,
        why="; ".join(words),
    )


def _claim(side: Side, reason: Reason | None) -> Claim[Any]:
    kind, why = reason or (None, None)
    return Claim[Any](value=side.value, sources=side.sources, kind=kind, why=why)


def _reason(side: Side, chosen: Side, setting: Setting) -> Reason | None:
    """Why one claim is not the chosen one; None where the difference says nothing to a reader."""
    names = listed(side.sources)
    agrees = compare(side.value, chosen.value) != "different"
    if isinstance(chosen.value, Count | CasualtyGroup | Quantity):
        return why_figures_differ(side, chosen, setting)
    if isinstance(chosen.value, Perpetrator):
        if agrees and side.value.status == chosen.value.status:
            return None
        return "attribution", f"how sure it is who did it reads otherwise in {names}"
    if isinstance(chosen.value, DateSpan):
        if agrees:
            return "precision", f"{names} gives the time less exactly or a longer one"
        return "contradiction", f"another time stands in {names}, and both cannot be right"
    if isinstance(chosen.value, str):
        return _kind_of_word(side, chosen)
    if agrees:
        return None
    if isinstance(chosen.value, Place):
        return why_places_differ(side, chosen, setting)
    return "precision", f"{names} names another part of it, a wider one, or calls it otherwise"


def _kind_of_word(side: Side, chosen: Side) -> Reason:
    """Enumerations: what was not known at first is an update, a neighbouring word a vaguer one."""
    names = listed(side.sources)
    later = side.earlier_than(chosen) and not chosen.undone_by(side)
    if later and not (chosen.value == "no_claim" or side.origins & chosen.origins):
        return "update", f"the later word supersedes that of {names}"
    if {side.value, chosen.value} == {"claimed", "no_claim"} and chosen.value == "claimed":
        return "update", f"the claim was not known to {names}"
    if side.value == "other" or any({side.value, chosen.value} <= family for family in FAMILIES):
        return "precision", f"{names} calls it by a neighbouring word"
    return "contradiction", f"something else stands in {names}, and both cannot be right"
