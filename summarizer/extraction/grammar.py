"""The copy grammar: a GBNF grammar in which every phrase of the answer is a run of the article's own words.

One rule a word: a phrase starts at any word (with or without its opening punctuation), goes on to the next, and may
end at any word, with or without its closing punctuation.  So quotes are verbatim by construction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import cast, get_args

from summarizer.schemas.values import AttributionStatus, EventType, Outcome

from .telling import BOTH, OUTCOMES, stretches, weapon_stretches

OPENING = "\"'“‘([—–-"
CLOSING = ".,;:!?\"'”’)]—–-"
MAX_REPORTS = 4
"""As many as the adapter saw in training."""
FIELDS = (
    "type", "stage", "when", "where", "killed", "injured", "missing", "captured", "by", "claim", "targets", "weapons",
)  # fmt: skip
"""What a compact report can say besides its role, in the order in which it is spelled."""

MISHAPS: tuple[EventType, ...] = (
    "transport_accident", "industrial_accident", "fire", "structural_collapse", "natural_disaster", "health_emergency",
)  # fmt: skip
"""Kinds of incident that nobody does to anybody: no perpetrators, no weapons, no targets, no captives."""
NARROWED = (*OUTCOMES, "weapons")
"""The fields whose phrases a narrow grammar holds to what can say them."""
OF_DEEDS = frozenset(["captured", "by", "claim", "targets", "weapons"])

_SHAPE = r"""root ::= "[" %(first)s (", " report){0,%(more)d} "]"
role ::= "\"main\"" | "\"related\""
stage ::= ", \"stage\": " ("\"attempted\"" | "\"foiled\"" | "\"threatened\"")
claim ::= ", \"claim\": " ("\"claimed\"" | "\"no_claim\"")
by ::= "[" phrase ", " status "]"
phrases ::= "[" phrase (", " phrase){0,2} "]"
status ::= %(statuses)s
phrase ::= "\"" (%(starts)s) "\"" """
_SPELLED = {
    "type": '", \\"type\\": "',
    "stage": "stage?",
    "by": r"""(", \"by\": [" by (", " by){0,2} "]")?""",
    "claim": "claim?",
} | {name: rf"""(", \"{name}\": " phrases)?""" for name in ("targets", "weapons")}


def copy_grammar(
    text: str,
    fields: Collection[str] | None = None,
    *,
    narrow: bool = False,
    kinds: Collection[EventType] | None = None,
) -> str:
    """The grammar for a compact answer about `text`, which must be the very text that the prompt shows.

    `fields` are those asked for, all without.  A `narrow` grammar also keeps a small model from answers that could not
    be true: the phrase of a toll is one that can say it (`telling.stretches`), a toll that no sentence speaks of is not
    given, and mishaps have no perpetrators.  `kinds` are those that the first report may be of, all without any.  Grows
    linearly with the number of words.  Raises ValueError for a text without words.
    """
    words = text.split()
    if not words:
        raise ValueError("a copy grammar needs a text with words")
    rules = dict(_word_rules(words))
    told = {name: list(_told_rules(words, name, text)) for name in NARROWED} if narrow else {}
    asked = [name for name in FIELDS if (fields is None or name in fields) and told.get(name, True)]
    spelled = {name: f" {_spelled(name, told=name in told)}" for name in asked}
    every = get_args(EventType)
    reports = dict(_report_rules("report", spelled, every, narrow=narrow))
    first = "report"
    if kinds and "type" in asked:
        first = "first"
        reports |= _report_rules(first, spelled, [kind for kind in every if kind in kinds], narrow=narrow)
    shape = _SHAPE % {
        "more": MAX_REPORTS - 1,
        "first": first,
        "statuses": _choices(get_args(AttributionStatus)),
        "starts": " | ".join(rules),
    }
    spellings = [f"{name} ::= {body}" for name, body in (reports | rules).items()]
    return "\n".join([shape.rstrip(), *spellings, *(rule for name in asked for rule in told.get(name, ()))])


def _word_rules(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A rule for each word, and another for one that may begin a phrase without its opening punctuation."""
    for position, word in enumerate(words):
        onward = f' (" " w{position + 1})?' if position + 1 < len(words) else ""
        yield f"w{position}", _spellings(word, onward)
        bare = word.lstrip(OPENING)
        if bare and bare != word:
            yield f"s{position}", _spellings(bare, onward)


