"""Promises of altered quotes: one figure or one name is another, all else stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.altering import altered

TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+|[^\w\s]|_", re.UNICODE)
VOCABULARY = """14 1,200 3.5 twelve Fifteen dozens soldiers were killed in Camp Rusafa by Anna Roe FMLN Wednesday no one
the Seventy 107mm said, a hundred"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=12).map(" ".join)


@given(WORDS, st.text(max_size=5))
def test_one_change(quote: str, seed: str) -> None:
    """An altered quote differs from the quote in exactly one word or figure, and not by its case alone."""
    for words, _ in altered(quote, seed=seed):
        pairs = list(zip(TOKEN.findall(quote), TOKEN.findall(words), strict=True))
        changed = [(one, other) for one, other in pairs if one != other]
        assert len(changed) == 1
        assert changed[0][0].lower() != changed[0][1].lower()


@given(WORDS)
def test_kinds(quote: str) -> None:
    """A change called a figure changes digits or a number word, one called a name a capitalised word."""
    for words, kind in altered(quote, seed="s"):
        one = next(a for a, b in zip(TOKEN.findall(quote), TOKEN.findall(words), strict=True) if a != b)
        if kind == "name":
            assert one[0].isupper()
        else:
            assert one[0].isdigit() or one.lower() in {"twelve", "fifteen", "dozens", "one", "seventy", "hundred"}


@given(st.text(max_size=80), st.text(max_size=5))
def test_any_text(quote: str, seed: str) -> None:
    """No text makes altering fail; the same quote and seed give the same list; the quote itself is never in it."""
    found = altered(quote, seed=seed)
    assert found == altered(quote, seed=seed)
    assert quote not in [words for words, _ in found]


@pytest.mark.parametrize(
    ("quote", "figures", "names"),
    [
        ("14 soldiers were killed", 1, 0),
        ("two soldiers and a driver", 1, 0),
        ("twenty-seven people", 2, 0),
        ("No one was hurt", 0, 0),
        ("they shot at one another", 0, 0),
        ("on Wednesday", 0, 0),
        ("Police said so", 0, 0),
        ("a base near Rusafa", 0, 1),
        ("Camp Rusafa", 0, 2),
        ("the FMLN", 0, 1),
        ("Col. Everett Lansing", 0, 2),
        ("at 7:35 p.m.", 1, 0),
    ],
)
def test_what_is_changed(quote: str, figures: int, names: int) -> None:
    """Every figure and every proper name is changed once; days, titles and sentence openings are no names."""
    kinds = [kind for _, kind in altered(quote, seed="s")]
    assert (kinds.count("figure"), kinds.count("name")) == (figures, names)


def test_seeds() -> None:
    """Another seed changes a quote in another way."""
    assert len({tuple(altered("14 men of Camp Rusafa", seed=str(seed))) for seed in range(20)}) > 5
