"""MUC-4: news of terrorism in Latin America (1988 to 1990, FBIS translations) with answer keys of the incidents.

`docs.jsonl` holds `doc_id`, `split` and `text`; `templates.jsonl` one key an incident.  The keys do not say which
documents tell of the same incident, so every document is a set of its own.  What the key leaves open is not scored: an
optional template is left out, and a field with an optional, alternative or uncountable fill is dropped from `knows`.
A document of which the key requires no incident may tell of one that MUC-4 does not ask for: only its role fillers
(`fillers`) are scored, as they are in MUC-4, where whatever is given there is wrong.
`ATTACK` covers several of our event types; `ACCEPTED` says which to accept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from summarizer.articles import clean
from summarizer.grounding.timewords import MONTHS
from summarizer.lexicon import country_names
from summarizer.schemas import Article
from summarizer.schemas.values import EventType
from summarizer.text import fold

from .fillers import read_fillers
from .fills import Fill, read_days, read_fills
from .gold import GoldArticle, GoldSet, gold_report
from .muc4_people import casualties
from .rows import bad_row, read_rows

FIELDS = frozenset(
    ["event_type", "stage", "date", "location", "killed", "injured", "captured", "perpetrators", "targets", "weapons"]
)
ACCEPTED: Mapping[EventType, frozenset[EventType]] = {
    "armed_attack": frozenset(
        ["armed_attack", "shooting", "assassination", "clash", "rocket_or_missile_attack", "airstrike", "bombing"]
    ),
    "bombing": frozenset(["bombing", "armed_attack"]),
    "arson": frozenset(["arson", "fire"]),
}
"""Our event types that say the same as the one a MUC-4 type is mapped to; one that is not listed accepts itself."""

_SOURCE = "the MUC-4 files (docs.jsonl and templates.jsonl, see docs/evaluation.md)"
_TYPES: dict[str, EventType] = {
    "ATTACK": "armed_attack", "BOMBING": "bombing", "KIDNAPPING": "kidnapping", "ARSON": "arson", "ROBBERY": "robbery",
    "HIJACKING": "kidnapping", "FORCED WORK STOPPAGE": "other",
}  # fmt: skip
_STATUS = {
    "REPORTED AS FACT": "reported_as_fact", "CLAIMED OR ADMITTED": "claimed", "POSSIBLE": "suspected",
    "SUSPECTED OR ACCUSED": "suspected", "SUSPECTED OR ACCUSED BY AUTHORITIES": "accused_by_authorities",
    "ACQUITTED": "denied",
}  # fmt: skip
_TARGETS = {
    "ACTIVE MILITARY": "military", "LAW ENFORCEMENT": "police", "LAW ENFORCEMENT FACILITY": "police",
    "GOVERNMENT OFFICIAL": "government", "POLITICAL FIGURE": "government", "LEGAL OR JUDICIAL": "government",
    "GOVERNMENT OFFICE OR RESIDENCE": "government", "POLITICAL FIGURE OFFICE OR RESIDENCE": "government",
    "CIVILIAN": "civilian", "CIVILIAN RESIDENCE": "civilian", "COMMERCIAL": "business", "FINANCIAL": "business",
    "ENERGY": "infrastructure", "WATER": "infrastructure", "COMMUNICATIONS": "infrastructure",
    "TRANSPORT VEHICLE": "transport", "TRANSPORTATION ROUTE": "transport", "TRANSPORTATION FACILITY": "transport",
    "DIPLOMAT": "diplomatic", "DIPLOMAT OFFICE OR RESIDENCE": "diplomatic",
}  # fmt: skip
_DATELINE = re.compile(r"\b(?:(\d{1,2}) ([A-Z]{3})[A-Z]*|([A-Z]{3})[A-Z]* (\d{1,2})),? (?:19)?(\d{2})\b")
_OUTLET = re.compile(r"^[^\n]*?\d{2} \(([A-Z][A-Z .-]+)\)")
_HEAD = 200
PARTS = {"dev": "dev", "dev-train": "dev"} | {part: part for part in ("tst1", "tst2", "tst3", "tst4")}
"""The names of the splits in the data, and ours."""
Template = Mapping[str, Any]


def load(folder: Path, *, limit: int | None = None) -> list[GoldSet]:
    """The documents of `folder`, one set each, the first `limit` of them; those of one split for `folder/tst1`.

    Raises GoldError with the file and line for files that are missing or malformed.
    """
    folder, split = _split(folder)
    templates: dict[str, list[Template]] = defaultdict(list)
    file = folder / "templates.jsonl"
    for number, row in read_rows(file, ["doc_id", "template", "type"], source=_SOURCE):
        if not all(str(fill) in _TYPES for fill in _types(row)):
            raise bad_row(file, number, f"unknown incident type {row['type']!r}", _SOURCE)
        templates[str(row["doc_id"])].append(row)
    sets: list[GoldSet] = []
    file = folder / "docs.jsonl"
    for number, row in read_rows(file, ["doc_id", "text", "split"], source=_SOURCE):
        if limit is not None and len(sets) >= limit:
            break
        if row["split"] not in PARTS:
            raise bad_row(file, number, f"unknown split {row['split']!r}", _SOURCE)
        part = PARTS[row["split"]]
        if split in (None, part):
            text = clean(str(row["text"]))
            if not text:
                raise bad_row(file, number, "a document without text", _SOURCE)
            sets.append(_set(str(row["doc_id"]).lower(), part, text, templates[str(row["doc_id"])]))
    return sets


def _split(folder: Path) -> tuple[Path, str | None]:
    """`muc4/tst1` is the folder `muc4` and its split, if there is no such folder in it."""
    if folder.name in PARTS.values() and not folder.exists():
        return folder.parent, folder.name
    return folder, None


def _set(name: str, part: str, text: str, templates: Sequence[Template]) -> GoldSet:
    """A document's set; one of which the key requires no incident is there for the fillers that it does not have."""
    read = [_record(template) for template in templates if "OPTIONAL" not in str(template["template"])]
    records = [{"role": "main" if at == 0 else "related", **record} for at, (record, _) in enumerate(read)]
    ids = tuple(f"i{at}" for at in range(1, len(records) + 1))
    reports = tuple(gold_report(record) for record in records)
    outlet = _OUTLET.match(text)
    article = Article(text=text, published=dateline(text), publisher=outlet[1].strip() if outlet else "FBIS")
    unknown = frozenset().union(*(unsaid for _, unsaid in read)) if read else FIELDS
    return GoldSet(
        name,
        (GoldArticle("a1", article, ids, reports),),
        dict(zip(ids, reports, strict=True)),
        knows=FIELDS - unknown,
        accepts=ACCEPTED,
        part=part,
        fillers=read_fillers(templates),
    )


