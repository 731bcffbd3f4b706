"""Likeness: how probable it is that two reports tell of one incident, by learned weights, and what speaks for it."""

from __future__ import annotations

import math
import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from summarizer.schemas import Article, Count, DateSpan, Finding, GroundedReport, Place

from .comparison import FAMILIES, agree, days, proper, shared_place_words

TOLLS = ("killed", "injured", "missing", "captured")
NAMES = 4
"""Shared names beyond so many add nothing."""
NEAR = 80
"""Characters around a located quote in which a capitalised word belongs to the report."""
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
    """What the package's `alignment.toml` holds."""
    data = tomllib.loads(files("summarizer").joinpath("alignment.toml").read_text(encoding="utf-8"))
    return Learned(weights=data["weights"], **data["joining"])


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What of a report is compared, worked out once.

    `names` are the telling words of its verified names and place, `words` the capitalised words near its located
    quotes, `article` those of its whole article.  `span` are the ordinals of the first and last day it may mean.
    """

    report: GroundedReport
    names: frozenset[str]
    words: frozenset[str]
    article: frozenset[str]
    kind: str | None
    date: DateSpan | None
    span: tuple[int, int]
    place: Place | None
    country: frozenset[str]
    tolls: tuple[Count | None, ...]


class Rarity:
    """How much sharing a word, a day or a figure tells: 1 for what up to `COMMON` reports hold, then ever less.

    In news of a year from everywhere, two reports that both name Tal Marwan are likely of one incident; two that name
    Baghdad are not.  A set about a single incident has nothing common in this sense.
    """

    def __init__(self, profiles: Iterable[Profile]) -> None:
        held = Counter(key for profile in profiles for key in _held(profile))
        self._common = {key: 1 / (1 + math.log2(size / COMMON)) for key, size in held.items() if size > COMMON}

    def of(self, key: object) -> float:
        """The weight of one word, day or figure, above 0 and up to 1."""
        return self._common.get(key, 1.0)

    def mass(self, words: frozenset[str]) -> float:
        """The weights of `words` in all: their number where none is common."""
        if not self._common:
            return len(words)
        return math.fsum(self._common.get(word, 1.0) for word in words)

    def rarest(self, words: frozenset[str]) -> float:
        """The weight of the rarest of `words`; 0 without any."""
        return max(map(self.of, words), default=0.0) if self._common else float(bool(words))

    def own(self, shared: frozenset[str], one: frozenset[str], other: frozenset[str]) -> float:
        """How far two sets share what tells them from all others: 1 where they share the rarest word of either."""
        return min(1.0, self.rarest(shared) / max(1e-9, min(self.rarest(one), self.rarest(other))))


def _held(profile: Profile) -> set[object]:
    held: set[object] = {*profile.names, *profile.words, *profile.article}
    if profile.date is not None:
        held.add(("day", profile.date.start))
    return held | {(name, count.figure) for name, count in zip(TOLLS, profile.tolls, strict=True) if count is not None}


def profiles_of(reports: Sequence[GroundedReport], articles: Mapping[str, Article]) -> list[Profile]:
    """The profile of each report, its words looked up in its own article."""
    found: list[Profile] = []
    read: dict[str, tuple[list[int], list[frozenset[str]], frozenset[str]]] = {}
    for report in reports:
        if report.source not in read:
            read[report.source] = _read(articles[report.source].text)
        found.append(_profile(report, *read[report.source]))
    return found


def _read(text: str) -> tuple[list[int], list[frozenset[str]], frozenset[str]]:
    told = telling(text)
    return [at for at, _ in told], [words for _, words in told], frozenset().union(*(words for _, words in told))


def _profile(
    report: GroundedReport, starts: Sequence[int], told: Sequence[frozenset[str]], article: frozenset[str]
) -> Profile:
    near: set[str] = set()
    for low, high in _stretches(report):
        near.update(*told[bisect_left(starts, low) : bisect_left(starts, high)])
    date, place = verified(report.date), verified(report.location)
    first, last = days(date) if date is not None else (None, None)
    return Profile(
        report=report,
        names=_names(report),
        words=frozenset(near),
        article=article,
        kind=report.event_type.value if report.event_type else None,
        date=date,
        span=(first.toordinal(), last.toordinal()) if first and last else (0, 0),
        place=place,
        country=proper(place.country) if place is not None and place.country else frozenset(),
        tolls=tuple(verified(getattr(report, name)) for name in TOLLS),
    )


def verified(finding: Finding[Any] | None) -> Any:
    """The value of a finding that its words prove, else None."""
    return finding.value if finding is not None and finding.verified else None


_TELLING = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*\d|[.!?\n\"“]")


def telling(text: str) -> list[tuple[int, frozenset[str]]]:
    """Words with a capital that do not merely begin a sentence, as names are compared, each with its offset."""
    found: list[tuple[int, frozenset[str]]] = []
    before = "."
    for match in _TELLING.finditer(text):
        word = match.group()
        if word[0].isupper() and before not in '.!?\n"“' and (names := proper(word)):
            found.append((match.start(), names))
        before = word
    return found


def _stretches(report: GroundedReport) -> list[tuple[int, int]]:
    """Offsets of the text around the located quotes, none of them overlapping."""
    values = [getattr(report, name) for name in type(report).model_fields]
    found = [item for value in values for item in (value if isinstance(value, tuple) else (value,))]
    spans = sorted({(f.start, f.end or f.start) for f in found if isinstance(f, Finding) and f.start is not None})
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        low, high = start - NEAR, end + NEAR
        if joined and low <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(high, joined[-1][1])
        else:
            joined.append((low, high))
    return joined


def _names(report: GroundedReport) -> frozenset[str]:
    names = [
        item.value.name
        for items in (report.perpetrators, report.targets, report.weapons)
        for item in items
        if item.verified and item.value
    ]
    place = verified(report.location)
    return frozenset().union(*(proper(name) for name in [*names, *([place.name] if place else [])]))


def features(one: Profile, other: Profile, rarity: Rarity) -> dict[str, float]:
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


def _dates(one: Profile, other: Profile, rarity: Rarity) -> dict[str, float]:
    gap = max(other.span[0] - one.span[1], one.span[0] - other.span[1])
    if gap > 0:
        return {"a day apart" if gap == 1 else "a week apart" if gap <= 7 else "long apart": 1.0}
    if one.date is None or other.date is None or not one.date.precision == other.date.precision == "day":
        return {"same time": 1.0}
    return {"same day": max(rarity.of(("day", one.date.start)), rarity.of(("day", other.date.start)))}


def _places(one: Profile, other: Profile, rarity: Rarity) -> dict[str, float]:
    if one.country and other.country and one.country != other.country:
        return {"other country": 1.0}
    if one.place is None or other.place is None:
        return {}
    shared = shared_place_words(one.place.name, other.place.name)
    if not shared:
        return {"other place": 1.0}
    own = rarity.own(shared, proper(one.place.name), proper(other.place.name))
    return {"same place": rarity.rarest(shared), "other place": 1.0 - own}


def _words(one: Profile, other: Profile, rarity: Rarity) -> dict[str, float]:
    names, near = one.names & other.names, one.words & other.words
    if not names and not near:
        return {"nothing of its own": 1.0}
    own = rarity.own(names | near, one.names | one.words, other.names | other.words)
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
    least = min((one, other), key=lambda words: (rarity.mass(words), len(words)))
    return rarity.mass(shared) / (rarity.mass(least) * max(1.0, 3 / len(least)))


def score(one: Profile, other: Profile, rarity: Rarity, weights: Mapping[str, float]) -> float:
    """The log odds that two reports tell of one incident."""
    return math.fsum(weights[name] * amount for name, amount in features(one, other, rarity).items())


def reasons(one: Profile, other: Profile, rarity: Rarity, weights: Mapping[str, float]) -> list[str]:
    """What speaks for the two reports being of one incident, in words."""
    found = {name for name, amount in features(one, other, rarity).items() if weights[name] * amount > 0}
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
