"""Summaries made by hand, for the tests of wording, narration and rendering."""

from __future__ import annotations

from typing import Any, Literal, get_args

from summarizer.schemas import Claim, Conflict, Count, Field, Incident, Origin, Run, Source, Summary, Support

SOURCES = {"s1": "o1", "s2": "o1", "s3": "o2", "s4": "o3"}


def source(id: str, origin: str, **changes: Any) -> Source:
    facts: dict[str, Any] = {
        "publisher": f"Paper {id}",
        "title": f"Headline of {id}",
        "published": f"2023-03-0{8 + int(id[1:]) // 4}T0{id[1:]}:00:00+00:00",
        "url": None,
        "path": f"{id}.txt",
        "sha256": "0" * 64,
        "credit": None,
    }
    return Source(id=id, origin=origin, **(facts | changes))


def sources(**changes: Any) -> dict[str, Source]:
    return {id: source(id, origin, **changes) for id, origin in SOURCES.items()}


def said(id: str, value: Any, *, stance: Any = "supports", verified: bool = True, quote: str | None = "words") -> Any:
    """What one source says."""
    match: Literal["exact", "absent"] = "exact" if verified else "absent"
    start, end = (0, 5) if verified else (None, None)
    return Support[Any](
        source=id, stance=stance, value=value, quote=quote, start=start, end=end, match=match, verified=verified
    )


def field(
    value: Any = None, *support: Any, kind: Any = None, claims: Any = (), why: str = "", resolved: Any = None
) -> Field[Any]:
    """A field with its support; a conflict of `kind` with `claims` as pairs of value and sources."""
    behind = {entry.source for entry in support if entry.verified and entry.stance == "supports"}
    conflict = None
    if kind is not None:
        listed = [Claim[Any](value=one, sources=ids) for one, ids in claims]
        conflict = Conflict[Any](kind=kind, claims=listed, resolved=resolved, why=why)
    disputed = kind in {"attribution", "contradiction", "error"}
    return Field[Any](
        value=value,
        agreement="none"
        if value is None
        else "disputed"
        if disputed
        else "single"
        if len(behind) == 1
        else "unanimous",
        origins=len({SOURCES[id] for id in behind}),
        rule="majority",
        support=list(support),
        conflict=conflict,
    )


def agreed(value: Any, *ids: str, quote: str | None = "words") -> Field[Any]:
    """A field whose sources all say the same; s1 alone unless named."""
    return field(value, *(said(id, value, quote=quote) for id in ids or ("s1",)))


def disputed_injured() -> Field[Any]:
    """14 for two copies of one origin, 18 for another paper."""
    fourteen, eighteen = Count.exact(14), Count.exact(18)
    return field(
        fourteen,
        said("s1", fourteen, quote="Fourteen were wounded"),
        said("s2", fourteen, quote="Fourteen were wounded"),
        said("s3", eighteen, stance="differs", quote="18 were wounded"),
        kind="error",
        claims=[(fourteen, ["s1", "s2"]), (eighteen, ["s3"])],
        why="18 is the number of rockets",
        resolved=fourteen,
    )


def incident(**parts: Any) -> Incident:
    """An incident of four sources, empty but for the given parts."""
    facts: dict[str, Any] = {
        "id": "i1",
        "title": "A title",
        "sources": list(SOURCES),
        "main_in": ["s1"],
        "origins": 3,
        "why_together": "same day",
        "narrative": [],
        "relations": [],
    }
    for name, information in Incident.model_fields.items():
        if name not in facts:
            facts[name] = [] if get_args(information.annotation) else field()
    facts |= parts
    dumped = {name: _dump(value) for name, value in facts.items()}
    return Incident.model_validate(dumped)


def summary(*incidents: Incident, **parts: Any) -> Summary:
    run = Run(
        model="m", profile="full", prompt="p", calls=1, cached=0, input_tokens=1200, output_tokens=80, cost_usd=None,
        seconds=1.5, started="2024-01-01T00:00:00+00:00",
    )  # fmt: skip
    grouped = [Origin(id="o1", sources=["s1", "s2"], why="s2 copies s1")]
    facts: dict[str, Any] = {
        "incidents": list(incidents), "sources": list(sources().values()), "origins": grouped, "failures": [],
        "run": run,
    }  # fmt: skip
    return Summary(**(facts | parts))


def _dump(value: Any) -> Any:
    if isinstance(value, list):
        return [_dump(item) for item in value]
    return value.model_dump(exclude_none=False) if hasattr(value, "model_dump") else value
