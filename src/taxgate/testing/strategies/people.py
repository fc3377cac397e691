"""Persons and purposes (当事人、查询目的), and such as have to be refused."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from ...evidence import Purpose
from ...parties import IdType, Person
from ...terms import Checkpoint
from ...wire.case import rules
from .identifiers import (
    codes,
    invalid_codes,
    invalid_names,
    invalid_resident_numbers,
    invalid_usccs,
    names,
    resident_numbers,
    usccs,
)
from .refusals import Misspelt, Refused

__all__ = ["invalid_persons", "invalid_purposes", "persons", "purposes"]

_OTHERS: Final = tuple(kind for kind in IdType if kind not in (IdType.RESIDENT_NUMBER, IdType.USCC))


def persons() -> st.SearchStrategy[Person]:
    """Return parties (当事人) with every kind of document, with and without a name."""
    named = st.one_of(st.none(), names())
    numbers = st.integers(0, 9_999_999).map("EX{:07d}".format)
    return st.one_of(
        st.builds(Person, st.sampled_from(_OTHERS), numbers, named),
        st.builds(
            Person,
            st.just(IdType.RESIDENT_NUMBER),
            resident_numbers().map(lambda number: number.value),
            named,
        ),
        st.builds(Person, st.just(IdType.USCC), usccs().map(lambda code: code.value), named),
    )


def invalid_persons() -> st.SearchStrategy[Refused]:
    """Return parties whose number or name cannot be what it claims to be."""
    return st.one_of(
        st.builds(_person, st.sampled_from(_OTHERS), invalid_codes()),
        st.builds(_person, st.just(IdType.RESIDENT_NUMBER), invalid_resident_numbers()),
        st.builds(_person, st.just(IdType.USCC), invalid_usccs()),
        st.builds(
            lambda wrong: Refused(
                Person,
                {"id_type": IdType.PASSPORT, "number": "EX0000000", "name": wrong.text},
                wrong.error,
            ),
            # No name at all is no fault.
            invalid_names().filter(lambda wrong: wrong.text is not None),
        ),
    )


def purposes(checkpoint: Checkpoint | str | None = None) -> st.SearchStrategy[Purpose]:
    """Return purposes (查询目的) under a provision by which a checkpoint asks.

    Args:
        checkpoint: Which checkpoint; any if None.
    """
    among = tuple(Checkpoint) if checkpoint is None else (Checkpoint(checkpoint),)
    return st.builds(
        Purpose,
        office=st.one_of(st.just("示例登记机关"), codes()),
        case_no=codes(),
        provision=st.sampled_from([rules(item).PROVISION.id for item in among]),
    )


def invalid_purposes() -> st.SearchStrategy[Refused]:
    """Return purposes one part of which cannot be read or printed."""
    return st.builds(_purpose, st.sampled_from(["office", "case_no", "provision"]), invalid_codes())


def _person(kind: IdType, wrong: Misspelt) -> Refused:
    return Refused(Person, {"id_type": kind, "number": wrong.text}, wrong.error)


def _purpose(name: str, wrong: Misspelt) -> Refused:
    fields = {"office": "示例登记机关", "case_no": "EX-1", "provision": "order-307/24(2)"}
    return Refused(Purpose, fields | {name: wrong.text}, wrong.error)
