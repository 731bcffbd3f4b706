"""Quantities compared: whether two figures measure one thing, two states of one thing, or nothing in common.

What a figure measures is told by a few words ("rockets fired", "people on board, by the company").  They are read as
the things counted, what happened to them, and whose figure it is; the words come from `quantities.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import isclose, prod
from typing import Any, NamedTuple

from summarizer.schemas import Quantity

from ..text import tokens
from .names import COMMON, stem


class Measure(NamedTuple):
    """What a figure measures.  `amount` is the figure written out (1.2 million as 1,200,000), `factor` what makes it
    one in the base unit of its dimension, `party` whose figure it is.
    """

    head: str
    things: frozenset[str]
    states: frozenset[str]
    dimension: str
    amount: float
    factor: float
    party: str

    @property
    def value(self) -> float:
        """The figure in the base unit of its dimension."""
        return self.amount * self.factor


_HEDGE = re.compile(
    r"\([^)]*\)|,?\s*\b(?:at least|at most|in all|below|minimum|maximum|low|high|about|dozens|estimated?)\b"
)
_PARTY = re.compile(
    r"(?:,\s*by|\bby (?=[^,]*(?:count|account|figures?|estimates?|reckoning|list)\b)|"
    r",?\s*\baccording to|,?\s*\bas told|"
    r",\s*as (?=.*\b(?:said|says|insisted|claimed|counted)\b))\s*(?P<party>.+)$",
    re.IGNORECASE,
)
_CLOSE = 0.03
"""Share by which two figures in different units may differ and be one, rounded."""
_MILLION = 1e6
_ROUNDING = 1e-9
"""Share by which a computer's figures differ for no reason: 1.1 times a million."""


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("quantities.toml").read_text(encoding="utf-8"))


@cache
def _one_word(section: str) -> dict[str, str]:
    return {stem(word): line[0] for line in _lexicon()[section] for word in line}


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {
        unit: (dimension, factor) for dimension, units in _lexicon()["units"].items() for unit, factor in units.items()
    }


def measure(quantity: Quantity) -> Measure:
    """What a quantity measures, read from its words and its unit."""
    head, things, states, party = _read(quantity.what)
    unit = (quantity.unit or "").strip().lower()
    amount, bare = _written_out(quantity.value, unit)
    if bare == unit:  # some put the word for the noughts with what is counted: 1.2 "million people displaced"
        amount = _written_out(quantity.value, next(iter(quantity.what.lower().split()), ""))[0]
    known = _units().get(bare) or _units().get(bare.removesuffix("s"))
    dimension, factor = known or (stem(bare), 1.0)
    return Measure(head, things, states, dimension, amount, factor, party)


def _written_out(value: float, unit: str) -> tuple[float, str]:
    """The figure with the noughts of "million" and the like, and the unit without such words.

    A figure that has these noughts already (2,000,000 "million") is left as it is.
    """
    scales: dict[str, float] = _lexicon()["multipliers"]
    words = unit.split()
    scale = prod(scales.get(word.removesuffix("s"), 1) for word in words)
    bare = " ".join(word for word in words if word.removesuffix("s") not in scales).removeprefix("of ")
    return value * scale if abs(value) < max(scale, _MILLION) else value, bare


@lru_cache(maxsize=8192)
def _read(what: str) -> tuple[str, frozenset[str], frozenset[str], str]:
    party = _PARTY.search(what)
    core = _HEDGE.sub(" ", what[: party.start()] if party else what).lower()
    for phrase, word in _lexicon()["phrases"].items():
        core = core.replace(phrase, word)
    idle = {stem(word) for word in (*_lexicon()["idle"], *_lexicon()["multipliers"])}
    words = [stem(token.word) for token in tokens(core) if token.word not in COMMON]
    states = frozenset(_one_word("states")[word] for word in words if word in _one_word("states"))
    telling = [
        _one_word("things").get(word, word) for word in words if word not in idle and word not in _one_word("states")
    ]
    if "aboard" in states and "people" not in telling:
        telling.insert(0, "people")
        return "people", frozenset(telling), states, party["party"].strip().lower() if party else ""
    return _head(core, telling), frozenset(telling), states, party["party"].strip().lower() if party else ""


_AMOUNT_OF = re.compile(r"^\s*(?:the )?(?:total |overall |estimated )?(?:number|amount|quantity|total|share) of ")
# Prepositions and the like, and participles that do not end in -ed.
_PHRASE_ENDS = frozenset(
    """of in on at that which who whose from with without per to for above below under near inside outside after before
    during by as and or not still including against between driven seen left lost made sent set sunk torn blown cut kept
    told gone known broken drawn given run""".split()  # noqa: SIM905
)


