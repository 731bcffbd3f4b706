"""Words for gold values that come without a quote, as in MUC-4 and the Gun Violence Archive.

A run of words is taken only if grounding reads the very value out of it; where none is found the field is not asked
for, because the text may say it in words that the code does not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nupunkt import sent_spans
from summarizer.schemas import Article, Count, DateSpan, Finding, Report

from summarizer.extraction.asking import folded
from summarizer.grounding.casualty_words import OUTCOME_PATTERNS
from summarizer.text import NUMBER_WORDS, fold_keeping_length

from .grounded import resolves
from .words import Words

_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tonight|last night"
    r"|this (?:morning|afternoon|evening)"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2}/\d{1,2}|\d{4}-\d\d-\d\d)\b"
)
_DAY_WORDS = 3
_COUNT_WORDS = 9
_TRIED = 60
"""Runs tried for one value, so that a long article costs no more than a second."""


def find(finding: Finding[Any], name: str, report: Report, article: Article, words: Words) -> Finding[Any] | None:
    """The finding with the first run of words that says its value; None where none does."""
    for tried, phrase in enumerate(_candidates(finding, name, words)):
        if tried == _TRIED:
            return None
        found = finding.model_copy(update={"quote": phrase, "value": _named(finding.value, phrase)})
        if resolves(found, name, report, article):
            return found
    return None


def _named(value: Any, phrase: str) -> Any:
    """The value under the one of its names that the text uses: a key lists them all (`A / B`)."""
    return value.model_copy(update={"name": phrase}) if " / " in getattr(value, "name", "") else value


def _candidates(finding: Finding[Any], name: str, words: Words) -> Iterator[str]:
    if isinstance(finding.value, DateSpan):
        yield from _days(words)
    elif isinstance(finding.value, Count):
        yield from _counts(name, words)
    else:
        yield from _names(finding.value.name, words)


def _days(words: Words) -> Iterator[str]:
    for start in range(len(words.all)):
        for size in range(1, _DAY_WORDS + 1):
            phrase = words.run(start, start + size)
            if start + size <= len(words.all) and _TIME.search(phrase.lower()):
                yield phrase
                break


def _counts(outcome: str, words: Words) -> Iterator[str]:
    """Runs inside a sentence that begin or end with the outcome's word and hold a figure, short ones first."""
    pattern = OUTCOME_PATTERNS[outcome]  # type: ignore[index]
    runs = []
    for start, end in _sentences(words):
        spoken = [bool(pattern.search(fold_keeping_length(word))) for word in words.all[start:end]]
        for one in range(start, end):
            for other in range(one + 1, min(end, one + _COUNT_WORDS) + 1):
                if (spoken[one - start] or spoken[other - 1 - start]) and _figure(words.all[one:other]):
                    runs.append((other - one, one, other))
    for _, one, other in sorted(runs, key=lambda run: (run[1] // 80, run[0], run[1])):
        yield words.run(one, other)


def _figure(run: tuple[str, ...]) -> bool:
    return any(
        word[:1].isdigit() or fold_keeping_length(word).strip(",.;:") in _FIGURES or word in {"a", "an", "A", "An"}
        for word in run
    )


_FIGURES = frozenset(NUMBER_WORDS) | {"man", "woman", "boy", "girl", "teen", "teenager", "victim", "nobody", "no"}


def _sentences(words: Words) -> Iterator[tuple[int, int]]:
    text = folded(words.text)
    for start, end in sent_spans(text):
        first = len(text[:start].split())
        yield first, min(len(words.all), first + len(text[start:end].split()))


def _names(label: str, words: Words) -> Iterator[str]:
    """The runs that are one of a key's names for the thing, letter case aside."""
    low = Words(folded(words.text).lower())
    for name in label.split(" / "):
        for part in dict.fromkeys([name, name.split(",")[0]]):
            for start, end in low.find(part.lower()):
                yield words.run(start, end)
