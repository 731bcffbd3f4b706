"""Candidates: which of the known incidents a new report may be of.  Pure.

Aligning every report of the window anew would cost more with each day; so each new report is aligned with the few
incidents that share its words, its day or its kind most.  This only narrows: what is one incident, alignment decides.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from summarizer.schemas import Finding, GroundedReport

NEAREST = 12
"""Incidents that one report is aligned with.

Of 512 reports of our corpus, all sets in one pool, the right incident was the nearest for 460 and among six for 497;
the other fifteen had no word and no day in common with it."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    [
        "the",
        "and",
        "near",
        "off",
        "from",
        "city",
        "town",
        "village",
        "province",
        "state",
        "region",
        "district",
        "north",
        "south",
        "east",
        "west",
    ]
)
_NEAR_DAYS = 2
_MOST_DAYS = 60
"""Days of a report that are looked at; "in 2023" says little."""


@dataclass(frozen=True)
class Traits:
    """By what an incident is found again: words of its places and names, its days and its kinds."""

    words: frozenset[str]
    days: frozenset[str]
    kinds: frozenset[str]

    def spelled(self) -> str:
        """As JSON, for the state."""
        return json.dumps([sorted(self.words), sorted(self.days), sorted(self.kinds)], ensure_ascii=False)

    @classmethod
    def read(cls, spelled: str) -> Traits:
        """From what `spelled` gave; empty where there is nothing yet."""
        loaded = json.loads(spelled) or [[], [], []]
        return cls(*(frozenset(part) for part in loaded))


def traits_of(reports: Iterable[GroundedReport], days_told: Iterable[str] = ()) -> Traits:
    """The traits of some reports, from their verified findings; without a date, the days on which they were told."""
    words: set[str] = set()
    days: set[str] = set()
    kinds: set[str] = set()
    for report in reports:
        for name in _names(report):
            words |= {word for word in _WORD.findall(name.casefold()) if word not in _COMMON}
        if report.date is not None and report.date.verified and report.date.value is not None:
            days |= _days(report.date.value.start, report.date.value.end)
        if report.event_type is not None and report.event_type.value is not None:
            kinds.add(report.event_type.value)
    return Traits(frozenset(words), frozenset(days or days_told), frozenset(kinds))


def _names(report: GroundedReport) -> Iterable[str]:
    found: list[Finding] = [*report.perpetrators, *report.targets, *report.weapons]  # type: ignore[type-arg]
    yield from (item.value.name for item in found if item.verified and item.value is not None)
    if report.location is not None and report.location.verified and report.location.value is not None:
        yield report.location.value.name


def _days(start: str, end: str | None) -> set[str]:
    if len(start) < 10:
        return set()
    first = date.fromisoformat(start)
    last = date.fromisoformat(end) if end and len(end) == 10 else first
    return {(first + timedelta(days=at)).isoformat() for at in range(min((last - first).days, _MOST_DAYS) + 1)}


def nearest(new: Iterable[Traits], known: Mapping[int, Traits]) -> set[int]:
    """The incidents among `known` that new reports may be of, the nearest `NEAREST` for each."""
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    by_day: defaultdict[str, list[int]] = defaultdict(list)
    for id, traits in known.items():
        for word in traits.words:
            by_word[word].append(id)
        for day in traits.days:
            by_day[day].append(id)
    found: set[int] = set()
    for traits in new:
        score: defaultdict[int, float] = defaultdict(float)
        for word in traits.words:
            sharing = by_word.get(word, ())
            for id in sharing:
                score[id] += 1 + math.log(len(known) / len(sharing))
        for id in {id for day in _around(traits.days) for id in by_day.get(day, ())}:
            score[id] += 4 if traits.kinds & known[id].kinds else 2
        found |= {id for id, _ in sorted(score.items(), key=lambda item: (-item[1], item[0]))[:NEAREST]}
    return found


def _around(days: Iterable[str]) -> set[str]:
    middle = [date.fromisoformat(day) for day in days]
    return {(day + timedelta(days=gap)).isoformat() for day in middle for gap in range(-_NEAR_DAYS, _NEAR_DAYS + 1)}
