"""A gold set made by hand: two articles of one ferry fire, the later of which has two more dead."""

from __future__ import annotations

from typing import Any

from summarizer.evaluation import GoldSet
from summarizer.evaluation.gold import parse_set

from .samples import FERRY, ferry_report

LATER = (
    "The toll of Tuesday's ferry fire off Port Alder has risen to six, the coast guard said on Thursday after divers "
    "found two bodies in the galley. Eleven people were injured and are still in hospital at Kelso."
)


def count(number: int, quote: str) -> dict[str, Any]:
    """An exact count of the format."""
    return {"low": number, "best": number, "high": number, "qualifier": "exact", "quote": quote}


def gold_set() -> dict[str, Any]:
    """Two articles of one fire: the second has two more dead."""
    first = ferry_report(incident="i1")
    second = ferry_report(
        incident="i1",
        date={"start": "2024-05-14", "end": None, "precision": "day", "quote": "Tuesday's"},
        killed=count(6, "risen to six"),
    )
    truth = {name: value for name, value in first.items() if name not in {"role", "incident"}}
    return {
        "id": "ferry-fire",
        "truth": {"i1": truth | {"killed": count(6, "")}},
        "articles": [
            {"id": "a1", "publisher": "Harbour Wire", "published": "2024-05-15", "text": FERRY, "reports": [first]},
            {"id": "a2", "publisher": "Kelso Post", "published": "2024-05-17", "text": LATER, "reports": [second]},
        ],
        "origins": [["a1"], ["a2"]],
        "conflicts": [
            {
                "incident": "i1",
                "field": "killed",
                "kind": "update",
                "claims": [{"value": 4, "articles": ["a1"]}, {"value": 6, "articles": ["a2"]}],
                "resolved": 6,
                "why": "Two bodies were found.",
            }
        ],
    }


def parsed(**changes: Any) -> GoldSet:
    """The set, with some of its keys changed."""
    return parse_set(gold_set() | changes)


def values(evaluation: Any) -> dict[str, float | None]:
    """The figures of an evaluation by name."""
    return {name: metric.value for name, metric in evaluation.metrics.items()}
