"""The narrative: composed from supported fields alone, every sentence with the sources that support it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summarizer.schemas import (
    CasualtyGroup,
    Count,
    DateSpan,
    Incident,
    Perpetrator,
    Place,
    Quantity,
    Statement,
    Weapon,
)

from summarizer.narration import narrate
from summarizer.wording import say

from .summaries import SOURCES, agreed, disputed_injured, field, incident, said, sources


def story(made: Incident) -> str:
    return " ".join(sentence.text for sentence in narrate(made, sources()))


def sources_of(made: Incident, words: str) -> list[str]:
    (found,) = [sentence.sources for sentence in narrate(made, sources()) if words in sentence.text]
    return found


def perpetrator(status: Any, by: str | None = None) -> Perpetrator:
    return Perpetrator(name="Kataib al-Rimah", kind="armed_group", status=status, attributed_by=by)


def test_the_story_opens_with_what_where_and_when() -> None:
    """The first sentence says what happened, where and when, with every source that says a part of it."""
    made = incident(
        event_type=agreed("rocket_or_missile_attack", "s1", "s3"),
        location=agreed(Place(name="Camp Rusafa", country="Iraq"), "s1"),
        date=agreed(DateSpan(start="2023-03-08"), "s4"),
    )
    first = narrate(made, sources())[0]
    assert first.text == "A rocket or missile attack took place at Camp Rusafa, Iraq, on 8 March 2023."
    assert first.sources == ["s1", "s3", "s4"]


def test_tolls_read_as_english() -> None:
    """Singular, plural and nobody each have their form; figures of different sources carry them."""
    made = incident(
        event_type=agreed("airstrike"),
        killed=agreed(Count.exact(1), "s1"),
        injured=agreed(Count.at_least(14), "s1"),
        missing=agreed(Count.exact(0), "s1"),
    )
    assert "In the airstrike, 1 person was killed, at least 14 people were injured and no one was missing." in story(
        made
    )
    apart = incident(killed=agreed(Count.exact(2), "s1", "s2"), injured=agreed(Count.exact(5), "s3"))
    assert "2 people were killed (s1 and s2) and 5 people were injured (s3)" in story(apart)


def test_a_disputed_toll_is_told_as_a_dispute_with_both_sides() -> None:
    """Both figures are named with their sources and origins, and neither stands as a plain fact."""
    made = incident(injured=disputed_injured())
    (told,) = [text for text in story(made).split(". ") if "14" in text]
    assert told == (
        "The number of people injured is disputed: 14 according to s1 and s2 (two sources of one origin); "
        "18 according to s3; 14 is carried forward"
    )
    assert "Reason given: 18 is the number of rockets." in story(made)
    assert sources_of(made, "is disputed") == ["s1", "s2", "s3"]


def test_a_difference_without_an_explanation_is_a_dispute() -> None:
    """Dissent that nobody explained is never passed over."""
    made = incident(
        killed=field(Count.exact(3), said("s1", Count.exact(3)), said("s3", Count.exact(4), stance="differs"))
    )
    assert "The number of people killed is disputed: 3 according to s1; 4 according to s3" in story(made)


def test_an_update_is_told_as_a_history() -> None:
    """Figures that grew are told in the order of their reports."""
    early, late = Count.exact(12), Count.exact(14)
    made = incident(
        injured=field(
            late,
            said("s4", late),
            said("s1", early, stance="differs"),
            kind="update",
            claims=[(late, ["s4"]), (early, ["s1"])],
        )
    )
    assert "On the number of people injured, reports were updated: 12 (s1), then 14 (s4)." in story(made)
    assert "disputed" not in story(made)
    undated = narrate(made, sources(published=None))
    assert "12 according to s1" in " ".join(sentence.text for sentence in undated)


@pytest.mark.parametrize(
    ("status", "by", "words"),
    [
        ("claimed", None, "Kataib al-Rimah claimed the incident."),
        (
            "accused_by_authorities",
            "US officials",
            "Authorities accuse Kataib al-Rimah of responsibility for the incident, per US officials.",
        ),
        ("suspected", None, "Suspicion of responsibility for the incident falls on Kataib al-Rimah."),
        ("denied", None, "Responsibility of Kataib al-Rimah for the incident is denied."),
        ("reported_as_fact", None, "The incident is reported as the work of Kataib al-Rimah."),
    ],
)
def test_who_did_it_is_never_told_firmer_than_it_is_known(status: Any, by: str | None, words: str) -> None:
    """Only what sources report as fact is told as reported; every other status is in the sentence."""
    assert words in story(incident(perpetrators=[agreed(perpetrator(status, by))]))


def test_a_disputed_attribution_names_the_silent_side_too() -> None:
    """Sources that name nobody are a side of the dispute about who did it."""
    accused = perpetrator("accused_by_authorities", "US officials")
    item = field(accused, said("s4", accused), kind="attribution", claims=[(accused, ["s4"]), (None, ["s1", "s2"])])
    assert (
        "The perpetrator is disputed: Kataib al-Rimah (accused by authorities, per US officials) according to s4; "
        "s1 and s2 name none." in story(incident(perpetrators=[item]))
    )


def test_the_claim_of_responsibility_is_told() -> None:
    """Claimed and not claimed are different sentences."""
    assert "Responsibility for the incident was claimed." in story(incident(responsibility_claim=agreed("claimed")))
    unclaimed = incident(responsibility_claim=agreed("no_claim"))
    assert "No one has claimed responsibility for the incident." in story(unclaimed)


def test_items_and_groups_are_listed_with_their_sources() -> None:
    """Groups of victims, weapons and quantities are told, each with its sources where these differ."""
    made = incident(
        casualty_groups=[
            agreed(CasualtyGroup(outcome="killed", group="American soldiers", count=2)),
            agreed(CasualtyGroup(outcome="killed", group="Danish soldier", count=1)),
        ],
        weapons=[agreed(Weapon(name="rockets"), "s1"), agreed(Weapon(name="a drone"), "s3")],
        quantities=[agreed(Quantity(what="rockets fired", value=30))],
    )
    assert "Among the dead were 2 American soldiers and 1 Danish soldier." in story(made)
    assert "Sources name rockets (s1) and a drone (s3) as weapons." in story(made)
    assert "Also reported: 30 rockets fired." in story(made)


def test_groups_of_a_disputed_toll_say_so() -> None:
    """A sentence about a disputed figure says that it is disputed."""
    made = incident(
        injured=disputed_injured(),
        casualty_groups=[agreed(CasualtyGroup(outcome="injured", group="soldiers", count=14))],
    )
    assert "Among the injured, whose number is disputed, were 14 soldiers." in story(made)


def test_at_most_two_statements_are_quoted_with_their_speakers() -> None:
    """Verified words are quoted with who said them; a third statement stays in the record."""
    made = incident(
        statements=[agreed(Statement(speaker=f"speaker {name}"), quote=f"“we are {name}”,") for name in "abc"]
    )
    assert "Speaker a: “we are a”. Speaker b: “we are b”." in story(made)
    assert "speaker c" not in story(made)


def test_the_story_ends_with_how_many_independent_origins_there_are() -> None:
    """Copies do not pass for independent reports."""
    assert story(incident()) == "Four sources of three independent origins report the incident."
    one_origin = incident(sources=["s1", "s2"], origins=1)
    assert story(one_origin) == "Two sources of one origin report the incident."


def test_an_unverified_value_is_never_told() -> None:
    """What no verified words support does not occur in the narrative."""
    made = incident(
        killed=field(None, said("s1", Count.exact(77), verified=False)),
        perpetrators=[field(perpetrator("suspected"), said("s1", perpetrator("suspected"), verified=False))],
        weapons=[field(None, said("s1", Weapon(name="poison"), verified=False))],
    )
    assert story(made) == "Four sources of three independent origins report the incident."


numbers = st.integers(0, 400)
counts = st.one_of(
    numbers.map(Count.exact),
    numbers.map(Count.at_least),
    numbers.map(Count.about),
    numbers.map(Count.vague),
    st.tuples(numbers, numbers).map(lambda pair: Count.between(min(pair), max(pair))),
)
quantities = st.builds(Quantity, what=st.just("rockets"), value=numbers.map(float))


@st.composite
def fields(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> Any:
    """A field with any mixture of verified and unverified entries, and claims that may be made up."""
    entries = [
        said(id, draw(values), stance=draw(st.sampled_from(["supports", "differs"])), verified=draw(st.booleans()))
        for id in draw(st.lists(st.sampled_from(list(SOURCES)), unique=True))
    ]
    backed = [entry.value for entry in entries if entry.verified and entry.stance == "supports"]
    known: bool = draw(st.booleans())
    value = draw(st.sampled_from(backed)) if backed and known else None
    kind = draw(st.sampled_from([None, "update", "scope", "precision", "contradiction", "error"]))
    side = st.tuples(
        st.one_of(st.none(), values, *(st.just(entry.value) for entry in entries)),
        st.lists(st.sampled_from(list(SOURCES)), unique=True),
    )
    claims = draw(st.lists(side, max_size=3))
    return field(value, *entries, kind=kind, claims=claims, why=f"it was {draw(numbers)}")


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", re.sub(r"\bs\d\b|(?<=\d),(?=\d)", "", text)))


@settings(max_examples=60, deadline=None)
@given(killed=fields(counts), injured=fields(counts), several=st.lists(fields(quantities), max_size=3))
def test_every_figure_told_stands_in_verified_words(killed: Any, injured: Any, several: list[Any]) -> None:
    """Whatever the record holds, no figure of the narrative is without a verified source, no sentence without one."""
    made = incident(killed=killed, injured=injured, quantities=several)
    entries = [entry for one in (killed, injured, *several) for entry in one.support if entry.verified]
    known = {figure for entry in entries for figure in figures(say(entry.value))}
    for sentence in narrate(made, sources()):
        assert figures(sentence.text) <= known
        assert sentence.sources
        assert set(sentence.sources) <= set(made.sources)
