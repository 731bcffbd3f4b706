"""A toll as an interval to draw: low, best and high, and the figures of the sources that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..schemas import Count
from ..wording import is_supported, say, say_number
from .matrix import entry_state
from .plain import plain
from .view import Mark, Row

WIDTH = 200
_INSET = 8
_FLAT = 60
"""How many times longer another drawing may be before the shorter one gets a scale of its own."""


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
    is_exact: bool
    """Whether low, best and high are one figure."""
    low: float
    """Where the bar begins; at the left end for a count that is open below."""
    high: float
    best: float | None
    open_low: bool
    open_high: bool
    others: list[Other]


def intervals(rows: Sequence[Row]) -> list[Interval]:
    """The rows that hold supported counts as drawings of `WIDTH` units, disputed ones first.

    They share one scale, so that their lengths can be compared, unless that would press one of them flat.
    """
    tops = [
        (row, row.field.value, _top(row))
        for row in rows
        if isinstance(row.field.value, Count) and is_supported(row.field)
    ]
    widest = max((top for _, _, top in tops), default=0)
    shared = all(top * _FLAT >= widest for _, _, top in tops)
    found = [_interval(row, count, widest if shared else top) for row, count, top in tops]
    return sorted(found, key=lambda one: one.mark != "!")


def _top(row: Row) -> float:
    """The highest figure that is said: the row's value, or a source's; with room for the arrow of an open end."""
    counts = [row.field.value, *(entry.value for entry in row.field.support if entry.verified)]
    highest = max(count.high or count.figure for count in counts if isinstance(count, Count)) or 1
    return highest * 1.2 if isinstance(row.field.value, Count) and _is_open(row.field.value) else highest


def _is_open(count: Count) -> bool:
    return count.high is None and count.qualifier == "at_least"


def _interval(row: Row, count: Count, top: float) -> Interval:
    against: dict[str, tuple[Count, list[str]]] = {}
    for entry in row.field.support:
        if entry_state(row.field, entry) == "differs" and isinstance(entry.value, Count):
            _, sources = against.setdefault(say(entry.value), (entry.value, []))
            sources.append(plain(entry.source))
    scale = (WIDTH - 2 * _INSET) / top

    def at(figure: int) -> float:
        return round(_INSET + figure * scale, 1)

    known = [figure for figure in (count.low, count.best, count.high) if figure is not None]
    open_low = count.low is None and count.qualifier == "at_most"
    open_high = _is_open(count)
    return Interval(
        label=row.label,
        mark=row.mark,
        words=row.value,
        bounds=", ".join(map(_bound, ("low", "best", "high"), (count.low, count.best, count.high))),
        is_exact=count.low == count.best == count.high,
        low=_INSET if open_low else at(min(known)),
        high=WIDTH - _INSET / 2 if open_high else at(max(known)),
        best=None if count.best is None else at(count.best),
        open_low=open_low,
        open_high=open_high,
        others=[Other(at(other.figure), say(other), " ".join(ids)) for other, ids in against.values()],
    )


def _bound(name: str, figure: int | None) -> str:
    return f"no {name}" if figure is None else f"{name} {say_number(figure)}"
