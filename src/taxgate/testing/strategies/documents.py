"""Documents on the wire (数据交换文件), and near misses of them with the path of the fault."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen
from hypothesis import strategies as st

from ...evidence import TaxRecord
from ...identifiers import Identifier
from ...parties import IdType, Person
from ...proceedings import Application
from ...terms import Checkpoint, RecordStatus
from ...wire.case import Case, on_the_wire, rules
from ...wire.formats import LARGEST_INTEGER, LONGEST_CODE, LONGEST_TEXT
from ...wire.writing import write_case
from .cases import cases

__all__ = ["NearMiss", "every_near_miss", "near_misses", "wire_documents"]

Document = dict[str, Any]
Step = str | int


@frozen
class NearMiss:
    """A document that is wrong in one place.

    Attributes:
        text: The document.
        path: JSON path that the `WireError` has to name.
        what: What was done to it.
    """

    text: str
    path: str
    what: str


def wire_documents(checkpoint: Checkpoint | str | None = None) -> st.SearchStrategy[Document]:
    """Return valid documents (待审案件文件) as plain values, ready for `json.dumps`.

    Args:
        checkpoint: Which checkpoint; any if None.
    """
    return cases(checkpoint).map(lambda case: json.loads(write_case(case)))


def near_misses(document: Document) -> st.SearchStrategy[NearMiss]:
    """Return what becomes of a valid *document* by one slip.

    Args:
        document: A case as a plain value; it is not changed.
    """
    slips = tuple(_slips(document))
    return st.sampled_from(slips).map(lambda slip: _made(document, slip))


def every_near_miss(document: Document) -> Iterator[NearMiss]:
    """Yield every near miss `near_misses` draws from, for tests that leave none out."""
    for slip in _slips(document):
        yield _made(document, slip)


# How ----------------------------------------------------------------------------------------------


@frozen(eq=False)
class _Slip:
    """A change of one place.

    Attributes:
        steps: Keys and indices that lead to it.
        value: What stands there afterwards.
        what: What was done.
        at: Where the fault lies; None where it lies at the place itself.
    """

    steps: tuple[Step, ...]
    value: Any
    what: str
    at: tuple[Step, ...] | None = None


_GONE: Final = object()
_NOT_THE_FIELD: Final = "surplus"
_OTHER_KINDS: Final[tuple[Any, ...]] = ({}, [], "7", 7, True)
_UNSEEN: Final = "\u200b"


class _Twice(dict[str, Any]):
    """An object that is written with its first key twice."""

    def items(self) -> Any:  # noqa: ANN401 - no more than the encoder asks for
        """Return the first pair once more at the end."""
        pairs = list(super().items())
        return [*pairs, pairs[0]]


def _made(document: Document, slip: _Slip) -> NearMiss:
    path = _json_path(slip.steps if slip.at is None else slip.at)
    if not slip.steps:
        whole = json.dumps(document, ensure_ascii=False)
        return NearMiss(str(slip.value).format(whole=whole), path, slip.what)
    changed = copy.deepcopy(document)
    *ways, last = slip.steps
    inside: Any = changed
    for step in ways:
        inside = inside[step]
    if slip.value is _GONE:
        del inside[last]
    else:
        inside[last] = slip.value
    return NearMiss(json.dumps(changed, ensure_ascii=False), path, slip.what)


def _json_path(steps: tuple[Step, ...]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _slips(document: Document) -> Iterator[_Slip]:
    for value, what in (
        ("{whole}{{}}", "goes on after its end"),
        ("\ufeff{whole}", "begins with a byte order mark"),
        ("[{whole}]", "stands in a list"),
        ("", "is empty"),
        ('{{"application": ', "breaks off"),
    ):
        yield _Slip((), value, what)
    own = rules(Checkpoint(document["checkpoint"]))
    instead = {Application: own.Application, TaxRecord: own.Record}
    yield from _in_object(document, Case, (), instead)
    for name in ("answers", "readings"):
        for index, part in enumerate(document.get(name, [])[:1]):
            found = [*document[name], part]
            end = (name, len(found) - 1)
            yield _Slip((name,), found, f"{name}: {index} stands there twice", end)


def _in_object(
    value: Document, kind: type, steps: tuple[Step, ...], instead: dict[type, type]
) -> Iterator[_Slip]:
    for item in attrs.fields(kind):
        if not on_the_wire(item):
            continue
        here = (*steps, item.name)
        if item.name not in value:
            continue
        if item.default is attrs.NOTHING:
            yield _Slip(here, _GONE, "is left out")
        yield from _at(value[item.name], kind, item, here, instead)
    extra = (*steps, _NOT_THE_FIELD)
    yield _Slip(extra, None, "is no field")
    if steps and value:
        yield _Slip(steps, _Twice(copy.deepcopy(value)), "has a key twice")


def _at(
    value: Any,  # noqa: ANN401 - a JSON value
    owner: type,
    item: attrs.Attribute[Any],
    steps: tuple[Step, ...],
    instead: dict[type, type],
) -> Iterator[_Slip]:
    annotation = _hints(owner)[item.name]
    kinds = _members(annotation)
    if value is None:
        return
    if NoneType not in kinds:
        yield _Slip(steps, None, "is null")
    kind = next(one for one in kinds if one is not NoneType)
    if get_origin(kind) in (tuple, frozenset):
        yield from _other_kinds(value, steps)
        inside = get_args(kind)[0]
        for index, part in enumerate(value):
            here = (*steps, index)
            yield _Slip(here, None, "is null in a list")
            yield from _of_kind(part, inside, here, instead)
        return
    if owner is Person and item.name == "number":
        return  # judged with the kind of document, see below
    if kind is str:
        yield from _other_kinds(value, steps)
        yield from _texts(value, item, steps)
        return
    yield from _of_kind(value, kind, steps, instead)
    if item.name == "status" and issubclass(owner, TaxRecord):
        never = next((status for status in RecordStatus if status not in owner.STATUSES), None)
        if never is not None:
            yield _Slip(steps, never.value, "is a status of another kind of record")


def _of_kind(
    value: Any,  # noqa: ANN401 - a JSON value
    kind: Any,  # noqa: ANN401 - an annotation
    steps: tuple[Step, ...],
    instead: dict[type, type],
) -> Iterator[_Slip]:
    yield from _other_kinds(value, steps)
    kind = instead.get(kind, kind)
    if isinstance(value, dict):
        yield from _in_object(value, kind, steps, instead)
        if kind is Person:
            yield from _numbers(value, (*steps, "number"))
    elif issubclass(kind, Identifier):
        wide = value.translate(_WIDE)
        for text in (f"{value}{_UNSEEN}", f" {value}", f"{value[:-1]}_", "", wide):
            yield _Slip(steps, text, "is almost that identifier")
    elif issubclass(kind, StrEnum):
        for text in (value.upper(), f"{value} ", f"{value}s", ""):
            yield _Slip(steps, text, "is almost that code")
    else:
        spoil = _SPOILT.get(kind)
        for other in spoil(value) if spoil is not None else ():
            yield _Slip(steps, other, f"is almost a {kind.__name__}")


def _other_kinds(value: Any, steps: tuple[Step, ...]) -> Iterator[_Slip]:  # noqa: ANN401
    for other in _OTHER_KINDS:
        if type(other) is not type(value):
            yield _Slip(steps, copy.copy(other), "is of another kind")


def _texts(value: str, item: attrs.Attribute[Any], steps: tuple[Step, ...]) -> Iterator[_Slip]:
    if item.converter is None:
        yield _Slip(steps, f"{value}\u0007", "rings a bell")
        yield _Slip(steps, "a" * (LONGEST_TEXT + 1), "is too long")
        return
    for text in ("", f" {value}", f"{value}\n", f"{value}{_UNSEEN}x", "a" * 201):
        yield _Slip(steps, text, "is almost such a text")


def _numbers(person: Document, steps: tuple[Step, ...]) -> Iterator[_Slip]:
    """Yield what is no number of a document of the person's kind."""
    value = person["number"]
    yield from _other_kinds(value, steps)
    checked = person["id_type"] in (IdType.RESIDENT_NUMBER, IdType.USCC)
    others = [f"{value[:-1]}{'0' if value[-1] != '0' else '1'}", value[:-1]] if checked else []
    for text in (*others, f"{value}{_UNSEEN}", f" {value}", "", "1" * (LONGEST_CODE + 1)):
        yield _Slip(steps, text, "is almost that number")


_WIDE: Final = {ord("0") + digit: chr(ord("０") + digit) for digit in range(10)}
"""Full-width digits. Every identifier in a case has a digit."""

_SPOILT: Final[dict[type, Any]] = {
    date: lambda value: (f"{value}T00:00:00", value.replace("-", "/"), "2026-02-30", "9999-12-31"),
    datetime: lambda value: (value[:19], value[:10], f"{value[:11]}24{value[13:]}", f"{value}Z"),
    Decimal: lambda value: (f"{value}e0", f"0{value}", f"+{value}", f"{value},00", "NaN"),
    int: lambda value: (str(value), value + 0.5, LARGEST_INTEGER + 1),
    bool: lambda value: (str(value).lower(), int(value)),
}
"""What is almost a value of a kind."""


def _members(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401
    if get_origin(annotation) in (UnionType, Union):
        return get_args(annotation)
    return (annotation,)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
