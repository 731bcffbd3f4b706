"""Reading: from paths, folders, pages and standard input to cleaned articles.

`read_articles` is the way in.  What cannot be read becomes a `Failure` and costs nobody else anything.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cleaning import clean
    from .fetching import Fetcher
    from .reading import Reading, read_articles

_HOMES = {"Fetcher": "fetching", "Reading": "reading", "clean": "cleaning", "read_articles": "reading"}

__all__ = ["Fetcher", "Reading", "clean", "read_articles"]


def __getattr__(name: str) -> object:
    """Load what is asked for: the process that takes pages apart needs none of it, and starts with each run."""
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
