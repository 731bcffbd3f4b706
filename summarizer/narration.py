"""The narrative: sentences composed from the supported fields of an incident, each with its sources.

Nothing is told that no verified words stand behind; a field in dispute is told as a dispute, with its sides.  Figures
of the record are digits, counts of sources are words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .schemas import (
    CasualtyGroup,
    Count,
    Field,
    IncidentBase,
    Perpetrator,
    Sentence,
    Source,
    Statement,
    Support,
)
from .wording import (
    Named,
    capital,
    count_sources,
    date_phrase,
    event_noun,
    fields_of,
    is_disputed,
    is_supported,
    join_words,
    label,
    place_phrase,
    plural,
    say,
    say_status,
    sides,
    with_article,
)

MOST_STATEMENTS = 2
LONGEST_QUOTE = 280
_OPENING = ("event_type", "stage", "date", "location")
_STAGES = {"attempted": "was attempted", "foiled": "was foiled", "threatened": "was threatened"}
_EXPLAINED = {
    "update": "reports were updated",
    "scope": "sources count different groups",
    "different_quantity": "sources measure different things",
    "precision": "sources differ only in precision",
}
_CASUALTIES = {"killed": "the dead", "injured": "the injured", "missing": "the missing", "captured": "the captured"}

Told = tuple[str, list[str]]
"""Some words and the sources behind them."""


def narrate(incident: IncidentBase, sources: Mapping[str, Source]) -> list[Sentence]:
    """The incident in sentences, each with the ids of the sources that support it.

    `sources` are those of the summary by id; they tell which reports came first and which share an origin.
    """
    narrator = _Narrator(incident, sources, fields_of(incident))
    found: dict[str, Sentence] = {}
    for text, ids in narrator.tell():
        order = [source for source in incident.sources if source in ids]
        line = " ".join(text.split())
        found.setdefault(line, Sentence(text=line, sources=order or sorted(set(ids))))
    return list(found.values())


@dataclass(frozen=True)
class _Narrator:
    incident: IncidentBase
    sources: Mapping[str, Source]
    fields: Sequence[Named]

    def tell(self) -> Iterator[Told]:
        """Every sentence: what, when and where; tolls; who; with what; who said what; who reports it."""
        yield from self.opening()
        tolls = [named for named in self.fields if not named.listed and _holds(named.fields[0], Count)]
        yield from self.tolls(tolls)
        yield from self.notes(tolls)
        tellers: dict[type, Callable[[Named], Iterator[Told]]] = {
            CasualtyGroup: self.groups,
            Perpetrator: self.perpetrators,
            Statement: self.statements,
        }
        for named in self.fields:
            if named in tolls or named.name in _OPENING or not named.fields:
                continue
            kind = next((kind for kind in tellers if _holds(named.fields[0], kind)), None)
            yield from tellers[kind](named) if kind else self.plain(named)
            yield from self.notes([named])
        yield self.closing()

    @property
    def noun(self) -> str:
        """How sentences after the first call the incident."""
        kind = getattr(self.incident, "event_type", None)
        sure = isinstance(kind, Field) and is_supported(kind) and not is_disputed(kind)
        return f"the {event_noun(kind.value, short=True)}" if sure and kind else "the incident"

    def opening(self) -> Iterator[Told]:
        named = [named for named in self.fields if named.name in _OPENING and not named.listed]
        sure = {one.name: value_and_ids for one in named for value_and_ids in _sure(one)}
        if sure.keys() - {"stage"}:
            what = with_article(event_noun(sure["event_type"][0])) if "event_type" in sure else "an incident"
            stage = _STAGES.get(sure["stage"][0]) if "stage" in sure else None
            where = place_phrase(sure["location"][0]) if "location" in sure else ""
            when = date_phrase(sure["date"][0]) if "date" in sure else ""
            comma = "," if "," in where and when else ""
            words = " ".join(part for part in (what, stage or "took place", where + comma, when) if part)
            yield f"{capital(words)}.", _union(told for name, told in sure.items() if name != "stage" or stage)
        yield from self.notes(named)

    def tolls(self, named: Sequence[Named]) -> Iterator[Told]:
        told = []
        for one in named:
            for count, ids in _sure(one):
                single = count.low == count.high == 1
                who = "no one" if count.high == 0 else f"{say(count)} {'person' if single else 'people'}"
                was = "was" if single or count.high == 0 else "were"
                told.append((f"{who} {was} {label(one.name)}", ids))
        if told:
            yield f"In {self.noun}, {_listed(told)}.", _union(told)

    def groups(self, named: Named) -> Iterator[Told]:
        for outcome, victims in _CASUALTIES.items():
            found = [(group, ids) for group, ids in _sure(named) if group.count and group.outcome == outcome]
            told = [(f"{say(group.count)} {group.group}", ids) for group, ids in found]
            if told:
                was = "was" if found[0][0].count == 1 else "were"
                yield f"Among {victims} {was} {_listed(told)}.", _union(told)

    def perpetrators(self, named: Named) -> Iterator[Told]:
        for who, ids in _sure(named):
            yield f"{capital(_accuse(who, self.noun))}.", ids

    def statements(self, named: Named) -> Iterator[Told]:
        sure = [field for field in named.fields if is_supported(field) and not is_disputed(field)]
        said = [(say(field.value), entry) for field in sure if (entry := _best_quote(field))]
        for speaker, entry in said[:MOST_STATEMENTS]:
            yield f"{capital(speaker)}: “{_trim(entry.quote or '')}”.", [entry.source]

    def plain(self, named: Named) -> Iterator[Told]:
        """A field of any other type: targets, weapons, quantities, the claim, and fields of types of one's own."""
        told = [(say(value), ids) for value, ids in _sure(named)]
        if not told:
            return
        if named.name == "responsibility_claim":
            claimed = named.fields[0].value == "claimed"
            yield _claim(claimed, self.noun), _union(told)
            return
        name = label(named.name, one=named.listed)
        also = "also " if name == "quantity" else ""
        name = "figure" if name == "quantity" else name
        is_or_are = "is" if len(told) == 1 else "are"
        yield f"The {plural(name, len(told))} {also}reported {is_or_are} {_listed(told)}.", _union(told)

    def notes(self, named: Iterable[Named]) -> Iterator[Told]:
        """The differences between the sources: disputes as disputes, the others with what explains them."""
        for name, listed, fields in named:
            pool = [entry for field in fields for entry in field.support] if listed else []
            for field in fields:
                found = sides(field, pool)
                if len(found) < 2:
                    if is_disputed(field) and found:
                        subject = self.subject(name, listed, field)
                        yield f"{capital(subject)} is disputed: {self.side(*found[0])}.", found[0][1]
                    continue
                yield self.difference(self.subject(name, listed, field), listed, field, found), _union(found)

    def difference(self, subject: str, listed: bool, field: Field[Any], found: Sequence[tuple[Any, list[str]]]) -> str:
        why = _reason(field, found)
        if is_disputed(field):
            told = "; ".join(self.side(value, ids) for value, ids in found)
            kept = "" if listed or not is_supported(field) else f"; {say(field.value)} is carried forward"
            return f"{capital(subject)} is disputed: {told}{kept}.{why}"
        kind = field.conflict.kind if field.conflict else "precision"
        timed = self.in_order(found) if kind == "update" else None
        if timed:
            told = ", then ".join(f"{say(value)} ({join_words(ids)})" for value, ids in timed)
        else:
            told = "; ".join(self.side(value, ids) for value, ids in found)
        return f"On {subject}, {_EXPLAINED.get(kind, 'sources differ')}: {told}.{why}"

    def subject(self, name: str, listed: bool, field: Field[Any]) -> str:
        if _holds(field, Count):
            return f"the number of people {label(name)}"
        return f"the {label(name, one=listed)}"

    def side(self, value: object, ids: list[str]) -> str:
        """`14 according to s1, s2 and s4 (three sources of one origin)`."""
        if value is None:
            return f"{join_words(ids)} {'names' if len(ids) == 1 else 'name'} none"
        origins = {self.sources[source].origin if source in self.sources else source for source in ids}
        shared = f" ({count_sources(len(ids), len(origins))})" if len(origins) < len(ids) else ""
        return f"{say(value)} according to {join_words(ids)}{shared}"

    def in_order(self, found: Sequence[tuple[Any, list[str]]]) -> list[tuple[Any, list[str]]] | None:
        """The sides by their first report; None where a publish time is not known."""
        dated = []
        for value, ids in found:
            times = [_published(self.sources.get(source)) for source in ids]
            known = [time for time in times if time is not None]
            if value is None or len(known) < len(times):
                return None
            dated.append((min(known), (value, ids)))
        return [side for _, side in sorted(dated, key=lambda pair: pair[0])]

    def closing(self) -> Told:
        ids = self.incident.sources
        verb = "reports" if len(ids) == 1 else "report"
        return f"{capital(count_sources(len(ids), self.incident.origins))} {verb} {self.noun}.", list(ids)


