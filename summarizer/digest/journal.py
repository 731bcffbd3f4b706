"""The journal: what a run did, as one JSON object a line, for machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from summarizer.errors import WritingError

Clock = Callable[[], datetime]


class Journal:
    """Appends events to a file; without a file it does nothing.  It holds no article's text and no password.

    Raises WritingError where the file cannot be written.
    """

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def write(self, event: str, run: int, **facts: Any) -> None:
        """Append one event of a run."""
        if self._path is None:
            return
        line = {"at": self._clock().isoformat(timespec="seconds"), "run": run, "event": event, **facts}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        except OSError as wrong:
            message = f"{self._path}: the log cannot be written ({wrong.strerror}); mend its rights or name another one"
            raise WritingError(message, subject=str(self._path)) from wrong
