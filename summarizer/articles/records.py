"""Articles as JSON: one object, a list, a set file with an `articles` list, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from summarizer.errors import ArticleEmptyError, ArticleError, ArticleFormatError

from .drafts import Draft

Found = Draft | ArticleError
_WANTED = 'an object with a "text", a list of them, or {"articles": [...]} is needed'


def parse_json(text: str, name: str) -> Iterator[Found]:
    """The drafts of a JSON text; an object that is no article is an error of its own and the others go on.

    Raises ArticleFormatError where the text is no JSON or holds no articles.
    """
    value = _loaded(text, name)
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if isinstance(value, dict):
        yield _draft(value, name)
        return
    if not isinstance(value, list):
        raise ArticleFormatError(f"{name}: JSON without an article; {_WANTED}", subject=name)
    if not value:
        raise ArticleEmptyError(f"{name}: the list holds no article; add one", subject=name)
    for number, entry in enumerate(value, 1):
        yield _draft(entry, f"{name}, article {number}")


def parse_jsonl(text: str, name: str) -> Iterator[Found]:
    """The drafts of a JSONL text; a bad line is an error of its own and the others go on."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        label = f"{name}, line {number}"
        try:
            entry = _loaded(line, label)
        except ArticleError as error:
            yield error
        else:
            yield _draft(entry, label)


def is_jsonl(text: str) -> bool:
    """Whether the first line is an object by itself and another one follows."""
    first, _, rest = text.strip().partition("\n")
    try:
        return isinstance(json.loads(first), dict) and rest.lstrip().startswith("{")
    except (ValueError, RecursionError):
        return False


def _loaded(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"column {error.colno}" if "\n" not in text else f"line {error.lineno}, column {error.colno}"
        message = f"{name}: invalid JSON at {where}: {error.msg}; mend it there and run again"
        raise ArticleFormatError(message, subject=name) from error
    except (ValueError, RecursionError) as error:
        message = f"{name}: JSON nested or numbered beyond reason; check where the file comes from"
        raise ArticleFormatError(message, subject=name) from error


def _draft(entry: object, name: str) -> Found:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        return ArticleFormatError(f"{name}: no article; {_WANTED}", subject=name)

    def text_of(key: str) -> str | None:
        value = entry.get(key)
        return value if isinstance(value, str) else None

    return Draft(
        name=name,
        text=entry["text"],
        publisher=text_of("publisher"),
        title=text_of("title"),
        published=text_of("published"),
        url=text_of("url"),
    )
