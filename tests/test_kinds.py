"""The words of an article name the kinds of incident that it may be about, and the model chooses among them."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import AnswerBase, Article
from summarizer.schemas.values import EventType

from summarizer import read_articles
from summarizer.extraction import Extraction, Extractor, extract_all
from summarizer.extraction.asking import question, worth_asking
from summarizer.extraction.grammar import copy_grammar
from summarizer.extraction.kinds import (
    FEWEST_WORDS,
    INCIDENTS,
    kind_chances,
    likely_kinds,
    read_weights,
    reports_none,
    words_of,
)
from summarizer.extraction.profiles import LEAST_LIKELY, resolve_profile
from summarizer.settings import Settings

from .conftest import ROOT
from .gbnf import accepts

KINDS = frozenset(get_args(EventType))
QUIET = Article(
    title="Council kills plan for new tram line",
    text="The city council voted on Monday to build no tram line between the harbour and the university, ending a "
    "dispute that had lasted eleven years. The line, nine kilometres long, was to open in 2031 and cost 410 million. "
    "The opposition attacked the decision and asked for a referendum. Work on the old fish market begins in September.",
)
MENU = (
    "Home News Sport Business Culture Weather Travel Jobs Subscribe Newsletter Log in\n"
    "Most read: Budget talks enter final week. Ten recipes for a rainy weekend. Exams will start next year. "
    "Our new training plan for your first marathon."
)
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


def test_an_article_without_an_incident_is_not_asked_about() -> None:
    """The embedded model finds an incident in everything; no call is made where the words plainly speak of none."""

    async def extracted() -> Extraction:
        async with Extractor(Settings(model="embedded", use_ledger=False)) as extractor:
            found = await extract_all({"s1": QUIET}, extractor)
            assert extractor.meter.usage.calls == 0
            return found

    found = asyncio.run(extracted())
    assert (found.reports, found.unasked) == ({"s1": []}, ["s1"])


class Match(AnswerBase):
    """What somebody else may want to know."""

    score: str


def test_others_are_asked_about_everything() -> None:
    """Capable models say themselves that nothing happened; a response model of your own may ask for what is quiet."""
    embedded = resolve_profile(Settings(model="embedded"))
    assert not worth_asking(embedded, QUIET)
    assert worth_asking(resolve_profile(Settings(model="openai/some-model")), QUIET)
    assert worth_asking(resolve_profile(Settings(model="embedded", ask_all=True)), QUIET)
    assert worth_asking(replace(embedded, own_answer=Match), QUIET)


@pytest.mark.parametrize("folder", sorted((ROOT / "examples").iterdir()), ids=lambda folder: folder.name)
@pytest.mark.parametrize("around", ["", MENU, QUIET.text, f"{MENU}\n\n{QUIET.text}"])
def test_no_article_of_an_incident_is_passed_over(folder: Path, around: str) -> None:
    """Whatever else stands on its page: a report among menus and other news is one."""
    articles = read_articles([str(folder)]).articles
    assert articles
    embedded = resolve_profile(Settings(model="embedded"))
    shown = [article.model_copy(update={"text": f"{around}\n\n{article.text}\n\n{around}"}) for article in articles]
    assert [article.title for article in shown if not worth_asking(embedded, article)] == []


def test_a_text_of_few_known_words_is_asked_about() -> None:
    """Eleven words of a quiet text say too little, as does one in another language."""
    words = [word for word in dict.fromkeys(words_of(QUIET.text)) if word in read_weights(INCIDENTS).rarity]
    assert reports_none(" ".join(words), least=0.5)
    assert not reports_none(" ".join(words[: FEWEST_WORDS - 1]), least=0.0)
