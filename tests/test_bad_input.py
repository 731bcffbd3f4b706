"""Bad input has defined results: nothing raises where a value can say what is wrong, and nothing wrong is verified."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from summarizer.schemas import (
    Article,
    Count,
    DateSpan,
    Finding,
    FullAnswer,
    GroundedReport,
    Place,
    Report,
    Run,
    Summary,
    Target,
)

from summarizer.alignment import align
from summarizer.comparison import days
from summarizer.grounding import ground
from summarizer.grounding.reports import MOST
from summarizer.merging import merge
from summarizer.origins import group_origins
from summarizer.pipeline import combine, identify

from .grounded import article, finding, report, source

RUN = Run(
    model="none",
    profile="none",
    prompt="none",
    calls=0,
    cached=0,
    input_tokens=0,
    output_tokens=0,
    cost_usd=None,
    seconds=0.0,
    started="2023-03-10T00:00:00+00:00",
)
TEXT = "Four people died in a fire in Norvale on Tuesday, police said."
EXTREMES = ("0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00")
PHRASES = ("on Tuesday", "yesterday", "tomorrow", "last month", "next year", "earlier this month", "two years ago")


def killed(quote: str, **placed: int) -> Report:
    return Report(killed=Finding[Count](quote=quote, match="exact" if placed else "absent", **placed))


def grounded(quote: str, text: str = TEXT) -> Finding[Count]:
    found = ground(killed(quote), article(text=text), "s1").killed
    assert found is not None
    return found


def combined(*texts: str, published: str | None = "2023-03-08", said: Report | None = None) -> Summary:
    articles = {f"s{number}": article(published, text) for number, text in enumerate(texts, start=1)}
    return combine(articles, {name: [said or killed("Four people died")] for name in articles}, run=RUN)


def test_a_quote_of_another_article_is_not_found() -> None:
    """Words that stand elsewhere prove nothing here, and the finding says so."""
    found = grounded("nine people drowned in the ferry")
    assert (found.match, found.verified, found.start) == ("absent", False, None)
    assert found.note == "its words do not stand in the article"


@pytest.mark.parametrize("span", [(1000, 1020), (-5, -1), (16, 0), (0, 10**9)])
def test_spans_outside_the_article_are_not_believed(span: tuple[int, int]) -> None:
    """A quote is located anew where its offsets do not hold it."""
    found = ground(killed("Four people died", start=span[0], end=span[1]), article(text=TEXT), "s1").killed
    assert found is not None
    assert (found.start, found.end, found.value) == (0, 16, Count.exact(4))


def test_a_million_quotes_are_cut_and_counted() -> None:
    """A list is read up to a bound; its last item says how many are left out, also after grounding again."""
    one = Finding[Target](quote="a fire in Norvale")
    done = ground(Report(targets=(one,) * 1_000_000), article(text=TEXT), "s1")
    assert len(done.targets) == MOST
    assert done.targets[-1].note == f"{1_000_001 - MOST:,} more are left out: a list is read up to {MOST} items"
    assert not done.targets[-1].verified
    assert ground(done, article(text=TEXT), "s1") == done


def test_a_list_at_the_bound_is_read_whole() -> None:
    """Nothing is left out of a list that is no longer than the bound."""
    done = ground(Report(targets=(Finding[Target](quote="a fire in Norvale"),) * MOST), article(text=TEXT), "s1")
    assert {found.note for found in done.targets} == {None}


@pytest.mark.parametrize(
    ("figure", "meant"),
    [
        ("١٤", 14),
        ("۱۴", 14),
        ("१४", 14),
        ("１４", 14),
        ("๑๔", 14),
        ("١٬٢٠٠", 1200),
        ("１，２００", 1200),
        ("1,200", 1200),
    ],
)
def test_digits_of_every_script_are_figures(figure: str, meant: int) -> None:
    """What Unicode knows as decimal digits is read, with the marks that part thousands."""
    found = grounded(f"{figure} people died", f"{figure} people died in Norvale.")
    assert (found.value, found.verified) == (Count.exact(meant), True)


@pytest.mark.parametrize("figure", ["十四", "一二", "²", "½", "Ⅻ", "9" * 400, "1" + "0" * 30 + " million"])
def test_other_figures_are_not_guessed(figure: str) -> None:
    """Numerals that are no decimal digits, and figures that count nothing, give no number rather than a wrong one."""
    found = grounded(f"about {figure} died", f"In all about {figure} died in Norvale.")
    assert (found.value, found.verified) == (None, False)


def test_two_reports_with_one_place_are_both_kept() -> None:
    """Reports that carry the same source and index are neither lost nor put together."""
    told = report("s1", killed=Count.exact(4))
    clusters = align([told, told], {"s1": article()})
    assert [len(cluster.reports) for cluster in clusters] == [1, 1]


def test_one_article_given_twice_is_two_sources_of_one_origin() -> None:
    """The same article under two ids is one witness, whatever the number of its sources."""
    summary = combined(TEXT, TEXT)
    (incident,) = summary.incidents
    assert incident.sources == ["s1", "s2"]
    assert (incident.origins, incident.killed.origins) == (1, 1)
    assert [origin.sources for origin in summary.origins] == [["s1", "s2"]]


def test_identical_articles_are_all_identified() -> None:
    """Two copies of one article get two ids."""
    assert list(identify([article(text=TEXT), article(text=TEXT)])) == ["s1", "s2"]


def test_a_cluster_of_one_is_an_incident() -> None:
    """One report is enough, and nothing of it is disputed."""
    summary = combined(TEXT)
    (incident,) = summary.incidents
    assert incident.why_together == "told by s1 alone"
    assert (incident.killed.value, incident.killed.agreement) == (Count.exact(4), "single")


def test_articles_without_dates_make_one_incident() -> None:
    """Without any publish date, words alone bring reports together, and no day is made up."""
    said = killed("Four people died").model_copy(
        update={
            "date": Finding[DateSpan](quote="on Tuesday"),
            "location": Finding[Place](quote="Norvale"),
            "event_type": Finding(value="fire"),
        }
    )
    summary = combined(TEXT, f"{TEXT} The hall was full.", published=None, said=said)
    (incident,) = summary.incidents
    assert incident.sources == ["s1", "s2"]
    assert incident.date.value is None
    assert [entry.verified for entry in incident.date.support] == [False, False]


def test_a_field_that_nobody_proves_has_no_value() -> None:
    """Merging reports without a verified value says that there is none."""
    unproven = finding(Count.exact(4), verified=False)
    told = [GroundedReport(source=name, killed=unproven) for name in ("s1", "s2")]
    field = merge(told, {name: source(name) for name in ("s1", "s2")}).killed
    assert (field.value, field.agreement, field.rule) == (None, "none", "no verified value")


@pytest.mark.parametrize("figure", ["1e999", "-1e999", "NaN", "1" + "0" * 400])
def test_a_figure_that_json_cannot_hold_is_dropped_and_its_words_kept(figure: str) -> None:
    """An infinite figure in a model's answer costs that one value, and the record can be stored and read again."""
    raw = (
        '{"reports": [{"role": "main", "event_type": "fire", "quantities": '
        f'[{{"what": "loss", "value": {figure}, "quote": "in a fire"}}]}}]}}'
    )
    (said,) = FullAnswer.model_validate_json(raw).to_reports()
    summary = combined(TEXT, said=said)
    (entry,) = summary.incidents[0].quantities[0].support
    assert (entry.value, entry.quote, entry.verified) == (None, "in a fire", False)
    assert Summary.model_validate_json(summary.model_dump_json()) == summary


