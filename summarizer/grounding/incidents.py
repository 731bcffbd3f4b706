"""Whether the words of a casualty count speak of another incident than the report's."""

from __future__ import annotations

from ..lexicon import triggers
from ..schemas import DateSpan
from ..text import fold_keeping_length
from .checks import compatible_dates
from .dates import resolve_date
from .scenes import Scene
from .timewords import TIME_PHRASE

# Kinds of event that one incident may well be told as: their words do not part incidents from one another.
_ALIKE = (
    frozenset({"armed_attack", "shooting", "assassination", "clash", "kidnapping", "robbery", "riot_or_protest"}),
    frozenset({"armed_attack", "bombing", "rocket_or_missile_attack", "clash"}),
    frozenset({"armed_attack", "airstrike", "assassination"}),
    frozenset({"bombing", "assassination"}),
    frozenset({"industrial_accident", "structural_collapse", "environmental_spill", "fire", "arson"}),
    frozenset({"other", "transport_accident", "riot_or_protest", "health_emergency", "fire"}),
)


def other_incident(event_type: str, day: DateSpan | None, scene: Scene) -> str | None:
    """Why the words are taken to speak of another incident, None where they may well be of this one.

    Two signs: the quote itself names another kind of event and nothing of this kind; or the paragraph does, and the
    date phrase nearest before the quote there is another day than the report's.
    """
    words = _foreign_words(event_type, fold_keeping_length(scene.quote))
    if words:
        return f"its words speak of another incident ({words})"
    if day is None or day.precision != "day":
        return None
    words = _foreign_words(event_type, fold_keeping_length(scene.paragraph))
    if not words:
        return None
    said = _day_before(scene)
    if said is not None and said.precision == "day" and not compatible_dates(said, day):
        return f"its paragraph speaks of another incident ({words}, {said.start})"
    return None


def other_actor(event_type: str, scene: Scene) -> str | None:
    """Why a perpetrator or target is taken to be another incident's: its words name another kind of event alone."""
    words = _foreign_words(event_type, fold_keeping_length(scene.quote))
    return f"its words speak of another incident ({words})" if words else None


def _foreign_words(event_type: str, folded: str) -> str | None:
    """The first words of another kind of event in a text that has none of this kind; None otherwise."""
    own = triggers("event_type").get(event_type)
    if own is None or own.search(folded):
        return None
    for kind, pattern in triggers("distinctive").items():
        if not alike(kind, event_type) and (match := pattern.search(folded)):
            return match.group()
    return None


def alike(one: str, other: str) -> bool:
    """Whether one incident may well be told as either kind of event."""
    return one == other or any(one in kinds and other in kinds for kinds in _ALIKE)


def _day_before(scene: Scene) -> DateSpan | None:
    """The day of the last date phrase of the paragraph before the quote's end, else of the first one after it."""
    start, end = scene.passages.paragraph(scene.start)
    text = scene.passages.text
    before = list(TIME_PHRASE.finditer(text[start : scene.end]))
    match = before[-1] if before else TIME_PHRASE.search(text[scene.end : end])
    return resolve_date(match.group(), scene.published) if match else None
