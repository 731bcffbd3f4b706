"""What people see of a summary: honest about disputes and doubts, and safe whatever the articles say."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from rich.console import Console
from summarizer.schemas import (
    Count,
    DateSpan,
    Failure,
    Perpetrator,
    Place,
    Relation,
    Sentence,
    Statement,
    Summary,
    Target,
    Weapon,
)

from summarizer.rendering import print_table, render
from summarizer.rendering.markdown import escape, line, link
from summarizer.rendering.plain import plain

from .summaries import agreed, disputed_injured, field, incident, said, source, summary

HOSTILE = "\x1b[31mred\x1b[0m [bold]loud[/bold] <script>alert(1)</script> [x](javascript:alert(1)) | `tick` </article>"


def table(made: Summary, *, width: int = 80, quotes: bool = False) -> str:
    page = io.StringIO()
    print_table(made, Console(file=page, width=width), quotes=quotes)
    return page.getvalue()


def text(made: Summary, shape: str, *, quotes: bool = False) -> str:
    if shape == "md":
        return render(made, "md", quotes=quotes)
    return table(made, width=int(shape), quotes=quotes)


def rusafa(**parts: Any) -> Summary:
    facts: dict[str, Any] = {
        "title": "Rockets at Camp Rusafa",
        "event_type": agreed("rocket_or_missile_attack", "s1", "s2", "s3", "s4"),
        "location": agreed(Place(name="Camp Rusafa", country="Iraq"), "s1", "s3"),
        "date": agreed(DateSpan(start="2023-03-08"), "s1"),
        "killed": agreed(Count.exact(3), "s1", "s2", "s3", "s4"),
        "injured": disputed_injured(),
        "narrative": [Sentence(text="Three died.", sources=["s1", "s3"])],
    }
    return summary(incident(**(facts | parts)))


ALL_SHAPES = pytest.mark.parametrize("shape", ["md", "160", "60"])


@ALL_SHAPES
def test_disputes_come_first(shape: str) -> None:
    """Disputed fields, then explained differences, then agreement, then what is not verified."""
    update = field(
        Count.exact(5), said("s4", Count.exact(5)), kind="update", claims=[(Count.exact(5), ["s4"])], why="later"
    )
    doubt = field(None, said("s3", Count.exact(2), verified=False))
    shown = text(rusafa(missing=update, captured=doubt), shape)
    starts = [
        re.search(rf"{mark} (?:\| )?\s*{name}", shown)
        for mark, name in (("!", "Injured"), ("~", "Missing"), ("", "Event type"), (r"\?", "Captured"))
    ]
    found = [start.start() for start in starts if start]
    assert len(found) == 4
    assert found == sorted(found)


@ALL_SHAPES
def test_a_dispute_shows_the_other_figure_and_why(shape: str) -> None:
    """Who differs, with what, and the kind and the reason of the difference."""
    shown = " ".join(text(rusafa(), shape).split())
    assert ("1 origin" if shape == "160" else "2 sources, 1 origin: s1 s2") in shown
    assert "s3: 18 – error: 18 is the number of rockets" in shown


@ALL_SHAPES
def test_an_unverified_value_is_never_shown_as_the_value(shape: str) -> None:
    """It is shown as unverified with its words, beside "not known"."""
    doubt = field(Count.exact(77), said("s3", Count.exact(77), verified=False, quote="heaps of them"))
    shown = " ".join(text(rusafa(captured=doubt), shape).split())
    assert "77" not in shown
    assert "not known" in shown
    assert "unverified: s3" in shown


@pytest.mark.parametrize("shape", ["md", "60"])
def test_silent_sources_are_shown(shape: str) -> None:
    """Sources of the incident that say nothing of a field are named beside it."""
    shown = " ".join(text(rusafa(), shape).split())
    assert "silent: s2 s3 s4" in shown
    assert "silent: s2 s4" in shown


def test_a_wide_table_has_a_matrix_of_signs_by_origin() -> None:
    """Under each source a sign: supports, differs or silent; copies of one text stand close together."""
    lines = table(rusafa(), width=120).splitlines()
    head = next(line for line in lines if "Differs" in line)
    injured = next(line for line in lines if "Injured" in line)
    assert "s1 s2   s3   s4" in head
    assert [injured[head.index(source)] for source in ("s1", "s2", "s3", "s4")] == ["+", "+", "x", "."]


def test_a_matrix_that_is_too_wide_gives_way_to_words() -> None:
    """Many sources on a small screen: they are listed, and silent ones are named."""
    many = [source(f"s{number}", f"o{number}") for number in range(1, 30)]
    made = incident(sources=[one.id for one in many], killed=agreed(Count.exact(3), "s1", "s2"))
    shown = " ".join(table(summary(made, sources=many), width=300).split())
    assert "2 sources, 1 origin: s1 s2" in shown
    assert "silent: s3 s4" in shown


@ALL_SHAPES
def test_what_nobody_reports_is_summed_up_in_a_line(shape: str) -> None:
    """Fields without any entry take one line together."""
    shown = " ".join(text(rusafa(), shape).split())
    assert "Not reported: stage, missing, captured, casualty groups, perpetrators" in shown


@ALL_SHAPES
def test_quotes_are_shown_on_request_with_how_they_match(shape: str) -> None:
    """The proving words of each source, and how exactly they were found."""
    assert "Fourteen were wounded" not in text(rusafa(), shape)
    shown = " ".join(text(rusafa(), shape, quotes=True).split())
    assert "s1 “Fourteen were wounded” (exact)" in shown
    assert "s3 “18 were wounded” (differs, exact)" in shown


@ALL_SHAPES
def test_the_rest_of_the_summary_is_shown(shape: str) -> None:
    """Relations, narrative with sources, sources with their origin, the empty, the failed, and the run."""
    first = incident(relations=[Relation(incident="i2", kind="retaliation_for", sources=["s1"])])
    second = incident(id="i2", sources=["s1", "s2"], narrative=[Sentence(text="It burned.", sources=["s1", "s2"])])
    made = summary(
        first.model_copy(update={"sources": ["s1", "s2"]}),
        second,
        failures=[Failure(source="s4", stage="extract", error="EndpointError", message="the endpoint is down")],
    )
    shown = " ".join(text(made, shape).split())
    for words in (
        "Retaliation for incident 2 [s1]",
        "It burned. [s1 s2]",
        "origin o1, shared with s2: s2 copies s1",
        "Paper s3",
        "No incident found in: s3",
        "s4, extract: the endpoint is down (EndpointError)",
        "1,200 + 80 tokens",
        "cost unknown",
    ):
        assert words in shown


@ALL_SHAPES
def test_what_the_model_was_not_asked_about_is_told(shape: str) -> None:
    """A reader sees which articles were passed over by their words alone, and how to have them asked about."""
    made = summary(incident().model_copy(update={"sources": ["s1", "s2"]}))
    made = made.model_copy(update={"run": made.run.model_copy(update={"unasked": ["s3"]})})
    shown = " ".join(text(made, shape).split())
    assert "(not asked about, by their words: s3; SUMMARIZER" in shown


def test_a_summary_without_incidents_says_so() -> None:
    """Nothing found is a result too."""
    assert "No incident was found." in table(summary())
    assert "No incident was found." in render(summary(), "md")


def test_json_round_trips_byte_for_byte() -> None:
    """The JSON is the record: it validates into the same summary, and the same summary gives the same bytes."""
    made = rusafa(title="Ḥilla – Þórshöfn")
    shown = render(made, "json")
    again = Summary.model_validate_json(shown)
    assert again == made
    assert render(again, "json") == shown
    assert "Ḥilla – Þórshöfn" in shown
    assert shown.endswith("}\n")


def test_json_keeps_screens_safe_and_data_whole() -> None:
    """Controls that steer a terminal are escaped in the text and intact in the data."""
    made = rusafa(title="a\x1b[31m\x9b31m\u202eb")
    shown = render(made, "json")
    assert not re.search("[\x1b\x9b\u202e]", shown)
    assert Summary.model_validate_json(shown) == made


def test_an_unknown_format_is_refused() -> None:
    """A wrong format is the caller's error."""
    with pytest.raises(ValueError, match="no such format"):
        render(summary(), "xml")  # type: ignore[arg-type]