def _accuse(who: Perpetrator, noun: str) -> str:
    """Who is said to have done it, never firmer than the record has it."""
    per = say_status(who).removeprefix(say(who.status))
    name = f"the {who.name}" if who.name.startswith("United ") else who.name
    match who.status:
        case "claimed":
            return f"{name} claimed {noun}{per}"
        case "accused_by_authorities":
            return f"{name} is accused by authorities of responsibility for {noun}{per}"
        case "suspected":
            return f"{name} is suspected of responsibility for {noun}{per}"
        case "denied":
            return f"that {name} is responsible for {noun} is denied{per}"
        case _:
            return f"{noun} is reported as the work of {name}{per}"


def _claim(claimed: bool, noun: str) -> str:
    return f"Responsibility for {noun} was claimed." if claimed else f"No one has claimed responsibility for {noun}."


def _holds(field: Field[Any], kind: type) -> bool:
    """Whether the field is of this type of value, going by what it and its sources hold."""
    values = [field.value, *(entry.value for entry in field.support)]
    return any(isinstance(value, kind) for value in values)


def _sure(named: Named) -> list[tuple[Any, list[str]]]:
    """The values that are supported and not in dispute, each with its supporters."""
    sure = [field for field in named.fields if is_supported(field) and not is_disputed(field)]
    return [(field.value, field.supporters) for field in sure]


