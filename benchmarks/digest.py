"""What a digest costs as its state grows: `python benchmarks/digest.py` (takes some minutes).

A state of 1,000, 5,000 and 10,000 invented articles is built by daily runs of 500; then a process of its own makes one
run with 50 new articles.  The model's answers come ready made and the articles lie in a folder, so that what is
measured is everything outside of model and network.  Goals: under 2 s and 400 MB, and a file that grows linearly.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from summarizer.schemas import FullAnswer

from summarizer.digest import run_digest, running
from summarizer.digest.config import Config, parse_config
from summarizer.digest.queue import load_articles, store_read
from summarizer.digest.reading import Readout
from summarizer.digest.state import State
from summarizer.grounding import ground

DAILY = 500
SIZES = (1_000, 5_000, 10_000)
FIRST = date(2024, 5, 1)
KINDS = {
    "bombing": "A bomb exploded",
    "shooting": "Gunmen opened fire",
    "fire": "A fire broke out",
    "transport_accident": "A bus overturned",
    "clash": "Rival groups clashed",
}
SYLLABLES = [first + second for first in "bcdfghjklmnprstvwz" for second in "aeiou"]
COUNTRIES = """
    Angola Argentina Australia Austria Bolivia Brazil Bulgaria Cambodia Cameroon Canada Chile Colombia Cuba Denmark
    Ecuador Egypt Ethiopia Finland France Germany Ghana Greece Guatemala Haiti Hungary India Indonesia Iran Iraq Kenya
    Libya Malawi Mali Mexico Morocco Nepal Nigeria Norway Pakistan Panama Peru Poland Portugal Romania Senegal Spain
    Sudan Sweden Thailand Tunisia Turkey Uganda Ukraine Uruguay Vietnam Yemen Zambia
""".split()  # noqa: SIM905 - as a list it would take sixty lines
FILLER = (
    "Rescue workers carried lamps through the evening while neighbours brought water to the school. {name} "
    "had promised better roads for years, residents said, and nobody could remember when an official last came. The "
    "{name} hospital asked for blood. Shops along the main street stayed shut, and the bus to the {name} junction was "
    "cancelled until further notice. A teacher counted her pupils twice before she let them go home."
)


def name(chance: random.Random) -> str:
    """An invented place of two words."""
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))


def stories(day: int, number: int) -> list[dict[str, Any]]:
    """The articles of one day, five on each incident, a fifth of them copies of the first but for a line."""
    chance = random.Random(day)
    told = []
    when = FIRST + timedelta(days=day)
    for incident in range(number // 5):
        place, kind, killed = name(chance), chance.choice(list(KINDS)), chance.randint(2, 40)
        country = chance.choice(COUNTRIES)
        for outlet in range(5):
            toll = killed + (outlet > 2)
            filler = FILLER.format(name=place if outlet < 2 else f"{place} {outlet}")
            lead = f"{KINDS[kind]} in {place}, {country}, on {when:%A}, killing {toll} people, police said."
            other = " ".join(chance.sample(filler.split(), 60)) if outlet > 1 else filler
            told.append(
                {
                    "text": f"{lead}\n\n{other}\n\nThe story was told by reporter {outlet} of day {day}.",
                    "publisher": f"Outlet {outlet} {incident % 20}",
                    "published": f"{when.isoformat()}T{10 + outlet}:00:00+00:00",
                    "title": f"{toll} dead in {place}",
                    "answer": (kind, place, country, f"on {when:%A}", when.isoformat(), f"killing {toll} people", toll),
                }
            )
    return told[:number]


def ready_made(answers: dict[str, Any]) -> Callable[..., Readout]:
    """In the place of the model: each article's report at once, grounded as ever."""

    def read(state: State, ids: Sequence[int], *_: object, **__: object) -> Readout:
        for id, article in load_articles(state, ids).items():
            kind, place, country, day_quote, day, killed_quote, killed = answers[article.title or ""]
            report = {
                "role": "main",
                "event_type": kind,
                "date": {"start": day, "precision": "day", "quote": day_quote},
                "location": {"name": place, "country": country, "quote": f"{place}, {country}"},
                "killed": {"low": killed, "best": killed, "high": killed, "qualifier": "exact", "quote": killed_quote},
            }
            (told,) = FullAnswer.model_validate({"reports": [report]}).to_reports()
            store_read(state, id, [ground(told, article, f"s{id}", 0)])
        return Readout(read=len(ids))

    return read


def run(folder: Path, day: int, number: int) -> float:
    """One run over a day's drop; its seconds."""
    told = stories(day, number)
    (folder / "drop.jsonl").write_text("\n".join(json.dumps(one) for one in told))
    running.read = ready_made({one["title"]: one["answer"] for one in told})  # type: ignore[attr-defined]
    began = time.perf_counter()
    run_digest(configured(folder), clock=lambda: datetime(2024, 5, 1, 20, tzinfo=UTC) + timedelta(days=day))
    return time.perf_counter() - began


def configured(folder: Path) -> Config:
    source = {"kind": "jsonl", "path": "drop.jsonl"}
    return parse_config({"sources": [source], "model": {"name": "m", "base_url": "http://127.0.0.1:9"}}).under(folder)


def main() -> None:
    """Grow a state and measure a run of 50 at each size."""
    print(f"{'articles':>9} {'incidents':>9} {'state':>9} {'run of 500':>11} {'run of 50':>10} {'peak':>7}")
    with tempfile.TemporaryDirectory() as name:
        folder, day = Path(name), 0
        for size in SIZES:
            last = 0.0
            while day * DAILY < size:
                last = run(folder, day, DAILY)
                day += 1
            megabytes = (folder / "digest.sqlite3").stat().st_size / 1e6
            (row,) = (incidents := State(folder / "digest.sqlite3", read_only=True)).rows(
                "SELECT count(*) FROM incidents"
            )
            incidents.close()
            copy = Path(name) / f"copy-{size}"
            copy.mkdir()
            (copy / "digest.sqlite3").write_bytes((folder / "digest.sqlite3").read_bytes())
            command = [sys.executable, __file__, str(copy), str(day)]
            seconds, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            print(f"{size:9,} {row[0]:9,} {megabytes:6.1f} MB {last:9.2f} s {float(seconds):8.2f} s", end="")
            print(f" {float(peak):4.0f} MB", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        elapsed = run(Path(sys.argv[1]), int(sys.argv[2]), 50)
        print(elapsed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
    else:
        main()
