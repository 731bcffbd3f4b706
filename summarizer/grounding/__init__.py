"""Grounding: every quote of a report is located in its article and every value checked against its words.

    quotes      where a quote stands
    counts      numbers of people in words (marking, phrases, items, persons, voices)
    dates       days in words (relative, weekdays, feasts, counting, timewords)
    names       names in words
    refining    the place, target or weapon inside a phrase
    actors      who did it, inside a phrase
    figures     any other figure
    numbers     the number that a run of words says
    proofs      proving words for values that come without a quote
    scenes      a quote and the words around it
    checks      one check for each type of value
    incidents   words that speak of another incident
    fields      which field of a report class holds what
    lexicon     the word lists, kept as data in TOML files
    reports     a whole report

Pure: no clock, no network, no model; the same report and article give the same result.
"""

from __future__ import annotations

from .reports import ground

__all__ = ["ground"]
