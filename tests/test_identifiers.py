"""Identifiers: what is accepted, what is refused, and that nothing is shown or repaired in silence.

All numbers are synthetic: divisions 149999 and 999999 do not exist. Check characters are computed
here a second time, in another way than the library does, and compared with python-stdnum where
that one is right.
"""

from __future__ import annotations

import calendar
import copy
import datetime as dt
import pickle
import re
import string
import time
import unicodedata

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_2

from taxgate import identifiers
from taxgate.errors import InputError
from taxgate.identifiers import (
    IDENTIFIERS,
    Division,
    FrameNumber,
    Identifier,
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
    check_code,
    check_name,
    mask_code,
    mask_name,
    normalise_name,
    parse_frame,
)

USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VIN_CHARACTERS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"


# Independent oracles ------------------------------------------------------------------------------


def resident_number(body: str) -> str:
    """Append the check character, by the recursive form of MOD 11-2 (the library uses weights)."""
    remainder = 0
    for digit in body:
        remainder = (remainder + "0123456789".index(digit)) * 2 % 11
    return body + "0123456789X"[(12 - remainder) % 11]


def credit_code(body: str) -> str:
    """Append the one character that, with weight one, makes the sum divisible by 31, by trying."""
    total = sum(USCC_CHARACTERS.index(c) * 3**place for place, c in enumerate(body))
    (check,) = (c for c in USCC_CHARACTERS if (total + USCC_CHARACTERS.index(c)) % 31 == 0)
    return body + check


def vin_check(text: str) -> str:
    """Compute the ninth character with the letters' numbers written as the standard prints them."""
    rows = ("ABCDEFGH", 1), ("JKLMN", 1), ("P", 7), ("R", 9), ("STUVWXYZ", 2)
    number = {str(digit): digit for digit in range(10)}
    for row, first in rows:
        number |= {letter: first + place for place, letter in enumerate(row)}
    weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    total = sum(number[c] * weight for c, weight in zip(text, weights, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)


# Strategies ---------------------------------------------------------------------------------------

dates = st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31))


def digits(size: int) -> st.SearchStrategy[str]:
    """Digit strings of one length."""
    return st.text("0123456789", min_size=size, max_size=size)


resident_numbers = st.builds(
    lambda region, date, serial: resident_number(f"{region}{date:%Y%m%d}{serial}"),
    st.sampled_from(["149999", "999999", "819999", "829999", "839999"]),
    dates,
    digits(3),
)
credit_codes = st.builds(
    lambda head, division, rest: credit_code(head + division + rest),
    st.text(USCC_CHARACTERS, min_size=2, max_size=2),
    digits(6),
    st.text(USCC_CHARACTERS, min_size=9, max_size=9),
)
vins = st.text(VIN_CHARACTERS, min_size=17, max_size=17)
frame_numbers = st.from_regex(r"[0-9A-Z]{2,7}[1-9](-?[0-9A-Z]{1,3}){1,2}", fullmatch=True).filter(
    lambda text: len(text) < 17
)
unit_codes = st.from_regex(
    re.compile(r"[0-9]{12}[GJZ][A-Z][0-9]{5}([FLQ][0-9]{8}|W00000000)", re.ASCII), fullmatch=True
)
WELL_FORMED: dict[type[Identifier], st.SearchStrategy[str]] = {
    Vin: vins,
    FrameNumber: frame_numbers,
    Uscc: credit_codes,
    ResidentNumber: resident_numbers,
    UnitCode: unit_codes,
    Division: digits(6),
}
SAMPLES: dict[type[Identifier], str] = {
    Vin: "1M8GDM9AXKP042788",
    FrameNumber: "TY82-104417",
    Uscc: credit_code("91149999MA0TXT00X"),
    ResidentNumber: resident_number("14999919700101000"),
    UnitCode: "149999001002GB00003F00040005",
    Division: "149999",
}
every_kind = pytest.mark.parametrize("kind", IDENTIFIERS, ids=lambda kind: kind.__name__)

HOSTILE = {
    "full-width digit": "\uff11",
    "full-width letter": "\uff21",
    "Arabic-Indic digit": "\u0661",
    "extended Arabic-Indic digit": "\u06f1",
    "superscript": "\u00b2",
    "circled digit": "\u2460",
    "Roman numeral": "\u2168",
    "mathematical digit": "\U0001d7cf",
    "Cyrillic O": "\u041e",
    "Greek Chi": "\u03a7",
    "long s": "\u017f",
    "dotless i": "\u0131",
    "sharp s": "\u00df",
    "Kelvin sign": "\u212a",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "byte-order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "no-break space": "\u00a0",
    "ideographic space": "\u3000",
    "space": " ",
    "tab": "\t",
    "newline": "\n",
    "line separator": "\u2028",
    "nul": "\0",
    "escape": "\x1b",
    "combining accent": "\u0301",
    "surrogate": "\ud800",
    "quotation mark": "'",
    "brace": "{",
    "underscore": "_",
    "plus": "+",
}


# Every kind ---------------------------------------------------------------------------------------


