"""Checking one value against its located words, one check for each type of value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple, get_args

from ..lexicon.casualty_words import OUTCOME_PATTERNS
from ..schemas import (
    CasualtyGroup,
    Count,
    DateSpan,
    Finding,
    Perpetrator,
    Place,
    Quantity,
    Statement,
    Target,
    Weapon,
)
from ..schemas.values import Outcome
from ..text import fold_keeping_length
from .actors import is_name, names_someone, refine_actor, subject_before
from .counts import cores, parse_count
from .dates import resolve_date
from .figures import figures_in
from .names import content_words, occurs, only_peoples, other_names, shares_word
from .refining import names_weapon, refine_place, refine_target, refine_weapon
from .roles import blamed_by_a_source, why_not_perpetrator, why_not_target
from .scenes import Scene

OUTCOMES: frozenset[str] = frozenset(get_args(Outcome))


class Verdict(NamedTuple):
    """A completed value, whether its words prove it, and why not."""

    value: Any
    verified: bool
    note: str | None = None


def check(kind: Any, finding: Finding[Any], phrase: str, scene: Scene) -> Verdict:
    """The finding's value completed and checked.  `phrase` is its quote as given, before it was located."""
    value = finding.value
    checker = _CHECKS.get(kind if value is None else type(value))
    if checker is not None:
        return checker(value, phrase, scene)
    if isinstance(value, str):
        proven = shares_word(value.replace("_", " "), scene.quote)
        return Verdict(value, proven, None if proven else "its words do not say this")
    if value is None:
        return Verdict(None, False, "no value was given")
    return Verdict(value, True)


def _check_count(value: Count | None, phrase: str, scene: Scene) -> Verdict:
    outcome = scene.field if scene.field in OUTCOMES else None
    parsed = parse_count(scene.quote, outcome, of_people=outcome is not None)
    if value is None and parsed is None:
        return Verdict(None, False, "the words give no number")
    nobody = parsed is not None and parsed.figure == 0
    if outcome and not nobody and not _speaks_of(outcome, scene):
        return Verdict(value or parsed, False, f"its sentence says nothing of anyone {outcome}")
    if value is None or value == parsed:
        return Verdict(parsed, True)
    if parsed is None:
        proven = value.figure in figures_in(scene.quote)
        return Verdict(value, proven, None if proven else "the words give no such number")
    return Verdict(value, False, f"the words say {in_words(parsed)}")


def in_words(count: Count) -> str:
    """A count for people: "14", "at least 12", "8 to 10"."""
    if count.qualifier == "range":
        return f"{count.low} to {count.high}"
    prefix = {"exact": "", "at_least": "at least ", "at_most": "at most ", "about": "about ", "range": ""}
    return f"{prefix[count.qualifier]}{count.figure}"


def _speaks_of(outcome: str, scene: Scene) -> bool:
    """Whether the quote or its sentence holds a word of that outcome, or the sentence before it where its own speaks
    plainly of no outcome at all."""
    pattern = OUTCOME_PATTERNS[outcome]  # type: ignore[index]
    sentence = fold_keeping_length(scene.sentence)
    if pattern.search(sentence):
        return True
    return not cores(sentence) and pattern.search(fold_keeping_length(scene.sentence_before)) is not None


def _check_group(value: CasualtyGroup | None, phrase: str, scene: Scene) -> Verdict:
    if value is None:
        return Verdict(None, False, "no value was given")
    parsed = parse_count(scene.quote, value.outcome) or parse_count(scene.quote)
    if (parsed is not None and parsed.figure == value.count) or value.count in figures_in(scene.quote):
        return Verdict(value, True)
    if parsed is None:
        return Verdict(value, False, "the words give no such number")
    return Verdict(value, False, f"the words say {in_words(parsed)}")


def _check_date(value: DateSpan | None, phrase: str, scene: Scene) -> Verdict:
    parsed = resolve_date(scene.quote, scene.published, before=scene.told_before, event_type=scene.event_type)
    if parsed is None:
        note = "no publish date to count from" if scene.published is None else "the words name no day"
        return Verdict(value, False, note)
    if value is None or compatible_dates(value, parsed):
        return Verdict(value or parsed, True)
    until = f" to {parsed.end}" if parsed.end else ""
    return Verdict(value, False, f"the words say {parsed.start}{until}")


def compatible_dates(one: DateSpan, other: DateSpan) -> bool:
    """Whether two dates agree at the coarser precision, or one lies within the other's days."""
    if "week" in (one.precision, other.precision):
        return (_week_of(one) is not None and _week_of(one) == _week_of(other)) or _same_start(one, other)
    if one.precision == other.precision == "day" and (one.end or other.end):
        return one.start <= (other.end or other.start) and other.start <= (one.end or one.start)
    return _same_start(one, other)


def _same_start(one: DateSpan, other: DateSpan) -> bool:
    shorter = min(len(one.start), len(other.start))
    return one.start[:shorter] == other.start[:shorter]


def _week_of(span: DateSpan) -> date | None:
    try:
        day = date.fromisoformat(span.start)
    except ValueError:
        return None
    return day - timedelta(days=day.weekday())


def _check_place(value: Place | None, phrase: str, scene: Scene) -> Verdict:
    if value is None or (value.name.strip() in (phrase.strip(), scene.quote) and value.country is None):
        value = refine_place(scene.quote, [scene.sentence, _head(scene)])
    if only_peoples(value.name):
        return Verdict(value, False, "its words name a people, not a place")
    return _named(value, value.name, scene)


