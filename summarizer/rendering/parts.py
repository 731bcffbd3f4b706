"""What the template of the HTML report shows: parts of the view with anchors, links, marked texts and drawings."""

from __future__ import annotations

from dataclasses import dataclass

from .arcs import Arcs
from .intervals import Interval
from .matrix import OriginColumns, State
from .passages import MarkedText
from .timeline import Timeline
from .view import IncidentView, Row, SummaryView


@dataclass(frozen=True)
class CellPart:
    """A cell of the matrix; `href` leads to the quote in its article, or to the field's quotes."""

    source: str
    state: State
    said: str
    href: str
    quote: str
    """The key of the quote to light up; empty where the words were not located."""


@dataclass(frozen=True)
class QuotePart:
    """One source's words for a field, among those of the others."""

    source: str
    publisher: str
    state: State
    said: str
    runs: list[tuple[str, bool]]
    match: str
    is_exact: bool
    href: str
    quote: str


@dataclass(frozen=True)
class RowPart:
    row: Row
    anchor: str
    cells: list[CellPart]
    quotes: list[QuotePart]
    why: str

    @property
    def claims(self) -> list[tuple[str, str, bool]]:
        """The values that verified words stand behind, each with its sources and whether it differs; those last."""
        found: dict[tuple[bool, str], list[str]] = {}
        for quote in self.quotes:
            if quote.state in {"supports", "differs"}:
                found.setdefault((quote.state == "differs", quote.said), []).append(quote.source)
        conflict = self.row.field.conflict
        for claim in conflict.claims if conflict is not None else ():
            if claim.value is None:
                found.setdefault((True, "nobody named"), []).extend(claim.sources)
        return [(said, " ".join(dict.fromkeys(sources)), differs) for (differs, said), sources in found.items()]

    @property
    def said(self) -> str:
        """What is said without proof: shown as such, never as the value."""
        return "; ".join(dict.fromkeys(quote.said for quote in self.quotes)) or "not known"


@dataclass(frozen=True)
class Dispute:
    """What stands against what: the values, each with its sources and whether it differs from the first."""

    name: str
    label: str
    anchor: str
    claims: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Section:
    """One incident."""

    anchor: str
    number: int
    incident: IncidentView
    title: str
    when: str
    where: str
    tolls: list[Interval]
    attribution: list[RowPart]
    claimed: list[RowPart]
    rows: list[RowPart]
    columns: list[OriginColumns]
    timeline: Timeline | None
    is_main: bool
    sources: int
    origins: int

    @property
    def disputes(self) -> list[Dispute]:
        """The disputed fields; items of a list that stand against each other are one dispute."""
        found: list[Dispute] = []
        for part in self.rows:
            if part.row.mark != "!":
                continue
            said = {words for words, _, _ in part.claims}
            same = (one for one in found if one.name == part.row.name and said & {words for words, _, _ in one.claims})
            dispute = next(same, None)
            if dispute is None:
                found.append(Dispute(part.row.name, part.row.label, part.anchor, list(part.claims)))
            else:
                known = {words for words, _, _ in dispute.claims}
                dispute.claims.extend((words, ids, True) for words, ids, _ in part.claims if words not in known)
        return found


@dataclass(frozen=True)
class Pane:
    """One article."""

    anchor: str
    id: str
    title: str
    publisher: str
    published: str
    origin: str
    """Which other sources its text goes back to one text with, and the wire that it credits."""
    link: str | None
    file: str
    text: MarkedText | None
    """None where the record holds no text."""
    unlocated: list[tuple[str, str, str]]
    """Words that were given as a quote but are not in the text: the words, what they were given for, its row."""


@dataclass(frozen=True)
class Report:
    title: str
    seen: SummaryView
    sections: list[Section]
    panes: list[Pane]
    arcs: Arcs | None
    articles: dict[str, str]
    """Source id → anchor of its pane."""
    publishers: dict[str, str]
    origins: int
