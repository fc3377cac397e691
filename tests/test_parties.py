"""Persons: the same document and number is the same person; a name never is."""

from __future__ import annotations

import pytest

from taxgate.identifiers import IdentifierError
from taxgate.parties import IdType, Person, PersonMatch, compare_persons

T = IdType
SAME, DIFFERENT, VARIANT = PersonMatch.SAME, PersonMatch.DIFFERENT, PersonMatch.VARIANT


def person(kind, number, name=None):
    """Return a person."""
    return Person(kind, number, name)


@pytest.mark.parametrize(
    ("left", "right", "match"),
    [
        (person(T.PASSPORT, "P1", "甲"), person(T.PASSPORT, "P1", "甲"), SAME),
        (person(T.PASSPORT, "P1", "甲"), person(T.PASSPORT, "P1"), SAME),
        (person(T.PASSPORT, "P1", "甲"), person(T.PASSPORT, "P1", "乙"), VARIANT),
        (person(T.PASSPORT, "P1", "甲"), person(T.PASSPORT, "P2", "甲"), DIFFERENT),
        (person(T.PASSPORT, "P1", "甲"), person(T.HK_MO_TW_PERMIT, "P1", "甲"), VARIANT),
        (person(T.PASSPORT, "P1", "甲"), person(T.HK_MO_TW_PERMIT, "P1", "乙"), DIFFERENT),
        (person(T.PASSPORT, "P1"), person(T.HK_MO_TW_PERMIT, "P1", "乙"), VARIANT),
        (person(T.PASSPORT, "P1", "甲"), person(T.TAX_ASSIGNED_NUMBER, "T1", "乙"), VARIANT),
        (person(T.OLD_REGISTRATION_NUMBER, "R1", "甲厂"), person(T.OTHER, "R2", "乙厂"), VARIANT),
        (person(T.PASSPORT, "P1"), person(T.OLD_REGISTRATION_NUMBER, "R1"), DIFFERENT),
        (person(T.PASSPORT, "P1", "甲"), person(T.OLD_REGISTRATION_NUMBER, "R1", "甲"), VARIANT),
    ],
)
def test_how_persons_compare(left, right, match):
    """By document and number, in either direction."""
    assert compare_persons(left, right) is match
    assert compare_persons(right, left) is match


def test_an_old_registration_number_is_not_comparable_with_a_uscc():
    """Whatever the names, nothing is established."""
    old = person(T.OLD_REGISTRATION_NUMBER, "140100000000001", "某公司")
    for name in ("另一公司", "某公司", None):
        new = person(T.USCC, "91149999MA0000001C", name)
        assert compare_persons(old, new) is VARIANT


def test_names_compare_after_normalising():
    """Full-width and half-width brackets, inner blanks and case do not make a variant."""
    left = person(T.OLD_REGISTRATION_NUMBER, "R1", "某某（太原）有限公司")
    right = person(T.OLD_REGISTRATION_NUMBER, "R1", "某某(太原) 有限公司")
    assert compare_persons(left, right) is SAME


def test_fifteen_digit_numbers_are_lengthened():
    """An old citizen number and its lengthened form are one person."""
    short = person(T.RESIDENT_NUMBER, "149999800101001")
    assert len(short.number) == 18
    assert short.number.startswith("14999919800101001")
    assert compare_persons(short, person(T.RESIDENT_NUMBER, short.number)) is SAME


@pytest.mark.parametrize(
    ("kind", "number"),
    [(T.RESIDENT_NUMBER, "149999198001010010"), (T.USCC, "not-a-uscc"), (T.PASSPORT, "")],
)
def test_numbers_are_checked_by_kind(kind, number):
    """A wrong check digit, a wrong shape, an empty number: input errors."""
    with pytest.raises(IdentifierError):
        person(kind, number)


def test_numbers_are_masked():
    """Number and name appear masked only."""
    someone = person(T.PASSPORT, "G12345678", "欧阳某某")
    assert "G12345678" not in repr(someone)
    assert "欧阳某某" not in repr(someone)
    assert someone.key == (T.PASSPORT, "G12345678")
