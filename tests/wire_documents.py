"""Documents for the wire tests: a vehicle case that fills every field, and ways to spoil one."""

from __future__ import annotations

import copy
import json
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import strategies as st

from taxgate.errors import WireError
from taxgate.evidence import Answer, TaxRecord
from taxgate.identifiers import Division, FrameNumber, UnitCode, Uscc, Vin
from taxgate.parties import Person
from taxgate.terms import Reading
from taxgate.wire import read_case
from taxgate.wire.case import on_the_wire, rules

VIN = "1M8GDM9AXKP042788"
OWNER_NUMBER = "110101199003070011"
FULL: dict[str, Any] = {
    "checkpoint": "vehicle",
    "application": {
        "division": "140100",
        "application_date": "2026-11-20",
        "handled_on": "2026-11-23",
        "office": "某市车管所",
        "office_phone": "0351-0000000",
        "case_no": "CASE-2026-0001",
        "applicant": {"id_type": "uscc", "number": "91149999MA0000001C", "name": "某某公司"},
        "suspicions": [
            {
                "kind": "sham-price",
                "found": "发票与合同不一致。\n另附说明。",
                "matter": "vehicle-purchase-tax",
                "person": {"id_type": "passport", "number": "P0000009"},
            }
        ],
        "act": "transfer",
        "vehicle": {
            "frame": VIN,
            "category": "passenger-car",
            "energy": "petrol",
            "displacement_ml": 1498,
            "design_speed_kmh": 180,
            "seats": 5,
            "plate_no": "晋A00001",
            "plate_class": "小型汽车",
            "engine_no": "E0001",
            "model": "M-1",
        },
        "owner": {"id_type": "resident-number", "number": OWNER_NUMBER, "name": "甲某"},
        "already_registered": True,
        "seized": False,
        "old_frame": "LC0012345",
        "new_owner": {"id_type": "passport", "number": "P0000002", "name": "乙某"},
        "acquisition": "purchase",
        "acquired_on": "2020-02-29",
        "price": "123000.50",
        "entered_on": "2019-12-31",
        "use_before": "非营运",
        "use_after": "营运",
        "archive_exemption": "none",
        "exempted_on": "2020-03-01",
        "same_class_claimed": False,
        "exemption_claimed": ["vehicle-and-vessel-tax"],
        "insurance": {"policy_no": "POL-1", "since": "2026-01-01", "until": "2026-12-31"},
        "papers": [
            {
                "verified_by": "tax-counter",
                "forgery": "印章不清。",
                "record": {
                    "matter": "vehicle-and-vessel-tax",
                    "status": "paid",
                    "taxpayer": {"id_type": "passport", "number": "P0000002"},
                    "voucher_no": "VOUCHER-0001",
                    "cancels": "VOUCHER-0000",
                    "issued_on": "2026-05-01",
                    "authority": "140105",
                    "vin": VIN,
                    "plate_no": "晋A00001",
                    "plate_class": "小型汽车",
                    "engine_no": "E0001",
                    "model": "M-1",
                    "category": "passenger-car",
                    "tax_year": 2026,
                    "basis": "other",
                    "attaches_to": "vehicle",
                    "policy_no": "POL-1",
                    "arrears": False,
                },
            }
        ],
    },
    "answers": [
        {
            "inquiry": {
                "matter": "vehicle-purchase-tax",
                "vin": VIN,
                "unit": "149999001001GB00001F00010001",
                "company": "91149999MA0000001C",
                "person": {"id_type": "passport", "number": "P0000002"},
                "plate": "晋A00001",
                "contract_no": "C-1",
                "years": [2025, 2026],
                "purpose": {
                    "office": "某市车管所",
                    "case_no": "CASE-2026-0001",
                    "provision": "order-307/24(2)",
                },
            },
            "records": [],
            "source": "tax-bureau",
            "as_of": "2026-11-23T09:59:59.123456+08:00",
            "consultation_id": "Q-1",
            "digest": "sha256:00",
        },
        {
            "inquiry": {"matter": "vehicle-and-vessel-tax", "vin": VIN},
            "outage": {"cause": "timeout"},
            "source": "tax-bureau",
        },
    ],
    "readings": ["exempt_loss_strict", "iit_strict"],
    "at": "2026-11-23T10:00:00+08:00",
}
"""Every field of a vehicle case, filled; all identifiers are synthetic."""

SECRETS = (
    VIN,
    OWNER_NUMBER,
    "P0000002",
    "P0000009",
    "91149999MA0000001C",
    "VOUCHER-0001",
    "LC0012345",
)
"""What may never leave in clear."""

