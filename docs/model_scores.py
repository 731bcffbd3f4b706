"""Write the scores of the embedded model, the untuned base beside it, into docs/embedded-model.md.

`python docs/model_scores.py` (wants the extra `embedded`; the base, which rambles, takes most of the time);
`python docs/model_scores.py --muc4 FOLDER` also scores MUC-4's test sets, for those who have it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "embedded-model.md"
KEPT = ROOT / "build" / "scores"
"""Where each run's metrics lie, so that a run that was cut off goes on with what is missing."""
BEGIN, END = "<!-- model:begin (python docs/model_scores.py) -->", "<!-- model:end -->"
ROWS = {
    "extraction.valid": ("valid JSON", "100 %"),
    "extraction.quotes_verbatim": ("quotes verbatim", "100 %"),
    "extraction.event_type": ("event type", ".85"),
    "extraction.killed": ("killed, exact (empty counts as an answer)", ".85"),
    "extraction.injured": ("injured, exact (empty counts as an answer)", ".80"),
    "extraction.date": ("date to the day", ".80"),
    "extraction.location": ("location, lenient", ".80"),
    "extraction.perpetrators_f1": ("perpetrators with their status, F1", ".60"),
    "extraction.targets_f1": ("targets, F1", ".55"),
    "extraction.weapons_f1": ("weapons, F1", ".55"),
    "extraction.unsupported": ("fields filled with what the article does not say", "under 5 %"),
    "extraction.invented": ("– of which the article says nothing at all", ""),
    "extraction.unsupported_items": ("listed perpetrators, targets, weapons that are not the gold's", ""),
    "alignment.b3_f1": ("reports to incidents, B-cubed F1", ""),
    "merging.casualties": ("merged tolls right", ""),
    "support.accuracy": ("support entries right", ""),
    "run.seconds_per_article": ("seconds an article", "under 3"),
    "run.peak_memory_mib": ("peak memory, MiB", "under 1,200"),
}
FILLERS = {f"muc4.{part}_fillers_f1": (f"MUC-4 {part.upper()}, role fillers, F1", ".50") for part in ("tst1", "tst2")}


def metrics(name: str, *arguments: str, adapter: str | None = None) -> dict[str, Any]:
    """The metrics of an evaluation of the embedded model, run once and kept under `name`."""
    out = KEPT / f"{name}.json"
    if not out.is_file():
        KEPT.mkdir(parents=True, exist_ok=True)
        environment = os.environ | ({"SUMMARIZER_ADAPTER": adapter} if adapter else {})
        command = [sys.executable, "-m", "summarizer", "evaluate", *arguments, "--model", "embedded", "--no-ledger"]
        subprocess.run([*command, "--out", str(out)], check=True, cwd=ROOT, env=environment)  # noqa: S603
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))["metrics"]
    return found


def table(rows: dict[str, tuple[str, str]], tuned: dict[str, Any], bare: dict[str, Any]) -> list[str]:
    """The rows of a table: the goal, the adapter's figure with interval and n, the base's beside it."""
    lines = ["| what | goal | with the adapter | 95 % interval | n | untuned base |", "| --- " * 6 + "|"]
    for name, (what, goal) in rows.items():
        one, other = tuned.get(name), bare.get(name)
        interval = f"{_shown(one['low'])} to {_shown(one['high'])}" if one and one["low"] != one["high"] else ""
        figures = [_shown(found["value"]) if found else "" for found in (one, other)]
        number = str(one["n"]) if one else ""
        lines.append(f"| {what} | {goal} | {figures[0]} | {interval} | {number} | {figures[1]} |")
    return lines


def _shown(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.2f}"


def main() -> None:
    """Run what has not been run, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--muc4", type=Path, help="folder with MUC-4's docs.jsonl and templates.jsonl")
    parser.add_argument(
        "--base-sets", type=int, default=4, help="sets of corpus/dev for the untuned base, which rambles"
    )
    parser.add_argument("--limit", type=int, default=20, help="MUC-4 documents of each test set for the untuned base")
    chosen = parser.parse_args()
    tuned = metrics("dev", "corpus/dev")
    bare = metrics("dev-base", "corpus/dev", "--limit", str(chosen.base_sets), adapter="none")
    articles = [found["extraction.valid"]["n"] for found in (tuned, bare)]
    told = (
        f"`corpus/dev`, which was not trained on: {articles[0]} articles; the base on the first {articles[1]} of them."
    )
    lines = [told, ""]
    lines += table(ROWS, tuned, bare)
    if chosen.muc4:
        folders = {part: str(chosen.muc4 / part) for part in ("tst1", "tst2")}
        tuned, bare = metrics("muc4", *folders.values(), "--data", "muc4"), {}
        for part, folder in folders.items():
            some = (folder, "--data", "muc4", "--limit", str(chosen.limit))
            bare |= metrics(f"muc4-base-{part}", *some, adapter="none")
        lines += ["", f"MUC-4's test sets (the base on the first {chosen.limit} documents of each).", ""]
        lines += table(FILLERS, tuned, bare)
    text = "\n".join([BEGIN, *lines, END])
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    PAGE.write_text(pattern.sub(lambda _: text, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
