"""Templates: ours, or those that a user put into a folder, filled with a digest.

Values are escaped for their format without a word in the template: HTML and Atom by Jinja's autoescape, Markdown by
ours.  What comes from articles is only ever a value, never a part of a template.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import TemplateError
from summarizer.rendering.markdown import escape, link

from .views import web

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = {"md": "digest.md.j2", "html": "digest.html.j2", "atom": "updates.atom.j2", "text": "mail.txt.j2"}
_SPACES = re.compile(r"\s+")
_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Raw(str):
    """Text that is Markdown already."""

    __slots__ = ()


def render(kind: str, values: Mapping[str, Any], folder: Path | None = None) -> str:
    """The template of this kind, filled; one of the same name in `folder` goes before ours.

    Raises TemplateError that names the template and the line.
    """
    import jinja2

    name = TEMPLATES[kind]
    try:
        environment = _environment(kind, folder)
        if kind == "html":
            values = {**values, **_style(environment)}
        text = environment.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as wrong:
        raise TemplateError(
            f"template {wrong.filename or name}, line {wrong.lineno}: {wrong.message}", subject=name
        ) from wrong
    except jinja2.TemplateError as wrong:
        raise TemplateError(
            f"template {name}: {wrong.message}; docs/digest.md lists what it gets", subject=name
        ) from wrong
    except (OSError, UnicodeDecodeError) as wrong:
        raise TemplateError(f"template {name} cannot be read ({wrong})", subject=name) from wrong
    return text.strip("\n") + "\n"


def _style(environment: Environment) -> dict[str, str]:
    """The style sheet and its hash: the page's policy lets in these styles and nothing else."""
    from markupsafe import Markup

    style = environment.get_template("digest.css").render().strip()
    if "</" in style:
        raise TemplateError("template digest.css: it holds '</', which would end the style sheet; take it out")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": Markup(style), "style_hash": Markup(f"sha256-{digest}")}  # noqa: S704 - from a template, no data


def _environment(kind: str, folder: Path | None) -> Environment:
    import jinja2

    loaders: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(folder)] if folder else []
    loaders.append(jinja2.FileSystemLoader(Path(__file__).parent / "templates"))
    finalize = {"md": _markdown, "text": _text}.get(kind, _marked)
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=kind in {"html", "atom"},  # noqa: S701 - Markdown is escaped by `finalize`
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"web": web, "link": _link, "at_start": _at_start}
    return environment


def _markdown(value: object) -> object:
    return value if isinstance(value, Raw) else Raw(escape(_SPACES.sub(" ", str(value))))


def _text(value: object) -> object:
    return _SPACES.sub(" ", str(value))


def _marked(value: object) -> object:
    """XML has no word for some control characters, escaped or not."""
    return _XML.sub("", value) if type(value) is str else value


def _link(words: str, address: str | None) -> Raw:
    """The words as a Markdown link, or as words alone where the address is none of the web."""
    return Raw((link(words, address) if address else None) or escape(words))


def _at_start(value: str) -> Raw:
    """Words at the start of a line, where some signs would open a heading or a list."""
    from summarizer.rendering.markdown import line

    return Raw(line(" ".join(value.split())))
