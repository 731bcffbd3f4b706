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
