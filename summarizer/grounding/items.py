"""What a phrase about people is read into."""

from __future__ import annotations

from dataclasses import dataclass

from ..schemas import Count
from ..schemas.values import Qualifier


@dataclass(frozen=True)
class Item:
    """A number of people in a phrase, at word `at`; `counted` for a figure, not for a single person or a zero; `whole`
    where it is what another one is a part of ("two of the 14")."""

    at: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier = "exact"
    counted: bool = True
    apposed: bool = False
    whole: bool = False

    def count(self) -> Count:
        """The item alone as a count."""
        return Count(low=self.low, best=self.best, high=self.high, qualifier=self.qualifier)

    def figure(self) -> int:
        return next(number for number in (self.best, self.low, self.high) if number is not None)


@dataclass(frozen=True)
class Phrase:
    """A phrase as read: folded `text`, its words, its items in order, and its ordinal ("a fifth soldier") if any."""

    text: str
    run: tuple[str, ...]
    items: list[Item]
    ordinal: int | None
