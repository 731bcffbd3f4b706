"""docs/scheduling.md: the units are ready to use, and a test reads them as their readers would."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from summarizer.cli import app

from .conftest import ROOT

TEXT = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
RANGES = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]


def block(language: str, beginning: str = "") -> str:
    """The one code block in this language that has these words in it."""
    (found,) = [code for code in re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL) if beginning in code]
    return found


def unit(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


def check_command(words: list[str]) -> None:
    """The command line is one that the digest takes."""
    start = next(at for at, word in enumerate(words) if Path(word).name == "summarizer")
    command = typer.main.get_command(app)
    assert hasattr(command, "commands")
    digest = command.commands[words[start + 1]]
    arguments = []
    for word in words[start + 2 :]:
        if word in {"||", "&&", ";"}:
            break
        arguments.append(word)
    context = digest.make_context("digest", arguments)
    assert context.params["config"].name == "digest.toml"
    assert context.params["max_cost"] == 0.5


def field_is_valid(field: str, low: int, high: int) -> bool:
    """Whether cron takes a field: numbers, ranges, steps and lists of them, or a star."""
    for part in field.split(","):
        base, _, step = part.partition("/")
        if step and not (step.isdecimal() and int(step) > 0):
            return False
        numbers = [] if base == "*" else base.split("-")
        if not all(number.isdecimal() and low <= int(number) <= high for number in numbers) or len(numbers) > 2:
            return False
    return True


def test_the_crontab_line_is_one_that_cron_takes() -> None:
    """Five fields in their ranges, a command that a shell can parse, options that exist, no percent sign."""
    setting, line = block("crontab").strip().splitlines()
    assert re.fullmatch(r"[A-Z]+=\S+", setting)
    *fields, command = line.split(None, 5)
    assert len(fields) == 5
    assert all(field_is_valid(field, *limits) for field, limits in zip(fields, RANGES, strict=True))
    assert "%" not in command  # cron would take it for a line break
    subprocess.run(["sh", "-n", "-c", command], check=True)
    check_command(shlex.split(command))


def test_the_systemd_service_runs_the_digest_once() -> None:
    """A oneshot service whose command the digest takes, and that counts `in part` and `busy` as success."""
    service = unit(block("ini", "[Service]"))
    assert set(service.sections()) == {"Unit", "Service"}
    assert service["Service"]["Type"] == "oneshot"
    assert service["Service"]["SuccessExitStatus"].split() == ["3", "4"]
    check_command(shlex.split(service["Service"]["ExecStart"]))


def test_the_systemd_timer_starts_it_each_morning() -> None:
    """The timer has a calendar that systemd knows, and catches up after the machine was off."""
    timer = unit(block("ini", "[Timer]"))
    assert set(timer.sections()) == {"Unit", "Timer", "Install"}
    assert re.fullmatch(r"\*-\*-\* [012]\d:[0-5]\d:[0-5]\d", timer["Timer"]["OnCalendar"])
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_systemd_itself_has_nothing_to_say_against_the_units(tmp_path: Path) -> None:
    """Where systemd is at hand, it verifies both files."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    program = tmp_path / "summarizer"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    service = block("ini", "[Service]").replace("%h/.local/bin/summarizer", str(program))
    (tmp_path / "summarizer-digest.service").write_text(service)
    (tmp_path / "summarizer-digest.timer").write_text(block("ini", "[Timer]"))
    units = [str(tmp_path / f"summarizer-digest.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    told = [line for line in (done.stdout + done.stderr).splitlines() if "summarizer-digest" in line]
    assert told == []


def test_the_workflow_and_the_cron_job_are_whole() -> None:
    """Both are YAML, run one at a time, and their shell lines can be parsed."""
    workflow: dict[Any, Any] = yaml.safe_load(block("yaml", "jobs:"))
    assert workflow["concurrency"]["group"] == "digest"
    assert workflow[True]["schedule"][0]["cron"] == "0 6 * * *"  # YAML 1.1 reads `on` as true
    steps = [step["run"] for step in workflow["jobs"]["digest"]["steps"] if "run" in step]
    job: dict[str, Any] = yaml.safe_load(block("yaml", "CronJob"))
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    (container,) = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    assert container["command"][:2] == ["sh", "-c"]
    for script in [*steps, container["command"][2]]:
        subprocess.run(["sh", "-n", "-c", script], check=True)
    for script in (steps[1], container["command"][2]):
        check_command(shlex.split(script.splitlines()[0]))


def test_every_exit_code_is_explained() -> None:
    """The table names the codes that the commands end with."""
    assert re.findall(r"^\| (\d) \|", TEXT, re.MULTILINE) == ["0", "1", "2", "3", "4"]