def _report_rules(
    name: str, spelled: Mapping[str, str], kinds: Sequence[EventType], *, narrow: bool
) -> Iterator[tuple[str, str]]:
    """The rules of a report of one of the kinds; a mishap, in a narrow grammar, is without what only deeds have."""
    if "type" not in spelled:
        yield name, _report_form(spelled)
        return
    mishaps = [kind for kind in kinds if narrow and kind in MISHAPS]
    deeds = [kind for kind in kinds if kind not in mishaps]
    forms = []
    for sort, chosen, without in (("deed", deeds, frozenset[str]()), ("mishap", mishaps, OF_DEEDS)):
        if chosen:
            fields = {field: form for field, form in spelled.items() if field not in without}
            forms.append(_report_form(fields | {"type": f"{spelled['type']} {name}-{sort}"}))
            yield f"{name}-{sort}", _choices(chosen)
    yield name, " | ".join(forms)


def _report_form(fields: Mapping[str, str]) -> str:
    return rf'"{{\"role\": " role{"".join(fields.values())} "}}"'


def _spelled(field: str, *, told: bool = False) -> str:
    form = _SPELLED.get(field, rf"""(", \"{field}\": " phrase)?""")
    return form.replace("phrases", f"{field}s").replace("phrase)", f"{field})") if told else form


def _told_rules(words: Sequence[str], field: str, text: str) -> Iterator[str]:
    """The rules of a narrowed field's phrase: one for each word and what the run held before it, then the phrase's own.

    A run may end where it holds all that it must, and goes only where it still can.
    """
    starts: list[str] = []
    found = weapon_stretches(text) if field == "weapons" else stretches(text, cast("Outcome", field))
    for stretch in found:
        waiting, done = [(at, 0) for at in range(len(stretch.marks)) if stretch.may_begin(at)], set[tuple[int, int]]()
        while waiting:
            at, held = waiting.pop()
            if (at, held) in done:
                continue
            done.add((at, held))
            position, now = stretch.first + at, held | stretch.marks[at]
            onward = ""
            if stretch.may_go_on(at + 1, now):
                onward = f' " " {field}{position + 1}x{now}'
                waiting.append((at + 1, now))
            first = not held and stretch.may_begin(at)
            for rule, word in _entries(f"{field}{position}x{held}", words[position], first=first):
                spelled = f"{_literal(word)}{onward}"
                if now == BOTH:
                    spelled = _spellings(word, f" ({onward.strip()})?" if onward else "")
                yield f"{rule} ::= {spelled}"
                starts += [rule] if first else []
    if starts:
        yield rf"""{field} ::= "\"" ({" | ".join(starts)}) "\"" """.rstrip()
        if field == "weapons":
            yield rf"""{field}s ::= "[" {field} (", " {field}){{0,2}} "]" """.rstrip()


def _entries(rule: str, word: str, *, first: bool) -> Iterator[tuple[str, str]]:
    """A word's rule, and where a phrase may begin with it, another for the word without its opening punctuation."""
    yield rule, word
    bare = word.lstrip(OPENING)
    if first and bare and bare != word:
        yield f"{rule}s", bare


def _spellings(word: str, onward: str) -> str:
    """The word whole and then onward, or as the last one without its closing punctuation."""
    last = word.rstrip(CLOSING)
    ending = f" | {_literal(last)}" if last and last != word else ""
    return f"{_literal(word)}{onward}{ending}"


def _literal(word: str) -> str:
    """A GBNF literal of the word as JSON spells it inside a string."""
    spelled = json.dumps(word, ensure_ascii=False)[1:-1]
    return '"' + spelled.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _choices(names: Iterable[str]) -> str:
    return " | ".join(f'"\\"{name}\\""' for name in names)
