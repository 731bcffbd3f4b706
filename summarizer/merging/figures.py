"""Why two figures differ: the rules for tolls, groups of casualties and quantities, in their order.

The kinds are those of `corpus/FORMAT.md`.  Every rule gives its reason in words; the first that holds decides.
"""

from __future__ import annotations

from summarizer.schemas import Count, Quantity

from ..comparison import compare, figure, may_be_vague
from ..comparison.quantities import (
    grows,
    is_revised,
    on_one_scale,
    other_reference,
    rival_parties,
    same_figure,
    slipped,
)
from .evidence import (
    FALLING,
    FAR_OUT,
    GROWING,
    LEAK,
    attackers_dead,
    corrects,
    died_since,
    groups,
    leaked,
    leaves_out,
    news,
    of_one_side,
    other_group,
    parts,
    sums,
    suspect,
)
from .sides import Reason, Setting, Side, listed


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
        had = f"about {said:,.0f}" if side.value.qualifier == "about" else f"{said:,.0f} at least"
        return "update", f"{names} had {had}, the later figure is {held:,.0f}"
    return "precision", f"the figure of {names} is a vaguer form of {held:,.0f}"


def _tolls(side: Side, chosen: Side, setting: Setting) -> Reason:
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    name = setting.name
    if said == held:
        return "precision", f"{names} calls it otherwise"
    if not (_is_exact(side) and _is_exact(chosen)) and may_be_vague(side.words, chosen.words, said, held):
        return "precision", f"the figure of {names} ({said:,.0f}) is a rounded or vaguer form of {held:,.0f}"
    if said - held in attackers_dead(setting.reports) and name == "killed":
        return "scope", f"{names} counts the attackers' dead too ({said:,.0f})"
    if (leak := leaked(side, setting)) is not None:
        return "error", leak
    if 0 in (said, held) and name not in FALLING and not of_one_side(side.words):
        return "contradiction", f"{names} has {said:,.0f}, where {held:,.0f} stands in {listed(chosen.sources)}"
    if died_since(side, chosen, setting):
        return "update", f"of the {said:,.0f} hurt in {names}, {said - held:,.0f} died since"
    if (scope := _scope(side, chosen, setting)) is not None:
        return "scope", scope
    if before(side, chosen, name) and (said < held or name in FALLING):
        if name not in FALLING and (higher := _known_before(side, setting)) is not None:
            more = f"{listed(higher.sources)} had {figure(higher.value):,.0f}"
            return "contradiction", f"{names} has {said:,.0f} after {more}"
        return "update", f"the later figure, {held:,.0f}, supersedes the {said:,.0f} of {names}"
    return _rivals(side, chosen, setting)


def _is_exact(side: Side) -> bool:
    """Whether its words were read as an exact figure: "over" beside it speaks of something else ("rolled over")."""
    return isinstance(side.value, Count) and side.value.qualifier == "exact"


def _scope(side: Side, chosen: Side, setting: Setting) -> str | None:
    """Whether one of two figures counts only a part of the people, or more than them."""
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    part = f"{names} counts only a part of the people ({said:,.0f} of {held:,.0f})"
    if said < held and (leaves_out(side.words, chosen.words) or other_group(side.words, chosen.words)):
        known = said in parts(setting, side.sources) or _complement(side, chosen, setting)
        if known or not side.earlier_than(chosen) or of_one_side(side.words):
            return part
    if said < held and said in parts(setting, side.sources):
        return part
    if said > held and leaves_out(chosen.words, side.words):
        return f"{names} counts more groups of people ({said:,.0f}) than the {held:,.0f}"
    if said in sums(setting.name, held, setting.reports, chosen.sources):
        return f"the figure of {names} ({said:,.0f}) counts the dead and the hurt together"
    return None


def _complement(side: Side, chosen: Side, setting: Setting) -> bool:
    """Whether another side counts another group, and both together make the chosen figure."""
    said, held = figure(side.value), figure(chosen.value)
    return any(
        figure(other.value) + said == held and groups(other.words) != groups(side.words)
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
        and other.published[0].day < side.published[0].day
        and not other.origins & side.origins
        and not suspect(other, setting)
    ]
    return min(higher, key=lambda other: other.published[0].moment, default=None)


def _rivals(side: Side, chosen: Side, setting: Setting) -> Reason:
    """Figures that mean the same thing and differ, neither grown out of the other."""
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    outnumbered = len(chosen.origins) > len(side.origins)  # of one origin each, nothing says which of them slipped
    if outnumbered and min(said, held) >= LEAK and max(said, held) / min(said, held) in {10, 100, 1000}:
        return "error", f"the figure of {names} ({said:,.0f}) has lost or gained a nought beside {held:,.0f}"
    if side.earlier_than(chosen) and corrects(chosen):
        return "update", f"the later figure, {held:,.0f}, corrects the {said:,.0f} of {names}"
    others = [other for other in setting.claims if other is not side]
    against = {origin for other in others for origin in other.origins} - side.origins
    if len(side.origins) == 1 and len(chosen.origins) > 1:
        return "error", f"the figure of {names} ({said:,.0f}) stands alone against {len(chosen.origins)} origins"
    figures = [figure(other.value) for other in others]
    far_out = said >= FAR_OUT * max(figures) or said * FAR_OUT <= min(figures)
    if len(side.origins) == 1 and len(against) > 1 and far_out:
        return "error", f"the figure of {names} ({said:,.0f}) is far from what {len(against)} other origins give"
    if news(chosen) and said < held:
        newer = f"{listed(chosen.sources)} has the newer figure, {held:,.0f}"
        return "update", f"{newer}, instead of the {said:,.0f} of {names}"
    return "contradiction", f"another figure ({said:,.0f}) stands in {names}, and both cannot be right"


def _quantities(side: Side, chosen: Side) -> Reason | None:
    """Figures of one thing: a slip, another reference, two parties, a vaguer form, growth, else a contradiction."""
    names, (said, held) = listed(side.sources), on_one_scale(side.value, chosen.value)
    told, kept = _in_unit(side.value), _in_unit(chosen.value)
    words = [f"{one.words} {one.value.what}" for one in (side, chosen)]
    if same_figure(side.value, chosen.value):
        return None
    if len(chosen.origins) > len(side.origins) and slipped(side.value, chosen.value):
        return "error", f"the figure of {names} has a wrong unit, or lost or gained noughts, beside {kept}"
    if may_be_vague(words[0], words[1], said, held):
        return "precision", f"the figure of {names} ({told}) is a rounded or vaguer form of {kept}"
    if ("passenger" in words[0]) != ("passenger" in words[1]):
        return "scope", f"{names} and {listed(chosen.sources)} do not count the same people"
    if rival_parties(side.value, chosen.value):
        return "contradiction", f"the figure of {names} ({told}) is another party's"
    if other_reference(side.value, chosen.value):
        return "different_quantity", f"{names} measures something else ({told}, {side.value.what})"
    if side.earlier_than(chosen) and (
        is_revised(chosen.value) or (said < held and (grows(chosen.value) or news(chosen)))
    ):
        return "update", f"the later figure, {kept}, supersedes the {told} of {names}"
    return "contradiction", f"another figure ({told}) stands in {names}, and both cannot be right"


def _in_unit(quantity: Quantity) -> str:
    return f"{quantity.value:,.15g} {quantity.unit or ''}".rstrip()
