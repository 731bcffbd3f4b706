"""Learns `summarizer/alignment.toml` from `corpus/train`: `python benchmarks/learn_alignment.py` (some minutes).

docs/alignment.md says what is learned and why.  The same corpus and code write the same file.
"""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

from summarizer.schemas import Article, DateSpan, FullAnswer, GroundedReport

from summarizer.alignment import align
from summarizer.alignment.likeness import FEATURES, Learned, Rarity, features
from summarizer.alignment.traits import traits_of
from summarizer.articles.cleaning import clean
from summarizer.comparison import days
from summarizer.grounding import ground
from summarizer.pipeline import identify

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "summarizer" / "alignment" / "weights.toml"
ACROSS = 2_000
"""Pairs of reports of different sets; the corpus' sets are about different incidents."""
ROUNDS, RATE, SHRINKAGE = 600, 0.5, 0.001
WHOLE = 3
"""Times that whole reports count; beside them stand two degraded views of the same."""
STRICT = {"a day apart": -3.0, "a week apart": -5.0, "long apart": -6.0, "other place and names": -0.7}
"""What days apart weigh at least: an attack and its answer share all but the day, and train has few of them.  And other
places without a shared name: house fires in two towns on one day, of which train has none."""
SCORES = (-1.0, -0.5, 0.0, 0.5)
APART = (-2.5, -4.0, -6.0)
_VIOLENT = ("armed_attack", "bombing", "rocket_or_missile_attack", "airstrike", "shooting", "clash")
_OTHERS = ("fire", "transport_accident", "industrial_accident", "other")

Key = tuple[str, int]
Example = tuple[dict[str, float], int]


@dataclass(frozen=True)
class Set:
    """One set of the corpus: its articles, its gold reports as the code grounds them, and the incident of each."""

    name: str
    articles: Mapping[str, Article]
    reports: Sequence[GroundedReport]
    gold: Mapping[Key, str]
    days: Mapping[str, tuple[int, int]]
    """First and last day of the incidents that are some article's main one, as ordinals."""


def read_set(path: Path) -> Set:
    data = json.loads(path.read_text(encoding="utf-8"))
    told = [
        (Article(**{name: a[name] for name in ("publisher", "published", "title")}, text=clean(a["text"])), a)
        for a in data["articles"]
    ]
    articles = identify(article for article, _ in told)
    reports, gold, main = [], {}, set()
    for source, article in articles.items():
        (raw,) = (raw for known, raw in told if known is article)
        for index, report in enumerate(FullAnswer.model_validate({"reports": raw["reports"]}).to_reports()):
            reports.append(ground(report, article, source, index))
            gold[source, index] = raw["reports"][index]["incident"]
            if report.role == "main":
                main.add(gold[source, index])
    dated = {name: DateSpan(**truth["date"]) for name, truth in data["truth"].items() if truth.get("date")}
    spans = {name: tuple(day.toordinal() for day in days(span)) for name, span in dated.items() if name in main}
    return Set(data["id"], articles, reports, gold, spans)  # type: ignore[arg-type]


def degraded(one: Set, seed: int) -> Set:
    """The set as a small model reports it: fields dropped, not proven, or of a neighbouring kind."""
    return replace(
        one, reports=[_degraded(r, random.Random(f"{seed}{one.name}{r.source}{r.index}")) for r in one.reports]
    )


def _degraded(report: GroundedReport, chance: random.Random) -> GroundedReport:
    changed: dict[str, Any] = {}
    if report.event_type and chance.random() < 0.25:
        kinds = _VIOLENT if report.event_type.value in _VIOLENT else _OTHERS
        changed["event_type"] = report.event_type.model_copy(update={"value": chance.choice(kinds)})
    for name in ("date", "location", "killed", "injured", "missing", "captured"):
        found, fate = getattr(report, name), chance.random()
        if found is not None and fate < 0.4:
            changed[name] = None if fate < 0.3 else found.model_copy(update={"verified": False})
    for name in ("perpetrators", "targets", "weapons"):
        changed[name] = tuple(found for found in getattr(report, name) if chance.random() < 0.6)
    return report.model_copy(update=changed)


def pooled(sets: Sequence[Set]) -> Set:
    """All sets as one, as if their articles had come in together."""
    articles, reports, gold, spans = {}, [], {}, {}
    for one in sets:
        renamed = {source: f"s{len(articles) + number}" for number, source in enumerate(one.articles, start=1)}
        articles |= {renamed[source]: article for source, article in one.articles.items()}
        reports += [report.model_copy(update={"source": renamed[report.source]}) for report in one.reports]
        gold |= {(renamed[source], index): f"{one.name} {name}" for (source, index), name in one.gold.items()}
        spans |= {f"{one.name} {name}": span for name, span in one.days.items()}
    return Set("all", articles, reports, gold, spans)


def examples(one: Set) -> Iterator[Example]:
    """What every two reports of different articles share, and whether they are of one incident."""
    told = traits_of(one.reports, one.articles)
    rarity = Rarity(told)
    for a, b in combinations(told, 2):
        if a.report.source != b.report.source:
            keys = (a.report.source, a.report.index), (b.report.source, b.report.index)
            yield features(a, b, rarity), int(one.gold[keys[0]] == one.gold[keys[1]])


