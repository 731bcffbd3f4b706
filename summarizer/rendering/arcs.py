"""The relations between incidents as an arc diagram: the incidents in a row by date, an arc over each related pair."""

from __future__ import annotations

from dataclasses import dataclass

from ..schemas import Incident, Summary
from ..wording import event_noun, is_disputed, is_supported, say
from .plain import plain

GAP, MARGIN, RADIUS, LABELS = 96, 52, 15, 40


@dataclass(frozen=True)
class Node:
    x: int
    number: int
    incident: str
    what: str
    when: str


@dataclass(frozen=True)
class Arc:
    path: str
    arrow: str
    """The points of the arrow's head; empty without one."""
    kind: str
    told: str


@dataclass(frozen=True)
class Arcs:
    width: int
    height: int
    y: int
    """The height at which the incidents stand."""
    nodes: list[Node]
    arcs: list[Arc]


def arcs(summary: Summary) -> Arcs | None:
    """The drawing of the incidents that stand in a relation; None where there is none."""
    numbers = {incident.id: number for number, incident in enumerate(summary.incidents, start=1)}
    pairs = _pairs(summary, numbers)
    joined = {end for pair in pairs for end in pair[:2]}
    standing = sorted(
        (one for one in summary.incidents if one.id in joined), key=lambda one: (_day(one), numbers[one.id])
    )
    if not standing:
        return None
    x = {incident.id: MARGIN + GAP * at for at, incident in enumerate(standing)}
    y = RADIUS + 8 + max((_rise(abs(x[a] - x[b]) // GAP) for a, b, _ in pairs), default=0)
    return Arcs(
        width=2 * MARGIN + GAP * (len(standing) - 1),
        height=y + RADIUS + LABELS,
        y=y,
        nodes=[Node(x[one.id], numbers[one.id], one.id, _what(one), _when(one)) for one in standing],
        arcs=[_arc(x[a], x[b], y, kind, f"{numbers[a]} {say(kind)} {numbers[b]}") for a, b, kind in pairs],
    )


def _pairs(summary: Summary, numbers: dict[str, int]) -> list[tuple[str, str, str]]:
    """Each relation once: answers with their direction, "reported with" without one."""
    found: dict[tuple[str, str, str], None] = {}
    for incident in summary.incidents:
        for relation in incident.relations:
            if relation.incident not in numbers or relation.incident == incident.id:
                continue
            a, b = incident.id, relation.incident
            if relation.kind == "reported_with" and numbers[a] > numbers[b]:
                a, b = b, a
            found[a, b, relation.kind] = None
    return list(found)


def _rise(steps: int) -> int:
    return 14 + 12 * steps


def _arc(start: int, end: int, y: int, kind: str, told: str) -> Arc:
    base = y - RADIUS - 2
    top = base - _rise(abs(start - end) // GAP) * 4 // 3  # a curve rises to three quarters of its control points
    if kind == "reported_with":
        return Arc(f"M{start} {base}C{start} {top} {end} {top} {end} {base}", "", kind, told)
    path = f"M{start} {base}C{start} {top} {end} {top} {end} {base - 7}"
    return Arc(path, f"{end - 5},{base - 8} {end + 5},{base - 8} {end},{base}", kind, told)


def _day(incident: Incident) -> str:
    return incident.date.value.start if incident.date.value else "9999"


def _what(incident: Incident) -> str:
    event = incident.event_type
    if not is_supported(event) or is_disputed(event):
        return "incident"
    return plain(event_noun(str(event.value), short=True))


def _when(incident: Incident) -> str:
    """`8 Mar 2023`: short enough to stand under its neighbour's neighbour."""
    if not is_supported(incident.date) or incident.date.value is None:
        return "no date"
    words = say(incident.date.value).split(" to ")[0].removeprefix("week of ").split()
    return plain(" ".join(word[:3] if word.isalpha() else word for word in words))
