"""Identifiers (标识) of vehicles, persons, organisations, real estate and places, and free text.

An identifier is parsed once, at the border, into a small value that cannot be malformed:

    Vin, FrameNumber        which vehicle: `parse_frame` chooses between the two
    Uscc                    which organisation
    ResidentNumber          which natural person
    UnitCode                which real-estate unit
    Division                which administrative division

Three rules hold for all of them. Nothing is repaired in silence: white space, full-width digits and
look-alike letters are refused, because int(), regular expressions and upper-casing would otherwise
turn them into another identifier. A failed check is an input error, "enter it again", and says
nothing about tax. And the clear text leaves a value only through `.value`: str(), repr() and every
error show it masked (打码) or not at all.

Numbers whose shape no standard publishes (vouchers, contracts, policies, plates, court documents)
stay text: `check_code` only keeps out what cannot be read or printed. Names likewise: `check_name`.

Not encoded: whether a number was ever issued, and to whom; only the authority concerned knows.
"""

from __future__ import annotations

import calendar
import re
import string
import unicodedata
from abc import ABC, abstractmethod
from typing import ClassVar, Final, Self, final

import attrs

from .errors import InputError

__all__ = [
    "IDENTIFIERS",
    "Division",
    "FrameNumber",
    "Identifier",
    "IdentifierCharacterError",
    "IdentifierCheckError",
    "IdentifierDateError",
    "IdentifierError",
    "IdentifierFormatError",
    "IdentifierLengthError",
    "IdentifierTypeError",
    "ResidentNumber",
    "UnitCode",
    "Uscc",
    "Vin",
    "check_code",
    "check_name",
    "mask_code",
    "mask_name",
    "normalise_name",
    "parse_frame",
]

LONGEST_CODE: Final = 64
"""Characters an identifier or an opaque code may have at most; longer text is not even scanned."""

LONGEST_NAME: Final = 200
"""Characters a name may have at most; names of foreign companies outgrow 64."""


# Errors -------------------------------------------------------------------------------------------


class IdentifierError(InputError):
    """One identifier is not what it claims to be; ask for it again.

    Attributes:
        kind: What the text should have been, such as "VIN".
        problem: What is wrong and what to do; never the text itself.
        field: Dotted path of the field it was entered in, or None where that is not known.
    """

    def __init__(self, kind: str, problem: str, field: str | None = None) -> None:
        super().__init__(kind, problem, field)
        self.kind = kind
        self.problem = problem
        self.field = field

    def __str__(self) -> str:
        sentence = f"{self.kind} {self.problem}"
        return sentence if self.field is None else f"{self.field}: {sentence}"


class IdentifierTypeError(IdentifierError, TypeError):
    """Something other than text was handed in: a number has lost its leading zeros."""


class IdentifierLengthError(IdentifierError):
    """The text is empty, too short or too long."""


class IdentifierCharacterError(IdentifierError):
    """A character cannot occur here: not ASCII, invisible, blank, or a letter never used."""


class IdentifierFormatError(IdentifierError):
    """Every character may occur, but not in this place."""


class IdentifierCheckError(IdentifierError):
    """The check character (校验码) does not fit the rest: most likely a slip of the pen."""


class IdentifierDateError(IdentifierError):
    """The date inside the identifier is not in the calendar."""


# What all identifiers share -----------------------------------------------------------------------

_DIGITS: Final = frozenset(string.digits)
_LETTERS_AND_DIGITS: Final = frozenset(string.ascii_letters + string.digits)
_AGAIN: Final = "compare it with the document and enter it again"


def _demand_str(kind: str, text: object) -> None:
    # A subclass of str may answer differently each time it is asked, hence no isinstance().
    if type(text) is not str:
        raise IdentifierTypeError(kind, "is not text: pass a plain str, never a number or bytes")


def _demand_text(kind: str, text: str, longest: int) -> None:
    """Refuse what is not exactly a `str`, is empty, or is too long to be worth reading."""
    _demand_str(kind, text)
    if not text:
        raise IdentifierLengthError(kind, "is empty: enter it as printed on the document")
    if len(text) > longest:
        raise IdentifierLengthError(
            kind, f"has more than {longest} characters: enter this one item and nothing else"
        )


