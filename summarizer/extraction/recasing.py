"""Articles in capitals, as telexes and old wires are, in ordinary writing for the embedded model.

Capitals cost it twice as many tokens and hide which words are names.  Only the model sees the change: it copies words,
and grounding finds them in the article whatever their case.
"""

from __future__ import annotations

import re

from ..lexicon import small_words

CAPITALS = 0.9
"""The share of capitals among the letters of an article that is written in capitals."""
LETTERS = 200
"""As many letters tell: a headline or a caption in capitals is none of our business."""
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?][\"'”’)\]]*)\s*[\"'“‘(\[]*$")
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly")
_VOWELS = frozenset("AEIOUYÁÉÍÓÚÜÄÖÅÆØ")


def recased(text: str) -> str:
    """`text` with as many characters and the same words, in ordinary writing if it is in capitals; else unchanged.

    Words that usually are written small become small but at the beginning of a sentence, what may be an abbreviation
    stays as it is, everything else gets a capital.
    """
    letters = [character for character in text if character.isalpha()]
    if len(letters) < LETTERS or sum(map(str.isupper, letters)) < CAPITALS * len(letters):
        return text
    return _WORD.sub(_written, text)


def _written(match: re.Match[str]) -> str:
    word, small = match[0], match[0].lower()
    before, after = match.string[max(0, match.start() - 8) : match.start()], match.string[match.end() : match.end() + 1]
    if len(small) != len(word) or (len(word) == 1 and word not in "AS"):
        return word
    if before.endswith(("'", "’")) and len(word) <= 2:  # the army's, they'll
        return small
    if small in small_words() or any(small.endswith(end) and small[: -len(end)] in small_words() for end in _ENDINGS):
        return word[0] + small[1:] if _SENTENCE_ENDS.search(before) else small
    abbreviated = (before.endswith(("[", "(")) and after in {"]", ")"}) or not _VOWELS & set(word)
    return word if abbreviated else word[0] + small[1:]
