"""Whether words that name somebody give them the part that an answer says: who speaks of a deed did not do it."""

from __future__ import annotations

import re

from ..lexicon import country_names, weapon_pattern
from ..schemas import Perpetrator
from ..text import fold
from .names import normal_name
from .refining import kind_of
from .scenes import Scene
from .timewords import MONTHS

_SPEAKS = re.compile(
    r"^(?:,|, [^,.\n]{1,90},| \([^)\n]{1,60}\))? (?:also |later |only )?"
    r"(?:said|says|noted|notes|told|added|warned|tweeted|wrote|declined|did not (?:blame|name|say|comment)|condemned|"
    r"called (?:for|on)|urged|expressed)\b"
)
_DEED = re.compile(
    r"\b(?:claim\w*|admit\w*|den(?:y|ies|ied)|carried out|behind|respons\w+|accus\w+|blam\w+|suspect\w*|charged|"
    r"arrested)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\b(?:in|across|inside|throughout|within)(?: the)?\s+$")
_EVENT = re.compile(
    r"^(?:the |a |an )?(?:[\w’'-]+ ){0,3}"
    r"(?:attack|strike|airstrike|raid|bombing|blast|explosion|assault|shooting|killing)s?"
    r"(?: (?:in|on|of|at|last|this)\b.*)?$",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\bsources?\b", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"\b(?:police|minist\w+|prosecut\w+|army|military|officials?|authorit\w+|governors?|government|president|courts?|"
    r"coast ?guard|sheriff|spokes\w+|charged|arrest\w+|commissioner|indict\w*|general|colonel|commander|mayor)\b",
    re.IGNORECASE,
)
_AFTER = 120
"""Characters behind the quote in which its verb is looked for."""


def why_not_perpetrator(value: Perpetrator, scene: Scene) -> str | None:
    """Why the words give no part in the deed to whom they name; None where they may.

    Armed groups speak of what they did themselves, so words of speaking tell nothing of them.
    """
    text = scene.passages.text
    if weapon_pattern().fullmatch(fold(value.name)):
        return "its words name a weapon"
    if _DEED.search(scene.quote) or value.status in {"claimed", "denied"}:
        return None
    is_group = kind_of("actor_kind", f"{value.name} {scene.quote}") == "armed_group"
    if not is_group and _SPEAKS.match(text[scene.end : scene.end + _AFTER]):
        return "its words name who speaks of it"
    if normal_name(scene.quote) in country_names() and _INSIDE.search(text[max(0, scene.start - 20) : scene.start]):
        return "its words name where it was"
    return None


def blamed_by_a_source(scene: Scene) -> bool:
    """Whether the sentence cites a source and no authority: whom an unnamed source blames is suspected, no more."""
    return _SOURCE.search(scene.sentence) is not None and _AUTHORITY.search(scene.sentence) is None


def why_not_target(name: str) -> str | None:
    """Why a name is none of a target: it is the deed itself, or a month."""
    if _EVENT.match(name):
        return "its words name the deed itself"
    return "its words name a time" if name.strip().lower() in MONTHS else None
