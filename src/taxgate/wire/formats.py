r"""How single values are written on the wire; the reader and the schema both work from this.

Patterns are anchored and mean the same to Python and to ECMAScript, which JSON Schema speaks: the
end is written `$(?!\n)`, because Python's `$` alone lets one line break pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..identifiers import (
    LONGEST_CODE,
    LONGEST_NAME,
    Division,
    FrameNumber,
    Identifier,
    ResidentNumber,
    UnitCode,
    Uscc,
    Vin,
)

__all__ = [
    "AMOUNT",
    "AMOUNT_DIGITS",
    "CODE",
    "DAY",
    "FORBIDDEN_CHARACTERS",
    "IDENTIFIER_PATTERNS",
    "INSTANT",
    "LARGEST_INTEGER",
    "LONGEST_CODE",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "TEXT",
    "YEARS",
]

_END: Final = r"$(?!\n)"

LARGEST_INTEGER: Final = 2**53 - 1
"""Integers lie between this and its negative: what every JSON reader can hold exactly."""

LONGEST_TEXT: Final = 4000
"""Characters free text may have, such as an officer's reason for a suspicion."""

YEARS: Final = range(1900, 9999)
"""Years a date may lie in. The year 9999 stands for "no end" in many registers; here the end is
left out instead, and counting days from a date never leaves the calendar."""

AMOUNT_DIGITS: Final = 18
"""Digits an amount may have, before and after the point together."""

AMOUNT: Final = r"^(?!-0(\.0+)?$)(?!\D*(\d\D*){19})-?(0|[1-9][0-9]*)(\.[0-9]{1,4})?" + _END
"""A decimal number as a JSON string: no exponent, no leading zero, no minus zero."""

DAY: Final = r"^(?!9999)(19|[2-9][0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
"""A calendar day in China, YYYY-MM-DD."""

INSTANT: Final = (
    DAY[:-1] + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
    r"(Z|\+([01][0-9]|2[0-3]):[0-5][0-9]|-(?!00:00)([01][0-9]|2[0-3]):[0-5][0-9])" + _END
)
"""An instant as in RFC 3339: seconds and an offset required, no leap second, no "-00:00"."""

FORBIDDEN_CHARACTERS: Final = (
    "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f"
    "\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff"
)
"""Character class no text may contain: controls but line break and tab, changes of the direction
of writing, and halves of surrogate pairs."""

TEXT: Final = "^[^" + FORBIDDEN_CHARACTERS.replace("\\ud800-\\udfff", "") + "]*" + _END
"""Free text. Surrogate halves are left out: no JSON Schema validator reads them alike."""

CODE: Final = r"^(?!\s)(?![\s\S]*\s$)[^\u0000-\u001f\u007f-\u009f]+" + _END
"""An opaque number or a name: no white space at an end, no control characters."""

_USCC: Final = "0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy"

IDENTIFIER_PATTERNS: Final[Mapping[type[Identifier], str]] = MappingProxyType(
    {
        Vin: r"^[0-9A-HJ-NPR-Za-hj-npr-z]{17}" + _END,
        FrameNumber: r"^(?=.{4,16}$)(?=[^1-9]*[1-9])[0-9A-Za-z]+(-[0-9A-Za-z]+)*" + _END,
        Uscc: rf"^[{_USCC}]{{2}}[0-9]{{6}}[{_USCC}]{{10}}" + _END,
        ResidentNumber: r"^([0-9]{15}|[0-9]{17}[0-9Xx])" + _END,
        UnitCode: (r"^[0-9]{12}[GJZgjz][A-Za-z][0-9]{5}([FLQflq][0-9]{8}|[Ww]0{8})" + _END),
        Division: r"^[0-9]{6}" + _END,
    }
)
"""Shape of each identifier; check characters and dates inside are judged by its class."""


def compiled(pattern: str) -> re.Pattern[str]:
    """Return *pattern* compiled; digits are ASCII digits only."""
    return re.compile(pattern, re.ASCII)
