"""The values that a field can hold.

Merging and grounding are driven by these types: a field that holds a `Count` is parsed, compared and merged as a
count, whatever its name.  Enumerations come from codebooks: event types and precision codes from ACLED, stages and
attribution statuses from MUC-4, low/best/high from UCDP, claims of responsibility from GTD.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

EventType = Literal[
    "armed_attack",
    "bombing",
    "rocket_or_missile_attack",
    "airstrike",
    "shooting",
    "assassination",
    "kidnapping",
    "clash",
    "riot_or_protest",
    "arson",
    "robbery",
    "cyberattack",
    "transport_accident",
    "industrial_accident",
    "fire",
    "structural_collapse",
    "natural_disaster",
    "environmental_spill",
    "health_emergency",
    "other",
]
Stage = Literal["accomplished", "attempted", "foiled", "threatened"]
Role = Literal["main", "related"]
Qualifier = Literal["exact", "at_least", "at_most", "about", "range"]
Precision = Literal["day", "week", "month", "year"]
Outcome = Literal["killed", "injured", "missing", "captured"]
ResponsibilityClaim = Literal["claimed", "no_claim"]
ActorKind = Literal["state", "armed_group", "individual", "crowd", "unknown"]
AttributionStatus = Literal["reported_as_fact", "claimed", "accused_by_authorities", "suspected", "denied"]
TargetKind = Literal[
    "military",
    "police",
    "government",
    "civilian",
    "business",
    "infrastructure",
    "transport",
    "religious",
    "media",
    "diplomatic",
    "other",
]

WholeNumber = Annotated[int, Field(ge=0)]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Value(BaseModel):
    """A typed value without its words: frozen, comparable, hashable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Count(Value):
    """A number of people or things as an interval (UCDP's low, best and high).

    exact: low=best=high; about: best only; at_least: low=best, high null; at_most: high=best, low null;
    range: low and high, best null; vague words ("dozens"): low only, at_least.
    """

    low: WholeNumber | None = None
    best: WholeNumber | None = None
    high: WholeNumber | None = None
    qualifier: Qualifier = "exact"

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        numbers = [number for number in (self.low, self.best, self.high) if number is not None]
        if not numbers:
            raise ValueError("a count needs at least one of low, best and high")
        if numbers != sorted(numbers):
            raise ValueError("a count needs low <= best <= high")
        return self

    @classmethod
    def exact(cls, number: int) -> Count:
        return cls(low=number, best=number, high=number, qualifier="exact")

    @classmethod
    def about(cls, number: int) -> Count:
        return cls(best=number, qualifier="about")

    @classmethod
    def at_least(cls, number: int) -> Count:
        return cls(low=number, best=number, qualifier="at_least")

    @classmethod
    def vague(cls, low: int) -> Count:
        """A vague word's interval: "dozens" is low 24 without a best guess."""
        return cls(low=low, qualifier="at_least")

    @classmethod
    def at_most(cls, number: int) -> Count:
        return cls(best=number, high=number, qualifier="at_most")

    @classmethod
    def between(cls, low: int, high: int) -> Count:
        return cls(low=low, high=high, qualifier="range")

    @property
    def figure(self) -> int:
        """The one number to print or sort by: best, else low, else high."""
        return next(number for number in (self.best, self.low, self.high) if number is not None)


class DateSpan(Value):
    """A day, or the days from start to end, as ISO dates cut to the precision (`2021-05` for a month)."""

    start: IsoDate
    end: IsoDate | None = None
    precision: Precision = "day"


class Place(Value):
    """A named place; `country` is the English short name where stated or plainly implied."""

    name: str = Field(min_length=1)
    country: str | None = None


class Perpetrator(Value):
    name: str = Field(min_length=1)
    kind: ActorKind = "unknown"
    status: AttributionStatus = "reported_as_fact"
    attributed_by: str | None = None


class Target(Value):
    name: str = Field(min_length=1)
    kind: TargetKind = "other"


class Weapon(Value):
    name: str = Field(min_length=1)


class CasualtyGroup(Value):
    outcome: Outcome
    group: str = Field(min_length=1)
    count: WholeNumber


class Quantity(Value):
    what: str = Field(min_length=1)
    value: float = Field(allow_inf_nan=False)  # JSON has no infinity: a record that held one could not be read back
    unit: str | None = None


class Statement(Value):
    """Who spoke; the words are the quote."""

    speaker: str = Field(min_length=1)


def is_iso_date(text: str) -> bool:
    """Whether `text` is a year, a month or a day in ISO 8601 (`2021`, `2021-05`, `2021-05-02`)."""
    return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text) is not None
