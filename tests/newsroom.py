"""A local web of outlets for the digest's tests: feeds, pages, sitemaps and robots.txt that change between runs."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from summarizer.digest.config import Config, parse_config

from .conftest import Answer, completion
from .samples import ferry_report, full_answer

MORNING = datetime(2024, 5, 15, 6, 0, tzinfo=UTC)
WORDS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 9: "nine"}
MARKETS = {
    "Cape Lumen": ("Monday", "2024-05-13", "three"),
    "Isle Tarn": ("Sunday", "2024-05-12", "five"),
    "Bay Morrow": ("Saturday", "2024-05-11", "seven"),
    "Point Sable": ("Friday", "2024-05-10", "nine"),
}


@dataclass
class Reply:
    """What the server sends for a path.  With an `etag`, conditional requests are answered by 304."""

    body: bytes | str = ""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    delay: float = 0.0


@dataclass
class Newsroom:
    """A server on loopback; `replies` by path may be changed at any time, `seen` are (path, status) of each request.

    `meet` are functions that are called before a path is answered.
    """

    url: str
    replies: dict[str, Reply] = field(default_factory=dict)
    seen: list[tuple[str, int]] = field(default_factory=list)
    meet: dict[str, Callable[[], object]] = field(default_factory=dict)

    def feed(self, path: str, *paths: str, etag: str | None = None, updated: str | None = None) -> None:
        """An RSS feed that lists these pages."""
        items = "".join(
            f"<item><title>About {page}</title><link>{self.url}{page}</link>"
            + (f"<pubDate>{updated}</pubDate>" if updated else "")
            + "</item>"
            for page in paths
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Feed</title>{items}</channel></rss>'
        self.replies[path] = Reply(body, "application/rss+xml", etag=etag)

    def page(self, path: str, text: str, *, publisher: str, published: str = "2024-05-15", **reply: Any) -> None:
        """An article's page, as plain text with a header: quick to take apart."""
        body = f"publisher: {publisher}\npublished: {published}\ntitle: Of {path}\n\n{text}"
        self.replies[path] = Reply(body, "text/plain; charset=utf-8", **reply)

    def requests(self, path: str) -> list[int]:
        """The statuses that requests for a path were answered with."""
        return [status for asked, status in self.seen if asked == path]


def web_page(text: str, *, publisher: str, published: str) -> str:
    """An article as an HTML page."""
    parts = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    return (
        f'<!doctype html><html><head><title>T</title><meta property="og:site_name" content="{publisher}">'
        f'<meta property="article:published_time" content="{published}"></head><body><article><h1>T</h1>{parts}'
        "</article></body></html>"
    )


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    """A running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = room.replies.get(self.path, Reply("no such page", status=404))
            status = reply.status
            if reply.etag is not None and self.headers.get("If-None-Match") == reply.etag:
                status = 304
            room.seen.append((self.path, status))
            room.meet.get(self.path, lambda: None)()
            if reply.delay:
                threading.Event().wait(reply.delay)
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            try:
                self.send_response(status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.etag is not None:
                    self.send_header("ETag", reply.etag)
                if status != 304:
                    self.send_header("Content-Type", reply.kind)
                self.end_headers()
                if status != 304:
                    self.wfile.write(body)
            except ConnectionError:
                pass  # the reader had enough, as a test wants it to

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    room = Newsroom(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()


def ferry_story(killed: int, *, extra: str = "") -> str:
    """A ferry fire off Port Alder with so many dead."""
    return (
        f"A ferry caught fire off Port Alder on Tuesday evening, killing {WORDS[killed]} passengers, the coast guard "
        f"said.\n\nEleven people were injured, two of them badly, and everyone else was taken off the ship. {extra}"
    ).strip()


def market_story(place: str) -> str:
    """A bombing at one of four markets, each on a day of its own."""
    day, _, killed = MARKETS[place]
    return (
        f"A bomb went off in the market of {place} on {day} morning, killing {killed} traders, "
        "police said.\n\nNobody has claimed the attack. The stalls stay closed while the rubble is searched, they said."
    )


def scripted_answer(prompt: str) -> str:
    """What an ideal model answers to a prompt with one of these stories in it."""
    for place, (day, date, word) in MARKETS.items():
        if f"market of {place} " in prompt:
            return full_answer(_report("bombing", place, date, f"on {day} morning", f"killing {word} traders"))
    killed = next(word for word in WORDS.values() if f"killing {word} passengers" in prompt)
    quote = f"killing {killed} passengers"
    return full_answer(_report("fire", "Port Alder", "2024-05-14", "on Tuesday evening", quote))


def _report(kind: str, place: str, day: str, day_quote: str, killed_quote: str) -> dict[str, Any]:
    killed = next(number for number, word in WORDS.items() if f" {word} " in killed_quote)
    return ferry_report(
        event_type=kind,
        killed={"low": killed, "best": killed, "high": killed, "qualifier": "exact", "quote": killed_quote},
        injured=None if kind == "bombing" else ferry_report()["injured"],
        location={"name": place, "country": None, "quote": place},
        date={"start": day, "end": None, "precision": "day", "quote": day_quote},
    )


def scripted_model(request: dict[str, Any]) -> Answer:
    """The script of a model server that reads these stories."""
    return Answer(completion(scripted_answer(request["messages"][-1]["content"])))


def settings(folder: Path, model_url: str, *sources: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The content of a `digest.toml` for the tests: no waits, and loopback may be asked."""
    fetching = {"delay_seconds": 0, "allow_private_hosts": ["127.0.0.1"], "timeout_seconds": 5} | more.pop(
        "fetching", {}
    )
    return {
        "state": str(folder / "state.sqlite3"),
        "sources": list(sources),
        "model": {"name": "m", "base_url": model_url, "concurrency": 2},
        "fetching": fetching,
        "output": {"folder": str(folder / "out")} | more.pop("output", {}),
    } | more


def configured(folder: Path, model_url: str, *sources: dict[str, Any], **more: Any) -> Config:
    """The same, read."""
    return parse_config(settings(folder, model_url, *sources, **more))


def spelled(content: dict[str, Any]) -> str:
    """A configuration as TOML; JSON's strings, numbers, booleans and lists are TOML's too."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in content.items() if not isinstance(value, dict | list)]
    for key, value in content.items():
        if isinstance(value, dict):
            lines += [f"[{key}]", *(f"{name} = {json.dumps(entry)}" for name, entry in value.items())]
    for source in content["sources"]:
        lines += ["[[sources]]", *(f"{name} = {json.dumps(entry)}" for name, entry in source.items())]
    return "\n".join(lines) + "\n"


def mail_date(moment: datetime) -> str:
    """A date as feeds write it."""
    return format_datetime(moment)
