"""The copy grammar: a GBNF grammar in which every phrase of the answer is a run of the article's own words.

One rule a word: a phrase starts at any word (with or without its opening punctuation), goes on to the next, and may
end at any word, with or without its closing punctuation.  So quotes are verbatim by construction.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import get_args

from summarizer.schemas.values import AttributionStatus, EventType

OPENING = "\"'“‘([—–-"
CLOSING = ".,;:!?\"'”’)]—–-"
MAX_REPORTS = 4
"""As many as the adapter saw in training."""
FIELDS = (
    "type", "stage", "when", "where", "killed", "injured", "missing", "captured", "by", "claim", "targets", "weapons",
)  # fmt: skip
"""What a compact report can say besides its role, in the order in which it is spelled."""

_SHAPE = r"""root ::= "[" report (", " report){0,%(more)d} "]"
report ::= "{\"role\": " role%(fields)s "}"
role ::= "\"main\"" | "\"related\""
stage ::= ", \"stage\": " ("\"attempted\"" | "\"foiled\"" | "\"threatened\"")
claim ::= ", \"claim\": " ("\"claimed\"" | "\"no_claim\"")
by ::= "[" phrase ", " status "]"
phrases ::= "[" phrase (", " phrase){0,2} "]"
type ::= %(types)s
status ::= %(statuses)s
phrase ::= "\"" (%(starts)s) "\"" """
_SPELLED = {
    "type": r"""", \"type\": " type""",
    "stage": "stage?",
    "by": r"""(", \"by\": [" by (", " by){0,2} "]")?""",
    "claim": "claim?",
} | {name: rf"""(", \"{name}\": " phrases)?""" for name in ("targets", "weapons")}


def copy_grammar(text: str, fields: Collection[str] | None = None) -> str:
    """The grammar for a compact answer about `text`, which must be the very text that the prompt shows.

    `fields` are those asked for, all without.  Grows linearly with the number of words.  Raises ValueError
    for a text without words.
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
    shape = _SHAPE % {
        "more": MAX_REPORTS - 1,
        "fields": "".join(f" {_spelled(name)}" for name in FIELDS if fields is None or name in fields),
        "types": _choices(get_args(EventType)),
        "statuses": _choices(get_args(AttributionStatus)),
        "starts": " | ".join(starts),
    }
    return "\n".join([shape.rstrip(), *rules])


def _spelled(field: str) -> str:
    return _SPELLED.get(field, rf"""(", \"{field}\": " phrase)?""")


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
