"""An answer without the values that the model was not sure of.

A server that is asked for them gives with each token the probability that the model gave it before the grammar took
its choice.  Where the grammar made the model say what it would not have said, or where it wavered between two phrases,
that probability is low, and the value is more often wrong than right: then nothing is said instead.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

ASKED: Mapping[str, Any] = {"logprobs": True, "top_logprobs": 1}
"""What a request needs so that its answer tells how sure each token is."""
REPORT = "report"
"""The name under which it stands how sure a further report of an answer must be."""
STATUS = "status"
"""The name under which it stands how sure the status of a perpetrator must be."""
_ALWAYS = frozenset(["role", "type"])
"""What a report cannot be without."""
_OF_NO_INCIDENT = _ALWAYS | {"stage", "claim"}
_LEXEME = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')


class Said(NamedTuple):
    """A string of an answer and where its words stand, without the quotation marks, in bytes."""

    text: str
    start: int
    end: int


def sure_answer(choice: Mapping[str, Any], least: Mapping[str, float]) -> str | None:
    """The answer in a choice of a chat completion (its JSON), saying only what the model was sure of.

    `least` is by field how probable each token of a value must have been.  An answer that was cut off, one without
    probabilities, or one whose tokens do not spell it, is given back as it is.
    """
    content: str | None = choice["message"].get("content")
    told = (choice.get("logprobs") or {}).get("content")
    if not content or not told or not least or choice.get("finish_reason") != "stop":
        return content
    sure = _Sureness(told)
    if sure.spelled != content.encode():
        return content
    return json.dumps(list(_kept(_read(content), sure, least)), ensure_ascii=False)


class _Sureness:
    """The least probability of the tokens that a stretch of an answer is made of."""

    def __init__(self, tokens: Sequence[Mapping[str, Any]]) -> None:
        spelled = [bytes(token.get("bytes") or token["token"].encode()) for token in tokens]
        self.spelled = b"".join(spelled)
        self._ends = list(accumulate(map(len, spelled)))
        self._starts = [0, *self._ends[:-1]]
        self._shares = [math.exp(token["logprob"]) for token in tokens]

    def of(self, *stretches: tuple[int, int]) -> float:
        """Of all tokens that hold a part of one of the stretches (start and end in bytes)."""
        return min(
            (
                share
                for begin, end, share in zip(self._starts, self._ends, self._shares, strict=True)
                if any(begin < stop and end > start for start, stop in stretches)
            ),
            default=1.0,
        )


def _kept(reports: Any, sure: _Sureness, least: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    """The reports as JSON values, without what is doubtful.

    The first one stays; further ones end with the first that the model doubted, and go when nothing is left of them.
    """
    before = 0
    for number, report in enumerate(reports):
        opening, before = (before, report[0][0].start), _end(report)
        if number and sure.of(opening) < least.get(REPORT, 0.0):
            return
        said = {key.text: value for key, held in report if (value := _value(key, held, sure, least)) is not None}
        if not number or len(said) == len(report) or said.keys() - _OF_NO_INCIDENT:
            yield said


def _value(key: Said, held: Any, sure: _Sureness, least: Mapping[str, float]) -> Any:
    """What a field says, without doubtful items; None where nothing is left."""
    enough, named = least.get(key.text, 0.0), (key.start, key.end)
    if isinstance(held, Said):
        if key.text in _ALWAYS:
            return held.text
        # That it was carried out is the one thing that a doubtful stage does not say.
        judged = [named] if key.text == "stage" else [named, (held.start, held.end)]
        return held.text if sure.of(*judged) >= enough else None
    kept, before = [], key.end
    for item in held:
        name, *status = item if isinstance(item, list) else [item]
        wanted = (before, name.start), (name.start, name.end)
        before = max(end for _, end in _stretches(item))
        if sure.of(named, *wanted) >= enough and sure.of(*_stretches(status)) >= least.get(STATUS, 0.0):
            kept.append(_plain(item))
    return kept or None


def _stretches(held: Any) -> list[tuple[int, int]]:
    return (
        [(held.start, held.end)] if isinstance(held, Said) else [place for part in held for place in _stretches(part)]
    )


def _plain(held: Any) -> Any:
    return held.text if isinstance(held, Said) else [_plain(part) for part in held]


def _end(report: Any) -> int:
    return max(end for _, held in report for _, end in _stretches(held))


def _read(content: str) -> Any:
    """The answer with the place of each string: lists as lists, objects as lists of pairs.  It holds nothing else."""
    open_: list[list[Any]] = [[]]
    at, byte = 0, 0
    for match in _LEXEME.finditer(content):
        byte, at = byte + len(content[at : match.start()].encode()), match.start()
        lexeme = match[0]
        if lexeme in "[{":
            open_.append([])
        elif lexeme in "]}":
            done = open_.pop()
            open_[-1].append(list(zip(done[::2], done[1::2], strict=True)) if lexeme == "}" else done)
        else:
            open_[-1].append(Said(json.loads(lexeme), byte + 1, byte + len(lexeme.encode()) - 1))
    return open_[0][0]
