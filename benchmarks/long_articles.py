"""Grounding against long articles, ordinary and hostile: milliseconds a report, and how they grow with the text."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from statistics import median

from summarizer.schemas import Article, Count, DateSpan, Finding, Perpetrator, Place, Report, Statement, Target, Weapon
from synthetic import Words

from summarizer.grounding import ground

GOAL = 50.0
"""Milliseconds for a report against 100 KB."""
SIZES = (25_000, 50_000, 100_000, 200_000)
RUNS = 3

Make = Callable[[int], str]
Ask = Callable[[str], Report]

_LEAD = (
    "Gunmen from the Popular Front killed at least 14 people and wounded two dozen others with rockets at a market in "
    "Norvale, Chad, on Tuesday, police said. "
)
_WORDS = Words(7)
_PROSE = _LEAD + " ".join(_WORDS.sentence(("Norvale", "Popular Front")) for _ in range(3000))


def prose(size: int) -> str:
    return _PROSE[:size]


def paragraphs(size: int) -> str:
    return _PROSE[:size].replace(". ", ".\n\n")


def repeated_word(size: int) -> str:
    return _LEAD + "a " * (size // 2)


def repeated_sentence(size: int) -> str:
    return (_LEAD * (size // len(_LEAD) + 1))[:size]


def near_misses(size: int) -> str:
    """The sentence again and again, each time with another figure."""
    return "".join(_LEAD.replace("14", str(15 + number)) for number in range(size // len(_LEAD) + 1))[:size]


def no_full_stops(size: int) -> str:
    return _LEAD + _PROSE[:size].replace(".", "").replace("\n", " ").lower()


def no_spaces(size: int) -> str:
    return _LEAD + "killedpeople" * (size // 12)


def one_letter(size: int) -> str:
    return "a" * size


def quote_marks(size: int) -> str:
    return _LEAD + "“’ — …" * (size // len("“’ — …".encode()))


def days_everywhere(size: int) -> str:
    return _LEAD.replace(". ", ", ") + "on Tuesday 14 people were killed, " * (size // 34)


def report(text: str) -> Report:
    """An answer with every kind of field, all of it in the lead."""
    return Report(
        event_type=Finding(value="rocket_or_missile_attack"),
        stage=Finding(value="accomplished"),
        date=Finding[DateSpan](quote="on Tuesday"),
        location=Finding[Place](quote="in Norvale, Chad"),
        killed=Finding[Count](quote="at least 14 people"),
        injured=Finding[Count](quote="two dozen others"),
        perpetrators=(Finding[Perpetrator](quote="Gunmen from the Popular Front"),),
        targets=(Finding[Target](quote="a market in Norvale"),),
        weapons=(Finding[Weapon](quote="rockets"),),
        statements=(Finding[Statement](value=Statement(speaker="police"), quote="police said"),),
    )


def nowhere(text: str) -> Report:
    """Quotes that nearly match, with one figure or name wrong, or stand nowhere."""
    wrong = " ".join(text[: 30 * 110].replace("14", "41").replace("Norvale", "Sudvale").split()[:110])
    return Report(
        event_type=Finding(value="bombing"),
        killed=Finding[Count](quote=wrong),
        injured=Finding[Count](quote=_LEAD.replace("two dozen", "three dozen")),
        date=Finding[DateSpan](quote="at the beginning of that same long and terrible week"),
        location=Finding[Place](quote="a a a a a b a a a a"),
        targets=tuple(Finding[Target](quote=f"{_LEAD[at : at + 60]} nowhere to be found") for at in range(8)),
    )


def many(text: str) -> Report:
    """A hundred quotes, taken evenly from the article."""
    step = max(1, len(text) // 100)
    return Report(targets=tuple(Finding[Target](quote=text[at : at + 40]) for at in range(0, step * 100, step)))


TEXTS: tuple[Make, ...] = (
    prose,
    paragraphs,
    repeated_word,
    repeated_sentence,
    near_misses,
    no_full_stops,
    no_spaces,
    one_letter,
    quote_marks,
    days_everywhere,
)


def milliseconds(make: Make, ask: Ask, size: int) -> float:
    """Median of a few runs; each text is new to the grounding, which remembers the last ones."""
    times = []
    for run in range(RUNS):
        text = f"{make(size)} {run}"
        asked, article = ask(text), Article(text=text, published="2023-03-10")
        began = time.process_time()
        ground(asked, article, "s1")
        times.append(time.process_time() - began)
    return 1000 * median(times)


def search_alone(size: int) -> float:
    """Milliseconds of rapidfuzz's own search for the quotes of one report, none of them checked."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    text = prose(size)
    asked = nowhere(text)
    quotes = [found.quote or "" for found in (asked.killed, asked.injured, asked.date, *asked.targets) if found]
    began = time.process_time()
    for quote in quotes:
        partial_ratio_alignment(quote, text)
    return 1000 * (time.process_time() - began)


def grounding_table() -> None:
    """Prints a line for each kind of text and of report; `growth` is the exponent over the last doubling."""
    ground(report(_LEAD), Article(text=_LEAD, published="2023-03-10"), "s1")
    print(f"\ngrounding: ms a report (goal: {GOAL:.0f} ms at 100 KB; growth 1.0 is linear)")
    print(f"{'text':<20}{'report':<9}" + "".join(f"{size // 1000:>7} KB" for size in SIZES) + "  growth")
    worst = 0.0
    for make in TEXTS:
        for ask in (report, nowhere, many):
            times = [milliseconds(make, ask, size) for size in SIZES]
            growth = math.log2(times[-1] / times[-2])
            cells = "".join(f"{figure:10.1f}" for figure in times)
            print(f"{make.__name__:<20}{ask.__name__:<9}{cells}{growth:8.2f}")
            worst = max(worst, times[2])
    peer = search_alone(100_000)
    print(f"worst at 100 KB: {worst:.1f} ms, {worst / peer:.2f} × rapidfuzz's search for eleven quotes ({peer:.1f} ms)")


if __name__ == "__main__":
    grounding_table()
