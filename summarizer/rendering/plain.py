"""Untrusted text made fit for a screen."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # OSC and its kin: titles, links
    r"|\x1b[ -/]*[0-~]?"
)


def plain(text: str) -> str:
    """`text` on one line without terminal sequences, control characters, bidi controls and invisible characters."""
    kept = []
    for sign in _SEQUENCE.sub("", text):
        category = unicodedata.category(sign)
        if sign.isspace() or category in {"Zl", "Zp"}:
            kept.append(" ")
        elif category not in {"Cc", "Cf", "Cs", "Co"}:
            kept.append(sign)
    return " ".join("".join(kept).split())


def web_address(address: str | None) -> str | None:
    """The address, fit for a link, if it is of http or https; None for any other scheme and for no address."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    if address is None or parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return quote(address, safe=":/?#@!$&*+,;=%~-._")
