"""Articles longer than a model's context lose nothing by being split."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Count, DateSpan, Finding, Place, Report

from summarizer.extraction.splitting import join_reports, split_article

LIMIT = 40


def _squeezed(text: str) -> str:
    return "".join(text.split())


@given(st.text(alphabet="ab .\n", max_size=600))
def test_splitting_loses_no_word_and_keeps_the_limit(text: str) -> None:
    """White space aside, the parts put together are the text, and none is over the limit."""
    parts = split_article(text, LIMIT)
    assert _squeezed("".join(parts)) == _squeezed(text)
    assert all(len(part) <= LIMIT for part in parts)


def test_a_short_article_stays_whole() -> None:
    """An article within the limit is one part."""
    assert split_article("One paragraph.\n\nAnother.", 100) == ["One paragraph.\n\nAnother."]


def test_parts_end_at_paragraphs() -> None:
    """Where paragraphs fit, no paragraph is cut."""
    first, second, third = "a" * 30, "b" * 30, "c" * 5
    assert split_article(f"{first}\n\n{second}\n\n{third}", LIMIT) == [first, f"{second}\n\n{third}"]


def test_a_long_paragraph_is_cut_at_sentences() -> None:
    """A paragraph over the limit is cut between its sentences."""
    parts = split_article("The fire began at dawn today. It was out by noon, they said.", LIMIT)
    assert parts == ["The fire began at dawn today.", "It was out by noon, they said."]


def _report(**fields: object) -> Report:
    return Report(event_type=Finding(value="fire"), **fields)  # type: ignore[arg-type]


def test_a_later_part_fills_what_the_first_left_open() -> None:
    """The same incident told on in a second part is one report."""
    first = _report(location=Finding[Place](value=Place(name="Port Alder"), quote="Port Alder"))
    second = _report(killed=Finding[Count](value=Count.exact(4), quote="four dead"))
    (report,) = join_reports([[first], [second]])
    assert report.location == first.location
    assert report.killed == second.killed


def test_a_figure_of_the_first_part_is_never_overwritten() -> None:
    """A later part does not replace what the start of the article said."""
    first = _report(killed=Finding[Count](value=Count.exact(4), quote="four dead"))
    second = _report(killed=Finding[Count](value=Count.exact(9), quote="nine dead"))
    (report,) = join_reports([[first], [second]])
    assert report.killed == first.killed


def test_another_incident_in_a_later_part_is_related() -> None:
    """What an article is mainly about stands at its start; incidents of later parts are related ones."""
    first = _report(location=Finding[Place](value=Place(name="Port Alder"), quote="Port Alder"))
    second = _report(location=Finding[Place](value=Place(name="Kelso"), quote="in Kelso"))
    assert [report.role for report in join_reports([[first], [second]])] == ["main", "related"]


def test_an_earlier_incident_told_in_a_later_part_fills_nothing() -> None:
    """A main report without day and place differs from nothing, and still takes no earlier incident's toll."""
    first = _report(injured=Finding[Count](value=Count.exact(3), quote="three hurt"))
    kelso = Finding[Place](value=Place(name="Kelso"), quote="in Kelso")
    earlier = _report(role="related", location=kelso, killed=Finding[Count](value=Count.exact(40), quote="forty dead"))
    reports = join_reports([[first], [_report(), earlier]])
    assert [(report.role, report.killed) for report in reports] == [("main", None), ("related", earlier.killed)]


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ("at the Alder market", "near the Kelso market", 2),
        ("in Port Alder", "the port", 1),
        ("Port Alder", "At Port Alder", 1),
        ("at the market of Łódź", "at the market of Élancourt", 2),
    ],
)
def test_places_are_told_apart_by_their_names(first: str, second: str, number: int) -> None:
    """Common words in both phrases do not make two places one, nor their lack one place two."""
    parts = [[_report(location=Finding[Place](value=Place(name=said), quote=said))] for said in (first, second)]
    assert len(join_reports(parts)) == number


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ("on 12 March 2026", "in February 2026", 2),
        ("on 12 March 2026", "on 3 March 2026", 2),
        ("on 12 March 2026", "12 March 2026", 1),
        ("on 12 March", "in March", 2),
        ("on Tuesday", "On Tuesday", 1),
        ("on Tuesday", "12 March", 2),
    ],
)
def test_an_earlier_incident_shares_more_than_a_month_or_a_year(first: str, second: str, number: int) -> None:
    """What a later part tells beside its main incident is the one already told only if the day says so."""
    one, other = (Finding[DateSpan](quote=said) for said in (first, second))
    related = _report(role="related", date=other, killed=Finding[Count](value=Count.exact(40), quote="forty dead"))
    assert len(join_reports([[_report(date=one)], [related]])) == number


def test_the_same_day_joins_however_it_is_written() -> None:
    """A model that answers with values joins parts by them: a weekday in one, the date in the other."""
    day = DateSpan(start="2026-03-12")
    said = [Finding[DateSpan](value=day, quote=quote) for quote in ("on Thursday", "12 March")]
    related = _report(role="related", date=said[1], killed=Finding[Count](value=Count.exact(4), quote="four dead"))
    (report,) = join_reports([[_report(date=said[0])], [related]])
    assert report.killed == related.killed
