"""Who did it: the actor inside a longer phrase, and what kind of actor it is."""

from __future__ import annotations

import re
from collections import Counter

from ..lexicon import country_names, kinds, word_set
from ..lexicon.casualty_words import may_be_person
from ..schemas.values import ActorKind
from ..text import fold, fold_keeping_length, words
from .names import normal_name
from .refining import BESIDE, TRIM, kind_beside, kind_of, noun_phrase

_ARTICLES = frozenset(["the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "those", "some"])
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
_OBJECT = re.compile(
    r"\b(?:(?:deaths?|killings?|murders?|wounding|attacks?|strikes?|raids?|rockets?|barrages?) (?:of|on|against|at)|"
    r"kill(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing)|struck|bombed|hit|against|targeting|targeted) (?:[\w’'-]+ ){0,3}$|"
    r"\b(?:town|city|village|port|call|letter|statement|message|video) (?:of|to|for) (?:the )?$"
)
_VERB = re.compile(
    r"\b(?:boarded|hijacked|seized|stormed|entered|attacked|fired|shot|kill|stabbed|ambushed|robbed|hacked|took|burnt?|burned|"
    r"hunting|arrested|detained)\b"
)
_BLAME = re.compile(r"\b(?:by|that|blam\w+|accus\w+|suspect\w*|hold\w*|behind|for|claim\w*|responsib\w+|belong\w*)\b")
_NO_NAME = re.compile(
    r"^(?:he|she|they|we|i|you|it|his|her|our|my|their|its|whose|who|where|behind|both|each|that|which|how|after|police|cops|prosecutors)\b|"
    r"\b(?:is|was|were|has|have|had|did|does|would|says?|said|den(?:y|ies|ied)|admitted|stands?|committed|holds|boarded|"
    r"set fire|burnt|took)\b|^\w+['’]s$|-(?:backed|aligned|linked|led|funded|supported)$|"
    r"^(?:\w+ ){0,2}(?:attacks?|strikes?|raids?|barrages?|rockets?|missiles?|bombings?|blasts?|explosions?)\b",
    re.IGNORECASE,
)
_NOT_NAMES = word_set("no_actor_names")
# "A clan from the Bay", "the coalition led by Riyadh": the name is not the group's.
_GROUP_OF = re.compile(
    r"\b(?:(?:clan|gang|crew|cartel|militia) (?:from|in|around)|(?:coalition|alliance) (?:in|led by))(?: the)? $"
)
# "Back Wall gang", "Saudi-led coalition": alone the name says less, or something else.
_ITS_GROUP = re.compile(
    r"^ (?:clan|coalition|alliance|gang|crew|cartel|force|militias?)\b(?! (?:leader|member|boss|chief|commander)s?\b)"
)


def refine_actor(phrase: str, article: str = "") -> tuple[str, ActorKind]:
    """Who did it: the group or person named in a phrase, a state by its people, else the noun phrase; and its kind."""
    runs = [
        (match.group().strip(TRIM), phrase[match.end() :], match)
        for match in _NAME_RUN.finditer(phrase)
        if normal_name(match.group()) not in _NOT_NAMES and not _undergoes(phrase[: match.start()])
    ]
    named = [run for run in runs if not _BACKED.match(run[1]) and not _accuser(run[0], run[1])]
    for name, after, match in named:
        if group := _GROUP_OF.search(phrase[: match.start()]):
            return _strip_first(phrase[group.start() : match.end()].strip(TRIM)), _kind(phrase)
        country = country_names().get(normal_name(name)) or country_names().get(fold(name.rstrip("'’s")))
        if country is None:
            group = _ITS_GROUP.match(after)
            bare = _strip_first(name) + (group.group() if group else "")
            return bare, _named_kind(bare, after, phrase, article)
        if _FORCES.match(after) or len(named) == 1:
            return (country, "state") if not _people(after) else (_doer(phrase), _kind(phrase))
    return _doer(phrase), _kind(phrase)


_DOER = re.compile(
    r"^(?P<doer>.*?\b(?:\w+s|men|women|people|man|woman|crowd|gang|group|mob|militia|faces?)) (?:\w+ed|"
    r"came|drew|took|set|fell|struck|shot|"
    r"went|has|have|had|was|were|is|are|says?|said|did|burst|broke|stole|blew|hit|left|made|began|threw|drove|rode|ran|cut)\b"
)


def _undergoes(before: str) -> bool:
    """Whether the words before a name make it the one to whom it was done: named there, it did not do it."""
    return _OBJECT.search(before) is not None or (_VERB.search(before) is not None and _BLAME.search(before) is None)


def is_name(name: str) -> bool:
    """Whether words can stand as the name of an actor: no pronoun at their head and no verb in them."""
    return len(name) > 1 and _NO_NAME.search(name) is None


def _doer(phrase: str) -> str:
    """The noun phrase before the verb: "masked men" of "masked men came ashore"."""
    name = noun_phrase(phrase)
    match = _DOER.match(name)
    return match["doer"] if match else name


def subject_before(text: str, article: str) -> tuple[str, ActorKind] | None:
    """The last proper name before a verb that has lost its subject, with its kind; None without a name close by."""
    runs = [match for match in _NAME_RUN.finditer(text) if normal_name(match.group()) not in _NOT_NAMES]
    if not runs or len(text) - runs[-1].end() > BESIDE // 2:
        return None
    name = _strip_first(runs[-1].group().strip(TRIM))
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
    kind = kind_of("actor_kind", name) or kind_of("actor_kind", after[:BESIDE]) or kind_of("actor_kind", phrase)
    kind = kind or kind_beside("actor_kind", name, article) or _kind_around(name, article)
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