def test_every_kind_is_listed_once() -> None:
    """The registry names all concrete identifiers, so the tests below reach each of them."""
    assert set(IDENTIFIERS) == set(Identifier.__subclasses__()) & set(SAMPLES)
    assert len(IDENTIFIERS) == len(set(IDENTIFIERS)) == len(SAMPLES)


def test_public_names_are_exported() -> None:
    """`__all__` is exactly what the module defines for others, constants of lengths apart."""
    own = {
        name
        for name, thing in vars(identifiers).items()
        if not name.startswith("_") and getattr(thing, "__module__", None) == identifiers.__name__
    }
    assert own | {"IDENTIFIERS"} == set(identifiers.__all__)


@every_kind
@given(data=st.data())
def test_well_formed_text_is_kept(kind: type[Identifier], data: st.DataObject) -> None:
    """Canonical text is accepted by parse and constructor alike, and kept as it is."""
    text = data.draw(WELL_FORMED[kind])
    assert kind.parse(text).value == text
    assert kind(text) == kind.parse(text)
    assert hash(kind(text)) == hash(kind.parse(text))


@every_kind
@given(data=st.data())
def test_lower_case_is_folded_by_parse_only(kind: type[Identifier], data: st.DataObject) -> None:
    """Matching is exact after upper-casing; the constructor takes the canonical form only."""
    text = data.draw(WELL_FORMED[kind])
    assert kind.parse(text.lower()) == kind(text)
    if text.lower() != text:
        with pytest.raises(IdentifierCharacterError):
            kind(text.lower())


@every_kind
@given(text=st.text() | st.text(string.printable, min_size=4, max_size=30))
@example("")
@example("0" * 18)
@example("X" * 18)
def test_any_text_is_an_identifier_or_an_identifier_error(
    kind: type[Identifier], text: str
) -> None:
    """Junk never becomes anything else than a named error, and never another text than entered."""
    try:
        found = kind.parse(text)
    except IdentifierError:
        return
    assert text.isascii()
    lengthened = kind is ResidentNumber and len(text) == 15
    assert found.value == text.upper() or lengthened


@every_kind
@pytest.mark.parametrize("name", HOSTILE)
def test_look_alikes_and_invisible_characters_are_refused(
    kind: type[Identifier], name: str
) -> None:
    """Wherever it stands, a character outside ASCII letters and digits is an input error."""
    good, bad = SAMPLES[kind], HOSTILE[name]
    for place in range(len(good) + 1):
        with pytest.raises(IdentifierError):
            kind.parse(good[:place] + bad + good[place:])
        with pytest.raises(IdentifierCharacterError):
            kind.parse(good[:place] + bad + good[place + 1 :])
        with pytest.raises(IdentifierCharacterError):
            kind(good[:place] + bad + good[place + 1 :])


@every_kind
@given(data=st.data())
def test_full_width_form_is_refused(kind: type[Identifier], data: st.DataObject) -> None:
    """A whole identifier typed full-width normalises to a good one and is refused nevertheless."""
    text = data.draw(WELL_FORMED[kind])
    wide = "".join(chr(ord(character) + 0xFEE0) for character in text)
    assert unicodedata.normalize("NFKC", wide) == text
    with pytest.raises(IdentifierCharacterError):
        kind.parse(wide)


class _Text(str):
    """A subclass of str, which could answer anything."""

    __slots__ = ()


@every_kind
@pytest.mark.parametrize(
    "junk", [None, 0, 140100, 1.5, True, b"140100", ["140100"], object(), _Text("140100")]
)
def test_only_plain_text_is_read(kind: type[Identifier], junk: object) -> None:
    """Numbers, bytes and subclasses of str are never coerced, by parse or constructor."""
    for read in (kind.parse, kind, parse_frame, check_name, check_code, mask_name, mask_code):
        with pytest.raises(IdentifierTypeError):
            read(junk)  # type: ignore[operator]


@every_kind
def test_wrong_lengths_are_named(kind: type[Identifier]) -> None:
    """Empty, shorter and longer text is a length error; only frame numbers vary in length."""
    good = SAMPLES[kind]
    wrong = ["", good + "1" * 20, "1" * 65]
    if kind is not FrameNumber:
        wrong += [good[:-1], good + "1"]
    for text in wrong:
        with pytest.raises(IdentifierLengthError):
            kind.parse(text)


@pytest.mark.parametrize(
    "read",
    [*(kind.parse for kind in IDENTIFIERS), *IDENTIFIERS, parse_frame, check_name, check_code],
)
@pytest.mark.parametrize("character", ["1", "-", "A", "\u4e00", "\u200b", " "])
def test_a_megabyte_is_refused_at_once(read, character: str) -> None:  # type: ignore[no-untyped-def]
    """Oversized input is refused by its length alone, within five milliseconds."""
    text = character * 2**20
    fastest = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        with pytest.raises(IdentifierLengthError):
            read(text)
        fastest = min(fastest, time.perf_counter() - start)
    assert fastest < 0.005


def test_every_pattern_is_ascii() -> None:
    """No pattern may let a digit or letter of another script in."""
    patterns = [thing for thing in vars(identifiers).values() if isinstance(thing, re.Pattern)]
    assert patterns
    assert all(pattern.flags & re.ASCII for pattern in patterns)


