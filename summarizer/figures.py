"""Why two figures differ: the rules for tolls, groups of casualties and quantities, in their order.

The kinds are those of `corpus/FORMAT.md`.  Every rule gives its reason in words; the first that holds decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from summarizer.schemas import Count, Finding, Quantity, ReportBase

from .comparison import compare, figure, may_be_vague
from .quantities import grows, is_revised, other_reference, rival_parties, same_figure, slipped
from .sides import Reason, Setting, Side, listed

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
_ONE_SIDE = re.compile(r"\bon (?:our|their|its) (?:own )?side\b|\bof (?:our|their|its) own\b", re.IGNORECASE)
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


def why_figures_differ(side: Side, chosen: Side, setting: Setting) -> Reason | None:
    """Why a claimed figure is not the chosen one; None where the difference says nothing to a reader."""
    if isinstance(chosen.value, Quantity):
        return _quantities(side, chosen)
    return _alike(side, chosen) if compare(side.value, chosen.value) != "different" else _tolls(side, chosen, setting)


def _alike(side: Side, chosen: Side) -> Reason | None:
    """Figures that can both be right."""
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    if said == held:
        return None
    if side.earlier_than(chosen) and said < held and isinstance(side.value, Count) and side.value.best is not None:
        return "update", f"{names} had {said:g} at least, the later figure is {held:g}"
    return "precision", f"the figure of {names} is a vaguer form of {held:g}"


def _tolls(side: Side, chosen: Side, setting: Setting) -> Reason:
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    name = setting.name
    if said == held:
        return "precision", f"{names} calls it otherwise"
    if may_be_vague(side.words, chosen.words, said, held):
        return "precision", f"the figure of {names} ({said:g}) is a rounded or vaguer form of {held:g}"
    if (leak := leaked(side, setting)) is not None:
        return "error", leak
    if 0 in (said, held) and name not in FALLING:
        return "contradiction", f"{names} has {said:g}, where {held:g} stands in {listed(chosen.sources)}"
    if died_since(side, chosen, setting):
        return "update", f"of the {said:g} hurt in {names}, {said - held:g} died since"
    if (scope := _scope(side, chosen, setting)) is not None:
        return "scope", scope
    if before(side, chosen, name) and (said < held or name in FALLING):
        if name not in FALLING and (higher := _known_before(side, setting)) is not None:
            return "contradiction", f"{names} has {said:g} after {listed(higher.sources)} had {figure(higher.value):g}"
        return "update", f"the later figure, {held:g}, supersedes the {said:g} of {names}"
    return _rivals(side, chosen, setting)


def _scope(side: Side, chosen: Side, setting: Setting) -> str | None:
    """Whether one of two figures counts only a part of the people, or more than them."""
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    part = f"{names} counts only a part of the people ({said:g} of {held:g})"
    if said < held and (leaves_out(side.words, chosen.words) or _other_group(side.words, chosen.words)):
        known = said in parts(setting, side.sources) or _complement(side, chosen, setting)
        if known or not side.earlier_than(chosen) or _ONE_SIDE.search(side.words):
            return part
    if said < held and said in parts(setting, side.sources):
        return part
    if said > held and leaves_out(chosen.words, side.words):
        return f"{names} counts more groups of people ({said:g}) than the {held:g}"
    if said in sums(setting.name, held, setting.reports, chosen.sources):
        return f"the figure of {names} ({said:g}) counts the dead and the hurt together"
    return None


def _complement(side: Side, chosen: Side, setting: Setting) -> bool:
    """Whether another side counts another group, and both together make the chosen figure."""
    said, held = figure(side.value), figure(chosen.value)
    return any(
        figure(other.value) + said == held and _groups(other.words) != _groups(side.words)
        for other in setting.claims
        if other is not side
    )


def before(side: Side, chosen: Side, name: str) -> bool:
    """Whether a figure was said before another; an undated one comes last where it goes on as the toll goes."""
    if chosen.published or not side.published:
        return side.earlier_than(chosen)
    said, held = figure(side.value), figure(chosen.value)
    return said < held < 2 * said if name in GROWING else name in FALLING and held < said


def _known_before(side: Side, setting: Setting) -> Side | None:
    """A side with a higher figure that another origin published on an earlier day: tolls of the dead only grow."""
    higher = [
        other
        for other in setting.claims
        if figure(other.value) > figure(side.value)
        and other.published
        and side.published
        and other.published[0][0].date() < side.published[0][0].date()
        and not other.origins & side.origins
    ]
    return min(higher, key=lambda other: other.published[0], default=None)


def _rivals(side: Side, chosen: Side, setting: Setting) -> Reason:
    """Figures that mean the same thing and differ, neither grown out of the other."""
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    if min(said, held) >= LEAK and max(said, held) / min(said, held) in {10, 100, 1000}:
        return "error", f"the figure of {names} ({said:g}) has lost or gained a nought beside {held:g}"
    if side.earlier_than(chosen) and _CORRECTS.search(chosen.words):
        return "update", f"the later figure, {held:g}, corrects the {said:g} of {names}"
    others = [other for other in setting.claims if other is not side]
    against = {origin for other in others for origin in other.origins} - side.origins
    if len(side.origins) == 1 and len(chosen.origins) > 1:
        return "error", f"the figure of {names} ({said:g}) stands alone against {len(chosen.origins)} origins"
    figures = [figure(other.value) for other in others]
    far_out = said >= FAR_OUT * max(figures) or said * FAR_OUT <= min(figures)
    if len(side.origins) == 1 and len(against) > 1 and far_out:
        return "error", f"the figure of {names} ({said:g}) is far from what {len(against)} other origins give"
    if news(chosen) and said < held:
        return "update", f"{listed(chosen.sources)} has the newer figure, {held:g}, instead of the {said:g} of {names}"
    return "contradiction", f"another figure ({said:g}) stands in {names}, and both cannot be right"


def _quantities(side: Side, chosen: Side) -> Reason | None:
    """Figures of one thing: a slip, another reference, two parties, a vaguer form, growth, else a contradiction."""
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    words = [f"{one.words} {one.value.what}" for one in (side, chosen)]
    if same_figure(side.value, chosen.value):
        return None
    if slipped(side.value, chosen.value):
        return "error", f"the figure of {names} has a wrong unit, or lost or gained noughts, beside {held:g}"
    if may_be_vague(words[0], words[1], said, held):
        return "precision", f"the figure of {names} ({said:g}) is a rounded or vaguer form of {held:g}"
    if ("passenger" in words[0]) != ("passenger" in words[1]):
        return "scope", f"{names} and {listed(chosen.sources)} do not count the same people"
    if rival_parties(side.value, chosen.value):
        return "contradiction", f"the figure of {names} ({said:g}) is another party's"
    if other_reference(side.value, chosen.value):
        return "different_quantity", f"{names} measures something else ({said:g}, {side.value.what})"
    if side.earlier_than(chosen) and (
        is_revised(chosen.value) or (said < held and (grows(chosen.value) or news(chosen)))
    ):
        return "update", f"the later figure, {held:g}, supersedes the {said:g} of {names}"
    return "contradiction", f"another figure ({said:g}) stands in {names}, and both cannot be right"


def suspect(side: Side, setting: Setting) -> bool:
    """Whether a figure looks like that of a part of the people, or one origin alone gives a figure of something else,
    or falls behind what two origins agree on.
    """
    claims = setting.claims
    said = figure(side.value)
    greater = [other for other in claims if figure(other.value) > said]
    if setting.name in FALLING or news(side):
        return False
    if any(leaves_out(side.words, other.words) for other in greater):
        return True
    if len(side.origins) > 1:
        return False
    if leaked(side, setting) is not None or _lone_giant(side, claims):
        return True
    return any(
        len({origin for other in greater if compare(other.value, one.value) != "different" for origin in other.origins})
        > 1
        and not died_since(one, side, setting)
        for one in greater
    )


def _lone_giant(side: Side, claims: Sequence[Side]) -> bool:
    """Whether one origin has many times what two others have."""
    less = [other for other in claims if figure(other.value) and figure(side.value) >= GIANT * figure(other.value)]
    return len({origin for other in less for origin in other.origins}) > 1


def news(side: Side) -> bool:
    """Whether its words say that the figure is a new one."""
    return _NEWS.search(side.words) is not None


def _groups(words: str) -> set[str | None]:
    return {match.lastgroup for match in _GROUPS.finditer(words)}


def leaves_out(part: str, whole: str) -> bool:
    """Whether `part` counts one named group of people, where `whole` counts anybody or more groups."""
    if _ONE_SIDE.search(part) and not _ONE_SIDE.search(whole):
        return True
    named, all_named = _groups(part), _groups(whole)
    if not named or _ANYBODY.search(part) is not None:
        return False
    return (not all_named and _ANYBODY.search(whole) is not None) or named < all_named


def _other_group(part: str, whole: str) -> bool:
    """Whether both count named groups of people, and none in common."""
    named, all_named = _groups(part), _groups(whole)
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
            return f"{names} gives {said:g}, which is another figure of this incident"
        if said >= FOREIGN and said in {toll for _, toll in beside}:
            return f"{names} gives {said:g}, which is the figure of another incident"
    far = _out_of_line(side, others)
    own = {toll for source, toll in beside if toll >= FEW and (far or source in side.sources)}
    for other in others:
        if figure(other.value) and said - figure(other.value) in own:
            return f"the figure of {names} ({said:g}) adds another incident's {said - figure(other.value):g}"
    return None


def _out_of_line(side: Side, others: Sequence[Side]) -> bool:
    """Whether a figure is no step of a growing toll: twice all others, or undone by a later one."""
    said = figure(side.value)
    undone = any(side.earlier_than(other) and figure(other.value) < said for other in others)
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
