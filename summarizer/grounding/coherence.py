"""Whether a report's findings go together.

A small model may take the kind or the day of one incident and the victims and targets of another.  The sentences in
which the report's victims, targets and perpetrators were located are the witnesses.  And nobody else is hurt only where
somebody came to harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..lexicon import strong_triggers, triggers
from ..lexicon.casualty_words import CORE
from ..schemas import Count, DateSpan, Finding, Perpetrator, Target
from ..text import Passages, fold_keeping_length
from .checks import compatible_dates
from .dates import resolve_date
from .incidents import alike
from .scenes import Scene
from .timewords import TIME_PHRASE

WITNESSES = (Count, Perpetrator, Target)
"""The types of the values whose sentences tell what a report is about; a weapon would only repeat the kind."""

Span = tuple[int, int]

_NOBODY_ELSE = re.compile(
    r"\b(?:no one|no-one|nobody|none) (?:else|besides|apart from|but)\b|\b(?:none|neither) of the others\b|"
    r"\bno (?:other|further|additional) (?:injur|casualt|people|person|passenger|customer|worker|resident|victim)",
    re.IGNORECASE,
)
_BEFORE = 200
"""Characters before such words in which somebody hurt is looked for."""


def told_kind(kind: str, witnesses: Sequence[Span], passages: Passages) -> str | None:
    """The one other kind of event that the sentences of the `witnesses` tell, where they say nothing of `kind`.

    None where they do, where they name no kind plainly, or more than one.
    """
    own = strong_triggers("event_type").get(kind)
    if own is None:
        return None
    sentences = {passages.sentence(start) for start, _ in witnesses}
    folded = " ".join(fold_keeping_length(passages.text[start:end]) for start, end in sorted(sentences))
    if own.search(folded):
        return None
    others = [
        other for other, plain in triggers("distinctive").items() if not alike(other, kind) and plain.search(folded)
    ]
    return others[0] if len(others) == 1 else None


def told_day(said: Span, day: DateSpan, witnesses: Sequence[Scene]) -> tuple[Span, DateSpan] | None:
    """The other day that the sentences of the `witnesses` tell, with its words, for a date whose words stand apart.

    `said` are the date's words and `day` what they mean.  None where its paragraph holds a witness, where no witness
    has a day before it in its sentence, and where any of these is the report's own.
    """
    if day.precision != "day" or not witnesses:
        return None
    passages = witnesses[0].passages
    home = passages.paragraph(said[0])
    if any(passages.paragraph(scene.start) == home for scene in witnesses):
        return None
    found = [told for scene in witnesses if (told := _day_in_sentence(scene)) is not None]
    if not found or any(other.precision != "day" or compatible_dates(other, day) for _, other in found):
        return None
    return found[0] if len({other.start for _, other in found}) == 1 else None


def _day_in_sentence(scene: Scene) -> tuple[Span, DateSpan] | None:
    """The last date phrase of the witness' sentence before it, resolved."""
    start, _ = scene.passages.sentence(scene.start)
    matches = list(TIME_PHRASE.finditer(scene.passages.text[start : scene.start]))
    if not matches:
        return None
    span = resolve_date(matches[-1].group(), scene.published)
    return None if span is None else ((start + matches[-1].start(), start + matches[-1].end()), span)


def nobody_else(told: Mapping[str, Any], text: str) -> str | None:
    """Why a report's zero of the injured is none: it excepts somebody who may be hurt.  None where it is one.

    `told` are the findings by field.  "No one else was hurt" is a zero behind a death alone: not behind a sprained
    ankle, and not where the words before it tell of somebody hurt.
    """
    hurt = told.get("injured")
    if not isinstance(hurt, Finding) or hurt.start is None or not _is_verified(hurt, 0, 0):
        return None
    if not _NOBODY_ELSE.search(hurt.quote or ""):
        return None
    before = fold_keeping_length(text[max(0, hurt.start - _BEFORE) : hurt.start])
    if _is_verified(told.get("killed"), 1) and not CORE["injured"].search(before):
        return None
    return "its words except somebody, who may have been hurt"


def _is_verified(finding: Any, least: int, most: int | None = None) -> bool:
    """Whether a verified finding counts from `least` to `most` people."""
    if not isinstance(finding, Finding) or not finding.verified or not isinstance(finding.value, Count):
        return False
    return finding.value.figure >= least and (most is None or finding.value.figure <= most)
