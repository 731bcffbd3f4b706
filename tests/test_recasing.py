"""An article in capitals is shown to the embedded model in ordinary writing; its answer is found in the capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Article, Finding, Report

from summarizer.extraction.asking import shown_to_small
from summarizer.extraction.recasing import recased
from summarizer.grounding import ground

TELEX = (
    "SAN ALONSO, 3 JAN 90 (RADIO COLINA) -- ABOUT 50 PEASANTS HAVE BEEN KIDNAPPED BY GUERRILLAS OF THE FRENTE DEL "
    "SUR [FDS] NEAR VILLA QUEMADA. THE ARMY'S COMMANDER, GENERAL ROQUE IBANEZ, SAID THAT THREE SOLDIERS WERE KILLED "
    "AND SEVEN WOUNDED WHEN THEY PURSUED THE GROUP. NOBODY HAS BEEN FOUND."
)


def test_names_keep_a_capital_and_other_words_become_small() -> None:
    """What the corpus writes small becomes small; names, abbreviations and beginnings of sentences do not."""
    shown = recased(TELEX)
    assert "guerrillas of the Frente del Sur [FDS] near Villa Quemada. The army's commander, general Roque" in shown
    assert "three soldiers were killed and seven wounded when they pursued the group. Nobody has been found." in shown


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("THE U.S. EMBASSY", "The U.S. embassy"),
        ("A UN TEAM", "A UN team"),
        ("HE DIDN'T, THE ARMY’S", "He didn't, the army’s"),
        ("POPE JOHN PAUL II", "Pope John Paul II"),
        ("AT 7 A.M. IN ORLY", "At 7 A.M. in Orly"),
        ("OF THE ANDES", "Of the Andes"),
    ],
)
def test_abbreviations_and_names_stay_what_they_are(capitals: str, written: str) -> None:
    """What is no ordinary word is not written like one."""
    assert recased(capitals).casefold() == written.casefold()
    assert recased(capitals).split()[1:] == written.split()[1:]


@pytest.mark.parametrize("text", [TELEX.lower(), TELEX.title(), "FIRE IN PORT"])
def test_other_articles_are_shown_as_they_are(text: str) -> None:
    """Ordinary writing is not touched, nor is a line or two in capitals."""
    assert shown_to_small(text, Article(text=text)) == text


def test_the_last_words_of_a_long_telex_are_shown_like_the_first() -> None:
    """The article decides, not the part of it that is asked about."""
    assert shown_to_small("NO MORE WAS SAID.", Article(text=TELEX)) == "No more was said."


@given(st.text().map(lambda text: TELEX + text.upper()))
def test_no_word_is_changed_but_for_its_case(text: str) -> None:
    """Character for character the same, whatever the script."""
    assert len(recased(text)) == len(text)
    assert recased(text).upper() == text.upper()


def test_the_words_that_the_model_copied_are_found_in_capitals() -> None:
    """The quote of the record is the article's, not the one that was shown to the model."""
    shown = shown_to_small(TELEX, Article(text=TELEX))
    assert "three soldiers were killed" in shown
    report = Report(killed=Finding(quote="three soldiers were killed"))
    killed = ground(report, Article(text=TELEX), "s1").killed
    assert killed is not None
    assert (killed.quote, killed.verified) == ("THREE SOLDIERS WERE KILLED", True)
