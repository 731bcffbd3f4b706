"""What the model was not sure of is not said; what it was sure of stays, letter for letter."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Article

from summarizer.extraction.asking import question, read_stored
from summarizer.extraction.confidence import sure_answer
from summarizer.extraction.profiles import resolve_profile
from summarizer.settings import Settings

LEAST = dict.fromkeys(("type", "stage", "killed", "by", "status", "weapons", "targets", "report"), 0.5)


def choice(*tokens: tuple[str, float]) -> dict[str, Any]:
    """A choice whose answer these tokens spell, each with its probability."""
    told = [{"token": token, "bytes": [*token.encode()], "logprob": math.log(share)} for token, share in tokens]
    answer = {"content": "".join(token for token, _ in tokens)}
    return {"message": answer, "logprobs": {"content": told}, "finish_reason": "stop"}


def said(*tokens: tuple[str, float]) -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = json.loads(sure_answer(choice(*tokens), LEAST) or "")
    return reports


def test_a_phrase_with_one_doubtful_token_is_not_said() -> None:
    """The number is the model's third choice: it does not know how many died."""
    toll = (('[{"role": "main", "type": "fire", "killed": "', 0.9), ("seven", 0.2), (" died", 1.0), ('"}]', 1.0))
    assert said(*toll) == [{"role": "main", "type": "fire"}]


def test_a_sure_phrase_stays() -> None:
    """Each token is more probable than it must be."""
    toll = (('[{"role": "main", "type": "fire", "killed": "', 0.9), ("seven", 0.6), (" died", 1.0), ('"}]', 1.0))
    assert said(*toll) == [{"role": "main", "type": "fire", "killed": "seven died"}]


def test_a_field_that_the_model_hardly_wanted_to_give_is_not_given() -> None:
    """The phrase is the only one that the grammar left, but the field's own name was doubtful."""
    toll = (('[{"role": "main", "type": "fire", "', 0.9), ("killed", 0.3), ('": "', 1.0), ("two", 0.9), ('"}]', 1.0))
    assert said(*toll) == [{"role": "main", "type": "fire"}]


def test_a_doubtful_item_leaves_the_others() -> None:
    """Of two perpetrators the one stays whose name and status are sure."""
    rest = (('"], ["', 1.0), ("an army", 0.9), ('", "', 1.0), ("suspected", 0.2), ('"]]}]', 1.0))
    by = (
        ('[{"role": "main", "type": "arson", "by": [["', 1.0),
        ("Fury", 0.9),
        ('", "', 1.0),
        ("claimed", 0.9),
        *rest,
    )
    assert said(*by) == [{"role": "main", "type": "arson", "by": [["Fury", "claimed"]]}]


def test_the_end_of_a_phrase_may_be_doubtful() -> None:
    """Where exactly a phrase ends, and what comes next, says nothing about whether it is true."""
    toll = (('[{"role": "main", "type": "fire", "killed": "', 1.0), ("two died", 0.9), ('"', 0.1), ("}]", 1.0))
    assert said(*toll)[0]["killed"] == "two died"


def test_a_further_report_that_the_model_doubted_is_left_out() -> None:
    """The model would rather have ended its answer."""
    more = (('}, {"', 0.3), ("role", 1.0), ('": "related", "type": "arson", "where": "Ayr"}]', 1.0))
    assert said(('[{"role": "main", "type": "fire"', 1.0), *more) == [{"role": "main", "type": "fire"}]


def test_what_a_dropped_report_led_to_is_dropped_with_it() -> None:
    """A sure report after a doubtful one would not be there without it."""
    second = (('}, {"', 0.3), ('role": "related", "type": "arson", "where": "Ayr"', 1.0))
    third = (('}, {"role": "related", "type": "fire", "where": "Bute"}]', 1.0),)
    assert len(said(('[{"role": "main", "type": "fire"', 1.0), *second, *third)) == 1


def test_a_related_report_of_which_nothing_is_left_is_left_out() -> None:
    """A kind of incident alone is no incident."""
    more = (('}, {"role": "related", "type": "arson", "killed": "', 1.0), ("two", 0.1), ('"}]', 1.0))
    assert len(said(('[{"role": "main", "type": "fire"', 1.0), *more)) == 1


