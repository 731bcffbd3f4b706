"""Promises of grounding: a report comes back with every quote located and every value proven or explained."""

from __future__ import annotations

import time
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summarizer.schemas import (
    Article,
    CasualtyGroup,
    CompactReport,
    Count,
    DateSpan,
    Finding,
    GroundedReport,
    Perpetrator,
    Place,
    Quantity,
    Report,
    ReportBase,
    Statement,
    Target,
    Weapon,
)

from summarizer.grounding import ground
from summarizer.grounding.fields import finding_fields, findings
from summarizer.text import normalise

STRIKES = Article(
    publisher="Kestrel Broadcasting Online",
    published="2023-03-10T06:40:00+00:00",
    text=(
        "American warplanes struck five weapons depots belonging to Kataib al-Rimah on Thursday night, the Pentagon "
        "said, a day after a rocket barrage killed three coalition soldiers north of Baghdad.\n\n"
        "The strikes, which began shortly before midnight and lasted less than an hour, hit storage sites in Babil "
        "province and on the southern edge of the capital.\n\n"
        "Two American soldiers and a Danish soldier were killed on Wednesday evening when a volley of rockets crashed "
        "into Camp Rusafa, a base north of Baghdad that houses troops of the international coalition. Fourteen other "
        'coalition personnel were wounded, five of them classed as "urgent".\n\n'
        "Eighteen 107mm rockets landed inside the perimeter, hitting a row of living quarters and a vehicle park.\n\n"
        "Nobody has claimed that attack, but US officials now say openly that Kataib al-Rimah, an Iran-backed militia, "
        "carried it out.\n\n"
        "The two sides have been trading blows since December, when a rocket attack on the Hadba airfield "
        "outside Mosul "
        "killed an American contractor. In January a US drone strike on the road to Hilla killed Jaafar al-Sawari, "
        "Kataib al-Rimah's field commander.\n\n"
        'Iraq\'s caretaker government called the raids "a violation dressed as an answer".'
    ),
)


def compact(**phrases: object) -> GroundedReport:
    """A compact report of the strikes article, grounded."""
    return ground(CompactReport.model_validate({"role": "main", **phrases}).to_report(), STRIKES, "s1")


def count(field: Finding[Count] | None) -> Count | None:
    """The count of a finding that must be there."""
    assert field is not None
    return field.value


ROCKETS = {
    "type": "rocket_or_missile_attack",
    "when": "on Wednesday evening",
    "where": "Camp Rusafa, a base north of Baghdad",
    "killed": "Two American soldiers and a Danish soldier were killed",
    "injured": "Fourteen other coalition personnel were wounded",
    "by": [
        (
            "US officials now say openly that Kataib al-Rimah, an Iran-backed militia, carried it out",
            "accused_by_authorities",
        )
    ],
    "claim": "no_claim",
    "targets": ["Camp Rusafa"],
    "weapons": ["Eighteen 107mm rockets"],
}


def test_a_compact_report_becomes_full() -> None:
    """Phrases alone give dates, counts, names and kinds, each verified."""
    report = compact(**ROCKETS)
    assert report.source == "s1"
    assert report.date is not None
    assert report.date.value == DateSpan(start="2023-03-08")
    assert count(report.killed) == Count.exact(3)
    assert count(report.injured) == Count.exact(14)
    assert report.location is not None
    assert report.location.value == Place(name="Camp Rusafa, a base north of Baghdad")
    assert report.perpetrators[0].value == Perpetrator(
        name="Kataib al-Rimah", kind="armed_group", status="accused_by_authorities"
    )
    assert report.targets[0].value == Target(name="Camp Rusafa", kind="military")
    assert report.weapons[0].value == Weapon(name="107mm rockets")
    assert all(finding.verified for _, _, finding in findings(report))


