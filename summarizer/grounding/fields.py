"""What kind of value each field of a report holds, read from the report's class."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from ..schemas import Finding, ReportBase


class FindingField(NamedTuple):
    """A field of findings: the type of their values, and whether it holds several."""

    name: str
    type: Any
    many: bool

    @property
    def choices(self) -> tuple[str, ...]:
        """The values of an enumeration; empty for every other type."""
        return tuple(get_args(self.type)) if get_origin(self.type) is Literal else ()


@cache
def finding_fields(report: type[ReportBase]) -> tuple[FindingField, ...]:
    """The fields of a report class that hold findings, in the order of their definition."""
    found = []
    for name, field in report.model_fields.items():
        held = _held(field.annotation)
        if held is not None:
            found.append(FindingField(name, *held))
    return tuple(found)


def _held(annotation: Any) -> tuple[Any, bool] | None:
    if isinstance(annotation, type) and issubclass(annotation, Finding):
        arguments = annotation.__pydantic_generic_metadata__["args"]
        return (arguments[0] if arguments else Any), False
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return next((held for part in get_args(annotation) if (held := _held(part)) is not None), None)
    if origin in (tuple, list):
        held = _held(get_args(annotation)[0])
        return (held[0], True) if held else None
    return None


def findings(report: ReportBase) -> Iterator[tuple[FindingField, int, Finding[Any]]]:
    """Every finding of a report with its field and its position in the field."""
    for field in finding_fields(type(report)):
        held = getattr(report, field.name)
        if held is None:
            continue
        for position, finding in enumerate(held if field.many else (held,)):
            yield field, position, finding
