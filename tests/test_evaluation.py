"""Evaluation: the figures mean what their names say, and no answer scores as right that is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import GoldError
from summarizer.evaluation import evaluate_gold_reports, evaluate_model, load_gold, read_evaluation
from summarizer.evaluation.definitions import DEFINITIONS
from summarizer.evaluation.gold import parse_set
from summarizer.evaluation.metrics import Definition, Part, Scores, figure
from summarizer.settings import load_settings

from .conftest import ROOT, Answer, CliRun, ScriptedServer, completion
from .gold_sets import count, gold_set, parsed, values
from .samples import ferry_report


def test_gold_reports_that_the_stages_handle_rightly_score_full_marks() -> None:
    """The update is seen, listed and explained; nothing is lost, split or mixed."""
    found = values(evaluate_gold_reports([parsed()]))
    full = ["grounding.quotes_located", "counts.parsed", "dates.resolved", "alignment.b3_f1", "merging.casualties"]
    full += ["merging.date", "conflicts.recall", "conflicts.precision", "conflicts.kind", "support.accuracy"]
    assert {name: found[name] for name in full} == dict.fromkeys(full, 1.0)
    none = ["grounding.altered_accepted", "alignment.split", "alignment.mixed", "conflicts.false_disputes"]
    assert {name: found.get(name, 0) for name in none} == dict.fromkeys(none, 0)


def test_a_wrong_gold_value_is_counted_against_the_merge() -> None:
    """With another truth the merged toll is wrong, with another kind of conflict the kind is."""
    other = gold_set()
    other["truth"]["i1"]["killed"] = count(9, "")
    other["conflicts"][0] |= {"resolved": 9, "kind": "contradiction"}
    found = values(evaluate_gold_reports([parse_set(other)]))
    assert (found["merging.casualties"], found["merging.casualties_said"]) == (0.5, 1.0)  # the injured are right
    assert (found["conflicts.recall"], found["conflicts.kind"]) == (1.0, 0.0)


def test_a_difference_that_nobody_planted_costs_precision() -> None:
    """What is listed and is not in the gold is a false listing."""
    found = values(evaluate_gold_reports([parsed(conflicts=[])]))
    assert found["conflicts.precision"] == 0.0
    assert "conflicts.recall" not in found


def test_a_planted_difference_between_other_sides_is_not_found() -> None:
    """A conflict in the same field counts only if it sets the same figures or sources against each other."""
    other = gold_set()
    other["conflicts"][0]["claims"] = [{"value": 40, "articles": ["a1"]}, {"value": 50, "articles": ["a1"]}]
    assert values(evaluate_gold_reports([parse_set(other)]))["conflicts.recall"] == 0.0


def test_reports_of_two_incidents_in_one_cluster_cost_precision_of_alignment() -> None:
    """B-cubed falls where the stages take for one what the gold keeps apart."""
    other = gold_set()
    other["truth"]["i2"] = other["truth"]["i1"]
    other["articles"][1]["reports"][0]["incident"] = "i2"
    other["conflicts"] = []
    assert values(evaluate_gold_reports([parse_set(other)]))["alignment.b3_f1"] == pytest.approx(2 / 3, abs=1e-3)


def test_a_model_is_scored_on_what_it_answers(server: ScriptedServer) -> None:
    """An article with a right answer and one whose answer has a wrong toll and an invented quote."""
    wrong = gold_set()["articles"][1]["reports"][0] | {"killed": count(7, "seven people drowned")}

    def script(request: dict[str, Any]) -> Answer:
        first = "has risen to six" not in json.dumps(request["messages"])
        report = gold_set()["articles"][0]["reports"][0] if first else wrong
        return Answer(completion(json.dumps({"reports": [report]})))

    server.script = script
    settings = load_settings(model="m", base_url=server.url, use_ledger=False)
    evaluation = evaluate_model([parsed()], settings)
    found = values(evaluation)
    assert (found["extraction.valid"], found["extraction.event_type"], found["extraction.killed"]) == (1.0, 1.0, 0.5)
    assert found["extraction.quotes_verbatim"] == 7 / 8
    assert found["extraction.unsupported"] == 0  # what is not verified fills no field
    assert found["run.calls"] == 2
    assert (found["fields.injured.exact"], found["fields.killed.precision"]) == (1.0, 0.5)


def test_an_article_that_failed_counts_as_answered_wrong(server: ScriptedServer) -> None:
    """A model cannot gain by refusing."""
    server.script = [Answer(completion(None, refusal="I cannot help with that."))]
    settings = load_settings(model="m", base_url=server.url, use_ledger=False)
    found = values(evaluate_model([parsed()], settings))
    assert (found["extraction.valid"], found["extraction.event_type"], found["extraction.date"]) == (0.0, 0.0, 0.0)


def test_an_empty_toll_counts_as_an_answer_where_the_gold_is_empty_too(server: ScriptedServer) -> None:
    """Silence is right where the article is silent, and only there."""
    silent = {name: value for name, value in ferry_report().items() if name not in {"killed", "injured"}}
    server.script = [Answer(completion(json.dumps({"reports": [silent]})))]
    other = copy.deepcopy(gold_set())
    for article in other["articles"]:
        article["reports"][0]["injured"] = None
    settings = load_settings(model="m", base_url=server.url, use_ledger=False)
    found = values(evaluate_model([parse_set(other)], settings))
    assert (found["extraction.killed"], found["extraction.injured"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("kind", "parts", "value"),
    [
        ("share", [Part(1, 2, 0), Part(3, 4, 0)], 4 / 6),
        ("f1", [Part(2, 4, 3)], 4 / 7),
        ("b_cubed", [Part(3, 4, 2, 4)], 2 * 0.75 * 0.5 / 1.25),
        ("b_cubed", [Part(3, 8, 4, 4)], 2 * 0.75 * 0.5 / 1.25),
        ("b_cubed", [Part(0, 4, 0, 0)], 0.0),
        ("total", [Part(2, 9, 0), Part(1, 9, 0)], 3),
        ("mean", [Part(6.0, 4, 0)], 1.5),
        ("share", [Part(0, 0, 0)], None),
    ],
)
def test_figures_add_up_over_sets(kind: Any, parts: list[Part], value: float | None) -> None:
    """Sets weigh by what is counted in them."""
    assert figure(kind, parts) == (None if value is None else pytest.approx(value))


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    """The bootstrap is seeded; sets that differ widen it, equal ones do not."""

    def metric(hits: list[int]) -> Any:
        scores = Scores({"x": Definition("x")})
        for at, number in enumerate(hits):
            scores.add("x", f"set {at}", number, 4)
        return scores.metrics()["x"]

    wide, narrow = metric([0, 4, 1, 3]), metric([2, 2, 2, 2])
    assert wide == metric([0, 4, 1, 3])
    assert wide.low < wide.value < wide.high
    assert (narrow.low, narrow.value, narrow.high, narrow.n) == (0.5, 0.5, 0.5, 16)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"articles": [{}]}, "KeyError"),
        ({"origins": [["a1"]]}, "origins do not hold every article"),
        ({"origins": [["a1", "a2"], ["a2"]]}, "origins do not hold every article once"),
        ({"truth": {}}, "i1 is not in truth"),
        (
            {"conflicts": [{"incident": "i1", "field": "killed", "kind": "quarrel", "claims": []}]},
            "no kind of conflict",
        ),
    ],
)
def test_a_malformed_gold_file_says_what_is_wrong(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """The message names the file, the fault and where the format is described."""
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(gold_set() | change), encoding="utf-8")
    with pytest.raises(GoldError, match=said) as wrong:
        load_gold(file)
    assert "bad.json" in str(wrong.value)
    assert "FORMAT.md" in str(wrong.value)


def test_the_command_prints_a_table_and_writes_the_metrics(cli: Callable[..., CliRun], tmp_path: Path) -> None:
    """Each metric with value, interval and count; a second run is set beside the first."""
    file, out = tmp_path / "ferry-fire.json", tmp_path / "metrics.json"
    file.write_text(json.dumps(gold_set()), encoding="utf-8")
    run = cli("evaluate", file, "--gold-reports", "--out", out)
    assert run.code == 0
    assert "conflicts.recall" in run.out
    stored = json.loads(out.read_text(encoding="utf-8"))
    assert set(stored["metrics"]["merging.casualties"]) == {"value", "low", "high", "n"}
    assert set(stored["metrics"]) <= set(DEFINITIONS)
    beside = cli("evaluate", file, "--gold-reports", "--compare", out)
    assert beside.code == 0
    row = next(line for line in beside.out.splitlines() if line.startswith("alignment.b3_f1")).split()
    assert row == ["alignment.b3_f1", *["100.0%", "100.0%–100.0%", "2"] * 2, "+0.0"]
    assert read_evaluation(out).sets == 1


def test_a_run_to_compare_with_that_is_none_ends_with_one_line(cli: Callable[..., CliRun], tmp_path: Path) -> None:
    """A missing or foreign file is named, without a traceback."""
    run = cli("evaluate", tmp_path, "--gold-reports", "--compare", tmp_path / "nothing.json")
    assert run.code == 1
    assert "nothing.json" in run.err
    assert "Traceback" not in run.err


def test_the_corpus_of_the_repository_is_well_formed() -> None:
    """Every set of it parses, with its reports, origins and conflicts."""
    sets = load_gold(ROOT / "corpus" / "train") + load_gold(ROOT / "corpus" / "dev")
    assert len(sets) == 80
    assert all(gold.conflicts is not None and gold.articles for gold in sets)
