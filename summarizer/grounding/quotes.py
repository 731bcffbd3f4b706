"""Locating a quote in its article: exactly, else after normalising, else word by word with figures and names equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from ..lexicon import word_set
from ..schemas import Match
from ..text import NUMBER_WORDS, Passages, Token, normalise, tokens

_MAX_OCCURRENCES = 200
_MAX_REFUSED = 400  # places where the letters of a quote stand inside longer words
_MAX_FUZZY_WORDS = 120
_MIN_FUZZY_WORDS = 3
_MAX_WINDOWS = 6
_ANCHORS = 5
_MAX_ANCHOR_POSITIONS = 60
_SHARE_KEPT = 0.75
_TRIM = " \t\n\r\"'`‘’“”«».,;:…"
# Words that carry no fact: a model that drops or adds one has still copied the sentence.
_LIGHT = word_set("light")
# Words that turn a figure or a fact round: they must agree like figures.
_HARD = word_set("hard")


class Located(NamedTuple):
    """Where a quote stands: `text[start:end]` are the located words; None, None and "absent" where it does not."""

    start: int | None
    end: int | None
    match: Match


ABSENT = Located(None, None, "absent")


def locate(quote: str, text: str | Passages, near: Sequence[int] | None = None) -> Located:
    """Where `quote` stands in `text`.

    Exact, else normalised (white space, quotes, dashes, case, entities), else fuzzy: word by word, every figure, name,
    negation and word of casualty being the same on both sides.  A quote that stands there several times is taken where
    it is nearest to the offsets `near`, else where it stands first.  Linear in the length of `text`; raises nothing.
    """
    passages = text if isinstance(text, Passages) else Passages(text)
    quote = quote.strip()
    if not any(character.isalnum() for character in quote) or len(quote) > 2 * len(passages.text) + 100:
        return ABSENT
    enough = _MAX_OCCURRENCES if near else 1
    spans = list(islice(_occurrences(quote, passages.text), enough))
    if spans:
        return Located(*_nearest(spans, near), "exact")
    spans = _normalised_spans(quote, passages, enough)
    if spans:
        return Located(*_nearest(spans, near), "normalized")
    return _fuzzy(quote, passages, near)


def same_words(start: int, end: int, quote: str, text: str) -> bool:
    """Whether `text[start:end]` is `quote` and neither end cuts a word or a figure."""
    return 0 <= start < end <= len(text) and text[start:end] == quote and _whole(text, start, end)


def _occurrences(needle: str, text: str) -> Iterator[tuple[int, int]]:
    refused, start = 0, text.find(needle)
    while start != -1 and refused < _MAX_REFUSED:
        end = start + len(needle)
        if _whole(text, start, end):
            yield start, end
        else:
            refused += 1
        start = text.find(needle, end)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether neither end of the span cuts a word or a figure: "4 men" does not stand in "14 men" or "3.4 men"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before == " " or not _joined(text, start, -1)) and (after == " " or not _joined(text, end, 1))


def _joined(text: str, at: int, step: int) -> bool:
    inner, outer = (at, at - 1) if step < 0 else (at - 1, at)
    if not (0 <= outer < len(text) and 0 <= inner < len(text)):
        return False
    one, other = text[inner], text[outer]
    if one.isalnum() and other.isalnum():
        if one.isascii() and other.isascii():
            return True
        return not (_unspaced(one) or _unspaced(other))
    beyond = outer + step
    return one.isdigit() and other in ".,:" and 0 <= beyond < len(text) and text[beyond].isdigit()


def _unspaced(character: str) -> bool:
    """Whether the script of `character` is written without spaces between words (Thai to Khmer, CJK, kana)."""
    code = ord(character)
    return 0x0E00 <= code < 0x0F00 or 0x1000 <= code < 0x10A0 or 0x1780 <= code < 0x1800 or 0x2E80 <= code < 0xFB00


def _normalised_spans(quote: str, passages: Passages, enough: int) -> list[tuple[int, int]]:
    whole = passages.normalised
    for needle in dict.fromkeys((normalise(quote).text.strip(), normalise(quote.strip(_TRIM)).text.strip(" -"))):
        if not any(character.isalnum() for character in needle):
            continue
        found = islice(_occurrences(needle, whole.text), enough)
        spans = [(whole.origin(start), whole.origin_end(end)) for start, end in found]
        if spans:
            return spans
    return []


def _nearest(spans: list[tuple[int, int]], near: Sequence[int] | None) -> tuple[int, int]:
    """The span with the least sum of distances to `near`, each capped so that one far quote does not pull it away."""
    if not near or len(spans) == 1:
        return spans[0]
    return min(spans, key=lambda span: (sum(min(abs(span[0] - other), 800) for other in near), span[0]))


def _fuzzy(quote: str, passages: Passages, near: Sequence[int] | None) -> Located:
    wanted = list(tokens(quote[: 40 * _MAX_FUZZY_WORDS]))
    if not _MIN_FUZZY_WORDS <= len(wanted) <= _MAX_FUZZY_WORDS:
        return ABSENT
    spans = [span for window in _windows(wanted, passages) if (span := _aligned(wanted, *window, passages))]
    if not spans:
        return ABSENT
    best = max(share for share, _ in spans)
    return Located(*_nearest([span for share, span in spans if share == best], near), "fuzzy")


def _windows(wanted: list[Token], passages: Passages) -> list[tuple[int, int]]:
    """Windows of tokens in which the rarest words of the quote stand at about the right distance from one another."""
    rarest = sorted(
        (len(where), index)
        for index, token in enumerate(wanted)
        if (where := passages.positions.get(token.word)) is not None and len(where) <= _MAX_ANCHOR_POSITIONS
    )[:_ANCHORS]
    slack = 3 + len(wanted) // 4
    votes: Counter[int] = Counter()
    for _, index in rarest:
        votes.update({(at - index) // slack for at in passages.positions[wanted[index].word]})
    best = sorted(votes, key=lambda bucket: (-votes[bucket] - votes.get(bucket + 1, 0), bucket))[:_MAX_WINDOWS]
    size = len(passages.token_starts)
    return [(max(0, (bucket - 1) * slack), min(size, (bucket + 2) * slack + len(wanted))) for bucket in best]


def _aligned(wanted: list[Token], low: int, high: int, passages: Passages) -> tuple[float, tuple[int, int]] | None:
    """The share of words kept and the span, where the window says the same as the quote, else None."""
    there = passages.tokens(low, high)
    pairs = _pairs([token.word for token in wanted], [token.word for token in there])
    if not pairs:
        return None
    first, last = pairs[0][1], pairs[-1][1]
    there = there[first : last + 1]
    matched_wanted = {one for one, _ in pairs}
    matched_there = {other - first for _, other in pairs}
    dropped = [token for index, token in enumerate(wanted) if index not in matched_wanted]
    added = [token for index, token in enumerate(there) if index not in matched_there]
    share = len(pairs) / max(len(wanted), len(there))
    heavy = sum(token.word not in _LIGHT for token in (*dropped, *added))
    if share < _SHARE_KEPT or heavy > len(wanted) // 8 or any(_hard(token) for token in (*dropped, *added)):
        return None
    if any(wanted[one].word != there[other - first].word for one, other in pairs if _hard(wanted[one])):
        return None
    if any(wanted[one].word != there[other - first].word for one, other in pairs if _hard(there[other - first])):
        return None
    return share, (there[0].start, there[-1].end)


def _pairs(wanted: list[str], there: list[str]) -> list[tuple[int, int]]:
    """Indexes of words that answer one another: equal, or one a slip or another form of the other."""
    pairs: list[tuple[int, int]] = []
    for step in Levenshtein.opcodes(wanted, there):
        ours, theirs = range(step.src_start, step.src_end), range(step.dest_start, step.dest_end)
        if step.tag == "equal":
            pairs += zip(ours, theirs, strict=True)
        elif step.tag == "replace":
            pairs += [pair for pair in zip(ours, theirs, strict=False) if _alike(wanted[pair[0]], there[pair[1]])]
    return pairs


def _alike(one: str, other: str) -> bool:
    """Whether one word is a slip of the pen or another form of the other ("struck" is none of "shook")."""
    return min(len(one), len(other)) >= 4 and one[:3] == other[:3] and ratio(one, other) >= 80


def _hard(token: Token) -> bool:
    """Whether the token is a figure, a name or a word that turns the fact round."""
    word = token.word
    if word[0].isdigit() or word in NUMBER_WORDS or word in _HARD:
        return True
    return token.capital and word not in _LIGHT
