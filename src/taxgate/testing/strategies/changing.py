"""Small changes (扰动) of whole cases: one place, another value that is as well-formed.

A case that differs from a good one in a single place shows more than one made by chance alone. The
places of a value and what may stand there instead are listed once; drawing a change then costs two
integers, and what its class refuses is left as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st

from ...errors import InputError
from ...evidence import Answer, Outage, OutageCause, TaxRecord
from ...identifiers import Division, FrameNumber, UnitCode, Uscc, Vin
from ...parties import IdType, Person
from ...terms import Reading
from ...wire.case import Case, on_the_wire

__all__ = [
    "NOT_FRESH",
    "POOLS",
    "Place",
    "Specimens",
    "change",
    "drawn_changes",
    "places",
    "put",
    "specimens_in",
]

Step = str | int
Specimens = Mapping[type, tuple[Any, ...]]
"""Values that may stand where a class is called for, by class."""

POOLS: Final[Specimens] = MappingProxyType(
    {
        Vin: (Vin("1M8GDM9AXKP042788"), Vin("1M8GDM9AXKP042789")),
        FrameNumber: (FrameNumber("LC0012345"),),
        Uscc: (Uscc("91149999MA0000001C"), Uscc("91149998MA00000021")),
        UnitCode: (
            UnitCode("149999001001GB00001F00010001"),
            UnitCode("149999001001GB00001F00010002"),
        ),
        Division: (Division("140100"), Division("140500"), Division("110100")),
        Person: (
            Person(IdType.PASSPORT, "P0000001", "甲某"),
            Person(IdType.PASSPORT, "P0000002", "乙某"),
            Person(IdType.PASSPORT, "P0000002", "另名"),
            Person(IdType.USCC, "91149998MA00000021", "某公司"),
        ),
        Decimal: (Decimal(0), Decimal(10), Decimal(30), Decimal(100)),
        int: (1, 2, 50, 150, 2025, 2026),
        str: ("A-1", "A-2"),
        bool: (False, True),
    }
)
"""Few values, so that what belongs together matches, nearly matches and misses often."""

DAYS: Final = (-1, 1, -11, -12, -21, -22, -41, -300, 20)
"""Days by which a date is moved."""

SOME_DAYS: Final = (date(2026, 11, 23), date(2026, 11, 1), date(2020, 2, 29))
"""Dates that may stand where there was none."""

NOT_FRESH: Final = (timedelta(hours=-25), timedelta(hours=1))
"""By how much the instant of an answer is moved so that nobody trusts it any more."""

MOST_SPECIMENS: Final = 3

_UP_TO: Final = tuple(st.integers(0, most) for most in range(9))

_FIXED: Final = frozenset(
    {"suspicions", "office", "office_phone", "case_no", "purpose", "checkpoint", "inquiry"}
)
"""Fields that decide nothing, or that have to go with another."""


@attrs.frozen
class Place:
    """A place in a value, and what else may stand there.

    Attributes:
        path: Attributes and indices that lead to it.
        others: Values that may stand there instead, at least one.
    """

    path: tuple[Step, ...]
    others: tuple[Any, ...]


def put(value: Any, path: tuple[Step, ...], other: Any) -> Any:  # noqa: ANN401 - any value
    """Return *value* with *other* at *path*.

    Raises:
        LookupError: There is no such place, for instance because a list is shorter by now.
        InputError: A class on the way refuses it.
    """
    if not path:
        return other
    step, *rest = path
    if isinstance(step, int):
        if not isinstance(value, tuple) or step >= len(value):
            raise LookupError(path)
        return (*value[:step], put(value[step], tuple(rest), other), *value[step + 1 :])
    if not hasattr(value, step):
        raise LookupError(path)
    return attrs.evolve(value, **{step: put(getattr(value, step), tuple(rest), other)})


def drawn_changes(
    draw: st.DrawFn,
    value: Any,  # noqa: ANN401 - any class
    among: tuple[Place, ...],
    most: int,
    make: Callable[[Any, Place, Any], Any] | None = None,
) -> Any:  # noqa: ANN401
    """Draw *value* with up to *most* changes.

    Args:
        draw: From Hypothesis.
        value: What is changed.
        among: Where it may be changed.
        most: How many changes there may be; the fewer the simpler.
        make: How one is made; it returns the value as it was where the change cannot be.
    """
    apply = make or change
    for _ in range(draw(_UP_TO[most])):
        place = among[draw(_below(len(among)))]
        value = apply(value, place, place.others[draw(_below(len(place.others)))])
    return value


def change(value: Any, place: Place, other: Any) -> Any:  # noqa: ANN401 - any class
    """Return *value* with *other* at *place*, or as it was where its class refuses that."""
    try:
        return put(value, place.path, other)
    except (InputError, LookupError):
        return value


@cache
def _below(number: int) -> st.SearchStrategy[int]:
    return st.integers(0, number - 1)


def specimens_in(values: Iterable[Any]) -> Specimens:
    """Return a few different specimens of every class that occurs inside *values*."""
    found: dict[type, list[Any]] = {}
    left = list(values)
    for value in left:  # grows while it is walked
        if isinstance(value, tuple):
            left.extend(value)
        elif attrs.has(type(value)) and type(value) not in POOLS:
            known = found.setdefault(type(value), [])
            if len(known) < MOST_SPECIMENS and value not in known:
                known.append(value)
            left.extend(getattr(value, item.name) for item in attrs.fields(type(value)))
    return {kind: tuple(known) for kind, known in found.items()}


def places(value: Any, specimens: Specimens) -> tuple[Place, ...]:  # noqa: ANN401 - any class
    """Return every place in *value*, a case or a part of one, at which it may be changed.

    Args:
        value: An object of an attrs class of the package.
        specimens: What may stand where nothing stands now.
    """
    return tuple(place for place in _inside(value, (), specimens) if place.others)


def _inside(value: Any, path: tuple[Step, ...], specimens: Specimens) -> Iterator[Place]:  # noqa: ANN401
    kind = type(value)
    if kind is Answer:
        yield from _of_answer(value, path, specimens)
        return
    for item in attrs.fields(kind):
        if item.name in _FIXED or not on_the_wire(item):
            continue
        here = (*path, item.name)
        part = getattr(value, item.name)
        if item.name == "status" and isinstance(value, TaxRecord):
            yield Place(here, tuple(other for other in sorted(kind.STATUSES) if other != part))
        elif kind is Case and item.name == "readings":
            yield Place(here, tuple(part ^ {reading} for reading in Reading))
        elif kind is Case and item.name == "at":
            yield Place(here, (part + timedelta(days=1), part - timedelta(days=1)))
        else:
            hint = _hints(kind)[item.name]  # type: ignore[arg-type] # classes are hashable
            yield from _at(part, hint, here, specimens)


def _at(
    value: Any,  # noqa: ANN401
    annotation: Any,  # noqa: ANN401
    path: tuple[Step, ...],
    specimens: Specimens,
) -> Iterator[Place]:
    kinds = _members(annotation)
    nothing = [None] if NoneType in kinds and value is not None else []
    others = [other for kind in kinds for other in _others(value, kind, specimens)]
    yield Place(path, (*nothing, *others))
    if isinstance(value, tuple):
        inside = next(get_args(kind)[0] for kind in kinds if get_origin(kind) is tuple)
        for index, part in enumerate(value):
            # What a list may drop or double is said of the list.
            yield from _at(part, inside, (*path, index), specimens)
    elif attrs.has(type(value)) and type(value) not in POOLS:
        yield from _inside(value, path, specimens)


def _of_answer(answer: Answer, path: tuple[Step, ...], specimens: Specimens) -> Iterator[Place]:
    """Yield what may become of an answer: an outage, no record, an old one, other records."""
    outages = tuple(
        attrs.evolve(answer, records=None, outage=Outage(cause=cause)) for cause in OutageCause
    )
    if answer.records is None or answer.as_of is None:
        yield Place(path, outages)
        return
    moved = tuple(attrs.evolve(answer, as_of=answer.as_of + by) for by in NOT_FRESH)
    yield Place(path, (attrs.evolve(answer, records=()), *moved, *outages))
    hint = _hints(Answer)["records"]
    for place in _at(answer.records, hint, (*path, "records"), specimens):
        # An answer has records or an outage: none at all would be neither.
        yield Place(place.path, tuple(other for other in place.others if other is not None))


def _others(value: Any, kind: Any, specimens: Specimens) -> Iterator[Any]:  # noqa: ANN401
    """Yield what may stand instead of *value* where a *kind* is due, the plainest first."""
    if kind is NoneType:
        return
    if get_origin(kind) is tuple:
        yield from _other_lists(value or (), get_args(kind)[0], specimens)
    elif kind in POOLS:
        yield from (other for other in POOLS[kind] if other != value)
    elif kind is date:
        if value is None:
            yield from SOME_DAYS
        else:
            yield from (value + timedelta(days=days) for days in DAYS)
    elif issubclass(kind, StrEnum):
        yield from (other for other in kind if other is not value)
    else:
        yield from (other for other in specimens.get(kind, ()) if other != value)


def _other_lists(
    value: tuple[Any, ...],
    kind: Any,  # noqa: ANN401
    specimens: Specimens,
) -> Iterator[tuple[Any, ...]]:
    for index in range(len(value)):
        yield (*value[:index], *value[index + 1 :])
    for other in _others(None, kind, specimens):
        if other not in value:
            yield (*value, other)
    if value:
        yield (*value, value[0])


def _members(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401
    if get_origin(annotation) in (UnionType, Union):
        return get_args(annotation)
    return (annotation,)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
