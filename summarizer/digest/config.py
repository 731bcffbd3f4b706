"""`digest.toml`: what a digest reads, how, and where it goes.  Read once, at the edge."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from summarizer.errors import SettingError

MEGABYTE = 1_000_000


class Section(BaseModel):
    """Base of all parts: frozen, and a key that nobody knows is a mistake worth telling."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceConfig(Section):
    """One source: a feed or sitemap by its `url`, a list of addresses (`urls`, or lines of the file `path`), a folder
    or a JSONL drop by its `path`, which may be a pattern."""

    kind: Literal["feed", "sitemap", "urls", "folder", "jsonl"]
    url: str | None = None
    path: Path | None = None
    urls: tuple[str, ...] = ()
    publisher: str | None = Field(default=None, description="stands in for the pages' own name of the outlet")

    @property
    def name(self) -> str:
        """How messages name the source."""
        return self.url or (str(self.path) if self.path else "urls")

    @field_validator("url")
    @classmethod
    def _web(cls, url: str | None) -> str | None:
        return None if url is None else _checked(url)

    @field_validator("urls")
    @classmethod
    def _all_web(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_checked(url) for url in urls)

    @model_validator(mode="after")
    def _complete(self) -> SourceConfig:
        needs = {"feed": "url", "sitemap": "url", "folder": "path", "jsonl": "path"}.get(self.kind)
        given = {"url": self.url, "path": self.path, "urls": self.urls or None}
        if needs and (given[needs] is None or any(given[name] for name in given if name != needs)):
            raise ValueError(f"a source of kind {self.kind} is given by its {needs}, and by that alone")
        if self.kind == "urls" and (self.url or not (self.path or self.urls)):
            raise ValueError("a source of kind urls is given by a list urls, or by the path of a file with one a line")
        return self


class Fetching(Section):
    """How pages are fetched."""

    delay_seconds: float = Field(default=1.0, ge=0, le=60, description="least time between two requests to one host")
    timeout_seconds: float = Field(default=30.0, gt=0, le=600, description="most that one page may take")
    page_bytes: int = Field(default=10 * MEGABYTE, ge=1_000)
    feed_bytes: int = Field(default=10 * MEGABYTE, ge=1_000)
    hosts_at_once: int = Field(default=8, ge=1, le=64)
    robots: bool = Field(default=True, description="respect robots.txt; turn off for servers of your own only")
    allow_private_hosts: tuple[str, ...] = Field(default=(), description="hosts that may have a private address")
    give_up_days: float = Field(default=3.0, ge=0, description="how long a page that fails is tried again")
    recheck_days: float = Field(default=2.0, ge=0, description="how long pages of URL lists are asked for changes")


class Output(Section):
    """What is written."""

    folder: Path = Path("digests")
    formats: tuple[Literal["md", "html", "json"], ...] = ("md", "html", "json")
    atom: bool = True
    atom_entries: int = Field(default=50, ge=1, le=1_000)
    site: str | None = Field(default=None, description="where the folder is served, for the links of the feed")
    templates: Path | None = Field(default=None, description="a folder whose templates go before ours")

    @field_validator("site")
    @classmethod
    def _web(cls, site: str | None) -> str | None:
        return None if site is None else _checked(site).rstrip("/")


class Mail(Section):
    """Where the digest is mailed to.  The password stands in the environment, under the name `password_env`."""

    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password_env: str = "SUMMARIZER_SMTP_PASSWORD"  # noqa: S105 - the name of a variable, no password
    sender: str = Field(alias="from", min_length=3)
    to: tuple[str, ...] = Field(min_length=1)
    timeout_seconds: float = Field(default=30.0, gt=0)

    @model_validator(mode="after")
    def _password_is_covered(self) -> Mail:
        if self.username is not None and self.security == "none":
            raise ValueError(
                "a password is never sent uncovered: set security to starttls or tls, or leave username out"
            )
        return self


class Model(Section):
    """Which model reads the articles; what is left out comes from the environment, as for `summarize`."""

    name: str | None = None
    base_url: str | None = None
    concurrency: int | None = None
    max_cost: float | None = Field(default=None, ge=0, description="US dollars that one run may spend")


class Config(Section):
    """A whole `digest.toml`.  Relative paths count from the folder that it stands in."""

    title: str = "Incidents"
    state: Path = Path("digest.sqlite3")
    timezone: str = "UTC"
    window_days: int = Field(default=14, ge=1, le=3_650, description="how far back new reports may join an incident")
    log: Path | None = Field(default=None, description="a file that gets one JSON object a line for each event")
    sources: tuple[SourceConfig, ...] = Field(min_length=1)
    model: Model = Model()
    fetching: Fetching = Fetching()
    output: Output = Output()
    mail: Mail | None = None

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            raise ValueError(f"no time zone of the name {name!r}; write one such as Europe/Paris or UTC") from None
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def under(self, folder: Path) -> Config:
        """The same with its relative paths counted from `folder`."""

        def placed(path: Path | None) -> Path | None:
            return None if path is None else folder / path.expanduser()

        output = self.output.model_copy(
            update={"folder": placed(self.output.folder), "templates": placed(self.output.templates)}
        )
        sources = tuple(source.model_copy(update={"path": placed(source.path)}) for source in self.sources)
        paths = {"state": placed(self.state), "log": placed(self.log)}
        return self.model_copy(update={"output": output, "sources": sources, **paths})


def load_config(path: Path) -> Config:
    """The configuration in a TOML file.  Raises SettingError that names the file and the key that is wrong."""
    name = str(path)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise SettingError(f"{name}: cannot be read ({wrong.strerror}); see docs/digest.md", subject=name) from wrong
    except UnicodeDecodeError as wrong:
        raise SettingError(f"{name}: no UTF-8 text; save it as UTF-8", subject=name) from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise SettingError(f"{name}: no valid TOML: {wrong}", subject=name) from wrong
    return parse_config(content, name).under(path.resolve().parent)


def parse_config(content: dict[str, Any], name: str = "digest.toml") -> Config:
    """The configuration in a table.  Raises SettingError; values are not repeated, as one may be a secret."""
    try:
        return Config.model_validate(content)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        key = ".".join(str(step) for step in first["loc"]) or "the file"
        told = first["msg"].removeprefix("Value error, ")
        raise SettingError(f"{name}: {key}: {told}; docs/digest.md lists all keys", subject=name) from None


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an http(s) address is needed")
    if "@" in parts.netloc:
        raise ValueError("an address with a user name or a password in it would be kept in the state; leave them out")
    return url
