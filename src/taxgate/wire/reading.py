"""Plain values become a case, strictly: nothing is coerced, nothing is left over.

One cattrs converter per checkpoint, built when first needed. Its detailed validation keeps every
error with the place it belongs to, so that nothing else has to look for faults.

Not left to cattrs' own hooks: single values, what may be an object or a list at all, and fields
with a converter of their own, which would otherwise be refused without the name of the field.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

import attrs
from cattrs import BaseValidationError, Converter, IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from ..errors import AnswerError, ApplicationError
from ..evidence import Answer, TaxRecord
from ..identifiers import FrameNumber, Identifier, Vin
from ..parties import Person
from ..proceedings import Application
from ..terms import Checkpoint, Reading
from .case import Case, on_the_wire, rules
from .faults import Refusal, Survey, faults_of
from .parsing import LARGEST, Doubled, parse
from .values import Hook, frame, member, one_of, refuse, register_values, some_object

__all__ = ["case_of", "read_application", "read_case", "structured"]

T = TypeVar("T")


def read_case(document: bytes | str, *, largest: int = LARGEST) -> Case:
    """Read one case from one JSON document.

    Args:
        document: UTF-8 without byte order mark, or text.
        largest: Bytes it may have.

    Raises:
        WireError: The document breaks the schema, or the case it describes contradicts itself;
            lists every fault that can be seen at once. A class that judges several fields together
            does so only once each of them is well-formed, and names its first objection.
    """
    return case_of(parse(document, largest))


def case_of(value: Any) -> Case:  # noqa: ANN401 - any JSON value
    """Return the case *value* describes; see `read_case`.

    Args:
        value: What a JSON parser returned, of dict, list, str, int, bool and None only.
    """
    return structured(_checkpoint(value), value, Case)


def read_application(
    checkpoint: Checkpoint | str, document: bytes | str, *, largest: int = LARGEST
) -> Application:
    """Read the application of one checkpoint from one JSON document, as it stands in a case.

    Args:
        checkpoint: Which check it is for.
        document: UTF-8 without byte order mark, or text.
        largest: Bytes it may have.

    Raises:
        WireError: It breaks the schema, or contradicts itself; lists every fault.
        ValueError: A checkpoint nobody knows.
    """
    return structured(Checkpoint(checkpoint), parse(document, largest), Application)


def structured(checkpoint: Checkpoint | None, value: Any, kind: type[T]) -> T:  # noqa: ANN401
    """Return the *kind* of thing that *value* describes.

    Args:
        checkpoint: Whose records and application it may hold; of None: neither.
        value: What a JSON parser returned; see `case_of`.
        kind: A class of the package, or a tuple of one.

    Raises:
        WireError: It describes none; lists every fault.
    """
    found: list[tuple[str, str]] = []
    try:
        built: T = _reader(checkpoint).get_structure_hook(kind)(value, kind)
    except (BaseValidationError, Refusal, AnswerError, ApplicationError) as error:
        found = faults_of(error)
    else:
        return built
    raise Survey(value).error(found)


_CHECKPOINTS: Final = {checkpoint.value: checkpoint for checkpoint in Checkpoint}


def _checkpoint(value: Any) -> Checkpoint | None:  # noqa: ANN401
    """Return the checkpoint the document names, or None where that is one of its faults."""
    named = value.get("checkpoint") if isinstance(value, dict) else None
    return _CHECKPOINTS.get(named) if isinstance(named, str) else None


@cache
def _reader(checkpoint: Checkpoint | None) -> Converter:
    """Return what structures all of *checkpoint*; of None: all that is the same everywhere."""
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    register_values(converter)

    @converter.register_structure_hook_factory(_is_union)
    def _union(kind: Any) -> Hook:  # noqa: ANN401
        return _either(kind, converter)

    @converter.register_structure_hook_factory(_is_list)
    def _list(kind: Any) -> Hook:  # noqa: ANN401
        inside = get_args(kind)[0]
        return _each(inside, converter.get_structure_hook(inside))

    @converter.register_structure_hook_factory(_is_class)
    def _class(kind: type) -> Hook:
        return _object(kind, converter)

    if checkpoint is None:
        converter.register_structure_hook(Application, some_object)
        converter.register_structure_hook(TaxRecord, some_object)
    else:
        own = rules(checkpoint)
        record = converter.get_structure_hook(own.Record)
        converter.register_structure_hook_func(lambda kind: kind is TaxRecord, record)
        application = converter.get_structure_hook(own.Application)
        converter.register_structure_hook_func(lambda kind: kind is Application, application)
    return converter


# Which hook ---------------------------------------------------------------------------------------


def _is_union(kind: Any) -> bool:  # noqa: ANN401
    return get_origin(kind) in (Union, UnionType)


def _is_list(kind: Any) -> bool:  # noqa: ANN401
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _is_class(kind: Any) -> bool:  # noqa: ANN401
    return isinstance(kind, type) and attrs.has(kind) and not issubclass(kind, Identifier)


def _object(kind: type, converter: Converter) -> Hook:
    """Return a hook for an attrs class; the document must give an object of exactly its fields."""
    hooks: dict[str, Hook] = {}
    overrides: dict[str, Any] = {}
    for item in attrs.fields(attrs.resolve_types(kind)):
        if not on_the_wire(item):
            overrides[item.name] = override(omit=True)
        elif item.name == "status" and issubclass(kind, TaxRecord):
            hooks[item.name] = one_of(kind.STATUSES)
        elif kind is Case and item.name == "readings":
            hooks[item.name] = _each(Reading, member, _TWICE)
        elif kind is Case and item.name == "answers":
            hooks[item.name] = _each(Answer, converter.get_structure_hook(Answer), _ANSWERED_TWICE)
        elif item.converter is not None:
            # Applied here, a refusal bears the name of the field; the class applies it once more.
            hooks[item.name] = _converted(converter.get_structure_hook(item.type), item.converter)
    overrides |= {name: override(struct_hook=hook) for name, hook in hooks.items()}
    build: Hook = make_dict_structure_fn(kind, converter, _cattrs_use_linecache=False, **overrides)

    def structure(value: Any, _: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, dict):
            refuse(value, "an object")
        built = build(value, kind)
        if isinstance(value, Doubled):
            raise Refusal(value.problems[0])
        return built

    return _person(structure) if kind is Person else structure


def _person(structure: Hook) -> Hook:
    """Return a hook that judges a number even where the name beside it is faulty."""

    def judge(value: Any, kind: Any) -> Any:  # noqa: ANN401
        try:
            return structure(value, kind)
        except BaseValidationError as error:
            group = error
        if isinstance(value.get("number"), str) and "name" in value:
            try:
                structure({key: part for key, part in value.items() if key != "name"}, kind)
            except BaseValidationError as error:
                known = {(type(part), str(part)) for part in group.exceptions}
                more = [p for p in error.exceptions if (type(p), str(p)) not in known]
                raise group.derive([*more, *group.exceptions]) from None
        raise group

    return judge


def _either(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401
    """Return a hook for `X | None`, and for the two kinds of number on a vehicle's frame."""
    members = frozenset(get_args(kind)) - {NoneType}
    if members == {Vin, FrameNumber}:
        inside: Hook = frame
    elif len(members) == 1:
        (only,) = members
        inside = converter.get_structure_hook(only)
    else:
        raise TypeError(f"the wire format has no way to tell the members of {kind} apart")
    if NoneType not in get_args(kind):
        return inside
    only_kind = next(iter(members))

    def optional(value: Any, _: Any) -> Any:  # noqa: ANN401
        return None if value is None else inside(value, only_kind)

    return optional


