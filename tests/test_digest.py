"""The scheduled digest, end to end over a local web: what is new is told once, what changed with its sources."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from summarizer.digest import Config, Outcome, run_digest
from summarizer.digest.config import Model
from summarizer.digest.running import Options
from summarizer.digest.state import State
from summarizer.errors import SettingError, TemplateError, WritingError

from .conftest import Answer, CliRun, ScriptedServer, completion
from .newsroom import (
    MORNING,
    Newsroom,
    Reply,
    configured,
    ferry_story,
    market_story,
    newsroom,
    scripted_model,
    settings,
    spelled,
    web_page,
)

Cli = Callable[..., CliRun]


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as running:
        yield running


@pytest.fixture
def model(server: ScriptedServer) -> ScriptedServer:
    server.script = scripted_model
    return server


@pytest.fixture
def ferry(room: Newsroom) -> Newsroom:
    """A feed with one article about a ferry fire."""
    room.page("/1", ferry_story(4), publisher="Harbour Wire", published="2024-05-15T05:10:00+00:00")
    room.feed("/feed", "/1", etag='"1"')
    return room


def run(config: Config, *, days: float = 0, options: Options = Options()) -> Outcome:  # noqa: B008
    return run_digest(config, options=options, clock=lambda: MORNING + timedelta(days=days))


def feed(room: Newsroom, path: str = "/feed", **more: Any) -> dict[str, Any]:
    return {"kind": "feed", "url": room.url + path} | more


def written(config: Config, suffix: str = ".md") -> list[str]:
    """The texts of the digests in their order."""
    return [path.read_text() for path in sorted(config.output.folder.glob(f"digest-*{suffix}"))]


def rows(config: Config, question: str) -> list[Any]:
    with State(config.state, read_only=True) as state:
        return [tuple(row) for row in state.rows(question)]


def test_a_new_incident_is_told_with_its_sources(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """The first digest tells the incident, its figures and whose words they are, in Markdown, HTML and JSON."""
    config = configured(tmp_path, model.url, feed(ferry))
    outcome = run(config)
    (markdown,) = written(config)
    for words in ("Port Alder", "14 May 2024", "4 killed", "Harbour Wire, 15 May 05:10", f"<{ferry.url}/1>"):
        assert words in markdown
    assert "4 killed" in written(config, ".html")[0]
    (entry,) = json.loads(written(config, ".json")[0])["new"]
    assert entry["incident"]["killed"]["value"]["best"] == 4
    assert entry["sources"][0]["publisher"] == "Harbour Wire"
    assert outcome.line.startswith("run 1: 1 new article; 1 read (1 call, 0 cached")


def test_nothing_new_rewrites_nothing_and_calls_nobody(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """A second run over unchanged sources asks conditionally, fetches no page, calls no model, touches no file."""
    config = configured(tmp_path, model.url, feed(ferry))
    run(config)
    before = {path: path.stat().st_mtime_ns for path in config.output.folder.iterdir()}
    outcome = run(config, days=1)
    assert {path: path.stat().st_mtime_ns for path in config.output.folder.iterdir()} == before
    assert len(model.requests) == 1
    assert ferry.requests("/feed") == [200, 304]
    assert ferry.requests("/1") == [200]
    assert "nothing new" in outcome.line


def test_a_raised_toll_is_told_from_what_to_what_since_when_and_by_whom(
    ferry: Newsroom, model: ScriptedServer, tmp_path: Path
) -> None:
    """`killed 4 → 6`, with the outlets that brought it, the time of the first, and the run of the former figure."""
    config = configured(tmp_path, model.url, feed(ferry))
    run(config)
    ferry.page("/2", ferry_story(6), publisher="Coast Gazette", published="2024-05-16T04:40:00+00:00")
    ferry.page("/3", ferry_story(6, extra="Divers came."), publisher="Isle News", published="2024-05-16T05:00:00+00:00")
    ferry.feed("/feed", "/1", "/2", "/3", etag='"2"')
    outcome = run(config, days=1)
    (line,) = [line for line in written(config)[1].splitlines() if "**Killed:**" in line]
    assert "4 → 6, Coast Gazette and Isle News, 04:40; the former since run 1 (15 May 06:00)" in line
    assert outcome.joined.opened == []
    assert rows(config, "SELECT id FROM incidents") == [(1,)]


def test_a_correction_downwards_is_told(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """When the outlet mends its own page, its older version no longer counts and the lower figure is told as such."""
    config = configured(tmp_path, model.url, feed(ferry))
    run(config)
    ferry.page("/1", ferry_story(2), publisher="Harbour Wire", published="2024-05-15T09:00:00+00:00")
    ferry.feed("/feed", "/1", etag='"2"', updated="Wed, 15 May 2024 09:00:00 +0000")
    run(config, days=1)
    assert "4 → 2, corrected downwards, Harbour Wire" in written(config)[1]
    assert rows(config, "SELECT id, state FROM incidents") == [(1, "open")]
    assert rows(config, "SELECT state FROM articles ORDER BY id") == [("replaced",), ("read",)]


def test_an_incident_that_its_only_source_takes_back_is_withdrawn(
    ferry: Newsroom, model: ScriptedServer, tmp_path: Path, cli: Cli
) -> None:
    """When the newer version of an article tells of no incident any more, readers are told so."""
    config = configured(tmp_path, model.url, feed(ferry))
    run(config)
    ferry.page(
        "/1", "Correction: the ferry off Port Alder did not burn. We regret the error.", publisher="Harbour Wire"
    )
    ferry.feed("/feed", "/1", etag='"2"', updated="Wed, 15 May 2024 09:00:00 +0000")
    model.script = [Answer(completion('{"reports": []}'))]
    run(config, days=1)
    assert "## Withdrawn by their sources\n\n- i1: Fire at Port Alder" in written(config)[1]
    assert json.loads(cli("incidents", "--state", config.state, "--format", "json").out) == []
    assert "withdrawn" in cli("show", "i1", "--state", config.state).out


def test_a_page_that_was_only_touched_is_not_read_again(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """A feed may say that an article was updated: the same text costs no call."""
    config = configured(tmp_path, model.url, feed(ferry))
    run(config)
    ferry.feed("/feed", "/1", etag='"2"', updated="Wed, 15 May 2024 09:00:00 +0000")
    run(config, days=1)
    run(config, days=2)
    assert len(model.requests) == 1
    assert ferry.requests("/1") == [200, 200]
    assert rows(config, "SELECT state FROM articles") == [("read",)]


def test_two_incidents_that_turn_out_to_be_one_are_joined(
    ferry: Newsroom, model: ScriptedServer, tmp_path: Path, cli: Cli
) -> None:
    """The older id survives, the other one leads to it, and the digest says so; split undoes it and stays undone."""
    content = settings(tmp_path, model.url, feed(ferry))
    path = tmp_path / "digest.toml"
    path.write_text(spelled(content))
    config = configured(tmp_path, model.url, feed(ferry))
    run(config)
    # A second incident by hand: what alignment once kept apart.
    with State(config.state) as state, state.transaction() as connection:
        connection.execute(
            "INSERT INTO incidents SELECT 2, state, forward, opened, changed, title, event_type, country, day, "
            "first_seen, last_seen, '[2]', summary, traits FROM incidents WHERE id = 1"
        )
        connection.execute(
            "INSERT INTO articles (id, place, source, state, found, run, sha256, publisher, published, text, day) "
            "SELECT 2, 'x', 'x', state, found, run, 'x', 'Isle News', published, text, day FROM articles WHERE id = 1"
        )
        connection.execute(
            "INSERT INTO reports SELECT 2, position, 2, replace(report, '\"s1\"', '\"s2\"') FROM reports "
            "WHERE article = 1"
        )
    ferry.page("/3", ferry_story(5), publisher="Coast Gazette", published="2024-05-16")
    ferry.feed("/feed", "/1", "/3", etag='"2"')
    run(config, days=1)
    assert rows(config, "SELECT id, state, forward FROM incidents") == [(1, "open", None), (2, "joined", 1)]
    assert "Now one with i2" in written(config)[1]
    assert "i2 is now i1" in cli("show", "i2", "--config", path).err
    assert cli("split", "i2", "--config", path).code == 0
    assert rows(config, "SELECT id, state, forward FROM incidents") == [(1, "open", None), (2, "open", None)]
    ferry.page("/4", ferry_story(5, extra="Divers came."), publisher="Lumen Post", published="2024-05-17")
    ferry.feed("/feed", "/1", "/3", "/4", etag='"3"')
    run(config, days=2)
    assert rows(config, "SELECT id, state FROM incidents") == [(1, "open"), (2, "open")]
    assert "No longer one with" in written(config)[2]


def test_split_parts_an_incident_by_its_sources(
    ferry: Newsroom, model: ScriptedServer, tmp_path: Path, cli: Cli
) -> None:
    """The named sources go to a new incident, both records are made anew without a call, and both ids can be shown."""
    ferry.page("/2", ferry_story(6), publisher="Coast Gazette", published="2024-05-16")
    ferry.feed("/feed", "/1", "/2", etag='"1"')
    path = tmp_path / "digest.toml"
    path.write_text(spelled(settings(tmp_path, model.url, feed(ferry))))
    run(configured(tmp_path, model.url, feed(ferry)))
    calls = len(model.requests)
    assert "i2 are two incidents" in cli("split", "i1", "s2", "--config", path).out
    assert (
        json.loads(cli("show", "i1", "--config", path, "--format", "json").out)["summary"]["incidents"][0]["killed"][
            "value"
        ]["best"]
        == 4
    )
    assert "Coast Gazette" in cli("show", "2", "--config", path).out
    assert len(model.requests) == calls
    assert cli("split", "i1", "s1", "--config", path).code == 1
    assert cli("split", "i9", "--config", path).code == 1


def test_a_bad_source_costs_no_other(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """A feed bomb, a broken feed, a missing page, a 30 MB page, a slow page and a page of an inner network are told;
    the ferry is told as well."""
    lines = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    ferry.replies["/bomb"] = Reply(f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{lines}]><rss>&l9;</rss>')
    ferry.replies["/broken"] = Reply("<html>sorry</html>")
    ferry.replies["/large"] = Reply(b"x" * 30_000_000, "text/plain")
    ferry.replies["/slow"] = Reply("late", delay=3)
    ferry.replies["/inner"] = Reply(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
    ferry.feed("/bad", "/large", "/slow", "/inner", "/gone")
    sources = [feed(ferry, path) for path in ("/bomb", "/broken", "/nowhere", "/bad", "/feed")]
    outcome = run(configured(tmp_path, model.url, *sources, fetching={"timeout_seconds": 1}))
    told = {trouble.subject.removeprefix(ferry.url): trouble.message for trouble in outcome.troubles}
    assert set(told) == {"/bomb", "/broken", "/nowhere", "/large", "/slow", "/inner", "/gone"}
    assert "entities" in told["/bomb"]
    assert "private address" in told["/inner"]
    assert "no answer within 1 s" in told["/slow"]
    (markdown,) = written(configured(tmp_path, model.url, *sources))
    assert "Port Alder" in markdown
    assert "private address" in markdown


def test_passing_failures_are_tried_again_and_final_ones_are_not(
    ferry: Newsroom, model: ScriptedServer, tmp_path: Path
) -> None:
    """A page that was down is fetched by the next run; one that robots.txt forbids, or that is gone, never again."""
    ferry.replies["/down"] = Reply("busy", status=503)
    ferry.replies["/robots.txt"] = Reply("User-agent: *\nDisallow: /private*", "text/plain")
    ferry.page("/private/1", market_story("Cape Lumen"), publisher="Isle News")
    ferry.feed("/feed", "/1", "/down", "/private/1", "/gone")
    config = configured(tmp_path, model.url, feed(ferry))
    assert len(run(config).troubles) == 3
    ferry.page("/down", market_story("Cape Lumen"), publisher="Isle News")
    assert run(config, days=1).troubles == []
    assert "Cape Lumen" in written(config)[1]
    assert ferry.requests("/private/1") == []
    assert ferry.requests("/gone") == [404]


def test_lists_sitemaps_folders_and_drops_are_sources(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """Each kind of source gives its article, HTML pages included, and each article counts once."""
    names = ["Cape Lumen", "Isle Tarn", "Bay Morrow", "Point Sable"]
    ferry.replies["/p"] = Reply(web_page(market_story(names[0]), publisher="Post", published="2024-05-15"))
    ferry.page("/s", market_story(names[1]), publisher="Post")
    ferry.replies["/map"] = Reply(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{ferry.url}/s</loc><n:news><n:publication_date>2024-05-15</n:publication_date></n:news></url></urlset>",
        "application/xml",
    )
    ferry.replies["/index"] = Reply(f"<sitemapindex><sitemap><loc>{ferry.url}/map</loc></sitemap></sitemapindex>")
    (tmp_path / "list.txt").write_text(f"# a list\n{ferry.url}/p\n\n")
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "a.txt").write_text(f"publisher: Post\npublished: 2024-05-15\n\n{market_story(names[2])}")
    entry = {"text": market_story(names[3]), "publisher": "Post", "published": "2024-05-15"}
    (tmp_path / "lines.jsonl").write_text(json.dumps(entry) + "\n" + json.dumps(entry) + "\n")
    sources = [
        {"kind": "urls", "path": str(tmp_path / "list.txt")},
        {"kind": "sitemap", "url": f"{ferry.url}/index"},
        {"kind": "folder", "path": str(tmp_path / "drop")},
        {"kind": "jsonl", "path": str(tmp_path / "*.jsonl")},
    ]
    config = configured(tmp_path, model.url, *sources)
    outcome = run(config)
    assert outcome.troubles == []
    assert outcome.readout.read == 4
    (markdown,) = written(config)
    assert all(name in markdown for name in names)
    assert "nothing new" in run(config, days=1).line


def test_feeds_that_are_down_do_not_hold_up_each_other(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """Sources are asked several at a time, and what they list is taken in their order all the same."""
    asked = threading.Barrier(3, timeout=10)
    paths = ["/b", "/a", "/feed"]
    for path in paths[:2]:
        ferry.feed(path)
    ferry.meet = dict.fromkeys(paths, asked.wait)
    outcome = run(configured(tmp_path, model.url, *(feed(ferry, path) for path in paths)))
    assert outcome.troubles == []
    assert outcome.listed == 3


def test_feeds_may_only_name_web_addresses(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """Files, scripts and addresses with passwords in a feed are never opened."""
    items = "".join(
        f"<item><link>{link}</link></item>"
        for link in ("file:///etc/passwd", "javascript:alert(1)", "http://u:p@127.0.0.1/", "/1", "ftp://x/y")
    )
    ferry.replies["/feed"] = Reply(
        f'<rss version="2.0"><channel><link>{ferry.url}</link>{items}</channel></rss>', "application/rss+xml"
    )
    config = configured(tmp_path, model.url, feed(ferry))
    assert run(config).troubles == []
    assert rows(config, "SELECT place FROM articles") == [(f"{ferry.url}/1",)]


def test_a_private_host_is_only_asked_if_configured(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """Without `allow_private_hosts`, a feed on the own machine is refused."""
    config = configured(tmp_path, model.url, feed(ferry), fetching={"allow_private_hosts": []})
    (trouble,) = run(config).troubles
    assert "private address" in trouble.message
    assert ferry.seen == []


def test_reports_join_within_the_window_alone(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """An article of three weeks later joins the incident only if the window reaches back so far."""
    for days, incidents in ((7, 2), (30, 1)):
        ferry.feed("/feed", "/1")
        config = configured(tmp_path / str(days), model.url, feed(ferry), window_days=days)
        run(config)
        ferry.page("/2", ferry_story(4, extra="A year on."), publisher="Isle News", published="2024-05-15")
        with State(config.state) as state, state.transaction() as connection:
            connection.execute("UPDATE incidents SET first_seen = '2024-04-24', last_seen = '2024-04-24'")
        ferry.feed("/feed", "/1", "/2")
        run(config, days=21)
        assert len(rows(config, "SELECT id FROM incidents")) == incidents


def test_times_are_told_in_the_configured_zone(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """A reader in Nairobi reads Nairobi's clock."""
    config = configured(tmp_path, model.url, feed(ferry), timezone="Africa/Nairobi")
    run(config)
    assert "Harbour Wire, 15 May 08:10" in written(config)[0]
    assert "15 May 2024, 09:00 EAT" in written(config)[0]


