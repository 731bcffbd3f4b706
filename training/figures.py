"""Other figures for the people that an article counts: the same everywhere, sums still sums, words still words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from random import Random
from typing import Any

from summarizer.schemas import Count, Finding

from summarizer.lexicon.casualty_words import OUTCOME_PATTERNS, may_be_person
from summarizer.text import fold

from .example import Example
from .rewriting import like, rewritten

_UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: number for number, word in enumerate(_UNITS)} | {word: 10 * at for at, word in enumerate(_TENS, start=2)}
_SPELLED = "|".join(sorted(WORDS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,:/$£€#+-])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}|(?:(?:{'|'.join(_TENS)})[- ])?\b(?:{_SPELLED}))"
    r"(?![\w:/%°+]|[.,]\d|-\w)",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NOT_PEOPLE_BEFORE = re.compile(
    rf"(?:\b{_MONTH}|\b(?:aged?|no|nos|number|highway|route|road|at|km|mile|chapter|section|hundred|and a|point|us|by))"
    r"\s*$",
    re.IGNORECASE,
)
_NOT_PEOPLE_AFTER = re.compile(
    rf"^[\s-]*(?:{_MONTH}\b|(?:years?|mm|cm|km|kilomet|met(?:re|er)|miles?|feet|foot|inch|hours?|minutes?|seconds?|days?"
    r"|weeks?|months?|[ap]\.?m\b|o'clock|per ?cent|percent|degrees|dollars|euros|pounds|hundred|thousand|million"
    r"|billion|dozen|tonnes?|tons?|kilo|litres?|gallons?|storeys?|stor(?:y|ies)|floors?|hectares?|acres?|calib|magnitude"
    r"|of the|of them|knots|street|avenue|th\b|times))",
    re.IGNORECASE,
)
_NEAR = 3
_TRIES = 300


def refigured(example: Example, chance: Random) -> Example | None:
    """The example with other figures of people; None where it counts nobody, or where sums cannot be kept."""
    numbers = sorted(_counted(example))
    mapping = _mapping(numbers, chance)
    if mapping is None:
        return None
    try:
        return rewritten(example, lambda text: _replaced(text, mapping), lambda one: _recounted(one, mapping))
    except ValueError:  # a phrase counts by more than its figures' sum
        return None


def people_in(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The numbers from two up in a text that do not measure time, money, distance and the like."""
    for match in _NUMBER.finditer(text):
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
        number = value_of(match.group())
        aged = before.endswith(", ") and re.match(r"\s*[,.;]", after)
        if number >= 2 and not aged and not _NOT_PEOPLE_BEFORE.search(before) and not _NOT_PEOPLE_AFTER.match(after):
            yield number, match


def value_of(words: str) -> int:
    """The number of a run of digits, or of one or two number words."""
    if words[0].isdigit():
        return int(words.replace(",", ""))
    return sum(WORDS[part] for part in re.split(r"[- ]", words.lower()))


def in_words(number: int) -> str:
    """A number under a hundred as English spells it."""
    if number < len(_UNITS):
        return _UNITS[number]
    ten, unit = divmod(number, 10)
    return _TENS[ten - 2] + (f"-{_UNITS[unit]}" if unit else "")


def _counted(example: Example) -> set[int]:
    """The figures of the tolls, and those that stand beside a word for people or for what became of them."""
    quotes = [
        finding.quote or ""
        for report in example.reports
        for name in OUTCOME_PATTERNS
        if (finding := getattr(report, name))
    ]
    found = {number for quote in quotes for number, _ in people_in(quote)}
    for text in (example.article.text, example.article.title or ""):
        for number, match in people_in(text):
            following = [fold(word) for word in re.findall(r"[^\W\d_]+", text[match.end() : match.end() + 40])[:_NEAR]]
            if any(may_be_person(word) for word in following) or any(
                pattern.search(" ".join(following)) for pattern in OUTCOME_PATTERNS.values()
            ):
                found.add(number)
    return {number for number in found if number < 10_000 and not 1900 <= number <= 2100}


def _mapping(numbers: list[int], chance: Random) -> dict[int, int] | None:
    """Each number's new one: in the same order, a sum of two or three still their sum."""
    sums = list(_sums(numbers))
    for _ in range(_TRIES if numbers else 0):
        drawn = {1: 1, **{number: _drawn(number, chance) for number in numbers}}
        for *parts, whole in sums:  # numbers rise, so parts stand before their sums
            drawn[whole] = sum(drawn[part] for part in parts)
        kept = all(sum(drawn[part] for part in parts) == drawn[whole] for *parts, whole in sums)
        ordered = [drawn[number] for number in numbers]
        if kept and ordered == sorted(set(ordered)) and ordered != numbers:
            return drawn
    return None


def _drawn(number: int, chance: Random) -> int:
    if number >= 100:
        unit = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
        return max(100, round(number * chance.uniform(0.6, 1.8) / unit) * unit)
    return chance.randint(max(2, round(0.5 * number)), 2 * number + 4)


def _sums(numbers: list[int]) -> Iterator[tuple[int, ...]]:
    known, parts = set(numbers), [1, *numbers]
    for size in (2, 3):
        for group in combinations(parts, size):
            if sum(group) in known:
                yield (*group, sum(group))
    yield from ((number, number, 2 * number) for number in numbers if 2 * number in known)


def _replaced(text: str, mapping: Mapping[int, int]) -> str:
    done, end = [], 0
    for number, match in people_in(text):
        new = mapping.get(number)
        if new is not None:
            done += [text[end : match.start()], _written(new, match.group())]
            end = match.end()
    return "".join([*done, text[end:]])


def _written(number: int, model: str) -> str:
    if model[0].isdigit() or number >= 100:
        return f"{number:,}" if "," in model or number >= 10_000 else str(number)
    return like(in_words(number), model)


def _recounted(finding: Finding[Any], mapping: Mapping[int, int]) -> Any:
    """A count's new value: its figures' own, or, for a sum that is not written out, what its parts grew by."""
    if not isinstance(finding.value, Count):
        return finding.value
    grown = sum(mapping.get(number, number) - number for number, _ in people_in(finding.quote or ""))
    count: Count = finding.value
    written = {number for number, _ in people_in(finding.quote or "")}
    sides = {
        side: mapping.get(old, old) if old in written else old + grown
        for side in ("low", "best", "high")
        if (old := getattr(count, side)) is not None
    }
    return Count(**sides, qualifier=count.qualifier)
