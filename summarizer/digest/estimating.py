"""The dry run: what the next run would read, how many calls that takes and what they may cost.  Changes nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from summarizer.articles.pages import PageReader
from summarizer.extraction import resolve_profile
from summarizer.extraction.costs import price
from summarizer.extraction.profiles import CHARACTERS_PER_TOKEN, Profile
from summarizer.prompts import load_prompt
from summarizer.wording import plural

from .config import Config
from .queue import is_new, load_articles, to_read, waiting
from .running import Options, fetcher_of, settings_of
from .sources import Listing, Tools, Trouble, discover
from .state import State

_USUAL_CHARACTERS = 4_000
"""Of an article that is not fetched yet, while the state holds none to learn from."""
_USUAL_ANSWER = 600
"""Tokens of an answer, likewise."""


@dataclass
class Estimate:
    """What a run would do.  `cost` is in US dollars, None where the model has no listed price."""

    model: str = ""
    new: int = 0
    waiting: int = 0
    calls: int = 0
    cost: float | None = None
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def text(self) -> str:
        cost = "at a price that is not known" if self.cost is None else f"for about ${self.cost:.4f}"
        lines = [
            f"{self.new} new {plural('article', self.new)} listed, {self.waiting} known and not read yet",
            f"about {self.calls} {plural('call', self.calls)} to {self.model} {cost}",
            "dry run: no page was fetched, no call made, nothing written",
        ]
        return "\n".join(lines)


def estimate(config: Config, options: Options, *, say: Callable[[str], None] = lambda line: None) -> Estimate:
    """Ask the sources what they list, and count.  Raises SettingError, StateError."""
    profile = resolve_profile(settings_of(config, options))
    found = Estimate(model=profile.model)
    exists = config.state.is_file()
    with State(config.state if exists else None, read_only=exists) as state, PageReader() as pages:
        usual = _usual_length(state)
        ids = to_read(state, since=options.since)
        lengths = [len(article.text) for article in load_articles(state, ids).values()]
        lengths += [usual] * len(waiting(state, since=options.since))
        found.waiting = len(lengths)
        tools = Tools(fetcher_of(config), pages, state.validators(), config.fetching)
        for listing in discover(config.sources, tools):
            if isinstance(listing, Trouble):
                found.troubles.append(listing)
                say(f"failed: {listing.message}")
            else:
                lengths += _new(state, listing, options, usual)
        found.new = len(lengths) - found.waiting
        parts = [math.ceil(length / profile.part_characters) for length in lengths[: options.limit]]
        found.calls = sum(parts)
        found.cost = _cost(sum(lengths[: options.limit]), found.calls, profile, _usual_answer(state))
    return found


def _new(state: State, listing: Listing, options: Options, usual: int) -> list[int]:
    """The lengths of the articles in a listing that are new; pages that are not fetched have the usual one."""
    since = options.since
    pages = {
        entry.place
        for entry in listing.entries
        if is_new(state, listing, entry) and (since is None or not entry.published or entry.published[:10] >= since)
    }
    texts = {found.article.sha256: len(found.article.text) for found in listing.articles}
    for sha256 in list(texts):
        if state.rows("SELECT 1 FROM articles WHERE sha256 = ?", (sha256,)):
            del texts[sha256]
    return [usual] * len(pages) + list(texts.values())


def _usual_length(state: State) -> int:
    question = "SELECT avg(length(text)) AS mean FROM (SELECT text FROM articles WHERE text IS NOT NULL LIMIT 500)"
    return int(state.rows(question)[0]["mean"] or _USUAL_CHARACTERS)


def _usual_answer(state: State) -> int:
    (row,) = state.rows(
        "SELECT total(json_extract(counts, '$.output_tokens')) AS tokens, "
        "total(json_extract(counts, '$.calls')) AS calls FROM runs"
    )
    return int(row["tokens"] / row["calls"]) if row["calls"] else _USUAL_ANSWER


def _cost(characters: int, calls: int, profile: Profile, answer: int) -> float | None:
    """US dollars for so many calls: instructions and texts in, usual answers out."""
    filled = load_prompt(profile.prompt).fill(fence="", head="", article="")
    asked = characters + calls * sum(len(message["content"]) for message in filled)
    return price(profile, asked // CHARACTERS_PER_TOKEN, calls * answer)
