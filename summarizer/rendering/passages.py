"""An article's text as paragraphs in which every located quote is marked.

Quotes of several fields overlap.  Overlapping quotes make one passage, with one footnote; inside it the text is cut
into pieces, each of which knows the quotes that cover it, so that any one quote can be lit up letter for letter.
Spans count code points, as Python does, and so all cutting is done here and none in the page's script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

Tone = Literal["supports", "differs", "explained", "unverified"]
# The tone of words that several proofs share: the first of these.
_TONES: tuple[Tone, ...] = ("differs", "explained", "supports", "unverified")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Proof:
    """A quote as a field of an incident uses it; `start` and `end` are offsets into the article's text."""

    start: int
    end: int
    tone: Tone
    row: str
    """The anchor of the field's row."""
    words: str
    """What the quote proves there: `1. Injured: 14`."""


@dataclass(frozen=True)
class Piece:
    text: str
    quotes: str
    """The keys of the quotes that cover it, separated by blanks."""
    tone: Tone


@dataclass(frozen=True)
class Passage:
    anchor: str
    number: int
    proofs: list[Proof]


@dataclass(frozen=True)
class Run:
    """Part of a paragraph: plain text, or the pieces of a passage."""

    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    passage: Passage | None = None
    opens: bool = False
    """Whether the passage begins here, and so carries its anchor here."""
    closes: bool = False
    """Whether the passage ends here, and so carries its footnote here."""


@dataclass(frozen=True)
class MarkedText:
    paragraphs: list[list[Run]]
    passages: list[Passage]


def quote_key(article: str, start: int, end: int) -> str:
    """The name of a quote in the page: the same words that prove several fields are one quote."""
    return f"{article}-{start}-{end}"


def mark_text(text: str, proofs: Sequence[Proof], *, article: str) -> MarkedText:
    """The text with its quotes marked; `article` is the anchor of its pane.

    Proofs whose span does not lie within the text are left out: a record from elsewhere may hold any number.
    """
    inside = sorted(
        (proof for proof in proofs if 0 <= proof.start < proof.end <= len(text)),
        key=lambda proof: (proof.start, -proof.end),
    )
    passages = [
        Passage(f"{article}-p{number}", number, group) for number, group in enumerate(_overlapping(inside), start=1)
    ]
    paragraphs = []
    for line in _LINE.finditer(text):
        if line.group().strip():
            paragraphs.append(list(_runs(text, line.start(), line.end(), passages, article)))
    return MarkedText(paragraphs, passages)


def _overlapping(proofs: Sequence[Proof]) -> Iterator[list[Proof]]:
    group: list[Proof] = []
    end = 0
    for proof in proofs:
        if group and proof.start >= end:
            yield group
            group = []
        group.append(proof)
        end = max(end, proof.end) if len(group) > 1 else proof.end
    if group:
        yield group


def _runs(text: str, start: int, end: int, passages: Sequence[Passage], article: str) -> Iterator[Run]:
    position = start
    for passage in passages:
        first, last = passage.proofs[0].start, max(proof.end for proof in passage.proofs)
        low, high = max(first, start), min(last, end)
        if low >= high:
            continue
        if low > position:
            yield Run(text=printable(text[position:low]))
        pieces = list(_pieces(text, low, high, passage.proofs, article))
        yield Run(pieces=pieces, passage=passage, opens=first >= start, closes=last <= end)
        position = high
    if position < end:
        yield Run(text=printable(text[position:end]))


def _pieces(text: str, low: int, high: int, proofs: Sequence[Proof], article: str) -> Iterator[Piece]:
    edges = {edge for proof in proofs for edge in (proof.start, proof.end) if low < edge < high}
    cuts = [low, *sorted(edges), high]
    for start, end in pairwise(cuts):
        covering = [proof for proof in proofs if proof.start <= start and end <= proof.end]
        keys = dict.fromkeys(quote_key(article, proof.start, proof.end) for proof in covering)
        tone = min((proof.tone for proof in covering), key=_TONES.index)
        yield Piece(printable(text[start:end]), " ".join(keys), tone)


def printable(text: str) -> str:
    """`text` with what no page may hold, or what turns text around, replaced sign for sign, so that spans still hold.

    Marks that scripts written from the right need (U+200E, U+200F, U+200C, U+200D) stay.
    """
    return "".join("\ufffd" if _is_steering(sign) else sign for sign in text)


def _is_steering(sign: str) -> bool:
    if sign in "\t\n" or sign.isprintable():
        return False
    return (
        unicodedata.category(sign) in {"Cc", "Cs"} or sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