def test_no_colour_when_piped(monkeypatch: pytest.MonkeyPatch) -> None:
    """No terminal sequence goes into a pipe or a file; a terminal gets colour unless NO_COLOR is set."""
    assert "\x1b" not in table(rusafa())
    page = io.StringIO()
    print_table(rusafa(), Console(file=page, width=80, force_terminal=True, color_system="standard"))
    assert "\x1b[3" not in page.getvalue()
    monkeypatch.delenv("NO_COLOR")
    print_table(rusafa(), Console(file=page, width=80, force_terminal=True, color_system="standard"))
    assert "31m" in page.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_width_loses_a_value(width: int) -> None:
    """Every word of every value is there at any width, within it."""
    long = "Kataib al-Rimah of the Upper Euphrates and its Internationalist Antidisestablishmentarian Brigades"
    who = Perpetrator(name=long, kind="armed_group", status="suspected", attributed_by="US officials")
    made = rusafa(perpetrators=[agreed(who)], targets=[agreed(Target(name="x" * 50 + "END", kind="military"))])
    shown = table(made, width=width)
    assert max(map(len, shown.splitlines())) <= width
    letters = re.sub(r"[\s─]", "", shown)
    assert "xEND" in letters
    for word in f"{long} suspected US officials Camp Rusafa 14 18 8 March 2023 military".split():
        assert word in shown or (len(word) > 12 and word[:5] in shown)


