"""Alignment: all reports in, one cluster for each real incident out, and why its reports are together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from summarizer.schemas import Article, Count, DateSpan, Finding, GroundedReport

from .comparison import FAMILIES, agree, compare, days, proper, shared_place_words

THRESHOLD = 2.0
"""Average score from which two groups of reports are one incident; learned on the corpus' training sets."""
NEIGHBOURS = 12
"""A report is paired with so many others that share a word with it, by position: enough to chain any crowd."""
WITNESSES = 8
"""Members that speak for a group when two groups are compared, so that crowds stay cheap."""

Scored = tuple[float, tuple[str, ...]]
Resolve = Callable[[str, date], DateSpan | None]


@dataclass(frozen=True)
class Cluster:
    """The reports of one incident, by source and position, and why they are together."""

    reports: tuple[GroundedReport, ...]
    why: str


def align(reports: Sequence[GroundedReport], articles: Mapping[str, Article]) -> list[Cluster]:
    """Clusters of reports, one for each incident; reports of one article never share a cluster."""
    ordered = sorted(reports, key=_position)
    scores = {pair: score(ordered[pair[0]], ordered[pair[1]]) for pair in _candidates(ordered)}
    groups = _joined(ordered, scores)
    return [
        Cluster(tuple(ordered[member] for member in members), _why(members, ordered, scores))
        for members in sorted(groups)
    ]


def _position(report: GroundedReport) -> tuple[int, str, int]:
    number = re.search(r"\d+", report.source)
    return int(number.group()) if number else 0, report.source, report.index


def _candidates(reports: Sequence[GroundedReport]) -> Iterable[tuple[int, int]]:
    """Pairs of reports of different articles that share a telling word or a day."""
    index: defaultdict[object, list[int]] = defaultdict(list)
    for position, report in enumerate(reports):
        keys: set[object] = set(_words(report))
        if (span := _value(report.date)) is not None:
            keys.add((_type(report), span.start[:7]))
        for key in keys:
            index[key].append(position)
    pairs: set[tuple[int, int]] = set()
    for positions in index.values():
        for place, position in enumerate(positions):
            pairs |= {(position, other) for other in positions[place + 1 : place + 1 + NEIGHBOURS]}
    return sorted(pair for pair in pairs if reports[pair[0]].source != reports[pair[1]].source)


def score(one: GroundedReport, other: GroundedReport) -> Scored:
    """How strongly two reports tell of one incident, with the reasons for it."""
    total, reasons = 0.0, []
    for part, reason in (
        _by_type(one, other),
        _by_date(one, other),
        _by_place(one, other),
        *_by_figures(one, other),
        _by_names(one, other),
    ):
        total += part
        if reason and part > 0:
            reasons.append(reason)
    return total, tuple(reasons)


def _by_type(one: GroundedReport, other: GroundedReport) -> tuple[float, str]:
    types = _type(one), _type(other)
    if None in types:
        return 0.0, ""
    if types[0] == types[1]:
        return 1.0, f"same type ({str(types[0]).replace('_', ' ')})"
    return (-0.3, "") if any(set(types) <= family for family in FAMILIES) else (-2.0, "")


def _by_date(one: GroundedReport, other: GroundedReport) -> tuple[float, str]:
    spans = _value(one.date), _value(other.date)
    if spans[0] is None or spans[1] is None:
        return 0.0, ""
    if compare(spans[0], spans[1]) != "different":
        sharp = spans[0].precision == spans[1].precision == "day"
        return (
            2.0 if sharp else 1.0
        ), f"same {'day' if sharp else 'time'} ({max(spans, key=lambda s: len(s.start)).start})"
    first, second = days(spans[0]), days(spans[1])
    gap = max((second[0] - first[1]).days, (first[0] - second[1]).days)
    return (-2.5 if gap == 1 else -5.0), ""


