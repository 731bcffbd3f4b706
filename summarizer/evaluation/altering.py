"""Altered quotes: what a model would cite if it got one figure or one name wrong, to see that grounding refuses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Literal

Alteration = Literal["figure", "name"]

_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][A-Z][^\W\d_]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*)[\"'“‘«(\[]*$")
# Words of one kind: each may stand for another of its row, and none means the same as another.
_NUMBER_WORDS: tuple[tuple[str, ...], ...] = (
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    ("hundred", "thousand", "million"),
    ("dozens", "scores", "hundreds", "thousands"),
)  # fmt: skip
_ROWS = {word: row for row in _NUMBER_WORDS for word in row}
# "No one", "one another" and "the third" of a share are no figures.
_NO_FIGURE_AFTER = frozenset(["no", "any", "every", "some", "each", "another", "a", "the"])
_ONE_ANOTHER = re.compile(r"\s+another\b")
# Words with a capital that are no names.
_CAPITALISED = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december christmas easter god i mr mrs ms dr col gen lt maj sgt capt prof sr jr st the a an and of in
on at by for from to he she it they we his her their our this that these those"""
_NO_NAMES = frozenset(_CAPITALISED.split())
# Invented; a caller leaves out what stands in the article all the same.
_NAMES = (
    "Velmar", "Ostrik", "Tarunda", "Quimbeth", "Norvane", "Beliskov", "Haddrow", "Zenkala", "Morwick", "Pallenque",
    "Ruthegar", "Sibonga", "Drayfell", "Yarmukh", "Ingolda", "Fenwarra",
)  # fmt: skip
_ACRONYMS = ("QVX", "ZRKO", "WUBN", "XQT", "JVZP", "KWQ")


def altered(quote: str, *, seed: str) -> list[tuple[str, Alteration]]:
    """`quote` with one figure or one proper name changed, once for each figure and each name in it.

    A figure becomes another of its size ("14" becomes "17", "twelve" "nine", "dozens" "hundreds"), a name another name,
    never the same one spelled otherwise.  All other characters stay.  Days of the week, months, titles, and words that
    have a capital only because they open a sentence, are no names.  The same `quote` and `seed` give the same list.
    An alteration may say what the article says elsewhere; a caller leaves out those that stand in it word for word.
    """
    found: list[tuple[str, Alteration]] = []
    for start, end, word, kind in _changes(quote, seed):
        found.append((quote[:start] + word + quote[end:], kind))
    return found


def _changes(quote: str, seed: str) -> Iterator[tuple[int, int, str, Alteration]]:
    for match in _DIGITS.finditer(quote):
        yield match.start(), match.end(), _other_digits(match.group(), f"{seed} {quote} {match.start()}"), "figure"
    shouted = quote.upper() == quote
    for match in _WORD.finditer(quote):
        salt = f"{seed} {quote} {match.start()}"
        row = _ROWS.get(match.group().lower())
        if row is not None:
            if _is_figure(quote, match):
                yield (
                    match.start(),
                    match.end(),
                    _like(_other(row, match.group().lower(), salt), match.group()),
                    "figure",
                )
        elif not shouted and _is_name(quote, match):
            names = _ACRONYMS if match.group().isupper() else _NAMES
            yield match.start(), match.end(), _other(names, match.group(), salt), "name"


def _other_digits(digits: str, salt: str) -> str:
    """The figure with one of its digits changed, the first one never to 0."""
    places = [index for index, character in enumerate(digits) if character.isdigit()]
    at = places[_pick(len(places), salt)]
    first = "1" if at == 0 and len(places) > 1 else "0"
    choices = [digit for digit in "0123456789" if digit >= first and int(digit) != int(digits[at])]
    return digits[:at] + choices[_pick(len(choices), salt + " digit")] + digits[at + 1 :]


def _is_figure(quote: str, match: re.Match[str]) -> bool:
    word = match.group().lower()
    before = re.search(r"(\w+)\s+$", quote[: match.start()])
    if word == "one":
        lone = before is not None and before[1].lower() in _NO_FIGURE_AFTER
        return not lone and _ONE_ANOTHER.match(quote, match.end()) is None
    return True


def _is_name(quote: str, match: re.Match[str]) -> bool:
    """Whether the word has a capital of its own: not at a sentence's start, unless another name follows it."""
    word = match.group()
    if not word[0].isupper() or word.lower() in _NO_NAMES or len(word) < 2:
        return False
    if _SENTENCE_START.search(quote[: match.start()]) is None:
        return True
    after = re.match(r"[ -]([^\W\d_]+)", quote[match.end() :])
    return after is not None and after[1][0].isupper() and after[1].lower() not in _NO_NAMES


def _other(choices: Sequence[str], word: str, salt: str) -> str:
    others = [choice for choice in choices if choice.lower() != word.lower()]
    return others[_pick(len(others), salt)]


def _like(word: str, model: str) -> str:
    """`word` with the capitals of `model`."""
    if model.isupper():
        return word.upper()
    return word.capitalize() if model[0].isupper() else word


def _pick(many: int, salt: str) -> int:
    return int.from_bytes(sha256(salt.encode("utf-8", "surrogatepass")).digest()[:8], "big") % many
