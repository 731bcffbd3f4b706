"""Composing: what readers have not been told yet, from the state to one digest."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from summarizer.rendering.plain import plain
from summarizer.schemas import Source, Summary
from summarizer.wording import capital, plural

from .changes import Told
from .config import Config
from .differences import ChangeView, change_view
from .incidents import in_parts, parse_id
from .records import incident_name
from .state import State
from .views import DigestView, IncidentView, incident_view

_NOTES = {"joined": "Now one with {}", "split": "No longer one with {}"}


@dataclass(frozen=True)
class Composed:
    """A digest: as readers see it, as data, and the rows of the history that it tells."""

    view: DigestView
    data: dict[str, Any]
    rows: list[int]


@dataclass(frozen=True)
class _Difference:
    """The rows of one field since readers were last told, as one."""

    row: sqlite3.Row
    before: Told | None
    after: Told | None


def compose(state: State, config: Config, *, number: int, now: datetime, troubles: Sequence[str]) -> Composed | None:
    """The digest of all that is not told yet; None where there is nothing to tell.

    `troubles` are the sources that could not be read.
    """
    rows = state.rows("SELECT * FROM history WHERE digest IS NULL ORDER BY id")
    if not rows:
        return None
    by_incident: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        by_incident[row["incident"]].append(row)
    stored = {row["id"]: row for row in in_parts(state, "SELECT * FROM incidents WHERE id IN ({})", by_incident)}
    sources = _Sources(state, rows)
    told: list[tuple[str, IncidentView, dict[str, Any]]] = []
    withdrawn: list[str] = []
    for id, listed in by_incident.items():
        record = stored[id]
        if record["state"] == "withdrawn":
            withdrawn.append(plain(f"{incident_name(id)}: {record['title']}"))
        elif record["state"] == "open":
            told.append(_one(record, listed, sources, config, now))
    view = _view(told, withdrawn, config, number=number, now=now, read=_brought_in(rows), troubles=troubles)
    data = {
        "schema_version": 1,
        "digest": {"number": number, "title": config.title, "made": now.isoformat(timespec="seconds")},
        **{kind: [entry for section, _, entry in told if section == kind] for kind in ("new", "changed", "confirmed")},
        "withdrawn": withdrawn,
        "troubles": list(troubles),
    }
    return Composed(view, data, [row["id"] for row in rows])


class _Sources:
    """The articles behind the rows of a history, and the runs since which values stood."""

    def __init__(self, state: State, rows: Sequence[sqlite3.Row]) -> None:
        wanted = {id for row in rows for id in json.loads(row["articles"])}
        question = "SELECT id, publisher, title, published, url, path, sha256 FROM articles WHERE id IN ({})"
        self.by_id = {
            row["id"]: Source(
                id=f"s{row['id']}", publisher=row["publisher"], title=row["title"], published=row["published"],
                url=row["url"], path=row["path"], sha256=row["sha256"] or "", origin="", credit=None,
            )
            for row in in_parts(state, question, wanted)
        }  # fmt: skip
        runs = {row["since"] for row in rows if row["since"] is not None}
        self.started = {
            row["id"]: row["started"] for row in in_parts(state, "SELECT id, started FROM runs WHERE id IN ({})", runs)
        }


def _one(
    record: sqlite3.Row, rows: Sequence[sqlite3.Row], sources: _Sources, config: Config, now: datetime
) -> tuple[str, IncidentView, dict[str, Any]]:
    """One incident's section, its view and its data."""
    summary = Summary.model_validate_json(record["summary"])
    opened = any(row["kind"] == "opened" for row in rows)
    differences = [] if opened else _differences(rows)
    fresh = {id for row in rows if row["kind"] == "sources" for id in json.loads(row["articles"])}
    changes = [_change(one, sources, fresh, config, now) for one in differences]
    notes = [_NOTES[row["kind"]].format(json.loads(row["before"])["text"]) for row in rows if row["kind"] in _NOTES]
    behind = {id for one in differences for id in _brought(one, fresh)}
    cited = [f"s{at}" for at, id in enumerate(json.loads(record["articles"]), 1) if id in behind]
    view = incident_view(summary, changes, config.zone, cited=cited, notes=notes)
    section = "new" if opened else "changed" if view.changes or notes else "confirmed"
    incident = summary.incidents[0]
    data: dict[str, Any] = {
        "id": incident.id,
        "incident": incident.model_dump(mode="json"),
        "sources": [source.model_dump(mode="json") for source in summary.sources],
        "origins": [origin.model_dump(mode="json") for origin in summary.origins],
        "changes": [_change_data(one, sources) for one in differences],
        "notes": notes,
    }
    return section, view, data


