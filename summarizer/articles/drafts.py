"""An article as it was found, before cleaning, and the step from there to an `Article`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from summarizer.errors import ArticleEmptyError
from summarizer.schemas import Article

from .cleaning import clean, mend
from .dates import iso_date

_LEADING_DATE = re.compile(r"\s*date[ :]\s*(?P<day>\d{4}-\d{2}-\d{2})(?:\s|$)")
_LONGEST_NAME = 500
"""Characters of a title or a publisher; beyond them it is a mistake of the page."""


@dataclass(frozen=True)
class Draft:
    """A body with what its source says of it, nothing checked; `name` is how messages call it."""

    name: str
    text: str
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    path: str | None = None

    def article(self) -> Article:
        """The cleaned article.  Raises ArticleEmptyError where cleaning leaves nothing."""
        draft = self._without_leading_date()
        text = clean(draft.text)
        if not text:
            raise ArticleEmptyError(
                f"{self.name}: no text is left after cleaning; check that the file holds the article's body",
                subject=self.name,
            )
        return Article(
            text=text,
            publisher=_line(draft.publisher),
            title=_line(draft.title),
            published=iso_date(draft.published),
            url=_web(draft.url),
            path=draft.path,
        )

    def _without_leading_date(self) -> Draft:
        """The draft with a leading ` date 2020-03-12 ` taken out of the text; the source's own date goes first."""
        match = _LEADING_DATE.match(self.text)
        if not match:
            return self
        try:
            date.fromisoformat(match["day"])
        except ValueError:
            return self
        published = self.published if iso_date(self.published) else match["day"]
        return replace(self, text=self.text[match.end() :], published=published)


def _line(value: str | None) -> str | None:
    return mend(value[:_LONGEST_NAME]) or None if value else None


def _web(value: str | None) -> str | None:
    """A web address, else None: output links to it, and `javascript:` must not get that far."""
    url = (value or "").strip()
    return url if re.match(r"https?://[^\s<>\"]+$", url, re.IGNORECASE) else None
