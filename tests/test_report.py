"""The HTML report without a browser: one self-contained page, honest, inert, and the same for the same record."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import Count, Perpetrator, Relation, Statement, Summary, Weapon

from summarizer.rendering import render
from summarizer.rendering.arcs import arcs
from summarizer.rendering.differences import differing
from summarizer.rendering.intervals import intervals
from summarizer.rendering.passages import Proof, mark_text
from summarizer.rendering.timeline import timeline
from summarizer.rendering.view import view

from .gold import rusafa
from .summaries import SOURCES, agreed, disputed_injured, field, incident, said, source, summary

HOSTILE = (
    "</script><script>alert(1)</script></template><img src=x onerror=alert(1)> {{ 7*6 }} javascript:alert(1) \u2028"
)


class Page(HTMLParser):
    """What a browser would make of the page: tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[str]:
        return [value or "" for _, attribute, value in self.attributes if attribute == name]


def hostile() -> Summary:
    """A record whose every string tries to become code."""
    sources = [
        source(
            id, origin, text=HOSTILE + "words " * 20, title=HOSTILE, publisher=HOSTILE, url=f"javascript:alert('{id}')"
        )
        for id, origin in SOURCES.items()
    ]
    made = incident(
        title=HOSTILE,
        injured=disputed_injured(),
        weapons=[agreed(Weapon(name=HOSTILE), "s1", quote=HOSTILE)],
        statements=[agreed(Statement(speaker=HOSTILE), "s2", quote=HOSTILE)],
        why_together=HOSTILE,
    )
    return summary(made, sources=sources)


