"""Days counted from another day of the story: "two days before Christmas", "the night before", "later that morning"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date

from ..lexicon import triggers
from ..schemas import DateSpan
from .relative import only_a_clock_time
from .timewords import DAY, MANY_WORDS, MONTHS, TIME_PHRASE, WEEKDAYS, day_span, month_span, number, week_span
from .weekdays import latest_weekday

_ABOUT = r"(?:(?:just|only|some|about|around|roughly|barely|exactly|nearly|almost) )*"
_PART = r"day|night|morning|afternoon|evening"
_WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_LATER = frozenset(["later", "after", "afterwards", "following"])
_FROM_ELSEWHERE = re.compile(
    rf"(?:on )?(?:the )?{_ABOUT}(?P<many>\d{{1,3}}|{MANY_WORDS}|the)?(?: and a half)? ?\b(?P<unit>hour|{_PART}|week)s?"
    r" (?P<way>earlier|before|previously|later|after|afterwards)"
)
_SAME_DAY = re.compile(
    rf"(?:(?:earlier|later|early|late|on|in|at|during|around|about) )*(?:(?:that|the) (?:same|very) |that |same )"
    rf"(?:{_PART}|date)"
)
_NEXT_DAY = re.compile(rf"(?:(?:early|late|on|by) )*the (?:next|following) (?:{_PART})")
_MONTHS_FROM = re.compile(
    rf"(?:the )?{_ABOUT}(?P<many>\d{{1,2}}|{MANY_WORDS}) months? (?P<way>earlier|before|previously|later|after)"
    r"|(?:(?:earlier|later|early|late|in) )*(?:that same|that|the same|same) month"
)
_OFFSET = re.compile(
    rf"^(?:(?:on|in|at|from|during) )?(?:the )?{_ABOUT}"
    rf"(?P<many>\d{{1,3}}|{MANY_WORDS})? ?\b(?P<unit>{_PART}|week|eve|{_WEEKDAY})s?"
    r" (?P<way>before|after|following|of) (?P<rest>.+)$"
)
_SINCE = re.compile(
    rf"(?:(?:on|in) )?(?:the )?{_ABOUT}(?P<many>\d{{1,3}}|{MANY_WORDS})? ?\b(?P<unit>hour|{_PART}|week)s?"
    r" after (?P<what>.+)$"
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z“\"]|$)|\n")
_OF_MONTH = re.compile(
    r"\b(?P<which>first|second|third|fourth|last) (?P<what>weekend|day|" + "|".join(WEEKDAYS) + r") (?:of|in) "
    r"(?P<month>" + "|".join(MONTHS) + r")\b"
)
_NEAR = 3
"""How many days before publication the day of a bare "at dawn" may lie: further back the words speak of the past."""
_REACH = 3000
_MOST_NAMED = 8
Resolve = Callable[[str], DateSpan | None]


def counted_from(text: str, day: date) -> DateSpan | None:
    """Folded words that count from a day of the story, that day given: "two days later", "the night before"."""
    if _SAME_DAY.fullmatch(text):
        return day_span(day)
    if _NEXT_DAY.fullmatch(text):
        return day_span(day + DAY)
    match = _FROM_ELSEWHERE.fullmatch(text)
    if match is None:
        return None
    if match["many"] is None:
        days = 1 if match["unit"] != "hour" else 0
    else:
        days = _days(1 if match["many"] == "the" else number(match["many"]), match["unit"])
    return day_span(day + (days if match["way"] in _LATER else -days) * DAY)


def _days(many: int, unit: str) -> int:
    """How many days `many` units are; hours count whole days only."""
    return many // 24 if unit == "hour" else many * (7 if unit == "week" else 1)


def _named(before: str, resolve: Resolve) -> Iterator[DateSpan]:
    """The days and months that the words before a phrase name, the nearest first."""
    for match in list(TIME_PHRASE.finditer(before[-_REACH:]))[: -_MOST_NAMED - 1 : -1]:
        span = resolve(match.group())
        if span is not None and span.end is None:
            yield span


def _named_days(before: str, resolve: Resolve) -> Iterator[date]:
    return (date.fromisoformat(span.start) for span in _named(before, resolve) if span.precision == "day")


def in_context(text: str, before: str, published: date | None, resolve: Resolve) -> DateSpan | None:
    """The day of folded words that count from a day named before them, or of a time of day on such a day."""
    if match := _MONTHS_FROM.fullmatch(text):
        return next((_months_from(span, match) for span in _named(before, resolve) if len(span.start) > 4), None)
    clock = published is not None and only_a_clock_time(text, published)
    if counted_from(text, date(2000, 1, 1)) is None and not clock:
        return None
    for day in _named_days(before, resolve):
        if not clock:
            return counted_from(text, day)
        if published and published - _NEAR * DAY <= day <= published:
            return day_span(day)
    return None


def _months_from(span: DateSpan, match: re.Match[str]) -> DateSpan:
    """The month that lies as many months from that of `span` as the words say."""
    many = number(match["many"]) if match["many"] else 0
    index = int(span.start[:4]) * 12 + int(span.start[5:7]) - 1 + (many if match["way"] in _LATER else -many)
    return month_span(index // 12, index % 12 + 1)


def since_event(
    text: str, before: str, published: date | None, event_type: str | None, resolve: Resolve
) -> DateSpan | None:
    """The day of an incident told from a later one: "four days after the pile-up", "three days after it went down".

    The words after "after" must name the incident itself, as the trigger lexicon knows its `event_type`: else the day
    is that of something else, and where the incident lies is not said.  Counted back from the day named before in the
    same sentence, else from publication.
    """
    match = _SINCE.match(text)
    named = triggers("event_type").get(event_type or "") if match else None
    if match is None or named is None or published is None or not named.search(match["what"]):
        return None
    days = _days(number(match["many"] or "a"), match["unit"])
    base = next(_named_days(_SENTENCE_END.split(before[-_REACH:])[-1], resolve), published)
    return week_span(base - days * DAY) if match["unit"] == "week" else day_span(base - days * DAY)


def counted_from_named(text: str, resolve: Resolve) -> DateSpan | None:
    """ "Two days before Christmas", "the day after Tuesday's raid", "the eve of 6 March"; `resolve` reads the rest."""
    match = _OFFSET.search(text)
    if match is None or (match["unit"] == "eve") != (match["way"] == "of"):
        return None
    base = resolve(match["rest"])
    if base is None or base.precision != "day" or base.end is not None:
        return None
    day, later = date.fromisoformat(base.start), match["way"] in _LATER
    if match["unit"] in WEEKDAYS:
        before = latest_weekday(WEEKDAYS[match["unit"]], day - DAY)
        return day_span(latest_weekday(WEEKDAYS[match["unit"]], day + 7 * DAY) if later else before)
    day += (1 if later else -1) * _days(number(match["many"] or "a"), match["unit"]) * DAY
    return week_span(day) if match["unit"] == "week" else day_span(day)


def day_of_month(text: str, year_of: Callable[[int], int | None]) -> DateSpan | None:
    """ "The first weekend in January", "the last Friday of February", "the last day of June".

    `year_of` gives the year of a month, or None where there is none to count from.
    """
    match = _OF_MONTH.search(text)
    if match is None:
        return None
    month = MONTHS[match["month"]]
    year = year_of(month)
    if year is None:
        return None
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    nth = ["first", "second", "third", "fourth"].index(match["which"]) if match["which"] != "last" else None
    if match["what"] == "day":
        return day_span(last if nth is None else first + nth * DAY)
    weekday = WEEKDAYS.get(match["what"], 5)
    day = latest_weekday(weekday, last) if nth is None else latest_weekday(weekday, first + 6 * DAY) + 7 * nth * DAY
    return day_span(day, day + DAY) if match["what"] == "weekend" else day_span(day)