def test_a_doubtful_kind_of_incident_stays() -> None:
    """A report cannot be without one."""
    assert said(('[{"role": "main", "type": "', 1.0), ("fire", 0.1), ('"}]', 1.0)) == [{"role": "main", "type": "fire"}]


def test_a_stage_that_the_model_is_sure_to_name_is_not_turned_into_its_opposite() -> None:
    """Attempted or foiled: either way it was not carried out."""
    stage = (('[{"role": "main", "type": "fire", "stage": "', 1.0), ("foiled", 0.4), ('"}]', 1.0))
    assert said(*stage)[0]["stage"] == "foiled"


def test_an_item_after_which_the_model_would_have_stopped_is_the_last() -> None:
    """That there is a second target was doubtful, which word it is was not."""
    targets = (
        ('[{"role": "main", "type": "arson", "targets": ["a bus"', 1.0),
        (', "', 0.1),
        ("Monday", 0.9),
        ('"]}]', 1.0),
    )
    assert said(*targets)[0]["targets"] == ["a bus"]


def test_an_answer_that_was_cut_off_is_left_to_those_who_handle_that() -> None:
    """Its error says what to do about it."""
    cut = choice(('[{"role": "main", "type": "fire", "killed": "', 1.0), ("two", 0.1)) | {"finish_reason": "length"}
    assert sure_answer(cut, LEAST) == cut["message"]["content"]


def test_an_answer_without_probabilities_is_taken_as_it_is() -> None:
    """A server that does not tell them is not punished."""
    assert sure_answer({"message": {"content": "[]"}}, LEAST) == "[]"


def test_only_the_embedded_model_is_asked_how_sure_it_was() -> None:
    """Other endpoints may know no such question, and charge for it."""
    article = Article(text="Two men died in a fire.")
    for model in ("openai/gpt-5-mini", "ollama/llama3"):
        profile = resolve_profile(Settings(model=model))
        assert "logprobs" not in question(profile, article, article.text)
    assert question(resolve_profile(Settings(model="embedded")), article, article.text)["logprobs"] is True


def test_what_stays_of_an_answer_is_a_valid_one() -> None:
    """The response model takes it, with what was doubtful left empty."""
    toll = (('[{"role": "main", "type": "fire", "killed": "', 0.9), ("seven", 0.2), (" died", 1.0), ('"}]', 1.0))
    completion = json.dumps({"choices": [choice(*toll)]})
    profile = replace(resolve_profile(Settings(model="embedded")), least_sure=LEAST)
    answer = read_stored(profile, completion)
    assert answer is not None
    assert [(report.event_type.value, report.killed) for report in answer.to_reports() if report.event_type] == [
        ("fire", None)
    ]


@given(
    st.lists(
        st.fixed_dictionaries(
            {"role": st.just("main"), "type": st.just("fire")},
            optional={
                "killed": st.text(min_size=1),
                "weapons": st.lists(st.text(min_size=1), min_size=1, max_size=3),
                "by": st.lists(st.tuples(st.text(min_size=1), st.just("claimed")), min_size=1, max_size=3),
            },
        ),
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_nothing_is_said_that_was_not_answered(reports: list[dict[str, Any]], chance: Any) -> None:
    """However an answer is cut into tokens: a sure one stays whole, a doubtful one only shrinks."""
    spelled = json.dumps(reports, ensure_ascii=False)
    cuts = sorted({0, len(spelled), *(chance.randrange(len(spelled)) for _ in range(8))})
    tokens = [spelled[a:b] for a, b in pairwise(cuts)]
    whole = json.loads(spelled)
    assert said(*((token, 0.9) for token in tokens)) == whole
    for report in said(*((token, chance.choice([0.1, 0.9])) for token in tokens)):
        assert any(set(map(str, _strings(report))) <= set(map(str, _strings(one))) for one in whole)


def _strings(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [part for item in value.items() for part in _strings(list(item))]
    return [part for item in value for part in _strings(item)] if isinstance(value, list) else [value]
