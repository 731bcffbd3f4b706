"""Running an evaluation: a model on gold sets, or the gold reports themselves, through the stages into metrics."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from summarizer.errors import GoldError
from summarizer.extraction import Extractor, extract_all
from summarizer.pipeline import stages
from summarizer.settings import Settings

from .definitions import DEFINITIONS
from .fillers import score_fillers
from .gold import GoldSet
from .labelling import Outcome, identified
from .memory import peak_memory
from .metrics import Metric, Scores
from .scoring_conflicts import score_conflicts
from .scoring_fields import FIELD_DEFINITIONS, score_fields
from .scoring_incidents import score_alignment, score_merging, score_origins, score_support
from .scoring_reports import score_altered, score_extraction, score_false_proofs, score_parsing, score_quotes

OnSet = Callable[[str], None]


class Evaluation(BaseModel):
    """The result: what was scored, how, and every metric by its name (`definitions.DEFINITIONS`)."""

    model_config = ConfigDict(frozen=True)

    data: str
    model: str
    sets: int
    articles: int
    metrics: dict[str, Metric]


def evaluate_gold_reports(sets: Sequence[GoldSet], *, data: str = "", on_set: OnSet | None = None) -> Evaluation:
    """Scores of everything after extraction, the gold reports being the answers of a model that makes no mistake.

    `data` names the sets in the result; `on_set` is called with the id of each set as it is done.
    """
    scores = Scores(DEFINITIONS)
    started = time.perf_counter()
    for gold in sets:
        by_id, homes = identified(gold)
        reports = {source: home.reports for source, home in homes.items()}
        outcome = Outcome(gold, homes, reports, stages(by_id, reports))
        score_quotes(outcome, scores)
        _score_incidents(outcome, scores)
        scores.add("run.seconds_per_article", gold.id, time.perf_counter() - started, len(by_id))
        score_parsing(gold, scores)
        score_altered(gold, scores)
        if on_set is not None:
            on_set(gold.id)
        started = time.perf_counter()
    return _evaluation(sets, data, "gold reports", scores)


def evaluate_model(
    sets: Sequence[GoldSet],
    settings: Settings,
    *,
    data: str = "",
    on_set: OnSet | None = None,
    extractor: type[Extractor] = Extractor,
) -> Evaluation:
    """Scores of a model and of what the stages make of its reports; `extractor` may ask in another way.

    Raises what `summarize` raises before anything is sent.  An article that fails counts as answered wrong.
    """
    return asyncio.run(_evaluate_model(sets, extractor(settings), data, on_set))


async def _evaluate_model(sets: Sequence[GoldSet], asking: Extractor, data: str, on_set: OnSet | None) -> Evaluation:
    scores = Scores(DEFINITIONS | FIELD_DEFINITIONS)
    async with asking as extractor:
        for gold in sets:
            started = time.perf_counter()
            by_id, homes = identified(gold)
            extraction = await extract_all(by_id, extractor)
            outcome = Outcome(gold, homes, extraction.reports, stages(by_id, extraction.reports))
            seconds = time.perf_counter() - started
            scores.add("run.seconds_per_article", gold.id, seconds, len(by_id))
            score_extraction(outcome, scores)
            score_fields(outcome, scores)
            score_fillers(outcome, scores)
            score_quotes(outcome, scores)
            score_false_proofs(outcome, scores)
            _score_incidents(outcome, scores)
            if on_set is not None:
                on_set(gold.id)
        if sets:
            _score_run(extractor, sets[0].id, scores)
        return _evaluation(sets, data, f"{extractor.profile.name}/{extractor.profile.model}", scores)


def _score_run(extractor: Extractor, set_id: str, scores: Scores) -> None:
    """What the whole run took; the totals stand with its first set."""
    usage = extractor.meter.usage
    for name, amount in (
        ("run.cached", usage.cached),
        ("run.calls", usage.calls),
        ("run.input_tokens", usage.input_tokens),
        ("run.output_tokens", usage.output_tokens),
        ("run.cost_usd", usage.cost),
        ("run.peak_memory_mib", peak_memory()),
    ):
        if amount is not None:
            scores.add(name, set_id, amount)


def _score_incidents(outcome: Outcome, scores: Scores) -> None:
    score_origins(outcome, scores)
    score_alignment(outcome, scores)
    score_merging(outcome, scores)
    score_support(outcome, scores)
    score_conflicts(outcome, scores)


def _evaluation(sets: Sequence[GoldSet], data: str, model: str, scores: Scores) -> Evaluation:
    articles = sum(len(gold.articles) for gold in sets)
    return Evaluation(data=data, model=model, sets=len(sets), articles=articles, metrics=scores.metrics())


def read_evaluation(path: Path) -> Evaluation:
    """The evaluation of a file that `summarizer evaluate … --out` wrote.  Raises GoldError for any other file."""
    try:
        return Evaluation.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as wrong:
        message = f"{path}: not the JSON of an evaluation; write one with `summarizer evaluate … --out {path}`"
        raise GoldError(message, subject=str(path)) from wrong
