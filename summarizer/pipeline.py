"""The way of the data from articles to a summary: origins → extract → ground → align → merge → narrate."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .alignment import Cluster, align, borrow_dates
from .errors import SettingError
from .extraction import Extraction, Extractor, extract_all
from .grounding import ground
from .grounding.dates import resolve_date
from .merging import merge
from .narration import narrate
from .origins import group_origins, wire_credit
from .relations import relate
from .schemas import Article, Failure, GroundedReport, Incident, Origin, Relation, Report, Run, Source, Summary
from .settings import Settings, load_settings
from .wording import compose_title

if TYPE_CHECKING:
    import openai

OnProgress = Callable[[str], None]


def identify(articles: Iterable[Article]) -> dict[str, Article]:
    """Articles by source id (`s1`, `s2`, …), in the order of their publishing, so that input order changes nothing."""
    ordered = sorted(
        articles,
        key=lambda article: (
            article.published_at is None,
            article.published_at or datetime.min.replace(tzinfo=UTC),
            article.publisher or "",
            article.title or "",
            article.sha256,
            article.url or "",
            article.path or "",
        ),
    )
    return {f"s{number}": article for number, article in enumerate(ordered, start=1)}


async def asummarize(
    articles: Iterable[Article],
    *,
    settings: Settings | None = None,
    model: str | None = None,
    failures: Sequence[Failure] = (),
    with_text: bool = False,
    client: openai.AsyncOpenAI | None = None,
    on_progress: OnProgress | None = None,
) -> Summary:
    """The incidents that the articles report, each field with its sources.

    `settings` default to the environment's; `model` overrides theirs.  `failures` of reading are passed through to
    the summary.  `with_text` puts each article's cleaned text into the output.  `on_progress` is called with a source
    id as its extraction ends.  `client` replaces the client that the model's profile would make.

    Raises SettingError, ModelUnknownError or ModelUnavailableError before anything is sent, LedgerError for a ledger
    that cannot be used.  An article that fails is listed in `Summary.failures`; the others go on.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    settings = settings or load_settings(model=model)
    if model is not None:
        settings = settings.model_copy(update={"model": model})
    by_id = identify(articles)
    async with Extractor(settings, client=client) as extractor:
        extraction = await extract_all(by_id, extractor, on_article=on_progress)
        usage = extractor.meter.usage
        run = Run(
            model=extractor.profile.model,
            profile=extractor.profile.name,
            prompt=extractor.prompt_version,
            calls=usage.calls,
            cached=usage.cached,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=usage.cost,
            seconds=0.0,
            started=started.isoformat(timespec="seconds"),
            unasked=extraction.unasked,
        )
    summary = combine(by_id, extraction.reports, run=run, with_text=with_text)
    seconds = round(time.perf_counter() - clock, 3)
    return summary.model_copy(
        update={"failures": [*failures, *extraction.failures], "run": run.model_copy(update={"seconds": seconds})}
    )


def summarize(articles: Iterable[Article], **options: object) -> Summary:
    """`asummarize` for code without an event loop; the same arguments, the same errors."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(asummarize(articles, **options))  # type: ignore[arg-type]
    raise SettingError("summarize() was called inside an event loop; await asummarize() there")


async def aextract(articles: Iterable[Article], *, settings: Settings | None = None) -> Extraction:
    """Reports by source id, as the model gave them, before any check; failures are listed beside them."""
    async with Extractor(settings or load_settings()) as extractor:
        return await extract_all(identify(articles), extractor)


def extract(articles: Iterable[Article], *, settings: Settings | None = None) -> Extraction:
    """`aextract` for code without an event loop."""
    return asyncio.run(aextract(articles, settings=settings))


def combine(
    articles: Mapping[str, Article], reports: Mapping[str, Sequence[Report]], *, run: Run, with_text: bool = False
) -> Summary:
    """Everything after extraction: pure, so that the same reports give the same summary byte for byte.

    `articles` and `reports` are keyed by source id.
    """
    done = stages(articles, reports, with_text=with_text)
    return Summary(
        incidents=done.incidents, sources=list(done.sources.values()), origins=done.origins, failures=[], run=run
    )


@dataclass(frozen=True)
class Stages:
    """What each stage after extraction gave; `clusters[n]` became `incidents[n]`."""

    grounded: list[GroundedReport]
    origins: list[Origin]
    sources: dict[str, Source]
    clusters: list[Cluster]
    incidents: list[Incident]


def stages(
    articles: Mapping[str, Article], reports: Mapping[str, Sequence[Report]], *, with_text: bool = False
) -> Stages:
    """`combine` with the results of its stages kept apart, for evaluation."""
    grounded = [
        ground(report, articles[source], source, index)
        for source in articles
        for index, report in enumerate(reports.get(source, ()))
    ]
    origins = group_origins(articles)
    sources = list_sources(articles, origins, with_text=with_text)
    clusters = sorted(borrow_dates(align(grounded, articles), articles, resolve_date), key=_prominence)
    return Stages(grounded, origins, sources, clusters, _incidents(clusters, articles, sources))


def list_sources(
    articles: Mapping[str, Article], origins: Sequence[Origin], *, with_text: bool = False
) -> dict[str, Source]:
    """What the output says of each article, by source id."""
    origin_of = {source: origin.id for origin in origins for source in origin.sources}
    return {
        source: Source(
            id=source,
            publisher=article.publisher,
            title=article.title,
            published=article.published,
            url=article.url,
            path=article.path,
            sha256=article.sha256,
            origin=origin_of[source],
            credit=wire_credit(article),
            text=article.text if with_text else None,
        )
        for source, article in articles.items()
    }


def _incidents(
    clusters: Sequence[Cluster], articles: Mapping[str, Article], sources: Mapping[str, Source]
) -> list[Incident]:
    relations = relate(clusters, articles)
    told: defaultdict[str, list[GroundedReport]] = defaultdict(list)
    for cluster in clusters:
        for report in cluster.reports:
            told[report.source].append(report)
    incidents = []
    for position, cluster in enumerate(clusters):
        related = [
            Relation(incident=f"i{relation.other + 1}", kind=relation.kind, sources=list(relation.sources))
            for relation in relations.get(position, ())
        ]
        own = {(report.source, report.index) for report in cluster.reports}
        beside = [
            other
            for source in sorted({report.source for report in cluster.reports})
            for other in told[source]
            if (other.source, other.index) not in own
        ]
        incident: Incident = merge(
            cluster.reports,
            sources,
            id=f"i{position + 1}",
            why=cluster.why,
            relations=related,
            beside=beside,
        )
        incident = incident.model_copy(update={"title": compose_title(incident)})
        incidents.append(incident.model_copy(update={"narrative": narrate(incident, sources)}))
    return incidents


def _prominence(cluster: Cluster) -> tuple[int, int, str, str]:
    """Incidents that most articles are mainly about come first, then the most reported, then the earliest."""
    main = {report.source for report in cluster.reports if report.role == "main"}
    sources = {report.source for report in cluster.reports}
    return -len(main), -len(sources), _day(cluster.reports), min(_place(report) for report in cluster.reports)


def _day(reports: Sequence[GroundedReport]) -> str:
    return min((report.date.value.start for report in reports if report.date and report.date.value), default="9999")


def _place(report: GroundedReport) -> str:
    return f"{report.source:>8}#{report.index:04d}"
