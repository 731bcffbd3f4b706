"""Values compared by meaning, by their type: counts as intervals, dates at the coarser precision, places by
containment, names by normalised aliases.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import date
from functools import lru_cache, singledispatch
from typing import Any

from rapidfuzz.fuzz import ratio

from summarizer.schemas import CasualtyGroup, Count, DateSpan, Perpetrator, Place, Quantity, Statement, Target, Weapon

from .names import Comparison, compare_names, in_order, proper
from .quantities import measure, same_figure, same_measure

FAMILIES: tuple[frozenset[str], ...] = (
    frozenset(
        """armed_attack bombing rocket_or_missile_attack airstrike shooting assassination clash arson robbery
        kidnapping riot_or_protest""".split()  # noqa: SIM905
    ),
    frozenset("transport_accident industrial_accident fire structural_collapse environmental_spill arson".split()),  # noqa: SIM905
    frozenset("natural_disaster structural_collapse environmental_spill transport_accident fire".split()),  # noqa: SIM905
    frozenset({"health_emergency", "environmental_spill", "industrial_accident"}),
    frozenset({"cyberattack", "robbery"}),
)
"""Event types that reports of one incident may give for each other (ACLED's neighbouring categories)."""

_VAGUE = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|more than|over|at least|up to|fewer than|less than|dozens?|scores?|"
    r"hundreds|thousands|several|between|or so|estimated|maybe|approximately|as many as)\b",
    re.IGNORECASE,
)


@singledispatch
def compare(one: object, other: object) -> Comparison:
    """How `one` stands to `other`, a value of the same type.  Enumerations and plain text are equal or different."""
    return "equal" if one == other else "different"


def agree(one: object, other: object) -> bool:
    """Whether two values can both be right."""
    return compare(one, other) != "different"


@compare.register
def _counts(one: Count, other: Count) -> Comparison:
    return _intervals(_bounds(one), _bounds(other))


REACH = 1.5
"""How far over its figure "at least" or "more than" may reach; vague words ("dozens") have no end."""


def _bounds(count: Count) -> tuple[float, float]:
    if count.qualifier == "about":
        slack = max(1, round(0.1 * count.figure))
        return count.figure - slack, count.figure + slack
    if count.qualifier == "at_least" and count.best is not None:
        # "At least 14" was said of some fourteen: it is no word for 41, which a later report may count.
        return count.best, max(count.best + 2, round(REACH * count.best))
    low = 0 if count.low is None else count.low
    return low, math.inf if count.high is None else count.high


@compare.register
def _dates(one: DateSpan, other: DateSpan) -> Comparison:
    spans = [days(span) for span in (one, other)]
    return _intervals(*((start.toordinal(), end.toordinal()) for start, end in spans))


def days(span: DateSpan) -> tuple[date, date]:
    """The first and the last day that the span may mean; a day that no calendar has is taken for the nearest one."""
    first, end = _nearest_day(span.start), _nearest_day(span.end or span.start)
    if span.precision == "week":
        end = date.fromordinal(min(end.toordinal() + 6, date.max.toordinal()))
    elif span.precision == "month":
        end = end.replace(day=monthrange(end.year, end.month)[1])
    elif span.precision == "year":
        end = end.replace(month=12, day=31)
    return first, max(first, end)


def _nearest_day(start: str) -> date:
    year, month, day = (int(part) for part in (start + "-01-01")[:10].split("-"))
    year, month = max(1, year), min(max(1, month), 12)
    return date(year, month, min(max(1, day), monthrange(year, month)[1]))


def _intervals(one: tuple[float, float], other: tuple[float, float]) -> Comparison:
    if one == other:
        return "equal"
    if one[1] < other[0] or other[1] < one[0]:
        return "different"
    return in_order((one[1] - one[0], -one[0]), (other[1] - other[0], -other[0]))


@compare.register
def _places(one: Place, other: Place) -> Comparison:
    if one.country and other.country and proper(one.country) != proper(other.country):
        return "different"
    words = proper(one.name), proper(other.name)
    if one == other or (words[0] == words[1] and one.country == other.country):
        return "equal"
    country = proper(one.country or other.country or "")
    if not (country in words or not words[0] or not words[1] or same_ground(one.name, other.name)):
        return "different"
    pairs = zip(words, (one, other), strict=True)
    sharp = [(held == country, -len(held), not place.country, place.name) for held, place in pairs]
    return in_order(*sharp)


