"""The state of a digest: one SQLite file, in which every step is a transaction."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from summarizer.articles.fetching import Validators
from summarizer.errors import StateError

from .schema import VERSION, migrate, version_of

BUSY_SECONDS = 30.0


class State:
    """An open state file.  `State(None)` lives in memory; `read_only` opens an existing file without changing it.

    Raises StateError if the file cannot be opened, is none of ours or is newer than this package.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self.path = path
        try:
            if path is not None and not read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            name = ":memory:" if path is None else f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
            self.connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None, uri=path is not None)
            self.connection.row_factory = sqlite3.Row
            self._prepare(read_only)
        except (sqlite3.Error, OSError) as wrong:
            raise self._error("cannot be opened", wrong) from wrong

    def _prepare(self, read_only: bool) -> None:
        connection = self.connection
        if read_only:
            if version_of(connection) != VERSION:
                raise sqlite3.DatabaseError("its tables are of another version; run `summarizer digest` once")
            return
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        if version_of(connection) == VERSION:
            return
        with self.transaction():
            migrate(connection)
            # The Atom feed's name for this digest, the same for ever, though files and hosts may move.
            connection.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('uuid', ?)", (str(uuid.uuid4()),))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside it or nothing; other writers wait.  Raises StateError where the file cannot be written."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
        except sqlite3.Error as wrong:
            raise self._error("cannot be written", wrong) from wrong

    def rows(self, question: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """The rows of a query.  Raises StateError where the file cannot be read."""
        try:
            return self.connection.execute(question, values).fetchall()
        except sqlite3.Error as wrong:
            raise self._error("cannot be read", wrong) from wrong

    def meta(self, key: str) -> str | None:
        rows = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    def start_run(self, started: str) -> int:
        """The number of a new run."""
        with self.transaction() as connection:
            return int(connection.execute("INSERT INTO runs (started) VALUES (?)", (started,)).lastrowid or 0)

    def finish_run(self, run: int, finished: str, outcome: str, counts: Mapping[str, Any]) -> None:
        """Write down how a run ended."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE runs SET finished = ?, outcome = ?, counts = ? WHERE id = ?",
                (finished, outcome, json.dumps(counts), run),
            )

    def validators(self) -> Callable[[str], Validators]:
        """A function that tells what the server of a listing gave with it last time; it may be called in any thread."""
        known = {
            row["place"]: Validators(row["etag"], row["last_modified"]) for row in self.rows("SELECT * FROM listings")
        }
        return lambda place: known.get(place, Validators())

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _error(self, what: str, cause: Exception) -> StateError:
        return StateError(
            f"the state file {self.path} {what} ({cause}); check its rights and the free space, or name another one",
            subject=str(self.path),
        )
