"""An evaluation as a table, alone or beside another one."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from .definitions import DEFINITIONS
from .metrics import Metric
from .running import Evaluation
from .scoring_fields import COLUMNS, NAMES

_AMOUNTS = ("total", "mean")
WIDEST = 200


def print_evaluation(evaluation: Evaluation, console: Console, *, beside: Evaluation | None = None) -> None:
    """Prints every metric with its interval and count, with `beside` that run's too, then what each one counts."""
    title = _title(evaluation)
    columns = ["metric", "value", "95% interval", "n"]
    if beside is not None:
        title += f"\nbeside {_title(beside)}"
        columns += ["beside", "95% interval", "n", "difference"]
    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column == "metric" else "right", no_wrap=True)
    names = [name for name in DEFINITIONS if name in evaluation.metrics or (beside and name in beside.metrics)]
    for name in names:
        table.add_row(*(Text(cell) for cell in _row(name, evaluation, beside)))
    # A figure is never cut off: where the terminal is narrower, or there is none, lines run over.
    table.width = Measurement.get(console, console.options.update_width(WIDEST), table).maximum
    console.print(table, crop=False)
    if any(name.startswith("fields.") for name in evaluation.metrics):
        console.print(_fields(evaluation))
    for run in (evaluation, beside):
        cached = run.metrics.get("run.cached") if run is not None else None
        if run is not None and cached is not None and cached.value:
            said = (
                f"{cached.value:g} answers came from the ledger: the seconds and the memory are not those of the model"
            )
            console.print(Text(f"{run.model}: {said}; --no-ledger asks anew"))
    console.print(_meanings(names))


def _title(evaluation: Evaluation) -> str:
    return f"{evaluation.data}: {evaluation.sets} sets, {evaluation.articles} articles, {evaluation.model}"


def _meanings(names: Sequence[str]) -> Table:
    table = Table("metric", "what is counted", box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    for name in names:
        table.add_row(name, Text(DEFINITIONS[name].meaning))
    return table


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


def _row(name: str, evaluation: Evaluation, beside: Evaluation | None) -> list[str]:
    metric = evaluation.metrics.get(name)
    row = [name, *_cells(name, metric)]
    if beside is not None:
        other = beside.metrics.get(name)
        row += [*_cells(name, other), _difference(name, metric, other)]
    return row


def _cells(name: str, metric: Metric | None) -> list[str]:
    return [_figure(name, metric), _interval(name, metric), str(metric.n) if metric else ""]


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
    """The difference to the other run, better or worse where the intervals do not overlap; a total has none."""
    if metric is None or other is None or metric.value is None or other.value is None:
        return ""
    change = metric.value - other.value
    shown = f"{change:+g}" if DEFINITIONS[name].kind in _AMOUNTS else f"{100 * change:+.1f}"
    apart = metric.low is not None and other.high is not None and metric.low > other.high
    apart = apart or (metric.high is not None and other.low is not None and metric.high < other.low)
    if not apart or not change or DEFINITIONS[name].kind == "total":
        return shown
    return f"{shown} {'better' if (change < 0) == DEFINITIONS[name].falling else 'worse'}"
