"""Marking a phrase before its people are counted: what is no number of people goes, qualifiers become marks."""

from __future__ import annotations

import re
from html import unescape

from ..schemas.values import Qualifier
from ..text import fold

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|sept|oct|nov|dec"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_AGE_NUMBER = rf"(?:\d{{1,3}}|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES})"
_NUMBER = rf"(?:\d+|(?:{_TENS})(?:-(?:{_ONES}))?|{_TEENS}|{_ONES})"
_KIN = (
    "husband|wife|father|mother|son|daughter|brother|sister|uncle|aunt|nephew|niece|grandfather|grandmother|grandson|"
    "granddaughter|fiancee?|boyfriend|girlfriend|pilot|co-?pilot"
)
_COUNTED = "(?:people|men|women|persons|months|weeks|days)"
_HEDGE = r"(?:\b(?:about|around|roughly|approximately|nearly|almost|just (?:before|after)) )?"
# Nouns that a number behind them names rather than counts.
_NUMBERED = (
    "highway|route|motorway|road|interstate|flight|gate|room|platform|terminal|pier|berth|shaft|reactor|sector|zone|ward|block|"
    "level|page|article|section|chapter|channel|unit|kilometre|kilometer|bus|train|coach|carriage|line|phase|grade"
)
# What looks like a number of people and is none, and what stands in its place.
_NOT_COUNTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<=\d),(?=\d{3}(?!\d))", ""),
        (rf"\b{_AGE_NUMBER}[- ](?:year|month|week|day)s?[- ]olds\b", " teenagers "),
        (rf"\b{_AGE_NUMBER}[- ](?:year|month|week|day)s?[- ]old\b", " teenager "),
        (
            rf"\b(?:aged?|ages|age of) (?:between )?{_AGE_NUMBER}(?:, {_AGE_NUMBER})*(?: (?:to|and) {_AGE_NUMBER})?\b",
            " ",
        ),
        (rf"\b(mother|father|parent|grandmother|grandfather|mum|dad)(?: |-)of(?: |-)(?:{_AGE_NUMBER})\b", r"\1"),
        (rf"\b(son|daughter|boy|girl|child)(?: |-)of(?: |-){_AGE_NUMBER}\b(?! {_COUNTED})", r"\1"),
        (r"(?<=[^\W\d_]), ?\d{1,3}(?=,|$|\.|;|\)| and\b)", " "),
        (r"\(?\bborn (?:in )?\d{4}\)?", " "),
        (r"\b(gone|went|risen|rose|climbed|goes|going|crept|shot|moved) up to\b", r"\1 to"),
        (rf"{_HEDGE}\b\d{{1,2}}[:.]\d{{2}}(?: ?[ap]\.?m\b\.?)?", " "),
        (rf"{_HEDGE}\b\d{{1,2}} ?[ap]\.?m\b\.?", " "),
        (r"\b\d{3}[ -]\d{4}\b|\b\d{3}-\d{3}-\d{4}\b", " "),
        (r"\b(?:no|nos)\. ?\d+\b", " "),
        (rf"\bgrade (?:{_TEENS}|{_ONES})\b", " "),
        (rf"\b(?:{_NUMBERED}) \d+\b(?=$|[.,;:)]|,? (?:and|at|in|near|of|on|to|was|were)\b)", " "),
        (rf"\b(\d+) \((?:{_TEENS}|{_ONES}|(?:{_TENS})(?:-(?:{_ONES}))?)\)", r"\1"),
        (rf"\b(?:{_NUMBER}) \((\d+)\)", r"\1"),
        (rf"\b({_NUMBER}) (?:plus|at (?:the very )?least)(?=$|[.,;])", r"at least \1"),
        (r"\b(\d+) ?\+(?!\d)", r"at least \1"),
        (r"\bone in (?:every )?(?:three|four|five|six|seven|eight|nine|ten|\d+)\b(?! [a-z]+ed\b)", " "),
        (rf"\b(?:a|the|his|her|their) (?:{_KIN}) and (?:{_KIN})\b|\bhusband and wife\b", " two relatives"),
        (r"\b(?:several|a few|many) (dozen|hundred|thousand|million)s?\b", r"\1s"),
        (r"\b(?:a (?:small |mere )?handful of|a handful|a few)\b", "several"),
        (r"\b\d{3,4} (?:hours|hrs|gmt|local time)\b", " "),
        (rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b(?: (?:19|20)\d\d)?", " "),
        (rf"\b(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,? (?:19|20)\d\d)?", " "),
        (
            rf"\b(?:in|of|since|{_MONTHS}) (?:19|20)\d\d\b(?! (?!and\b|was\b|were\b)[a-z]+ (?:were|was|people|killed))",
            " ",
        ),
        (r"[$€£¥]\s?\d[\d.,]*(?: ?(?:million|billion|m|bn|k))?\b", " "),
        (r"\b\d[\d.,]* ?(?:%|per ?cent)", " "),
        (r"\b\d+(?:\.\d+)?[- ]?(?:mm|cm|km|kg|kilo|calib\w+)\b", " "),
        (
            r"\b\w+-(?:kilomet\w+|met(?:re|er)s?|storey|story|strong|man|member|hour|day|minute|week|month|"
            r"metre|ton|tonne|bed|seat|vehicle|car)\b(?=[- ])",
            " ",
        ),
    )
)
_NUMBERED_NAME = re.compile(
    r"\b(?:Highway|Route|Road|Gate|Flight|Terminal|Platform|Reactor|Sector|Zone|Unit|Battalion|Brigade) \d+\b"
    r"|\b[A-Z]{1,2}-?\d+\b"
)
_AGE_IN_BRACKETS = re.compile(r"([A-Z][\w'-]+) \(\d{1,3}\)(?! [a-z])")
_QUALIFIERS: tuple[tuple[Qualifier, str], ...] = (
    ("at_most", r"(?:no|not) more than|not exceeding|up to|at (?:the )?most|as many as|fewer than|less than|under|"
                 r"a maximum of|not even|maximum"),
    ("at_least", r"(?:no|not) (?:fewer|less) than|at least|at the least|more than|over|upwards of|above|in excess of|"
                 r"a minimum of|minimum|as few as|exceed(?:s|ed|ing)|better than|well over"),
    ("about", r"about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated at|"
                 r"estimated|circa|perhaps|maybe|towards|in the region of|near|nigh on|just over|just under|"
                 r"an approximate|possibly"),
)  # fmt: skip
_QUALIFIER = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _QUALIFIERS))


