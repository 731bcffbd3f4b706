"""Merging: the reports of one incident in, one record out; every field says who supports it and who differs."""

from __future__ import annotations

from .incident import merge

__all__ = ["merge"]
