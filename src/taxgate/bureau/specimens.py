"""Records made up for magic identifiers (样例记录), of the right matter and about the right one.

A reassuring one lies in most faulty replies, so that whoever takes such a reply for an answer gets
a pass he should not have, and finds out here.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from ..evidence import Inquiry, TaxRecord
from ..terms import Checkpoint, Matter, RecordStatus
from ..wire.exchange import checkpoint_of, read_records

__all__ = ["reassuring", "worrying"]

_REASSURING: Final = {
    Matter.CLEARANCE: RecordStatus.ISSUED,
    Matter.TAX_OBJECTION: RecordStatus.NO_OBJECTION,
    Matter.TAX_REGISTRATION: RecordStatus.NOT_REGISTERED_FOR_TAX,
}
_WORRYING: Final = {
    Matter.CLEARANCE: RecordStatus.REVOKED,
    Matter.TAX_OBJECTION: RecordStatus.OBJECTED,
    Matter.TAX_REGISTRATION: RecordStatus.REGISTERED_FOR_TAX,
}
_DOCUMENTED: Final = frozenset({RecordStatus.ISSUED, RecordStatus.REVOKED})


def reassuring(inquiry: Inquiry, today: date) -> TaxRecord:
    """Return a record that says what the office hopes for: paid, issued, no objection."""
    return _record(inquiry, _REASSURING.get(inquiry.matter, RecordStatus.PAID), today)


def worrying(inquiry: Inquiry, today: date) -> TaxRecord:
    """Return a record that says the contrary."""
    return _record(inquiry, _WORRYING.get(inquiry.matter, RecordStatus.UNPAID), today)


def _record(inquiry: Inquiry, status: RecordStatus, today: date) -> TaxRecord:
    """Return a record with every key the inquiry gives."""
    checkpoint = checkpoint_of(inquiry)
    value: dict[str, Any] = {
        "matter": inquiry.matter.value,
        "status": status.value,
        "voucher_no": f"EXSANDBOX{today:%Y%m%d}001",
        "issued_on": today.isoformat(),
        "authority": "140100",
    }
    if inquiry.person is not None:
        value["taxpayer"] = {
            "id_type": inquiry.person.id_type.value,
            "number": inquiry.person.number,
        }
    if checkpoint is Checkpoint.VEHICLE and inquiry.vin:
        value["vin"] = inquiry.vin.value
        if inquiry.matter is Matter.VEHICLE_AND_VESSEL_TAX:
            value["tax_year"] = max(inquiry.years, default=today.year)
    elif checkpoint is Checkpoint.PROPERTY_TITLE and inquiry.unit:
        value["unit"] = inquiry.unit.value
        if inquiry.contract_no:
            value["contract_no"] = inquiry.contract_no
    elif checkpoint is Checkpoint.EQUITY_TRANSFER and inquiry.company:
        value["company"] = inquiry.company.value
    elif inquiry.company:
        value["uscc"] = inquiry.company.value
        if status in _DOCUMENTED:
            value["document"] = "clearance-certificate"
        if status is RecordStatus.OBJECTED:
            value["raised_on"] = today.isoformat()
    return read_records(inquiry, [value])[0]
