"""Grounding a whole report: its findings are located together, so that each is found near the others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast, overload

from ..schemas import (
    Article,
    CasualtyGroup,
    Count,
    DateSpan,
    Finding,
    GroundedReport,
    Perpetrator,
    Report,
    ReportBase,
    Target,
)
from ..text import Passages
from .checks import Verdict, check
from .coherence import WITNESSES, nobody_else, told_day, told_kind
from .fields import FindingField, findings
from .incidents import other_actor, other_incident
from .proofs import prove, section_of
from .quotes import ABSENT, Located, locate, same_words
from .scenes import Scene

R = TypeVar("R", bound=ReportBase)

MOST = 200
"""Items of one list of a report that are looked up; no article names so many targets or weapons."""


class _Entry(NamedTuple):
    field: FindingField
    position: int
    finding: Finding[Any]
    located: Located


@overload
def ground(report: Report, article: Article, source: str, index: int = 0) -> GroundedReport: ...
@overload
def ground(report: R, article: Article, source: str, index: int = 0) -> R: ...
def ground(report: ReportBase, article: Article, source: str, index: int = 0) -> ReportBase:
    """`report` with every finding completed from `article`: quote located, value resolved or checked, `verified` set.

    `source` is the article's id in the summary, `index` the report's position among the article's reports.  A `Report`
    comes back as a `GroundedReport`, a report class of your own as itself.  Grounding a grounded report changes
    nothing.  Raises nothing for any text: what cannot be proven says so in its `note`.
    """
    report, passages = _bounded(report), _passages(article.text)
    entries = _located(report, passages)
    spans = [
        (one, other) for entry in entries for one, other, _ in (entry.located,) if one is not None and other is not None
    ]
    nature = _nature(entries)
    checked = [_checked(entry, article, passages, nature) for entry in entries]
    entries, checked = _coherent(entries, checked, article, passages)
    event_type, day = _nature(entries), _day(entries, checked)
    updates: dict[str, Any] = {"source": source, "index": index}
    for entry, finding in zip(entries, checked, strict=True):
        done = (
            _proven(entry, event_type, passages, spans)
            if entry.field.choices
            else _of_this(entry, finding, event_type, day, article, passages)
        )
        _put(updates, entry.field, done)
    if why := nobody_else(updates, passages.text):
        updates["injured"] = updates["injured"].model_copy(update={"verified": False, "note": why})
    grown = GroundedReport if isinstance(report, Report) and not _own(report) else type(report)
    return grown(**{name: updates.get(name, getattr(report, name)) for name in type(report).model_fields})


def _bounded(report: R) -> R:
    """The report with no list longer than `MOST`: what is left out is told by the note of the last item."""
    cut: dict[str, Any] = {}
    for field, position, finding in findings(report):
        if position == MOST:
            more = len(getattr(report, field.name)) - MOST + 1
            note = f"{more:,} more are left out: a list is read up to {MOST} items"
            empty = finding.model_copy(update={"value": None, "quote": None, "verified": False, "note": note})
            cut[field.name] = (*getattr(report, field.name)[: MOST - 1], empty)
    return report.model_copy(update=cut) if cut else report


def _own(report: ReportBase) -> bool:
    return type(report) not in (Report, GroundedReport)


@lru_cache(maxsize=4)
def _passages(text: str) -> Passages:
    """The passages of a text, kept a while: an article's reports are grounded one after another."""
    return Passages(text)


def _located(report: ReportBase, passages: Passages) -> list[_Entry]:
    """Every finding with its place: first what stands there once, then the others near those."""
    entries = [_Entry(field, position, finding, ABSENT) for field, position, finding in findings(report)]
    settled: dict[int, Located] = {}
    for number, entry in enumerate(entries):
        kept = _kept(entry, passages.text)
        if kept is not None:
            settled[number] = kept
        elif entry.finding.quote and not entry.field.choices:
            found = locate(entry.finding.quote, passages)
            if found.start is None or passages.count(passages.text[found.start : found.end]) <= 1:
                settled[number] = found
    anchors = [found.start for found in settled.values() if found.start is not None]
    for number, entry in enumerate(entries):
        if number not in settled and entry.finding.quote and not entry.field.choices:
            settled[number] = locate(entry.finding.quote, passages, anchors)
    return [entry._replace(located=settled.get(number, ABSENT)) for number, entry in enumerate(entries)]


def _kept(entry: _Entry, text: str) -> Located | None:
    """The place of a finding that has been located before."""
    finding = entry.finding
    if entry.field.choices or finding.match == "absent" or finding.start is None or finding.end is None:
        return None
    if finding.quote and same_words(finding.start, finding.end, finding.quote, text):
        return Located(finding.start, finding.end, finding.match)
    return None


