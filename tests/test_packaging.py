"""The wheel holds what it needs, and works where the checkout is not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version

from .conftest import EXAMPLES, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built by the environment's own setuptools."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("summarizer", "schemas", "prompts"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `summarizer` command of a fresh environment that holds the wheel.

    The dependencies are lent by a path file from the environment of the tests, whose editable install of the project
    is not seen through it: only its site folder's own `.pth` files would load that.
    """
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel]
    subprocess.run(pip, check=True)
    (site,) = (folder / "lib").glob("python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "summarizer"


def run(command: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "XDG_CACHE_HOME": str(cwd / "cache")}
    return subprocess.run([command, *arguments], cwd=cwd, env=environment, capture_output=True, text=True)


def test_the_command_works_from_an_empty_folder(fresh: Path, tmp_path: Path) -> None:
    """Installed from the wheel, the command finds its schemas and prompts where no checkout is near."""
    done = run(fresh, "schema", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["title"] == "Summary"
    where = run(
        fresh.with_name("python"),
        "-c",
        "import summarizer.prompts as p; p.load_prompt('full'); print(p.__file__)",
        cwd=tmp_path,
    )
    assert str(fresh.parent.parent) in where.stdout


def test_the_command_is_not_shadowed_inside_the_checkout(fresh: Path) -> None:
    """Run from the checkout, the console script still uses what was installed."""
    assert run(fresh, "models", cwd=ROOT / "examples").returncode == 0
    assert run(fresh, "schema", cwd=ROOT).returncode == 0


def test_without_a_model_the_installed_command_names_both_ways(fresh: Path, tmp_path: Path) -> None:
    """A wheel without the extra, and no key: one line that says what to install or set, no traceback."""
    hidden = tmp_path / "sitecustomize.py"
    hidden.write_text("import sys\nsys.modules['xllamacpp'] = None\n")
    example = str(next(EXAMPLES.glob("*/1-*.txt")))
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "c")}
    done = subprocess.run(
        [fresh, "summarize", example],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "pip install" in done.stderr
    assert "OPENAI_API_KEY" in done.stderr
    assert "Traceback" not in done.stderr


KINDS = {".py", ".md", ".json", ".toml", ".txt", ".gguf", ".typed", ".jinja", ".j2", ".css", ".js"}


def test_the_wheel_holds_every_package_prompt_and_data_file(wheel: Path) -> None:
    """No package folder, prompt or data file of the checkout is missing from the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    homes = {"summarizer": "summarizer", "schemas": "summarizer/schemas", "prompts": "summarizer/prompts"}
    for folder, home in homes.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in KINDS:
                assert f"{home}/{path.relative_to(ROOT / folder)}" in held or path.name == "py.typed"
    assert "summarizer/py.typed" in held
    assert not any(name.startswith(("schemas/", "prompts/", "tests/")) for name in held)


def test_instructor_is_the_version_that_was_checked() -> None:
    """A resolver that slides back to an old instructor is caught here, not in a run."""
    assert Version("1.17") <= Version(version("instructor")) < Version("2")


def test_every_dependency_has_a_floor() -> None:
    """Each runtime dependency names the oldest version that works."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert all(">=" in requirement for requirement in project["dependencies"])