# Masking and value semantics ----------------------------------------------------------------------


@every_kind
@given(data=st.data())
def test_str_and_repr_are_masked(kind: type[Identifier], data: st.DataObject) -> None:
    """At most four trailing characters show, at most a third; divisions alone show clear."""
    text = data.draw(WELL_FORMED[kind])
    one = kind(text)
    assert len(one.masked) == len(text)
    assert str(one) == f"{one}" == one.masked
    assert repr(one) == f"{kind.__name__}('{one.masked}')"
    if kind is Division:
        assert one.masked == text
        return
    shown = len(one.masked.lstrip("*"))
    assert 1 <= shown <= min(4, len(text) / 3)
    assert one.masked == "*" * (len(text) - shown) + text[-shown:]
    assert text not in repr([one]) + repr({"key": one}) + f"{one!r} {one!s}"


@every_kind
def test_values_are_frozen_slotted_and_typed(kind: type[Identifier]) -> None:
    """An identifier cannot be changed, and equals only its own kind, never its text."""
    one = kind(SAMPLES[kind])
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.value = SAMPLES[kind]  # type: ignore[misc]
    assert not hasattr(one, "__dict__")
    assert one != SAMPLES[kind]
    with pytest.raises(TypeError):
        one < one  # type: ignore[operator]  # noqa: B015, PLR0124


def test_kinds_never_mix() -> None:
    """Same text, other kind: a division is not a frame number."""
    assert Division("149999") != FrameNumber("149999")


@every_kind
def test_copies_are_equal_and_validated(kind: type[Identifier]) -> None:
    """Copying, pickling and evolving all go through the validator."""
    one = kind(SAMPLES[kind])
    assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    forged = pickle.dumps(one, protocol=0).replace(SAMPLES[kind].encode(), b"!")
    with pytest.raises(IdentifierError):
        pickle.loads(forged)  # noqa: S301
    with pytest.raises(IdentifierError):
        attrs.evolve(one, value="!")


def test_the_common_base_cannot_be_built() -> None:
    """An identifier of no kind does not exist."""
    with pytest.raises(TypeError, match="abstract"):
        Identifier("149999")  # type: ignore[abstract]


# Errors -------------------------------------------------------------------------------------------

WRONG: list[tuple[type[Identifier], str, type[IdentifierError]]] = [
    (Vin, "1M8GDM9AXKP04278", IdentifierLengthError),
    (Vin, "1M8GDM9AXKP0427880", IdentifierLengthError),
    (Vin, "1M8GDM9AXKPO42788", IdentifierCharacterError),
    (Vin, "IM8GDM9AXKP042788", IdentifierCharacterError),
    (Vin, "1M8GDQ9AXKP042788", IdentifierCharacterError),
    (Vin, "1M8GDM9AX-KP04278", IdentifierCharacterError),
    (FrameNumber, "TY8", IdentifierLengthError),
    (FrameNumber, "-TY82104417", IdentifierFormatError),
    (FrameNumber, "TY82104417-", IdentifierFormatError),
    (FrameNumber, "TY82--104417", IdentifierFormatError),
    (FrameNumber, "UNKNOWN", IdentifierFormatError),
    (FrameNumber, "000000", IdentifierFormatError),
    (FrameNumber, "TY82/104417", IdentifierCharacterError),
    (Uscc, "91149999MA0TXT00", IdentifierLengthError),
    (Uscc, "MA0TXT00X", IdentifierLengthError),
    (Uscc, "140100200012345", IdentifierLengthError),
    (Uscc, "9114999IMA0TXT00X0", IdentifierCharacterError),
    (Uscc, "91149999SA0TXT00X0", IdentifierCharacterError),
    (Uscc, credit_code("91A49999MA0TXT00X"), IdentifierFormatError),
    (Uscc, credit_code("9114999XMA0TXT00X"), IdentifierFormatError),
    (ResidentNumber, "1499991970010100", IdentifierLengthError),
    (ResidentNumber, "14999970010100", IdentifierLengthError),
    (ResidentNumber, "14999970010100X", IdentifierLengthError),
    (ResidentNumber, "14999919700101X000", IdentifierFormatError),
    (ResidentNumber, "1499991970010100A1", IdentifierCharacterError),
    (ResidentNumber, resident_number("14999919700230000"), IdentifierDateError),
    (ResidentNumber, resident_number("14999919701301000"), IdentifierDateError),
    (ResidentNumber, resident_number("14999919700001000"), IdentifierDateError),
    (ResidentNumber, resident_number("14999919700100000"), IdentifierDateError),
    (ResidentNumber, resident_number("14999917991231000"), IdentifierDateError),
    (ResidentNumber, resident_number("14999900000101000"), IdentifierDateError),
    (ResidentNumber, "149999700230000", IdentifierDateError),
    (UnitCode, "149999001002GB00003F0004000", IdentifierLengthError),
    (UnitCode, "14999900100GGB00003F00040005", IdentifierFormatError),
    (UnitCode, "149999001002AB00003F00040005", IdentifierFormatError),
    (UnitCode, "149999001002G000003F00040005", IdentifierFormatError),
    (UnitCode, "149999001002GB0000AF00040005", IdentifierFormatError),
    (UnitCode, "149999001002GB00003A00040005", IdentifierFormatError),
    (UnitCode, "149999001002GB00003F0004000A", IdentifierFormatError),
    (UnitCode, "149999001002GB00003W00000001", IdentifierFormatError),
    (Division, "14010", IdentifierLengthError),
    (Division, "1401000", IdentifierLengthError),
    (Division, "14010A", IdentifierCharacterError),
]


