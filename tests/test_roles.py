"""Who is named beside a deed has not done it for that: words must give the part that the answer says."""

from __future__ import annotations

from typing import Any

import pytest
from summarizer.schemas import Article, Finding, Perpetrator, Report, Target

from summarizer.grounding import ground

TEXT = (
    "Katyusha rockets hit Camp Alder in Westland on Tuesday, and Washington blamed the Red Tide militia. General Ana "
    "Roe, head of the central command, noted that only the Red Tide had fired such rockets before. The Harbour Brigade "
    "said it "
    "had carried out the March attack on the base. The strike in December killed a contractor, and forces in Westland "
    "were put on alert."
)


def grounded(field: str, value: Any, quote: str) -> Any:
    kind: Any = type(value) if value is not None else {"perpetrators": Perpetrator, "targets": Target}[field]
    report = Report(
        **{"event_type": Finding(value="rocket_or_missile_attack"), field: (Finding[kind](value=value, quote=quote),)}
    )
    (found,) = getattr(ground(report, Article(text=TEXT, published="2024-05-15"), "s1"), field)
    return found


def test_who_speaks_of_a_deed_did_not_do_it() -> None:
    """The general who comments on the attack is no attacker."""
    found = grounded("perpetrators", None, "General Ana Roe")
    assert (found.verified, found.note) == (False, "its words name who speaks of it")


def test_a_weapon_does_nothing_by_itself() -> None:
    """A kind of rocket with a capital is no attacker."""
    found = grounded("perpetrators", None, "Katyusha")
    assert (found.verified, found.note) == (False, "its words name a weapon")


def test_an_armed_group_may_speak_of_its_own_deed() -> None:
    """A group that says it did it is named by its own words."""
    brigade = Perpetrator(name="Harbour Brigade", kind="armed_group", status="claimed")
    assert grounded("perpetrators", brigade, "The Harbour Brigade").verified


def test_whom_somebody_blames_is_accused() -> None:
    """The militia that is blamed keeps its place."""
    assert grounded("perpetrators", None, "the Red Tide militia").verified


@pytest.mark.parametrize("quote", ["the March attack", "The strike in December", "December"])
def test_the_deed_and_its_day_are_no_targets(quote: str) -> None:
    """What was hit is a place, a thing or people."""
    assert not grounded("targets", None, quote).verified


def test_the_place_that_was_hit_is_a_target() -> None:
    """A camp is what rockets hit."""
    assert grounded("targets", None, "Camp Alder").verified


@pytest.mark.parametrize(
    ("who", "kind", "status"),
    [
        ("A source close to the port", "unknown", "suspected"),
        ("A police source", "unknown", "accused_by_authorities"),
        ("The interior ministry", "unknown", "accused_by_authorities"),
        ("A source close to the port", "armed_group", "accused_by_authorities"),
    ],
)
def test_whom_an_unnamed_source_blames_is_suspected(who: str, kind: Any, status: str) -> None:
    """Only authorities accuse as such; a full answer, which tells the kind itself, keeps its own status."""
    accused = Perpetrator(name="Salt Boys", kind=kind, status="accused_by_authorities")
    report = Report(perpetrators=(Finding[Perpetrator](value=accused, quote="Salt Boys"),))
    article = Article(text=f"The quay burned all night. {who} said the Salt Boys had set the fire.")
    (found,) = ground(report, article, "s1").perpetrators
    assert found.value is not None
    assert found.value.status == status
