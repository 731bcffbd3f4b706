"""Relative words of time: "on Wednesday", "the day before", "early Sunday", "earlier this month", "the weekend"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ..schemas import DateSpan

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
_WEEKDAY = (
    r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?:mon|tues?|weds?|thu(?:rs?)?|fri)(?=\.|,|\)|\s\d|$)"
    r"|(?:sat|sun)(?=[.,)]|\s\d)|(?<=\()(?:sat|sun)\b)"
)
_WEEKDAY_AT = re.compile(rf"\b{_WEEKDAY}")
_WEEKDAY_SPAN = re.compile(
    rf"\b{_WEEKDAY}(?:\s+(?:night|evening|morning|afternoon))?\s*(?:-|to|through|until|into|and)\s*(?:early\s+|the\s+)?"
    + _WEEKDAY.replace("<weekday>", "<other>")
    + r"\b"
)
_MANY = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2, "couple of": 2, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
_COUNTED = re.compile(
    r"\b(?P<many>\d{1,3}|" + "|".join(sorted(_MANY, key=len, reverse=True)) + r")\s+"
    r"(?P<unit>hour|day|night|week|fortnight|month|year|decade)s?\s+(?P<way>ago|earlier|before(?! the\b|"
    r" a\b| an\b)|previously|prior|back|since|old)\b"
)
_UNANCHORED = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|the (?:day|week|month|year|morning|night))\s+(?:and a half\s+)?"
    r"(?:after|later|following|before (?!yesterday|last))|\b(?:that|the same|same|next|following) "
    r"(?:day|morning|evening|night|afternoon|week|month|year)\b"
)
_DAY_OF_MONTH = re.compile(r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?P<of> of (?:this|the current|last) month)?")
_TODAY = re.compile(
    r"\b(?:today|tonight|this (?:very )?(?:morning|afternoon|evening|dawn|noon|lunchtime|midday)|"
    r"earlier on|just now|hours ago)\b"
)
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[.:]\d{2})?\s*(?:a\.?m|p\.?m)\b|\b\d{1,2}[.:]\d{2}\b|o'clock|\b\d{4} (?:hours|hrs|gmt)\b"
    r"|\b(?:dawn|sunrise|sunset|dusk|midnight|noon|midday|daybreak|nightfall|first light|small hours|"
    r"early hours|lunchtime)\b"
    r"|\b(?:after|before|past|to|around|about) (?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve)\b(?! \w)"
)
_DAY = timedelta(days=1)
Rule = Callable[[str, date], DateSpan | None]


def relative_date(text: str, published: date) -> DateSpan | None:
    """What the folded words mean when read on the day `published`; None where they say no time, or count from
    another event ("four days after the pile-up")."""
    for rule in _RULES:
        span = rule(text, published)
        if span is not None:
            return span
    return None


def weekday_and_day(text: str, published: date | None) -> DateSpan | None:
    """ "Wednesday the 22nd", "the 5th at dawn", "the 10th of this month": the latest such day up to `published`."""
    match = _DAY_OF_MONTH.search(text)
    if match is None or published is None:
        return None
    weekday = _WEEKDAY_AT.search(text)
    number = int(match["day"])
    month_back = " last month" in (match["of"] or "")
    for back in range(400):
        day = published - back * _DAY
        right_weekday = weekday is None or day.weekday() == WEEKDAYS[weekday["weekday"]]
        if day.day == number and right_weekday and not (month_back and day.month == published.month):
            return _day(day)
    return None


def _day(start: date, end: date | None = None) -> DateSpan:
    return DateSpan(start=start.isoformat(), end=end.isoformat() if end else None, precision="day")


def _week(day: date) -> DateSpan:
    return DateSpan(start=(day - day.weekday() * _DAY).isoformat(), precision="week")


def _month(day: date) -> DateSpan:
    return DateSpan(start=day.isoformat()[:7], precision="month")


def _year(year: int) -> DateSpan:
    return DateSpan(start=f"{year:04d}", precision="year")


def _months_back(published: date, months: int) -> date:
    index = published.year * 12 + published.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def latest_weekday(weekday: int, published: date) -> date:
    """The latest day with this weekday (Monday is 0), the publish day included."""
    return published - (published.weekday() - weekday) % 7 * _DAY


def _weekdays(text: str, published: date) -> DateSpan | None:
    match = _WEEKDAY_AT.search(text)
    if match is None:
        return None
    span = _WEEKDAY_SPAN.search(text)
    if span:
        end = latest_weekday(WEEKDAYS[span["other"]], published)
        start = latest_weekday(WEEKDAYS[span["weekday"]], end)
        return _day(start, end) if start != end else _day(start)
    day = latest_weekday(WEEKDAYS[match["weekday"]], published)
    before = text[: match.start()]
    if re.search(r"\b(?:next|coming|this coming)\s+$", before):
        return _day(day + 7 * _DAY)
    if re.search(r"\blast week\b|\bof last week\b", text):
        monday = published - (published.weekday() + 7) * _DAY
        return _day(monday + WEEKDAYS[match["weekday"]] * _DAY)
    if re.search(r"\b(?:a week ago|a week earlier|week before last)\b", text):
        return _day(day - 7 * _DAY)
    if day == published and re.search(r"\b(?:last|previous|past)\s+$", before):
        return _day(day - 7 * _DAY)
    return _day(day)


def _near_days(text: str, published: date) -> DateSpan | None:
    if "day before yesterday" in text or "night before last" in text:
        return _day(published - 2 * _DAY)
    if re.search(r"\byesterday\b|\blast (?:night|evening)\b", text):
        return _day(published - _DAY)
    if re.search(r"\btomorrow\b", text):
        return _day(published + _DAY)
    if _TODAY.search(text):
        return _day(published)
    if re.search(
        r"\bthe (?:day|night|evening|morning|afternoon) (?:before|earlier)\b(?! the\b| a\b| an\b)|"
        r"\b(?:previous|preceding) (?:day|night|evening)\b|\ba day (?:earlier|before)\b",
        text,
    ):
        return _day(published - _DAY)
    return None


def _counted(text: str, published: date) -> DateSpan | None:
    match = _COUNTED.search(text)
    if match is None:
        return None
    many = int(match["many"]) if match["many"].isdigit() else _MANY[match["many"]]
    unit = match["unit"]
    if unit == "hour":
        return _day(published - timedelta(days=many // 24))
    if unit in {"day", "night"}:
        return _day(published - many * _DAY)
    if unit in {"week", "fortnight"}:
        day = published - timedelta(weeks=many * (2 if unit == "fortnight" else 1))
        return _day(day) if re.search(r"\bexactly\b|\bto the day\b|\bago today\b", text) else _week(day)
    if unit == "month":
        return _month(_months_back(published, many))
    return _year(published.year - many * (10 if unit == "decade" else 1))


_FROM_ELSEWHERE = re.compile(
    r"^(?:the|just|only|some|about)?\s*(?P<many>\d{1,3}|" + "|".join(sorted(_MANY, key=len, reverse=True)) + r"|the)\s+"
    r"(?P<unit>day|night|morning|evening|week)s?\s+(?P<way>earlier|before|previously|later|after|afterwards)$"
)


def counted_from(text: str, day: date) -> DateSpan | None:
    """Words that count from a day of the story, that day given: "two days later", "the night before"."""
    match = _FROM_ELSEWHERE.match(text)
    if match is None:
        return None
    many = 1 if match["many"] == "the" else int(match["many"]) if match["many"].isdigit() else _MANY[match["many"]]
    days = many * (7 if match["unit"] == "week" else 1)
    return _day(day + (days if match["way"] in {"later", "after", "afterwards"} else -days) * _DAY)


_PERIOD = re.compile(
    r"\b(?P<which>this|last|past|previous|current|the past|the last)\s+(?P<unit>week(?!end)|month|"
    r"year)\b(?P<possessive>'s)?"
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


def _periods(text: str, published: date) -> DateSpan | None:
    if match := _ORDINAL_MONTH.search(text):
        number = 12 if match["which"] == "last" else _ORDINAL_OF.index(match["which"]) + 1
        return _month(date(published.year - (match["year"] == "last"), number, 1))
    if "week before last" in text:
        return _week(published - timedelta(weeks=2))
    match = _PERIOD.search(text)
    if match is None:
        return _year(published.year) if re.search(r"\bthe year began\b", text) else None
    back = 0 if match["which"] in {"this", "current"} else 1
    if " before last" in text:
        back += 1
    if match["unit"] == "week":
        return _week(published - timedelta(weeks=back))
    if match["unit"] == "month":
        return _month(_months_back(published, back))
    return _year(published.year - back)


def _weekend(text: str, published: date) -> DateSpan | None:
    if "weekend" not in text:
        return None
    saturday = latest_weekday(5, published)
    if re.search(r"\b(?:last|previous|past) weekend\b", text) and published.weekday() >= 5:
        saturday -= 7 * _DAY
    return _day(saturday, saturday + _DAY)


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
    return _year(published.year - (match["which"] != "this" and not over))


def _overnight(text: str, published: date) -> DateSpan | None:
    return _day(published - _DAY, published) if re.search(r"\bovernight\b|\bduring the night\b", text) else None


def _time_of_day(text: str, published: date) -> DateSpan | None:
    return _day(published) if _CLOCK.search(text) and not _UNANCHORED.search(text) else None


_RULES: tuple[Rule, ...] = (_near_days, _weekdays, _weekend, _counted, _periods, _seasons, _overnight, _time_of_day)
