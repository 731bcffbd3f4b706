"""The scheduled digest: what is new in the configured sources, joined to the incidents known, written for readers.

`run_digest` is the way in for code; `summarizer digest` calls it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .config import Config, load_config
    from .running import Outcome, run_digest

_HOMES = {"Config": "config", "load_config": "config", "Outcome": "running", "run_digest": "running"}

__all__ = ["Config", "Outcome", "load_config", "run_digest"]


def __getattr__(name: str) -> object:
    """Load what is asked for: `summarizer --help` needs none of it."""
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
