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
from .queue import is_new, to_read, waiting
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
        tools = Tools(fetcher_of(config), pages, state.validators, config.fetching.feed_bytes)
        for listing in discover(config.sources, tools):
            if isinstance(listing, Trouble):
                found.troubles.append(listing)
                say(f"failed: {listing.message}")
            else:
                found.new += _new(state, listing, options)
        found.waiting = len(to_read(state, since=options.since)) + len(waiting(state, since=options.since))
        articles = found.new + found.waiting
        articles = articles if options.limit is None else min(articles, options.limit)
        _price(found, articles, profile, state)
    return found


def _new(state: State, listing: Listing, options: Options) -> int:
    since = options.since
    pages = {
        entry.place
        for entry in listing.entries
        if is_new(state, listing, entry) and (since is None or not entry.published or entry.published[:10] >= since)
    }
    known = {
        row["sha256"]
        for found in listing.articles
        for row in state.rows("SELECT sha256 FROM articles WHERE sha256 = ?", (found.article.sha256,))
    }
    return len(pages) + len({found.article.sha256 for found in listing.articles} - known)


def _price(found: Estimate, articles: int, profile: Profile, state: State) -> None:
    """Calls and cost by the mean length of the articles known, and of the answers that were had."""
    (row,) = state.rows(
        "SELECT avg(length(text)) AS mean FROM (SELECT text FROM articles WHERE text IS NOT NULL LIMIT 500)"
    )
    characters = row["mean"] or _USUAL_CHARACTERS
    (row,) = state.rows(
        "SELECT total(json_extract(counts, '$.output_tokens')) AS tokens, "
        "total(json_extract(counts, '$.calls')) AS calls FROM runs"
    )
    answer = row["tokens"] / row["calls"] if row["calls"] else _USUAL_ANSWER
    parts = max(1, math.ceil(characters / profile.part_characters))
    found.calls = articles * parts
    instructions = sum(
        len(message["content"]) for message in load_prompt(profile.prompt).fill(fence="", head="", article="")
    )
    tokens = (instructions + characters / parts) / CHARACTERS_PER_TOKEN
    one = price(profile, int(tokens), int(answer))
    found.cost = None if one is None else one * found.calls