def _by_place(one: GroundedReport, other: GroundedReport) -> tuple[float, str]:
    places = _value(one.location), _value(other.location)
    if places[0] is None or places[1] is None:
        return 0.0, ""
    if places[0].country and places[1].country and places[0].country != places[1].country:
        return -3.0, ""
    shared = shared_place_words(places[0].name, places[1].name)
    return (
        (min(2.0, 0.6 + 0.7 * len(shared)), f"same place ({min(places[0].name, places[1].name)})")
        if shared
        else (-0.6, "")
    )


def _by_figures(one: GroundedReport, other: GroundedReport) -> list[tuple[float, str]]:
    parts = []
    for name in ("killed", "injured", "missing", "captured"):
        counts: tuple[Count | None, Count | None] = _value(getattr(one, name)), _value(getattr(other, name))
        if counts[0] is None or counts[1] is None:
            continue
        if counts[0] == counts[1] and counts[0].figure > 0:
            parts.append((0.8 if counts[0].figure > 1 else 0.3, f"same figure ({counts[0].figure} {name})"))
        elif not agree(*counts):
            parts.append((-0.3, ""))
    return parts


def _by_names(one: GroundedReport, other: GroundedReport) -> tuple[float, str]:
    shared = _words(one) & _words(other)
    return min(1.5, 0.3 * len(shared)), "shared names and words" if shared else ""


def _score_of(x: int, y: int, reports: Sequence[GroundedReport], scores: dict[tuple[int, int], Scored]) -> float:
    pair = (min(x, y), max(x, y))
    if pair not in scores:
        scores[pair] = score(reports[pair[0]], reports[pair[1]])
    return scores[pair][0]


def _joined(reports: Sequence[GroundedReport], scores: dict[tuple[int, int], Scored]) -> list[list[int]]:
    """Best pairs first; two groups join when no article stands in both and their average score is high enough."""
    group_of = {position: [position] for position in range(len(reports))}
    for (a, b), (total, _) in sorted(scores.items(), key=lambda item: (-item[1][0], item[0])):
        if total < THRESHOLD:
            break
        one, other = group_of[a], group_of[b]
        if one is other:
            continue
        if {reports[member].source for member in one} & {reports[member].source for member in other}:
            continue
        cross = [_score_of(x, y, reports, scores) for x in one[:WITNESSES] for y in other[:WITNESSES]]
        if sum(cross) / len(cross) >= THRESHOLD * 0.75 and min(cross) > -1.5:
            merged = sorted(one + other)
            group_of |= dict.fromkeys(merged, merged)
    return [list(members) for members in {tuple(group) for group in group_of.values()}]


def _why(members: Sequence[int], reports: Sequence[GroundedReport], scores: Mapping[tuple[int, int], Scored]) -> str:
    if len(members) == 1:
        return f"told by {reports[members[0]].source} alone"
    reasons = Counter(
        reason for pair in combinations(members, 2) for reason in scores.get((pair[0], pair[1]), (0.0, ()))[1]
    )
    best: dict[str, str] = {}
    for reason, _ in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(reason.split("(")[0], reason)
    return ", ".join(best.values())


def _value(finding: Finding | None):  # type: ignore[no-untyped-def,type-arg]
    return finding.value if finding is not None and finding.verified else None


def _type(report: GroundedReport) -> str | None:
    return report.event_type.value if report.event_type else None


def _words(report: GroundedReport) -> frozenset[str]:
    """Telling words of a report's verified names and places."""
    names = [
        item.value.name
        for items in (report.perpetrators, report.targets, report.weapons)
        for item in items
        if item.verified and item.value
    ]
    place = _value(report.location)
    return frozenset().union(*(proper(name) for name in [*names, *([place.name] if place else [])]))


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
    known = [value for other in cluster.reports if (value := _value(other.date)) is not None]
    if span is None or not all(agree(span, value) for value in known):
        return report
    note = f"counted from the publish date of {dated[0][1]}"
    return report.model_copy(update={"date": found.model_copy(update={"value": span, "verified": True, "note": note})})