def _head(core: str, telling: Sequence[str]) -> str:
    """The noun that names what is counted: the last telling word before a preposition or a word of state."""
    head = ""
    for token in tokens(_AMOUNT_OF.sub("", core)):
        word = stem(token.word)
        if head and (token.word in _PHRASE_ENDS or word in _one_word("states") or token.word.endswith("ed")):
            break
        known = _one_word("things").get(word, word)
        head = known if known in telling else head
    return head or (telling[0] if telling else "")


def same_measure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures measure the same thing, equal or not."""
    first, second = measure(one), measure(other)
    if not _same_dimension(first, second):
        return False
    shared = len(first.things & second.things)
    if not shared and first.things and second.things:
        return False
    if isclose(first.amount, second.amount, rel_tol=_ROUNDING) and shared:
        return not (first.states and second.states) or bool(first.states & second.states)
    if first.head != second.head:
        return False
    if first.states or second.states:
        return bool(first.states & second.states) and 2 * shared >= min(len(first.things), len(second.things))
    return first.things <= second.things or second.things <= first.things


def same_figure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures of one thing are the same, units converted."""
    first, second = measure(one), measure(other)
    figures = on_one_scale(one, other)
    spelled = first.amount != one.value, second.amount != other.value
    converted = first.factor != second.factor or spelled[0] != spelled[1]
    return isclose(*figures, rel_tol=_CLOSE if converted and first.dimension == second.dimension else _ROUNDING)


def on_one_scale(one: Quantity, other: Quantity) -> tuple[float, float]:
    """Two figures as numbers that can be compared: in the base unit where both are of one dimension, else written out.

    A figure without a unit is taken to be in the other one's.
    """
    first, second = measure(one), measure(other)
    if first.dimension == second.dimension:
        return first.value, second.value
    return first.amount, second.amount


def other_state(one: Quantity, other: Quantity) -> bool:
    """Whether two figures count the same things in different states, or other things in one state: rockets fired and
    rockets that landed, coaches derailed and coaches overturned, families and people evacuated.
    """
    first, second = measure(one), measure(other)
    if (
        isclose(first.amount, second.amount, rel_tol=_ROUNDING)
        or not _same_dimension(first, second)
        or same_measure(one, other)
    ):
        return False
    if first.states and second.states and not first.states & second.states:
        in_care = {*first.states, *second.states} == {"ill", "hospitalised"}
        return bool((first.things & second.things) - {"people", "money"}) or in_care
    if first.states & second.states & {"evacuated"}:
        return first.things != second.things
    return first.head == second.head and first.head not in _ANY_HEAD and all(_tells_more(m) for m in (first, second))


_ANY_HEAD = frozenset({"", "people", "money", "other", "distance", "length", "cost", "duration", "depth", "relief"})


def _tells_more(measured: Measure) -> bool:
    return bool(measured.states or len(measured.things) > 1)


def is_bound(quantity: Quantity) -> bool:
    """Whether it is one end of a range, which the other end does not contradict."""
    return re.search(r"\b(?:low|high|lower|upper|minimum|maximum|at least|at most|up to)\b", quantity.what) is not None


def _same_dimension(one: Measure, other: Measure) -> bool:
    return not one.dimension or not other.dimension or one.dimension == other.dimension


def slipped(one: Quantity, other: Quantity) -> bool:
    """Whether one figure looks like the other with a wrong unit or with noughts lost or gained."""
    if one.value == other.value and measure(one).dimension == measure(other).dimension:
        return not same_figure(one, other)  # one number, two units
    low, high = sorted(map(abs, on_one_scale(one, other)))
    return low >= 1 and round(high / low, 6) in {10, 100, 1000, 1_000_000}


def rival_parties(one: Quantity, other: Quantity) -> bool:
    """Whether the figures are said to be those of two sides."""
    first, second = measure(one), measure(other)
    return bool(first.party or second.party) and first.party != second.party


def other_reference(one: Quantity, other: Quantity) -> bool:
    """Whether each is measured from or over something that the other is not: above the summit, above sea level."""
    first, second = measure(one), measure(other)
    return bool(first.things - second.things) and bool(second.things - first.things)


def grows(quantity: Quantity) -> bool:
    """Whether it is a figure that grows as reporters learn more."""
    return bool(measure(quantity).states & set(_lexicon()["growing"]))


def is_revised(quantity: Quantity) -> bool:
    """Whether it is a measurement of which the first value is preliminary, such as a magnitude."""
    return bool(measure(quantity).things & set(_lexicon()["revised"]))


def counts_dead_attackers(quantity: Quantity) -> bool:
    """Whether it is the number of attackers who were killed."""
    measured = measure(quantity)
    return measured.head == "attackers" and "killed" in measured.states
