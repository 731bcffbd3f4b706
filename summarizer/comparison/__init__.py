"""Comparison: two values in, how the one stands to the other out; by meaning, by the type of the value."""

from __future__ import annotations

from .names import Comparison, compare_names, proper
from .values import (
    FAMILIES,
    NAMELESS,
    agree,
    compare,
    days,
    figure,
    may_be_vague,
    same_ground,
    same_thing,
    shared_place_words,
    size,
)

__all__ = [
    "FAMILIES",
    "NAMELESS",
    "Comparison",
    "agree",
    "compare",
    "compare_names",
    "days",
    "figure",
    "may_be_vague",
    "proper",
    "same_ground",
    "same_thing",
    "shared_place_words",
    "size",
]
