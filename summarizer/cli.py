"""The command line: parses, calls one public function, prints.

Results alone go to stdout, progress and errors to stderr.  Exit codes: 0 done, 1 failed, 2 wrong usage or setting,
3 done in part (some articles failed, the others are in the result), 4 busy (another run of the digest is at work).
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .digest.commands import BUSY, register

if TYPE_CHECKING:
    from .articles import Reading
    from .schemas import Summary
    from .settings import Settings

FAILED, USAGE, PARTIAL, INTERRUPTED = 1, 2, 3, 130

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Several news articles in, one typed incident record out: every field says which sources support it, which "
    "differ and which are silent, with the words that prove it.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage or setting, 3 done in part, 4 another digest run is at work.",
)


class Format(StrEnum):
    table = "table"
    json = "json"
    md = "md"


@app.command()
def summarize(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Text, HTML, JSON or JSONL files, folders, globs, http(s) URLs, or - for stdin."),
    ],
    model: Annotated[
        str | None,
        typer.Option(
            help="openai/NAME, ollama/NAME, gguf:PATH, embedded, or a name for --base-url. Default: openai if "
            "OPENAI_API_KEY is set, else embedded."
        ),
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="An OpenAI-compatible endpoint, up to its /v1.")] = None,
    format: Annotated[Format, typer.Option(help="How the result is printed.")] = Format.table,
    out: Annotated[Path | None, typer.Option(help="Write the result to this file, whole or not at all.")] = None,
    quotes: Annotated[bool, typer.Option("--quotes", help="Show the words that prove each field.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Put the articles' text into the JSON.")] = False,
    concurrency: Annotated[int | None, typer.Option(help="Articles in flight at a time.")] = None,
    ledger: Annotated[Path | None, typer.Option(help="Where answers are kept. Default: user cache folder.")] = None,
    no_ledger: Annotated[bool, typer.Option("--no-ledger", help="Neither read nor keep answers.")] = False,
    max_cost: Annotated[float | None, typer.Option(help="US dollars that this run may spend.")] = None,
) -> None:
    """Read articles and print the incidents that they report, each field with its sources."""
    from .settings import load_settings

    settings = load_settings(
        model=model,
        base_url=base_url,
        concurrency=concurrency,
        ledger=ledger,
        use_ledger=False if no_ledger else None,
        max_cost=max_cost,
    )
    reading = _read(inputs)
    summary = _summarize(reading, settings, with_text=with_text)
    _emit(summary, format, out, quotes=quotes)
    lost = [failure for failure in summary.failures if failure.error != "DuplicateArticle"]
    if lost and len(lost) >= len(summary.sources) + len(reading.failures):
        raise typer.Exit(FAILED)
    if lost:
        raise typer.Exit(PARTIAL)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the output."""
    import json

    from .schemas import Summary

    print(json.dumps(Summary.model_json_schema(mode="serialization"), indent=2))


@app.command()
def models() -> None:
    """List the kinds of model, what each needs, and what is usable now."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from .extraction.catalogue import catalogue
    from .settings import load_settings

    table = Table("Model", "Answers", "Needs", "Usable now")
    for kind in catalogue(load_settings()):
        usable = "yes" if kind.usable else f"no: {kind.obstacle}"
        table.add_row(*(Text(cell) for cell in (kind.name, kind.response, kind.needs, usable)))
    Console().print(table)


register(app)


def main() -> None:
    """Entry point: turns the package's errors into one line on stderr and an exit code."""
    from .errors import BusyError, SettingError, SummarizerError

    try:
        app()
    except SummarizerError as wrong:
        _say(f"error: {wrong}")
        codes = {SettingError: USAGE, BusyError: BUSY}
        raise SystemExit(next((code for kind, code in codes.items() if isinstance(wrong, kind)), FAILED)) from None
    except KeyboardInterrupt:
        _say("interrupted; answers received so far are kept in the ledger")
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(FAILED) from None


def _say(line: str) -> None:
    """One line on stderr, without control characters: messages may name files and URLs from outside."""
    print("".join(sign if sign.isprintable() else "?" for sign in line), file=sys.stderr, flush=True)


def _read(inputs: list[str]) -> Reading:
    from .articles import read_articles
    from .errors import ArticleError

    reading = read_articles(inputs, stdin=sys.stdin.buffer)
    for failure in reading.failures:
        _say(f"{'note' if failure.error == 'DuplicateArticle' else 'failed'}: {failure.message}")
    if not reading.articles:
        raise ArticleError("no article could be read; nothing was summarized")
    return reading


def _summarize(reading: Reading, settings: Settings, *, with_text: bool) -> Summary:
    from .pipeline import summarize as run

    total = len(reading.articles)
    done = 0

    def on_progress(source: str) -> None:
        nonlocal done
        done += 1
        _say(f"{done}/{total} articles read by the model ({source})")

    summary = run(
        reading.articles, settings=settings, failures=reading.failures, with_text=with_text, on_progress=on_progress
    )
    for failure in summary.failures[len(reading.failures) :]:
        _say(f"failed: {failure.message}")
    return summary


def _emit(summary: Summary, format: Format, out: Path | None, *, quotes: bool) -> None:
    from .rendering import print_table, render

    if format is Format.table and out is None:
        from rich.console import Console

        print_table(summary, Console(), quotes=quotes)
        return
    if format is Format.table:
        import io

        from rich.console import Console

        page = io.StringIO()
        print_table(summary, Console(file=page, width=120, no_color=True, force_terminal=False), quotes=quotes)
        text = page.getvalue()
    else:
        text = render(summary, "json" if format is Format.json else "md", quotes=quotes)
    if out is None:
        sys.stdout.write(text)
    else:
        _write_whole(out, text)


def _write_whole(path: Path, text: str) -> None:
    """Write the file whole or not at all: to a neighbour first, which then takes its name."""
    import os
    import tempfile

    from .errors import SettingError

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as wrong:
        raise SettingError(f"--out {path} cannot be written ({wrong.strerror})", subject="--out") from wrong


def _umask() -> int:
    import os

    mask = os.umask(0)
    os.umask(mask)
    return mask
