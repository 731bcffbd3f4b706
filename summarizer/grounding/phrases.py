"""Reading a phrase about people: its numbers with their qualifiers, its single persons and its zeros, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..lexicon import word_set
from ..lexicon.casualty_words import DOERS, NOT_PERSONS, is_person, may_be_person
from ..schemas.values import Qualifier
from ..text import ORDINALS
from .items import Item, Phrase
from .marking import mark
from .numbers import read_number
from .persons import PLURAL_ALIKE, name_runs, persons_alone, persons_with_ages, plural, with_leading_name

_TOKEN = re.compile(r"@\w+|\d+(?:\.\d+)?|[^\W\d_]+(?:-(?!(?:and|to)\b)[^\W\d_]+)*|[,;:.()]|-")
_OF_PERSONS = frozenset(["boat", "bus", "ferry", "home", "hospital", "plane", "school", "ship", "train", "village"])
"""Things that persons are named after: passengers, pupils, staff, residents."""
_DETERMINERS = frozenset(["a", "an", "another", "the", "his", "her", "their", "its", "our", "my", "this", "that"])
_BREAKS = word_set("phrase_breaks") | set(",;:.()-")
_SUBSETS = frozenset(["including", "included", "among", "amongst", "both", "mostly", "mainly", "namely"])


def read_phrase(phrase: str, *, of_people: bool = True) -> Phrase:
    """`phrase` with its items; only its first 2,000 characters are read, more is no phrase."""
    raw, text, marked = mark(phrase)
    names = name_runs(raw)
    run = tuple(_TOKEN.findall(marked))
    items = _items(list(run), of_people)
    if items and _set_off_by(run, items[0]) == "," and "," not in run[items[-1].end : items[-1].end + 3]:
        items[0] = replace(items[0], apposed=False)
    if not items:
        items = persons_with_ages(phrase) or persons_alone(text, list(run), names)
    elif names and items[0].at > 0 and not items[0].counted:
        items = with_leading_name(text, items, names)
    return Phrase(text, run, items, _ordinal(list(run)))


def _set_off_by(run: Sequence[str], item: Item) -> str:
    """The mark after an item and its noun that may open a list of its parts: "15 persons (12 men, 3 women)"."""
    return next((word for word in run[item.end + 1 : item.end + 3] if word in {",", "(", ":", "-"}), "")


def _items(run: list[str], of_people: bool) -> list[Item]:
    found: list[Item] = []
    index = 0
    while index < len(run):
        item = _zero(run, index) or _number(run, index) or _single(run, index)
        if item is None:
            index += 1
            continue
        says_something = item.low is not None or item.best is not None or item.high is not None
        if says_something and not _dropped(run, item, found, of_people):
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
    zero = zero or (word == "not" and run[index + 1 : index + 3] in (["a", "single"], ["one", "of"]))
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
        if (
            other
            and run[end] == "to"
            and (
                run[index - 1 : index] in (["by"], ["@about"])
                or (run[index - 1 : index] == ["from"] and _changes(run, index))
            )
        ):
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
        apposed=any(word in {",", "(", ":", "-"} for word in run[end + 1 : end + 3]),
    )


def _is_range(run: list[str], index: int, end: int) -> bool:
    before = run[index - 1] if index else ""
    if run[end] == "and":
        return before == "between" or run[index - 2 : index - 1] == ["between"]
    if before == "from" and _changes(run, index):
        return False
    return before != "by" and run[end] in {"to", "or", "-"}


_CHANGE = re.compile(
    r"r(?:i|o)s(?:e|es|en|ing)|rais|climb|went|gone|go(?:es|ing)|increas|jump|revis|up|down|fell|fall|cut|lower|drop"
)


def _changes(run: list[str], index: int) -> bool:
    """Whether a word before says that a figure moved: "risen from 12 to 14" is 14, "from 12 to 14 people" a range."""
    return any(_CHANGE.match(word) for word in run[max(0, index - 8) : index])


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
        if word in PLURAL_ALIKE:
            return None
        if may_be_person(word) and not plural(word):
            following = run[ahead + 1 : ahead + 2]
            if following and may_be_person(following[0]) and not plural(following[0]):
                continue
            if following and (following[0] in NOT_PERSONS or (plural(following[0]) and may_be_person(following[0]))):
                return None
            if following == ["@of"] and any(may_be_person(other) for other in run[ahead + 2 : ahead + 4]):
                return None
            number = 2 if word == "couple" else 1
            return Item(index, ahead + 1, number, number, number, counted=False)
    return None


def _dropped(run: list[str], item: Item, found: list[Item], of_people: bool) -> bool:
    """Whether the item counts no one in its own right: a part of those before it, a thing, the doer, or a "not"."""
    before = run[item.at - 1] if item.at else ""
    qualified = 1
    while item.at > qualified and run[item.at - qualified].startswith("@") and run[item.at - qualified] != "@of":
        qualified += 1
    before = run[item.at - qualified] if item.at >= qualified else ""
    head = _head(run, item.end)
    if of_people and item.counted and head in NOT_PERSONS:
        return True
    if before == "not" or run[item.end : item.end + 1] == ["@at_least"]:
        return True
    if found and (before in _SUBSETS or _in_parenthesis(run, item.at)):
        return True
    if found and item.counted and _says_how_badly(run, item.end):
        return True
    if found and not item.counted and _in_relative_clause(run[found[-1].end : item.at]):
        return True
    if found and run[item.end : item.end + 2] in (["of", "them"], ["of", "whom"], ["of", "these"], ["of", "those"]):
        return True
    if before == "by" or (run[max(0, item.at - 2) : max(0, item.at - 1)] == ["by"] and before in _DETERMINERS):
        return True
    if found and before == "of" and item.at - found[-1].end <= _PART_GAP and "the" not in run[found[-1].end : item.at]:
        return True
    return bool(found) and _apposed(run, item, found[-1])


_OTHER_CLAUSE = frozenset(["and", "along", "as", "was", "were", "while", "with", ",", ";", "."])


def _in_relative_clause(between: list[str]) -> bool:
    """Whether a person is named where it is told what another did: "a driver who wrestled the man to the ground"."""
    return "who" in between and _OTHER_CLAUSE.isdisjoint(between[between.index("who") :])


_BADLY = frozenset(["seriously", "critically", "badly", "gravely", "severely", "slightly", "lightly", "fatally"])


def _says_how_badly(run: list[str], end: int) -> bool:
    """Whether a number goes with an adverb alone: the nine of "34 injured, nine seriously" are among the 34."""
    return (
        run[end : end + 1] != [] and run[end] in _BADLY and (end + 1 == len(run) or run[end + 1] in _BREAKS - _HARMED)
    )


_HARMED = frozenset(["injured", "wounded"])
_PART_GAP = 2


def _apposed(run: list[str], item: Item, before: Item) -> bool:
    """Whether a single person only says who the one before is: "a second spotter, Vos's nephew, was"."""
    end = before.end + 1 if before.counted and is_person(run[before.end]) else before.end
    if item.counted or before.best != 1 or item.best != 1 or not 0 < item.at - end <= 3:
        return False
    after = run[item.end + 1 : item.end + 2]
    return run[end] == "," and run[item.end : item.end + 1] == [","] and not _LISTING.intersection(after)


_LISTING = _DETERMINERS | {"and"}


def _is_whole(run: list[str], item: Item, found: list[Item]) -> bool:
    """Whether the number is the whole that the one before is a part of: "two of the 14 wounded"."""
    before = run[max(0, item.at - 2) : item.at]
    return bool(found) and item.counted and before in (["of", "the"], ["of", "its"], ["of", "their"], ["of", "those"])


_SUBSET_HEADS = frozenset(["them", "whom", "those", "these"])


def _in_parenthesis(run: list[str], at: int) -> bool:
    """Whether a subset word ("including") stands before the item with no end of its list between."""
    for index in range(at - 1, max(-1, at - 12), -1):
        if run[index] in _SUBSETS and (run[index] != "among" or run[index + 1] in _SUBSET_HEADS):
            return not any(word in {"were", "was", "killed", "wounded", "died", ";", ":"} for word in run[index:at])
    return False


def _head(run: list[str], end: int) -> str:
    """The noun after a number: the first of the next words that is a person or a thing, within its noun phrase.

    A thing before persons says what they have to do with ("12 bus passengers"); "five of the attackers" are attackers.
    """
    if run[end : end + 2] == ["of", "the"] and DOERS.intersection(run[end + 2 : end + 3]):
        return run[end + 2]
    for at, word in enumerate(run[end : end + 4], end):
        if word in _BREAKS or word in _DETERMINERS:
            return ""
        if word in _OF_PERSONS and any(plural(after) and is_person(after) for after in run[at + 1 : at + 2]):
            continue
        if word in NOT_PERSONS or is_person(word):
            return word
    return ""


def _ordinal(run: list[str]) -> int | None:
    for index, word in enumerate(run):
        after = run[index + 1 : index + 2]
        of_person = not after or after[0] in _VERBS or may_be_person(after[0])
        if word in ORDINALS and of_person and (word != "second" or run[index - 1 : index] in (["a"], ["the"])):
            return ORDINALS[word]
    return None
