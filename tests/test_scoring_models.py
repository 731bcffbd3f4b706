"""Scores of models: what a model leaves out, invents or answers next to nothing about never does it good."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from summarizer.evaluation import Evaluation, GoldSet, evaluate_gold_reports, evaluate_model
from summarizer.evaluation.gold import Filler
from summarizer.evaluation.printing import print_evaluation
from summarizer.settings import load_settings

from .conftest import Answer, ScriptedServer, completion
from .gold_sets import gold_set, parsed

OF_INCIDENTS = [
    "alignment.b3_f1", "alignment.split", "alignment.mixed", "merging.casualties", "merging.casualties_said",
    "merging.event_type", "merging.stage", "merging.date", "merging.location", "support.recall",
    "conflicts.recall", "conflicts.recall_said",
]  # fmt: skip


def scored(server: ScriptedServer, reports: list[dict[str, Any]], gold: GoldSet) -> Evaluation:
    """The scores of a model that answers every article with these reports."""
    server.script = [Answer(completion(json.dumps({"reports": reports})))]
    return evaluate_model([gold], load_settings(model="m", base_url=server.url, use_ledger=False))


def reports_of(article: int) -> list[dict[str, Any]]:
    return copy.deepcopy(gold_set()["articles"][article]["reports"])


@pytest.mark.parametrize("name", OF_INCIDENTS)
def test_a_model_that_answers_nothing_scores_nought_of_all(server: ScriptedServer, name: str) -> None:
    """What nobody answered stays in the denominator: the n is that of the gold reports."""
    silent, full = scored(server, [], parsed()).metrics, evaluate_gold_reports([parsed()]).metrics
    assert (silent[name].value, silent[name].n) == (0, full[name].n)


def test_half_the_reports_are_half_the_recall_of_alignment(server: ScriptedServer) -> None:
    """B-cubed gives a gold report that no report tells of a recall of 0: here 1 of 2, in a cluster of 1 of 2."""

    def script(request: dict[str, Any]) -> Answer:
        first = "has risen to six" not in json.dumps(request["messages"])
        return Answer(completion(json.dumps({"reports": reports_of(0) if first else []})))

    server.script = script
    settings = load_settings(model="m", base_url=server.url, use_ledger=False)
    metric = evaluate_model([parsed()], settings).metrics["alignment.b3_f1"]
    assert metric.value == pytest.approx(2 * 0.25 / 1.25)
    assert metric.n == 2


def test_an_invented_report_does_not_lift_alignment(server: ScriptedServer) -> None:
    """A report of no gold incident is a cluster of its own, which nobody asked for and which earns nothing."""
    invented = {"role": "related", "event_type": "cyberattack", "title": "x"}
    told = scored(server, reports_of(0), parsed()).metrics["alignment.b3_f1"]
    more = scored(server, [*reports_of(0), invented], parsed()).metrics["alignment.b3_f1"]
    assert (more.value, more.n) == (told.value, told.n)


def changed(**fields: Any) -> list[dict[str, Any]]:
    """The first article's report, with other fields."""
    return [reports_of(0)[0] | fields]


def one_article(**fields: Any) -> GoldSet:
    """A set of the first article alone, with other gold fields."""
    gold = gold_set()
    report = gold["articles"][0]["reports"][0] | fields
    return parsed(articles=[gold["articles"][0] | {"reports": [report]}], origins=[["a1"]], conflicts=[])


@pytest.mark.parametrize("answer", [completion(None, refusal="No."), completion('{"reports": []}')])
def test_no_report_is_no_empty_toll(server: ScriptedServer, answer: dict[str, Any]) -> None:
    """An article that failed or got no report at all is wrong even where the gold has no toll."""
    server.script = [Answer(answer)]
    settings = load_settings(model="m", base_url=server.url, use_ledger=False)
    found = evaluate_model([one_article(killed=None, injured=None)], settings).metrics
    for name in ("killed", "injured", "killed_figure", "injured_figure"):
        assert (found[f"extraction.{name}"].value, found[f"extraction.{name}"].n) == (0, 1)


def test_an_exact_toll_is_more_than_its_figure(server: ScriptedServer) -> None:
    """Four is not at least four, though the figure is the same."""
    vague = {"low": 4, "best": 4, "high": None, "qualifier": "at_least", "quote": "four"}
    found = scored(server, reports_of(0), one_article(killed=vague)).metrics
    assert (found["extraction.killed"].value, found["extraction.killed_figure"].value) == (0, 1)


def test_a_day_is_not_a_week(server: ScriptedServer) -> None:
    """The first day alone is not enough: the precision must be the gold one."""
    date = gold_set()["articles"][0]["reports"][0]["date"]
    assert scored(server, reports_of(0), one_article()).metrics["extraction.date"].value == 1
    week = one_article(date=date | {"precision": "week"})
    assert scored(server, reports_of(0), week).metrics["extraction.date"].value == 0


