"""Differences between the items of a list: who did it, and which part of a toll says what."""

from __future__ import annotations

from typing import Any

import pytest
from summarizer.schemas import CasualtyGroup, Count, Perpetrator

from summarizer.merging import merge
from summarizer.merging.actors import is_named

from .grounded import finding, report, source

SOURCES = {f"s{number}": source(f"s{number}", published=f"2024-05-{14 + number}") for number in range(1, 6)}
FRONT = Perpetrator(name="Harbour Front", kind="armed_group", status="accused_by_authorities", attributed_by="police")
SUSPECTED = FRONT.model_copy(update={"status": "suspected"})
GUNMEN = Perpetrator(name="gunmen", kind="unknown")


def sides(field: Any) -> dict[str | None, list[str]]:
    """The claims of a field's conflict by the name that each gives."""
    return {claim.value.name if claim.value else None: claim.sources for claim in field.conflict.claims}


def test_an_accusation_that_others_leave_out_is_disputed() -> None:
    """Who is mainly about the attack and names nobody is a side of the question."""
    told = [report("s1", killed=Count.exact(3)), report("s2", perpetrators=(FRONT,))]
    (field,) = merge(told, SOURCES).perpetrators
    assert (field.agreement, field.conflict.kind) == ("disputed", "attribution")
    assert sides(field) == {"Harbour Front": ["s2"], None: ["s1"]}


def test_a_source_that_mentions_the_attack_in_passing_is_no_side() -> None:
    """A related report may leave out who did it."""
    told = [report("s1", role="related", killed=Count.exact(3)), report("s2", perpetrators=(FRONT,))]
    assert merge(told, SOURCES).perpetrators[0].conflict is None


def test_unknown_attackers_beside_a_named_group_are_a_dispute() -> None:
    """ "Gunmen" of whom nothing is known may be anybody, also where the others are sure."""
    sure = FRONT.model_copy(update={"status": "reported_as_fact"})
    told = [report("s1", perpetrators=(GUNMEN,)), report("s2", perpetrators=(sure,))]
    by_name = {field.value.name: field for field in merge(told, SOURCES).perpetrators}
    assert by_name["Harbour Front"].conflict.kind == "attribution"
    assert sides(by_name["Harbour Front"])[None] == ["s1"]


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Gunmen", False),
        ("Masked men", False),
        ("Armed Gunmen", False),
        ("Unknown attackers near Kelso", False),
        ("Unidentified group", False),
        ("Suspected militants", False),
        ("Suspected Harbour Front fighters", True),
        ("Harbour Front", True),
        ("Hamas", True),
        ("the Red Tide", True),
    ],
)
def test_a_capital_at_the_head_of_a_phrase_names_nobody(name: str, named: bool) -> None:
    """Of unknown actors only those with a name are a side of the question who did it."""
    assert is_named(Perpetrator(name=name)) is named


def test_two_words_for_anybody_are_no_dispute() -> None:
    """ "Gunmen" and "Unidentified attackers" name nobody, so nobody is contradicted."""
    told = [report("s1", perpetrators=(Perpetrator(name="Gunmen"),))]
    told += [report("s2", perpetrators=(Perpetrator(name="Unidentified attackers"),))]
    assert [field.conflict for field in merge(told, SOURCES).perpetrators] == [None, None]


def test_a_source_that_supports_a_name_does_not_name_nobody() -> None:
    """Who has "militants" where the others have "Harbour militants" is one supporter, and not the other side too."""
    vague = Perpetrator(name="militants")
    sharp = Perpetrator(name="Harbour militants", kind="armed_group")
    told = [report("s1", perpetrators=(vague,)), *(report(s, perpetrators=(sharp,)) for s in ("s2", "s3"))]
    (field,) = merge(told, SOURCES).perpetrators
    assert (field.supporters, field.conflict) == (["s1", "s2", "s3"], None)


def test_a_difference_of_status_is_told_with_the_other_names() -> None:
    """How sure two sources are of one group hides neither the other group nor who names nobody, and doubles no side."""
    said = [FRONT, FRONT.model_copy(update={"status": "claimed"}), Perpetrator(name="Red Tide", status="claimed")]
    told = [report(f"s{number}", perpetrators=(one,)) for number, one in enumerate(said, start=1)]
    merged = merge([*told, report("s4", killed=Count.exact(3))], SOURCES).perpetrators
    for field in merged:
        assert sorted((c.value.status if c.value else None, c.sources) for c in field.conflict.claims if c.value) == [
            ("accused_by_authorities", ["s1"]),
            ("claimed", ["s2"]),
            ("claimed", ["s3"]),
        ]
        assert [claim.value for claim in field.conflict.claims if claim.kind is None] == [field.value]
        assert sides(field)[None] == ["s4"]
    front = next(field for field in merged if field.value.name == "Harbour Front")
    assert front.conflict.why.startswith("how sure it is who did it reads otherwise in s")
    assert "sources name different perpetrators" in front.conflict.why


