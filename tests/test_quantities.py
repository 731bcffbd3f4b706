"""Figures of things: which measure one thing, in which unit, and why two of them differ."""

from __future__ import annotations

from typing import Any

import pytest
from summarizer.schemas import GroundedReport, Quantity, Source

from summarizer.merging import merge

from .grounded import report, source

DAYS = {f"s{number}": source(f"s{number}", published=f"2024-05-{14 + number}") for number in range(1, 6)}
SAME_DAY = {name: one.model_copy(update={"published": "2024-05-15"}) for name, one in DAYS.items()}


def quantities(*said: Quantity, sources: dict[str, Source] = DAYS) -> list[Any]:
    """The merged quantities of sources that give one figure each."""
    told: list[GroundedReport] = [report(f"s{number}", quantities=(one,)) for number, one in enumerate(said, start=1)]
    return merge(told, sources).quantities


def test_fired_and_landed_are_different_quantities() -> None:
    """Both are right, and the record says that they measure different things."""
    fired, landed = quantities(Quantity(what="rockets fired", value=30), Quantity(what="rockets that landed", value=18))
    assert {fired.conflict.kind, landed.conflict.kind} == {"different_quantity"}
    assert {fired.value.value, landed.value.value} == {30, 18}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (Quantity(what="vehicles involved", value=58), Quantity(what="vehicles involved", value=70), "contradiction"),
        (Quantity(what="people arrested", value=4), Quantity(what="suspects detained", value=6), "update"),
        (Quantity(what="ransom demanded", value=2e6), Quantity(what="ransom demanded", value=2e5), "contradiction"),
        (
            Quantity(what="drones launched, by the army", value=2),
            Quantity(what="drones launched, by police", value=3),
            "contradiction",
        ),
        (
            Quantity(what="ash column above the summit", value=8000, unit="m"),
            Quantity(what="ash column above sea level", value=10.4, unit="km"),
            "different_quantity",
        ),
    ],
)
def test_two_figures_of_one_thing_differ_for_a_reason(one: Quantity, other: Quantity, kind: str) -> None:
    """Growth, another party, another reference, else a contradiction."""
    merged = quantities(one, other)
    assert {field.conflict.kind for field in merged} == {kind}


@pytest.mark.parametrize(
    ("common", "lone"),
    [
        (Quantity(what="ransom demanded", value=2e5), Quantity(what="ransom demanded", value=2e6)),
        (
            Quantity(what="ammonium nitrate", value=40, unit="kg"),
            Quantity(what="ammonium nitrate", value=40, unit="tonnes"),
        ),
        (Quantity(what="money stolen", value=4.6, unit="million"), Quantity(what="money stolen", value=4.6)),
    ],
)
def test_a_slip_beside_a_figure_of_two_origins_is_an_error(common: Quantity, lone: Quantity) -> None:
    """Noughts lost or gained and a wrong unit are called so only where more origins have the other figure."""
    merged = quantities(common, common, lone)
    assert {field.conflict.kind for field in merged} == {"error"}
    assert merged[0].value == common
    assert {field.conflict.kind for field in quantities(common, lone)} == {"contradiction"}


@pytest.mark.parametrize(
    "other",
    [
        Quantity(what="money stolen", value=1.1, unit="million euros"),
        Quantity(what="million of money stolen", value=1.1),
        Quantity(what="money stolen", value=1.1, unit="million"),
        Quantity(what="money stolen", value=1100, unit="thousand euros"),
        Quantity(what="money stolen", value=1_100_000, unit="million euros"),
    ],
)
def test_words_for_noughts_are_read_as_noughts(other: Quantity) -> None:
    """1.1 million, wherever the word for the noughts stands, is 1,100,000."""
    written_out = Quantity(what="money stolen", value=1_100_000, unit="EUR")
    merged = quantities(written_out, other)
    assert [(len(field.supporters), field.conflict) for field in merged] == [(2, None)]