@pytest.mark.parametrize(("kind", "text", "error"), WRONG)
def test_each_fault_has_its_error(
    kind: type[Identifier], text: str, error: type[IdentifierError]
) -> None:
    """What is wrong can be told from the class of the error."""
    with pytest.raises(error) as caught:
        kind.parse(text)
    assert type(caught.value) is error


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, text, _ in WRONG])
@pytest.mark.parametrize("ending", ["", "\u200b", "\u0661", "\n"])
def test_errors_never_repeat_the_text(kind: type[Identifier], text: str, ending: str) -> None:
    """Neither message, arguments, pickle nor chained exceptions carry what was entered."""
    entered = text + ending
    with pytest.raises(IdentifierError) as caught:
        kind.parse(entered)
    error = caught.value
    everything = f"{error} {error!r} {error.args} {vars(error)} {pickle.dumps(error)!r}"
    for length in range(4, len(text) + 1):
        assert text[:length] not in everything
        assert text[-length:] not in everything
    assert ending == "" or ending not in everything
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize(
    "error",
    [
        IdentifierError,
        IdentifierTypeError,
        IdentifierLengthError,
        IdentifierCharacterError,
        IdentifierFormatError,
        IdentifierCheckError,
        IdentifierDateError,
    ],
)
@pytest.mark.parametrize("field", [None, "owner.number"])
def test_errors_pickle_and_speak(error: type[IdentifierError], field: str | None) -> None:
    """Errors survive another process whole, are input errors, and say where, what and how."""
    one = error("VIN", "is empty: enter it", field)
    again = pickle.loads(pickle.dumps(one))  # noqa: S301
    assert type(again) is error
    assert (again.kind, again.problem, again.field) == ("VIN", "is empty: enter it", field)
    assert again.args == ("VIN", "is empty: enter it", field)
    assert isinstance(one, InputError)
    assert isinstance(one, ValueError)
    assert str(again) == ("" if field is None else "owner.number: ") + "VIN is empty: enter it"


@pytest.mark.parametrize(("kind", "text", "_error"), WRONG)
def test_messages_name_the_kind_and_what_to_do(
    kind: type[Identifier], text: str, _error: type[IdentifierError]
) -> None:
    """A message starts with the kind of identifier and, after a colon, says how to go on."""
    with pytest.raises(IdentifierError) as caught:
        kind.parse(text)
    assert str(caught.value).startswith(f"{kind.kind} ")
    assert ": " in str(caught.value)


# VIN and frame numbers ----------------------------------------------------------------------------


def test_vin_of_the_standard_example() -> None:
    """1M8GDM9AXKP042788 carries its check character X, entered in either case."""
    one = Vin.parse("1m8gdm9axkp042788")
    assert one.value == "1M8GDM9AXKP042788"
    assert one.check_digit_ok is True
    assert one.masked == "*************2788"


@given(text=vins)
def test_vin_check_digit_agrees_with_the_table(text: str) -> None:
    """For any VIN the advisory check is the one of the standard's table."""
    assert Vin.parse(text).check_digit_ok is (text[8] == vin_check(text))


@given(text=vins)
def test_vin_with_a_wrong_check_digit_is_still_a_vin(text: str) -> None:
    """Imported cars need not follow the check digit, so no misfit is ever an error."""
    for check in VIN_CHARACTERS:
        one = Vin.parse(text[:8] + check + text[9:])
        assert one.check_digit_ok is (check == vin_check(text))


def test_frame_of_seventeen_characters_is_a_vin() -> None:
    """The length alone decides, and a bad VIN does not fall back to a frame number."""
    assert parse_frame("1m8gdm9axkp042788") == Vin("1M8GDM9AXKP042788")
    with pytest.raises(IdentifierCharacterError, match=r"^VIN "):
        parse_frame("OM8GDM9AXKP042788")
    with pytest.raises(IdentifierLengthError):
        FrameNumber.parse("1M8GDM9AXKP042788")


@given(text=frame_numbers)
def test_shorter_frame_numbers_are_kept_as_registered(text: str) -> None:
    """An older, shorter number is matched as registered: I, O, Q and hyphens stay."""
    assert parse_frame(text.lower()) == FrameNumber(text)


@pytest.mark.parametrize("text", ["1234", "IOQ1", "A" * 15 + "1", "TY82-104417"])
def test_frame_numbers_have_four_to_sixteen_characters(text: str) -> None:
    """Both ends of the range, and letters a VIN may not have, are accepted."""
    assert FrameNumber.parse(text).value == text


