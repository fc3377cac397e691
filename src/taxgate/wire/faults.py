"""Faults (错误) of a document: every one, each with the JSON path of the place it is at.

A path names known fields and places in lists only. The name of an unknown field is shown if it is
made of ASCII letters and underscores, because a name may be anything, an identifier included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Final

import attrs
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from ..errors import AnswerError, ApplicationError, WireError
from ..identifiers import IdentifierError
from ..parties import Person
from .parsing import DEEPEST, Doubled, Unreadable, shown

__all__ = ["SURROGATE", "Refusal", "Survey", "application_path", "faults_of"]

Fault = tuple[str, str]

SURROGATE: Final = "contains half a surrogate pair, which is no character"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_INDEX: Final = re.compile(r"\[[0-9]+\]")
_BLAMED: Final[dict[type, str]] = {Person: "number"}
"""Field at fault where a class refuses an identifier it put together from several fields."""


_BREAKS_A_RULE: Final = "does not keep to what its description says"


class Refusal(Exception):  # noqa: N818 - never leaves this package
    """One value is not what its place demands; the text never repeats the value."""


class Survey:
    """Where everything in a document stands, and what is wrong with it before any class is asked.

    Args:
        document: What `parse` returned.

    Attributes:
        faults: Marks left by the parser, halves of surrogate pairs, excessive depth.
    """

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - any JSON value
        self.faults: list[Fault] = []
        self._places: dict[str, int] = {}
        self._visit("$", document, 0)

    def _visit(self, path: str, value: Any, depth: int) -> None:  # noqa: ANN401
        self._places.setdefault(path, len(self._places))
        if depth > DEEPEST:
            self.faults.append((path, f"is nested deeper than {DEEPEST} levels"))
            return
        match value:
            case Unreadable():
                self.faults.append((path, value.problem))
            case str():
                if _SURROGATE.search(value):
                    self.faults.append((path, SURROGATE))
            case dict():
                if isinstance(value, Doubled):
                    self.faults.extend((path, problem) for problem in value.problems)
                for key, part in value.items():
                    self._visit(f"{path}.{shown(key)}", part, depth + 1)
            case list():
                for index, part in enumerate(value):
                    self._visit(f"{path}[{index}]", part, depth + 1)

    def error(self, faults: list[Fault]) -> WireError:
        """Return the error with *faults* and those found here, in document order."""
        known = frozenset(self.faults)
        others = (fault for fault in faults if fault not in known)
        return WireError(tuple(sorted((*self.faults, *others), key=self._place)))

    def _place(self, fault: Fault) -> int:
        """Return where a fault stands; what is missing stands at the object it is missing from."""
        path = fault[0]
        while path not in self._places:
            path = path[: max(path.rfind("."), path.rfind("["))]
        return self._places[path]


def faults_of(error: Exception) -> list[Fault]:
    """Return the faults behind what structuring a document raised.

    Raises:
        Exception: *error*, or a part of it, is no fault of the document.
    """
    if isinstance(error, BaseValidationError):
        return list(_group("$", error))
    return list(_leaf("$", error, None))


def application_path(
    error: ApplicationError, path: str = "$.application", owner: type | None = None
) -> str:
    """Return the path of the field an application objects to.

    Args:
        error: Names the field from the application down, wherever it is raised.
        path: Where the object stands that raised it.
        owner: Its class, where it is one that raised it.
    """
    field = error.field
    if field == "at":
        return "$.at"
    place = _INDEX.sub("", path)
    if place == "$.application":
        return f"{path}.{field}"
    if f"$.application.{field}".startswith(f"{place}."):
        return f"{path}{f'$.application.{field}'[len(place) :]}"
    # The class knows its own fields but not where it stands.
    own = field.rpartition(".")[2]
    known = owner is not None and own in attrs.fields_dict(owner)
    return f"{path}.{own}" if known else path


def _group(path: str, group: BaseValidationError) -> Iterator[Fault]:
    for part in group.exceptions:
        note = _note(part)
        if isinstance(note, AttributeValidationNote):
            inside = f"{path}.{note.name}"
            missing = type(part) is KeyError and part.args == (note.name,)
        else:
            inside = f"{path}[{note.index}]" if note is not None else path
            missing = False
        if missing:
            yield inside, "is missing"
        elif isinstance(part, BaseValidationError):
            yield from _group(inside, part)
        elif isinstance(part, ForbiddenExtraKeysError):
            yield from _unknown(path, part)
        else:
            owner = group.cl if isinstance(group, ClassValidationError) and note is None else None
            yield from _leaf(inside, part, owner)


def _note(part: Exception) -> AttributeValidationNote | IterableValidationNote | None:
    for note in getattr(part, "__notes__", ()):
        if isinstance(note, (AttributeValidationNote, IterableValidationNote)):
            return note
    return None


def _leaf(path: str, error: Exception, owner: type | None) -> Iterator[Fault]:
    match error:
        case Refusal():
            yield path, str(error)
        case IdentifierError():
            blamed = _BLAMED.get(owner) if owner is not None else None
            yield (f"{path}.{blamed}" if blamed else path), f"{error.kind} {error.problem}"
        case ApplicationError():
            yield application_path(error, path, owner), error.problem
        case AnswerError():
            yield path, error.problem
        case ValueError() | TypeError() if (name := _validated(error)) is not None:
            yield f"{path}.{name}", _BREAKS_A_RULE
        case ValueError():
            yield path, _BREAKS_A_RULE
        case _:
            # No fault of the document: hiding it would blame whoever wrote that.
            raise error


def _validated(error: Exception) -> str | None:
    """Return the field an attrs validator refused; its own message repeats the value."""
    return next((part.name for part in error.args if isinstance(part, attrs.Attribute)), None)


def _unknown(path: str, error: ForbiddenExtraKeysError) -> Iterator[Fault]:
    fields = [item.name for item in attrs.fields(error.cl)]
    for key in sorted(error.extra_fields):
        problem = "is no field here"
        if near := get_close_matches(key[:40], fields, n=1):
            problem += f": perhaps {near[0]} is meant"
        yield f"{path}.{shown(key)}", problem
