"""Settings: built once, at the edge; nothing reads the environment mid-way.

`Settings()` reads `SUMMARIZER_*` and the two OpenAI variables from the environment.  A `.env` file is never read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from .errors import SettingError


class Settings(BaseSettings):
    """How a run is made.  Every field can be set as `SUMMARIZER_<NAME>` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="SUMMARIZER_", frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True
    )

    model: str | None = Field(default=None, description="provider/name, gguf:PATH or embedded")
    base_url: str | None = Field(default=None, description="an OpenAI-compatible endpoint, to its /v1")
    api_key: SecretStr | None = Field(default=None, description="key for the endpoint; OPENAI_API_KEY is the fallback")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("OPENAI_API_KEY"))
    openai_base_url: str | None = Field(default=None, validation_alias=AliasChoices("OPENAI_BASE_URL"))
    response: Literal["full", "compact"] | None = Field(default=None, description="overrides the profile's")
    adapter: Path | None = Field(
        default=None, description="a LoRA adapter (GGUF) for embedded and gguf models; none: bare"
    )
    concurrency: int | None = Field(default=None, ge=1, le=256, description="articles in flight")
    context_tokens: int | None = Field(default=None, ge=1024, description="the model's context, tokens")
    max_output_tokens: int | None = Field(default=None, ge=64, description="limit of one answer, tokens")
    max_cost: float | None = Field(default=None, ge=0, description="US dollars this run may spend")
    ledger: Path | None = Field(default=None, description="the ledger's file; default: user cache folder")
    use_ledger: bool = True
    ask_all: bool = Field(default=False, description="ask the embedded model about articles that look quiet, too")
    timeout: float = Field(default=600.0, gt=0, description="seconds for one call")
    attempts: int = Field(default=5, ge=1, le=20, description="tries of one call on transport errors, first included")
    max_wait: float = Field(default=60.0, ge=0, description="longest wait between tries, seconds; caps Retry-After")
    reasks: int = Field(default=2, ge=0, le=5, description="validation re-asks after the first answer")
    reask_tokens: int = Field(default=30_000, ge=1, description="tokens for an article's answers, re-asks included")

    @property
    def ledger_path(self) -> Path | None:
        """Where answers are kept, or None when they are not."""
        if not self.use_ledger:
            return None
        return self.ledger or cache_folder() / "ledger.sqlite3"


def cache_folder() -> Path:
    """The user's cache folder for this package; not created here."""
    return user_cache_path("incident-summarizer", appauthor=False)


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment, with those overrides that are not None.

    Raises SettingError naming the variable that is wrong; never prints its value, which may be a key.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0])
        shown = name if name.isupper() else f"SUMMARIZER_{name.upper()} (or its option)"
        raise SettingError(f"{shown}: {first['msg']}", subject=name) from None
