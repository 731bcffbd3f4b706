"""Why sources differ: the kind of each conflict, and what a careful reader should carry forward.

Each claim that is not the chosen value is judged by itself, by the rules of `_kind_of_figures` and its siblings, in
their order; a field's conflict is of its gravest claim's kind, and says the reason for every claim.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from summarizer.schemas import (
    CasualtyGroup,
    Claim,
    Conflict,
    ConflictKind,
    Count,
    DateSpan,
    Finding,
    Perpetrator,
    Place,
    Quantity,
    ReportBase,
    Source,
    Value,
)
from summarizer.schemas.article import instant

from .comparison import FAMILIES, compare, figure, may_be_vague

Said = tuple[str, Finding[Any]]
Reason = tuple[ConflictKind, str]
FALLING = frozenset({"missing", "captured"})
"""Tolls that go down as an incident goes on: people are found, or freed."""
GRAVITY = ["contradiction", "error", "attribution", "scope", "different_quantity", "update", "precision"]
"""Which kind speaks for a field whose claims differ from the chosen value in several ways."""
LEAK = 15
"""The least figure that counts as taken from elsewhere when it equals another one: small ones are equal by chance."""
FAR_OUT = 1.25
"""How many times the greatest of the others a figure is, or they are it, that is plainly wrong."""
_NEWS = re.compile(
    r"\b(?:r[io]sen?|rising|climb\w*|gone up|has become|bring\w*|now|has died|have died|later died|final\w*|revis\w*|"
    r"correct\w*|withdr\w+|and not|no longer|still|in all|last|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"\b(?:people|persons?|lives|(?<!shot )dead|bod(?:y|ies)|victims?|casualties|toll)\b", re.IGNORECASE
)
_GROUPS = re.compile(
    r"\b(?:(?P<troops>soldiers?|troops|servicem[ae]n|service members?|military)|(?P<police>police\w*|officers?)|"
    r"(?P<guards>guards?|rangers?)|(?P<sailors>sailors?|crew)|(?P<peacekeepers>peacekeepers?|blue helmets?)|"
    r"(?P<locals>civilians?|villagers?|residents?)|(?P<workers>workers?|employees?|staff|contractors?|miners?)|"
    r"(?P<inmates>inmates?|prisoners?)|(?P<passengers>passengers?|tourists?)|(?P<pupils>students?|pupils?|children)|"
    r"(?P<foreigners>foreign\w*)|(?P<fighters>fighters?|raiders?)|(?P<side>on (?:our|their) side|on land|here))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Side:
    """One claim: a value, the findings that make it, and what is known of their sources."""

    value: Any
    said: tuple[Said, ...]
    origins: frozenset[str]
    published: tuple[tuple[datetime, str], ...]
    """When its dated sources came out, in UTC and in order; a bare date counts from its midnight."""

    @property
    def sources(self) -> list[str]:
        return [source for source, _ in self.said]

    @property
    def words(self) -> str:
        return " … ".join(found.quote or "" for _, found in self.said)

    @property
    def day(self) -> str:
        """The day of its last dated source, in UTC; empty without one."""
        return self.published[-1][0].date().isoformat() if self.published else ""

    def earlier_than(self, other: Side) -> bool:
        """Whether it was said before the other side was first said."""
        return bool(self.published and other.published) and self.published[0][0] < other.published[0][0]


def sides(said: Sequence[Said], sources: Mapping[str, Source]) -> list[Side]:
    """The distinct verified values with who says them, in the order of their first source."""
    claims: defaultdict[str, list[Said]] = defaultdict(list)
    for source, found in said:
        if found.verified and found.value is not None:
            claims[spelled(found.value)].append((source, found))
    return [_side(group, sources) for group in claims.values()]


def _side(group: Sequence[Said], sources: Mapping[str, Source]) -> Side:
    origins = frozenset(sources[source].origin for source, _ in group)
    dated = [(_published(sources[source]), source) for source, _ in group if sources[source].published]
    return Side(group[0][1].value, tuple(group), origins, tuple(sorted(dated, key=lambda item: item[0])))


def spelled(value: Any) -> str:
    """A value as text, equal for equal values only."""
    return value.model_dump_json() if isinstance(value, Value) else str(value)


def _published(source: Source) -> datetime:
    return instant(source.published or "")


def explain(
    name: str, value: Any, said: Sequence[Said], sources: Mapping[str, Source], reports: Sequence[ReportBase]
) -> Conflict[Any] | None:
    """The conflict among the verified findings of one field, or None where they say the same.

    `name` is the field's, `value` the chosen value, `said` every finding by source; `sources` give publish times and
    origins, `reports` the incident's other figures.
    """
    claims = sides(said, sources)
    chosen = next((side for side in claims if side.value == value), None)
    if chosen is None or len(claims) < 2:
        return None
    reasons = [
        reason
        for side in claims
        if side is not chosen and (reason := _reason(name, side, chosen, claims, reports)) is not None
    ]
    if not reasons:
        return None
    kind = min((kind for kind, _ in reasons), key=GRAVITY.index)
    ordered = sorted(dict.fromkeys(reasons), key=lambda reason: GRAVITY.index(reason[0]))
    return Conflict[Any](
        kind=kind,
        claims=[Claim[Any](value=side.value, sources=side.sources) for side in claims],
        resolved=None if kind == "contradiction" else value,
        why="; ".join(why for _, why in ordered),
    )


def _reason(
    name: str, side: Side, chosen: Side, claims: Sequence[Side], reports: Sequence[ReportBase]
) -> Reason | None:
    """Why one claim is not the chosen one; None where the difference says nothing to a reader."""
    names = listed(side.sources)
    agrees = compare(side.value, chosen.value) != "different"
    if isinstance(chosen.value, Count | CasualtyGroup | Quantity):
        return _kind_of_figures(name, side, chosen, claims, reports)
    if isinstance(chosen.value, Perpetrator):
        if agrees and side.value.status == chosen.value.status:
            return None
        return "attribution", f"how sure it is who did it reads otherwise in {names}"
    if isinstance(chosen.value, DateSpan):
        if agrees:
            return "precision", f"{names} gives the time less exactly or a longer one"
        return "contradiction", f"another time stands in {names}, and both cannot be right"
    if isinstance(chosen.value, str):
        return _kind_of_word(side, chosen)
    if agrees:
        return None
    if isinstance(chosen.value, Place) and len({side.value.country, chosen.value.country} - {None}) > 1:
        return "contradiction", f"another country stands in {names}, and both cannot be right"
    return "precision", f"{names} names another part of it, a wider one, or calls it otherwise"


def _kind_of_word(side: Side, chosen: Side) -> Reason:
    """Enumerations: what was not known at first is an update, a neighbouring word a vaguer one."""
    names = listed(side.sources)
    if side.earlier_than(chosen) and not (chosen.value == "no_claim" or side.origins & chosen.origins):
        return "update", f"the later word supersedes that of {names}"
    if {side.value, chosen.value} == {"claimed", "no_claim"} and chosen.value == "claimed":
        return "update", f"the claim was not known to {names}"
    if side.value == "other" or any({side.value, chosen.value} <= family for family in FAMILIES):
        return "precision", f"{names} calls it by a neighbouring word"
    if len(side.origins) == 1 and len(chosen.origins) > 1:
        return "error", f"{names} stands alone against {len(chosen.origins)} independent origins"
    return "contradiction", f"something else stands in {names}, and both cannot be right"


def listed(sources: Sequence[str]) -> str:
    """The sources in words: `s1`, `s1 and s2`, `s1, s2 and s3`."""
    *first, last = sources
    return f"{', '.join(first)} and {last}" if first else last


def _kind_of_figures(
    name: str, side: Side, chosen: Side, claims: Sequence[Side], reports: Sequence[ReportBase]
) -> Reason | None:
    """Tolls and other figures; the first rule that holds gives the kind."""
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    earlier = side.earlier_than(chosen)
    agrees = compare(side.value, chosen.value) != "different"
    if said == held:
        return None if agrees else ("precision", f"{names} calls it otherwise")
    if agrees:
        if earlier and said < held and isinstance(side.value, Count) and side.value.best is not None:
            return "update", f"{names} had {said:g} at least, the later figure is {held:g}"
        return "precision", f"the figure of {names} is a vaguer form of {held:g}"
    if may_be_vague(side.words, chosen.words, said, held):
        return "precision", f"the figure of {names} ({said:g}) is a rounded or vaguer form of {held:g}"
    if _died_since(name, side, chosen, reports):
        return "update", f"of the {said:g} hurt in {names}, {said - held:g} died since"
    if earlier and (said < held or name in FALLING):
        if said < held and leaves_out(side.words, chosen.words) and _GROUPS.search(chosen.words):
            return "scope", f"{names} counts only a part of the people ({said:g} of {held:g})"
        return "update", f"the later figure, {held:g}, supersedes the {said:g} of {names}"
    if said > held and leaves_out(chosen.words, side.words):
        return "scope", f"{names} counts more groups of people ({said:g}) than the {held:g}"
    if said in sums(name, held, reports, chosen.sources):
        return "scope", f"the figure of {names} ({said:g}) counts the dead and the hurt together"
    if said < held and (said in parts(name, reports, side.sources) or leaves_out(side.words, chosen.words)):
        return "scope", f"{names} counts only a part of the people ({said:g} of {held:g})"
    return _kind_of_rivals(name, side, chosen, claims, reports)


def _kind_of_rivals(
    name: str, side: Side, chosen: Side, claims: Sequence[Side], reports: Sequence[ReportBase]
) -> Reason:
    """Figures that mean the same thing and differ, neither grown out of the other."""
    names, said, held = listed(side.sources), figure(side.value), figure(chosen.value)
    if min(said, held) >= LEAK and max(said, held) / min(said, held) in {10, 100, 1000}:
        return "error", f"the figure of {names} ({said:g}) has lost or gained a nought beside {held:g}"
    if said >= LEAK and said in elsewhere(name, reports):
        return "error", f"{names} gives {said:g}, which is another figure of this incident"
    if side.earlier_than(chosen) and news(chosen):
        return "update", f"the later figure, {held:g}, corrects the {said:g} of {names}"
    others = [other for other in claims if other is not side]
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


def news(side: Side) -> bool:
    """Whether its words say that the figure is a new one."""
    return _NEWS.search(side.words) is not None


def leaves_out(part: str, whole: str) -> bool:
    """Whether `part` counts one named group of people, where `whole` counts anybody or more groups."""
    named, all_named = ({match.lastgroup for match in _GROUPS.finditer(text)} for text in (part, whole))
    if not named or _ANYBODY.search(part) is not None:
        return False
    return (not all_named and _ANYBODY.search(whole) is not None) or named < all_named


def _died_since(name: str, side: Side, chosen: Side, reports: Sequence[ReportBase]) -> bool:
    """Whether fewer are hurt because as many more are dead."""
    fewer = figure(side.value) - figure(chosen.value)
    if name != "injured" or fewer <= 0 or not side.earlier_than(chosen):
        return False
    dead = [[_toll(report, "killed") or 0 for report in reports if report.source in s.sources] for s in (side, chosen)]
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


def parts(name: str, reports: Sequence[ReportBase], besides: Sequence[str]) -> set[float]:
    """The counts of single groups of people that other sources give for this toll, where they name several."""
    found: set[float] = set()
    for report in reports:
        groups = [
            item.value.count
            for item in getattr(report, "casualty_groups", ())
            if item.verified and item.value is not None and item.value.outcome == name
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
