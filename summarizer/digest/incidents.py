"""The incidents in the state: their reports, their records, and every difference that readers are told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.errors import IncidentUnknownError
from summarizer.schemas import GroundedReport, Summary

from .candidates import traits_of
from .changes import Change, Told, Version, differences
from .joining import Key
from .queue import load_articles
from .records import Told as ToldIncident
from .records import article_id, incident_name, record, version
from .state import State

_PART = 500
"""Values in one query; SQLite has a limit."""


@dataclass(frozen=True)
class Moment:
    """Which run does something, and when (ISO 8601)."""

    run: int
    at: str


def parse_id(name: str) -> int:
    """The number in `i12` or `12`.  Raises IncidentUnknownError."""
    digits = name.strip().lower().removeprefix("i")
    if not digits.isdecimal() or len(digits) > 15:
        raise IncidentUnknownError(f"{name!r} is no incident's id; `summarizer incidents` lists them", subject=name)
    return int(digits)


def find(state: State, name: str) -> tuple[sqlite3.Row, list[int]]:
    """The incident with this id, or the one that it was joined to, with the ids that led there.

    Raises IncidentUnknownError.
    """
    led: list[int] = []
    id = parse_id(name)
    while True:
        rows = state.rows("SELECT * FROM incidents WHERE id = ?", (id,))
        if not rows:
            message = f"no incident {incident_name(id)}; `summarizer incidents` lists those that there are"
            raise IncidentUnknownError(message, subject=name)
        if rows[0]["forward"] is None or rows[0]["forward"] in led:
            return rows[0], led
        led.append(id)
        id = rows[0]["forward"]


def in_parts(state: State, question: str, ids: Iterable[int]) -> Iterator[sqlite3.Row]:
    """The rows of a query with `{}` where the values stand, asked for so many at a time."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _PART):
        part = wanted[start : start + _PART]
        yield from state.rows(question.format(",".join("?" * len(part))), part)


def load_reports(rows: Iterable[sqlite3.Row]) -> dict[Key, GroundedReport]:
    """Stored reports by article and position."""
    return {(row["article"], row["position"]): GroundedReport.model_validate_json(row["report"]) for row in rows}


def members(state: State, incidents: Collection[int]) -> dict[int, dict[Key, GroundedReport]]:
    """The reports of incidents."""
    found: dict[int, dict[Key, GroundedReport]] = {id: {} for id in incidents}
    for row in in_parts(state, "SELECT * FROM reports WHERE incident IN ({})", incidents):
        found[row["incident"]] |= load_reports([row])
    return found


def apart(state: State) -> set[frozenset[int]]:
    """The pairs of incidents that a reader has split."""
    return {frozenset((row["one"], row["other"])) for row in state.rows("SELECT * FROM apart")}


def keep_apart(state: State, one: int, other: int) -> None:
    """These two are never joined again; inside the caller's transaction."""
    state.connection.execute("INSERT OR IGNORE INTO apart (one, other) VALUES (?, ?)", sorted((one, other)))


def update_records(state: State, touched: Collection[int], moment: Moment) -> list[int]:
    """Make the records of these incidents anew and keep each difference; the ids of those that differ.

    Runs inside the caller's transaction.  An incident that lost all its reports is withdrawn.
    """
    held = members(state, set(touched) | neighbours(state, touched))
    articles = load_articles(state, (article for reports in held.values() for article, _ in reports))
    all_told = {id: ToldIncident(id, _ordered(reports)) for id, reports in held.items()}
    homes = _homes(all_told.values())
    changed = []
    for id in sorted(touched):
        told = all_told[id]
        if not told.reports:
            changed += [id] if _withdraw(state, id, moment) else []
            continue
        beside = sorted({home for article in told.articles for home in homes[article]} - {id})
        summary = record(told, [all_told[other] for other in beside], articles)
        days = sorted(row["day"] for row in in_parts(state, "SELECT day FROM articles WHERE id IN ({})", told.articles))
        if _store(state, told, version(summary, told.articles), summary, (days[0], days[-1]), moment):
            changed.append(id)
    return changed


def _ordered(reports: Mapping[Key, GroundedReport]) -> tuple[GroundedReport, ...]:
    return tuple(reports[key] for key in sorted(reports))


def neighbours(state: State, touched: Collection[int]) -> set[int]:
    """The incidents that share an article with one of these."""
    question = (
        "SELECT DISTINCT other.incident FROM reports one JOIN reports other ON other.article = one.article "
        "WHERE other.incident IS NOT NULL AND one.incident IN ({})"
    )
    return {row["incident"] for row in in_parts(state, question, touched)} - set(touched)


