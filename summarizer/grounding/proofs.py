"""Proving words for values that come without a quote: event type, stage, claim of responsibility."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..lexicon import strong_triggers, triggers
from ..text import Passages

_SECTIONS = ("event_type", "stage", "responsibility_claim")
_MAX_HITS = 4000


class Proof(NamedTuple):
    """Where the proving words stand."""

    start: int
    end: int


@cache
def section_of(choices: tuple[str, ...]) -> str | None:
    """The section of the trigger lexicon that knows the most values of an enumeration; None where it knows none."""
    known = {section: len(set(choices) & set(triggers(section))) for section in _SECTIONS}
    best = max(_SECTIONS, key=lambda section: known[section])
    return best if known[best] else None


NOT_SAID = "no words of the article say this"


def prove(
    choices: tuple[str, ...], value: str, event_type: str | None, passages: Passages, located: Sequence[tuple[int, int]]
) -> tuple[Proof | None, str | None]:
    """The proving words of one value of an enumeration, or why there are none.

    `located` are the spans of the report's located quotes: the proof nearest to them wins.  An event of type `other`
    is proven by the first of them, an `accomplished` stage by the words of the `event_type`, unless the sentence of
    those words says that it failed, was foiled or only threatened.
    """
    section, near = section_of(choices), [start for start, _ in located]
    if section is None:
        proof = _own_words(value, passages, near)
        return proof, None if proof else NOT_SAID
    if section == "event_type" and value == "other":
        return (Proof(*located[0]), None) if located else (None, NOT_SAID)
    if section == "stage" and value not in triggers("stage"):
        return _accomplished(event_type, passages, located)
    proof = find_proof(section, value, passages, near)
    return proof, None if proof else NOT_SAID


def _own_words(value: str, passages: Passages, near: Sequence[int]) -> Proof | None:
    """The value's own words, for an enumeration that the lexicon does not know."""
    words = r"[\W_]+".join(re.escape(word) for word in value.lower().split("_"))
    hits = [match.span() for match in re.finditer(rf"(?<!\w){words}(?!\w)", passages.folded)]
    return Proof(*min(hits, key=lambda span: (_distance(span[0], sorted(near)), span[0]))) if hits else None


_UNDONE = re.compile(
    r"(?<!\w)(?:foiled|thwarted|failed to|hoax|threatened to|threat(?:s)? to|plotted|plot to|planned to)(?!\w)"
)


def _accomplished(
    event_type: str | None, passages: Passages, located: Sequence[tuple[int, int]]
) -> tuple[Proof | None, str | None]:
    if event_type is None:
        return None, NOT_SAID
    near = [start for start, _ in located]
    proof = (
        Proof(*located[0])
        if event_type == "other" and located
        else find_proof("event_type", event_type, passages, near)
    )
    if proof is None:
        return None, NOT_SAID
    start, end = passages.sentence(proof.start)
    undone = _UNDONE.search(passages.folded[start:end])
    return (None, f"its sentence says otherwise ({undone.group()})") if undone else (proof, None)


def find_proof(section: str, value: str, passages: Passages, near: Sequence[int]) -> Proof | None:
    """The words that prove `value`, the occurrence nearest to the offsets `near` winning: words that name the value
    plainly first where they stand in a paragraph of `near`, then any.  None without a word for it."""
    weak = triggers(section).get(value)
    if weak is None:
        return None
    strong = strong_triggers(section)[value]
    folded = passages.folded
    hits = [match.span() for match, _ in zip(weak.finditer(folded), range(_MAX_HITS), strict=False)]
    if not hits:
        return None
    anchors = sorted(near)
    paragraphs = {passages.paragraph(offset) for offset in anchors}
    scored = min(
        hits,
        key=lambda span: (
            bool(anchors) and passages.paragraph(span[0]) not in paragraphs,
            strong.fullmatch(folded, *span) is None,
            _distance(span[0], anchors),
            span[0],
        ),
    )
    return Proof(*scored)


def _distance(offset: int, anchors: Sequence[int]) -> int:
    """How far the nearest anchor is; 0 without any."""
    if not anchors:
        return 0
    index = bisect_right(anchors, offset)
    return min(abs(offset - anchor) for anchor in anchors[max(0, index - 1) : index + 1])
