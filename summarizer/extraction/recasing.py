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
"""As many letters tell: a line or two in capitals may be a headline."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDS_SENTENCE = re.compile(r"[\w)\]\"'”’]{2}[.!?][\"'”’)\]]*\s*[\"'“‘(\[]*$")
_ENDINGS = ("s", "es", "ed", "ing", "ly")
_STEM = 4
"""Letters of the shortest word whose forms with an ending are known by it: "ford" is no form of "for"."""
_ABBREVIATED = frozenset(["US", "UK", "UN", "EU", "AP", "AFP", "DPA", "EFE", "NATO", "CIA", "FBI", "OAS"])
_ROMAN = re.compile(r"[IVX]{2,}")
_VOWEL = re.compile(r"[AEIOUYÀ-Ý]")


def in_capitals(text: str) -> bool:
    """Whether a text is long enough to tell and written in capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= LETTERS and sum(map(str.isupper, letters)) >= CAPITALS * len(letters)


def recased(text: str) -> str:
    """A text in capitals with as many characters and the same words, in ordinary writing.

    Words that usually are written small become small but at the beginning of a sentence, what may be an abbreviation or
    a number stays as it is, everything else gets a capital.
    """
    return _WORD.sub(_written, text)


def _written(match: re.Match[str]) -> str:
    word, small = match[0], match[0].lower()
    before, after = (
        match.string[max(0, match.start() - 40) : match.start()],
        match.string[match.end() : match.end() + 1],
    )
    if len(small) != len(word) or (len(word) == 1 and (word != "A" or after == ".")):
        return word
    if word in _ABBREVIATED or _ROMAN.fullmatch(word):
        return word
    if _is_small(small):
        begins = not before.strip() or _ENDS_SENTENCE.search(before)
        return word[0] + small[1:] if begins else small
    bracketed = before.endswith(("[", "(")) and after in {"]", ")"} and len(word) <= 5
    return word if bracketed or not _VOWEL.search(word) else word[0] + small[1:]


def _is_small(word: str) -> bool:
    known = small_words()
    stem, _, rest = word.replace("’", "'").partition("'")
    if stem in known or (rest and word.replace("’", "'") in known):
        return True
    return any(stem.endswith(end) and len(stem) >= _STEM + len(end) and stem[: -len(end)] in known for end in _ENDINGS)