@pytest.mark.parametrize("size", [0, 1, 2, 3, 18, 19, 64, 65])
def test_frames_of_other_lengths_are_refused(size: int) -> None:
    """Neither three characters nor eighteen can be a number on a frame."""
    with pytest.raises(IdentifierLengthError):
        parse_frame("1" * size)


# USCC ---------------------------------------------------------------------------------------------


@given(text=credit_codes)
def test_uscc_agrees_with_stdnum_where_its_head_is_digits(text: str) -> None:
    """For codes led by eight digits an independent library accepts the same check character."""
    numeric = "91" + text[2:8]
    good = credit_code(numeric + text[8:17])
    for check in USCC_CHARACTERS:
        candidate = good[:-1] + check
        if uscc.is_valid(candidate):
            assert Uscc.parse(candidate).value == candidate == good
        else:
            with pytest.raises(IdentifierCheckError):
                Uscc.parse(candidate)


@pytest.mark.parametrize("head", ["A1", "N2", "Y1", "9A", "AA", "11", "12", "13", "51", "92", "93"])
def test_uscc_may_be_led_by_letters(head: str) -> None:
    """Lawful codes start with A, N or Y too, although other libraries refuse them."""
    text = credit_code(f"{head}149999MA0TXT00X")
    assert uscc.is_valid(text) is head.isdecimal()
    assert Uscc.parse(text).department == head[0]
    assert Uscc.parse(text).is_state_organ is (head == "11")


@given(text=credit_codes, data=st.data())
def test_uscc_with_one_wrong_character_is_refused(text: str, data: st.DataObject) -> None:
    """Any single substitution is caught, in any place, by form or by check character."""
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from(USCC_CHARACTERS))
    assume(other != text[place])
    with pytest.raises((IdentifierCheckError, IdentifierFormatError)):
        Uscc.parse(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize("letter", "IOSVZ")
@pytest.mark.parametrize("place", range(18))
def test_uscc_never_contains_i_o_s_v_z(letter: str, place: int) -> None:
    """The five letters easily misread do not occur anywhere."""
    good = SAMPLES[Uscc]
    with pytest.raises(IdentifierCharacterError):
        Uscc.parse(good[:place] + letter + good[place + 1 :])


# Resident numbers ---------------------------------------------------------------------------------


@given(text=resident_numbers)
def test_resident_number_agrees_with_stdnum(text: str) -> None:
    """The check character is the one of ISO 7064 MOD 11-2 and of no other kind."""
    assert mod_11_2.is_valid(text)
    for check in "0123456789X":
        candidate = text[:-1] + check
        if mod_11_2.is_valid(candidate):
            assert ResidentNumber.parse(candidate).value == candidate
        else:
            with pytest.raises(IdentifierCheckError):
                ResidentNumber.parse(candidate)


@given(text=resident_numbers, data=st.data())
def test_resident_number_with_one_wrong_digit_is_refused(text: str, data: st.DataObject) -> None:
    """Any single substitution is caught, in any place."""
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from("0123456789X"))
    assume(other != text[place])
    with pytest.raises(IdentifierError):
        ResidentNumber.parse(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    ("county", "year"),
    [
        ("140102", 1970),
        ("140103", 1965),
        ("140104", 1960),
        ("140105", 1975),
        ("140106", 1990),
        ("140107", 1990),
        ("140202", 1970),
        ("140203", 1975),
        ("810000", 1990),
        ("820000", 1990),
        ("830000", 1990),
        ("911156", 1990),
    ],
)
def test_resident_number_does_not_depend_on_the_history_of_counties(county: str, year: int) -> None:
    """People older than their county, and permit holders, are accepted where others refuse them."""
    text = resident_number(f"{county}{year}0101000")
    assert not ric.is_valid(text)
    assert ResidentNumber.parse(text).value == text


@given(month=st.integers(0, 99), day=st.integers(0, 99), year=st.integers(0, 9999))
@example(2, 29, 2000)
@example(2, 29, 1900)
@example(2, 29, 1972)
@example(2, 29, 1971)
@example(12, 31, 1799)
@example(1, 1, 1800)
@example(4, 31, 1970)
def test_resident_number_contains_a_real_day(month: int, day: int, year: int) -> None:
    """Exactly the days of the calendar from 1800 on are accepted, leap days included."""
    text = resident_number(f"149999{year:04}{month:02}{day:02}000")
    # An independent list of the days: the weeks a wall calendar prints.
    real = (
        year >= 1800
        and 1 <= month <= 12
        and day in {d for week in calendar.Calendar().monthdayscalendar(year, month) for d in week}
        and day > 0
    )
    if real:
        assert ResidentNumber.parse(text).value == text
    else:
        with pytest.raises(IdentifierDateError):
            ResidentNumber.parse(text)


def test_resident_number_ending_in_x_is_one_number_in_either_case() -> None:
    """A small x at the end is the same number."""
    text = next(
        number
        for number in (resident_number(f"14999919700101{n:03}") for n in range(1000))
        if number.endswith("X")
    )
    assert ResidentNumber.parse(text[:-1] + "x") == ResidentNumber.parse(text)


