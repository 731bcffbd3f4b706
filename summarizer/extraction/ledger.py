"""The ledger: every answer that was paid for, kept in one SQLite file, written the moment it arrives.

Entries are keyed by what was asked (model, parameters, response model, messages with the article's text), never by
key, host or port.  The file is safe under several processes; a killed run loses nothing that it had received.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from tenacity import retry, retry_if_exception_message, stop_after_delay, wait_random

from summarizer.errors import LedgerError

SCHEMA_VERSION = 1
BUSY_SECONDS = 30.0


def request_key(
    *, model: str, parameters: Mapping[str, Any], schema: Mapping[str, Any], messages: Sequence[Mapping[str, Any]]
) -> str:
    """SHA-256, as hexadecimal digits, of everything that decides an answer."""
    asked = {"model": model, "parameters": parameters, "schema": schema, "messages": messages}
    spelled = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()


class Ledger:
    """Answers by request key.  `Ledger(None)` keeps them for the run only.

    Raises LedgerError if the file cannot be opened or is no ledger.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path or ":memory:", timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._prepare()
        except (sqlite3.Error, OSError) as wrong:
            raise self._error("cannot be opened", wrong) from wrong

    @retry(
        retry=retry_if_exception_message(match="database is locked"),
        stop=stop_after_delay(BUSY_SECONDS),
        wait=wait_random(0.01, 0.1),
        reraise=True,
    )
    def _prepare(self) -> None:
        # Turning a new file to WAL does not wait for other processes as everything else does, so it is tried again.
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise sqlite3.DatabaseError(f"written by a newer version (schema {version})")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS answers ("
            "key TEXT PRIMARY KEY, model TEXT NOT NULL, completion TEXT NOT NULL, "
            "stored TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) WITHOUT ROWID"
        )
        self._connection.execute(f"PRAGMA user_version={SCHEMA_VERSION:d}")

    def get(self, key: str) -> str | None:
        """The completion stored under `key`, as the JSON that the server sent, or None."""
        try:
            with closing(self._connection.execute("SELECT completion FROM answers WHERE key=?", (key,))) as rows:
                row = rows.fetchone()
        except sqlite3.Error as wrong:
            raise self._error("cannot be read", wrong) from wrong
        return row[0] if row else None

    def put(self, key: str, model: str, completion: str) -> None:
        """Store a completion at once; the first answer to a request stays."""
        try:
            self._connection.execute(
                "INSERT OR IGNORE INTO answers (key, model, completion) VALUES (?, ?, ?)", (key, model, completion)
            )
        except sqlite3.Error as wrong:
            raise self._error("cannot be written", wrong) from wrong

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM answers").fetchone()[0])

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _error(self, what: str, cause: Exception) -> LedgerError:
        return LedgerError(
            f"the ledger {self.path} {what} ({cause}); name another file with --ledger or go without by --no-ledger",
            subject=str(self.path),
        )
