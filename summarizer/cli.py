"""The command line: parses, calls one public function, prints.

Results alone go to stdout, progress and errors to stderr.  Exit codes: 0 done, 1 failed, 2 wrong usage or setting,
3 done in part (some articles failed, the others are in the result), 4 busy (another run of the digest is at work).
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

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
    html = "html"


_RENDERED: dict[Format, Literal["json", "md", "html"]] = {
    Format.json: "json",
    Format.md: "md",
    Format.html: "html",
}


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
    summary = _summarize(reading, settings, with_text=with_text or format is Format.html)
    _emit(summary, format, out, quotes=quotes)
    lost = [failure for failure in summary.failures if failure.error != "DuplicateArticle"]
    if lost and len(lost) >= len(summary.sources) + len(reading.failures):
        raise typer.Exit(FAILED)
    if lost:
        raise typer.Exit(PARTIAL)


class Data(StrEnum):
    corpus = "corpus"
    muc4 = "muc4"
    gva = "gva"


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Gold set files (corpus/FORMAT.md), or folders of gold data.")],
    data: Annotated[Data, typer.Option(help="What the folders hold.")] = Data.corpus,
    gold_reports: Annotated[
        bool, typer.Option("--gold-reports", help="Feed the gold reports in, and score all that follows extraction.")
    ] = False,
    model: Annotated[str | None, typer.Option(help="As for `summarize`.")] = None,
    base_url: Annotated[str | None, typer.Option(help="As for `summarize`.")] = None,
    concurrency: Annotated[int | None, typer.Option(help="Articles in flight at a time.")] = None,
    ledger: Annotated[Path | None, typer.Option(help="Where answers are kept. Default: user cache folder.")] = None,
    no_ledger: Annotated[bool, typer.Option("--no-ledger", help="Neither read nor keep answers.")] = False,
    max_cost: Annotated[float | None, typer.Option(help="US dollars that this run may spend.")] = None,
    limit: Annotated[int | None, typer.Option(help="Score the first sets only.", min=1)] = None,
    out: Annotated[Path | None, typer.Option(help="Write the metrics as JSON to this file.")] = None,
    compare: Annotated[Path | None, typer.Option(help="The JSON of another run, shown beside this one.")] = None,
) -> None:
    """Score a model, or the deterministic part alone, against gold data."""
    from rich.console import Console

    from .evaluation import evaluate_gold_reports, evaluate_model, load_sets
    from .evaluation.printing import print_evaluation
    from .evaluation.running import read_evaluation
    from .settings import load_settings

    beside = read_evaluation(compare) if compare is not None else None
    sets = load_sets(gold, data.value, limit=limit)
    name = " ".join(str(path) for path in gold)
    if gold_reports:
        result = evaluate_gold_reports(sets, data=name, on_set=_say)
    else:
        settings = load_settings(
            model=model,
            base_url=base_url,
            concurrency=concurrency,
            ledger=ledger,
            use_ledger=False if no_ledger else None,
            max_cost=max_cost,
        )
        result = evaluate_model(sets, settings, data=name, on_set=_say)
    print_evaluation(result, Console(), beside=beside)
    if out is not None:
        from .stored import write_whole

        write_whole(out, result.model_dump_json(indent=2) + "\n")


@app.command()
def report(
    record: Annotated[Path, typer.Argument(help="A record written by summarize --format json, or - for stdin.")],
    format: Annotated[Format, typer.Option(help="How the record is printed.")] = Format.table,
    out: Annotated[Path | None, typer.Option(help="Write the result to this file, whole or not at all.")] = None,
    quotes: Annotated[bool, typer.Option("--quotes", help="Show the words that prove each field.")] = False,
) -> None:
    """Render a stored record again, without a model."""
    from .stored import read_record

    _emit(read_record(record, stdin=sys.stdin.buffer), format, out, quotes=quotes)


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
        text = render(summary, _RENDERED[format], quotes=quotes)
    if out is None:
        sys.stdout.write(text)
    else:
        from .stored import write_whole

        write_whole(out, text)
