"""Every figure that stands in some words, whatever it measures."""

from __future__ import annotations

import re

from ..text import fold, words
from .numbers import numbers

_MIXED = re.compile(r"\b(\d+)[ -](\d+)/(\d+)\b")
_FRACTION = re.compile(r"(?<![\d/])(\d+)/(\d+)(?![\d/])")
_SUFFIXED = re.compile(r"(?<![\w.])(\d+(?:[.,]\d+)*)\s?-?(k|m|mn|bn|b|million|billion|thousand|hundred|lakh|crore)\b")
_PLAIN = re.compile(r"(?<![\w.,])[a-z]?(\d{1,3}(?:[ ,.]\d{3})+|\d+(?:[.,]\d+)?)")
_SCALE = {
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "million": 1e6, "billion": 1e9, "thousand": 1e3,
    "hundred": 1e2, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_VULGAR = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
_WORD_FRACTIONS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}


def figures_in(text: str) -> set[float]:
    """The figures that `text` says in digits, words or fractions: `2 1/2`, `3.5 million`, `1,200`, `two dozen`."""
    for sign, written in _VULGAR.items():
        text = text.replace(sign, written)
    folded = " ".join(fold(word) for word in text[:5000].split())
    found = {number.value for number in numbers(words(folded))}
    for match in _MIXED.finditer(folded):
        if int(match[3]):
            found.add(int(match[1]) + int(match[2]) / int(match[3]))
    for match in _FRACTION.finditer(folded):
        if int(match[2]):
            found.add(int(match[1]) / int(match[2]))
    for match in _SUFFIXED.finditer(folded):
        found |= {number * _SCALE[match[2]] for number in _readings(match[1])}
    for match in re.finditer(r"\d+(?:[., ]\d+)*", folded):
        found |= _readings(match.group())
    return found | _halves(folded, found) | _singles(folded)


def _readings(digits: str) -> set[float]:
    """A figure with its marks read as thousands and as decimals: `1.500` is 1500 here and 1.5 there."""
    readings = set()
    if re.fullmatch(r"\d{1,3}(?:[., ]\d{3})+", digits):
        readings.add(float(re.sub(r"[., ]", "", digits)))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", digits):
        readings.add(float(digits.replace(",", ".")))
    if match := re.fullmatch(r"(\d{1,3}(?:,\d{3})+)\.(\d+)", digits):
        readings.add(float(match[1].replace(",", "") + "." + match[2]))
    readings |= {float(part) for part in re.findall(r"\d+", digits) if " " in digits}
    return readings


def _halves(folded: str, found: set[float]) -> set[float]:
    """ "two and a half", "one and a half million", "half a million"."""
    halves: set[float] = set()
    for match in re.finditer(r"\b(\w+) and (?:a )?(half|quarter)(?: (million|billion|thousand|hundred))?\b", folded):
        for number in numbers([match[1]]):
            halves.add((number.value + _WORD_FRACTIONS[match[2]]) * _SCALE.get(match[3] or "", 1))
    for match in re.finditer(r"\b(half|quarter)(?: of)? an? (million|billion|dozen|thousand|hundred)\b", folded):
        halves.add(_WORD_FRACTIONS[match[1]] * (_SCALE | {"dozen": 12})[match[2]])
    if re.search(r"\bhalf\b", folded):
        halves |= {0.5} | {number + 0.5 for number in found if number < 1000}
    return halves


def _singles(folded: str) -> set[float]:
    singles = {1.0} if re.search(r"\b(?:a|an|one|single|another|the|his|her|once)\b", folded) else set()
    if re.search(r"\b(?:both|twice|pair|couple|two|double)\b", folded):
        singles.add(2.0)
    if re.search(r"\b(?:no|none|nobody|nothing|zero|nil|without)\b", folded):
        singles.add(0.0)
    return singles
