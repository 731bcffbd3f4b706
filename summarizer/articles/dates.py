"""The publish date of an article, from the forms in which outlets write it."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 80
_NUMERIC = re.compile(r"^(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})\b")
# The standard library's parser takes nearly anything, and drops the "pm" of "4:05 pm": it gets whole dates only.
_MAIL = re.compile(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{1,4})")
_TIME = re.compile(r"\d:\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)
_HIGHEST_MONTH = 12


def iso_date(value: str | None) -> str | None:
    """`value` as an ISO 8601 date or date-time, None where it names no certain day.

    Reads ISO 8601, the dates of e-mail and feeds, and written-out dates ("March 9, 2023").  Relative words are not
    read, as they would depend on the clock, nor `03/04/2023`, which is two different days in two countries.
    """
    text = " ".join((value or "").split())
    if not text or len(text) > _LONGEST:
        return None
    return _iso(text) or _numeric(text) or _mail(text) or _written(text)


def _iso(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.isoformat() if ":" in text or "T" in text else moment.date().isoformat()


def _numeric(text: str) -> str | None:
    """`12.04.2013` is day first wherever it is written; with slashes only if one of the two cannot be a month."""
    match = _NUMERIC.match(text)
    if not match:
        return None
    day, month = int(match["first"]), int(match["second"])
    if match["mark"] != "." and month > _HIGHEST_MONTH:
        day, month = month, day
    elif match["mark"] != "." and day <= _HIGHEST_MONTH and day != month:
        return None
    try:
        return date(int(match["year"]), month, day).isoformat()
    except ValueError:
        return None


def _mail(text: str) -> str | None:
    if not _MAIL.fullmatch(text):
        return None
    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


def _written(text: str) -> str | None:
    if not re.search(r"\b\d{4}\b", text) or not re.search(r"[^\W\d_]{3}", text):
        return None
    import dateparser  # slow to import, and most dates are ISO

    moment = dateparser.parse(
        text, settings={"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
    )
    if moment is None:
        return None
    return moment.isoformat() if _TIME.search(text) else moment.date().isoformat()
