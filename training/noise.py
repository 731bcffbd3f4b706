"""What stands around a story on a page: scraping noise, other stories' sentences, paragraphs that nothing rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from nupunkt import sent_tokenize

from .example import NAMES, Example, spelled
from .words import Words

NOISE = (
    "Advertisement",
    "ADVERTISEMENT - CONTINUE READING BELOW",
    "Read more: What we know so far",
    "Share this article",
    "Share on Facebook | Share on X | Email | Print",
    "Sign up to our newsletter and get the morning's stories in your inbox.",
    "We use cookies to improve your experience. By continuing you accept our privacy policy.",
    "This is a developing story. Check back for updates.",
    "Subscribe now for unlimited access.",
    "Already a subscriber? Log in",
    "Photo: archive",
    "(File photo)",
    "Follow us on social media",
    "Most read",
    "Related topics: world, news, region",
    "Listen to this article · 2 min",
    "Copyright. All rights reserved. This material may not be published, broadcast or rewritten.",
    "Comments are closed on this story.",
    "Support independent journalism: donate today.",
    "Editing by the night desk",
    "Story continues below",
    "Enable JavaScript to view the interactive map.",
    "Tags: news",
    "Back to top",
)
_IS_NOISE = re.compile(
    r"^\W*(?:advertisement|read (?:more|also|next)|share (?:this|on)|sign up|subscribe|we use cookies|follow us"
    r"|most read|related(?: topics| stories)?:|copyright|comments|support independent|tags:|back to top|also on"
    r"|trending|newsletter|click here|log in|story continues|enable javascript)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\d|attack|bomb|fire|crash|explo|sho[ot]t|strike|quake|flood|storm|killed|dead|died|wound|injur|hostage|kidnap|rocket"
    r"|missile|collapse|leak|spill|hack|robb|protest|riot|police|blast|toll|victim|rescue|survivor|suspect|claimed",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"claim|responsib|behind the|admit", re.IGNORECASE)
_PROPER = re.compile(r"\b[A-Z][\w’'-]{3,}")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [part for part in re.split(r"\n\s*\n", text) if part.strip()]


def noisier(example: Example, chance: Random) -> Example:
    """The example with a few lines of scraping noise between its paragraphs."""
    parts = paragraphs(example.article.text)
    for line in chance.sample(NOISE, chance.randint(1, 3)):
        parts.insert(chance.randint(0, len(parts)), line)
    return _with(example, parts)


def cleaner(example: Example) -> Example:
    """The example without paragraphs that are noise."""
    needed = _needed(example)
    parts = paragraphs(example.article.text)
    return _with(example, [part for at, part in enumerate(parts) if at in needed or not _IS_NOISE.match(part)])


def stray(example: Example, others: Sequence[Example], chance: Random) -> Example | None:
    """The example with sentences of an unrelated article in it that tell of no incident; None where it has none."""
    apart = [other for other in others if other.set != example.set]
    if not apart:
        return None
    dull = [one for one in sent_tokenize(chance.choice(apart).article.text) if not _TELLS.search(one)]
    if not dull:
        return None
    parts = paragraphs(example.article.text)
    parts.insert(chance.randint(1, len(parts)), " ".join(dull[: chance.randint(1, 2)]).strip())
    return _with(example, parts)


def shorter(example: Example, chance: Random) -> Example | None:
    """The example without some of the paragraphs that no answer rests on; None where all are needed."""
    parts, needed = paragraphs(example.article.text), _needed(example)
    free = [at for at in range(1, len(parts)) if at not in needed]
    if not free:
        return None
    gone = set(chance.sample(free, chance.randint(1, len(free))))
    return _with(example, [part for at, part in enumerate(parts) if at not in gone])


def cut_off(example: Example) -> Example | None:
    """The example without the paragraphs after the last that an answer rests on; None where there are none."""
    parts, needed = paragraphs(example.article.text), _needed(example)
    last = max(needed, default=len(parts) - 1)
    return _with(example, parts[: last + 1]) if last + 1 < len(parts) else None


def _with(example: Example, parts: Sequence[str]) -> Example:
    return replace(example, article=example.article.model_copy(update={"text": "\n\n".join(parts)}))


def _needed(example: Example) -> set[int]:
    """The paragraphs that hold an answer's phrase, name its perpetrators, or speak of a claim that it gives."""
    phrases = [phrase for report in example.reports for phrase in _phrases(spelled(report))]
    names = {
        word
        for report in example.reports
        for one in report.perpetrators
        for word in _PROPER.findall(f"{one.quote} {one.value.name if one.value else ''}")
    }
    claimed = any(report.responsibility_claim for report in example.reports)
    found = set()
    for at, part in enumerate(paragraphs(example.article.text)):
        words = Words(part)
        told = any(words.spelled(phrase) for phrase in phrases) or any(name in part for name in names)
        if told or (claimed and _CLAIM.search(part)):
            found.add(at)
    return found


def _phrases(answer: dict[str, object]) -> list[str]:
    """The phrases of one report's answer."""
    found: list[str] = []
    for key in set(answer) & set(NAMES) - {"type", "stage", "claim"}:
        value = answer[key]
        items = value if isinstance(value, list) else [value]
        found += [item[0] if isinstance(item, list) else str(item) for item in items]
    return found
