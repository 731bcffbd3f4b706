"""Promises of the loaders of gold data by others; the rows below are invented, in the layouts of the real files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from summarizer.schemas import Count, DateSpan, Perpetrator, Place, Target, Weapon

from summarizer.errors import GoldError
from summarizer.evaluation import gva, muc4
from summarizer.evaluation.fills import read_days, read_fills, read_number
from summarizer.evaluation.gold import Filler
from summarizer.evaluation.matching import value_of, values_of

SLOTS = """date location type stage instrument_id instrument_type perp_category perp_individual perp_org
perp_org_confidence phys_tgt phys_tgt_type hum_tgt_name hum_tgt_desc hum_tgt_type hum_tgt_number hum_tgt_effect"""
TEMPLATE: dict[str, Any] = dict.fromkeys(SLOTS.split(), "-") | {
    "doc_id": "INV-0001",
    "template": "1",
    "type": ["ATTACK"],
    "stage": ["ACCOMPLISHED"],
    "date": ["02 JAN 90"],
    "location": ["EL SALVADOR: LA PALOMA (DEPARTMENT): SAN EFREN (TOWN)"],
    "instrument_id": ['"MORTAR"'],
    "instrument_type": ['MORTAR: "MORTAR"', 'RIFLE: "-"'],
    "perp_category": ["TERRORIST ACT"],
    "perp_org": ['"MOUNTAIN FRONT" / "FM"'],
    "perp_org_confidence": ['CLAIMED OR ADMITTED: "MOUNTAIN FRONT" / "FM"'],
    "phys_tgt": ['"THE BRIDGE"'],
    "phys_tgt_type": ['TRANSPORTATION ROUTE: "THE BRIDGE"'],
    "hum_tgt_name": ['"JUAN INVENTADO"'],
    "hum_tgt_desc": ['"MAYOR": "JUAN INVENTADO"', '"GUARDS"'],
    "hum_tgt_type": ['GOVERNMENT OFFICIAL: "JUAN INVENTADO"', 'SECURITY GUARD: "GUARDS"'],
    "hum_tgt_number": ['1: "JUAN INVENTADO"', '3-: "GUARDS"'],
    "hum_tgt_effect": ['DEATH: "JUAN INVENTADO"', 'INJURY: "GUARDS"'],
}
DOCUMENT = {
    "doc_id": "INV-0001",
    "split": "dev",
    "text": "SAN EFREN, 3 JAN 90 (RADIO MONTE) -- [TEXT] THE MAYOR DIED.",
}
INCIDENT: dict[str, Any] = {
    "incident_id": "7",
    "date": "2016-05-01",
    "state": "Ohio",
    "city_or_county": "Inventown",
    "address": "N/A",
    "num_killed": 2,
    "num_injured": 3,
    "participants": [
        {"Type": "Victim", "Status": "Killed"},
        {"Type": "Subject-Suspect", "Status": "Killed"},
        {"Type": "Subject-Suspect", "Status": "Injured, Arrested"},
    ],
}
ARTICLE = {
    "doc_id": "x",
    "incident_id": "7",
    "title": "Two die",
    "dct": "2016-05-02",
    "url": "http://web.archive.org/web/20160502/http://www.inventown-news.example/a",
    "text": "Two people died on Sunday in Inventown, police said.",
}


def write(folder: Path, name: str, *rows: dict[str, Any] | str) -> None:
    """A JSON Lines file."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def muc(tmp_path: Path) -> Callable[..., list[Any]]:
    """Sets of one document and templates made from the invented one by changes."""

    def made(*changes: dict[str, Any]) -> list[Any]:
        write(tmp_path, "docs.jsonl", DOCUMENT)
        write(tmp_path, "templates.jsonl", *(TEMPLATE | change for change in changes or ({},)))
        return muc4.load(tmp_path)

    return made


