"""Scores of single reports: what extraction gave, and what grounding made of the quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from summarizer.comparison import days
from summarizer.grounding import ground
from summarizer.grounding.quotes import locate
from summarizer.schemas import Count, DateSpan, Finding, Report
from summarizer.text import Passages

from .altering import altered
from .gold import GoldSet
from .labelling import Outcome
from .matching import exact, lenient, paired, value_of, values_of
from .metrics import Scores

TOLLS = ("killed", "injured")
ACTORS = ("perpetrators", "targets", "weapons")


def findings_of(report: Report) -> Iterator[tuple[str, Finding[Any]]]:
    """Every finding of a report with its field's name."""
    for name in type(report).model_fields:
        value = getattr(report, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Finding):
                yield name, item


def score_quotes(outcome: Outcome, scores: Scores) -> None:
    """Quotes located and findings verified, over all findings that were fed in."""
    told = {(report.source, report.index): report for report in outcome.stages.grounded}
    for source, reports in outcome.reports.items():
        for position, report in enumerate(reports):
            for (_, given), (_, found) in zip(findings_of(report), findings_of(told[source, position]), strict=True):
                if given.quote:
                    located = found.match in {"exact", "normalized"}
                    scores.add("grounding.quotes_located", outcome.gold.id, located)
                scores.add("grounding.verified", outcome.gold.id, found.verified)


def score_parsing(gold: GoldSet, scores: Scores) -> None:
    """What grounding reads from the gold quotes alone, as it must where a small model answers with phrases."""
    for home in gold.articles:
        for position, report in enumerate(home.reports):
            read = ground(_without_values(report), home.article, "s1", position)
            for (name, wanted), (_, found) in zip(findings_of(report), findings_of(read), strict=True):
                if isinstance(wanted.value, Count):
                    scores.add("counts.parsed", gold.id, found.value == wanted.value)
                elif isinstance(wanted.value, DateSpan) and name == "date":
                    metric = "dates.resolved" if home.article.published else "dates.resolved_undated"
                    scores.add(metric, gold.id, found.value == wanted.value)


def _without_values(report: Report) -> Report:
    """The report with the words of its counts and dates but not their values."""
    bare = {
        name: found.model_copy(update={"value": None})
        for name, found in findings_of(report)
        if isinstance(found.value, Count | DateSpan)
    }
    return report.model_copy(update=bare)


def score_extraction(outcome: Outcome, scores: Scores) -> None:
    """The main report of every article against the gold one; an article without an answer counts as all wrong."""
    for source, home in outcome.by_source.items():
        scores.add("extraction.valid", outcome.gold.id, source in outcome.reports)
        words = " ".join(home.article.text.split()).casefold()
        for report in outcome.reports.get(source, ()):
            for _, found in findings_of(report):
                if _needs_quote(found):
                    verbatim = " ".join((found.quote or "").split()).casefold()
                    scores.add("extraction.quotes_verbatim", outcome.gold.id, bool(verbatim) and verbatim in words)
        main = _main([r for r in outcome.stages.grounded if r.source == source])
        _score_main(main, _main(home.reports), outcome.gold, scores)


def _needs_quote(found: Finding[Any]) -> bool:
    """Whether words must prove it: all but the words of a fixed list, which have no quote to give."""
    return bool(found.quote) or (found.value is not None and not isinstance(found.value, str))


def _main(reports: Sequence[Report]) -> Report | None:
    return next((report for report in reports if report.role == "main"), reports[0] if reports else None)


def _score_main(said: Report | None, wanted: Report | None, gold: GoldSet, scores: Scores) -> None:
    def known(name: str) -> bool:
        return name in gold.knows and wanted is not None

    if known("event_type"):
        right = gold.is_type(value_of(said, "event_type"), value_of(wanted, "event_type"))
        scores.add("extraction.event_type", gold.id, right)
    for name in TOLLS:
        if known(name):
            toll, true = value_of(said, name), value_of(wanted, name)
            # No report at all is no answer, and so not the right one where the gold has no toll either.
            scores.add(f"extraction.{name}", gold.id, said is not None and toll == true)
            scores.add(f"extraction.{name}_figure", gold.id, said is not None and _same_figure(toll, true))
    if known("date") and (true := value_of(wanted, "date")) is not None:
        span = value_of(said, "date")
        right = span is not None and (span.start, span.precision) == (true.start, true.precision)
        scores.add("extraction.date", gold.id, right)
    if known("location") and (true := value_of(wanted, "location")) is not None:
        place = value_of(said, "location")
        scores.add("extraction.location", gold.id, place is not None and lenient(place, true))
    for name in ACTORS:
        if known(name):
            items, true = values_of(said, name), values_of(wanted, name)
            hits = paired(items, true)
            scores.add(f"extraction.{name}_f1", gold.id, hits, len(items), len(true))
            if items:
                scores.add("extraction.unsupported_items", gold.id, len(items) - hits, len(items))
    for found, true in _filled(said, wanted, gold):
        scores.add("extraction.unsupported", gold.id, _is_wrong(found.value, true))
        scores.add("extraction.invented", gold.id, true is None)


def _same_figure(said: Count | None, true: Count | None) -> bool:
    if said is None or true is None:
        return said is true
    return lenient(said, true)


def _filled(said: Report | None, wanted: Report | None, gold: GoldSet) -> Iterator[tuple[Finding[Any], Any]]:
    """Each field that takes one value and is filled, and the gold's value, None where it has none.

    What is not verified fills no field of a record.
    """
    for name in ("date", "location", "killed", "injured", "missing", "captured", "responsibility_claim"):
        found: Finding[Any] | None = getattr(said, name) if said is not None else None
        if name in gold.knows and found is not None and found.verified and found.value is not None:
            yield found, value_of(wanted, name)


def _is_wrong(said: Any, true: Any) -> bool:
    return true is None or not _says_no_more(said, true)


def _says_no_more(said: Any, true: Any) -> bool:
    """Whether a value is the gold one, or a date a vaguer form of it; a sharper date is not what the article says."""
    if isinstance(said, DateSpan):
        (first, last), (start, end) = days(said), days(true)
        return (said.start == true.start and said.precision == true.precision) or (first <= start and end <= last)
    return lenient(said, true) or exact(said, true)


def score_false_proofs(outcome: Outcome, scores: Scores) -> None:
    """Verified values of all reports that are not the gold ones; those of a report of no gold incident are wrong."""
    for report in outcome.stages.grounded:
        for found, true in _filled(report, outcome.gold_of.get((report.source, report.index)), outcome.gold):
            scores.add("grounding.false_proofs", outcome.gold.id, _is_wrong(found.value, true))


def score_altered(gold: GoldSet, scores: Scores) -> None:
    """Quotes with one figure or name changed: to locate any of them is to accept an invention.

    An alteration that happens to stand in the article word for word is none, and is left out.
    """
    for home in gold.articles:
        passages = Passages(home.article.text)
        quotes = {found.quote for report in home.reports for _, found in findings_of(report) if found.quote}
        for quote in sorted(quotes):
            for words, _ in altered(quote, seed=f"{gold.id} {home.id}"):
                if words not in home.article.text:
                    found = locate(words, passages)
                    scores.add("grounding.altered_accepted", gold.id, found.start is not None)
