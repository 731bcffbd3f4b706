"""Names: whether one occurs in some words, and the proper name or noun phrase inside a longer phrase."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from ..schemas import Place
from ..schemas.values import ActorKind, TargetKind
from ..text import NUMBER_WORDS, fold, fold_keeping_length, words
from .casualty_words import may_be_person
from .lexicon import country_names, country_pattern, kinds, weapon_pattern, word_set

_ARTICLES = frozenset(["the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "those", "some"])
_LINKS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "near",
        "s",
        "al",
        "el",
        "de",
        "la",
        "du",
        "da",
    ]
)
_TRIM = " \t\n\"'“”‘’«».,;:()-–—"
_LEADING = re.compile(
    r"^(?i:(?:on|in|at|near|from|to|of|by|with|into|inside|outside|off|over|around|through|towards?|against|for|that|was|were)\s+"
    r"(?=\w))?(?i:(?:the|a|an|its|his|her|their|this|that|some)\s+)?",
)
_CLAUSE = re.compile(
    r"\s*(?:,\s*(?:which|who|whose|where|when|that|said|says|killing|wounding|injuring)\b|\b(?:who|which|that|belonging|owned|when|while|after|before)\b).*$",
    re.DOTALL,
)


def normal_name(name: str) -> str:
    """`name` folded for comparison: no case, diacritics, apostrophes, punctuation or leading article."""
    run = words(re.sub(r"(?<=\w)['’‘`ʼʿʾ](?=\w)", "", name))
    while len(run) > 1 and run[0] in _ARTICLES:
        run = run[1:]
    return " ".join(run)


def content_words(name: str) -> list[str]:
    """The words of a name that tell it from another, folded."""
    run = normal_name(name).split()
    return [word for word in run if word not in _ARTICLES and word not in _LINKS] or run


def occurs(name: str, text: str) -> bool:
    """Whether every telling word of the name stands in `text`, in another form or as a country's people included."""
    if _as_country(name, text):
        return True
    return all(_stands(word, text) for word in content_words(name))


def shares_word(name: str, text: str) -> bool:
    """Whether at least one telling word of the name stands in `text`."""
    return _as_country(name, text) or any(_stands(word, text) for word in content_words(name))


def _stands(word: str, text: str) -> bool:
    there = _forms(text)
    if word in there:
        return True
    stem = _stem(word)
    return (len(stem) >= _SHORTEST_STEM and "~" + stem in there) or _as_country(word, text)


_SHORTEST_STEM = 4


@lru_cache(maxsize=256)
def _forms(text: str) -> frozenset[str]:
    """The folded words of a text and, marked, their stems."""
    run = set(normal_name(text).split())
    return frozenset(run | {"~" + _stem(word) for word in run})


def _stem(word: str) -> str:
    """A word without the ending of its plural: `rifles` and `rifle`, `ferries` and `ferry` agree."""
    return word.rstrip("s").rstrip("eiy") if len(word) > _SHORTEST_STEM else word


def _as_country(name: str, text: str) -> bool:
    country = country_names().get(normal_name(name)) or country_names().get(fold(name))
    return country is not None and country in _countries(text)


@lru_cache(maxsize=256)
def _countries(text: str) -> frozenset[str]:
    return frozenset(countries_in(text))


def other_names(phrase: str, name: str) -> bool:
    """Whether the phrase names someone or something with a capital that `name` does not hold."""
    own = set(normal_name(name).split())
    inner = re.findall(r"(?<=[\w,;] )(?:[a-z]{2}-)?[A-Z\u00c0-\u00de][\w’'-]*", phrase)
    return any(not set(normal_name(word).split()) & own for word in inner)


def countries_in(text: str, *, peoples: bool = True) -> list[str]:
    """The countries that `text` names, itself or (`peoples`) by their people, in order, each once."""
    folded = fold_keeping_length(text)
    names = country_names()
    found: dict[str, None] = {}
    for match in country_pattern().finditer(folded):
        word = text[match.start() : match.end()]
        country = names[match.group()]
        if word[:1].isupper() and word != "Us" and (peoples or match.group() == fold(country)):
            found[country] = None
    return list(found)


