"""The words of an article name the kinds of incident that it may be about, and the model chooses among them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Article, Report
from summarizer.schemas.values import EventType

from summarizer import read_articles
from summarizer.extraction import Extractor
from summarizer.extraction.asking import question, worth_asking
from summarizer.extraction.grammar import copy_grammar
from summarizer.extraction.kinds import kind_chances, likely_kinds, reports_none
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
    settings = Settings(model="embedded", use_ledger=False)

    async def reports() -> list[Report]:
        async with Extractor(settings) as extractor:
            found = await extractor.extract(QUIET)
            assert extractor.meter.usage.calls == 0
            return found

    assert asyncio.run(reports()) == []


def test_a_capable_model_is_asked_about_everything() -> None:
    """Only the embedded model is held back: others say themselves that an article reports no incident."""
    assert worth_asking(resolve_profile(Settings(model="openai/some-model")), QUIET)
    assert not worth_asking(resolve_profile(Settings(model="embedded")), QUIET)


@pytest.mark.parametrize("folder", sorted((ROOT / "examples").iterdir()), ids=lambda folder: folder.name)
def test_no_article_of_an_incident_is_passed_over(folder: Path) -> None:
    """Whatever else an article speaks of, its incident is asked about."""
    articles = read_articles([str(folder)]).articles
    assert articles
    assert not [article.title for article in articles if reports_none(f"{article.title}\n{article.text}")]


@given(st.text(alphabet=st.characters(exclude_categories=["L"])))
def test_a_text_without_words_is_asked_about(text: str) -> None:
    """Too few known words tell nothing."""
    assert not reports_none(text)
