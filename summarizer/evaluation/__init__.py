"""Evaluation: any model, or the gold reports themselves, scored against gold data.

Gold sets come from `load_sets`; `evaluate_gold_reports` and `evaluate_model` score them; `print_evaluation` shows an
`Evaluation`, which is also its own JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from .gold import GoldSet, load_gold
from .running import Evaluation, evaluate_gold_reports, evaluate_model, read_evaluation

__all__ = [
    "Evaluation",
    "GoldSet",
    "evaluate_gold_reports",
    "evaluate_model",
    "load_gold",
    "load_sets",
    "read_evaluation",
]

Data = Literal["corpus", "muc4", "gva"]


def load_sets(paths: Sequence[Path], data: Data = "corpus", *, limit: int | None = None) -> list[GoldSet]:
    """The gold sets of all paths, the first `limit` of them.  Raises GoldError for a path that holds none."""
    from . import gva, muc4

    load = {"corpus": load_gold, "muc4": muc4.load, "gva": gva.load}[data]
    return list(islice(chain.from_iterable(load(path, limit=limit) for path in paths), limit))
