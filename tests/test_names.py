"""Promises about names: found in words whatever their dress, and cut out of longer phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Place

from summarizer.grounding.actors import refine_actor
from summarizer.grounding.names import countries_in, normal_name, occurs, only_peoples, shares_word
from summarizer.grounding.refining import refine_place, refine_target, refine_weapon


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("Kata'ib al-Rimah", "kataib al rimah"),
        ("Kata’ib al-Rimah", "kataib al rimah"),
        ("Norðurgátt", "norðurgatt"),
        ("Atlântida", "atlantida"),
        ("the Hadba airfield", "hadba airfield"),
        ("  Camp   Rusafa, ", "camp rusafa"),
        ("The", "the"),
    ],
)
def test_normal_name(name: str, normal: str) -> None:
    """Case, diacritics, apostrophes, punctuation and a leading article do not part names."""
    assert normal_name(name) == normal


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Camp Rusafa", "crashed into CAMP RUSAFA, a base"),
        ("Kataib al-Rimah", "blamed on Kata'ib al-Rimah"),
        ("Tin Azoumar", "their camp at Tin-Azoumar"),
        ("United States", "American warplanes struck"),
        ("United States", "the US Air Force"),
        ("107mm rockets", "Eighteen 107mm rockets landed"),
        ("rockets", "a rocket attack on an airfield"),
        ("rifles", "rifle fire"),
    ],
)
def test_occurs(name: str, text: str) -> None:
    """A name is found in another dress, in the other number, and a country in its people."""
    assert occurs(name, text)


def test_does_not_occur() -> None:
    """A name of which a telling word is missing does not occur."""
    assert not occurs("Camp Hadba", "crashed into Camp Rusafa")
    assert shares_word("Camp Hadba", "crashed into Camp Rusafa")
    assert not occurs("Iraq", "the Iranian army")


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Camp Rusafa, a base north of Baghdad", "Camp Rusafa, a base north of Baghdad"),
        ("on the road to Hilla", "road to Hilla"),
        ("the Hadba airfield outside Mosul,", "Hadba airfield outside Mosul"),
        ("at Wadi Shallal, west of Port Sudan", "Wadi Shallal, west of Port Sudan"),
        ("Tin-Azoumar", "Tin-Azoumar"),
    ],
)
def test_place_names(phrase: str, name: str) -> None:
    """A place loses the preposition and article before it and the punctuation after it."""
    assert refine_place(phrase, []).name == name


@pytest.mark.parametrize(
    ("phrase", "context", "country"),
    [
        ("the northern Vanuatu island of Tarasoe", [], "Vanuatu"),
        ("Portugal's Atlântida hospital network", ["in Spain"], "Portugal"),
        ("a base north of Baghdad", ["troops in Iraq"], "Iraq"),
        ("a base north of Baghdad", ["troops out of Iraq"], None),
        ("a base north of Baghdad", ["one of the dead came from Denmark"], None),
        ("the Niger Delta", [], None),
        ("a base north of Baghdad", ["the war of Iran and Iraq"], None),
        ("a base north of Baghdad", ["Two American soldiers died."], None),
        ("the village", [], None),
    ],
)
def test_countries_of_places(phrase: str, context: list[str], country: str | None) -> None:
    """A place's country is the one its phrase names, else the only one its sentence places things in, else none."""
    assert refine_place(phrase, context).country == country


