"""The tables of the vehicle checkpoint against sections 2.2 and 2.3 read naively, at every point.

The reading is written from the specification row by row, in plain words, and knows nothing of the
tables. It says of each combination which rows match and what follows; combinations that no
application leads to are read as the rows are worded.
"""

from __future__ import annotations

import pytest

from expect import (
    BLOCK,
    CANNOT_VERIFY,
    NOT_APPLICABLE,
    NOTIFY_HOLD,
    NOTIFY_PROCEED,
    NOTIFY_REFUSE,
    PASS,
    expect_everywhere,
)
from taxgate.checks.vehicle.duties import PURCHASE_TAX_DUTY, SCOPE, SEIZURE, VESSEL_TAX_DUTY
from taxgate.checks.vehicle.tables import ARREARS, PURCHASE_TAX, VESSEL_TAX

OK = {"paid", "reduced-paid", "exempt", "not-taxable"}
NO_RECORD = {"none-found", "key-mismatch"}
MISSING = NO_RECORD | {"unpaid", "invalid"}
DOWN = {"source-unreachable", "source-untrusted"}
ADVISORY = {
    "co-owner-change",
    "other-change",
    "mortgage",
    "mortgage-release",
    "deregistration",
}


def purchase_tax_asked(act, archive, claimed):
    """Read the column of purchase tax in 2.2, with V-15 to V-20 and V-39."""
    if act == "first-registration":
        return {"2.2"}, "first"
    if act == "whole-vehicle-replacement":
        return {"V-24"}, "replacement"
    if act == "inspection-mark":
        return {"V-15"}, "ignored"
    if act not in {"use-change", "co-owner-change", "transfer"}:
        return {"2.2"}, "not-asked"
    if archive == "none":
        return {"V-16", "V-38"}, "settled"
    if archive == "unknown":
        return {"V-20"}, "basis-unknown"
    if archive == "vehicle":
        return {"V-17"}, "stays"
    lost_by = {"use-change": {"use"}, "co-owner-change": {"owner"}, "transfer": {"owner", "use"}}
    if archive not in lost_by[act]:
        return {"2.2"}, "stays"
    if act == "transfer" and archive == "owner" and claimed == "same-class":
        return {"V-39"}, "same-class"
    return {"V-18", "V-19"}, "make-up"


def vessel_tax_asked(act):
    """Read the column of vehicle and vessel tax in 2.2."""
    if act == "whole-vehicle-replacement":
        return {"V-24"}, "replacement"
    if act in ADVISORY:
        return {"2.2"}, "advisory"
    return {"2.2"}, {"first-registration": "first", "inspection-mark": "inspection"}.get(
        act, "check"
    )


def purchase_tax(readings, duty, state, claim, relief):
    """Read the rows of 2.3 on purchase tax."""
    if state == "forged-suspect":
        return {"V-30"}, BLOCK
    if duty == "not-asked":
        return {"2.2"}, None
    if duty == "stays":
        return {"V-17"}, PASS
    if duty == "settled":
        return ({"V-38"}, NOTIFY_HOLD) if state in {"unpaid", "invalid"} else ({"V-16"}, PASS)
    new_frame = duty in {"first", "replacement"}
    if state == "owner-mismatch" and new_frame:
        strict = "vpt_owner_mismatch_strict" in readings
        return {"V-28"}, NOTIFY_REFUSE if strict else NOTIFY_HOLD
    if state in {"conflict", "owner-mismatch"}:
        return {"V-04"}, NOTIFY_HOLD
    if state == "deferred":
        return {"V-34"}, NOTIFY_HOLD
    if state in DOWN:
        return {"V-05"}, CANNOT_VERIFY
    if duty == "first" and state in OK:
        if (state, relief) == ("exempt", "exempt"):
            return {"V-09"}, PASS
        return {"V-10" if (state, relief) == ("reduced-paid", "halved") else "V-01"}, PASS
    if state in OK:
        rows = {
            "replacement": {"V-35"},
            "make-up": {"V-18"},
            "same-class": {"V-39"},
            "basis-unknown": {"V-16", "V-17", "V-18"},
        }
        return rows[duty], PASS
    if new_frame:
        if state in NO_RECORD and claim == "exemption":
            return {"V-08"}, NOTIFY_REFUSE
        return {"V-02" if duty == "first" else "V-24"}, NOTIFY_REFUSE
    if duty == "make-up":
        return {"V-19"}, NOTIFY_REFUSE if "exempt_loss_strict" in readings else NOTIFY_HOLD
    return {"V-39" if duty == "same-class" else "V-20"}, NOTIFY_HOLD


