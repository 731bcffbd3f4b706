"""The reports of an incident in the order of their publishing, with the figure that each gave, as lines to draw.

An update is a step of one line.  A contradiction is a fork: each figure keeps a line of its own to the end.  Figures
that count different things run apart and never meet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..schemas import CasualtyGroup, Count, DateSpan, Quantity, Summary
from ..wording import is_disputed, say
from .matrix import Cell, entry_state
from .plain import plain
from .view import IncidentView, Row

Shape = Literal["steps", "fork", "apart"]

COLUMN, LANE, MARGIN, LABELS, HEAD, FOOT = 58, 30, 16, 124, 26, 44
"""Widths and heights of the drawing, in CSS pixels."""
_PUBLISHED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?")


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    source: str
    words: str
    tone: Literal["chosen", "other"]
    labelled: bool
    """Whether the figure is written at the point: where it changes on a line of steps."""


@dataclass(frozen=True)
class Line:
    path: str
    tone: Literal["chosen", "other"]
    y: int
    label: str
    """What is written at its right end."""


@dataclass(frozen=True)
class Panel:
    """One field's figures."""

    label: str
    shape: Shape
    disputed: bool
    y: int
    lines: list[Line]
    points: list[Point]
    told: str
    """The same in words: `s1 14, s2 18, s3 14`."""


@dataclass(frozen=True)
class Column:
    x: int
    source: str
    day: str
    hour: str


@dataclass(frozen=True)
class Timeline:
    width: int
    height: int
    columns: list[Column]
    panels: list[Panel]


@dataclass(frozen=True)
class _Given:
    """A verified figure that a source gave."""

    column: int
    source: str
    figure: float
    words: str
    chosen: bool
    """Whether it supports the field's value, which a vaguer figure may do too."""


def timeline(incident: IncidentView, summary: Summary) -> Timeline | None:
    """The drawing, or None where fewer than two reports give a figure."""
    rows = [(row, _cells(row)) for row in _drawn(incident.rows)]
    heard = {cell.source for _, cells in rows for cell in cells}
    ordered = [source for source in summary.sources if source.id in heard]
    if len(ordered) < 2:
        return None
    position = {source.id: at for at, source in enumerate(ordered)}
    right = MARGIN + COLUMN * len(ordered)
    panels: list[Panel] = []
    y = 0
    for row, cells in rows:
        panel, y = _panel(row, sorted(_given(row, cells, position), key=lambda one: one.column), y, right)
        panels.append(panel)
    return Timeline(
        width=right + LABELS,
        height=y + FOOT,
        columns=[Column(_x(at), plain(one.id), *_moment(one.published)) for at, one in enumerate(ordered)],
        panels=panels,
    )


def figure_of(value: object) -> float | None:
    """The number that a value holds; None for values that are no numbers."""
    match value:
        case Count():
            return value.figure
        case Quantity():
            return value.value
        case CasualtyGroup():
            return value.count
    return None


def _drawn(rows: Sequence[Row]) -> list[Row]:
    """Tolls are drawn, and other figures where sources differ on them: once, however many items bear the difference.

    Figures that measure different things are no course of one figure.
    """
    drawn, seen = [], set()
    for row in rows:
        conflict = row.field.conflict
        claims = frozenset(str(claim.value) for claim in conflict.claims) if conflict is not None else frozenset()
        differs = (conflict is not None and conflict.kind != "different_quantity") or is_disputed(row.field)
        if _cells(row) and (isinstance(row.field.value, Count) or (differs and claims not in seen)):
            drawn.append(row)
            seen.add(claims)
    return drawn


def _cells(row: Row) -> list[Cell]:
    return [
        cell
        for cell in row.cells
        if any(entry.verified and figure_of(entry.value) is not None for entry in cell.entries)
    ]


