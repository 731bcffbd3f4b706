"""Values in plain English, and the title that is made of them."""

from __future__ import annotations

from typing import Any

import pytest
from summarizer.schemas import (
    CasualtyGroup,
    Count,
    DateSpan,
    Perpetrator,
    Place,
    Quantity,
    Statement,
    Target,
    Weapon,
)

from summarizer.wording import compose_title, count_sources, date_phrase, label, place_phrase, say, sides

from .summaries import agreed, disputed_injured, field, incident, said

RUSAFA = Place(name="Camp Rusafa", country="Iraq")
DAY = DateSpan(start="2023-03-08")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not known"),
        (Count.exact(3), "3"),
        (Count.exact(0), "0"),
        (Count.at_least(14), "at least 14"),
        (Count.about(30), "about 30"),
        (Count.at_most(20), "at most 20"),
        (Count.between(30, 40), "30 to 40"),
        (Count.vague(24), "at least 24"),
        (Count.exact(1200), "1,200"),
        (DAY, "8 March 2023"),
        (DateSpan(start="2022-12", precision="month"), "December 2022"),
        (DateSpan(start="2023-03-08", precision="month"), "March 2023"),
        (DateSpan(start="2017", precision="year"), "2017"),
        (DateSpan(start="2023-03-06", precision="week"), "week of 6 March 2023"),
        (DateSpan(start="2023-03-08", end="2023-03-10"), "8 to 10 March 2023"),
        (DateSpan(start="2023-03-30", end="2023-04-02"), "30 March to 2 April 2023"),
        (DateSpan(start="2022-12-30", end="2023-01-02"), "30 December 2022 to 2 January 2023"),
        (DateSpan(start="2023-03", end="2023-05", precision="month"), "March to May 2023"),
        (DateSpan(start="2023-02-31"), "2023-02-31"),
        (RUSAFA, "Camp Rusafa, Iraq"),
        (Place(name="Basra, Iraq", country="Iraq"), "Basra, Iraq"),
        (Place(name="Basra"), "Basra"),
        (Target(name="Camp Rusafa", kind="military"), "Camp Rusafa (military)"),
        (Target(name="a convoy"), "a convoy"),
        (Weapon(name="107mm rockets"), "107mm rockets"),
        (CasualtyGroup(outcome="killed", group="American soldiers", count=2), "2 American soldiers killed"),
        (Quantity(what="rockets fired", value=30), "30 rockets fired"),
        (Quantity(what="distance of the truck", value=2.5, unit="miles"), "2.5 miles: distance of the truck"),
        (Quantity(what="107mm rockets", value=18), "18 × 107mm rockets"),
        (Quantity(what="hectares burned", value=1200, unit="hectares"), "1,200 hectares burned"),
        (Quantity(what="ransom", value=4_000_000, unit="$"), "$4,000,000: ransom"),
        (Statement(speaker="Col. Lansing"), "Col. Lansing"),
        ("rocket_or_missile_attack", "rocket or missile attack"),
        ("no_claim", "nobody claimed it"),
        ("accomplished", "carried out"),
        ("free words, as they are", "free words, as they are"),
    ],
)
def test_every_value_has_words(value: Any, words: str) -> None:
    """Each type of value is said in plain English."""
    assert say(value) == words