def test_an_empty_text_is_no_article() -> None:
    """An article without text is refused where it is made."""
    with pytest.raises(ValidationError):
        Article(text="")


@pytest.mark.parametrize("text", [" \n\t ", "!!! ???", "\x00\x07\x1b", "\u202e\u2066\ufeff", "🔥" * 50])
def test_a_text_without_words_makes_an_incident_without_values(text: str) -> None:
    """Blank lines, control characters and emoji prove nothing and break nothing."""
    (incident,) = combined(text).incidents
    assert incident.killed.value is None


def test_control_characters_shift_no_offset() -> None:
    """Spans are offsets into the text as it is, odd characters included."""
    text = f"\x00\u202e{TEXT}"
    found = grounded("Four people died", text)
    assert text[found.start : found.end] == "Four people died"


def test_a_lone_surrogate_is_refused() -> None:
    """Half a character cannot be written as UTF-8, so no article holds one."""
    with pytest.raises(ValidationError):
        Article(text="Four \ud800 people died.")


@pytest.mark.parametrize("published", EXTREMES)
def test_the_ends_of_the_calendar_hold(published: str) -> None:
    """Articles of the first and the last day that a date can be are read like any other."""
    for phrase in PHRASES:
        said = Report(date=Finding[DateSpan](quote=phrase))
        text = f"The hall burned {phrase}."
        assert len(combined(text, published=published, said=said).incidents) == 1


def test_times_with_and_without_a_zone_are_ordered_as_utc() -> None:
    """A time without a zone counts as UTC, a bare date from its midnight, an article without a date comes last."""
    times = [None, "2023-03-10T09:00:00", "2023-03-10T10:00:00+02:00", "2023-03-10", "2023-03-09T23:00:00-02:00"]
    ordered = identify(article(when, f"{TEXT} {when}") for when in times).values()
    assert [one.published for one in ordered] == [times[3], times[4], times[2], times[1], None]


@pytest.mark.parametrize(
    ("start", "first"),
    [("2023-02-31", "2023-02-28"), ("2023-13", "2023-12-01"), ("0000", "0001-01-01"), ("2023-00-00", "2023-01-01")],
)
def test_a_day_that_no_calendar_has_is_the_nearest_one(start: str, first: str) -> None:
    """A model may write 31 February; comparing and aligning go on."""
    span = DateSpan(start=start)
    assert days(span)[0].isoformat() == first
    told = [report(name, date=span) for name in ("s1", "s2")]
    assert sum(len(c.reports) for c in align(told, {"s1": article(), "s2": article()})) == 2


def test_a_report_without_its_article_is_a_mistake_of_the_caller() -> None:
    """Aligning needs the article of every report."""
    with pytest.raises(KeyError, match="s9"):
        align([report("s9")], {})


def test_reports_of_unknown_articles_are_not_combined() -> None:
    """Only reports of given articles reach the record."""
    summary = combine({"s1": article(text=TEXT)}, {"s7": [killed("Four people died")]}, run=RUN)
    assert summary.incidents == []
    assert [one.id for one in summary.sources] == ["s1"]


def test_nothing_in_nothing_out() -> None:
    """No article makes an empty record, not an error."""
    assert group_origins({}) == []
    assert align([], {}) == []
    assert combine({}, {}, run=RUN).incidents == []
