"""MUC-4's role fillers: who did it, against what or whom, and with what, as one document's key names them.

Our reports have three roles for MUC-4's five: `perpetrators` are its individuals and organisations, `targets` its
physical and human targets, `weapons` its instruments.  A filler is one entity, under any of its names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .fills import read_fills
from .gold import Filler
from .labelling import Outcome
from .matching import names_meet, values_of
from .metrics import Scores

SLOTS: Mapping[str, tuple[str, ...]] = {
    "perpetrators": ("perp_individual", "perp_org"),
    "targets": ("phys_tgt", "hum_tgt_name", "hum_tgt_desc"),
    "weapons": ("instrument_id",),
}


class _Entity(NamedTuple):
    """A filler in the making: entities that share a name are one, those that share but a description are not."""

    names: frozenset[str]
    descriptions: frozenset[str]
    optional: bool


def read_fillers(templates: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Filler, ...]]:
    """The fillers of a document by role, those of all its templates together, each entity once."""
    return {
        role: tuple(
            Filler(one.names | one.descriptions, one.optional)
            for one in _joined([entity for template in templates for entity in _of(template, slots)])
        )
        for role, slots in SLOTS.items()
    }


def _of(template: Mapping[str, Any], slots: Sequence[str]) -> Iterator[_Entity]:
    spare = "OPTIONAL" in str(template["template"])
    for slot in slots:
        for fill in read_fills(template.get(slot)):
            if fill.names:
                names, told = (frozenset(name.lower() for name in known) for known in (fill.names, fill.about))
                yield _Entity(names, told, spare or fill.optional)


def _joined(entities: Sequence[_Entity]) -> list[_Entity]:
    """Entities that share a name as one, required if any of them is."""
    found: list[_Entity] = []
    for entity in entities:
        same = [one for one in found if one.names & entity.names]
        found = [one for one in found if one not in same]
        every = (entity, *same)
        found.append(
            _Entity(
                frozenset().union(*(one.names for one in every)),
                frozenset().union(*(one.descriptions for one in every)),
                all(one.optional for one in every),
            )
        )
    return found


def score_fillers(outcome: Outcome, scores: Scores) -> None:
    """The names in all reports of a document against the key's; two names of one filler count once."""
    gold = outcome.gold
    if gold.fillers is None:
        return
    for role, wanted in gold.fillers.items():
        said = {item.name.lower(): item.name for report in outcome.stages.grounded for item in values_of(report, role)}
        homes = [_home(name, wanted) for name in said.values()]
        right = {home for home in homes if home is not None and not home.optional}
        given = len(right) + homes.count(None)
        required = sum(not filler.optional for filler in wanted)
        scores.add(f"muc4.{gold.part}_fillers_f1", gold.id, len(right), given, required)


def _home(name: str, wanted: Sequence[Filler]) -> Filler | None:
    """The filler that a name means, a required one rather than an optional one."""
    ordered = sorted(wanted, key=lambda filler: filler.optional)
    return next((filler for filler in ordered if any(names_meet(name, other) for other in filler.names)), None)