def noun_phrase(phrase: str) -> str:
    """`phrase` without leading prepositions and articles, relative clauses and outer punctuation."""
    bare = phrase.strip(_TRIM)
    cut = _CLAUSE.sub("", bare).strip(_TRIM) or bare
    cut = _LEADING.sub("", cut, count=1)
    return cut.strip(_TRIM) or bare or phrase.strip()


def refine_place(phrase: str, context: list[str]) -> Place:
    """The place in a phrase.  Its country is the one named there, itself or by its people, else the only one that the
    first of the `context` texts to name any names, else None."""
    bare = phrase.strip(_TRIM) or phrase.strip()
    name = _LEADING.sub("", bare, count=1).strip(_TRIM) or bare
    named = countries_in(phrase, peoples=False) or countries_in(phrase)
    for text in context:
        named = named or countries_in(text, peoples=False)
    return Place(name=name, country=named[0] if len(named) == 1 else None)


def kind_of(section: str, phrase: str) -> str | None:
    """The kind whose words stand first in the section's order (`actor_kind`, `target_kind`), None without any."""
    folded = " ".join(fold(word) for word in phrase.split())
    return next((kind for kind, pattern in kinds(section).items() if pattern.search(folded)), None)


def refine_target(phrase: str, article: str = "") -> tuple[str, TargetKind]:
    """The target's noun phrase and its kind, from its own words, else from those beside its name in the article;
    `other` where no word tells."""
    name = _without_number(noun_phrase(phrase))
    kind = kind_of("target_kind", name) or kind_of("target_kind", phrase) or _kind_beside("target_kind", name, article)
    return name, kind or "other"  # type: ignore[return-value]


_BESIDE = 60


