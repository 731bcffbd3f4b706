"""Counts: from the words of a phrase to a `Count`, in the shapes of UCDP's low, best and high."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon.casualty_words import CORE, OUTCOME_PATTERNS
from ..schemas import Count
from ..schemas.values import Outcome
from .items import Item, Phrase
from .phrases import read_phrase
from .voices import share_out

_MANY_CORES = 2


def parse_count(phrase: str, outcome: str | None = None, *, of_people: bool = True) -> Count | None:
    """How many people or things the words of `phrase` say.

    With `outcome` ("killed", "injured", "missing", "captured") only the numbers of that outcome count: in "killing
    eight and wounding five" five were injured.  Parts are summed ("two soldiers and a driver" is 3); ages, times,
    dates, distances, money and calibres are no counts.  Vague words have a low only: several 3, dozens 24, scores 40,
    hundreds 200.  Without `of_people` things are counted too ("1,500 homes").  None where the words give no number
    for that outcome.
    """
    read = read_phrase(phrase, of_people=of_people)
    asked: Outcome | None = outcome if outcome in OUTCOME_PATTERNS else None
    if _says_no_toll(read, asked):
        return None
    special = _special(read, asked)
    if special is not None:
        return special
    items = _items_of(read, asked)
    if items is None:
        return None
    if asked == "killed" and read.ordinal and not any(item.counted for item in items):
        return Count.exact(read.ordinal)
    return total(items)


_ASKS = re.compile(r"\bhow many\b")
_NO_OTHERS = re.compile(
    r"\bno (?:other|further) (?:deaths?|fatalit\w+|dead|loss of life)\b|"
    r"\b(?:nobody|no one) else (?:has |was )?(?:died|killed)\b"
)
_TO_DEATH = re.compile(
    r"(?<!-)(?<!nearly )(?<!almost )(?<!not )\b(?:fatal|mortal)ly (?:injur|wound|hurt|shot|shoot|stab)\w*"
)
_CASUALTIES = re.compile(r"\bcasualt\w*")


def _says_no_toll(read: Phrase, asked: Outcome | None) -> bool:
    """Whether the words give no figure of the outcome, though they hold one or name somebody.

    They ask for it ("nobody knows how many died"), speak of others than the dead ("no other fatalities"), say of one
    lot of people how they died (who was fatally wounded is not among the wounded), or count casualties, dead and hurt.
    """
    asks = _ASKS.search(read.text)
    if asks and not cores(read.text[: asks.start()]) and not any(item.counted for item in read.items):
        return True
    if asked == "killed" and _NO_OTHERS.search(read.text) and all(item.best == 0 for item in read.items):
        return True
    if asked == "injured" and len(read.items) == 1 and _TO_DEATH.search(read.text):
        return not OUTCOME_PATTERNS[asked].search(_TO_DEATH.sub("", read.text))
    counted = any(item.counted for item in read.items)
    without = _CASUALTIES.sub("", read.text)
    return counted and asked is not None and without != read.text and not OUTCOME_PATTERNS[asked].search(without)


def cores(text: str) -> list[Outcome]:
    """The outcomes that the folded `text` plainly speaks of."""
    return [outcome for outcome, pattern in CORE.items() if pattern.search(text)]


def _items_of(read: Phrase, asked: Outcome | None) -> list[Item] | None:
    """The items that count for the outcome; None where the phrase speaks of other outcomes alone."""
    spoken = cores(read.text)
    if asked and spoken and asked not in spoken:
        unhurt = asked == "killed" and all(item.best == 0 for item in read.items)
        return read.items if unhurt or OUTCOME_PATTERNS[asked].search(read.text) else None
    if len(spoken) < _MANY_CORES:
        return share_out(read, asked or (spoken[0] if spoken else None))
    return share_out(read, asked or spoken[0])


_PART_DIED = re.compile(
    r"\bof (?:the|its|their|his|her|those) (?:\w+ )?(?:wounded|injured|hurt)?.*\b(?:later|since|have|had)\b.*\bdied\b"
)
_ALL_FOUND = re.compile(r"\b(?:everyone|everybody|all)\b.*\b(?:found|accounted for|located|traced)\b")
_UNHURT = re.compile(r"\b(?:unhurt|unharmed|unscathed|uninjured|without (?:harm|injury))\b")
_NOT_HURT = re.compile(r"\b(?:is|are|was|were) not (?:injured|hurt|harmed|wounded)\b")


def _special(read: Phrase, asked: Outcome | None) -> Count | None:
    """Phrases whose figures are not to be summed."""
    text, figures = read.text, [int(item.low) for item in read.items if item.counted and item.low is not None]
    if len(figures) >= 2:
        part, whole = figures[0], figures[1]
        if re.search(r"\ball but\b", text) and whole >= part:
            return Count.exact(whole - part)
        if asked == "killed" and _SURVIVED.search(text) and "killed" not in cores(text) and whole >= part:
            return Count.exact(whole - part)
        if asked == "injured" and _PART_DIED.search(text) and whole >= part:
            return Count.exact(whole - part)
    if asked == "killed" and _SURVIVED.search(text) and "killed" not in cores(text):
        return Count.exact(figures[0]) if figures and re.search(r"\b(?:none|no one|nobody|not one)\b", text) else None
    if (fraction := _fraction(read)) is not None:
        return fraction
    if asked == "missing" and re.search(r"\bnone of (?:the|them|its|their)\b", text) and "found" in text:
        counted = [int(item.low) for item in read.items if item.counted and item.low]
        return Count.exact(counted[-1]) if counted else None
    if asked == "missing" and not figures and _ALL_FOUND.search(text):
        return Count.exact(0)
    if asked == "injured" and _UNHURT.search(text) and "injured" not in cores(text):
        return Count.exact(0)
    if asked == "injured" and not figures and _NOT_HURT.search(text) and not re.search(r"\bbut\b", text):
        return None if OUTCOME_PATTERNS[asked].search(_NOT_HURT.sub("", text)) else Count.exact(0)
    return _new_total(read)


_SURVIVED = re.compile(r"\bsurviv(?:ed|e|es)\b")
_FRACTION = re.compile(
    r"\b(?P<share>half|a third|a quarter|two[- ]thirds|three[- ]quarters)(?: of)? (?:the|its|their)\b"
)
_SHARES = {"half": (1, 2), "a third": (1, 3), "a quarter": (1, 4), "two thirds": (2, 3), "three quarters": (3, 4)}


def _fraction(read: Phrase) -> Count | None:
    """A share of a whole that is told: "half of the 40 passengers" is 20, "a third of the 40" about 13."""
    joined = " ".join(read.run)
    match = _FRACTION.search(joined)
    at = joined[: match.end()].count(" ") if match else 0
    whole = next((item.best for item in read.items if item.at == at + 1 and item.counted), None) if match else None
    if match is None or whole is None:
        return None
    over, under = _SHARES[match["share"].replace("-", " ")]
    return Count.exact(whole * over // under) if whole * over % under == 0 else Count.about(round(whole * over / under))


_BROUGHT_TO = re.compile(
    r"\b(?:bring|brought|tak(?:e|es|ing)|took|rais|lift|push|rose|ris(?:e|es|en|ing)|climb)\w*\b[^.;:]{0,60}?"
    r"\b(?:toll|total|number|count|tally|dead|fatalities|deaths|killed|injured|wounded|missing)\b[^.;:]{0,60}? to\b"
)


def _new_total(read: Phrase) -> Count | None:
    """The total to which a part has been added: "two more bodies were found, bringing the dead to 14"."""
    match = _BROUGHT_TO.search(" ".join(read.run))
    if match is None:
        return None
    at = " ".join(read.run)[: match.end()].count(" ")
    return next((item.count() for item in read.items if at < item.at <= at + 3 and item.counted), None)


def total(items: Sequence[Item]) -> Count | None:
    """The sum of the items as one count; an apposition ("three men, a father and two sons") is not counted twice."""
    items = [item for item in items if not item.whole]
    positive = [item for item in items if item.low or item.best or item.high]
    if not positive:
        return Count.exact(0) if items else None
    if len(positive) == 1:
        return positive[0].count()
    first, rest = positive[0], positive[1:]
    if len(rest) > 1 and first.low == sum(item.low or 0 for item in rest) and first.apposed:
        return first.count()
    return _summed(positive)


def _summed(items: Sequence[Item]) -> Count | None:
    qualifiers = {item.qualifier for item in items}
    best = [item.best for item in items]
    low = [item.low for item in items]
    high = [item.high for item in items]
    if qualifiers == {"exact"}:
        return Count.exact(sum(number for number in best if number is not None))
    if "range" in qualifiers and None not in low and None not in high:
        return Count.between(sum(n for n in low if n is not None), sum(n for n in high if n is not None))
    if "at_least" in qualifiers and "at_most" not in qualifiers and None not in low:
        number = sum(n for n in low if n is not None)
        return Count.at_least(number) if None not in best else Count.vague(number)
    if "at_most" in qualifiers and None not in high:
        return Count.at_most(sum(n for n in high if n is not None))
    figures = [item.figure() for item in items]
    return Count.about(sum(figures))


__all__ = ["cores", "parse_count", "total"]
