"""Identifiers (标识), and texts that only look like one. All synthetic.

Regions inside resident numbers, USCCs and unit codes do not exist; VINs begin with LTX, as invented
ones do throughout this package. Every strategy shrinks towards the number with the most zeros.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from hypothesis import strategies as st

from ...identifiers import (
    LONGEST_CODE,
    LONGEST_NAME,
    Division,
    FrameNumber,
    IdentifierCharacterError,
    IdentifierCheckError,
    IdentifierDateError,
    IdentifierError,
    IdentifierFormatError,
    IdentifierLengthError,
    IdentifierTypeError,
    ResidentNumber,
    UnitCode,
    Uscc,
    Vin,
)
from .refusals import Misspelt

__all__ = [
    "codes",
    "divisions",
    "frame_numbers",
    "invalid_codes",
    "invalid_divisions",
    "invalid_frame_numbers",
    "invalid_names",
    "invalid_resident_numbers",
    "invalid_unit_codes",
    "invalid_usccs",
    "invalid_vins",
    "names",
    "resident_numbers",
    "unit_codes",
    "usccs",
    "vins",
]

_LETTERS_AND_DIGITS: Final = string.digits + string.ascii_uppercase
_VIN: Final = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_WORTH: Final = dict(zip(_VIN, map(int, "012345678912345678123457923456789"), strict=True))
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_USCC: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NOWHERE: Final = ("149999", "149998", "149997")
"""Regions of Shanxi that do not exist."""

_NEVER: Final = ("\u200b", " ", "Ａ", "１", "é", "\u0391", "\n", "?")
"""Characters no identifier contains: invisible, blank, full-width, look-alikes."""

_NO_TEXT: Final = st.sampled_from([0, None, b"0", 140100.0]).map(
    lambda value: Misspelt(value, IdentifierTypeError)
)


# Valid --------------------------------------------------------------------------------------------


def vins() -> st.SearchStrategy[Vin]:
    """Return VINs (车辆识别代号); of about half of them character 9 fits the others."""
    return st.builds(_vin, st.integers(0, len(_VIN) ** 8 - 1), st.booleans())


def frame_numbers() -> st.SearchStrategy[FrameNumber]:
    """Return frame numbers (车架号) of 4 to 16 characters, with and without a hyphen."""
    return st.builds(
        lambda head, hyphen, number, width: FrameNumber(
            f"{head}{'-' if hyphen else ''}{number:0{width}d}"
        ),
        st.text(_LETTERS_AND_DIGITS, min_size=1, max_size=9),
        st.booleans(),
        st.integers(1, 999),
        st.integers(3, 6),
    )


def usccs() -> st.SearchStrategy[Uscc]:
    """Return USCCs (统一社会信用代码) of companies, individual businesses and institutions."""
    return st.builds(
        _uscc,
        st.sampled_from(["91", "92", "11", "12", "52", "A1", "N1", "Y1"]),
        st.sampled_from(_NOWHERE),
        st.integers(0, len(_USCC) ** 9 - 1),
    )


def resident_numbers() -> st.SearchStrategy[ResidentNumber]:
    """Return resident numbers (公民身份号码) of regions that do not exist."""
    return st.builds(
        _resident,
        st.sampled_from(_NOWHERE),
        st.dates(date(1900, 1, 1), date(2026, 12, 31)),
        st.integers(0, 999),
    )


def divisions() -> st.SearchStrategy[Division]:
    """Return division codes (行政区划代码) of a province that exists; Shanxi comes first."""
    return st.builds(
        lambda province, rest: Division(f"{province}{rest:04d}"),
        st.sampled_from(["14", "11", "13", "31", "41", "61", "65", "71", "82"]),
        st.integers(0, 9999),
    )


def unit_codes() -> st.SearchStrategy[UnitCode]:
    """Return real-estate unit codes (不动产单元代码) of counties that do not exist."""
    return st.builds(
        _unit,
        st.sampled_from(_NOWHERE),
        st.integers(0, 999_999),
        st.tuples(st.sampled_from("GJZ"), st.sampled_from("BAXS"), st.integers(0, 99_999)),
        st.tuples(st.sampled_from("FLQW"), st.integers(0, 99_999_999)),
    )


def names() -> st.SearchStrategy[str]:
    """Return names (姓名、名称): Chinese, with a middle dot, with blanks, rare characters, long."""
    ideographs = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
    plain = st.text(ideographs, min_size=1, max_size=4)
    return st.one_of(
        plain,
        st.builds("{}·{}".format, plain, plain),
        st.builds("{}（{}）有限公司".format, plain, plain),
        st.builds("{}\u3000{}".format, plain, plain),
        st.sampled_from(["某", "Jane Doe", "𠮷某", "O'Example-Smith", "某" * LONGEST_NAME]),
    )


def codes() -> st.SearchStrategy[str]:
    """Return opaque numbers (编号), such as of vouchers; some look like something else."""
    characters = _LETTERS_AND_DIGITS + "-/()（）字第号"
    return st.one_of(
        st.text(characters, min_size=1, max_size=16),
        st.sampled_from(["1", "000123", "1E5", "0x10", "=1+1", "true", "空", "9" * LONGEST_CODE]),
    )


# Invalid ------------------------------------------------------------------------------------------


def invalid_vins() -> st.SearchStrategy[Misspelt]:
    """Return texts that are no VIN: too short, too long, or with characters no VIN contains."""
    return _twin(vins(), {IdentifierCharacterError: _with_any("IOQioq-")})


def invalid_frame_numbers() -> st.SearchStrategy[Misspelt]:
    """Return texts that are no frame number: hyphens out of place, no digit, wrong lengths."""
    texts = st.sampled_from(["-A123", "A123-", "A--123", "0000", "WUHAO", "0-0-0"])
    form = texts.map(lambda text: Misspelt(text, IdentifierFormatError))
    short = st.sampled_from(["", "A1", "A12", "A" * 16 + "1", "1" * 17]).map(
        lambda text: Misspelt(text, IdentifierLengthError)
    )
    return st.one_of(short, form, _characters(frame_numbers(), "_"), _NO_TEXT)


def invalid_usccs() -> st.SearchStrategy[Misspelt]:
    """Return texts that are no USCC: among others with a check character that does not fit."""
    return _twin(
        usccs(),
        {
            IdentifierCharacterError: _with_any("IOSVZiosvz-"),
            IdentifierFormatError: lambda text, place: _at(text, 2 + place % 6, "A"),
            IdentifierCheckError: lambda text, place: _other_end(text, _USCC, place),
        },
    )


def invalid_resident_numbers() -> st.SearchStrategy[Misspelt]:
    """Return texts that are no resident number: with days that never were, wrong ends, an X."""
    days = ("00000000", "19990229", "20011301", "20010100", "19000431", "17991231")
    return _twin(
        resident_numbers(),
        {
            IdentifierCharacterError: _with_any("ABYZ-"),
            IdentifierFormatError: lambda text, place: _at(text, place % 17, "X"),
            IdentifierDateError: lambda text, place: text[:6] + days[place % len(days)] + text[14:],
            IdentifierCheckError: lambda text, place: _other_end(text, "0123456789X", place),
        },
    )


def invalid_divisions() -> st.SearchStrategy[Misspelt]:
    """Return texts that are no division code."""
    return _twin(divisions(), {IdentifierCharacterError: _with_any("AXO-")})


def invalid_unit_codes() -> st.SearchStrategy[Misspelt]:
    """Return texts that are no unit code: letters out of place, a fixture after W."""
    return _twin(
        unit_codes(),
        {
            IdentifierCharacterError: _with_any("-_.*"),
            IdentifierFormatError: lambda text, place: (
                _at(text, 12, "A") if place % 2 else f"{text[:19]}W0000000{1 + place % 9}"
            ),
        },
    )


def invalid_names() -> st.SearchStrategy[Misspelt]:
    """Return texts that are no name: empty, too long, or with characters nobody can see."""
    return _invalid_text(names(), LONGEST_NAME)


def invalid_codes() -> st.SearchStrategy[Misspelt]:
    """Return texts that are no opaque number: as for names, but for shorter ones."""
    return _invalid_text(codes(), LONGEST_CODE)


# How ----------------------------------------------------------------------------------------------

_Spoil = Callable[[str, int], str]
"""Takes a valid text and a number to choose by; returns one that is not."""


def _twin(
    valid: st.SearchStrategy[Any], ways: dict[type[IdentifierError], _Spoil]
) -> st.SearchStrategy[Misspelt]:
    """Return texts one step away from valid ones, with the error each way brings."""
    spoilt = [
        st.builds(
            lambda value, place, how=how, error=error: Misspelt(how(value.value, place), error),
            valid,
            st.integers(0, 999),
        )
        for error, how in (
            (IdentifierLengthError, _other_length),
            (IdentifierCharacterError, _with_any("".join(_NEVER))),
            *ways.items(),
        )
    ]
    return st.one_of(*spoilt, _NO_TEXT)


def _characters(valid: st.SearchStrategy[Any], wrong: str) -> st.SearchStrategy[Misspelt]:
    how = _with_any(wrong + "".join(_NEVER))
    return st.builds(
        lambda value, place: Misspelt(how(value.value, place), IdentifierCharacterError),
        valid,
        st.integers(0, 999),
    )


def _invalid_text(valid: st.SearchStrategy[str], longest: int) -> st.SearchStrategy[Misspelt]:
    unseen = ("\u200b", "\u202e", "\t", "\n", "\u00a0", "\ufe0f", "\x00")
    inside = st.builds(
        lambda text, place, odd: Misspelt(
            _into(text[: longest - 1], place, odd), IdentifierCharacterError
        ),
        valid,
        st.integers(0, 999),
        st.sampled_from(unseen),
    )
    around = st.builds(
        lambda text, blank: Misspelt(blank.format(text[: longest - 1]), IdentifierCharacterError),
        valid,
        st.sampled_from([" {}", "{} ", "{}\u3000"]),
    )
    length = st.sampled_from(["", "某" * (longest + 1)]).map(
        lambda text: Misspelt(text, IdentifierLengthError)
    )
    return st.one_of(length, around, inside, _NO_TEXT)


def _with_any(wrong: str) -> _Spoil:
    return lambda text, place: _at(text, place % len(text), wrong[place % len(wrong)])


def _other_length(text: str, place: int) -> str:
    """Return *text* one character shorter or longer."""
    return text[:-1] if place % 2 else f"{text}0"


def _other_end(text: str, alphabet: str, place: int) -> str:
    others = [character for character in alphabet if character != text[-1]]
    return text[:-1] + others[place % len(others)]


def _at(text: str, place: int, character: str) -> str:
    return text[:place] + character + text[place + 1 :]


def _into(text: str, place: int, character: str) -> str:
    # Never at an end: white space there is another objection.
    middle = 1 + place % max(1, len(text) - 1)
    return f"{text[:middle]}{character}{text[middle:] or '某'}"


def _based(number: int, alphabet: str, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, len(alphabet))
        digits.append(alphabet[digit])
    return "".join(reversed(digits))


def _vin(number: int, fits: bool) -> Vin:  # noqa: FBT001 - drawn
    body = _based(number, _VIN, 8)
    text = f"LTX00{body[:3]}0A{body[3:]}00"[:17]
    if fits:
        total = sum(
            _VIN_WORTH[character] * weight
            for character, weight in zip(text, _VIN_WEIGHTS, strict=True)
        )
        text = _at(text, 8, "0123456789X"[total % 11])
    return Vin(text)


def _uscc(kind: str, region: str, number: int) -> Uscc:
    body = kind + region + _based(number, _USCC, 9)
    total = sum(
        _USCC.index(character) * weight
        for character, weight in zip(body, _USCC_WEIGHTS, strict=True)
    )
    return Uscc(body + _USCC[-total % 31])


def _resident(region: str, born: date, order: int) -> ResidentNumber:
    body = f"{region}{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _RESIDENT_WEIGHTS, strict=True))
    return ResidentNumber(body + "10X98765432"[total % 11])


def _unit(
    county: str, areas: int, parcel: tuple[str, str, int], fixture: tuple[str, int]
) -> UnitCode:
    number = 0 if fixture[0] == "W" else fixture[1]
    return UnitCode(
        f"{county}{areas:06d}{parcel[0]}{parcel[1]}{parcel[2]:05d}{fixture[0]}{number:08d}"
    )
