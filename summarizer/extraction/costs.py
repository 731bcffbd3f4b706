"""What calls cost: tokens as the server counts them, dollars by genai-prices, and the limit of a run."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from summarizer.errors import BudgetError, SettingError

from .profiles import CHARACTERS_PER_TOKEN, Profile


@dataclass
class Usage:
    """Counts of one run.  `cost` is in US dollars, None once a call's price is not known."""

    calls: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0


def price(profile: Profile, input_tokens: int, output_tokens: int) -> float | None:
    """US dollars for these tokens, or None if nobody lists a price for the model."""
    if profile.price == "free":
        return 0.0
    if profile.price == "unknown":
        return None
    import genai_prices

    usage = genai_prices.Usage(input_tokens=input_tokens, output_tokens=output_tokens)
    try:
        return float(genai_prices.calc_price(usage, profile.model, provider_id=profile.name).total_price)
    except LookupError:
        return None


@dataclass
class Meter:
    """Counts calls and refuses those that would exceed `limit` US dollars.

    Raises SettingError at once if there is a limit and the model has no listed price.
    """

    profile: Profile
    limit: float | None = None
    usage: Usage = field(default_factory=Usage)
    _reserved: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if self.limit is not None and price(self.profile, 1, 1) is None:
            raise SettingError(
                f"--max-cost cannot be kept: no price is listed for {self.profile.name}/{self.profile.model}; "
                "leave --max-cost out or use a model with a known price",
                subject="--max-cost",
            )

    def reserve(self, prompt_characters: int) -> float:
        """Set aside the most that a call may cost; release it by `release`.  Raises BudgetError over the limit."""
        if self.limit is None:
            return 0.0
        tokens = prompt_characters // CHARACTERS_PER_TOKEN + 1
        most = price(self.profile, tokens, self.profile.max_output_tokens) or 0.0
        with self._lock:
            spent = (self.usage.cost or 0.0) + self._reserved
            if spent + most > self.limit:
                raise BudgetError(
                    f"not sent: the call may cost up to ${most:.4f}, ${spent:.4f} of --max-cost ${self.limit:.4f} "
                    "are spent or set aside; raise --max-cost and run again, what was paid for is kept",
                    subject="--max-cost",
                )
            self._reserved += most
        return most

    def release(self, reserved: float) -> None:
        with self._lock:
            self._reserved -= reserved

    def count(self, input_tokens: int, output_tokens: int) -> None:
        """Count one answered call."""
        cost = price(self.profile, input_tokens, output_tokens)
        with self._lock:
            usage = self.usage
            usage.calls += 1
            usage.input_tokens += input_tokens
            usage.output_tokens += output_tokens
            usage.cost = None if cost is None or usage.cost is None else usage.cost + cost

    def count_cached(self) -> None:
        with self._lock:
            self.usage.cached += 1