def _demand_characters(kind: str, text: str, allowed: frozenset[str], problem: str) -> None:
    """Refuse the first character outside *allowed*, naming its place and never the character."""
    if allowed.issuperset(text):
        return
    for place, character in enumerate(text, start=1):
        if character not in allowed:
            raise IdentifierCharacterError(kind, f"has at character {place} {problem}: {_AGAIN}")


def _fold(kind: str, text: str, others: str = "") -> str:
    """Return *text* in upper case, once it is known to be ASCII letters, digits and *others*."""
    _demand_text(kind, text, LONGEST_CODE)
    # Before upper(): it would turn a long s into S, and then nobody could tell any more.
    _demand_characters(
        kind,
        text,
        _LETTERS_AND_DIGITS.union(others) if others else _LETTERS_AND_DIGITS,
        "something that is no plain letter or digit (a blank, a full-width or invisible "
        "character, or a letter of another script that looks alike)",
    )
    return text.upper()


def _mask(text: str) -> str:
    """Return *text* as asterisks but for its last characters: a third of it, at most four."""
    shown = min(4, len(text) // 3)
    hidden = len(text) - shown
    return "*" * hidden + text[hidden:]


@attrs.frozen(repr=False)
class Identifier(ABC):
    """A well-formed identifier. Equal if kind and value are equal; shown masked.

    Construct it with `parse`. The constructor takes the canonical form only and refuses all else,
    as do copying and unpickling, so no malformed instance exists.

    Attributes:
        kind: What messages call it.
        value: The canonical clear text. Personal data (个人信息) for most kinds: pass it to the
            source that is asked, never to a log.
    """

    kind: ClassVar[str]
    value: str = attrs.field()

    @value.validator
    def _validate(self, _attribute: attrs.Attribute[str], value: str) -> None:
        _demand_text(self.kind, value, LONGEST_CODE)
        self._demand(value)

    @classmethod
    @abstractmethod
    def _demand(cls, value: str) -> None:
        """Raise an `IdentifierError` unless *value* is canonical."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read *text* as entered; the only change made is lower to upper case, in ASCII.

        Raises:
            IdentifierTypeError: Not exactly a `str`.
            IdentifierLengthError: Wrong number of characters.
            IdentifierCharacterError: A character that cannot occur, or white space around it.
            IdentifierFormatError: A character out of place.
            IdentifierCheckError: The check character does not fit.
            IdentifierDateError: The date it contains does not exist.
        """
        return cls(_fold(cls.kind, text))

    @property
    def masked(self) -> str:
        """The value, all but its last characters replaced by asterisks; same length."""
        return _mask(self.value)

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked!r})"

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        # Through the constructor, so that a copied or unpickled value has been validated too.
        return type(self), (self.value,)


# Vehicles -----------------------------------------------------------------------------------------

_VIN_LENGTH: Final = 17
_VIN_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_ALPHABET: Final = frozenset(_VIN_CHARACTERS)
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_NUMBERS: Final = dict(
    zip(_VIN_CHARACTERS, map(int, "012345678912345678123457923456789"), strict=True)
)
_VIN_CHECKS: Final = "0123456789X"
_VIN_CHECK_PLACE: Final = 8


@final
@attrs.frozen(repr=False)
class Vin(Identifier):
    """A vehicle identification number (车辆识别代号), 17 characters without I, O and Q.

    Source: GB 16735-2019; ISO 3779.
    """

    kind: ClassVar[str] = "VIN"

    @classmethod
    def _demand(cls, value: str) -> None:
        _demand_characters(
            cls.kind,
            value,
            _VIN_ALPHABET,
            "something no VIN contains (only digits and capitals without I, O and Q do; "
            "mostly 1 or 0 is meant)",
        )
        if len(value) != _VIN_LENGTH:
            raise IdentifierLengthError(
                cls.kind, f"has {len(value)} characters instead of {_VIN_LENGTH}: {_AGAIN}"
            )

    @property
    def check_digit_ok(self) -> bool:
        """Whether character 9 fits the others; advisory only.

        Makers abroad need not compute it, so a misfit is a reason to look again, no more.
        """
        total = sum(
            _VIN_NUMBERS[character] * weight
            for character, weight in zip(self.value, _VIN_WEIGHTS, strict=True)
        )
        return self.value[_VIN_CHECK_PLACE] == _VIN_CHECKS[total % 11]


