"""The vocabulary of time: months, weekdays, counts of days, the spans they make, and phrases that say a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..schemas import DateSpan
from ..text import ORDINALS

DAY = timedelta(days=1)
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
ORDINAL_WORDS = {
    "first": 1, **ORDINALS, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    "twenty-first": 21, "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24, "twenty-fifth": 25,
    "twenty-sixth": 26, "twenty-seventh": 27, "twenty-eighth": 28, "twenty-ninth": 29, "thirtieth": 30,
    "thirty-first": 31,
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        [
            "monday mon",
            "tuesday tues tue",
            "wednesday wed weds",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ]
    )
    for name in names.split()
}
MANY = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2, "couple of": 2, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
MANY_WORDS = "|".join(sorted(MANY, key=len, reverse=True))

_MONTH_NAMES = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Sept\.|Oct\.|Nov\.|Dec\."
)

TIME_PHRASE = re.compile(
    rf"\b(?:\d{{4}}-\d{{2}}-\d{{2}}|(?:{_MONTH_NAMES})\s+\d{{1,2}}\b(?:,\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH_NAMES})(?:\s+\d{{4}})?"
    rf"|(?:last\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tonight|last night|"
    rf"this (?:morning|afternoon|evening)"
    rf"|(?:last\s+|in\s+|In\s+|since\s+)(?:{_MONTH_NAMES})(?:\s+\d{{4}})?)\b"
)
"""A phrase that names a day or a month, as `resolve_date` reads it."""


def number(words: str) -> int:
    """The number of a count of days or years: "12", "twelve", "a couple of"."""
    return int(words) if words.isdigit() else MANY[words]


def day_span(start: date, end: date | None = None) -> DateSpan:
    """A span of days; `end` is dropped where it is the start.  Raises ValueError for an end before the start."""
    if end is not None and end < start:
        raise ValueError("a span ends before it starts")
    return DateSpan(start=start.isoformat(), end=end.isoformat() if end and end != start else None, precision="day")


def week_span(day: date) -> DateSpan:
    """The week of `day`, by its Monday."""
    return DateSpan(start=(day - day.weekday() * DAY).isoformat(), precision="week")


def month_span(year: int, month: int, end: tuple[int, int] | None = None) -> DateSpan:
    """A whole month, or the months up to that of `end`, a year and a month."""
    until = f"{end[0]:04d}-{end[1]:02d}" if end and end != (year, month) else None
    return DateSpan(start=f"{year:04d}-{month:02d}", end=until, precision="month")


def year_span(year: int, end: int | None = None) -> DateSpan:
    """A whole year, or the years up to `end`."""
    until = f"{end:04d}" if end is not None and end != year else None
    return DateSpan(start=f"{year:04d}", end=until, precision="year")
