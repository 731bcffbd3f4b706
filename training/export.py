"""The adapter as a GGUF file that llama.cpp loads, with what it was trained on.

    python -m training.export build/run/best --out build/adapter.gguf

Writes the file and its sidecar (`adapter.json`).  To ship it, copy both to `summarizer/extraction/`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .example import profile
from .provenance import served, stamp

LARGEST = 16_000_000
"""Bytes of an adapter that ships in the package."""
_BLOCK = 32
"""Numbers that share a scale in llama.cpp's 8-bit form; rows of other lengths stay 16-bit."""
_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def export(folder: Path, out: Path) -> dict[str, Any]:
    """Write the PEFT adapter in `folder` to `out` with its sidecar, and give back what that says.

    Raises ValueError for an adapter that is too large to ship.
    """
    import gguf
    from safetensors.numpy import load_file

    config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    tensors = {name: _stored(one) for name, one in load_file(folder / "adapter_model.safetensors").items()}
    size = sum(data.nbytes for data, _ in tensors.values())
    if size > LARGEST:
        raise ValueError(f"{folder}: {size} bytes; an adapter that ships has at most {LARGEST}: take a lower rank")
    writer = gguf.GGUFWriter(out, "gemma3")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(config["lora_alpha"]))
    writer.add_license("gemma")
    for name, said in served(profile()).items():
        writer.add_string(f"summarizer.{name}", said)
    for name, (data, kind) in sorted(tensors.items()):
        writer.add_tensor(tensor_name(name), data, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    recipe = folder / "recipe.json"
    facts = {"recipe": json.loads(recipe.read_text(encoding="utf-8"))} if recipe.is_file() else {}
    return stamp(out, profile(), rank=config["r"], alpha=config["lora_alpha"], **facts)


def _stored(tensor: Any) -> tuple[Any, Any]:
    """A tensor as it is stored, and how: in blocks of 8-bit numbers, which llama.cpp multiplies with faster."""
    import gguf
    import numpy as np

    kind = gguf.GGMLQuantizationType.F16 if tensor.shape[-1] % _BLOCK else gguf.GGMLQuantizationType.Q8_0
    return gguf.quants.quantize(tensor.astype(np.float32), kind), kind


def tensor_name(name: str) -> str:
    """llama.cpp's name for a tensor of PEFT: `blk.3.attn_q.weight.lora_a`."""
    layer, *module = name.partition(".layers.")[2].split(".")
    side = "a" if "lora_A" in name else "b"
    return f"blk.{layer}.{_NAMES['.'.join(module[:2])]}.weight.lora_{side}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Export an adapter and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="folder of the adapter, as the trainer saved it")
    parser.add_argument("--out", type=Path, required=True, help="GGUF file to write")
    chosen = parser.parse_args(arguments)
    print(json.dumps(export(chosen.folder, chosen.out), indent=2))


if __name__ == "__main__":
    main()
