"""A killed run loses nothing that was paid for and tells nothing twice; two runs never work at once."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.digest import run_digest

from .conftest import ROOT, Answer, ScriptedServer
from .newsroom import (
    MARKETS,
    MORNING,
    Newsroom,
    configured,
    ferry_story,
    market_story,
    newsroom,
    scripted_model,
    settings,
    spelled,
)

KILLS = 20
IN_FLIGHT = 2
OUTPUT = {"formats": ["md", "json"]}
# Makes one run itself, so that everything is loaded; then forks a run for each line on standard input, and says when it
# begins and how it ended.
RUNNER = """
import os, sys, signal
from datetime import timedelta
from summarizer.digest import load_config, run_digest
from tests.newsroom import MORNING
from pathlib import Path
def run(line):
    run_digest(load_config(Path(line.strip())), clock=lambda: MORNING + timedelta(days=1))
run(sys.stdin.readline())
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        run(line)
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as running:
        running.page("/1", ferry_story(4), publisher="Harbour Wire")
        running.page("/2", market_story("Cape Lumen"), publisher="Isle News")
        running.feed("/feed", "/1", "/2", etag='"1"')
        yield running


@pytest.fixture
def model(server: ScriptedServer) -> ScriptedServer:
    server.script = scripted_model
    return server


class Runner:
    """Runs of the digest in processes of their own, that start at once."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def warm_up(self, config: Path) -> None:
        """One run that is not killed, in the process that the others come from."""
        assert self.process.stdin
        self.process.stdin.write(f"{config}\n")
        self.process.stdin.flush()

    def run(self, config: Path, *, kill_after: float | None = None) -> bool:
        """Whether the run came to its end; with `kill_after` seconds it is killed, if it still runs then."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{config}\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        if kill_after is not None:
            timer = threading.Timer(kill_after, os.kill, (child, signal.SIGKILL))
            timer.start()
            status = int(self.process.stdout.readline())
            timer.cancel()
            timer.join()
            return status == 0
        status = int(self.process.stdout.readline())
        assert status == 0
        return True


@pytest.fixture
def runner() -> Iterator[Runner]:
    made = Runner()
    yield made
    assert made.process.stdin
    made.process.stdin.close()
    made.process.wait()
    assert made.process.stdout
    made.process.stdout.close()


def end_state(folder: Path) -> dict[str, Any]:
    """All that a reader can see, and what the state holds, without what tells runs apart."""
    with sqlite3.connect(folder / "state.sqlite3") as connection:
        found: dict[str, Any] = {
            name: connection.execute(question).fetchall()
            for name, question in {
                "articles": "SELECT id, place, state, sha256, replaces FROM articles ORDER BY id",
                "reports": "SELECT article, position, incident, report FROM reports ORDER BY 1, 2",
                "incidents": "SELECT id, state, forward, title, articles, summary FROM incidents ORDER BY id",
                "history": "SELECT incident, field, kind, before, after, articles, digest FROM history ORDER BY id",
                "digests": "SELECT id, state, mail FROM digests ORDER BY id",
                "updates": "SELECT digest, incident, title, text FROM updates ORDER BY 1, 2",
                "answers": "SELECT key, completion FROM answers ORDER BY key",
            }.items()
        }
    connection.close()
    texts = {path.name: path.read_text() for path in sorted((folder / "out").iterdir())}
    found["files"] = {name: re.sub(r'"run": \d+', '"run": 0', text) for name, text in texts.items()}
    return found


def test_a_run_killed_anywhere_ends_as_if_it_had_not_been(
    room: Newsroom, model: ScriptedServer, runner: Runner, tmp_path: Path
) -> None:
    """SIGKILL at twenty random points, then one more run: the same state, the same files, and no call twice but those
    that were in flight."""
    base = tmp_path / "base"
    source = {"kind": "feed", "url": f"{room.url}/feed"}
    run_digest(configured(base, model.url, source, output=OUTPUT), clock=lambda: MORNING)
    room.page("/3", ferry_story(6), publisher="Coast Gazette", published="2024-05-16")
    for number, place in enumerate(list(MARKETS)[1:], 4):
        room.page(f"/{number}", market_story(place), publisher="Isle News", published="2024-05-16")
    room.feed("/feed", *(f"/{number}" for number in range(1, 7)), etag='"2"')

    def fresh(name: str) -> Path:
        shutil.copytree(base, tmp_path / name)
        path = tmp_path / name / "digest.toml"
        path.write_text(spelled(settings(tmp_path / name, model.url, source, output=OUTPUT)))
        return path

    runner.warm_up(fresh("warm-up"))
    runner.run(fresh("once"))
    started = time.monotonic()
    runner.run(fresh("undisturbed"))
    whole = time.monotonic() - started
    wanted = end_state(tmp_path / "undisturbed")
    assert len(wanted["answers"]) == 6
    chance, killed = random.Random(20), 0
    for number in range(KILLS):
        config = fresh(f"kill-{number}")
        model.requests.clear()
        killed += not runner.run(config, kill_after=chance.uniform(0, whole))
        runner.run(config)
        assert end_state(config.parent) == wanted
        asked = Counter(request["messages"][-1]["content"] for request in model.requests)
        assert len(asked) == 4
        assert sum(asked.values()) <= 4 + IN_FLIGHT
    assert killed >= KILLS // 2


def test_a_second_run_says_busy_and_leaves(room: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """Of two runs started at once, one does the work and the other ends with its own exit code."""
    path = tmp_path / "digest.toml"
    path.write_text(spelled(settings(tmp_path, model.url, {"kind": "feed", "url": f"{room.url}/feed"})))
    begun, over = threading.Event(), threading.Event()

    def script(request: dict[str, Any]) -> Answer:
        begun.set()
        over.wait(60)  # the first run is at work until the second has ended, however slow the machine
        return scripted_model(request)

    model.script = script
    command = [sys.executable, "-m", "summarizer", "digest", "--config", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as first:
        assert begun.wait(30)
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        over.set()
        out, err = first.communicate()
    assert (first.returncode, second.returncode) == (0, 4), err
    assert "another run works on" in second.stderr
    assert "2 incidents opened" in out
    assert len(model.requests) == 2
