"""Looking into the state: the list of incidents, and one incident with the history of its fields."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from summarizer.rendering import print_table, render
from summarizer.rendering.markdown import escape
from summarizer.rendering.plain import plain
from summarizer.schemas import Summary
from summarizer.wording import join_words, label

from .incidents import find, in_parts
from .records import incident_name
from .state import State


@dataclass(frozen=True)
class Filter:
    """Which incidents are wanted; what is None does not matter."""

    since: str | None = None
    country: str | None = None
    event_type: str | None = None
    text: str | None = None
    limit: int = 50


def list_incidents(state: State, wanted: Filter) -> list[sqlite3.Row]:
    """The incidents that pass the filter, the latest reported first; those joined to others left out."""
    return state.rows(
        "SELECT * FROM incidents WHERE state = 'open' AND (:since IS NULL OR last_seen >= :since) "
        "AND (:country IS NULL OR lower(country) = lower(:country)) "
        "AND (:event_type IS NULL OR event_type = replace(lower(:event_type), ' ', '_')) "
        "AND (:text IS NULL OR instr(lower(title), lower(:text))) ORDER BY last_seen DESC, id DESC LIMIT :limit",
        vars(wanted),
    )


def print_list(rows: Sequence[sqlite3.Row], format: str) -> None:
    """Print incidents as a table, as Markdown or as JSON."""
    found = [
        {
            "id": incident_name(row["id"]),
            "title": row["title"],
            "event_type": row["event_type"],
            "country": row["country"],
            "day": row["day"],
            "first_seen": row["first_seen"],
            "last_seen": row["last_seen"],
            "sources": len(json.loads(row["articles"])),
        }
        for row in rows
    ]
    if format == "json":
        print(json.dumps(found, indent=2, ensure_ascii=True))
        return
    heads = ("Id", "Incident", "Sources", "Last reported")
    cells = [(row["id"], plain(row["title"]), str(row["sources"]), row["last_seen"]) for row in found]
    if format == "md":
        print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}")
        for line in cells:
            print(f"| {' | '.join(map(escape, line))} |")
        return
    table = Table(*heads)
    for line in cells:
        table.add_row(*map(Text, line))
    Console().print(table if cells else "No incident passes the filter.")


def print_incident(state: State, name: str, format: str, *, quotes: bool, say: Callable[[str], None]) -> None:
    """Print one incident with its history.  Raises IncidentUnknownError."""
    row, led = find(state, name)
    if led:
        say(f"note: {' and '.join(map(incident_name, led))} is now {incident_name(row['id'])}")
    summary = Summary.model_validate_json(row["summary"])
    history = _history(state, row["id"])
    if format == "json":
        found = {"id": incident_name(row["id"]), "state": row["state"], "joined_from": list(map(incident_name, led))}
        whole = found | {"summary": summary.model_dump(mode="json", exclude={"run"}), "history": history}
        print(json.dumps(whole, indent=2, ensure_ascii=True))
        return
    if format == "md":
        sys.stdout.write(_without_run(render(summary, "md", quotes=quotes)))
        print("\n## History\n")
        print("\n".join(f"- {escape(_line(entry))}" for entry in history))
        return
    console = Console()
    with console.capture() as captured:
        print_table(summary, console, quotes=quotes)
    sys.stdout.write(_without_run(captured.get()))
    console.print(Text(f"History of {incident_name(row['id'])}", style="bold"))
    for entry in history:
        console.print(Text(f"  {_line(entry)}"), soft_wrap=True)


def _without_run(text: str) -> str:
    """A stored record was made by many runs; the line of one would say nothing."""
    lines = text.rstrip("\n").split("\n")
    return "\n".join(lines[:-1] if "Run: " in lines[-1] else lines).rstrip() + "\n\n"


def _history(state: State, id: int) -> list[dict[str, object]]:
    rows = state.rows("SELECT * FROM history WHERE incident = ? ORDER BY id", (id,))
    wanted = {article for row in rows for article in json.loads(row["articles"])}
    question = "SELECT id, publisher, url FROM articles WHERE id IN ({})"
    outlets = {row["id"]: row for row in in_parts(state, question, wanted)}
    found = []
    for row in rows:
        before, after = (json.loads(row[side]) if row[side] else None for side in ("before", "after"))
        behind = [outlets[article] for article in json.loads(row["articles"]) if article in outlets]
        found.append(
            {
                "at": row["at"],
                "run": row["run"],
                "since_run": row["since"],
                "field": row["field"],
                "kind": row["kind"],
                "before": before,
                "after": after,
                "sources": [{"publisher": one["publisher"], "url": one["url"]} for one in behind],
            }
        )
    return found


def _line(entry: dict[str, object]) -> str:
    """`2024-05-15 06:12, run 3: killed 3 → 5 (Savannah Post)`."""
    texts = [value["text"] for side in ("before", "after") if isinstance(value := entry[side], dict)]
    sources = entry["sources"]
    names = [str(one["publisher"] or "an unnamed outlet") for one in sources] if isinstance(sources, list) else []
    by = f" ({join_words(list(dict.fromkeys(names)))})" if names else ""
    at = str(entry["at"])[:16].replace("T", " ")
    kind = "" if entry["kind"] in {"set", "sources"} else f" {entry['kind']}"
    return plain(f"{at}, run {entry['run']}: {label(str(entry['field']))}{kind} {' → '.join(texts)}{by}")