_FRAME_LENGTHS: Final = range(4, _VIN_LENGTH)
_FRAME_ALPHABET: Final = frozenset(string.ascii_uppercase + string.digits + "-")
_FRAME: Final = re.compile(r"[0-9A-Z]+(?:-[0-9A-Z]+)*", re.ASCII)
_FRAME_COUNTING: Final = frozenset("123456789")


@final
@attrs.frozen(repr=False)
class FrameNumber(Identifier):
    """A frame number (车架号) older and shorter than a VIN, of a vehicle registered long ago.

    4 to 16 letters and digits; single hyphens between them count, because such numbers are matched
    as registered. At least one digit from 1 to 9, which keeps out the words and zeros entered
    where a vehicle has no number. A VIN with a character lost looks the same: for acts that need a
    VIN, ask for `Vin`.
    """

    kind: ClassVar[str] = "frame number"

    @classmethod
    def _demand(cls, value: str) -> None:
        _demand_characters(
            cls.kind,
            value,
            _FRAME_ALPHABET,
            "something other than digits, capitals and hyphens",
        )
        if len(value) not in _FRAME_LENGTHS:
            raise IdentifierLengthError(
                cls.kind,
                f"has {len(value)} characters instead of {_FRAME_LENGTHS[0]} to "
                f"{_FRAME_LENGTHS[-1]} ({_VIN_LENGTH} make a VIN): {_AGAIN}",
            )
        if not _FRAME.fullmatch(value):
            raise IdentifierFormatError(
                cls.kind, f"has a hyphen at an end or next to another: {_AGAIN}"
            )
        if _FRAME_COUNTING.isdisjoint(value):
            raise IdentifierFormatError(
                cls.kind, "has no digit from 1 to 9: a placeholder identifies no vehicle"
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read *text* as entered; see `Identifier.parse`. Hyphens are kept."""
        return cls(_fold(cls.kind, text, others="-"))


def parse_frame(text: str) -> Vin | FrameNumber:
    """Read the number on a vehicle's frame: 17 characters are a VIN, fewer a frame number.

    Raises:
        IdentifierError: As for `Vin.parse` and `FrameNumber.parse`.
    """
    if type(text) is str and len(text) == _VIN_LENGTH:
        return Vin.parse(text)
    return FrameNumber.parse(text)


# Organisations ------------------------------------------------------------------------------------

_USCC_LENGTH: Final = 18
_USCC_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_ALPHABET: Final = frozenset(_USCC_CHARACTERS)
_USCC_NUMBERS: Final = {character: number for number, character in enumerate(_USCC_CHARACTERS)}
_USCC_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_USCC: Final = re.compile(r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}", re.ASCII)


def _uscc_check(body: str) -> str:
    """Return the check character of the first 17 characters of a USCC."""
    total = sum(
        _USCC_NUMBERS[character] * weight
        for character, weight in zip(body, _USCC_WEIGHTS, strict=True)
    )
    return _USCC_CHARACTERS[-total % 31]


@final
@attrs.frozen(repr=False)
class Uscc(Identifier):
    """A unified social credit code (统一社会信用代码, USCC), 18 characters, the last a check.

    Department and class, the first two, may be letters: A, N and Y lead lawful codes. Characters 3
    to 8 are a division frozen at issue and no statement about where the holder is now.

    Source: GB 32100-2015.
    Not encoded: the check digit of the organisation code (组织机构代码) inside, since older codes
    were carried over as they were.
    """

    kind: ClassVar[str] = "USCC"

    @classmethod
    def _demand(cls, value: str) -> None:
        _demand_characters(
            cls.kind,
            value,
            _USCC_ALPHABET,
            "something no USCC contains (only digits and capitals without I, O, S, V and Z do)",
        )
        if len(value) != _USCC_LENGTH:
            raise IdentifierLengthError(
                cls.kind,
                f"has {len(value)} characters instead of {_USCC_LENGTH} (an organisation code of "
                f"9 or a business licence number of 15 is not one): {_AGAIN}",
            )
        if not _USCC.fullmatch(value):
            raise IdentifierFormatError(
                cls.kind, f"has a letter among characters 3 to 8, its division: {_AGAIN}"
            )
        if value[-1] != _uscc_check(value[:-1]):
            raise IdentifierCheckError(
                cls.kind, f"has a last character that does not fit the others: {_AGAIN}"
            )

    @property
    def department(self) -> str:
        """The department that issued it (登记管理部门), one character: 9 is market regulation."""
        return self.value[0]

    @property
    def is_state_organ(self) -> bool:
        """Whether it was issued to a state organ (机关), that is, starts with 11."""
        return self.value.startswith("11")


# Natural persons ----------------------------------------------------------------------------------

_RESIDENT_LENGTH: Final = 18
_RESIDENT_OLD_LENGTH: Final = 15
_RESIDENT_ALPHABET: Final = _DIGITS | {"X"}
_RESIDENT: Final = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS: Final = "10X98765432"
_REGION_END: Final = 6
_EARLIEST_BIRTH_YEAR: Final = 1800


def _resident_check(body: str) -> str:
    """Return the check character of the first 17 digits (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def _is_birth_date(digits: str) -> bool:
    """Whether eight ASCII digits are a day of the calendar on which a holder can be born."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    # Computed, not tried: newer Pythons repeat the numbers in the error of date().
    return (
        year >= _EARLIEST_BIRTH_YEAR
        and month in range(1, 13)
        and day in range(1, calendar.monthrange(year, month)[1] + 1)
    )


@final
@attrs.frozen(repr=False)
class ResidentNumber(Identifier):
    """A resident identity number (公民身份号码), 18 characters, the last a check.

    Residence permits (居住证) of residents of Hong Kong, Macao and Taiwan, starting 81, 82 or 83,
    and the newer permanent residence card (永久居留身份证) of foreigners, starting 9, have the same
    shape. The first six digits are not looked up: numbers were issued from the mid-1980s on, so a
    person may be older than the county in the number, which also outlives every removal.

    No clock is read, so a birth date in the future passes.

    Source: GB 11643-1999; ISO 7064, MOD 11-2.
    """

    kind: ClassVar[str] = "resident number"

    @classmethod
    def _demand(cls, value: str) -> None:
        _demand_characters(
            cls.kind, value, _RESIDENT_ALPHABET, "something other than a digit or a final X"
        )
        if len(value) != _RESIDENT_LENGTH:
            raise IdentifierLengthError(
                cls.kind,
                f"has {len(value)} characters instead of {_RESIDENT_LENGTH}, or of "
                f"{_RESIDENT_OLD_LENGTH} in the old form: {_AGAIN}",
            )
        if not _RESIDENT.fullmatch(value):
            raise IdentifierFormatError(cls.kind, f"has an X before its end: {_AGAIN}")
        if not _is_birth_date(value[_REGION_END:-4]):
            raise IdentifierDateError(
                cls.kind, f"contains a birth date that does not exist: {_AGAIN}"
            )
        if value[-1] != _resident_check(value[:-1]):
            raise IdentifierCheckError(
                cls.kind, f"has a last character that does not fit the others: {_AGAIN}"
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read *text* as entered; a number in the old form of 15 digits is lengthened to 18.

        Lengthened as issued anew: 19 after the sixth digit, the check character at the end. So the
        two forms of one person's number are equal. See `Identifier.parse` for the errors.
        """
        value = _fold(cls.kind, text)
        if len(value) == _RESIDENT_OLD_LENGTH and value.isdecimal():
            body = f"{value[:_REGION_END]}19{value[_REGION_END:]}"
            value = body + _resident_check(body)
        return cls(value)


# Real estate and places ---------------------------------------------------------------------------

_DIVISION_LENGTH: Final = 6

_PROVINCE: Final = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82", re.ASCII)
"""Province codes of GB/T 2260, with Taiwan, Hong Kong and Macao."""


@final
@attrs.frozen(repr=False)
class Division(Identifier):
    """An administrative division code (行政区划代码), 6 digits; not personal data, shown clear.

    Retired codes are accepted: offices and records outlive mergers.

    Source: GB/T 2260.
    """

    kind: ClassVar[str] = "division code"

    @classmethod
    def _demand(cls, value: str) -> None:
        _demand_characters(cls.kind, value, _DIGITS, "something other than a digit")
        if len(value) != _DIVISION_LENGTH:
            raise IdentifierLengthError(
                cls.kind, f"has {len(value)} digits instead of {_DIVISION_LENGTH}: {_AGAIN}"
            )

    @property
    def masked(self) -> str:
        """The code itself: a place is no secret."""
        return self.value

    @property
    def province(self) -> str:
        """The first two digits, the province (省); 14 is Shanxi."""
        return self.value[:2]

    @property
    def names_a_province(self) -> bool:
        """Whether the first two digits are those of a province at all."""
        return _PROVINCE.fullmatch(self.province) is not None

    @property
    def in_shanxi(self) -> bool:
        """Whether the division lies in Shanxi (山西省), where Order No. 307 applies."""
        return self.province == "14"

    def same_prefecture(self, other: Division) -> bool:
        """Whether both lie in one prefecture (地级市): the first four digits agree."""
        return self.value[:4] == other.value[:4]


_UNIT_LENGTH: Final = 28
_UNIT_ALPHABET: Final = frozenset(string.ascii_uppercase + string.digits)
_UNIT: Final = re.compile(r"[0-9]{12}[GJZ][A-Z][0-9]{5}(?:[FLQ][0-9]{8}|W0{8})", re.ASCII)
_PARCEL_END: Final = 19


@final
@attrs.frozen(repr=False)
class UnitCode(Identifier):
    """A real-estate unit code (不动产单元代码), 28 characters, without any check character.

    Six digits of county, three each of cadastral area and sub-area, two letters of parcel feature,
    five digits of parcel, one letter and eight digits of fixture; after W, which means no fixture,
    only zeros.

    Source: GB/T 37346-2019.
    """

    kind: ClassVar[str] = "real-estate unit code"

    @classmethod
    def _demand(cls, value: str) -> None:
        _demand_characters(
            cls.kind, value, _UNIT_ALPHABET, "something other than a digit or a capital"
        )
        if len(value) != _UNIT_LENGTH:
            raise IdentifierLengthError(
                cls.kind, f"has {len(value)} characters instead of {_UNIT_LENGTH}: {_AGAIN}"
            )
        if not _UNIT.fullmatch(value):
            raise IdentifierFormatError(
                cls.kind,
                "is not 12 digits, G, J or Z, a letter, 5 digits, F, L, Q or W, and 8 digits "
                f"(zeros after W): {_AGAIN}",
            )

    @property
    def parcel(self) -> str:
        """The parcel code (宗地代码), the first 19 characters, in clear."""
        return self.value[:_PARCEL_END]

    @property
    def division(self) -> Division:
        """The county (县级行政区) the parcel was in when it was coded."""
        return Division(self.value[:_DIVISION_LENGTH])


IDENTIFIERS: Final[tuple[type[Identifier], ...]] = (
    Vin,
    FrameNumber,
    Uscc,
    ResidentNumber,
    UnitCode,
    Division,
)
"""Every kind of identifier."""


# Names and opaque codes ---------------------------------------------------------------------------

# An ideographic space separates the parts of some names; all other blanks look like these two.
_INNER_BLANKS: Final = " \u3000"
_UNREADABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NO_FIXED_LOOK: Final = frozenset({"Cn", "Co"})
# Invisible although their general category says letter, mark or symbol: grapheme joiner, Hangul
# fillers, Khmer vowels, Mongolian and other variation selectors, the empty Braille cell.
_INVISIBLE: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
) | {chr(point) for block in (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)) for point in block}


