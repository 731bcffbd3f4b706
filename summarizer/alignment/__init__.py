"""Alignment: all reports in, one cluster for each real incident out, and why its reports are together."""

from __future__ import annotations

from .clustering import Cluster, align, borrow_dates

__all__ = ["Cluster", "align", "borrow_dates"]
