"""One change through a whole example: text, headline, phrases and values, and whether the result still is sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from summarizer.schemas import Finding, Report

from .example import Example
from .grounded import PHRASED, holds
from .words import Words

Write = Callable[[str], str]
Value = Callable[[Finding[Any]], Any]


def rewritten(example: Example, write: Write, value: Value = lambda finding: finding.value, **facts: Any) -> Example:
    """The example with `write` done to its text, its headline, and every phrase and name; `value` gives new values.

    `facts` are other changes to the article.
    """
    article = example.article
    changes: dict[str, Any] = {"text": write(article.text), "title": write(article.title) if article.title else None}
    reports = tuple(_report(report, write, value) for report in example.reports)
    return replace(example, article=article.model_copy(update=changes | facts), reports=reports)


def _report(report: Report, write: Write, value: Value) -> Report:
    changes: dict[str, Any] = {}
    for name in (*PHRASED, "statements"):
        held = getattr(report, name)
        if isinstance(held, tuple):
            changes[name] = tuple(_finding(one, write, value) for one in held)
        elif held is not None:
            changes[name] = _finding(held, write, value)
    return report.model_copy(update=changes)


def _finding(finding: Finding[Any], write: Write, value: Value) -> Finding[Any]:
    new = value(finding)
    names = {name: write(said) for name in ("name", "attributed_by", "speaker") if (said := getattr(new, name, None))}
    new = new.model_copy(update=names) if names else new
    return finding.model_copy(update={"value": new, "quote": write(finding.quote) if finding.quote else None})


def sound(example: Example) -> bool:
    """Whether every phrase is a run of the text's words and still says its value."""
    words = Words(example.article.text)
    for report in example.reports:
        for name in PHRASED:
            held = getattr(report, name)
            if not held:
                continue
            findings = held if isinstance(held, tuple) else (held,)
            if not all(words.spelled(one.quote or "") for one in findings):
                return False
            if not all(holds(report, name, example.article)):
                return False
    return True


def like(word: str, model: str) -> str:
    """A word in the letter case of another."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