def dateline(text: str) -> str | None:
    """The day of a document's dateline ("SAN SALVADOR, 3 JAN 90 --") in ISO; None for one without a whole date."""
    match = _DATELINE.search(text[:_HEAD].partition("--")[0])
    if match is None:
        return None
    day, month, year = match[1] or match[4], match[2] or match[3], match[5]
    try:
        return date(1900 + int(year), MONTHS[month.lower()], int(day)).isoformat()
    except (KeyError, ValueError):
        return None


def _record(template: Template) -> tuple[dict[str, Any], frozenset[str]]:
    """The incident record of a template, and the fields that its key leaves open."""
    people, open_people = casualties(template)
    record: dict[str, Any] = {
        "event_type": _TYPES[_types(template)[0]],
        "stage": _stage(template),
        "date": read_days(_one(template.get("date"))),
        "location": _location(_one(template.get("location"))),
        "perpetrators": _perpetrators(template),
        "targets": _targets(template),
        "weapons": _weapons(template),
        **people,
    }
    unsaid = {name for name in ("stage", "date", "location") if record[name] is None}
    unsaid |= {"event_type"} if len(_types(template)) > 1 else set()
    unsaid |= {name for name, slots in _SLOTS.items() if _left_open(template, slots)}
    return record, frozenset(unsaid | open_people)


