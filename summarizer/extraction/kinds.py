"""Which kinds of incident an article may be about, by its words: a linear classifier that helps a small model choose.

The model reads sentences, yet knows little of the world.  Words weighed one by one know nothing of sentences, but are
soon learned from thousands of texts.  So the words name the kinds that may be meant, and the model chooses among those.
And where the words of a match report or a budget speak of no incident, the model, which would find one, is not asked.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, cast

from summarizer.schemas.values import EventType

KINDS = Path(str(files(__package__).joinpath("kinds.json")))
"""What `training.kinds` learned of the kinds."""
INCIDENTS = Path(str(files(__package__).joinpath("incidents.json")))
"""What it learned of texts that report an incident and texts that report none."""
NO_INCIDENT = "none"
SURELY_NONE = 0.7
"""How probable it must be, by its words, that a text reports no incident, for the model not to be asked."""
FEWEST_WORDS = 12
"""Different known words without which a text says too little."""
_WORD = re.compile(r"[^\W\d_]+")


class WordWeights(NamedTuple):
    """What the words say of each class of texts, in tenths of a nat for an article of that word alone.

    `rarity` is by word the inverse document frequency, in hundredths; `weights` by word one for each class.
    """

    classes: tuple[str, ...]
    bias: tuple[int, ...]
    rarity: Mapping[str, int]
    weights: Mapping[str, tuple[int, ...]]


def words_of(text: str) -> list[str]:
    """The words of a text as the classifier counts them."""
    return [word.casefold() for word in _WORD.findall(text)]


def likely_kinds(text: str, least: float) -> frozenset[EventType]:
    """The kinds that are at least so probable, as a part (0 to 1) of the probability of the most probable one.

    All kinds for a text with few known words: a telegram, or one in another language.
    """
    chances = kind_chances(text)
    if len(_known(text, read_weights(KINDS))) < FEWEST_WORDS:
        return frozenset(chances)
    highest = max(chances.values())
    return frozenset(kind for kind, chance in chances.items() if chance >= least * highest)


def reports_none(text: str, learned: WordWeights | None = None) -> bool:
    """Whether the words of an article, headline and all, say plainly enough that it reports no incident.

    Never of a text with few known words.  `learned` are the weights to judge by, the package's without.
    """
    learned = learned or read_weights(INCIDENTS)
    known = _known(text, learned)
    return len(known) >= FEWEST_WORDS and _chances(known, learned)[NO_INCIDENT] >= SURELY_NONE


def kind_chances(text: str, learned: WordWeights | None = None) -> dict[EventType, float]:
    """How probable each kind is by the words of an article, headline and all; the sum is 1.

    `learned` are the weights to judge by, the package's without.
    """
    learned = learned or read_weights(KINDS)
    return cast("dict[EventType, float]", _chances(_known(text, learned), learned))


def _known(text: str, learned: WordWeights) -> set[str]:
    return {word for word in words_of(text) if word in learned.rarity}


def _chances(known: set[str], learned: WordWeights) -> dict[str, float]:
    length = math.hypot(*(learned.rarity[word] for word in known)) or 1.0
    scores = [float(bias) for bias in learned.bias]
    for word in known:
        share = learned.rarity[word] / length
        for at, weight in enumerate(learned.weights[word]):
            scores[at] += share * weight
    highest = max(scores)
    chances = [math.exp((score - highest) / 10) for score in scores]
    return {name: chance / sum(chances) for name, chance in zip(learned.classes, chances, strict=True)}


@cache
def read_weights(file: Path) -> WordWeights:
    """What `training.kinds` wrote to a file."""
    said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return WordWeights(
        tuple(said["classes"]),
        tuple(said["bias"]),
        {word: row[0] for word, row in said["words"].items()},
        {word: tuple(row[1:]) for word, row in said["words"].items()},
    )