def test_a_value_without_words_is_not_verbatim(server: ScriptedServer) -> None:
    """A model cannot gain by leaving the quotes out."""
    killed = gold_set()["articles"][0]["reports"][0]["killed"]
    told = scored(server, reports_of(0), one_article()).metrics["extraction.quotes_verbatim"]
    bare = scored(server, changed(killed=killed | {"quote": ""}), one_article()).metrics["extraction.quotes_verbatim"]
    assert (told.value, bare.n) == (1, told.n)
    assert bare.value == pytest.approx(1 - 1 / told.n, abs=1e-3)


@pytest.mark.parametrize(
    ("said", "gold", "invented"),
    [
        ({"responsibility_claim": "claimed"}, {}, True),
        ({}, {"killed": None}, True),
        ({}, {"date": {"start": "2024", "end": None, "precision": "year", "quote": "Tuesday"}}, False),
    ],
)
def test_a_filled_field_that_the_gold_does_not_say_is_unsupported(
    server: ScriptedServer, said: dict[str, Any], gold: dict[str, Any], invented: bool
) -> None:
    """Wherever the record would show a value; a sharper date than the article's is one too, but it is not invented."""
    before = scored(server, reports_of(0), one_article()).metrics
    after = scored(server, changed(**said), one_article(**gold)).metrics
    assert (before["extraction.unsupported"].value, before["extraction.invented"].value) == (0, 0)
    share = pytest.approx(1 / after["extraction.unsupported"].n, abs=1e-3)
    assert after["extraction.unsupported"].value == share
    assert after["extraction.invented"].value == (share if invented else 0)


def test_items_that_the_gold_does_not_have_are_unsupported(server: ScriptedServer) -> None:
    """Each perpetrator, target and weapon counts."""
    items = [{"name": name, "quote": name} for name in ("petrol", "a flare")]
    gold = one_article(weapons=items[:1])
    found = scored(server, changed(weapons=items), gold).metrics["extraction.unsupported_items"]
    assert (found.value, found.n) == (0.5, 2)


def test_role_fillers_are_scored_over_the_whole_document(server: ScriptedServer) -> None:
    """Two names of one filler count once, an optional one not at all, and what no key has is wrong."""
    fillers = {
        "perpetrators": (Filler(frozenset({"red sash front", "rsf"}), optional=False),),
        "targets": (Filler(frozenset({"harbour office"}), optional=True),),
        "weapons": (Filler(frozenset({"dynamite"}), optional=False),),
    }
    actors = [
        {"name": name, "kind": "armed_group", "status": "suspected", "quote": name}
        for name in ("Red Sash Front", "RSF", "crew")
    ]
    targets = [{"name": "harbour office", "kind": "other", "quote": "harbour office"}]
    gold = replace(one_article(), part="tst1", fillers=fillers)
    metric = scored(server, changed(perpetrators=actors, targets=targets), gold).metrics["muc4.tst1_fillers_f1"]
    assert (metric.value, metric.n) == (0.5, 2)  # one right of two given and two wanted


def test_a_document_without_an_incident_costs_role_fillers_precision(server: ScriptedServer) -> None:
    """Whatever is found in it is wrong, and nothing else is scored."""
    empty = replace(one_article(), part="tst2", fillers={"weapons": ()}, knows=frozenset())
    found = scored(server, changed(weapons=[{"name": "flare", "quote": "flare"}]), empty).metrics
    assert (found["muc4.tst2_fillers_f1"].value, found["muc4.tst2_fillers_f1"].n) == (0, 1)
    assert "extraction.event_type" not in found


def test_what_a_run_took_is_told(server: ScriptedServer) -> None:
    """Seconds an article, the peak of the memory, and how many answers cost neither."""
    found = scored(server, reports_of(0), parsed()).metrics
    memory, cached = found["run.peak_memory_mib"].value, found["run.cached"].value
    assert memory is not None
    assert 20 < memory < 100_000
    assert cached == 0
    assert found["run.seconds_per_article"].n == 2


def test_a_run_from_the_ledger_says_that_its_time_is_not_the_models(server: ScriptedServer, tmp_path: Path) -> None:
    """Stored answers cost no time, which nobody should take for a fast model's."""
    server.script = [Answer(completion(json.dumps({"reports": reports_of(0)})))]
    settings = load_settings(model="m", base_url=server.url, ledger=tmp_path / "ledger.sqlite3")
    first, second = (evaluate_model([parsed()], settings) for _ in range(2))
    assert "came from the ledger" not in printed(first)
    assert "2 answers came from the ledger" in printed(second)


def test_two_models_stand_side_by_side_uncut(server: ScriptedServer) -> None:
    """Each row has both figures with their intervals and counts, in a narrow terminal too."""
    one, other = scored(server, reports_of(0), parsed()), scored(server, [], parsed())
    row = next(line for line in printed(one, other).splitlines() if line.startswith("extraction.event_type"))
    figures = ["100.0%", "100.0%–100.0%", "2", "0.0%", "0.0%–0.0%", "2", "+100.0", "better"]
    assert row.split() == ["extraction.event_type", *figures]


def printed(evaluation: Evaluation, beside: Evaluation | None = None) -> str:
    out = StringIO()
    print_evaluation(evaluation, Console(file=out, width=60), beside=beside)
    return out.getvalue()