def test_proving_words_are_near_the_report() -> None:
    """Event type, stage and claim get the words that prove them, those nearest to the report's other words."""
    report = compact(**ROCKETS)
    assert report.event_type is not None
    assert report.event_type.quote == "rockets"
    assert report.stage is not None
    assert report.stage.verified
    assert report.responsibility_claim is not None
    assert "Nobody has claimed" in str(report.responsibility_claim.quote)
    assert report.event_type.start is not None
    assert abs(report.event_type.start - STRIKES.text.index("Camp Rusafa")) < 400


def test_another_incident_in_the_quote() -> None:
    """A toll whose own words name another kind of event is not taken for this one's."""
    report = compact(
        type="airstrike", when="on Thursday night", killed="a rocket barrage killed three coalition soldiers"
    )
    assert report.killed is not None
    assert not report.killed.verified
    assert "another incident" in str(report.killed.note)


def test_another_incident_in_the_paragraph() -> None:
    """A toll in a paragraph of another day and another kind of event is not taken for this one's."""
    report = compact(
        type="airstrike", when="on Thursday night", injured="Fourteen other coalition personnel were wounded"
    )
    assert report.injured is not None
    assert not report.injured.verified
    assert "2023-03-08" in str(report.injured.note)


def test_related_incidents_stay() -> None:
    """The older incidents of the article keep their own dates and tolls."""
    older = compact(
        role="related",
        type="rocket_or_missile_attack",
        when="since December",
        where="the Hadba airfield outside Mosul",
        killed="killed an American contractor",
        weapons=["a rocket attack on the Hadba airfield"],
    )
    assert count(older.killed) == Count.exact(1)
    assert older.weapons[0].value == Weapon(name="rocket")
    assert older.date is not None
    assert older.date.value == DateSpan(start="2022-12", precision="month")
    drone = compact(
        type="assassination", when="In January", where="on the road to Hilla", killed="killed Jaafar al-Sawari"
    )
    assert drone.location is not None
    assert drone.location.value is not None
    assert drone.location.value.name == "road to Hilla"
    assert count(drone.killed) == Count.exact(1)
    assert drone.killed is not None
    assert drone.killed.verified


def full(**values: object) -> GroundedReport:
    """A full report of the strikes article, grounded."""
    return ground(
        Report.model_validate({"event_type": Finding(value="rocket_or_missile_attack"), **values}), STRIKES, "s1"
    )


def test_a_right_value_is_verified() -> None:
    """A value that its words say is verified without a note."""
    report = full(killed=Finding(value=Count.exact(3), quote="Two American soldiers and a Danish soldier were killed"))
    assert report.killed is not None
    assert (report.killed.verified, report.killed.note, report.killed.match) == (True, None, "exact")


@pytest.mark.parametrize(
    ("value", "note"),
    [
        (Count.exact(18), "the words say 14"),
        (Count.at_least(14), "the words say 14"),
        (Count.exact(1), "the words say 14"),
    ],
)
def test_a_wrong_count_stays_and_is_not_verified(value: Count, note: str) -> None:
    """A count that its words do not say keeps its value, unverified, and the note says what they say."""
    report = full(injured=Finding(value=value, quote="Fourteen other coalition personnel were wounded"))
    assert report.injured is not None
    assert (report.injured.value, report.injured.verified, report.injured.note) == (value, False, note)


def test_a_wrong_date() -> None:
    """A date that its words do not mean is not verified; one at a coarser precision is."""
    wrong = full(date=Finding(value=DateSpan(start="2023-03-09"), quote="on Wednesday evening"))
    assert wrong.date is not None
    assert (wrong.date.verified, wrong.date.note) == (False, "the words say 2023-03-08")
    coarse = full(date=Finding(value=DateSpan(start="2023-03", precision="month"), quote="on Wednesday evening"))
    assert coarse.date is not None
    assert coarse.date.verified


