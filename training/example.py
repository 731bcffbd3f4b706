"""One training example: a request as the server makes it of a chat request, and the answer as the grammar spells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from summarizer.schemas import Article, CompactReport, Report

from summarizer.extraction.asking import question
from summarizer.extraction.embedded import plain_text
from summarizer.extraction.grammar import FIELDS, MAX_REPORTS, copy_grammar
from summarizer.extraction.profiles import Profile, resolve_profile
from summarizer.settings import Settings

ITEMS = 3
"""As many perpetrators, targets or weapons as an answer holds."""
NAMES: Mapping[str, str] = {
    "type": "event_type",
    "stage": "stage",
    "when": "date",
    "where": "location",
    "killed": "killed",
    "injured": "injured",
    "missing": "missing",
    "captured": "captured",
    "by": "perpetrators",
    "claim": "responsibility_claim",
    "targets": "targets",
    "weapons": "weapons",
}
"""The keys of an answer, and the fields of a report that they fill."""


@dataclass(frozen=True)
class Example:
    """A part of an article, the fields asked for, and what it says of them.

    The quotes of the `reports` are the phrases of the answer, their values what those phrases say.
    """

    id: str
    set: str
    article: Article
    reports: tuple[Report, ...]
    fields: tuple[str, ...] = FIELDS
    altered: int = 0
    """0 as it was written, else which of its altered forms this is."""

    def asking(self, fields: tuple[str, ...]) -> Example:
        """The same with only those of `fields` asked for that it knows."""
        return replace(self, fields=tuple(name for name in self.fields if name in fields))


@cache
def profile() -> Profile:
    """The embedded profile, which is served as it is trained."""
    return resolve_profile(Settings(model="embedded"))


def request_text(example: Example) -> str:
    """What the server makes of the chat request for this example: the text that the answer follows."""
    return plain_text(_request(example)["messages"])


def grammar_of(example: Example) -> str:
    """The grammar that the answer is held to."""
    return copy_grammar(" ".join(example.article.text.split()), _asked(example))


def _request(example: Example) -> dict[str, Any]:
    return question(profile(), example.article, example.article.text, fields=_asked(example))


def _asked(example: Example) -> tuple[str, ...] | None:
    return None if example.fields == FIELDS else example.fields


def answer_text(example: Example) -> str:
    """The answer, spelled as the grammar spells it."""
    answers = [spelled(report, example.fields) for report in example.reports[:MAX_REPORTS]]
    return json.dumps(answers, ensure_ascii=False)


def spelled(report: Report, fields: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """A report as a compact answer holds it, keys in the grammar's order; what it does not say is left out."""
    said: dict[str, Any] = {"role": report.role}
    for key in FIELDS:
        value = _said(report, key) if key in fields else None
        if value:
            said[key] = value
    return said


def _said(report: Report, key: str) -> Any:
    found = getattr(report, NAMES[key])
    if key == "stage":
        return found.value if found and found.value != "accomplished" else None
    if key in {"type", "claim"}:
        return found.value if found else None
    if key == "by":
        return [[finding.quote, finding.value.status] for finding in found[:ITEMS]]
    if isinstance(found, tuple):
        return [finding.quote for finding in found[:ITEMS]]
    return found.quote if found else None


def as_answered(report: Report) -> Report:
    """The report that the pipeline reads out of this one's compact answer: phrases without values."""
    return CompactReport.model_validate({"type": "other", **spelled(report)}).to_report()


def write(examples: list[Example], path: Path) -> None:
    """One example a line, whole, so that nothing has to be built again to train on it."""
    with path.open("w", encoding="utf-8") as file:
        for one in examples:
            row = {
                "id": one.id,
                "set": one.set,
                "fields": one.fields,
                "altered": one.altered,
                "article": one.article.model_dump(exclude_none=True),
                "reports": [report.model_dump(exclude_none=True) for report in one.reports],
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read(path: Path) -> list[Example]:
    """The examples of a file that `write` wrote."""
    return [_row(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _row(row: dict[str, Any]) -> Example:
    reports = tuple(Report.model_validate(report) for report in row["reports"])
    return Example(
        row["id"], row["set"], Article.model_validate(row["article"]), reports, tuple(row["fields"]), row["altered"]
    )
