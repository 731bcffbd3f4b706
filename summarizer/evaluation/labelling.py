"""What a run made of a gold set, with every report and incident labelled by the gold incident that it tells of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.pipeline import Stages, identify
from summarizer.schemas import Article, Incident, Report

from .gold import GoldArticle, GoldSet
from .matching import lenient, value_of, values_of

Place = tuple[str, int]
"""A report by its source id and its position in that source."""
SCALARS = ("event_type", "stage", "date", "location", "killed", "injured", "missing", "captured")
LISTS = ("casualty_groups", "perpetrators", "targets", "weapons", "quantities")


@dataclass(frozen=True)
class Outcome:
    """A gold set, its articles by source id, the reports that were fed in, and what the stages gave."""

    gold: GoldSet
    by_source: Mapping[str, GoldArticle]
    reports: Mapping[str, Sequence[Report]]
    stages: Stages

    @cached_property
    def source_of(self) -> dict[str, str]:
        """Source ids by the gold's article ids."""
        return {article.id: source for source, article in self.by_source.items()}

    @cached_property
    def labels(self) -> dict[Place, str]:
        """The gold incident of every report; one that tells of none in the gold is an incident of its own."""
        found: dict[Place, str] = {}
        for source, reports in self.reports.items():
            article = self.by_source[source]
            told = paired_reports(reports, article.reports)
            for position in range(len(reports)):
                at = told.get(position)
                found[source, position] = f"? {source} {position}" if at is None else article.incidents[at]
        return found

    @cached_property
    def told(self) -> dict[str, dict[Place, Report]]:
        """All gold reports by the incident that they tell of, whatever was fed in: what a model leaves out stays."""
        found: defaultdict[str, dict[Place, Report]] = defaultdict(dict)
        for source, article in self.by_source.items():
            for position, (label, report) in enumerate(zip(article.incidents, article.reports, strict=True)):
                found[label][source, position] = report
        return dict(found)

    @cached_property
    def gold_of(self) -> dict[Place, Report]:
        """The gold report that each report tells of, where there is one."""
        return {
            (source, position): self.by_source[source].reports[at]
            for source, reports in self.reports.items()
            for position, at in paired_reports(reports, self.by_source[source].reports).items()
        }

    @cached_property
    def incidents(self) -> dict[str, Incident]:
        """For each gold incident the merged one that holds most of its reports, the first of them on a tie."""
        held: dict[str, tuple[int, Incident]] = {}
        for cluster, incident in zip(self.stages.clusters, self.stages.incidents, strict=True):
            counted = Counter(self.labels[report.source, report.index] for report in cluster.reports)
            for label, number in counted.items():
                if label not in held or number > held[label][0]:
                    held[label] = number, incident
        return {label: incident for label, (_, incident) in held.items()}


def identified(gold: GoldSet) -> tuple[dict[str, Article], dict[str, GoldArticle]]:
    """The articles of a set by the source ids that the pipeline gives them, and their gold by the same ids."""
    by_id = identify(article.article for article in gold.articles)
    waiting = list(gold.articles)
    homes: dict[str, GoldArticle] = {}
    for source, article in by_id.items():
        home = next(one for one in waiting if one.article == article)
        waiting.remove(home)
        homes[source] = home
    return by_id, homes


def paired_reports(reports: Sequence[Report], gold: Sequence[Report]) -> dict[int, int]:
    """Which gold report of the same article each report tells of: the pairs that agree in most fields, best first.

    A pair must agree in a field that tells incidents apart; most reports share their role and an accomplished stage.
    """
    scored = sorted(
        (-_likeness(one, other), at, position) for at, one in enumerate(reports) for position, other in enumerate(gold)
    )
    pairs: dict[int, int] = {}
    for score, at, position in scored:
        if -score >= 1 and at not in pairs and position not in pairs.values():
            pairs[at] = position
    return pairs


def _likeness(one: Report, other: Report) -> float:
    both = ((value_of(one, name), value_of(other, name)) for name in SCALARS if name != "stage")
    agreeing = sum(lenient(said, gold) for said, gold in both if said is not None and gold is not None)
    alike = 0.25 * (int(one.role == other.role) + int(value_of(one, "stage") == value_of(other, "stage")))
    items: Iterable[tuple[list[object], list[object]]] = (
        (values_of(one, name), values_of(other, name)) for name in LISTS
    )
    shared = sum(any(lenient(item, home) for home in gold) for said, gold in items for item in said)
    return agreeing + shared + alike + 100 * (one == other)
