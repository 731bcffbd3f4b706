"""Why two figures differ: each kind of conflict has its rule, and the rule says its reason."""

from __future__ import annotations

from typing import Any

from summarizer.schemas import CasualtyGroup, Conflict, Count, Quantity, Source

from summarizer.merging import merge

from .grounded import finding, report, source

DAYS = {f"s{number}": source(f"s{number}", published=f"2024-05-{14 + number}") for number in range(1, 6)}
SAME_DAY = {name: one.model_copy(update={"published": "2024-05-15"}) for name, one in DAYS.items()}


def toll(name: str, *said: tuple[int | Count, str], sources: dict[str, Source] = DAYS, beside: Any = ()) -> Any:
    """The merged toll of sources that come out on days in a row, each with its figure and its words."""
    told = [
        report(f"s{number}", **{name: finding(Count.exact(value) if isinstance(value, int) else value, words)})
        for number, (value, words) in enumerate(said, start=1)
    ]
    return getattr(merge(told, sources, beside=beside), name)


def kinds(conflict: Conflict[Any] | None) -> dict[Any, str | None]:
    """The kind of each claim by its figure; the chosen one has none."""
    assert conflict is not None
    return {claim.value.figure: claim.kind for claim in conflict.claims}


def test_a_later_higher_toll_supersedes_the_earlier_one() -> None:
    """Bodies are found: the latest figure stands, and the earlier ones are updates of it."""
    killed = toll("killed", (4, "four died"), (6, "six died"), (9, "nine died"))
    assert killed.value == Count.exact(9)
    assert kinds(killed.conflict) == {4: "update", 6: "update", 9: None}
    assert killed.agreement != "disputed"


def test_fewer_missing_later_are_an_update() -> None:
    """The missing are found, so their number falls."""
    missing = toll("missing", (60, "60 people were missing"), (11, "eleven are missing"))
    assert missing.value == Count.exact(11)
    assert kinds(missing.conflict)[60] == "update"


def test_the_hurt_who_died_since_explain_a_lower_figure() -> None:
    """Two of the 14 wounded died, so 12 are hurt and two more are dead."""
    told = [
        report("s1", killed=Count.exact(5), injured=finding(Count.exact(14), "14 were wounded")),
        report("s2", killed=Count.exact(7), injured=finding(Count.exact(12), "twelve are in hospital")),
    ]
    injured = merge(told, DAYS).injured
    assert injured.value == Count.exact(12)
    assert kinds(injured.conflict)[14] == "update"
    assert "died since" in injured.conflict.why


def test_a_lower_toll_after_a_higher_one_of_another_origin_is_a_contradiction() -> None:
    """Tolls of the dead do not shrink: who has five the day after eleven were counted disputes them."""
    killed = toll("killed", (11, "eleven bodies"), (5, "five people died"), (31, "31 people lay in the hall"))
    assert killed.value == Count.exact(31)
    assert kinds(killed.conflict) == {11: "update", 5: "contradiction", 31: None}
    assert killed.agreement == "disputed"


def test_nobody_killed_beside_somebody_killed_is_a_contradiction() -> None:
    """A denial is no early count."""
    killed = toll("killed", (0, "no loss of life"), (4, "four people were killed"))
    assert kinds(killed.conflict)[0] == "contradiction"


def test_a_figure_of_one_group_is_of_narrower_scope() -> None:
    """Nine workers and seventeen pupils make the twenty-six people that the hospital counts."""
    injured = toll(
        "injured", (9, "Nine workers were hurt"), (17, "Seventeen pupils"), (26, "Twenty-six people were hurt")
    )
    assert kinds(injured.conflict) == {9: "scope", 17: "scope", 26: None}


def test_a_part_that_another_source_names_is_of_narrower_scope() -> None:
    """Where a source breaks the toll down by groups, the count of one of them alone is a part."""
    told = [
        report("s1", killed=finding(Count.exact(5), "five men died")),
        report(
            "s2",
            killed=finding(Count.exact(11), "eleven dead"),
            casualty_groups=(
                CasualtyGroup(outcome="killed", group="soldiers", count=5),
                CasualtyGroup(outcome="killed", group="road workers", count=6),
            ),
        ),
    ]
    assert kinds(merge(told, DAYS).killed.conflict)[5] == "scope"


def test_the_dead_and_the_hurt_counted_together_are_of_wider_scope() -> None:
    """Nineteen victims are the five dead and the fourteen hurt that the others tell apart."""
    told = [
        report("s1", killed=Count.exact(5), injured=Count.exact(14)),
        report("s2", killed=Count.exact(5), injured=Count.exact(14)),
        report("s3", killed=finding(Count.exact(19), "nineteen victims")),
    ]
    killed = merge(told, DAYS).killed
    assert kinds(killed.conflict)[19] == "scope"


def test_a_toll_with_the_attackers_in_it_is_of_wider_scope() -> None:
    """Thirty-two dead are the thirteen villagers and the nineteen raiders."""
    told = [
        report("s1", killed=finding(Count.exact(32), "thirty-two people were killed")),
        report("s2", killed=Count.exact(13), quantities=(Quantity(what="raiders killed", value=19),)),
        report("s3", killed=Count.exact(13)),
    ]
    killed = merge(told, DAYS).killed
    assert killed.value == Count.exact(13)
    assert kinds(killed.conflict)[32] == "scope"


def test_nobody_hurt_here_speaks_of_one_place() -> None:
    """Who says that nobody was hurt at the own station does not deny that somebody was at another."""
    injured = toll("injured", (0, "No one was hurt here"), (2, "Two pensioners were bruised"))
    assert kinds(injured.conflict)[0] == "scope"


