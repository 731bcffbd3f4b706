"""Gun Violence Archive: American local news of shootings, several articles an incident, with its date, place and tolls.

`articles.jsonl` holds `doc_id`, `incident_id`, `title`, `dct` (the publish day), `url` and `text`; `incidents.jsonl`
holds `incident_id`, `date`, `state`, `city_or_county`, `num_killed`, `num_injured` and `participants`.

What its figures are: `num_killed` and `num_injured` count everyone, a suspect who died included; ours leave out the
perpetrators' own losses, so participants of type `Subject-Suspect` are taken off.  They are the incident's last known
figures, not those of each article: an early article may truly give fewer dead.  A figure of 0 says that nobody was
entered, not that an article says so, and becomes no value.  The place is the city; the state would match too easily.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from summarizer.articles import clean
from summarizer.schemas import Article

from .gold import GoldArticle, GoldSet, gold_report
from .rows import bad_row, read_rows

FIELDS = frozenset(["date", "location", "killed", "injured"])
PER_SET = 20
"""How many incidents of one state make a set: so many shootings in a row that aligning them is a task."""

_SOURCE = "the Gun Violence Archive files (articles.jsonl and incidents.jsonl, see docs/evaluation.md)"
_INCIDENT = ("incident_id", "date", "state", "city_or_county", "num_killed", "num_injured", "participants")
_ARTICLE = ("doc_id", "incident_id", "title", "dct", "url", "text")
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/:]+)")
Row = dict[str, Any]


def load(folder: Path, *, limit: int | None = None) -> list[GoldSet]:
    """Sets of up to 20 incidents of one state in the order of their days, the states by name, the first `limit`.

    Incidents without a readable article are left out.  Raises GoldError with the file and line for files that are
    missing or malformed.
    """
    articles = _articles(folder / "articles.jsonl")
    states: dict[str, list[Row]] = defaultdict(list)
    for incident in _incidents(folder / "incidents.jsonl"):
        if incident["incident_id"] in articles:
            states[incident["state"]].append(incident)
    sets = (
        _set(f"gva-{'-'.join(state.lower().split())}-{number}", group, articles)
        for state, found in sorted(states.items())
        for number, group in enumerate(_groups(found), start=1)
    )
    return [gold for _, gold in zip(range(limit), sets, strict=False)] if limit is not None else list(sets)


def _incidents(file: Path) -> Iterator[Row]:
    for number, row in read_rows(file, _INCIDENT, source=_SOURCE):
        try:
            date.fromisoformat(row["date"])
            row["num_killed"], row["num_injured"] = int(row["num_killed"]), int(row["num_injured"])
        except (TypeError, ValueError) as wrong:
            raise bad_row(file, number, f"a date or a toll that is none ({wrong})", _SOURCE) from wrong
        if not isinstance(row["participants"], list | None):
            raise bad_row(file, number, "participants that are no list", _SOURCE)
        row["incident_id"], row["state"] = str(row["incident_id"]), str(row["state"])
        yield row


def _articles(file: Path) -> dict[str, list[Article]]:
    """The articles by incident; one whose text cleaning leaves nothing of is passed over."""
    found: dict[str, list[Article]] = defaultdict(list)
    for number, row in read_rows(file, _ARTICLE, source=_SOURCE):
        text = clean(str(row["text"] or ""))
        if not text:
            continue
        try:
            article = Article(
                text=text,
                title=row["title"] or None,
                published=row["dct"] or None,
                publisher=_publisher(str(row["url"] or "")),
                url=row["url"] or None,
            )
        except ValueError as wrong:
            raise bad_row(file, number, "a publish day (dct) or another value that is none", _SOURCE) from wrong
        found[str(row["incident_id"])].append(article)
    return found


def _publisher(url: str) -> str | None:
    """The host of an address, the Wayback Machine's own taken off."""
    match = _HOST.match(_ARCHIVED.sub("", url))
    return match[1] if match else None


def _groups(incidents: Sequence[Row]) -> Iterator[list[Row]]:
    ordered = sorted(incidents, key=lambda row: (row["date"], row["incident_id"]))
    for start in range(0, len(ordered), PER_SET):
        yield ordered[start : start + PER_SET]


def _set(name: str, incidents: Sequence[Row], articles: Mapping[str, Sequence[Article]]) -> GoldSet:
    truth = {row["incident_id"]: gold_report(_record(row)) for row in incidents}
    told = [(label, article) for label in truth for article in articles[label]]
    entries = tuple(
        GoldArticle(f"a{number}", article, (label,), (truth[label],))
        for number, (label, article) in enumerate(told, start=1)
    )
    return GoldSet(name, entries, truth, knows=FIELDS)


def _record(row: Row) -> Row:
    return {
        "event_type": "shooting",
        "date": {"start": row["date"], "end": None, "precision": "day"},
        "location": {"name": _city(row["city_or_county"]), "country": "United States"},
        "killed": _toll(row, "num_killed", "Killed"),
        "injured": _toll(row, "num_injured", "Injured"),
    }


def _city(name: str) -> str:
    """ "Miller (county)" is Miller County."""
    return re.sub(r"\s*\(county\)", " County", str(name)).strip() or "unknown"


def _toll(row: Row, key: str, status: str) -> Row | None:
    """A toll without the suspects of that status; None where nobody is left."""
    suspects = sum(
        one.get("Type") == "Subject-Suspect" and status in (one.get("Status") or "")
        for one in row["participants"] or ()
    )
    number = max(0, row[key] - suspects)
    return {"low": number, "best": number, "high": number, "qualifier": "exact"} if number else None
