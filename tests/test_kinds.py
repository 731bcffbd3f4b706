"""The words of an article name the kinds of incident that it may be about, and the model chooses among them."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Article
from summarizer.schemas.values import EventType

from summarizer.extraction.asking import question
from summarizer.extraction.grammar import copy_grammar
from summarizer.extraction.kinds import kind_chances, likely_kinds
from summarizer.extraction.profiles import LEAST_LIKELY, resolve_profile
from summarizer.settings import Settings

from .gbnf import accepts

KINDS = frozenset(get_args(EventType))
TEXT = "Ransomware locked the town hall's servers, and hackers leaked the data of residents."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TEXT, "cyberattack"),
        ("A magnitude 6.1 earthquake shook the province; aftershocks went on all night.", "natural_disaster"),
        ("The ferry capsized and sank with passengers aboard; the coastguard is searching.", "transport_accident"),
        ("Kidnappers seized six pupils from their school and demand a ransom for the hostages.", "kidnapping"),
        ("Three 122mm rockets landed inside the base, fired from a launcher on a truck.", "rocket_or_missile_attack"),
    ],
)
def test_plain_words_name_their_kind(text: str, kind: str) -> None:
    """What a newspaper would say in a line is enough."""
    chances = kind_chances(text)
    assert max(chances, key=chances.__getitem__) == kind


@pytest.mark.parametrize("text", ["", "12345", "Взрыв прогремел на рынке в субботу утром", "Four drown as boat sinks"])
def test_a_text_of_few_known_words_may_be_of_any_kind(text: str) -> None:
    """A telegram or a foreign language leaves the choice to the model."""
    assert likely_kinds(text, LEAST_LIKELY) == KINDS


@given(st.text())
def test_any_text_leaves_a_kind_to_choose(text: str) -> None:
    """Whatever stands in an article, known words or none, some kind may be meant."""
    chances = kind_chances(text)
    assert chances.keys() == KINDS
    assert sum(chances.values()) == pytest.approx(1)
    assert likely_kinds(text, LEAST_LIKELY) <= likely_kinds(text, least=0) == KINDS
    assert max(chances, key=chances.__getitem__) in likely_kinds(text, least=1)


@given(st.permutations(TEXT.split()))
def test_only_the_words_count(words: list[str]) -> None:
    """Their order, their case and how often they stand there change nothing."""
    assert kind_chances(" ".join(words * 2).upper()) == pytest.approx(kind_chances(TEXT))


def test_the_model_is_held_to_the_likely_kinds() -> None:
    """The embedded model's first report is of a kind that headline and text speak of; the others may be of any."""
    article = Article(
        title="Hackers lock town hall", text="Everything stands still since Monday. Servers were encrypted."
    )
    grammar = question(resolve_profile(Settings(model="embedded")), article, article.text)["extra_body"]["grammar"]
    likely = likely_kinds(f"{article.title}\n{article.text}", LEAST_LIKELY)
    assert "cyberattack" in likely < KINDS
    for kind in KINDS:
        first, later = {"role": "main", "type": kind}, {"role": "related", "type": kind}
        assert accepts(grammar, json.dumps([first])) is (kind in likely)
        assert accepts(grammar, json.dumps([{"role": "main", "type": "cyberattack"}, later]))


def test_kinds_that_nobody_does_leave_no_room_for_doers() -> None:
    """Where only mishaps are likely, the first report has no perpetrators; where a deed is, it may."""
    done = [{"role": "main", "type": "arson", "by": [["Boys", "suspected"]]}]
    for kinds, allowed in ((["fire"], False), (["fire", "arson"], True)):
        assert accepts(copy_grammar("Boys burned it", narrow=True, kinds=kinds), json.dumps(done)) is allowed


def test_a_question_without_the_kind_needs_none() -> None:
    """A grammar for other fields is the same whatever kinds are likely."""
    assert copy_grammar("one two", ["when"], kinds=["fire"]) == copy_grammar("one two", ["when"])
    assert copy_grammar("one two", kinds=[]) == copy_grammar("one two")
