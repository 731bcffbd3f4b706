"""A small matcher of the GBNF that the copy grammar is written in: literals, names, groups, `|`, `?` and `{m,n}`."""

from __future__ import annotations

import re
from typing import Any

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([a-z][\w-]*)|\{(\d+),(\d+)\}|([()|?])')
Node = tuple[str, Any]


def accepts(grammar: str, text: str) -> bool:
    """Whether the grammar's root spells the whole text."""
    rules = {name: _parsed(body) for name, _, body in (line.partition(" ::= ") for line in grammar.splitlines())}
    return len(text) in _ends(rules["root"], text, 0, rules)


def _parsed(body: str) -> Node:
    tokens = [match.groups() for match in _TOKEN.finditer(body)]
    node, rest = _choice(tokens, 0)
    assert rest == len(tokens), body
    return node


def _choice(tokens: list[Any], at: int) -> tuple[Node, int]:
    options, held = [], []
    while at < len(tokens) and tokens[at][4] != ")":
        literal, name, least, most, sign = tokens[at]
        at += 1
        if sign == "|":
            options.append(("all", held))
            held = []
        elif sign == "?":
            held[-1] = ("times", (held[-1], 0, 1))
        elif least is not None:
            held[-1] = ("times", (held[-1], int(least), int(most)))
        elif sign == "(":
            inner, at = _choice(tokens, at)
            held.append(inner)
            at += 1
        elif name is not None:
            held.append(("rule", name))
        else:
            held.append(("text", literal.replace('\\"', '"').replace("\\\\", "\\")))
    return ("any", [*options, ("all", held)]), at


def _ends(node: Node, text: str, at: int, rules: dict[str, Node]) -> set[int]:
    """Where a match of the node that begins at `at` can end."""
    kind, held = node
    if kind == "text":
        return {at + len(held)} if text.startswith(held, at) else set()
    if kind == "rule":
        return _ends(rules[held], text, at, rules)
    if kind == "any":
        return {end for option in held for end in _ends(option, text, at, rules)}
    if kind == "all":
        ends = {at}
        for part in held:
            ends = {end for start in ends for end in _ends(part, text, start, rules)}
        return ends
    part, least, most = held
    ends, reached = {at}, {at} if least == 0 else set()
    for time in range(1, most + 1):
        ends = {end for start in ends for end in _ends(part, text, start, rules)}
        reached |= ends if time >= least else set()
    return reached
