"""The place, target or weapon inside a longer phrase."""

from __future__ import annotations

import re

from ..lexicon import kinds, weapon_pattern
from ..schemas import Place
from ..schemas.values import TargetKind
from ..text import NUMBER_WORDS, fold, fold_keeping_length
from .names import countries_in

TRIM = " \t\n\"'“”‘’«».,;:()-–—"
_LEADING = re.compile(
    r"^(?i:(?:on|in|at|near|from|to|of|by|with|into|inside|outside|off|over|around|through|towards?|against|for|that|was|were)\s+"
    r"(?=\w))?(?i:(?:the|a|an|its|his|her|their|this|that|some)\s+)?",
)
_CLAUSE = re.compile(
    r"\s*(?:,\s*(?:which|who|whose|where|when|that|said|says|killing|wounding|injuring)\b|\b(?:who|which|that|belonging|owned|when|while|after|before)\b).*$",
    re.DOTALL,
)


def noun_phrase(phrase: str) -> str:
    """`phrase` without leading prepositions and articles, relative clauses and outer punctuation."""
    bare = phrase.strip(TRIM)
    cut = _CLAUSE.sub("", bare).strip(TRIM) or bare
    cut = _LEADING.sub("", cut, count=1)
    return cut.strip(TRIM) or bare or phrase.strip()


def refine_place(phrase: str, context: list[str]) -> Place:
    """The place in a phrase.  Its country is the one named there, else the only one that the first of the `context`
    texts to place anything in any ("in Iraq", "eastern Chad") does, else None: a country in which somebody was born,
    or that somebody fights for, is not where it happened."""
    bare = phrase.strip(TRIM) or phrase.strip()
    name = _LEADING.sub("", bare, count=1).strip(TRIM) or bare
    named = countries_in(phrase, peoples=False)
    for text in context:
        named = named or countries_in(text, peoples=False, placed=True)
    return Place(name=name, country=named[0] if len(named) == 1 else None)


def kind_of(section: str, phrase: str) -> str | None:
    """The kind whose words stand first in the section's order (`actor_kind`, `target_kind`), None without any."""
    folded = " ".join(fold(word) for word in phrase.split())
    return next((kind for kind, pattern in kinds(section).items() if pattern.search(folded)), None)


_STRUCK = re.compile(
    r"^(?:[\w-]+ ){0,4}(?:attacks?|strikes?|raids?|assaults?|barrages?|missiles?|rockets?) (?:on|against|at) "
    r"(?P<target>.+)$"
)


def refine_target(phrase: str, article: str = "") -> tuple[str, TargetKind]:
    """The target's noun phrase and its kind, from its own words, else from those beside its name in the article;
    `other` where no word tells."""
    struck = _STRUCK.match(phrase)
    name = _without_number(noun_phrase(struck["target"] if struck else phrase))
    kind = kind_of("target_kind", name) or kind_of("target_kind", phrase) or kind_beside("target_kind", name, article)
    return name, kind or "other"  # type: ignore[return-value]


BESIDE = 60


def kind_beside(section: str, name: str, article: str) -> str | None:
    """The kind that the article gives a proper name in an apposition: "Kataib al-Rimah, an Iran-backed militia"."""
    if not name[:1].isupper():
        return None
    start = article.find(name)
    while start != -1:
        after = article[start + len(name) : start + len(name) + BESIDE]
        before = article[max(0, start - BESIDE // 2) : start]
        apposed = re.match(r"(?:,| \()? ?(?:an?|the|\w+)\b[^.;]*", after)
        beside = (
            apposed.group().split(",")[1 if after.startswith(",") else 0] if apposed else "",
            re.split(r"[.,;]", before)[-1],
        )
        kind = next((kind for text in beside if (kind := kind_of(section, text))), None)
        if kind:
            return kind
        start = article.find(name, start + len(name))
    return None


def refine_weapon(phrase: str) -> str:
    """The weapon named in a phrase: "107mm rockets" of "Eighteen 107mm rockets"; else the noun phrase."""
    folded = fold_keeping_length(phrase)
    match = weapon_pattern().search(folded)
    if match is None:
        return _without_number(noun_phrase(phrase))  # an accelerant, a sling: arms that no list holds
    found = phrase[match.start() : match.end()].strip(TRIM)
    return re.sub(r"^\d+ (?=[A-Za-z])", "", found) or phrase.strip()


def names_weapon(name: str) -> bool:
    """Whether a phrase holds a weapon's word, or is short enough to be the name of one that no list holds."""
    return weapon_pattern().search(fold_keeping_length(name)) is not None or len(name.split()) <= LONGEST_WEAPON


LONGEST_WEAPON = 3
"""Words of the longest weapon without a weapon's word in it: "remote-controlled boats", "ammonium nitrate"."""


def _without_number(phrase: str) -> str:
    head, _, rest = phrase.partition(" ")
    return rest if rest and (fold(head) in NUMBER_WORDS or head.isdigit()) else phrase
