"""JSON Schema (2020-12) of what comes in and of what goes out, generated from the classes.

A schema describes shape: fields, types, codes, patterns. The reader refuses every document that
breaks it. It also refuses what no schema can say: check characters that do not fit, days that are
not in the calendar, contradictions between fields, an inquiry answered twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import attrs

from ..evidence import Answer, Inquiry, TaxRecord
from ..identifiers import (
    FrameNumber,
    Identifier,
    ResidentNumber,
    Uscc,
    Vin,
)
from ..parties import IdType, Person
from ..proceedings import Application
from ..terms import Checkpoint, RecordStatus
from .case import Case, on_the_wire, rules
from .describing import description, field_description, member_descriptions, title
from .documents import DecisionDocument, ErrorDocument
from .formats import (
    AMOUNT,
    CODE,
    DAY,
    IDENTIFIER_PATTERNS,
    INSTANT,
    LARGEST_INTEGER,
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_TEXT,
    TEXT,
)

__all__ = ["input_schema", "output_schema"]

Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_FORMATS: Final[Mapping[str, Schema]] = {
    "day": {
        "title": "Calendar day in China (UTC+8)",
        "type": "string",
        "format": "date",
        "pattern": DAY,
        "examples": ["2026-11-23"],
    },
    "instant": {
        "title": "Instant with seconds and offset, as in RFC 3339",
        "type": "string",
        "format": "date-time",
        "pattern": INSTANT,
        "examples": ["2026-11-23T10:00:00+08:00"],
    },
    "amount": {
        "title": "Decimal number as a string",
        "description": "At most 4 decimal places and 18 digits; no exponent, no leading zero.",
        "type": "string",
        "pattern": AMOUNT,
        "examples": ["123000.50"],
    },
    "integer": {
        "title": "Integer",
        "type": "integer",
        "minimum": -LARGEST_INTEGER,
        "maximum": LARGEST_INTEGER,
    },
    "number-as-written": {
        "title": "Number or other short item, as printed on the document",
        "description": "Compared character by character; no white space at an end, nothing "
        "invisible.",
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST_CODE,
        "pattern": CODE,
    },
    "name": {
        "title": "Name, as its bearer's document writes it",
        "description": "No white space at an end, nothing invisible.",
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST_NAME,
        "pattern": CODE,
    },
    "text": {
        "title": "Free text",
        "type": "string",
        "maxLength": LONGEST_TEXT,
        "pattern": TEXT,
    },
}
"""Single values, defined once under `$defs`."""

_VALUES: Final[Mapping[type, str]] = {
    date: "day",
    datetime: "instant",
    Decimal: "amount",
    int: "integer",
    str: "text",
}


def input_schema(checkpoints: Iterable[Checkpoint] = tuple(Checkpoint)) -> Schema:
    """Return the schema of a case.

    Args:
        checkpoints: Those it covers; all four if not told otherwise.
    """
    covered = tuple(Checkpoint(checkpoint) for checkpoint in checkpoints)
    shapes = _Shapes()
    root = shapes.body(
        Case,
        {
            Checkpoint: {"enum": [checkpoint.value for checkpoint in covered]},
            Application: {"type": "object"},
            Answer: {"type": "object"},
        },
    )
    branches = []
    for checkpoint in covered:
        own = rules(checkpoint)
        answer = f"{_prefix(own.Record)}.Answer"
        shapes.define(answer, partial(shapes.body, Answer, {TaxRecord: own.Record}))
        branches.append(
            {
                "if": _equal("checkpoint", checkpoint),
                "then": {
                    "properties": {
                        "application": shapes.of(own.Application),
                        "answers": {"items": {"$ref": f"#/$defs/{answer}"}},
                    }
                },
            }
        )
    return {
        "$schema": _DIALECT,
        "$id": "urn:taxgate:case",
        **root,
        "allOf": branches,
        "$defs": shapes.definitions(),
    }


def output_schema() -> Schema:
    """Return the schema of what goes out: a decision, or an error."""
    shapes = _Shapes(free_text=True)
    return {
        "$schema": _DIALECT,
        "$id": "urn:taxgate:decision",
        "title": "Decision or error",
        "description": "What taxgate answers to a case. Only a document with `may_complete` true "
        "lets the registration be completed.",
        "oneOf": [shapes.of(DecisionDocument), shapes.of(ErrorDocument)],
        "$defs": shapes.definitions(),
    }


class _Shapes:
    """Schemas of types, with those of classes, enums and formats collected under `$defs`.

    Args:
        free_text: Whether text is any text, because it is ours.
    """

    def __init__(self, *, free_text: bool = False) -> None:
        self._free_text = free_text
        self._bodies: dict[str, Schema] = {}
        self._names: dict[type, str] = {}

    def definitions(self) -> Schema:
        """Return what was collected, by name."""
        return {name: self._bodies[name] for name in sorted(self._bodies)}

    def define(self, name: str, body: Callable[[], Schema]) -> Schema:
        """Return a reference to *name*, which is defined at its first mention."""
        if name not in self._bodies:
            self._bodies[name] = {}
            self._bodies[name] = body()
        return {"$ref": f"#/$defs/{name}"}

    def of(self, kind: Any, instead: Mapping[type, Any] | None = None) -> Schema:  # noqa: ANN401
        """Return the schema of a type.

        Args:
            kind: An annotation of a field.
            instead: For some classes another class, or a schema, to take in their place.
        """
        replacement = (instead or {}).get(kind, kind) if isinstance(kind, type) else kind
        if isinstance(replacement, dict):
            return dict(replacement)
        origin, parts = get_origin(replacement), get_args(replacement)
        if origin in (Union, UnionType):
            return self._union(parts, instead)
        if origin is tuple:
            return {"type": "array", "items": self.of(parts[0], instead)}
        if origin is frozenset:
            return {"type": "array", "items": self.of(parts[0]), "uniqueItems": True}
        if origin is not None:
            return self._mapping(*parts)
        if replacement is bool:
            return {"type": "boolean"}
        if replacement is str and self._free_text:
            return {"type": "string"}
        if replacement in _VALUES:
            return self._format(_VALUES[replacement])
        if issubclass(replacement, StrEnum):
            return self.define(self._name(replacement), lambda: _enum(replacement))
        if issubclass(replacement, Identifier):
            return self.define(self._name(replacement), lambda: _identifier(replacement))
        return self.define(self._name(replacement), lambda: self.body(replacement))

    def body(self, kind: type, instead: Mapping[type, Any] | None = None) -> Schema:
        """Return the schema of an attrs class, to be put under a name or at the root."""
        fields = [item for item in attrs.fields(attrs.resolve_types(kind)) if on_the_wire(item)]
        required = [item.name for item in fields if item.default is attrs.NOTHING]
        return {
            **_told(title(kind), description(kind)),
            "type": "object",
            "properties": {item.name: self._field(kind, item, instead) for item in fields},
            **({"required": required} if required else {}),
            "additionalProperties": False,
            **self._together(kind),
        }

    def _field(
        self,
        kind: type,
        item: attrs.Attribute[Any],
        instead: Mapping[type, Any] | None,
    ) -> Schema:
        shape = self._shape(kind, item, instead)
        if (told := field_description(kind, item.name)) is not None:
            shape["description"] = told
        if isinstance(item.default, StrEnum):
            shape["default"] = item.default.value
        elif isinstance(item.default, (bool, str)):
            shape["default"] = item.default
        elif item.default in ((), frozenset()):
            shape["default"] = []
        return shape

    def _shape(
        self,
        kind: type,
        item: attrs.Attribute[Any],
        instead: Mapping[type, Any] | None,
    ) -> Schema:
        if self._free_text or not _is_text(item.type):
            shape = self.of(item.type, instead)
            if item.name == "status" and issubclass(kind, TaxRecord):
                shape["enum"] = [status.value for status in RecordStatus if status in kind.STATUSES]
            return shape
        shape = self._format(_text_format(kind, item))
        return _nullable(shape) if item.type is not str else shape

    def _union(self, parts: tuple[Any, ...], instead: Mapping[type, Any] | None) -> Schema:
        members = [part for part in parts if part is not NoneType]
        if set(members) == {Vin, FrameNumber}:
            shape: Schema = {"anyOf": [self.of(Vin), self.of(FrameNumber)]}
        else:
            (only,) = members
            shape = self.of(only, instead)
        return _nullable(shape) if NoneType in parts else shape

    def _mapping(self, keys: Any, values: Any) -> Schema:  # noqa: ANN401
        shape = self.of(values)
        if issubclass(keys, StrEnum):
            return {
                "type": "object",
                "properties": {key.value: shape for key in keys},
                "additionalProperties": False,
            }
        return {"type": "object", "additionalProperties": shape}

    def _format(self, name: str) -> Schema:
        return self.define(name, lambda: dict(_FORMATS[name]))

    def _name(self, kind: type) -> str:
        """Return the class's name; where two classes share one, the later gets a prefix."""
        if kind not in self._names:
            taken = kind.__name__ in self._names.values()
            self._names[kind] = f"{_prefix(kind)}.{kind.__name__}" if taken else kind.__name__
        return self._names[kind]

    def _together(self, kind: type) -> Schema:
        """Return what a class demands of several fields together, as far as a schema can say it."""
        if kind is Person and not self._free_text:
            return {
                "allOf": [
                    {
                        "if": _equal("id_type", id_type),
                        "then": {"properties": {"number": self.of(number)}},
                    }
                    for id_type, number in (
                        (IdType.RESIDENT_NUMBER, ResidentNumber),
                        (IdType.USCC, Uscc),
                    )
                ]
            }
        if kind is Inquiry:
            return {"anyOf": [_given("vin"), _given("unit"), _given("company")]}
        if kind is Answer:
            return {"oneOf": [_given("records"), _given("outage")]}
        if issubclass(kind, Application):
            return {"anyOf": [_given("handled_on"), _given("application_date")]}
        return {}


