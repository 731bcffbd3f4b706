"""The summary as JSON: the record itself, byte-identical for identical input."""

from __future__ import annotations

import re

from ..schemas import Summary

_UNPRINTABLE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def as_json(summary: Summary) -> str:
    """Indented JSON in the order of the schema, in UTF-8 letters.

    Characters that steer terminals or turn text around are escaped: the data stay the same, the screen stays safe.
    """
    text = summary.model_dump_json(indent=2)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"
