"""The HTML report in a real browser: Debian's chromium, driven by Playwright.  Skipped where either is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from summarizer.schemas import Summary

from summarizer.rendering import render

from .chromium import CHROMIUM, FLAGS
from .gold import rusafa
from .summaries import source
from .test_report import HOSTILE, hostile

sync_api = pytest.importorskip("playwright.sync_api", reason="the extra `browser` is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra `browser` is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium, or set CHROMIUM")

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_report(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a record's report from disk; afterwards no request has left the page and nothing has gone wrong in it."""
    wrong: list[str] = []
    opened: list[Any] = []

    def opens(summary: Summary, *, viewport: dict[str, int] = WIDE, **options: Any) -> Any:
        file = tmp_path / "report.html"
        file.write_text(render(summary, "html"), encoding="utf-8")
        context = browser.new_context(viewport=viewport, **options)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on("request", lambda request: wrong.append(request.url) if request.url != file.as_uri() else None)
        page.goto(file.as_uri())
        opened.append(context)
        return page

    yield opens
    for context in opened:
        context.close()
    assert wrong == []


def lit(page: Any) -> str:
    """The words that are lit up, as one string."""
    return "".join(page.locator("mark.lit").all_text_contents())


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def test_every_cell_lights_the_words_of_its_quote(open_report: Open) -> None:
    """Each cell of each matrix opens its article at exactly the words that the record has between start and end."""
    made = rusafa()
    page = open_report(made)
    texts = {f"a{number}": one.text or "" for number, one in enumerate(made.sources, start=1)}
    found = page.evaluate(
        """() => [...document.querySelectorAll('td > a[data-quote]')].map(link => {
             link.click();
             const words = [...document.querySelectorAll('mark.lit')].map(mark => mark.textContent).join('');
             return [link.dataset.quote, words, document.activeElement.contains(document.querySelector('mark.lit'))];
           })"""
    )
    assert len(found) > 100
    for key, words, is_focused in found:
        article, start, end = key.split("-")
        assert words == texts[article][int(start) : int(end)].replace("\n", "")
        assert is_focused


def test_a_clicked_cell_brings_its_quote_into_view(open_report: Open) -> None:
    """On a wide screen and on a small one the lit words are seen, and the way back leads to the cell."""
    for viewport in (WIDE, NARROW):
        page = open_report(rusafa(), viewport=viewport)
        cell = page.locator("tbody.disputed td.differs a").first
        cell.click()
        assert lit(page) == "18 other staff members were wounded"
        box = page.locator("mark.lit").first.bounding_box()
        assert 0 < box["y"] < viewport["height"] - 20
        page.get_by_role("link", name="Back").click()
        assert cell.evaluate("cell => cell === document.activeElement")


def test_a_field_shows_its_quotes_side_by_side(open_report: Open) -> None:
    """Clicking the disputed field opens all its quotes, with the differing words marked in each."""
    page = open_report(rusafa())
    field = page.locator("tbody.disputed .field").first
    field.click()
    quotes = page.locator("tbody.disputed.open .quote")
    assert quotes.count() == 5
    assert field.get_attribute("aria-expanded") == "true"
    dissent = page.locator(".quote.differs:visible").first
    assert dissent.locator(".word").first.inner_text().startswith("18")
    dissent.get_by_role("link", name="Show in the article").click()
    assert lit(page) == "18 other staff members were wounded"


def test_a_matrix_is_walked_by_keys_alone(open_report: Open) -> None:
    """One stop for the whole matrix, arrows inside it, Enter into the article, Escape back to the same cell."""
    page = open_report(rusafa())
    page.locator("#i1-f1 .field").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tbody').id") == "i1-f2"
    page.keyboard.press("ArrowUp")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('td').className").startswith("differs")
    page.keyboard.press("Enter")
    assert lit(page) == "18 other staff members were wounded"
    assert page.evaluate("document.activeElement.className") == "passage"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('td').className").startswith("differs")
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    assert page.locator("#i1-f1-quotes").is_visible()
    page.keyboard.press(" ")
    assert page.locator("#i1-f1-quotes").is_hidden()
    assert page.locator("#i1-f1").locator("xpath=ancestor::table").locator("[tabindex='0']").count() == 1


def test_an_article_is_walked_by_keys_and_leads_back_to_its_fields(open_report: Open) -> None:
    """Tab goes from note to note; Enter tells what the words prove; a proof leads to its field's row."""
    page = open_report(rusafa())
    page.locator("#a1 .note").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "note"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    proofs = page.locator("#proofs")
    assert "Killed: 3" in proofs.inner_text()
    page.keyboard.press("Escape")
    assert proofs.is_hidden()
    assert page.evaluate("document.activeElement.className") == "note"
    page.keyboard.press("Enter")
    proofs.get_by_role("link", name="Killed: 3").press("Enter")
    page.wait_for_function("document.activeElement.matches('.field')")
    assert focused(page) == "Killed"
    assert lit(page).startswith("Two American soldiers and a Danish soldier were killed")


