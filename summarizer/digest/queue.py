"""The articles in the state: from listed, over fetched and read by the model, to replaced by a newer version."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from summarizer.articles.fetching import Validators
from summarizer.schemas import Article, GroundedReport

from .sources import Entry, Found, Listing
from .state import State


@dataclass(frozen=True)
class Waiting:
    """A page to be fetched."""

    id: int
    place: str
    source: str
    entry: Entry
    validators: Validators
    found: str


def enqueue(state: State, listing: Listing, *, run: int, now: datetime, recheck: timedelta) -> int:
    """Keep what a listing gave, and that it was read, in one step; how many articles are new or changed."""
    stamp = now.isoformat(timespec="seconds")
    with state.transaction() as connection:
        new = sum(_enqueue_entry(connection, listing, entry, run, now, recheck) for entry in listing.entries)
        new += sum(_enqueue_article(connection, listing, found, run, now) for found in listing.articles)
        connection.execute(
            "INSERT OR REPLACE INTO listings (place, etag, last_modified, checked) VALUES (?, ?, ?, ?)",
            (listing.place, listing.validators.etag, listing.validators.last_modified, stamp),
        )
    return new


def is_new(state: State, listing: Listing, entry: Entry) -> bool:
    """Whether an entry is of an article that the state does not know; for estimates."""
    latest = _latest(state.connection, entry.place)
    return latest is None or (latest["source"] == listing.source and latest["version"] != entry.version)


def _latest(connection: sqlite3.Connection, place: str) -> sqlite3.Row | None:
    question = "SELECT * FROM articles WHERE place = ? ORDER BY id DESC LIMIT 1"
    row: sqlite3.Row | None = connection.execute(question, (place,)).fetchone()
    return row


def _enqueue_entry(
    connection: sqlite3.Connection, listing: Listing, entry: Entry, run: int, now: datetime, recheck: timedelta
) -> bool:
    latest = _latest(connection, entry.place)
    hint = json.dumps([entry.title, entry.published, entry.publisher, entry.outlet])
    if latest is not None:
        if latest["source"] != listing.source:
            return False  # another source listed it first
        if latest["state"] == "waiting":
            connection.execute(
                "UPDATE articles SET hint = ?, version = ? WHERE id = ?", (hint, entry.version, latest["id"])
            )
            return False
        recent = listing.recheck and datetime.fromisoformat(latest["found"]) + recheck > now
        if not recent and latest["version"] == entry.version:
            return False
    known = latest if latest is not None and latest["text"] else None
    connection.execute(
        "INSERT INTO articles (place, source, version, hint, state, etag, last_modified, replaces, found, run) "
        "VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?)",
        (
            entry.place, listing.source, entry.version, hint,
            known["etag"] if known else None, known["last_modified"] if known else None, known["id"] if known else None,
            latest["found"] if latest is not None and listing.recheck else now.isoformat(timespec="seconds"), run,
        ),
    )  # fmt: skip
    return latest is None


def _enqueue_article(connection: sqlite3.Connection, listing: Listing, found: Found, run: int, now: datetime) -> bool:
    latest = _latest(connection, found.place)
    if latest is not None and (latest["source"] != listing.source or latest["sha256"] == found.article.sha256):
        return False
    row = connection.execute(
        "INSERT INTO articles (place, source, version, state, replaces, found, run) VALUES (?, ?, ?, 'new', ?, ?, ?)",
        (
            found.place, listing.source, found.version, latest["id"] if latest is not None else None,
            now.isoformat(timespec="seconds"), run,
        ),
    )  # fmt: skip
    return _fill(connection, int(row.lastrowid or 0), found.article, Validators())


def _fill(connection: sqlite3.Connection, id: int, article: Article, validators: Validators) -> bool:
    """Put the article into its row; False where its text is known from the same publisher already."""
    repeated = connection.execute(
        "SELECT id FROM articles WHERE sha256 = ? AND publisher IS ? AND id != ? AND state != 'replaced'",
        (article.sha256, article.publisher, id),
    ).fetchone()
    row = connection.execute("SELECT found, replaces FROM articles WHERE id = ?", (id,)).fetchone()
    day = article.published_at.date().isoformat() if article.published_at else row["found"][:10]
    if repeated is not None:
        connection.execute(
            "UPDATE articles SET state = 'repeated', replaces = NULL, error = ?, sha256 = ?, publisher = ?, etag = ?, "
            "last_modified = ?, hint = NULL, day = ? WHERE id = ?",
            (
                f"same text and publisher as article {repeated['id']}", article.sha256, article.publisher,
                validators.etag, validators.last_modified, day, id,
            ),
        )  # fmt: skip
        return False
    connection.execute(
        "UPDATE articles SET state = 'new', error = NULL, hint = NULL, sha256 = ?, publisher = ?, title = ?, "
        "published = ?, url = ?, path = ?, text = ?, etag = ?, last_modified = ?, day = ? WHERE id = ?",
        (
            article.sha256, article.publisher, article.title, article.published, article.url, article.path,
            article.text, validators.etag, validators.last_modified, day, id,
        ),
    )  # fmt: skip
    return True


def waiting(state: State, *, since: str | None = None) -> list[Waiting]:
    """The pages to be fetched, in the order in which they were listed; those published before `since` stay waiting."""
    found = []
    for row in state.rows("SELECT * FROM articles WHERE state = 'waiting' ORDER BY id"):
        entry = Entry(row["place"], row["version"], *json.loads(row["hint"]))
        if since is None or entry.published is None or entry.published[:10] >= since:
            validators = Validators(row["etag"], row["last_modified"])
            found.append(Waiting(row["id"], row["place"], row["source"], entry, validators, row["found"]))
    return found


def store_fetched(state: State, page: Waiting, article: Article, validators: Validators) -> bool:
    """Keep a fetched article; False where it is known already."""
    with state.transaction() as connection:
        row = connection.execute(
            "SELECT old.id FROM articles new JOIN articles old ON old.id = new.replaces "
            "WHERE new.id = ? AND old.sha256 = ?",
            (page.id, article.sha256),
        ).fetchone()
        if row is not None:  # sent anew, but not another text
            connection.execute(
                "UPDATE articles SET version = ?, etag = ?, last_modified = ? WHERE id = ?",
                (page.entry.version, validators.etag, validators.last_modified, row["id"]),
            )
            connection.execute("DELETE FROM articles WHERE id = ?", (page.id,))
            return False
        return _fill(connection, page.id, article, validators)


def store_unchanged(state: State, page: Waiting) -> None:
    """A known page that is as it was: the row that asked for it goes, its version is taken down."""
    with state.transaction() as connection:
        row = connection.execute("SELECT replaces FROM articles WHERE id = ?", (page.id,)).fetchone()
        if row["replaces"] is not None:
            connection.execute("UPDATE articles SET version = ? WHERE id = ?", (page.entry.version, row["replaces"]))
        connection.execute("DELETE FROM articles WHERE id = ?", (page.id,))


def store_failed(state: State, page: Waiting, message: str, *, final: bool) -> None:
    """Keep why a page could not be had; `final` ends the trying."""
    with state.transaction() as connection:
        connection.execute(
            "UPDATE articles SET state = ?, error = ? WHERE id = ?",
            ("failed" if final else "waiting", message, page.id),
        )


def to_read(state: State, *, since: str | None = None, limit: int | None = None) -> list[int]:
    """Ids of the articles that the model has not read, oldest first; at most `limit`."""
    return [
        row["id"]
        for row in state.rows(
            "SELECT id FROM articles WHERE state = 'new' AND (? IS NULL OR day >= ?) ORDER BY id LIMIT ?",
            (since, since, -1 if limit is None else limit),
        )
    ]


def load_articles(state: State, ids: Iterable[int]) -> dict[int, Article]:
    """Articles by id."""
    wanted = sorted(set(ids))
    found: dict[int, Article] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        for row in state.rows(f"SELECT * FROM articles WHERE id IN ({marks})", part):  # noqa: S608 - marks alone
            found[row["id"]] = Article(
                text=row["text"], publisher=row["publisher"], title=row["title"], published=row["published"],
                url=row["url"], path=row["path"],
            )  # fmt: skip
    return found


def store_read(state: State, id: int, reports: Sequence[GroundedReport]) -> None:
    """Keep an article's reports, to be joined; done with the model."""
    with state.transaction() as connection:
        connection.execute("DELETE FROM reports WHERE article = ?", (id,))
        connection.executemany(
            "INSERT INTO reports (article, position, report) VALUES (?, ?, ?)",
            [(id, report.index, report.model_dump_json(exclude_defaults=True)) for report in reports],
        )
        connection.execute("UPDATE articles SET state = 'read', error = NULL WHERE id = ?", (id,))


def store_unread(state: State, id: int, message: str, *, final: bool) -> None:
    """Keep why the model gave no answer for an article; `final` ends the trying."""
    with state.transaction() as connection:
        connection.execute(
            "UPDATE articles SET state = ?, error = ? WHERE id = ?", ("failed" if final else "new", message, id)
        )
