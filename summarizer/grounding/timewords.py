"""Finding the phrases of a text that say a day."""

from __future__ import annotations

import re

_MONTHS = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Sept\.|Oct\.|Nov\.|Dec\."
)

TIME_PHRASE = re.compile(
    rf"\b(?:\d{{4}}-\d{{2}}-\d{{2}}|(?:{_MONTHS})\s+\d{{1,2}}\b(?:,\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})(?:\s+\d{{4}})?"
    rf"|(?:last\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tonight|last night|"
    rf"this (?:morning|afternoon|evening)"
    rf"|(?:last\s+|in\s+|In\s+|since\s+)(?:{_MONTHS})(?:\s+\d{{4}})?)\b"
)
"""A phrase that names a day or a month, as `resolve_date` reads it."""
