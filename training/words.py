"""Runs of an article's words, spelled as the copy grammar spells them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summarizer.extraction.asking import folded
from summarizer.extraction.grammar import CLOSING, OPENING


@dataclass(frozen=True)
class Words:
    """The words of a part of an article, as the embedded model is shown them."""

    text: str

    @cached_property
    def all(self) -> tuple[str, ...]:
        return tuple(folded(self.text).split())

    def run(self, start: int, end: int) -> str:
        """The phrase from word `start` up to before `end`, without the punctuation around it."""
        words = list(self.all[start:end])
        words[0] = words[0].lstrip(OPENING) or words[0]
        words[-1] = words[-1].rstrip(CLOSING) or words[-1]
        return " ".join(words)

    def find(self, quote: str) -> Iterator[tuple[int, int]]:
        """Where a quote stands: the runs of whole words that hold it, however it cuts the first and the last."""
        wanted = folded(quote).strip(OPENING + CLOSING + " ").split()
        if not wanted:
            return
        first, last, size = wanted[0], wanted[-1], len(wanted)
        for start in range(len(self.all) - size + 1):
            found = self.all[start : start + size]
            if size == 1:
                fits = first in found[0]
            else:
                fits = found[0].endswith(first) and found[-1].startswith(last) and list(found[1:-1]) == wanted[1:-1]
            if fits:
                yield start, start + size

    def spelled(self, phrase: str) -> bool:
        """Whether the copy grammar accepts the phrase: whole words, outer punctuation or not."""
        wanted = phrase.split(" ")
        for start in range(len(self.all) - len(wanted) + 1):
            found = self.all[start : start + len(wanted)]
            for opening in {found[0], found[0].lstrip(OPENING) or found[0]}:
                whole = [opening, *found[1:]]
                endings = {whole[-1], whole[-1].rstrip(CLOSING) or whole[-1]}
                if any([*whole[:-1], ending] == wanted for ending in endings):
                    return True
        return False
