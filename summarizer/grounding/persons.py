"""Persons in a phrase that holds no number: named ones, single ones, pronouns."""

from __future__ import annotations

import re
from dataclasses import replace

from ..lexicon import word_set
from ..lexicon.casualty_words import PERSONS, is_person
from ..text import NUMBER_WORDS, fold
from .items import Item

PLURAL_ALIKE = word_set("plural_alike")


def plural(word: str) -> bool:
    """Whether the word names several persons."""
    return (word.endswith("s") and not word.endswith("ss") and word[:-1] in PERSONS) or word.endswith(
        ("men", "women", "people")
    )


_LOWER_IN_NAME = word_set("name_particles")
_NOT_NAMES = word_set("no_person_names") | NUMBER_WORDS


def name_runs(raw: str) -> list[tuple[str, str]]:
    """Runs of capitalised words that may name a person, each with the word before it."""
    runs: list[tuple[str, str]] = []
    current: list[str] = []
    before = ""
    for word in re.findall(r"[^\W\d_][\w'-]*|[,.;]", raw):
        capital = word[0].isupper() and word[0].isalpha() and fold(word).removesuffix("'s") not in _NOT_NAMES
        if capital or (current and fold(word).split("-")[0] in _LOWER_IN_NAME):
            current.append(word)
            continue
        if current:
            runs.append((before, " ".join(current)))
        current, before = [], fold(word)
    if current:
        runs.append((before, " ".join(current)))
    return runs


_PLACE_WORDS = word_set("place_prepositions")
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her|himself|herself)\b")


def persons_alone(text: str, run: list[str], names: list[tuple[str, str]]) -> list[Item]:
    """Without any number: each named person is one ("killed Jaafar al-Sawari"), else one person or pronoun."""
    people = [(before, name) for before, name in names if before not in _PLACE_WORDS and not _names_many(name, text)]
    if len(people) > 1 and is_person(people[1][0]) and text.startswith(f"{fold(people[0][1])} {people[1][0]} "):
        people = people[1:]  # "Retired postman Arthur Bell": the sentence's capital
    if (
        not people
        and names
        and re.search(r"\b(?:death|killing|murder|killers?|body|kidnapping|abduction|head\w+) of\b", text)
    ):
        people = names[:1]
    if people:
        number = 1 + sum(before == "and" or is_person(before) for before, _ in people[1:])
        return [Item(0, 1, number, number, number, counted=False)]
    if re.search(r"\bboth\b", text):
        return [Item(0, 1, 2, 2, 2)]
    alone = any(is_person(word) and not plural(word) and word not in PLURAL_ALIKE for word in run)
    if alone or _PRONOUN.search(text):
        return [Item(0, 1, 1, 1, 1, counted=False)]
    return []


_ROMAN = re.compile(r"[IVXLCDM]{2,}")


_TWO_VICTIMS = re.compile(r"^[a-z]+ and [a-z]+ were (?:killed|shot|murdered|hanged|drowned|injured|wounded|hurt)\b")


def _names_many(name: str, text: str) -> bool:
    """Whether a capitalised word begins a sentence and counts nobody ("Soldiers were killed"), or is a figure (XII)."""
    word = fold(name)
    if " " in name:
        return False
    verb = re.search(rf"\b{re.escape(word)} (?:were|are|have)\b", text)
    several = plural(word) or word in PLURAL_ALIKE or (verb is not None and not _TWO_VICTIMS.search(text))
    return several or _ROMAN.fullmatch(name) is not None


_NAME_AND_AGE = re.compile(r"[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)+(?:, (?:aged )?\d{1,3}\b| \(\d{1,3}\))")


def persons_with_ages(phrase: str) -> list[Item]:
    """A list of names with ages counts its names: "Anna Roe, 34, Ben Oke, 41, and Chi Ude, 19"."""
    many = len(_NAME_AND_AGE.findall(phrase[:2000]))
    return [Item(0, 1, many, many, many, counted=False)] if many > 1 else []


def with_leading_name(text: str, items: list[Item], names: list[tuple[str, str]]) -> list[Item]:
    """ "Tavallali and his bodyguard" are two: the name before the "and" counts."""
    last = fold(names[0][1].split()[-1])
    if names[0][0] in _PLACE_WORDS or not re.search(
        rf"{re.escape(last)}(?:(?: ?,[^,]*,| ?,)? and (?:his|her|their|a|an) | ?, (?:his|her) \w+(?:,| and\b))", text
    ):
        return items
    if re.search(r"\b(?:the|a|an|his|her) [^,]*, " + re.escape(fold(names[0][1].split()[0])), text):
        return items
    return [replace(items[0], low=1, best=1, high=1, at=items[0].at - 1), *items]