def test_a_vaguer_form_is_a_difference_of_precision() -> None:
    """Dozens are thirty-one."""
    injured = toll("injured", (Count.vague(24), "dozens were hurt"), (31, "31 people were hurt"))
    assert injured.value == Count.exact(31)
    assert kinds(injured.conflict)[24] == "precision"


def test_a_ferry_that_rolled_over_makes_no_exact_figure_vague() -> None:
    """Two exact figures of one day differ, whatever other words their sentences hold."""
    words = "40 people died when the ferry rolled over", "48 people died"
    killed = toll("killed", (40, words[0]), (48, words[1]), sources=SAME_DAY)
    assert (killed.conflict.kind, killed.conflict.resolved) == ("contradiction", None)


def test_a_figure_that_belongs_to_another_field_is_an_error() -> None:
    """Eighteen rockets landed; one source alone has eighteen wounded, and a later one has fourteen again."""
    told = [
        report("s1", injured=finding(Count.exact(14), "14 people were hurt")),
        report("s2", injured=finding(Count.exact(18), "18 people were hurt")),
        report("s3", injured=Count.exact(14), quantities=(Quantity(what="rockets that landed", value=18),)),
    ]
    injured = merge(told, DAYS).injured
    assert injured.value == Count.exact(14)
    assert kinds(injured.conflict)[18] == "error"
    assert "another figure of this incident" in injured.conflict.why


def test_a_figure_of_another_incident_is_an_error() -> None:
    """The toll of last year's flood, given to this year's by one source alone, is not believed."""
    beside = [report("s2", 1, role="related", killed=Count.exact(67))]
    killed = toll("killed", (9, "nine people died"), (9, "nine died"), (67, "67 dead"), beside=beside)
    assert killed.value == Count.exact(9)
    assert kinds(killed.conflict)[67] == "error"


def test_the_sum_of_two_incidents_is_an_error() -> None:
    """Two died here and six there; one source alone has eight here."""
    beside = [report("s3", 1, role="related", killed=Count.exact(6))]
    killed = toll("killed", (2, "two people died"), (2, "two lives"), (8, "eight people dead"), beside=beside)
    assert killed.value == Count.exact(2)
    assert "adds another incident's 6" in killed.conflict.why


def test_a_toll_that_grows_past_a_sum_by_chance_is_believed() -> None:
    """Twelve, fifteen, thirty-four: that an old wreck had 22 dead and an early count 12 makes no sum of them."""
    beside = [report("s3", 1, role="related", killed=Count.exact(22))]
    killed = toll("killed", (12, "12 bodies"), (15, "15 people died"), (34, "34 people died"), beside=beside)
    assert killed.value == Count.exact(34)
    assert kinds(killed.conflict) == {12: "update", 15: "update", 34: None}


def test_a_nought_too_many_is_an_error() -> None:
    """A figure ten times the other one has gained a nought."""
    killed = toll("killed", (30, "30 died"), (30, "thirty died"), (300, "300 died"), sources=SAME_DAY)
    assert killed.value == Count.exact(30)
    assert kinds(killed.conflict)[300] == "error"


def test_a_nought_of_one_origin_each_is_open() -> None:
    """1,200 or 12,000: one origin has each, and nothing says which of them slipped."""
    killed = toll("killed", (1200, "1,200 people died"), (12_000, "12,000 people died"), sources=SAME_DAY)
    assert (killed.conflict.kind, killed.conflict.resolved) == ("contradiction", None)


def test_figures_of_one_day_that_nothing_explains_contradict_each_other() -> None:
    """Two origins, one day, two figures: both cannot be right, and nothing is carried forward."""
    killed = toll("killed", (6, "six men"), (8, "eight men"), sources=SAME_DAY)
    assert killed.conflict.kind == "contradiction"
    assert killed.conflict.resolved is None


def test_an_undated_toll_that_goes_on_counts_as_the_latest() -> None:
    """The dead only become more: an undated sixteen comes after fourteen, but an undated forty is not believed so."""
    sources = DAYS | {"s2": DAYS["s2"].model_copy(update={"published": None})}
    assert toll("killed", (14, "14 dead"), (16, "16 dead"), sources=sources).value == Count.exact(16)
    assert toll("killed", (14, "14 dead"), (40, "40 dead"), sources=sources).value == Count.exact(14)


def test_a_bare_date_is_neither_before_nor_after_an_hour_of_its_day() -> None:
    """One outlet gives the hour in its own zone, the others the day alone: nothing says which figure came first."""
    sources = {
        "s1": source("s1", published="2024-05-09T01:10:00+03:00", origin="o1"),
        "s2": source("s2", published="2024-05-09", origin="o2"),
        "s3": source("s3", published="2024-05-09", origin="o1"),
    }
    told = [
        report("s1", injured=finding(Count.exact(14), "fourteen were hurt")),
        report("s2", injured=finding(Count.exact(18), "18 were hurt")),
        report("s3", injured=finding(Count.exact(14), "fourteen were hurt")),
    ]
    injured = merge(told, sources).injured
    assert injured.value == Count.exact(14)
    assert injured.conflict.kind == "contradiction"


def test_a_higher_floor_is_a_newer_figure() -> None:
    """At least 14, a day later at least 20: the later floor stands."""
    floors = (Count.at_least(14), "at least 14 died"), (Count.at_least(20), "at least 20 died")
    assert toll("killed", *floors).value == Count.at_least(20)
