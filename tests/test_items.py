"""Differences between the items of a list: who did it, and which part of a toll says what."""

from __future__ import annotations

from typing import Any

from summarizer.schemas import CasualtyGroup, Count, Perpetrator

from summarizer.merging import merge

from .grounded import finding, report, source

SOURCES = {f"s{number}": source(f"s{number}", published=f"2024-05-{14 + number}") for number in range(1, 6)}
FRONT = Perpetrator(name="Harbour Front", kind="armed_group", status="accused_by_authorities", attributed_by="police")
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


def test_a_part_of_a_toll_leaves_the_dispute_to_the_toll() -> None:
    """The parts differ because the toll does; that is said once."""

    def told(name: str, number: int) -> Any:
        group = CasualtyGroup(outcome="killed", group="soldiers", count=number)
        return report(name, killed=Count.exact(number), casualty_groups=(group,))

    incident = merge([told("s1", 6), told("s2", 7)], SOURCES)
    assert incident.killed.conflict is not None
    assert [field.conflict for field in incident.casualty_groups] == [None]


def test_a_claim_outlasts_the_word_that_nobody_claimed_it() -> None:
    """However many reported no claim at first, once it is claimed it is."""
    told = [
        report("s1", responsibility_claim="no_claim"),
        report("s2", responsibility_claim="no_claim"),
        report("s3", responsibility_claim="claimed"),
    ]
    field = merge(told, SOURCES).responsibility_claim
    assert (field.value, field.conflict.kind, field.conflict.resolved) == ("claimed", "update", "claimed")
