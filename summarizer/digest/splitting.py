"""Splitting: a reader says that reports taken for one incident are of two.  What was split is never joined again."""

from __future__ import annotations

import json
from collections.abc import Sequence

from summarizer.errors import IncidentUnknownError

from .changes import Change
from .incidents import (
    Moment,
    find,
    in_parts,
    keep_apart,
    named,
    neighbours,
    open_incident,
    parse_id,
    update_records,
    write_history,
)
from .joining import Key
from .records import incident_name
from .state import State


def split(state: State, name: str, sources: Sequence[str], moment: Moment) -> int:
    """Part incident `name`; the id of the other one.  No model is called.

    With `sources` (`s2`, as `summarizer show` numbers them), the reports of these go to a new incident.  Without,
    `name` is an incident that was joined to another, and becomes itself again.

    Raises IncidentUnknownError for an unknown incident or source, or where nothing would be left on one side.
    """
    with state.transaction():
        return _part(state, name, sources, moment) if sources else _undo(state, name, moment)


def _part(state: State, name: str, sources: Sequence[str], moment: Moment) -> int:
    row, _ = find(state, name)
    listed = json.loads(row["articles"])
    wanted = [_article(source, listed, incident_name(row["id"])) for source in sources]
    if set(wanted) >= set(listed):
        message = f"{incident_name(row['id'])}: all of its sources are named; leave out those that are to stay"
        raise IncidentUnknownError(message, subject=name)
    keys = _keys(state, row["id"], wanted)
    other = open_incident(state, moment)
    _move(state, row["id"], other, keys, moment)
    return other


def _undo(state: State, name: str, moment: Moment) -> int:
    id = parse_id(name)
    rows = state.rows("SELECT * FROM joins WHERE joined = ? AND NOT undone ORDER BY id DESC LIMIT 1", (id,))
    if not rows:
        message = (
            f"{incident_name(id)} was not joined to another incident; name the sources that are to go "
            f"(summarizer split {incident_name(id)} s2 s3), as `summarizer show` numbers them"
        )
        raise IncidentUnknownError(message, subject=name)
    row, _ = find(state, name)
    listed = [tuple(key) for key in json.loads(rows[0]["members"])]
    held = _keys(state, row["id"], [article for article, _ in listed])
    state.connection.execute("UPDATE joins SET undone = 1 WHERE id = ?", (rows[0]["id"],))
    state.connection.execute("UPDATE incidents SET state = 'open', forward = NULL WHERE id = ?", (id,))
    _move(state, row["id"], id, [key for key in held if key in listed], moment)
    return id


def _move(state: State, id: int, other: int, keys: Sequence[Key], moment: Moment) -> None:
    """Give reports of one incident to another, for good, and make both records anew."""
    state.connection.executemany(
        "UPDATE reports SET incident = ? WHERE article = ? AND position = ?", [(other, *key) for key in keys]
    )
    keep_apart(state, id, other)
    update_records(state, {id, other} | neighbours(state, {id, other}), moment)
    write_history(state, id, [Change("incident", "split", named(state, other))], moment)
    write_history(state, other, [Change("incident", "split", named(state, id))], moment)


def _keys(state: State, incident: int, articles: Sequence[int]) -> list[Key]:
    rows = in_parts(state, "SELECT article, position, incident FROM reports WHERE article IN ({})", articles)
    return [(row["article"], row["position"]) for row in rows if row["incident"] == incident]


def _article(source: str, listed: Sequence[int], name: str) -> int:
    digits = source.strip().lower().removeprefix("s")
    if not digits.isdecimal() or not 0 < int(digits) <= len(listed):
        message = f"{name} has no source {source!r}; `summarizer show {name}` numbers them s1 to s{len(listed)}"
        raise IncidentUnknownError(message, subject=source)
    return int(listed[int(digits) - 1])
