"""Training examples: what the server would see and the grammar would spell, and nothing that gold does not say."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summarizer.schemas import Article, Count, Finding, Place, Report

from summarizer.evaluation.gold import GoldArticle, GoldSet, load_gold
from summarizer.extraction.grammar import FIELDS
from training import days, figures, naming, noise
from training.augmenting import altered
from training.batches import Row, batches, held_out, padded
from training.example import Example, answer_text, grammar_of, read, request_text, write
from training.examples import build, is_trained_on, training_sets
from training.rewriting import sound
from training.words import Words

from . import test_gold_loaders as gold_rows
from .conftest import ROOT
from .gbnf import accepts

SETS = ["camp-rusafa-rockets", "hotel-fire-portugal", "india-chlorine-leak-2022", "usa-calloway-bend-supper"]


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """The examples of a few sets."""
    return [one for name in SETS for gold in load_gold(ROOT / "corpus/train" / f"{name}.json") for one in build(gold)]


def told(text: str, *reports: Report, **facts: str) -> Example:
    return Example("set/a1/0", "set", Article(text=text, **facts), reports or (Report(),))


def test_every_answer_is_what_the_grammar_spells(examples: list[Example]) -> None:
    """The model is never taught an answer that it could not give."""
    assert examples
    assert all(accepts(grammar_of(one), answer_text(one)) for one in examples)


def test_the_matcher_refuses_what_the_grammar_does(examples: list[Example]) -> None:
    """Words that the article does not hold, in an answer of the right shape, are no answer."""
    one = examples[0]
    assert not accepts(grammar_of(one), '[{"role": "main", "type": "fire", "when": "on Doomsday"}]')


def test_every_phrase_says_its_gold_value(examples: list[Example]) -> None:
    """Grounding reads the gold value out of each phrase, as it would from a model's answer."""
    assert all(sound(one) for one in examples)


def test_the_single_articles_teach_their_own_words() -> None:
    """Nearly every toll, day and place of the single articles is a phrase of the text that says the gold value."""
    singles = load_gold(ROOT / "corpus/singles", limit=12)
    built = [one for gold in singles for one in build(gold)]
    assert len(built) == sum(len(gold.articles) for gold in singles)
    assert all(sound(one) for one in built)
    assert sum(one.fields == FIELDS for one in built) >= 0.95 * len(built)


def test_the_request_is_the_prompt_of_the_profile(examples: list[Example]) -> None:
    """An example asks as the embedded profile does: the head, the folded article, the fields, nothing around them."""
    text = request_text(examples[0])
    assert text.startswith("### Article\nTrident Wire | 2023-03-09 | Rockets kill")
    assert text.endswith("\n### Fields\nall\n### Reports\n")


def test_dev_is_never_trained_on() -> None:
    """The builder refuses the folder that is scored."""
    with pytest.raises(ValueError, match="not trained on"):
        next(training_sets([ROOT / "corpus/dev"], None, None))


def test_what_is_scored_of_other_peoples_data_is_not_learned(tmp_path: Path) -> None:
    """MUC-4's test sets are left out, and a state of the Gun Violence Archive is either learned from or scored."""
    for name, template in (("dev-1", gold_rows.TEMPLATE), ("tst1-1", gold_rows.TEMPLATE)):
        with (tmp_path / "docs.jsonl").open("a") as file:
            file.write(json.dumps(gold_rows.DOCUMENT | {"doc_id": name}) + "\n")
        with (tmp_path / "templates.jsonl").open("a") as file:
            file.write(json.dumps(template | {"doc_id": name}) + "\n")
    assert [gold.id for gold in training_sets([], tmp_path, None)] == ["dev-1"]
    assert is_trained_on("gva-ohio-1") == is_trained_on("gva-ohio-2") != is_trained_on("gva-california-1")


def partial_gold(text: str, **values: object) -> GoldSet:
    report = Report(event_type=Finding(value="shooting"), **values)  # type: ignore[arg-type]
    article = GoldArticle("a1", Article(text=text, published="2024-05-15"), ("i1",), (report,))
    return GoldSet("partial", (article,), knows=frozenset(["location", "killed"]))


def test_partial_gold_asks_only_for_what_it_knows() -> None:
    """Of data with gold for places and deaths, nothing else is asked, and the words are found in the text."""
    gold = partial_gold(
        "Two men were killed in Milbury on Monday.",
        location=Finding(value=Place(name="Milbury")),
        killed=Finding(value=Count.exact(2)),
    )
    (one,) = build(gold)
    assert one.fields == ("where", "killed")
    assert json.loads(answer_text(one)) == [{"role": "main", "where": "Milbury", "killed": "Two men were killed"}]
    assert accepts(grammar_of(one), answer_text(one))