def test_a_template_becomes_a_record(muc: Callable[..., list[Any]]) -> None:
    """Type, stage, day, place, perpetrators with their status, targets, weapons and tolls are taken from a template."""
    (gold,) = muc()
    report = gold.truth["i1"]
    assert value_of(report, "event_type") == "armed_attack"
    assert value_of(report, "date") == DateSpan(start="1990-01-02")
    assert value_of(report, "location") == Place(name="SAN EFREN, LA PALOMA", country="El Salvador")
    assert values_of(report, "perpetrators") == [
        Perpetrator(name="MOUNTAIN FRONT / FM", kind="armed_group", status="claimed")
    ]
    assert values_of(report, "targets") == [
        Target(name="THE BRIDGE", kind="transport"),
        Target(name="JUAN INVENTADO", kind="government"),
        Target(name="GUARDS", kind="other"),
    ]
    assert values_of(report, "weapons") == [Weapon(name="MORTAR"), Weapon(name="RIFLE")]
    assert value_of(report, "killed") == Count.exact(1)
    assert value_of(report, "injured") == Count.at_least(3)
    assert gold.knows == muc4.FIELDS


def test_the_dateline_is_the_publish_day(muc: Callable[..., list[Any]]) -> None:
    """A document is published on the day of its dateline, by the outlet in it; its text stays in capitals."""
    (gold,) = muc()
    article = gold.articles[0].article
    assert (article.published, article.publisher) == ("1990-01-03", "RADIO MONTE")
    assert "THE MAYOR DIED." in article.text


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("PERTH (AUSTRALIA), JUNE 11 89 (AFP) -- [TEXT]", "1989-06-11"),
        ("SAN EFREN, 7 FEB (REUTER) -- [TEXT]", None),
        ("SAN EFREN, NO DATE -- [TEXT] ON 7 FEB 89", None),
        ("SAN EFREN, 31 FEB 89 -- [TEXT]", None),
    ],
)
def test_datelines(line: str, day: str | None) -> None:
    """A dateline without a whole day gives none; a day in the story is no dateline."""
    assert muc4.dateline(line) == day


def test_an_optional_template_is_left_out(muc: Callable[..., list[Any]]) -> None:
    """An optional incident is neither wanted nor counted against anyone; nor is what a document of such alone says."""
    (gold,) = muc({}, {"template": "2 (OPTIONAL)"})
    assert set(gold.truth) == {"i1"}
    (alone,) = muc({"template": "1 (OPTIONAL)"})
    assert not alone.truth
    assert not alone.knows


def test_a_document_without_an_incident_has_no_role_fillers(tmp_path: Path) -> None:
    """It is a set all the same: what a model finds in it is wrong."""
    write(tmp_path, "docs.jsonl", DOCUMENT)
    write(tmp_path, "templates.jsonl")
    (gold,) = muc4.load(tmp_path)
    assert gold.fillers == {"perpetrators": (), "targets": (), "weapons": ()}


def test_role_fillers_are_entities_by_all_their_names(muc: Callable[..., list[Any]]) -> None:
    """Names and descriptions of one target are one filler, required if any template requires it."""
    (gold,) = muc({}, {"template": "2 (OPTIONAL)", "instrument_id": ['"MORTAR"', '"RIFLES"']})
    assert set(gold.fillers["perpetrators"]) == {Filler(frozenset({"mountain front", "fm"}), optional=False)}
    assert Filler(frozenset({"juan inventado", "mayor"}), optional=False) in gold.fillers["targets"]
    assert set(gold.fillers["weapons"]) == {
        Filler(frozenset({"mortar"}), optional=False),
        Filler(frozenset({"rifles"}), optional=True),
    }


def test_two_targets_of_one_description_are_two(muc: Callable[..., list[Any]]) -> None:
    """Two mayors are not one because both are called the mayor."""
    (gold,) = muc(
        {
            "hum_tgt_name": ['"JUAN INVENTADO"', '"ANA FICTA"'],
            "hum_tgt_desc": ['"MAYOR": "JUAN INVENTADO"', '"MAYOR": "ANA FICTA"'],
        }
    )
    names = [{"juan inventado", "mayor"}, {"ana ficta", "mayor"}]
    assert [one.names for one in gold.fillers["targets"] if "mayor" in one.names] == names


def test_a_split_is_named_like_a_folder(tmp_path: Path) -> None:
    """`muc4/tst1` holds the documents of that split alone; one that the data does not have is a missing folder."""
    write(tmp_path, "docs.jsonl", DOCUMENT, DOCUMENT | {"doc_id": "INV-0002", "split": "tst1"})
    write(tmp_path, "templates.jsonl", TEMPLATE)
    assert [gold.part for gold in muc4.load(tmp_path)] == ["dev", "tst1"]
    assert [gold.id for gold in muc4.load(tmp_path / "tst1")] == ["inv-0002"]
    with pytest.raises(GoldError, match="no such file"):
        muc4.load(tmp_path / "tst9")


