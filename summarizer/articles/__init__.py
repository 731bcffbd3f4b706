"""Reading: from paths, folders, pages and standard input to cleaned articles.

`read_articles` is the way in.  What cannot be read becomes a `Failure` and costs nobody else anything.
"""

from __future__ import annotations

from .cleaning import clean
from .fetching import Fetcher
from .reading import Reading, read_articles

__all__ = ["Fetcher", "Reading", "clean", "read_articles"]
