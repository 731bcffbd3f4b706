"""The copy grammar: what it spells cannot be anything but the article's own words."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas.values import AttributionStatus, EventType  # noqa: F401

from summarizer.extraction.grammar import copy_grammar

from .gbnf import accepts

LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')


def _word_rules(grammar: str) -> list[str]:
    return [line for line in grammar.splitlines() if re.match(r"[ws]\d+ ::=", line)]


def _literals(rule: str) -> list[str]:
    """The words of a rule as JSON would read them."""
    spelled = [match.replace('\\"', '"').replace("\\\\", "\\") for match in LITERAL.findall(rule)]
    return [json.loads(f'"{word}"') for word in spelled if word != " "]


@given(st.lists(st.text(min_size=1, max_size=8).filter(lambda word: word.split() == [word]), min_size=1, max_size=30))
def test_every_word_rule_spells_a_part_of_its_word(words: list[str]) -> None:
    """Whatever signs a word holds, its rule spells the word itself or the word without outer punctuation."""
    text = " ".join(words)
    for rule in _word_rules(copy_grammar(text)):
        word = words[int(re.match(r"[ws](\d+)", rule).group(1))]  # type: ignore[union-attr]
        assert _literals(rule)
        assert all(literal and literal in word for literal in _literals(rule))


def test_a_phrase_may_leave_out_closing_punctuation() -> None:
    """`Baghdad,` can end a phrase as `Baghdad`."""
    (rule,) = _word_rules(copy_grammar("Baghdad,"))
    assert _literals(rule) == ["Baghdad,", "Baghdad"]


def test_the_grammar_grows_with_the_text() -> None:
    """Twice the words give about twice the grammar: no rule lists other rules but the start."""
    short, long = (len(copy_grammar("word " * count)) for count in (500, 1000))
    assert long < 2.3 * short


def test_only_the_fields_asked_for_can_be_said() -> None:
    """A grammar for some fields has no way to spell another one; without a list all can be said."""
    some, every = copy_grammar("one two", ["killed"]), copy_grammar("one two")
    assert accepts(some, '[{"role": "main", "killed": "one two"}]')
    assert not accepts(some, '[{"role": "main", "type": "fire", "killed": "one"}]')
    assert accepts(every, '[{"role": "main", "type": "fire", "killed": "one"}]')


def test_a_text_without_words_has_no_grammar() -> None:
    """There is nothing to copy from an empty text."""
    with pytest.raises(ValueError, match="needs a text with words"):
        copy_grammar("  \n ")


STORY = (
    "Gunmen shot at a market in Basra. “Seven people died,” police said. At least two were wounded; shells were "
    "counted. It killed nobody else. The rifles burned in a fire."
)


def says(key: str, phrase: str, kind: str = "shooting", text: str = STORY) -> bool:
    """Whether the narrow grammar of a text can spell an answer in which `key` is that phrase."""
    answer = [{"role": "main", "type": kind, key: phrase}]
    return accepts(copy_grammar(text, narrow=True), json.dumps(answer, ensure_ascii=False))


@pytest.mark.parametrize(
    ("key", "phrase"),
    [
        ("killed", "Seven people died"),
        ("killed", "people died,” police said"),
        ("killed", "killed nobody"),
        ("injured", "At least two were wounded"),
        ("injured", "two were wounded; shells were counted"),
    ],
)
def test_a_toll_is_a_run_that_can_say_it(key: str, phrase: str) -> None:
    """A word of the outcome and a figure or person, out of one sentence: that may be a toll."""
    assert says(key, phrase)


@pytest.mark.parametrize(
    ("key", "phrase"),
    [
        ("killed", "died"),
        ("killed", "Seven people"),
        ("killed", "in Basra. “Seven people died"),
        ("injured", "wounded"),
        ("injured", "shells were counted"),
        ("injured", "Seven people died"),
    ],
)
def test_a_toll_is_nothing_else(key: str, phrase: str) -> None:
    """No outcome without a figure, no figure without the outcome, and no run across sentences."""
    assert not says(key, phrase)


def test_a_toll_that_no_sentence_speaks_of_is_not_given() -> None:
    """Nobody is said to be missing, so no phrase can be it."""
    assert '\\"missing\\"' not in copy_grammar(STORY, narrow=True)
    assert '\\"missing\\"' in copy_grammar(STORY)


def test_a_name_stands_for_a_person_where_nobody_is_counted() -> None:
    """The killing of one who is named is a toll; where a sentence counts, a capital alone is none."""
    assert says("killed", "killed Basim Jaafar", "other", "A drone killed Basim Jaafar on Friday.")
    assert not says("killed", "died in Basra", "other", "Seven people died in Basra.")


@pytest.mark.parametrize(
    ("text", "phrase", "told"),
    [
        ("Rangers killed five of the attackers.", "killed five of the attackers", False),
        ("Two masked gunmen died.", "Two masked gunmen died", False),
        ("Six gunmen killed 11 herders.", "killed 11 herders", True),
        ("On Monday Amal Haddad was killed by gunmen.", "Amal Haddad was killed", True),
        ("They left two dead, gunmen fled.", "two dead", True),
        ("Two killed as gunmen storm hotel.", "Two killed", True),
        ("At least 12 dead after gunmen attack bank.", "At least 12 dead", True),
        ("Nine killed (gunmen, police say).", "Nine killed", True),
        ("It killed six armed and masked gunmen.", "killed six", False),
    ],
)
def test_the_attackers_own_losses_are_no_toll(text: str, phrase: str, told: bool) -> None:
    """A figure that counts attackers says no toll; their victims' does."""
    assert says("killed", phrase, "armed_attack", text) is told