def test_limit_and_since_leave_the_rest_for_later(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """What a run was told to leave is read by the next one that may."""
    ferry.page("/2", market_story("Cape Lumen"), publisher="Isle News", published="2024-05-10")
    ferry.page("/3", market_story("Isle Tarn"), publisher="Isle News")
    ferry.feed("/feed", "/1", "/2", "/3", etag='"1"')
    config = configured(tmp_path, model.url, feed(ferry))
    assert "2 left for later" in run(config, options=Options(limit=1)).line
    assert run(config, options=Options(since="2024-05-12")).readout.read == 1
    assert run(config).readout.read == 1
    assert len(model.requests) == 3


def test_max_cost_stops_before_it_is_exceeded(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """No call goes out that could exceed --max-cost; the article is read when there is money again."""
    config = configured(tmp_path, model.url, feed(ferry))
    with pytest.raises(SettingError, match="no price is listed"):
        run(config, options=Options(max_cost=1))  # behind an endpoint, nobody knows the price
    priced = config.model_copy(update={"model": Model(name="openai/gpt-4.1-mini", max_cost=0.000001)})
    outcome = run(priced)
    assert [trouble.error for trouble in outcome.troubles] == ["BudgetError"]
    assert outcome.left == 1
    assert run(config).readout.read == 1
    assert len(model.requests) == 1


def test_a_dry_run_counts_and_changes_nothing(ferry: Newsroom, model: ScriptedServer, tmp_path: Path, cli: Cli) -> None:
    """--dry-run says how many calls are to be expected, writes no file and calls no model."""
    path = tmp_path / "digest.toml"
    path.write_text(spelled(settings(tmp_path, model.url, feed(ferry))))
    result = cli("digest", "--config", path, "--dry-run")
    assert "1 new article listed" in result.out
    assert "about 1 call to m at a price that is not known" in result.out
    assert [entry.name for entry in tmp_path.iterdir()] == ["digest.toml"]
    assert model.requests == []
    assert cli("digest", "--config", path).code == 0
    assert "0 new articles listed, 0 known" in cli("digest", "--config", path, "--dry-run").out


def test_an_article_that_the_model_fails_costs_no_other(
    ferry: Newsroom, model: ScriptedServer, tmp_path: Path, cli: Cli
) -> None:
    """The digest is written with what was read, the failure is told, and the exit code says `in part`."""
    ferry.page("/2", "Nothing that the scripted model knows. " * 5, publisher="Isle News")
    ferry.feed("/feed", "/1", "/2")
    scripted = model.script

    def script(request: dict[str, Any]) -> Any:
        known = "caught fire" in request["messages"][-1]["content"]
        return scripted(request) if known else Answer(completion(None, refusal="no"))  # type: ignore[operator]

    model.script = script
    path = tmp_path / "digest.toml"
    path.write_text(spelled(settings(tmp_path, model.url, feed(ferry))))
    result = cli("digest", "--config", path)
    assert result.code == 3
    assert "refused" in result.err
    assert "Port Alder" in (tmp_path / "out" / next(iter(sorted((tmp_path / "out").glob("*.md"))))).read_text()


def test_the_atom_feed_names_each_update_once(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """Readers of the feed get an entry for the new incident and one for its change, with ids of their own."""
    config = configured(tmp_path, model.url, feed(ferry), output={"site": "https://digest.example/"})
    run(config)
    ferry.page("/2", ferry_story(6), publisher="Coast & Gazette", published="2024-05-16")
    ferry.feed("/feed", "/1", "/2", etag='"2"')
    run(config, days=1)
    parsed = feedparser.parse((config.output.folder / "updates.atom").read_bytes())
    assert not parsed.bozo
    assert len({entry.id for entry in parsed.entries}) == 2
    assert parsed.entries[0].link == "https://digest.example/digest-2024-05-16.html#i1"
    assert "Killed: 4 → 6 (Coast & Gazette)" in parsed.entries[0].content[0].value


def test_the_page_lets_nothing_run_or_load(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """Words of an article are words: no markup of theirs, no script, no address but those of the web."""
    nasty = '<script>alert(1)</script> {{ 12345*7919 }} [x](javascript:alert(1)) "><img src=x onerror=alert(1)>'
    ferry.page("/1", ferry_story(4, extra=nasty), publisher="Evil <b>News</b> {{ 12345*7919 }} ](javascript:x)")
    config = configured(tmp_path, model.url, feed(ferry))
    run(config)
    (page,), (markdown,) = written(config, ".html"), written(config)
    assert "Content-Security-Policy" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    for text in (page, markdown, (config.output.folder / "updates.atom").read_text()):
        assert "<b>News" not in text
        assert "<script" not in text
        assert "97760055" not in text
    assert "](javascript" not in markdown.replace("\\", "\\").replace("\\]", "")


def test_templates_of_ones_own_go_before_ours(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """A template in the configured folder is used, escaped like ours; a broken one is named with its line."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "digest.md.j2").write_text("{% for one in digest.new %}* {{ one.title }} *{{ '<' }}{% endfor %}")
    config = configured(tmp_path, model.url, feed(ferry), output={"templates": str(folder)})
    run(config)
    assert written(config)[0].startswith("* Fire at Port Alder")
    assert "&lt;" in written(config)[0]
    ferry.page("/2", ferry_story(6), publisher="Coast Gazette", published="2024-05-16")
    ferry.feed("/feed", "/1", "/2", etag='"2"')
    (folder / "digest.html.j2").write_text("line\n{% if %}")
    with pytest.raises(TemplateError, match=r"digest\.html\.j2, line 2"):
        run(config.model_copy(update={"output": config.output.model_copy(update={"templates": folder})}), days=1)
    (folder / "digest.html.j2").unlink()
    assert run(config, days=2).files  # nothing was lost, nothing is read twice
    assert len(model.requests) == 2


def test_what_could_not_be_written_is_told_by_the_next_run(
    ferry: Newsroom, model: ScriptedServer, tmp_path: Path
) -> None:
    """Items are marked as told only after the digest stands on the disk."""
    config = configured(tmp_path, model.url, feed(ferry))
    config.output.folder.write_text("a file is in the way")
    with pytest.raises(WritingError, match="cannot be written"):
        run(config)
    assert rows(config, "SELECT state FROM digests") == [("planned",)]
    config.output.folder.unlink()
    outcome = run(config, days=1)
    assert "Port Alder" in written(config)[0]
    assert len(model.requests) == 1
    assert outcome.joined.opened == []


def test_incidents_are_listed_and_filtered(ferry: Newsroom, model: ScriptedServer, tmp_path: Path, cli: Cli) -> None:
    """The list is filtered by day, type, country and words; it is a table, Markdown or JSON."""
    ferry.page("/2", market_story("Cape Lumen"), publisher="Isle News")
    ferry.feed("/feed", "/1", "/2")
    path = tmp_path / "digest.toml"
    path.write_text(spelled(settings(tmp_path, model.url, feed(ferry))))
    assert cli("incidents", "--config", path).code == 2  # no state yet
    run(configured(tmp_path, model.url, feed(ferry)))

    def listed(*options: str) -> list[str]:
        return [row["id"] for row in json.loads(cli("incidents", "--config", path, "--format", "json", *options).out)]

    assert listed() == ["i2", "i1"]
    assert listed("--text", "lumen") == ["i2"]
    assert listed("--type", "Fire") == ["i1"]
    assert listed("--type", "robbery") == listed("--since", "2025-01-01") == listed("--country", "France") == []
    assert "Port Alder" in cli("incidents", "--state", tmp_path / "state.sqlite3").out
    assert cli("incidents", "--config", path, "--since", "soon").code == 2


def test_show_prints_the_history_of_every_field(
    ferry: Newsroom, model: ScriptedServer, tmp_path: Path, cli: Cli
) -> None:
    """One incident with its record, and each change with its time, run, words and outlets."""
    path = tmp_path / "digest.toml"
    path.write_text(spelled(settings(tmp_path, model.url, feed(ferry))))
    config = configured(tmp_path, model.url, feed(ferry))
    run(config)
    ferry.page("/2", ferry_story(6), publisher="Coast Gazette", published="2024-05-16")
    ferry.feed("/feed", "/1", "/2", etag='"2"')
    run(config, days=1)
    for options in ([], ["--format", "md"], ["--quotes"]):
        out = cli("show", "i1", "--config", path, *options).out
        assert "2024-05-16 06:00, run 2: killed raised 4 → 6 (Coast Gazette)" in out
    assert cli("show", "i7", "--config", path).code == 1
    assert cli("show", "../x", "--config", path).code == 1


def test_the_log_is_json_and_holds_no_text(ferry: Newsroom, model: ScriptedServer, tmp_path: Path) -> None:
    """Each event is an object of its own line: failures, and the run's figures at its end."""
    ferry.feed("/feed", "/1", "/gone")
    config = configured(tmp_path, model.url, feed(ferry), log=str(tmp_path / "log.jsonl"))
    run(config)
    failure, last = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert (failure["event"], failure["error"]) == ("failure", "ArticleMissingError")
    assert (last["event"], last["outcome"], last["read"], last["calls"]) == ("run", "partial", 1, 1)
    assert "caught fire" not in (tmp_path / "log.jsonl").read_text()


def test_wrong_settings_are_named_without_their_values(tmp_path: Path, cli: Cli) -> None:
    """A mistake in the configuration is one line that names the key, and never shows what may be a secret."""
    path = tmp_path / "digest.toml"
    for content, words in (
        ('[[sources]]\nkind = "feed"\nurl = "https://u:secret@x.example/"\n', "user name or a password"),
        ('[[sources]]\nkind = "feed"\npath = "x"\n', "given by its url"),
        ('[[sources]]\nkind = "folder"\npath = "x"\n[mail]\npassword = "secret"\n', "mail"),
        ('timezone = "Mars/Base"\n[[sources]]\nkind = "folder"\npath = "x"\n', "no time zone"),
        ("sources = 3", "sources"),
        ("= 3", "no valid TOML"),
    ):
        path.write_text(content)
        result = cli("digest", "--config", path)
        assert result.code == 2
        assert words in result.err
        assert "secret" not in result.err
    assert cli("digest", "--config", tmp_path / "missing.toml").code == 2
