"""Joining: new reports find their incident, ids survive, and what a reader has split stays split."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import DateSpan, Finding, GroundedReport, Place

from summarizer.digest.candidates import Traits, nearest, traits_of
from summarizer.digest.joining import Joining, Key, join


def home_of(joining: Joining, known: dict[Key, int], key: Key) -> int | None:
    """Where a report is after the joining; None where it opens an incident."""
    home = joining.assigned.get(key, known.get(key))
    return joining.joined.get(home, home) if home is not None else None


def test_a_new_report_follows_those_it_was_aligned_with() -> None:
    """The incident that most of the cluster belongs to takes it in; one that stands alone opens another."""
    known = {(1, 0): 7, (2, 0): 7, (3, 0): 9}
    joining = join([[(1, 0), (2, 0), (4, 0)], [(3, 0)], [(5, 0)]], known)
    assert joining == Joining(assigned={(4, 0): 7}, opened=[((5, 0),)], joined={})


def test_two_incidents_become_one_where_a_cluster_holds_half_of_each() -> None:
    """The older id stays; a single stray report of a large incident is not enough."""
    known = {(1, 0): 1, (2, 0): 2, (3, 0): 2, (4, 0): 2}
    assert join([[(1, 0), (2, 0), (3, 0)], [(4, 0)]], known).joined == {2: 1}
    assert join([[(1, 0), (2, 0)], [(3, 0), (4, 0)]], known).joined == {}


def test_incidents_that_one_article_tells_apart_are_never_joined() -> None:
    """An article that reports both knows that they are two."""
    known = {(1, 0): 1, (1, 1): 2, (2, 0): 2}
    assert join([[(1, 0), (2, 0)], [(1, 1)]], known).joined == {}


def test_incidents_that_were_split_are_never_joined() -> None:
    """Not directly, and not by way of a third one."""
    known = {(1, 0): 1, (2, 0): 2, (3, 0): 3}
    assert join([[(1, 0), (2, 0)]], known, {frozenset((1, 2))}).joined == {}
    joining = join([[(1, 0), (2, 0), (3, 0)]], known, {frozenset((1, 2))})
    assert len({home_of(joining, known, (1, 0)), home_of(joining, known, (2, 0))}) == 2


def test_a_second_report_of_one_article_never_goes_to_the_same_incident() -> None:
    """Even if alignment breaks a known incident in two and one article stands in both parts."""
    known = {(1, 0): 1, (2, 0): 1}
    joining = join([[(1, 0), (3, 0)], [(2, 0), (3, 1)]], known)
    assert joining.assigned == {(3, 0): 1}
    assert joining.opened == [((3, 1),)]


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[list[Key]], dict[Key, int], set[frozenset[int]]]:
    """Some articles with up to three reports, any clusters that hold an article once, any homes, any splits."""
    keys = [
        (article, position)
        for article in range(1, draw(st.integers(1, 8)) + 1)
        for position in range(draw(st.integers(1, 3)))
    ]
    clusters: dict[int, list[Key]] = {}
    for key in keys:
        names = [name for name in range(6) if all(other[0] != key[0] for other in clusters.get(name, []))]
        clusters.setdefault(draw(st.sampled_from(names)), []).append(key)
    known: dict[Key, int] = {}
    for key in keys:
        homes = [home for home in range(1, 6) if all(k[0] != key[0] for k, h in known.items() if h == home)]
        if homes and draw(st.booleans()):
            known[key] = draw(st.sampled_from(homes))
    pairs = [frozenset(pair) for pair in combinations(range(1, 6), 2)]
    return list(clusters.values()), known, set(draw(st.lists(st.sampled_from(pairs), max_size=4)))


@given(situations())
def test_every_report_has_one_home_and_no_promise_is_broken(
    situation: tuple[list[list[Key]], dict[Key, int], set[frozenset[int]]],
) -> None:
    """Each new report is assigned or opens an incident, known ones stay where they are or follow their incident, no
    incident holds two reports of one article, no split is undone, and forwards lead to an older id that is alive."""
    clusters, known, apart = situation
    joining = join(clusters, known, apart)
    new = {key for cluster in clusters for key in cluster} - set(known)
    opened = [key for group in joining.opened for key in group]
    assert new == set(joining.assigned) | set(opened)
    assert len(new) == len(joining.assigned) + len(opened)
    for joined, target in joining.joined.items():
        assert target < joined
        assert target not in joining.joined
    homes: dict[int, list[Key]] = {}
    for key in {**known, **joining.assigned}:
        home = home_of(joining, known, key)
        assert home is not None
        homes.setdefault(home, []).append(key)
    for keys in [*homes.values(), *joining.opened]:
        assert len({article for article, _ in keys}) == len(keys)
    for one, other in map(sorted, apart):
        if one in known.values() and other in known.values():
            assert joining.joined.get(one, one) != joining.joined.get(other, other)


@given(situations(), st.integers(0, 10))
def test_the_order_of_clusters_changes_nothing(
    situation: tuple[list[list[Key]], dict[Key, int], set[frozenset[int]]], seed: int
) -> None:
    """The same clusters in another order give the same incidents."""
    clusters, known, apart = situation
    shuffled = [random.Random(seed).sample(cluster, len(cluster)) for cluster in clusters]
    random.Random(seed).shuffle(shuffled)
    assert join(shuffled, known, apart) == join(clusters, known, apart)


def report(place: str, day: str, source: str = "s1") -> GroundedReport:
    return GroundedReport(
        source=source,
        location=Finding[Place](value=Place(name=place), quote=place, verified=True),
        date=Finding[DateSpan](value=DateSpan(start=day), quote=day, verified=True),
    )


def test_the_incident_of_the_same_place_and_day_is_among_the_candidates() -> None:
    """Of hundreds of incidents, the few that a report is aligned with hold the one that it is of."""
    known = {
        number: traits_of(
            [report(f"Kestrelham {number % 40} Quarter{chr(97 + number % 26)}", f"2024-05-{1 + number % 28:02}")]
        )
        for number in range(1, 600)
    }
    known[600] = traits_of([report("Port Alder", "2024-05-14")])
    for told in (report("harbour of Port Alder", "2024-05-14"), report("Port Alder", "2024-05-13")):
        found = nearest([traits_of([told])], known)
        assert 600 in found
        assert len(found) <= 12


def test_traits_survive_the_state() -> None:
    """What is written is what is read."""
    traits = traits_of([report("Port Alder", "2024-05-14")])
    assert Traits.read(traits.spelled()) == traits
    assert Traits.read("{}") == Traits(frozenset(), frozenset(), frozenset())
