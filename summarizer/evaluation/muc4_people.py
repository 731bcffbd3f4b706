"""MUC-4's human targets as our counts of the killed, the injured and the captured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .fills import Fill, read_fills, read_number

_HARM = {"DEATH": "killed", "INJURY": "injured"}
_NO_HARM = {
    "NO INJURY OR DEATH": ("killed", "injured"), "NO INJURY": ("injured",), "NO DEATH": ("killed",),
}  # fmt: skip
_ZERO = {"low": 0, "best": 0, "high": 0, "qualifier": "exact"}


def casualties(template: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The counts of a template's human targets by outcome, and the outcomes that its key leaves open.

    The dead and the hurt are those with that effect, summed; a kidnapping's human targets are its captured.  An
    outcome is left open by an optional or alternative effect, a target without a number ("PLURAL"), and by a target
    that went unhurt where others did not.
    """
    numbers = _numbers(template)
    effects = list(read_fills(template.get("hum_tgt_effect")))
    found: dict[str, Any] = {}
    unsaid = {outcome for fill in effects if fill.optional or fill.ambiguous for outcome in _HARM.values()}
    for outcome in _HARM.values():
        harmed = [fill for fill in effects if fill.codes and _HARM.get(fill.codes[0]) == outcome]
        spared = [fill for fill in effects if fill.codes and outcome in _NO_HARM.get(fill.codes[0], ())]
        if harmed:
            found[outcome] = _total([numbers.get(name) for fill in harmed for name in fill.names[:1]])
        elif spared and len(spared) == len(effects):
            found[outcome] = _ZERO
        elif spared:
            unsaid.add(outcome)
        if harmed and found[outcome] is None:
            unsaid.add(outcome)
    if "KIDNAPPING" in str(template.get("type")):
        found["captured"] = _total(_each(template, numbers))
        if found["captured"] is None:
            unsaid.add("captured")
    return found, frozenset(unsaid)


def _numbers(template: Mapping[str, Any]) -> dict[str, dict[str, Any] | None]:
    """The number of each human target by every name of it; None where the key gives none or several."""
    return {
        name: read_number(fill.codes[0]) if len(fill.codes) == 1 and not fill.optional else None
        for fill in read_fills(template.get("hum_tgt_number"))
        for name in fill.names
    }


def _each(template: Mapping[str, Any], numbers: Mapping[str, dict[str, Any] | None]) -> list[dict[str, Any] | None]:
    """The number of each human target once."""
    fills: list[Fill] = [fill for fill in read_fills(template.get("hum_tgt_number")) if fill.names]
    return [numbers[fill.names[0]] for fill in fills]


def _total(counts: Sequence[dict[str, Any] | None]) -> dict[str, Any] | None:
    """The sum of counts; None where one is unknown, or where they are of different shapes."""
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return None
    if len(known) == 1:
        return known[0]
    qualifiers = {count["qualifier"] for count in known}
    if qualifiers == {"exact"}:
        number = sum(count["best"] for count in known)
        return {"low": number, "best": number, "high": number, "qualifier": "exact"}
    if qualifiers == {"exact", "at_least"}:
        number = sum(count["low"] for count in known)
        return {"low": number, "best": number, "high": None, "qualifier": "at_least"}
    if qualifiers == {"exact", "about"}:
        return {"low": None, "best": sum(count["best"] for count in known), "high": None, "qualifier": "about"}
    return None
