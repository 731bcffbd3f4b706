"""Promises of locating quotes: what is shown as the article's words stands there, figures and names unaltered."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.grounding.quotes import Located, locate
from summarizer.text import Passages, fold_keeping_length, normalise, sentence_spans

TEXT = (
    "BAGHDAD (Trident Wire) - Two American soldiers and a Danish soldier were killed on Wednesday "
    "evening when a volley "
    "of rockets crashed into Camp Rusafa, a base north of Baghdad that houses troops of the "
    "international coalition.\n\n"
    "Fourteen other coalition personnel were wounded, five of them classed as “urgent”, spokesman Col. Everett Lansing "
    "said in a statement. He did not give their nationalities.\n\n"
    "Eighteen 107mm rockets landed inside the perimeter at about 7:35 p.m., the statement said — hitting "
    "a row of living "
    "quarters. It’s the worst loss since 2019, when 1,200 troops left. Fourteen vehicles burned."
)
ABSENT = Located(None, None, "absent")


def words(located: Located, text: str = TEXT) -> str:
    """The located words."""
    assert located.start is not None
    assert located.end is not None
    return text[located.start : located.end]


@pytest.mark.parametrize(
    "quote",
    ["Fourteen other coalition personnel were wounded", "Camp Rusafa", "Two American soldiers", "1,200 troops"],
)
def test_exact(quote: str) -> None:
    """Words copied letter for letter are located exactly."""
    located = locate(quote, TEXT)
    assert located.match == "exact"
    assert words(located) == quote


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("fourteen other COALITION personnel", "Fourteen other coalition personnel"),
        ('classed as "urgent"', "classed as “urgent”"),
        ("the  statement\nsaid", "the statement said"),
        ("said - hitting a row", "said — hitting a row"),
        ("said -- hitting a row", "said — hitting a row"),
        ("It's the worst loss", "It’s the worst loss"),
        ("&quot;urgent&quot;, spokesman", "“urgent”, spokesman"),
        ("It&#8217;s the worst", "It’s the worst"),
        ('"Two American soldiers"', "Two American soldiers"),
        ("Two American soldiers…", "Two American soldiers"),
        ("international coalition. Fourteen other", "international coalition.\n\nFourteen other"),
    ],
)
def test_normalised(quote: str, there: str) -> None:
    """White space, quotes, dashes, case and entities do not hide a quote, and the span is that of the article."""
    located = locate(quote, TEXT)
    assert located.match == "normalized"
    assert words(located) == there


@pytest.mark.parametrize(
    "quote",
    [
        "Fourteen coalition personnel were wounded, five of them classed urgent",
        "Eighteen 107mm rockets landed in the perimeter at about 7:35 p.m.",
        "when volley of rockets crashed into Camp Rusafa, base north of Baghdad",
        "hitting a rows of living quarters",
    ],
)
def test_fuzzy_or_absent(quote: str) -> None:
    """A slip in words that carry no fact may be forgiven; what is located then holds the same figures and names."""
    located = locate(quote, TEXT)
    if located.match != "absent":
        assert located.match == "fuzzy"
        assert re.findall(r"\d+", words(located)) == re.findall(r"\d+", quote)


def test_fuzzy() -> None:
    """A dropped article is forgiven."""
    located = locate("when volley of rockets crashed into Camp Rusafa, base north of Baghdad", TEXT)
    assert located.match == "fuzzy"
    assert words(located) == "when a volley of rockets crashed into Camp Rusafa, a base north of Baghdad"


@pytest.mark.parametrize(
    "quote",
    [
        "Eighteen other coalition personnel were wounded",
        "Fourteen other coalition personnel were killed",
        "Three American soldiers and a Danish soldier were killed on Wednesday evening",
        "Two American soldiers and a Dutch soldier were killed on Wednesday evening",
        "Two American soldiers and a Danish soldier were killed on Tuesday evening",
        "a volley of rockets crashed into Camp Rustafa, a base north of Baghdad",
        "a volley of rockets crashed into camp rustafa, a base north of baghdad",
        "Nineteen 107mm rockets landed inside the perimeter",
        "Eighteen 122mm rockets landed inside the perimeter",
        "at about 7:45 p.m., the statement said",
        "200 troops",
        "7mm rockets",
        "Two American soldiers were killed on Wednesday evening when a volley of rockets crashed into Camp Rusafa",
        "spokesman Col. Everett Lansen said in a statement",
        "the worst loss since 2018",
        "No American soldiers and a Danish soldier were killed on Wednesday evening",
        "the article does not say this",
        "ourteen other coalition personnel",
    ],
)
def test_altered(quote: str) -> None:
    """An altered figure, name, day or outcome is never located."""
    assert locate(quote, TEXT) == ABSENT


@pytest.mark.parametrize("quote", ["", "   ", "...", "“”", "—", "x" * 1_000_000, "Camp Rusafa " * 90_000, "\x00"])
def test_senseless(quote: str) -> None:
    """Empty, endless and senseless quotes are absent, at once."""
    started = time.perf_counter()
    assert locate(quote, TEXT) == ABSENT
    assert time.perf_counter() - started < 0.5


def test_generated_alterations() -> None:
    """None of some hundred generated alterations of figures and names is accepted."""
    spans = sentence_spans(TEXT)
    random.seed(7)
    passages = Passages(TEXT)
    tried = 0
    for start, end in spans:
        quote = TEXT[start:end].strip()
        for match in re.finditer(r"\d+|[A-Z][a-z]{3,}", quote):
            old = match.group()
            for _ in range(5):
                position = random.randrange(len(old))
                letter = random.choice("0123456789" if old.isdigit() else "abdeklmnoprtu")
                new = old[:position] + letter + old[position + 1 :]
                if new.casefold() == old.casefold():
                    continue
                altered = quote[: match.start()] + new + quote[match.end() :]
                tried += 1
                assert locate(altered, passages).match == "absent", altered
    assert tried > 50


def test_nearest_occurrence() -> None:
    """A quote that stands in several places is taken where it is nearest to the others, else where it stands first."""
    text = "Three men died. " * 3 + "Far away. " * 100 + "In Basra three men died. Three men died."
    assert locate("Three men died", text).start == 0
    assert locate("Three men died", text, [text.index("Basra")]).start == text.rindex("Three men died")


def test_whole_words_only() -> None:
    """A quote never begins or ends inside a word or a figure."""
    assert locate("man", "A woman spoke.") == ABSENT
    assert locate("4 men", "Of 14 men, 3.4 men, 1,4 men") == ABSENT
    assert locate("4 men", "Of 14 men only 4 men spoke.").start == 15


def test_other_scripts() -> None:
    """Digits of other scripts agree with ours, and scripts without spaces are located too."""
    assert locate("14 soldiers", "There were ١٤ soldiers.").match == "normalized"
    assert locate("15 soldiers", "There were ١٤ soldiers.") == ABSENT
    assert locate("三名士兵", "昨天三名士兵死亡。").match == "exact"


@pytest.mark.parametrize(
    "filler", ["The quick brown fox of Camp Rusafa killed 14 soldiers. ", "- ", "&amp;", "a\u0301", "“"]
)
def test_speed(filler: str) -> None:
    """Locating takes about linear time: an absent quote in 100 KB of hostile text is done in well under a second."""
    text = (filler * (100_000 // len(filler) + 1))[:100_000]
    started = time.perf_counter()
    locate("the quick brown fox of Camp Rusafa murdered 15 soldiers and others on the Wednesday", text)
    assert time.perf_counter() - started < 0.6


@given(st.text(max_size=400), st.data())
def test_located_words_are_the_quote(text: str, data: st.DataObject) -> None:
    """Whatever is located, the article's words there are the quote, letter for letter or after normalising."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    located = locate(quote, text)
    if located.match == "exact":
        assert words(located, text) == quote.strip()
    elif located.match == "normalized":
        assert normalise(words(located, text)).text.strip(" '-.,;:") == normalise(quote).text.strip(" '-.,;:…")


@given(st.text(max_size=300))
def test_normalising_maps_back(text: str) -> None:
    """Every character of the normalised text comes from inside the original, in order."""
    folded = normalise(text)
    origins = [folded.origin(offset) for offset in range(len(folded.text))]
    assert origins == sorted(origins)
    assert all(0 <= origin < len(text) for origin in origins)
    assert folded.origin_end(len(folded.text)) <= len(text)


@given(st.text(max_size=300))
def test_folding_keeps_length(text: str) -> None:
    """Folding for pattern search keeps every offset."""
    assert len(fold_keeping_length(text)) == len(text)
