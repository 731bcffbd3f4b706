"""Text helpers that several stages share: normalising with a way back to the original, words, sentences, numbers."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from html import unescape
from typing import NamedTuple

_QUOTE_MARKS = "\"'`´‘’‚‛“”„‟‹›«»′″ʻʼʿʾ＂＇"
_DASHES = "-‐‑‒–—―−﹘﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
# Runs that change their length: entities, white space, quote marks, dashes with the space around them, the ellipsis,
# invisible characters, and letters followed by combining marks.
_RUNS = re.compile(
    rf"(?P<letter>\w[\u0300-\u036f]+|[\u0130ßﬀ-ﬆ])|(?P<entity>&(?:[A-Za-z]{{2,8}}|\#\d{{1,6}}|\#[xX][0-9a-fA-F]{{1,6}});)"
    rf"|(?P<dash>\s*[{re.escape(_DASHES)}]+\s*)|(?P<space>\s\s+)|(?P<quotes>[{_QUOTE_MARKS}]{{2,}})|(?P<dots>…)"
    rf"|(?P<nothing>[{_INVISIBLE}]+)"
)
# The same for plain ASCII, where a run can begin with few characters, so that the others are passed over quickly.
_ASCII_RUNS = re.compile(
    r"[-&\s\"'`](?:(?<=&)(?P<entity>(?:[A-Za-z]{2,8}|\#\d{1,6}|\#[xX][0-9a-fA-F]{1,6});)"
    r"|(?P<dash>(?<=-)-*\s*|(?<=\s)\s*-+\s*)|(?P<space>(?<=\s)\s+)|(?P<quotes>(?<=[\"'`])[\"'`]+))"
)
_SHORT_RUNS = {"dash": "-", "space": " ", "quotes": "'", "dots": "...", "nothing": ""}
_TOKEN = re.compile(r"\d+(?:[.,:/\u066b\u066c，．]\d+)*|[^\W\d_]+|\d", re.UNICODE)
_DIGIT_MARKS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@cache
def _one_to_one() -> dict[int, str]:
    """Characters that fold to one other: quote marks, dashes, odd spaces, the decimal digits of every script."""
    table = {ord(mark): "'" for mark in _QUOTE_MARKS} | {ord(dash): "-" for dash in _DASHES}
    table |= {0x66B: ".", 0x66C: ","}  # what parts Arabic figures
    table |= {code: " " for code in range(0x3001) if chr(code).isspace()}
    for code in range(0x660, 0x20000):  # no script beyond has decimal digits
        value = unicodedata.decimal(chr(code), None)
        if value is not None:
            table[code] = str(int(value))
    return table


class Token(NamedTuple):
    """A word or a figure, folded for comparison, with its offsets in the text that it was cut from."""

    word: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True)
class Normalised:
    """A text with white space, quotes, dashes, case, digits and entities folded, and the way back to the original."""

    text: str
    _at: tuple[int, ...]
    _origin: tuple[int, ...]
    _stretch: tuple[bool, ...]

    def origin(self, offset: int) -> int:
        """Where the character at `offset` of the normalised text begins in the original one."""
        index = bisect_right(self._at, offset) - 1
        if self._stretch[index]:
            return self._origin[index]
        return self._origin[index] + offset - self._at[index]

    def origin_end(self, offset: int) -> int:
        """Where the character before `offset` of the normalised text ends in the original one."""
        if offset == 0:
            return 0
        index = bisect_right(self._at, offset - 1) - 1
        if self._stretch[index]:
            return self._origin[index + 1]
        return self._origin[index] + offset - self._at[index]


def normalise(text: str) -> Normalised:
    """`text` folded for comparison in one pass, linear in its length."""
    parts: list[str] = []
    at, origin, stretch = [0], [0], [False]
    length = position = 0
    for match in (_ASCII_RUNS if text.isascii() else _RUNS).finditer(text):
        kind = match.lastgroup or ""
        folded = _SHORT_RUNS.get(kind)
        if folded is None:
            folded = _folded_letter(match.group()) if kind == "letter" else _folded_entity(match.group())
        elif kind == "dash" and match.end() - match.start() == 1:
            continue
        plain = _folded_plain(text[position : match.start()]) if position < match.start() else ""
        parts += (plain, folded)
        length += len(plain)
        at += (length, length + len(folded))
        origin += (match.start(), match.end())
        stretch += (True, False)
        length += len(folded)
        position = match.end()
    parts.append(_folded_plain(text[position:]))
    return Normalised("".join(parts), tuple(at), tuple(origin), tuple(stretch))


@lru_cache(maxsize=4096)
def _folded_letter(run: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", run).casefold())


@lru_cache(maxsize=256)
def _folded_entity(run: str) -> str:
    """The character of an entity, folded; what HTML does not know stays as it is."""
    decoded = unescape(run)
    return " " if decoded.isspace() else _folded_plain(decoded)


def _folded_plain(text: str) -> str:
    """`text` in lower case with one-to-one folds, never changing its length."""
    folded = text.translate(_one_to_one()) if not text.isascii() else text.translate(_ASCII)
    lowered = folded.lower()
    return lowered if len(lowered) == len(text) else "".join(_lowered(character) for character in folded)


_ASCII = {ord('"'): "'", ord("`"): "'"} | dict.fromkeys((9, 10, 11, 12, 13, 28, 29, 30, 31), " ")


def _lowered(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def fold(word: str) -> str:
    """One word without case and diacritics, its digits in ASCII: `Norðurgátt` → `norðurgatt`, `١٤` → `14`."""
    if word.isascii():
        return word.lower()
    if word.isnumeric() and not word.isdecimal():
        return word  # ½ is no "12", Ⅻ no name
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))
    return bare.translate(_one_to_one()).casefold()


def fold_keeping_length(text: str) -> str:
    """`text` in lower case without diacritics, one character for one."""
    if text.isascii():
        return text.lower()
    return text.translate(_ONE_FOR_ONE)


class _Folds(dict[int, str]):
    """Characters to their folded form where that is one character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_ONE_FOR_ONE = _Folds()


