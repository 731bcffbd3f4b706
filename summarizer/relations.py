"""Relations between incidents: which one answers which, and which are told together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from summarizer.schemas import Article, GroundedReport

from .alignment import Cluster
from .comparison import days

_ANSWER = re.compile(
    r"\b(?:retaliat\w*|reprisals?|in response to|in answer to|the answer|as an answer|reveng\w*|tit-for-tat|"
    r"avenge\w*|hit back)\b",
    re.IGNORECASE,
)
_NEAR = 400
"""Characters around a report's located quotes in which a word of answering counts."""


@dataclass(frozen=True)
class Link:
    """From one cluster to another, by position."""

    other: int
    kind: Literal["retaliation_for", "reported_with"]
    sources: tuple[str, ...]


def relate(clusters: Sequence[Cluster], articles: Mapping[str, Article]) -> dict[int, list[Link]]:
    """The links of each cluster, by its position: a later incident called an answer, else what is told together."""
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for a, b in _told_together(clusters):
        one, other = ({report.source: report for report in clusters[at].reports} for at in (a, b))
        shared = tuple(source for source in one if source in other)
        later = _later(clusters[a], clusters[b])
        answering = (
            ()
            if later is None
            else tuple(
                source for source in shared if _answers((one if later == 0 else other)[source], articles[source].text)
            )
        )
        if answering:
            start, end = (a, b) if later == 0 else (b, a)
            links[start].append(Link(end, "retaliation_for", answering))
        else:
            links[a].append(Link(b, "reported_with", shared))
            links[b].append(Link(a, "reported_with", shared))
    return dict(links)


def _told_together(clusters: Sequence[Cluster]) -> list[tuple[int, int]]:
    """Pairs of clusters, by position, that one source reports both."""
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for position, cluster in enumerate(clusters):
        for report in cluster.reports:
            positions[report.source].append(position)
    return sorted({pair for told in positions.values() for pair in combinations(sorted(told), 2)})


def _later(one: Cluster, other: Cluster) -> int | None:
    starts = [
        min((days(r.date.value)[0] for r in c.reports if r.date and r.date.value), default=None) for c in (one, other)
    ]
    if starts[0] is None or starts[1] is None or starts[0] == starts[1]:
        return None
    gap = abs((starts[0] - starts[1]).days)
    return (0 if starts[0] > starts[1] else 1) if gap <= 31 else None


def _answers(report: GroundedReport, text: str) -> bool:
    found = report.date if report.date and report.date.start is not None else report.event_type
    if found is None or found.start is None or found.end is None:
        return False
    return _ANSWER.search(text[max(0, found.start - _NEAR) : found.end + _NEAR]) is not None