def _head(scene: Scene) -> str:
    """The first paragraph of the article: its dateline and lead."""
    start, end = scene.passages.paragraphs[0] if scene.passages.paragraphs else (0, 0)
    return scene.passages.text[start:end]


def _check_perpetrator(value: Perpetrator | None, phrase: str, scene: Scene) -> Verdict:
    if value is None or (value.name.strip() in (phrase.strip(), scene.quote) and value.kind == "unknown"):
        name, kind = refine_actor(scene.quote, scene.passages.text)
        if not names_someone(name) and _LOST_SUBJECT.match(scene.quote):
            name, kind = subject_before(scene.before, scene.passages.text) or (name, kind)
        value = (
            Perpetrator(name=name, kind=kind)
            if value is None
            else value.model_copy(update={"name": name, "kind": kind})
        )
        if value.status == "accused_by_authorities" and blamed_by_a_source(scene):
            value = value.model_copy(update={"status": "suspected"})
    if not is_name(value.name) or (only_peoples(value.name) and " " in value.name):
        return Verdict(value, False, "its words give no name")
    if value.kind == "unknown" and value.name in scene.quote and not names_someone(value.name):
        return Verdict(value, False, "its words name no one")
    if (why := why_not_perpetrator(value, scene)) is not None:
        return Verdict(value, False, why)
    verdict = _named(value, value.name, scene)
    if (
        not verdict.verified
        and _POINTS_BACK.search(fold_keeping_length(scene.quote))
        and _named_elsewhere(value.name, scene)
    ):
        return Verdict(value, True)
    return verdict


# Words that have lost their subject; any others name whom they name, and nobody is blamed for standing before them.
_LOST_SUBJECT = re.compile(r"(?:claim|admit|den(?:y|ied|ies)|carried out|took responsibility)", re.IGNORECASE)

_POINTS_BACK = re.compile(
    r"\b(?:group|militia|gang|crew|front|captors|accused|suspects?|he|she|they|we|our|his|its|claim\w*|den(?:y|ies|ied)|gunners|"
    r"rejected|movement|faction|cell|organi[sz]ation|militants|rebels|the man|the same)\b"
)


def _named_elsewhere(name: str, scene: Scene) -> bool:
    """Whether a proper name that the quote points back to stands in the article before it or close by."""
    return bool(_PROPER.search(name)) and occurs(name, scene.passages.text) and not other_names(scene.quote, name)


def _check_target(value: Target | None, phrase: str, scene: Scene) -> Verdict:
    if value is None or (value.name.strip() in (phrase.strip(), scene.quote) and value.kind == "other"):
        name, kind = refine_target(scene.quote, scene.passages.text)
        value = Target(name=name, kind=kind)
    if (why := why_not_target(value.name)) is not None:
        return Verdict(value, False, why)
    return _named(value, value.name, scene)


def _check_weapon(value: Weapon | None, phrase: str, scene: Scene) -> Verdict:
    if value is None or value.name.strip() in (phrase.strip(), scene.quote):
        value = Weapon(name=refine_weapon(scene.quote))
    if not names_weapon(value.name):
        return Verdict(value, False, "its words name no weapon")
    return _named(value, value.name, scene)


_PROPER = re.compile(r"\b[^\W\d_]*[A-Z\u00c0-\u00de][\w’'-]*")


def _named(value: Any, name: str, scene: Scene) -> Verdict:
    """A name is proven where the quote holds it, or a part of it, the rest standing in the article."""
    if occurs(name, scene.quote):
        return Verdict(value, True)
    proper = _PROPER.findall(name)
    known = all(occurs(word, scene.passages.text) for word in proper)
    if known and shares_word(name, scene.quote):
        return Verdict(value, True)
    if proper and occurs(name, scene.lead_up) and not other_names(scene.quote, name):
        return Verdict(value, True)
    return Verdict(value, False, "its words do not hold this name")


def _check_quantity(value: Quantity | None, phrase: str, scene: Scene) -> Verdict:
    if value is None:
        return Verdict(None, False, "no value was given")
    if any(abs(figure - value.value) <= 1e-9 * max(1.0, abs(value.value)) for figure in figures_in(scene.quote)):
        return Verdict(value, True)
    parsed = parse_count(scene.quote)
    proven = parsed is not None and parsed.figure == value.value
    return Verdict(value, proven, None if proven else "the figure does not stand in its words")


_ENOUGH_OF_A_SPEAKER = 0.6


def _check_statement(value: Statement | None, phrase: str, scene: Scene) -> Verdict:
    if value is None:
        return Verdict(None, False, "no speaker was given")
    name = value.speaker.split(",")[0]
    telling = content_words(name)
    found = sum(occurs(word, scene.passages.text) for word in telling)
    proven = found >= _ENOUGH_OF_A_SPEAKER * len(telling)
    return Verdict(value, proven, None if proven else "the article does not name this speaker")


_Check = Callable[[Any, str, Scene], Verdict]
_CHECKS: dict[Any, _Check] = {
    Count: _check_count,
    CasualtyGroup: _check_group,
    DateSpan: _check_date,
    Place: _check_place,
    Perpetrator: _check_perpetrator,
    Target: _check_target,
    Weapon: _check_weapon,
    Quantity: _check_quantity,
    Statement: _check_statement,
}
