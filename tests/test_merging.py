"""Merging: every field says who supports it, who differs and why; nothing is invented and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import (
    DISPUTES,
    CasualtyGroup,
    Count,
    DateSpan,
    Field,
    Finding,
    GroundedReport,
    Incident,
    IncidentBase,
    Perpetrator,
    Place,
    Quantity,
    ReportBase,
    Source,
    silent,
)

from summarizer.merging import merge

from .grounded import clusters, finding, report, reports, source

SOURCES = {f"s{number}": source(f"s{number}", published=f"2024-05-{14 + number}") for number in range(1, 6)}


def scalars(incident: IncidentBase) -> list[tuple[str, Field[Any]]]:
    return [
        (name, value) for name in type(incident).model_fields if isinstance(value := getattr(incident, name), Field)
    ]


def fields(incident: IncidentBase) -> list[tuple[str, Field[Any]]]:
    lists = [
        (name, value) for name in type(incident).model_fields if isinstance(value := getattr(incident, name), list)
    ]
    items = [(name, item) for name, value in lists for item in value if isinstance(item, Field)]
    return scalars(incident) + items


@given(reports("s1"))
def test_a_merge_of_one_report_is_that_report(only: GroundedReport) -> None:
    """One report alone: its verified values are the record's, each on its single source."""
    incident = merge([only], SOURCES)
    for name, field in scalars(incident):
        said = getattr(only, name)
        if said is not None and said.verified:
            assert (field.value, field.agreement, field.supporters) == (said.value, "single", ["s1"])
        else:
            assert (field.value, field.agreement) == (None, "none")


