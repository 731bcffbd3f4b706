"""Which wire service an article credits, read from its dateline, its closing signature and its credit lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from summarizer.schemas import Article

_HEAD_LINES = 6
_TAIL_LINES = 12
_LONGEST_LINE = 600
"""Characters of a line that are looked at, from its start for datelines and from its end for signatures."""

_NAME = r"[A-Z][\w&.'’/ -]{1,39}"
_CREDIT = rf"(?P<name>{_NAME})"
# BAGHDAD (Trident Wire) - / SURAT, Jan 18 (DPW): / KARATOGHAY, April 11. /Dala-Inform/. / London | Albion News Service
_DATELINE = re.compile(
    rf"^(?P<place>[^\W\d_][^()|\n]{{1,70}}?),?\s*(?:\({_CREDIT}\)\s*(?:[-–—:]|\.\s)|/(?P<slashed>{_NAME}?)/\s*[.:–—-])"
)
_PLACE_LINE = re.compile(rf"^[A-Z][\w .'’-]{{1,40}} \| {_CREDIT}$")
_VIA = re.compile(rf"^(?:Via|Source:|From:)\s+(?:the\s+)?{_CREDIT}$")
# … said. (Transmonde) / (AustralWire, with staff reporting) / … refused to speak. - VBP / – DPW / stretch. BVS
_SIGNED_IN_PARENTHESES = re.compile(rf"(?:^|[.!?][\"”’']?\s+)\(\s*{_CREDIT}(?:,? (?:with|and)\b[^()]*)?\s*\)$")
_SIGNED_AFTER_DASH = re.compile(rf"(?:^(?:ends)?\s*|[.!?][\"”’']?\s+)[-–—]{{1,2}}\s*{_CREDIT}(?:, [^.]{{1,40}})?$")
_SIGNED_IN_CAPITALS = re.compile(r"[.!?][\"”’']?\s+(?P<name>[A-Z]{2,6})$")
_LAST_LINE_IN_CAPITALS = re.compile(r"^(?P<name>[A-Z]{2,6})$")
_CONTRIBUTED = re.compile(rf"\b{_CREDIT} contributed to this (?:report|story|article)")
_REPORTING = re.compile(
    rf"(?:^|\(|[.;] )(?:additional )?reporting(?: by|:) (?:the )?(?P<name>{_NAME}?)(?: bureau)?(?=[.;,)]|$)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(rf"^(?:©|\(c\)|copyright)\s*(?:\d{{4}}\s*)?(?P<name>{_NAME}?)(?:\.|$)", re.IGNORECASE)

_DATE_WORDS = re.compile(r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$|^\d", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    {"de", "do", "da", "del", "di", "la", "le", "el", "al", "of", "and", "the", "near", "in", "on"}
)
_WIRE_WORDS = frozenset(
    {
        "agence",
        "agency",
        "agencies",
        "ap",
        "afp",
        "afx",
        "ani",
        "ansa",
        "apa",
        "bloomberg",
        "bureau",
        "cable",
        "dispatch",
        "dpa",
        "efe",
        "inform",
        "interfax",
        "kyodo",
        "newswire",
        "press",
        "presse",
        "pti",
        "reuters",
        "service",
        "tass",
        "telegraph",
        "upi",
        "wire",
        "wires",
        "xinhua",
        "yonhap",
    }
)
_WIRE_ENDINGS = ("wire", "press", "news", "presse", "inform")
_KNOWN_NAMES = frozenset({"financial times", "new york times", "washington post", "wall street journal", "al jazeera"})
_NO_WIRES = frozenset(
    {
        "fri",
        "sat",
        "sun",
        "mon",
        "tue",
        "wed",
        "thu",
        "end",
        "ends",
        "file",
        "video",
        "photo",
        "update",
        "updated",
        "more",
        "staff",
        "gmt",
        "am",
        "pm",
        "picture",
        "usa",
        "uk",
        "us",
        "eu",
        "un",
        "ceo",
        "ngo",
        "uae",
        "ussr",
        "drc",
    }
)


def wire_credit(article: Article) -> str | None:
    """The wire service that the article credits ("Reuters", "Trident Wire"), as it writes the name; else None.

    Read from the dateline, a closing signature ("- Reuters"), a leading "Via …" and lines such as "Reporting by …".
    A mention inside the story ("a source told Reuters") is no credit.
    """
    lines = [line.strip() for line in article.text.split("\n") if line.strip()]
    for name in _candidates(lines, article.publisher):
        credit = name.strip(" .,-")
        if _is_wire(credit, own=article.publisher):
            return credit
    return None


def same_wire(first: str, second: str) -> bool:
    """Whether two names mean one service: the same words, a short form ("Corvus") or the initials ("DN")."""
    words, other = _words(first), _words(second)
    if not words or not other:
        return False
    if set(words) <= set(other) or set(other) <= set(words):
        return True
    return _initials(words) == "".join(other) or _initials(other) == "".join(words)


def _candidates(lines: list[str], own: str | None) -> Iterator[str]:
    head = [line[:_LONGEST_LINE] for line in lines[:_HEAD_LINES]]
    for line in head:
        dateline = _DATELINE.match(line)
        if dateline and _is_place(dateline["place"]):
            yield dateline["name"] or dateline["slashed"]
    for line in head[:3]:
        if match := _VIA.match(line):
            yield match["name"]
        # "THE SUNDAY STAR | ANALYSIS" has the same form, so here the name itself has to say that it is a service.
        if (match := _PLACE_LINE.match(line)) and _says_wire(_words(match["name"])):
            yield match["name"]
    if lines[1:] and (match := _LAST_LINE_IN_CAPITALS.match(lines[-1])):
        yield match["name"]
    for line in reversed(lines[-_TAIL_LINES:]):
        tail = line[-_LONGEST_LINE:]
        for pattern in (_SIGNED_IN_PARENTHESES, _SIGNED_AFTER_DASH, _SIGNED_IN_CAPITALS, _CONTRIBUTED, _REPORTING):
            if match := pattern.search(tail):
                yield match["name"]
        if (match := _COPYRIGHT.match(line)) and not (own and same_wire(match["name"], own)):
            yield match["name"]


def _is_place(text: str) -> bool:
    """Whether the words before the parenthesis are a dateline's: capitalised names, small words and a date."""
    words = re.findall(r"[^\s,/]+", text)
    return bool(words) and all(
        word[0].isupper() or word.lower() in _SMALL_WORDS or _DATE_WORDS.match(word) for word in words
    )


def _is_wire(name: str, *, own: str | None) -> bool:
    """Whether a name can be a service: one word, or words of which one says so; two plain words are a person."""
    words = _words(name)
    if not words or " ".join(words) in _NO_WIRES or words[0] in _NO_WIRES or not name[0].isupper():
        return False
    if _says_wire(words):
        return True
    if " " not in name:
        return name.casefold() not in _countries()
    return name.casefold() in _KNOWN_NAMES and not (own and same_wire(name, own))


@cache
def _countries() -> frozenset[str]:
    """Countries by their English names: "KABUL (Afghanistan) -" credits nobody."""
    from babel import Locale  # asked for rarely, and slow to import

    return frozenset(name.casefold() for name in Locale("en").territories.values())


def _says_wire(words: list[str]) -> bool:
    return any(word in _WIRE_WORDS or word.endswith(_WIRE_ENDINGS) for word in words)


def _words(name: str) -> list[str]:
    words = [word.casefold() for word in re.findall(r"\w+", name)]
    return [word for word in words if word not in {"the", "of", "and"}] or words


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)
