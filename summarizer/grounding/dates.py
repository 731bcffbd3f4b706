"""Dates: from the words of an article to a `DateSpan`, counted from the publish date where they are relative.

Explicit dates come first, then relative words (`relative`), then `dateparser` for other languages' dates.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache
from typing import cast

from ..schemas import DateSpan
from .counting import counted_from_named, day_of_month, in_context, since_event
from .feasts import feast_day, find_feast, latest_feast
from .relative import relative_date
from .timewords import DAY, MANY_WORDS, MONTHS, ORDINAL_WORDS, day_span, month_span, number, week_span, year_span
from .weekdays import weekday_and_day

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_MONTH_2 = _MONTH.replace("<month>", "<month2>")
_DAY = r"(?P<day>\d{1,2}|" + "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True)) + r")(?:st|nd|rd|th)?"
_DAY_2 = r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|to|and|&|until|through|till|/)\s*(?:the\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_YEAR = r"(?:(?:-|,?\s+(?:of\s+)?)(?P<year>(?:1[89]|20)\d\d)\b)?"
_NOT_MORE = r"(?![\d:]|[.,]\d)"
_BOTH = (
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}{_TO}{_DAY_2}\s+(?:of\s+)?{_MONTH_2}{_YEAR}"),
    re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}{_TO}{_MONTH_2}\s+{_DAY_2}{_NOT_MORE}{_YEAR}"),
)
_DAYS = (
    re.compile(rf"\b{_DAY}(?:{_TO}{_DAY_2})?\s*(?:of\s+)?(?:the\s+)?-?{_MONTH}{_YEAR}"),
    re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?:{_TO}{_DAY_2})?{_NOT_MORE}{_YEAR}"),
)
_ISO = re.compile(r"\b((?:1[89]|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:\b|(?=t\d))")
_ISO_BASIC = re.compile(r"(?<![\d.,-])((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?![\d.,])")
_SLASHED = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+(?:of\s+|in\s+)?(?:the\s+(?:year\s+)?)?(?P<year>(?:1[89]|20)\d\d)\b")
_BARE_MONTH = re.compile(rf"\b{_MONTH}")
_BARE_YEAR = re.compile(r"(?<![\d.,:-])(?P<year>(?:19|20)\d\d)\b(?!\s*(?:hours|hrs|gmt|s\b|%)|[.,:]\d|-\d)")
_YEARS_SPAN = re.compile(
    r"\bbetween (?P<from>(?:19|20)\d\d) and (?P<to>(?:19|20)\d\d)\b"
    r"|(?<![\d-])(?P<year>(?:19|20)\d\d)\s*(?:-|to|until|through)\s*(?P<until>(?:19|20)\d\d)\b(?![-\d])"
)
_MONTHS_SPAN = re.compile(rf"\b{_MONTH}\s*(?:-|to|and|or|until|through)\s*{_MONTH_2}{_YEAR}")
_MONTH_ISO = re.compile(r"\b((?:19|20)\d\d)-(0[1-9]|1[0-2])\b(?!-)")
_YEARS_AGO = re.compile(rf"\b(?P<many>{MANY_WORDS}|\d{{1,2}})\s+years?\s+(?:ago|earlier|before)\b")
_AHEAD = 3 * DAY


def resolve_date(
    phrase: str, published: date | None, *, before: str = "", event_type: str | None = None
) -> DateSpan | None:
    """The day, week, month or year that `phrase` means in an article published on `published`.

    A year that is not said is the nearest one that does not put the date in the future by more than three days; a
    weekday is the latest such day up to the publish day.  Weeks start on their Monday.  Precision codes are ACLED's,
    with the week and year added.  `before` are the article's words before the phrase: what counts from another day
    ("two days later", "later that morning") or says a time of day alone ("at dawn") counts from the day named last in
    them.  With `event_type`, the kind of incident whose date this is, "four days after the pile-up" counts back to it.
    None where the words say no date, or a relative one without `published`.
    """
    text = _folded(phrase)
    if not text:
        return None
    try:
        return _resolved(text, phrase, published, before, event_type)
    except (ValueError, OverflowError):  # 31 June, or a count of years before the calendar's first
        return None


def _resolved(text: str, phrase: str, published: date | None, before: str, event_type: str | None) -> DateSpan | None:
    def named(words: str) -> DateSpan | None:
        return resolve_date(words, published)

    def again(rest: str) -> DateSpan | None:
        return resolve_date(_with_capitals(rest, phrase), published)

    return (
        counted_from_named(text, again)
        or _explicit(text, phrase, published)
        or weekday_and_day(text, published)
        or day_of_month(text, lambda month: _year_of_month(text, month, published))
        or _month(text, phrase, published)
        or since_event(text, before, published, event_type, named)
        or (in_context(text, before, published, named) if before else None)
        or (relative_date(text, published) if published and not _BARE_YEAR.search(text) else None)
        or _foreign(phrase.strip(), published)
        or _year(text)
    )


def _folded(phrase: str) -> str:
    return _plain(phrase).lower()


def _plain(phrase: str) -> str:
    text = phrase[:300].translate({0x2019: "'", 0x2018: "'", 0x2013: "-", 0x2014: " - ", 0x2011: "-", 0xA0: " "})
    return " ".join(text.split())


def _with_capitals(rest: str, phrase: str) -> str:
    """The end `rest` of the folded phrase as it was written: "May" and "may" differ.  Never longer than `rest`."""
    written = _plain(phrase)[-len(rest) :]
    return written if written.lower() == rest else rest


def _explicit(text: str, phrase: str, published: date | None) -> DateSpan | None:
    if match := _ISO.search(text) or _ISO_BASIC.search(text):
        return day_span(date(int(match[1]), int(match[2]), int(match[3])))
    if match := _SLASHED.search(text):
        return _slashed(int(match[1]), int(match[2]), int(match[3]), published)
    for pattern in _BOTH:
        if match := pattern.search(text):
            return _across(match, text, published)
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            if _is_month(match, phrase):
                span = _days(match, text, published)
                return _week_of(span) if span and _WEEK_WITH.search(text[: match.start()]) else span
    return _feast(text, published)


_WEEK_WITH = re.compile(r"\bweek (?:of|beginning|starting|ending|from|to)\s+(?:the\s+)?$")


def _week_of(span: DateSpan) -> DateSpan:
    return week_span(date.fromisoformat(span.start))


_AROUND = re.compile(r"\b(?:at|over|around|about|near|before|after|since)\s+$")


def _feast(text: str, published: date | None) -> DateSpan | None:
    """A named day; "before Christmas" and "at Easter" say no more than its month."""
    match = find_feast(text)
    if match is None:
        return None
    before = text[: match.start()]
    around = match["feast"] in {"christmas", "easter"} and _AROUND.search(before) is not None
    if not around and re.search(r"\b(?:before|after)\b|\beve of\b", before):
        return None
    year = _said_year(text, match["year"], published)
    if year is None and published is None:
        return None
    day = feast_day(match["feast"], year) if year else latest_feast(match["feast"], cast(date, published) + _AHEAD)
    return month_span(day.year, day.month) if around else day_span(day)


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
    return int(words) if words.isdigit() else ORDINAL_WORDS[words]


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
        return published.year - number(match["many"])
    if re.search(r"\b(?:last|previous|past) year\b|\byear before\b", text):
        return published.year - (2 if "before last" in text else 1)
    if re.search(r"\b(?:this|current|same|present) year\b", text):
        return published.year
    if re.search(r"(?<!the )\bnext year\b", text):
        return published.year + 1
    return None


def _month(text: str, phrase: str, published: date | None) -> DateSpan | None:
    if (match := _MONTHS_SPAN.search(text)) and match["year"]:
        return _months(MONTHS[match["month"]], MONTHS[match["month2"]], int(match["year"]))
    if match := _MONTH_YEAR.search(text):
        return month_span(int(match["year"]), MONTHS[match["month"]])
    if match := _MONTH_ISO.search(text):
        return month_span(int(match[1]), int(match[2]))
    match = next((match for match in _BARE_MONTH.finditer(text) if _is_month(match, phrase)), None)
    if match is None or published is None:
        return None
    if span := _MONTHS_SPAN.search(text, match.start()):
        end = _year_of_month(text, MONTHS[span["month2"]], published)
        return _months(MONTHS[span["month"]], MONTHS[span["month2"]], end)
    month = MONTHS[match["month"]]
    which = re.search(r"\b(?P<which>last|next)\s+$", text[: match.start()])
    if which and which["which"] == "next":
        return month_span(published.year + (month <= published.month), month)
    if which and _said_year(text, None, published) is None:
        return month_span(published.year - (month >= published.month), month)
    year = _year_of_month(text, month, published)
    return month_span(year, month) if year is not None else None


def _months(month: int, month_2: int, end_year: int | None) -> DateSpan | None:
    """The months from one to another that lies in `end_year`."""
    if end_year is None:
        return None
    return month_span(end_year - (month > month_2), month, (end_year, month_2))


def _year_of_month(text: str, month: int, published: date | None) -> int | None:
    """The year of a month: written out or said, else the latest that is not ahead of the publish day."""
    written = _BARE_YEAR.search(text)
    said = _said_year(text, written["year"] if written else None, published)
    if said is not None or published is None:
        return said
    return published.year - (month > published.month)


def _year(text: str) -> DateSpan | None:
    if match := _YEARS_SPAN.search(text):
        return year_span(int(match["from"] or match["year"]), int(match["to"] or match["until"]))
    match = _BARE_YEAR.search(text)
    return year_span(int(match["year"])) if match else None


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