def test_figures_in_two_units_are_compared_in_one() -> None:
    """Nine hundred people became 1.2 thousand, which is more."""
    merged = quantities(
        Quantity(what="people evacuated", value=900), Quantity(what="people evacuated", value=1.2, unit="thousand")
    )
    assert {field.conflict.kind for field in merged} == {"update"}
    assert "1.2 thousand, supersedes the 900 of s1" in merged[0].conflict.why


def test_two_spellings_of_one_unit_blur_no_figure() -> None:
    """590,000 US dollars are not 600,000 USD: nothing was converted, so nothing was rounded."""
    merged = quantities(
        Quantity(what="ransom paid", value=590_000, unit="US dollars"),
        Quantity(what="ransom paid", value=600_000, unit="USD"),
        sources=SAME_DAY,
    )
    assert {field.conflict.kind for field in merged} == {"contradiction"}


def test_the_same_amount_in_two_units_is_one_figure() -> None:
    """Ten kilometres and 32,800 feet are one height."""
    merged = quantities(
        Quantity(what="height of the column", value=10, unit="km"),
        Quantity(what="height of the column", value=32_800, unit="feet"),
    )
    assert [(len(field.supporters), field.conflict) for field in merged] == [(2, None)]


def test_what_one_source_counts_for_itself_is_no_difference() -> None:
    """Nobody differs from a source that counts a whole and its part."""
    told = [
        report(
            "s1", quantities=(Quantity(what="coaches derailed", value=13), Quantity(what="coaches overturned", value=6))
        )
    ]
    assert [field.conflict for field in merge(told, DAYS).quantities] == [None, None]


def told_by(name: str, *figures: Quantity) -> GroundedReport:
    return report(name, quantities=figures)


FIRED = Quantity(what="rockets fired", value=30)
LANDED = Quantity(what="rockets that landed", value=18)


def test_a_vague_name_brings_no_two_things_together() -> None:
    """ "Rockets" may be those fired or those that landed; it joins the first, and the second stays apart."""
    merged = quantities(
        Quantity(what="rockets", value=30), FIRED, Quantity(what="rockets that landed", value=30), sources=SAME_DAY
    )
    assert [(field.supporters, field.dissenters) for field in merged] == [(["s1", "s2"], []), (["s3"], [])]


def test_sources_that_all_count_the_same_things_do_not_differ() -> None:
    """Thirty were fired and eighteen landed, say both: nobody says otherwise."""
    merged = merge([told_by("s1", FIRED, LANDED), told_by("s2", FIRED, LANDED)], DAYS).quantities
    assert [(field.agreement, field.conflict) for field in merged] == [("unanimous", None)] * 2


def test_two_parties_that_all_sources_cite_still_contradict_each_other() -> None:
    """Both sources give the army's figure and the Front's: that they cite the same dispute does not settle it."""
    army = Quantity(what="missiles fired, by the army", value=2)
    front = Quantity(what="missiles fired, by the Front", value=4)
    merged = merge([told_by("s1", army, front), told_by("s2", army, front)], DAYS).quantities
    assert [field.conflict.kind for field in merged] == ["contradiction", "contradiction"]


def test_each_figure_says_how_the_others_differ_from_it() -> None:
    """Of one's own figure a claim has no kind; another party's contradicts it, another state is another quantity."""
    army = Quantity(what="rockets that landed, by the army", value=12)
    front = Quantity(what="rockets that landed, by the Front", value=18)
    merged = merge([told_by("s1", FIRED, army, front), told_by("s2", army, front)], DAYS).quantities
    kinds = {
        field.value.what: {claim.value.what: claim.kind for claim in field.conflict.claims if claim.kind}
        for field in merged
    }
    assert kinds == {
        FIRED.what: {army.what: "different_quantity", front.what: "different_quantity"},
        army.what: {front.what: "contradiction", FIRED.what: "different_quantity"},
        front.what: {army.what: "contradiction", FIRED.what: "different_quantity"},
    }
    assert {field.value.what for field in merged if field.agreement == "disputed"} == {army.what, front.what}