def _checked(entry: _Entry, article: Article, passages: Passages, event_type: str | None) -> Finding[Any]:
    finding, (start, end, _) = entry.finding, entry.located
    if start is None or end is None:
        note = "its words do not stand in the article" if finding.quote else finding.note or "no words were given"
        return _completed(finding, entry.located, finding.quote, Verdict(finding.value, False, note))
    scene = _scene(entry, article, passages, event_type)
    verdict = check(entry.field.type, finding, finding.quote or "", scene)
    return _completed(finding, entry.located, scene.quote, verdict)


def _scene(entry: _Entry, article: Article, passages: Passages, event_type: str | None = None) -> Scene:
    start, end = cast(int, entry.located.start), cast(int, entry.located.end)
    return Scene(passages, article.published_on, entry.field.name, passages.text[start:end], start, end, event_type)


def _completed(finding: Finding[Any], located: Located, quote: str | None, verdict: Verdict) -> Finding[Any]:
    return finding.model_copy(
        update={
            "value": verdict.value,
            "quote": quote,
            "start": located.start,
            "end": located.end,
            "match": located.match,
            "verified": verdict.verified and located.start is not None,
            "note": verdict.note,
        }
    )


def _nature(entries: Sequence[_Entry]) -> str | None:
    """The report's event type: the value of the enumeration that the trigger lexicon knows as one."""
    at = _at_nature(entries)
    return None if at is None else cast("str | None", entries[at].finding.value)


def _at_nature(entries: Sequence[_Entry]) -> int | None:
    kinds = (at for at, entry in enumerate(entries) if entry.field.choices)
    return next((at for at in kinds if section_of(entries[at].field.choices) == "event_type"), None)


def _coherent(
    entries: list[_Entry], checked: list[Finding[Any]], article: Article, passages: Passages
) -> tuple[list[_Entry], list[Finding[Any]]]:
    """The findings, with kind and day read from the report's own sentences where these tell both of another incident.

    An answer that gave phrases alone leaves kinds and days to the words, so they are taken from there.  An answer that
    gave values keeps them, unverified.
    """
    at, when = _at_nature(entries), next((n for n, entry in enumerate(entries) if entry.field.type is DateSpan), None)
    if at is None or when is None or entries[at].finding.value is None or not checked[when].verified:
        return entries, checked
    witnesses = [
        entry
        for entry, finding in zip(entries, checked, strict=True)
        if entry.field.type in WITNESSES and finding.verified
    ]
    scenes = [_scene(entry, article, passages) for entry in witnesses]
    kind = told_kind(cast(str, entries[at].finding.value), [(scene.start, scene.end) for scene in scenes], passages)
    said = cast("tuple[int, int]", (checked[when].start, checked[when].end))
    day = told_day(said, cast(DateSpan, checked[when].value), scenes)
    if kind is None or day is None:
        return entries, checked
    (start, end), span = day
    done = list(checked)
    if entries[when].finding.value is not None:
        note = f"the sentences of its victims and targets tell of {span.start}"
        done[when] = done[when].model_copy(update={"verified": False, "note": note})
        return entries, done
    note = f"the answer pointed to “{done[when].quote}”, apart from its victims and targets"
    done[when] = _completed(
        done[when], Located(start, end, "exact"), passages.text[start:end], Verdict(span, True, note)
    )
    told = [*entries]
    told[at] = told[at]._replace(finding=told[at].finding.model_copy(update={"value": kind}))
    return told, done


def _day(entries: Sequence[_Entry], checked: Sequence[Finding[Any]]) -> DateSpan | None:
    for entry, finding in zip(entries, checked, strict=True):
        if entry.field.type is DateSpan and finding.verified:
            return cast("DateSpan | None", finding.value)
    return None


def _of_this(
    entry: _Entry,
    finding: Finding[Any],
    event_type: str | None,
    day: DateSpan | None,
    article: Article,
    passages: Passages,
) -> Finding[Any]:
    """The finding, unverified where it counts the casualties, or names the actors, of another incident."""
    if not finding.verified or event_type is None:
        return finding
    scene = _scene(entry, article, passages)
    why = None
    if entry.field.type in (Count, CasualtyGroup):
        why = other_incident(event_type, day, scene)
    elif entry.field.type in (Perpetrator, Target):
        why = other_actor(event_type, scene)
    return finding.model_copy(update={"verified": False, "note": why}) if why else finding


def _proven(entry: _Entry, nature: str | None, passages: Passages, located: Sequence[tuple[int, int]]) -> Finding[Any]:
    """An enumeration's value with the words that prove it."""
    finding, choices = entry.finding, entry.field.choices
    if finding.value is None:
        return _completed(finding, ABSENT, finding.quote, Verdict(None, False, "no value was given"))
    proof, note = prove(choices, finding.value, nature, passages, located)
    if proof is None:
        return _completed(finding, ABSENT, None, Verdict(finding.value, False, note))
    words = Located(proof.start, proof.end, "exact")
    return _completed(finding, words, passages.text[proof.start : proof.end], Verdict(finding.value, True))


def _put(updates: dict[str, Any], field: FindingField, finding: Finding[Any]) -> None:
    if field.many:
        updates[field.name] = (*updates.get(field.name, ()), finding)
    else:
        updates[field.name] = finding
