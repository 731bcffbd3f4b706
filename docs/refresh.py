"""Write what is generated in the docs: the JSON Schema, the README's samples, a digest of the week and the scores.

`python docs/refresh.py` (wants the extra `embedded`, or a ledger that holds the example's answers);
`python docs/refresh.py digest` makes the digest alone, which wants nothing.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIGEST_BEGIN, DIGEST_END = "<!-- digest:begin (python docs/refresh.py digest) -->", "<!-- digest:end -->"
BEGIN, END = "<!-- output:begin (python docs/refresh.py) -->", "<!-- output:end -->"


GOALS = {
    "grounding.quotes_located": ("quotes located exactly or normalised", "100 %"),
    "grounding.altered_accepted": ("altered quotes accepted", "0"),
    "counts.parsed": ("counts parsed from their quotes", "97 %"),
    "dates.resolved": ("dates resolved from their quotes and publish dates", "95 %"),
    "origins.f1": ("origins, pairwise F1", "0.95"),
    "alignment.b3_f1": ("alignment of reports to incidents, B-cubed F1", "0.95"),
    "alignment.mixed": ("main incidents a day or more apart taken for one", "0"),
    "merging.casualties": ("merged tolls right", "0.95"),
    "merging.casualties_said": ("– of which some article gives the true figure", ""),
    "conflicts.recall": ("differences listed, recall", "0.90"),
    "conflicts.recall_said": ("– of which two reports differ", ""),
    "conflicts.precision": ("differences listed, precision", "0.85"),
    "conflicts.kind": ("kind right, of those listed", "0.80"),
    "support.accuracy": ("support entries right", "0.97"),
}


def run(*arguments: str) -> str:
    """What the command prints at a width of 100 columns, without colour."""
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "summarizer", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment).stdout  # noqa: S603


def write_digest() -> None:
    """The digest of the week's fourth morning, whole, and its first changes in the README."""
    with tempfile.TemporaryDirectory() as name:
        runpy.run_path(str(ROOT / "docs" / "week" / "run.py"))["week"](Path(name))
        text = (Path(name) / "digests" / "digest-2025-06-06.md").read_text(encoding="utf-8")
    text = re.sub(r"http://127\.0\.0\.1:\d+/pages", "https://archive.example", text)
    (ROOT / "docs" / "week" / "digest.md").write_text(text, encoding="utf-8")
    head, _, rest = text.partition("## What changed\n")
    first = rest.split("\n### ")[1:4:2]
    shown = "\n\n[…]\n\n".join(f"### {incident.rstrip()}" for incident in first)
    title = "\n".join(head.splitlines()[:3])
    sample = f"{DIGEST_BEGIN}\n```markdown\n{title}\n\n[…]\n\n## What changed\n\n{shown}\n\n[…]\n```\n{DIGEST_END}"
    _put(DIGEST_BEGIN, DIGEST_END, sample)


def _put(begin: str, end: str, sample: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    (ROOT / "README.md").write_text(pattern.sub(lambda _: sample, readme), encoding="utf-8")


def main() -> None:
    """Write the schema and the samples."""
    write_digest()
    if sys.argv[1:] == ["digest"]:
        return
    (ROOT / "docs" / "output.schema.json").write_text(run("schema"), encoding="utf-8")
    examples = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "examples/ras-moulhal-drones").glob("*.txt"))
    printed = run("summarize", *examples, "--model", "embedded")
    shown, _, rest = printed.partition("\n2. ")
    more = "\n\n[…] the incidents mentioned in passing, a legend and the sources follow" if rest else ""
    lines = "\n".join(line.rstrip() for line in shown.rstrip().splitlines())
    sample = f"{BEGIN}\n```\n{lines}{more}\n```\n{END}"
    _put(BEGIN, END, sample)
    write_scores()


def write_scores() -> None:
    """Write the table of goals and scores into docs/evaluation.md."""
    path = ROOT / "docs" / "evaluation.md"
    scores = {name: _metrics(name) for name in ("dev", "train")}
    lines = ["| what | goal | dev | interval | n | train | interval | n |", "| --- " * 8 + "|"]
    for name, (what, goal) in GOALS.items():
        cells = [cell for found in scores.values() for cell in _cells(found.get(name))]
        lines.append(f"| {what} | {goal} | {' | '.join(cells)} |")
    begin, end = "<!-- scores:begin (python docs/refresh.py) -->", "<!-- scores:end -->"
    table = "\n".join([begin, *lines, end])
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    path.write_text(pattern.sub(lambda _: table, path.read_text(encoding="utf-8")), encoding="utf-8")


def _metrics(name: str) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        run("evaluate", f"corpus/{name}", "--gold-reports", "--out", str(out))
        metrics: dict[str, dict[str, float]] = json.loads(out.read_text(encoding="utf-8"))["metrics"]
    return metrics


def _cells(metric: dict[str, float] | None) -> list[str]:
    if metric is None:
        return ["", "", ""]
    if metric["value"] == metric["low"] == metric["high"] and metric["value"] != 1:
        return [f"{metric['value']:g}", "", str(metric["n"])]
    return [f"{metric['value']:.3f}", f"{metric['low']:.2f}–{metric['high']:.2f}", str(metric["n"])]


if __name__ == "__main__":
    main()
