"""Whether the words for a perpetrator name somebody, or may mean anybody."""

from __future__ import annotations

import re

from summarizer.schemas import Perpetrator

from ..grounding.refining import kind_of
from ..lexicon import word_set
from ..lexicon.casualty_words import may_be_person
from ..text import tokens

_UNKNOWN = re.compile(
    r"^(?:(?:the|an?|some|several|two|three|four|five) )?(?:unknown|unidentified|unnamed)\b", re.IGNORECASE
)
_PLACED = re.compile(r"\b(?:in|at|near|on|off|outside|from)\b", re.IGNORECASE)
_ANYBODY = frozenset(
    """gunmen thieves vandals attackers perpetrators villains bikers raiders assailants pirates kidnappers abductors
    criminals intruders culprits suspected suspects alleged masked drones""".split()  # noqa: SIM905
)


def is_named(value: Perpetrator) -> bool:
    """Whether it is more than "a gang", "Gunmen" or "unknown men near Kelso", who may be anybody.

    What kind of actor it is says enough; else a capital does, on a word that is not common: the first word of a phrase
    has one for no more than its place, and a headline gives one to every word.
    """
    if value.kind != "unknown":
        return True
    who = _PLACED.split(value.name, maxsplit=1)[0]
    return _UNKNOWN.match(who) is None and any(token.capital and not _is_common(token.word) for token in tokens(who))


def _is_common(word: str) -> bool:
    return (
        word in _ANYBODY | word_set("no_actor_names") or may_be_person(word) or kind_of("actor_kind", word) is not None
    )
