"""Learns which words speak of which kind of incident.

    python -m training.kinds build/corpus.jsonl build/singles.jsonl --texts corpus/kinds

Logistic regression over the words of whole articles (their presence, weighted by rarity).  What it writes is data of
the package (`summarizer/extraction/kinds.json`), by which the copy grammar holds the embedded model to the kinds that
an article may be about.  The sets that the trainer validates with are not learned from.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.evaluation.gold import load_gold
from summarizer.extraction.grammar import FIELDS
from summarizer.extraction.kinds import WEIGHTS, kind_chances, read_weights, words_of

from .batches import held_out
from .example import read
from .train import SINGLES, Recipe

FEWEST = 3
"""Articles that a word must stand in."""
STRENGTH = 10.0
"""Inverse of the penalty on the weights' squares."""


class Told(NamedTuple):
    """A headline and text, and the kind of incident that they are about."""

    text: str
    kind: str


def learn(told: Sequence[Told]) -> dict[str, Any]:
    """The weights as they are stored: `kinds`, `bias` and, by word, its rarity and its weight for each kind."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    counted = TfidfVectorizer(analyzer=words_of, binary=True, min_df=FEWEST)
    rows = counted.fit_transform([one.text for one in told])
    learned = LogisticRegression(C=STRENGTH, max_iter=1_000).fit(rows, [one.kind for one in told])
    rarity = np.rint(100 * counted.idf_).astype(int).tolist()
    weights = np.rint(10 * learned.coef_).astype(int).T.tolist()
    words = counted.get_feature_names_out().tolist()
    return {
        "kinds": learned.classes_.tolist(),
        "bias": np.rint(10 * learned.intercept_).astype(int).tolist(),
        "words": {word: [rare, *row] for word, rare, row in zip(words, rarity, weights, strict=True)},
    }


def told_by_examples(files: Sequence[Path]) -> list[Told]:
    """What training examples tell, as they were written, but for the sets that are validated with."""
    found = [one for file in files for one in read(file) if "type" in one.fields and not one.altered]
    whole = [one.set for one in found if one.fields == FIELDS and not one.set.startswith(SINGLES)]
    kept = held_out(whole, number=Recipe.held_out, seed=Recipe.seed)
    return [
        Told(f"{one.article.title or ''}\n{one.article.text}", one.reports[0].event_type.value)
        for one in found
        if one.set not in kept and one.reports[0].event_type
    ]


def told_by_texts(folder: Path) -> Iterator[Told]:
    """What texts that are labelled with nothing but their kind tell (`corpus/FORMAT.md`)."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            yield Told(f"{said['title']}\n{said['text']}", said["event_type"])


def share_right(weights: Path, folder: Path) -> float:
    """The share of a folder's articles of which the most probable kind is the gold's (0 to 1)."""
    learned = read_weights(weights)
    right = []
    for gold in load_gold(folder):
        for told in (one for one in gold.articles if one.reports and one.reports[0].event_type):
            chances = kind_chances(f"{told.article.title or ''}\n{told.article.text}", learned)
            right.append(max(chances, key=chances.__getitem__) == told.reports[0].event_type.value)
    return sum(right) / len(right)


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from example files and texts, and write the weights with a word a line."""
    parser = argparse.ArgumentParser(prog="python -m training.kinds", description=__doc__.split("\n")[0])
    parser.add_argument("examples", nargs="*", type=Path, help="files of training.examples")
    parser.add_argument("--texts", type=Path, help="folder of texts with their kinds")
    parser.add_argument("--check", type=Path, help="folder of sets that were not learned from, to ask about")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help=f"default {WEIGHTS.name} of the package")
    chosen = parser.parse_args(arguments)
    told = told_by_examples(chosen.examples) + list(told_by_texts(chosen.texts) if chosen.texts else ())
    said = learn(told)
    rows = ",\n".join(f"{json.dumps(word)}:{json.dumps(row)}" for word, row in said["words"].items())
    head = json.dumps({name: said[name] for name in ("kinds", "bias")})[:-1]
    chosen.out.write_text(f'{head}, "words": {{\n{rows}\n}}}}\n', encoding="utf-8")
    print(f"{len(said['words'])} words, {len(said['kinds'])} kinds, from {len(told)} texts")
    if chosen.check:
        print(f"right kinds in {chosen.check}: {share_right(chosen.out, chosen.check):.3f}")


if __name__ == "__main__":
    main()
