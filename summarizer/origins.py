"""Origins: which articles go back to one text, so that ten copies of a wire story do not count as ten witnesses.

Two articles share an origin when the shorter is in good part contained in the longer, measured on runs of five words,
or when both credit one wire service and share a long run.  Words inside quotation marks do not count: independent
reporters at one press conference write down the same quotes.  The thresholds stand in the wide gap that the
development sets show between rewrites of one text (from 10% upwards, directly or through a third article) and
independent reports of one event (at most 3%).

Shingles are looked up in an inverted index, so unrelated articles never meet and the time grows with the text.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from summarizer.schemas import Article, Origin

from .articles.credits import same_wire, wire_credit

__all__ = ["group_origins", "wire_credit"]

_RUN = 5
"""Words in a shingle."""
_CONTAINED = 0.08
"""Share of the shorter article's shingles that the longer holds too."""
_CONTAINED_SAME_WIRE = 0.04
_SHARED = 8
"""Shingles; fewer may be an address, a title or a stock phrase."""
_LONG_RUN = 10
"""Words in a row; with one wire credited by both, they are not chance."""
_FEW = 30
"""Shingles; an article with fewer outside its quotes is measured with them."""
_CROWD = 16
"""Articles; where more share a shingle, each is compared with the first and the latest ones before it only."""
_REMEMBERED = 4096
"""Articles whose shingles are kept at hand while pairs are compared."""

_QUOTED = re.compile(r'"[^"\n]{0,800}"|“[^”\n]{0,800}”|«[^»\n]{0,800}»')
_TOKEN = re.compile(r"\w+|\0")
_MARK = "\0"


@dataclass(frozen=True, slots=True)
class _Text:
    """An article as its shingles, the wire it credits or is, and all its words, as their number and a digest.

    Shingles are hashes in the order of the text, 0 standing where a quotation interrupts it: a year of news has
    millions, and kept as words they would not fit into memory.
    """

    sequence: array[int]
    size: int
    digest: bytes
    credit: str | None

    @property
    def shingles(self) -> frozenset[int]:
        return frozenset(self.sequence) - {0}


@dataclass(frozen=True)
class _Link:
    """Two articles found to share an origin; `share` is of the shorter one's shingles, `run` in words."""

    first: str
    second: str
    share: float
    run: int
    wire: str | None


def group_origins(articles: Mapping[str, Article]) -> list[Origin]:
    """The origins of `articles` (source id → article), ids `o1`, `o2`, … by their first source.

    Every source stands in exactly one origin, sources in natural order of their ids (`s2` before `s10`); `why` says in
    plain words what the group rests on.  The order of the mapping changes nothing.  Raises nothing.
    """
    ids = sorted(articles, key=_natural)
    numbers: dict[str, int] = {}
    texts = {source: _text(articles[source], numbers) for source in ids}
    shingles = lru_cache(maxsize=_REMEMBERED)(lambda source: texts[source].shingles)
    links = [link for pair in _candidates(texts, ids) if (link := _link(*pair, texts, shingles))]
    links.sort(key=lambda link: (-link.share, _natural(link.first), _natural(link.second)))
    return [
        Origin(id=f"o{number}", sources=group, why=_why(group, used, texts))
        for number, (group, used) in enumerate(_joined(ids, links), 1)
    ]


