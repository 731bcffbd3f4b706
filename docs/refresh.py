"""Write what is generated in the docs: the JSON Schema and the README's sample output.

`python docs/refresh.py` (wants the extra `embedded`, or a ledger that holds the example's answers).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- output:begin (python docs/refresh.py) -->", "<!-- output:end -->"


def run(*arguments: str) -> str:
    """What the command prints at a width of 100 columns, without colour."""
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "summarizer", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment).stdout  # noqa: S603


def main() -> None:
    """Write the schema and the sample."""
    (ROOT / "docs" / "output.schema.json").write_text(run("schema"), encoding="utf-8")
    examples = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "examples/camp-rusafa-rockets").glob("*.txt"))
    printed = run("summarize", *examples, "--model", "embedded")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown, _, rest = printed.partition("\n3. ")
    more = "\n\n[…] the incidents mentioned in passing, a legend and the sources follow" if rest else ""
    lines = "\n".join(line.rstrip() for line in shown.rstrip().splitlines())
    sample = f"{BEGIN}\n```\n{lines}{more}\n```\n{END}"
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    (ROOT / "README.md").write_text(pattern.sub(lambda _: sample, readme), encoding="utf-8")


if __name__ == "__main__":
    main()
