"""The tables of the state file, by version, and the way from each older version to the newest.

The version stands in the table `meta`: SQLite's own `user_version` belongs to the ledger, which shares the file.
A migration is never edited once it is released; the next change is the next migration.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable

from summarizer.schemas import GroundedReport

from .candidates import traits_of

_FIRST = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, outcome TEXT, counts TEXT NOT NULL DEFAULT '{}');
CREATE TABLE listings (
    place TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, checked TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL, source TEXT NOT NULL, version TEXT, hint TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'new', 'read', 'failed', 'repeated', 'replaced')),
    etag TEXT, last_modified TEXT, replaces INTEGER, error TEXT, found TEXT NOT NULL, run INTEGER NOT NULL,
    sha256 TEXT, publisher TEXT, title TEXT, published TEXT, url TEXT, path TEXT, text TEXT, day TEXT);
CREATE INDEX articles_by_place ON articles (place);
CREATE INDEX articles_by_text ON articles (sha256);
CREATE INDEX articles_to_do ON articles (state) WHERE state IN ('waiting', 'new');
CREATE TABLE reports (
    article INTEGER NOT NULL, position INTEGER NOT NULL, incident INTEGER, report TEXT NOT NULL,
    PRIMARY KEY (article, position)) WITHOUT ROWID;
CREATE INDEX reports_by_incident ON reports (incident);
CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('open', 'joined', 'withdrawn')), forward INTEGER,
    opened INTEGER NOT NULL, changed INTEGER NOT NULL,
    title TEXT NOT NULL, event_type TEXT, country TEXT, day TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    articles TEXT NOT NULL, summary TEXT NOT NULL);
CREATE TABLE history (
    id INTEGER PRIMARY KEY, incident INTEGER NOT NULL, run INTEGER NOT NULL, at TEXT NOT NULL,
    field TEXT NOT NULL, kind TEXT NOT NULL, before TEXT, after TEXT, articles TEXT NOT NULL DEFAULT '[]',
    since INTEGER, digest INTEGER);
CREATE INDEX history_by_incident ON history (incident);
CREATE INDEX history_untold ON history (digest) WHERE digest IS NULL;
CREATE TABLE joins (
    id INTEGER PRIMARY KEY, joined INTEGER NOT NULL, target INTEGER NOT NULL, run INTEGER NOT NULL,
    members TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0);
CREATE TABLE apart (one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE digests (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL, made TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'written')), outputs TEXT NOT NULL,
    mail TEXT NOT NULL CHECK (mail IN ('none', 'due', 'sent')));
"""


def _first(connection: sqlite3.Connection) -> None:
    _execute(connection, _FIRST)


_SECOND = """
CREATE TABLE updates (
    digest INTEGER NOT NULL, incident INTEGER NOT NULL, kind TEXT NOT NULL, uuid TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, page TEXT NOT NULL, updated TEXT NOT NULL, PRIMARY KEY (digest, incident)) WITHOUT ROWID;
ALTER TABLE incidents ADD COLUMN traits TEXT NOT NULL DEFAULT '{}';
CREATE INDEX incidents_by_last_seen ON incidents (last_seen);
"""


def _second(connection: sqlite3.Connection) -> None:
    """Entries of the Atom feed, and by what an incident is found again; the latter is made from its reports."""
    _execute(connection, _SECOND)
    reports: defaultdict[int, list[GroundedReport]] = defaultdict(list)
    for incident, report in connection.execute("SELECT incident, report FROM reports WHERE incident IS NOT NULL"):
        reports[incident].append(GroundedReport.model_validate_json(report))
    connection.executemany(
        "UPDATE incidents SET traits = ? WHERE id = ?",
        [(traits_of(told).spelled(), incident) for incident, told in reports.items()],
    )


def _execute(connection: sqlite3.Connection, script: str) -> None:
    """The statements of a script, one by one: `executescript` would end the transaction around them."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _second)
"""The step to version 1 from an empty file, to version 2 from version 1, and so on."""
VERSION = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables in a file; 0 where there are none yet."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'").fetchone()
    if not known:
        return 0
    row = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    return int(row[0]) if row else 0


def migrate(connection: sqlite3.Connection, target: int = VERSION) -> None:
    """Bring the tables to version `target`, inside the caller's transaction.

    Raises sqlite3.DatabaseError for a file of a newer version than this package knows.
    """
    version = version_of(connection)
    if version > VERSION:
        raise sqlite3.DatabaseError(f"it was written by a newer version (tables {version}, known up to {VERSION})")
    connection.execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    for step in MIGRATIONS[version:target]:
        step(connection)
    if version < target:
        connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('version', ?)", (str(target),))