def tokens(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Token]:
    """The words and figures of `text` from `start` to `end` in order, folded; `1,200` is the one token `1200`."""
    for match in _TOKEN.finditer(text, start, end):
        raw = match.group()
        yield Token(_word(raw), match.start(), match.end(), raw[0].isupper() and raw[0].isalpha())


def _word(raw: str) -> str:
    """A token folded, its thousands without commas."""
    word = raw.lower() if raw.isascii() else fold(raw)
    return _DIGIT_MARKS.sub("", word) if "," in word else word


def words(text: str) -> list[str]:
    """The folded words and figures of `text`."""
    return [token.word for token in tokens(text)]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of `text`, contiguous, in order; a line break between paragraphs always ends one."""
    from nupunkt import sent_spans  # its model is loaded on first use

    spans: list[tuple[int, int]] = []
    for start, end in paragraph_spans(text):
        spans += [(start + one, start + other) for one, other in sent_spans(text[start:end])] or [(start, end)]
    return spans


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs of `text`: every line that is not blank is one."""
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def span_at(spans: list[tuple[int, int]], offset: int) -> tuple[int, int]:
    """The span that holds `offset`, else the last one before it; (0, 0) without any."""
    index = bisect_right(spans, (offset, sys.maxsize)) - 1
    return spans[max(index, 0)] if spans else (0, 0)


class Passages:
    """A text with its normalised form, tokens, sentences and paragraphs, each made once and only when asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def normalised(self) -> Normalised:
        return normalise(self.text)

    @cached_property
    def folded(self) -> str:
        """The text in lower case without diacritics, one character for one, so that offsets hold."""
        return fold_keeping_length(self.text)

    @cached_property
    def token_starts(self) -> array[int]:
        """Where each word or figure begins.  Tokens of a long text are made for the passages looked at alone."""
        return array("L", (match.start() for match in _TOKEN.finditer(self.text)))

    def tokens(self, low: int, high: int) -> list[Token]:
        """The tokens of the text from the one numbered `low` up to `high`."""
        starts = self.token_starts[low : high + 1]
        end = starts[high - low] if len(starts) > high - low else len(self.text)
        return list(tokens(self.text, starts[0], end)) if starts else []

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """The numbers of the tokens at which each word stands."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(map(_word, _TOKEN.findall(self.text))):
            found.setdefault(word, []).append(index)
        return found

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        return sentence_spans(self.text)

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        return paragraph_spans(self.text)

    def count(self, words: str) -> int:
        """How often `words` stand in the text, case and white space aside."""
        needle = normalise(words).text.strip()
        return self.normalised.text.count(needle) if needle else 0

    def sentence(self, offset: int) -> tuple[int, int]:
        """Offsets of the sentence at `offset`."""
        return span_at(self.sentences, offset)

    def paragraph(self, offset: int) -> tuple[int, int]:
        """Offsets of the paragraph at `offset`."""
        return span_at(self.paragraphs, offset)


UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
GROUPS = {"dozen": 12, "score": 20, "couple": 2, "pair": 2, "trio": 3, "quartet": 4}
VAGUE = {
    "several": 3,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "tens": 20,
}
ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
}  # fmt: skip
NUMBER_WORDS = frozenset({*UNITS, *TENS, *SCALES, *GROUPS, *VAGUE, *ORDINALS, "half", "both", "once", "twice"})