def _may_be_new_ideograph(character: str) -> bool:
    """Whether Unicode keeps this place for ideographs, which this Python need not know yet."""
    point = ord(character)
    return 0x20000 <= point <= 0x3FFFF and point & 0xFFFF < 0xFFFE  # noqa: PLR2004


def _is_unreadable(character: str) -> bool:
    """Whether nobody can see the character, or see where it takes the rest of the line."""
    category = unicodedata.category(character)
    if category == "Zs":
        return character not in _INNER_BLANKS
    if category == "Cn":
        return not _may_be_new_ideograph(character)
    return category in _UNREADABLE or character in _INVISIBLE


def _demand_readable(kind: str, text: str, longest: int) -> None:
    _demand_text(kind, text, longest)
    if text[0].isspace() or text[-1].isspace():
        raise IdentifierCharacterError(kind, "starts or ends with white space: enter it without")
    if text.isprintable() and (text.isascii() or _INVISIBLE.isdisjoint(text)):
        return  # what the loop below would find, asked at once
    for place, character in enumerate(text, start=1):
        if _is_unreadable(character):
            raise IdentifierCharacterError(
                kind,
                f"has at character {place} one that is invisible, a control, an unusual blank or "
                "changes the direction of writing: type it again instead of pasting it",
            )


def check_name(text: str, *, kind: str = "name") -> str:
    """Return the name (姓名, 名称) exactly as given, if it can be read.

    Nothing is normalised: a name is kept as its bearer's document writes it. Refused are control,
    direction-changing, zero-width and other invisible characters, blanks other than an inner space
    or ideographic space, and names of more than 200 characters. Private-use characters and
    ideographs newer than this Python are kept, since rare names depend on them.

    Raises:
        IdentifierTypeError: Not exactly a `str`.
        IdentifierLengthError: Empty or too long.
        IdentifierCharacterError: A character nobody can see, or white space at an end.
    """
    _demand_readable(kind, text, LONGEST_NAME)
    return text