@pytest.mark.parametrize(
    ("phrase", "name", "kind"),
    [
        (
            "US officials now say openly that Kataib al-Rimah, an Iran-backed militia, carried it out",
            "Kataib al-Rimah",
            "armed_group",
        ),
        ("American warplanes struck five weapons depots", "United States", "state"),
        ("the Americans killed the group's field commander", "United States", "state"),
        ("the army", "army", "state"),
        ("a crowd of relatives", "crowd of relatives", "crowd"),
        ("masked men came ashore", "masked men", "unknown"),
        ('The gang "Gafanhoto de Veludo"', "Gafanhoto de Veludo", "armed_group"),
        ("the work of the Yvytu Column", "Yvytu Column", "armed_group"),
        ("a gunman", "gunman", "individual"),
        ("hackers", "hackers", "armed_group"),
        ("a certain clan from the Bay", "clan from the Bay", "armed_group"),
        ("aircraft of the coalition led by Riyadh", "coalition led by Riyadh", "state"),
        ("the Saudi-led coalition", "Saudi-led coalition", "state"),
        ("the notorious BACK WALL crew", "BACK WALL crew", "armed_group"),
        ("gunmen from Boko Haram", "Boko Haram", "unknown"),
        ("the Zetas, a cartel from Tamaulipas", "Zetas", "armed_group"),
        ("Shia militia groups", "Shia militia", "armed_group"),
        ("Iran-backed Iraqi militias", "Iran-backed Iraqi militias", "armed_group"),
        ("a gang led by Juan Ortiz", "Juan Ortiz", "armed_group"),
        ("Viv Ansanm gang leader Jimmy Cherizier", "Viv Ansanm", "armed_group"),
    ],
)
def test_actors(phrase: str, name: str, kind: str) -> None:
    """Who did it is cut out of the phrase; a people's forces are their state; the accuser is not the culprit."""
    assert refine_actor(phrase) == (name, kind)


def test_kind_from_the_article() -> None:
    """A name whose phrase does not say what it is gets its kind from the article."""
    article = "It was Los Tejones. Los Tejones, a gang from the coast, denied it."
    assert refine_actor("attributed the assault to Los Tejones", article) == ("Los Tejones", "armed_group")


@pytest.mark.parametrize(
    ("phrase", "name", "kind"),
    [
        ("Camp Rusafa", "Camp Rusafa", "military"),
        ("the Sonabira police station", "Sonabira police station", "police"),
        ("a church choir", "church choir", "religious"),
        ("the mosque", "mosque", "religious"),
        ("the Brazilian embassy", "Brazilian embassy", "diplomatic"),
        ("three marines", "marines", "military"),
        ("five arms stores that Washington says belong to the militia", "arms stores", "military"),
        ("two bank branches", "bank branches", "business"),
        ("a gas pipeline", "gas pipeline", "infrastructure"),
        ("the wheelie bins", "wheelie bins", "other"),
    ],
)
def test_targets(phrase: str, name: str, kind: str) -> None:
    """A target is its noun phrase, with the kind that its words tell."""
    assert refine_target(phrase) == (name, kind)


@pytest.mark.parametrize(
    ("phrase", "weapon"),
    [
        ("a rocket attack on the Hadba airfield", "rocket"),
        ("Eighteen 107mm rockets", "107mm rockets"),
        ("with a drone", "drone"),
        ("one-way attack drones", "one-way attack drones"),
        ("carried assault rifles", "assault rifles"),
        ("a heavy machine gun", "heavy machine gun"),
        ("two petrol bombs", "petrol bombs"),
        ("A ransomware attack", "ransomware"),
    ],
)
def test_weapons(phrase: str, weapon: str) -> None:
    """A weapon is cut out with the words that say which."""
    assert refine_weapon(phrase) == weapon


def test_countries() -> None:
    """Countries and peoples are told apart from words that look like them."""
    assert countries_in("Iraqi troops and a Danish soldier") == ["Iraq", "Denmark"]
    assert countries_in("Iraqi troops", peoples=False) == []
    assert countries_in("let us go") == []
    assert countries_in("a turkey in a china shop") == []
    assert countries_in("Papua New Guinea and Guinea-Bissau") == ["Papua New Guinea", "Guinea-Bissau"]


@given(st.text(min_size=1, max_size=120))
def test_any_text(phrase: str) -> None:
    """No text makes refining fail, and nothing comes back empty for words that hold a letter."""
    assert isinstance(normal_name(phrase), str)
    name, _ = refine_actor(phrase)
    target, _ = refine_target(phrase)
    if any(character.isalnum() for character in phrase):
        assert name
        assert target
        assert refine_weapon(phrase)
        assert isinstance(refine_place(phrase, [phrase]), Place)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Japanese", True),
        ("Italian and Japanese", True),
        ("the American", True),
        ("US", False),
        ("Japan", False),
        ("Oman", False),
        ("Britain", False),
        ("Japanese embassy", False),
    ],
)
def test_a_people_alone_is_neither_a_place_nor_somebody(name: str, told: bool) -> None:
    """An adjective that lost its noun names nothing."""
    assert only_peoples(name) is told
