"""A full record of the example articles, from reports written by hand: the same for tests and for screenshots."""

from __future__ import annotations

import json
from functools import cache

from summarizer.schemas import FullAnswer, Summary
from summarizer.schemas.record import Run

from summarizer import combine, read_articles
from summarizer.pipeline import identify

from .conftest import EXAMPLES, ROOT

RUN = Run(
    model="reports written by hand", profile="full", prompt="", calls=0, cached=0, input_tokens=0, output_tokens=0,
    cost_usd=0.0, seconds=0.0, started="2023-03-11T00:00:00+00:00",
)  # fmt: skip


@cache
def rusafa() -> Summary:
    """The record of `examples/camp-rusafa-rockets`, with the articles' texts."""
    answers = json.loads((ROOT / "tests" / "answers" / "camp-rusafa-rockets.json").read_text(encoding="utf-8"))
    read = read_articles([str(EXAMPLES / "camp-rusafa-rockets" / "*.txt")]).articles
    # The same record wherever the repository lies: paths as they are given on the README's command line.
    home = f"{ROOT}/"
    articles = identify(one.model_copy(update={"path": (one.path or "").removeprefix(home)}) for one in read)
    reports = {
        source: FullAnswer.model_validate(answers[article.publisher]).to_reports()
        for source, article in articles.items()
    }
    return combine(articles, reports, run=RUN, with_text=True)