def test_a_value_whose_words_are_not_found_is_not_asked_for() -> None:
    """Gold that the text does not say in words that can be read teaches neither the value nor its absence."""
    gold = partial_gold(
        "Gunfire was heard in Milbury; the mayor grieves for the dead.",
        location=Finding(value=Place(name="Milbury")),
        killed=Finding(value=Count.exact(2)),
    )
    (one,) = build(gold)
    assert one.fields == ("where",)


def test_examples_come_back_as_they_were_written(examples: list[Example], tmp_path: Path) -> None:
    """A file of examples holds all there is to them."""
    write(examples, tmp_path / "examples.jsonl")
    assert read(tmp_path / "examples.jsonl") == examples


@settings(max_examples=25)
@given(st.data(), st.integers(0, 999))
def test_altered_forms_stay_true(examples: list[Example], data: st.DataObject, form: int) -> None:
    """Whatever is swapped, moved or cut: each phrase is a run of the text's words and says the value it had."""
    one = data.draw(st.sampled_from(examples[:6]))
    new = altered(one, form, examples)
    words = Words(new.article.text)
    phrases = re.findall(r'(?:"(?:when|where|killed|injured|missing|captured)": )(".*?(?<!\\)")', answer_text(new))
    assert all(words.spelled(json.loads(phrase)) for phrase in phrases)
    assert sound(new)


def test_altered_forms_can_be_made_again(examples: list[Example]) -> None:
    """The same example and form give the same result; another form gives another text."""
    one = examples[0]
    assert altered(one, 3, examples) == altered(one, 3, examples)
    assert altered(one, 3, examples).article.text != altered(one, 4, examples).article.text


