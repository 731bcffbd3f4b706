"""Grounding: every quote of a report is located in its article and every value checked against its words.

    quotes      where a quote stands
    counts      numbers of people in words (phrases, voices, casualty_words)
    dates       days in words (relative, timewords)
    names       names in words, and the name inside a phrase
    figures     any other figure
    proofs      proving words for values that come without a quote
    checks      one check for each type of value
    incidents   words that speak of another incident
    reports     a whole report

Pure: no clock, no network, no model; the same report and article give the same result.
"""

from __future__ import annotations

from .reports import ground

__all__ = ["ground"]
