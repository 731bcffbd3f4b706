"""Promises of the origins: copies of one text are one witness, and everyone else counts."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summarizer.schemas import Article

from summarizer.articles.credits import same_wire
from summarizer.origins import group_origins, wire_credit

WIRE = (
    "PORT LUMEN (Quill Wire) - Two ferries collided off Port Lumen at dawn on Friday, throwing dozens of passengers "
    "into cold water, the harbour board said. Nine people were taken to hospital, three of them with broken bones. "
    "Divers searched the wreck of the Halcyon until noon and found nobody inside. The captain of the second ferry, a "
    "man of 52 who has sailed the strait for twenty years, was questioned by the coast police and released. Fog had "
    "closed the strait twice in the past week, and fishermen said that the light on the outer mole had been dark."
)
LOCAL = (
    "Fishmongers were first to hear it. Mirela Dosan was laying out bream when the whistle came, long and then short, "
    "and by the time she reached the sea wall men were already wading. Her nephew pulled a girl out by her coat. Nine "
    "went to the infirmary in the end, and the harbour board promised a report before the autumn, as it always does. "
    "The lamp on the mole, everybody here will tell you, has not burned since the storm in February."
)
SPEECH = (
    '"We shall find out why this light was dark, we shall find out who knew of it, and those who knew will answer '
    'for it before a court and before the families of this town, I promise you that as a sailor and as a mayor"'
)
WORDS = [f"word{number}" for number in range(3000)]


def article(text, publisher=None):
    return Article(text=text, publisher=publisher)


def grouped(articles):
    return [origin.sources for origin in group_origins(articles)]


def test_a_copy_and_its_source_share_an_origin():
    """A shortened, lightly edited copy belongs to the story that it copies, and the reason names the shared text."""
    copy = WIRE.replace("dozens of passengers", "scores of people").replace("the harbour board said", "officials said")
    origins = group_origins({"s1": article(WIRE), "s2": article(copy[:420]), "s3": article(LOCAL)})
    assert [origin.sources for origin in origins] == [["s1", "s2"], ["s3"]]
    assert "words in a row" in origins[0].why
    assert "s1 credits Quill Wire" in origins[0].why
    assert origins[1].why == "own reporting; no long shared text with another source"


def test_a_partial_copy_within_a_longer_report_shares_the_origin():
    """An article that takes over the body of a wire story and adds as much of its own does not stand alone."""
    assert grouped({"s1": article(WIRE), "s2": article(LOCAL + "\n\n" + WIRE[60:380])}) == [["s1", "s2"]]


def test_independent_reports_of_one_event_stay_apart():
    """Two reporters who tell of one event in their own words are two origins."""
    assert grouped({"s1": article(WIRE), "s2": article(LOCAL)}) == [["s1"], ["s2"]]


def test_a_shared_quotation_makes_no_common_origin():
    """Two reporters at one press conference write down the same sentence and remain two."""
    assert grouped({"s1": article(f"{WIRE} {SPEECH}."), "s2": article(f"{LOCAL} {SPEECH}.")}) == [["s1"], ["s2"]]


def test_one_wire_credited_by_both_is_not_enough():
    """Two different stories of one service stay apart: the credit alone proves nothing."""
    assert grouped({"s1": article(WIRE), "s2": article(f"PORT LUMEN (Quill Wire) - {LOCAL}")}) == [["s1"], ["s2"]]


def test_copies_of_copies_are_one_origin():
    """Where a second copy resembles only the first copy, all three go back to one text."""
    rng = random.Random(7)
    first, second, third = (" ".join(rng.choices(WORDS, k=150)) for _ in range(3))
    texts = {"s1": first, "s2": f"{first} {second}", "s3": f"{second} {third}"}
    assert grouped({source: article(text) for source, text in texts.items()}) == [["s1", "s2", "s3"]]


def test_identical_short_texts_are_one_origin():
    """A text too short for shingles is still recognised when it is the same, but for case and punctuation."""
    origins = group_origins({"s1": article("Port Lumen closed."), "s2": article("PORT LUMEN CLOSED")})
    assert [origin.sources for origin in origins] == [["s1", "s2"]]
    assert "the same text" in origins[0].why


def test_no_articles_have_no_origins():
    """An empty mapping gives an empty list."""
    assert group_origins({}) == []


def test_ids_follow_the_natural_order_of_the_sources():
    """`s2` comes before `s10`, and the first origin holds the first source."""
    rng = random.Random(3)
    articles = {f"s{number}": article(" ".join(rng.choices(WORDS, k=60))) for number in (10, 2, 1)}
    assert [(origin.id, origin.sources) for origin in group_origins(articles)] == [
        ("o1", ["s1"]),
        ("o2", ["s2"]),
        ("o3", ["s10"]),
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_order_of_the_articles_changes_nothing(data):
    """Any order of the mapping gives the same origins, and every source stands in exactly one."""
    pieces = [WIRE[:250], WIRE[250:], LOCAL[:220], LOCAL[220:], SPEECH, "", "Port Lumen closed."]
    texts = data.draw(st.lists(st.lists(st.sampled_from(pieces), min_size=1, max_size=3), min_size=1, max_size=7))
    articles = {f"s{number}": article(" ".join(text) + ".") for number, text in enumerate(texts, 1)}
    shuffled = dict(data.draw(st.permutations(list(articles.items()))))
    origins = group_origins(articles)
    assert group_origins(shuffled) == origins
    assert sorted(source for origin in origins for source in origin.sources) == sorted(articles)


def test_many_articles_are_not_compared_pair_by_pair():
    """A thousand unrelated articles and a story with five hundred copies take seconds."""
    rng = random.Random(1)
    stock = "did not immediately respond to a request for comment on monday"
    articles = {f"s{n}": article(" ".join([*rng.choices(WORDS, k=120), stock])) for n in range(1000)}
    articles |= {f"s{n}": article(WIRE + " " + " ".join(rng.choices(WORDS, k=20))) for n in range(1000, 1500)}
    started = time.perf_counter()
    sizes = sorted(len(sources) for sources in grouped(articles))
    assert time.perf_counter() - started < 10
    assert sizes == [1] * 1000 + [500]


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("PORT LUMEN (Quill Wire) - Two ferries collided.", "Quill Wire"),
        ("Washington (Reuters) – Two ferries collided.", "Reuters"),
        ("LUMEN, Nov 13 (QWS): Two ferries collided.", "QWS"),
        ("LUMEN, April 11. /Sea-Inform/. Two ferries collided.", "Sea-Inform"),
        ("Two ferries collided. – Reuters", "Reuters"),
        ("Two ferries collided.\n\n(Tidewire, with staff reporting)", "Tidewire"),
        ("Two ferries collided, officials said. (AP)", "AP"),
        ("Via Financial Times\n\nTwo ferries collided.", "Financial Times"),
        ("Two ferries collided.\nReporting by Corsair; additional reporting by our correspondent", "Corsair"),
        ("Two ferries collided.\n(Allied Sea Dispatch contributed to this report.)", "Allied Sea Dispatch"),
        ("Two ferries (Halcyon and Tern) collided, a source told Reuters.", None),
        ("Two ferries collided.\n— Maria Dosan", None),
        ("Two ferries collided. The captain (52) was held.", None),
        ("LUMEN (Ireland) - Two ferries collided.", None),
        ("THE LUMEN STAR | ANALYSIS\nTwo ferries collided.", None),
    ],
)
def test_the_credited_wire_is_read_where_wires_are_credited(text, credit):
    """Datelines, signatures and credit lines name the service; a mention in the story or a byline does not."""
    assert wire_credit(article(text)) == credit


def test_an_outlet_s_own_copyright_line_is_no_credit():
    """A channel that prints its own copyright line credits nobody."""
    text = "Two ferries collided.\nCopyright 2020 Channel 4 Lumen News. All rights reserved."
    assert wire_credit(article(text, "Channel 4 Lumen News")) is None


def test_the_short_forms_of_a_wire_s_name_mean_one_service():
    """Capitals, a short form and the initials are the same service; another name is not."""
    assert same_wire("QUILL WIRE", "Quill Wire")
    assert same_wire("Corsair", "Corsair News Service")
    assert same_wire("QNS", "Quill News Service")
    assert not same_wire("Reuters", "Quill Wire")
