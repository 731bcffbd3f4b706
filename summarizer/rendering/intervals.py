"""A toll as an interval to draw: low, best and high, and the figures of the sources that differ."""

from __future__ import annotations

from dataclasses import dataclass

from ..schemas import Count
from ..wording import is_supported, say, say_number
from .matrix import entry_state
from .plain import plain
from .view import Mark, Row

WIDTH = 200
_INSET = 8


@dataclass(frozen=True)
class Other:
    """A figure that differs, with its sources."""

    x: float
    words: str
    sources: str


@dataclass(frozen=True)
class Interval:
    label: str
    mark: Mark
    words: str
    bounds: str
    """`low 7, best 7, no high`."""
    low: float
    """Where the bar begins; at the left end for a count that is open below."""
    high: float
    best: float | None
    open_low: bool
    open_high: bool
    others: list[Other]
    end: str
    """The figure at the right end of the scale."""


def interval(row: Row) -> Interval | None:
    """The row's value as a drawing of `WIDTH` units; None where it is no supported count."""
    count = row.field.value
    if not isinstance(count, Count) or not is_supported(row.field):
        return None
    against: dict[str, tuple[Count, list[str]]] = {}
    for entry in row.field.support:
        if entry_state(row.field, entry) == "differs" and isinstance(entry.value, Count):
            _, sources = against.setdefault(say(entry.value), (entry.value, []))
            sources.append(plain(entry.source))
    figures = [count.low, count.best, count.high, *(other.figure for other, _ in against.values())]
    top = max(figure for figure in figures if figure is not None) or 1
    scale = (WIDTH - 2 * _INSET) / top

    def at(figure: int) -> float:
        return round(_INSET + figure * scale, 1)

    known = [figure for figure in (count.low, count.best, count.high) if figure is not None]
    open_low = count.low is None and count.qualifier == "at_most"
    open_high = count.high is None and count.qualifier == "at_least"
    return Interval(
        label=row.label,
        mark=row.mark,
        words=row.value,
        bounds=", ".join(map(_bound, ("low", "best", "high"), (count.low, count.best, count.high))),
        low=_INSET if open_low else at(min(known)),
        high=WIDTH - _INSET / 2 if open_high else at(max(known)),
        best=None if count.best is None else at(count.best),
        open_low=open_low,
        open_high=open_high,
        others=[Other(at(other.figure), say(other), " ".join(ids)) for other, ids in against.values()],
        end=say_number(top),
    )


def _bound(name: str, figure: int | None) -> str:
    return f"no {name}" if figure is None else f"{name} {say_number(figure)}"
