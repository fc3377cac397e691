"""Values of a reply, strictly: where they lie, what they may be, and what of them may be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import NoneType
from typing import Any, Final

from ..evidence import china_date
from ..identifiers import IdentifierError, ResidentNumber, UnitCode, Uscc, parse_frame
from ..wire.formats import AMOUNT, AMOUNT_DIGITS, DAY, INSTANT, compiled
from ..wire.parsing import Doubled, Unreadable, shown
from .asking import offset_of
from .profile import AsOf, Field, Form, Path, Raw

__all__ = [
    "MADE",
    "MISSING",
    "ambiguous",
    "at",
    "instant_of",
    "put",
    "tell_code",
    "text_of",
    "years_of",
]

_AMOUNT: Final = compiled(AMOUNT)
_DAY: Final = compiled(DAY)
_INSTANT: Final = compiled(INSTANT)
_EPOCH: Final = {
    "seconds": re.compile(r"[0-9]{9,11}", re.ASCII),
    "milliseconds": re.compile(r"[0-9]{12,14}", re.ASCII),
}
_LOCAL: Final = {
    "YYYY-MM-DD hh:mm:ss": re.compile(
        r"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})", re.ASCII
    ),
    "YYYYMMDDhhmmss": re.compile(
        r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})", re.ASCII
    ),
}
_DIGITS: Final = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_COMPACT_DAY: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)
_CODE: Final = re.compile(r"[A-Za-z0-9_.-]{1,32}", re.ASCII)
_MOST_DIGITS: Final = 5
_SHORT: Final = 4


class _Missing:
    """Stands where a reply has nothing."""


MISSING: Final = _Missing()


def tell_code(code: str, known: tuple[str, ...] = ()) -> str:
    """Return *code* if it may be shown: short, plain, and nothing that could identify anybody.

    Args:
        code: A code the bureau sent.
        known: Clear texts of the inquiry.
    """
    folded = code.upper()
    clear = [text.upper() for text in known]
    if (
        not _CODE.fullmatch(code)
        or sum(character.isdigit() for character in code) > _MOST_DIGITS
        or any(text in folded or (len(code) >= _SHORT and folded in text) for text in clear)
        or _identifies(code)
    ):
        return "a code that is not shown"
    return f"code {code}"


def _identifies(code: str) -> bool:
    for read in (parse_frame, Uscc.parse, ResidentNumber.parse, UnitCode.parse):
        try:
            read(code)
        except IdentifierError:
            continue
        # Frame numbers have no fixed shape; a code shorter than this may look like one.
        if read is not parse_frame or len(code) > 2 * _SHORT:
            return True
    return False


def at(root: Any, level: Any, path: Path) -> Any:  # noqa: ANN401
    """Return what lies at *path*, or that nothing does."""
    value = root if path.from_root else level
    for name in path.names:
        if not isinstance(value, dict) or name not in value:
            return MISSING
        value = value[name]
    return value


def text_of(value: Any, raw: Raw) -> str | None:  # noqa: ANN401
    """Return a text, or an integer as its digits; None for what is neither or not due here."""
    if type(value) is str and raw is not Raw.INTEGER:
        return value
    if type(value) is int and raw is not Raw.TEXT:
        return str(value)
    return None


def years_of(value: Any, *, joined: bool) -> list[int] | None:  # noqa: ANN401
    """Return the years in *value*, sorted."""
    parts = value.split(",") if joined and type(value) is str else value
    if type(parts) is not list:
        return None
    years = [text_of(part, Raw.EITHER) for part in parts]
    if not all(year is not None and _DIGITS.fullmatch(year) for year in years):
        return None
    return sorted(int(year) for year in years if year is not None)


def instant_of(value: Any, rules: AsOf) -> datetime | None:  # noqa: ANN401
    """Return the instant *value* stands for; None if it is not one written as agreed.

    A day that is in no calendar is none, and neither is a leap second.
    """
    text = text_of(value, rules.raw)
    if text is None or len(text) > 2 * len("2026-01-31 00:00:00"):
        return None
    try:
        if rules.form in _EPOCH:
            if not _EPOCH[rules.form].fullmatch(text):
                return None
            unit = (
                timedelta(milliseconds=1) if rules.form == "milliseconds" else timedelta(seconds=1)
            )
            return datetime.fromtimestamp(0, offset_of(rules.offset)) + int(text) * unit
        if rules.form == "rfc3339":
            return datetime.fromisoformat(text) if _INSTANT.fullmatch(text) else None
        found = _LOCAL[rules.form].fullmatch(text)
        if found is None:
            return None
        year, month, day, hour, minute, second = map(int, found.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=offset_of(rules.offset))
    except (ValueError, OverflowError):
        # A day that is in no calendar, or a leap second.
        return None


def _day(text: str, field: Field) -> str | None:
    if field.day == "YYYY-MM-DD hh:mm:ss":
        instant = instant_of(text, AsOf(path=None, form=field.day))
        return china_date(instant).isoformat() if instant is not None else None
    if field.day == "YYYYMMDD":
        found = _COMPACT_DAY.fullmatch(text)
        text = "-".join(found.groups()) if found is not None else ""
    try:
        return date.fromisoformat(text).isoformat() if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _amount(text: str, _: Field) -> str | None:
    return text if len(text) <= AMOUNT_DIGITS + 2 and _AMOUNT.fullmatch(text) else None


def _whole(text: str, _: Field) -> int | None:
    return int(text) if len(text) <= AMOUNT_DIGITS and _DIGITS.fullmatch(text) else None


MADE: Final[Mapping[Form, Any]] = {
    Form.TEXT: lambda text, _: text,
    Form.CODE: lambda text, _: text,
    Form.WHOLE: _whole,
    Form.DAY: _day,
    Form.AMOUNT: _amount,
    Form.FLAG: lambda text, _: {"true": True, "false": False}.get(text),
}


def put(record: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401
    """Put *value* under *name*, in which dots step into objects."""
    *outside, last = name.split(".")
    for part in outside:
        record = record.setdefault(part, {})
    record[last] = value


def _plain(value: Any) -> bool:  # noqa: ANN401
    """Tell whether there is nothing in *value* to look at twice."""
    left = [value]
    while left:
        part = left.pop()
        kind = type(part)
        if kind is dict:
            left.extend(part.values())
        elif kind is list:
            left.extend(part)
        elif kind is str:
            if not part.isascii() and _SURROGATE.search(part):
                return False
        elif kind not in (int, bool, NoneType):
            return False
    return True


def ambiguous(value: Any, *, fractions_ignored: bool) -> str | None:  # noqa: ANN401
    """Return the first problem that two readers would read differently, or None."""
    if _plain(value):
        return None
    left: list[tuple[str, Any]] = [("$", value)]
    while left:
        place, part = left.pop()
        if isinstance(part, Doubled):
            return f"{place}: {part.problems[0]}"
        if isinstance(part, dict):
            left.extend((f"{place}.{shown(key)}", inside) for key, inside in part.items())
        elif isinstance(part, list):
            left.extend((f"{place}[{index}]", inside) for index, inside in enumerate(part))
        elif isinstance(part, Unreadable):
            if not (fractions_ignored and "fraction" in part.problem):
                return f"{place}: {part.problem}"
        elif type(part) is str and not part.isascii() and _SURROGATE.search(part):
            return f"{place}: holds half a surrogate pair"
    return None


_SURROGATE: Final = re.compile("[\ud800-\udfff]")