def _differences(rows: Sequence[sqlite3.Row]) -> list[_Difference]:
    """Rows of single fields over several runs become one, from the first before to the last after."""
    found: list[_Difference] = []
    open_at: dict[tuple[str, str | None], int] = {}
    for row in rows:
        if row["field"] == "incident":
            continue
        before, after = _told(row["before"]), _told(row["after"])
        at = open_at.pop((row["field"], row["before"]), None) if row["before"] is not None else None
        if at is None:
            found.append(_Difference(row, before, after))
            open_at[row["field"], row["after"]] = len(found) - 1
        else:
            found[at] = _Difference(row, found[at].before, after)
            open_at[row["field"], row["after"]] = at
    return [one for one in found if one.before != one.after]


def _told(spelled: str | None) -> Told | None:
    if spelled is None:
        return None
    loaded = json.loads(spelled)
    return Told(loaded["text"], loaded["value"])


def _change(one: _Difference, sources: _Sources, fresh: set[int], config: Config, now: datetime) -> ChangeView:
    new = [sources.by_id[id] for id in _brought(one, fresh) if id in sources.by_id]
    since = ""
    if one.row["since"] in sources.started:
        started = datetime.fromisoformat(sources.started[one.row["since"]]).astimezone(config.zone)
        stood = {"disputed": "undisputed", "settled": "disputed"}.get(one.row["kind"], "the former")
        since = f"{stood} since run {one.row['since']} ({started.day} {started:%B %H:%M})"
    today = now.astimezone(config.zone).date().isoformat()
    return change_view(
        one.row["field"], one.row["kind"], one.before, one.after, new, since, zone=config.zone, today=today
    )


def _brought(one: _Difference, fresh: set[int]) -> list[int]:
    """The articles that brought a difference: of those behind it, the new ones where there are any."""
    behind = sorted(json.loads(one.row["articles"]))
    return [id for id in behind if id in fresh] or behind


def _change_data(one: _Difference, sources: _Sources) -> dict[str, Any]:
    behind = [sources.by_id[id] for id in json.loads(one.row["articles"]) if id in sources.by_id]
    return {
        "field": one.row["field"],
        "kind": one.row["kind"],
        "before": one.before.value if one.before else None,
        "before_text": one.before.text if one.before else None,
        "after": one.after.value if one.after else None,
        "after_text": one.after.text if one.after else None,
        "run": one.row["run"],
        "since_run": one.row["since"],
        "sources": [
            {"publisher": source.publisher, "published": source.published, "url": source.url, "title": source.title}
            for source in behind
        ],
    }


def _brought_in(rows: Sequence[sqlite3.Row]) -> int:
    """How many articles brought all this: counted from the history, so that a run that was killed counts as well."""
    kinds = {"opened", "sources"}
    return len({id for row in rows if row["kind"] in kinds for id in json.loads(row["articles"])})


def _view(
    told: Sequence[tuple[str, IncidentView, dict[str, Any]]], withdrawn: Sequence[str], config: Config, *,
    number: int, now: datetime, read: int, troubles: Sequence[str],
) -> DigestView:  # fmt: skip
    ordered = sorted(told, key=lambda one: one[1].weight)
    new = [view for section, view, _ in ordered if section == "new" and not view.in_passing]
    passing = [view for section, view, _ in ordered if section == "new" and view.in_passing]
    changed = [view for section, view, _ in ordered if section == "changed"]
    confirmed = [view for section, view, _ in ordered if section == "confirmed"]
    local = now.astimezone(config.zone)
    counts = [f"{len(new)} new {plural('incident', len(new))}"] if new else []
    counts += [f"{len(changed)} with news"] if changed else []
    counts += [f"{len(confirmed)} with further sources"] if confirmed else []
    counts += [f"{len(passing)} mentioned in passing"] if passing else []
    return DigestView(
        title=config.title,
        number=number,
        made=f"{local.day} {local:%B %Y, %H:%M} {local.tzname()}",
        day=f"{local:%A}, {local.day} {local:%B %Y}",
        overview=capital(f"{', '.join(counts) or 'no new incident'}; from {read} new {plural('article', read)}."),
        new=new,
        changed=changed,
        confirmed=confirmed,
        passing=passing,
        withdrawn=sorted(withdrawn, key=lambda text: parse_id(text.split(":")[0])),
        troubles=[plain(trouble) for trouble in troubles],
        site=config.output.site,
    )
