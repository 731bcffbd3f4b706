"""Alignment: all reports in, one cluster for each real incident out, and why its reports are together."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from summarizer.schemas import Article, DateSpan, GroundedReport

from ..comparison import agree
from .likeness import Learned, Rarity, learned, reasons, score
from .traits import Traits, traits_of, verified

LATEST = 12
"""A report is looked at beside so many earlier ones that share a key with it: enough to chain any crowd."""
CANDIDATES = 16
"""Of these, it is compared with so many that share the most with it."""
WITNESSES = 8
"""Members that speak for a group when two groups are compared, so that crowds stay cheap."""

Resolve = Callable[[str, date], DateSpan | None]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Cluster:
    """The reports of one incident, by source and position, and why they are together."""

    reports: tuple[GroundedReport, ...]
    why: str


def align(
    reports: Sequence[GroundedReport], articles: Mapping[str, Article], *, by: Learned | None = None
) -> list[Cluster]:
    """Clusters of reports, one for each incident; reports of one article never share a cluster.

    `articles` are by source id; a report's words are looked up in its own.  `by` are weights other than the package's.
    The order of reports changes nothing.  Time and memory grow with the number of reports, not of their pairs.
    Raises KeyError for a report whose article is not there.
    """
    by = by or learned()
    all_traits = traits_of(sorted(reports, key=_position), articles)
    rarity = Rarity(all_traits)
    likeness = _Likeness(all_traits, rarity, by)
    return [
        Cluster(tuple(all_traits[member].report for member in members), _why(members, all_traits, rarity))
        for members in sorted(_joined(all_traits, likeness, by))
    ]


def _position(report: GroundedReport) -> tuple[int, str, int]:
    number = re.search(r"\d+", report.source)
    return int(number.group()) if number else 0, report.source, report.index


class _Likeness:
    """Scores of pairs by position, each worked out once."""

    def __init__(self, all_traits: Sequence[Traits], rarity: Rarity, by: Learned) -> None:
        self._all_traits, self._rarity, self._weights = all_traits, rarity, by.weights
        self._known: dict[Pair, float] = {}

    def of(self, one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        found = self._known.get(pair)
        if found is None:
            found = score(self._all_traits[pair[0]], self._all_traits[pair[1]], self._rarity, self._weights)
            self._known[pair] = found
        return found


def _candidates(all_traits: Sequence[Traits]) -> Iterator[Pair]:
    """Pairs of reports of different articles that share telling words or a day, the earlier position first.

    Each key remembers its latest reports alone, and rare keys count for more, so that a crowd that shares a capital
    and a day is searched by what tells its incidents apart.
    """
    keys = [_keys(traits) for traits in all_traits]
    # Whole numbers, so that their sums do not depend on the order of a set.
    weights = {key: int(1000 / (1 + math.log2(n))) for key, n in Counter(k for held in keys for k in held).items()}
    latest: defaultdict[object, list[int]] = defaultdict(list)
    for position, traits in enumerate(all_traits):
        shared: Counter[int] = Counter()
        for key in keys[position]:
            seen = latest[key]
            for other in seen:
                shared[other] += weights[key]
            seen.append(position)
            if len(seen) > LATEST:
                del seen[0]
        others = (other for other in shared if all_traits[other].report.source != traits.report.source)
        best = sorted(others, key=lambda other: (-shared[other], -other))[:CANDIDATES]
        yield from ((other, position) for other in best)


def _keys(traits: Traits) -> set[object]:
    """What a report can be found by: its words, its month with its kind, and its names with its day."""
    keys: set[object] = {*traits.names, *traits.words}
    if traits.date is not None:
        keys.add((traits.kind, traits.date.start[:7]))
        keys |= {(name, traits.date.start) for name in traits.names}
    return keys


class _Group:
    """Reports held to be of one incident: their positions, their articles, and the first ones, which speak for it."""

    def __init__(self, position: int, source: str) -> None:
        self.members, self.sources, self.witnesses = [position], {source}, [position]

    def take(self, other: _Group) -> None:
        self.members += other.members
        self.sources |= other.sources
        self.witnesses = sorted(self.witnesses + other.witnesses)[:WITNESSES]


def _joined(all_traits: Sequence[Traits], likeness: _Likeness, by: Learned) -> list[list[int]]:
    """Best pairs first; two groups join when no article stands in both and their average score is high enough."""
    scored = [(-likeness.of(a, b), a, b) for a, b in _candidates(all_traits)]
    group_of = [_Group(position, traits.report.source) for position, traits in enumerate(all_traits)]
    refused: dict[tuple[int, int], tuple[int, int]] = {}
    for _, a, b in sorted(pair for pair in scored if -pair[0] >= by.begin):
        one, other = sorted((group_of[a], group_of[b]), key=lambda group: (-len(group.members), group.witnesses))
        sizes = len(one.members), len(other.members)
        # Groups that were refused and have not grown since would be refused again.
        if one is other or refused.get((id(one), id(other))) == sizes:
            continue
        if one.sources.isdisjoint(other.sources) and _are_one(one, other, likeness, by):
            one.take(other)
            for member in other.members:
                group_of[member] = one
        else:
            refused[id(one), id(other)] = sizes
    return [sorted(group.members) for group in {id(group): group for group in group_of}.values()]


def _are_one(one: _Group, other: _Group, likeness: _Likeness, by: Learned) -> bool:
    cross = []
    for x, y in product(one.witnesses, other.witnesses):
        cross.append(likeness.of(x, y))
        if cross[-1] <= by.apart:
            return False
    return math.fsum(cross) / len(cross) >= by.together


def _why(members: Sequence[int], all_traits: Sequence[Traits], rarity: Rarity) -> str:
    if len(members) == 1:
        return f"told by {all_traits[members[0]].report.source} alone"
    told = Counter(
        reason
        for one, other in combinations(members[:WITNESSES], 2)
        for reason in reasons(all_traits[one], all_traits[other], rarity)
    )
    best: dict[str, str] = {}
    for reason, _ in sorted(told.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(reason.split("(")[0], reason)
    return ", ".join(best.values())


def borrow_dates(clusters: Sequence[Cluster], articles: Mapping[str, Article], resolve: Resolve) -> list[Cluster]:
    """Clusters in which reports of undated articles have their date words counted from the cluster's other sources."""
    return [
        replace(cluster, reports=tuple(_borrowed(report, cluster, articles, resolve) for report in cluster.reports))
        for cluster in clusters
    ]


def _borrowed(
    report: GroundedReport, cluster: Cluster, articles: Mapping[str, Article], resolve: Resolve
) -> GroundedReport:
    found = report.date
    dated = sorted(
        (day, other.source) for other in cluster.reports if (day := articles[other.source].published_on) is not None
    )
    if found is None or found.value or found.start is None or articles[report.source].published or not dated:
        return report
    span = resolve(found.quote or "", dated[0][0])
    known = [value for other in cluster.reports if (value := verified(other.date)) is not None]
    if span is None or not all(agree(span, value) for value in known):
        return report
    note = f"counted from the publish date of {dated[0][1]}"
    return report.model_copy(update={"date": found.model_copy(update={"value": span, "verified": True, "note": note})})