def test_no_publish_date() -> None:
    """Without a publish date a relative date is not verified and says why."""
    undated = Article(text=STRIKES.text)
    report = ground(Report(date=Finding(quote="on Wednesday evening")), undated, "s1")
    assert report.date is not None
    assert (report.date.value, report.date.verified) == (None, False)
    assert report.date.note == "no publish date to count from"


@pytest.mark.parametrize("quote", ["", " ", None, "words of another article altogether", "x" * 1_000_000])
def test_quotes_that_are_not_there(quote: str | None) -> None:
    """A quote that does not stand in the article leaves its value unverified and unplaced."""
    report = full(killed=Finding(value=Count.exact(3), quote=quote))
    assert report.killed is not None
    assert (report.killed.start, report.killed.end, report.killed.match) == (None, None, "absent")
    assert not report.killed.verified
    assert report.killed.note


def test_an_altered_figure_is_not_found() -> None:
    """A quote with another figure than the article's is absent, however alike."""
    report = full(injured=Finding(value=Count.exact(18), quote="Eighteen other coalition personnel were wounded"))
    assert report.injured is not None
    assert report.injured.match == "absent"


def test_a_count_of_another_outcome() -> None:
    """The words for the dead do not prove the wounded."""
    report = full(injured=Finding(value=Count.exact(1), quote="killed an American contractor"))
    assert report.injured is not None
    assert not report.injured.verified


def test_a_name_that_its_words_do_not_hold() -> None:
    """A name that stands neither in its words nor near them is not verified."""
    report = full(targets=(Finding(value=Target(name="Camp Taji", kind="military"), quote="Camp Rusafa"),))
    assert not report.targets[0].verified


def test_quantities() -> None:
    """A quantity's figure must stand in its words."""
    quote = "Eighteen 107mm rockets landed inside the perimeter"
    right = full(quantities=(Finding(value=Quantity(what="rockets landed", value=18), quote=quote),))
    wrong = full(quantities=(Finding(value=Quantity(what="rockets landed", value=30), quote=quote),))
    assert (right.quantities[0].verified, wrong.quantities[0].verified) == (True, False)


def test_casualty_groups() -> None:
    """A group's count must stand in its words."""
    group = CasualtyGroup(outcome="injured", group="urgent cases", count=5)
    quote = "five of them classed as"
    assert full(casualty_groups=(Finding(value=group, quote=quote),)).casualty_groups[0].verified
    more = group.model_copy(update={"count": 6})
    assert not full(casualty_groups=(Finding(value=more, quote=quote),)).casualty_groups[0].verified


def test_statements() -> None:
    """A statement needs its words in the article and its speaker named there."""
    quote = "a violation dressed as an answer"
    report = full(
        statements=(
            Finding(value=Statement(speaker="Iraq's caretaker government"), quote=quote),
            Finding(value=Statement(speaker="Inger Holmsgaard"), quote=quote),
        )
    )
    assert [finding.verified for finding in report.statements] == [True, False]


def test_unknown_types_and_stages() -> None:
    """A type of event that no word of the article names is not verified; `other` rests on the first quote."""
    report = full(event_type=Finding(value="health_emergency"), stage=Finding(value="foiled"))
    assert report.event_type is not None
    assert (report.event_type.verified, report.event_type.quote) == (False, None)
    assert report.event_type.note
    other = full(
        event_type=Finding(value="other"), location=Finding(value=Place(name="Camp Rusafa"), quote="Camp Rusafa")
    )
    assert other.event_type is not None
    assert other.event_type.quote == "Camp Rusafa"


def test_other_digits() -> None:
    """Figures in the digits of another script are read and compared as figures."""
    article = Article(text="Officials said ١٤ people were killed.", published="2023-03-10")
    report = ground(Report(killed=Finding(value=Count.exact(14), quote="14 people were killed")), article, "s1")
    assert report.killed is not None
    assert report.killed.verified
    assert report.killed.quote == "١٤ people were killed"


