"""Articles longer than a model's context: cut at paragraphs, and the parts' reports joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from nupunkt import sent_spans

from summarizer.lexicon import small_words
from summarizer.schemas import Finding, Report

_BEGINNING = frozenset(["at", "by", "during", "early", "in", "last", "late", "near", "on", "since", "the", "this"])
"""Words that begin the phrase of a day or a place, and have a capital only where a sentence begins."""


def split_article(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` characters: at paragraphs, else at sentences, else at words.

    Nothing is lost: joined without white space, the parts are the text without white space.
    """
    parts: list[str] = []
    for piece in _pieces(text, limit):
        if parts and len(parts[-1]) + len(piece) + 2 <= limit:
            parts[-1] = f"{parts[-1]}\n\n{piece}"
        else:
            parts.append(piece)
    return parts


def _pieces(text: str, limit: int) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text):
        if len(paragraph) <= limit:
            if paragraph.strip():
                yield paragraph.strip()
            continue
        sentences = [paragraph[start:end] for start, end in sent_spans(paragraph)]
        for sentence in _packed(sentences, limit):
            yield from _packed(sentence.split(" "), limit) if len(sentence) > limit else [sentence]


def _packed(pieces: Sequence[str], limit: int) -> Iterator[str]:
    """Neighbouring pieces joined by spaces up to the limit; a single longer piece is cut hard."""
    held = ""
    for piece in (part.strip() for part in pieces):
        if held and len(held) + 1 + len(piece) > limit:
            yield from _cut(held, limit)
            held = piece
        else:
            held = f"{held} {piece}".strip()
    if held:
        yield from _cut(held, limit)


def _cut(piece: str, limit: int) -> Iterator[str]:
    if " " in piece:
        yield piece
        return
    for start in range(0, len(piece), limit):
        yield piece[start : start + limit]


def join_reports(parts: Sequence[Sequence[Report]]) -> list[Report]:
    """The reports of an article's parts as those of one article.

    A later part's report that tells an incident already told (same type, and neither date nor place words that
    differ) fills what is still empty there; any other is added, as related: what an article is mainly about stands
    at its start.  What its own part tells beside its main incident needs a date or a place in common, too: it is
    mostly an earlier incident of the same kind, and a main report without date and place differs from nothing.
    """
    joined: list[Report] = list(parts[0]) if parts else []
    for reports in parts[1:]:
        for report in reports:
            position = next((at for at, known in enumerate(joined) if _same_incident(known, report)), None)
            if position is None:
                joined.append(report.model_copy(update={"role": "related"}) if joined else report)
            else:
                joined[position] = _filled(joined[position], report)
    return joined


def _same_incident(known: Report, other: Report) -> bool:
    types = [report.event_type.value if report.event_type else None for report in (known, other)]
    signs = [_same_day(known.date, other.date), _same_place(known.location, other.location)]
    return types[0] == types[1] and False not in signs and (other.role == "main" or True in signs)


def _same_day(one: Finding[Any] | None, other: Finding[Any] | None) -> bool | None:
    """Whether two dates are the same: their values or words are; None where one is empty, a vaguer or another form."""
    if _same_value(one, other):
        return True
    days, others = _capitals(one), _capitals(other)
    if days == others:
        return True if days else None
    in_figures = [any(word.isdigit() for word in words) for words in (days, others)]
    return None if days <= others or others <= days or in_figures[0] != in_figures[1] else False


def _same_place(one: Finding[Any] | None, other: Finding[Any] | None) -> bool | None:
    """Whether two places share a name; None where one is empty or named by common words alone."""
    if _same_value(one, other):
        return True
    names, others = (_capitals(found) - small_words() for found in (one, other))
    return bool(names & others) if names and others else None


def _same_value(one: Finding[Any] | None, other: Finding[Any] | None) -> bool:
    return one is not None and other is not None and one.value is not None and one.value == other.value


def _capitals(found: Finding[Any] | None) -> frozenset[str]:
    """The figures and the words with a capital in the phrase of a finding, but for those that begin it."""
    words = re.findall(r"\d+|[^\W\d_]{2,}", (found and found.quote) or "")
    return frozenset(word.casefold() for word in words if not word[0].islower()) - _BEGINNING


def _filled(known: Report, other: Report) -> Report:
    empty = {name: getattr(other, name) for name in Report.model_fields if not getattr(known, name)}
    empty.pop("index", None)
    empty.pop("source", None)
    return known.model_copy(update=empty)
