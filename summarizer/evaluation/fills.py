"""The notation of MUC-4's answer keys: slot fills with alternatives, optional marks, codes, numbers and dates.

    "DEATH: \\"A\\" / \\"B\\""       a code for an entity that may be called A or B
    "? POSSIBLE: \\"A\\""          an optional fill: giving it is no error, nor is leaving it out
    "12", "~12", "12-", "-12", "PLURAL"    exactly, about, at least, at most, more than one
    "3 JAN 90", "- 3 JAN 90", "3 JAN 90 - 5 JAN 90"    a day, some day up to it, the days between

Source: Sundheim, B. (1992): Overview of the Fourth Message Understanding Evaluation and Conference, MUC-4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from summarizer.grounding.timewords import MONTHS

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HEAD = re.compile(r"^\s*\(?\s*(?P<optional>\?)?\s*(?P<rest>.*)$", re.DOTALL)
_DAY = r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})"
_ONE_DAY = re.compile(rf"^{_DAY}$")
_DAYS = re.compile(rf"^{_DAY}\s*-\s*{_DAY}$")
_MONTH = re.compile(r"^([A-Z]{3})[A-Z]* (\d{2})$")
_YEAR = re.compile(r"^(?:19)?(\d{2})$")


class Fill(NamedTuple):
    """One fill: whether it is optional, its codes (alternatives), the strings before the colon, and its entity's names.

    A fill without a colon has its strings as `names`.
    """

    optional: bool
    codes: tuple[str, ...]
    about: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def ambiguous(self) -> bool:
        """Whether the key leaves open which code is right."""
        return len(self.codes) > 1

    @property
    def label(self) -> str:
        """All names of the entity as one, so that any of them is recognised: `A / B`."""
        return " / ".join(dict.fromkeys(self.names))


def read_fills(slot: Any) -> Iterator[Fill]:
    """The fills of a slot; nothing for one that is empty (`-`), missing or not applicable (null)."""
    entries = slot if isinstance(slot, list) else [slot]
    for entry in entries:
        if isinstance(entry, str) and entry.strip(" -*"):
            yield _fill(entry)


def _fill(entry: str) -> Fill:
    match = _HEAD.match(entry)
    optional, rest = (match["optional"] is not None, match["rest"]) if match else (False, entry)
    head, names = _parted(rest)
    strings = tuple(_strings(head))
    codes = () if strings else tuple(part.strip(" ()?") for part in head.split("/") if part.strip(" ()?"))
    return Fill(optional, codes, strings if names is not None else (), names if names is not None else strings)


def _parted(rest: str) -> tuple[str, tuple[str, ...] | None]:
    """What stands before the colon that is outside the strings, and the strings behind it; None without a colon."""
    masked = _STRING.sub(lambda match: '"' + "_" * (len(match.group()) - 2) + '"', rest)
    at = masked.find(":")
    if at < 0:
        return rest, None
    return rest[:at], tuple(name for name in _strings(rest[at + 1 :]) if name != "-")


def _strings(text: str) -> Iterator[str]:
    for match in _STRING.finditer(text):
        yield " ".join(match[1].replace('\\"', '"').split())


def read_number(code: str) -> dict[str, Any] | None:
    """A count of the format for a number of the key; None for `PLURAL` and for what is no number."""
    code = code.strip().replace(" ", "")
    if match := re.fullmatch(r"(\d+)", code):
        return _count(int(match[1]), int(match[1]), int(match[1]), "exact")
    if match := re.fullmatch(r"~(\d+)", code):
        return _count(None, int(match[1]), None, "about")
    if match := re.fullmatch(r"(\d+)-", code):
        return _count(int(match[1]), int(match[1]), None, "at_least")
    if match := re.fullmatch(r"-(\d+)", code):
        return _count(None, int(match[1]), int(match[1]), "at_most")
    if (match := re.fullmatch(r"(\d+)-(\d+)", code)) and int(match[1]) < int(match[2]):
        return _count(int(match[1]), None, int(match[2]), "range")
    return None


def _count(low: int | None, best: int | None, high: int | None, qualifier: str) -> dict[str, Any]:
    return {"low": low, "best": best, "high": high, "qualifier": qualifier}


def read_days(fill: str) -> dict[str, Any] | None:
    """A date of the format; None for an open one ("- 3 JAN 90", some day up to it), alternatives, and none at all."""
    words = " ".join(fill.split())
    try:
        if match := _ONE_DAY.match(words):
            return {"start": _day(*match.groups()).isoformat(), "end": None, "precision": "day"}
        if match := _DAYS.match(words):
            start, end = _day(*match.groups()[:3]), _day(*match.groups()[3:])
            return {"start": start.isoformat(), "end": end.isoformat(), "precision": "day"} if start < end else None
        if match := _MONTH.match(words):
            return {"start": f"19{match[2]}-{MONTHS[match[1].lower()]:02d}", "end": None, "precision": "month"}
    except (KeyError, ValueError):
        return None
    match = _YEAR.match(words)
    return {"start": f"19{match[1]}", "end": None, "precision": "year"} if match else None


def _day(day: str, month: str, year: str) -> date:
    """A day of the 1900s.  Raises KeyError or ValueError where there is none."""
    return date(1900 + int(year), MONTHS[month.lower()], int(day))