def test_the_page_is_whole_and_its_links_lead_somewhere() -> None:
    """Every anchor that is linked exists, once; nothing is loaded from anywhere."""
    page = Page(render(rusafa(), "html"))
    anchors = page.all("id")
    assert len(anchors) == len(set(anchors))
    assert {link[1:] for link in page.all("href") if link.startswith("#")} <= set(anchors)
    assert not [link for link in page.all("href") if not link.startswith(("#", "https://", "http://"))]
    assert not page.all("src")
    assert not {"link", "img", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"]


def test_every_located_quote_is_marked_letter_for_letter() -> None:
    """The marked pieces of each quote, put together, are the article's words between start and end."""
    made = rusafa()
    page = render(made, "html")
    marked: dict[str, str] = {}
    for keys, words in re.findall(r'<mark class="\w+" data-quotes="([^"]+)">(.*?)</mark>', page, re.DOTALL):
        for key in keys.split():
            marked[key] = marked.get(key, "") + words
    spans = {
        (f"a{number}-{entry.start}-{entry.end}", (one.text or "")[entry.start : entry.end])
        for number, one in enumerate(made.sources, start=1)
        for part in view(made).incidents
        for row in part.rows
        for entry in row.field.support
        if entry.source == one.id and entry.start is not None
    }
    assert len(spans) > 80
    for key, words in spans:
        unescaped = marked[key].replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
        assert unescaped == words.replace("\n", "")


def test_a_disputed_field_stands_first_of_all() -> None:
    """The page opens with what is in dispute: the field, the figures against each other, and who gives them."""
    text = " ".join(Page(render(rusafa(), "html")).text.split())
    box = text[text.index("In dispute") : text.index("What each report gave")]
    assert "Injured 14 s1 s3 s5" in box
    assert "18 s2" in box


def test_perpetrators_that_stand_against_each_other_are_one_dispute() -> None:
    """A list's items whose claims meet are told once, each name with its sources."""
    one, other = (Perpetrator(name=name, status="claimed") for name in ("Red Band", "Blue Band"))
    claims = [(one, ["s1"]), (other, ["s3"])]
    items = [
        field(who, said(id, who), kind="attribution", claims=claims, why="different")
        for who, id in zip((one, other), ("s1", "s3"), strict=True)
    ]
    text = " ".join(Page(render(summary(incident(perpetrators=items)), "html")).text.split())
    box = text[text.index("In dispute") : text.index("When")]
    assert box.count("Perpetrator ") == 1
    assert "Red Band (claimed) s1 Blue Band (claimed) s3" in box


def test_sources_that_name_nobody_are_a_side_of_the_dispute() -> None:
    """Whom one source accuses and three leave out is disputed by the three, by name."""
    listed = re.search(r'<section class="disputes".*?</section>', render(rusafa(), "html"), re.DOTALL)
    assert listed is not None
    assert re.search(r"Kataib al-Rimah.*?nobody named.*?s1 s2 s3", listed.group(), re.DOTALL)


def test_an_explained_difference_is_not_marked_as_a_dispute() -> None:
    """An early toll is amber in its article, a contradicted one red."""
    page = render(rusafa(), "html")
    assert '<mark class="differs"' in page
    twelve, five = Count.exact(12), Count.exact(5)
    update = field(
        twelve, said("s1", five, stance="differs"), said("s3", twelve), kind="update",
        claims=[(five, ["s1"]), (twelve, ["s3"])], why="later",
    )  # fmt: skip
    texts = [source(id, origin, text="words and more") for id, origin in SOURCES.items()]
    page = render(summary(incident(killed=update), sources=texts), "html")
    assert '<mark class="explained"' in page
    assert '<mark class="differs"' not in page


def test_an_unverified_value_is_shown_as_such_on_the_card() -> None:
    """Words that were not found never make a value; they stand there with their mark."""
    doubt = field(None, said("s3", Count.exact(77), verified=False, quote="heaps of them"))
    page = Page(render(summary(incident(captured=doubt)), "html"))
    text = " ".join(page.text.split())
    assert "unverified not known" in text
    assert "not verified: 77" in text
    assert "“heaps" in text or "heaps of them" in text


def test_a_record_without_texts_says_so() -> None:
    """Panes of a stored record without texts name the option that stores them; its quotes are still shown."""
    bare = [one.model_copy(update={"text": None}) for one in rusafa().sources]
    text = Page(render(rusafa().model_copy(update={"sources": bare}), "html")).text
    assert text.count("The record holds no text of this article") == 5
    assert "Fourteen other coalition personnel were wounded" in text


def test_the_same_record_gives_the_same_page() -> None:
    """Byte for byte, and also when it was stored in between."""
    stored = Summary.model_validate_json(render(rusafa(), "json"))
    assert render(stored, "html") == render(rusafa(), "html")


def test_the_page_carries_its_record() -> None:
    """The record without texts, as JSON that reads back into the same summary."""
    page = render(rusafa(), "html")
    (record,) = re.findall(r'<script type="application/json" id="record">(.*?)</script>', page, re.DOTALL)
    bare = [one.model_copy(update={"text": None}) for one in rusafa().sources]
    assert Summary.model_validate(json.loads(record)) == rusafa().model_copy(update={"sources": bare})


def test_hostile_text_becomes_neither_markup_nor_code() -> None:
    """A record full of tags, closing tags, templates and script addresses adds no element, link or attribute."""
    page = Page(render(hostile(), "html"))
    assert page.tags.count("script") == 2
    assert "img" not in page.tags
    assert not [link for link in page.all("href") if "javascript" in link]
    assert "{{ 7*6 }}" in page.text
    assert "\u2028" not in render(hostile(), "html").split('id="record">')[1].split("</script>")[0]


def test_only_the_pages_own_script_and_style_may_run() -> None:
    """The policy forbids everything and names two hashes; no `unsafe` word is in it."""
    page = render(summary(), "html")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_ids_of_a_foreign_record_are_only_words() -> None:
    """Source ids of a record from elsewhere may be anything; anchors are numbers of ours."""
    bad = 's1"><script>'
    made = incident(sources=[bad], killed=field(Count.exact(1)))
    page = Page(render(summary(made, sources=[source("s1", "o1").model_copy(update={"id": bad})], origins=[]), "html"))
    assert page.tags.count("script") == 2


@pytest.mark.parametrize("span", [(-5, 3), (3, 3), (4, 10_000), (9, 2)])
def test_spans_outside_the_text_mark_nothing(span: tuple[int, int]) -> None:
    """Offsets that no text has are left out, not guessed."""
    marked = mark_text("some words", [Proof(*span, "supports", "r", "w")], article="a1")
    assert marked.passages == []
    assert [run.text for run in marked.paragraphs[0]] == ["some words"]


@given(
    st.text(alphabet="ab 👍é\n", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_marking_loses_no_letter_and_marks_no_other(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever quotes overlap: the paragraphs are the text's lines, and each quote's pieces are its words."""
    inside = [(start, end) for start, end in spans if start < end <= len(text)]
    marked = mark_text(text, [Proof(*span, "supports", "r", "w") for span in spans], article="a1")
    lines = [
        "".join(run.text + "".join(piece.text for piece in run.pieces) for run in runs) for runs in marked.paragraphs
    ]
    assert lines == [line for line in text.split("\n") if line.strip()]
    pieces = [piece for runs in marked.paragraphs for run in runs for piece in run.pieces]
    for start, end in inside:
        own = "".join(piece.text for piece in pieces if f"a1-{start}-{end}" in piece.quotes.split())
        assert own.split() == "".join(part for part in _shown(text, start, end)).split()


def _shown(text: str, start: int, end: int) -> list[str]:
    """The quote's words, line by line, without the lines of blanks that no paragraph has."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(line[max(start - at, 0) : max(end - at, 0)])
        at += len(line) + 1
    return found


def test_signs_that_turn_text_around_are_shown_as_signs() -> None:
    """A bidi override or a control is replaced one for one; marks that Arabic needs stay."""
    marked = mark_text("a\u202eb\x00c\u200fd\ud800", [], article="a1")
    assert marked.paragraphs[0][0].text == "a\ufffdb\ufffdc\u200fd\ufffd"


def test_differing_words_are_those_that_no_near_quote_has() -> None:
    """Figures stand out; case and the spelling of a number do not."""
    assert differing("18 were wounded", ["Fourteen were wounded"]) == [("18", True), (" were wounded", False)]
    assert differing("Fourteen were wounded", ["14 were Wounded"]) == [("Fourteen were wounded", False)]
    assert differing("alone", []) == [("alone", False)]


def test_an_update_is_a_step_and_a_contradiction_a_fork() -> None:
    """One line that changes its height, or a line for each figure that leaves the first."""
    twelve, five = Count.exact(12), Count.exact(5)
    update = field(
        twelve, said("s1", five, stance="differs"), said("s3", twelve), kind="update",
        claims=[(five, ["s1"]), (twelve, ["s3"])], why="later",
    )  # fmt: skip
    made = summary(incident(killed=update, injured=disputed_injured()))
    drawn = timeline(view(made).incidents[0], made)
    assert drawn is not None
    injured, killed = drawn.panels
    assert (killed.shape, len(killed.lines), killed.lines[0].path.count("V")) == ("steps", 1, 1)
    assert (injured.shape, len(injured.lines)) == ("fork", 2)
    assert [line.label for line in injured.lines] == ["18  s3", "14  s1 s2"]
    assert "L" in injured.lines[0].path
    assert injured.told == "s1 14, s2 14, s3 18"


def test_a_toll_is_drawn_from_low_to_high() -> None:
    """A range is a bar, an open end stays open, and who differs stands on the same scale."""
    made = incident(killed=agreed(Count.between(7, 9)), missing=agreed(Count.at_least(4)), injured=disputed_injured())
    injured, killed, missing = intervals(view(summary(made)).incidents[0].rows)
    assert killed.low < killed.high
    assert killed.best is None
    assert missing.open_high
    assert [(other.words, other.sources) for other in injured.others] == [("18", "s3")]
    assert injured.best is not None
    assert injured.others[0].x > injured.best


def test_relations_are_drawn_once_each() -> None:
    """An answer has an arrow to what it answers; what is told together is joined once."""
    first = incident(relations=[Relation(incident="i2", kind="reported_with", sources=["s1"])])
    second = incident(
        id="i2",
        relations=[
            Relation(incident="i1", kind="reported_with", sources=["s1"]),
            Relation(incident="i3", kind="retaliation_for", sources=["s1"]),
            Relation(incident="gone", kind="retaliation_for", sources=["s1"]),
        ],
    )
    drawn = arcs(summary(first, second, incident(id="i3")))
    assert drawn is not None
    assert [(arc.told, bool(arc.arrow)) for arc in drawn.arcs] == [
        ("1 reported with 2", False),
        ("2 retaliation for 3", True),
    ]
    assert arcs(summary(incident())) is None


def test_twenty_articles_make_less_than_a_megabyte() -> None:
    """Twenty articles of the usual length on one incident, every field with its quotes."""
    made = rusafa()
    copies: dict[str, Any] = {f"s{at + 1}": made.sources[at % 5].id for at in range(20)}
    grown = made.model_dump(mode="json")
    old = {one["id"]: one for one in grown["sources"]}
    grown["sources"] = [{**old[was], "id": id} for id, was in copies.items()]
    for event in grown["incidents"]:
        event["sources"] = [id for id, was in copies.items() if was in event["sources"]]
        for value in event.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and "support" in one:
                    entries = {entry["source"]: entry for entry in one["support"]}
                    one["support"] = [{**entries[was], "source": id} for id, was in copies.items() if was in entries]
    page = render(Summary.model_validate(grown), "html")
    assert page.count('<article class="pane"') == 20
    assert len(page.encode()) < 900_000


def test_no_incident_is_a_page_too() -> None:
    """Articles without an incident still make a report that says so."""
    assert "No incident was found." in Page(render(summary(), "html")).text


def test_the_pages_parts_hold_no_address() -> None:
    """Template, style and script name no place on the network."""
    folder = Path(__file__).resolve().parent.parent / "summarizer" / "rendering" / "page"
    for part in folder.iterdir():
        assert "://" not in part.read_text(encoding="utf-8")
