"""Metrics: what is counted in each set, and the figure, its interval and its count over all sets.

Articles of one set are not independent of each other, so the interval resamples whole sets (a cluster bootstrap, after
Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

Kind = Literal["share", "f1", "b_cubed", "total", "mean"]
DRAWS = 1000
"""Bootstrap samples: the interval runs from the 2.5th to the 97.5th percentile of their figures."""


class Definition(NamedTuple):
    """What a metric means and how its parts add up; `falling` where less is better."""

    meaning: str
    kind: Kind = "share"
    falling: bool = False


class Part(NamedTuple):
    """One set's share in a metric.

    share and mean: `hits` of `of`; total: `hits`; f1: `hits` right of `of` given, `against` wanted; b_cubed: the sum
    of precision (`hits`) over `given` reports and that of recall (`against`) over `of` wanted ones.
    """

    hits: float
    of: float
    against: float
    given: float = 0


class Metric(BaseModel):
    """A figure with its 95 % interval and the number of things that it was counted over; None over nothing."""

    model_config = ConfigDict(frozen=True)

    value: float | None
    low: float | None
    high: float | None
    n: int


class Scores:
    """Collects the parts of every metric, by set."""

    def __init__(self, definitions: dict[str, Definition]) -> None:
        self.definitions = definitions
        self._parts: defaultdict[str, dict[str, Part]] = defaultdict(dict)
        self._sets: dict[str, int] = {}

    def add(self, name: str, set_id: str, hits: float, of: float = 1, against: float = 0, given: float = 0) -> None:
        """Adds to a set's part of a metric; KeyError for a metric that is not defined."""
        self.definitions[name]
        self._sets.setdefault(set_id, len(self._sets))
        old = self._parts[name].get(set_id, Part(0, 0, 0))
        added = (hits, of, against, given)
        self._parts[name][set_id] = Part(*(one + other for one, other in zip(old, added, strict=True)))

    def metrics(self) -> dict[str, Metric]:
        """Every metric that something was counted for, in the order of the definitions."""
        draw = random.Random(0)  # noqa: S311  the same interval each time
        sets = len(self._sets)
        draws = [draw.choices(range(sets), k=sets) for _ in range(DRAWS)] if sets else []
        return {name: self._metric(name, draws) for name in self.definitions if name in self._parts}

    def _metric(self, name: str, draws: Sequence[Sequence[int]]) -> Metric:
        kind = self.definitions[name].kind
        parts = [self._parts[name].get(set_id, Part(0, 0, 0)) for set_id in self._sets]
        n = round(sum(max(part.of, part.against) if kind == "f1" else part.of for part in parts))
        value = figure(kind, parts)
        if value is None or kind == "total":
            return Metric(value=value, low=value, high=value, n=n)
        drawn = sorted(f for draw in draws if (f := figure(kind, [parts[at] for at in draw])) is not None)
        low, high = drawn[int(0.025 * len(drawn))], drawn[min(len(drawn) - 1, int(0.975 * len(drawn)))]
        return Metric(value=_rounded(value), low=_rounded(low), high=_rounded(high), n=n)


def _rounded(value: float) -> float:
    return round(value, 4)


def figure(kind: Kind, parts: Sequence[Part]) -> float | None:
    """The figure of a metric over these sets, None where nothing was counted."""
    hits, of, against, given = (sum(column) for column in zip(*parts, strict=True)) if parts else (0.0,) * 4
    if kind == "total":
        return hits
    if kind == "f1":
        return 2 * hits / (of + against) if of + against else None
    if not of:
        return None
    if kind == "b_cubed":
        precision, recall = hits / given if given else 0.0, against / of
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return hits / of
