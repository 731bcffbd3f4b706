"""Whether a value is the gold one: exactly, or leniently as a reader would let it pass."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from math import isclose
from typing import Any

from summarizer.comparison import days, proper
from summarizer.comparison.quantities import measure
from summarizer.schemas import CasualtyGroup, Count, DateSpan, Finding, Perpetrator, Place, Quantity, Report, Statement


@singledispatch
def exact(said: object, gold: object) -> bool:
    """Whether both say the same, letter case, articles and transliterations of names aside."""
    return said == gold


@exact.register
def _(said: Place, gold: Place) -> bool:
    return proper(said.name) == proper(gold.name)


@singledispatch
def lenient(said: Any, gold: Any) -> bool:
    """Whether a reader would let it pass: the same figure, overlapping days, names that share most telling words."""
    return names_meet(said.name, gold.name) if hasattr(said, "name") else bool(said == gold)


@lenient.register
def _(said: Count, gold: Count) -> bool:
    return said.figure == gold.figure


@lenient.register
def _(said: DateSpan, gold: DateSpan) -> bool:
    one, other = days(said), days(gold)
    return one[0] <= other[1] and other[0] <= one[1]


@lenient.register
def _(said: Place, gold: Place) -> bool:
    return bool(proper(said.name) & proper(gold.name))


@lenient.register
def _(said: Perpetrator, gold: Perpetrator) -> bool:
    return said.status == gold.status and names_meet(said.name, gold.name)


@lenient.register
def _(said: CasualtyGroup, gold: CasualtyGroup) -> bool:
    return (said.outcome, said.count) == (gold.outcome, gold.count) and names_meet(said.group, gold.group)


@lenient.register
def _(said: Quantity, gold: Quantity) -> bool:
    return bool(proper(said.what) & proper(gold.what)) and _same_amount(said, gold)


@lenient.register
def _(said: Statement, gold: Statement) -> bool:
    return names_meet(said.speaker, gold.speaker)


def _same_amount(said: Quantity, gold: Quantity) -> bool:
    """Whether two figures are the same with their units: 5 km is 5,000 m, and 40 kg is not 40 tonnes.

    A unit that one of them lacks must stand among its words ("hectares burned").
    """
    if said.unit and gold.unit:
        one, other = measure(said), measure(gold)
        return one.dimension == other.dimension and isclose(one.value, other.value)
    bare, unit = (said, gold.unit) if gold.unit else (gold, said.unit)
    return said.value == gold.value and proper(unit or "") <= proper(bare.what)


def names_meet(one: str, other: str) -> bool:
    """Whether at least half the telling words of the shorter name stand in the longer one."""
    words = proper(one), proper(other)
    least = min(len(words[0]), len(words[1]))
    return one.lower() == other.lower() or (least > 0 and 2 * len(words[0] & words[1]) >= least)


def paired(said: Sequence[Any], gold: Sequence[Any]) -> int:
    """How many items of two lists are each other's, each taken once."""
    left, hits = list(gold), 0
    for item in said:
        home = next((other for other in left if lenient(item, other)), None)
        if home is not None:
            left.remove(home)
            hits += 1
    return hits


def value_of(report: Report | None, name: str) -> Any:
    """What a report says in a field, None where it says nothing."""
    found = getattr(report, name) if report is not None else None
    return found.value if isinstance(found, Finding) else None


def values_of(report: Report | None, name: str, *, verified: bool = False) -> list[Any]:
    """The items of a list field; only the verified ones on request."""
    items = getattr(report, name) if report is not None else ()
    if not isinstance(items, tuple):
        return []
    return [item.value for item in items if item.value is not None and (item.verified or not verified)]
