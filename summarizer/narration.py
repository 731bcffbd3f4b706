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
    Quantity,
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
_QUOTES = "\"'“”‘’«»„ "
_CASUALTIES = {"killed": "the dead", "injured": "the injured", "missing": "the missing", "captured": "the captured"}

Told = tuple[str, list[str]]
"""Some words and the sources behind them."""
Side = tuple[Any, list[str]]
"""A value and the sources behind it."""


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
        if kind is None or not is_supported(kind) or is_disputed(kind):
            return "the incident"
        return f"the {event_noun(kind.value, short=True)}"

    @property
    def in_dispute(self) -> set[str]:
        return {named.name for named in self.fields if any(map(is_disputed, named.fields))}

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
                was = "was" if len(found) == found[0][0].count == 1 else "were"
                number = ", whose number is disputed," if outcome in self.in_dispute else ""
                yield f"Among {victims}{number} {was} {_listed(told)}.", _union(told)

    def perpetrators(self, named: Named) -> Iterator[Told]:
        for who, ids in _sure(named):
            yield f"{capital(_accuse(who, self.noun))}.", ids

    def statements(self, named: Named) -> Iterator[Told]:
        said = [(say(field.value), entry) for field in _undisputed(named) if (entry := _best_quote(field))]
        for speaker, entry in said[:MOST_STATEMENTS]:
            yield f"{capital(speaker)}: “{_trim(entry.quote or '')}”.", [entry.source]

    def plain(self, named: Named) -> Iterator[Told]:
        """A field of any other type: targets, weapons, quantities, the claim, and fields of types of one's own."""
        told = [(say(value), ids) for value, ids in _sure(named)]
        if not told:
            return
        if named.name == "responsibility_claim":
            claimed = named.fields[0].value == "claimed"
            words = "Responsibility for {} was claimed." if claimed else "No one has claimed responsibility for {}."
            yield words.format(self.noun), _union(told)
            return
        ids = _union(told)
        if _holds(named.fields[0], Quantity):
            yield f"Also reported: {_listed(told, separator='; ')}.", ids
            return
        role = f"the {label(named.name, one=named.listed)}" if len(told) == 1 else label(named.name)
        yield f"{'One source names' if len(ids) == 1 else 'Sources name'} {_listed(told)} as {role}.", ids

    def notes(self, named: Iterable[Named]) -> Iterator[Told]:
        """The differences between the sources: disputes as disputes, the others with what explains them."""
        for name, listed, fields in named:
            pool = [entry for field in fields for entry in field.support] if listed else []
            for field in fields:
                found = sides(field, pool) if field.conflict or is_disputed(field) else []
                if len(found) > 1 or (found and is_disputed(field)):
                    subject = "the number of people " if _holds(field, Count) else "the "
                    yield self.difference(subject + label(name, one=listed), listed, field, found), _union(found)

    def difference(self, subject: str, listed: bool, field: Field[Any], found: Sequence[Side]) -> str:
        if is_disputed(field):
            return f"{capital(subject)} is disputed: {self.dispute(listed, field, found)}.{_reason(field, found)}"
        kind = field.conflict.kind if field.conflict else "precision"
        timed = self.in_order(found) if kind == "update" else None
        if timed and timed[-1][0] == field.value:
            told = ", then ".join(f"{say(value)} ({join_words(ids)})" for value, ids in timed)
        else:
            told = "; ".join(self.side(value, ids) for value, ids in found)
        return f"On {subject}, {_EXPLAINED.get(kind, 'sources differ')}: {told}."

    def dispute(self, listed: bool, field: Field[Any], found: Sequence[Side]) -> str:
        """Every side with its sources; last the value that is carried forward, with what else agrees with it."""
        if listed or not is_supported(field):
            return "; ".join(self.side(value, ids) for value, ids in found)
        agrees = [side for side in found if side[0] != field.value and set(side[1]) <= set(field.supporters)]
        told = "; ".join(self.side(*side) for side in found if side not in agrees)
        also = f", with which {join_words([self.side(*side) for side in agrees])} agrees" if agrees else ""
        return f"{told}; {say(field.value)} is carried forward{also}"

    def side(self, value: object, ids: list[str]) -> str:
        """`14 according to s1, s2 and s4 (three sources of one origin)`."""
        if value is None:
            return f"{join_words(ids)} {'names' if len(ids) == 1 else 'name'} none"
        origins = {self.sources[source].origin if source in self.sources else source for source in ids}
        shared = f" ({count_sources(len(ids), len(origins))})" if len(origins) < len(ids) else ""
        return f"{say(value)} according to {join_words(ids)}{shared}"

    def in_order(self, found: Sequence[Side]) -> list[Side] | None:
        """The sides by their first report; None where a publish time is not known."""
        dated = []
        for value, ids in found:
            times = [time for source in ids if (time := _published(self.sources.get(source)))]
            if value is None or len(times) < len(ids):
                return None
            dated.append((min(times), (value, ids)))
        return [side for _, side in sorted(dated, key=lambda pair: pair[0])]

    def closing(self) -> Told:
        ids = self.incident.sources
        told = f"{count_sources(len(ids), self.incident.origins)} {'reports' if len(ids) == 1 else 'report'}"
        return f"{capital(told)} {self.noun}.", list(ids)