def test_clicked_words_tell_what_they_prove(open_report: Open) -> None:
    """A click on marked words does what their note does."""
    page = open_report(rusafa())
    page.locator("#a2 mark.differs").first.click()
    assert "Injured: 18 (differs)" in page.locator("#proofs").inner_text()


def test_the_page_is_useful_without_script(open_report: Open) -> None:
    """Without JavaScript a cell still leads to its words, and a field to its quotes."""
    page = open_report(rusafa(), java_script_enabled=False)
    page.locator("tbody.disputed td.differs a").first.click()
    passage = page.locator(".passage:target")
    assert "18 other staff members were wounded" in passage.inner_text()
    page.locator("tbody.disputed .field").first.click()
    assert page.locator("tr.quotes:visible").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_no_serious_fault(open_report: Open, scheme: str, viewport: dict[str, int]) -> None:
    """WCAG 2.2 AA as far as a program can tell, with quotes open and words lit."""
    page = open_report(rusafa(), viewport=viewport, color_scheme=scheme)
    page.locator("tbody.disputed .field").first.click()
    page.locator("tbody.disputed td.differs a").first.click()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]})
    faults = [
        (fault["id"], [node["target"] for node in fault["nodes"]][:3])
        for fault in found.response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
    assert faults == []


def test_nothing_is_wider_than_a_small_screen(open_report: Open) -> None:
    """At 360 pixels only matrices and drawings scroll sideways, never the page."""
    page = open_report(rusafa(), viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_hostile_text_stays_text(open_report: Open) -> None:
    """Tags, closing tags, templates and script addresses of a record are shown as the words that they are."""
    page = open_report(hostile())
    assert page.evaluate("document.images.length + document.scripts.length") == 2
    shown = page.evaluate(
        """() => { document.querySelectorAll('#a1 .note').forEach(note => note.remove());
                   return document.querySelector('#a1 .text').textContent.trim(); }"""
    )
    assert shown == (HOSTILE + "words " * 20).strip()
    assert page.locator("a[href^='javascript']").count() == 0
    assert json.loads(page.locator("#record").text_content())["incidents"][0]["title"] == HOSTILE


def test_a_line_of_a_megabyte_stays_in_its_pane(open_report: Open) -> None:
    """A text without a blank breaks inside its pane, and its quote is still found."""
    long = "x" * 500_000 + " words " + "y" * 500_000
    made = rusafa()
    ended = made.sources[0].model_copy(update={"text": (made.sources[0].text or "") + "\n" + long})
    page = open_report(made.model_copy(update={"sources": [ended, *made.sources[1:]]}))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.evaluate("(pane => pane.scrollWidth <= pane.clientWidth)(document.getElementById('articles'))")


def test_text_turned_around_turns_nothing_else(open_report: Open) -> None:
    """An override inside an article does not reach the note beside it."""
    turned = source("s1", "o1", text="all \u202equiet\u2066 here", url=None)
    made = rusafa()
    page = open_report(made.model_copy(update={"incidents": [], "sources": [turned]}))
    assert page.locator("#a1 .text").inner_text() == "all \ufffdquiet\ufffd here"


def test_the_policy_stops_what_is_not_the_pages_own(browser: Any, tmp_path: Path) -> None:
    """A script, a style or an image that someone adds to the file neither runs nor loads."""
    page_file = tmp_path / "forged.html"
    forged = (
        '<script>document.title = "forged"</script><img src="http://127.0.0.1:1/x.png">'
        '<p style="color:red" id=p>p</p></body>'
    )
    page_file.write_text(render(rusafa(), "html").replace("</body>", forged), encoding="utf-8")
    page = browser.new_page()
    requests: list[str] = []
    blocked: list[str] = []
    page.on("requestfinished", lambda request: requests.append(request.url))
    page.on("console", lambda message: blocked.append(message.text))
    page.goto(page_file.as_uri())
    assert page.title() != "forged"
    assert page.evaluate("getComputedStyle(document.getElementById('p')).color") != "rgb(255, 0, 0)"
    assert requests == [page_file.as_uri()]
    assert len([line for line in blocked if "Content Security Policy" in line]) == 3
    page.close()


def test_the_saved_record_is_the_record(open_report: Open, tmp_path: Path) -> None:
    """The page gives back the record that it was made from, without the texts."""
    page = open_report(rusafa())
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the record").click()
    file = tmp_path / "saved.json"
    download.value.save_as(file)
    bare = [one.model_copy(update={"text": None}) for one in rusafa().sources]
    assert Summary.model_validate_json(file.read_text()) == rusafa().model_copy(update={"sources": bare})


def test_print_shows_every_quote_and_article(open_report: Open) -> None:
    """On paper nothing is folded away, and what only a screen can do is left out."""
    page = open_report(rusafa())
    page.emulate_media(media="print")
    assert page.locator("tr.quotes").first.is_visible()
    assert page.locator("nav.tabs").is_hidden()
    assert page.locator("#articles").evaluate("pane => getComputedStyle(pane).overflowY") == "visible"
