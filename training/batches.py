"""Examples as tokens, and tokens as batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.extraction.grammar import FIELDS

from .example import Example, answer_text, request_text


@dataclass(frozen=True)
class Row:
    """One example in tokens: the request, and the answer with the token that ends it."""

    id: str
    set: str
    request: tuple[int, ...]
    answer: tuple[int, ...]
    whole: bool = True
    """Whether all fields are asked for, as at run time."""
    plain: bool = True
    """Whether it is as it was written, not altered for training."""

    def __len__(self) -> int:
        return len(self.request) + len(self.answer)


def rows(examples: Sequence[Example], tokenizer: Any, *, longest: int) -> list[Row]:
    """The examples in tokens; those longer than `longest` tokens are left out, for cut ones would teach falsehoods."""
    done = []
    for one in examples:
        request = tokenizer(request_text(one)).input_ids
        answer = tokenizer(answer_text(one), add_special_tokens=False).input_ids
        ended = (*answer, tokenizer.eos_token_id)
        done.append(Row(one.id, one.set, tuple(request), ended, one.fields == FIELDS, one.altered == 0))
    return [row for row in done if len(row) <= longest]


def held_out(names: Sequence[str], *, number: int, seed: int) -> frozenset[str]:
    """The sets that are not trained on but validated with: whole ones, so that no other article tells their story."""
    ordered = sorted(set(names))
    return frozenset(random.Random(seed).sample(ordered, min(number, len(ordered) // 2)))


def batches(data: Sequence[Row], *, tokens: int, seed: int) -> Iterator[list[Row]]:
    """One pass over the data in a seeded order, in batches of at most `tokens` tokens, padding included.

    Rows of like length share a batch: neighbours of a seeded shuffle are sorted by length, cut into batches, and the
    batches shuffled again.
    """
    chance = random.Random(seed)
    shuffled = list(data)
    chance.shuffle(shuffled)
    window = 64
    for start in range(0, len(shuffled), window):
        found = list(_cut(sorted(shuffled[start : start + window], key=len), tokens))
        chance.shuffle(found)
        yield from found


def _cut(ordered: Sequence[Row], tokens: int) -> Iterator[list[Row]]:
    held: list[Row] = []
    for row in ordered:
        if held and len(row) * (len(held) + 1) > tokens:
            yield held
            held = []
        held.append(row)
    if held:
        yield held


def padded(batch: Sequence[Row], pad: int) -> tuple[list[list[int]], list[tuple[int, int]], list[int]]:
    """A batch as lists of one length, the places (row, position) before each answer token, and those tokens.

    Padding stands at the end, where causal attention lets nothing look at it: no mask is needed.
    """
    longest = max(map(len, batch))
    ids = [[*row.request, *row.answer, *[pad] * (longest - len(row))] for row in batch]
    places = [(at, len(row.request) + step - 1) for at, row in enumerate(batch) for step in range(len(row.answer))]
    return ids, places, [token for row in batch for token in row.answer]
