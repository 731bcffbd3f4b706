"""What every response model is: a pydantic model that turns into reports."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from .report import Report


class AnswerBase(BaseModel):
    """What a model is asked for.  A response model of your own subclasses this and says how it becomes reports."""

    def to_reports(self) -> Sequence[Report]:
        """The reports of the answer, the main one first."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it becomes reports")
