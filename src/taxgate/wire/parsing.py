"""JSON text becomes plain values, and nothing that two readers may read differently gets through.

The standard library's parser keeps the last of two equal keys, takes NaN for a number, turns
fractions into binary floating point and recurses as deep as the text. Here such places become
marks that no later step accepts, so that all of them can be reported, each with its path.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, Final

from ..errors import WireError
from .formats import LARGEST_INTEGER

__all__ = ["LARGEST", "Doubled", "Unreadable", "parse", "shown"]

LARGEST: Final = 1 << 20
"""Bytes one document may have unless the caller says otherwise: 1 MiB."""

DEEPEST: Final = 32
"""Levels a document may be nested."""

MOST_VALUES: Final = 20_000
"""Values a document may hold. Listing every fault of more would cost far more than writing them."""

_SHALLOW: Final = 200
# Possessive, and content with a string that never ends: no text makes it go back.
_BRACKETS: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_INTEGER: Final = re.compile(r"-?[0-9]{1,16}", re.ASCII)
_PLAIN: Final = re.compile(r"[A-Za-z_]{1,40}", re.ASCII)
_BYTE_ORDER_MARK: Final = "\ufeff"


class Unreadable:
    """Stands for a value that is JSON to some readers only.

    Attributes:
        problem: What is wrong with it.
    """

    __slots__ = ("problem",)

    def __init__(self, problem: str) -> None:
        self.problem = problem


class Doubled(dict[str, Any]):
    """An object in which a key stands twice; holds the last value of each.

    Attributes:
        problems: One for each such key.
    """

    problems: tuple[str, ...] = ()


_FRACTION: Final = Unreadable(
    "is a number with a fraction or an exponent: write amounts as strings, counts as integers"
)
_NO_NUMBER: Final = Unreadable("is not a number (NaN or Infinity)")
_TOO_LARGE: Final = Unreadable(f"is an integer beyond ±{LARGEST_INTEGER}")
_MINUS_ZERO: Final = Unreadable("is minus zero: write 0")


def _integer(text: str) -> int | Unreadable:
    # Matched first: converting thousands of digits takes long, or raises where they are limited.
    if _INTEGER.fullmatch(text) is None:
        return _TOO_LARGE
    number = int(text)
    if not -LARGEST_INTEGER <= number <= LARGEST_INTEGER:
        return _TOO_LARGE
    return _MINUS_ZERO if text == "-0" else number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = Doubled(found)
    again = Counter(key for key, _ in pairs)
    doubled.problems = tuple(
        f"gives {_named(key)} more than once" for key, times in again.items() if times > 1
    )
    return doubled


def shown(key: str) -> str:
    """Return a key as a path may show it: `*` if it is no plain name of a field.

    A key may be anything, an identifier included.
    """
    return key if _PLAIN.fullmatch(key) else "*"


def _named(key: str) -> str:
    return f"the field {key}" if _PLAIN.fullmatch(key) else "a field whose name is not shown"


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=lambda _: _FRACTION,
    parse_constant=lambda _: _NO_NUMBER,
)


def parse(document: bytes | str, largest: int = LARGEST) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value *document* holds, with `Unreadable` and `Doubled` where they occur.

    Args:
        document: One JSON document, as UTF-8 without byte order mark or as text.
        largest: Bytes it may have; text is measured by its characters.

    Raises:
        WireError: It is not one JSON document: the only fault there is to report.
    """
    text = _text(document, largest)
    opened = text.count("[") + text.count("{")
    if opened > _SHALLOW and _depth(text) > DEEPEST:
        raise WireError((("$", f"is nested deeper than {DEEPEST} levels"),))
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        problem = (
            "goes on after its end: give one document"
            if error.msg == "Extra data"
            else "is not JSON"
        ) + f" (line {error.lineno}, column {error.colno})"
    except RecursionError:
        problem = f"is nested deeper than {DEEPEST} levels"
    else:
        # Every value but the first follows a comma or opens an object or list.
        if opened + text.count(",") < MOST_VALUES or _size(value) <= MOST_VALUES:
            return value
        problem = f"holds more than {MOST_VALUES} values"
    # Outside the handlers: what they caught carries the whole document.
    raise WireError((("$", problem),))


def _text(document: bytes | str, largest: int) -> str:
    if type(document) not in (bytes, str):
        raise WireError((("$", "is neither bytes nor text"),))
    if len(document) > largest:
        raise WireError((("$", f"is larger than {largest} bytes"),))
    if not document:
        raise WireError((("$", "is empty"),))
    text = document if isinstance(document, str) else _decoded(document)
    if text.startswith(_BYTE_ORDER_MARK):
        raise WireError((("$", "starts with a byte order mark: write UTF-8 without one"),))
    return text


def _decoded(document: bytes) -> str:
    try:
        return document.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    raise WireError((("$", f"is not UTF-8 (byte {place + 1})"),))


def _size(value: Any) -> int:  # noqa: ANN401
    """Return how many values *value* holds, itself included."""
    left = [value]
    size = 0
    while left:
        part = left.pop()
        size += 1
        if isinstance(part, dict):
            left.extend(part.values())
        elif isinstance(part, list):
            left.extend(part)
    return size


def _depth(text: str) -> int:
    """Return how deep *text* is nested; strings are stepped over."""
    deepest = depth = 0
    for found in _BRACKETS.finditer(text):
        match found[0]:
            case "[" | "{":
                depth += 1
                deepest = max(deepest, depth)
            case "]" | "}":
                depth -= 1
    return deepest
