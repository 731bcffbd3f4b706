"""What changed: two records of one incident in, the differences that a reader is told out.  Pure.

Values count as a reader sees them: only with verified words behind them.  The items of a list are paired by their
words, then by what they name, then by the proving words: one that is now called otherwise has changed, not come and
gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel

from summarizer.schemas import CasualtyGroup, Count, Field, Incident, Perpetrator, Quantity, Statement, Target, Weapon
from summarizer.wording import fields_of, is_disputed, is_supported, say

Kind = Literal[
    "opened", "set", "raised", "lowered", "changed", "refined", "disputed", "settled", "added", "removed", "sources",
    "joined", "split", "withdrawn",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True)
class Told:
    """A value as readers see it, and as data."""

    text: str
    value: Any = None


@dataclass(frozen=True)
class Change:
    """One difference in one field.  `articles` are ids of those whose words stand behind what is there now."""

    field: str
    kind: Kind
    before: Told | None = None
    after: Told | None = None
    articles: tuple[int, ...] = ()


@dataclass(frozen=True)
class Version:
    """A record with the ids of its articles, in the order of its sources `s1`, `s2`, …"""

    incident: Incident
    articles: tuple[int, ...]

    def articles_of(self, sources: Sequence[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.articles[int(source[1:]) - 1] for source in sources))


def differences(old: Version | None, new: Version) -> list[Change]:
    """What a reader of `old` has to be told; all of `new` where there was nothing before."""
    before = {named.name: named for named in fields_of(old.incident)} if old else {}
    changes: list[Change] = []
    for named in fields_of(new.incident):
        held = before[named.name].fields if named.name in before else []
        if named.listed:
            changes += _of_items(named.name, held, named.fields, old, new)
        else:
            change = _of_field(named.name, held[0] if held else None, named.fields[0], new)
            changes += [change] if change else []
    changes += _of_sources(old, new)
    if old is None:
        told = Told(new.incident.title)
        changes.insert(0, Change("incident", "opened", None, told, new.articles))
    return changes


def _told(field: Field[Any] | None) -> Told | None:
    """The field as it is shown; None where it holds nothing that verified words support."""
    if field is None:
        return None
    disputed = " (disputed)" if is_disputed(field) else ""
    if not is_supported(field):
        return Told("open (disputed)") if disputed else None
    value = field.value
    text = say(value)
    if isinstance(value, Statement):
        words = next((entry.quote for entry in field.support if entry.verified and entry.quote), None)
        text = f"{text}: “{' '.join(words.split()).strip(' ,;')}”" if words else text
    return Told(text + disputed, value.model_dump(mode="json") if isinstance(value, BaseModel) else value)


def _of_field(name: str, old: Field[Any] | None, new: Field[Any], version: Version) -> Change | None:
    before, after = _told(old), _told(new)
    if before == after or (before is not None and after is not None and before.text == after.text):
        return None
    kind = _kind(old, new, before, after)
    behind = new.dissenters if kind == "disputed" else new.supporters
    return Change(name, kind, before, after, version.articles_of(behind) if after else ())


def _kind(old: Field[Any] | None, new: Field[Any], before: Told | None, after: Told | None) -> Kind:
    if before is None or old is None:
        return "set"
    if after is None:
        return "removed"
    if before.value == after.value:
        return "disputed" if is_disputed(new) else "settled"
    figures = [_figure(field.value) for field in (old, new)]
    if figures[0] is not None and figures[1] is not None and figures[0] != figures[1]:
        return "raised" if figures[1] > figures[0] else "lowered"
    if figures[0] is None and _words(before.text) < _words(after.text):
        return "refined"
    return "changed"


def _figure(value: object) -> float | None:
    if isinstance(value, Count):
        return value.figure
    if isinstance(value, CasualtyGroup):
        return value.count
    return value.value if isinstance(value, Quantity) else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _of_items(
    name: str, held: Sequence[Field[Any]], items: Sequence[Field[Any]], old: Version | None, new: Version
) -> Iterator[Change]:
    before = [field for field in held if _told(field) is not None]
    after = [field for field in items if _told(field) is not None]
    pairs: list[tuple[Field[Any], Field[Any]]] = []
    for key in (_by_text, _by_name, lambda field: _by_quotes(field, old if field in held else new)):
        pairs += _paired(before, after, key)
    for one, other in pairs:
        if change := _of_field(name, one, other, new):
            yield change
    for field in after:
        yield Change(name, "added", None, _told(field), new.articles_of(field.supporters))
    for field in before:
        yield Change(name, "removed", _told(field), None)


Keys = Callable[[Field[Any]], set[Hashable]]


def _paired(before: list[Field[Any]], after: list[Field[Any]], keys: Keys) -> Iterator[tuple[Field[Any], Field[Any]]]:
    """Items of both lists that share a key, each once; they are taken out of the lists."""
    for one in list(before):
        wanted = keys(one)
        match = next((other for other in after if wanted & keys(other)), None)
        if match is not None:
            before.remove(one)
            after.remove(match)
            yield one, match


def _by_text(field: Field[Any]) -> set[Hashable]:
    told = _told(field)
    return {told.text} if told else set()


def _by_name(field: Field[Any]) -> set[Hashable]:
    match field.value:
        case Perpetrator(name=name) | Target(name=name) | Weapon(name=name):
            return {name.casefold()}
        case CasualtyGroup(outcome=outcome, group=group):
            return {(outcome, group.casefold())}
        case Quantity(what=what, unit=unit):
            return {(what.casefold(), unit)}
    return set()


def _by_quotes(field: Field[Any], version: Version | None) -> set[Hashable]:
    if version is None:
        return set()
    return {
        (version.articles_of([entry.source]), entry.start, entry.end)
        for entry in field.support
        if entry.verified and entry.start is not None
    }


def _of_sources(old: Version | None, new: Version) -> list[Change]:
    if old is None:
        return []
    fresh = tuple(article for article in new.articles if article not in old.articles)
    if not fresh and set(old.articles) == set(new.articles):
        return []
    return [Change("sources", "sources", _counted(old), _counted(new), fresh)]


def _counted(version: Version) -> Told:
    sources, origins = len(version.articles), version.incident.origins
    text = f"{sources} source{'s' * (sources != 1)} of {origins} origin{'s' * (origins != 1)}"
    return Told(text, {"sources": sources, "origins": origins})
