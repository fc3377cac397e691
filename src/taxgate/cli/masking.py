"""What of an answer may be shown (打码): every identifier and every number of a paper masked.

By the kind of value, never by the name of a field: text is masked unless it is known to be no
identifier, so that a field added later is not shown in clear by oversight.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import attrs

from ..evidence import Answer, Purpose
from ..identifiers import Identifier, mask_code, mask_name
from ..parties import Person, optional_name
from ..wire.case import on_the_wire

__all__ = ["masked_answer", "masked_value"]

_CLEAR: Final = (Enum, bool, int, date, Decimal)


def masked_answer(answer: Answer) -> dict[str, Any]:
    """Return *answer* as plain values, masked, with what its source vouches for."""
    outage = answer.outage
    return {
        "inquiry": masked_value(answer.inquiry),
        "source": answer.source,
        "provenance": None if outage else answer.provenance.value,
        "reservations": [item.value for item in answer.reservations],
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "consultation_id": mask_code(answer.consultation_id) if answer.consultation_id else None,
        "records": None if answer.records is None else [masked_value(r) for r in answer.records],
        "outage": outage
        and {
            "kind": outage.kind.value,
            "cause": outage.cause.value,
            "detail": outage.detail,
            "retry_after": outage.retry_after,
        },
    }


def masked_value(value: Any) -> Any:  # noqa: ANN401 - any value of the wire
    """Return *value* as plain values, masked; what is null or an empty list is left out."""
    if isinstance(value, Identifier):
        return value.masked
    if isinstance(value, Person):
        name = {} if value.name is None else {"name": mask_name(value.name)}
        return {"id_type": value.id_type.value, "number": value.masked_number, **name}
    if isinstance(value, Purpose):
        return attrs.asdict(value)
    if attrs.has(type(value)):
        return dict(_fields(value))
    if isinstance(value, tuple):
        return [masked_value(part) for part in value]
    return _plain(value)


def _fields(value: Any) -> Iterable[tuple[str, Any]]:  # noqa: ANN401
    for item in attrs.fields(type(value)):
        part = getattr(value, item.name)
        if part is None or part == () or not on_the_wire(item):
            continue
        if type(part) is str:
            yield item.name, (mask_name if item.converter is optional_name else mask_code)(part)
        else:
            yield item.name, masked_value(part)


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, _CLEAR):
        return value
    return mask_code(str(value))
