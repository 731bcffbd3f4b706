"""Articles longer than a model's context: cut at paragraphs, and the parts' reports joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from nupunkt import sent_spans

from summarizer.lexicon import small_words
from summarizer.schemas import Finding, Report


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
    signs = [_alike(known.date, other.date), _alike(known.location, other.location)]
    return types[0] == types[1] and False not in signs and (other.role == "main" or True in signs)


def _alike(one: Finding[Any] | None, other: Finding[Any] | None) -> bool | None:
    """Whether two findings could be the same: their values agree, or their words share a name; None if one is empty."""
    if one is None or other is None:
        return None
    if one.value is not None and one.value == other.value:
        return True
    words, others = _telling(one.quote or ""), _telling(other.quote or "")
    return bool(words & others) if words and others else None


def _telling(quote: str) -> set[str]:
    """The words of a quote that are names or figures; all of them where none is."""
    words = set(re.findall(r"\w{3,}", quote.casefold()))
    return words - small_words() or words


def _filled(known: Report, other: Report) -> Report:
    empty = {name: getattr(other, name) for name in Report.model_fields if not getattr(known, name)}
    empty.pop("index", None)
    empty.pop("source", None)
    return known.model_copy(update=empty)
