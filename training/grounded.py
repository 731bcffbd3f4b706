"""Whether a phrase says the gold value, as grounding reads it, and phrases cut to the words that they need for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from summarizer.schemas import Article, Count, DateSpan, Finding, Perpetrator, Report

from summarizer.comparison import proper
from summarizer.evaluation.matching import lenient
from summarizer.grounding import ground
from summarizer.lexicon.casualty_words import OUTCOME_PATTERNS, may_be_person
from summarizer.text import NUMBER_WORDS, fold, fold_keeping_length

from .example import as_answered
from .words import Words

PHRASED = ("date", "location", "killed", "injured", "missing", "captured", "perpetrators", "targets", "weapons")
"""The fields of a report for which an answer gives words."""
SHORT = 10
"""Words of a toll's gold quote that is not cut: it reads better whole ("unaccounted for")."""
LONGEST = 14
"""Words of a phrase: longer gold quotes are cut to what they need, or given up."""


def agree(said: Any, gold: Any) -> bool:
    """Whether a value read from words is the gold one: figures and days as they are, names as a reader would say."""
    if said is None or gold is None:
        return False
    if isinstance(gold, Count):
        return bool(said == gold)
    if isinstance(gold, DateSpan):
        return (said.start, said.end or said.start) == (gold.start, gold.end or gold.start)
    if isinstance(gold, Perpetrator):
        said = said.model_copy(update={"status": gold.status})
    return lenient(said, gold)


def holds(report: Report, name: str, article: Article) -> list[bool]:
    """For each finding of a field, whether the pipeline would read its gold value out of its phrase."""
    read = getattr(ground(as_answered(report), article, "s1"), name)
    wanted = getattr(report, name)
    pairs = zip(read, wanted, strict=True) if isinstance(wanted, tuple) else [(read, wanted)]
    return [said is not None and said.verified and agree(said.value, gold.value) for said, gold in pairs]


def resolves(finding: Finding[Any], name: str, report: Report, article: Article) -> bool:
    """Whether this finding alone, with its incident's kind, is read as its gold value."""
    held: Any = (finding,) if isinstance(getattr(report, name), tuple) else finding
    return holds(Report(role=report.role, event_type=report.event_type, **{name: held}), name, article)[0]


def cut(finding: Finding[Any], name: str, report: Report, article: Article, words: Words) -> Finding[Any] | None:
    """The finding with the shortest run of its quote's words that still is read as its value; None without any.

    Where no part of the quote is, runs that reach a few words beyond it are tried.
    """
    for start, end in words.find(finding.quote or ""):
        inside = list(_runs(words, start, end, finding, name))
        around = [
            (start - left, end + right) for left, right in _REACH if left <= start and end + right <= len(words.all)
        ]
        whole = [(start, end)] if name in OUTCOME_PATTERNS and end - start <= SHORT else []
        for one, other in [*whole, *inside, *around]:
            tried = finding.model_copy(update={"quote": words.run(one, other)})
            if other - one <= LONGEST and resolves(tried, name, report, article):
                return tried
    return None


_REACH = [(1, 0), (0, 1), (2, 0), (0, 2), (1, 1), (3, 0), (0, 3), (2, 2), (4, 0), (0, 4), (3, 3)]


def _runs(words: Words, start: int, end: int, finding: Finding[Any], name: str) -> Iterator[tuple[int, int]]:
    """The runs inside a quote, short ones first, that hold as much of what tells as the quote does."""
    whole = tells(words.run(start, end), finding, name)
    for size in range(1, end - start + 1):
        for one in range(start, end - size + 1):
            if tells(words.run(one, one + size), finding, name) >= whole:
                yield one, one + size


def tells(phrase: str, finding: Finding[Any], name: str) -> frozenset[str]:
    """What a phrase must keep when it is cut: the words of a name, for a toll a word of its outcome and its persons."""
    if name in OUTCOME_PATTERNS:
        spoken = OUTCOME_PATTERNS[name].search(fold_keeping_length(phrase))  # type: ignore[index]
        counted = (word for word in map(fold, _WORD.findall(phrase)) if word in _FIGURES or may_be_person(word))
        return frozenset(["outcome"] if spoken else []) | frozenset(counted) | frozenset(_DIGITS.findall(phrase))
    if name == "date":
        return frozenset(_CLOCK.findall(phrase.lower()))
    return proper(finding.value.name) & proper(phrase)


_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d[\d,.]*")
_CLOCK = re.compile(r"\blast\b")
_FIGURES = frozenset(NUMBER_WORDS)


def kept(findings: Sequence[Finding[Any]], held: Sequence[bool]) -> tuple[Finding[Any], ...]:
    """The findings that hold."""
    return tuple(finding for finding, right in zip(findings, held, strict=True) if right)
