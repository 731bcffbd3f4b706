"""Scores of models: what a model leaves out, invents or answers next to nothing about never does it good."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from summarizer.evaluation import Evaluation, GoldSet, evaluate_gold_reports, evaluate_model
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
