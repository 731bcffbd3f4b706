"""Values are compared by what they mean, not by how they are spelled."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from summarizer.schemas import Count, DateSpan, Place, Quantity

from summarizer.comparison import agree, compare, compare_names

from .grounded import counts, dates, places

MIRROR = {"equal": "equal", "narrower": "wider", "wider": "narrower", "different": "different"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Count.exact(14), Count.exact(14), "equal"),
        (Count.exact(14), Count.exact(18), "different"),
        (Count.exact(14), Count.at_least(12), "narrower"),
        (Count.vague(24), Count.exact(31), "wider"),
        (Count.at_least(14), Count.exact(41), "different"),
        (Count.about(30), Count.exact(31), "wider"),
        (Count.about(30), Count.exact(41), "different"),
        (Count.between(6, 8), Count.exact(7), "wider"),
        (Count.at_most(20), Count.exact(21), "different"),
        (DateSpan(start="2024-05-14"), DateSpan(start="2024-05", precision="month"), "narrower"),
        (DateSpan(start="2024-05-14"), DateSpan(start="2024-05-15"), "different"),
        (DateSpan(start="2024-05-13", precision="week"), DateSpan(start="2024-05-19"), "wider"),
        (DateSpan(start="2024-05-13", end="2024-05-15"), DateSpan(start="2024-05-14"), "wider"),
        (DateSpan(start="2024", precision="year"), DateSpan(start="2023-12-31"), "different"),
        (Place(name="Camp Rusafa, a base north of Baghdad"), Place(name="Rusafa camp"), "narrower"),
        (Place(name="Tell Harim", country="Iraq"), Place(name="Tell Harim", country="Syria"), "different"),
        (Place(name="Kelso"), Place(name="Port Alder"), "different"),
        (Quantity(what="rockets fired", value=30), Quantity(what="rockets fired", value=30), "equal"),
        (Quantity(what="rockets fired", value=30), Quantity(what="trucks found", value=30), "different"),
    ],
)
def test_values_compare_by_meaning(one: Any, other: Any, expected: str) -> None:
    """Counts as intervals, dates at the coarser precision, places by containment; and the same from both sides."""
    assert compare(one, other) == expected
    assert compare(other, one) == MIRROR[expected]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kata'ib Hizbullah", "Kataib Hezbollah"),
        ("Jaafar al-Sawari", "Ja'far as-Sawari"),
        ("the United States", "United States"),
        ("São Tomé", "Sao Tome"),
        ("Norðurgátt", "Nordurgatt"),
    ],
)
def test_spellings_of_one_name_agree(one: str, other: str) -> None:
    """Transliterations, articles and diacritics do not make another name."""
    assert compare_names(one, other) == "equal"


def test_a_longer_form_of_a_name_is_the_narrower_one() -> None:
    """A name that holds another one says more."""
    assert compare_names("Kataib al-Rimah militia", "Kataib al-Rimah") == "narrower"


def test_different_names_differ() -> None:
    """Names without a common word are of different actors."""
    assert compare_names("Red Tide", "Harbour Front") == "different"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("the town", "a town", "equal"),
        ("a northern village", "The village", "narrower"),
        ("the town", "a base", "different"),
        ("the capital", "the coast road", "different"),
        ("???", "—", "different"),
        ("the town", "Kelso", "different"),
    ],
)
def test_names_of_common_words_alone_are_compared_by_those(one: str, other: str, expected: str) -> None:
    """Two names that tell nothing apart from their common words are not one name for that."""
    assert compare_names(one, other) == expected
    assert compare_names(other, one) == MIRROR[expected]


@given(counts | dates | places)
def test_every_value_equals_itself(value: Any) -> None:
    """A value agrees with itself."""
    assert compare(value, value) == "equal"


@given(counts, counts)
def test_agreeing_on_counts_is_mutual(one: Count, other: Count) -> None:
    """If one count can be right beside another, the other can beside the one."""
    assert agree(one, other) == agree(other, one)