def _kind_beside(section: str, name: str, article: str) -> str | None:
    """The kind that the article gives a proper name in an apposition: "Kataib al-Rimah, an Iran-backed militia"."""
    if not name[:1].isupper():
        return None
    start = article.find(name)
    while start != -1:
        after = article[start + len(name) : start + len(name) + _BESIDE]
        before = article[max(0, start - _BESIDE // 2) : start]
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
        return _without_number(noun_phrase(phrase))
    found = phrase[match.start() : match.end()].strip(_TRIM)
    return re.sub(r"^\d+ (?=[A-Za-z])", "", found) or phrase.strip()


def _without_number(phrase: str) -> str:
    head, _, rest = phrase.partition(" ")
    return rest if rest and (fold(head) in NUMBER_WORDS or head.isdigit()) else phrase


_NAME_RUN = re.compile(
    r"[A-Z\u00c0-\u00de][\w’'-]*(?:\s+(?:(?:al|el|as|ar|ash|de|da|do|dos|del|of|for|the|la|le|di|van|von|bin|ibn|abu)\s+){0,2}"
    r"(?:al-|el-|as-|ar-|ad-|an-|at-)?[A-Z\u00c0-\u00de][\w’'-]*)*"
)
_ACCUSER = re.compile(
    r"^(?:'s|’s)?\s*(?:\w+\s+){0,2}(?:officials?|police|authorit\w+|ministers?|ministry|prosecut\w+|blam\w+|accus\w+|say|says|said|hold|holds|"
    r"attribut\w+|suspect|suspects|maintain\w*|insist\w*|allege\w*|believ\w*|think\w*|point\w*)\b"
)
_DEED = re.compile(
    r"\b(?:claim\w*|admit\w*|den(?:y|ies|ied)|carried|bomb\w*|struck|attack\w*|fired|shelled|killed|"
    r"says? (?:it|they)|said (?:it|they))\b"
)
_BACKED = re.compile(r"^-(?:backed|aligned|linked|led|funded|trained|allied|supported)")
_FORCES = re.compile(
    r"^(?:'s|’s)?\s+(?:\w+\s+){0,2}(?:warplanes?|aircraft|jets?|guns|forces?|army|navy|air\b|troops|soldiers|drones?|artillery|"
    r"strikes?|military|helicopters?|planes|bombers|missiles?|gunners|armed|fighters?-bombers?|units?|marines|own|involvement)"
)
_NOT_NAMES = word_set("no_actor_names")


def refine_actor(phrase: str, article: str = "") -> tuple[str, ActorKind]:
    """Who did it: the group or person named in a phrase, a state by its people, else the noun phrase; and its kind."""
    runs = [
        (match.group().strip(_TRIM), phrase[match.end() :])
        for match in _NAME_RUN.finditer(phrase)
        if normal_name(match.group()) not in _NOT_NAMES
    ]
    named = [(name, after) for name, after in runs if not _BACKED.match(after) and not _accuser(name, after)]
    for name, after in named:
        country = country_names().get(normal_name(name)) or country_names().get(fold(name.rstrip("'’s")))
        if country is None:
            bare = _strip_first(name)
            return bare, _named_kind(bare, after, phrase, article)
        if _FORCES.match(after) or len(named) == 1:
            return (country, "state") if not _people(after) else (_doer(phrase), _kind(phrase))
    return _doer(phrase), _kind(phrase)


_DOER = re.compile(
    r"^(?P<doer>.*?\b(?:\w+s|men|women|people|man|woman|crowd|gang|group|mob|militia|faces?)) (?:\w+ed|"
    r"came|drew|took|set|fell|struck|shot|"
    r"went|has|have|had|was|were|is|are|says?|said|did|burst|broke|stole|blew|hit|left|made|began|threw|drove|rode|ran|cut)\b"
)


def _doer(phrase: str) -> str:
    """The noun phrase before the verb: "masked men" of "masked men came ashore"."""
    name = noun_phrase(phrase)
    match = _DOER.match(name)
    return match["doer"] if match else name


def subject_before(text: str, article: str) -> tuple[str, ActorKind] | None:
    """The last proper name before a verb that has lost its subject, with its kind; None without a name close by."""
    runs = [match for match in _NAME_RUN.finditer(text) if normal_name(match.group()) not in _NOT_NAMES]
    if not runs or len(text) - runs[-1].end() > _BESIDE // 2:
        return None
    name = _strip_first(runs[-1].group().strip(_TRIM))
    if country_names().get(normal_name(name)):
        return None
    return name, _named_kind(name, "", "", article)


def names_someone(phrase: str) -> bool:
    """Whether the words name or mean anyone at all: a proper name, a person, a group, "somebody", a pronoun."""
    folded = phrase.lower()
    if kind_of("actor_kind", phrase) or any(may_be_person(word) for word in words(phrase)):
        return True
    if re.search(
        r"\b(?:some(?:body|one)|unknown|unidentified|he|she|they|we|i|his|her|their|our|person|who|rivals?|gunm[ae]n|attackers?|assailants?|"
        r"raiders?|vandals?|thie(?:f|ves)|culprits?|perpetrators?|accused|subversives?|infiltrators?|clients?|bikers?|pals)\b",
        folded,
    ):
        return True
    return any(normal_name(match.group()) not in _NOT_NAMES for match in _NAME_RUN.finditer(phrase))


def _accuser(name: str, after: str) -> bool:
    return _ACCUSER.match(after) is not None and not _DEED.search(after.split(",", maxsplit=1)[0][:30])


def _strip_first(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and fold(first) in _ARTICLES else name


def _people(after: str) -> bool:
    """Whether a people's name goes on to single persons: "an American contractor", "Israeli settlers"."""
    return (
        re.match(
            r"\s+(?:man|woman|men|settlers?|contractors?|national|student|teenager|citizen|gunm[ae]n|brothers)\b", after
        )
        is not None
    )


def _named_kind(name: str, after: str, phrase: str, article: str) -> ActorKind:
    kind = kind_of("actor_kind", name) or kind_of("actor_kind", after[:_BESIDE]) or kind_of("actor_kind", phrase)
    kind = kind or _kind_beside("actor_kind", name, article) or _kind_around(name, article)
    return kind or "unknown"  # type: ignore[return-value]


_AROUND = 90


def _kind_around(name: str, article: str) -> str | None:
    """Whether most sentences around a name speak of a group or of one person; None where neither is plain."""
    votes = Counter[str]()
    for match in re.finditer(re.escape(name), article):
        around = (
            article[max(0, match.start() - _AROUND) : match.start()]
            + " "
            + article[match.end() : match.end() + _AROUND]
        )
        folded = fold_keeping_length(around)
        votes.update(kind for kind in ("armed_group", "individual") if kinds("actor_kind")[kind].search(folded))
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def _kind(phrase: str) -> ActorKind:
    if re.search(r"\b(?:unknown|unidentified|mystery)\b", phrase.lower()):
        return "unknown"
    return kind_of("actor_kind", phrase) or "unknown"  # type: ignore[return-value]
