"""Dates: from the words of an article to a `DateSpan`, counted from the publish date where they are relative.

Explicit dates come first, then relative words (`relative`), then `dateparser` for other languages' dates.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache

from ..schemas import DateSpan
from ..text import ORDINALS
from .relative import counted_from, relative_date, weekday_and_day

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
_ORDINAL_WORDS = {
    "first": 1, **ORDINALS, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    "twenty-first": 21, "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24, "twenty-fifth": 25,
    "twenty-sixth": 26, "twenty-seventh": 27, "twenty-eighth": 28, "twenty-ninth": 29, "thirtieth": 30,
    "thirty-first": 31,
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_MONTH_2 = _MONTH.replace("<month>", "<month2>")
_DAY = r"(?P<day>\d{1,2}|" + "|".join(sorted(_ORDINAL_WORDS, key=len, reverse=True)) + r")(?:st|nd|rd|th)?"
_DAY_2 = r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|to|and|until|through|till|/)\s*(?:the\s+)?"
_YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>(?:1[89]|20)\d\d)\b)?"
_NOT_MORE = r"(?![\d:]|[.,]\d)"
_BOTH = (
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}{_TO}{_DAY_2}\s+(?:of\s+)?{_MONTH_2}{_YEAR}"),
    re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}{_TO}{_MONTH_2}\s+{_DAY_2}{_NOT_MORE}{_YEAR}"),
)
_DAYS = (
    re.compile(rf"\b{_DAY}(?:{_TO}{_DAY_2})?\s*(?:of\s+)?(?:the\s+)?-?{_MONTH}-?{_YEAR}"),
    re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?:{_TO}{_DAY_2})?{_NOT_MORE}{_YEAR}"),
)
_ISO = re.compile(r"\b((?:1[89]|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+(?:of\s+|in\s+)?(?:the\s+(?:year\s+)?)?(?P<year>(?:1[89]|20)\d\d)\b")
_BARE_MONTH = re.compile(rf"\b{_MONTH}")
_BARE_YEAR = re.compile(r"(?<![\d.,:-])(?P<year>(?:19|20)\d\d)\b(?!\s*(?:hours|hrs|gmt|s\b|%)|[.,:]\d|-\d)")
_MONTH_ISO = re.compile(r"\b((?:19|20)\d\d)-(0[1-9]|1[0-2])\b(?!-)")
_YEARS_AGO = re.compile(
    r"\b(?P<many>a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+years?\s+(?:ago|earlier|before)\b"
)
_SMALL = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
} | {"a": 1}
_HOLIDAYS = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25),
    "boxing day": (12, 26), "valentine's day": (2, 14), "may day": (5, 1), "halloween": (10, 31),
}  # fmt: skip
_AHEAD = timedelta(days=3)


def resolve_date(phrase: str, published: date | None) -> DateSpan | None:
    """The day, week, month or year that `phrase` means in an article published on `published`.

    A year that is not said is the nearest one that does not put the date in the future by more than three days; a
    weekday is the latest such day up to the publish day.  Weeks start on their Monday.  Precision codes are ACLED's,
    with the week and year added.  None where the words say no date, or a relative one without `published`.
    """
    text = _folded(phrase)
    if not text:
        return None
    try:
        return (
            _explicit(text, phrase, published)
            or weekday_and_day(text, published)
            or _month(text, phrase, published)
            or (relative_date(text, published) if published and not _BARE_YEAR.search(text) else None)
            or _foreign(phrase.strip(), published)
            or _year(text)
        )
    except (ValueError, OverflowError):  # 31 June, or a count of years before the calendar's first
        return None


def resolve_counted(phrase: str, day: date) -> DateSpan | None:
    """The day of words that count from another day of the story ("two days later"); None for other words."""
    try:
        return counted_from(_folded(phrase), day)
    except (ValueError, OverflowError):
        return None


def _folded(phrase: str) -> str:
    text = phrase[:300].translate({0x2019: "'", 0x2018: "'", 0x2013: "-", 0x2014: " - ", 0x2011: "-", 0xA0: " "})
    return " ".join(text.lower().split())


def _explicit(text: str, phrase: str, published: date | None) -> DateSpan | None:
    if match := _ISO.search(text):
        return day_span(date(int(match[1]), int(match[2]), int(match[3])))
    if match := _SLASHED.search(text):
        return _slashed(int(match[1]), int(match[2]), int(match[3]), published)
    for pattern in _BOTH:
        if match := pattern.search(text):
            return _across(match, text, published)
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            if _is_month(match, phrase):
                return _days(match, text, published)
    for name, (month, day) in _HOLIDAYS.items():
        if name in text and (year := _said_year(text, None, published)) is not None:
            return day_span(date(year, month, day))
        if name in text and published and "before" not in text and "after" not in text:
            return day_span(_not_ahead(month, day, published))
    return None


def day_span(start: date, end: date | None = None) -> DateSpan:
    """A span of days; `end` is dropped where it is the start."""
    if end is not None and end < start:
        raise ValueError("a span ends before it starts")
    return DateSpan(start=start.isoformat(), end=end.isoformat() if end and end != start else None, precision="day")


def _slashed(one: int, other: int, year: int, published: date | None) -> DateSpan | None:
    """Day first, as in most countries, unless only the other reading is a date or lies nearer before publication."""
    year += 2000 if year < 100 else 0
    readings = []
    for day, month in ((one, other), (other, one)):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            readings.append(date(year, month, day))
    if published:
        readings.sort(key=lambda reading: reading > published + _AHEAD)
    return day_span(readings[0]) if readings else None


def _is_month(match: re.Match[str], phrase: str) -> bool:
    """Whether the month is one: "may" and "march" without a capital are verbs."""
    name = match["month"]
    return (
        name not in {"may", "march", "mar", "sun"}
        or re.search(rf"\b{name.capitalize()}|\b{name.upper()}", phrase) is not None
    )


def _days(match: re.Match[str], text: str, published: date | None) -> DateSpan | None:
    month, first = MONTHS[match["month"]], _day_number(match["day"])
    year = _said_year(text, match["year"], published)
    if year is None:
        if published is None:
            return None
        start = _not_ahead(month, first, published)
    else:
        start = date(year, month, first)
    end = start.replace(day=int(match["day2"])) if match["day2"] else None
    return day_span(start, end)


def _across(match: re.Match[str], text: str, published: date | None) -> DateSpan | None:
    """A span from a day of one month to a day of another: "30 June to 2 July"."""
    month, month_2 = MONTHS[match["month"]], MONTHS[match["month2"]]
    year = _said_year(text, match["year"], published)
    if year is None and published is None:
        return None
    end = date(year, month_2, int(match["day2"])) if year else _not_ahead(month_2, int(match["day2"]), published)
    start = date(end.year - (month > month_2), month, _day_number(match["day"]))
    return day_span(start, end)


def _day_number(words: str) -> int:
    return int(words) if words.isdigit() else _ORDINAL_WORDS[words]


def _not_ahead(month: int, day: int, published: date | None) -> date:
    """The latest such day that is not ahead of the publish day by more than three days."""
    if published is None:
        raise ValueError("no publish date to count from")
    for year in range(published.year + 1, published.year - 9, -1):
        if day <= monthrange(year, month)[1] and date(year, month, day) <= published + _AHEAD:
            return date(year, month, day)
    raise ValueError("no such day")


def _said_year(text: str, year: str | None, published: date | None) -> int | None:
    """The year that the words give: written out, "last year", "two years ago", "this year"; None where they do not."""
    if year:
        return int(year)
    if published is None:
        return None
    if match := _YEARS_AGO.search(text):
        many = match["many"]
        return published.year - (int(many) if many.isdigit() else _SMALL[many])
    if re.search(r"\b(?:last|previous|past) year\b|\byear before\b", text):
        return published.year - (2 if "before last" in text else 1)
    if re.search(r"\b(?:this|current|same|present) year\b", text):
        return published.year
    return None


def _month(text: str, phrase: str, published: date | None) -> DateSpan | None:
    if match := _MONTH_YEAR.search(text):
        return month_span(int(match["year"]), MONTHS[match["month"]])
    if match := _MONTH_ISO.search(text):
        return month_span(int(match[1]), int(match[2]))
    match = next((match for match in _BARE_MONTH.finditer(text) if _is_month(match, phrase)), None)
    if match is None or published is None:
        return None
    month = MONTHS[match["month"]]
    year = _said_year(text, None, published)
    if year is None:
        last = re.search(r"\blast\s+$", text[: match.start()]) is not None
        year = published.year - (month >= published.month if last else month > published.month)
    return month_span(year, month)


def month_span(year: int, month: int) -> DateSpan:
    """A whole month."""
    return DateSpan(start=f"{year:04d}-{month:02d}", precision="month")


def _year(text: str) -> DateSpan | None:
    match = _BARE_YEAR.search(text)
    return DateSpan(start=match["year"], precision="year") if match else None


def _foreign(phrase: str, published: date | None) -> DateSpan | None:
    """A date in another language ("18 de junio de 2012"), by dateparser; never a phrase without a day's figure."""
    if not re.fullmatch(r"[^\d]{0,12}\d{1,2}\D{1,25}(?:\d{4})?[^\d]{0,8}", phrase) or len(phrase) > 40:
        return None
    if published is None and not re.search(r"\d{4}", phrase):
        return None
    parsed = _parsed(phrase, published or date(2000, 1, 1))
    return day_span(parsed) if parsed else None


@lru_cache(maxsize=512)
def _parsed(phrase: str, base: date) -> date | None:
    import dateparser  # slow to import and seldom needed

    parsed = dateparser.parse(
        phrase,
        settings={
            "RELATIVE_BASE": datetime(base.year, base.month, base.day),
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["absolute-time"],
        },
    )
    return parsed.date() if parsed else None
