"""The words in which quotes of one field differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ..text import UNITS

_WORDS = re.compile(r"\s+|\w+(?:[.,'’]\w+)*|[^\w\s]+")
_LONGEST = 400
"""Words of a quote that are compared; a longer quote is left unmarked, since nobody reads marks in that many words."""


def differing(words: str, others: Sequence[str]) -> list[tuple[str, bool]]:
    """`words` as runs of text, each with whether it differs from the closest of the `others`.

    Case, and whether a number is written in digits or letters, makes no difference.
    """
    parts = _WORDS.findall(words)
    if not others or len(parts) > _LONGEST:
        return [(words, False)]
    spoken = [_norm(part) for part in parts]
    matched = max(
        (_matched(spoken, [_norm(part) for part in _WORDS.findall(other)]) for other in others),
        key=lambda found: sum(parts[at][:1].isalnum() for at in found),
    )
    runs: list[tuple[str, bool]] = []
    for position, part in enumerate(parts):
        differs = position not in matched and part[:1].isalnum()
        blank = not part[:1].isalnum() and runs and runs[-1][1] and position + 1 < len(parts)
        differs = differs or bool(blank and position + 1 not in matched and parts[position + 1][:1].isalnum())
        if runs and runs[-1][1] == differs:
            runs[-1] = (runs[-1][0] + part, differs)
        else:
            runs.append((part, differs))
    return runs


def _matched(spoken: list[str], other: list[str]) -> set[int]:
    blocks = SequenceMatcher(a=spoken, b=other[:_LONGEST], autojunk=False).get_matching_blocks()
    return {position for block in blocks for position in range(block.a, block.a + block.size)}


def _norm(part: str) -> str:
    folded = part.casefold()
    if folded.isspace():
        return " "
    return str(UNITS[folded]) if folded in UNITS else folded.replace(",", "")