@given(date=st.dates(dt.date(1900, 1, 1), dt.date(1999, 12, 31)), serial=digits(3))
def test_fifteen_digits_are_lengthened(date: dt.date, serial: str) -> None:
    """The old form equals the new one: 19 after the sixth digit, check character at the end."""
    old = f"149999{date:%y%m%d}{serial}"
    new = resident_number(f"149999{date:%Y%m%d}{serial}")
    assert ResidentNumber.parse(old) == ResidentNumber.parse(new)
    assert ResidentNumber.parse(old).value == new
    with pytest.raises(IdentifierLengthError):
        ResidentNumber(old)


# Real estate and places ---------------------------------------------------------------------------


@given(text=unit_codes)
def test_unit_code_parts(text: str) -> None:
    """The first 19 characters are the parcel, the first six the county."""
    one = UnitCode.parse(text.lower())
    assert one.value == text
    assert one.parcel == text[:19]
    assert one.division == Division(text[:6])


@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_unit_code_letters(letter: str) -> None:
    """The parcel starts with G, J or Z and any letter; a fixture is F, L or Q, none is W."""
    parcel, fixture = f"149999001002{letter}B00003F00040005", f"149999001002GB00003{letter}00000000"
    assert UnitCode.parse(f"149999001002G{letter}00003F00040005")
    for text, accepted in ((parcel, "GJZ"), (fixture, "FLQW")):
        if letter in accepted:
            assert UnitCode.parse(text).value == text
        else:
            with pytest.raises(IdentifierFormatError):
                UnitCode.parse(text)


@given(tail=digits(8))
def test_unit_code_without_fixture_ends_in_zeros(tail: str) -> None:
    """After W, which says there is no fixture, only zeros may follow."""
    assume(tail != "0" * 8)
    with pytest.raises(IdentifierFormatError):
        UnitCode.parse(f"149999001002GB00003W{tail}")
    assert UnitCode.parse("149999001002GB00003W00000000")


@given(text=digits(6))
@example("140000")
@example("149999")
@example("150100")
@example("641400")
def test_shanxi_is_14(text: str) -> None:
    """Every code starting 14, retired ones included, is in Shanxi, and no other is."""
    one = Division.parse(text)
    assert one.province == text[:2]
    assert one.in_shanxi is bool(re.fullmatch(r"14[0-9]{4}", text))
    assert str(one) == text
    assert repr(one) == f"Division('{text}')"


def test_prefecture_is_four_digits() -> None:
    """Two districts of Taiyuan share a prefecture, Taiyuan and Datong do not."""
    assert Division("140105").same_prefecture(Division("140181"))
    assert not Division("140105").same_prefecture(Division("140205"))


# Names and opaque codes ---------------------------------------------------------------------------

UNSEEN = {
    "control": "\x07",
    "newline": "\n",
    "escape": "\x1b",
    "C1 control": "\x85",
    "soft hyphen": "\u00ad",
    "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c",
    "word joiner": "\u2060",
    "byte-order mark": "\ufeff",
    "left-to-right mark": "\u200e",
    "Arabic letter mark": "\u061c",
    "right-to-left override": "\u202e",
    "isolate": "\u2067",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "no-break space": "\u00a0",
    "thin space": "\u2009",
    "Ogham space": "\u1680",
    "combining grapheme joiner": "\u034f",
    "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0",
    "empty Braille cell": "\u2800",
    "variation selector": "\ufe0f",
    "ideographic variation selector": "\U000e0101",
    "tag": "\U000e0041",
    "interlinear anchor": "\ufff9",
    "surrogate": "\ud83d",
    "non-character": "\uffff",
    "non-character of an ideographic plane": "\U0002fffe",
    "last of an ideographic plane": "\U0003ffff",
    "unassigned": "\U000e0fff",
}


@pytest.mark.parametrize("check", [check_name, check_code])
@pytest.mark.parametrize("name", UNSEEN)
def test_characters_nobody_can_see_are_refused(check, name: str) -> None:  # type: ignore[no-untyped-def]
    """Control, direction-changing, zero-width and blank characters are refused in any place."""
    for text in (UNSEEN[name], f"{UNSEEN[name]}张三", f"张{UNSEEN[name]}三", f"张三{UNSEEN[name]}"):
        with pytest.raises(IdentifierCharacterError) as caught:
            check(text)
        assert "张" not in str(caught.value)
        assert UNSEEN[name] not in str(caught.value)