def test_sources_that_name_the_same_two_differ_on_no_name() -> None:
    """That one of them is less sure of one name is said of that name alone."""
    tide = Perpetrator(name="Red Tide", kind="armed_group")
    told = [report(f"s{number}", perpetrators=(one, tide)) for number, one in enumerate([FRONT, SUSPECTED], start=1)]
    front, other = sorted(merge(told, SOURCES).perpetrators, key=lambda field: field.value.name)
    assert (front.conflict.kind, other.conflict) == ("attribution", None)
    assert "different perpetrators" not in front.conflict.why


def test_how_sure_it_is_who_did_it_is_left_open() -> None:
    """A question of attribution carries no answer forward."""
    told = [report(f"s{number}", perpetrators=(one,)) for number, one in enumerate([FRONT, SUSPECTED], start=1)]
    assert merge(told, SOURCES).perpetrators[0].conflict.resolved is None


def test_a_fact_that_all_report_alike_is_none() -> None:
    """Where every source names the same group in the same way nothing is disputed."""
    told = [report("s1", perpetrators=(FRONT,)), report("s2", perpetrators=(FRONT,))]
    (field,) = merge(told, SOURCES).perpetrators
    assert (field.agreement, field.conflict) == ("unanimous", None)


def test_a_source_whose_words_name_the_group_without_proof_does_not_name_nobody() -> None:
    """An unverified name is no support, but no silence either."""
    told = [report("s1", perpetrators=(FRONT,))]
    unproven = report("s2").model_copy(update={"perpetrators": (finding(FRONT, verified=False),)})
    fields = merge([*told, unproven], SOURCES).perpetrators
    assert all(field.conflict is None for field in fields)


SAME_DAY = {name: source(name) for name in ("s1", "s2", "s3")}


def parts(name: str, toll: Count, number: int, *, outcome: Any = "killed") -> Any:
    """A report of a toll and of the soldiers in it."""
    group = CasualtyGroup(outcome=outcome, group="soldiers", count=number)
    return report(name, **{outcome: toll}, casualty_groups=(group,))


def test_a_part_of_a_toll_leaves_the_dispute_to_the_toll() -> None:
    """The parts differ because the toll does; that is said once."""
    told = [parts("s1", Count.exact(6), 6), parts("s2", Count.exact(7), 7)]
    incident = merge(told, SOURCES)
    assert incident.killed.conflict is not None
    assert [field.conflict for field in incident.casualty_groups] == [None]


def test_a_dispute_over_a_part_is_not_left_to_a_toll_that_is_none() -> None:
    """ "More than 11" and 14 agree; five soldiers and nine of one day do not."""
    incident = merge([parts("s1", Count.at_least(12), 5), parts("s2", Count.exact(14), 9)], SAME_DAY)
    (soldiers,) = incident.casualty_groups
    assert (incident.killed.conflict.kind, soldiers.conflict.kind) == ("precision", "contradiction")
    assert soldiers.agreement == "disputed"


def test_a_dispute_over_a_part_is_not_left_to_a_dispute_of_other_sources() -> None:
    """Two sources agree on the toll, and a third disputes it; over the soldiers those two differ."""
    told = [parts("s1", Count.exact(14), 5), parts("s2", Count.exact(14), 9)]
    incident = merge([*told, report("s3", killed=Count.exact(20))], SAME_DAY)
    assert incident.killed.agreement == "disputed"
    assert [field.agreement for field in incident.casualty_groups] == ["disputed"]


def test_a_part_of_the_missing_falls_as_their_number_does() -> None:
    """Forty soldiers were missing, and a day later sixteen: the others were found."""
    told = [
        report(name, casualty_groups=(CasualtyGroup(outcome="missing", group="soldiers", count=number),))
        for name, number in {"s1": 40, "s2": 16}.items()
    ]
    (soldiers,) = merge(told, SOURCES).casualty_groups
    assert (soldiers.value.count, soldiers.conflict.kind) == (16, "update")


def test_a_claim_outlasts_the_word_that_nobody_claimed_it() -> None:
    """However many reported no claim at first, once it is claimed it is."""
    told = [
        report("s1", responsibility_claim="no_claim"),
        report("s2", responsibility_claim="no_claim"),
        report("s3", responsibility_claim="claimed"),
    ]
    field = merge(told, SOURCES).responsibility_claim
    assert (field.value, field.conflict.kind, field.conflict.resolved) == ("claimed", "update", "claimed")