def strangers(sets: Sequence[Set], chance: random.Random) -> Iterator[Example]:
    """Pairs across sets.  The sets were written with years and countries far apart, which real news does not do, so
    half the pairs are given one kind, half lose their different countries, and days are drawn."""
    pool = [(number, told) for number, one in enumerate(sets) for told in traits_of(one.reports, one.articles)]
    rarity = Rarity(())
    distances = ["same day"] * 2 + ["same time"] + ["a day apart"] * 2 + ["a week apart"] * 4 + ["long apart"] * 7
    made = 0
    while made < ACROSS:
        (number, a), (other, b) = chance.sample(pool, 2)
        if number == other:
            continue
        found = {name: amount for name, amount in features(a, b, rarity).items() if name not in distances}
        if distance := chance.choice([*distances, *[""] * 4]):
            found[distance] = 1.0
        if chance.random() < 0.5:
            found = {name: amount for name, amount in found.items() if name not in ("near types", "far types")}
            found["same type"] = 1.0
        if chance.random() < 0.5:
            found.pop("other country", None)
        made += 1
        yield found, 0


def fitted(data: Sequence[Example]) -> dict[str, float]:
    """Logistic regression by gradient descent with a step for each weight (AdaGrad)."""
    weights, seen = dict.fromkeys(FEATURES, 0.0), dict.fromkeys(FEATURES, 1e-8)
    for _ in range(ROUNDS):
        slope = dict.fromkeys(FEATURES, 0.0)
        for found, truth in data:
            odds = sum(weights[name] * amount for name, amount in found.items())
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))) - truth
            for name, amount in found.items():
                slope[name] += error * amount
        for name in FEATURES:
            step = slope[name] / len(data) + SHRINKAGE * weights[name]
            seen[name] += step * step
            weights[name] -= RATE * step / math.sqrt(seen[name])
    return {name: round(min(weight, STRICT.get(name, weight)), 2) for name, weight in weights.items()}


def b_cubed(sets: Sequence[Set], by: Learned) -> tuple[float, int]:
    """B-cubed F1 over the reports of `sets`, and how many pairs of incidents of different days were mixed."""
    precision = recall = 0.0
    reports = mixed = 0
    for one in sets:
        clusters = align(one.reports, one.articles, by=by)
        sizes: defaultdict[str, int] = defaultdict(int)
        for name in one.gold.values():
            sizes[name] += 1
        for cluster in clusters:
            names = [one.gold[r.source, r.index] for r in cluster.reports]
            precision += sum(names.count(name) for name in names) / len(names)
            recall += sum(names.count(name) / sizes[name] for name in names)
            dated = [one.days[name] for name in sorted(set(names)) if name in one.days]
            mixed += sum(a[1] < b[0] or b[1] < a[0] for a, b in combinations(dated, 2))
        reports += len(one.reports)
    precision, recall = precision / reports, recall / reports
    return 2 * precision * recall / (precision + recall), mixed


def searched(sets: Sequence[Set], weights: Mapping[str, float]) -> tuple[Learned, list[tuple[float, int]]]:
    """The joining scores that align train best on average: whole, degraded, pooled and both; mixed incidents cost."""
    worse = [degraded(one, 0) for one in sets]
    views = [sets, worse, [pooled(sets)], [pooled(worse)]]

    def judged(by: Learned) -> tuple[float, list[tuple[float, int]]]:
        found = [b_cubed(view, by) for view in views]
        return sum(f1 for f1, _ in found) / len(found) - 0.01 * sum(mixed for _, mixed in found), found

    choices = [Learned(weights, *scores) for scores in product(SCORES, SCORES, APART)]
    best, (_, found) = max(((by, judged(by)) for by in choices), key=lambda choice: choice[1][0])
    return best, found


def written(by: Learned) -> str:
    lines = [
        "# Written by benchmarks/learn_alignment.py; docs/alignment.md says from what and how.",
        "",
        "# Log odds that two reports are of one incident, by what they share.",
        "[weights]",
        *(f'"{name}" = {by.weights[name]}' for name in FEATURES),
        "",
        "# Scores: of a pair that begins to join its groups, of groups on average, of a pair that keeps groups apart.",
        "[joining]",
        *(f"{name} = {getattr(by, name)}" for name in ("begin", "together", "apart")),
    ]
    return "\n".join(lines) + "\n"


def main(report: Callable[[str], None] = print) -> None:
    sets = [read_set(path) for path in sorted((ROOT / "corpus" / "train").glob("*.json"))]
    seen = [*[sets] * WHOLE, *([degraded(one, seed) for one in sets] for seed in (0, 1))]
    data = [example for view in seen for one in view for example in examples(one)]
    data += strangers([*sets, *seen[WHOLE]], random.Random(7))
    report(f"{len(sets)} sets, {len(data)} pairs, {sum(truth for _, truth in data)} of one incident")
    best, found = searched(sets, fitted(data))
    for name, (f1, mixed) in zip(("whole", "degraded", "pooled", "degraded, pooled"), found, strict=True):
        report(f"{name:<18} B-cubed F1 {f1:.3f}, {mixed} mixed")
    DATA.write_text(written(best), encoding="utf-8")
    report(written(best))


if __name__ == "__main__":
    main()