def _union(told: Iterable[tuple[Any, list[str]]]) -> list[str]:
    return list(dict.fromkeys(source for _, ids in told for source in ids))


def _listed(told: Sequence[Told]) -> str:
    """`a, b and c`; each with its sources where they are not the same for all."""
    if len({tuple(sorted(ids)) for _, ids in told}) > 1:
        return join_words([f"{words} ({join_words(ids)})" for words, ids in told])
    return join_words([words for words, _ in told])


def _best_quote(field: Field[Any]) -> Support[Any] | None:
    quoted = (entry for entry in field.support if entry.verified and entry.stance == "supports" and entry.quote)
    return next(quoted, None)


def _trim(quote: str) -> str:
    """The words within the quotation marks, on one line, cut at a word where they run on."""
    plain = " ".join(quote.split()).strip("\"'“”‘’«»„ ").rstrip(",.")
    if len(plain) <= LONGEST_QUOTE:
        return plain
    return plain[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", re.sub(r"\bs\d+\b|(?<=\d),(?=\d)", "", text)))


def _reason(field: Field[Any], found: Sequence[tuple[Any, list[str]]]) -> str:
    """The recorded reason, unless it speaks of figures that stand on none of the sides."""
    why = field.conflict.why.strip() if field.conflict else ""
    known = {figure for value, _ in found for figure in _figures(say(value))}
    if not why or _figures(why) - known:
        return ""
    return f" {capital(why).rstrip('.')}."


def _published(source: Source | None) -> datetime | None:
    if source is None or source.published is None:
        return None
    moment = datetime.fromisoformat(source.published)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