def test_an_unknown_split(tmp_path: Path) -> None:
    """A document of a split that MUC-4 does not have is an error with its line."""
    write(tmp_path, "docs.jsonl", DOCUMENT | {"split": "mine"})
    write(tmp_path, "templates.jsonl", TEMPLATE)
    with pytest.raises(GoldError, match=r"docs\.jsonl:1: unknown split"):
        muc4.load(tmp_path)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": ["- 02 JAN 90"]}, "date"),
        ({"date": "-"}, "date"),
        ({"location": ["? EL SALVADOR"]}, "location"),
        ({"stage": ["ACCOMPLISHED / ATTEMPTED"]}, "stage"),
        ({"type": ["BOMBING / ATTACK"]}, "event_type"),
        ({"perp_org": ['? "MOUNTAIN FRONT"']}, "perpetrators"),
        ({"hum_tgt_desc": ['? "GUARDS"']}, "targets"),
        ({"instrument_id": None}, "weapons"),
        ({"hum_tgt_number": ['PLURAL: "JUAN INVENTADO"', '3: "GUARDS"']}, "killed"),
        ({"hum_tgt_effect": ['? DEATH: "JUAN INVENTADO"']}, "killed"),
        ({"hum_tgt_effect": ['INJURY / DEATH: "JUAN INVENTADO"']}, "injured"),
        ({"hum_tgt_effect": ['DEATH: "JUAN INVENTADO"', 'NO INJURY: "GUARDS"']}, "injured"),
    ],
)
def test_what_the_key_leaves_open_is_not_scored(
    muc: Callable[..., list[Any]], change: dict[str, Any], field: str
) -> None:
    """A field with an optional, alternative, open or uncountable fill is not known, the others are."""
    (gold,) = muc(change)
    assert field not in gold.knows
    assert gold.knows


def test_nobody_hurt(muc: Callable[..., list[Any]]) -> None:
    """Where the key says that no target was hurt, nobody was."""
    (gold,) = muc({"hum_tgt_effect": ['NO INJURY OR DEATH: "GUARDS"']})
    assert value_of(gold.truth["i1"], "killed") == value_of(gold.truth["i1"], "injured") == Count.exact(0)


def test_the_kidnapped_are_captured(muc: Callable[..., list[Any]]) -> None:
    """The human targets of a kidnapping are its captured."""
    (gold,) = muc({"type": ["KIDNAPPING"], "hum_tgt_number": ['~50: "GUARDS"'], "hum_tgt_effect": "-"})
    assert value_of(gold.truth["i1"], "captured") == Count.about(50)


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("12", Count.exact(12)),
        ("~12", Count.about(12)),
        ("12-", Count.at_least(12)),
        ("-12", Count.at_most(12)),
        ("12 - 15", Count.between(12, 15)),
        ("PLURAL", None),
    ],
)
def test_numbers(code: str, count: Count | None) -> None:
    """The key's numbers become counts of the same shape."""
    read = read_number(code)
    assert (Count.model_validate(read) if read else None) == count


@pytest.mark.parametrize(
    ("fill", "start"),
    [
        ("03 JAN 90", "1990-01-03"),
        ("28 DEC 89 - 02 JAN 90", "1989-12-28"),
        ("MAR 89", "1989-03"),
        ("- 03 JAN 90", None),
    ],
)
def test_days(fill: str, start: str | None) -> None:
    """The key's days become dates; one open to the past is none."""
    read = read_days(fill)
    assert (read["start"] if read else None) == start


def test_fills() -> None:
    """A fill says whether it is optional, its codes, and its entity's names, with quotes inside a name kept."""
    (fill,) = read_fills(['? DEATH / INJURY: "\\"9 MAY\\" GROUP" / "GROUP"'])
    assert (fill.optional, fill.codes, fill.names) == (True, ("DEATH", "INJURY"), ('"9 MAY" GROUP', "GROUP"))
    assert list(read_fills("-")) == list(read_fills(None)) == []


