"""The process behind `PageReader`: takes pages on standard input, answers with what trafilatura finds in them."""

from __future__ import annotations

import json
import sys
from typing import IO

import trafilatura

from .pages import receive, send


def extracted(content: bytes | str) -> dict[str, str | None]:
    """The article of a page as the fields of a draft; empty where there is none."""
    page = trafilatura.bare_extraction(content, with_metadata=True, include_comments=False)
    if page is None or isinstance(page, dict):
        return {}
    return {"text": page.text, "title": page.title, "publisher": page.sitename, "published": page.date, "url": page.url}


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer pages until the pipe closes; the first byte of a request says whether it is text or bytes."""
    while (request := receive(requests)) is not None:
        content = request[1:].decode("utf-8") if request[:1] == b"s" else request[1:]
        send(answers, json.dumps(extracted(content)).encode())


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
