"""How data from outside is printed: on one line, nothing invisible, no identifier in full."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from ..evidence import CHINA
from ..identifiers import mask_code, mask_name
from ..terms import Language

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NUMBER: Final = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ][0-9A-Za-z０-９Ａ-Ｚａ-ｚ -]{6,}")
_DIGIT: Final = re.compile(r"[0-9０-９]")
_FEWEST_DIGITS: Final = 5
"""A run of letters and digits with fewer digits than this is taken for a word."""


def one_line(text: str) -> str:
    """Return *text* with everything that could break or disguise a line written as an escape."""
    return "".join(
        f"\\u{ord(character):04x}" if unicodedata.category(character) in _INVISIBLE else character
        for character in text
    )


def free_text(text: str, names: Iterable[str] = ()) -> str:
    """Return words somebody typed, fit to print: one line, numbers and known names masked.

    Args:
        text: What was typed.
        names: Names of parties known in the case.
    """
    masked = _NUMBER.sub(_mask_number, text)
    # The longest name first: a short one inside it would otherwise leave the rest readable.
    for name in sorted(set(names), key=len, reverse=True):
        masked = masked.replace(name, mask_name(name))
    return one_line(masked)


def day(on: date, language: Language) -> str:
    """Return a calendar day as a reader of *language* writes it."""
    if language is Language.ZH_CN:
        return f"{on.year}年{on.month}月{on.day}日"
    return on.isoformat()


def moment(at: datetime, language: Language) -> str:
    """Return an aware instant to the minute, in China time."""
    local = at.astimezone(CHINA)
    if language is Language.ZH_CN:
        return f"{day(local.date(), language)} {local:%H:%M}（北京时间）"
    return f"{local:%Y-%m-%d %H:%M} (UTC+8)"


def _mask_number(match: re.Match[str]) -> str:
    text = match[0]
    return mask_code(text) if len(_DIGIT.findall(text)) >= _FEWEST_DIGITS else text
