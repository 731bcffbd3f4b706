"""What is known beside a figure: whether it looks like another one's, a part, or a sum; and in what words it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from summarizer.schemas import Count, Finding, Quantity, ReportBase

from ..comparison import compare, figure, size
from ..comparison.quantities import counts_dead_attackers
from .sides import Setting, Side, listed

FALLING = frozenset({"missing", "captured"})
"""Tolls that go down as an incident goes on: people are found, or freed."""
GROWING = frozenset({"killed", "injured"})
"""Tolls that only go up, the hurt who die aside."""
GIANT = 5
"""How many times the figure of two other origins is not believed of one alone."""
LEAK = 15
"""The least figure that counts as taken from elsewhere when it equals another one: small ones are equal by chance."""
FEW = 3
"""The least toll of another incident that is looked for in a sum."""
FOREIGN = 5
"""The least toll that counts as another incident's when it equals that one's."""
FAR_OUT = 1.25
"""How many times the greatest of the others a figure is, or they are it, that is plainly wrong."""
_NEWS = re.compile(
    r"\b(?:r[io]sen?|rising|climb\w*|gone up|has become|bring\w*|now|has died|have died|later died|final\w*|revis\w*|"
    r"correct\w*|withdr\w+|and not|no longer|still|in all|last|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:final\w*|revis\w*|correct\w*|withdr\w+|and not|not \d|no longer|in all|lower\w*)\b", re.IGNORECASE
)
_ONE_SIDE = re.compile(r"\bon (?:our|their|its) (?:own )?side\b|\bof (?:our|their|its) own\b|\bhere\b", re.IGNORECASE)
_ANYBODY = re.compile(
    r"\b(?:people|persons?|lives|(?<!shot )dead|bod(?:y|ies)|victims?|casualties|toll)\b", re.IGNORECASE
)
_GROUPS = re.compile(
    r"\b(?:(?P<troops>soldiers?|troops|servicem[ae]n|service members?|military)|(?P<police>police\w*|officers?)|"
    r"(?P<guards>guards?|rangers?)|(?P<sailors>sailors?|crew)|(?P<peacekeepers>peacekeepers?|blue helmets?)|"
    r"(?P<locals>civilians?|villagers?|residents?)|(?P<workers>workers?|employees?|staff|contractors?|miners?)|"
    r"(?P<inmates>inmates?|prisoners?)|(?P<passengers>passengers?|tourists?)|(?P<pupils>students?|pupils?|children)|"
    r"(?P<foreigners>foreign\w*)|(?P<fighters>fighters?|raiders?)|(?P<place>on land|here))\b",
    re.IGNORECASE,
)


def suspect(side: Side, setting: Setting) -> bool:
    """Whether a figure looks like that of a part of the people, or one origin alone gives a figure of something else,
    or falls behind what two origins agree on.
    """
    claims = setting.claims
    said = size(side.value)
    greater = [other for other in claims if size(other.value) > said]
    if setting.name in FALLING or news(side):
        return False
    if any(leaves_out(side.words, other.words) for other in greater):
        return True
    if len(side.origins) > 1:
        return False
    if leaked(side, setting) is not None or _lone_giant(side, claims) or _added_up(side, setting):
        return True
    return any(
        len({origin for other in greater if compare(other.value, one.value) != "different" for origin in other.origins})
        > 1
        and not died_since(one, side, setting)
        for one in greater
    )


def _added_up(side: Side, setting: Setting) -> bool:
    """Whether a figure is another side's dead and hurt together."""
    others = [other for other in setting.claims if other is not side]
    return any(figure(side.value) in sums(setting.name, figure(o.value), setting.reports, o.sources) for o in others)


def _lone_giant(side: Side, claims: Sequence[Side]) -> bool:
    """Whether one origin has many times what two others have."""
    less = [other for other in claims if size(other.value) and size(side.value) >= GIANT * size(other.value)]
    return len({origin for other in less for origin in other.origins}) > 1


def news(side: Side) -> bool:
    """Whether its words say that the figure is a new one."""
    return _NEWS.search(side.words) is not None


def corrects(side: Side) -> bool:
    """Whether its words say that a figure given before was wrong."""
    return _CORRECTS.search(side.words) is not None


def of_one_side(words: str) -> bool:
    """Whether they speak of the people of one side, or of one place, alone."""
    return _ONE_SIDE.search(words) is not None


def groups(words: str) -> set[str | None]:
    """The groups of people that the words name."""
    return {match.lastgroup for match in _GROUPS.finditer(words)}


