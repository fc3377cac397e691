"""Parties (当事人): who is taxed, and when two descriptions mean the same person.

Persons match on document type and number, never on a name.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import field, frozen

from .identifiers import (
    ResidentNumber,
    Uscc,
    check_code,
    check_name,
    mask_code,
    mask_name,
    normalise_name,
)

__all__ = ["IdType", "Person", "PersonMatch", "compare_persons"]


class IdType(StrEnum):
    """Kind of document (证件类型) a party is known by."""

    RESIDENT_NUMBER = "resident-number"
    """Citizen number (公民身份号码), also on residence permits and the newer permanent-residence
    card (港澳台居民居住证、外国人永久居留身份证)."""
    PASSPORT = "passport"
    HK_MO_TW_PERMIT = "hk-mo-tw-permit"
    """Travel permit (港澳台居民来往内地通行证)."""
    TAX_ASSIGNED_NUMBER = "tax-assigned-number"
    """Number the tax authority gave a person without a citizen number (纳税人识别号)."""
    USCC = "uscc"
    """Unified Social Credit Code (统一社会信用代码)."""
    OLD_REGISTRATION_NUMBER = "old-registration-number"
    """Business registration or organisation code from before the USCC (原注册号、组织机构代码)."""
    OTHER = "other"


NATURAL: Final = frozenset(
    {
        IdType.RESIDENT_NUMBER,
        IdType.PASSPORT,
        IdType.HK_MO_TW_PERMIT,
        IdType.TAX_ASSIGNED_NUMBER,
    }
)
"""Documents only natural persons carry."""

_ORGANISATIONS: Final = frozenset({IdType.USCC, IdType.OLD_REGISTRATION_NUMBER})

_INCOMPARABLE: Final = frozenset(
    {_ORGANISATIONS, frozenset({IdType.PASSPORT, IdType.TAX_ASSIGNED_NUMBER})}
)


class PersonMatch(StrEnum):
    """How two descriptions of a person compare."""

    SAME = "same"
    DIFFERENT = "different"
    VARIANT = "variant"
    """Same number with another name, or documents that cannot be compared: a conflict."""


def optional_name(text: str | None) -> str | None:
    """Convert a name that may be missing, as attrs converter."""
    return None if text is None else check_name(text)


@frozen(repr=False)
class Person:
    """A natural person or an organisation, by one document.

    Attributes:
        id_type: Kind of document.
        number: Its number. Citizen numbers of 15 digits are lengthened, citizen numbers and USCCs
            checked; other numbers are kept as given.
        name: Name as written, or null where it is not known.

    Raises:
        IdentifierError: The number or the name cannot be what it claims to be.
    """

    id_type: IdType
    number: str
    name: str | None = field(default=None, converter=optional_name)

    def __attrs_post_init__(self) -> None:
        """Bring the number into its canonical form."""
        if self.id_type is IdType.RESIDENT_NUMBER:
            canonical = ResidentNumber.parse(self.number).value
        elif self.id_type is IdType.USCC:
            canonical = Uscc.parse(self.number).value
        else:
            canonical = check_code(self.number, kind="document number")
        object.__setattr__(self, "number", canonical)

    @property
    def key(self) -> tuple[IdType, str]:
        """What identifies the person: document type and number."""
        return self.id_type, self.number

    @property
    def masked_number(self) -> str:
        """The number as it may be printed."""
        return mask_code(self.number)  # which also is how identifiers are masked

    @property
    def masked(self) -> str:
        """Name and number as they may be printed."""
        return f"{mask_name(self.name)} {self.masked_number}" if self.name else self.masked_number

    def __repr__(self) -> str:
        return f"Person({self.id_type}, {self.masked})"


def compare_persons(left: Person, right: Person) -> PersonMatch:
    """Compare two descriptions of a person.

    Same document and number is the same person, unless both carry names that differ. Another
    number of the same kind of document is another person. Documents of different kinds never prove
    identity. With the same name, or with kinds that are issued beside one another and cannot be
    compared (a passport and a tax-assigned number, an old registration number and a USCC, or an
    unknown kind), nothing is established. With another name, or a natural person's document
    against an organisation's, it is another person.
    """
    same_name = (
        left.name == right.name or normalise_name(left.name) == normalise_name(right.name)
        if left.name is not None and right.name is not None
        else None
    )
    if left.id_type is right.id_type:
        if left.number != right.number:
            return PersonMatch.DIFFERENT
        return PersonMatch.VARIANT if same_name is False else PersonMatch.SAME
    kinds = frozenset((left.id_type, right.id_type))
    if same_name or kinds in _INCOMPARABLE or IdType.OTHER in kinds:
        return PersonMatch.VARIANT
    if same_name is False or (kinds & NATURAL and kinds & _ORGANISATIONS):
        return PersonMatch.DIFFERENT
    return PersonMatch.VARIANT
