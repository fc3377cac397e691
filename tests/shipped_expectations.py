"""What the specification says of each shipped case, and how to walk through one."""

from __future__ import annotations

from expect import (
    BLOCK,
    CANNOT_VERIFY,
    NOT_APPLICABLE,
    NOTIFY_HOLD,
    NOTIFY_PROCEED,
    NOTIFY_REFUSE,
    PASS,
)

# Written from the specification: what happens in the case, the row that says what follows, and the
# row of a non-tax obstacle where there is one.
EXPECTED = {
    "vehicle-first-paid": (PASS, "V-01", None),
    "vehicle-first-no-record": (NOTIFY_REFUSE, "V-02", None),
    "vehicle-first-forged-paper": (BLOCK, "V-30", None),
    "vehicle-transfer-unpaid": (NOTIFY_HOLD, "V-22", None),
    "vehicle-transfer-seized": (PASS, "V-35", "V-31"),
    "vehicle-mortgage-no-record": (NOTIFY_PROCEED, "V-23", None),
    "vehicle-inspection-outage": (CANNOT_VERIFY, "V-05", None),
    "vehicle-outside-shanxi": (NOT_APPLICABLE, "V-37", None),
    "property-sale-paid": (PASS, "R-02", None),
    "property-sale-deed-tax-unpaid": (BLOCK, "R-03", None),
    "property-sale-income-tax-missing": (NOTIFY_HOLD, "R-06", None),
    "property-sale-sealed": (BLOCK, "S-04", None),
    "property-sale-outage": (CANNOT_VERIFY, "R-13", None),
    "property-inheritance-exempt": (PASS, "R-14", None),
    "equity-sale-paid": (PASS, "E-03", None),
    "equity-sale-no-record": (NOTIFY_HOLD, "E-08", None),
    "equity-court-unpaid": (NOTIFY_PROCEED, "E-09", None),
    "equity-partnership": (NOT_APPLICABLE, "E-02", None),
    "deregistration-cleared": (PASS, "D-01", None),
    "deregistration-no-document": (NOTIFY_HOLD, "D-02", None),
    "deregistration-simplified-in-publicity": (NOTIFY_HOLD, "D-06", "D-06"),
    "deregistration-simplified-after-publicity": (PASS, "D-04", None),
    "deregistration-simplified-objection": (BLOCK, "D-05", None),
    "deregistration-unit-never-registered": (PASS, "D-22", None),
}


def strings(value):
    """Yield every string in a JSON value."""
    if isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield value
