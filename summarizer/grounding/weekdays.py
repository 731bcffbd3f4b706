"""Days said by their weekday: "last Friday", "Wednesday the 22nd", "Tuesday-to-Wednesday night", "the weekend"."""

from __future__ import annotations

import re
from datetime import date

from ..schemas import DateSpan
from .timewords import DAY, MANY_WORDS, ORDINAL_WORDS, WEEKDAYS, day_span, number

_PART = r"night|evening|morning|afternoon|lunchtime"
_WEEKDAY = (
    r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    rf"|(?:mon|tues?|weds?|thu(?:rs?)?|fri)(?=\.|,|\)|\s\d|\s(?:{_PART})|-(?:tue|wed|thu|fri|sat|sun)|$)"
    rf"|(?:sat|sun)(?=[.,)]|\s\d|\s(?:{_PART}))|(?<=[(-])(?:sat|sun)\b)"
)
_WEEKDAY_AT = re.compile(rf"\b{_WEEKDAY}")
_WEEKDAY_SPAN = re.compile(
    rf"\b{_WEEKDAY}(?:\s+(?:{_PART}))?\s*(?:-to-|-|to|through|thru|until|till|into|and|or)\s*"
    r"(?:early\s+|late\s+|the\s+)?" + _WEEKDAY.replace("<weekday>", "<other>") + r"\b"
)
_WEEKDAYS_BACK = re.compile(rf"\b(?P<many>\d{{1,2}}|{MANY_WORDS}) (?:mon|tues|wednes|thurs|fri|satur|sun)days ago\b")
_NO_ONE_DAY = re.compile(r"\b(?:every|each|most|following)\s+$")
_YET_TO_COME = re.compile(r"\s+week\b(?! (?:ago|before|earlier|last))")
_OF_OTHER_WORDS = re.compile(r"\s+(?:(?:night|morning|evening|afternoon)\s+)?(?:after|following)\b")
_WEEK_EARLIER = re.compile(r"\b(?:a week (?:ago|earlier)|week before last|before last)\b|\ba week (?:last|on)\s+$")
_DAY_OF_MONTH = re.compile(
    r"\b(?:the|on) (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?P<of> of (?:this|the current|last) month)?"
    r"|\bthe (?P<word>" + "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True)) + r")"
    r"(?P<of_word> of (?:the|this|the current|last) month)\b"
)


def weekday_and_day(text: str, published: date | None) -> DateSpan | None:
    """ "Wednesday the 22nd", "the 5th at dawn", "the tenth of this month": the latest such day up to `published`."""
    match = _DAY_OF_MONTH.search(text)
    if match is None or published is None:
        return None
    weekday = _WEEKDAY_AT.search(text)
    wanted = int(match["day"]) if match["day"] else ORDINAL_WORDS[match["word"]]
    month_back = " last month" in (match["of"] or match["of_word"] or "")
    for back in range(400):
        day = published - back * DAY
        right_weekday = weekday is None or day.weekday() == WEEKDAYS[weekday["weekday"]]
        if day.day == wanted and right_weekday and not (month_back and day.month == published.month):
            return day_span(day)
    return None


def latest_weekday(weekday: int, published: date) -> date:
    """The latest day with this weekday (Monday is 0), the publish day included."""
    return published - (published.weekday() - weekday) % 7 * DAY


def say_weekday(text: str, published: date) -> DateSpan | None:
    """The day or days of the weekdays in the folded words, up to the publish day; None for one that counts from
    another event ("the following Friday"), comes back ("on Fridays") or is yet to come ("Monday week")."""
    if match := _WEEKDAYS_BACK.search(text):
        weekday = match.group().split()[-2].removesuffix("s")
        return day_span(latest_weekday(WEEKDAYS[weekday], published) - (number(match["many"]) - 1) * 7 * DAY)
    match = _WEEKDAY_AT.search(text)
    if match is None:
        return None
    if span := _WEEKDAY_SPAN.search(text):
        end = latest_weekday(WEEKDAYS[span["other"]], published)
        return day_span(latest_weekday(WEEKDAYS[span["weekday"]], end), end)
    before, after = text[: match.start()], text[match.end() :]
    if _NO_ONE_DAY.search(before) or _YET_TO_COME.match(after) or _OF_OTHER_WORDS.match(after):
        return None
    return day_span(_one_weekday(WEEKDAYS[match["weekday"]], text, before, published))


def _one_weekday(weekday: int, text: str, before: str, published: date) -> date:
    day = latest_weekday(weekday, published)
    if re.search(r"\b(?:next|coming|this coming)\s+$", before):
        return day + 7 * DAY
    if "local time" in text and day + 7 * DAY == published + DAY:
        return published + DAY  # the event's clock is ahead of the outlet's
    if re.search(r"\blast week\b|\bof last week\b", text):
        return published - (published.weekday() + 7 - weekday) * DAY
    if re.search(r"\b(?:a fortnight|two weeks) (?:ago|earlier)\b", text):
        return day - 14 * DAY
    if _WEEK_EARLIER.search(text) or _WEEK_EARLIER.search(before):
        return day - 7 * DAY
    if day == published and re.search(r"\b(?:last|previous|past)\s+$", before):
        return day - 7 * DAY
    return day


def say_weekend(text: str, published: date) -> DateSpan | None:
    """Saturday and Sunday of the latest weekend; None for one yet to come or counted from a feast."""
    if "weekend" not in text or re.search(r"\b(?:next|following|coming|easter|christmas|whitsun) weekend\b", text):
        return None
    saturday = latest_weekday(5, published)
    on_it = published.weekday() >= 5 and re.search(r"\b(?:last|previous|past) weekend\b", text)
    if on_it or "weekend before last" in text:
        saturday -= 7 * DAY
    return day_span(saturday, saturday + DAY)