def leaves_out(part: str, whole: str) -> bool:
    """Whether `part` counts one named group of people, where `whole` counts anybody or more groups."""
    if of_one_side(part) and not of_one_side(whole):
        return True
    named, all_named = groups(part), groups(whole)
    if not named or _ANYBODY.search(part) is not None:
        return False
    return (not all_named and _ANYBODY.search(whole) is not None) or named < all_named


def other_group(part: str, whole: str) -> bool:
    """Whether both count named groups of people, and none in common."""
    named, all_named = groups(part), groups(whole)
    return bool(named and all_named) and not named & all_named


def leaked(side: Side, setting: Setting) -> str | None:
    """Why a lone figure is another one's: of another field, of another incident, or two incidents' added up."""
    said, names = figure(side.value), listed(side.sources)
    others = [other for other in setting.claims if other is not side]
    if len(side.origins) > 1 or not others or not isinstance(side.value, Count) or setting.name in FALLING:
        return None
    beside = [(report.source, toll) for report in setting.beside if (toll := _toll(report, setting.name))]
    if _out_of_line(side, others):
        if said >= LEAK and said in elsewhere(setting.name, setting.reports):
            return f"{names} gives {said:,.0f}, which is another figure of this incident"
        if said >= FOREIGN and said in {toll for _, toll in beside}:
            return f"{names} gives {said:,.0f}, which is the figure of another incident"
    far = _out_of_line(side, others)
    own = {toll for source, toll in beside if toll >= FEW and (far or source in side.sources)}
    greatest = max(figure(other.value) for other in others)
    if greatest and said - greatest in own:
        return f"the figure of {names} ({said:,.0f}) adds another incident's {said - greatest:,.0f}"
    return None


def _out_of_line(side: Side, others: Sequence[Side]) -> bool:
    """Whether a figure is no step of a growing toll: twice all others, or undone by a later one."""
    said = figure(side.value)
    undone = any(side.undone_by(other) and figure(other.value) < said for other in others)
    return undone or said >= 2 * max(figure(other.value) for other in others)


def died_since(side: Side, chosen: Side, setting: Setting) -> bool:
    """Whether fewer are hurt because as many more are dead."""
    fewer = figure(side.value) - figure(chosen.value)
    if setting.name != "injured" or fewer <= 0 or not side.earlier_than(chosen):
        return False
    dead = [
        [_toll(report, "killed") or 0 for report in setting.reports if report.source in one.sources]
        for one in (side, chosen)
    ]
    return bool(dead[0] and dead[1]) and max(dead[1]) - min(dead[0]) >= fewer


def _toll(report: ReportBase, name: str) -> int | None:
    found: Any = getattr(report, name, None)
    said = isinstance(found, Finding) and found.verified and isinstance(found.value, Count)
    return int(found.value.figure) if said else None


def sums(name: str, held: float, reports: Sequence[ReportBase], sources: Sequence[str]) -> set[float]:
    """The sums of a toll of the dead or the hurt with the other toll that the same sources give."""
    if name not in {"killed", "injured"}:
        return set()
    other = "injured" if name == "killed" else "killed"
    return {held + toll for report in reports if report.source in sources and (toll := _toll(report, other))}


def attackers_dead(reports: Sequence[ReportBase]) -> set[float]:
    """The attackers' own losses, which stand among an incident's quantities."""
    return {
        float(item.value.value)
        for report in reports
        for item in getattr(report, "quantities", ())
        if item.verified and isinstance(item.value, Quantity) and counts_dead_attackers(item.value)
    }


def parts(setting: Setting, besides: Sequence[str]) -> set[float]:
    """The counts of single groups of people that other sources give for this toll, where they name several."""
    found: set[float] = set()
    for report in setting.reports:
        groups = [
            item.value.count
            for item in getattr(report, "casualty_groups", ())
            if item.verified and item.value is not None and item.value.outcome == setting.name
        ]
        if report.source not in besides and len(groups) > 1:
            found |= {float(count) for count in groups}
    return found


def elsewhere(name: str, reports: Sequence[ReportBase]) -> set[float]:
    """The incident's other figures: other tolls and quantities, as any report gives them."""
    found = {_toll(report, other) for report in reports for other in type(report).model_fields if other != name}
    counted = [item for report in reports for item in getattr(report, "quantities", ()) if name != "quantities"]
    quantities = {float(item.value.value) for item in counted if item.verified and item.value is not None}
    return {float(toll) for toll in found if toll} | quantities