def normalise_name(text: str) -> str:
    """Return the name in the form in which two names are compared, never shown or stored.

    The rule, to be named where its result is relied on: Unicode NFKC, which also makes one of full-
    and half-width brackets, letters and digits; full case folding; all white space removed. It is
    generous, so agreement proves little: persons match on document type and number, and a name
    only raises doubts.

    Raises:
        IdentifierError: As for `check_name`; otherwise two unreadable names could be equal.
    """
    check_name(text)
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Folding decomposes some letters, and what a blank kept apart may combine once it is gone.
    return unicodedata.normalize("NFKC", "".join(folded.split()))


def mask_name(text: str) -> str:
    """Return the name with its first character only, the others as asterisks; same length.

    A name of one character is hidden whole. Unlike `check_name` it never objects to a text, so that
    a message can always be written.

    Raises:
        IdentifierTypeError: Not exactly a `str`.
    """
    _demand_str("name", text)
    if len(text) <= 1 or _is_unreadable(text[0]):
        return "*" * len(text)
    return text[0] + "*" * (len(text) - 1)


def check_code(text: str, *, kind: str = "code") -> str:
    """Return an opaque number (编号) exactly as given, if it can be read and printed.

    For vouchers, contracts, policies, plates, engines and court documents: no published pattern
    exists for them, so they are matched character by character and verified by whoever issued
    them. 1 to 64 characters; refused is what `check_name` refuses, and private-use and unassigned
    characters.

    Raises:
        IdentifierTypeError: Not exactly a `str`.
        IdentifierLengthError: Empty or too long.
        IdentifierCharacterError: A character nobody can see, or white space at an end.
    """
    _demand_readable(kind, text, LONGEST_CODE)
    if text.isprintable():
        return text  # unassigned and private-use characters are not printable
    for place, character in enumerate(text, start=1):
        if unicodedata.category(character) in _NO_FIXED_LOOK:
            raise IdentifierCharacterError(
                kind, f"has at character {place} one without a fixed look: {_AGAIN}"
            )
    return text


def mask_code(text: str) -> str:
    """Return an opaque number with its last characters only, a third of it and at most four.

    The length stays the same. Like `mask_name` it never objects to a text.

    Raises:
        IdentifierTypeError: Not exactly a `str`.
    """
    _demand_str("code", text)
    if text.isascii() and text.isprintable():
        return _mask(text)
    return "".join("*" if _is_unreadable(character) else character for character in _mask(text))
