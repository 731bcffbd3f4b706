"""New reports are aligned against the known incidents of the window, and what follows is written in one step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from summarizer.alignment import align
from summarizer.schemas import Article, GroundedReport

from .candidates import Traits, nearest, traits_of
from .incidents import (
    Moment,
    apart,
    in_parts,
    join_incident,
    load_reports,
    members,
    neighbours,
    open_incident,
    update_records,
)
from .joining import Joining, Key, join
from .queue import load_articles
from .state import State


@dataclass
class Joined:
    """What a run did to the incidents."""

    reports: int = 0
    opened: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    joined: dict[int, int] = field(default_factory=dict)


def join_new(state: State, moment: Moment, *, window_days: int) -> Joined:
    """Join the reports that belong to no incident yet, in one transaction; records are made anew from stored reports.

    Calls no model.  Does nothing, and writes nothing, where no report is new.
    """
    new = load_reports(
        state.rows(
            "SELECT r.* FROM reports r JOIN articles a ON a.id = r.article "
            "WHERE r.incident IS NULL AND a.state = 'read'"
        )
    )
    replaced = _replaced(state)
    if not new and not replaced:
        return Joined()
    with state.transaction():
        return _join(state, new, replaced, moment, window_days)


def _join(
    state: State, new: Mapping[Key, GroundedReport], replaced: Mapping[int, int], moment: Moment, window_days: int
) -> Joined:
    vacated = _drop_replaced(state, replaced)
    candidates = _candidates(state, new, window_days) | set(vacated.values())
    candidates |= neighbours(state, candidates)  # what was told beside them, which a newer article may tell as well
    held = members(state, candidates)
    known = {key: id for id, reports in held.items() for key in reports}
    reports = {**new, **{key: one for told in held.values() for key, one in told.items()}}
    articles = load_articles(state, {key[0] for key in reports})
    joining = join(_clusters(reports, articles), known, apart(state))
    outcome = Joined(reports=len(new), joined=joining.joined)
    homes = dict(joining.assigned)
    for joined, target in sorted(joining.joined.items()):
        join_incident(state, joined, target, moment)
    heirs = _heirs(joining, vacated, replaced, set(known.values()))
    for group in joining.opened:
        id = heirs.get(group) or open_incident(state, moment)
        outcome.opened += [] if group in heirs else [id]
        homes |= dict.fromkeys(group, id)
    state.connection.executemany(
        "UPDATE reports SET incident = ? WHERE article = ? AND position = ?",
        [(id, article, position) for (article, position), id in homes.items()],
    )
    touched = {*homes.values(), *joining.joined.values(), *vacated.values()} - set(joining.joined)
    if joining.joined:
        touched |= neighbours(state, joining.joined.values())  # their relations name ids that forward now
    outcome.changed = [id for id in update_records(state, touched, moment) if id not in outcome.opened]
    return outcome


def _clusters(reports: Mapping[Key, GroundedReport], articles: Mapping[int, Article]) -> list[list[Key]]:
    ordered = [reports[key] for key in sorted(reports)]
    by_source = {f"s{id}": article for id, article in articles.items()}
    return [
        [(int(report.source[1:]), report.index) for report in cluster.reports] for cluster in align(ordered, by_source)
    ]


def _candidates(state: State, new: Mapping[Key, GroundedReport], window_days: int) -> set[int]:
    """The incidents that new reports may be of: seen within the window around their days, and the nearest of those."""
    question = "SELECT id, day FROM articles WHERE id IN ({})"
    day_of = {row["id"]: row["day"] for row in in_parts(state, question, {article for article, _ in new})}
    if not day_of:
        return set()
    days = sorted(day_of.values())
    window = timedelta(days=window_days)
    first, last = date.fromisoformat(days[0]) - window, date.fromisoformat(days[-1]) + window
    rows = state.rows(
        "SELECT id, traits FROM incidents WHERE state = 'open' AND last_seen >= ? AND first_seen <= ?",
        (first.isoformat(), last.isoformat()),
    )
    wanted = [traits_of([report], [day_of[article]]) for (article, _), report in new.items()]
    return nearest(wanted, {row["id"]: Traits.read(row["traits"]) for row in rows})


def _replaced(state: State) -> dict[int, int]:
    """Articles whose newer version the model has read, with that version."""
    rows = state.rows(
        "SELECT old.id AS old, new.id AS new FROM articles new JOIN articles old ON old.id = new.replaces "
        "WHERE new.state = 'read' AND old.state != 'replaced' ORDER BY new.id"
    )
    return {row["old"]: row["new"] for row in rows}


def _drop_replaced(state: State, replaced: Collection[int]) -> dict[Key, int]:
    """Take older versions out; the incidents that their reports were of."""
    vacated: dict[Key, int] = {}
    for row in in_parts(state, "SELECT article, position, incident FROM reports WHERE article IN ({})", replaced):
        if row["incident"] is not None:
            vacated[row["article"], row["position"]] = row["incident"]
    for id in replaced:
        state.connection.execute("UPDATE articles SET state = 'replaced' WHERE id = ?", (id,))
        state.connection.execute("UPDATE reports SET incident = NULL WHERE article = ?", (id,))
    return vacated


def _heirs(
    joining: Joining, vacated: Mapping[Key, int], replaced: Mapping[int, int], occupied: Collection[int]
) -> dict[tuple[Key, ...], int]:
    """New groups that take the id of an incident whose only article they are a newer version of."""
    taken = {*occupied, *joining.assigned.values()}
    heirs: dict[tuple[Key, ...], int] = {}
    for (article, position), incident in sorted(vacated.items()):
        if incident in taken:
            continue
        groups = _of_article(joining.opened, replaced[article], position)
        group = next((group for group in groups if group not in heirs), None)
        if group is not None:
            heirs[group] = incident
            taken.add(incident)
    return heirs


def _of_article(groups: Sequence[tuple[Key, ...]], article: int, position: int) -> list[tuple[Key, ...]]:
    """The groups with a report of this article, the one at the same position first."""
    found = [(abs(key[1] - position), group) for group in groups for key in group if key[0] == article]
    return [group for _, group in sorted(found)]