_LANDMARK = re.compile(
    r"\b(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?(?: \w+)? of|near|outside|off|by|from|along|around|"
    r"on the road|not far|miles|kilomet\w+|km)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r",| in | at | on the ", re.IGNORECASE)
NAMELESS = proper(
    "airfield airport harbour harbor hospital market outpost port post prison river school station consulate embassy "
    "church mosque hotel factory plant mine bridge island mountain valley building house bar store shop gate terminal"
)
"""What many places are called beside their name: sharing such a word makes no two of them one."""


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a place's own name, and of what it lies in; what it lies near is in neither."""
    own, *inside = _INSIDE.split(_LANDMARK.split(name, maxsplit=1)[0])
    return proper(own) - NAMELESS, proper(" ".join(inside))


def same_ground(one: str, other: str) -> bool:
    """Whether two place names may be of one place, or of a place and what it lies in.

    "Camp Rusafa, north of Baghdad" and "Baghdad's southern suburbs" share but a landmark, and are two places; "a camp
    north of Baghdad", which has no name of its own, may be either.
    """
    (own, inside), (other_own, other_inside) = _parts(one), _parts(other)
    every, other_every = proper(one), proper(other)
    if not own or not other_own or every <= other_every or other_every <= every:
        return bool(every & other_every)
    held = own & other_own or own & other_inside or other_own & inside
    return bool(held) or any(_alike(x, y) for x in own for y in other_own)


def shared_place_words(one: str, other: str) -> frozenset[str]:
    """The telling words that two place names share, none where they share but a landmark."""
    return proper(one) & proper(other) if same_ground(one, other) else frozenset()


def _alike(one: str, other: str) -> bool:
    return one.isalpha() and other.isalpha() and min(len(one), len(other)) >= 5 and ratio(one, other) >= 83


@compare.register(Perpetrator)
@compare.register(Target)
@compare.register(Weapon)
def _named(one: Perpetrator | Target | Weapon, other: Perpetrator | Target | Weapon) -> Comparison:
    return compare_names(one.name, other.name)


@compare.register
def _groups(one: CasualtyGroup, other: CasualtyGroup) -> Comparison:
    if one.outcome != other.outcome or compare_names(one.group, other.group) == "different":
        return "different"
    return "equal" if one.count == other.count else "different"


@compare.register
def _quantities(one: Quantity, other: Quantity) -> Comparison:
    if not same_thing(one, other):
        return "different"
    return "equal" if same_figure(one, other) else "different"


@compare.register
def _statements(one: Statement, other: Statement) -> Comparison:
    return compare_names(one.speaker, other.speaker)


def figure(value: Any) -> float:
    """The one number of a count, a group of casualties or a quantity."""
    if isinstance(value, Count):
        return float(value.figure)
    return float(value.value if isinstance(value, Quantity) else value.count)


def size(value: Any) -> float:
    """The figure on a scale that others like it share: a quantity's in the base unit of what it measures."""
    return measure(value).value if isinstance(value, Quantity) else figure(value)


def may_be_vague(words: str, other_words: str, said: float, other: float) -> bool:
    """Whether a figure in vague words is another one rounded: at most a fifth away, "dozens" half."""
    loose = [match.group().lower() for text in (words, other_words) for match in _VAGUE.finditer(text)]
    slack = 0.5 if any(word in {"dozens", "scores", "hundreds", "thousands", "several"} for word in loose) else 0.2
    return bool(loose) and abs(said - other) <= slack * max(said, other)


def same_thing(one: object, other: object) -> bool:
    """Whether two items of a list are about the same thing, whatever they say of it."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return same_measure(one, other)
    if isinstance(one, CasualtyGroup) and isinstance(other, CasualtyGroup):
        names = compare_names(one.group, other.group)
        alike = names == "equal" or (names != "different" and one.count == other.count)
        return one.outcome == other.outcome and alike
    return agree(one, other)
