"""Traits: what of a report is compared with another's when the question is whether they tell of one incident."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.schemas import Article, Count, DateSpan, Finding, GroundedReport, Place

from ..comparison import days, proper
from ..grounding.timewords import MONTHS, WEEKDAYS

TOLLS = ("killed", "injured", "missing", "captured")
"""Fields that count people."""
NEAR = 80
"""Characters around a located quote in which a capitalised word belongs to the report."""


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What of a report is compared, worked out once.

    `names` are the telling words of its verified names and place, `words` the capitalised words near its located
    quotes, `all` both, `article` those of its whole article.  `span` are the ordinals of the first and last day that
    its date may mean.
    """

    report: GroundedReport
    names: frozenset[str]
    words: frozenset[str]
    all: frozenset[str]
    article: frozenset[str]
    kind: str | None
    date: DateSpan | None
    span: tuple[int, int]
    place: Place | None
    country: frozenset[str]
    tolls: tuple[Count | None, ...]


def traits_of(reports: Sequence[GroundedReport], articles: Mapping[str, Article]) -> list[Traits]:
    """The traits of each report, its words looked up in its own article."""
    found: list[Traits] = []
    read: dict[str, tuple[list[int], list[frozenset[str]], frozenset[str]]] = {}
    for report in reports:
        if report.source not in read:
            read[report.source] = _read(articles[report.source].text)
        found.append(_traits(report, *read[report.source]))
    return found


def _read(text: str) -> tuple[list[int], list[frozenset[str]], frozenset[str]]:
    told = telling(text)
    return [at for at, _ in told], [words for _, words in told], frozenset().union(*(words for _, words in told))


def _traits(
    report: GroundedReport, starts: Sequence[int], told: Sequence[frozenset[str]], article: frozenset[str]
) -> Traits:
    near: set[str] = set()
    for low, high in _stretches(report):
        near.update(*told[bisect_left(starts, low) : bisect_left(starts, high)])
    names = _names(report)
    date, place = verified(report.date), verified(report.location)
    first, last = days(date) if date is not None else (None, None)
    return Traits(
        report=report,
        names=names,
        words=frozenset(near),
        all=names | near,
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


_TIME = frozenset({*MONTHS, *WEEKDAYS})


def telling(text: str) -> list[tuple[int, frozenset[str]]]:
    """Words with a capital that do not merely begin a sentence, as names are compared, each with its offset.

    Names of days and months tell nothing: two fires on a Tuesday share no more than that.
    """
    found: list[tuple[int, frozenset[str]]] = []
    before = "."
    for match in _TELLING.finditer(text):
        word = match.group()
        named = word[0].isupper() and before not in '.!?\n"“' and word.lower() not in _TIME
        if named and (names := proper(word)):
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
