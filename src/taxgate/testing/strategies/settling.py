"""Records with which tax is in order (已完税记录), for any question a checkpoint asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from ...checks.equity_transfer.application import EquityTransferApplication
from ...checks.equity_transfer.deals import Deal, Stake, StakeUnit
from ...evidence import Inquiry, TaxRecord
from ...proceedings import Application
from ...terms import Checkpoint, Matter, RecordStatus
from ...wire.case import rules
from ...wire.exchange import checkpoint_of

__all__ = ["denied", "settled_records"]

DAY: Final = date(2026, 11, 2)
"""Day on which what is in order was brought in order."""

_GOOD: Final = {
    Matter.CLEARANCE: RecordStatus.ISSUED,
    Matter.TAX_OBJECTION: RecordStatus.NO_OBJECTION,
    Matter.TAX_REGISTRATION: RecordStatus.NOT_REGISTERED_FOR_TAX,
}
_BAD: Final = {
    Matter.CLEARANCE: RecordStatus.REVOKED,
    Matter.TAX_OBJECTION: RecordStatus.OBJECTED,
    Matter.TAX_REGISTRATION: RecordStatus.REGISTERED_FOR_TAX,
}


def settled_records(
    inquiry: Inquiry, application: Application | None = None
) -> tuple[TaxRecord, ...]:
    """Return what a bureau answers to *inquiry* where the tax is paid or nothing is objected.

    Args:
        inquiry: The question.
        application: What it was asked for; a record of income tax on equity is of one deal in it.
    """
    status = _GOOD.get(inquiry.matter, RecordStatus.PAID)
    return tuple(
        _record(inquiry, status, voucher_no=f"EX-{number}", **fields)
        for number, fields in enumerate(_shares(inquiry, application), start=1)
    )


def denied(inquiry: Inquiry, application: Application | None = None) -> tuple[TaxRecord, ...]:
    """Return what a bureau answers to *inquiry* where it positively says that tax is not in order.

    Args:
        inquiry: The question.
        application: As for `settled_records`.
    """
    status = _BAD.get(inquiry.matter, RecordStatus.UNPAID)
    return tuple(
        _record(inquiry, status, voucher_no=f"EX-{number}", **fields)
        for number, fields in enumerate(_shares(inquiry, application), start=1)
    )


def _record(inquiry: Inquiry, status: RecordStatus, **fields: Any) -> TaxRecord:  # noqa: ANN401
    checkpoint = checkpoint_of(inquiry)
    fields = {"matter": inquiry.matter, "status": status, "issued_on": DAY} | fields
    if checkpoint is Checkpoint.VEHICLE:
        fields["vin"] = inquiry.vin
        if inquiry.matter is Matter.VEHICLE_AND_VESSEL_TAX:
            fields["tax_year"] = max(inquiry.years, default=DAY.year)
    elif checkpoint is Checkpoint.PROPERTY_TITLE:
        fields |= {
            "unit": inquiry.unit,
            "taxpayer": inquiry.person,
            "contract_no": inquiry.contract_no,
        }
    elif checkpoint is Checkpoint.EQUITY_TRANSFER:
        fields |= {"company": inquiry.company, "taxpayer": inquiry.person}
    else:
        fields["uscc"] = inquiry.company
        if status in (RecordStatus.ISSUED, RecordStatus.REVOKED):
            kinds = rules(checkpoint).application.DocumentKind
            fields["document"] = kinds.CLEARANCE_CERTIFICATE
        if status is RecordStatus.OBJECTED:
            fields["raised_on"] = DAY
    record: TaxRecord = rules(checkpoint).Record(**fields)
    return record


def _shares(inquiry: Inquiry, application: Application | None) -> list[dict[str, Any]]:
    """Return the fields in which the records of one answer differ."""
    if checkpoint_of(inquiry) is not Checkpoint.EQUITY_TRANSFER:
        return [{}]
    deals: tuple[Deal, ...] = ()
    if isinstance(application, EquityTransferApplication) and inquiry.person is not None:
        deals = application.deals_of(inquiry.person)
    if not deals:
        return [{"stake": Stake(value=Decimal(30), unit=StakeUnit.PERCENT), "agreed_on": DAY}]
    return [
        {
            "transferee": deal.transferee,
            "stake": deal.stake,
            "agreed_on": deal.agreed_on,
            "issued_on": deal.agreed_on,
        }
        for deal in deals
    ]
