"""The HTML report built from a summary: anchors given, quotes located in their panes, cells linked to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..schemas import Source, Summary, Support
from ..wording import plural, say
from .arcs import arcs
from .differences import differing
from .intervals import intervals
from .matrix import Cell, State, entry_state
from .parts import CellPart, Pane, QuotePart, Report, RowPart, Section
from .passages import Proof, mark_text, quote_key
from .plain import plain, web_address
from .timeline import say_moment, timeline
from .view import IncidentView, Row, view

MATCHES = {
    "exact": "found word for word",
    "normalized": "found, but for case or signs",
    "fuzzy": "found in nearly these words",
    "absent": "not found in the article",
}


class _Builder:
    """Gathers the proofs of each article while the incidents are laid out."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        self.seen = view(summary)
        # Ids of a record from elsewhere may be any words: anchors are made of numbers alone.
        self.articles = {source.id: f"a{number}" for number, source in enumerate(summary.sources, start=1)}
        self.lengths = {source.id: len(source.text or "") for source in summary.sources}
        self.publishers = {one.id: plain(one.publisher or "publisher not known") for one in summary.sources}
        self.proofs: dict[str, list[Proof]] = {source.id: [] for source in summary.sources}
        self.unlocated: dict[str, list[tuple[str, str, str]]] = {source.id: [] for source in summary.sources}
        self.passages: dict[str, str] = {}

    def build(self) -> Report:
        for number, incident in enumerate(self.seen.incidents, start=1):
            for anchor, row in _anchored(incident, number):
                self._gather(row, anchor, number)
        panes = [self._pane(at) for at in range(len(self.summary.sources))]
        sections = [self._section(at) for at in range(len(self.seen.incidents))]
        count = len(sections)
        title = f"{count} {plural('incident', count)} in {len(panes)} {plural('article', len(panes))}"
        return Report(
            title=sections[0].title if count == 1 else title,
            seen=self.seen,
            sections=sections,
            panes=panes,
            arcs=arcs(self.summary),
            articles=self.articles,
            publishers=self.publishers,
            origins=len({source.origin for source in self.summary.sources}),
        )

    def _gather(self, row: Row, anchor: str, number: int) -> None:
        for entry in row.field.support:
            if entry.source not in self.articles:
                continue
            words = f"{number}. {row.label}: {plain(say(entry.value))}"
            span, state = self._span(entry), entry_state(row.field, entry)
            if span is not None and state != "silent":
                tone = "explained" if state == "differs" and row.mark == "~" else state
                self.proofs[entry.source].append(Proof(*span, tone, anchor, words))
            elif entry.quote:
                self.unlocated[entry.source].append((plain(entry.quote), words, anchor))

    def _span(self, entry: Support[Any]) -> tuple[int, int] | None:
        """Where the entry's words stand in its article's text; None where the record has no such text."""
        if entry.start is None or entry.end is None:
            return None
        inside = 0 <= entry.start < entry.end <= self.lengths.get(entry.source, 0)
        return (entry.start, entry.end) if inside else None

    def _pane(self, at: int) -> Pane:
        source, anchor = self.summary.sources[at], self.articles[self.summary.sources[at].id]
        text = None if source.text is None else mark_text(source.text, self.proofs[source.id], article=anchor)
        for passage in text.passages if text else ():
            for proof in passage.proofs:
                self.passages[quote_key(anchor, proof.start, proof.end)] = passage.anchor
        publisher, kin = self.publishers[source.id], self._kin(source)
        return Pane(
            anchor=anchor,
            id=plain(source.id),
            title=plain(source.title or "") or "Untitled article",
            publisher=publisher,
            published=plain(say_moment(source.published)),
            origin="; ".join(
                ([f"one origin with {kin}"] if kin else [])
                + ([f"credits {plain(source.credit)}"] if source.credit else [])
            ),
            link=web_address(source.url),
            file=plain(source.path or ""),
            text=text,
            unlocated=self.unlocated[source.id],
        )

    def _kin(self, source: Source) -> str:
        return plain(
            " ".join(one.id for one in self.summary.sources if one.origin == source.origin and one is not source)
        )

    def _section(self, at: int) -> Section:
        seen, incident = self.seen.incidents[at], self.summary.incidents[at]
        rows = [self._row(anchor, row) for anchor, row in _anchored(seen, at + 1)]
        return Section(
            anchor=f"i{at + 1}",
            number=at + 1,
            incident=seen,
            title=plain(incident.title),
            when=_first(rows, "date"),
            where=_first(rows, "location"),
            tolls=intervals(seen.rows),
            attribution=[part for part in rows if part.row.name == "perpetrators"],
            claimed=[part for part in rows if part.row.name == "responsibility_claim"],
            rows=rows,
            columns=seen.columns,
            timeline=timeline(seen, self.summary),
            is_main=bool(incident.main_in),
            sources=len(incident.sources),
            origins=incident.origins,
        )

    def _row(self, anchor: str, row: Row) -> RowPart:
        conflict = row.field.conflict
        why = plain(f"{say(conflict.kind)}: {conflict.why}") if conflict else ""
        return RowPart(row, anchor, [self._cell(cell, row, anchor) for cell in row.cells], self._quotes(row), why)

    def _cell(self, cell: Cell, row: Row, anchor: str) -> CellPart:
        said = list(dict.fromkeys(plain(say(entry.value)) for entry in cell.entries))
        targets = [self._target(entry) for entry in cell.entries]
        href, quote = next(
            (target for target in targets if target[1]), (f"{anchor}-quotes" if cell.entries else "", "")
        )
        return CellPart(plain(cell.source), cell.state, "; ".join(said), href, quote)

    def _target(self, entry: Support[Any]) -> tuple[str, str]:
        """The anchor of the entry's passage and the key of its quote; empty where the words stand in no pane."""
        span = self._span(entry)
        key = quote_key(self.articles[entry.source], *span) if span else ""
        return (self.passages[key], key) if key in self.passages else ("", "")

    def _quotes(self, row: Row) -> list[QuotePart]:
        entries = [(cell, entry) for cell in row.cells for entry in cell.entries]
        order = ("supports", "differs", "unverified", "silent")
        stated = sorted(
            ((entry_state(row.field, entry), entry) for _, entry in entries), key=lambda pair: order.index(pair[0])
        )
        return [
            QuotePart(
                plain(entry.source),
                self.publishers.get(entry.source, ""),
                state,
                plain(say(entry.value)),
                differing(plain(entry.quote or ""), _others(entry, state, stated)),
                MATCHES[entry.match],
                entry.match == "exact",
                *self._target(entry),
            )
            for state, entry in stated
        ]


def build_report(summary: Summary) -> Report:
    """Everything that the template of the HTML report shows."""
    return _Builder(summary).build()


def _anchored(incident: IncidentView, number: int) -> Iterator[tuple[str, Row]]:
    return ((f"i{number}-f{at}", row) for at, row in enumerate(incident.rows, start=1))


def _others(entry: Support[Any], state: State, stated: list[tuple[State, Support[Any]]]) -> list[str]:
    """The quotes to hold this one against: those of the other side; else those of another value; else all others."""
    others = [(other, one) for other, one in stated if one is not entry and one.quote]
    across = [one for other, one in others if {state, other} == {"supports", "differs"}]
    against = across or [one for _, one in others if one.value != entry.value] or [one for _, one in others]
    return [plain(one.quote or "") for one in against]


def _first(rows: list[RowPart], name: str) -> str:
    return next((part.row.value for part in rows if part.row.name == name), "not reported")
