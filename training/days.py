"""The same story on other days: the publish day, the weekdays and the dates move together."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random
from typing import Any

from summarizer.schemas import DateSpan, Finding

from summarizer.grounding.timewords import MONTHS

from .example import Example
from .rewriting import like, rewritten

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
_NAMES = "|".join(sorted((name for name in MONTHS if name != "may"), key=len, reverse=True))
# "may" is a month only where it is written as a name; "Sat" and "Sun" as often are something else.
_MONTH = rf"(?:(?i:{_NAMES})\.?|May|MAY)"
_TIME = re.compile(
    rf"\b(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    rf"|(?P<day>\d{{1,2}})(?P<th>(?:st|nd|rd|th)?(?: of)?) (?P<month>{_MONTH})(?P<year>,? (?:19|20)\d\d)?"
    rf"|(?P<first>{_MONTH}) (?P<second>\d{{1,2}})(?P<nth>st|nd|rd|th)?(?P<comma>,? (?:19|20)\d\d)?"
    rf"|(?P<weekday>(?i:{'|'.join(_WEEKDAYS)}))|(?P<alone>(?:19|20)\d\d))(?!\w)"
)
_WEEKS = 52 * 7
_YEARS = 3


def moved(example: Example, chance: Random) -> Example | None:
    """The example some days and years away; None where that leads to a day that does not exist."""
    days, years = chance.randint(-6, 6), chance.randint(-_YEARS, _YEARS)
    return moved_by(example, days, years)


def moved_by(example: Example, days: int, years: int) -> Example | None:
    """The example moved by days and by years of 52 whole weeks, so that weekdays move by the days alone."""
    by = timedelta(days=days + years * _WEEKS)
    published = example.article.published
    told = example.article.published_on or date(2020, 7, 1)
    if by == timedelta(0):
        return None
    try:
        return rewritten(
            example,
            lambda text: _TIME.sub(lambda match: _written(match, by, years, told), text),
            lambda finding: _later(finding, by, years),
            published=(told + by).isoformat() + published[10:] if published else None,
        )
    except ValueError:
        return None


def _written(match: re.Match[str], by: timedelta, years: int, told: date) -> str:
    if match["iso"]:
        return (date.fromisoformat(match["iso"]) + by).isoformat()
    if match["weekday"]:
        at = [name.lower() for name in _WEEKDAYS].index(match["weekday"].lower())
        return like(_WEEKDAYS[(at + by.days) % 7], match["weekday"])
    if match["alone"]:
        return str(int(match["alone"]) + years)
    day, month = (match["day"], match["month"]) if match["day"] else (match["second"], match["first"])
    year = match["year"] or match["comma"]
    new = _dated(int(day), MONTHS[month.lower().rstrip(".")], year, told) + by
    number, name = str(new.day) + _nth(new.day, match["th"] or match["nth"] or ""), _month(new.month, month)
    tail = f"{year[:-4]}{new.year}" if year else ""
    return f"{number} {name}{tail}" if match["day"] else f"{name} {number}{tail}"


def _dated(day: int, month: int, year: str | None, told: date) -> date:
    """The day that is meant: without a year the one nearest to publication."""
    if year:
        return date(int(year[-4:]), month, day)
    near = [date(told.year + step, month, day) for step in (-1, 0, 1) if (month, day) != (2, 29)]
    return min(near, key=lambda one: abs(one - told))


def _nth(day: int, ending: str) -> str:
    if not ending[:2].strip():
        return ending
    fitting = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return fitting + ending[2:] if ending[:2].isalpha() else ending


def _month(number: int, model: str) -> str:
    name = _MONTHS[number - 1]
    short = len(model.rstrip(".")) <= 4 and model.lower() not in {"may", "june", "july"}
    if short:
        dot = "." if model.endswith(".") and len(name) > 3 else ""
        name = name[: len(model.rstrip("."))][:3] + dot if model.lower()[:4] != "sept" else name[:3] + dot
    return like(name, model)


def _later(finding: Finding[Any], by: timedelta, years: int) -> Any:
    """A date's new value: days move by the days, months and years by the years."""
    span = finding.value
    if not isinstance(span, DateSpan):
        return span
    ends = {side: _shifted(day, by, years) for side in ("start", "end") if (day := getattr(span, side))}
    return span.model_copy(update=ends)


def _shifted(day: str, by: timedelta, years: int) -> str:
    if len(day) == len("2020-01-01"):
        return (date.fromisoformat(day) + by).isoformat()
    return f"{int(day[:4]) + years:04d}{day[4:]}"