@pytest.mark.parametrize(
    ("perpetrator", "words"),
    [
        (
            {"status": "accused_by_authorities", "attributed_by": "US officials"},
            "accused by authorities, per US officials",
        ),
        ({"status": "suspected"}, "suspected"),
        ({"status": "claimed", "attributed_by": "kataib al-rimah"}, "claimed"),
        ({"status": "denied", "attributed_by": "US officials"}, "denied; cited: US officials"),
        ({"status": "reported_as_fact"}, "reported as fact"),
    ],
)
def test_a_perpetrator_is_never_named_without_the_status(perpetrator: dict[str, Any], words: str) -> None:
    """The name comes with how sure the sources are, and in whose words; of a denial it is not said whose it is."""
    assert say(Perpetrator(name="Kataib al-Rimah", **perpetrator)) == f"Kataib al-Rimah ({words})"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Camp Rusafa", "at Camp Rusafa"),
        ("Mosul", "in Mosul"),
        ("off Port Alder", "off Port Alder"),
        ("north of Baghdad", "north of Baghdad"),
        ("between Hilla and Babil", "between Hilla and Babil"),
        ("road to Hilla", "on the road to Hilla"),
        ("airfield at Mosul", "at the airfield at Mosul"),
        ("countryside of Albu Kamal", "in the countryside of Albu Kamal"),
        ("Northgate", "in Northgate"),
        ("northern Manitoba", "in northern Manitoba"),
        ("northern coast", "in the northern coast"),
        ("Banda Sea, off Keliring island", "in Banda Sea, off Keliring island"),
    ],
)
def test_places_take_their_preposition(name: str, words: str) -> None:
    """A place reads well after "took place"."""
    assert place_phrase(Place(name=name)) == words


def test_dates_take_their_preposition() -> None:
    """On a day, in a month, from a day to another."""
    assert date_phrase(DAY) == "on 8 March 2023"
    assert date_phrase(DateSpan(start="2022-12", precision="month")) == "in December 2022"
    assert date_phrase(DateSpan(start="2023-03-06", precision="week")) == "in the week of 6 March 2023"
    assert date_phrase(DateSpan(start="2023-03-08", end="2023-03-10")) == "from 8 to 10 March 2023"


def test_labels_derive_from_field_names() -> None:
    """A field needs no entry anywhere to get its label."""
    assert label("casualty_groups", one=True) == "casualty group"
    assert label("quantities", one=True) == "quantity"
    assert label("responsibility_claim") == "responsibility claim"


def test_sources_are_counted_with_their_origins() -> None:
    """Copies are told apart from independent reports."""
    assert count_sources(1, 1) == "one source"
    assert count_sources(3, 1) == "three sources of one origin"
    assert count_sources(4, 2) == "four sources of two independent origins"


def test_a_title_says_what_where_when_and_how_bad() -> None:
    """The title is composed from the supported fields."""
    made = incident(
        event_type=agreed("rocket_or_missile_attack"),
        location=agreed(RUSAFA),
        date=agreed(DAY),
        killed=agreed(Count.exact(3)),
        injured=agreed(Count.exact(14)),
        missing=agreed(Count.exact(0)),
    )
    assert compose_title(made) == ("Rocket or missile attack at Camp Rusafa, Iraq, 8 March 2023: 3 killed, 14 injured")


def test_a_title_leaves_out_what_is_not_verified() -> None:
    """A value without verified words never makes it into a title."""
    made = incident(
        event_type=agreed("bombing"),
        location=field(None, said("s1", RUSAFA, verified=False)),
        killed=field(Count.exact(9), said("s1", Count.exact(9), verified=False)),
    )
    assert compose_title(made) == "Bombing"
    assert compose_title(incident()) == "Incident"


def test_a_title_marks_disputes_and_stages() -> None:
    """Disputed figures are marked; an attempt is not told as a deed; nobody hurt is said when that is all."""
    assert compose_title(incident(injured=disputed_injured())) == "Incident: 14 injured (disputed)"
    foiled = incident(event_type=agreed("bombing"), stage=agreed("foiled"), killed=agreed(Count.exact(0)))
    assert compose_title(foiled) == "Foiled bombing: no one killed"


def test_sides_are_only_what_verified_words_bear_out() -> None:
    """A claim that no verified words stand behind is no side of a dispute."""
    one, two, three = Count.exact(1), Count.exact(2), Count.exact(3)
    disputed = field(
        one,
        said("s1", one),
        said("s3", two, stance="differs"),
        said("s4", three, stance="differs", verified=False),
        kind="contradiction",
        claims=[(one, ["s1"]), (two, ["s3"]), (three, ["s4"])],
    )
    assert sides(disputed) == [(one, ["s1"]), (two, ["s3"])]
