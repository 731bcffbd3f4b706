"""Promises of the cleaning: noise goes, the story stays, and offsets into a cleaned text never move."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.articles.cleaning import clean, mend
from summarizer.articles.promotion import is_promotion

STORY = "Two ferries collided off Port Lumen at dawn, and nine people were taken to hospital."

ENTITIES = ["&", "amp;", "&#38;", "#", "39;", "quot;", "& # 39;", "&nbsp;", "&lt;", "lt;", "&#x80;", "&#10;"]
CHARACTERS = ["\n", "\r", "\u2028", " ", "\u200f", "â€œ", "Ã", "Â", "é", "\u2019", "e\u0301", "\x9d", "\ud800"]
NOISE = st.sampled_from([*ENTITIES, *CHARACTERS, "Date:", "READ ALSO: x", "... more"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(NOISE, st.text(max_size=3)), max_size=12).map("".join)))
@example("&am&#112;;quot;")
@example("&#10;Â&nbsp/")
@example("&#38;#38;lt;b&gt;")
def test_cleaning_a_cleaned_text_changes_nothing(text):
    """Whatever the text, cleaning it twice gives what cleaning it once gives."""
    once = clean(text)
    assert clean(once) == once


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("abc XYZ.,;'\u201c\u201d0123"), min_size=1, max_size=60), min_size=1, max_size=5)
)
def test_plain_words_are_never_changed(lines):
    """Lines of letters, figures and ordinary punctuation come out word for word."""
    assert clean("\n".join(lines)).split() == " ".join(lines).split()


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("& # 39; Harbour closed & # 39;", "' Harbour closed '"),
        ("said to & laquo;Lumen Post& raquo; that", "said to «Lumen Post» that"),
        ("who did this in the port,quot;.", 'who did this in the port,".'),
        ("&quot;Run,&quot; he cried", '"Run," he cried'),
        ("nine&nbsp;dead &amp;amp; twelve hurt", "nine dead & twelve hurt"),
        ("it&#8217;s over", "it\u2019s over"),
        ("an aliquot; a dose", "an aliquot; a dose"),
        ("AT&T and R&D; Smith & Sons; 5 < 6", "AT&T and R&D; Smith & Sons; 5 < 6"),
    ],
)
def test_entities_are_decoded_also_when_broken(raw, cleaned):
    """Entities with blanks inside or without their ampersand are decoded too; other text keeps its signs."""
    assert clean(raw) == cleaned


def test_a_curly_quote_that_lost_two_of_its_bytes_is_mended():
    """Only where nothing else can be meant: words that hold the letter keep it."""
    broken = "to dig,â she said. âWe have no list.â\nThe château at Lâncram stood."
    mended = "to dig,\u201d she said. \u201cWe have no list.\u201d\nThe château at Lâncram stood."
    assert clean(broken) == mended


def test_mojibake_is_mended_and_curly_quotes_stay_curly():
    """UTF-8 read as Windows-1252 is mended; typographic quotes are what the outlet printed and stay so."""
    broken = "\u201cNobody slept,\u201d said the café\u2019s owner.".encode().decode("cp1252", "ignore")
    assert "café" in clean(broken)
    assert clean("\u201cNobody slept,\u201d she said.") == "\u201cNobody slept,\u201d she said."


def test_invisible_characters_are_dropped():
    """Bidi controls, zero-width spaces, soft hyphens, hidden tags and control characters do not reach the text."""
    assert clean("ni\u00adne \u202edead\u202c\u200b\ufeff\x07 \u2067here\u2069\U000e0041") == "nine dead here"


def test_joiners_that_words_need_stay():
    """The zero-width non-joiner is part of Persian spelling."""
    assert clean("می\u200cگوید") == "می\u200cگوید"


def test_lines_are_normalised():
    """Any line ending becomes one, blank lines are at most one in a row, no line ends in blanks."""
    assert clean(f"{STORY}  \r\n\r\n\r\n\r\n\tThe port\xa0closed. \rNo ship left.\n") == (
        f"{STORY}\n\nThe port closed.\nNo ship left."
    )


@pytest.mark.parametrize(
    "line",
    [
        "READ ALSO  Goat Elected Mayor Of Lumen After Recount",
        "READ MORE: Your letters on parking",
        "Also Read | Why salt is dear",
        "&gt;&gt; Follow Lumen Post on Facebook &lt;&lt;",
        "Share&nbsp;| Face book&nbsp;| Telegram&nbsp;| Copy the link",
        "SHARE  TWEET  PIN IT",
        "Sign up for our newsletter and never miss a story!",
        "Subscribe from $2 a week. Already a subscriber? Log in",
        "We use cookies to improve your visit. Accept all",
        "STORY CONTINUES BELOW ADVERTISEMENT",
        "You might also like: Ten lighthouses to see",
        "Date:",
    ],
)
def test_promotional_lines_are_dropped(line):
    """A line that invites, shares or sells goes, wherever it stands."""
    assert clean(f"{STORY}\n{line}\nThe port closed.") == f"{STORY}\nThe port closed."


@pytest.mark.parametrize(
    "line",
    [
        "Read more than once, the letter said that the port would burn.",
        "Related: he was the mayor's cousin, police said.",
        "More from the governor: the bridge is closed until Monday.",
        "Like what you would see in a war film, glass covered the street.",
        "Share prices fell; on Facebook, users blamed the port.",
        '"Follow us on Telegram," the group wrote, "and you will see."',
        "Follow us, the soldiers shouted.",
        "Most read the notice too late.",
        "[Photo: Nine coffins at the quay]",
        "The mayor promised more ... more than he could give.",
        "Date: Sunday",
    ],
)
def test_sentences_of_the_story_stay(line):
    """A line that tells something stays, though it opens like a promotional one: when in doubt it stays."""
    assert clean(f"{STORY}\n{line}\nThe port closed.") == f"{STORY}\n{line}\nThe port closed."


def test_a_long_line_with_promotion_in_it_stays():
    """Where a page has run together, losing a teaser is not worth losing the story."""
    line = "READ ALSO: Salt is dear. " + STORY * 4
    assert not is_promotion(line)


def test_cut_off_teasers_below_the_story_are_dropped():
    """Teasers of other stories that end in "... more" go when they stand after the story's last line."""
    teasers = "Lumen's salt exports rose again, and the price ... more\n\nThe harbour board said that fees … more"
    assert clean(f"{STORY}\n{teasers}") == STORY


def test_a_text_of_nothing_but_promotion_is_empty():
    """Where no story is, nothing is left."""
    assert clean("READ ALSO: x\n\nShare | Tweet | Print\n") == ""


def test_titles_keep_every_word():
    """Titles are mended on one line without dropping anything: a title may begin like a teaser."""
    assert mend("READ ALSO:\n the &quot;letter&quot; of Lumen ") == 'READ ALSO: the "letter" of Lumen'


@pytest.mark.parametrize("piece", ["&amp;", "&#3&#56;", "... more\n", "& ", '"quot;', "Ã¢\x80\x99 ", "READ ALSO "])
def test_cleaning_takes_linear_time(piece):
    """Half a megabyte of the worst input takes seconds at most, not minutes."""
    started = time.perf_counter()
    clean(piece * (500_000 // len(piece)))
    assert time.perf_counter() - started < 5
