"""Scores of what stands above single reports: origins, alignment, merged values and their support."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from summarizer.comparison import days
from summarizer.schemas import Count, DateSpan, Field, Place, Report, Support

from .gold import GoldConflict
from .labelling import SCALARS, Outcome
from .labelling import Place as ReportPlace
from .matching import lenient, paired, value_of, values_of
from .metrics import Scores
from .sides import all_figures, figures_of

COUNTS = ("killed", "injured", "missing", "captured")
NAMED = ("perpetrators", "targets", "weapons")


def score_origins(outcome: Outcome, scores: Scores) -> None:
    """Pairs of articles that share an origin, found against planted."""
    gold = outcome.gold
    if gold.origins is None:
        return
    home = {source: origin.id for origin in outcome.stages.origins for source in origin.sources}
    true = {outcome.source_of[article]: at for at, group in enumerate(gold.origins) for article in group}
    pairs = list(combinations(sorted(home), 2))
    found = {pair for pair in pairs if home[pair[0]] == home[pair[1]]}
    wanted = {pair for pair in pairs if true[pair[0]] == true[pair[1]]}
    scores.add("origins.f1", gold.id, len(found & wanted), len(found), len(wanted))


def score_alignment(outcome: Outcome, scores: Scores) -> None:
    """B-cubed (Bagga and Baldwin, 1998) over the reports, and the incidents that were split or mixed.

    Precision is that of the reports that tell of a gold one, over their whole clusters; recall is that of the gold
    reports, 0 for one that no report tells of (Stoyanov et al., 2009, for mentions that a system missed or invented).
    """
    gold_id = outcome.gold.id
    together = _clustered(outcome)
    for label, told in outcome.told.items():
        wanted = {place for place, other in outcome.labels.items() if other == label}
        for place in wanted:
            found = together[place]
            shared = len(found & wanted)
            scores.add("alignment.b3_f1", gold_id, shared / len(found), 1, shared / len(told), 1)
        scores.add("alignment.b3_f1", gold_id, 0, len(told) - len(wanted))
        scores.add("alignment.split", gold_id, len({min(together[place]) for place in wanted}) > 1)
    mixed = {
        tuple(sorted(pair))
        for found in together.values()
        for pair in combinations({outcome.labels[place] for place in found}, 2)
        if _must_stay_apart(outcome, *pair)
    }
    scores.add("alignment.mixed", gold_id, len(mixed), len(outcome.told))


def _clustered(outcome: Outcome) -> dict[ReportPlace, frozenset[ReportPlace]]:
    """The reports that each report was put together with, itself among them."""
    clusters = (
        frozenset((report.source, report.index) for report in cluster.reports) for cluster in outcome.stages.clusters
    )
    return {place: cluster for cluster in clusters for place in cluster}


def _must_stay_apart(outcome: Outcome, one: str, other: str) -> bool:
    """Whether two incidents differ by a day or more and each is what some article is mainly about."""
    main = {
        incident
        for article in outcome.gold.articles
        for incident, report in zip(article.incidents, article.reports, strict=True)
        if report.role == "main"
    }
    spans = [value_of(outcome.gold.truth.get(label), "date") for label in (one, other)]
    if not {one, other} <= main or spans[0] is None or spans[1] is None:
        return False
    first, second = days(spans[0]), days(spans[1])
    return first[1] < second[0] or second[1] < first[0]


def score_merging(outcome: Outcome, scores: Scores) -> None:
    """Merged values against the truth, for each incident and field of which some article gives a value."""
    for label, true in outcome.gold.truth.items():
        told = outcome.told.get(label, {}).values()
        incident = outcome.incidents.get(label)
        for name in COUNTS:
            if name in outcome.gold.knows:
                _score_toll(outcome, label, name, scores)
        for name in ("event_type", "stage", "date", "location"):
            if name not in outcome.gold.knows:
                continue
            if value_of(true, name) is not None and any(value_of(report, name) is not None for report in told):
                value = getattr(incident, name).value if incident is not None else None
                right = _right(value, value_of(true, name))
                if name == "event_type":
                    right = outcome.gold.is_type(value, value_of(true, name))
                scores.add(f"merging.{name}", outcome.gold.id, right)
        for name in NAMED:
            if name in outcome.gold.knows:
                fields: list[Field[Any]] = getattr(incident, name) if incident is not None else []
                said = [field.value for field in fields if field.value is not None]
                wanted = values_of(true, name)
                scores.add(f"merging.{name}_f1", outcome.gold.id, paired(said, wanted), len(said), len(wanted))


def _score_toll(outcome: Outcome, label: str, name: str, scores: Scores) -> None:
    """A merged toll is right if it is the true one, or the one that the gold says to carry forward."""
    true: Count | None = value_of(outcome.gold.truth[label], name)
    told = outcome.told.get(label, {}).values()
    said = [count for report in told if (count := value_of(report, name)) is not None]
    if true is None or not said:
        return
    incident = outcome.incidents.get(label)
    value = getattr(incident, name).value if incident is not None else None
    rightly = [true, *_carried(outcome, label, name)]
    right = value is not None and any(lenient(value, one) for one in rightly)
    scores.add("merging.casualties", outcome.gold.id, right)
    if any(lenient(count, one) for count in said for one in rightly):
        scores.add("merging.casualties_said", outcome.gold.id, right)


def _carried(outcome: Outcome, label: str, name: str) -> Iterator[Count]:
    """The tolls that the gold says to carry forward; words that hold two figures resolve none."""
    for planted in outcome.gold.conflicts or ():
        if (planted.incident, planted.field) == (label, name) and planted.resolved is not None:
            found = all_figures(planted.resolved)
            if len(found) == 1:
                yield Count.exact(round(min(found)))


def _right(value: Any, true: Any) -> bool:
    if isinstance(value, DateSpan):
        return bool(value.start == true.start)
    if isinstance(value, Place):
        return lenient(value, true)
    return bool(value == true)


def score_support(outcome: Outcome, scores: Scores) -> None:
    """Whether each support entry has the right stance, judged by the gold reports and the planted differences."""
    for label, reports in outcome.told.items():
        told = {source: report for (source, _), report in reports.items()}
        for name in (*SCALARS, "responsibility_claim"):
            if name in outcome.gold.knows:
                _score_field(outcome, label, name, told, scores)


def _score_field(outcome: Outcome, label: str, name: str, told: Mapping[str, Report], scores: Scores) -> None:
    incident, gold_id = outcome.incidents.get(label), outcome.gold.id
    field: Field[Any] | None = getattr(incident, name) if incident is not None else None
    entries: dict[str, Support[Any]] = (
        {entry.source: entry for entry in field.support if entry.verified} if field else {}
    )
    value = field.value if field is not None else None
    for source, entry in entries.items():
        supports = _should_support(outcome, label, name, value, source, told.get(source))
        scores.add("support.accuracy", gold_id, (entry.stance == "supports") == supports)
        if entry.stance == "supports":
            scores.add("support.precision", gold_id, supports)
    if not _was_answered(outcome, label, name):
        value = value_of(outcome.gold.truth.get(label), name)
    for source, report in told.items():
        if _should_support(outcome, label, name, value, source, report):
            listed = source in entries and entries[source].stance == "supports"
            scores.add("support.recall", gold_id, listed)


def _was_answered(outcome: Outcome, label: str, name: str) -> bool:
    """Whether any report of the incident gives the field; where none does, the true value is what goes unsupported."""
    places = (place for place, other in outcome.labels.items() if other == label)
    return any(getattr(outcome.reports[source][position], name) is not None for source, position in places)


def _should_support(outcome: Outcome, label: str, name: str, value: Any, source: str, report: Report | None) -> bool:
    """Whether a source's own gold value supports the merged one.

    The same value does, and a vaguer form of it by a planted difference of precision; another value that a planted
    difference sets against it does not.  Where nothing is planted, a value that can be true together with it does.
    """
    said = value_of(report, name)
    if said is None or value is None:
        return False
    article = outcome.by_source[source].id
    planted = [one for one in outcome.gold.conflicts or () if (one.incident, one.field) == (label, name)]
    sides = [one for one in planted if any(article in claim.articles for claim in one.claims)]
    if said == value or (isinstance(said, Count) and said.figure == value.figure):
        return True
    if any(one.kind == "precision" for one in sides):
        return _compatible(said, value)
    if any(_set_apart(one, article, value) for one in sides):
        return False
    return _compatible(said, value)


def _set_apart(conflict: GoldConflict, article: str, value: Any) -> bool:
    """Whether the gold puts this article's claim on another side than the merged value, where that can be told."""
    if not isinstance(value, Count):
        return True
    own = [claim for claim in conflict.claims if article in claim.articles]
    return not any(float(value.figure) in figures_of(claim.value, conflict.field) for claim in own)


def _compatible(said: Any, value: Any) -> bool:
    """Whether both can be true, by plain intervals; any two names of one place that was not planted as disputed can."""
    if isinstance(said, Count):
        low, high = (said.low or 0), said.high
        if said.qualifier == "about":
            low, high = round(0.9 * said.figure), round(1.1 * said.figure)
        other_high = value.high if value.high is not None else float("inf")
        other_low = value.low if value.low is not None else value.figure
        return low <= other_high and other_low <= (high if high is not None else float("inf"))
    if isinstance(said, DateSpan):
        return lenient(said, value)
    return isinstance(said, Place) or bool(said == value)
