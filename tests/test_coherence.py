"""A report whose kind and day are one incident's, and its victims another's, is set right or set aside."""

from __future__ import annotations

import pytest
from summarizer.schemas import Article, CompactReport, Count, DateSpan, Finding, GroundedReport, Report, Target

from summarizer.grounding import ground

TEXT = (
    "The answer came a day after the rockets. Late on Thursday, jets bombed five arms stores that the ministry says "
    "belong to the Red Tide militia.\n\n"
    "A health official said the bodies of two warehouse guards had been brought in by morning.\n\n"
    "Wednesday's attack drew a communiqué from the militia."
)
ARTICLE = Article(text=TEXT, published="2023-03-10")


def compact(**changes: object) -> GroundedReport:
    phrases = {
        "role": "main",
        "type": "rocket_or_missile_attack",
        "when": "Wednesday's attack",
        "killed": "the bodies of two warehouse guards",
        "targets": ["five arms stores"],
    }
    return ground(CompactReport.model_validate(phrases | changes).to_report(), ARTICLE, "s1")


def test_phrases_of_another_incident_give_way_to_the_reports_own_sentences() -> None:
    """Kind and day are read where the target stands; the record proves them with those words, and says so."""
    report = compact()
    assert report.event_type is not None
    assert report.event_type.value == "airstrike"
    assert report.date is not None
    assert (report.date.value, report.date.quote) == (DateSpan(start="2023-03-09"), "Thursday")
    assert "Wednesday's attack" in (report.date.note or "")


def test_a_kind_alone_is_not_overruled() -> None:
    """Where the day is the report's own, a kind that its sentences do not name stays the answer's."""
    report = compact(when="Late on Thursday")
    assert report.event_type is not None
    assert report.event_type.value == "rocket_or_missile_attack"


def test_a_full_answers_values_are_kept_and_not_verified() -> None:
    """Values that a capable model gave are never replaced; the day is shown as unverified."""
    words = "Wednesday's attack"
    report = ground(
        Report(
            event_type=Finding(value="rocket_or_missile_attack"),
            date=Finding[DateSpan](value=DateSpan(start="2023-03-08"), quote=words),
            killed=Finding[Count](value=Count.exact(2), quote="the bodies of two warehouse guards"),
            targets=(Finding[Target](value=Target(name="arms stores"), quote="five arms stores"),),
        ),
        ARTICLE,
        "s1",
    )
    assert report.date is not None
    assert (report.date.value, report.date.verified) == (DateSpan(start="2023-03-08"), False)


@pytest.mark.parametrize(
    ("text", "killed", "verified"),
    [
        ("A clerk was shot dead. No one else was hurt.", "A clerk was shot dead", True),
        ("A clerk was shot dead. No other customers were injured.", "A clerk was shot dead", True),
        ("A clerk was pushed and sprained her ankle. No one else was hurt.", None, False),
        ("A clerk was cut. None of the others was injured.", None, False),
        ("A guard was shot dead and a clerk was wounded. No one else was hurt.", "A guard was shot dead", False),
        ("The van was empty. No one was hurt.", None, True),
        ("The van was empty. No one was hurt and no other shop was damaged.", None, True),
    ],
)
def test_nobody_else_hurt_is_a_zero_only_beside_another_toll(text: str, killed: str | None, verified: bool) -> None:
    """Who is excepted may have been hurt, unless the report tells that they died, were lost or were taken."""
    quote = text.split(". ")[1].rstrip(".")
    report = CompactReport(role="main", type="robbery", killed=killed, injured=quote).to_report()
    hurt = ground(report, Article(text=text), "s1").injured
    assert hurt is not None
    assert (hurt.value, hurt.verified) == (Count.exact(0), verified)
