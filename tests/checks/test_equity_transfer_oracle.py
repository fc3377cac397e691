"""The tables of the equity-transfer checkpoint against 4.2 and 4.3 read naively, at every point.

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
from taxgate.checks.equity_transfer.duties import DEAL_SCOPE, FREEZE, SCOPE, TRANSFER_DUTY
from taxgate.checks.equity_transfer.tables import COURT_PAPERS, INCOME_TAX

DOWN = {"source-unreachable", "source-untrusted"}
GIVEN = {"gift", "inheritance", "legacy", "divorce-split", "nominee-restoration"}


def scope(reach, act):
    """Read E-17 and the acts of 4.2."""
    if reach != "in":
        return {"E-17"}, NOT_APPLICABLE
    if act in {"change-registration", "filing"}:
        return {"4.2"}, None
    return {"E-25"}, NOT_APPLICABLE


def deal_scope(transferor, company, shares):
    """Read who transfers what in 4.2: E-01, E-02, E-25 in this order."""
    if transferor != "individual":
        return {"E-01"}, NOT_APPLICABLE
    if company not in {"limited-liability-company", "joint-stock-company"}:
        return {"E-02"}, NOT_APPLICABLE
    if company == "joint-stock-company" and shares in {"non-promoter", "listed"}:
        return {"E-25"}, NOT_APPLICABLE
    return {"4.2"}, None


def demanded(act, kind, court):
    """Read what each kind of deal demands: E-09, E-22, E-23, E-24, E-27."""
    filing = {"E-24"} if act == "filing" else set()
    if kind == "court-execution":
        if court == "complete":
            return {"E-09"}, "court-assisted"
        return ({"E-27"}, "awaits-court") if court == "unauthenticated" else ({"E-22"}, "voucher")
    if kind == "court-confirmation":
        return {"E-22"}, "voucher"
    if kind in GIVEN:
        return {"E-23"} | filing, "record-of-deal"
    if court == "none":
        return filing or {"4.2"}, "voucher"
    return {"E-22"} | filing, "voucher"


def income_tax(readings, duty, state, circumstance, price):
    """Read the one row of the transferor's status, after those on court papers."""
    if duty == "awaits-court":
        if state == "forged-suspect":
            return {"E-26", "E-27"}, CANNOT_VERIFY
        return {"E-27"}, None
    if state in {"paid", "reduced-paid"}:
        return {"E-03", "E-12"}, PASS
    if state in {"exempt", "not-taxable", "declared-zero"}:
        return {"E-04"}, PASS
    if state == "deferred":
        return {"E-05"}, PASS
    if duty == "court-assisted":
        if state == "forged-suspect":
            return {"E-26"}, CANNOT_VERIFY
        return {"E-09"}, NOTIFY_PROCEED
    strict = NOTIFY_REFUSE if "equity_strict" in readings else NOTIFY_HOLD
    if state == "none-found":
        return {"E-06", "E-23" if duty == "record-of-deal" else "E-08"}, NOTIFY_HOLD
    if state == "unpaid":
        return {"E-07"}, strict
    if state == "invalid":
        return {"E-20"}, strict
    if state == "key-mismatch":
        return {"E-11" if circumstance == "smaller-stake" else "E-10"}, NOTIFY_HOLD
    if state == "conflict":
        rows = {
            "outside-shanxi": {"E-13"},
            "not-remitted": {"E-21"},
            "not-remitted-and-more": {"E-19", "E-21"},
        }
        return rows.get(circumstance, {"E-19"}), NOTIFY_HOLD
    if state in DOWN:
        return {"E-15"}, CANNOT_VERIFY
    assert state == "forged-suspect"
    return {"E-16"}, BLOCK


@pytest.mark.rows("E-17", "E-25")
def test_scope_of_every_act():
    """Place, day and act."""
    expect_everywhere(SCOPE, lambda _, *facts: scope(*facts))


@pytest.mark.rows("E-01", "E-02", "E-25")
def test_scope_of_every_deal():
    """Transferor, kind of company and of shares."""
    expect_everywhere(DEAL_SCOPE, lambda _, *facts: deal_scope(*facts))


@pytest.mark.rows("E-09", "E-22", "E-23", "E-24", "E-27")
def test_what_every_kind_of_deal_demands():
    """Act, kind and court papers."""
    expect_everywhere(TRANSFER_DUTY, lambda _, *facts: demanded(*facts))


@pytest.mark.rows(
    "E-03", "E-04", "E-05", "E-06", "E-07", "E-08", "E-09", "E-10", "E-11", "E-12", "E-13", "E-15",
    "E-16", "E-19", "E-20", "E-21", "E-23", "E-26", "E-27",
)  # fmt: skip
def test_income_tax_against_the_rows():
    """Duty, state, circumstance and price under either reading: the row and the outcome of 4.3."""
    expect_everywhere(INCOME_TAX, income_tax)


@pytest.mark.rows("E-27")
def test_court_papers_against_the_row():
    """Papers the court has not confirmed hold the act; confirmed ones say nothing."""
    expect_everywhere(
        COURT_PAPERS,
        lambda _, papers: ({"E-27"}, None if papers == "settled" else CANNOT_VERIFY),
    )


@pytest.mark.rows("E-18")
def test_a_freeze_by_whomever():
    """Only a freeze that is not the executing court's stands in the way."""
    expect_everywhere(
        FREEZE,
        lambda _, frozen: ({"E-18"}, "equity-frozen" if frozen == "by-another" else None),
    )