def _accuse(who: Perpetrator, noun: str) -> str:
    """Who is said to have done it, never firmer than the record has it."""
    per = say_status(who).removeprefix(say(who.status))
    name = f"the {who.name}" if who.name.startswith("United ") else who.name
    words = {
        "claimed": f"{name} claimed {noun}",
        "accused_by_authorities": f"authorities accuse {name} of responsibility for {noun}",
        "suspected": f"suspicion of responsibility for {noun} falls on {name}",
        "denied": f"responsibility of {name} for {noun} is denied",
        "reported_as_fact": f"{noun} is reported as the work of {name}",
    }
    return words[who.status] + per


def _holds(field: Field[Any], kind: type) -> bool:
    """Whether the field is of this type of value, going by what it and its sources hold."""
    return any(isinstance(value, kind) for value in (field.value, *(entry.value for entry in field.support)))


def _sure(named: Named) -> list[Side]:
    """The values that are supported and not in dispute, each with its supporters."""
    return [(field.value, field.supporters) for field in _undisputed(named)]


def _undisputed(named: Named) -> list[Field[Any]]:
    return [field for field in named.fields if is_supported(field) and not is_disputed(field)]


def _union(told: Iterable[Side]) -> list[str]:
    return list(dict.fromkeys(source for _, ids in told for source in ids))


def _listed(told: Sequence[Told], *, separator: str = "") -> str:
    """`a, b and c`; each with its sources where they are not the same for all."""
    merged: dict[str, list[str]] = {}
    for words, ids in told:
        merged.setdefault(words, []).extend(ids)
    parts = list(merged)
    if len({tuple(sorted(set(ids))) for ids in merged.values()}) > 1:
        parts = [f"{words} ({join_words(list(dict.fromkeys(ids)))})" for words, ids in merged.items()]
    return separator.join(parts) if separator else join_words(parts)


def _best_quote(field: Field[Any]) -> Support[Any] | None:
    quoted = (entry for entry in field.support if entry.verified and entry.stance == "supports" and entry.quote)
    return next(quoted, None)


def _trim(quote: str) -> str:
    """The words within the quotation marks, on one line, cut at a word where they run on."""
    plain = " ".join(quote.split()).lstrip(_QUOTES).rstrip(_QUOTES + ",.")
    if len(plain) <= LONGEST_QUOTE:
        return plain
    return plain[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", re.sub(r"\bs\d+\b|(?<=\d),(?=\d)", "", text)))


def _reason(field: Field[Any], found: Sequence[Side]) -> str:
    """The recorded reason, unless it speaks of figures that stand on none of the sides."""
    why = field.conflict.why.strip().rstrip(".") if field.conflict else ""
    known = {figure for value, _ in found for figure in _figures(say(value))}
    return f" Reason given: {why}." if why and _figures(why) <= known else ""


def _published(source: Source | None) -> datetime | None:
    if source is None or source.published is None:
        return None
    moment = datetime.fromisoformat(source.published)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
