"""The same incidents under other names, days and figures, with other noise around them.

    python -m training.augmenting build/corpus.jsonl --forms 20 --out build/augmented.jsonl

Every change is made to text and answer alike and then checked: a form whose phrases are not runs of its words, or do
not say their values any more, is not used.  Pure and seeded: the same example and form give the same result.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from .days import moved
from .example import Example, read, write
from .figures import refigured
from .naming import renamed
from .noise import cleaner, cut_off, noisier, shorter, stray
from .rewriting import sound

Step = Callable[[Example, Random], Example | None]
ROOM = 3_000
"""Characters that a part of an article may have: what is asked at run time is not longer."""
GROUPS: tuple[tuple[str, ...], ...] = (
    ("type", "stage"),
    ("when", "where"),
    ("killed", "injured", "missing", "captured"),
    ("by", "claim"),
    ("targets", "weapons"),
)
"""Fields that may be asked for together."""
ASKED_IN_PART = 0.15
"""How many of the forms ask only for some groups, so that naming fields comes to mean something."""


def altered(example: Example, form: int, others: Sequence[Example]) -> Example:
    """The `form`-th altered form of an example; `others` lend sentences to stray into it."""
    chance = Random(f"{example.id}/{form}")
    steps: list[tuple[float, Step]] = [
        (0.25, lambda one, _: cleaner(one)),
        (0.85, renamed),
        (0.85, moved),
        (0.75, refigured),
        (0.3, shorter),
        (0.2, lambda one, _: cut_off(one)),
        (0.25, lambda one, luck: stray(one, others, luck)),
        (0.35, noisier),
    ]
    for odds, step in steps:
        tried = step(example, chance) if chance.random() < odds else None
        if tried is not None and len(tried.article.text) <= ROOM and sound(tried):
            example = tried
    if chance.random() < ASKED_IN_PART:
        example = _asked_in_part(example, chance)
    return replace(example, id=f"{example.id}/{form}", altered=form)


def _asked_in_part(example: Example, chance: Random) -> Example:
    groups = chance.sample(GROUPS, chance.randint(1, len(GROUPS) - 1))
    asked = example.asking(tuple(name for group in groups for name in group))
    return asked if asked.fields else example


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the altered forms of examples, and say how many of them changed in how much."""
    parser = argparse.ArgumentParser(prog="python -m training.augmenting", description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="a file of examples")
    parser.add_argument("--forms", type=int, default=20, help="altered forms of each example (default 20)")
    parser.add_argument("--out", type=Path, required=True, help="file to write, the examples themselves among them")
    chosen = parser.parse_args(arguments)
    plain = read(chosen.data)
    forms = [altered(one, form, plain) for form in range(1, chosen.forms + 1) for one in plain]
    write([*plain, *forms], chosen.out)
    texts = Counter(one.article.text for one in [*plain, *forms])
    print(f"{len(plain)} examples, {len(forms)} altered forms, {len(texts)} different texts", file=sys.stderr)


if __name__ == "__main__":
    main()
