"""The summary on a terminal, through rich; no string of the data is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from ..schemas import Summary
from ..wording import plural
from .matrix import SIGN_LEGEND, SIGNS, State
from .plain import plain
from .view import LEGEND, IncidentView, Row, SourceView, view

_NARROW = 72
_SIGN_STYLES: dict[State, str] = {"supports": "green", "differs": "bold red", "unverified": "magenta", "silent": "dim"}
_SHARE = 0.32
"""How much of the width a matrix may take; wider ones give way to words."""
_STYLES = {"!": "bold red", "~": "yellow", "?": "magenta", " ": ""}


def print_summary(summary: Summary, console: Console, *, quotes: bool = False) -> None:
    """Print every incident with its fields, then sources, failures and how the run went."""
    for renderable in _page(summary, quotes=quotes, width=console.width):
        console.print(_Encodable(renderable), highlight=False, markup=False, emoji=False)


@dataclass(frozen=True)
class _Encodable:
    """A renderable whose signs the console's encoding has; others become question marks."""

    inner: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self.inner, options):
            text = segment.text.encode(console.encoding, "replace").decode(console.encoding)
            yield Segment(text, segment.style, segment.control)


def _page(summary: Summary, *, quotes: bool, width: int) -> Iterator[RenderableType]:
    seen = view(summary)
    if not seen.incidents:
        yield Text("No incident was found.")
    for incident in seen.incidents:
        yield from _incident(incident, width=width, quotes=quotes)
    if seen.incidents:
        yield Text(LEGEND, style="dim")
        yield Text(SIGN_LEGEND, style="dim")
        yield Text()
    yield Text("Sources", style="bold")
    for source in seen.sources:
        yield from _source(source)
    if seen.empty:
        yield Text(seen.empty)
    if seen.failures:
        yield Text()
        yield Text("Failures", style="bold")
        yield from (_indented(Text(failure)) for failure in seen.failures)
    yield Text()
    yield Text(seen.run, style="dim")


def _incident(incident: IncidentView, *, width: int, quotes: bool) -> Iterator[RenderableType]:
    yield Text(incident.heading, style="bold")
    yield from (Text(line) for line in incident.about)
    yield Text()
    if width < _NARROW:
        for row in incident.rows:
            yield from _stacked(row, quotes=quotes)
    elif incident.rows:
        yield _table(incident, width)
        for row in incident.rows if quotes else ():
            yield Text.assemble((f"{row.mark} {row.label}: ", _STYLES[row.mark]), row.value)
            yield from (_indented(Text(words)) for words in row.quotes)
        yield from [Text()] if quotes else []
    yield from (Text(line) for line in [incident.unreported] if line)
    yield from (Text(f"{words} [{sources}]") for words, sources in incident.relations)
    yield Text()
    story = Text()
    for sentence, sources in incident.narrative:
        story.append(f"{sentence} ").append(f"[{sources}] ", style="dim")
    yield story
    yield Text()


def _table(incident: IncidentView, width: int) -> Table:
    rows, heads = incident.rows, _Heads.of(incident)
    longest = max(len(word) for row in rows for word in row.label.split())
    signed = len(heads.starts) > 1 and len(heads.line) <= width * _SHARE
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("", width=1)
    table.add_column("Field", width=min(max(longest, 10), 16), overflow="fold")
    table.add_column("Value", ratio=5, overflow="fold")
    if signed:
        table.add_column(Text(heads.line), width=max(len(heads.line), 13))
    else:
        table.add_column("Support", ratio=4, overflow="fold")
    table.add_column("Differs" if signed else "Differs / silent", ratio=6, overflow="fold")
    for row in rows:
        first = (Text(cell, style=_STYLES[row.mark]) for cell in (row.mark, row.label))
        counted = f"{row.field.origins} {plural('origin', row.field.origins)}" if row.field.supporters else row.support
        support = Text("\n").join([heads.signs(row), Text(counted, "dim")]) if signed else Text(row.support)
        notes = row.notes if signed or not row.silent else [*row.notes, row.silent]
        table.add_row(*first, Text(row.value), support, Text("\n".join(notes)))
    return table


def _stacked(row: Row, *, quotes: bool) -> Iterator[RenderableType]:
    """A field as lines, for narrow screens."""
    yield Text.assemble((f"{row.mark} {row.label}: ", _STYLES[row.mark]), row.value)
    for line in (f"support: {row.support}", *row.notes, row.silent, *(row.quotes if quotes else ())):
        yield from [_indented(Text(line))] if line else []


@dataclass(frozen=True)
class _Heads:
    """The sources as the head of a matrix: one blank between copies of one text, three between origins."""

    line: str
    starts: list[int]

    @classmethod
    def of(cls, incident: IncidentView) -> _Heads:
        line, starts = "", []
        for group in incident.columns:
            for at, source in enumerate(group.sources):
                line += "" if not line else " " if at else "   "
                starts.append(len(line))
                line += plain(source)
        return cls(line, starts)

    def signs(self, row: Row) -> Text:
        """A sign under the first letter of each source."""
        line = Text()
        for start, cell in zip(self.starts, row.cells, strict=True):
            line.append(" " * (start - len(line))).append(SIGNS[cell.state], style=_SIGN_STYLES[cell.state])
        return line


def _source(source: SourceView) -> Iterator[RenderableType]:
    yield Text(f"{source.id}  {source.line}")
    yield from (_indented(Text(line, style="dim")) for line in (*source.details, source.where) if line)


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 4), expand=False)