def _natural(source: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key in which `s2` comes before `s10`; the id itself comes last, for ids that differ in zeros only."""
    parts = re.findall(r"[0-9]+|[^0-9]+", source)
    return (*((0, int(p), "") if p[0].isdigit() else (1, 0, p) for p in parts), (2, 0, source))


def _text(article: Article, numbers: dict[str, int]) -> _Text:
    """The article's shingles; `numbers` gives each word of all articles its number and grows."""
    plain = article.text.replace(_MARK, " ").replace("’", "").replace("'", "").casefold()
    words = _TOKEN.findall(plain)
    sequence = _shingles(_TOKEN.findall(_QUOTED.sub(f" {_MARK} ", plain)), numbers)
    if len(set(sequence)) < _FEW:
        sequence = _shingles(words, numbers)
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return _Text(sequence, len(words), digest, wire_credit(article))


def _shingles(words: Sequence[str], numbers: dict[str, int]) -> array[int]:
    """The runs of five words in order, hashed; 0 for a run that crosses a quotation: it is not the reporter's own."""
    found = array("q")
    own: list[int] = []
    for word in (*words, _MARK):
        if word != _MARK:
            own.append(numbers.setdefault(word, len(numbers) + 1))
            continue
        # Tuples of whole numbers have the same hash in every process.
        found.extend(map(hash, zip(*(own[start:] for start in range(_RUN)), strict=False)))
        found.append(0)
        own = []
    return found


def _candidates(texts: Mapping[str, _Text], ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs worth comparing, each in the order of `ids`: they share shingles enough, or all their words.

    A shingle remembers the first and the latest articles that hold it: all pairs of a story that a thousand outlets
    copied would be half a million, and a chain joins them just as well.
    """
    holders: defaultdict[int, list[int]] = defaultdict(list)
    same: dict[bytes, int] = {}
    shared = _Shared(texts.values())
    for number, source in enumerate(ids):
        twin = same.setdefault(texts[source].digest, number)
        if twin != number:
            yield ids[twin], source
            continue
        held = [holders[shingle] for shingle in shared.of(texts[source])]
        met = Counter(chain.from_iterable(held))
        for known in held:
            known.append(number)
            if len(known) > _CROWD:
                del known[1]
        yield from ((ids[other], source) for other, count in sorted(met.items()) if count >= _SHARED // 2)


class _Shared:
    """Which shingles may stand in more than one article; most stand in one alone and need not be remembered.

    Shingles share places in a table by their hash, so it may take a lonely one for shared, never the other way.
    """

    def __init__(self, texts: Iterable[_Text]) -> None:
        texts = list(texts)
        self._mask = (1 << (4 * sum(len(text.sequence) for text in texts)).bit_length()) - 1
        self._holders = bytearray(self._mask + 1)
        for text in texts:
            for shingle in text.shingles:
                at = shingle & self._mask
                self._holders[at] = 2 if self._holders[at] else 1

    def of(self, text: _Text) -> list[int]:
        """The shingles of `text` that may be shared."""
        holders, mask = self._holders, self._mask
        return [shingle for shingle in text.shingles if holders[shingle & mask] > 1]


def _link(
    first: str, second: str, texts: Mapping[str, _Text], shingles: Callable[[str], frozenset[int]]
) -> _Link | None:
    """The link between two articles, None where they are independent."""
    a, b = texts[first], texts[second]
    wire = a.credit if a.credit and b.credit and same_wire(a.credit, b.credit) else None
    if a.digest == b.digest:
        return _Link(first, second, 1.0, a.size, wire)
    ours, theirs = shingles(first), shingles(second)
    common = ours & theirs
    share = len(common) / max(1, min(len(ours), len(theirs)))
    contained = share >= _CONTAINED and len(common) >= _SHARED
    if not contained and (wire is None or share < _CONTAINED_SAME_WIRE):
        return None
    run = _longest_run(min(a.sequence, b.sequence, key=len), common)
    return _Link(first, second, share, run, wire) if contained or run >= _LONG_RUN else None


def _longest_run(sequence: Sequence[int], common: frozenset[int]) -> int:
    """Words in the longest run of an article that consists of `common` shingles."""
    best = current = 0
    for shingle in sequence:
        current = current + 1 if shingle in common else 0
        best = max(best, current)
    return best + _RUN - 1 if best else 0


def _joined(ids: Sequence[str], links: Sequence[_Link]) -> list[tuple[list[str], list[_Link]]]:
    """The groups that the links join, in order, each with the links that did the joining, strongest first."""
    parent = {source: source for source in ids}

    def root(source: str) -> str:
        while parent[source] != source:
            parent[source] = parent[parent[source]]
            source = parent[source]
        return source

    used = []
    for link in links:
        first, second = root(link.first), root(link.second)
        if first != second:
            parent[second] = first
            used.append(link)
    groups: dict[str, tuple[list[str], list[_Link]]] = {}
    for source in ids:
        groups.setdefault(root(source), ([], []))[0].append(source)
    for link in used:
        groups[root(link.first)][1].append(link)
    return list(groups.values())


def _why(group: Sequence[str], links: Sequence[_Link], texts: Mapping[str, _Text]) -> str:
    credits = {source: credit for source in group if (credit := texts[source].credit)}
    if len(group) == 1:
        if credits:
            return f"credits {credits[group[0]]}; no long shared text with another source"
        return "own reporting; no long shared text with another source"
    told = [_told(link) for link in links]
    told += [f"{source} credits {credit}" for source, credit in credits.items()]
    return "; ".join(told)


def _told(link: _Link) -> str:
    if link.share == 1.0:
        return f"{link.first} and {link.second} have the same text"
    words = f"{link.run} words in a row" if link.run else "no long run"
    return f"{link.first} and {link.second} share {link.share:.0%} of the shorter text, up to {words}"
