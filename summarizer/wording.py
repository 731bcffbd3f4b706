"""Values in plain English, for the narrative and for every rendering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from .schemas import (
    DISPUTES,
    CasualtyGroup,
    Count,
    DateSpan,
    Field,
    Incident,
    IncidentBase,
    Perpetrator,
    Place,
    Quantity,
    Statement,
    Support,
    Target,
    Weapon,
)
from .text import UNITS

_ENUMERATIONS = {"accomplished": "carried out", "no_claim": "nobody claimed it"}
_SHORT = {"riot_or_protest": "riot or protest", "arson": "arson attack", "other": "incident"}
_WORDS = {number: word for word, number in UNITS.items()}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_PLACED = re.compile(
    r"(?i)(?:above|across|along|around|at|before|behind|below|beneath|beside|between|close to|from|in|inside|near|"
    r"nearby|(?:north|south)?(?:east|west)|north|south|off|on|opposite|outside|over|throughout|under|within)\b"
)
_SITE = re.compile(
    r"(?i)\b(?:(?P<on>avenue|highway|island|motorway|railway|river|road|street)|airbase|airfield|airport|bank|barracks|"
    r"base|bridge|camp|cathedral|checkpoint|church|clinic|consulate|crossing|depot|embassy|factory|farm|harbour|hospital|"
    r"hotel|jetty|market|mill|mine|ministry|mosque|museum|outpost|palace|pier|plant|port|prison|quarry|refinery|restaurant|"
    r"school|stadium|station|store|temple|terminal|theatre|university|warehouse)\b"
)


def say(value: object) -> str:
    """`value` in plain English words; None is "not known"."""
    if value is None:
        return "not known"
    if isinstance(value, BaseModel):
        return _say_model(value)
    if isinstance(value, int | float):
        return say_number(value)
    if isinstance(value, str):
        plain = _ENUMERATIONS.get(value, value)
        return plain.replace("_", " ") if re.fullmatch(r"[a-z]+(?:_[a-z]+)+", plain) else plain
    return str(value)


def _say_model(value: BaseModel) -> str:
    match value:
        case Count():
            return _say_count(value)
        case DateSpan():
            return _say_date(value)
        case Place():
            known = value.country is None or value.country.casefold() in value.name.casefold()
            return value.name if known else f"{value.name}, {value.country}"
        case Perpetrator():
            return f"{value.name} ({say_status(value)})"
        case Target():
            return value.name if value.kind == "other" else f"{value.name} ({say(value.kind)})"
        case Weapon():
            return value.name
        case CasualtyGroup():
            return f"{say_number(value.count) if value.count else 'no'} {value.group} {value.outcome}"
        case Quantity():
            return _say_quantity(value)
        case Statement():
            return value.speaker
    return "; ".join(f"{label(name)}: {say(part)}" for name, part in value if part is not None) or "not known"


def say_number(number: float) -> str:
    """Digits with thousands apart: `1,200`, `2.5`."""
    if isinstance(number, int):
        return f"{number:,}"
    return f"{int(number):,}" if number.is_integer() and abs(number) < 1e15 else f"{number:,}"


def _say_count(count: Count) -> str:
    if count.qualifier == "range" and count.low is not None and count.high is not None:
        return f"{say_number(count.low)} to {say_number(count.high)}"
    lead = {"at_least": "at least ", "at_most": "at most ", "about": "about "}.get(count.qualifier, "")
    return f"{lead}{say_number(count.figure)}"


def _say_date(span: DateSpan) -> str:
    length = {"day": 10, "week": 10, "month": 7, "year": 4}[span.precision]
    start, end = span.start[:length], (span.end or span.start)[:length]
    lead = "week of " if span.precision == "week" else ""
    if start == end:
        return lead + _say_day(start)
    first, last = _say_day(start).split(), _say_day(end).split()
    if len(first) == len(last) > 1 and first[-1] == last[-1]:
        first.pop()
        if len(first) == 2 and first[-1] == last[-2]:
            first.pop()
    return f"{lead}{' '.join(first)} to {' '.join(last)}"


def _say_day(iso: str) -> str:
    """`2023-03-08` as `8 March 2023`; a day that no calendar has stays as it stands."""
    parts = [int(part) for part in iso.split("-")]
    try:
        day = date(*[*parts, 1, 1][:3])
    except ValueError:
        return iso
    words = [str(day.day), _MONTHS[day.month - 1], iso[:4]]
    return " ".join(words[3 - len(parts) :])


def _say_quantity(quantity: Quantity) -> str:
    number, unit, what = say_number(quantity.value), quantity.unit, quantity.what
    if unit in {"$", "€", "£", "¥"}:
        return f"{unit}{number}: {what}"
    if unit in {"%", "percent", "per cent"}:
        return f"{number}%: {what}"
    if unit and not what.casefold().startswith(unit.casefold()):
        return f"{number} {unit}: {what}"
    return f"{number} × {what}" if what[0].isdigit() else f"{number} {what}"


def say_status(perpetrator: Perpetrator) -> str:
    """How sure the sources are, and in whose words: "accused by authorities, per US officials"."""
    status, by = say(perpetrator.status), perpetrator.attributed_by
    if by is None or by.casefold() == perpetrator.name.casefold():
        return status
    # Beside `denied`, the record does not tell whether this is the accuser or the denier.
    return f"{status}; cited: {by}" if perpetrator.status == "denied" else f"{status}, per {by}"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""


def spell(number: int) -> str:
    """A small number as a word: counts of sources are words, so that digits are always figures of the record."""
    return _WORDS.get(number) or say_number(number)


def count_sources(sources: int, origins: int) -> str:
    """`three sources of one origin`, `one source`."""
    if sources == 1:
        return "one source"
    independent = "independent " if origins > 1 else ""
    return f"{spell(sources)} sources of {spell(origins)} {independent}{plural('origin', origins)}"


def plural(noun: str, number: int) -> str:
    """The noun as it goes with the number."""
    return noun if number == 1 else f"{noun}s"


def with_article(noun: str) -> str:
    """`an airstrike`, `a bombing`."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def capital(text: str) -> str:
    """`text` with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def label(name: str, *, one: bool = False) -> str:
    """A field's name in words; `one` for a single item of a list (`casualty_groups` → `casualty group`)."""
    words = name.replace("_", " ")
    if one and words.endswith("ies"):
        return f"{words[:-3]}y"
    return words[:-1] if one and words.endswith("s") else words


