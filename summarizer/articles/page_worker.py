"""The process behind `PageReader`: takes pages, feeds and sitemaps on standard input, answers with what is in them."""

from __future__ import annotations

import json
import sys
from typing import IO, Any

from .pipes import receive, send


def extracted(content: bytes | str) -> dict[str, str | None]:
    """The article of a page as the fields of a draft; empty where there is none."""
    import trafilatura  # slow to import, and feeds do without

    page = trafilatura.bare_extraction(content, with_metadata=True, include_comments=False)
    if page is None or isinstance(page, dict):
        return {}
    return {"text": page.text, "title": page.title, "publisher": page.sitename, "published": page.date, "url": page.url}


def answered(request: bytes) -> dict[str, Any]:
    """The answer to one request; its first byte says what the rest is (page as text or bytes, feed, sitemap).

    Feeds and sitemaps have their address in front, on a line of its own.
    """
    letter, content = request[:1], request[1:]
    if letter in b"fm":
        from .listings import feed_entries, sitemap_entries

        address, _, document = content.partition(b"\n")
        return feed_entries(document, address.decode()) if letter == b"f" else sitemap_entries(document)
    return extracted(content.decode("utf-8") if letter == b"s" else content)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until the pipe closes."""
    while (request := receive(requests)) is not None:
        send(answers, json.dumps(answered(request)).encode())


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