@pytest.mark.parametrize("check", [check_name, check_code])
@pytest.mark.parametrize("blank", [" ", "\u3000", "\t", "\n", "\u00a0", "\x1f"])
def test_white_space_at_an_end_is_refused(check, blank: str) -> None:  # type: ignore[no-untyped-def]
    """A leading or trailing blank is an input error, never trimmed; blanks alone are no text."""
    for text in (f"{blank}张三", f"张三{blank}", blank, blank * 3):
        with pytest.raises(IdentifierCharacterError):
            check(text)


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "李",
        "阿卜杜拉·买买提",
        "Zoë Müller",
        "Zoe\u0308 Mu\u0308ller",
        "O'Brien-Smith, Jr.",
        "山西某某（集团）有限公司",
        "①Ⅸ㍿公司",
        "张\u3000三",
        "{{7*7}} #panic() {0.__class__}",
        "=1+1",
        "\U00020bb7野",
        "\U000323af某",
        "\ue000某",
        "x" * 200,
    ],
)
def test_names_are_kept_as_given(name: str) -> None:
    """A readable name comes back unchanged: not normalised, not escaped, rare characters kept."""
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", "x" * 201])
def test_names_have_up_to_200_characters(name: str) -> None:
    """No name, and a name nobody has, are length errors."""
    with pytest.raises(IdentifierLengthError):
        check_name(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("山西某某（集团）有限公司", "山西某某(集团)有限公司"),
        ("ＡＢＣ公司", "abc公司"),
        ("张 三", "张\u3000三"),
        ("Zoë", "ZOE\u0308"),
        ("STRASSE", "Straße"),
        ("①号", "1号"),
        ("㍿", "株式会社"),
        ("［甲］", "[甲]"),
    ],
)
def test_names_are_compared_by_the_named_rule(one: str, other: str) -> None:
    """Width, brackets, case, accents' encoding and blanks make no difference when comparing."""
    assert one != other
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张二"), ("甲〔一〕", "甲(一)"), ("張三", "张三")]
)
def test_other_characters_stay_different(one: str, other: str) -> None:
    """The rule does not simplify characters or guess."""
    assert normalise_name(one) != normalise_name(other)


@given(text=st.text(min_size=1, max_size=30))
@example("a \u0301")
@example("\u00a8")
@example("\u0130\u00b4x")
@example("\u1e9b\u0323")
@example("\u01f0\u0323")
def test_normalising_is_idempotent_and_never_empty(text: str) -> None:
    """A second round changes nothing, and no two names agree by being reduced to nothing."""
    try:
        check_name(text)
    except IdentifierError:
        with pytest.raises(IdentifierError):
            normalise_name(text)
        return
    once = normalise_name(text)
    assert once
    assert not any(character.isspace() for character in once)
    assert "".join(unicodedata.normalize("NFKC", once.casefold()).split()) == once


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("阿卜杜拉·买买提", "阿*******"),
        ("李", "*"),
        ("", ""),
        ("\n三", "**"),
        ("\u202e三四", "***"),
        ("\U00020bb7野家", "\U00020bb7**"),
    ],
)
def test_masked_name_shows_its_first_character(name: str, masked: str) -> None:
    """One character of several shows, none of one, and none that could disturb the line."""
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    "code",
    [
        "晋A12345",
        "（2023）晋01执123号",
        "晋税 企清〔2024〕1号",
        "PDAA202414010000000001",
        "0",
        "x" * 64,
    ],
)
def test_codes_are_kept_as_given(code: str) -> None:
    """Numbers without a published pattern come back unchanged."""
    assert check_code(code) == code


@pytest.mark.parametrize("code", ["", "x" * 65])
def test_codes_have_up_to_64_characters(code: str) -> None:
    """No number, and one too long to be one, are length errors."""
    with pytest.raises(IdentifierLengthError):
        check_code(code)


@pytest.mark.parametrize("character", ["\ue000", "\U000f0000", "\U0003fffd"])
def test_codes_have_a_fixed_look(character: str) -> None:
    """Private-use and unassigned characters print differently everywhere, so no code has them."""
    with pytest.raises(IdentifierCharacterError):
        check_code(f"A{character}1")
    assert check_name(f"某{character}某")


@pytest.mark.parametrize(
    ("code", "masked"),
    [
        ("", ""),
        ("1", "*"),
        ("12", "**"),
        ("123", "**3"),
        ("123456", "****56"),
        ("晋A12345", "*****45"),
        ("PDAA202414010000000001", "*" * 18 + "0001"),
        ("123456789\n\u202e12", "***********12"),
    ],
)
def test_masked_code_shows_its_end(code: str, masked: str) -> None:
    """At most four characters and a third of them show, none that could disturb the line."""
    assert mask_code(code) == masked


@pytest.mark.parametrize(("check", "kind"), [(check_name, "owner name"), (check_code, "plate")])
def test_the_caller_names_the_kind(check, kind: str) -> None:  # type: ignore[no-untyped-def]
    """Errors of free text speak of what the caller asked for."""
    with pytest.raises(IdentifierError, match=f"^{kind} "):
        check("", kind=kind)


