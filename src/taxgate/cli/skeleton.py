"""A case to fill in (案件样本): a shipped case, with what the schema says of every field above it.

Required fields, and those the shipped case gives, stand as they are; all other fields are commented
out, each on a line of its own that holds a fitting value. The last field of an object is never a
commented one, so taking the comment away never leaves a comma behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from textwrap import wrap
from typing import Any, Final

from attrs import field, frozen

from ..cases import CASES
from ..terms import Checkpoint, Language
from ..wire import input_schema
from ..wording import common
from .phrases import NEW_HEADING, ONE_OF, filled

__all__ = ["new_case"]

Shape = Mapping[str, Any]

_WIDTH: Final = 100
_INDENT: Final = "  "
_REFERENCE: Final = "#/$defs/"
_FALLBACKS: Final[Mapping[str, Any]] = {
    "integer": 1,
    "name": "样例",
    "number-as-written": "EX-1",
    "text": "说明",
}
"""Values for fields no shipped case gives, by the name of their format."""


def new_case(checkpoint: Checkpoint, language: Language) -> str:
    """Return a commented case of *checkpoint* that can be checked as it is."""
    name = common.checkpoint(checkpoint, language)
    case = next(case for case in CASES if case.checkpoint is checkpoint)
    title = case.title.to(language)
    heading = (filled(text, checkpoint=name, title=title).to(language) for text in NEW_HEADING)
    lines = [
        *(f"// {line}" for text in heading for line in _wrapped(text)),
        *_Writer(_Schema.of(checkpoint), language).root(json.loads(case.document())),
    ]
    return "\n".join(lines) + "\n"


@frozen
class _Schema:
    """The input schema of one checkpoint.

    Attributes:
        root: Schema of a case, its application and answers those of the checkpoint.
        definitions: Schemas by name.
    """

    root: Shape
    definitions: Mapping[str, Shape]

    @classmethod
    def of(cls, checkpoint: Checkpoint) -> _Schema:
        schema = input_schema([checkpoint])
        (branch,) = schema["allOf"]
        own = branch["then"]["properties"]
        properties = {
            name: {**shape, **own.get(name, {})} for name, shape in schema["properties"].items()
        }
        return cls({**schema, "properties": properties}, schema["$defs"])

    def resolved(self, shape: Shape) -> tuple[str, Shape]:
        """Return the name of what *shape* refers to, empty if to nothing, and its schema."""
        options = [item for item in shape.get("anyOf", ()) if item.get("type") != "null"]
        chosen = options[0] if options and "properties" not in shape else shape
        name = str(chosen.get("$ref", "")).removeprefix(_REFERENCE)
        if not name:
            return "", chosen
        narrowed = {key: chosen[key] for key in ("enum",) if key in chosen}
        return name, {**self.definitions[name], **narrowed}

    def walk(
        self, owner: str, shape: Shape, value: Mapping[str, Any]
    ) -> Iterator[tuple[str, str, Any]]:
        """Yield `(owner, field, value)` for every plain value; `(kind, "", value)` for its kind."""
        _, shape = self.resolved(shape)
        for key, part in value.items():
            name, inner = self.resolved(shape["properties"][key])
            if isinstance(part, dict):
                yield from self.walk(name, inner, part)
            elif isinstance(part, list):
                item, of_item = self.resolved(inner["items"])
                for each in part:
                    if isinstance(each, dict):
                        yield from self.walk(item, of_item, each)
            else:
                yield owner, key, part
                if name and "pattern" in inner and name not in _FALLBACKS:
                    yield name, "", part


@cache
def _known_values() -> Mapping[tuple[str, str], Any]:
    """Return a value for each field, and for each kind of value, that a shipped case gives."""
    found: dict[tuple[str, str], Any] = {}
    for case in CASES:
        schema = _Schema.of(case.checkpoint)
        for owner, key, value in schema.walk("", schema.root, json.loads(case.document())):
            found.setdefault((owner, key), value)
    return found


@frozen
class _Writer:
    """Writes a case line by line, explaining each kind of object and code where it first occurs."""

    schema: _Schema
    language: Language
    _explained: set[str] = field(factory=set, init=False)

    def root(self, case: Mapping[str, Any]) -> Iterator[str]:
        """Yield the lines of the whole case."""
        yield "{"
        yield from self._fields("", self.schema.root, case, _INDENT)
        yield "}"

    def _fields(
        self, owner: str, shape: Shape, value: Mapping[str, Any], indent: str
    ) -> Iterator[str]:
        """Yield the fields of an object; where its kind was explained before, only those given."""
        known = owner in self._explained
        self._explained.add(owner)
        names = [name for name in shape["properties"] if name in value or not known]
        last = next(name for name in reversed(names) if name in value)
        names.remove(last)
        for name in (*names, last):
            field_shape = shape["properties"][name]
            if not known:
                yield from self._comments(field_shape, indent)
            if name in value:
                comma = "" if name == last else ","
                yield from self._given(name, field_shape, value[name], indent, comma)
            else:
                sample = json.dumps(self._sample(owner, name, field_shape), ensure_ascii=False)
                yield f'{indent}// "{name}": {sample},'

    def _given(
        self, name: str, shape: Shape, value: object, indent: str, comma: str
    ) -> Iterator[str]:
        """Yield a field with its value."""
        owner, inner = self.schema.resolved(shape)
        if isinstance(value, dict):
            yield f'{indent}"{name}": {{'
            yield from self._fields(owner, inner, value, indent + _INDENT)
            yield f"{indent}}}{comma}"
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            item, of_item = self.schema.resolved(inner["items"])
            yield f'{indent}"{name}": ['
            for number, part in enumerate(value, start=1):
                yield f"{indent}{_INDENT}{{"
                yield from self._fields(item, of_item, part, indent + 2 * _INDENT)
                yield f"{indent}{_INDENT}}}{',' if number < len(value) else ''}"
            yield f"{indent}]{comma}"
        else:
            yield f'{indent}"{name}": {json.dumps(value, ensure_ascii=False)}{comma}'

    def _comments(self, shape: Shape, indent: str) -> Iterator[str]:
        """Yield what a field means, which values it takes, and once what its kind of value is."""
        name, inner = self.schema.resolved(shape)
        if "items" in inner:
            name, inner = self.schema.resolved(inner["items"])
        told = [shape.get("description", "")]
        if "enum" in inner:
            told.append(self._values(inner))
        if "properties" not in inner and name not in self._explained:
            self._explained.add(name)
            lines = inner.get("description", "").splitlines()
            if "enum" in inner:
                told += [line for line in lines if line.partition(":")[0] in inner["enum"]]
            else:
                told += [inner.get("title", ""), *lines]
        for text in filter(None, told):
            for line in _wrapped(text, indent):
                yield f"{indent}// {line}"

    def _values(self, shape: Shape) -> str:
        return filled(ONE_OF, values=", ".join(shape["enum"])).to(self.language)

    def _sample(self, owner: str, name: str, shape: Shape) -> Any:  # noqa: ANN401
        """Return a value that fits a field: from a shipped case, the schema, or by its type."""
        kind, inner = self.schema.resolved(shape)
        if "properties" in inner:
            properties = inner["properties"]
            return {key: self._sample(kind, key, properties[key]) for key in inner["required"]}
        if "items" in inner:
            return [self._sample("", "", inner["items"])]
        known = _known_values()
        for place in ((owner, name), (kind, "")):
            if any(place) and place in known:
                return known[place]
        if kind in _FALLBACKS:
            return _FALLBACKS[kind]
        fitting = [*inner.get("examples", ()), *inner.get("enum", ()), inner.get("default", False)]
        return fitting[0]


def _wrapped(text: str, indent: str = "") -> list[str]:
    width = max(40, _WIDTH - len(indent) - len("// "))
    return wrap(text, width, break_on_hyphens=False)
