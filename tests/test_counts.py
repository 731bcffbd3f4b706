"""Promises of counting: words of an article become counts in UCDP's shapes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Count
from summarizer.schemas.values import Outcome

from summarizer.grounding.counts import parse_count
from summarizer.grounding.figures import figures_in

EXACT = """
two soldiers and a driver | killed | 3
two soldiers, a driver and their interpreter | killed | 4
Two American soldiers and a Danish soldier were killed | killed | 3
a man and his son | killed | 2
Three men, a father and two sons, were killed | killed | 3
the deaths of two American soldiers and a Dane | killed | 3
A mother and two of her children have died | killed | 3
killing six soldiers and a civilian driver | killed | 7
Six people, including two children, were killed | killed | 6
Twenty-seven persons, eight of them policemen, are injured | injured | 27
twelve and not nine | captured | 12
Seven dead, then, and not five | killed | 7
nine dead, three more than on the first evening | killed | 9
nobody was hurt | injured | 0
no casualties | injured | 0
no injuries | injured | 0
No one is unaccounted for | missing | 0
Nobody has died. | killed | 0
The number of deaths is nil | killed | 0
two of the 14 later died | killed | 2
two of the 14 wounded later died | injured | 12
all but three of the 41 aboard | killed | 38
1,200 people were killed | killed | 1200
3.5 million people fell ill | injured | 3500000
a couple | injured | 2
half a dozen | injured | 6
a score | killed | 20
killed Jaafar al-Sawari | killed | 1
Srour, 58, died | killed | 1
killed an American contractor | killed | 1
killed the group's field commander | killed | 1
ended the life of a contractor | killed | 1
singeing the hands of a clerk | injured | 1
Tavallali and his bodyguard | killed | 2
Three more people have died | killed | 3
the killing of three of its soldiers | killed | 3
dead: 4, wounded: 7 | killed | 4
dead: 4, wounded: 7 | injured | 7
killing eight and wounding five | killed | 8
killing eight and wounding five | injured | 5
Two soldiers were killed and four others wounded | injured | 4
Two soldiers were killed and four others wounded | killed | 2
killed three people and wounded nine others | injured | 9
killed three people and nine others were wounded | killed | 3
killed three people and nine others were wounded | injured | 9
No one was killed or injured | injured | 0
No one was killed but five were hurt | killed | 0
No one was killed but five were hurt | injured | 5
a gunman killed three people | killed | 3
three people were killed by two gunmen | killed | 3
a rocket barrage killed three coalition soldiers | killed | 3
a 27-year-old medic | killed | 1
a 19-year-old was slashed | injured | 1
Zmaray, 23, was killed | killed | 1
12 people drowned at 3 a.m. on 12 June | killed | 12
risen by 15 to 26 | killed | 26
has gone up to five | killed | 5
death toll on land meanwhile rose to 38 | killed | 38
a fifth soldier has died | killed | 5
A third man has meanwhile died | killed | 3
a third is missing | missing | 1
How many are dead? Nine | killed | 9
Three men were fatally injured | killed | 3
no casualties | killed | 0
none of the six had been found | missing | 6
All three are hurt | injured | 3
Dead: 16 | killed | 16
the number of the dead has become 11 | killed | 11
the injury of (26) civilians | injured | 26
forty-three deaths | killed | 43
one hundred and twelve people were killed | killed | 112
Two hundred people were hurt | injured | 200
nine people burned to death | killed | 9
a surveyor's guard was stoned to death | killed | 1
four members of one family have now died | killed | 4
twenty&#8209;two wounded | injured | 22
"""
SHAPED = [
    ("at least a dozen", Count.at_least(12)),
    ("more than 100", Count.at_least(100)),
    ("no fewer than 61 were taken to hospital", Count.at_least(61)),
    ("over 40 people", Count.at_least(40)),
    ("more than two dozen fighters", Count.at_least(24)),
    ("some 14", Count.about(14)),
    ("about 30", Count.about(30)),
    ("Nearly forty people", Count.about(40)),
    ("Twenty-odd wounded", Count.about(20)),
    ("ten or so", Count.about(10)),
    ("up to 20", Count.at_most(20)),
    ("fewer than 20", Count.at_most(20)),
    ("no more than 7", Count.at_most(7)),
    ("between 30 and 40", Count.between(30, 40)),
    ("30 to 40", Count.between(30, 40)),
    ("30-40 people", Count.between(30, 40)),
    ("Between four and six more people", Count.between(4, 6)),
    ("several people", Count.vague(3)),
    ("dozens", Count.vague(24)),
    ("Scores were hurt", Count.vague(40)),
    ("hundreds of people", Count.vague(200)),
    ("at least two soldiers and a driver", Count.at_least(3)),
]
ROWS = [tuple(part.strip() for part in line.split("|")) for line in EXACT.strip().splitlines()]


GROUPS = tomllib.loads((Path(__file__).parent / "data" / "count_phrases.toml").read_text(encoding="utf-8"))
TABLE = [(phrase, group, written) for group, phrases in GROUPS.items() for phrase, written in phrases.items()]


def count(written: str) -> Count | None:
    """The count that a line of the table means."""
    figures = [int(figure) for figure in re.findall(r"\d+", written)]
    if written == "none":
        return None
    if len(figures) == 2:
        return Count.between(*figures)
    shapes = {"at least": Count.at_least, "at most": Count.at_most, "about": Count.about, "and up": Count.vague}
    return next((make for words, make in shapes.items() if words in written), Count.exact)(figures[0])


def test_the_table_is_long() -> None:
    """At least 100 ways to count people are promised."""
    assert len(TABLE) >= 100


@pytest.mark.parametrize(
    ("phrase", "group", "written"), TABLE, ids=[f"{phrase} ({group})" for phrase, group, _ in TABLE]
)
def test_phrase(phrase: str, group: str, written: str) -> None:
    """Words about people mean this count of those killed, injured, missing or captured, or none."""
    outcome = group if group in get_args(Outcome) else None
    assert parse_count(phrase, outcome, of_people=group != "things") == count(written)


@pytest.mark.parametrize(("phrase", "outcome", "number"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_exact(phrase: str, outcome: str, number: str) -> None:
    """A phrase that says one number of people counts them, parts summed."""
    assert parse_count(phrase, outcome) == Count.exact(int(number))


@pytest.mark.parametrize(("phrase", "count"), SHAPED, ids=[phrase for phrase, _ in SHAPED])
def test_qualified(phrase: str, count: Count) -> None:
    """Words of vagueness set the shape of the interval."""
    assert parse_count(phrase) == count


@pytest.mark.parametrize(
    ("phrase", "outcome"),
    [
        ("", None),
        ("107mm rockets", None),
        ("at 7:35 p.m.", None),
        ("on 12 June 2019", None),
        ("four kilometres", None),
        ("$30,000", None),
        ("two hours", None),
        ("killing eight", "injured"),
        ("five were wounded", "killed"),
        ("was cut in the roof", "injured"),
    ],
)
def test_no_count(phrase: str, outcome: str | None) -> None:
    """Times, dates, distances, money, calibres and other outcomes are no counts."""
    assert parse_count(phrase, outcome) is None


def test_other_scripts() -> None:
    """The digits of any script count."""
    assert parse_count("١٤ people were killed", "killed") == Count.exact(14)
    assert parse_count("१२ soldiers") == Count.exact(12)


@given(st.text(max_size=200), st.sampled_from(["killed", "injured", "missing", "captured", None, "aboard"]))
def test_any_text(phrase: str, outcome: str | None) -> None:
    """No text makes counting fail, and the same words give the same count twice."""
    assert parse_count(phrase, outcome) == parse_count(phrase, outcome)


@given(st.integers(1, 99_999))
def test_digits(number: int) -> None:
    """Any figure is counted, with or without marks of thousands."""
    assert parse_count(f"{number} people were killed", "killed") == Count.exact(number)
    assert parse_count(f"{number:,} people were killed", "killed") == Count.exact(number)


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("2 1/2 tonnes", 2.5),
        ("two and a half hours", 2.5),
        ("€2.4m", 2_400_000),
        ("3.5 million dollars", 3_500_000),
        ("half a million", 500_000),
        ("dozens of shells", 24),
        ("1,200 hectares", 1200),
        ("a magnitude 6.8 quake", 6.8),
        ("Eighteen 107mm rockets", 18),
        ("both engines", 2),
        ("two hundred and ten kilometres", 210),
        ("400 000 euros", 400_000),
    ],
)
def test_figures(words: str, figure: float) -> None:
    """A quantity's figure is found in digits, number words and fractions."""
    assert figure in figures_in(words)


def test_figures_are_not_invented() -> None:
    """A figure that does not stand in the words is not found."""
    assert 19 not in figures_in("Eighteen 107mm rockets landed inside the perimeter")
    assert 4 not in figures_in("14 vehicles")


@pytest.mark.parametrize(
    "phrase",
    [
        "People were killed",
        "Soldiers were killed",
        "Police killed",
        "Many were killed",
        "Residents died",
        "Miners died",
    ],
)
def test_people_without_a_number_are_not_one(phrase: str) -> None:
    """A capital at the head of a sentence makes no name of a word for many."""
    assert parse_count(phrase, "killed") is None
