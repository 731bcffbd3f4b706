"""The digest's documentation keeps step, and the week that it shows runs."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import typer.main
from pydantic import BaseModel

from summarizer.cli import app
from summarizer.digest.config import Config, parse_config
from summarizer.digest.rendering import TEMPLATES

from .conftest import ROOT

TEXT = (ROOT / "docs" / "digest.md").read_text(encoding="utf-8")


def keys(model: type[BaseModel]) -> set[str]:
    """The keys of a section and of the sections in it."""
    found = {information.alias or name for name, information in model.model_fields.items()}
    for information in model.model_fields.values():
        for inner in (information.annotation, *getattr(information.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found |= keys(inner)
    return found


def test_every_key_is_documented_by_an_example_that_works() -> None:
    """The file in the docs is valid and has every key there is."""
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    parse_config(tomllib.loads(example))
    shown = set(re.findall(r"^(\w+) =|^\[+(\w+)\]", example, re.MULTILINE))
    assert keys(Config) <= {name for pair in shown for name in pair}


def test_every_default_in_the_example_is_the_true_one() -> None:
    """What the example shows as usual is what happens without it."""
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    shown, bare = (
        parse_config(content) for content in (tomllib.loads(example), {"sources": [{"kind": "folder", "path": "x"}]})
    )
    assert shown.fetching == bare.fetching
    assert (shown.window_days, shown.timezone, shown.state) == (bare.window_days, bare.timezone, bare.state)
    assert (shown.output.folder, shown.output.formats) == (bare.output.folder, bare.output.formats)


def test_every_option_and_template_is_mentioned() -> None:
    """Nobody has to read the code to find an option."""
    command = typer.main.get_command(app)
    assert hasattr(command, "commands")
    options = {word for option in command.commands["digest"].params for word in option.opts} - {"--config"}
    assert all(f"`{option}" in TEXT for option in options)
    assert all(name in TEXT for name in TEMPLATES.values())
    assert all(f"summarizer {name}" in TEXT for name in ("digest", "incidents", "show", "split"))


def test_the_week_of_the_docs_gives_seven_digests(tmp_path: Path) -> None:
    """Seven mornings over the served archive: each incident is new once, each article is read once."""
    week = runpy.run_path(str(ROOT / "docs" / "week" / "run.py"))["week"]
    outcomes = week(tmp_path)
    digests = sorted((tmp_path / "digests").glob("*.md"))
    assert [path.stem for path in digests] == [f"digest-2025-06-0{day}" for day in range(3, 10)]
    assert all(outcome.troubles == [] for outcome in outcomes)
    calls = sum(outcome.readout.usage.calls for outcome in outcomes)
    assert calls == sum(outcome.articles for outcome in outcomes) == 42
    told = [re.findall(r"^_(i\d+),", path.read_text().split("## What changed")[0], re.MULTILINE) for path in digests]
    new = [id for ids in told for id in ids]
    assert len(new) == len(set(new))
    assert len(new) >= 9
