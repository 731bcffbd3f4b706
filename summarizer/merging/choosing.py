"""Choosing: which of the sides of a field is carried forward, and the named rule that says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from summarizer.schemas import CasualtyGroup, Count, DateSpan, Place, Quantity

from ..comparison import compare, figure, size
from .evidence import news, suspect
from .figures import before
from .sides import Setting, Side, listed, spelled


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
        return _most_specific(claims)
    if {side.value for side in claims} == {"claimed", "no_claim"}:
        return "claimed", "a claim outlasts reports that nobody claimed it"
    return _majority(claims)


def _latest(setting: Setting) -> tuple[Any, str]:
    """Latest verified figure for tolls (they grow as bodies are found), vague and suspect figures aside.

    Of the figures of one day, the one in words of news ("has climbed to") comes first, then the one of most origins,
    then the one of the latest hour where hours are given, then the one of most sources, then the greatest.
    The dead and the hurt become more, the missing fewer: an undated figure that goes this way counts as the latest.
    """
    claims = setting.claims
    sharp = [one for one in claims if not any(_is_vaguer(one, other) for other in claims)] or list(claims)
    sound = [one for one in sharp if not suspect(one, setting)] or sharp
    dated = [side for side in sound if side.day]

    def undated_growth(side: Side) -> bool:
        return not side.day and bool(dated) and all(before(other, side, setting.name) for other in dated)

    best, rule = _decided(
        sound,
        [
            (undated_growth, lambda best: f"where the toll went ({best.sources[0]}, undated)"),
            (lambda side: side.day, _last_told),
            (news, lambda best: f"figure in words of news{_when(best)}"),
            (lambda side: len(side.origins), _of_origins),
            (_hour, _last_told),
            (lambda side: len(side.said), lambda best: f"figure of most sources{_when(best)}"),
            (lambda side: size(side.value), lambda best: f"greatest figure{_when(best)}"),
            (lambda side: 0, _last_told),
        ],
    )
    aside = {
        "vaguer": _told_later(best, [side for side in claims if side not in sharp]),
        "doubtful": _told_later(best, [side for side in sharp if side not in sound]),
    }
    notes = [f"{kind} later ones set aside: {listed(sources)}" for kind, sources in aside.items() if sources]
    return best.value, "; ".join([rule, *notes])


Criterion = tuple[Callable[[Side], Any], Callable[[Side], str]]
"""What a side is judged by, and how the rule is called where that decides."""


def _decided(sides: Sequence[Side], criteria: Sequence[Criterion]) -> tuple[Side, str]:
    """The side that is best by the first criterion that tells it from the others, and the name of that rule.

    The last criterion names the rule where none tells the sides apart.
    """
    left = list(sides)
    for judged, called in criteria:
        greatest = max(judged(side) for side in left)
        rest = [side for side in left if judged(side) == greatest]
        if len(rest) == 1 < len(left):
            return rest[0], called(rest[0])
        left = rest
    return left[0], criteria[-1][1](left[0])


def _last_told(side: Side) -> str:
    if not side.published:
        return f"verified figure ({side.sources[0]}, undated)"
    return f"latest verified figure ({side.published[-1].source}, {side.day})"


def _when(side: Side) -> str:
    return f" on the latest day ({side.day})" if side.day else ", none dated"


def _of_origins(side: Side) -> str:
    """The origins behind it, and how many of them stand on its last day."""
    on_day = {told.origin for told in side.published if told.day.isoformat() == side.day}
    if side.day and on_day < side.origins:
        return f"figure of {len(side.origins)} origins, {len(on_day)} of them on the latest day ({side.day})"
    return f"figure of {len(side.origins)} origins{_when(side)}"


def _hour(side: Side) -> float:
    return max((told.moment.timestamp() for told in side.published if told.timed), default=0.0)


def _told_later(best: Side, aside: Sequence[Side]) -> list[str]:
    """The sources that have one of the figures set aside and came out on a later day than the chosen figure."""
    return [told.source for side in aside for told in side.published if told.day.isoformat() > best.day != ""]


def _is_vaguer(one: Side, other: Side) -> bool:
    """Whether it is a vaguer form of another; a higher "at least" is none, for it is a newer floor."""
    is_floor = isinstance(one.value, Count) and one.value.qualifier == "at_least"
    is_higher = is_floor and figure(one.value) > figure(other.value)
    return compare(other.value, one.value) == "narrower" and not is_higher


def _most_specific(claims: Sequence[Side]) -> tuple[Any, str]:
    def agreeing(side: Side) -> list[Side]:
        return [one for one in claims if compare(side.value, one.value) != "different"]

    def standing(side: Side) -> tuple[int, int, int, str]:
        backing = {origin for one in agreeing(side) for origin in one.origins}
        sharper = sum(compare(side.value, one.value) in {"narrower", "equal"} for one in claims for _ in one.said)
        return len(backing), sharper, -claims.index(side), spelled(side.value)

    best = max(claims, key=standing)
    with_it = agreeing(best)
    sharpest = all(compare(best.value, one.value) in {"narrower", "equal"} for one in with_it)
    if len(with_it) == len(claims):
        return best.value, "most specific of the agreeing values" if sharpest else "value that agrees with all others"
    total = len({origin for one in claims for origin in one.origins})
    share = f"{len({origin for one in with_it for origin in one.origins})} of {total} origins"
    return best.value, f"most specific of the values of {share}" if sharpest else f"agrees with the values of {share}"


def _majority(claims: Sequence[Side]) -> tuple[Any, str]:
    total = len({origin for side in claims for origin in side.origins})

    def most(side: Side) -> str:
        share = f"{len(side.origins)} of {total}"
        return f"majority of origins ({share})" if 2 * len(side.origins) > total else f"most origins ({share})"

    best, rule = _decided(
        claims,
        [
            (lambda side: len(side.origins), most),
            (lambda side: len(side.said), lambda best: f"most sources, of as many origins ({len(best.said)})"),
            (lambda side: side.day, lambda best: f"latest of equally backed values ({best.day})"),
            (lambda side: spelled(side.value), lambda best: "one of equally backed values"),
        ],
    )
    return best.value, rule
