"""Feeds, sitemaps and the manners of fetching them: only web addresses come out, no attack gets through, hosts rest."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import pytest

from summarizer.articles.fetching import Fetcher, Validators
from summarizer.articles.listings import feed_entries, sitemap_entries, web_address
from summarizer.articles.pages import PageReader
from summarizer.articles.politeness import PoliteFetcher
from summarizer.errors import ArticleError, ArticleForbiddenError, ArticleFormatError

from .newsroom import Newsroom, Reply, newsroom

ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<link href="https://post.example/"/><entry><title>Fire &amp; fog</title><link href="/1#top"/><id>urn:1</id>
<published>2024-05-14T22:10:00+03:00</published><updated>2024-05-15T01:00:00+03:00</updated></entry></feed>"""


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as running:
        yield running


def test_an_atom_feed_gives_addresses_titles_and_times() -> None:
    """Relative links are completed, fragments dropped, and times keep the outlet's own zone."""
    (entry,) = feed_entries(ATOM)["entries"]
    assert entry == {
        "url": "https://post.example/1",
        "title": "Fire & fog",
        "published": "2024-05-14T22:10:00+03:00",
        "updated": "2024-05-15T01:00:00+03:00",
    }


def test_relative_links_count_from_the_feed_itself_if_need_be() -> None:
    """A feed that names no site of its own is still of one."""
    feed = b'<rss version="2.0"><channel><item><link>/1</link></item></channel></rss>'
    with PageReader() as pages:
        (entry,) = pages.listing(feed, "https://post.example/feeds/all", "feed")["entries"]
    assert entry["url"] == "https://post.example/1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("parse", [feed_entries, sitemap_entries])
def test_a_document_with_entities_of_its_own_is_not_parsed(encoding: str, parse: object) -> None:
    """A feed bomb is recognised in every encoding that could hide it."""
    bomb = '<!DOCTYPE x [<!entity a "ha"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel>&b;</channel></rss>'
    assert callable(parse)
    assert "entities" in parse(bomb.encode(encoding))["trouble"]


@pytest.mark.parametrize("content", [b"", b"   ", b"<html><body>no feed</body></html>", b"\x00\x01\x02", b"{}"])
def test_what_is_no_feed_says_so(content: bytes) -> None:
    """An error page in the place of a feed is trouble, not an empty feed."""
    assert feed_entries(content)["trouble"]
    assert sitemap_entries(content)["trouble"]


def test_a_packed_sitemap_is_read_and_a_packed_bomb_is_not() -> None:
    """Gzip is unpacked up to the protocol's limit."""
    plain = b"<urlset><url><loc>https://a.example/1</loc></url></urlset>"
    assert sitemap_entries(gzip.compress(plain))["entries"][0]["url"] == "https://a.example/1"
    assert "50 MB" in sitemap_entries(gzip.compress(b" " * 60_000_000))["trouble"]


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:alert(1)", "//x", "http://", "http://u@h/", "http://h:x/", "http://h/ x", "ht\ntp://h",
     "http://[::1", 'http://h/"x', "http://h/" + "x" * 3_000],
)  # fmt: skip
def test_only_plain_web_addresses_count(address: str) -> None:
    """Everything that is no http(s) address, or could be more than one, is dropped."""
    assert web_address(address) is None


def test_feeds_are_parsed_in_a_process_that_can_be_killed() -> None:
    """A parser that takes too long costs its feed, not the run."""
    with PageReader(seconds=0.001) as pages, pytest.raises(ArticleError, match="take apart"):
        pages.listing(ATOM, "https://post.example/feed", "feed")
    with PageReader() as pages:
        assert json.dumps(pages.listing(ATOM, "x", "feed")["entries"])


