"""The digest's part of the command line: parses, calls one function, prints.  Imports nothing heavy before it must."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from .state import State

PARTIAL, BUSY = 3, 4

ConfigOption = Annotated[Path, typer.Option(help="The digest's configuration, see docs/digest.md.")]
StateOption = Annotated[Path | None, typer.Option(help="A state file, instead of the one that --config names.")]


class Format(StrEnum):
    table = "table"
    md = "md"
    json = "json"


def digest(
    config: ConfigOption = Path("digest.toml"),
    since: Annotated[str | None, typer.Option(help="Leave articles published before this day (2024-05-15).")] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Articles that the model may read in this run.")] = None,
    max_cost: Annotated[float | None, typer.Option(min=0, help="US dollars that this run may spend.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what a run would read and cost; do nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print failures alone, as timers like it.")] = False,
) -> None:
    """Read the configured sources, join what is new to the known incidents, write a digest of what changed."""
    from .config import load_config
    from .running import Options, run_digest

    loaded = load_config(config)
    options = Options(since=_day(since), limit=limit, max_cost=max_cost)
    if dry_run:
        from .estimating import estimate

        print(estimate(loaded, options, say=_say).text)
        return
    outcome = run_digest(loaded, options=options, say=_say_failure if quiet else _say)
    if not quiet:
        print(outcome.line)
    if outcome.troubles:
        raise typer.Exit(PARTIAL)


def incidents(
    config: ConfigOption = Path("digest.toml"),
    state: StateOption = None,
    since: Annotated[str | None, typer.Option(help="Only those reported on or after this day (2024-05-15).")] = None,
    country: Annotated[str | None, typer.Option(help="Only those in this country.")] = None,
    type: Annotated[str | None, typer.Option(help="Only those of this type, such as bombing.")] = None,
    text: Annotated[str | None, typer.Option(help="Only those with these words in their title.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the latest first.")] = 50,
    format: Annotated[Format, typer.Option(help="How the list is printed.")] = Format.table,
) -> None:
    """List the known incidents, the latest first."""
    from .listing import Filter, list_incidents, print_list

    wanted = Filter(since=_day(since), country=country, event_type=type, text=text, limit=limit)
    with _open(config, state) as opened:
        print_list(list_incidents(opened, wanted), format.value)


def show(
    id: Annotated[str, typer.Argument(help="The incident's id, such as i12.")],
    config: ConfigOption = Path("digest.toml"),
    state: StateOption = None,
    quotes: Annotated[bool, typer.Option("--quotes", help="Show the words that prove each field.")] = False,
    format: Annotated[Format, typer.Option(help="How the incident is printed.")] = Format.table,
) -> None:
    """Print one incident with its sources and the history of every field."""
    from .listing import print_incident

    with _open(config, state) as opened:
        print_incident(opened, id, format.value, quotes=quotes, say=_say)


def split(
    id: Annotated[str, typer.Argument(help="The incident's id, such as i12.")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Sources that are of another incident (s2 s3), as `show` numbers them; none undoes a join."
        ),
    ] = None,
    config: ConfigOption = Path("digest.toml"),
    state: StateOption = None,
) -> None:
    """Part an incident that is two; they are never joined again.  The next digest tells it."""
    from datetime import UTC, datetime

    from .incidents import Moment
    from .running import locked
    from .splitting import split as part
    from .state import State

    path = _state_path(config, state)
    with locked(path), State(path) as opened:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        moment = Moment(opened.start_run(at), at)
        other = part(opened, id, sources or [], moment)
        opened.finish_run(moment.run, at, "split", {})
    print(f"{id} and i{other} are two incidents now and stay so; the next digest tells it")


def register(app: typer.Typer) -> None:
    """Add the digest's commands."""
    for command in (digest, incidents, show, split):
        app.command()(command)


def _open(config: Path, state: Path | None) -> State:
    from .state import State

    return State(_state_path(config, state), read_only=True)


def _state_path(config: Path, state: Path | None) -> Path:
    """Where the state is; raises SettingError where there is none."""
    from summarizer.errors import SettingError

    from .config import load_config

    path = state or load_config(config).state
    if not path.is_file():
        raise SettingError(f"{path}: no state yet; run `summarizer digest` first", subject=str(path))
    return path


def _day(given: str | None) -> str | None:
    """An ISO day.  Raises SettingError."""
    from datetime import date

    from summarizer.errors import SettingError

    if given is None:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise SettingError(f"--since {given}: no day; write it as 2024-05-15", subject="--since") from None


def _say_failure(line: str) -> None:
    if line.startswith("failed"):
        _say(line)


def _say(line: str) -> None:
    """One line on stderr, without control characters: messages may name files and URLs from outside."""
    print("".join(sign if sign.isprintable() else "?" for sign in line), file=sys.stderr, flush=True)
