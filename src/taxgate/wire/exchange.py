"""Inquiries, records and answers as plain values: what sources send, receive, keep and record.

The same strict reading and the same names as a case has. Identifiers stand in clear in what is
written here: a source has to be asked about them. Nothing here may reach a log.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import attrs

from ..errors import AnswerError, ApplicationError, WireError
from ..evidence import Answer, Inquiry, TaxRecord
from ..terms import Checkpoint, Matter
from .case import rules
from .reading import structured
from .writing import unstructured

__all__ = [
    "answer_value",
    "checkpoint_of",
    "inquiry_value",
    "read_answer",
    "read_inquiry",
    "read_records",
    "record_class",
    "record_value",
]

_FEN: Final = 100
"""Parts of a yuan; there is no smaller amount than one of them (分)."""

_ONLY_AT = {
    Matter.VEHICLE_PURCHASE_TAX: Checkpoint.VEHICLE,
    Matter.VEHICLE_AND_VESSEL_TAX: Checkpoint.VEHICLE,
    Matter.DEED_TAX: Checkpoint.PROPERTY_TITLE,
    Matter.LAND_APPRECIATION_TAX: Checkpoint.PROPERTY_TITLE,
    Matter.CLEARANCE: Checkpoint.DEREGISTRATION,
    Matter.TAX_OBJECTION: Checkpoint.DEREGISTRATION,
    Matter.TAX_REGISTRATION: Checkpoint.DEREGISTRATION,
}


def checkpoint_of(inquiry: Inquiry) -> Checkpoint:
    """Return the checkpoint at which *inquiry* is made.

    Individual income tax is asked for about a unit or about a company, at different checkpoints.

    Raises:
        AnswerError: No checkpoint asks such a question.
    """
    found = _ONLY_AT.get(inquiry.matter)
    if found is None and inquiry.matter is Matter.INDIVIDUAL_INCOME_TAX:
        found = Checkpoint.PROPERTY_TITLE if inquiry.unit else Checkpoint.EQUITY_TRANSFER
    if found is None:
        raise AnswerError(inquiry.label, "is a question no checkpoint asks the tax bureau")
    return found


def record_class(inquiry: Inquiry) -> type[TaxRecord]:
    """Return the class of the records that answer *inquiry*."""
    kind: type[TaxRecord] = rules(checkpoint_of(inquiry)).Record
    return kind


def inquiry_value(inquiry: Inquiry) -> dict[str, Any]:
    """Return *inquiry* as a plain value, its purpose included."""
    value: dict[str, Any] = unstructured(None, inquiry)
    return value


def read_inquiry(value: Any) -> Inquiry:  # noqa: ANN401 - any JSON value
    """Return the inquiry *value* describes.

    Raises:
        WireError: It describes none; lists every fault.
    """
    return structured(None, value, Inquiry)


def record_value(record: TaxRecord) -> dict[str, Any]:
    """Return *record* as a plain value."""
    value: dict[str, Any] = unstructured(_checkpoint_of(type(record)), record)
    return value


def read_records(inquiry: Inquiry, value: Any) -> tuple[TaxRecord, ...]:  # noqa: ANN401
    """Return the records in *value*, a list, as answers to *inquiry*.

    Raises:
        WireError: It is no list of records of this kind, or an amount is no whole number of fen
            (分); lists every fault.
    """
    kind: Any = tuple[TaxRecord, ...]
    records: tuple[TaxRecord, ...] = structured(checkpoint_of(inquiry), value, kind)
    faults = tuple(
        (f"$[{index}].{name}", "is no whole number of fen")
        for index, record in enumerate(records)
        for name, amount in attrs.asdict(record, recurse=False).items()
        if isinstance(amount, Decimal) and amount * _FEN % 1
    )
    if faults:
        raise WireError(faults)
    return records


def answer_value(answer: Answer) -> dict[str, Any]:
    """Return *answer* as a plain value; what its source vouches for is left out."""
    value: dict[str, Any] = unstructured(checkpoint_of(answer.inquiry), answer)
    return value


def read_answer(value: Any) -> Answer:  # noqa: ANN401
    """Return the answer *value* describes, given by nobody in particular.

    Raises:
        WireError: It describes none; lists every fault.
    """
    asked = value.get("inquiry") if isinstance(value, dict) else None
    try:
        checkpoint = checkpoint_of(read_inquiry(asked))
    except WireError as error:
        raise WireError(
            tuple((f"$.inquiry{path[1:]}", problem) for path, problem in error.faults)
        ) from None
    except (AnswerError, ApplicationError) as error:
        raise WireError((("$.inquiry", error.problem),)) from None
    return structured(checkpoint, value, Answer)


def _checkpoint_of(kind: type[TaxRecord]) -> Checkpoint:
    for checkpoint in Checkpoint:
        if rules(checkpoint).Record is kind:
            return checkpoint
    raise WireError((("$", "is a record of no checkpoint: use the checkpoint's own class"),))
