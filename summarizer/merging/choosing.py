"""Choosing: which of the sides of a field is carried forward, and the named rule that says why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.schemas import CasualtyGroup, Count, DateSpan, Place, Quantity

from ..comparison import compare, figure, size
from .evidence import news, suspect
from .figures import before
from .sides import Setting, Side, spelled


def choose(setting: Setting) -> tuple[Any, str]:
    """The value and the name of the rule that chose it."""
    claims = setting.claims
    if not claims:
        return None, "no verified value"
    if len(claims) == 1:
        return claims[0].value, "only value"
    if isinstance(claims[0].value, Count | CasualtyGroup | Quantity):
        return _latest(setting)
    if isinstance(claims[0].value, DateSpan | Place):
        return _most_specific(claims), "most specific of the agreeing values"
    if {side.value for side in claims} == {"claimed", "no_claim"}:
        return "claimed", "a claim outlasts reports that nobody claimed it"
    return _majority(claims)


def _latest(setting: Setting) -> tuple[Any, str]:
    """Latest verified figure for tolls (they grow as bodies are found), vague and suspect figures aside.

    Of the figures of one day, the one in words of news ("has climbed to") comes first, then the one of most origins,
    then the one of the latest hour where hours are given, then the one of most sources.
    The dead and the hurt become more, the missing fewer: an undated figure that goes this way counts as the latest.
    """
    claims = setting.claims
    sharp = [one for one in claims if not any(_is_vaguer(one, other) for other in claims)]
    sound = [one for one in sharp or claims if not suspect(one, setting)] or sharp or list(claims)
    dated = [side for side in sound if side.day]

    def undated_growth(side: Side) -> bool:
        return not side.day and bool(dated) and all(before(other, side, setting.name) for other in dated)

    def standing(side: Side) -> tuple[bool, str, bool, int, float, int, float]:
        timed = [told.moment.timestamp() for told in side.published if told.timed]
        backing = len(side.origins), max(timed, default=0.0), len(side.said)
        return undated_growth(side), side.day, news(side), *backing, size(side.value)

    best = max(sound, key=standing)
    if undated_growth(best):
        return best.value, f"where the toll went ({best.sources[0]}, undated)"
    day = best.day or "undated"
    rivals = [one for one in sound if one.day == best.day]
    if len(rivals) > 1 and len(best.origins) > 1:
        return best.value, f"figure of {len(best.origins)} origins on the latest day ({day})"
    return (
        best.value,
        f"latest verified figure ({best.published[-1].source if best.published else best.sources[0]}, {day})",
    )


def _is_vaguer(one: Side, other: Side) -> bool:
    """Whether it is a vaguer form of another; a higher "at least" is none, for it is a newer floor."""
    is_floor = isinstance(one.value, Count) and one.value.qualifier == "at_least"
    is_higher = is_floor and figure(one.value) > figure(other.value)
    return compare(other.value, one.value) == "narrower" and not is_higher


def _most_specific(claims: Sequence[Side]) -> Any:
    def standing(side: Side) -> tuple[int, int, int, str]:
        backing = {origin for one in claims for origin in one.origins if compare(side.value, one.value) != "different"}
        sharper = sum(compare(side.value, one.value) in {"narrower", "equal"} for one in claims for _ in one.said)
        return len(backing), sharper, -claims.index(side), spelled(side.value)

    return max(claims, key=standing).value


def _majority(claims: Sequence[Side]) -> tuple[Any, str]:
    best = max(claims, key=lambda side: (len(side.origins), len(side.said), side.day, spelled(side.value)))
    total = len({origin for side in claims for origin in side.origins})
    return best.value, f"majority of origins ({len(best.origins)} of {total})"
