"""Records: the reports of one incident, as the state holds them, to its record.  Pure.

Each incident is a summary of its own, with its sources numbered in the order in which they came.  Nothing here calls a
model: a record can be made anew from the stored reports at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.alignment import Cluster, align, borrow_dates
from summarizer.grounding.dates import resolve_date
from summarizer.merging import merge
from summarizer.narration import narrate
from summarizer.origins import group_origins
from summarizer.pipeline import list_sources
from summarizer.relations import relate
from summarizer.schemas import Article, GroundedReport, Incident, Relation, Run, Summary
from summarizer.wording import compose_title

from .changes import Version

NO_RUN = Run(
    model="", profile="", prompt="", calls=0, cached=0, input_tokens=0, output_tokens=0, cost_usd=None, seconds=0.0,
    started="",
)  # fmt: skip
"""A stored record is made of many runs; the state tells them apart."""


@dataclass(frozen=True)
class Told:
    """All that is told of one incident: reports by articles with their ids, sources spelled `s<id>`."""

    id: int
    reports: tuple[GroundedReport, ...]

    @property
    def articles(self) -> tuple[int, ...]:
        """Ids of the articles, in their order."""
        return tuple(sorted({article_id(report) for report in self.reports}))


def article_id(report: GroundedReport) -> int:
    """The id of the article that a stored report is of."""
    return int(report.source[1:])


def incident_name(id: int) -> str:
    """How an incident is called: `i12`."""
    return f"i{id}"


def record(told: Told, neighbours: Sequence[Told], articles: Mapping[int, Article]) -> Summary:
    """The incident's record as a summary of its own.

    `neighbours` are the incidents that share an article with it, for its relations; `articles` those of all of them.
    """
    local = {id: f"s{number}" for number, id in enumerate(told.articles, 1)}
    reports = tuple(report.model_copy(update={"source": local[article_id(report)]}) for report in told.reports)
    texts = {local[id]: articles[id] for id in told.articles}
    origins = group_origins(texts)
    sources = list_sources(texts, origins)
    clusters = align(reports, texts)
    why = max(clusters, key=lambda cluster: len(cluster.reports)).why
    (cluster,) = borrow_dates([Cluster(reports, why)], texts, resolve_date)
    relations = _relations(told, neighbours, articles, local)
    name = incident_name(told.id)
    incident: Incident = merge(cluster.reports, sources, id=name, why=cluster.why, relations=relations)
    incident = incident.model_copy(update={"title": compose_title(incident)})
    incident = incident.model_copy(update={"narrative": narrate(incident, sources)})
    return Summary(incidents=[incident], sources=list(sources.values()), origins=origins, failures=[], run=NO_RUN)


def _relations(
    told: Told, neighbours: Sequence[Told], articles: Mapping[int, Article], local: Mapping[int, str]
) -> list[Relation]:
    if not neighbours:
        return []
    by_source = {f"s{id}": articles[id] for one in (told, *neighbours) for id in one.articles}
    links = relate([Cluster(one.reports, "") for one in (told, *neighbours)], by_source)
    return [
        Relation(
            incident=incident_name(neighbours[link.other - 1].id),
            kind=link.kind,
            sources=[local[int(source[1:])] for source in link.sources],
        )
        for link in links.get(0, ())
    ]


def version(summary: Summary, articles: Sequence[int]) -> Version:
    """A stored record in the form in which records are compared."""
    return Version(summary.incidents[0], tuple(articles))
