"""The summary as one self-contained HTML page: no network, no script but ours, nothing of the data is ever code.

The template escapes every string; the record's copy in the page is escaped JSON; and a Content-Security-Policy lets the
browser run the one script and the one style sheet whose hashes it names, and load nothing at all.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from ..schemas import Summary
from .report import build_report


def as_html(summary: Summary) -> str:
    """The report as a page that ends in a newline.

    Article panes show the texts where the summary holds them (`with_text`), else they say that there is none.
    """
    style, script = _part("report.css"), _part("report.js")
    page = (
        _environment()
        .get_template("report.html.jinja")
        .render(
            report=build_report(summary),
            record=_record(summary),
            style=Markup(style),  # noqa: S704 - a file of this package
            script=Markup(script),  # noqa: S704
            policy=_policy(style, script),
        )
    )
    return _unindented(page).rstrip("\n") + "\n"


def _record(summary: Summary) -> Markup:
    """The record without the articles' texts, which stand in the panes, as JSON that cannot end its element."""
    data = summary.model_dump(mode="json")
    for source in data["sources"]:
        source.pop("text", None)
    return htmlsafe_json_dumps(data, separators=(",", ":"))


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _unindented(text: str) -> str:
    """`text` without blanks at the starts of its lines; an article's words stand on one line each, and stay whole."""
    return re.sub(r"\n\s+", "\n", text)


@lru_cache
def _part(name: str) -> str:
    return _unindented((files(__package__) / "page" / name).read_text(encoding="utf-8"))


@lru_cache
def _environment() -> Environment:
    names = [file.name for file in (files(__package__) / "page").iterdir() if file.name.endswith(".jinja")]
    return Environment(
        loader=DictLoader({name: _part(name) for name in names}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
