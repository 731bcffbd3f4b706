"""How fast, how big: `python benchmarks/speed.py` (wants the extra `embedded`; takes a minute or two).

Each figure stands beside a named peer measured in the same run, as a ratio; nothing here passes or fails.
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "camp-rusafa-rockets"
RUNS = 7
CLI = [sys.executable, "-m", "summarizer"]


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median wall time of `work`, in seconds, after one run to warm the file cache."""
    work()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)


def command(*arguments: str, ledger: Path | None = None) -> Callable[[], object]:
    environment = os.environ | ({"SUMMARIZER_LEDGER": str(ledger)} if ledger else {})
    return lambda: subprocess.run(arguments, check=True, capture_output=True, env=environment, cwd=ROOT / "docs")


def row(what: str, figure: float, unit: str, peer: str, peer_figure: float) -> None:
    print(f"{what:<48} {figure:9.3f} {unit:<3} {figure / peer_figure:6.2f} × {peer} ({peer_figure:.3f} {unit})")


def embedded_run(ledger: Path) -> tuple[float, float]:
    """Wall seconds and peak megabytes of one whole process that asks the embedded model about five articles."""
    began = time.perf_counter()
    command(*CLI, "summarize", str(EXAMPLE), "--model", "embedded", ledger=ledger)()
    elapsed = time.perf_counter() - began
    return elapsed, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


def outside_the_model(ledger: Path) -> tuple[float, float]:
    """Seconds an article from file to merged record with the answers at hand; and of rapidfuzz's search alone."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    from summarizer import asummarize, load_settings, read_articles
    from summarizer.wording import fields_of

    def whole() -> object:
        reading = read_articles([str(EXAMPLE)])
        return asyncio.run(asummarize(reading.articles, settings=load_settings(model="embedded", ledger=ledger)))

    ours = seconds(whole)
    summary = whole()
    texts = {source.id: article.text for source, article in zip(summary.sources, _ordered(), strict=True)}
    quotes = [
        (entry.quote, texts[entry.source])
        for incident in summary.incidents
        for named in fields_of(incident)
        for field in named.fields
        for entry in field.support
        if entry.quote
    ]
    peer = seconds(lambda: [partial_ratio_alignment(quote, text) for quote, text in quotes])
    return ours / len(summary.sources), peer / len(summary.sources)


def _ordered() -> list[object]:
    from summarizer import read_articles
    from summarizer.pipeline import identify

    return list(identify(read_articles([str(EXAMPLE)]).articles).values())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.sqlite3"
        elapsed, megabytes = embedded_run(ledger)
        sdk = seconds(command(sys.executable, "-c", "import openai, instructor; instructor.patch"))
        pip = seconds(command(sys.executable, "-m", "pip", "--help"))
        row("summarizer --help, whole process", seconds(command(*CLI, "--help")), "s", "pip --help", pip)
        cached = seconds(command(*CLI, "summarize", str(EXAMPLE), "--model", "embedded", ledger=ledger))
        row("five articles, fully cached, whole process", cached, "s", "importing openai and instructor", sdk)
        ours, peer = outside_the_model(ledger)
        row(
            "an article, file to merged record, no model",
            1000 * ours,
            "ms",
            "rapidfuzz search of its quotes",
            1000 * peer,
        )
        weights = 253.0
        row("embedded run of five, peak memory", megabytes, "MB", "the weights' file", weights)
        row("embedded run of five, an article", elapsed / 5, "s", "a fully cached run", cached)


if __name__ == "__main__":
    main()