def vessel_tax(readings, duty, state, claim):
    """Read the rows of 2.3 on vehicle and vessel tax."""
    if state == "forged-suspect":
        return {"V-30"}, BLOCK
    if state in OK:
        return {{"first": "V-01", "inspection": "V-12"}.get(duty, "V-35")}, PASS
    if duty == "advisory":
        return {"V-23" if state in MISSING else "V-33"}, NOTIFY_PROCEED
    if state == "conflict":
        return {"V-04"}, NOTIFY_HOLD
    if state == "deferred":
        return {"V-34"}, NOTIFY_HOLD
    if state in DOWN:
        return {"V-05"}, CANNOT_VERIFY
    if duty == "inspection":
        return {"V-13"}, NOTIFY_REFUSE
    if duty == "check":
        strict = "vvt_all_registrations_strict" in readings
        return {"V-22"}, NOTIFY_REFUSE if strict else NOTIFY_HOLD
    if state in NO_RECORD and claim == "exemption":
        return {"V-08"}, NOTIFY_REFUSE
    return {"V-03" if duty == "first" else "V-24"}, NOTIFY_REFUSE


@pytest.mark.rows("V-36", "V-37")
def test_scope_of_every_act():
    """Place, day, and whether act and vehicle are the police's business."""

    def scope(_, reach, governed):
        if reach != "in":
            return {"V-37"}, NOT_APPLICABLE
        return ({"2.2"}, None) if governed == "yes" else ({"V-36"}, NOT_APPLICABLE)

    expect_everywhere(SCOPE, scope)


@pytest.mark.rows("V-15", "V-16", "V-17", "V-18", "V-19", "V-20", "V-24", "V-38", "V-39")
def test_what_is_asked_of_purchase_tax_at_every_act():
    """Act, archive and claim: what 2.2 demands."""
    expect_everywhere(PURCHASE_TAX_DUTY, lambda _, *facts: purchase_tax_asked(*facts))


@pytest.mark.rows("V-24")
def test_what_is_asked_of_vessel_tax_at_every_act():
    """Each act: what 2.2 demands."""
    expect_everywhere(VESSEL_TAX_DUTY, lambda _, act: vessel_tax_asked(act))


@pytest.mark.rows(
    "V-01", "V-02", "V-04", "V-05", "V-08", "V-09", "V-10", "V-16", "V-17", "V-18", "V-19", "V-20",
    "V-24", "V-28", "V-30", "V-34", "V-35", "V-38", "V-39",
)  # fmt: skip
def test_purchase_tax_against_the_rows():
    """Duty, state, claim and relief under every reading: the rows and the outcome of 2.3."""
    expect_everywhere(PURCHASE_TAX, purchase_tax)


@pytest.mark.rows(
    "V-01", "V-03", "V-04", "V-05", "V-08", "V-12", "V-13", "V-22", "V-23", "V-24", "V-30", "V-33",
    "V-34", "V-35",
)  # fmt: skip
def test_vessel_tax_against_the_rows():
    """Duty, state and claim under every reading: the rows and the outcome of 2.3."""
    expect_everywhere(VESSEL_TAX, vessel_tax)


@pytest.mark.rows("V-14")
def test_arrears_against_the_row():
    """Only beside a year asked that is in order do earlier years call for a notice."""
    expect_everywhere(
        ARREARS,
        lambda _, state, arrears: (
            {"V-14"},
            NOTIFY_PROCEED if arrears == "reported" and state in OK else None,
        ),
    )


@pytest.mark.rows("V-31")
def test_a_seizure_at_every_act():
    """Every registration and the pledge filing wait; the inspection mark and papers do not."""
    free = {
        "inspection-mark",
        "change-filing",
        "correction",
        "replacement-document",
        "temporary-plate",
        "school-bus-plate",
    }
    expect_everywhere(
        SEIZURE,
        lambda _, act, seized: (
            {"V-31"},
            "vehicle-seized" if seized == "yes" and act not in free else None,
        ),
    )
