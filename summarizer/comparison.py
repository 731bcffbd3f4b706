"""Values compared by meaning, by their type: counts as intervals, dates at the coarser precision, places by
containment, names by normalised aliases.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import date
from functools import cache, lru_cache, singledispatch
from typing import Any, Literal

from rapidfuzz.fuzz import ratio

from summarizer.schemas import CasualtyGroup, Count, DateSpan, Perpetrator, Place, Quantity, Statement, Target, Weapon

from .grounding.lexicon import country_names
from .text import tokens

Comparison = Literal["equal", "narrower", "wider", "different"]
"""How the first value stands to the second: narrower and wider values are compatible, one is the vaguer form."""

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

LONGEST_NAME = 40
"""Words of a name that are compared, so that a comparison's time is bounded."""

_COMMON = frozenset(
    """a an the of in on at to from by for with near off outside inside between into its his her their s north south
    east west northern southern eastern western central edge outskirts base camp town city village province district
    region area capital county state coast border road part parts some about around several other new old and along
    al ar as ad az ash el ul""".split()  # noqa: SIM905
)
_PLAIN = frozenset(
    """prison person patrol petrol munition mountain survivor surveyor minister ministry fire ferry truck track former
    farmer store storey""".split()  # noqa: SIM905
)
"""Words that their skeleton would confuse with each other."""
_VOWELS = (("a[aeiouwyh]*", "a"), ("[eiy][eiouwy]*", "i"), ("[ou][ouw]*", "u"))
_LETTERS = str.maketrans({"ð": "d", "đ": "d", "ø": "o", "ł": "l", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʻʼʿʾ`](?=\w)|(?<=\w)\.(?=\w\b)")
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
    return _ordered((one[1] - one[0], -one[0]), (other[1] - other[0], -other[0]))


def _ordered(one: Any, other: Any) -> Comparison:
    """The lesser is the narrower; seen from the other side it is the other way round."""
    return "equal" if one == other else "narrower" if one < other else "wider"


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
    return _ordered(*sharp)


_LANDMARK = re.compile(
    r"\b(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?(?: \w+)? of|near|outside|off|by|from|along|around|"
    r"on the road|not far|miles|kilomet\w+|km)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r",| in | at | on the ", re.IGNORECASE)
_NAMELESS = (
    "airfield airport harbour harbor hospital market outpost port post prison river school station consulate embassy "
    "church mosque hotel factory plant mine bridge island mountain valley building house bar store shop gate terminal"
)


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a place's own name, and of what it lies in; what it lies near is in neither."""
    own, *inside = _INSIDE.split(_LANDMARK.split(name, maxsplit=1)[0])
    return proper(own) - proper(_NAMELESS), proper(" ".join(inside))


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


def compare_names(one: str, other: str) -> Comparison:
    """Names by their normalised words: equal, one holding the other or most of it, an acronym, or different."""
    words = proper(one), proper(other)
    if words[0] == words[1] or _initials(one, other) or _initials(other, one):
        return "equal"
    shared, least = words[0] & words[1], min(len(words[0]), len(words[1]))
    if not least or (len(shared) < least and not (len(shared) > 1 and len(shared) * 3 >= least * 2)):
        return "different"
    return _ordered((-len(words[0]), one), (-len(words[1]), other))


def _initials(short: str, long: str) -> bool:
    """Whether `short` is an acronym of the capitalised words of `long`: PLF, Popular Liberation Front."""
    letters = short.removeprefix("the ").replace(".", "")
    if not (2 <= len(letters) <= 6 and letters.isupper()):
        return False
    capitals = "".join(word[0] for word in re.findall(r"\w\w+", long) if word[0].isupper())
    return letters == capitals


@compare.register
def _groups(one: CasualtyGroup, other: CasualtyGroup) -> Comparison:
    if one.outcome != other.outcome or compare_names(one.group, other.group) == "different":
        return "different"
    return "equal" if one.count == other.count else "different"


@compare.register
def _quantities(one: Quantity, other: Quantity) -> Comparison:
    if not same_thing(one, other):
        return "different"
    return "equal" if one.value == other.value and _units_agree(one, other) else "different"


@compare.register
def _statements(one: Statement, other: Statement) -> Comparison:
    return compare_names(one.speaker, other.speaker)


def figure(value: Any) -> float:
    """The one number of a count, a group of casualties or a quantity."""
    if isinstance(value, Count):
        return float(value.figure)
    return float(value.value if isinstance(value, Quantity) else value.count)


def may_be_vague(words: str, other_words: str, said: float, other: float) -> bool:
    """Whether a figure in vague words is another one rounded: at most a fifth away, "dozens" half."""
    loose = [match.group().lower() for text in (words, other_words) for match in _VAGUE.finditer(text)]
    slack = 0.5 if any(word in {"dozens", "scores", "hundreds", "thousands", "several"} for word in loose) else 0.2
    return bool(loose) and abs(said - other) <= slack * max(said, other)


def same_thing(one: object, other: object) -> bool:
    """Whether two items of a list are about the same thing, whatever they say of it."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        words = proper(one.what), proper(other.what)
        enough = min if one.value == other.value else max
        return _units_agree(one, other) and len(words[0] & words[1]) * 2 > enough(map(len, words))
    if isinstance(one, CasualtyGroup) and isinstance(other, CasualtyGroup):
        names = compare_names(one.group, other.group)
        alike = names == "equal" or (names != "different" and one.count == other.count)
        return one.outcome == other.outcome and alike
    return agree(one, other)


def related_quantities(one: Quantity, other: Quantity) -> bool:
    """Whether two figures count the same things in different states: rockets fired, rockets that landed."""
    heads = [next((t.word for t in tokens(item.what) if t.word not in _COMMON), "") for item in (one, other)]
    same = _stem(heads[0]) == _stem(heads[1]) and not {*heads} & {"", "people", "persons", "money"}
    return same and _units_agree(one, other) and one.value != other.value and one.what != other.what


def _units_agree(one: Quantity, other: Quantity) -> bool:
    return one.unit is None or other.unit is None or proper(one.unit) == proper(other.unit)


@lru_cache(maxsize=16384)
def proper(name: str) -> frozenset[str]:
    """The words that tell a name from another: folded, without articles, transliterations and peoples made one."""
    found = list(tokens(_APOSTROPHES.sub("", name.translate(_LETTERS))))[:LONGEST_NAME]
    words: set[str] = set()
    at = 0
    while at < len(found):
        token = found[at]
        spans = {size: " ".join(t.word for t in found[at : at + size]) for size in (4, 3, 2, 1)}
        size = next((size for size, span in spans.items() if token.capital and span in _countries()), 0)
        if size:
            words.add(_countries()[spans[size]])
        elif token.word not in _COMMON:
            words.add(_stem(token.word))
        at += size or 1
    return frozenset(words)


@cache
def _countries() -> dict[str, str]:
    """Names of countries and peoples to one word for the country."""
    return {name.replace(".", ""): re.sub(r"\W+", "", country).lower() for name, country in country_names().items()}


def _stem(word: str) -> str:
    """One word for its spellings: singular, transliterations made one (Hizbullah, Hezbollah); figures stay."""
    if not word.isalpha() or len(word) < 4:
        return word
    singular = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    if singular in _PLAIN:
        return singular
    spelled = re.sub(r"(.)\1+", r"\1", singular.replace("q", "k").replace("ph", "f"))
    bare = re.sub(r"(?<=.)[aeiouhwy]", "", spelled)
    if len(bare) > 3:
        return re.sub(r"(.)\1+", r"\1", bare)
    for vowels, one in _VOWELS:
        spelled = re.sub(vowels, one, spelled)
    return spelled
