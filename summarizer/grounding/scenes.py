"""Where a quote stands, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..text import Passages

_TOLD = 3000


@dataclass(frozen=True)
class Scene:
    """What a check may look at besides the quote: the article and where the quote stands in it."""

    passages: Passages
    published: date | None
    field: str
    quote: str
    start: int
    end: int
    event_type: str | None = None

    @property
    def sentence(self) -> str:
        """The sentences that the quote touches."""
        first = self.passages.sentence(self.start)
        last = self.passages.sentence(max(self.start, self.end - 1))
        return self.passages.text[first[0] : last[1]]

    @property
    def sentence_before(self) -> str:
        """The sentence before the quote's within its paragraph; empty where it is the first."""
        start = self.passages.sentence(self.start)[0]
        if start <= self.passages.paragraph(self.start)[0]:
            return ""
        return self.passages.text[slice(*self.passages.sentence(start - 1))]

    @property
    def before(self) -> str:
        """The words of the quote's sentence before it: where the subject of "claimed the attack" stands."""
        return self.passages.text[self.passages.sentence(self.start)[0] : self.start]

    @property
    def told_before(self) -> str:
        """The last 3,000 characters before the quote: the days from which its words may count."""
        return self.passages.text[max(0, self.start - _TOLD) : self.start]

    @property
    def paragraph(self) -> str:
        start, end = self.passages.paragraph(self.start)
        return self.passages.text[start : max(end, self.end)]

    @property
    def lead_up(self) -> str:
        """The paragraph of the quote and the one before it: what "the group" or "the same town" points back to."""
        start, _ = self.passages.paragraph(self.start)
        before, _ = self.passages.paragraph(max(0, start - 2))
        return self.passages.text[before : max(self.passages.paragraph(self.start)[1], self.end)]
