"""Joining: clusters of new and known reports in, which incident each report belongs to out.  Pure.

A report that belongs to an incident stays there: readers were told so.  New reports follow the reports that they were
aligned with.  Two known incidents become one only where one cluster holds at least half of the reports of each, no
article reports both, and no reader has split them.  So ids survive, and a join is never the work of a stray report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

Key = tuple[int, int]
"""A report: its article's id and its position there."""


@dataclass(frozen=True)
class Joining:
    """What becomes of the reports.  `opened` are groups for new incidents; `joined` says which incident went where."""

    assigned: dict[Key, int] = field(default_factory=dict)
    opened: list[tuple[Key, ...]] = field(default_factory=list)
    joined: dict[int, int] = field(default_factory=dict)


def join(
    clusters: Sequence[Sequence[Key]], known: Mapping[Key, int], apart: Collection[frozenset[int]] = ()
) -> Joining:
    """The home of each new report in `clusters`; `known` are the homes of the others, `apart` the incidents split.

    The order of clusters, and of reports in them, changes nothing.
    """
    members: defaultdict[int, set[Key]] = defaultdict(set)
    for key, incident in known.items():
        members[incident].add(key)
    joined = _joined(clusters, known, members, apart)
    articles = _articles(members, joined)
    assigned: dict[Key, int] = {}
    opened: list[tuple[Key, ...]] = []
    for cluster in sorted(clusters, key=lambda cluster: (-_pull(cluster, known, joined), sorted(cluster))):
        homes = Counter(_end(known[key], joined) for key in cluster if key in known)
        left = []
        for key in sorted(key for key in cluster if key not in known):
            fitting = [home for home, _ in _ranked(homes) if key[0] not in articles[home]]
            if fitting:
                assigned[key] = fitting[0]
                articles[fitting[0]].add(key[0])
            else:
                left.append(key)
        opened += _groups(left)
    return Joining(assigned, sorted(opened), joined)


def _joined(
    clusters: Sequence[Sequence[Key]],
    known: Mapping[Key, int],
    members: Mapping[int, set[Key]],
    apart: Collection[frozenset[int]],
) -> dict[int, int]:
    """The incidents that clusters show to be one, each with the oldest of them, which keeps its id."""
    joined: dict[int, int] = {}
    for cluster in sorted(clusters, key=sorted):
        held = Counter(known[key] for key in cluster if key in known)
        mostly = sorted(incident for incident, count in held.items() if 2 * count >= len(members[incident]))
        for incident in mostly[1:]:
            for target in mostly[: mostly.index(incident)]:
                one, other = sorted((_end(target, joined), _end(incident, joined)))
                if one != other and _may_join(one, other, members, joined, apart):
                    joined[other] = one
                    break
    return {incident: _end(incident, joined) for incident in joined}


def _may_join(
    one: int,
    other: int,
    members: Mapping[int, set[Key]],
    joined: Mapping[int, int],
    apart: Collection[frozenset[int]],
) -> bool:
    sides = [{incident for incident in members if _end(incident, joined) == end} for end in (one, other)]
    if any(frozenset((a, b)) in apart for a in sides[0] for b in sides[1]):
        return False
    told = [{article for incident in side for article, _ in members[incident]} for side in sides]
    return not told[0] & told[1]


def _end(incident: int, joined: Mapping[int, int]) -> int:
    while incident in joined:
        incident = joined[incident]
    return incident


def _articles(members: Mapping[int, set[Key]], joined: Mapping[int, int]) -> defaultdict[int, set[int]]:
    """The articles that report each incident; reports of one article are never of one incident."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for incident, keys in members.items():
        found[_end(incident, joined)] |= {article for article, _ in keys}
    return found


def _pull(cluster: Sequence[Key], known: Mapping[Key, int], joined: Mapping[int, int]) -> int:
    """How many known reports speak for the cluster's strongest home."""
    homes = Counter(_end(known[key], joined) for key in cluster if key in known)
    return max(homes.values(), default=0)


def _ranked(homes: Counter[int]) -> list[tuple[int, int]]:
    return sorted(homes.items(), key=lambda item: (-item[1], item[0]))


def _groups(keys: Sequence[Key]) -> list[tuple[Key, ...]]:
    """Reports that open one incident, those of one article parted, should a cluster ever hold two of them."""
    groups: list[list[Key]] = []
    for key in keys:
        home = next((group for group in groups if all(other[0] != key[0] for other in group)), None)
        if home is None:
            groups.append([key])
        else:
            home.append(key)
    return [tuple(group) for group in groups]
