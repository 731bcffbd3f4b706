"""Which lines of a scraped page are promotion and not the story.

A line is dropped only for what it says of itself ("READ ALSO", "Subscribe", a row of share buttons).  A line that
opens with a quotation mark, that is long, or that reads like sentences stays, whatever words it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 220
"""Characters; a longer line has the story in it as well."""

_LEAD = r"^(?:[^\w\"'“‘«(\[]{1,12})?\s*"
_BREAK = r"\s*(?::|\||>>|»|→|▸|…|\.\.\.|$)"

# Teasers for other stories: the words alone do not do ("Read more than one book"), a mark has to follow them.
_TEASER = re.compile(
    _LEAD
    + r"(?:(?:read|see|look|watch) (?:also|too|more|next)|also (?:read|see)|related(?: (?:stories|articles|news))?"
    + r"|trending(?: now)?|most (?:read|popular|viewed)|don['’]t miss|you (?:may|might) also (?:like|be interested in)"
    + r"|readers also liked|also interesting|up next|recommended for you|more from [\w .'’&-]{1,40}|more on this story)"
    + _BREAK,
    re.IGNORECASE,
)
_TEASER_IN_CAPITALS = re.compile(_LEAD + r"(?:(?:READ|SEE) (?:ALSO|MORE)|ALSO READ)\b")

# Invitations to the reader, each long enough to be unmistakable.
_INVITATION = re.compile(
    _LEAD
    + r"(?:sign up (?:to|for|now|today|-)|subscribe(?: (?:now|today|here|from|for|to our|to the)\b|:|$)"
    + r"|join (?:our|to our) (?:\w+ )?(?:channel|group|newsletter)|follow us(?: on\b| for\b| at\b|:|!|$)"
    + r"|follow (?:our|\w+(?: \w+)?) (?:page )?on (?:facebook|twitter|x|telegram|whatsapp|instagram)\b|like us on\b"
    + r"|get (?:our|the) (?:\w+ ){0,2}(?:app|newsletter)\b|download our app\b|click here (?:to|for)\b"
    + r"|enter your e-?mail\b|never miss a\b|already a (?:subscriber|member)|you are receiving this\b"
    + r"|(?:like|enjoying) (?:this story|what you['’a-z ]{0,6} ?read(?:ing)?) ?\?|sign in to read\b"
    + r"|you have read \d+ of \d+|renew your subscription\b)",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    _LEAD + r"(?:we (?:value your privacy|use cookies)|this (?:web)?site uses cookies|accept (?:all )?cookies"
    r"|by continuing to (?:browse|use) (?:this|the|our) (?:web)?site)\b",
    re.IGNORECASE,
)
_EMPTY_LABEL = re.compile(
    r"^(?:date|tags?|author|source|published|updated|category|categories|filed under|topics?)\s*:$", re.IGNORECASE
)
_CUT_TEASER = re.compile(r"(?:\.\.\.|…)\s*(?:read )?more$", re.IGNORECASE)

_BUTTONS = frozenset(
    {
        "facebook",
        "fb",
        "twitter",
        "tweet",
        "linkedin",
        "whatsapp",
        "telegram",
        "viber",
        "reddit",
        "pinterest",
        "pin",
        "stumbleupon",
        "email",
        "e-mail",
        "mail",
        "print",
        "link",
        "share",
        "tw",
        "wa",
    }
)
_BUTTON_WORDS = _BUTTONS | frozenset(
    {
        "copy",
        "the",
        "this",
        "on",
        "it",
        "via",
        "a",
        "an",
        "to",
        "friend",
        "mate",
        "face",
        "book",
        "x",
        "f",
        "t",
        "in",
        "comments",
    }
)
_ADVERTISEMENT_WORDS = frozenset(
    {"story", "continues", "continue", "below", "reading", "advertisement", "advertisements"}
)
_WORD = re.compile(r"[\w-]+")
_SENTENCES = re.compile(r"[a-z\d][.!?][\"'”’)]?\s+[A-Z“\"‘'].*[.!?][\"'”’)]?$")
_FULL_STOP = re.compile(r"(?<!\.)\.[\"'”’)]?$")
_ONE_LINER = 100
"""Characters; up to here two sentences may still be one invitation ("Follow us. It is free.")."""


def without_promotion(lines: Sequence[str]) -> list[str]:
    """`lines` without the promotional ones, and without the cut-off teasers after the last line of the story."""
    kept = [line for line in lines if not is_promotion(line)]
    # A teaser cut off as "... more" counts only below the story: inside it, it may be a sentence that trails off.
    while kept and (not kept[-1] or _CUT_TEASER.search(kept[-1])):
        kept.pop()
    return kept


def is_promotion(line: str) -> bool:
    """Whether the line, trimmed, invites, links, shares or sells rather than tells."""
    if not line or len(line) > _LONGEST or line[0] in "\"“‘'«":
        return False
    if _EMPTY_LABEL.match(line) or _COOKIES.match(line):
        return True
    if _INVITATION.match(line):
        return len(line) <= _ONE_LINER or not _SENTENCES.search(line)
    if _TEASER.match(line) or _TEASER_IN_CAPITALS.match(line):
        # Headlines have no full stop: with one, "More from the governor: he has resigned." is told, not offered.
        return not _FULL_STOP.search(line)
    return _is_furniture(line)


def _is_furniture(line: str) -> bool:
    """Whether the line is a row of share buttons or an advertisement's frame, every word of it."""
    words = [word.lower() for word in _WORD.findall(line)]
    if not words:
        return False
    if set(words) <= _ADVERTISEMENT_WORDS:
        return words[0].startswith("advert") or words[-1].startswith("advert") or words[:2] == ["story", "continues"]
    buttons = [word for word in words if word in _BUTTONS or word == "copy"]
    return len(buttons) > 1 and all(word in _BUTTON_WORDS or word.isdigit() for word in words)
