"""Promises of date resolution: words of an article become days, weeks, months and years."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Article, DateSpan, Finding, Report

from summarizer.grounding import ground
from summarizer.grounding.dates import resolve_date

FRIDAY = date(2023, 3, 10)
GROUPS = tomllib.loads((Path(__file__).parent / "data" / "date_phrases.toml").read_text(encoding="utf-8"))
TABLE = [
    (phrase, date.fromisoformat(group["published"]) if "published" in group else None, written)
    for group in GROUPS.values()
    for phrase, written in group["phrases"].items()
]


def span(written: str) -> DateSpan | None:
    """The span that a line of the table means."""
    if written == "unresolved":
        return None
    if written.endswith(" week"):
        return DateSpan(start=written.removesuffix(" week"), precision="week")
    start, _, end = written.partition(" to ")
    precision = {4: "year", 7: "month"}.get(len(start), "day")
    return DateSpan.model_validate({"start": start, "end": end or None, "precision": precision})


def test_the_table_is_long() -> None:
    """At least 150 ways to say a day are promised."""
    assert len({phrase for phrase, _, _ in TABLE}) >= 150


@pytest.mark.parametrize(
    ("phrase", "published", "written"), TABLE, ids=[f"{phrase} ({published})" for phrase, published, _ in TABLE]
)
def test_phrase(phrase: str, published: date | None, written: str) -> None:
    """Words of time in an article of that day mean this day, or none."""
    assert resolve_date(phrase, published) == span(written)


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "   ",
        "the attack",
        "14 soldiers were wounded",
        "four days after the pile-up",
        "five days later",
        "later that morning",
        "the same day",
        "they may march on",
        "31 June 2022",
        "107mm rockets",
        "Baghdad",
    ],
)
def test_no_day(phrase: str) -> None:
    """Words that say no day, or count from another event, resolve to nothing."""
    assert resolve_date(phrase, FRIDAY) is None


@pytest.mark.parametrize("phrase", ["on Wednesday", "yesterday", "in January", "last week", "March 8", "overnight"])
def test_relative_without_a_publish_date(phrase: str) -> None:
    """Without a publish date relative words resolve to nothing."""
    assert resolve_date(phrase, None) is None


@pytest.mark.parametrize(
    ("phrase", "start"),
    [("8 March 2021", "2021-03-08"), ("2020-03-12", "2020-03-12"), ("in June 2011", "2011-06"), ("in 2012", "2012")],
)
def test_explicit_without_a_publish_date(phrase: str, start: str) -> None:
    """A date with its year needs no publish date."""
    resolved = resolve_date(phrase, None)
    assert resolved is not None
    assert resolved.start == start


def test_verbs_are_no_months() -> None:
    """ "may" and "march" without a capital are verbs; with one they are months."""
    assert resolve_date("they march in", FRIDAY) is None
    assert resolve_date("in May", FRIDAY) == span("2022-05")


@given(st.text(max_size=60), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_text(phrase: str, published: date) -> None:
    """No text and no publish date makes resolution fail, and the same words mean the same day twice."""
    assert resolve_date(phrase, published) == resolve_date(phrase, published)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["Monday", "Tuesday", "Friday", "Sunday"]))
def test_weekdays_look_back(published: date, weekday: str) -> None:
    """A weekday is the latest such day that is not after publication."""
    resolved = resolve_date(f"on {weekday}", published)
    assert resolved is not None
    day = date.fromisoformat(resolved.start)
    assert day.strftime("%A") == weekday
    assert 0 <= (published - day).days < 7


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 300))
def test_written_dates_come_back(published: date, back: int) -> None:
    """A day written without its year is found again when it lies within ten months before publication."""
    day = date.fromordinal(published.toordinal() - back)
    resolved = resolve_date(f"on {day.day} {day.strftime('%B')}", published)
    assert resolved == DateSpan(start=day.isoformat(), precision="day")


@pytest.mark.parametrize(
    ("before", "phrase", "written"),
    [
        ("The bomb went off on Tuesday. A second one was found ", "two days later", "2023-03-09"),
        ("The depot burned on 1 March. The guards had been withdrawn ", "the night before", "2023-02-28"),
        ("The depot burned on 1 March. It had been searched ", "a week earlier", "2023-02-22"),
        ("Rockets fell on Tuesday. ", "Later that evening", "2023-03-07"),
        ("Rockets fell on Tuesday. The raid came ", "the following day", "2023-03-08"),
        ("Rescuers worked all Thursday after rockets fell ", "at dawn", "2023-03-09"),
        ("They met on 2 June 2019. Rockets fell ", "at dawn", "2023-03-10"),
        ("They were seized in January and freed ", "a month later", "2023-02"),
        ("They were seized on 20 January and shot later in ", "the same month", "2023-01"),
        ("Nothing named. ", "two days earlier", "2023-03-08"),
        ("Nothing named. ", "two days later", "unresolved"),
    ],
)
def test_counted_from_the_day_named_before(before: str, phrase: str, written: str) -> None:
    """What counts from another day, or says a time of day alone, counts from the day named last before it."""
    assert resolve_date(phrase, FRIDAY, before=before) == span(written)


@pytest.mark.parametrize(
    ("before", "phrase", "event_type", "written"),
    [
        ("", "Four days after the pile-up", "transport_accident", "2023-03-06"),
        ("They were found alive on Thursday, ", "three days after it went down", "transport_accident", "2023-03-06"),
        ("He died on Tuesday. ", "Two days after the quake", "natural_disaster", "2023-03-08"),
        ("", "Four days after the pile-up", "bombing", "unresolved"),
        ("", "Four days after the election", "transport_accident", "unresolved"),
        ("", "Four days after the pile-up", None, "unresolved"),
    ],
)
def test_counted_back_to_the_incident(before: str, phrase: str, event_type: str | None, written: str) -> None:
    """ "Four days after" an incident of this kind is four days before the day of the telling; after anything else it
    stays unresolved."""
    assert resolve_date(phrase, FRIDAY, before=before, event_type=event_type) == span(written)


@given(st.text(max_size=40), st.text(max_size=80))
def test_any_words_before(phrase: str, before: str) -> None:
    """No words before a phrase make resolution fail."""
    assert resolve_date(phrase, FRIDAY, before=before) == resolve_date(phrase, FRIDAY, before=before)


def test_a_report_counts_back_to_its_own_incident() -> None:
    """Grounding reads the day of "four days after the pile-up" from the report's own type of event."""
    article = Article(text="Four days after the pile-up police gave six names of the dead.", published="2023-03-10")
    words = Finding[DateSpan](quote="Four days after the pile-up")
    report = Report(event_type=Finding(value="transport_accident"), date=words)
    assert ground(report, article, "s1").date == Finding[DateSpan](
        value=span("2023-03-06"), quote=words.quote, start=0, end=27, match="exact", verified=True
    )


@pytest.mark.parametrize("words", ["the day before ", "two days after ", "monday to ", "just ", "between 2014 and "])
def test_words_without_end(words: str) -> None:
    """Words that repeat themselves resolve to nothing or to a day, and end."""
    assert resolve_date(words * 200, FRIDAY) == resolve_date(words * 200, FRIDAY)


@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "a",
                "two",
                "day",
                "days",
                "week",
                "before",
                "after",
                "of",
                "eve",
                "May",
                "Tuesday",
                "Christmas",
                "may",
            ]
        )
    )
)
def test_any_counting(words: list[str]) -> None:
    """Days counted from days counted from days come to an end."""
    assert resolve_date(" ".join(words), FRIDAY) == resolve_date(" ".join(words), FRIDAY)
