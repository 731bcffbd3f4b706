"""The sides of a field: each distinct verified value with who says it, when, in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from summarizer.schemas import ConflictKind, Finding, ReportBase, Source, Value
from summarizer.schemas.article import instant

Said = tuple[str, Finding[Any]]
Reason = tuple[ConflictKind, str]


@dataclass(frozen=True)
class Told:
    """When a dated source came out: the instant in UTC, the day as the outlet has it, and whether it gives the hour."""

    moment: datetime
    day: date
    timed: bool
    source: str
    origin: str

    def is_before(self, other: Told) -> bool:
        """Whether it certainly came out earlier: by the hour where both give it, else by the outlets' days."""
        return self.moment < other.moment if self.timed and other.timed else self.day < other.day


@dataclass(frozen=True)
class Side:
    """One claim: a value, the findings that make it, and what is known of their sources."""

    value: Any
    said: tuple[Said, ...]
    origins: frozenset[str]
    published: tuple[Told, ...]
    """When its dated sources came out, in order of day and instant."""

    @property
    def sources(self) -> list[str]:
        return [source for source, _ in self.said]

    @property
    def words(self) -> str:
        return " … ".join(found.quote or "" for _, found in self.said)

    @property
    def day(self) -> str:
        """The day of its last dated source, as the outlet has it; empty without one."""
        return self.published[-1].day.isoformat() if self.published else ""

    def earlier_than(self, other: Side) -> bool:
        """Whether it was said before the other side was first said."""
        return bool(self.published and other.published) and self.published[0].is_before(other.published[0])

    def undone_by(self, other: Side) -> bool:
        """Whether the other side was said again after this one was first said."""
        return bool(self.published and other.published) and self.published[0].is_before(other.published[-1])


def sides(said: Sequence[Said], sources: Mapping[str, Source]) -> list[Side]:
    """The distinct verified values with who says them, in the order of their first source."""
    claims: defaultdict[str, list[Said]] = defaultdict(list)
    for source, found in said:
        if found.verified and found.value is not None:
            claims[spelled(found.value)].append((source, found))
    return [_side(group, sources) for group in claims.values()]


def _side(group: Sequence[Said], sources: Mapping[str, Source]) -> Side:
    origins = frozenset(sources[source].origin for source, _ in group)
    dated = [told for source, _ in group if (told := _told(sources[source])) is not None]
    return Side(
        group[0][1].value, tuple(group), origins, tuple(sorted(dated, key=lambda told: (told.day, told.moment)))
    )


def spelled(value: Any) -> str:
    """A value as text, equal for equal values only."""
    return value.model_dump_json() if isinstance(value, Value) else str(value)


def _told(source: Source) -> Told | None:
    if not source.published:
        return None
    day = datetime.fromisoformat(source.published).date()
    timed = len(source.published) > len("2021-05-02")
    return Told(instant(source.published), day, timed, source.id, source.origin)


def listed(sources: Sequence[str]) -> str:
    """The sources in words: `s1`, `s1 and s2`, `s1, s2 and s3`."""
    *first, last = sources
    return f"{', '.join(first)} and {last}" if first else last


@dataclass(frozen=True)
class Setting:
    """What else is known where the sides of a field are judged.

    `name` is the field's; `reports` are the incident's, `beside` those of other incidents that its sources tell of.
    """

    name: str
    claims: Sequence[Side]
    reports: Sequence[ReportBase]
    beside: Sequence[ReportBase] = ()
