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
from summarizer.extraction.grammar import CLOSING, OPENING
from summarizer.lexicon.casualty_words import OUTCOME_PATTERNS, is_person
from summarizer.text import NUMBER_WORDS, fold, fold_keeping_length

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
            if start + size <= len(words.all) and _TIME.match(phrase.lower()):
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
                told = spoken[one - start] or spoken[other - 1 - start]
                if (
                    told
                    and _counts_someone(words.all[one:other])
                    and (spoken[other - 1 - start] or _ends(words, other))
                ):
                    runs.append((other - one, one, other))
    for _, one, other in sorted(runs, key=lambda run: (run[1] // 80, run[0], run[1])):
        yield words.run(one, other)


def _counts_someone(run: tuple[str, ...]) -> bool:
    """Whether a run holds a figure or a word for persons."""
    folded_words = [fold(word.strip(OPENING + CLOSING)) for word in run]
    return any(word.isdigit() or word in NUMBER_WORDS or is_person(word) for word in folded_words)


def _ends(words: Words, end: int) -> bool:
    """Whether a phrase can end before word `end`: at a word for persons, or at a figure that ends its clause."""
    last = words.all[end - 1]
    bare = fold(last.strip(OPENING + CLOSING))
    return is_person(bare) or ((bare.isdigit() or bare in NUMBER_WORDS) and last[-1] in CLOSING)


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
                phrase = words.run(start, end)
                if phrase.lower() == part.lower():  # "Colombian" is no place
                    yield phrase
