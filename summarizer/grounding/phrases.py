"""Reading a phrase about people: its numbers with their qualifiers, its single persons and its zeros, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape

from ..schemas import Count
from ..schemas.values import Qualifier
from ..text import ORDINALS, fold, read_number
from .casualty_words import NOT_PERSONS, PERSONS, is_person, may_be_person
from .lexicon import word_set

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|sept|oct|nov|dec"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_AGE_NUMBER = rf"(?:\d{{1,3}}|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES})"
# What looks like a number of people and is none, and what stands in its place.
_NOT_COUNTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<=\d),(?=\d{3}(?!\d))", ""),
        (rf"\b{_AGE_NUMBER}[- ](?:year|month|week|day)s?[- ]olds\b", " teenagers "),
        (rf"\b{_AGE_NUMBER}[- ](?:year|month|week|day)s?[- ]old\b", " teenager "),
        (rf"\b(?:aged?|age of) (?:between )?{_AGE_NUMBER}(?: (?:to|and) {_AGE_NUMBER})?\b", " "),
        (r"(?<=[^\W\d_]), ?\d{1,3}(?=,|$|\.|;|\)| and\b)", " "),
        (r"\(?\bborn (?:in )?\d{4}\)?", " "),
        (r"\b(gone|went|risen|rose|climbed|goes|going|crept|shot|moved) up to\b", r"\1 to"),
        (r"\b\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\b\.?)?", " "),
        (r"\b\d{1,2} ?[ap]\.?m\b\.?", " "),
        (r"\b\d{3,4} (?:hours|hrs|gmt|local time)\b", " "),
        (rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b(?: (?:19|20)\d\d)?", " "),
        (rf"\b(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,? (?:19|20)\d\d)?", " "),
        (rf"\b(?:in|of|since|{_MONTHS}) (?:19|20)\d\d\b(?! [a-z]+ (?:were|was|people|killed))", " "),
        (r"[$€£¥]\s?\d[\d.,]*(?: ?(?:million|billion|m|bn|k))?\b", " "),
        (r"\b\d[\d.,]* ?(?:%|per ?cent)", " "),
        (r"\b\d+(?:\.\d+)?[- ]?(?:mm|cm|km|kg|kilo|calib\w+)\b", " "),
        (
            r"\b\w+-(?:kilomet\w+|met(?:re|er)s?|storey|story|strong|man|member|hour|day|minute|week|month|"
            r"metre|ton|tonne|bed|seat|vehicle|car)\b(?=[- ])",
            " ",
        ),
    )
)
_AGE_IN_BRACKETS = re.compile(r"([A-Z][\w'-]+) \(\d{1,3}\)(?! [a-z])")
_QUALIFIERS: tuple[tuple[Qualifier, str], ...] = (
    ("at_most", r"(?:no|not) more than|not exceeding|up to|at (?:the )?most|as many as|fewer than|less than|under|"
                 r"a maximum of|not even|maximum"),
    ("at_least", r"(?:no|not) (?:fewer|less) than|at least|at the least|more than|over|upwards of|above|in excess of|"
                 r"a minimum of|minimum|as few as|exceed(?:s|ed|ing)|better than|well over"),
    ("about", r"about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated at|"
                 r"estimated|circa|perhaps|maybe|towards|in the region of|near|nigh on|just over|just under|"
                 r"an approximate"),
)  # fmt: skip
_QUALIFIER = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _QUALIFIERS))
_TOKEN = re.compile(r"@\w+|\d+(?:\.\d+)?|[^\W\d_]+(?:-(?!(?:and|to)\b)[^\W\d_]+)*|[,;:.()]|-")
_DETERMINERS = frozenset(["a", "an", "another", "the", "his", "her", "their", "its", "our", "my", "this", "that"])
_BREAKS = word_set("phrase_breaks") | set(",;:.()-")
_PLURAL_ALIKE = word_set("plural_alike")
_SUBSETS = frozenset(["including", "included", "among", "amongst", "both", "mostly", "mainly", "namely"])


@dataclass(frozen=True)
class Item:
    """A number of people in a phrase, at word `at`; `counted` for a figure, not for a single person or a zero; `whole`
    where it is what another one is a part of ("two of the 14")."""

    at: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier = "exact"
    counted: bool = True
    apposed: bool = False
    whole: bool = False

    def count(self) -> Count:
        """The item alone as a count."""
        return Count(low=self.low, best=self.best, high=self.high, qualifier=self.qualifier)

    def figure(self) -> int:
        return next(number for number in (self.best, self.low, self.high) if number is not None)


@dataclass(frozen=True)
class Phrase:
    """A phrase as read: folded `text`, its words, its items in order, and its ordinal ("a fifth soldier") if any."""

    text: str
    run: tuple[str, ...]
    items: list[Item]
    ordinal: int | None


def read_phrase(phrase: str) -> Phrase:
    """`phrase` with its items; only its first 2,000 characters are read, more is no phrase."""
    raw = unescape(phrase[:2000]).translate(
        {0x2019: "'", 0x2018: "'", 0x2013: "-", 0x2014: " - ", 0x2011: "-", 0xA0: " "}
    )
    raw = _AGE_IN_BRACKETS.sub(r"\1", raw)
    text = " ".join(fold(word) for word in raw.split())
    names = _name_runs(raw)
    for pattern, instead in _NOT_COUNTS:
        text = pattern.sub(instead, text)
    marked = _QUALIFIER.sub(lambda match: f" @{match.lastgroup} ", text)
    marked = re.sub(r"(?<=\w)'s?\b|\bt'", " @of ", marked)
    marked = re.sub(rf"\b({_TENS})-({_ONES})\b", r"\1 \2", marked)
    marked = re.sub(r"(\d+|\b(?:" + _TENS + r"|ten))-odd\b", r"@about \1", marked)
    marked = re.sub(r"(?<=\d)-(?=\d)", " to ", marked)
    run = tuple(_TOKEN.findall(marked))
    items = _items(list(run))
    if items and "," not in run[items[-1].end : items[-1].end + 3]:
        items[0] = replace(items[0], apposed=False)
    if not items:
        items = _persons_alone(text, list(run), names)
    elif names and items[0].at > 0 and not items[0].counted:
        items = _with_leading_name(text, items, names)
    return Phrase(text, run, items, _ordinal(list(run)))


def _items(run: list[str]) -> list[Item]:
    found: list[Item] = []
    index = 0
    while index < len(run):
        item = _zero(run, index) or _number(run, index) or _single(run, index)
        if item is None:
            index += 1
            continue
        says_something = item.low is not None or item.best is not None or item.high is not None
        if says_something and not _dropped(run, item, found):
            found.append(replace(item, whole=_is_whole(run, item, found)))
        index = max(item.end, index + 1)
    return found


def _zero(run: list[str], index: int) -> Item | None:
    word, after = run[index], run[index + 1 : index + 2]
    zero = word in {"nobody", "nil", "none", "nothing", "neither"}
    zero = zero or (
        word in {"no", "no-one"} and after != ["@at_least"] and after not in (["longer"], ["matter"], ["doubt"])
    )
    zero = zero or (
        word == "without" and bool(after) and not after[0][0].isdigit() and read_number(run, index + 1) is None
    )
    zero = zero or (word == "not" and run[index + 1 : index + 3] == ["a", "single"])
    if not zero:
        return None
    end = index + (3 if word == "not" else 1)
    if run[end : end + 1] == ["one"]:
        end += 1
    if run[end : end + 1] == ["@of"] or run[end : end + 2] == ["of", "the"]:
        end += 1
    return Item(index, end, 0, 0, 0, counted=False)


def _number(run: list[str], index: int) -> Item | None:
    number = read_number(run, index) if run[index][0] not in "@,;:.()-" else None
    if number is None or number.value != int(number.value):
        return None
    value, end = int(number.value), number.end
    low, best, high, qualifier = _shape(run, index, value, number.vague)
    if qualifier in {"exact", "about"} and run[end : end + 1] in (["to"], ["or"], ["and"], ["-"]):
        other = read_number(run, end + 1) if end + 1 < len(run) and run[end + 1][0] not in "@,;:.()" else None
        if other and not other.vague and other.value > value and _is_range(run, index, end):
            return Item(index, other.end, value, None, int(other.value), "range")
        if other and run[end] == "to" and run[index - 1 : index] in (["by"], ["from"], ["@about"]):
            return Item(index, end, None, None, None)
    if run[end : end + 2] == ["or", "so"] or run[end : end + 2] == ["or", "more"]:
        qualifier, low, best, high = (
            ("about", None, value, None) if run[end + 1] == "so" else ("at_least", value, value, None)
        )
        end += 2
    return Item(
        index,
        end,
        low,
        best,
        high,
        qualifier,
        apposed=run[end + 1 : end + 2] == [","] or run[end + 2 : end + 3] == [","],
    )


def _is_range(run: list[str], index: int, end: int) -> bool:
    before = run[index - 1] if index else ""
    if run[end] == "and":
        return before == "between" or run[index - 2 : index - 1] == ["between"]
    return before not in {"by", "from"} and run[end] in {"to", "or", "-"}


def _shape(run: list[str], index: int, value: int, vague: bool) -> tuple[int | None, int | None, int | None, Qualifier]:
    marks = {word for word in run[max(0, index - 2) : index] if word.startswith("@")}
    if vague:
        return value, None, None, "at_least"
    if "@at_least" in marks:
        return value, value, None, "at_least"
    if "@at_most" in marks:
        return None, value, value, "at_most"
    if "@about" in marks:
        return None, value, None, "about"
    return value, value, value, "exact"


_VERBS = frozenset(["is", "was", "has", "had", "died", "remains", "remained"])


def _single(run: list[str], index: int) -> Item | None:
    """One person named by a trade or a kinship: "a driver", "his son", "the group's commander"; "a couple" is 2."""
    if run[index] not in _DETERMINERS and run[index] != "@of":
        return None
    if (
        run[index + 1 : index + 2]
        and run[index + 1] in ORDINALS
        and run[index + 2 : index + 3]
        and run[index + 2] in _VERBS
    ):
        return Item(index, index + 2, 1, 1, 1, counted=False)
    for ahead in range(index + 1, min(index + 6, len(run))):
        word = run[ahead]
        if word in _BREAKS or word in _DETERMINERS or word[0] == "@" or word[0].isdigit():
            return None
        if word in _PLURAL_ALIKE:
            return None
        if may_be_person(word) and not _plural(word):
            following = run[ahead + 1 : ahead + 2]
            if following and may_be_person(following[0]) and not _plural(following[0]):
                continue
            if following and (following[0] in NOT_PERSONS or (_plural(following[0]) and may_be_person(following[0]))):
                return None
            if following == ["@of"] and any(may_be_person(other) for other in run[ahead + 2 : ahead + 4]):
                return None
            number = 2 if word == "couple" else 1
            return Item(index, ahead + 1, number, number, number, counted=False)
    return None


def _plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith("ss") and word[:-1] in PERSONS) or word.endswith(
        ("men", "women", "people")
    )


def _dropped(run: list[str], item: Item, found: list[Item]) -> bool:
    """Whether the item counts no one in its own right: a part of those before it, a thing, the doer, or a "not"."""
    before = run[item.at - 1] if item.at else ""
    qualified = 1
    while item.at > qualified and run[item.at - qualified].startswith("@") and run[item.at - qualified] != "@of":
        qualified += 1
    before = run[item.at - qualified] if item.at >= qualified else ""
    head = _head(run, item.end)
    if item.counted and head in NOT_PERSONS:
        return True
    if before == "not" or run[item.end : item.end + 1] == ["@at_least"]:
        return True
    if found and (before in _SUBSETS or _in_parenthesis(run, item.at)):
        return True
    if found and run[item.end : item.end + 2] in (["of", "them"], ["of", "whom"], ["of", "these"], ["of", "those"]):
        return True
    if before == "by" or (run[max(0, item.at - 2) : max(0, item.at - 1)] == ["by"] and before in _DETERMINERS):
        return True
    if found and before == "of" and item.at - found[-1].end <= _PART_GAP and "the" not in run[found[-1].end : item.at]:
        return True
    return bool(found) and _apposed(run, item, found[-1])


_PART_GAP = 2


def _apposed(run: list[str], item: Item, before: Item) -> bool:
    """Whether a single person only says who the one before is: "a second spotter, Vos's nephew, was"."""
    if item.counted or before.best != 1 or item.best != 1 or not 0 < item.at - before.end <= 3:
        return False
    return (
        run[before.end] == "," and run[item.end : item.end + 1] == [","] and run[item.end + 1 : item.end + 2] != ["and"]
    )


def _is_whole(run: list[str], item: Item, found: list[Item]) -> bool:
    """Whether the number is the whole that the one before is a part of: "two of the 14 wounded"."""
    before = run[max(0, item.at - 2) : item.at]
    return bool(found) and item.counted and before in (["of", "the"], ["of", "its"], ["of", "their"], ["of", "those"])


def _in_parenthesis(run: list[str], at: int) -> bool:
    """Whether a subset word ("including") stands before the item with no end of its list between."""
    for index in range(at - 1, max(-1, at - 12), -1):
        if run[index] in _SUBSETS:
            return not any(word in {"were", "was", "killed", "wounded", "died", ";", ":"} for word in run[index:at])
    return False


def _head(run: list[str], end: int) -> str:
    """The noun after a number: the first of the next words that is a person or a thing, within its noun phrase."""
    for word in run[end : end + 4]:
        if word in _BREAKS or word in _DETERMINERS:
            return ""
        if word in NOT_PERSONS or is_person(word):
            return word
    return ""


def _ordinal(run: list[str]) -> int | None:
    for index, word in enumerate(run):
        if word in ORDINALS and (word != "second" or run[index - 1 : index] in (["a"], ["the"])):
            return ORDINALS[word]
    return None


_LOWER_IN_NAME = word_set("name_particles")
_NOT_NAMES = word_set("no_person_names")


def _name_runs(raw: str) -> list[tuple[str, str]]:
    """Runs of capitalised words that may name a person, each with the word before it."""
    runs: list[tuple[str, str]] = []
    current: list[str] = []
    before = ""
    for word in re.findall(r"[^\W\d_][\w'-]*|[,.;]", raw):
        capital = word[0].isupper() and fold(word).removesuffix("'s") not in _NOT_NAMES
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


def _persons_alone(text: str, run: list[str], names: list[tuple[str, str]]) -> list[Item]:
    """Without any number: each named person is one ("killed Jaafar al-Sawari"), else one person or pronoun."""
    people = [(before, name) for before, name in names if before not in _PLACE_WORDS]
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
    alone = any(is_person(word) and not _plural(word) and word not in _PLURAL_ALIKE for word in run)
    if alone or _PRONOUN.search(text):
        return [Item(0, 1, 1, 1, 1, counted=False)]
    return []


def _with_leading_name(text: str, items: list[Item], names: list[tuple[str, str]]) -> list[Item]:
    """ "Tavallali and his bodyguard" are two: the name before the "and" counts."""
    last = fold(names[0][1].split()[-1])
    if names[0][0] in _PLACE_WORDS or not re.search(
        rf"{re.escape(last)}(?: ?,[^,]*,)? and (?:his|her|their|a|an) ", text
    ):
        return items
    if re.search(r"\b(?:the|a|an|his|her) [^,]*, " + re.escape(fold(names[0][1].split()[0])), text):
        return items
    return [replace(items[0], low=1, best=1, high=1, at=items[0].at - 1), *items]
