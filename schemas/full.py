"""The full response model, for capable models: value and quote for each field.

Its keys are those of the incident record in the project's corpus format, so that gold records parse as answers.
`Field(description=…)` is the instruction to the model for that field, in one place, next to its type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .answer import AnswerBase
from .report import Finding, Report
from .values import (
    ActorKind,
    AttributionStatus,
    CasualtyGroup,
    Count,
    DateSpan,
    EventType,
    Outcome,
    Perpetrator,
    Place,
    Precision,
    Qualifier,
    Quantity,
    ResponsibilityClaim,
    Role,
    Stage,
    Statement,
    Target,
    TargetKind,
    Value,
    Weapon,
    WholeNumber,
)

QUOTE = "the shortest run of words, copied letter for letter from the article, that shows the value"


class Quoted(BaseModel):
    """A value with the words that prove it.  Unknown keys are ignored: models like to add some."""

    model_config = ConfigDict(extra="ignore")

    quote: str = Field(description=QUOTE)


class QuotedCount(Quoted):
    low: WholeNumber | None = None
    best: WholeNumber | None = None
    high: WholeNumber | None = None
    qualifier: Qualifier = Field(
        description="exact: low=best=high; about: best only; at_least ('more than' too): low=best; "
        "at_most: high=best; range: low and high"
    )


class QuotedDate(Quoted):
    start: str = Field(description="ISO date cut to the precision; relative words count from the publish date")
    end: str | None = None
    precision: Precision = "day"


class QuotedPlace(Quoted):
    name: str = Field(min_length=1, description="the place as the article names it, without filler words")
    country: str | None = Field(default=None, description="English short name; null if not stated or plainly implied")


class QuotedGroup(Quoted):
    outcome: Outcome
    group: str = Field(min_length=1, description="who they are, such as 'Iraqi soldiers'")
    count: WholeNumber


class QuotedPerpetrator(Quoted):
    name: str = Field(min_length=1)
    kind: ActorKind = Field(description="gangs and hackers are armed_group, political movements crowd")
    status: AttributionStatus = Field(description="how sure the article is, and in whose words")
    attributed_by: str | None = Field(default=None, description="who claims, accuses or suspects")


class QuotedTarget(Quoted):
    name: str = Field(min_length=1)
    kind: TargetKind


class QuotedWeapon(Quoted):
    name: str = Field(min_length=1)


class QuotedQuantity(Quoted):
    what: str = Field(min_length=1, description="what is counted or measured, such as 'rockets fired'")
    value: float
    unit: str | None = None


class QuotedStatement(Quoted):
    speaker: str = Field(min_length=1)


class FullReport(BaseModel):
    """One incident that the article reports.  Leave null or empty whatever the article does not say."""

    model_config = ConfigDict(extra="ignore")

    role: Role = Field(description="main for what the article is mainly about, related for every other incident")
    event_type: EventType
    stage: Stage | None = Field(default=None, description="accomplished unless it failed, was foiled or threatened")
    date: QuotedDate | None = None
    location: QuotedPlace | None = None
    killed: QuotedCount | None = Field(default=None, description="the dead, without the perpetrators' own losses")
    injured: QuotedCount | None = Field(default=None, description="the wounded and the sickened")
    missing: QuotedCount | None = None
    captured: QuotedCount | None = Field(default=None, description="hostages and abducted, not arrests")
    casualty_groups: list[QuotedGroup] = Field(default=[], description="the parts of the tolls, by kind of victim")
    perpetrators: list[QuotedPerpetrator] = Field(default=[], description="none for accidents unless someone's accused")
    responsibility_claim: ResponsibilityClaim | None = Field(
        default=None, description="no_claim if the article says that nobody claimed it; null if not mentioned"
    )
    targets: list[QuotedTarget] = []
    weapons: list[QuotedWeapon] = Field(default=[], description="empty for accidents and disasters")
    quantities: list[QuotedQuantity] = Field(
        default=[],
        description="other figures of the incident: fired, hit, magnitude, hectares, money, arrests",
    )
    statements: list[QuotedStatement] = Field(default=[], description="at most three: who said what about it")

    def to_report(self) -> Report:
        return Report(
            role=self.role,
            event_type=Finding(value=self.event_type),
            stage=Finding(value=self.stage) if self.stage else None,
            date=_finding(DateSpan, self.date),
            location=_finding(Place, self.location),
            killed=_finding(Count, self.killed),
            injured=_finding(Count, self.injured),
            missing=_finding(Count, self.missing),
            captured=_finding(Count, self.captured),
            casualty_groups=_findings(CasualtyGroup, self.casualty_groups),
            perpetrators=_findings(Perpetrator, self.perpetrators),
            responsibility_claim=Finding(value=self.responsibility_claim) if self.responsibility_claim else None,
            targets=_findings(Target, self.targets),
            weapons=_findings(Weapon, self.weapons),
            quantities=_findings(Quantity, self.quantities),
            statements=_findings(Statement, self.statements),
        )


class FullAnswer(AnswerBase):
    """Every distinct incident that the article reports, the main one first; an empty list if it reports none."""

    reports: list[FullReport]

    def to_reports(self) -> list[Report]:
        return [report.to_report() for report in self.reports]


T = TypeVar("T", bound=Value)


def _finding(kind: type[T], quoted: Quoted | None) -> Finding[T] | None:
    """The finding of a quoted value.  A value that makes no sense is dropped; its words stay, for grounding to read."""
    if quoted is None:
        return None
    try:
        value = kind.model_validate(quoted.model_dump(exclude={"quote"}))
    except ValidationError:
        value = None
    return Finding[kind](value=value, quote=quoted.quote)  # type: ignore[valid-type]


def _findings(kind: type[T], quoted: Sequence[Quoted]) -> tuple[Finding[T], ...]:
    return tuple(finding for item in quoted if (finding := _finding(kind, item)) is not None)