def test_a_console_without_unicode_gets_question_marks() -> None:
    """A stream that cannot hold a sign costs that sign, not the run."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    print_table(rusafa(title="Ḥilla"), Console(file=stream, width=80))
    stream.flush()
    assert b"?illa" in raw.getvalue()


def hostile() -> Summary:
    made = rusafa(
        title=HOSTILE,
        why_together=HOSTILE,
        weapons=[agreed(Weapon(name=HOSTILE), quote=HOSTILE)],
        statements=[agreed(Statement(speaker="# " + HOSTILE), quote="line\n\n# heading\n- " + HOSTILE)],
        narrative=[Sentence(text="# " + HOSTILE, sources=["s1"])],
    )
    bad = source("s3", "o2", publisher="\u202egnp.exe\x07", title=HOSTILE, url="javascript:alert(1)", path=None)
    good = source("s4", "o3", url="https://news.example/a(b)|c>d `e`")
    failed = Failure(source="- x", stage="read", error="E", message=HOSTILE)
    return made.model_copy(update={"sources": [bad, good], "failures": [failed]})


@pytest.mark.parametrize("quotes", [False, True])
@pytest.mark.parametrize("width", [60, 100])
def test_hostile_text_is_inert_on_a_terminal(width: int, quotes: bool) -> None:
    """No sequence, control or bidi sign gets through; rich markup stays words."""
    shown = table(hostile(), width=width, quotes=quotes)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "[bold]loud[/bold]" in " ".join(shown.split())
    assert "31m" not in shown


@pytest.mark.parametrize("quotes", [False, True])
def test_hostile_text_is_inert_in_markdown(quotes: bool) -> None:
    """No tag, link, heading, list or cell comes from the data; only http and https addresses become links."""
    shown = render(hostile(), "md", quotes=quotes)
    tags: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]
    parser.feed(re.sub(r"\(<(https?://[^<>\s]*)>\)", r"(\1)", shown))
    assert tags == []
    assert re.findall(r"(?<!\\)\]\(", shown) == ["]("]
    assert "(<https://news.example/a%28b%29%7Cc%3Ed%20%60e%60>)" in shown
    headings = [row for row in shown.splitlines() if row.startswith("#")]
    assert [row.split()[0] for row in headings] == ["##", *(["###"] if quotes else []), "##", "##"]
    rows = [row for row in shown.splitlines() if row.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)
    assert not re.search(r"(?<!\\)`", shown)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://evil\x1b\\b", "ab"),
        ("a\x1b]0;never ended", "a0;never ended"),
        ("a\x1b[2Jb\x9b31mc", "abc"),
        ("a\r\nb\tc\u2028d", "a b c d"),
        ("\u202etxt\u2069\u200b\ufeff", "txt"),
        ("Ḥilla ☂ 王", "Ḥilla ☂ 王"),
    ],
)
def test_untrusted_text_is_cleaned(raw: str, words: str) -> None:
    """Sequences go whole, controls and invisible signs go, letters of every script stay."""
    assert plain(raw) == words


def test_markdown_words_stay_words() -> None:
    """Signs of Markdown are escaped where they would mean something, and only there."""
    assert escape("a|b <b> & *c* [d]") == "a\\|b &lt;b&gt; &amp; \\*c\\* \\[d\\]"
    assert line("# no heading") == "\\# no heading"
    assert line("1. no list") == "1\\. no list"
    assert line("- no list") == "\\- no list"
    assert escape("up 3.5 - 4 #1") == "up 3.5 - 4 #1"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil", "http://[", "ftp://a/b", "C:x"]
)
def test_only_web_addresses_are_linked(address: str) -> None:
    """Any other scheme stays text."""
    assert link("words", address) is None
