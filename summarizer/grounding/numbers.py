"""Numbers in digits and words: "two hundred and ten", "3.5 million", "half a dozen", "dozens"."""

from __future__ import annotations

from typing import NamedTuple

from ..text import GROUPS, SCALES, TENS, UNITS, VAGUE


class Number(NamedTuple):
    """A figure read from a run of tokens: `value`, whether it is a vague word, and the tokens `start` to `end`."""

    value: float
    vague: bool
    start: int
    end: int


_LARGEST = 1e12
"""Larger figures count nothing that news counts, and floats would not hold them exactly."""


def read_number(run: list[str], start: int) -> Number | None:
    """The number that begins at word `start` of the folded words `run`, digits and words, else None.

    `two hundred and ten`, `3.5 million`, `twenty-seven` (as two words), `half a dozen`, `dozens`, `1200`.
    """
    word = run[start]
    if (
        word in VAGUE
        and run[start + 1 : start + 2] == ["of"]
        and run[start + 2 : start + 3] in (["thousands"], ["millions"])
    ):
        return Number(VAGUE[word] * SCALES[run[start + 2][:-1]], True, start, start + 3)
    if word in VAGUE:
        return Number(VAGUE[word], True, start, start + 1)
    if word == "half" and run[start + 1 : start + 3] == ["a", "dozen"]:
        return Number(6, False, start, start + 3)
    if word == "a" and start + 1 < len(run) and run[start + 1] in {**GROUPS, **SCALES}:
        value = {**GROUPS, **SCALES}[run[start + 1]]
        return Number(value, False, start, start + 2) if run[start + 1] not in {"quartet"} else None
    if word[0].isdigit():
        return _digits(run, start)
    if word in GROUPS:
        return Number(GROUPS[word], False, start, start + 1) if word == "dozen" else None
    return _spelled(run, start)


def _digits(run: list[str], start: int) -> Number | None:
    try:
        value = float(run[start])
    except ValueError:
        return None
    end = start + 1
    while end < len(run) and (run[end] in SCALES or run[end] == "dozen"):
        value *= SCALES.get(run[end], 12)
        end += 1
    return Number(value, False, start, end) if value <= _LARGEST else None


def _spelled(run: list[str], start: int) -> Number | None:
    total, part, end = 0.0, 0.0, start
    seen = False
    while end < len(run):
        word = run[end]
        if word in UNITS and (not seen or (part % 10 == 0 and (part % 100 >= 20 or part % 100 == 0))):
            part += UNITS[word]
        elif word in TENS and (not seen or part % 100 == 0):
            part += TENS[word]
        elif word == "hundred" and seen:
            part *= 100
        elif word in {"thousand", "million", "billion"} and seen:
            total, part = total + part * SCALES[word], 0.0
        elif word == "dozen" and seen:
            part *= 12
        elif word == "score" and seen and run[end - 1] != "and":
            part *= 20
        elif word == "and" and seen and run[end - 1] in SCALES and _continues(run, end + 1):
            pass
        else:
            break
        seen, end = True, end + 1
    return Number(total + part, False, start, end) if seen and total + part <= _LARGEST else None


def _continues(run: list[str], index: int) -> bool:
    """Whether the word after "hundred and" goes on with the number rather than with another thing."""
    return index < len(run) and (run[index] in UNITS or run[index] in TENS)


def numbers(run: list[str]) -> list[Number]:
    """Every number in the folded words `run`, from left to right, none overlapping."""
    found: list[Number] = []
    index = 0
    while index < len(run):
        number = read_number(run, index)
        if number is None:
            index += 1
        else:
            found.append(number)
            index = number.end
    return found
