"""What an article's words say of incidents: linear classifiers that help a small model.

The model reads sentences, yet knows little of the world.  Words weighed one by one know nothing of sentences, but are
soon learned from thousands of texts.  So the words name the kinds of incident that may be meant, and the model chooses
among those.  And where they speak of none anywhere, as in a budget, the model, which would find one, is not asked.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, cast

from nupunkt import sent_spans

from summarizer.schemas.values import EventType

KINDS = Path(str(files(__package__).joinpath("kinds.json")))
"""What `training.kinds` learned of the kinds."""
INCIDENTS = Path(str(files(__package__).joinpath("incidents.json")))
"""What `training.kinds` learned of texts that report an incident and texts that report none."""
NO_INCIDENT = "none"
FEWEST_WORDS = 12
"""Different known words without which a text says too little."""
PASSAGE = 2
"""Sentences of a passage; one that may tell an incident counts, whatever stands around it."""
FEWEST_OF_PASSAGE = 8
"""Different known words without which a passage says too little."""
LEAST_OF_PASSAGE = 0.3
"""How probable it must be of each passage of an article that it tells of no incident."""
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
    learned = read_weights(KINDS)
    known = _known(text, learned)
    chances = cast("dict[EventType, float]", _chances(known, learned))
    if len(known) < FEWEST_WORDS:
        return frozenset(chances)
    highest = max(chances.values())
    return frozenset(kind for kind, chance in chances.items() if chance >= least * highest)


def reports_none(text: str, least: float, learned: WordWeights | None = None) -> bool:
    """Whether an article, headline and all, reports no incident with a probability of at least `least` by its words.

    Never a text with few known words, nor one with a passage that speaks of an incident: a report among the menus,
    teasers and match results of a page is one.  `learned` are the weights to judge by, the package's without.
    """
    learned = learned or read_weights(INCIDENTS)
    known = _known(text, learned)
    if len(known) < FEWEST_WORDS or _chances(known, learned)[NO_INCIDENT] < least:
        return False
    told = (_known(passage, learned) for passage in _passages(text))
    return all(
        len(words) < FEWEST_OF_PASSAGE or _chances(words, learned)[NO_INCIDENT] >= LEAST_OF_PASSAGE for words in told
    )


def _passages(text: str) -> Iterator[str]:
    """Every few sentences that stand together."""
    sentences = [line[start:end] for line in text.splitlines() for start, end in sent_spans(line)]
    for first in range(max(1, len(sentences) - PASSAGE + 1)):
        yield " ".join(sentences[first : first + PASSAGE])


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
    """What `training.kinds` wrote to a file.  Raises OSError, ValueError or KeyError for another file."""
    said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return WordWeights(
        tuple(said["classes"]),
        tuple(said["bias"]),
        {word: row[0] for word, row in said["words"].items()},
        {word: tuple(row[1:]) for word, row in said["words"].items()},
    )
