"""Learns which words speak of which kind of incident, and which of none at all.

    python -m training.kinds build/corpus.jsonl build/singles.jsonl --texts corpus/kinds
    python -m training.kinds build/corpus.jsonl build/singles.jsonl --texts corpus/kinds corpus/unusual \\
        --also build/partial.jsonl --without corpus/none

Logistic regression over the words of whole articles (their presence, weighted by rarity).  What it writes is data of
the package: by `kinds.json` the copy grammar holds the embedded model to the kinds that an article may be about, by
`incidents.json` it is not asked about articles that report none.  The sets that the trainer validates with are not
learned from.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.schemas import Report

from summarizer.evaluation.gold import load_gold
from summarizer.extraction.asking import headline_and_text
from summarizer.extraction.grammar import FIELDS
from summarizer.extraction.kinds import (
    INCIDENTS,
    KINDS,
    NO_INCIDENT,
    WordWeights,
    kind_chances,
    read_weights,
    reports_none,
    words_of,
)
from summarizer.extraction.profiles import LEAST_QUIET

from .batches import held_out
from .example import read
from .train import SINGLES, Recipe

FEWEST = 3
"""Articles that a word must stand in."""
INCIDENT = "incident"
"""What texts that report an incident, of whatever kind, are called where they are told from those that report none."""
STRENGTH = 10.0
"""Inverse of the penalty on the weights' squares."""


class Told(NamedTuple):
    """A headline and text, and the kind of incident that they are about."""

    text: str
    kind: str


def learn(told: Sequence[Told], also: Sequence[Told] = ()) -> dict[str, Any]:
    """The weights as they are stored: `classes`, `bias` and, by word, its rarity and its weight for each class.

    `also` are texts that are learned from but bring no words of their own: real ones are full of people's names.
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    counted = TfidfVectorizer(analyzer=words_of, binary=True, min_df=FEWEST).fit([one.text for one in told])
    every = [*told, *also]
    rows, names = counted.transform([one.text for one in every]), [one.kind for one in every]
    balance = "balanced" if NO_INCIDENT in names else None
    learned = LogisticRegression(C=STRENGTH, max_iter=1_000, class_weight=balance).fit(rows, names)
    coefficients, bias = learned.coef_, learned.intercept_
    if len(coefficients) == 1:  # of two classes it gives the second one's alone
        coefficients, bias = np.vstack([0 * coefficients, coefficients]), np.append(0, bias)
    rarity = np.rint(100 * counted.idf_).astype(int).tolist()
    weights = np.rint(10 * coefficients).astype(int).T.tolist()
    words = counted.get_feature_names_out().tolist()
    return {
        "classes": learned.classes_.tolist(),
        "bias": np.rint(10 * bias).astype(int).tolist(),
        "words": {word: [rare, *row] for word, rare, row in zip(words, rarity, weights, strict=True)},
    }


def told_by_examples(files: Sequence[Path]) -> list[Told]:
    """What training examples tell, as they were written, but for the sets that are validated with; the kind is empty
    where an example knows none."""
    found = [one for file in files for one in read(file) if not one.altered]
    whole = [one.set for one in found if one.fields == FIELDS and not one.set.startswith(SINGLES)]
    kept = held_out(whole, number=Recipe.held_out, seed=Recipe.seed) if whole else frozenset()
    return [
        Told(headline_and_text(one.article), _kind(one.reports[0]) if "type" in one.fields else "")
        for one in found
        if one.set not in kept
    ]


def told_by_texts(path: Path, kind: str | None = None) -> Iterator[Told]:
    """What the texts of a file, or of a folder's files, are labelled with (`corpus/FORMAT.md`), or all are (`kind`).

    Raises KeyError for a text without a label where no `kind` is given.
    """
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        for line in file.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            yield Told(f"{said['title'] or ''}\n{said['text']}", kind or said["event_type"])


def told_by_sets(folder: Path) -> Iterator[Told]:
    """What the articles of gold sets tell."""
    for gold in load_gold(folder):
        for one in gold.articles:
            if one.reports and (kind := _kind(one.reports[0])):
                yield Told(headline_and_text(one.article), kind)


def _kind(report: Report) -> str:
    return (report.event_type.value if report.event_type else None) or ""


def check(learned: WordWeights, path: Path) -> str:
    """How the weights judge the texts of a file (JSONL), or the articles of a folder of sets, for printing."""
    separates = NO_INCIDENT in learned.classes
    told = list(told_by_sets(path) if path.is_dir() else told_by_texts(path, INCIDENT if separates else None))
    if separates:
        quiet = sum(reports_none(one.text, LEAST_QUIET, learned) for one in told)
        return f"said to report no incident {quiet} of {len(told)}"
    chances = [kind_chances(one.text, learned) for one in told]
    right = sum(max(by, key=by.__getitem__) == one.kind for by, one in zip(chances, told, strict=True))
    return f"right kinds {right / len(told):.3f} of {len(told)}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from example files and texts, and write the weights with a word a line."""
    parser = argparse.ArgumentParser(prog="python -m training.kinds", description=__doc__.split("\n")[0])
    parser.add_argument("examples", nargs="*", type=Path, help="files of training.examples")
    parser.add_argument("--texts", nargs="+", default=[], type=Path, help="folders of texts with their kinds")
    parser.add_argument("--without", type=Path, help="folder of texts without an incident: learn to tell these apart")
    parser.add_argument("--also", nargs="+", default=[], type=Path, help="examples that bring no words of their own")
    parser.add_argument(
        "--check", nargs="+", default=[], type=Path, help="folders of sets, files of texts: not learned"
    )
    parser.add_argument("--out", type=Path, help=f"default {KINDS.name} or {INCIDENTS.name} of the package")
    chosen = parser.parse_args(arguments)
    told = told_by_examples(chosen.examples) + [one for path in chosen.texts for one in told_by_texts(path)]
    also = told_by_examples(chosen.also)
    if chosen.without:
        told, also = ([Told(one.text, INCIDENT) for one in part] for part in (told, also))
        told += told_by_texts(chosen.without, NO_INCIDENT)
    else:
        told, also = ([one for one in part if one.kind] for part in (told, also))
    out = chosen.out or (INCIDENTS if chosen.without else KINDS)
    said = learn(told, also)
    rows = ",\n".join(f"{json.dumps(word)}:{json.dumps(row)}" for word, row in said["words"].items())
    head = json.dumps({name: said[name] for name in ("classes", "bias")})[:-1]
    out.write_text(f'{head}, "words": {{\n{rows}\n}}}}\n', encoding="utf-8")
    print(f"{len(said['words'])} words, {len(said['classes'])} classes, from {len(told) + len(also)} texts")
    for path in chosen.check:
        print(f"{path}: {check(read_weights(out), path)}")


if __name__ == "__main__":
    main()
