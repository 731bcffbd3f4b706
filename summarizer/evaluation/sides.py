"""Whether a side of a listed difference is a side of a planted one.

Where both give figures, the figures must meet; so must days, and words of a fixed list.  Elsewhere the gold has an
annotator's words ("accused by police"), and what tells the side is that both name a common source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from summarizer.comparison import figure, proper
from summarizer.grounding.counts import parse_count
from summarizer.grounding.numbers import numbers
from summarizer.schemas import CasualtyGroup, Claim, Count, DateSpan, Perpetrator, Quantity
from summarizer.schemas.values import EventType, ResponsibilityClaim, Stage

from .gold import GoldClaim, GoldConflict

CHOICES = frozenset({*get_args(EventType), *get_args(Stage), *get_args(ResponsibilityClaim)})
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+|[-–/]")
_DAY = re.compile(r"\b\d{4}(?:-\d{2}){0,2}\b")
_NONE = re.compile(r"(?:no|none|nobody|nothing)\b")
_UP_TO = frozenset(["to", "or", "-", "–", "/"])


def same_side(gold: GoldClaim, claim: Claim[Any], planted: GoldConflict, source_of: Mapping[str, str]) -> bool:
    """Whether a listed claim is one side of the planted difference; `source_of` gives source ids by article ids."""
    value = claim.value
    shared = not {source_of[article] for article in gold.articles}.isdisjoint(claim.sources)
    if isinstance(value, Count):
        wanted = figures_of(gold.value, planted.field)
        return figure(value) in wanted if wanted else shared
    if isinstance(value, Quantity | CasualtyGroup):
        return shared and _same_thing(gold, value, planted)
    if isinstance(value, DateSpan) and (days := _DAY.findall(str(gold.value))):
        return value.start in days or value.end in days
    if isinstance(value, str) and gold.value in CHOICES:
        return value == gold.value
    if isinstance(value, Perpetrator):
        return shared and bool(proper(value.name) & _words_of(planted))
    return shared


def _same_thing(gold: GoldClaim, value: Quantity | CasualtyGroup, planted: GoldConflict) -> bool:
    """The same figure; where the gold has none, a common word of what is counted."""
    wanted = all_figures(gold.value)
    if wanted:
        return figure(value) in wanted
    told = value.what if isinstance(value, Quantity) else value.group
    return bool(proper(told) & proper(f"{gold.value} {planted.part}"))


def _words_of(planted: GoldConflict) -> frozenset[str]:
    return proper(" ".join(str(told) for told in (planted.resolved, *(claim.value for claim in planted.claims))))


def figures_of(value: float | str, field: str) -> frozenset[float]:
    """The figures that a claim about one toll may mean: its first one, both ends of a range, and the sum of its parts.

    "8 to 10 militia members" is 8 or 10, "9 soldiers and 2 contractors" 9 or 11, "dozens" 24, "none: two found alive"
    0; "5 dead and 14 wounded" is 5 where `field` asks for the killed.  Nothing for words without a figure.
    """
    if not isinstance(value, str):
        return frozenset({float(value)})
    if _NONE.match(value.lower()):
        return frozenset({0.0})
    run = _words(value)
    found = numbers(run)
    if not found:
        return frozenset()
    ends = [number.value for number in found[:2]]
    if not (found[1:] and found[1].start == found[0].end + 1 and run[found[0].end] in _UP_TO):
        ends = ends[:1]
    said = parse_count(value, field)
    return frozenset({*ends, *([float(said.figure)] if said is not None else [])})


def all_figures(value: float | str) -> frozenset[float]:
    """Every figure of a claim; 0 for words that begin with a no."""
    if not isinstance(value, str):
        return frozenset({float(value)})
    if _NONE.match(value.lower()):
        return frozenset({0.0})
    return frozenset(number.value for number in numbers(_words(value)))


def _words(value: str) -> list[str]:
    return [word.replace(",", "") for word in _WORD.findall(value.lower())]
