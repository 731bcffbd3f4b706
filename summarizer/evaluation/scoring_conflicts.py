"""Scores of the listed differences against the planted ones.

A planted difference is *listed* if the record has a conflict in the same field of the same incident with two sides that
are two of its sides; sides are the same if they name a common source or give a common figure (in lists of figures:
the figure, or a common source and a common word).  Its kind is right if the listed sides bear it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from summarizer.comparison import figure, proper
from summarizer.schemas import DISPUTES, CasualtyGroup, Claim, Conflict, Count, Field, Incident, Quantity

from .gold import FIELDS, GoldClaim, GoldConflict
from .labelling import Outcome
from .matching import numbers_in, value_of, values_of
from .metrics import Scores


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
    if planted.field != listed.field:
        return False
    return any(
        _same_side(one, first, planted, outcome) and _same_side(other, second, planted, outcome)
        for one, other in permutations(planted.claims, 2)
        for first, second in combinations(listed.conflict.claims, 2)
    )


def _same_side(gold: GoldClaim, claim: Claim[Any], planted: GoldConflict, outcome: Outcome) -> bool:
    figures = numbers_in(gold.value)
    said = figure(claim.value) if isinstance(claim.value, Count | CasualtyGroup | Quantity) else None
    if said is not None and said in figures:
        return True
    shared = {outcome.source_of[article] for article in gold.articles} & set(claim.sources)
    if isinstance(claim.value, Quantity):
        words = proper(claim.value.what)
        return bool(shared) and bool(words & proper(f"{gold.value} {planted.part}")) and not figures
    return bool(shared)


def kinds_of(planted: GoldConflict, listed: Listed, outcome: Outcome) -> set[str]:
    """The kinds of those listed sides that are sides of the planted difference.

    Of an item of a list, a claim's kind says how it differs from that item: the items that are sides themselves tell.
    """

    def is_side(claim: Claim[Any]) -> bool:
        return any(_same_side(gold, claim, planted, outcome) for gold in planted.claims)

    views = listed.views or (listed.conflict,)
    own = [view for view in views if any(claim.kind is None and is_side(claim) for claim in view.claims)]
    found = {
        str(claim.kind) for view in own or views for claim in view.claims if claim.kind is not None and is_side(claim)
    }
    return found or {listed.conflict.kind}


def said_in_reports(planted: GoldConflict, outcome: Outcome) -> bool:
    """Whether values of the fed-in reports stand on two of its sides, so that it can be found in the reports at all."""
    if planted.field not in FIELDS:
        return False
    told = {place: report for place, report in outcome.gold_of.items() if outcome.labels[place] == planted.incident}
    claims = [
        Claim[Any](value=value, sources=[source])
        for (source, _), report in told.items()
        for value in (value_of(report, planted.field), *values_of(report, planted.field))
        if value is not None
    ]
    return is_same(
        planted, Listed(planted.field, Conflict(kind=planted.kind, claims=claims, resolved=None, why="")), outcome
    )
