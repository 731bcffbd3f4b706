"""A week of seven daily digests over an invented archive, served on this machine: `python docs/week/run.py OUT`.

Nine invented incidents are told by 44 articles; each outlet's feed shows what it had published by the morning of the
run.  The model is a local endpoint that gives the answers stored in `archive.json`: no key and no network are needed.
"""

from __future__ import annotations

import html
import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from summarizer.digest import Config, Outcome, run_digest
from summarizer.digest.config import parse_config

ARCHIVE = Path(__file__).with_name("archive.json")
FIRST = datetime(2025, 6, 3, 7, 0, tzinfo=UTC)
UNDATED = datetime(2025, 6, 7, 12, 0, tzinfo=UTC)


class Archive:
    """The articles that the server shows at a given time."""

    def __init__(self) -> None:
        self.articles: list[dict[str, Any]] = json.loads(ARCHIVE.read_text(encoding="utf-8"))["articles"]
        self.now = FIRST
        self.calls = 0

    def shown(self, publisher: str) -> list[dict[str, Any]]:
        """What an outlet has published so far."""
        return [one for one in self.articles if one["publisher"] == publisher and appeared(one) <= self.now]

    @property
    def publishers(self) -> list[str]:
        return sorted({one["publisher"] for one in self.articles})

    def answer(self, prompt: str) -> str:
        """The stored answer for the article in a prompt."""
        squeezed = squeeze(prompt)
        for one in self.articles:
            if squeeze(one["text"])[100:220] in squeezed and squeeze(one["publisher"]) in squeezed:
                return json.dumps({"reports": one["reports"]}, ensure_ascii=False)
        return json.dumps({"reports": []})


def appeared(article: dict[str, Any]) -> datetime:
    """When an article stood in its outlet's feed; one without a date some time on the fifth day."""
    if article["published"] is None:
        return UNDATED
    moment = datetime.fromisoformat(article["published"])
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def squeeze(text: str) -> str:
    """The letters and digits of a text: cleaning changes the rest."""
    return re.sub(r"\W+", "", text)


def feed(archive: Archive, publisher: str, url: str) -> str:
    """An outlet's RSS feed."""
    items = []
    for one in archive.shown(publisher):
        dated = one["published"] and "T" in one["published"]
        date = f"<pubDate>{format_datetime(datetime.fromisoformat(one['published']))}</pubDate>" if dated else ""
        title = html.escape(one["title"] or "")
        items.append(f"<item><title>{title}</title><link>{url}/pages/{one['id']}.html</link>{date}</item>")
    name = html.escape(publisher)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{"".join(items)}</channel></rss>'


def page(article: dict[str, Any]) -> str:
    """An article's page."""
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", article["text"]))
    title, site = html.escape(article["title"] or ""), html.escape(article["publisher"])
    time = f'<meta property="article:published_time" content="{article["published"]}">' if article["published"] else ""
    return (
        f'<!doctype html><html><head><title>{title}</title><meta property="og:site_name" content="{site}">'
        f'<meta property="og:title" content="{title}">{time}</head><body><article><h1>{title}</h1>{paragraphs}'
        "</article></body></html>"
    )


@contextmanager
def served(archive: Archive) -> Iterator[str]:
    """The address of a server for feeds, pages and the model."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, _, name = self.path.removeprefix("/").partition("/")
            if kind == "feeds":
                self._send(
                    feed(archive, archive.publishers[int(name.removesuffix(".xml"))], url), "application/rss+xml"
                )
            elif kind == "pages":
                (found,) = (one for one in archive.articles if f"{one['id']}.html" == name)
                self._send(page(found), "text/html; charset=utf-8")
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            archive.calls += 1
            text = archive.answer(request["messages"][-1]["content"])
            message = {"role": "assistant", "content": text}
            usage = {"prompt_tokens": 1_500, "completion_tokens": len(text) // 4, "total_tokens": 0}
            body = {"id": "c", "object": "chat.completion", "created": 1, "model": "archive", "usage": usage}
            body["choices"] = [{"index": 0, "finish_reason": "stop", "message": message}]
            self._send(json.dumps(body), "application/json")

        def _send(self, body: str, kind: str) -> None:
            self.send_response(200)
            self.send_header("content-type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield url
    finally:
        server.shutdown()
        server.server_close()


def configured(archive: Archive, url: str, out: Path) -> Config:
    """The configuration of the week: a feed for each outlet."""
    sources = [
        {"kind": "feed", "url": f"{url}/feeds/{number}.xml", "publisher": name}
        for number, name in enumerate(archive.publishers)
    ]
    return parse_config(
        {
            "title": "Morning incidents",
            "sources": sources,
            "model": {"name": "archive", "base_url": f"{url}/v1"},
            "fetching": {"delay_seconds": 0, "allow_private_hosts": ["127.0.0.1"]},
        }
    ).under(out)


def week(out: Path) -> list[Outcome]:
    """Run the seven mornings; digests and state go to `out`."""
    archive = Archive()
    outcomes = []

    def say(line: str) -> None:
        print(line, file=sys.stderr)

    with served(archive) as url:
        config = configured(archive, url, out)
        for day in range(7):
            archive.now = FIRST + timedelta(days=day)
            outcomes.append(
                run_digest(config, clock=lambda: archive.now, say=lambda line: print(line, file=sys.stderr))
            )
    return outcomes


if __name__ == "__main__":
    for outcome in week(Path(sys.argv[1])):
        print(outcome.line)
