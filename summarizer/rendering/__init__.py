"""A summary as JSON, as Markdown and as a table for the terminal.

Articles, and so everything quoted from them, are untrusted: what is printed carries no control characters, no
terminal sequences, no markup of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .as_json import as_json
from .markdown import as_markdown

if TYPE_CHECKING:
    from rich.console import Console

    from ..schemas import Summary

__all__ = ["print_table", "render"]


def render(summary: Summary, format: Literal["json", "md"], *, quotes: bool = False) -> str:
    """The summary as text that ends in a newline; `quotes` adds the proving words (JSON always has them)."""
    if format == "json":
        return as_json(summary)
    if format == "md":
        return as_markdown(summary, quotes=quotes)
    raise ValueError(f"no such format: {format!r}; there are 'json' and 'md'")


def print_table(summary: Summary, console: Console, *, quotes: bool = False) -> None:
    """Print the summary on a rich console, as wide as that is; `quotes` adds the proving words."""
    from .table import print_summary

    print_summary(summary, console, quotes=quotes)
