"""The data builder: gold articles in, training examples out.

    python -m training.examples corpus/train --out build/corpus.jsonl
    python -m training.examples --muc4 FOLDER --gva FOLDER --out build/partial.jsonl

Every phrase is checked by grounding; what does not say its gold value is mended, else not taught.  `corpus/dev` is
refused, and so are MUC-4's two test sets and every second state of the Gun Violence Archive: they are what is scored.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from summarizer.schemas import Article, Finding, Report

from summarizer.evaluation import gva, muc4
from summarizer.evaluation.gold import GoldArticle, GoldSet, load_gold
from summarizer.extraction.grammar import FIELDS, MAX_REPORTS
from summarizer.extraction.recasing import in_capitals, recased
from summarizer.extraction.splitting import split_article
from summarizer.grounding import ground
from summarizer.lexicon.casualty_words import OUTCOME_PATTERNS
from summarizer.text import fold_keeping_length

from .example import ITEMS, NAMES, Example, profile, spelled, write
from .finding import find
from .grounded import PHRASED, cut, holds, kept
from .words import Words

KEYS = {name: key for key, name in NAMES.items()}
Unasked = set[str]


def build(gold: GoldSet) -> Iterator[Example]:
    """The examples of a set: one for each part of each article that says something."""
    for told in gold.articles:
        parts = split_article(told.article.text, profile().part_characters)
        if in_capitals(told.article.text):
            parts = [recased(part) for part in parts]
        for number, part in enumerate(parts):
            example = _example(gold, told, part, f"{gold.id}/{told.id}/{number}", whole=len(parts) == 1)
            if example is not None:
                yield example


def _example(gold: GoldSet, told: GoldArticle, part: str, name: str, *, whole: bool) -> Example | None:
    article = told.article.model_copy(update={"text": part})
    words, unasked = Words(part), _unknown(gold, told)
    reports = []
    for report in told.reports[:MAX_REPORTS]:
        phrased = _phrased(report, article, words, unasked)
        if not whole and phrased.responsibility_claim and not _proven(phrased, article):
            phrased = phrased.model_copy(update={"responsibility_claim": None})
        if _says_something(phrased):
            reports.append(phrased)
    fields = tuple(key for key in FIELDS if NAMES[key] not in unasked)
    asked = any(set(spelled(report, fields)) - {"role", "type", "stage", "claim"} for report in reports)
    return Example(name, gold.id, article, tuple(reports), fields) if asked else None


def _unknown(gold: GoldSet, told: GoldArticle) -> Unasked:
    """The fields that a gold set knows nothing of, or nothing sure, in this article."""
    unknown = {name for name in NAMES.values() if name not in gold.knows}
    kinds = {report.event_type.value for report in told.reports if report.event_type and report.event_type.value}
    if any(len(gold.accepts.get(kind, ())) > 2 for kind in kinds):
        unknown.add("event_type")  # a kind that stands for many of ours teaches none of them
    for name in OUTCOME_PATTERNS:
        if any(_unsure(report, name, told.article) for report in told.reports):
            unknown.add(name)
    return unknown


def _unsure(report: Report, outcome: str, article: Article) -> bool:
    """Whether a toll is empty in gold without quotes though the text speaks of that outcome."""
    quoted = any(getattr(finding, "quote", None) for finding in (report.date, report.location))
    if quoted or getattr(report, outcome) is not None:
        return False
    return OUTCOME_PATTERNS[outcome].search(fold_keeping_length(article.text)) is not None  # type: ignore[index]


def _phrased(report: Report, article: Article, words: Words, unasked: Unasked) -> Report:
    """The report with phrases that say its values in this part; fields without any are put into `unasked`."""
    done: dict[str, Any] = {}
    for name in PHRASED:
        held = getattr(report, name)
        if name in unasked or not held:
            continue
        if isinstance(held, tuple):
            done[name] = _distinct([_phrase(one, name, report, article, words, unasked) for one in held])
        else:
            done[name] = _phrase(held, name, report, article, words, unasked)
    plain = ("role", "event_type", "stage", "responsibility_claim", "statements")
    phrased = Report(**{name: getattr(report, name) for name in plain}, **done)
    return _checked(phrased, article, unasked)


def _phrase(
    finding: Finding[Any], name: str, report: Report, article: Article, words: Words, unasked: Unasked
) -> Finding[Any] | None:
    if not finding.quote:
        found = find(finding, name, report, article, words)
        if found is None:
            unasked.add(name)
        return found
    found = cut(finding, name, report, article, words)
    if found is None and name in _LISTS:  # a quote that tells but does not name: "denied any part in it"
        found = find(finding, name, report, article, words)
    # An item of a list that does not hold is left out; a figure or a day that stands here but does not resolve would
    # teach that the text does not say it.
    if found is None and name not in _LISTS and next(words.find(finding.quote), None) is not None:
        unasked.add(name)
    return found


_LISTS = frozenset(["perpetrators", "targets", "weapons"])


def _distinct(findings: Sequence[Finding[Any] | None]) -> tuple[Finding[Any], ...]:
    return tuple({finding.quote: finding for finding in reversed(findings) if finding}.values())[::-1][:ITEMS]


def _checked(report: Report, article: Article, unasked: Unasked) -> Report:
    """The report, all its phrases grounded together; what no longer holds beside the others is given up."""
    changes: dict[str, Any] = {}
    for name in PHRASED:
        held = getattr(report, name)
        if not held:
            continue
        right = holds(report, name, article)
        if isinstance(held, tuple):
            changes[name] = kept(held, right)
        elif not right[0]:
            changes[name] = None
            unasked.add(name)
    return report.model_copy(update=changes)


def _says_something(report: Report) -> bool:
    return bool(set(spelled(report)) - {"role", "type", "stage", "claim"})


def _proven(report: Report, article: Article) -> bool:
    claim = ground(report, article, "s1").responsibility_claim
    return claim is not None and claim.verified


def training_sets(corpus: Sequence[Path], muc4_folder: Path | None, gva_folder: Path | None) -> Iterator[GoldSet]:
    """The sets that may be trained on.  Raises ValueError for a folder of `dev`."""
    for folder in corpus:
        if "dev" in folder.resolve().parts:
            raise ValueError(f"{folder}: what is scored is not trained on")
        yield from load_gold(folder)
    if muc4_folder is not None:
        yield from (gold for gold in muc4.load(muc4_folder) if gold.id.startswith("dev"))
    if gva_folder is not None:
        yield from (gold for gold in gva.load(gva_folder) if is_trained_on(gold.id))


def is_trained_on(name: str) -> bool:
    """Whether a set of the Gun Violence Archive is among those to learn from: by its state, every second one."""
    state = name.rpartition("-")[0]
    return hashlib.sha256(state.encode()).digest()[0] % 2 == 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the examples and say how many there are and what they ask for."""
    parser = argparse.ArgumentParser(prog="python -m training.examples", description=__doc__.split("\n")[0])
    parser.add_argument("corpus", nargs="*", type=Path, help="folders of set files (corpus/FORMAT.md)")
    parser.add_argument("--muc4", type=Path, help="folder with MUC-4's docs.jsonl and templates.jsonl")
    parser.add_argument("--gva", type=Path, help="folder with the Gun Violence Archive's articles and incidents")
    parser.add_argument("--out", type=Path, required=True, help="file to write, one example a line")
    chosen = parser.parse_args(arguments)
    found = [example for gold in training_sets(chosen.corpus, chosen.muc4, chosen.gva) for example in build(gold)]
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    write(found, chosen.out)
    asked = Counter(name for example in found for name in example.fields)
    whole = sum(example.fields == FIELDS for example in found)
    print(f"{len(found)} examples of {len({one.set for one in found})} sets, {whole} with all fields", file=sys.stderr)
    print(", ".join(f"{name} {asked[name]}" for name in FIELDS), file=sys.stderr)


if __name__ == "__main__":
    main()
