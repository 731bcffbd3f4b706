"""Alignment: reports of one incident come together, the reprisal stays apart, and the record says why."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Count, DateSpan, Finding, GroundedReport, Place, Target

from summarizer.alignment import align, borrow_dates
from summarizer.grounding.dates import resolve_date
from summarizer.relations import relate

from .grounded import article, report, reports

CAMP = {
    "event_type": "rocket_or_missile_attack",
    "date": DateSpan(start="2023-03-08"),
    "location": Place(name="Camp Rusafa, a base north of Baghdad", country="Iraq"),
    "killed": Count.exact(3),
}
REPRISAL = {
    "event_type": "airstrike",
    "date": DateSpan(start="2023-03-09"),
    "location": Place(name="Babil province and the southern edge of Baghdad", country="Iraq"),
    "targets": (Target(name="weapons depots"),),
}
ARTICLES = {f"s{number}": article("2023-03-10") for number in range(1, 9)}


def groups(*told: GroundedReport) -> list[list[tuple[str, int]]]:
    return [[(r.source, r.index) for r in cluster.reports] for cluster in align(list(told), ARTICLES)]


def test_reports_of_one_attack_come_together() -> None:
    """Same kind, day and place by other words: one incident."""
    other = CAMP | {"location": Place(name="Rusafa camp"), "injured": Count.exact(18)}
    assert groups(report("s1", **CAMP), report("s2", **other)) == [[("s1", 0), ("s2", 0)]]


def test_the_reprisal_of_the_next_day_stays_apart() -> None:
    """An answer to an attack shares its actors, its country and its words, and is another incident."""
    told = [report("s1", **CAMP), report("s2", **CAMP), report("s2", 1, **REPRISAL), report("s3", **REPRISAL)]
    assert groups(*told) == [[("s1", 0), ("s2", 0)], [("s2", 1), ("s3", 0)]]


def test_a_base_known_by_two_names_is_one() -> None:
    """Place names that share their telling word are of one place."""
    told = [report("s1", **CAMP), report("s2", **(CAMP | {"location": Place(name="Rusafa airfield", country="Iraq")}))]
    assert len(groups(*told)) == 1


def test_last_years_attack_is_not_this_years() -> None:
    """Background that resembles the news is kept apart by its date."""
    before = CAMP | {"date": DateSpan(start="2022-12", precision="month"), "killed": Count.exact(1)}
    assert len(groups(report("s1", **CAMP), report("s2", **before))) == 2


def test_one_article_never_reports_one_incident_twice() -> None:
    """Two reports of one article stay apart, however alike."""
    assert len(groups(report("s1", 0, **CAMP), report("s1", 1, **CAMP))) == 2


def test_a_crowd_of_reports_is_one_incident() -> None:
    """Two hundred articles about one attack are one cluster, not many."""
    articles = {f"s{number}": article("2023-03-10") for number in range(200)}
    (cluster,) = align([report(name, **CAMP) for name in articles], articles)
    assert len(cluster.reports) == 200


def test_the_cluster_says_why_it_is_one() -> None:
    """The reasons name what the reports share."""
    (cluster,) = align([report("s1", **CAMP), report("s2", **CAMP)], ARTICLES)
    for words in ("same type (rocket or missile attack)", "same day (2023-03-08)", "same place", "3 killed"):
        assert words in cluster.why


@given(st.tuples(*(reports(f"s{number}") for number in range(1, 6))), st.randoms(use_true_random=False))
def test_every_report_lands_in_one_cluster_whatever_the_order(told: tuple[GroundedReport, ...], random: Any) -> None:
    """Nothing is lost or doubled, no cluster holds an article twice, and order changes nothing."""
    shuffled = list(told)
    random.shuffle(shuffled)
    clusters = align(told, ARTICLES)
    assert align(shuffled, ARTICLES) == clusters
    assert sorted(r.source for cluster in clusters for r in cluster.reports) == [r.source for r in told]
    for cluster in clusters:
        assert len({r.source for r in cluster.reports}) == len(cluster.reports)


def _undated(quote: str) -> Finding[DateSpan]:
    return Finding[DateSpan](value=None, quote=quote, start=0, end=len(quote), match="exact")


def test_an_undated_article_borrows_the_dates_of_its_cluster() -> None:
    """'On Wednesday' in an article without a date counts from the others' publish date, and says so."""
    articles = {"s1": article("2023-03-09"), "s2": article(None)}
    told = [report("s1", **CAMP), report("s2", **(CAMP | {"date": _undated("on Wednesday")}))]
    (cluster,) = borrow_dates(align(told, articles), articles, resolve_date)
    borrowed = cluster.reports[1].date
    assert borrowed is not None
    assert (borrowed.value, borrowed.verified) == (DateSpan(start="2023-03-08"), True)
    assert borrowed.note == "counted from the publish date of s1"


def test_a_borrowed_date_that_contradicts_the_cluster_is_not_taken() -> None:
    """Words that would mean another day stay unresolved."""
    articles = {"s1": article("2023-03-09"), "s2": article(None)}
    told = [report("s1", **CAMP), report("s2", **(CAMP | {"date": _undated("on Monday")}))]
    (cluster,) = borrow_dates(align(told, articles), articles, resolve_date)
    assert cluster.reports[1].date == _undated("on Monday")


def test_an_answer_is_related_to_what_it_answers() -> None:
    """A later incident that an article calls retaliation points back to the earlier one."""
    text = "The raids on Thursday were in retaliation for the rockets on Camp Rusafa."
    articles = {"s1": article("2023-03-10", text)}
    clusters = align([report("s1", 0, **CAMP), report("s1", 1, **REPRISAL)], articles)
    links = relate(clusters, articles)
    assert [(link.other, link.kind) for link in links[1]] == [(0, "retaliation_for")]


def test_incidents_told_together_are_related() -> None:
    """Without a word of answering, one article that reports both relates them."""
    articles = {"s1": article("2023-03-10", "Two things happened.")}
    clusters = align([report("s1", 0, **CAMP), report("s1", 1, **REPRISAL)], articles)
    links = relate(clusters, articles)
    assert {link.kind for held in links.values() for link in held} == {"reported_with"}


def test_two_fires_in_two_towns_on_one_day_stay_apart() -> None:
    """They share kind, day and country with much that happens; another town without a shared name parts them."""
    leeds, manchester = (
        report(
            name,
            event_type="fire",
            date=DateSpan(start="2024-05-14"),
            location=Place(name=town, country="United Kingdom"),
            killed=Count.exact(killed),
        )
        for name, town, killed in (("s1", "Leeds", 4), ("s2", "Manchester", 2))
    )
    texts = {
        "s1": article(text="Four people died in a house fire in Leeds on Tuesday, West Yorkshire Police said."),
        "s2": article(text="Two people died in a flat fire in Manchester on Tuesday, Greater Manchester Police said."),
    }
    assert len(align([leeds, manchester], texts)) == 2