@given(clusters, st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(cluster: list[GroundedReport], random: Any) -> None:
    """However the reports come in, the record is the same byte for byte."""
    shuffled = list(cluster)
    random.shuffle(shuffled)
    assert merge(shuffled, SOURCES).model_dump_json() == merge(cluster, SOURCES).model_dump_json()


@given(clusters)
def test_no_value_stands_without_verified_support(cluster: list[GroundedReport]) -> None:
    """Every value has at least one source whose verified words say it, and counts the origins of those alone."""
    for _, field in fields(merge(cluster, SOURCES)):
        if field.value is None:
            assert (field.agreement, field.origins, field.supporters) == ("none", 0, [])
        else:
            assert field.supporters
            assert field.origins == len({SOURCES[name].origin for name in field.supporters})


@given(clusters)
def test_no_finding_is_lost(cluster: list[GroundedReport]) -> None:
    """Whatever a report says, verified or not, stands in a support entry with its words and span."""
    incident = merge(cluster, SOURCES)
    for said in cluster:
        for name in type(incident).model_fields:
            told = getattr(said, name, None)
            held = getattr(incident, name)
            entries = [
                e for field in (held if isinstance(held, list) else [held]) for e in getattr(field, "support", [])
            ]
            for found in told if isinstance(told, tuple) else [told]:
                if isinstance(found, Finding):
                    assert any(
                        (e.source, e.value, e.verified) == (said.source, found.value, found.verified) for e in entries
                    )


@given(clusters)
def test_no_disagreement_is_hidden(cluster: list[GroundedReport]) -> None:
    """A verified dissenter always comes with a conflict that names it, and a dispute is always called one.

    Of a part of a toll, the toll's conflict may say it: then every two sources that differ stand on two sides of it.
    """
    incident = merge(cluster, SOURCES)
    for name, field in fields(incident):
        if field.dissenters:
            assert field.agreement in {"disputed", "majority"}
            toll = getattr(incident, field.value.outcome) if name == "casualty_groups" else None
            told = field.conflict or (toll and toll.conflict)
            assert told is not None
            assert {*field.dissenters, *field.supporters} <= {
                source for claim in told.claims for source in claim.sources
            }
            for claim in told.claims if told is not field.conflict else []:
                assert not (set(claim.sources) & set(field.dissenters) and set(claim.sources) & set(field.supporters))
        if field.conflict is not None:
            assert (field.agreement == "disputed") == (field.conflict.kind in DISPUTES)


class Parts(IncidentBase):
    """An incident of which only the parts of its tolls are told."""

    casualty_groups: list[Field[CasualtyGroup]]


@given(clusters)
def test_no_dispute_over_a_part_is_hidden_by_its_toll(cluster: list[GroundedReport]) -> None:
    """What would be disputed of a part if its toll were not told is disputed of it, or of the toll."""
    bare, incident = merge(cluster, SOURCES, into=Parts), merge(cluster, SOURCES)
    for alone, field in zip(bare.casualty_groups, incident.casualty_groups, strict=True):
        if alone.agreement == "disputed":
            assert "disputed" in {field.agreement, getattr(incident, field.value.outcome).agreement}


def incident_of(*told: GroundedReport, sources: dict[str, Source] | None = None) -> Incident:
    return merge(list(told), sources or SOURCES)


def test_the_latest_figure_of_a_toll_is_carried_forward() -> None:
    """A toll that grew is an update, explained and not disputed."""
    field = incident_of(report("s1", killed=Count.exact(3)), report("s2", killed=Count.exact(5))).killed
    assert field.value == Count.exact(5)
    assert field.rule == "latest verified figure (s2, 2024-05-16)"
    assert (field.conflict.kind if field.conflict else None, field.agreement) == ("update", "majority")


def test_one_origin_does_not_outvote_two_on_the_same_day() -> None:
    """Of figures of one day, the one that two independent origins give is carried; the loner is called an error."""
    same_day = {name: source(name) for name in ("s1", "s2", "s3")}
    figures = {"s1": 14, "s2": 14, "s3": 18}
    field = incident_of(*(report(s, injured=Count.exact(n)) for s, n in figures.items()), sources=same_day).injured
    assert field.value == Count.exact(14)
    assert field.dissenters == ["s3"]
    assert field.conflict is not None
    assert field.conflict.kind == "error"


def test_copies_of_one_origin_count_once() -> None:
    """Three sources of one origin are three sources and one origin."""
    wire = {name: source(name, origin="o1") for name in ("s1", "s2", "s3")}
    field = incident_of(*(report(s, killed=Count.exact(4)) for s in wire), sources=wire).killed
    assert (field.supporters, field.origins) == (["s1", "s2", "s3"], 1)


def test_a_vaguer_figure_supports_the_exact_one() -> None:
    """'More than a dozen' beside 14 is no dispute: it is listed as the vaguer form."""
    field = incident_of(report("s1", injured=Count.exact(14)), report("s2", injured=Count.at_least(12))).injured
    assert field.value == Count.exact(14)
    assert field.supporters == ["s1", "s2"]
    assert field.conflict is not None
    assert field.conflict.kind == "precision"


def test_dead_and_hurt_together_is_another_scope() -> None:
    """A figure that is the sum of the dead and the hurt counts something else."""
    field = incident_of(
        report("s1", injured=Count.exact(15), killed=Count.exact(3)),
        report("s2", injured=Count.exact(12), killed=Count.exact(3)),
    ).injured
    assert field.conflict is not None
    assert field.conflict.kind == "scope"


def test_an_unverified_value_never_wins() -> None:
    """What its words do not prove is shown, does not count, and is not the value."""
    field = incident_of(report("s1", killed=finding(Count.exact(9), verified=False))).killed
    assert field.value is None
    (entry,) = field.support
    assert (entry.value, entry.verified) == (Count.exact(9), False)


def test_aliases_of_a_group_are_one_perpetrator() -> None:
    """Kata'ib Hizbullah and Kataib Hezbollah are one item with two supporters."""
    incident = incident_of(
        report("s1", perpetrators=(Perpetrator(name="Kata'ib Hizbullah", status="suspected"),)),
        report("s2", perpetrators=(Perpetrator(name="Kataib Hezbollah", status="suspected"),)),
    )
    (field,) = incident.perpetrators
    assert field.supporters == ["s1", "s2"]


def test_different_perpetrators_are_a_dispute() -> None:
    """Sources that blame different actors are never shown as agreeing."""
    incident = incident_of(
        report("s1", perpetrators=(Perpetrator(name="Red Tide"),)),
        report("s2", perpetrators=(Perpetrator(name="Harbour Front"),)),
    )
    assert [field.agreement for field in incident.perpetrators] == ["disputed", "disputed"]
    assert all(field.conflict and field.conflict.kind == "attribution" for field in incident.perpetrators)


def test_a_surer_attribution_differs() -> None:
    """'Suspected' does not support 'reported as fact'."""
    (field,) = incident_of(
        report("s1", perpetrators=(Perpetrator(name="Red Tide", status="suspected"),)),
        report("s2", perpetrators=(Perpetrator(name="Red Tide", status="reported_as_fact"),)),
    ).perpetrators
    assert len(field.supporters) == 1
    assert field.conflict is not None
    assert field.conflict.kind == "attribution"


def test_the_most_specific_of_agreeing_places_is_taken() -> None:
    """A wider place supports the narrower one."""
    field = incident_of(
        report("s1", location=Place(name="Port Alder", country="Westland")),
        report("s2", location=Place(name="north quay of Port Alder", country="Westland")),
    ).location
    assert field.value == Place(name="north quay of Port Alder", country="Westland")
    assert field.supporters == ["s1", "s2"]


def test_a_day_is_taken_over_its_month() -> None:
    """A month supports a day in it."""
    field = incident_of(
        report("s1", date=DateSpan(start="2024-05", precision="month")), report("s2", date=DateSpan(start="2024-05-14"))
    ).date
    assert field.value == DateSpan(start="2024-05-14")
    assert field.supporters == ["s1", "s2"]


def test_silent_sources_are_those_without_an_entry() -> None:
    """A source of the incident that says nothing of a field is silent on it."""
    incident = incident_of(report("s1", killed=Count.exact(4)), report("s2", injured=Count.exact(2)))
    assert silent(incident.killed, incident) == ["s2"]


class Spill(IncidentBase):
    """An incident type of the test's own."""

    vessel: Field[Place]
    volume: list[Field[Quantity]]
    rescued: Field[Count]


class SpillReport(ReportBase):
    vessel: Finding[Place] | None = None
    volume: tuple[Finding[Quantity], ...] = ()
    rescued: Finding[Count] | None = None


def test_an_incident_type_of_your_own_needs_no_merge_code() -> None:
    """Fields made of our value types are merged by their types, whatever they are called."""
    told = [
        SpillReport(source="s1", rescued=finding(Count.exact(7)), volume=(finding(Quantity(what="oil", value=3)),)),
        SpillReport(source="s2", rescued=finding(Count.exact(9)), volume=(finding(Quantity(what="oil", value=3)),)),
    ]
    spill = merge(told, SOURCES, into=Spill)
    assert spill.rescued.value == Count.exact(9)
    assert [field.supporters for field in spill.volume] == [["s1", "s2"]]
    assert spill.vessel.agreement == "none"


@pytest.mark.parametrize("main", [["main", "related"], ["related", "main"]])
def test_the_record_says_where_the_incident_is_the_main_one(main: list[str]) -> None:
    """`main_in` lists the sources that are mainly about it."""
    incident = incident_of(report("s1", role=main[0]), report("s2", role=main[1]))
    assert incident.main_in == [f"s{main.index('main') + 1}"]
