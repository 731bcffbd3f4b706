"""Grounded reports for the tests of alignment and merging: made by hand, or drawn by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from summarizer.schemas import (
    Article,
    CasualtyGroup,
    Count,
    DateSpan,
    Finding,
    GroundedReport,
    Perpetrator,
    Place,
    Quantity,
    Source,
    Target,
    Value,
)


def finding(value: Any, quote: str = "words", *, verified: bool = True) -> Finding[Any]:
    """A located finding of the value."""
    kind = type(value) if isinstance(value, Value) else str
    return Finding[kind](  # type: ignore[valid-type]
        value=value, quote=quote, start=0, end=len(quote), match="exact", verified=verified
    )


def report(source: str = "s1", index: int = 0, *, role: str = "main", **values: Any) -> GroundedReport:
    """A report whose named values are all located and verified; a tuple is a list of items."""
    fields = {
        name: tuple(finding(item) for item in value)
        if isinstance(value, tuple)
        else value
        if isinstance(value, Finding)
        else finding(value)
        for name, value in values.items()
    }
    return GroundedReport(source=source, index=index, role=role, **fields)  # type: ignore[arg-type]


def source(id: str, *, origin: str | None = None, published: str | None = "2024-05-15") -> Source:
    return Source(
        id=id,
        publisher=f"Outlet {id}",
        title=None,
        published=published,
        url=None,
        path=None,
        sha256="0" * 64,
        origin=origin or f"o{id[1:]}",
        credit=None,
    )


def article(published: str | None = "2024-05-15", text: str = "words and more words") -> Article:
    return Article(text=text, published=published)


NAMES = ("Harbour Front", "Red Tide", "the coast guard", "Kata'ib Hizbullah", "Kataib Hezbollah")
PLACES = ("Port Alder", "Port Alder, Westland", "Kelso")
counts = st.one_of(
    st.integers(0, 40).map(Count.exact),
    st.integers(1, 40).map(Count.at_least),
    st.integers(1, 40).map(Count.about),
    st.sampled_from([Count.vague(24), Count.between(3, 9), Count.at_most(12)]),
)
dates = st.sampled_from(
    [DateSpan(start="2024-05-14"), DateSpan(start="2024-05-15"), DateSpan(start="2024-05", precision="month")]
)
places = st.builds(Place, name=st.sampled_from(PLACES), country=st.sampled_from([None, "Westland"]))
perpetrators = st.builds(
    Perpetrator, name=st.sampled_from(NAMES), status=st.sampled_from(["claimed", "suspected", "reported_as_fact"])
)
casualty_groups = st.builds(
    CasualtyGroup,
    outcome=st.sampled_from(["killed", "injured"]),
    group=st.sampled_from(["soldiers", "Westland soldiers", "Eastland soldiers", "children", "others"]),
    count=st.sampled_from([5, 6, 9]),
)
quantities = st.builds(
    Quantity,
    what=st.sampled_from(
        [
            "rockets fired",
            "rockets that landed",
            "rockets",
            "rockets fired, by the army",
            "money stolen",
            "people aboard",
        ]
    ),
    value=st.sampled_from([1.2, 12, 30, 1_200_000]),
    unit=st.sampled_from([None, None, "million", "euros"]),
)
targets = st.builds(Target, name=st.sampled_from(NAMES))


def findings(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Finding[Any]]:
    quotes = st.sampled_from(["four people died", "on Tuesday", "off Port Alder"])
    return st.builds(finding, values, quotes, verified=st.booleans())


def optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Finding[Any] | None]:
    return st.none() | findings(values)


def reports(source_id: str) -> st.SearchStrategy[GroundedReport]:
    """Any report of one source."""
    return st.builds(
        GroundedReport,
        source=st.just(source_id),
        role=st.sampled_from(["main", "related"]),
        event_type=optional(st.sampled_from(["fire", "bombing", "transport_accident"])),
        date=optional(dates),
        location=optional(places),
        killed=optional(counts),
        injured=optional(counts),
        casualty_groups=st.lists(findings(casualty_groups), max_size=2).map(tuple),
        quantities=st.lists(findings(quantities), max_size=3).map(tuple),
        perpetrators=st.lists(findings(perpetrators), max_size=3).map(tuple),
        targets=st.lists(findings(targets), max_size=3).map(tuple),
    )


clusters = st.integers(1, 4).flatmap(
    lambda size: st.tuples(*(reports(f"s{number}") for number in range(1, size + 1))).map(list)
)
"""The reports of one incident by one to four sources."""
