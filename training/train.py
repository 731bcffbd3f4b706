"""The trainer: LoRA on the weights that are served, loss on the answers alone, by a budget of minutes or of steps.

    python -m training.train build/augmented.jsonl build/partial.jsonl --out build/run --minutes 110
    python -m training.train build/augmented.jsonl build/partial.jsonl --out build/run --minutes 110 --resume

Writes to the folder: `log.jsonl` (a line a minute), `last/` (the state to resume from) and `best/` (the adapter that
foretells most answer tokens of the held-out sets, of those alike the last).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from summarizer.extraction.embedded import assembled_weights

from .base import adapted, tokenizer_of, used_tokens
from .batches import Row, batches, held_out, padded, rows
from .example import read

WARM_UP = 0.03
"""The part of the budget over which the rate rises."""
LEAST = 0.02
"""The rate at the end, of the highest."""

ALIKE = 0.002
"""Shares of foretold tokens that differ by less are alike: three of the corpus's 1,684 held-out tokens."""

SINGLES = "singles-"
"""How the sets of single articles are named, which are learned from only."""


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out, saved beside the adapter."""

    minutes: float = 110.0
    steps: int = 0
    rank: int = 32
    targets: str = "all"
    rate: float = 4e-4
    dropout: float = 0.1
    tokens: int = 2048
    accumulate: int = 1
    longest: int = 1536
    held_out: int = 8
    seed: int = 0
    every: float = 10.0
    whole_vocabulary: bool = False


class Run:
    """One training run: what is learned on, where it stands, and what it writes."""

    def __init__(self, recipe: Recipe, data: Sequence[Path], out: Path, weights: Path) -> None:
        self.recipe, self.out = recipe, out
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        out.mkdir(parents=True, exist_ok=True)
        tokenizer = tokenizer_of(weights, out / "tokenizer")
        found = [row for path in data for row in rows(read(path), tokenizer, longest=recipe.longest)]
        # Only sets with all fields are validated on, as they are asked at run time, and of them those of the corpus.
        whole = [row.set for row in found if row.whole and not row.set.startswith(SINGLES)]
        kept = held_out(whole, number=recipe.held_out, seed=recipe.seed)
        self.learned = [row for row in found if row.set not in kept]
        self.validated = [row for row in found if row.set in kept and row.whole and row.plain]
        self.pad = tokenizer.pad_token_id or 0
        shape = {"rank": recipe.rank, "targets": recipe.targets, "dropout": recipe.dropout}
        self.model = adapted(weights, **shape, seed=recipe.seed, device=self.device)
        self.columns = self._columns(found, tokenizer)
        self.parameters = [one for one in self.model.parameters() if one.requires_grad]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=recipe.rate, weight_decay=0.01)
        self.elapsed, self.step, self.round, self.position, self.best = 0.0, 0, 0, 0, 0.0

    def _columns(self, found: Sequence[Row], tokenizer: Any) -> torch.Tensor | None:
        if self.recipe.whole_vocabulary:
            return None
        seen = {token for row in found for token in (*row.request, *row.answer)}
        return torch.tensor(used_tokens(seen, tokenizer), device=self.device)

    def loss(self, batch: Sequence[Row]) -> tuple[torch.Tensor, int, int]:
        """The summed loss of a batch's answer tokens, how many are foretold, and their number.

        No other position gets logits.
        """
        ids, places, answers = padded(batch, self.pad)
        inner = self.model.base_model.model
        at, step = (torch.tensor(side, device=self.device) for side in zip(*places, strict=True))
        wanted = torch.tensor(answers, device=self.device)
        table = inner.lm_head.weight
        if self.columns is not None:
            table, wanted = self.table, torch.searchsorted(self.columns, wanted)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            hidden = inner.model(input_ids=torch.tensor(ids, device=self.device), use_cache=False).last_hidden_state
            logits = hidden[at, step] @ table.T
        foretold = int((logits.detach().argmax(dim=-1) == wanted).sum())
        return torch.nn.functional.cross_entropy(logits.float(), wanted, reduction="sum"), foretold, len(answers)

    @property
    def table(self) -> torch.Tensor:
        """The rows of the output table for the tokens that an answer could be made of."""
        if not hasattr(self, "_table"):
            self._table = self.model.base_model.model.lm_head.weight[self.columns].detach()
        return self._table

    def validate(self) -> tuple[float, float]:
        """The mean loss of an answer token on the held-out sets, and the share of them that is foretold."""
        self.model.eval()
        with torch.no_grad():
            done = [self.loss(batch) for batch in batches(self.validated, tokens=self.recipe.tokens, seed=0)]
        self.model.train()
        number = max(1, sum(count for _, _, count in done))
        return sum(loss.item() for loss, _, _ in done) / number, sum(right for _, right, _ in done) / number

    def train(self) -> None:
        """Learn until the budget is used up; validate and save every few minutes and at the end."""
        started = time.monotonic() - self.elapsed
        saved = logged = self.elapsed
        held: list[float] = []
        self.model.train()
        for group in self._groups():
            held.append(self._learn(group))
            self.elapsed = time.monotonic() - started
            if self.elapsed - logged >= 60:
                self._log(loss=sum(held) / len(held))
                held, logged = [], self.elapsed
            over = self.spent >= 1
            if over or self.elapsed - saved >= self.recipe.every * 60:
                self._check()
                self.elapsed = time.monotonic() - started
                saved = self.elapsed
            if over:
                return

    @property
    def spent(self) -> float:
        """The part of the budget that is used up: of the steps where the recipe counts them, else of the minutes."""
        if self.recipe.steps:
            return self.step / self.recipe.steps
        return self.elapsed / (self.recipe.minutes * 60)

    def _groups(self) -> Iterator[list[list[Row]]]:
        """Batches without end, as many at a time as one step of the optimizer takes, from where the run stands."""
        while True:
            ordered = list(batches(self.learned, tokens=self.recipe.tokens, seed=self.recipe.seed + self.round))
            while self.position < len(ordered):
                group = ordered[self.position : self.position + self.recipe.accumulate]
                self.position += len(group)
                yield group
            self.round, self.position = self.round + 1, 0

    def _learn(self, group: Sequence[Sequence[Row]]) -> float:
        rate = self.recipe.rate * schedule(self.spent)
        for settings in self.optimizer.param_groups:
            settings["lr"] = rate
        total = sum(len(row.answer) for batch in group for row in batch)
        summed = 0.0
        for batch in group:
            loss, _, _ = self.loss(batch)
            (loss / total).backward()
            summed += loss.item()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        return summed / total

    def _check(self) -> None:
        """Validate, keep the adapter if it is the best so far, and save the state to resume from.

        What is foretold decides, not the loss: that also punishes an adapter for growing sure of what greedy decoding
        chooses anyway.  Of two that are alike the later one is taken, whose rate has come down further.
        """
        loss, foretold = self.validate()
        self._log(validation=loss, foretold=foretold)
        if foretold >= self.best - ALIKE:
            self.best = max(self.best, foretold)
            self.save(self.out / "best", foretold)
        last = self.out / "last"
        last.mkdir(exist_ok=True)
        state = {name: getattr(self, name) for name in _STANDING}
        state |= {"adapter": self._adapter(), "optimizer": self.optimizer.state_dict(), "recipe": asdict(self.recipe)}
        torch.save(state, last / "state.new")
        os.replace(last / "state.new", last / "state.pt")

    def _adapter(self) -> dict[str, torch.Tensor]:
        return {name: one.detach() for name, one in self.model.named_parameters() if one.requires_grad}

    def save(self, folder: Path, foretold: float) -> None:
        """The adapter as PEFT writes it, with its recipe, the seconds and steps that it took, and what it foretells."""
        self.model.save_pretrained(folder)
        said = asdict(self.recipe) | {"elapsed": round(self.elapsed), "step": self.step, "foretold": round(foretold, 4)}
        (folder / "recipe.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")

    def start_from(self, adapter: Path) -> None:
        """Begin with the adapter of an earlier run, `best/` in its folder."""
        from peft import load_peft_weights, set_peft_model_state_dict

        set_peft_model_state_dict(self.model, load_peft_weights(str(adapter), device=self.device))

    def resume(self) -> None:
        """Go on from the last saved state.  Raises FileNotFoundError without one."""
        state = torch.load(self.out / "last" / "state.pt", weights_only=True, map_location=self.device)
        for name in _STANDING:
            setattr(self, name, state[name])
        self.model.load_state_dict(state["adapter"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])

    def _log(self, **figures: float) -> None:
        line = {"minute": round(self.elapsed / 60, 1), "step": self.step, "round": self.round, **figures}
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


_STANDING = ("elapsed", "step", "round", "position", "best")


def schedule(spent: float) -> float:
    """The learning rate at a part of the budget, of the highest: a short rise, then a half cosine."""
    if spent < WARM_UP:
        return max(LEAST, spent / WARM_UP)
    turned = min(1.0, (spent - WARM_UP) / (1 - WARM_UP))
    return LEAST + (1 - LEAST) * 0.5 * (1 + math.cos(math.pi * turned))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train by the command line's recipe."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__.split("\n")[0])
    parser.add_argument("data", nargs="+", type=Path, help="files of examples")
    parser.add_argument("--out", type=Path, required=True, help="folder for the log, the state and the adapter")
    parser.add_argument("--start", type=Path, help="adapter to begin with, as an earlier run saved it")
    parser.add_argument("--resume", action="store_true", help="go on where the folder's last state stands")
    for name, value in asdict(Recipe()).items():
        option = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            parser.add_argument(option, action="store_true")
        else:
            parser.add_argument(option, type=type(value), default=value, help=f"default {value}")
    chosen = vars(parser.parse_args(arguments))
    data, out, start, resumed = (chosen.pop(name) for name in ("data", "out", "start", "resume"))
    random.seed(chosen["seed"])
    torch.manual_seed(chosen["seed"])
    run = Run(Recipe(**chosen), data, out, assembled_weights())
    if resumed:
        run.resume()
    elif start:
        run.start_from(start)
    run.train()


if __name__ == "__main__":
    main()
