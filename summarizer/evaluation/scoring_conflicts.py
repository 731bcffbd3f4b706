"""Scores of the listed differences against the planted ones.

A planted difference is *listed* if the record has a conflict in the same field of the same incident with two sides that
are two of its sides (`sides.same_side`).  Its kind is right if one of those that are not the chosen value bears it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from summarizer.schemas import DISPUTES, Claim, Conflict, Field, Incident

from .gold import FIELDS, GoldClaim, GoldConflict
from .labelling import Outcome
from .matching import value_of, values_of
from .metrics import Scores
from .sides import same_side


@dataclass(frozen=True)
class Listed:
    """A conflict of the record, with the name of its field.

    Several items of a list may bear it, each from its own side (`views`); `conflict` is the gravest of these.
    """

    field: str
    conflict: Conflict[Any]
    views: tuple[Conflict[Any], ...] = ()


def score_conflicts(outcome: Outcome, scores: Scores) -> None:
    """Recall, precision and kind of the listed differences, and the disputes raised that are none."""
    gold = outcome.gold
    if gold.conflicts is None:
        return
    for label in gold.truth:
        incident = outcome.incidents.get(label)
        listed = list(listed_in(incident)) if incident is not None else []
        planted = [one for one in gold.conflicts if one.incident == label]
        for one in planted:
            homes = [other for other in listed if is_same(one, other, outcome)]
            scores.add("conflicts.recall", gold.id, bool(homes))
            if said_in_reports(one, outcome):
                scores.add("conflicts.recall_said", gold.id, bool(homes))
            if homes:
                scores.add("conflicts.kind", gold.id, any(one.kind in kinds_of(one, h, outcome) for h in homes))
        for other in listed:
            right = any(is_same(one, other, outcome) for one in planted)
            scores.add("conflicts.precision", gold.id, right)
            if other.conflict.kind in DISPUTES:
                scores.add("conflicts.false_disputes", gold.id, not right)


def listed_in(incident: Incident) -> Iterator[Listed]:
    """The conflicts of an incident; one that several items of a list bear alike is listed once."""
    for name in type(incident).model_fields:
        value = getattr(incident, name)
        alike: dict[frozenset[str], list[Conflict[Any]]] = {}
        for field in value if isinstance(value, list) else [value]:
            if isinstance(field, Field) and field.conflict is not None:
                claims = frozenset(f"{claim.value} {sorted(claim.sources)}" for claim in field.conflict.claims)
                alike.setdefault(claims, []).append(field.conflict)
        for views in alike.values():
            yield Listed(name, min(views, key=lambda one: one.kind not in DISPUTES), tuple(views))


def is_same(planted: GoldConflict, listed: Listed, outcome: Outcome) -> bool:
    """Whether two sides of the listed difference are two sides of the planted one."""
    return planted.field == listed.field and bool(_pairs(planted, listed.conflict, outcome))


def _pairs(planted: GoldConflict, listed: Conflict[Any], outcome: Outcome) -> list[tuple[Claim[Any], Claim[Any]]]:
    """The pairs of a conflict's sides that are two sides of the planted difference."""

    def same(gold: GoldClaim, claim: Claim[Any]) -> bool:
        return same_side(gold, claim, planted, outcome.source_of)

    return [
        (first, second)
        for first, second in combinations(listed.claims, 2)
        if any(same(one, first) and same(other, second) for one, other in permutations(planted.claims, 2))
    ]


def kinds_of(planted: GoldConflict, listed: Listed, outcome: Outcome) -> set[str]:
    """The kinds that the record gives to the listed sides of the planted difference.

    A kind says how a side differs from the chosen value, which has none, and of an item of a list how it differs from
    that item: where a pair holds the chosen value, the other one's kind is that of the pair, and pairs without it say
    nothing of their own difference.
    """
    pairs = [pair for view in listed.views or (listed.conflict,) for pair in _pairs(planted, view, outcome)]
    chosen = [pair for pair in pairs if any(claim.kind is None for claim in pair)]
    return {str(claim.kind) for pair in chosen or pairs for claim in pair if claim.kind is not None}


def said_in_reports(planted: GoldConflict, outcome: Outcome) -> bool:
    """Whether values of the fed-in reports stand on two of its sides, so that it can be found in the reports at all."""
    if planted.field not in FIELDS:
        return False
    told = outcome.told.get(planted.incident, {})
    claims = [
        Claim[Any](value=value, sources=[source])
        for (source, _), report in told.items()
        for value in (value_of(report, planted.field), *values_of(report, planted.field))
        if value is not None
    ]
    return is_same(
        planted, Listed(planted.field, Conflict(kind=planted.kind, claims=claims, resolved=None, why="")), outcome
    )
