"""Values compared by meaning, by their type: counts as intervals, dates at the coarser precision, places by
containment, names by normalised aliases.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, timedelta
from functools import cache, singledispatch
from typing import Literal

from summarizer.schemas import (
    CasualtyGroup,
    Count,
    DateSpan,
    Perpetrator,
    Place,
    Quantity,
    Statement,
    Target,
    Weapon,
)

Comparison = Literal["equal", "narrower", "wider", "different"]
"""How the first value stands to the second: narrower and wider values are compatible, one is the vaguer form."""

FAMILIES: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "armed_attack",
            "bombing",
            "rocket_or_missile_attack",
            "airstrike",
            "shooting",
            "assassination",
            "clash",
            "arson",
            "robbery",
            "kidnapping",
            "riot_or_protest",
        }
    ),
    frozenset(
        {"transport_accident", "industrial_accident", "fire", "structural_collapse", "environmental_spill", "arson"}
    ),
    frozenset({"natural_disaster", "structural_collapse", "environmental_spill", "transport_accident", "fire"}),
    frozenset({"health_emergency", "environmental_spill", "industrial_accident"}),
    frozenset({"cyberattack", "robbery"}),
)
"""Event types that reports of one incident may give for each other (ACLED's neighbouring categories)."""

_COMMON = frozenset(
    """a an and the of in on at to from by for with near off outside inside between into its his her their north south
    east west northern southern eastern western central edge outskirts base camp town city village province district
    region area capital county state coast border road part parts some about around several other new old""".split()  # noqa: SIM905
)
_ARTICLES = re.compile(r"\b(?:al|ar|as|an|ad|at|az|ash|el|ul)[- ]")


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
    """The first and the last day that the span may mean."""
    first = date.fromisoformat((span.start + "-01-01")[:10] if len(span.start) < 10 else span.start)
    last = span.end or span.start
    end = date.fromisoformat((last + "-01-01")[:10] if len(last) < 10 else last)
    if span.precision == "week":
        end += timedelta(days=6)
    elif span.precision == "month":
        end = (end.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    elif span.precision == "year":
        end = end.replace(month=12, day=31)
    return first, max(first, end)


def _intervals(one: tuple[float, float], other: tuple[float, float]) -> Comparison:
    if one == other:
        return "equal"
    if one[1] < other[0] or other[1] < one[0]:
        return "different"
    return "narrower" if one[1] - one[0] <= other[1] - other[0] else "wider"


@compare.register
def _places(one: Place, other: Place) -> Comparison:
    if one.country and other.country and one.country != other.country:
        return "different"
    words = proper(one.name), proper(other.name)
    if one == other or (words[0] == words[1] and one.country == other.country):
        return "equal"
    if not _same_ground(one.name, other.name):
        return "different"
    return "narrower" if (len(words[0]), bool(one.country)) >= (len(words[1]), bool(other.country)) else "wider"


def shared_place_words(one: str, other: str) -> frozenset[str]:
    """The telling words that two place names share, none where they share but a landmark.

    "Camp Rusafa, north of Baghdad" and "Baghdad's southern suburbs" share Baghdad, and are two places; "a camp north of
    Baghdad", which has no name of its own, may be either.
    """
    whole = proper(one), proper(other)
    shared = whole[0] & whole[1]
    heads = _own_name(one), _own_name(other)
    if whole[0] <= whole[1] or whole[1] <= whole[0] or not heads[0] or not heads[1]:
        return shared
    return shared if heads[0] & whole[1] and heads[1] & whole[0] else frozenset()


def _same_ground(one: str, other: str) -> bool:
    return not proper(one) or not proper(other) or bool(shared_place_words(one, other))


_LANDMARK = re.compile(
    r",|\b(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?(?: \w+)? of|near|outside|off|at|in|inside|by|from|"
    r"along|around|on the road|not far)\b",
    re.IGNORECASE,
)
_NAMELESS = tuple(
    """airfield airport harbour harbor hospital market outpost port prison river school station consulate embassy church
    mosque hotel factory plant mine bridge island mountain valley building house""".split()  # noqa: SIM905
)


def _own_name(name: str) -> frozenset[str]:
    """The words of a place's own name: those before a comma or a landmark; empty for "a camp"."""
    return proper(_LANDMARK.split(name, maxsplit=1)[0]) - _nameless()


@cache
def _nameless() -> frozenset[str]:
    return frozenset().union(*(proper(word) for word in _NAMELESS))


@compare.register(Perpetrator)
@compare.register(Target)
@compare.register(Weapon)
def _named(one: Perpetrator | Target | Weapon, other: Perpetrator | Target | Weapon) -> Comparison:
    return compare_names(one.name, other.name)


def compare_names(one: str, other: str) -> Comparison:
    """Names by their normalised words: equal, one holding the other, or different."""
    words = proper(one), proper(other)
    if words[0] == words[1]:
        return "equal"
    if words[0] and words[1] and (words[0] <= words[1] or words[1] <= words[0]):
        return "narrower" if len(words[0]) > len(words[1]) else "wider"
    return "different"


@compare.register
def _groups(one: CasualtyGroup, other: CasualtyGroup) -> Comparison:
    if one.outcome != other.outcome or compare_names(one.group, other.group) == "different":
        return "different"
    return "equal" if one.count == other.count else "different"


@compare.register
def _quantities(one: Quantity, other: Quantity) -> Comparison:
    if not same_thing(one, other):
        return "different"
    return "equal" if (one.value, one.unit) == (other.value, other.unit) else "different"


@compare.register
def _statements(one: Statement, other: Statement) -> Comparison:
    return compare_names(one.speaker, other.speaker)


def same_thing(one: object, other: object) -> bool:
    """Whether two items of a list are about the same thing, whatever they say of it."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        words = proper(one.what), proper(other.what)
        enough = min if one.value == other.value else max
        return one.unit == other.unit and len(words[0] & words[1]) * 2 > enough(map(len, words))
    if isinstance(one, CasualtyGroup) and isinstance(other, CasualtyGroup):
        names = compare_names(one.group, other.group)
        alike = names == "equal" or (names != "different" and one.count == other.count)
        return one.outcome == other.outcome and alike
    return agree(one, other)


_LETTERS = str.maketrans({"ð": "d", "þ": "th", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not take apart into a base and a mark."""


@cache
def proper(name: str) -> frozenset[str]:
    """The words that tell a name from another: folded, without articles, transliterations made one."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    bare = re.sub(r"['’‘ʻʼ`]", "", bare)
    words = re.findall(r"[^\W_]+", _ARTICLES.sub(" ", bare))
    return frozenset(_skeleton(_people().get(word, word)) for word in words if word not in _COMMON)


def _skeleton(word: str) -> str:
    """Transliterations of one word made one: Hizbullah, Hezbollah; Jaafar, Jafar; figures stay."""
    if not word.isalpha() or len(word) < 4:
        return word
    singular = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    spelled = re.sub(r"(?<=.)[aeiouhwy]", "", singular.replace("q", "k").replace("ph", "f"))
    return re.sub(r"(.)\1+", r"\1", spelled) if len(spelled) > 1 else singular


@cache
def _people() -> dict[str, str]:
    """Country adjectives and short forms to the word that stands for the country."""
    pairs = (
        "american us;americans us;usa us;british uk;britain uk;russian russia;iranian iran;iraqi iraq;danish denmark"
    )
    return dict(pair.split() for pair in pairs.split(";"))
