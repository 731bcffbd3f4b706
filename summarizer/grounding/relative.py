"""Relative words of time: "on Wednesday", "the day before", "early Sunday", "earlier this month", "the weekend"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ..schemas import DateSpan
from .timewords import DAY, MANY_WORDS, day_span, month_span, number, week_span, year_span
from .weekdays import say_weekday, say_weekend

_COUNTED = re.compile(
    r"\b(?P<many>\d{1,3}|" + MANY_WORDS + r")\s+"
    r"(?P<unit>hour|day|night|week|fortnight|month|year|decade)s?\s+(?P<way>ago|earlier|before(?! the\b|"
    r" a\b| an\b)|previously|prior|back|since|old)\b"
)
_UNANCHORED = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|the (?:day|week|month|year|morning|night))\s+(?:and a half\s+)?"
    r"(?:after|later|following|before (?!yesterday|last))|\b(?:that|the same|same|next|following) "
    r"(?:day|morning|evening|night|afternoon|week|month|year)\b"
)
_TODAY = re.compile(
    r"\b(?:today|tonight|this (?:very )?(?:morning|afternoon|evening|dawn|noon|lunchtime|midday)|"
    r"earlier on|earlier in the day|just now)\b"
)
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[.:]\d{2})?\s*(?:a\.?m|p\.?m)\b|\b\d{1,2}[.:]\d{2}\b|o'clock|\b\d{4} (?:hours|hrs|gmt)\b"
    r"|\b(?:dawn|sunrise|sunset|dusk|midnight|noon|midday|daybreak|nightfall|first light|small hours|"
    r"early hours|lunchtime|noontime|after dark|break of day|in the (?:early |late )?(?:morning|afternoon|evening))\b"
    r"|\b(?:after|before|past|to|around|about) (?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve)\b(?! \w)"
)
_LAST_HOURS = re.compile(r"\b(?:past|last|previous|preceding) (?P<hours>\d{1,2}) hours\b")
Rule = Callable[[str, date], DateSpan | None]


def relative_date(text: str, published: date) -> DateSpan | None:
    """What the folded words mean when read on the day `published`; None where they say no time, or count from
    another event ("four days after the pile-up")."""
    for rule in _RULES:
        span = rule(text, published)
        if span is not None:
            return span
    return None


def _months_back(published: date, months: int) -> tuple[int, int]:
    """The year and month that lie `months` before that of `published`; ahead of it where `months` is negative."""
    index = published.year * 12 + published.month - 1 - months
    return index // 12, index % 12 + 1


def _near_days(text: str, published: date) -> DateSpan | None:
    if "day before yesterday" in text or "night before last" in text:
        return day_span(published - 2 * DAY)
    if re.search(r"\byesterday\b|\blast (?:night|evening)\b", text):
        return day_span(published - DAY)
    if re.search(r"\btomorrow\b", text):
        return day_span(published + DAY)
    if match := _LAST_HOURS.search(text):
        return day_span(published - (int(match["hours"]) + 23) // 24 * DAY, published)
    if _TODAY.search(text) and not re.search(r"\bago (?:today|tonight|this)\b", text):
        return day_span(published)
    if re.search(
        r"\bthe (?:day|night|evening|morning|afternoon) (?:before|earlier)\b(?! the\b| a\b| an\b)|"
        r"\b(?:previous|preceding) (?:day|night|evening)\b|\ba day (?:earlier|before)\b",
        text,
    ):
        return day_span(published - DAY)
    return None


_EXACT = re.compile(r"\bexactly\b|\bto the day\b|\bago today\b")


def _counted(text: str, published: date) -> DateSpan | None:
    if re.search(r"\bhalf a year (?:ago|earlier)\b", text):
        return month_span(*_months_back(published, 6))
    match = _COUNTED.search(text)
    if match is None:
        return day_span(published) if re.search(r"\b(?:hours|minutes|moments) (?:ago|earlier)\b", text) else None
    many, unit = number(match["many"]), match["unit"]
    if unit == "hour":
        return day_span(published - timedelta(days=many // 24))
    if unit in {"day", "night"}:
        return day_span(published - many * DAY)
    if unit in {"week", "fortnight"}:
        day = published - timedelta(weeks=many * (2 if unit == "fortnight" else 1))
        return day_span(day) if _EXACT.search(text) else week_span(day)
    months = many * {"month": 1, "year": 12, "decade": 120}[unit]
    if _EXACT.search(text):
        return day_span(date(*_months_back(published, months), published.day))
    if unit == "month":
        return month_span(*_months_back(published, months))
    return year_span(published.year - months // 12)


_PERIOD = re.compile(
    r"\b(?P<which>this|last|past|previous|current|(?<!the )next)\s+(?P<unit>week(?!end)|month|"
    r"year)\b|\b(?P<in>earlier|early|late|later) in the (?P<unit_in>week|month|year)\b"
    r"|(?<!of )\bthe (?P<unit_before>week|month|year) before$"
)
_ORDINAL_MONTH = re.compile(
    r"\b(?P<which>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|last|twelfth) month of "
    r"(?P<year>this|last|the) (?:current )?year\b"
)
_ORDINAL_OF = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]


_OF_THE_YEAR = re.compile(r"\bthe year began\b|\b(?:start|beginning) of the year\b|\bthe turn of the year\b")


def _periods(text: str, published: date) -> DateSpan | None:
    if match := _ORDINAL_MONTH.search(text):
        number = 12 if match["which"] == "last" else _ORDINAL_OF.index(match["which"]) + 1
        return month_span(published.year - (match["year"] == "last"), number)
    if "week before last" in text:
        return week_span(published - timedelta(weeks=2))
    if "year before last" in text:
        return year_span(published.year - 2)
    match = _PERIOD.search(text)
    if match is None:
        return year_span(published.year) if _OF_THE_YEAR.search(text) else None
    back = 0 if match["in"] else {"this": 0, "current": 0, "next": -1}.get(match["which"], 1)
    unit = match["unit"] or match["unit_in"] or match["unit_before"]
    if " before last" in text:
        back += 1
    if unit == "week":
        return week_span(published - timedelta(weeks=back))
    if unit == "month":
        return month_span(*_months_back(published, back))
    return year_span(published.year - back)


_SEASON = re.compile(
    r"\b(?:(?P<which>last|this|past)|(?:in|since|during|over)(?: the)?)\s+(?P<season>spring|summer|"
    r"autumn|fall|winter)\b"
)
_SEASON_END = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 12}


def _seasons(text: str, published: date) -> DateSpan | None:
    match = _SEASON.search(text)
    if match is None:
        return None
    over = published.month > _SEASON_END[match["season"]]
    return year_span(published.year - (match["which"] != "this" and not over))


def _overnight(text: str, published: date) -> DateSpan | None:
    return day_span(published - DAY, published) if re.search(r"\bovernight\b|\bduring the night\b", text) else None


def _time_of_day(text: str, published: date) -> DateSpan | None:
    return day_span(published) if _CLOCK.search(text) and not _UNANCHORED.search(text) else None


_AFTER_MIDNIGHT = re.compile(r"\bmidnight\b|\b(?:small|early|wee) hours\b")


def only_a_clock_time(text: str, published: date) -> bool:
    """Whether the folded words say a time of day ("at dawn", "about 9.40") and neither its day nor another event.

    Hours after midnight are left out: they may belong to the day after the one named last.
    """
    if _AFTER_MIDNIGHT.search(text) or _time_of_day(text, published) is None:
        return False
    return not any(rule(text, published) for rule in _DAYS_FIRST)


_DAYS_FIRST: tuple[Rule, ...] = (_near_days, say_weekday, say_weekend, _counted, _periods, _seasons, _overnight)
_RULES: tuple[Rule, ...] = (*_DAYS_FIRST, _time_of_day)
