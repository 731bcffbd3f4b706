"""Scores of listed differences: a side counts as found only if it says what the planted side says."""

from __future__ import annotations

from typing import Any, cast

import pytest
from summarizer.schemas import (
    Claim,
    Conflict,
    ConflictKind,
    Count,
    DateSpan,
    Finding,
    Perpetrator,
    Quantity,
    Report,
)

from summarizer.evaluation import evaluate_gold_reports
from summarizer.evaluation.gold import GoldClaim, GoldConflict, parse_set
from summarizer.evaluation.labelling import Outcome, paired_reports
from summarizer.evaluation.matching import lenient
from summarizer.evaluation.scoring_conflicts import Listed, is_same, kinds_of
from summarizer.evaluation.sides import all_figures, figures_of, same_side

from .gold_sets import count, gold_set, parsed, values

SOURCES = {"a1": "s1", "a2": "s2", "a3": "s3"}


def planted(field: str, *sides: tuple[Any, str], kind: ConflictKind = "update") -> GoldConflict:
    claims = tuple(GoldClaim(value, frozenset(articles.split())) for value, articles in sides)
    return GoldConflict("i1", field, "", kind, claims, None, "")


def side(field: str, said: Any, value: Any, *sources: str) -> bool:
    """Whether a claim of these sources is the side of article a1 that says `said`."""
    whole = planted(field, (said, "a1"), ("other", "a2"))
    return same_side(whole.claims[0], Claim[Any](value=value, sources=list(sources)), whole, SOURCES)


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("killed", 12, Count.exact(14)),
        ("killed", "12 villagers", Count.exact(14)),
        ("injured", "dozens", Count.exact(31)),
        ("killed", "5 dead and 14 wounded", Count.exact(14)),
        ("killed", "nobody reported killed", Count.exact(2)),
        ("quantities", "4 grenades thrown", Quantity(what="grenades thrown", value=2)),
        ("date", "2023-03-19", DateSpan(start="2023-03-20")),
        ("event_type", "arson", "fire"),
        ("perpetrators", "Red Sash, accused", Perpetrator(name="Iran", kind="state", status="denied")),
    ],
)
def test_a_common_source_does_not_make_another_value_the_same_side(field: str, said: Any, value: Any) -> None:
    """The claim's source is the planted side's article, and it says something else."""
    assert not side(field, said, value, "s1")


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("killed", "8 to 10 militia members", Count.between(8, 10)),
        ("injured", "dozens", Count.vague(24)),
        ("injured", "9 soldiers and 2 contractors", Count.exact(11)),
        ("missing", "both found dead", Count.exact(0)),
        ("quantities", "4 grenades thrown", Quantity(what="grenades", value=4)),
        ("date", "2019-07-11 to 2019-07-12", DateSpan(start="2019-07-11")),
        ("event_type", "arson", "arson"),
        ("perpetrators", "Red Sash, accused", Perpetrator(name="the Red Sash", kind="crowd", status="suspected")),
    ],
)
def test_a_side_that_says_the_same_is_the_same(field: str, said: Any, value: Any) -> None:
    """Words are read as figures; words without any are told by their article."""
    assert side(field, said, value, "s1")


def test_a_figure_of_something_else_is_no_side() -> None:
    """Two grenades are not the two guards of an article that the gold does not name."""
    assert not side("quantities", "2 grenades", Quantity(what="guards wounded", value=2), "s3")


def test_words_with_several_figures_have_all_of_them() -> None:
    """A toll's words mean their first figure or the sum; what resolves a difference must be one figure."""
    assert figures_of("62: 34 civilians and 28 police", "injured") >= {62}
    assert all_figures("5 dead and 14 wounded") == {5, 14}
    assert all_figures("no ranger killed") == {0}
    assert figures_of("no word from the coast", "killed") == {0}
    assert not figures_of("father and son", "injured")


def listed(*claims: tuple[int, str, str | None], kind: ConflictKind = "update") -> Listed:
    made = [
        Claim[Any](value=Count.exact(number), sources=[source], kind=cast(Any, word)) for number, source, word in claims
    ]
    return Listed("killed", Conflict[Any](kind=kind, claims=made, resolved=None, why=""))


class Named:
    """As much of an outcome as the matching of sides looks at."""

    source_of = SOURCES


OUTCOME = cast(Outcome, Named())


def test_only_the_kinds_of_matched_sides_count() -> None:
    """The conflict's own kind is that of another claim, and so is the right one."""
    four_six = planted("killed", (4, "a1"), (6, "a2"))
    record = listed((4, "s1", "scope"), (6, "s2", None), (9, "s3", "update"))
    assert is_same(four_six, record, OUTCOME)
    assert kinds_of(four_six, record, OUTCOME) == {"scope"}


def test_a_side_that_is_not_of_the_difference_brings_no_kind() -> None:
    """Where the matched sides differ from the chosen value in a way that nobody explains, there is no kind."""
    four_six = planted("killed", (4, "a1"), (6, "a2"))
    assert kinds_of(four_six, listed((4, "s1", None), (6, "s2", None), (9, "s3", "update")), OUTCOME) == set()


def test_a_resolution_of_several_figures_makes_no_toll_right() -> None:
    """ "6 dead and 4 hurt" does not resolve the dead to four."""
    other = gold_set()
    other["truth"]["i1"]["killed"] = count(9, "")
    other["conflicts"][0]["resolved"] = "9 dead and 6 hurt"
    assert values(evaluate_gold_reports([parse_set(other)]))["merging.casualties"] == 0.5  # the injured are right
    other["conflicts"][0]["resolved"] = "at least six"
    assert values(evaluate_gold_reports([parse_set(other)]))["merging.casualties"] == 1.0


@pytest.mark.parametrize(
    ("said", "gold", "same"),
    [
        ((40, "kg"), (40, "tonnes"), False),
        ((5, "km"), (5000, "m"), True),
        ((40, "kg"), (40, "kg"), True),
        ((40, None), (40, "tonnes"), False),
        ((40, None), (40, None), True),
    ],
)
def test_quantities_are_the_same_with_their_units(said: Any, gold: Any, same: bool) -> None:
    """The bare figure is not enough; a unit is converted."""
    one, other = (Quantity(what="gravel moved", value=value, unit=unit) for value, unit in (said, gold))
    assert lenient(one, other) is same


def test_a_unit_among_the_words_is_one() -> None:
    """Hectares may stand in either place."""
    said, gold = Quantity(what="hectares burned", value=40), Quantity(what="area burned", value=40, unit="hectares")
    assert lenient(said, gold)


def test_reports_that_share_but_their_role_and_stage_are_not_of_one_incident() -> None:
    """Nearly all reports are of something accomplished that an article is mainly about."""
    (home,) = parsed().articles[0].reports
    stranger = Report(event_type=Finding(value="robbery"), stage=Finding(value="accomplished"))
    assert paired_reports([stranger], [home]) == {}
    kin = Report(event_type=Finding(value=home.event_type.value if home.event_type else None))
    assert paired_reports([kin], [home]) == {0: 0}
