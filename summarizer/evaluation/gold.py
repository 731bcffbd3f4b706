"""Gold data: articles of which it is known what they report.

The format is `corpus/FORMAT.md`; other data is loaded into the same types (`muc4`, `gva`), with `knows` saying which
fields it has gold for, so that only those are scored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from pydantic import ValidationError

from summarizer.articles import clean
from summarizer.errors import GoldError
from summarizer.schemas import Article, ConflictKind, FullReport, Report
from summarizer.schemas.values import EventType

FIELDS = frozenset(Report.model_fields) - {"role", "source", "index"}


@dataclass(frozen=True)
class GoldArticle:
    """An article and the incidents that it reports: `incidents[n]` is the id of the one that `reports[n]` tells."""

    id: str
    article: Article
    incidents: tuple[str, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class GoldClaim:
    """One side of a difference: what it says, in figures or in an annotator's words, and which articles say it."""

    value: int | float | str
    articles: frozenset[str]


@dataclass(frozen=True)
class GoldConflict:
    """A difference between articles that a reader should be told about; `field` is the record's, without its part."""

    incident: str
    field: str
    part: str
    kind: ConflictKind
    claims: tuple[GoldClaim, ...]
    resolved: int | float | str | None
    why: str


@dataclass(frozen=True)
class GoldSet:
    """A set of articles with the truth behind them.

    `truth` holds the incidents as they really were, by id.  `origins` and `conflicts` are None where the data has no
    gold for them; `knows` names the fields of `Report` that it has gold for.  `accepts` says which event types are as
    right as the gold one, where the data's types are wider than ours.
    """

    id: str
    articles: tuple[GoldArticle, ...]
    truth: Mapping[str, Report] = field(default_factory=dict)
    origins: tuple[frozenset[str], ...] | None = None
    conflicts: tuple[GoldConflict, ...] | None = None
    knows: frozenset[str] = FIELDS
    accepts: Mapping[EventType, frozenset[EventType]] = field(default_factory=dict)

    def is_type(self, said: EventType | None, true: EventType | None) -> bool:
        """Whether an event type is the gold one, or as right."""
        return said == true or (true is not None and said in self.accepts.get(true, ()))


def load_gold(path: Path, *, limit: int | None = None) -> list[GoldSet]:
    """The sets of one file, or of the `*.json` files of a folder by name, the first `limit` of them.

    Raises GoldError, which says what is wrong with which file.
    """
    if not path.exists():
        raise GoldError(f"{path}: no such file or folder; give a set file or a folder of them", subject=str(path))
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise GoldError(f"{path}: holds no *.json; give a folder of set files (corpus/FORMAT.md)", subject=str(path))
    return [_load(file) for file in files[:limit]]


def _load(file: Path) -> GoldSet:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        return parse_set(document)
    except (OSError, UnicodeDecodeError) as wrong:
        message = f"{file}: cannot be read ({type(wrong).__name__}); check the file"
        raise GoldError(message, subject=str(file)) from wrong
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise GoldError(f"{file}: {where}: {first['msg']}; see corpus/FORMAT.md", subject=str(file)) from None
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        message = f"{file}: not a set of the format ({type(wrong).__name__}: {wrong}); see corpus/FORMAT.md"
        raise GoldError(message, subject=str(file)) from wrong


def parse_set(document: Mapping[str, Any]) -> GoldSet:
    """A set from its JSON.  Raises ValueError, KeyError, TypeError or pydantic's ValidationError for another shape."""
    articles = tuple(_articles(document["articles"]))
    known = {article.id for article in articles}
    truth = {name: gold_report(record) for name, record in document["truth"].items()}
    conflicts = tuple(_conflict(entry) for entry in document["conflicts"])
    named = {incident for article in articles for incident in article.incidents} | {one.incident for one in conflicts}
    if named - set(truth):
        raise ValueError(f"incident {min(named - set(truth))} is not in truth")
    origins = tuple(frozenset(group) for group in document["origins"])
    if sorted(article for group in document["origins"] for article in group) != sorted(known):
        raise ValueError("origins do not hold every article once")
    return GoldSet(str(document["id"]), articles, truth, origins, conflicts)


def _articles(entries: Sequence[Mapping[str, Any]]) -> Iterator[GoldArticle]:
    for entry in entries:
        article = Article(
            text=clean(entry["text"]),
            publisher=entry["publisher"],
            title=entry.get("title"),
            published=entry.get("published"),
        )
        incidents = tuple(record["incident"] for record in entry["reports"])
        yield GoldArticle(entry["id"], article, incidents, tuple(gold_report(record) for record in entry["reports"]))


def gold_report(record: Mapping[str, Any]) -> Report:
    """An incident record of the format as a report; a record of truth has no quotes and needs none."""
    quoted = {name: _quoted(value) for name, value in record.items()}
    return FullReport.model_validate({"role": "main", **quoted}).to_report()


def _quoted(value: Any) -> Any:
    if isinstance(value, list):
        return [_quoted(item) for item in value]
    return {"quote": "", **value} if isinstance(value, dict) else value


def _conflict(entry: Mapping[str, Any]) -> GoldConflict:
    name, _, part = entry["field"].partition(".")
    if entry["kind"] not in get_args(ConflictKind):
        raise ValueError(f"{entry['kind']!r} is no kind of conflict")
    claims = tuple(GoldClaim(claim["value"], frozenset(claim["articles"])) for claim in entry["claims"])
    kind = cast(ConflictKind, entry["kind"])
    return GoldConflict(entry["incident"], name, part, kind, claims, entry.get("resolved"), entry.get("why", ""))