def _told(first: str, rest: str) -> Schema:
    return {"title": first, "description": rest} if rest else {"title": first}


def _enum(kind: type[StrEnum]) -> Schema:
    told = member_descriptions(kind)
    lines = [description(kind), *(f"{value}: {text}" for value, text in told.items())]
    return {
        **_told(title(kind), "\n".join(line for line in lines if line)),
        "type": "string",
        "enum": [member.value for member in kind],
    }


def _identifier(kind: type[Identifier]) -> Schema:
    return {
        **_told(title(kind), description(kind)),
        "type": "string",
        "pattern": IDENTIFIER_PATTERNS[kind],
    }


def _is_text(kind: Any) -> bool:  # noqa: ANN401
    return kind is str or (get_origin(kind) is UnionType and set(get_args(kind)) == {str, NoneType})


def _text_format(kind: type, item: attrs.Attribute[Any]) -> str:
    """Return which text a field takes, by what its converter does to one that is no number."""
    if kind is Person and item.name == "number":
        return "number-as-written"
    if item.converter is None:
        return "text"
    return "name" if _takes_long_text(item.converter) else "number-as-written"


def _takes_long_text(converter: Any) -> bool:  # noqa: ANN401
    try:
        converter("x" * (LONGEST_CODE + 1))
    except ValueError:
        return False
    return True


def _nullable(shape: Schema) -> Schema:
    if isinstance(shape.get("type"), str):
        return {**shape, "type": [shape["type"], "null"]}
    return {"anyOf": [*shape.pop("anyOf", ()), *([shape] if shape else []), {"type": "null"}]}


def _given(name: str) -> Schema:
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


def _equal(name: str, member: StrEnum) -> Schema:
    return {"required": [name], "properties": {name: {"const": member.value}}}


def _prefix(kind: type) -> str:
    """Return the checkpoint whose package a class belongs to, or its module."""
    path = kind.__module__.split(".")
    return path[path.index("checks") + 1] if "checks" in path else path[-1]