def event_noun(event_type: str, *, short: bool = False) -> str:
    """`rocket or missile attack`, or in short `attack`."""
    if short or event_type == "other":
        return _SHORT.get(event_type, event_type.rsplit("_", 1)[-1])
    return _SHORT["arson"] if event_type == "arson" else say(event_type)


def place_phrase(place: Place) -> str:
    """A place with its preposition: `at Camp Rusafa, Iraq`, `off Port Alder`, `on the road to Hilla`."""
    spoken = say(place)
    if _PLACED.match(spoken):
        return spoken
    site = _SITE.search(place.name.split(",")[0])
    preposition = "in" if site is None else "on" if site["on"] else "at"
    bare = place.name[0].islower() and not re.match(r"(?:an?|the|al|el)\b|\w+(?:ern|al) [A-Z]", place.name)
    return f"{preposition} {'the ' if bare else ''}{spoken}"


def date_phrase(span: DateSpan) -> str:
    """A date with its preposition: `on 8 March 2023`, `in December 2022`, `in the week of 6 March 2023`."""
    spoken = say(span)
    if span.precision == "week":
        return f"in the {spoken}"
    if " to " in spoken:
        return f"from {spoken}"
    return f"on {spoken}" if span.precision == "day" and len(span.start) == 10 else f"in {spoken}"


class Named(NamedTuple):
    """A field of an incident: its name, whether it is a list of items, and the items (of a single field, itself)."""

    name: str
    listed: bool
    fields: Sequence[Field[Any]]


def fields_of(incident: IncidentBase) -> list[Named]:
    """Every field of the incident, whatever its type, in the order of the record."""
    found = []
    for name in type(incident).model_fields:
        value = getattr(incident, name)
        if isinstance(value, Field):
            found.append(Named(name, False, [value]))
        elif isinstance(value, list) and name not in IncidentBase.model_fields:
            found.append(Named(name, True, value))
    return found


def is_supported(field: Field[Any]) -> bool:
    """Whether the value has the verified words of at least one source behind it."""
    return field.value is not None and bool(field.supporters)


def is_disputed(field: Field[Any]) -> bool:
    """Whether readers must be told that sources cannot all be right; a difference without an explanation is one."""
    if field.agreement == "disputed" or (field.conflict is not None and field.conflict.kind in DISPUTES):
        return True
    return field.conflict is None and bool(field.dissenters)


def sides(field: Field[Any], pool: Sequence[Support[Any]] = ()) -> list[tuple[object, list[str]]]:
    """The values that sources stand behind with verified words, each with those sources.

    A conflict's claims are taken where verified words bear them out: those of the field or, for an item of a list,
    those of its siblings in `pool`.  A claim without a value is a side too: sources that say nothing.
    """
    heard = [entry for entry in (*field.support, *pool) if entry.verified]
    found: list[tuple[object, list[str]]] = []
    for claim in field.conflict.claims if field.conflict else ():
        if claim.value is None:
            sources = [source for source in claim.sources if not any(entry.source == source for entry in field.support)]
        else:
            sources = [source for source in claim.sources if any(entry.source == source for entry in heard)]
            if not any(entry.source in sources and entry.value == claim.value for entry in heard):
                continue
        if sources:
            found.append((claim.value, sources))
    return found if len(found) > 1 else _by_value(field)


def _by_value(field: Field[Any]) -> list[tuple[object, list[str]]]:
    found: dict[str, tuple[object, list[str]]] = {}
    for entry in field.support:
        if entry.verified and entry.value is not None:
            _, sources = found.setdefault(repr(entry.value), (entry.value, []))
            sources += [entry.source] if entry.source not in sources else []
    return list(found.values())


def compose_title(incident: Incident) -> str:
    """A title from the supported fields alone; what is disputed is left out or marked as disputed."""
    event, stage = incident.event_type, incident.stage
    kind = event_noun(str(event.value)) if is_supported(event) and not is_disputed(event) else "incident"
    if is_supported(stage) and not is_disputed(stage) and stage.value != "accomplished":
        kind = f"{stage.value} {kind}"
    place, day = incident.location, incident.date
    where = f" {place_phrase(place.value)}{_mark(place)}" if is_supported(place) and place.value else ""
    when = f", {say(day.value)}{_mark(day)}" if is_supported(day) else ""
    return ": ".join(part for part in (capital(f"{kind}{where}{when}"), _title_tolls(incident)) if part)


def _title_tolls(incident: Incident) -> str:
    told, none = [], []
    for name, listed, (field, *_) in (named for named in fields_of(incident) if named.fields):
        if listed or not isinstance(field.value, Count) or not is_supported(field):
            continue
        if field.value.high == 0:
            none.append(f"{label(name)}{_mark(field)}")
        else:
            told.append(f"{say(field.value)} {label(name)}{_mark(field)}")
    return ", ".join(told) if told or not none else f"no one {join_words(none, 'or')}"


def _mark(field: Field[Any]) -> str:
    return " (disputed)" if is_disputed(field) else ""