def test_an_unchanged_page_is_not_sent_again(room: Newsroom) -> None:
    """With the validators of the last time, the server may say that nothing changed."""
    room.replies["/feed"] = Reply("a feed", etag='"7"')
    fetcher = Fetcher(private_hosts=["127.0.0.1"])
    page = fetcher.fetch(f"{room.url}/feed")
    assert (page.modified, page.validators) == (True, Validators(etag='"7"'))
    assert fetcher.fetch(f"{room.url}/feed", validators=page.validators).modified is False


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/", "http://10.0.0.1/", "http://[::1]/", "http://localhost:1/", "file:///etc/passwd"],
)
def test_every_hop_of_a_redirect_is_checked(room: Newsroom, target: str) -> None:
    """A host that may be private does not make those private that it redirects to, however long the way."""
    room.replies["/1"] = Reply(status=301, headers={"Location": "/2"})
    room.replies["/2"] = Reply(status=302, headers={"Location": target})
    with pytest.raises(ArticleError, match=r"private address|no valid web address"):
        Fetcher(private_hosts=["127.0.0.1"]).fetch(f"{room.url}/1")


def test_redirects_in_circles_end(room: Newsroom) -> None:
    """Five hops are enough for anybody."""
    room.replies["/1"] = Reply(status=302, headers={"Location": "/1"})
    with pytest.raises(ArticleError, match="circles"):
        Fetcher(private_hosts=["127.0.0.1"]).fetch(f"{room.url}/1")
    assert len(room.requests("/1")) == 6


class Pace:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds


def polite(pace: Pace, **options: float) -> PoliteFetcher:
    fetcher = Fetcher(private_hosts=["127.0.0.1"])
    return PoliteFetcher(fetcher, clock=lambda: pace.now, sleep=pace.sleep, **options)


def test_each_host_is_asked_at_a_walking_pace(room: Newsroom) -> None:
    """Between two requests to one host lies the configured time, or what robots.txt asks for; redirects wait too."""
    room.replies |= {"/1": Reply("x"), "/2": Reply(status=302, headers={"Location": "/1"})}
    pace = Pace()
    fetcher = polite(pace, delay=2)
    for path in ("/1", "/2"):
        fetcher.fetch(room.url + path)
    assert pace.waits == [2, 2]
    room.replies["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 7", "text/plain")
    slower = polite(pace := Pace(), delay=2)
    for _ in range(2):
        slower.fetch(f"{room.url}/1")
    assert pace.waits == [7]


def test_robots_txt_is_kept_for_redirects_as_well(room: Newsroom) -> None:
    """Wildcards are understood, our own name goes before the star, and a forbidden page is not reached by a detour."""
    room.replies["/robots.txt"] = Reply(
        "User-agent: *\nDisallow: /\n\nUser-agent: incident-summarizer\nDisallow: /*/draft$"
    )
    room.replies |= {
        "/1": Reply("x"),
        "/2": Reply(status=302, headers={"Location": "/a/draft"}),
        "/a/draft": Reply("x"),
    }
    fetcher = polite(Pace())
    assert fetcher.fetch(f"{room.url}/1").content == b"x"
    for path in ("/2", "/a/draft"):
        with pytest.raises(ArticleForbiddenError, match=r"robots\.txt"):
            fetcher.fetch(room.url + path)
    assert room.requests("/a/draft") == []
    assert len(room.requests("/robots.txt")) == 1


def test_a_site_that_cannot_say_what_it_allows_is_left_alone_for_now(room: Newsroom) -> None:
    """A server's error for robots.txt forbids everything, for a passing reason; a missing one allows everything."""
    room.replies |= {"/robots.txt": Reply(status=503), "/1": Reply("x")}
    with pytest.raises(ArticleError) as caught:
        polite(Pace()).fetch(f"{room.url}/1")
    assert caught.value.passing
    assert room.requests("/1") == []
    del room.replies["/robots.txt"]
    assert polite(Pace()).fetch(f"{room.url}/1").content == b"x"


def test_a_page_with_several_articles_is_no_article(room: Newsroom) -> None:
    """A collection behind an address is named as such instead of losing all but one."""
    from summarizer.articles.fetching import Page
    from summarizer.articles.reading import read_page

    content = json.dumps([{"text": "One story."}, {"text": "Another story."}]).encode()
    with PageReader() as pages, pytest.raises(ArticleFormatError, match="2 articles"):
        read_page(Page(content, "application/json", None), room.url, pages)