def _homes(told: Iterable[ToldIncident]) -> dict[int, set[int]]:
    homes: dict[int, set[int]] = {}
    for one in told:
        for report in one.reports:
            homes.setdefault(article_id(report), set()).add(one.id)
    return homes


def _store(
    state: State, told: ToldIncident, new: Version, summary: Summary, days: tuple[str, str], moment: Moment
) -> bool:
    """Keep a record and what it changes; False where readers see no difference."""
    id = told.id
    (row,) = state.rows("SELECT * FROM incidents WHERE id = ?", (id,))
    old = None
    if row["summary"]:
        old = version(Summary.model_validate_json(row["summary"]), json.loads(row["articles"]))
    changes = differences(old, new)
    incident = new.incident
    country = incident.location.value.country if incident.location.value and incident.location.supporters else None
    day = incident.date.value.start if incident.date.value and incident.date.supporters else None
    state.connection.execute(
        "UPDATE incidents SET state = 'open', forward = NULL, title = ?, event_type = ?, country = ?, day = ?, "
        "first_seen = ?, last_seen = ?, articles = ?, summary = ?, traits = ?, "
        "changed = CASE WHEN ? THEN ? ELSE changed END WHERE id = ?",
        (
            incident.title, incident.event_type.value, country, day, *days, json.dumps(new.articles),
            summary.model_dump_json(), traits_of(told.reports, days).spelled(), bool(changes), moment.run, id,
        ),
    )  # fmt: skip
    write_history(state, id, changes, moment)
    return bool(changes)


def _withdraw(state: State, id: int, moment: Moment) -> bool:
    """All articles that told of it were replaced by versions that do not; a joined incident is no such thing."""
    (row,) = state.rows("SELECT state, title FROM incidents WHERE id = ?", (id,))
    if row["state"] != "open":
        return False
    state.connection.execute(
        "UPDATE incidents SET state = 'withdrawn', articles = '[]', changed = ? WHERE id = ?", (moment.run, id)
    )
    write_history(state, id, [Change("incident", "withdrawn", Told(row["title"]))], moment)
    return True


def write_history(state: State, id: int, changes: Sequence[Change], moment: Moment) -> None:
    """Keep differences, each with the run since which the value before had stood."""
    for change in changes:
        before = _spelled(change.before)
        since = state.rows(
            "SELECT run FROM history WHERE incident = ? AND field = ? AND after IS ? ORDER BY id DESC LIMIT 1",
            (id, change.field, before),
        )
        state.connection.execute(
            "INSERT INTO history (incident, run, at, field, kind, before, after, articles, since) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                id, moment.run, moment.at, change.field, change.kind, before, _spelled(change.after),
                json.dumps(change.articles), since[0]["run"] if since and before is not None else None,
            ),
        )  # fmt: skip


def _spelled(told: Told | None) -> str | None:
    return None if told is None else json.dumps({"text": told.text, "value": told.value}, ensure_ascii=False)


def open_incident(state: State, moment: Moment) -> int:
    """The id of a new incident; its record is made by `update_records`."""
    row = state.connection.execute(
        "INSERT INTO incidents (state, opened, changed, title, first_seen, last_seen, articles, summary) "
        "VALUES ('open', ?, ?, '', '', '', '[]', '')",
        (moment.run, moment.run),
    )
    return int(row.lastrowid or 0)


def join_incident(state: State, joined: int, target: int, moment: Moment) -> None:
    """Give the reports of one incident to another; its id forwards there from now on."""
    keys = [
        [row["article"], row["position"]]
        for row in state.rows("SELECT article, position FROM reports WHERE incident = ? ORDER BY article", (joined,))
    ]
    connection = state.connection
    for pair in apart(state):
        if joined in pair and target not in pair:
            keep_apart(state, target, *(pair - {joined}))
    connection.execute("UPDATE reports SET incident = ? WHERE incident = ?", (target, joined))
    connection.execute(
        "UPDATE incidents SET state = 'joined', forward = ?, changed = ? WHERE id = ?", (target, moment.run, joined)
    )
    connection.execute(
        "INSERT INTO joins (joined, target, run, members) VALUES (?, ?, ?, ?)",
        (joined, target, moment.run, json.dumps(keys)),
    )
    write_history(state, target, [Change("incident", "joined", named(state, joined))], moment)


def named(state: State, id: int) -> Told:
    """An incident by its id and title, for a history."""
    (row,) = state.rows("SELECT title FROM incidents WHERE id = ?", (id,))
    return Told(f"{incident_name(id)}: {row['title']}", {"incident": incident_name(id), "title": row["title"]})
