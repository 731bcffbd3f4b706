"""Rows of gold data by others: JSON Lines, with errors that say the file, the line and what to do."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from summarizer.errors import GoldError


def read_rows(file: Path, needed: Collection[str], *, source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON objects of `file` with their line numbers; empty lines are passed over.

    Raises GoldError for a file that is missing or cannot be read, for a line that is no JSON object, and for one that
    lacks a key of `needed`; `source` says in the message whence the file comes.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise GoldError(f"{file}: no such file; put {source} there", subject=str(file)) from None
    except (OSError, UnicodeDecodeError) as wrong:
        message = f"{file}: cannot be read ({type(wrong).__name__}); it must be JSON Lines in UTF-8"
        raise GoldError(message, subject=str(file)) from wrong
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, _row(file, number, line, needed, source)


def _row(file: Path, number: int, line: str, needed: Collection[str], source: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as wrong:
        raise bad_row(file, number, f"no JSON ({wrong})", source) from wrong
    if not isinstance(row, dict):
        raise bad_row(file, number, f"a JSON {type(row).__name__} instead of an object", source)
    missing = sorted(set(needed) - set(row))
    if missing:
        raise bad_row(file, number, f"lacks {', '.join(missing)}", source)
    return row


def bad_row(file: Path, number: int, what: str, source: str) -> GoldError:
    """The error for a row that cannot be used."""
    return GoldError(f"{file}:{number}: {what}; compare it with {source}", subject=str(file))
