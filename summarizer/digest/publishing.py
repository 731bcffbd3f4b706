"""Publishing: a digest is planned in the state, then written whole, then marked as told, then mailed.

Each step can be repeated: what a killed run has planned, the next one finishes first, from the texts that the plan
holds, so that it is the same digest.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from summarizer.errors import MailError, WritingError

from .composing import Composed, compose
from .config import Config
from .incidents import Moment
from .mailing import Letter, send
from .rendering import render
from .state import State
from .views import DigestView, IncidentView

FEED = "updates.atom"


@dataclass
class Published:
    """The files that were written, and why mail was not sent, if it was not."""

    files: list[Path] = field(default_factory=list)
    mailed: int = 0
    troubles: list[str] = field(default_factory=list)


def plan(state: State, config: Config, moment: Moment, *, troubles: Sequence[str]) -> bool:
    """Put all that is not told yet into a new digest, in one transaction; False where there is nothing to tell."""
    now = datetime.fromisoformat(moment.at)
    with state.transaction() as connection:
        number = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM digests").fetchone()[0]
        composed = compose(state, config, number=number, now=now, troubles=troubles)
        if composed is None:
            return False
        base = _base_name(state, config, now)
        _store_updates(state, composed, number, base, moment)
        texts = _texts(state, config, composed, base, moment)
        connection.execute(
            "INSERT INTO digests (id, run, made, state, outputs, mail) VALUES (?, ?, ?, 'planned', ?, ?)",
            (number, moment.run, moment.at, json.dumps(texts), "due" if config.mail else "none"),
        )
        connection.executemany("UPDATE history SET digest = ? WHERE id = ?", [(number, row) for row in composed.rows])
    return True


def publish(state: State, config: Config) -> Published:
    """Write the digests that are planned and mail those that are due.

    Raises WritingError where a file cannot be written; nothing counts as told then.
    """
    published = Published()
    _clear_leftovers(config.output.folder)
    for row in state.rows("SELECT * FROM digests WHERE state = 'planned' ORDER BY id"):
        outputs: dict[str, str] = json.loads(row["outputs"])
        files = {config.output.folder / name: text for name, text in outputs.items() if not name.startswith("mail:")}
        write_whole(files)
        published.files += list(files)
        kept = {name: text for name, text in outputs.items() if name.startswith("mail:")}
        with state.transaction() as connection:
            connection.execute(
                "UPDATE digests SET state = 'written', outputs = ? WHERE id = ?", (json.dumps(kept), row["id"])
            )
    if config.mail is not None:
        _mail(state, config, published)
    return published


def _mail(state: State, config: Config, published: Published) -> None:
    """Send what is due, oldest first; a server that fails once is not asked for the next one."""
    assert config.mail is not None  # noqa: S101 - for the types; the caller looks
    for row in state.rows("SELECT * FROM digests WHERE mail = 'due' AND state = 'written' ORDER BY id"):
        outputs = json.loads(row["outputs"])
        letter = Letter(
            id=f"digest-{row['id']}.{state.meta('uuid')}",
            subject=outputs["mail:subject"],
            made=datetime.fromisoformat(row["made"]),
            text=outputs["mail:text"],
            html=outputs["mail:html"],
        )
        try:
            refused = send(letter, config.mail)
        except MailError as wrong:
            published.troubles.append(str(wrong))
            return
        if refused:
            published.troubles.append(f"mail by {config.mail.host}: refused for {', '.join(refused)}; mend `to`")
        published.mailed += 1
        with state.transaction() as connection:
            connection.execute("UPDATE digests SET mail = 'sent', outputs = '{}' WHERE id = ?", (row["id"],))


def _base_name(state: State, config: Config, now: datetime) -> str:
    """`digest-2024-05-15`; a second one of the same day is `digest-2024-05-15-2`."""
    day = now.astimezone(config.zone).date()
    earlier = [datetime.fromisoformat(row["made"]) for row in state.rows("SELECT made FROM digests")]
    number = 1 + sum(made.astimezone(config.zone).date() == day for made in earlier)
    return f"digest-{day.isoformat()}" + (f"-{number}" if number > 1 else "")


def _texts(state: State, config: Config, composed: Composed, base: str, moment: Moment) -> dict[str, str]:
    folder, values = config.output.templates, {"digest": composed.view}
    texts: dict[str, str] = {}
    for kind in config.output.formats:
        if kind == "json":
            texts[f"{base}.json"] = json.dumps(composed.data, indent=2) + "\n"
        else:
            texts[f"{base}.{kind}"] = render(kind, values, folder)
    if config.output.atom:
        texts[FEED] = render("atom", {"feed": _feed(state, config, moment)}, folder)
    if config.mail is not None:
        texts["mail:subject"] = f"{composed.view.title}: {composed.view.overview}"
        texts["mail:text"] = render("text", values, folder)
        texts["mail:html"] = texts.get(f"{base}.html") or render("html", values, folder)
    return texts


def _store_updates(state: State, composed: Composed, number: int, base: str, moment: Moment) -> None:
    name = uuid.UUID(state.meta("uuid"))
    sections = {"new": composed.view.new, "changed": composed.view.changed}
    for kind, incidents in sections.items():
        for incident in incidents:
            state.connection.execute(
                "INSERT INTO updates (digest, incident, kind, uuid, title, text, page, updated) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number, int(incident.id[1:]), kind, str(uuid.uuid5(name, f"{incident.id}/{number}")),
                    incident.title, _told(incident, composed.view), f"{base}.html", moment.at,
                ),
            )  # fmt: skip


def _told(incident: IncidentView, view: DigestView) -> str:
    """An update in a few lines, for readers of feeds."""
    changes = [
        f"{change.label}: {change.told}" + (f" ({change.by})" if change.by else "") for change in incident.changes
    ]
    changes += [*incident.notes, *incident.details]
    sources = ", ".join(dict.fromkeys(source.publisher for source in incident.sources))
    return "\n".join(
        [
            *(changes or [" ".join(sentence.text for sentence in incident.story)]),
            f"Sources: {sources}. {view.title}, {view.day}.",
        ]
    )


def _feed(state: State, config: Config, moment: Moment) -> dict[str, object]:
    rows: list[sqlite3.Row] = state.rows(
        "SELECT * FROM updates ORDER BY digest DESC, incident LIMIT ?", (config.output.atom_entries,)
    )
    entries = [{**row, "incident": f"i{row['incident']}"} for row in map(dict, rows)]
    return {
        "uuid": state.meta("uuid"), "title": config.title, "updated": moment.at, "site": config.output.site,
        "entries": entries,
    }  # fmt: skip


def write_whole(files: Mapping[Path, str]) -> None:
    """Write all files or none: each to a neighbour first, down to the disk, then they take their names.

    Raises WritingError naming the file; what stood there before still does, then.
    """
    ready: list[tuple[str, Path]] = []
    at: Path | None = None
    try:
        try:
            for at, text in files.items():
                at.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=at.parent, prefix=f".{at.name}-", suffix=".part")
                ready.append((name, at))
                with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                    file.flush()
                    os.fchmod(file.fileno(), 0o644)
                    os.fsync(file.fileno())
            while ready:
                name, at = ready[0]
                os.replace(name, at)
                ready.pop(0)
            for folder in {path.parent for path in files}:
                _sync_folder(folder)
        finally:
            for name, _ in ready:
                os.unlink(name)
    except OSError as wrong:
        message = f"{at}: cannot be written ({wrong.strerror}); make room or mend the rights, the next run writes it"
        raise WritingError(message, subject=str(at)) from wrong


def _clear_leftovers(folder: Path) -> None:
    """What a killed run had begun to write; only one run writes at a time."""
    for path in folder.glob(".*.part"):
        if path.name.startswith((".digest-", f".{FEED}-")):
            path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
