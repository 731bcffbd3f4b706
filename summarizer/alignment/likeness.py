"""Likeness: how probable it is that two reports tell of one incident, by learned weights, and what speaks for it."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..comparison import FAMILIES, agree, proper, shared_place_words
from .traits import TOLLS, Traits

NAMES = 4
"""Shared names beyond so many add nothing."""
COMMON = 50
"""Reports; what more of them hold, a word, a day, a figure, tells less of a pair that shares it."""
FEATURES = (
    "any two",
    "same type",
    "near types",
    "far types",
    "same day",
    "same time",
    "a day apart",
    "a week apart",
    "long apart",
    "same place",
    "other place",
    "other place and names",
    "other country",
    "same figure",
    "same small figure",
    "other figure",
    "shared name",
    "shared words",
    "alike articles",
    "nothing of its own",
)
"""What two reports may have or lack in common: the keys of the learned weights."""


@dataclass(frozen=True)
class Learned:
    """Weights by feature, and the scores from which pairs and groups join; docs/alignment.md says how they came."""

    weights: Mapping[str, float]
    begin: float
    together: float
    apart: float


@cache
def learned() -> Learned:
    """What `weights.toml` holds."""
    data = tomllib.loads(files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))
    return Learned(weights=data["weights"], **data["joining"])


class Rarity:
    """How much sharing a word, a day or a figure tells: 1 for what up to `COMMON` reports hold, then ever less.

    In news of a year from everywhere, two reports that both name Tal Marwan are likely of one incident; two that name
    Baghdad are not.  A set about a single incident has nothing common in this sense.
    """

    def __init__(self, all_traits: Iterable[Traits]) -> None:
        held = Counter(key for traits in all_traits for key in _held(traits))
        # In thousandths, so that sums are exact and do not depend on the order of a set.
        self._weights = {key: round(1000 / (1 + math.log2(n / COMMON))) for key, n in held.items() if n > COMMON}
        self._common = frozenset(self._weights)
        self._masses: dict[frozenset[str], float] = {}
        self._rarest: dict[frozenset[str], float] = {}

    def of(self, key: object) -> float:
        """The weight of one word, day or figure, above 0 and up to 1."""
        return self._weights.get(key, 1000) / 1000

    def mass(self, words: frozenset[str]) -> float:
        """The weights of `words` in all: their number where none is common."""
        common = words & self._common
        return len(words) - len(common) + sum(map(self._weights.__getitem__, common)) / 1000

    def rarest(self, words: frozenset[str]) -> float:
        """The weight of the rarest of `words`; 0 without any."""
        if not words <= self._common:
            return 1.0
        return max(map(self._weights.__getitem__, words), default=0) / 1000

    def mass_of_all(self, words: frozenset[str]) -> float:
        """`mass` for the whole words of a report, remembered."""
        if words not in self._masses:
            self._masses[words] = self.mass(words)
        return self._masses[words]

    def own(self, shared: frozenset[str], one: frozenset[str], other: frozenset[str]) -> float:
        """How far two sets share what tells them from all others: 1 where they share the rarest word of either."""
        held = self.rarest(shared)
        return held if held == 1.0 else min(1.0, held / max(0.001, min(self._rarest_of(one), self._rarest_of(other))))

    def _rarest_of(self, words: frozenset[str]) -> float:
        if words not in self._rarest:
            self._rarest[words] = self.rarest(words)
        return self._rarest[words]


def _held(traits: Traits) -> set[object]:
    held: set[object] = {*traits.names, *traits.words, *traits.article}
    if traits.date is not None:
        held.add(("day", traits.date.start))
    return held | {(name, count.figure) for name, count in zip(TOLLS, traits.tolls, strict=True) if count is not None}


def features(one: Traits, other: Traits, rarity: Rarity) -> dict[str, float]:
    """What two reports have or lack in common, by the names in `FEATURES`."""
    found = {"any two": 1.0}
    if one.kind is not None and other.kind is not None:
        found[_types(one.kind, other.kind)] = 1.0
    if one.date is not None and other.date is not None:
        found |= _dates(one, other, rarity)
    if one.place is not None and other.place is not None:
        found |= _places(one, other, rarity)
    for name, count, other_count in zip(TOLLS, one.tolls, other.tolls, strict=True):
        if count is None or other_count is None:
            continue
        if count == other_count and count.figure > 0:
            what = "same figure" if count.figure > 2 else "same small figure"
            found[what] = found.get(what, 0.0) + rarity.of((name, count.figure))
        elif not agree(count, other_count):
            found["other figure"] = found.get("other figure", 0.0) + 1.0
    return found | _words(one, other, rarity)


@cache
def _types(one: str, other: str) -> str:
    if one == other:
        return "same type"
    return "near types" if any({one, other} <= family for family in FAMILIES) else "far types"


def _dates(one: Traits, other: Traits, rarity: Rarity) -> dict[str, float]:
    gap = max(other.span[0] - one.span[1], one.span[0] - other.span[1])
    if gap > 0:
        return {"a day apart" if gap == 1 else "a week apart" if gap <= 7 else "long apart": 1.0}
    if one.date is None or other.date is None or not one.date.precision == other.date.precision == "day":
        return {"same time": 1.0}
    return {"same day": max(rarity.of(("day", one.date.start)), rarity.of(("day", other.date.start)))}


def _places(one: Traits, other: Traits, rarity: Rarity) -> dict[str, float]:
    if one.country and other.country and one.country != other.country:
        return {"other country": 1.0}
    if one.place is None or other.place is None:
        return {}
    shared = shared_place_words(one.place.name, other.place.name)
    if not shared and not one.names & other.names:
        return {"other place": 1.0, "other place and names": 1.0}
    if not shared:
        return {"other place": 1.0}
    own = rarity.own(shared, proper(one.place.name), proper(other.place.name))
    return {"same place": rarity.rarest(shared), "other place": 1.0 - own}


def _words(one: Traits, other: Traits, rarity: Rarity) -> dict[str, float]:
    names, near = one.names & other.names, one.words & other.words
    if not names and not near:
        return {"nothing of its own": 1.0}
    own = rarity.own(names | near, one.all, other.all)
    found = {
        "nothing of its own": 1.0 - own,
        "shared name": min(NAMES, rarity.mass(names)),
        "shared words": _overlap(one.words, other.words, rarity),
    }
    if one.report.role == other.report.role == "main":
        found["alike articles"] = _overlap(one.article, other.article, rarity)
    return found


def _overlap(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> float:
    """The share of the smaller set that stands in the other; small sets are taken for larger ones."""
    shared = one & other
    if not shared:
        return 0.0
    masses = rarity.mass_of_all(one), rarity.mass_of_all(other)
    least = len(one) if (masses[0], len(one)) <= (masses[1], len(other)) else len(other)
    return rarity.mass(shared) / (min(masses) * max(1.0, 3 / least))


def score(one: Traits, other: Traits, rarity: Rarity, weights: Mapping[str, float]) -> float:
    """The log odds that two reports tell of one incident."""
    return sum(weights[name] * amount for name, amount in features(one, other, rarity).items())


def reasons(one: Traits, other: Traits, rarity: Rarity) -> list[str]:
    """What two reports have in common, in words."""
    found = {name for name, amount in features(one, other, rarity).items() if amount > 0}
    told = []
    if "same type" in found:
        told.append(f"same type ({str(one.kind).replace('_', ' ')})")
    for name in ("same day", "same time"):
        if name in found and one.date is not None and other.date is not None:
            told.append(f"{name} ({max((one.date.start, other.date.start), key=lambda start: (len(start), start))})")
    if "same place" in found and one.place is not None and other.place is not None:
        told.append(f"same place ({min(one.place.name, other.place.name)})")
    if found & {"same figure", "same small figure"}:
        told += [
            f"same figure ({count.figure} {name})"
            for name, count, other_count in zip(TOLLS, one.tolls, other.tolls, strict=True)
            if count is not None and count == other_count and count.figure > 0
        ]
    return [*told, "shared names and words"] if found & {"shared name", "shared words"} else told
