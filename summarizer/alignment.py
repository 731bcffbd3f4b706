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

WEIGHTS: Mapping[str, float] = {
    "any two": -1.4,
    "same type": 0.3,
    "near types": -0.9,
    "far types": -1.0,
    "same day": 1.0,
    "same time": 0.3,
    "a day apart": -3.0,
    "a week apart": -5.0,
    "long apart": -6.0,
    "same place": 0.5,
    "other place": -1.2,
    "other country": -2.0,
    "same figure": 1.0,
    "same small figure": 0.5,
    "other figure": -0.4,
    "shared name": 0.8,
    "shared words": 3.2,
    "alike articles": 3.0,
    "nothing of its own": -1.0,
}
"""Log odds that two reports are of one incident, by what they share: a logistic regression on pairs of reports of the
corpus' training sets, whole ones and ones with fields taken away or made wrong, and on pairs across sets; rounded, and
the days made stricter."""
THRESHOLD = -0.5
"""Score from which a pair of reports begins to join their groups."""
TOGETHER = -0.5
"""Average score from which two groups of reports are one incident."""
APART = -2.5
"""Score of a single pair that keeps two groups apart, whatever the others say."""
NAMES = 4
"""Shared names beyond so many add nothing."""
NEIGHBOURS = 12
"""A report is paired with so many others that share a name or a day with it, by position: enough to chain any crowd."""
CLOSE_NEIGHBOURS = 3
"""The same for a word that merely stands near the quotes."""
WITNESSES = 8
"""Members that speak for a group when two groups are compared, so that crowds stay cheap."""
NEAR = 80
"""Characters around a located quote in which a capitalised word belongs to the report."""

Scored = tuple[float, tuple[str, ...]]
Resolve = Callable[[str, date], DateSpan | None]


@dataclass(frozen=True)
class Cluster:
    """The reports of one incident, by source and position, and why they are together."""

    reports: tuple[GroundedReport, ...]
    why: str


@dataclass(frozen=True)
class _Profile:
    """What of a report is compared, worked out once: the telling words of its verified names and place, and the
    capitalised words near its located quotes and in its whole article.
    """

    report: GroundedReport
    names: frozenset[str]
    words: frozenset[str]
    article: frozenset[str]


def align(reports: Sequence[GroundedReport], articles: Mapping[str, Article]) -> list[Cluster]:
    """Clusters of reports, one for each incident; reports of one article never share a cluster.

    `articles` are by source id; a report's words are looked up in its own.  The order of reports changes nothing.
    """
    whole = {source: _telling(articles[source].text) for source in {report.source for report in reports}}
    profiles = [
        _Profile(report, _names(report), _nearby(report, articles[report.source].text), whole[report.source])
        for report in sorted(reports, key=_position)
    ]
    scores = {pair: score(profiles[pair[0]], profiles[pair[1]]) for pair in _candidates(profiles)}
    return [
        Cluster(tuple(profiles[member].report for member in members), _why(members, profiles, scores))
        for members in sorted(_joined(profiles, scores))
    ]


def _position(report: GroundedReport) -> tuple[int, str, int]:
    number = re.search(r"\d+", report.source)
    return int(number.group()) if number else 0, report.source, report.index


_TELLING = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*\d|[.!?\n\"“]")


def _telling(text: str) -> frozenset[str]:
    """Words with a capital that do not merely begin a sentence, as names are compared."""
    found: set[str] = set()
    before = "."
    for match in _TELLING.finditer(text):
        word = match.group()
        if word[0].isupper() and before not in '.!?\n"“':
            found |= proper(word)
        before = word
    return frozenset(found)


def _nearby(report: GroundedReport, text: str) -> frozenset[str]:
    values = [getattr(report, name) for name in type(report).model_fields]
    found = [item for value in values for item in (value if isinstance(value, tuple) else (value,))]
    spans = {(item.start, item.end) for item in found if isinstance(item, Finding) and item.start is not None}
    near: set[str] = set()
    for start, end in spans:
        near |= _telling("x " + text[max(0, start - NEAR) : (end or start) + NEAR])
    return frozenset(near)


def _candidates(profiles: Sequence[_Profile]) -> Iterable[tuple[int, int]]:
    """Pairs of reports of different articles that share a telling word or a day."""
    close: defaultdict[object, list[int]] = defaultdict(list)
    wide: defaultdict[object, list[int]] = defaultdict(list)
    for position, profile in enumerate(profiles):
        keys: set[object] = set(profile.names)
        if (span := _value(profile.report.date)) is not None:
            keys.add((_type(profile.report), span.start[:7]))
        for key in keys:
            wide[key].append(position)
        for key in profile.words - profile.names:
            close[key].append(position)
    pairs: set[tuple[int, int]] = set()
    for index, reach in ((wide, NEIGHBOURS), (close, CLOSE_NEIGHBOURS)):
        for positions in index.values():
            for place, position in enumerate(positions):
                pairs |= {(position, other) for other in positions[place + 1 : place + 1 + reach]}
    return sorted(pair for pair in pairs if profiles[pair[0]].report.source != profiles[pair[1]].report.source)


