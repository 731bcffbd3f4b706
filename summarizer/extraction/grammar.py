"""The copy grammar: a GBNF grammar in which every phrase of the answer is a run of the article's own words.

One rule a word: a phrase starts at any word (with or without its opening punctuation), goes on to the next, and may
end at any word, with or without its closing punctuation.  So quotes are verbatim by construction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from operator import or_
from typing import get_args

from summarizer.schemas.values import AttributionStatus, EventType, Outcome

from .telling import BOTH, OUTCOMES, stretches

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
"""Kinds of incident that nobody does to anybody: no perpetrators, no weapons, no targets."""
OF_DEEDS = frozenset(["by", "claim", "targets", "weapons"])

_SHAPE = r"""root ::= "[" report (", " report){0,%(more)d} "]"
report ::= "{\"role\": " role%(fields)s "}"%(or_mishap)s
role ::= "\"main\"" | "\"related\""
stage ::= ", \"stage\": " ("\"attempted\"" | "\"foiled\"" | "\"threatened\"")
claim ::= ", \"claim\": " ("\"claimed\"" | "\"no_claim\"")
by ::= "[" phrase ", " status "]"
phrases ::= "[" phrase (", " phrase){0,2} "]"
type ::= %(types)s
mishap ::= %(mishaps)s
status ::= %(statuses)s
phrase ::= "\"" (%(starts)s) "\"" """
_SPELLED = {
    "type": r"""", \"type\": " type""",
    "stage": "stage?",
    "by": r"""(", \"by\": [" by (", " by){0,2} "]")?""",
    "claim": "claim?",
} | {name: rf"""(", \"{name}\": " phrases)?""" for name in ("targets", "weapons")}


def copy_grammar(text: str, fields: Collection[str] | None = None, *, narrow: bool = False) -> str:
    """The grammar for a compact answer about `text`, which must be the very text that the prompt shows.

    `fields` are those asked for, all without.  A `narrow` grammar also keeps a small model from answers that could not
    be true: the phrase of a toll is one that can say it (`telling.stretches`), a toll that no sentence speaks of is not
    given, and mishaps have no perpetrators.  Grows linearly with the number of words.  Raises ValueError for a text
    without words.
    """
    words = text.split()
    if not words:
        raise ValueError("a copy grammar needs a text with words")
    rules: list[str] = []
    starts: list[str] = []
    for position, word in enumerate(words):
        onward = f' (" " w{position + 1})?' if position + 1 < len(words) else ""
        rules.append(f"w{position} ::= {_spellings(word, onward)}")
        starts.append(f"w{position}")
        bare = word.lstrip(OPENING)
        if bare and bare != word:
            rules.append(f"s{position} ::= {_spellings(bare, onward)}")
            starts.append(f"s{position}")
    tolls = {name: list(_toll_rules(words, name, text)) for name in OUTCOMES} if narrow else {}
    asked = [name for name in FIELDS if (fields is None or name in fields) and tolls.get(name, True)]
    spelled = {name: f" {_spelled(name, toll=name in tolls)}" for name in asked}
    kinds = get_args(EventType)
    or_mishap = ""
    if narrow and "type" in asked:
        kinds = tuple(kind for kind in kinds if kind not in MISHAPS)
        of_mishap = {name: form for name, form in spelled.items() if name not in OF_DEEDS}
        of_mishap["type"] = spelled["type"].removesuffix("type") + "mishap"
        or_mishap = rf' | "{{\"role\": " role{"".join(of_mishap.values())} "}}"'
    shape = _SHAPE % {
        "more": MAX_REPORTS - 1,
        "fields": "".join(spelled.values()),
        "or_mishap": or_mishap,
        "types": _choices(kinds),
        "mishaps": _choices(MISHAPS),
        "statuses": _choices(get_args(AttributionStatus)),
        "starts": " | ".join(starts),
    }
    return "\n".join([shape.rstrip(), *rules, *(rule for name in asked for rule in tolls.get(name, ()))])


def _spelled(field: str, *, toll: bool = False) -> str:
    return _SPELLED.get(field, rf"""(", \"{field}\": " {field if toll else "phrase"})?""")


def _toll_rules(words: Sequence[str], outcome: Outcome, text: str) -> Iterator[str]:
    """The rules of a toll's phrase: one for each word and what the run held before it, then the rule of the phrase.

    A run may end where it holds all that it must, and goes only where it still can.
    """
    starts: list[str] = []
    for first, marks in stretches(text, outcome):
        ahead = [*accumulate(reversed(marks), or_)][::-1]
        waiting, done = [(at, 0) for at in range(len(marks)) if ahead[at] == BOTH], set[tuple[int, int]]()
        while waiting:
            at, held = waiting.pop()
            if (at, held) in done:
                continue
            done.add((at, held))
            now = held | marks[at]
            onward = ""
            if at + 1 < len(marks) and now | ahead[at + 1] == BOTH:
                onward = f' " " {outcome}{first + at + 1}x{now}'
                waiting.append((at + 1, now))
            for rule, word in _entries(f"{outcome}{first + at}x{held}", words[first + at], first=held == 0):
                spelled = f"{_literal(word)}{onward}"
                if now == BOTH:
                    spelled = _spellings(word, f" ({onward.strip()})?" if onward else "")
                yield f"{rule} ::= {spelled}"
                starts += [rule] if held == 0 else []
    if starts:
        yield rf"""{outcome} ::= "\"" ({" | ".join(starts)}) "\"" """.rstrip()


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


def _choices(names: tuple[str, ...]) -> str:
    return " | ".join(f'"\\"{name}\\""' for name in names)