_SLOTS = {
    "perpetrators": ("perp_individual", "perp_org", "perp_org_confidence"),
    "targets": ("phys_tgt", "hum_tgt_name", "hum_tgt_desc"),
    "weapons": ("instrument_id", "instrument_type"),
}


def _left_open(template: Template, slots: Sequence[str]) -> bool:
    """Whether a slot does not apply to this type of incident (null) or has an optional or ambiguous fill."""
    if any(template.get(slot) is None for slot in slots):
        return True
    return any(fill.optional or fill.ambiguous for slot in slots for fill in read_fills(template[slot]))


def _types(template: Template) -> list[str]:
    return [part.strip(" ?") for part in _one(template["type"]).split("/")]


def _one(slot: Any) -> str:
    """The only fill of a slot that takes one; empty where it has none."""
    entry = slot[0] if isinstance(slot, list) and slot else slot
    return entry if isinstance(entry, str) else ""


def _stage(template: Template) -> str | None:
    stage = _one(template.get("stage")).strip().lower()
    return stage if stage in {"accomplished", "attempted", "threatened"} else None


def _location(fill: str) -> dict[str, Any] | None:
    """ "EL SALVADOR: SAN MIGUEL (DEPARTMENT): SAN LUIS (TOWN)": the innermost place first, the country apart."""
    if not fill.strip(" -") or fill.lstrip().startswith(("?", "(")) or "/" in fill:
        return None
    country, *inner = [part.strip() for part in re.sub(r"\([^)]*\)", "", fill).split(":")]
    places = [" ".join(part.split()) for part in reversed(inner) if part.strip(" -")]
    plain = country_names().get(fold(country), country.title())
    return {"name": ", ".join(places) or country, "country": plain}


def _perpetrators(template: Template) -> list[dict[str, Any]]:
    """The organisations with their confidence; where the key has none, the individuals."""
    status = {
        name: _STATUS.get(fill.codes[0], "suspected")
        for fill in read_fills(template.get("perp_org_confidence"))
        for name in fill.names
        if fill.codes
    }
    by_state = "STATE" in _one(template.get("perp_category"))
    kind = "state" if by_state else "armed_group"
    found = [
        {"name": fill.label, "kind": kind, "status": status.get(fill.names[0], "reported_as_fact")}
        for fill in read_fills(template.get("perp_org"))
        if fill.names
    ]
    return found or [
        {"name": fill.label, "kind": "state" if by_state else "unknown", "status": "reported_as_fact"}
        for fill in read_fills(template.get("perp_individual"))
        if fill.names
    ]


def _targets(template: Template) -> list[dict[str, Any]]:
    kinds = {
        name: _TARGETS.get(fill.codes[0].removeprefix("FORMER "), "other")
        for slot in ("phys_tgt_type", "hum_tgt_type")
        for fill in read_fills(template.get(slot))
        for name in fill.names
        if fill.codes
    }
    entities: list[Fill] = [
        fill
        for slot in ("phys_tgt", "hum_tgt_name", "hum_tgt_desc")
        for fill in read_fills(template.get(slot))
        if fill.names and not fill.about
    ]
    return [{"name": fill.label, "kind": kinds.get(fill.names[0], "other")} for fill in entities]


def _weapons(template: Template) -> list[dict[str, Any]]:
    """The instruments by their words, else by their type ("MACHINE GUN")."""
    named = [fill.label for fill in read_fills(template.get("instrument_id")) if fill.names]
    typed = [fill.codes[0] for fill in read_fills(template.get("instrument_type")) if fill.codes and not fill.names]
    return [{"name": name} for name in dict.fromkeys(named + typed)]