@given(text=st.text())
def test_any_text_can_be_masked(text: str) -> None:
    """Masking never fails, keeps the length, hides the rest and leaves one printable line."""
    name, code = mask_name(text), mask_code(text)
    for masked in (name, code):
        assert len(masked) == len(text)
        assert len(masked.splitlines()) <= 1
    assert set(name[1:]) <= {"*"}
    assert set(code[: len(code) - min(4, len(code) // 3)]) <= {"*"}


# What errors say ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (FrameNumber, "ABC", "has 3 characters instead of 4 to 16 (17 make a VIN)"),
        (FrameNumber, "A" * 17, "has 17 characters instead of 4 to 16 (17 make a VIN)"),
        (FrameNumber, "ABC*", "digits, capitals and hyphens"),
        (Vin, "1M8GDM9AXKP04278", "16 characters instead of 17"),
        (Uscc, "91140000", "8 characters instead of 18"),
        (ResidentNumber, "14999919900101", "14 characters instead of 18, or of 15"),
        (ResidentNumber, "14999919900101001A", "a digit or a final X"),
        (ResidentNumber, "1499991990010100X0", "an X before its end"),
        (ResidentNumber, "149999199002300017", "a birth date that does not exist"),
        (Division, "1401", "4 digits instead of 6"),
        (Division, "14010X", "something other than a digit"),
        (UnitCode, "149999001001GB00001F0001000", "27 characters instead of 28"),
        (UnitCode, "14*999001001GB00001F00010001", "character 3 something other than a digit or"),
        (FrameNumber, "*BCDE", "character 1 something other"),
        (Vin, "1M8GDM9AXKI042788", "character 11 something no VIN contains"),
        (Uscc, "9I149999MA0000001C", "character 2 something no USCC contains"),
    ],
)
def test_an_error_names_its_kind_and_the_right_lengths(kind, text, said) -> None:
    """Whoever reads it knows which identifier to enter again, and how long it is."""
    with pytest.raises(IdentifierError) as caught:
        kind(text)
    assert caught.value.kind == kind.kind
    assert said in caught.value.problem


@pytest.mark.parametrize(
    ("kind", "body", "last"),
    [
        (ResidentNumber, "14999919900101001", mod_11_2.calc_check_digit("14999919900101001")),
        (Uscc, "91149999MA0000001", uscc.calc_check_digit("91149999MA0000001")),
    ],
)
def test_a_wrong_last_character_is_told_of_its_kind(kind, body, last) -> None:
    """The check character of each kind that has one."""
    assert kind(body + last)
    with pytest.raises(IdentifierCheckError) as caught:
        kind(body + ("1" if last != "1" else "2"))
    assert caught.value.kind == kind.kind
    assert "does not fit the others" in caught.value.problem


@pytest.mark.parametrize("kind", IDENTIFIERS)
@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (5, IdentifierTypeError, "is not text"),
        ("", IdentifierLengthError, "is empty"),
        ("1" * 65, IdentifierLengthError, "has more than 64 characters"),
        ("1\u00a02", IdentifierCharacterError, "character 2 something that is no plain letter"),
    ],
)
def test_what_no_identifier_can_be_is_told_of_each_kind(kind, text, error, said) -> None:
    """No text, nothing, far too much, or a character that only looks like a letter."""
    with pytest.raises(error) as caught:
        kind.parse(text)
    assert caught.value.kind == kind.kind
    assert said in caught.value.problem


@pytest.mark.parametrize(("check", "kind"), [(check_name, "name"), (check_code, "code")])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" A", "starts or ends with white space"),
        ("A\n", "starts or ends with white space"),
        ("\u200bAB", "has at character 1 one that is invisible"),
        ("A\u200bB", "has at character 2 one that is invisible"),
    ],
)
def test_an_unreadable_text_is_told_of_its_kind_and_place(check, kind, text, said) -> None:
    """The kind is what the caller says it is, or name and code."""
    for told, named in ((kind, {}), ("plate", {"kind": "plate"})):
        with pytest.raises(IdentifierCharacterError) as caught:
            check(text, **named)
        assert caught.value.kind == told
        assert said in caught.value.problem


def test_masking_refuses_what_is_no_text_by_kind() -> None:
    """A number is no name and no code."""
    for mask, kind in ((mask_name, "name"), (mask_code, "code")):
        with pytest.raises(IdentifierTypeError) as caught:
            mask(5)
        assert caught.value.kind == kind


def test_only_the_planes_of_ideographs_are_kept_for_new_ones() -> None:
    """U+20000 to U+3FFFD, without the last two places of each plane."""
    for point, kept in (
        (0x1FFFD, False),
        (0x20000, True),
        (0x2FFFD, True),
        (0x2FFFE, False),
        (0x3FFFD, True),
        (0x3FFFF, False),
        (0x40000, False),
    ):
        assert identifiers._may_be_new_ideograph(chr(point)) is kept


def test_a_code_has_a_look_that_is_fixed() -> None:
    """A private-use character is told of with its place; a name may have one."""
    with pytest.raises(IdentifierCharacterError) as caught:
        check_code("A\ue000B")
    assert caught.value.kind == "code"
    assert "has at character 2 one without a fixed look" in caught.value.problem
    assert check_name("A\ue000B") == "A\ue000B"
    assert check_code("A\u3000B") == "A\u3000B"


def test_a_masked_code_shows_no_control_character() -> None:
    """Neither plain nor printable text is taken for both: what nobody can read is starred."""
    assert mask_code("123456789\x00AB") == "********" + "9*AB"
    assert mask_code("123456789\u200bAB") == "********" + "9*AB"
    assert mask_code("1234567890AB") == "********" + "90AB"
