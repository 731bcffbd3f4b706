"""The word lists of this package, read from its TOML files once: triggers, kinds, weapons, countries."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from ..schemas.values import Outcome
from ..text import fold

_ALIASES = {
    "Myanmar (Burma)": "Myanmar", "Hong Kong SAR China": "Hong Kong", "Macao SAR China": "Macao",
    "Palestinian Territories": "Palestine", "Türkiye": "Turkey", "Congo - Kinshasa": "DR Congo",
    "Congo - Brazzaville": "Congo", "Côte d’Ivoire": "Ivory Coast", "Bosnia & Herzegovina": "Bosnia and Herzegovina",
    "Trinidad & Tobago": "Trinidad and Tobago",
}  # fmt: skip
# Territories whose names are mostly something else in the news: a person, a US state, a sea.
_NOT_PLAIN = frozenset(
    {"Georgia", "Jersey", "Guernsey", "Heard & McDonald Islands", "world", "Europe", "Africa", "Asia"}
)


SMALL_WORDS = Path(str(files(__package__).joinpath("small_words.txt")))
"""The list of words that are written small, which `training.casing` builds."""
STRONG = 5
"""How many patterns of a list of triggers name their value plainly."""


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def triggers(section: str) -> dict[str, re.Pattern[str]]:
    """The pattern of each value of a section of `triggers.toml`, over folded text."""
    return {value: any_of(words) for value, words in _read("triggers.toml")[section].items()}


@cache
def strong_triggers(section: str) -> dict[str, re.Pattern[str]]:
    """The patterns that name a value plainly: the first ones of each list."""
    return {value: any_of(words[:STRONG]) for value, words in _read("triggers.toml")[section].items()}


@cache
def kinds(section: str) -> dict[str, re.Pattern[str]]:
    """The pattern of each kind of a section of `lexicon.toml` (`actor_kind`, `target_kind`)."""
    return {kind: any_of(words) for kind, words in _read("lexicon.toml")[section].items()}


@cache
def word_set(name: str) -> frozenset[str]:
    """A plain word list of `lexicon.toml`."""
    return frozenset(_read("lexicon.toml")["words"][name].split())


@cache
def outcome_words(strength: str) -> dict[Outcome, re.Pattern[str]]:
    """The words of each outcome: `plain` ones name it alone, `any` ones let a count of it rest on a sentence."""
    section = _read("casualties.toml")[strength]
    return {outcome: any_of(section[outcome]) for outcome in get_args(Outcome)}


@cache
def small_words() -> frozenset[str]:
    """Words that newspapers write without a capital."""
    return frozenset(SMALL_WORDS.read_text(encoding="utf-8").split())


@cache
def weapon_pattern() -> re.Pattern[str]:
    """A weapon with the words before it that say which: "107mm rockets", "one-way attack drones"."""
    weapon = _read("lexicon.toml")["weapon"]
    modifiers, nouns = "|".join(weapon["modifiers"]), "|".join(weapon["nouns"])
    calibre = r"\d+(?:\.\d+)?(?:mm|-?inch|kg)?"
    return re.compile(rf"(?<![\w-])(?:(?:{calibre}|{modifiers})[ -]){{0,4}}(?:{nouns})(?!\w)")


def any_of(words: list[str]) -> re.Pattern[str]:
    """One pattern for any of the words, between word boundaries."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


@cache
def country_names() -> dict[str, str]:
    """Folded names and peoples → the English short name of the country, from CLDR's territories and a table."""
    from babel import Locale  # reads its data from disk

    names: dict[str, str] = {}
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code.isalpha() and name not in _NOT_PLAIN:
            short = _ALIASES.get(name, name)
            names[fold(short)] = names[fold(name)] = short
    for name, peoples in _read("lexicon.toml")["demonyms"].items():
        short = _ALIASES.get(name, name)
        names[fold(short)] = short
        for people in peoples.split():
            word = fold(people.replace("_", " "))
            names[word] = short
            if word[-1] not in "sh." and word.isalpha() and len(word) > 3:
                names[word + "s"] = short
    return names


@cache
def country_pattern() -> re.Pattern[str]:
    """Any country or people, capitalised in the text; the longest name first."""
    longest = sorted(country_names(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in longest)})(?![\w-])")
