"""One way through the house: no module imports one that stands after it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .conftest import ROOT

ORDER = [
    "errors",
    "schemas",
    "prompts",
    "settings",
    "text",
    "lexicon",
    "articles",
    "origins",
    "extraction",
    "grounding",
    "comparison",
    "alignment",
    "relations",
    "merging",
    "wording",
    "narration",
    "pipeline",
    "stored",
    "rendering",
    "evaluation",
    "digest",
    "cli",
]
PURE = [
    "lexicon",
    "origins",
    "grounding",
    "comparison",
    "alignment",
    "relations",
    "merging",
    "narration",
    "wording",
]
HOMES = {"schemas": ROOT / "schemas", "prompts": ROOT / "prompts"}


def _files(stage: str) -> list[Path]:
    folder = HOMES.get(stage, ROOT / "summarizer" / stage)
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [ROOT / "summarizer" / f"{stage}.py"]


def _stages_imported(path: Path, stage: str) -> set[str]:
    """The stages that a file imports, lazily or not; imports for type checking alone included."""
    inside = path.parent != ROOT / "summarizer"
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("summarizer.")}
        elif isinstance(node, ast.ImportFrom):
            name = node.module or ""
            if node.level == 0 and name.split(".")[0] == "summarizer":
                found |= {name.split(".")[1]} if "." in name else {alias.name for alias in node.names}
            elif (node.level == 1 and not inside) or (node.level == 2 and inside):
                found |= {name.split(".")[0]} if name else {alias.name for alias in node.names}
    return found - {stage}


def test_every_module_has_its_place() -> None:
    """A new module is put into the order of the way."""
    names = {path.stem for path in (ROOT / "summarizer").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert names - {"__init__", "__main__", "__pycache__"} | {"schemas", "prompts"} == set(ORDER)


@pytest.mark.parametrize("stage", ORDER)
def test_no_stage_imports_a_later_one(stage: str) -> None:
    """Imports point back along the way, never forward."""
    later = set(ORDER[ORDER.index(stage) :]) - {stage}
    for path in _files(stage):
        assert not _stages_imported(path, stage) & later, f"{path.name} imports a later stage"


@pytest.mark.parametrize("stage", PURE)
def test_the_deterministic_core_holds_no_clock_network_or_model(stage: str) -> None:
    """Grounding, alignment, merging and narration are pure: nothing in them can tell two runs apart."""
    forbidden = {"openai", "instructor", "httpx", "httpx2", "requests", "socket", "time", "random", "os", "asyncio"}
    for path in _files(stage):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name.split(".")[0] for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [(node.module or "").split(".")[0]]
            assert not forbidden & set(names), f"{path.name} imports {names}"
