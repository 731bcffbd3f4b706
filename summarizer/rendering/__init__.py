"""A summary as JSON, as Markdown, as an HTML report and as a table for the terminal.

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


def render(summary: Summary, format: Literal["json", "md", "html"], *, quotes: bool = False) -> str:
    """The summary as text that ends in a newline; `quotes` adds the proving words (JSON and HTML always have them).

    An HTML report shows the articles' texts where the summary holds them (`with_text`).  Raises ValueError for another
    format.
    """
    if format == "json":
        return as_json(summary)
    if format == "md":
        return as_markdown(summary, quotes=quotes)
    if format == "html":
        from .html import as_html

        return as_html(summary)
    raise ValueError(f"no such format: {format!r}; there are 'json', 'md' and 'html'")


def print_table(summary: Summary, console: Console, *, quotes: bool = False) -> None:
    """Print the summary on a rich console, as wide as that is; `quotes` adds the proving words."""
    from .table import print_summary

    print_summary(summary, console, quotes=quotes)