class Outage(ReportBase):
    """A report class of a user's own."""

    began: Finding[DateSpan] | None = None
    households: Finding[Count] | None = None
    causes: tuple[Finding[Weapon], ...] = ()
    mood: Finding[Literal["calm", "angry"]] | None = None


def test_a_report_class_of_ones_own() -> None:
    """A report made of the same types is grounded by them and keeps its class."""
    article = Article(text="Power failed on Sunday in about 1,500 homes. People were angry.", published="2024-05-14")
    report = Outage(
        began=Finding(quote="on Sunday"), households=Finding(quote="about 1,500 homes"), mood=Finding(value="angry")
    )
    grounded = ground(report, article, "s3", 2)
    assert type(grounded) is Outage
    assert (grounded.source, grounded.index) == ("s3", 2)
    assert grounded.began is not None
    assert grounded.began.value == DateSpan(start="2024-05-12")
    assert count(grounded.households) == Count.about(1500)
    assert grounded.mood is not None
    assert (grounded.mood.quote, grounded.mood.verified) == ("angry", True)
    assert [field.name for field in finding_fields(Outage)] == ["began", "households", "causes", "mood"]


def test_another_articles_report() -> None:
    """A report of another article comes back with nothing verified but what this article says too."""
    other = Article(text="A ferry sank off the coast in heavy seas. Nobody was hurt.", published="2021-01-01")
    grounded = ground(CompactReport.model_validate({"role": "main", **ROCKETS}).to_report(), other, "s1")
    assert not any(finding.verified for _, _, finding in findings(grounded) if finding.quote is None)
    assert all(finding.start is None for finding in (*grounded.perpetrators, *grounded.targets, *grounded.weapons))


def test_grounding_twice() -> None:
    """Grounding a grounded report changes nothing."""
    report = compact(**ROCKETS)
    assert ground(report, STRIKES, "s1") == report


def test_speed() -> None:
    """A report of a usual article takes a few milliseconds."""
    compact(**ROCKETS)
    started = time.perf_counter()
    for _ in range(20):
        compact(**ROCKETS)
    assert (time.perf_counter() - started) / 20 < 0.05


PIECES = st.sampled_from(
    [piece for piece in STRIKES.text.replace("\n", " ").split(". ") for piece in (piece, piece[5:40])]
)
PHRASES = st.one_of(PIECES, st.text(max_size=40), st.just("Fourteen other coalition personnel were wounded"))
ANSWERS = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["main", "related"]),
        "type": st.sampled_from(["airstrike", "rocket_or_missile_attack", "other", "fire"]),
        "stage": st.sampled_from([None, "accomplished", "attempted", "foiled", "threatened"]),
        "claim": st.sampled_from([None, "claimed", "no_claim"]),
    },
    optional={name: PHRASES.filter(bool) for name in ("when", "where", "killed", "injured", "missing", "captured")}
    | {
        "targets": st.lists(PHRASES.filter(bool), max_size=2),
        "weapons": st.lists(PHRASES.filter(bool), max_size=2),
        "by": st.lists(st.tuples(PHRASES.filter(bool), st.just("suspected")), max_size=2),
    },
)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_any_report(answer: dict[str, object]) -> None:
    """Whatever a model answers: located words are the article's, nothing is verified without them, every other finding
    says why not, and grounding again changes nothing."""
    report = CompactReport.model_validate(answer).to_report()
    grounded = ground(report, STRIKES, "s1")
    before = {(field.name, position): finding.quote for field, position, finding in findings(report)}
    for field, position, finding in findings(grounded):
        if finding.start is None:
            assert not finding.verified
            assert finding.note
        else:
            assert STRIKES.text[finding.start : finding.end] == finding.quote
            if finding.match == "normalized":
                wanted = normalise(str(before[field.name, position])).text
                assert normalise(str(finding.quote)).text.strip(" '-.,;:") in wanted
        assert finding.verified or finding.note
    assert ground(grounded, STRIKES, "s1") == grounded