def score(one: _Profile, other: _Profile) -> Scored:
    """The log odds that two reports tell of one incident, with the reasons for it."""
    total, reasons = WEIGHTS["any two"], []
    for part, reason in (
        _by_type(one.report, other.report),
        _by_date(one.report, other.report),
        _by_place(one.report, other.report),
        *_by_figures(one.report, other.report),
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
        return WEIGHTS["same type"], f"same type ({str(types[0]).replace('_', ' ')})"
    near = any(set(types) <= family for family in FAMILIES)
    return WEIGHTS["near types" if near else "far types"], ""


def _by_date(one: GroundedReport, other: GroundedReport) -> tuple[float, str]:
    spans = _value(one.date), _value(other.date)
    if spans[0] is None or spans[1] is None:
        return 0.0, ""
    if compare(spans[0], spans[1]) != "different":
        what = "same day" if spans[0].precision == spans[1].precision == "day" else "same time"
        return WEIGHTS[what], f"{what} ({max((s.start for s in spans), key=len)})"
    first, second = days(spans[0]), days(spans[1])
    gap = max((second[0] - first[1]).days, (first[0] - second[1]).days)
    return WEIGHTS["a day apart" if gap == 1 else "a week apart" if gap <= 7 else "long apart"], ""


def _by_place(one: GroundedReport, other: GroundedReport) -> tuple[float, str]:
    places = _value(one.location), _value(other.location)
    if places[0] is None or places[1] is None:
        return 0.0, ""
    if places[0].country and places[1].country and proper(places[0].country) != proper(places[1].country):
        return WEIGHTS["other country"], ""
    if shared_place_words(places[0].name, places[1].name):
        return WEIGHTS["same place"], f"same place ({min(places[0].name, places[1].name)})"
    return WEIGHTS["other place"], ""


def _by_figures(one: GroundedReport, other: GroundedReport) -> list[tuple[float, str]]:
    parts = []
    for name in ("killed", "injured", "missing", "captured"):
        counts: tuple[Count | None, Count | None] = _value(getattr(one, name)), _value(getattr(other, name))
        if counts[0] is None or counts[1] is None:
            continue
        if counts[0] == counts[1] and counts[0].figure > 0:
            weight = WEIGHTS["same figure" if counts[0].figure > 2 else "same small figure"]
            parts.append((weight, f"same figure ({counts[0].figure} {name})"))
        elif not agree(*counts):
            parts.append((WEIGHTS["other figure"], ""))
    return parts


def _by_names(one: _Profile, other: _Profile) -> tuple[float, str]:
    shared, near = one.names & other.names, one.words & other.words
    if not shared and not near:
        return WEIGHTS["nothing of its own"], ""
    total = WEIGHTS["shared name"] * min(NAMES, len(shared))
    total += WEIGHTS["shared words"] * _overlap(one.words, other.words)
    if one.report.role == other.report.role == "main":
        total += WEIGHTS["alike articles"] * _overlap(one.article, other.article)
    return total, "shared names and words"


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that stands in the other; small sets are taken for larger ones."""
    return len(one & other) / max(3, min(len(one), len(other)))


def _score_of(x: int, y: int, profiles: Sequence[_Profile], scores: dict[tuple[int, int], Scored]) -> float:
    pair = (min(x, y), max(x, y))
    if pair not in scores:
        scores[pair] = score(profiles[pair[0]], profiles[pair[1]])
    return scores[pair][0]


def _joined(profiles: Sequence[_Profile], scores: dict[tuple[int, int], Scored]) -> list[list[int]]:
    """Best pairs first; two groups join when no article stands in both and their average score is high enough."""
    group_of = {position: [position] for position in range(len(profiles))}
    for (a, b), (total, _) in sorted(scores.items(), key=lambda item: (-item[1][0], item[0])):
        if total < THRESHOLD:
            break
        one, other = group_of[a], group_of[b]
        if one is other:
            continue
        if {profiles[member].report.source for member in one} & {profiles[member].report.source for member in other}:
            continue
        cross = [_score_of(x, y, profiles, scores) for x in one[:WITNESSES] for y in other[:WITNESSES]]
        if sum(cross) / len(cross) >= TOGETHER and min(cross) > APART:
            merged = sorted(one + other)
            group_of |= dict.fromkeys(merged, merged)
    return [list(members) for members in {tuple(group) for group in group_of.values()}]


def _why(members: Sequence[int], profiles: Sequence[_Profile], scores: Mapping[tuple[int, int], Scored]) -> str:
    if len(members) == 1:
        return f"told by {profiles[members[0]].report.source} alone"
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


def _names(report: GroundedReport) -> frozenset[str]:
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