def test_suspects_are_taken_off(tmp_path: Path) -> None:
    """The tolls leave out the suspects; city, day, outlet and publish day are the data's."""
    write(tmp_path, "incidents.jsonl", INCIDENT)
    write(tmp_path, "articles.jsonl", ARTICLE)
    (gold,) = gva.load(tmp_path)
    report = gold.truth["7"]
    assert value_of(report, "killed") == Count.exact(1)
    assert value_of(report, "injured") == Count.exact(2)
    assert value_of(report, "location") == Place(name="Inventown", country="United States")
    assert value_of(report, "date") == DateSpan(start="2016-05-01")
    assert (gold.articles[0].article.publisher, gold.articles[0].article.published) == (
        "inventown-news.example",
        "2016-05-02",
    )
    assert gold.knows == gva.FIELDS


def test_nobody_entered_is_no_value(tmp_path: Path) -> None:
    """A toll of 0 is no value: the data does not say that an article says so."""
    write(tmp_path, "incidents.jsonl", INCIDENT | {"num_injured": 0, "city_or_county": "Invent (county)"})
    write(tmp_path, "articles.jsonl", ARTICLE)
    (gold,) = gva.load(tmp_path)
    assert value_of(gold.truth["7"], "injured") is None
    assert value_of(gold.truth["7"], "location") == Place(name="Invent County", country="United States")


def test_sets_hold_twenty_incidents_of_a_state(tmp_path: Path) -> None:
    """A state's incidents are cut by twenty in the order of their days; one without an article is left out."""
    days = [f"2016-05-{day:02d}" for day in range(25, 0, -1)]
    incidents = [INCIDENT | {"incident_id": str(n), "date": day} for n, day in enumerate(days)]
    write(tmp_path, "incidents.jsonl", *incidents, INCIDENT | {"incident_id": "lone"})
    write(tmp_path, "articles.jsonl", *(ARTICLE | {"incident_id": str(n)} for n in range(25)))
    first, second = gva.load(tmp_path)
    starts = [value_of(report, "date").start for report in first.truth.values()]
    assert (first.id, second.id) == ("gva-ohio-1", "gva-ohio-2")
    assert (len(first.truth), len(second.truth)) == (20, 5)
    assert starts == sorted(starts)
    assert len(gva.load(tmp_path, limit=1)) == 1
    assert gva.load(tmp_path, limit=0) == []


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("incidents.jsonl", "{", "incidents.jsonl:2: no JSON"),
        ("incidents.jsonl", "[]", "incidents.jsonl:2: a JSON list"),
        ("incidents.jsonl", json.dumps(INCIDENT | {"date": "May"}), "incidents.jsonl:2: a date"),
        ("incidents.jsonl", json.dumps(INCIDENT | {"participants": "x"}), "incidents.jsonl:2: participants"),
        ("articles.jsonl", '{"doc_id": "x"}', "articles.jsonl:2: lacks"),
        ("articles.jsonl", json.dumps(ARTICLE | {"dct": "yesterday"}), "articles.jsonl:2: a publish day"),
    ],
)
def test_malformed_rows(tmp_path: Path, name: str, line: str, said: str) -> None:
    """A row that cannot be used is named by file and line, with what to compare it with."""
    write(tmp_path, "incidents.jsonl", INCIDENT, *([line] if name == "incidents.jsonl" else []))
    write(tmp_path, "articles.jsonl", ARTICLE, *([line] if name == "articles.jsonl" else []))
    with pytest.raises(GoldError, match=said) as raised:
        gva.load(tmp_path)
    assert "see docs/evaluation.md" in str(raised.value)


@pytest.mark.parametrize("load", [muc4.load, gva.load])
def test_missing_files(tmp_path: Path, load: Callable[[Path], object]) -> None:
    """Missing files are named, with what to put there."""
    with pytest.raises(GoldError, match="no such file; put the"):
        load(tmp_path)


def test_an_unknown_type(muc: Callable[..., list[Any]]) -> None:
    """A template of a type that MUC-4 does not have is an error with its line."""
    with pytest.raises(GoldError, match=r"templates\.jsonl:1: unknown incident type"):
        muc({"type": ["PICNIC"]})
