"""The compact response model, for small models: only the verbatim phrase for each field, flat, short keys.

Dates, counts and kinds are resolved from the phrases by the code that checks the full answers.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .answer import AnswerBase
from .report import Finding, Report
from .values import (
    AttributionStatus,
    Count,
    DateSpan,
    EventType,
    Perpetrator,
    Place,
    ResponsibilityClaim,
    Role,
    Stage,
    Target,
    Weapon,
)

Phrase = Annotated[str, Field(min_length=1, description="words copied letter for letter from the article")]
By = Annotated[tuple[Phrase, AttributionStatus], Field(description="who did it, and how sure the article is")]


class CompactReport(BaseModel):
    """One incident that the article reports.  Leave out whatever the article does not say."""

    model_config = ConfigDict(extra="ignore")

    role: Role = Field(description="main for what the article is mainly about, related for every other incident")
    type: EventType
    stage: Stage | None = Field(default=None, description="left out when it was carried out")
    when: Phrase | None = None
    where: Phrase | None = None
    killed: Phrase | None = Field(default=None, description="how many died, or who")
    injured: Phrase | None = None
    missing: Phrase | None = None
    captured: Phrase | None = Field(default=None, description="hostages and abducted, not arrests")
    by: list[By] = Field(default=[], max_length=3)
    claim: ResponsibilityClaim | None = Field(default=None, description="no_claim: the article says nobody claimed it")
    targets: list[Phrase] = Field(default=[], max_length=3)
    weapons: list[Phrase] = Field(default=[], max_length=3)

    def to_report(self) -> Report:
        return Report(
            role=self.role,
            event_type=Finding(value=self.type),
            stage=Finding(value=self.stage or "accomplished"),
            date=Finding[DateSpan](quote=self.when) if self.when else None,
            location=Finding[Place](value=Place(name=self.where), quote=self.where) if self.where else None,
            killed=_count(self.killed),
            injured=_count(self.injured),
            missing=_count(self.missing),
            captured=_count(self.captured),
            perpetrators=tuple(
                Finding[Perpetrator](value=Perpetrator(name=phrase, status=status), quote=phrase)
                for phrase, status in self.by
            ),
            responsibility_claim=Finding(value=self.claim) if self.claim else None,
            targets=tuple(Finding[Target](value=Target(name=phrase), quote=phrase) for phrase in self.targets),
            weapons=tuple(Finding[Weapon](value=Weapon(name=phrase), quote=phrase) for phrase in self.weapons),
        )


class CompactAnswer(AnswerBase):
    """Every distinct incident that the article reports, the main one first."""

    reports: list[CompactReport] = Field(max_length=8)

    @model_validator(mode="before")
    @classmethod
    def _bare_list(cls, answer: object) -> object:
        """The embedded adapter answers with the list alone, as it was trained to."""
        return {"reports": answer} if isinstance(answer, list) else answer

    def to_reports(self) -> list[Report]:
        return [report.to_report() for report in self.reports]


def _count(phrase: str | None) -> Finding[Count] | None:
    return Finding[Count](quote=phrase) if phrase else None
