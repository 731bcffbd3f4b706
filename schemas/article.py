"""An article as the rest of the way sees it: cleaned text and what is known of where it came from."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field, field_validator


def instant(published: str) -> datetime:
    """A publish time in UTC; at either end of the calendar, where UTC has no such day, in the outlet's own time."""
    moment = datetime.fromisoformat(published)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


class Article(BaseModel):
    """One news article.  `text` is the cleaned body; all spans in the output are code-point offsets into it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1)
    publisher: str | None = None
    title: str | None = None
    published: str | None = Field(default=None, description="ISO 8601 date or date-time, as the outlet gives it")
    url: str | None = None
    path: str | None = None

    @field_validator("published")
    @classmethod
    def _iso(cls, value: str | None) -> str | None:
        if value is not None:
            datetime.fromisoformat(value)
        return value

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, as hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def published_on(self) -> date | None:
        """The publish date in the outlet's own time zone: relative words ("on Wednesday") count from it."""
        return datetime.fromisoformat(self.published).date() if self.published else None

    @property
    def published_at(self) -> datetime | None:
        """The publish instant in UTC, for ordering; a bare date counts from its midnight."""
        return instant(self.published) if self.published else None

    @property
    def name(self) -> str:
        """How messages to people name this article."""
        return self.path or self.url or self.publisher or self.title or f"article {self.sha256[:12]}"
