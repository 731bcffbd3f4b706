"""Several news articles in, one typed incident record out; every field says which sources support it.

from summarizer import read_articles, summarize

reading = read_articles(["articles/*.txt"])
summary = summarize(reading.articles, failures=reading.failures)
print(summary.incidents[0].killed.value)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .alignment import align
    from .articles import Reading, read_articles
    from .errors import SummarizerError
    from .extraction import Extraction, Extractor
    from .grounding import ground
    from .merging import merge
    from .narration import narrate
    from .origins import group_origins
    from .pipeline import aextract, asummarize, combine, extract, summarize
    from .rendering import render
    from .schemas import Article, Count, DateSpan, Field, GroundedReport, Incident, Place, Report, Summary, silent
    from .settings import Settings, load_settings

_HOMES = {
    "Article": "schemas",
    "Count": "schemas",
    "DateSpan": "schemas",
    "Extraction": "extraction",
    "Extractor": "extraction",
    "Field": "schemas",
    "GroundedReport": "schemas",
    "Incident": "schemas",
    "Place": "schemas",
    "Reading": "articles",
    "Report": "schemas",
    "Settings": "settings",
    "Summary": "schemas",
    "SummarizerError": "errors",
    "aextract": "pipeline",
    "align": "alignment",
    "asummarize": "pipeline",
    "combine": "pipeline",
    "extract": "pipeline",
    "ground": "grounding",
    "group_origins": "origins",
    "load_settings": "settings",
    "merge": "merging",
    "narrate": "narration",
    "read_articles": "articles",
    "render": "rendering",
    "silent": "schemas",
    "summarize": "pipeline",
}
__version__ = "0.1.0"

__all__ = [
    "Article",
    "Count",
    "DateSpan",
    "Extraction",
    "Extractor",
    "Field",
    "GroundedReport",
    "Incident",
    "Place",
    "Reading",
    "Report",
    "Settings",
    "SummarizerError",
    "Summary",
    "aextract",
    "align",
    "asummarize",
    "combine",
    "extract",
    "ground",
    "group_origins",
    "load_settings",
    "merge",
    "narrate",
    "read_articles",
    "render",
    "silent",
    "summarize",
]


def __getattr__(name: str) -> object:
    """Load what is asked for: `summarizer --help` and a cached run need little of the package."""
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
