"""Single values, strictly: a JSON string is text, a JSON integer a number, and nothing else is.

cattrs' own hooks would turn "0" into True and 3.9 into 3, take any string for a code, and repeat
the value in their errors. None of these repeats it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, Final, NoReturn

from cattrs import Converter

from ..evidence import CHINA
from ..identifiers import FrameNumber, Identifier, Vin, parse_frame
from ..terms import RecordStatus
from .faults import SURROGATE, Refusal
from .formats import (
    AMOUNT,
    AMOUNT_DIGITS,
    DAY,
    FORBIDDEN_CHARACTERS,
    INSTANT,
    LONGEST_TEXT,
    YEARS,
    compiled,
)
from .parsing import Unreadable

__all__ = [
    "NO_MEMBER",
    "Hook",
    "frame",
    "member",
    "one_of",
    "refuse",
    "register_values",
    "some_object",
]

Hook = Callable[[Any, Any], Any]
"""Takes a value and what it is to become; returns that or raises."""

_AMOUNT: Final = compiled(AMOUNT)
_DAY: Final = compiled(DAY)
_INSTANT: Final = compiled(INSTANT)
_FORBIDDEN: Final = compiled(f"[{FORBIDDEN_CHARACTERS}]")
_SURROGATE: Final = compiled("[\ud800-\udfff]")
_KINDS: Final = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number with a fraction",
    NoneType: "null",
}
_YEARS: Final = f"outside the years {YEARS[0]} to {YEARS[-1]}: leave out an end that is open"


def register_values(converter: Converter) -> None:
    """Teach *converter* to take single values strictly."""
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(bool, _truth)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(Decimal, _amount)
    converter.register_structure_hook(date, _day)
    converter.register_structure_hook(datetime, _instant)
    # More specific than the hook for str, which would take unknown codes as they are.
    converter.register_structure_hook(StrEnum, member)
    converter.register_structure_hook(Identifier, _identifier)


def refuse(value: Any, due: str) -> NoReturn:  # noqa: ANN401
    """Refuse *value*, which is of another kind than is due."""
    if isinstance(value, Unreadable):
        raise Refusal(value.problem)
    kind = dict if isinstance(value, dict) else type(value)
    raise Refusal(f"must be {due}, not {_KINDS.get(kind, 'something that is no JSON')}")


def _text(value: Any, _: Any) -> str:  # noqa: ANN401
    if type(value) is not str:
        refuse(value, "a string")
    if len(value) > LONGEST_TEXT:
        raise Refusal(f"has more than {LONGEST_TEXT} characters")
    if not value.isprintable() and _FORBIDDEN.search(value):
        raise Refusal(
            SURROGATE
            if _SURROGATE.search(value)
            else "contains a control character, or one that changes the direction of writing"
        )
    return value


def _truth(value: Any, _: Any) -> bool:  # noqa: ANN401
    if type(value) is not bool:
        refuse(value, "true or false")
    return value


def _whole(value: Any, _: Any) -> int:  # noqa: ANN401
    if type(value) is not int:
        refuse(value, "an integer")
    return value


def _amount(value: Any, _: Any) -> Decimal:  # noqa: ANN401
    if type(value) is not str:
        refuse(value, "a decimal number in a string")
    # The length first: no pattern is tried on a text that is too long for any amount.
    if len(value) > AMOUNT_DIGITS + 2 or not _AMOUNT.fullmatch(value):
        raise Refusal(
            'is not a decimal number such as "123000.50": at most 4 decimal places and '
            f"{AMOUNT_DIGITS} digits, no exponent, no leading zero, no minus zero"
        )
    return Decimal(value)


def _day(value: Any, _: Any) -> date:  # noqa: ANN401
    if type(value) is not str:
        refuse(value, "a date in a string")
    if len(value) == len("2026-01-31") and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Refusal("is not a day of the calendar") from None
    raise Refusal(f"is not a date YYYY-MM-DD, or lies {_YEARS}")


def _instant(value: Any, _: Any) -> datetime:  # noqa: ANN401
    if type(value) is not str:
        refuse(value, "an instant in a string")
    if len(value) <= len("2026-01-31T00:00:00.000000+08:00") and _INSTANT.fullmatch(value):
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            raise Refusal("is not a day of the calendar") from None
        if instant.astimezone(CHINA).year in YEARS:
            return instant
    raise Refusal(
        "is not an instant such as 2026-01-31T09:30:00+08:00 (seconds and offset required, no leap "
        f"second), or lies {_YEARS}"
    )


NO_MEMBER: Final = "is not one of"
"""How the refusal of a code begins that is none of a closed list."""


def member(value: Any, kind: Any) -> StrEnum:  # noqa: ANN401
    """Return the member of the enum *kind* that *value* is the code of."""
    if type(value) is not str:
        refuse(value, "a string")
    found: StrEnum | None = kind._value2member_map_.get(value)
    if found is None:
        raise Refusal(f"{NO_MEMBER} {', '.join(kind)}")
    return found


def one_of(allowed: frozenset[RecordStatus]) -> Hook:
    """Return a hook for a status a record of this kind may have."""
    listed = ", ".join(status for status in RecordStatus if status in allowed)

    def status(value: Any, kind: Any) -> Any:  # noqa: ANN401
        found = member(value, kind)
        if found not in allowed:
            raise Refusal(f"is never the status of such a record: it is one of {listed}")
        return found

    return status


def _identifier(value: Any, kind: Any) -> Identifier:  # noqa: ANN401
    if type(value) is not str:
        refuse(value, "a string")
    parsed: Identifier = kind.parse(value)
    return parsed


def frame(value: Any, _: Any) -> Vin | FrameNumber:  # noqa: ANN401
    """Return the number on a vehicle's frame."""
    if type(value) is not str:
        refuse(value, "a string")
    return parse_frame(value)


def some_object(value: Any, _: Any) -> Any:  # noqa: ANN401
    """Return an object of which no more can be said."""
    if not isinstance(value, dict):
        refuse(value, "an object")
    return value
