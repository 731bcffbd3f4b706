"""The likeness of two reports: learned weights from the package's data, and common words that tell little."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from summarizer.schemas import Count, DateSpan, GroundedReport, Place

from summarizer.alignment.likeness import COMMON, FEATURES, Rarity, features, learned, score
from summarizer.alignment.traits import Traits, traits_of

from .grounded import article, report

CAMP = {
    "event_type": "bombing",
    "date": DateSpan(start="2023-03-08"),
    "location": Place(name="Rusafa", country="Iraq"),
    "killed": Count.exact(3),
}


def traits(*told: GroundedReport) -> list[Traits]:
    return traits_of(told, {r.source: article("2023-03-10") for r in told})


def test_the_weights_are_those_of_the_data_file() -> None:
    """What the package weighs by is what the learning script wrote, nothing in the code."""
    data = tomllib.loads(files("summarizer.alignment").joinpath("weights.toml").read_text(encoding="utf-8"))
    assert learned().weights == data["weights"]
    assert {name: getattr(learned(), name) for name in ("begin", "together", "apart")} == data["joining"]


def test_every_feature_has_a_weight_and_no_weight_is_idle() -> None:
    """The data file and the code name the same features."""
    assert set(learned().weights) == set(FEATURES)


def test_likeness_is_the_same_both_ways() -> None:
    """It does not matter which of two reports comes first."""
    one, other = traits(report("s1", **CAMP), report("s2", **(CAMP | {"killed": Count.exact(5)})))
    rarity, weights = Rarity((one, other)), learned().weights
    assert score(one, other, rarity, weights) == score(other, one, rarity, weights)


def test_days_apart_weigh_more_the_farther_they_are() -> None:
    """No attack is taken for last week's because all else is alike."""
    weights = learned().weights
    assert 0 > weights["a day apart"] > weights["a week apart"] > weights["long apart"]


def test_what_everybody_names_tells_little() -> None:
    """A word, day or figure that many reports hold counts for less than one that two hold."""
    rare = traits(report("s1", **CAMP), report("s2", **CAMP))
    crowd = traits(*(report(f"s{number}", **CAMP) for number in range(4 * COMMON)))
    few, many = (features(told[0], told[1], Rarity(told)) for told in (rare, crowd))
    for name in ("same day", "same figure", "shared name", "same place"):
        assert 0 < many[name] < few[name], name


def test_places_that_share_a_common_word_alone_are_two() -> None:
    """Two streets are no common place where every place is a street."""
    streets = [CAMP | {"location": Place(name=f"{name} Street")} for name in ("Karada", "Mansur")]
    alone = traits(*(report(f"s{number}", **street) for number, street in enumerate(streets)))
    others = [report(f"s{number}", location=Place(name="Haifa Street")) for number in range(2, 10 * COMMON)]
    crowd = traits(*(one.report for one in alone), *others)
    assert features(*alone, Rarity(alone))["other place"] == 0.0
    assert features(crowd[0], crowd[1], Rarity(crowd))["other place"] > 0.5
