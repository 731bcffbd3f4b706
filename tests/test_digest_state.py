"""The state file: older versions move forward with all that they hold, and a file of another kind is refused."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from summarizer.digest.candidates import Traits
from summarizer.digest.schema import MIGRATIONS, VERSION, migrate, version_of
from summarizer.digest.state import State
from summarizer.errors import StateError
from summarizer.extraction import Ledger

from .test_digest_joining import report


def older(path: Path, version: int) -> None:
    """A state file as that version wrote it, with an incident of two articles in it."""
    connection = sqlite3.connect(path)
    migrate(connection, version)
    connection.execute("INSERT INTO meta VALUES ('uuid', '7a0c5c0e-0000-4000-8000-000000000000')")
    for id in (1, 2):
        told = report("Port Alder", "2024-05-14", source=f"s{id}").model_dump_json(exclude_defaults=True)
        connection.execute("INSERT INTO reports (article, position, incident, report) VALUES (?, 0, 5, ?)", (id, told))
    connection.execute(
        "INSERT INTO incidents (id, state, opened, changed, title, first_seen, last_seen, articles, summary) "
        "VALUES (5, 'open', 1, 1, 'Fire', '2024-05-14', '2024-05-15', '[1, 2]', '{}')"
    )
    connection.execute("INSERT INTO history (incident, run, at, field, kind) VALUES (5, 1, 'x', 'killed', 'set')")
    connection.commit()
    connection.close()


def test_there_is_a_step_to_each_version() -> None:
    """A change of the tables is a migration; this number grows with each."""
    assert len(MIGRATIONS) == VERSION == 2


@pytest.mark.parametrize("version", range(1, VERSION))
def test_an_older_file_moves_forward_with_all_it_holds(tmp_path: Path, version: int) -> None:
    """Opened by this version, it has the newest tables, and nothing in it is lost."""
    path = tmp_path / "state.sqlite3"
    older(path, version)
    with State(path) as state:
        assert version_of(state.connection) == VERSION
        assert state.meta("uuid") == "7a0c5c0e-0000-4000-8000-000000000000"
        (row,) = state.rows("SELECT * FROM incidents")
        assert (row["id"], row["title"], json.loads(row["articles"])) == (5, "Fire", [1, 2])
        traits = Traits.read(row["traits"])  # new in version 2, made from the reports that were there
        assert (traits.words, traits.days) == ({"port", "alder"}, {"2024-05-14"})
        assert len(state.rows("SELECT * FROM history")) == 1
        assert state.rows("SELECT * FROM updates") == []


@pytest.mark.parametrize("version", range(VERSION + 1))
def test_every_version_ends_with_the_same_tables(tmp_path: Path, version: int) -> None:
    """Whether a file was made today or long ago, its tables are the same."""

    def tables(path: Path) -> list[tuple[str, str, int]]:
        with State(path) as state:
            names = [row["name"] for row in state.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return [
                (name, row["name"], row["notnull"])
                for name in sorted(names)
                for row in state.rows(f"SELECT * FROM pragma_table_info('{name}')")
            ]

    if version:
        older(tmp_path / "old.sqlite3", version)
    assert tables(tmp_path / "old.sqlite3") == tables(tmp_path / "new.sqlite3")


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step is taken whole or not at all: the file can still be opened by the version that wrote it."""
    path = tmp_path / "state.sqlite3"
    older(path, 1)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE reports SET report = 'broken' WHERE article = 2")
    connection.close()
    with pytest.raises(ValueError, match="JSON"), State(path):
        pass
    with sqlite3.connect(path) as connection:
        assert version_of(connection) == 1
        assert "traits" not in [row[1] for row in connection.execute("PRAGMA table_info(incidents)")]
    connection.close()


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    """An older package never writes into a newer state."""
    path = tmp_path / "state.sqlite3"
    with State(path) as state, state.transaction() as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'version'")
    with pytest.raises(StateError, match="newer version"):
        State(path)


def test_a_file_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    """A text file is no state, and is left as it is."""
    path = tmp_path / "state.sqlite3"
    path.write_text("a shopping list, long enough to be looked at: eggs, bread, milk, and no cheese at all")
    with pytest.raises(StateError, match=r"state\.sqlite3"):
        State(path)
    assert path.read_text().startswith("a shopping list")


def test_the_ledger_lives_in_the_same_file(tmp_path: Path) -> None:
    """Answers and incidents share one file, each with a version of its own."""
    path = tmp_path / "state.sqlite3"
    with State(path) as state, Ledger(path) as ledger:
        ledger.put("k", "m", "{}")
        assert len(state.rows("SELECT * FROM answers")) == 1
    with State(path) as state, Ledger(path) as ledger:
        assert ledger.get("k") == "{}"
        assert state.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_transaction_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """What fails in the middle leaves nothing behind."""
    with State(tmp_path / "state.sqlite3") as state:

        def fail() -> None:
            with state.transaction() as connection:
                connection.execute("INSERT INTO runs (started) VALUES ('x')")
                connection.execute("INSERT INTO runs (started) VALUES (NULL)")

        with pytest.raises(StateError, match="cannot be written"):
            fail()
        assert state.rows("SELECT * FROM runs") == []