def _each(
    kind: Any,  # noqa: ANN401
    hook: Hook,
    different: tuple[Callable[[Any], Any], str] | None = None,
) -> Hook:
    """Return a hook for a list.

    Args:
        kind: What its values are.
        hook: What takes each of them.
        different: What must differ between them, and the problem where it does not.
    """

    def structure(value: Any, _: Any) -> Any:  # noqa: ANN401
        if type(value) is not list:
            refuse(value, "a list")
        parts = []
        errors: list[Exception] = []
        seen = set()
        for index, part in enumerate(value):
            try:
                found = hook(part, kind)
                if different is not None:
                    key = different[0](found)
                    if key in seen:
                        raise Refusal(different[1])  # noqa: TRY301 - one place keeps the index
                    seen.add(key)
                parts.append(found)
            except Exception as error:  # noqa: BLE001 - kept, with its place
                error.add_note(IterableValidationNote(f"[{index}]", index, kind))
                errors.append(error)
        if errors:
            raise IterableValidationError("list", errors, tuple)
        return tuple(parts)

    return structure


_TWICE: Final = (lambda reading: reading, "is given twice")
_ANSWERED_TWICE: Final = (
    attrgetter("inquiry.key"),
    "answers an inquiry answered before: put all records of one inquiry into one answer",
)


def _converted(hook: Hook, converter: Any) -> Hook:  # noqa: ANN401
    return lambda value, kind: converter(hook(value, kind))