REMOVED = object()
"""Stands for a field that is taken out."""


def spoil(path: str, value: Any, document: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the full document with one place changed, or taken out; *path* as `a.b.0.c`."""
    changed = copy.deepcopy(FULL if document is None else document)
    put(changed, path.split("."), value)
    return changed


def put(inside: Any, steps: list[str], value: Any) -> None:
    """Change one place of a document."""
    *ways, last = (int(step) if step.isdecimal() else step for step in steps)
    for step in ways:
        inside = inside[step]
    if value is REMOVED:
        del inside[last]
    else:
        inside[last] = copy.deepcopy(value)


def places(value: Any, steps: tuple[Any, ...] = ()) -> Any:
    """Yield (steps, value) of every place in a document, but not of the document itself."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for step, part in inside:
        yield (*steps, step), part
        if isinstance(part, (dict, list)):
            yield from places(part, (*steps, step))


def json_path(steps: tuple[Any, ...]) -> str:
    """Return the JSON path of a place."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def text(document: Any) -> str:
    """Return a document as JSON."""
    return json.dumps(document, ensure_ascii=False)


def faults(document: Any) -> dict[str, str]:
    """Return the faults of a document, or of text, by path; it must have some."""
    with pytest.raises(WireError) as caught:
        read_case(document if isinstance(document, (str, bytes)) else text(document))
    return dict(caught.value.faults)


# Drawing ------------------------------------------------------------------------------------------

SINGLE = {
    bool: [True, False],
    int: [0, 1, 50, 2025, 2026],
    str: ["A-1", "某某", "第一·二"],
    Decimal: ["0", "10", "100", "0.5", "123000.50"],
    date: ["2026-11-23", "2026-11-22", "2026-10-01", "2024-02-29", "1999-12-31"],
    datetime: ["2026-11-23T10:00:00+08:00", "2026-11-23T02:00:00Z"],
    Vin: [VIN, VIN.lower()],
    FrameNumber: ["LC0012345"],
    Uscc: ["91149999MA0000001C"],
    UnitCode: ["149999001001GB00001F00010001", "149999001001GB00001F00010002"],
    Division: ["140100", "140500"],
    Person: [
        {"id_type": "passport", "number": "P0000001", "name": "甲某"},
        {"id_type": "passport", "number": "P0000002"},
        {"id_type": "resident-number", "number": OWNER_NUMBER, "name": None},
        {"id_type": "uscc", "number": "91149999MA0000001C", "name": "某某公司"},
    ],
    Reading: [reading.value for reading in Reading],
}
"""Single values as they stand on the wire, by the type they become."""


@st.composite
def documents(draw, checkpoint):
    """Draw a case of a checkpoint, field by field from its classes; many contradict themselves."""
    own = rules(checkpoint)
    document = {
        "checkpoint": checkpoint.value,
        "application": draw(_object(own.Application, ())),
        "answers": draw(st.lists(_object(Answer, (own.Record,)), max_size=2)),
        "readings": draw(st.lists(st.sampled_from(SINGLE[Reading]), unique=True, max_size=2)),
        "at": draw(st.sampled_from(SINGLE[datetime])),
    }
    return copy.deepcopy(document)


ALWAYS = frozenset({"handled_on", "company", "records"})
"""Optional fields without which most documents would be refused: drawn, and never null."""


@st.composite
def _object(draw, kind, records):
    """Draw an object: every required field, and each of the others about every third time."""
    hints = get_type_hints(kind)
    drawn = {}
    for field in attrs.fields(kind):
        required = field.default is attrs.NOTHING or field.name in ALWAYS
        if on_the_wire(field) and (required or draw(st.integers(0, 2)) == 0):
            if field.name == "status" and issubclass(kind, TaxRecord):
                drawn[field.name] = draw(st.sampled_from(sorted(kind.STATUSES))).value
            else:
                value = _value(hints[field.name], records)
                if field.name in ALWAYS:
                    value = value.filter(lambda found: found is not None)
                drawn[field.name] = draw(value)
    return drawn


def _value(kind, records):
    """Return a strategy for a value on the wire that becomes a *kind*."""
    if kind in SINGLE:
        return st.sampled_from(SINGLE[kind])
    parts = get_args(kind)
    if get_origin(kind) is tuple:
        return st.lists(_value(parts[0], records), max_size=2)
    if parts:
        return st.one_of([_value(part, records) for part in parts])
    if kind is NoneType:
        return st.none()
    if issubclass(kind, StrEnum):
        return st.sampled_from([member.value for member in kind])
    return _object(records[0] if kind is TaxRecord else kind, records)
