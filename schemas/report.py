"""What one article says of one incident, before and after grounding."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from .values import (
    CasualtyGroup,
    Count,
    DateSpan,
    EventType,
    Perpetrator,
    Place,
    Quantity,
    ResponsibilityClaim,
    Role,
    Stage,
    Statement,
    Target,
    Weapon,
)

Match = Literal["exact", "normalized", "fuzzy", "absent"]
T = TypeVar("T")


class Finding(BaseModel, Generic[T]):
    """A value that an article gives, with the words that say it.

    Extraction fills `value` and `quote` (a compact answer gives the quote alone); grounding fills the rest.
    `start` and `end` are code-point offsets into the article's text, `text[start:end]` being the located words.
    `note` says why a finding is not verified.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: T | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    match: Match = "absent"
    verified: bool = False
    note: str | None = None


class ReportBase(BaseModel):
    """What every kind of report has.  A report of your own subclasses this with fields of `Finding`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role = "main"
    source: str = ""
    """Id of the article (`s1`), set by grounding."""
    index: int = 0
    """Position among the article's reports, set by grounding."""


class Report(ReportBase):
    """One incident as one article tells it; what the article does not say is None or empty."""

    event_type: Finding[EventType] | None = None
    stage: Finding[Stage] | None = None
    date: Finding[DateSpan] | None = None
    location: Finding[Place] | None = None
    killed: Finding[Count] | None = None
    injured: Finding[Count] | None = None
    missing: Finding[Count] | None = None
    captured: Finding[Count] | None = None
    casualty_groups: tuple[Finding[CasualtyGroup], ...] = ()
    perpetrators: tuple[Finding[Perpetrator], ...] = ()
    responsibility_claim: Finding[ResponsibilityClaim] | None = None
    targets: tuple[Finding[Target], ...] = ()
    weapons: tuple[Finding[Weapon], ...] = ()
    quantities: tuple[Finding[Quantity], ...] = ()
    statements: tuple[Finding[Statement], ...] = ()


class GroundedReport(Report):
    """A report whose every quote was looked up in its article and every value checked against its quote."""
