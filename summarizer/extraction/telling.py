"""Which runs of an article's words can say a toll or a weapon.

A toll is said within one sentence, by a word of the outcome and a figure, a person or a name, and not by the count of
those who attacked: their own losses are left out (`corpus/FORMAT.md`).  A weapon is told by its word.
The copy grammar lets a small model choose only among these, so that it cannot give "wounded" or "forty-one spent
shells" as the number of the injured, and leaves out the question where no sentence speaks of the outcome.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import takewhile
from operator import or_
from typing import NamedTuple, get_args

from nupunkt import sent_spans

from summarizer.schemas.values import Outcome

from ..lexicon import weapon_pattern
from ..lexicon.casualty_words import DOERS, OUTCOME_PATTERNS, may_be_person
from ..text import NUMBER_WORDS, fold_keeping_length

OUTCOME, PEOPLE, NAME = 1, 2, 4
BOTH = OUTCOME | PEOPLE
REACH = 10
"""Words within which a phrase must hold all that it must: longer ones say one thing by another's figure."""
COUNTED_WITHIN = 4
"""Words before attackers within which a figure counts them: "five of the attackers", "two armed and masked gunmen"."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_COUNTING = (NUMBER_WORDS - {"a", "an"}) | {
    "no", "nobody", "none", "one", "everyone", "all", "several", "many", "few", "nil", "zero",
}  # fmt: skip
_NEW_CLAUSE = frozenset(
    ["", "after", "as", "at", "before", "but", "by", "for", "from", "in", "on", "that", "to", "was", "were", "when",
     "where", "while", "who", "with"]
)  # fmt: skip
_WORD = re.compile(r"\S+")
_PART = re.compile(r"[^\W_]+")


class Stretch(NamedTuple):
    """A sentence: the number of its first word in the text, and what each word brings to a phrase."""

    first: int
    marks: tuple[int, ...]

    def may_begin(self, at: int) -> bool:
        """Whether a phrase that begins at a word of the sentence soon holds all that it must."""
        return reduce(or_, self.marks[at : at + REACH], 0) == BOTH

    def may_go_on(self, at: int, held: int) -> bool:
        """Whether a phrase that holds `held` may go on to a word of the sentence."""
        return at < len(self.marks) and reduce(or_, self.marks[at:], held) == BOTH


def stretches(text: str, outcome: Outcome) -> Iterator[Stretch]:
    """The sentences of a text in which some run of words can say the outcome's toll."""
    folded = fold_keeping_length(text)
    ends = [match.end() for match in OUTCOME_PATTERNS[outcome].finditer(folded)]
    for first, spans in _sentences(text) if ends else ():
        marks = _marks([_Word(text[a:b], folded[a:b], _ends_within(ends, a, b)) for a, b in spans])
        if reduce(or_, marks, 0) == BOTH:
            yield Stretch(first, tuple(marks))


def weapon_stretches(text: str) -> Iterator[Stretch]:
    """The sentences of a text that name a weapon."""
    ends = [match.end() for match in weapon_pattern().finditer(fold_keeping_length(text))]
    for first, spans in _sentences(text) if ends else ():
        marks = tuple(BOTH if _ends_within(ends, a, b) else 0 for a, b in spans)
        if any(marks):
            yield Stretch(first, marks)


def _sentences(text: str) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Each sentence: the number of its first word in the text, and where its words stand."""
    words = [match.span() for match in _WORD.finditer(text)]
    at = 0
    for _, end in sent_spans(text):
        first = at
        while at < len(words) and words[at][0] < end:
            at += 1
        yield first, words[first:at]


class _Word(NamedTuple):
    text: str
    folded: str
    tells: bool
    """Whether a word (or the last of several) for the outcome ends in it."""


def _ends_within(ends: Sequence[int], start: int, stop: int) -> bool:
    return bisect_right(ends, stop) > bisect_right(ends, start)


def _marks(sentence: Sequence[_Word]) -> list[int]:
    """What each word brings; a name stands for a person only in a sentence that counts none."""
    marks = [OUTCOME if word.tells else _people(word, at_start=at == 0) for at, word in enumerate(sentence)]
    for first, last in _counted_doers(sentence):
        marks[first:last] = [mark & OUTCOME for mark in marks[first:last]]
    counts = any(mark == PEOPLE for mark in marks)
    return [(0 if counts else PEOPLE) if mark == NAME else mark for mark in marks]


def _counted_doers(sentence: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """Where attackers are named, from the figure that counts them on: "five of the attackers"."""
    for at, word in enumerate(sentence):
        if DOERS.isdisjoint(_PART.findall(word.folded)):
            continue
        before = reversed(sentence[max(0, at - COUNTED_WITHIN) : at])
        counted = [back for back, one in enumerate(takewhile(_goes_on, before), 1) if _counts(one)]
        yield at - min(counted, default=0), at + 1


def _goes_on(word: _Word) -> bool:
    """Whether a figure may still count what stands behind the word: no verb of the outcome, no "as", no comma."""
    return not word.tells and word.text[-1] not in ",.;:)–—" and word.folded.strip("(–—") not in _NEW_CLAUSE


def _counts(word: _Word) -> bool:
    return any(part[0].isdigit() or part in _COUNTING for part in _PART.findall(word.folded))


def _people(word: _Word, *, at_start: bool) -> int:
    if _counts(word) or any(may_be_person(part) for part in _PART.findall(word.folded)):
        return PEOPLE
    return NAME if word.text[0].isupper() and not at_start else 0
