"""Places that differ: parts of one place are explained, two places that nothing relates are a contradiction."""

from __future__ import annotations

from typing import Any

import pytest
from summarizer.schemas import Place, Target

from summarizer.merging import merge

from .grounded import finding, report, source

SOURCES = {name: source(name) for name in ("s1", "s2", "s3")}


def located(*names: str, **more: Any) -> Any:
    """The merged place of sources of one country that give one name each; `more` is said by the last."""
    told = [
        report(f"s{n}", location=Place(name=name, country="Westland"), **(more if n == len(names) else {}))
        for n, name in enumerate(names, start=1)
    ]
    return merge(told, SOURCES).location


def test_two_places_that_nothing_relates_contradict_each_other() -> None:
    """Port Alder or Kelso: nothing is carried forward, and the rule does not speak of agreeing values."""
    field = located("Port Alder", "Kelso")
    assert (field.agreement, field.conflict.kind, field.conflict.resolved) == ("disputed", "contradiction", None)
    assert field.rule == "most specific of the values of 1 of 2 origins"


def test_a_common_word_relates_no_two_places() -> None:
    """Every town has a station."""
    assert located("Alder station", "Kelso station").conflict.kind == "contradiction"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the fish market, Port Alder", "the customs quay, Port Alder"),
        ("Kibbutz Amar, Westland", "a Westland settlement on the Kelso road"),
        ("Port Alder", "on the way to the gold fields"),
    ],
)
def test_parts_of_one_place_and_descriptions_of_it_are_no_dispute(one: str, other: str) -> None:
    """A word in common, the country alone, or words without a name make no other place."""
    field = located(one, other)
    assert field.agreement != "disputed"
    assert (field.conflict.kind if field.conflict else "precision") == "precision"


def test_a_report_that_tells_of_both_relates_two_places() -> None:
    """Who writes of the mast at Kelso, above Port Alder, says how the two go together."""
    assert located("Port Alder", "Kelso", targets=(Target(name="the mast"),)).conflict.kind == "contradiction"
    mast = (finding(Target(name="the mast"), "the mast at Kelso, above Port Alder"),)
    told = [
        report("s1", location=Place(name="Port Alder")),
        report("s2", location=Place(name="Kelso")).model_copy(update={"targets": mast}),
    ]
    related = merge(told, SOURCES).location.conflict
    assert related is not None
    assert (related.kind, related.why) == (
        "precision",
        "s2 names another place, of which s2 tells together with Port Alder",
    )


def test_names_in_a_script_without_capitals_are_names() -> None:
    """Two towns in Arabic letters are two towns."""
    assert located("البصرة", "الموصل").conflict.kind == "contradiction"


def test_a_value_that_agrees_with_all_is_called_so() -> None:
    """The town agrees with both of its quays, which do not agree with each other."""
    field = located("Port Alder", "Port Alder, Kelso quay", "Port Alder, Amar quay")
    assert field.rule in {"value that agrees with all others", "most specific of the agreeing values"}
