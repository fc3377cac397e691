"""How data from outside is printed: on one line, nothing invisible, no identifier in full."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from ..evidence import CHINA
from ..identifiers import mask_code, mask_name
from ..terms import Language

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LAST_OF_FOUR_DIGITS: Final = 0xFFFF
_TOKEN: Final = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")
_DIGIT: Final = re.compile(r"[0-9０-９]")
_LONG_TOKEN: Final = 8
_DIGITS_IN_TOKEN: Final = 5
_DIGITS_IN_GROUP: Final = 9
"""One more than a date written 2026-01-31 has."""


def one_line(text: str) -> str:
    """Return *text* with everything that could break or disguise a line written as an escape."""
    if text.isprintable():
        return text  # what the loop below would find, asked at once
    return "".join(
        _escaped(character) if unicodedata.category(character) in _INVISIBLE else character
        for character in text
    )


def _escaped(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= _LAST_OF_FOUR_DIGITS else f"\\U{number:08x}"


def free_text(text: str, names: Iterable[str] = ()) -> str:
    """Return words somebody typed, fit to print: one line, numbers and known names masked.

    Args:
        text: What was typed.
        names: Names of parties known in the case.
    """
    masked = _mask_numbers(text)
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


def _mask_numbers(text: str) -> str:
    """Mask what looks like an identifier: a long run with digits, or groups of digits in a row."""
    pieces = []
    done = 0
    for start, end in _groups(text):
        number = text[start:end]
        digits = len(_DIGIT.findall(number))
        long = max(map(len, _TOKEN.findall(number))) >= _LONG_TOKEN
        if digits >= _DIGITS_IN_GROUP or (long and digits >= _DIGITS_IN_TOKEN):
            pieces += [text[done:start], mask_code(number)]
            done = end
    return "".join([*pieces, text[done:]])


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Yield where runs of tokens with digits lie that are set apart by one blank or hyphen."""
    group: tuple[int, int] | None = None
    for token in _TOKEN.finditer(text):
        if not _DIGIT.search(token[0]):
            continue
        if group is not None and text[group[1] : token.start()] in {" ", "-"}:
            group = (group[0], token.end())
            continue
        if group is not None:
            yield group
        group = token.span()
    if group is not None:
        yield group