def _given(row: Row, cells: Sequence[Cell], position: dict[str, int]) -> list[_Given]:
    found = []
    for cell in cells:
        for entry in cell.entries:
            figure = figure_of(entry.value)
            if entry.verified and figure is not None:
                chosen = entry_state(row.field, entry) == "supports"
                found.append(_Given(position[cell.source], cell.source, figure, _words(entry.value), chosen))
    return found


def _words(value: Any) -> str:
    """The figure alone, with its qualifier: what it counts stands in the panel's heading."""
    if isinstance(value, Count):
        return plain(say(value))
    figure = figure_of(value)
    return plain(say(value)) if figure is None else f"{figure:,.10g}"


def _panel(row: Row, given: list[_Given], top: int, right: int) -> tuple[Panel, int]:
    lanes = {words: figure for figure, words in sorted({(one.figure, one.words) for one in given}, reverse=True)}
    height = {words: top + HEAD + LANE // 2 + LANE * at for at, words in enumerate(lanes)}
    shape = _shape(row)
    draw = _steps if shape == "steps" else _branches
    lines = draw(given, height, right, joined=shape == "fork")
    points, last = [], ""
    for one in given:
        labelled = shape == "steps" and one.words != last and len(lanes) > 1
        tone: Literal["chosen", "other"] = "chosen" if one.chosen or shape == "steps" else "other"
        points.append(Point(_x(one.column), height[one.words], plain(one.source), one.words, tone, labelled))
        last = one.words
    told = ", ".join(f"{plain(one.source)} {one.words}" for one in given)
    label = row.label if isinstance(row.field.value, Count) else f"{row.label}: {row.value}"
    panel = Panel(label, shape, row.mark == "!", top, lines, points, told)
    return panel, top + HEAD + LANE * len(lanes) + 6


def _shape(row: Row) -> Shape:
    if row.mark == "!":
        return "fork"
    conflict = row.field.conflict
    return "apart" if conflict is not None and conflict.kind in {"scope", "different_quantity"} else "steps"


def _steps(given: Sequence[_Given], height: dict[str, int], right: int, *, joined: bool) -> list[Line]:
    path = f"M{_x(given[0].column)} {height[given[0].words]}"
    for one in given[1:]:
        path += f"H{_x(one.column)}V{height[one.words]}"
    return [Line(f"{path}H{right}", "chosen", height[given[-1].words], given[-1].words)]


def _branches(given: Sequence[_Given], height: dict[str, int], right: int, *, joined: bool) -> list[Line]:
    """A line for each figure to the right end; where `joined`, each leaves the first one's before its first report.

    A vaguer figure that agrees with the first one's does not leave it: it stands by itself.
    """
    first = given[0]
    trunk = height[first.words]
    lines = []
    for words, y in height.items():
        same = [one for one in given if one.words == words]
        x = _x(same[0].column)
        leaves = joined and y != trunk and not (first.chosen and same[0].chosen)
        start = f"M{x - COLUMN * 3 // 4} {trunk}L{x - COLUMN // 4} {y}" if leaves else f"M{x} {y}"
        sources = " ".join(dict.fromkeys(plain(one.source) for one in same))
        tone: Literal["chosen", "other"] = "chosen" if any(one.chosen for one in same) else "other"
        lines.append(Line(f"{start}H{right}", tone, y, f"{words}  {sources}"))
    return lines


def _x(column: int) -> int:
    return MARGIN + COLUMN // 4 + COLUMN * column


def say_moment(published: str | None) -> str:
    """A publish date or date-time in words: `9 March 2023, 01:10`; "no date" without one."""
    found = _PUBLISHED.match(published or "")
    if found is None:
        return "no date"
    day = say(DateSpan(start=found[1]))
    return f"{day}, {found[2]}" if found[2] else day


def _moment(published: str | None) -> tuple[str, str]:
    """`8 Mar`, `06:00`: as the outlet gives it, in its own time zone."""
    found = _PUBLISHED.match(published or "")
    if found is None:
        return "no date", ""
    words = say(DateSpan(start=found[1])).split()
    return (f"{words[0]} {words[1][:3]}" if len(words) == 3 else found[1]), found[2] or ""
