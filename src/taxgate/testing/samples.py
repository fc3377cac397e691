"""Questions of every kind (查验样例), each with a record that answers it; all of it invented.

One sample for each kind of inquiry a checkpoint makes: nine questions in eight matters, since
individual income tax is asked for about a unit or about a company. Any number of subjects can be
had of each, so that two of them can be told apart.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from ..checks import deregistration, equity_transfer, property_title, vehicle
from ..checks.deregistration.records import DocumentKind
from ..checks.equity_transfer.deals import Stake, StakeUnit
from ..errors import InputError
from ..evidence import Inquiry, Purpose, TaxRecord
from ..identifiers import Division, UnitCode, Uscc, Vin
from ..parties import IdType, Person
from ..terms import Matter, RecordStatus

__all__ = ["CANARIES", "KINDS", "Sample", "canary", "sample"]


@frozen
class Sample:
    """A question, and records that answer it.

    Attributes:
        inquiry: The question.
        records: What a register that is in order has on it: one record.
    """

    inquiry: Inquiry
    records: tuple[TaxRecord, ...]


@frozen(kw_only=True)
class _Subject:
    """All a question may be about."""

    vin: Vin
    unit: UnitCode
    company: Uscc
    person: Person
    voucher_no: str


def sample(kind: str, number: int = 0) -> Sample:
    """Return the sample of *kind* about subject *number*.

    Args:
        kind: One of `KINDS`.
        number: Which subject, from 0 to 999.
    """
    subject = _Subject(
        vin=Vin(f"1M8GDM9AXKP{number:06d}"),
        unit=UnitCode(f"149999001001GB00001F{number:08d}"),
        company=_company(number),
        person=Person(IdType.PASSPORT, f"P{number:07d}", "甲某"),
        # Neither a leading zero nor what looks like an exponent may be lost on the way.
        voucher_no=f"0{number:03d}E05",
    )
    return KINDS[kind](subject)


def canary(kind: str) -> Sample:
    """Return the sample of *kind* about somebody who must not show up anywhere: see `CANARIES`."""
    return KINDS[kind](_CANARY)


def _company(number: int) -> Uscc:
    body = f"91149999MA{number:07d}"
    for character in string.digits + string.ascii_uppercase:
        try:
            return Uscc(body + character)
        except InputError:
            continue
    raise AssertionError(body)


def _vehicle(matter: Matter, **fields: Any) -> Callable[[_Subject], Sample]:  # noqa: ANN401
    def made(subject: _Subject) -> Sample:
        return Sample(
            Inquiry(matter=matter, vin=subject.vin, purpose=_purpose("order-307/24(2)")),
            (
                vehicle.Record(
                    matter=matter,
                    status=RecordStatus.PAID,
                    vin=subject.vin,
                    voucher_no=subject.voucher_no,
                    issued_on=date(2026, 2, 28),
                    authority=Division("140105"),
                    **fields,
                ),
            ),
        )

    return made


def _property(matter: Matter) -> Callable[[_Subject], Sample]:
    def made(subject: _Subject) -> Sample:
        return Sample(
            Inquiry(
                matter=matter,
                unit=subject.unit,
                person=subject.person,
                purpose=_purpose("order-307/25(1)"),
            ),
            (
                property_title.Record(
                    matter=matter,
                    status=RecordStatus.PAID,
                    unit=subject.unit,
                    taxpayer=subject.person,
                    voucher_no=subject.voucher_no,
                    issued_on=date(2026, 2, 28),
                    price=Decimal("1230000.50"),
                ),
            ),
        )

    return made


def _equity(subject: _Subject) -> Sample:
    return Sample(
        Inquiry(
            matter=Matter.INDIVIDUAL_INCOME_TAX,
            company=subject.company,
            person=subject.person,
            purpose=_purpose("order-307/26"),
        ),
        (
            equity_transfer.Record(
                matter=Matter.INDIVIDUAL_INCOME_TAX,
                status=RecordStatus.DECLARED_ZERO,
                taxpayer=subject.person,
                company=subject.company,
                stake=Stake(value=Decimal("33.30"), unit=StakeUnit.PERCENT),
                agreed_on=date(2026, 2, 28),
                voucher_no=subject.voucher_no,
            ),
        ),
    )


def _entity(matter: Matter, status: RecordStatus, **fields: Any) -> Callable[[_Subject], Sample]:  # noqa: ANN401
    def made(subject: _Subject) -> Sample:
        return Sample(
            Inquiry(matter=matter, company=subject.company, purpose=_purpose("order-307/27(1)")),
            (
                deregistration.Record(
                    matter=matter,
                    status=status,
                    uscc=subject.company,
                    voucher_no=subject.voucher_no,
                    issued_on=date(2026, 2, 28),
                    **fields,
                ),
            ),
        )

    return made


def _purpose(provision: str) -> Purpose:
    return Purpose(office="某市登记机关", case_no="CASE-2026-0001", provision=provision)


KINDS: Final[dict[str, Callable[[_Subject], Sample]]] = {
    "purchase-tax": _vehicle(Matter.VEHICLE_PURCHASE_TAX),
    "vehicle-tax": _vehicle(Matter.VEHICLE_AND_VESSEL_TAX, tax_year=2026),
    "deed-tax": _property(Matter.DEED_TAX),
    "income-tax-on-a-unit": _property(Matter.INDIVIDUAL_INCOME_TAX),
    "land-appreciation-tax": _property(Matter.LAND_APPRECIATION_TAX),
    "income-tax-on-equity": _equity,
    "clearance": _entity(
        Matter.CLEARANCE, RecordStatus.ISSUED, document=DocumentKind.CLEARANCE_CERTIFICATE
    ),
    "tax-objection": _entity(Matter.TAX_OBJECTION, RecordStatus.NO_OBJECTION),
    "tax-registration": _entity(Matter.TAX_REGISTRATION, RecordStatus.REGISTERED_FOR_TAX),
}
"""How each kind of question is made, by a name for it."""

_CANARY: Final = _Subject(
    vin=Vin("LTAXGATECANARY001"),
    unit=UnitCode("149999987654GB98765F98769876"),
    company=_company(9_876_543),
    person=Person(IdType.PASSPORT, "CANARYP9988776", "金丝雀某"),
    voucher_no="CANARYV9988776",
)

CANARIES: Final = (
    _CANARY.vin.value[:13],
    _CANARY.unit.value[:20],
    _CANARY.company.value[:14],
    _CANARY.person.number[:10],
    "丝雀",
    _CANARY.voucher_no[:10],
)
"""Parts of the canary that no mask leaves standing. None may ever be seen in a log or an error."""
