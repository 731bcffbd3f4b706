"""Days that have a name: Christmas Eve, May Day, Good Friday."""

from __future__ import annotations

import re
from datetime import date, timedelta

_FIXED = {
    "new year's eve": (12, 31), "new years eve": (12, 31), "new year's day": (1, 1), "new years day": (1, 1),
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "valentine's day": (2, 14), "may day": (5, 1), "halloween": (10, 31), "all saints' day": (11, 1),
    "st patrick's day": (3, 17), "bastille day": (7, 14), "epiphany": (1, 6),
}  # fmt: skip
_FROM_EASTER = {
    "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "holy thursday": -3, "good friday": -2,
    "holy saturday": -1, "easter sunday": 0, "easter monday": 1, "easter day": 0, "easter": 0, "ascension day": 39,
    "whit sunday": 49, "whit monday": 50, "pentecost": 49,
}  # fmt: skip
_FEAST = re.compile(
    r"\b(?P<feast>" + "|".join(sorted([*_FIXED, *_FROM_EASTER], key=len, reverse=True)) + r")\b(?! weekend)"
    r"(?:,?\s+(?:of\s+|in\s+)?(?P<year>(?:1[89]|20)\d\d)\b)?"
)


def find_feast(text: str) -> re.Match[str] | None:
    """The first named day of the folded words, with its `feast` and, where it stands behind it, its `year`."""
    return _FEAST.search(text)


def feast_day(name: str, year: int) -> date:
    """The day of a named day in `year`.  Raises KeyError for a name that `find_feast` does not find."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    return easter(year) + timedelta(days=_FROM_EASTER[name])


def latest_feast(name: str, last: date) -> date:
    """The latest such day up to `last`."""
    day = feast_day(name, last.year)
    return day if day <= last else feast_day(name, last.year - 1)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    skipped, leap = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - skipped - shift + 15) % 30
    weekday = (32 + 2 * leap + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
