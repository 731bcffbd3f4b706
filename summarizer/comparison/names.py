"""Names compared by their telling words: folded, transliterations, peoples and acronyms made one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Literal

from ..lexicon import country_names
from ..text import tokens

Comparison = Literal["equal", "narrower", "wider", "different"]
"""How the first value stands to the second: narrower and wider values are compatible, one is the vaguer form."""

LONGEST_NAME = 40
"""Words of a name that are compared, so that a comparison's time is bounded."""

COMMON = frozenset(
    """a an the of in on at to from by for with near off outside inside between into its his her their s north south
    east west northern southern eastern western central edge outskirts base camp town city village province district
    region area capital county state coast border road part parts some about around several other new old and along
    al ar as ad az ash el ul""".split()  # noqa: SIM905
)
_PLAIN = frozenset(
    """prison person patrol petrol munition mountain survivor surveyor minister ministry fire ferry truck track former
    farmer store storey""".split()  # noqa: SIM905
)
"""Words that their skeleton would confuse with each other."""
_VOWELS = (("a[aeiouwyh]*", "a"), ("[eiy][eiouwy]*", "i"), ("[ou][ouw]*", "u"))
_LETTERS = str.maketrans({"ð": "d", "đ": "d", "ø": "o", "ł": "l", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʻʼʿʾ`](?=\w)|(?<=\w)\.(?=\w\b)")


def in_order(one: Any, other: Any) -> Comparison:
    """How two compatible values stand to each other, by their keys: the lesser is the narrower."""
    return "equal" if one == other else "narrower" if one < other else "wider"


def compare_names(one: str, other: str) -> Comparison:
    """Names by their normalised words: equal, one holding the other or most of it, an acronym, or different."""
    words = proper(one), proper(other)
    if not any(words):
        return _compare_common(one, other)
    if words[0] == words[1] or _initials(one, other) or _initials(other, one):
        return "equal"
    shared, least = words[0] & words[1], min(len(words[0]), len(words[1]))
    if not least or (len(shared) < least and not (len(shared) > 1 and len(shared) * 3 >= least * 2)):
        return "different"
    return in_order((-len(words[0]), one), (-len(words[1]), other))


def _compare_common(one: str, other: str) -> Comparison:
    """Names without a telling word ("the town", "a base"): they are one only where their words are the same."""
    words = _common_words(one), _common_words(other)
    if words[0] == words[1]:
        return "equal"
    if not (words[0] < words[1] or words[1] < words[0]):
        return "different"
    return in_order((-len(words[0]), one), (-len(words[1]), other))


def _common_words(name: str) -> frozenset[str]:
    return frozenset(token.word for token in tokens(name)) - {"a", "an", "the"} or frozenset({name.casefold()})


def _initials(short: str, long: str) -> bool:
    """Whether `short` is an acronym of the capitalised words of `long`: PLF, Popular Liberation Front."""
    letters = short.removeprefix("the ").replace(".", "")
    if not (2 <= len(letters) <= 6 and letters.isupper()):
        return False
    capitals = "".join(word[0] for word in re.findall(r"\w\w+", long) if word[0].isupper())
    return letters == capitals


@lru_cache(maxsize=16384)
def proper(name: str) -> frozenset[str]:
    """The words that tell a name from another: folded, without articles, transliterations and peoples made one."""
    found = list(tokens(_APOSTROPHES.sub("", name.translate(_LETTERS))))[:LONGEST_NAME]
    words: set[str] = set()
    at = 0
    while at < len(found):
        token = found[at]
        spans = {size: " ".join(t.word for t in found[at : at + size]) for size in (4, 3, 2, 1)}
        size = next((size for size, span in spans.items() if token.capital and span in _countries()), 0)
        if size:
            words.add(_countries()[spans[size]])
        elif token.word not in COMMON:
            words.add(stem(token.word))
        at += size or 1
    return frozenset(words)


@cache
def _countries() -> dict[str, str]:
    """Names of countries and peoples to one word for the country."""
    return {name.replace(".", ""): re.sub(r"\W+", "", country).lower() for name, country in country_names().items()}


def country_words() -> frozenset[str]:
    """The words that `proper` gives for countries and their peoples."""
    return frozenset(_countries().values())


def stem(word: str) -> str:
    """One word for its spellings: singular, transliterations made one (Hizbullah, Hezbollah); figures stay."""
    if not word.isalpha() or len(word) < 4:
        return word
    singular = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    if singular in _PLAIN:
        return singular
    spelled = re.sub(r"(.)\1+", r"\1", singular.replace("q", "k").replace("ph", "f"))
    bare = re.sub(r"(?<=.)[aeiouhwy]", "", spelled)
    if len(bare) > 3:
        return re.sub(r"(.)\1+", r"\1", bare)
    for vowels, one in _VOWELS:
        spelled = re.sub(vowels, one, spelled)
    return spelled
