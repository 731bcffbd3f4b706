"""Differences in plain words: which of them matter, who brought them, since when the former value stood.  Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from summarizer.rendering.plain import plain
from summarizer.schemas import Source
from summarizer.wording import capital, join_words, label, spell

from .changes import Told

_MOST_NAMES = 3
_TOLLS = frozenset({"Killed", "Injured"})
"""Where a lower figure is a correction; the missing are found, and captives are freed."""
_COME_AND_GONE = frozenset({"added", "removed"})
_MINOR_FIELDS = frozenset({"quantities", "statements", "casualty_groups", "sources"})
_NAMES = frozenset({"location", "targets", "weapons", "perpetrators"})


@dataclass(frozen=True)
class ChangeView:
    """One difference: `by` are the outlets that brought it, `at` when the first of them said so.

    `others` is what other sources say now, where the value is in dispute.
    """

    label: str
    kind: str
    before: str | None
    after: str | None
    by: str
    at: str
    since: str
    matters: bool = True
    others: str = ""

    @property
    def told(self) -> str:
        """The difference in words: `3 → 5`, `18 → 14 (corrected downwards)`."""
        before, after = self.before or "not known", self.after or "not known"
        match self.kind:
            case "set":
                return f"{after} (not known before)"
            case "added":
                return f"new: {after}"
            case "removed":
                return f"{before}: no longer reported"
            case "disputed":
                return f"{before}: now disputed"
            case "settled":
                return f"{after}: no longer disputed"
            case "lowered" if self.label in _TOLLS:
                return f"{before} → {after}, corrected downwards"
        return f"{before} → {after}"


def change_view(
    name: str,
    kind: str,
    before: Told | None,
    after: Told | None,
    sources: Sequence[Source],
    since: str,
    *,
    zone: tzinfo,
    today: str,
) -> ChangeView:
    """One difference in words; `sources` brought it.  The first of them is named, with the time of its article."""
    ordered = sorted(sources, key=lambda source: (source.published or "9999", source.id))
    first = moment_of(ordered[0]) if ordered else None
    local = None if first is None else first.astimezone(zone)
    at = (
        ""
        if local is None
        else f"{local:%H:%M}"
        if local.date().isoformat() == today
        else f"{day_words(local)} {local:%H:%M}"
    )
    by = _named([plain(source.publisher or "an unnamed outlet") for source in ordered])
    one = name not in {"killed", "injured", "missing", "captured"}
    return ChangeView(
        label=capital(plain(label(name, one=one and name != "sources"))),
        kind=kind,
        before=plain(before.text) if before else None,
        after=plain(after.text) if after else None,
        by=by,
        at=at,
        since=since,
        matters=_matters(name, kind, before, after),
    )


def details_of(changes: Sequence[ChangeView]) -> list[str]:
    """The differences that matter less, those of one kind and the same sources together."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    further = [change for change in changes if change.kind != "sources"]
    for change in further or changes:
        name = change.label.lower()
        lead = {"added": f"new {name}", "removed": f"no longer reported, {name}"}.get(change.kind, name)
        told = (change.after if change.kind == "added" else change.before) if change.kind in _COME_AND_GONE else None
        groups[lead, change.by].append(told or change.told)
    outlets = {by for _, by in groups}
    details = [
        f"{lead}: {', '.join(told)}" + (f" ({by})" if by and len(outlets) > 1 else "")
        for (lead, by), told in groups.items()
    ]
    if details and len(outlets) == 1 and (by := outlets.pop()):
        details[-1] += f" ({by})"
    return details


def disputes_together(changes: Sequence[ChangeView]) -> list[ChangeView]:
    """The changes with those together that say of several items of one field that they are disputed now."""
    told: list[ChangeView] = []
    for change in changes:
        at = next((at for at, other in enumerate(told) if other.label == change.label), None)
        if change.kind == "disputed" and at is not None and told[at].kind == "disputed":
            told[at] = replace(told[at], before=f"{told[at].before}, {change.before}", others="")
        else:
            told.append(change)
    return told


def _matters(name: str, kind: str, before: Told | None, after: Told | None) -> bool:
    """Whether a reader must see the difference by itself: tolls, blame, disputes, not how a place is called."""
    if name in _MINOR_FIELDS:
        return False
    if name == "perpetrators" and kind == "changed" and before is not None and after is not None:
        return bool(before.value["status"] != after.value["status"])
    return kind != "refined" and not (kind == "changed" and name in _NAMES)


def moment_of(source: Source) -> datetime | None:
    """When the article was published; None where the day alone is known, or the time zone is not."""
    if not source.published or "T" not in source.published:
        return None
    moment = datetime.fromisoformat(source.published)
    return moment if moment.tzinfo else None


def day_words(moment: datetime) -> str:
    """`15 May`."""
    return f"{moment.day} {moment:%B}"


def _named(outlets: Sequence[str]) -> str:
    """`Savannah Post`, `Savannah Post and Kwanda Daily`, `Savannah Post and two others`."""
    names = list(dict.fromkeys(outlets))
    if len(names) < _MOST_NAMES:
        return join_words(names)
    return f"{names[0]} and {spell(len(names) - 1)} others"
