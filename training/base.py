"""The base model to train on: the weights that are served, read from their GGUF file."""

from __future__ import annotations

import sys
from pathlib import Path
from types import MethodType
from typing import Any

TARGETS = {
    "attention": ["q_proj", "k_proj", "v_proj", "o_proj"],
    "all": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
}


def tokenizer_of(weights: Path, cache: Path | None = None) -> Any:
    """The tokenizer in a GGUF file.  Reading it takes half a minute; with `cache` it is read from there next time."""
    from transformers import AutoTokenizer

    if cache is not None and (cache / "tokenizer.json").is_file():
        return AutoTokenizer.from_pretrained(cache)
    tokenizer = AutoTokenizer.from_pretrained(weights.parent, gguf_file=weights.name)
    if cache is not None:
        tokenizer.save_pretrained(cache)
    return tokenizer


def adapted(weights: Path, *, rank: int, targets: str, seed: int, dropout: float = 0.0, device: str = "cpu") -> Any:
    """The model of a GGUF file with a fresh LoRA adapter on it; only the adapter learns.

    The frozen weights are held in bfloat16: they come from four bits, and casting them at every step costs a third of
    the time.  The adapter's own are in float32.  Where torch can compile, the layers are compiled, which takes
    another third off.
    """
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, GgufConfig

    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_pretrained(
        weights.parent,
        gguf_file=weights.name,
        dtype=torch.bfloat16,
        quantization_config=GgufConfig(dequantize=True),
    )
    config = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=TARGETS[targets], task_type="CAUSAL_LM")
    model = get_peft_model(model, config, autocast_adapter_dtype=True)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    for module in model.modules():
        if hasattr(module, "lora_A"):
            module.forward = MethodType(adapted_linear(dropout), module)
    model = model.to(device)
    if can_compile(device):
        torch._dynamo.config.recompile_limit = 64  # learning and validating, one row and many, two kinds of layers
        for layer in model.base_model.model.model.layers:
            layer.forward = torch.compile(layer.forward, dynamic=True)
    return model


def can_compile(device: str) -> bool:
    """Whether torch can compile here: that takes a compiler, and Python's headers or Triton."""
    import torch

    try:
        torch.compile(lambda numbers: numbers.exp() * 2)(torch.ones(8, device=device))
    except Exception as wrong:  # whatever the many parts of a compiler raise, learning goes on without
        print(f"layers are not compiled, which takes a third longer: {type(wrong).__name__}", file=sys.stderr)
        return False
    return True


def adapted_linear(dropout: float) -> Any:
    """PEFT's forward pass of an adapted linear layer with fewer passes over memory: a sixth of the time less.

    Scale and dropout are applied to the small matrix instead of the inputs and outputs, by one mask for all tokens of
    a batch, and the sum is taken where the product is.
    """
    import torch
    from torch.nn.functional import linear

    def forward(self: Any, inputs: torch.Tensor) -> torch.Tensor:
        down, up = self.lora_A["default"].weight * self.scaling["default"], self.lora_B["default"].weight
        if self.training and dropout:
            down = down * ((torch.rand(down.shape[1], device=down.device) >= dropout) / (1 - dropout))
        served = self.base_layer(inputs)
        low = linear(inputs, down).flatten(0, -2)
        return torch.addmm(served.flatten(0, -2), low, up.to(served.dtype).T).view(served.shape)

    return forward


def used_tokens(seen: set[int], tokenizer: Any) -> list[int]:
    """The tokens that an answer could be made of: those of the data, and every token that one of those begins with.

    The copy grammar lets the model choose only among the article's words and the answer's own signs, however cut, so
    the loss is taken over these: a twentieth of the vocabulary and of the cost.
    """
    vocabulary = tokenizer.get_vocab()
    spelled = tokenizer.convert_ids_to_tokens(sorted(seen))
    prefixes = {word[:size] for word in spelled for size in range(1, len(word) + 1)}
    return sorted({vocabulary[prefix] for prefix in prefixes if prefix in vocabulary} | seen)
