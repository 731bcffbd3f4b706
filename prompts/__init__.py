"""Prompt templates: one file each, with `$name` placeholders and a version.

A file starts with a `version:` line; `--- system` and `--- user` lines open the messages.  The fixed part comes
first and the article last, so that servers can reuse the prefix, and the article is fenced as data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

from summarizer.errors import PromptError

Message = dict[str, str]


@dataclass(frozen=True)
class Prompt:
    """A parsed template: its version and its messages as (role, template) pairs."""

    name: str
    version: str
    messages: tuple[tuple[str, str], ...]

    def fill(self, **values: str) -> list[Message]:
        """The messages with every placeholder filled; values are inserted as they are, never expanded again.

        Raises PromptError for a placeholder without a value or a stray `$`.
        """
        try:
            return [{"role": role, "content": Template(text).substitute(values)} for role, text in self.messages]
        except KeyError as missing:
            raise PromptError(
                f"prompt {self.name} ({self.version}) wants ${missing.args[0]}, which was not given", subject=self.name
            ) from None
        except ValueError as wrong:
            raise PromptError(
                f"prompt {self.name} ({self.version}) is malformed: {wrong}; write a literal dollar as $$",
                subject=self.name,
            ) from None


@cache
def load_prompt(name: str) -> Prompt:
    """The packaged prompt `name`.  Raises PromptError if there is none or if it cannot be parsed."""
    resource = files(__name__).joinpath(f"{name}.md")
    if not resource.is_file():
        raise PromptError(f"no prompt named {name}", subject=name)
    return parse_prompt(name, resource.read_text(encoding="utf-8"))


def parse_prompt(name: str, text: str) -> Prompt:
    """A template file's text as a Prompt.  Raises PromptError without a version line or a user message."""
    head, *parts = re.split(r"^--- (system|user)\n", text, flags=re.MULTILINE)
    version = re.search(r"^version: *(\S+)", head, flags=re.MULTILINE)
    messages = tuple(zip(parts[::2], parts[1::2], strict=True))
    if version is None or not any(role == "user" for role, _ in messages):
        raise PromptError(f"prompt {name} needs a `version:` line and a `--- user` part", subject=name)
    last = len(messages) - 1
    return Prompt(
        name=name,
        version=version.group(1),
        messages=tuple((role, body if i == last else body.strip()) for i, (role, body) in enumerate(messages)),
    )
