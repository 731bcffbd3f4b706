"""Builds the list of words that are written small: `python -m training.casing corpus/train corpus/singles`.

The list is data of the package (`summarizer/lexicon/small_words.txt`), by which articles in capitals are shown to the
embedded model in ordinary writing.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from summarizer.evaluation.gold import load_gold
from summarizer.lexicon import SMALL_WORDS

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SHORT = 4
"""Letters of a word that one article alone does not tell us about."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the words that stand small as often as capitalised, in two articles or, longer ones, in one."""
    parser = argparse.ArgumentParser(prog="python -m training.casing", description=__doc__.split("\n")[0])
    parser.add_argument("corpus", nargs="+", type=Path, help="folders of set files (corpus/FORMAT.md)")
    parser.add_argument("--out", type=Path, default=SMALL_WORDS, help=f"default {SMALL_WORDS.name} of the package")
    chosen = parser.parse_args(arguments)
    small, great = Counter[str](), Counter[str]()
    for text in _texts(chosen.corpus):
        found = set(WORD.findall(text))
        small.update(word for word in found if word.islower())
        great.update(word.casefold() for word in found if word.istitle())
    words = sorted(word for word in small if small[word] >= max(great[word], 1 if len(word) > SHORT else 2))
    chosen.out.write_text("\n".join(words) + "\n", encoding="utf-8")
    print(f"{len(words)} words")


def _texts(folders: Sequence[Path]) -> Iterator[str]:
    for folder in folders:
        for gold in load_gold(folder):
            yield from (told.article.text for told in gold.articles)


if __name__ == "__main__":
    main()
