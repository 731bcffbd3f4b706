"""Words for outcomes and for persons."""

from __future__ import annotations

import re

from . import outcome_words, word_set

OUTCOME_PATTERNS = outcome_words("any")
"""What a sentence must hold for a count of that outcome to rest on it; generous."""

CORE = outcome_words("plain")
"""Words that plainly name one outcome: they part a phrase that speaks of several."""

PERSONS = word_set("persons")
NOT_PERSONS = word_set("things")
DOERS = word_set("doers")
"""Those who do a deed: their own losses are none of its toll (`corpus/FORMAT.md`)."""
_THINGS_LIKE_DOERS = word_set("things_like_doers")
_TRADES = re.compile(
    r"(?:man|woman|men|women|people|ists?|ants?|ians?|eers?|keepers?|workers?|drivers?|masters?|owners?|herders?)$"
)
_DOER = re.compile(r"[a-z]{3,}(?:er|or)$")
_SHORTEST = 3


def is_person(word: str) -> bool:
    """Whether the folded `word` names a person or persons, as far as the list and the endings of trades tell."""
    if word in NOT_PERSONS or len(word) < _SHORTEST:
        return False
    singular = word[:-1] if word.endswith("s") else word
    return word in PERSONS or singular in PERSONS or _TRADES.search(word) is not None


def may_be_person(word: str) -> bool:
    """`is_person`, or a word made like a doer of something ("a rubber tapper")."""
    if is_person(word):
        return True
    return _DOER.match(word) is not None and word not in _THINGS_LIKE_DOERS and word not in NOT_PERSONS