def test_nobody_does_a_mishap() -> None:
    """A fire or a storm has no perpetrators, targets and weapons; a shooting has."""
    gunmen = [["Gunmen", "reported_as_fact"]]
    for kind, done in (("shooting", True), ("fire", False)):
        answer = [{"role": "main", "type": kind, "by": gunmen, "targets": ["a market"]}]
        assert accepts(copy_grammar(STORY, narrow=True), json.dumps(answer)) is done
        assert says("killed", "Seven people died", kind)


def test_a_weapon_is_told_by_its_word() -> None:
    """What no weapon's word stands in is none, and a text without weapons has none."""
    for phrase, told in (("rifles", True), ("The rifles", True), ("a market", False)):
        answer = [{"role": "main", "type": "shooting", "weapons": [phrase]}]
        assert accepts(copy_grammar(STORY, narrow=True), json.dumps(answer)) is told
    assert '\\"weapons\\"' not in copy_grammar("Seven people died.", narrow=True)


def test_a_kind_needs_no_word_of_its_own() -> None:
    """A robbery may be told without the word; one article in thirteen tells its incident so."""
    assert says("killed", "Seven people died", "robbery")


def test_a_phrase_soon_says_what_it_must() -> None:
    """A run that meets the outcome only after many words tells another thing's figure."""
    long = "Three men, as the foreman who had been on the night shift told reporters at the gate, were hurt."
    assert not says("injured", long.rstrip("."), "other", long)
    assert says("injured", "reporters at the gate, were hurt", "other", long)


WORDS = ["two", "people", "were", "killed.", "wounded,", "“Nobody", "died”", "Basra", "14", "hurt"]


@given(st.lists(st.sampled_from(WORDS), min_size=1))
def test_every_rule_of_a_narrow_grammar_is_defined_and_used(words: list[str]) -> None:
    """The grammar hangs together: llama.cpp refuses one with a name that nothing defines."""
    grammar = copy_grammar(" ".join(words), narrow=True)
    bodies = dict(line.split(" ::= ", 1) for line in grammar.splitlines())
    named = {name for body in bodies.values() for name in re.findall(r"[a-z][\w-]*", LITERAL.sub("", body))}
    assert named <= set(bodies)
    tolls = {name for name in bodies if re.match(r"killed|injured|missing|captured", name)}
    assert tolls <= named
