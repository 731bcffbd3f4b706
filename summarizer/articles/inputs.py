"""From what stands on the command line to the single files, pages and streams that it means."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.errors import ArticleError, ArticleFormatError, ArticleMissingError

from .decoding import SUFFIXES
from .fetching import shown


@dataclass(frozen=True)
class Place:
    """One thing to read; `value` is what to open, `name` what to call it."""

    kind: Literal["file", "url", "stdin"]
    value: str
    name: str


def places(inputs: Sequence[str]) -> Iterator[Place | ArticleError]:
    """What the inputs mean, in their order; an input that means nothing is an error and the others go on."""
    for given in inputs:
        if given == "-":
            yield Place("stdin", given, "standard input")
        elif re.match(r"https?://", given, re.IGNORECASE):
            yield Place("url", given, shown(given))
        elif match := re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", given):
            message = f"{shown(given)}: {match[1]} addresses are not read; give an http(s) address or a file"
            yield ArticleFormatError(message, subject=shown(given))
        else:
            yield from _on_disk(given)


def printable(path: str) -> str:
    """`path` as valid Unicode on one line: file names may be bytes that are no text, or hold line breaks."""
    whole = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in whole)


def _on_disk(given: str) -> Iterator[Place | ArticleError]:
    name = printable(given)
    try:
        if os.path.isdir(given):
            yield from _in_folder(given)
        elif os.path.lexists(given):
            yield Place("file", given, name)
        elif glob.has_magic(given):
            yield from _matching(given)
        else:
            yield _missing(name)
    except ValueError:
        # A path with a null byte in it.
        yield _missing(name)


def _missing(name: str) -> ArticleError:
    return ArticleMissingError(f"{name or 'an empty name'}: no such file or folder; check the path", subject=name)


def _matching(pattern: str) -> Iterator[Place | ArticleError]:
    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        name = printable(pattern)
        yield ArticleMissingError(f"{name}: no file matches; check the pattern", subject=name)
    for path in found:
        if os.path.isdir(path):
            # `**` lists folders beside their files; a folder that `*` names is meant as a whole.
            if "**" not in pattern:
                yield from _in_folder(path)
        else:
            yield Place("file", path, printable(path))


def _in_folder(folder: str) -> Iterator[Place | ArticleError]:
    """The files of known suffixes below `folder`, sorted, hidden ones left out; symbolic links are not followed."""
    closed: list[OSError] = []
    found: list[str] = []
    for parent, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [entry for entry in folders if not entry.startswith(".")]
        wanted = [entry for entry in files if not entry.startswith(".") and Path(entry).suffix.lower() in SUFFIXES]
        found += [os.path.join(parent, entry) for entry in wanted]
    for error in closed:
        name = printable(str(error.filename or folder))
        yield ArticleError(f"{name}: the folder cannot be opened ({error.strerror}); check its rights", subject=name)
    if not found and not closed:
        name = printable(folder)
        kinds = ", ".join(SUFFIXES)
        yield ArticleMissingError(f"{name}: no article in this folder; it takes files in {kinds}", subject=name)
    for path in sorted(found, key=lambda path: Path(path).parts):
        yield Place("file", path, printable(path))