@given(st.lists(st.integers(2, 60), min_size=1, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_sums_stay_sums(numbers: list[int], chance: object) -> None:
    """Where two figures made a third, their new ones make the new third; more stays more."""
    mapping = figures._mapping(sorted(numbers), chance)  # type: ignore[arg-type]
    if mapping is not None:
        for one in numbers:
            for other in numbers:
                assert (one < other) == (mapping[one] < mapping[other])
                if one + other in numbers:
                    assert mapping[one] + mapping[other] == mapping[one + other]


def test_figures_change_in_words_and_digits_alike() -> None:
    """A number word stays a word, and ages, times and calibres keep theirs."""
    text = figures._replaced("Seven people died, 7 in all, at 7 p.m.; a 7-year-old had a 7mm gun.", {7: 12})
    assert text == "Twelve people died, 12 in all, at 7 p.m.; a 7-year-old had a 7mm gun."


@given(st.integers(0, 99))
def test_number_words_are_read_as_they_are_written(number: int) -> None:
    """Every figure that can be written in words is read back."""
    assert figures.value_of(figures.in_words(number)) == number


def test_days_move_together() -> None:
    """Publish day, weekdays and written dates move by the same days."""
    one = told("The bridge fell on Tuesday, 14 May; the last check was on 2024-05-01.", published="2024-05-15T08:00")
    moved = days.moved_by(one, 2, 0)
    assert moved is not None
    assert moved.article.published == "2024-05-17T08:00"
    assert moved.article.text == "The bridge fell on Thursday, 16 May; the last check was on 2024-05-03."


def test_years_move_by_whole_weeks() -> None:
    """A story a year on keeps its weekdays, and a bare year is the next one."""
    one = told("It fell on Tuesday, May 14, 2024. It was built in 1998.", published="2024-05-15")
    moved = days.moved_by(one, 0, 1)
    assert moved is not None
    assert moved.article.text == "It fell on Tuesday, May 13, 2025. It was built in 1999."


def test_no_old_name_is_left(examples: list[Example]) -> None:
    """A place that is swapped is swapped wherever it stands, in the headline and in the answer too."""
    new = naming.renamed(examples[0], random.Random(1))
    assert new is not None
    assert "Rusafa" not in request_text(new) + answer_text(new)


def test_noise_leaves_the_answer_alone(examples: list[Example]) -> None:
    """Lines of a page around a story, and paragraphs that no answer rests on, change no answer."""
    for one in examples:
        for new in (noise.noisier(one, random.Random(2)), noise.cut_off(one), noise.shorter(one, random.Random(2))):
            assert new is None or answer_text(new) == answer_text(one)


def row(name: str, size: int) -> Row:
    return Row(name, name, tuple(range(10, 10 + size - 2)), (5, 1))


def test_a_pass_takes_every_row_once() -> None:
    """No row is left out of a pass or taken twice, no batch is over its tokens, and the seed decides the order."""
    data = [row(str(size), size) for size in range(3, 150)]
    found = list(batches(data, tokens=300, seed=1))
    assert sorted(one.id for batch in found for one in batch) == sorted(one.id for one in data)
    assert all(len(batch) * max(map(len, batch)) <= 300 for batch in found)
    assert found == list(batches(data, tokens=300, seed=1)) != list(batches(data, tokens=300, seed=2))


def test_only_answers_are_learned() -> None:
    """The places that get a loss are those from which the answer's tokens, and no others, are foretold."""
    ids, places, answers = padded([row("a", 5), row("b", 8)], pad=0)
    assert [ids[at][position + 1] for at, position in places] == answers == [5, 1, 5, 1]
    assert {len(line) for line in ids} == {8}


def test_held_out_sets_are_whole_and_seeded() -> None:
    """Validation takes whole sets, the same ones for the same seed, and leaves at least half to learn from."""
    names = [f"set-{number}" for number in range(20) for _ in range(4)]
    assert held_out(names, number=5, seed=7) == held_out(list(reversed(names)), number=5, seed=7)
    assert len(held_out(names, number=5, seed=7)) == 5
    assert len(held_out(names[:8], number=5, seed=7)) == 1


def test_a_part_of_the_fields_can_be_asked_for(examples: list[Example]) -> None:
    """An example that asks for less names what it asks for, and its answer holds nothing else."""
    one = next(one for one in examples if one.fields == FIELDS and '"killed"' in answer_text(one))
    asked = one.asking(("killed",))
    assert "### Fields\nkilled\n" in request_text(asked)
    assert set(json.loads(answer_text(asked))[0]) == {"role", "killed"}
    assert accepts(grammar_of(asked), answer_text(asked))


def test_kinds_are_learned_from_words(tmp_path: Path) -> None:
    """Words that stood in texts of one kind make that kind likely."""
    pytest.importorskip("sklearn", reason="the extra `training` is not installed")
    from summarizer.extraction import kinds
    from training.kinds import main

    bodies = {"fire": "flames and smoke", "robbery": "robbers took cash", "natural_disaster": "a flood drowned cattle"}
    texts = [{"event_type": kind, "title": "Morning", "text": f"{body} here"} for kind, body in bodies.items()]
    (tmp_path / "kinds-a.jsonl").write_text("\n".join(json.dumps(text) for text in texts * 3), encoding="utf-8")
    main(["--texts", str(tmp_path), "--out", str(tmp_path / "kinds.json")])
    learned = kinds.read_weights(tmp_path / "kinds.json")
    assert set(learned.classes) == set(bodies)
    assert {"morning", "here", "smoke"} <= set(learned.weights)
    chances = kinds.kind_chances("Smoke and flames over the port", learned)
    assert max(chances, key=chances.__getitem__) == "fire"


def test_texts_without_an_incident_are_learned_apart(
    tmp_path: Path, examples: list[Example], capsys: pytest.CaptureFixture[str]
) -> None:
    """Words of matches and budgets tell that nothing happened; real examples lend weight, but no words of their own."""
    pytest.importorskip("sklearn", reason="the extra `training` is not installed")
    from summarizer.extraction import kinds
    from training.kinds import main

    def written(folder: str, *bodies: str, **more: str) -> Path:
        (tmp_path / folder).mkdir()
        lines = [json.dumps({"title": None, "text": body, **more}) for body in bodies * 3]
        (tmp_path / folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path / folder

    texts = written("kinds", "flames and smoke killed sheep", "robbers took cash at gunpoint", event_type="fire")
    without = written("none", "the striker scored a late goal", "rates held by the bank at its meeting")
    also, out = tmp_path / "also.jsonl", tmp_path / "incidents.json"
    write(examples[:3], also)
    main(["--texts", str(texts), "--without", str(without), "--also", str(also), "--out", str(out),
          "--check", str(without / "a.jsonl")])  # fmt: skip
    assert capsys.readouterr().out.endswith("a.jsonl: said to report no incident 0 of 6\n")  # too few words
    learned = kinds.read_weights(out)
    assert learned.classes == ("incident", "none")
    assert set(learned.weights) == {word for body in texts_of(texts, without) for word in body.split()}
    told = "robbers killed sheep with smoke and flames and took cash at gunpoint the late bank meeting"
    quiet = "the striker scored a late goal at its meeting by the bank held rates at late its a the"
    assert [kinds.reports_none(text, 0.5, learned) for text in (told, quiet)] == [False, True]


def texts_of(*folders: Path) -> list[str]:
    lines = [line for folder in folders for line in (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines]
