"""Why two places differ: parts of one place, a description of it, places told of together, else a contradiction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.schemas import Finding, Place, ReportBase

from ..comparison import NAMELESS, proper
from ..comparison.names import country_words
from ..text import tokens
from .sides import Reason, Setting, Side, listed


def why_places_differ(side: Side, chosen: Side, setting: Setting) -> Reason:
    """Why a claimed place that cannot be the chosen one stands there."""
    names, one, other = listed(side.sources), side.value, chosen.value
    if len({one.country, other.country} - {None}) > 1:
        return "contradiction", f"another country stands in {names}, and both cannot be right"
    if not (_named(one) and _named(other)):
        bare = names if not _named(one) else listed(chosen.sources)
        return "precision", f"{bare} {'describes' if ' ' not in bare else 'describe'} the place without naming it"
    if _telling(one) & _telling(other):
        return "precision", f"{names} names another part of it, a wider one, or calls it otherwise"
    together = [report.source for report in setting.reports if _tells_of_both(report, one, other)]
    if together:
        return "precision", f"{names} names another place, of which {together[0]} tells together with {other.name}"
    return "contradiction", f"another place stands in {names}, and nothing in the reports relates the two"


def _telling(place: Place) -> frozenset[str]:
    """The words that tell it from another place; what it is ("station") and the country do not."""
    return proper(place.name) - NAMELESS - country_words() - proper(place.country or "")


def _named(place: Place) -> frozenset[str]:
    """The words of a place that are a name: "on the way to the gold fields" has none, and is no other place."""
    return _telling(place) & _capitals(place.name)


def _capitals(text: str) -> frozenset[str]:
    """The words with a capital, or of a script that has none."""
    raw = [text[token.start : token.end] for token in tokens(text)]
    return proper(" ".join(word for word in raw if word[0].isalpha() and (word[0].isupper() or not word[0].islower())))


def _tells_of_both(report: ReportBase, one: Place, other: Place) -> bool:
    words = frozenset(word for text in _texts(report) for word in _capitals(text))
    return bool(words & _named(one)) and bool(words & _named(other))


def _texts(report: ReportBase) -> Iterator[str]:
    """The words that a report's verified findings are read from, and the place that it gives."""
    for value in vars(report).values():
        found: Any
        for found in value if isinstance(value, tuple) else (value,):
            if isinstance(found, Finding) and found.verified:
                yield found.quote or ""
                if isinstance(found.value, Place):
                    yield found.value.name
