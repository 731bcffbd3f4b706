"""Origins: which articles go back to one text, so that ten copies of a wire story do not count as ten witnesses.

Two articles share an origin when the shorter is in good part contained in the longer, measured on runs of five words,
or when both credit one wire service and share a long run.  Words inside quotation marks do not count: independent
reporters at one press conference write down the same quotes.  The thresholds stand in the wide gap that the
development sets show between rewrites of one text (from 10% upwards, directly or through a third article) and
independent reports of one event (at most 3%).

Shingles are looked up in an inverted index, so unrelated articles never meet and the time grows with the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

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
"""Articles; where more share a shingle, each is compared with its neighbours and the first only."""

_QUOTED = re.compile(r'"[^"\n]{0,800}"|“[^”\n]{0,800}”|«[^»\n]{0,800}»')
_TOKEN = re.compile(r"\w+|\0")
_MARK = "\0"


@dataclass(frozen=True)
class _Text:
    """An article as its words in lower case, its distinct shingles, and the wire it credits or is."""

    words: tuple[str, ...]
    shingles: frozenset[str]
    sequence: tuple[str, ...]
    credit: str | None


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
    texts = {source: _text(articles[source]) for source in ids}
    links = [link for pair in _candidates(texts, ids) if (link := _link(*pair, texts))]
    links.sort(key=lambda link: (-link.share, _natural(link.first), _natural(link.second)))
    groups, used = _joined(ids, links)
    return [
        Origin(id=f"o{number}", sources=group, why=_why(group, used, texts)) for number, group in enumerate(groups, 1)
    ]


def _natural(source: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key in which `s2` comes before `s10`; the id itself comes last, for ids that differ in zeros only."""
    parts = re.findall(r"[0-9]+|[^0-9]+", source)
    return (*((0, int(p), "") if p[0].isdigit() else (1, 0, p) for p in parts), (2, 0, source))


def _text(article: Article) -> _Text:
    plain = article.text.replace(_MARK, " ").replace("’", "").replace("'", "").casefold()
    words = tuple(_TOKEN.findall(plain))
    sequence = _shingles(_TOKEN.findall(_QUOTED.sub(f" {_MARK} ", plain)))
    if len(set(sequence)) < _FEW:
        sequence = _shingles(words)
    return _Text(words, frozenset(sequence) - {""}, sequence, wire_credit(article))


def _shingles(words: Iterable[str]) -> tuple[str, ...]:
    """The runs of five words in order; a run that crosses a quotation is empty, as it is not the reporter's own."""
    listed = list(words)
    runs = (listed[start : start + _RUN] for start in range(len(listed) - _RUN + 1))
    return tuple("" if _MARK in run else " ".join(run) for run in runs)


def _candidates(texts: Mapping[str, _Text], ids: list[str]) -> list[tuple[str, str]]:
    """The pairs worth comparing, each in the order of `ids`: they share shingles enough, or all their words."""
    postings: dict[str, list[int]] = {}
    same: dict[tuple[str, ...], int] = {}
    met: Counter[tuple[int, int]] = Counter()
    for number, source in enumerate(ids):
        twin = same.setdefault(texts[source].words, number)
        if twin != number:
            met[twin, number] += _SHARED
            continue
        for shingle in texts[source].shingles:
            postings.setdefault(shingle, []).append(number)
    for numbers in postings.values():
        met.update(_pairs(numbers))
    return [(ids[a], ids[b]) for (a, b), count in sorted(met.items()) if count >= _SHARED // 2]


def _pairs(numbers: list[int]) -> Iterable[tuple[int, int]]:
    if len(numbers) <= _CROWD:
        return [(a, b) for index, a in enumerate(numbers) for b in numbers[index + 1 :]]
    # All pairs of a story that a thousand outlets copied would be half a million; a chain joins them just as well.
    return {*pairwise(numbers), *((numbers[0], number) for number in numbers[2:])}


def _link(first: str, second: str, texts: Mapping[str, _Text]) -> _Link | None:
    """The link between two articles, None where they are independent."""
    a, b = texts[first], texts[second]
    wire = a.credit if a.credit and b.credit and same_wire(a.credit, b.credit) else None
    if a.words == b.words:
        return _Link(first, second, 1.0, len(a.words), wire)
    shared = len(a.shingles & b.shingles)
    share = shared / max(1, min(len(a.shingles), len(b.shingles)))
    run = _longest_run(a, b)
    contained = share >= _CONTAINED and shared >= _SHARED
    by_wire = wire is not None and share >= _CONTAINED_SAME_WIRE and run >= _LONG_RUN
    return _Link(first, second, share, run, wire) if contained or by_wire else None


def _longest_run(a: _Text, b: _Text) -> int:
    """Words in the longest run of one article that consists of shingles of the other."""
    shorter, longer = sorted((a, b), key=lambda text: (len(text.sequence), text.sequence))
    best = current = 0
    for shingle in shorter.sequence:
        current = current + 1 if shingle in longer.shingles else 0
        best = max(best, current)
    return best + _RUN - 1 if best else 0


def _joined(ids: list[str], links: list[_Link]) -> tuple[list[list[str]], list[_Link]]:
    """The groups that the links join, in order, and the links that did the joining, strongest first."""
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
    groups: dict[str, list[str]] = {}
    for source in ids:
        groups.setdefault(root(source), []).append(source)
    return list(groups.values()), used


def _why(group: list[str], links: list[_Link], texts: Mapping[str, _Text]) -> str:
    credits = {source: credit for source in group if (credit := texts[source].credit)}
    if len(group) == 1:
        if credits:
            return f"credits {credits[group[0]]}; no long shared text with another source"
        return "own reporting; no long shared text with another source"
    members = set(group)
    told = [_told(link) for link in links if link.first in members]
    told += [f"{source} credits {credit}" for source, credit in credits.items()]
    return "; ".join(told)


def _told(link: _Link) -> str:
    if link.share == 1.0:
        return f"{link.first} and {link.second} have the same text"
    words = f"{link.run} words in a row" if link.run else "no long run"
    return f"{link.first} and {link.second} share {link.share:.0%} of the shorter text, up to {words}"
