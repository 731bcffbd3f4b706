"""Small articles and answers that several tests share; invented, like everything in the corpus."""

from __future__ import annotations

import json
from typing import Any

from summarizer.schemas import Article

FERRY = (
    "PORT ALDER (Harbour Wire) - A ferry caught fire off Port Alder on Tuesday evening, killing four passengers, "
    "the coast guard said.\n\nEleven people were injured, two of them badly, and everyone else was taken off."
)


def ferry_article(**changes: Any) -> Article:
    facts = {"text": FERRY, "publisher": "Harbour Wire", "published": "2024-05-15", "title": "Ferry fire kills four"}
    return Article(**(facts | changes))


def ferry_report(**changes: Any) -> dict[str, Any]:
    """The ferry fire as a full answer's report."""
    report: dict[str, Any] = {
        "role": "main",
        "event_type": "fire",
        "stage": "accomplished",
        "date": {"start": "2024-05-14", "end": None, "precision": "day", "quote": "on Tuesday evening"},
        "location": {"name": "off Port Alder", "country": None, "quote": "off Port Alder"},
        "killed": {"low": 4, "best": 4, "high": 4, "qualifier": "exact", "quote": "killing four passengers"},
        "injured": {"low": 11, "best": 11, "high": 11, "qualifier": "exact", "quote": "Eleven people were injured"},
    }
    return report | changes


def full_answer(*reports: dict[str, Any]) -> str:
    return json.dumps({"reports": list(reports)})
