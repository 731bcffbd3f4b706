"""What changed: every difference that a reader sees is told, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Count, Incident, Perpetrator, Place

from summarizer.digest.changes import Change, Told, Version, differences

from .summaries import agreed, disputed_injured, field, incident, said

ARTICLES = (11, 12, 13, 14)


def version(**parts: Any) -> Version:
    return Version(incident(**parts), ARTICLES)


def only(old: Incident | Version, new: Version) -> Change:
    (change,) = differences(old if isinstance(old, Version) else Version(old, ARTICLES), new)
    return change


def test_a_new_record_is_told_whole() -> None:
    """Of an incident that nobody knew, each field is a difference."""
    new = version(killed=agreed(Count.exact(3), "s1", "s2"), perpetrators=[agreed(Perpetrator(name="Red Hand"))])
    kinds = [(change.field, change.kind, change.articles) for change in differences(None, new)]
    assert kinds == [("incident", "opened", ARTICLES), ("killed", "set", (11, 12)), ("perpetrators", "added", (11,))]


@pytest.mark.parametrize(("before", "after", "kind"), [(3, 5, "raised"), (5, 3, "lowered")])
def test_a_toll_that_moves_is_told_with_its_direction(before: int, after: int, kind: str) -> None:
    """From what to what, upwards or downwards, and which articles say so."""
    change = only(version(killed=agreed(Count.exact(before))), version(killed=agreed(Count.exact(after), "s3", "s4")))
    assert (change.kind, change.before, change.after) == (
        kind,
        Told(str(before), Count.exact(before).model_dump(mode="json")),
        Told(str(after), Count.exact(after).model_dump(mode="json")),
    )
    assert change.articles == (13, 14)


def test_words_without_proof_are_no_value() -> None:
    """An unverified value is not there for a reader, so its coming and going is no news."""
    unproven = field(Count.exact(9), said("s1", Count.exact(9), verified=False))
    assert differences(version(), version(killed=unproven)) == []


def test_a_value_that_loses_its_proof_is_told() -> None:
    """What is no longer supported is told as gone."""
    change = only(version(killed=agreed(Count.exact(3))), version())
    assert (change.kind, change.after) == ("removed", None)


def test_disputes_are_told_when_they_begin_and_when_they_end() -> None:
    """The same figure is news when sources begin to differ, and when they agree again."""
    calm = version(injured=agreed(Count.exact(14), "s1", "s2"))
    change = only(calm, version(injured=disputed_injured()))
    assert (change.kind, change.articles) == ("disputed", (13,))
    assert only(version(injured=disputed_injured()), calm).kind == "settled"


def test_a_name_that_became_fuller_is_refined() -> None:
    """More words for the same place are no contradiction."""
    change = only(
        version(location=agreed(Place(name="Camp Rusafa"))), version(location=agreed(Place(name="Camp Rusafa, Iraq")))
    )
    assert change.kind == "refined"


def test_an_item_with_another_name_is_the_same_item() -> None:
    """The same words under another name are a change, not one that came and one that went."""
    change = only(
        version(perpetrators=[agreed(Perpetrator(name="Red Hand"))]),
        version(perpetrators=[agreed(Perpetrator(name="Crimson Fist"))]),
    )
    assert (change.kind, change.field) == ("changed", "perpetrators")


def test_blame_that_grows_firmer_is_a_change() -> None:
    """A perpetrator who was suspected and is now accused is told as such."""
    change = only(
        version(perpetrators=[agreed(Perpetrator(name="Red Hand", status="suspected"), "s1")]),
        version(perpetrators=[agreed(Perpetrator(name="Red Hand", status="accused_by_authorities"), "s2")]),
    )
    assert change.kind == "changed"
    assert change.after is not None
    assert "accused" in change.after.text


def test_further_sources_are_told_as_such() -> None:
    """The number of sources and origins, and which articles are new."""
    old = Version(incident(sources=["s1", "s2"], origins=1), (11, 12))
    (change,) = differences(old, Version(incident(sources=["s1", "s2", "s3"], origins=2), (11, 12, 13)))
    assert change.kind == "sources"
    assert change.before == Told("2 sources of 1 origin", {"sources": 2, "origins": 1})
    assert change.articles == (13,)


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["s1", "s2"])), max_size=5, unique=True))
def test_a_record_does_not_differ_from_itself(items: list[tuple[str, str]]) -> None:
    """Whatever stands in it, a record made anew and alike is no news."""
    perpetrators = [agreed(Perpetrator(name=name), source) for name, source in items]
    assert differences(version(perpetrators=perpetrators), version(perpetrators=perpetrators)) == []
