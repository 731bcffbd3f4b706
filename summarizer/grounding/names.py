"""Names: folded for comparison, and whether one occurs in some words."""

from __future__ import annotations

import re
from functools import lru_cache

from ..lexicon import country_names, country_pattern
from ..text import fold, fold_keeping_length, words

_ARTICLES = frozenset(["the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "those", "some"])
_LINKS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "near",
        "s",
        "al",
        "el",
        "de",
        "la",
        "du",
        "da",
    ]
)


def normal_name(name: str) -> str:
    """`name` folded for comparison: no case, diacritics, apostrophes, punctuation or leading article."""
    run = words(re.sub(r"(?<=\w)['’‘`ʼʿʾ](?=\w)", "", name))
    while len(run) > 1 and run[0] in _ARTICLES:
        run = run[1:]
    return " ".join(run)


def content_words(name: str) -> list[str]:
    """The words of a name that tell it from another, folded."""
    run = normal_name(name).split()
    return [word for word in run if word not in _ARTICLES and word not in _LINKS] or run


def occurs(name: str, text: str) -> bool:
    """Whether every telling word of the name stands in `text`, in another form or as a country's people included."""
    if _as_country(name, text):
        return True
    return all(_stands(word, text) for word in content_words(name))


def shares_word(name: str, text: str) -> bool:
    """Whether at least one telling word of the name stands in `text`."""
    return _as_country(name, text) or any(_stands(word, text) for word in content_words(name))


def _stands(word: str, text: str) -> bool:
    there = _forms(text)
    if word in there:
        return True
    stem = _stem(word)
    return (len(stem) >= _SHORTEST_STEM and "~" + stem in there) or _as_country(word, text)


_SHORTEST_STEM = 4


@lru_cache(maxsize=256)
def _forms(text: str) -> frozenset[str]:
    """The folded words of a text and, marked, their stems."""
    run = set(normal_name(text).split())
    return frozenset(run | {"~" + _stem(word) for word in run})


def _stem(word: str) -> str:
    """A word without the ending of its plural: `rifles` and `rifle`, `ferries` and `ferry` agree."""
    return word.rstrip("s").rstrip("eiy") if len(word) > _SHORTEST_STEM else word


def _as_country(name: str, text: str) -> bool:
    country = country_names().get(normal_name(name)) or country_names().get(fold(name))
    return country is not None and country in _countries(text)


@lru_cache(maxsize=256)
def _countries(text: str) -> frozenset[str]:
    return frozenset(countries_in(text))


def other_names(phrase: str, name: str) -> bool:
    """Whether the phrase names someone or something with a capital that `name` does not hold."""
    own = set(normal_name(name).split())
    inner = re.findall(r"(?<=[\w,;] )(?:[a-z]{2}-)?[A-Z\u00c0-\u00de][\w’'-]*", phrase)
    return any(not set(normal_name(word).split()) & own for word in inner)


_PLACED = re.compile(
    r"(?:\b(?:in|inside|across|throughout|(?:north|south|east|west)(?:-?(?:east|west))?ern|central|(?-i:[A-Z][a-z]+),)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_PART_OF_A_NAME = re.compile(r"\s+(?:Delta|River|Sea|Gulf|Avenue|Street)\b")


_PEOPLE = re.compile(r"(?:[ie]an|can|man|ese|ish|ench|utch|iss|aqi|ani|eli|eni)$")
"""How a people's name ends: the table also knows "US", "Britain" and "America"."""


def only_peoples(name: str) -> bool:
    """Whether a name's words are all those of peoples: "Japanese", "Italian and Japanese"."""
    said = [word for word in re.findall(r"[^\W\d_]+", fold(name)) if word not in {"and", "the", "or"}]
    countries = country_names()
    return bool(said) and all(_PEOPLE.search(word) and fold(countries.get(word, word)) != word for word in said)


def countries_in(text: str, *, peoples: bool = True, placed: bool = False) -> list[str]:
    """The countries that `text` names, itself or (`peoples`) by their people, in order, each once.

    `placed` asks for those alone in which something is placed: "in Iraq", "eastern Chad", "Port Alder, Westland".
    """
    folded = fold_keeping_length(text)
    names = country_names()
    found: dict[str, None] = {}
    for match in country_pattern().finditer(folded):
        word = text[match.start() : match.end()]
        country = names[match.group()]
        if _PART_OF_A_NAME.match(text, match.end()) or (
            placed and not _PLACED.search(text, max(0, match.start() - 30), match.start())
        ):
            continue
        if word[:1].isupper() and word != "Us" and (peoples or match.group() == fold(country)):
            found[country] = None
    return list(found)
