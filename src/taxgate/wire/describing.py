"""What classes say of themselves: titles and descriptions for the schema, from their docstrings."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import pairwise

__all__ = ["description", "field_description", "member_descriptions", "title"]

_SECTION = re.compile(r"^(Attributes|Args|Raises|Returns|Source|Not encoded):")
_ENTRY = re.compile(r"^    (\w+): (.*)$")
_IN_JSON = ((re.compile(r"\bNone\b"), "null"), (re.compile(r"\bempty tuple\b"), "empty list"))
"""Words of Python, and what a JSON document calls the same."""


@cache
def _paragraphs(kind: type) -> tuple[str, ...]:
    """Return the paragraphs of a docstring before its first section, each on one line."""
    lines = []
    for line in inspect.cleandoc(kind.__doc__ or "").splitlines():
        if _SECTION.match(line):
            break
        lines.append(line)
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines).strip())
    return tuple(_in_json(" ".join(paragraph.split())) for paragraph in paragraphs if paragraph)


def _in_json(text: str) -> str:
    for python, told in _IN_JSON:
        text = python.sub(told, text)
    return text


def title(kind: type) -> str:
    """Return the first paragraph of a class's docstring."""
    return _paragraphs(kind)[0]


def description(kind: type) -> str:
    """Return the rest of a docstring up to its first section, one paragraph per line."""
    return "\n".join(_paragraphs(kind)[1:])


@cache
def _entries(kind: type) -> dict[str, str]:
    """Return the entries of the section `Attributes:` in a class's own docstring."""
    found: dict[str, str] = {}
    inside = False
    name = ""
    for line in inspect.cleandoc(kind.__doc__ or "").splitlines():
        if line and not line.startswith(" "):
            inside = line == "Attributes:"
        elif inside and (entry := _ENTRY.match(line)):
            name = entry[1]
            found[name] = entry[2]
        elif inside and line.strip():
            found[name] += f" {line.strip()}"
    return found


def field_description(kind: type, name: str) -> str | None:
    """Return what a class, or one it inherits from, says of its field *name*."""
    for part in kind.__mro__:
        if name in _entries(part):
            return _in_json(_entries(part)[name])
    return None


def member_descriptions(kind: type[StrEnum]) -> dict[str, str]:
    """Return what stands below the members of an enum, by value; empty where there is no source.

    Python keeps no docstrings of members, so they are read from the source.
    """
    try:
        source = textwrap.dedent(inspect.getsource(kind))
    except OSError:
        return {}
    (definition,) = ast.parse(source).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - the source of a class is a class
    return {kind[name].value: text for name, text in _documented(definition.body)}


def _documented(statements: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for statement, following in pairwise(statements):
        match statement, following:
            case (
                ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str() as text)),
            ):
                yield name, " ".join(text.split())
