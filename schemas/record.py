"""The output: incidents in which every field says who supports it, who differs, and the proving words."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Describe

from .report import Match
from .values import (
    CasualtyGroup,
    Count,
    DateSpan,
    EventType,
    Perpetrator,
    Place,
    Quantity,
    ResponsibilityClaim,
    Stage,
    Statement,
    Target,
    Weapon,
)

SCHEMA_VERSION = 1

Agreement = Literal["unanimous", "majority", "disputed", "single", "none"]
Stance = Literal["supports", "differs"]
ConflictKind = Literal["update", "scope", "different_quantity", "precision", "attribution", "contradiction", "error"]
RelationKind = Literal["retaliation_for", "reported_with"]
FailureStage = Literal["read", "extract", "ground", "align", "merge", "narrate", "render"]
DISPUTES: frozenset[ConflictKind] = frozenset({"attribution", "contradiction", "error"})
"""The kinds of conflict that are shown as disputes; the others are explanations."""

T = TypeVar("T")


class Record(BaseModel):
    """Base of all output models: frozen, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Support(Record, Generic[T]):
    """What one source says about one field.  Only verified entries count as support."""

    source: str
    stance: Stance
    value: T | None
    quote: str | None = Describe(description="the words of the article; text[start:end] where located")
    start: int | None = Describe(description="offset in code points into the article's cleaned text")
    end: int | None
    match: Match
    verified: bool


class Claim(Record, Generic[T]):
    """One side of a conflict: a value, or none where its sources name nobody."""

    value: T | None
    sources: list[str]
    kind: ConflictKind | None = Describe(
        default=None, description="how this claim differs from the chosen value; null for the chosen one itself"
    )
    why: str | None = None


class Conflict(Record, Generic[T]):
    """Why sources differ, and what a careful reader should carry forward (`resolved`, null where open)."""

    kind: ConflictKind
    claims: list[Claim[T]]
    resolved: T | None
    why: str


class Field(Record, Generic[T]):
    """One field of an incident.  Sources of the incident that stand in no support entry are silent."""

    value: T | None
    agreement: Agreement
    origins: int = Describe(description="independent origins behind the value")
    rule: str = Describe(description="the named rule that chose the value")
    support: list[Support[T]]
    conflict: Conflict[T] | None = None

    @property
    def supporters(self) -> list[str]:
        """Ids of the sources whose verified words support the value."""
        return [entry.source for entry in self.support if entry.verified and entry.stance == "supports"]

    @property
    def dissenters(self) -> list[str]:
        """Ids of the sources whose verified words differ from the value."""
        return [entry.source for entry in self.support if entry.verified and entry.stance == "differs"]


class Sentence(Record):
    text: str
    sources: list[str]


class Relation(Record):
    """From this incident to another one of the same summary."""

    incident: str
    kind: RelationKind
    sources: list[str]


class IncidentBase(Record):
    """What every kind of incident has.  An incident type of your own subclasses this with `Field`s."""

    id: str
    title: str = Describe(description="composed from the supported fields, never from a model's own words")
    sources: list[str]
    main_in: list[str] = Describe(description="sources that are mainly about this incident")
    origins: int = Describe(description="independent origins among its sources")
    why_together: str = Describe(description="why these reports were taken to be of one incident")
    narrative: list[Sentence]
    relations: list[Relation]


class Incident(IncidentBase):
    """One incident as all its sources tell it; the fields are those of `Report`."""

    event_type: Field[EventType]
    stage: Field[Stage]
    date: Field[DateSpan]
    location: Field[Place]
    killed: Field[Count]
    injured: Field[Count]
    missing: Field[Count]
    captured: Field[Count]
    casualty_groups: list[Field[CasualtyGroup]]
    perpetrators: list[Field[Perpetrator]]
    responsibility_claim: Field[ResponsibilityClaim]
    targets: list[Field[Target]]
    weapons: list[Field[Weapon]]
    quantities: list[Field[Quantity]]
    statements: list[Field[Statement]]


class Source(Record):
    """One article of the summary."""

    id: str
    publisher: str | None
    title: str | None
    published: str | None
    url: str | None
    path: str | None
    sha256: str
    origin: str
    credit: str | None = Describe(description="the wire service that the article credits")
    text: str | None = Describe(default=None, exclude_if=lambda text: text is None)


class Origin(Record):
    """Articles that go back to one text."""

    id: str
    sources: list[str]
    why: str


class Failure(Record):
    """An article, or a stage of one, that did not make it; the others went on."""

    source: str
    stage: FailureStage
    error: str
    message: str


class Run(Record):
    """How the summary was made; the only part that may differ between runs on identical input.

    `unasked` are the sources that the model was not asked about, as their words speak of no incident.
    """

    model: str
    profile: str
    prompt: str
    calls: int
    cached: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    seconds: float
    started: str
    unasked: list[str] = []


class Summary(Record):
    """Everything that `summarize` returns."""

    schema_version: int = SCHEMA_VERSION
    incidents: list[Incident]
    sources: list[Source]
    origins: list[Origin]
    failures: list[Failure]
    run: Run

    def source(self, source_id: str) -> Source:
        """The source with this id; raises KeyError for an unknown id."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(source_id)


def silent(field: Field[T], incident: IncidentBase) -> list[str]:
    """The incident's sources that say nothing of this field."""
    heard = {entry.source for entry in field.support}
    return [source for source in incident.sources if source not in heard]
