"""Cleaning: from a scraped text to the text that all spans count in.

Three steps: characters are mended line by line (mojibake, entities, control characters), promotional lines are
dropped (`promotion`), white space is normalised.  Everything here is pure and linear in the length of the text, and
cleaning a cleaned text changes nothing, so that offsets stay valid however often an article passes through.
"""

from __future__ import annotations

import html
import re
from functools import cache
from html.entities import html5
from typing import TYPE_CHECKING

from .promotion import without_promotion

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

_LINE_BREAK = re.compile(r"\r\n|[\n\r\u0085\u2028\u2029]")
_SPACES = re.compile(r"[\t\v\f\u001c-\u001f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Invisible characters: they part words for a search, turn text around for a reader (bidi controls) or carry hidden
# messages for a model (the tag block).  The joiners U+200C and U+200D stay, Persian needs them.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# What is left of a curly quote whose other two bytes were dropped.  No language writes an â there.
_LOST_OPENING = re.compile(r"(?<![^\W_])â(?=[A-Z])")
_LOST_CLOSING = re.compile(r"(?<=[.,!?])â(?=\s|$)")
_BLANK_LINES = re.compile(r"\n{3,}")

_BROKEN_NAMES = "quot|amp|lt|gt|apos|nbsp|[lr][ads]quo|ndash|mdash|hellip|copy|bull|euro|pound"
# `&amp;amp;quot;` has been escaped again and again: one step undoes it all, where undoing one layer a pass would be
# quadratic in the depth.
_NESTED = re.compile(r"&\s?(?:(?:amp|\#\s?0*38|\#\s?[xX]0*26)\s?;)+", re.IGNORECASE)
_ENTITY = re.compile(
    rf"&(?:\s?\#\s?(?P<number>[xX][0-9a-fA-F]{{1,6}}|[0-9]{{1,7}})\s?;"
    rf"|\s?(?P<broken>{_BROKEN_NAMES})\s?;"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]{1,31};)"
    r"|(?P<open>quot|nbsp|apos)(?![A-Za-z0-9=;]))"
)
# A scraper that lost the ampersand: `at the port,quot;.`  A letter before the name belongs to a word ("aliquot;").
_BARE = re.compile(r"(?<![A-Za-z&])(?P<name>quot|nbsp|apos|[lr][ads]quo|[nm]dash);")
_BARE_NUMBER = re.compile(r"(?<![\w&#])\#\s?(?P<number>39|34|8216|8217|8220|8221);")
_SUSPECT = re.compile(r"[^\x20-\x7e]|&|quot;|nbsp;|apos;|quo;|dash;|#")

_ROUNDS = 8


def clean(text: str) -> str:
    """The article's text without the noise of the trade, as lines parted by line feeds.

    Mends mojibake and entities (broken ones too), drops invisible characters and promotional lines, trims lines and
    collapses blank ones.  Curly quotes stay curly.  No sentence of the story is dropped: when in doubt a line stays.
    Returns an empty string where nothing is left.  Raises nothing.
    """
    lines = [_mended_line(line) for line in _LINE_BREAK.split(text)]
    return _BLANK_LINES.sub("\n\n", "\n".join(without_promotion(lines))).strip()


def mend(text: str) -> str:
    """`text` on one line with its characters mended: what `clean` does, for titles and names, which keep every word."""
    return " ".join(_mended_line(_LINE_BREAK.sub(" ", text)).split())


def _mended_line(line: str) -> str:
    """`line` trimmed and mended until nothing changes: an entity may decode to half of another one, or to mojibake.

    Trimming belongs to the round: ftfy judges "Â /" by what stands before it, a blank included.
    """
    line = line.strip()
    for _ in range(_ROUNDS):
        if not _SUSPECT.search(line):
            return line
        mended = _mended_once(line).strip()
        if mended == line:
            return line
        line = mended
    # Escapes so deep are no prose; what is left of them is taken out, so that the result is stable all the same.
    return re.sub(r"[^\x20-\x7e]|[&#;]", "", line).strip()


def _mended_once(line: str) -> str:
    line = _decoded(line)
    line = _SPACES.sub(" ", line)
    if not line.isascii():
        from ftfy import fix_text_segment  # most lines are plain ASCII and never need it

        line = fix_text_segment(line, _ftfy_settings())
        line = _LOST_CLOSING.sub("\u201d", _LOST_OPENING.sub("\u201c", line))
    return _INVISIBLE.sub("", _SPACES.sub(" ", _LINE_BREAK.sub(" ", line)))


@cache
def _ftfy_settings() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization="NFC",
    )


def _decoded(line: str) -> str:
    """`line` with entities decoded, those with blanks inside and those that lost their ampersand included."""
    if "&" in line:
        line = _NESTED.sub(_one_ampersand, line)
        line = _ENTITY.sub(_character, line)
    if ";" in line:
        line = _BARE.sub(_character, line)
        line = _BARE_NUMBER.sub(_character, line)
    return line


def _one_ampersand(match: re.Match[str]) -> str:
    return "&"


def _character(match: re.Match[str]) -> str:
    """The character of one entity; a name that HTML does not know stays as it is."""
    parts = match.groupdict()
    if parts.get("number"):
        return html.unescape(f"&#{parts['number']};")
    name = parts.get("broken") or parts.get("open") or parts.get("name") or ""
    return html5.get(name.rstrip(";") + ";", match.group())