def mark(phrase: str) -> tuple[str, str, str]:
    """`phrase` as it is, folded without ages, times, dates and the like, and the same with its qualifiers as marks.

    "at least" becomes `@at_least`; a possessive becomes `@of`.  Only the first 2,000 characters are read.
    """
    raw = unescape(phrase[:2000]).translate(
        {0x2019: "'", 0x2018: "'", 0x2013: "-", 0x2014: " - ", 0x2011: "-", 0xA0: " "}
    )
    raw = _NUMBERED_NAME.sub(" ", _AGE_IN_BRACKETS.sub(r"\1", raw))
    text = " ".join(fold(word) for word in raw.split())
    for pattern, instead in _NOT_COUNTS:
        text = pattern.sub(instead, text)
    marked = _QUALIFIER.sub(lambda match: f" @{match.lastgroup} ", text)
    marked = re.sub(r"(?<=\w)'s?\b|\bt'", " @of ", marked)
    marked = re.sub(rf"\b({_TENS})-({_ONES})\b", r"\1 \2", marked)
    marked = re.sub(r"(\d+|\b(?:" + _TENS + r"|ten))-odd\b", r"@about \1", marked)
    marked = re.sub(r"(?<=\d)-(?=\d)", " to ", marked)
    return raw, text, marked
