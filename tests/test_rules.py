"""The named rule beside every value, and the reason beside every difference, say what is so."""

from __future__ import annotations

from typing import Any

import pytest
from summarizer.schemas import Count, Source, Target

from summarizer.merging import merge

from .grounded import finding, report, source

DAYS = {f"s{number}": source(f"s{number}", published=f"2024-05-{14 + number}") for number in range(1, 6)}
SAME_DAY = {name: one.model_copy(update={"published": "2024-05-15"}) for name, one in DAYS.items()}
UNDATED = {name: one.model_copy(update={"published": None}) for name, one in DAYS.items()}


def killed(*said: tuple[int | Count, str], sources: dict[str, Source] = DAYS) -> Any:
    told = [
        report(f"s{number}", killed=finding(Count.exact(value) if isinstance(value, int) else value, words))
        for number, (value, words) in enumerate(said, start=1)
    ]
    return merge(told, sources).killed


SIX, EIGHT = (6, "six died"), (8, "eight died")


def test_only_the_origins_of_the_latest_day_are_counted_for_it() -> None:
    """Two origins have six, but one of them said so two days before."""
    sources = SAME_DAY | {"s1": DAYS["s1"].model_copy(update={"published": "2024-05-13"})}
    field = killed(SIX, SIX, EIGHT, sources=sources)
    assert field.value == Count.exact(6)
    assert field.rule == "figure of 2 origins, 1 of them on the latest day (2024-05-15)"
    assert killed(SIX, SIX, EIGHT, sources=SAME_DAY).rule == "figure of 2 origins on the latest day (2024-05-15)"


def test_of_two_figures_of_one_day_the_rule_does_not_say_that_one_is_later() -> None:
    """The greater one is carried because it is greater; undated ones have no latest day."""
    assert killed(EIGHT, SIX, sources=SAME_DAY).rule == "greatest figure on the latest day (2024-05-15)"
    assert killed(EIGHT, SIX, sources=UNDATED).rule == "greatest figure, none dated"
    assert killed(SIX, SIX, sources=DAYS | UNDATED).rule == "only value"


def test_the_rule_says_that_later_figures_were_set_aside() -> None:
    """A lone 67 after nine and nine is not believed, and "at least 14" after fifteen says less: both are told."""
    doubtful = killed((9, "nine died"), (9, "9 died"), (67, "67 dead"))
    assert doubtful.rule == "latest verified figure (s2, 2024-05-16); doubtful later ones set aside: s3"
    vaguer = killed((15, "fifteen died"), (Count.at_least(14), "at least 14 died"))
    assert vaguer.rule == "latest verified figure (s1, 2024-05-15); vaguer later ones set aside: s2"


def test_about_a_hundred_is_not_told_as_a_hundred_at_least() -> None:
    """The reason keeps the words' sense."""
    conflict = killed((Count.about(100), "about 100 died"), (Count.at_least(110), "at least 110 have died")).conflict
    assert conflict.why == "s1 had about 100, the later figure is 110"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["fire", "bombing", "bombing"], "majority of origins (2 of 3)"),
        (["fire", "bombing", "bombing", "arson", "clash"], "most origins (2 of 5)"),
        (["fire", "bombing"], "latest of equally backed values (2024-05-16)"),
    ],
)
def test_a_majority_is_more_than_half(words: list[Any], rule: str) -> None:
    """What fewer origins back is chosen for another reason, and that is the one given."""
    told = [report(f"s{number}", event_type=word) for number, word in enumerate(words, start=1)]
    assert merge(told, DAYS).event_type.rule == rule


def test_equally_backed_words_of_one_day_have_no_majority() -> None:
    """Targets of one name in two spellings, each by one origin."""
    told = [report(f"s{n}", targets=(Target(name=name),)) for n, name in ((1, "the depot"), (2, "the main depot"))]
    assert merge(told, SAME_DAY).targets[0].rule == "one of equally backed values"


def test_a_word_that_is_said_again_is_not_superseded() -> None:
    """A clash, three fires, and a clash again on the last day: the fire is no update of it."""
    told = [
        report(f"s{number}", event_type=word)
        for number, word in enumerate(["clash", "fire", "fire", "fire", "clash"], start=1)
    ]
    conflict = merge(told, DAYS).event_type.conflict
    assert conflict is not None
    assert conflict.kind == "contradiction"
    assert merge(told[:4], DAYS).event_type.conflict.kind == "update"  # type: ignore[union-attr]
