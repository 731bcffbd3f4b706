"""An evaluation as a table, alone or beside another one."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .definitions import DEFINITIONS
from .metrics import Metric
from .running import Evaluation
from .scoring_fields import COLUMNS, NAMES

_AMOUNTS = ("total", "mean")


def print_evaluation(evaluation: Evaluation, console: Console, *, beside: Evaluation | None = None) -> None:
    """Prints every metric with its interval and count; with `beside`, that run's figures and the difference too."""
    title = f"{evaluation.data}: {evaluation.sets} sets, {evaluation.articles} articles, {evaluation.model}"
    columns = ["metric", "value", "95% interval", "n"]
    if beside is not None:
        title += f"\nbeside {beside.data}: {beside.sets} sets, {beside.articles} articles, {beside.model}"
        columns += ["beside", "difference"]
    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False)
    for column in [*columns, "what is counted"]:
        table.add_column(column, justify="left" if column in {"metric", "what is counted"} else "right")
    for row in _rows(evaluation, beside):
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    if any(name.startswith("fields.") for name in evaluation.metrics):
        console.print(_fields(evaluation))


def _fields(evaluation: Evaluation) -> Table:
    """Every field of all reports, extraction and grounding together."""
    table = Table("field of all reports", title_justify="left", box=None, pad_edge=False)
    for column in (*COLUMNS, "wanted"):
        table.add_column(column, justify="right")
    for name in NAMES:
        found = [evaluation.metrics.get(f"fields.{name}.{column}") for column in COLUMNS]
        if any(found):
            cells = [
                "–" if metric is None or metric.value is None else f"{100 * metric.value:.1f}%" for metric in found
            ]
            table.add_row(name, *cells, str(found[1].n) if found[1] else "0")
    return table


def _rows(evaluation: Evaluation, beside: Evaluation | None) -> Iterator[list[str]]:
    for name, definition in DEFINITIONS.items():
        metric = evaluation.metrics.get(name)
        other = beside.metrics.get(name) if beside is not None else None
        if metric is None and other is None:
            continue
        row = [name, _figure(name, metric), _interval(name, metric), str(metric.n) if metric else ""]
        if beside is not None:
            row += [_figure(name, other), _difference(name, metric, other)]
        yield [*row, definition.meaning]


def _figure(name: str, metric: Metric | None) -> str:
    return "–" if metric is None or metric.value is None else _spelled(name, metric.value)


def _spelled(name: str, value: float) -> str:
    kind = DEFINITIONS[name].kind
    if kind in _AMOUNTS:
        return f"{value:.3g}" if kind == "mean" else f"{value:g}"
    return f"{100 * value:.1f}%"


def _interval(name: str, metric: Metric | None) -> str:
    if metric is None or metric.low is None or metric.high is None or DEFINITIONS[name].kind == "total":
        return ""
    return f"{_spelled(name, metric.low)}–{_spelled(name, metric.high)}"


def _difference(name: str, metric: Metric | None, other: Metric | None) -> str:
    """The difference to the other run, with a sign for the better and the worse; bare where the intervals overlap."""
    if metric is None or other is None or metric.value is None or other.value is None:
        return ""
    change = metric.value - other.value
    shown = f"{change:+g}" if DEFINITIONS[name].kind in _AMOUNTS else f"{100 * change:+.1f}"
    apart = metric.low is not None and other.high is not None and metric.low > other.high
    apart = apart or (metric.high is not None and other.low is not None and metric.high < other.low)
    if not apart or not change:
        return shown
    return f"{shown} {'better' if (change < 0) == DEFINITIONS[name].falling else 'worse'}"
