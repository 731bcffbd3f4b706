"""Scores of every field over all reports: exact and lenient accuracy, precision, recall and F1.

A field counts as given where a report has a value in it, as wanted where the gold report has one; a report that tells
of no gold incident gives what nobody wants, a gold report that nobody tells of wants what nobody gives.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.schemas import Report

from .labelling import LISTS, SCALARS, Outcome
from .matching import exact, paired, value_of, values_of
from .metrics import Definition, Scores

NAMES = (*SCALARS, "responsibility_claim", *LISTS, "statements")
COLUMNS = {
    "exact": Definition("values that are the gold ones exactly, of the wanted"),
    "lenient": Definition("values that a reader would let pass, of the wanted: accuracy"),
    "precision": Definition("lenient hits, of the given"),
    "recall": Definition("lenient hits, of the wanted"),
    "f1": Definition("harmonic mean of precision and recall", "f1"),
}
FIELD_DEFINITIONS = {f"fields.{name}.{column}": definition for name in NAMES for column, definition in COLUMNS.items()}


def score_fields(outcome: Outcome, scores: Scores) -> None:
    """Every field of every report against the gold report of the same incident in the same article."""
    for said, wanted in _pairs(outcome):
        for name in NAMES:
            if name in outcome.gold.knows:
                _score(name, said, wanted, outcome, scores)


def _pairs(outcome: Outcome) -> Iterator[tuple[Report | None, Report | None]]:
    told = {(report.source, report.index): report for report in outcome.stages.grounded}
    for place, grounded in told.items():
        yield grounded, outcome.gold_of.get(place)
    found = [id(report) for report in outcome.gold_of.values()]
    for home in outcome.by_source.values():
        for report in home.reports:
            if id(report) not in found:
                yield None, report


def _score(name: str, said: Report | None, wanted: Report | None, outcome: Outcome, scores: Scores) -> None:
    set_id = outcome.gold.id
    given, true = (
        [value for value in (value_of(report, name), *values_of(report, name)) if value is not None]
        for report in (said, wanted)
    )
    if name == "event_type" and given and true and outcome.gold.is_type(given[0], true[0]):
        given = true
    hits = paired(given, true)
    same = sum(any(exact(one, other) for other in given) for one in true)
    for column, right, of in (
        ("exact", same, len(true)),
        ("lenient", hits, len(true)),
        ("precision", hits, len(given)),
        ("recall", hits, len(true)),
    ):
        if of:
            scores.add(f"fields.{name}.{column}", set_id, right, of)
    if given or true:
        scores.add(f"fields.{name}.f1", set_id, hits, len(given), len(true))
