"""The tables of the real-estate checkpoint against 3.2 to 3.4 read naively, at every point.

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
    PASS,
    expect_everywhere,
)
from taxgate.checks.property_title.duties import (
    ACT_KIND,
    DEED_DUTY,
    INCOME_DUTY,
    LAND_DUTY,
    SCOPE,
)
from taxgate.checks.property_title.seal_tables import OBSTACLE, REGISTER, REQUEST, SEAL
from taxgate.checks.property_title.tables import DEED_TAX, INCOME_TAX, LAND_TAX, OTHER_TAX

NO_RECORD = {"none-found", "key-mismatch"}
OWED = {"unpaid", "invalid"}
MISSING = NO_RECORD | OWED
DOWN = {"source-unreachable", "source-untrusted"}
PLAIN_OK = {"paid", "reduced-paid", "exempt", "not-taxable"}

CONTRACTED = {"contract-land", "land-operation"}
NO_LAND_OR_HOUSE = CONTRACTED | {"sea", "forest"}
FAMILY = {"marital-division", "divorce-division", "inheritance"}


# What is asked: 3.2 ---------------------------------------------------------------------------


def scope(reach, governed):
    """Read R-01, R-24 and S-18."""
    if reach != "in":
        return {"R-24", "S-18"}, NOT_APPLICABLE
    if governed == "untaxed":
        return {"R-01"}, NOT_APPLICABLE
    return {"3.2" if governed == "taxed" else "3.3"}, None


def deed_tax_asked(act, right, tie):
    """Read the column of deed tax."""
    if act == "first-registration":
        if right in {"granted-land", "other-land"}:
            return {"R-18"}, "grant"
        if right in {"housing", "non-housing"}:
            return {"R-17"}, "no-transfer"
        return {"R-30"}, "outside"
    if act == "grant-conversion":
        return {"R-18"}, "grant"
    if act == "exempt-use-end":
        return {"R-32"}, "use-end"
    if right in NO_LAND_OR_HOUSE:
        return {"R-30"}, "outside"
    if act == "exchange":
        return {"R-05"}, "exchange"
    if act in {"court-transfer", "tax-auction"}:
        return {"R-16"}, "court" if act == "court-transfer" else "tax-auction"
    if act in {"gift", "marital-division"} and tie == "spouse":
        return {"3.2"}, "spouse"
    if act == "divorce-division" and tie == "ex-spouse":
        return {"3.2"}, "divorce"
    if act == "inheritance":
        return ({"R-14"}, "heir") if tie == "statutory-heir" else ({"R-15"}, "legacy")
    return {"3.2"}, "required"


def income_tax_asked(act, right):
    """Read the column of individual income tax."""
    if right in CONTRACTED:
        return {"3.2"}, "not-asked"
    special = {
        "contribution": ({"R-06", "R-29"}, "contributor"),
        "gift": ({"R-27", "R-28"}, "donee"),
        "court-transfer": ({"R-16"}, "court-seller"),
        "tax-auction": ({"R-16"}, "tax-auction-seller"),
    }
    if act in special:
        return special[act]
    return {"R-27" if act in FAMILY else "R-06"}, "transferor"


def land_tax_asked(act, right, seller):
    """Read the column of land appreciation tax."""
    if right in NO_LAND_OR_HOUSE or act in {"divorce-division", "inheritance"}:
        return {"3.2"}, "not-asked"
    if seller == "individual" and right == "housing":
        return {"3.2"}, "not-asked"
    if act in {"court-transfer", "tax-auction"}:
        return {"R-16"}, "court-seller" if act == "court-transfer" else "tax-auction-seller"
    if act == "sale" and seller in {"developer", "listed-developer"}:
        return {"R-26"}, seller
    return {"R-08", "R-09", "R-27"}, "required"


# What follows: 3.4 ----------------------------------------------------------------------------


def common(state, clash):
    """Read the rows that hold for any tax, or return nothing."""
    if state == "conflict":
        more = {"price": {"R-21"}, "zero": {"R-25"}}.get(clash, set())
        return {"R-12"} | more, NOTIFY_HOLD
    if state in DOWN:
        return {"R-13"}, CANNOT_VERIFY
    return ({"R-23"}, BLOCK) if state == "forged-suspect" else None


def deed_tax(readings, duty, state, ground, clash):
    """Read the rows on deed tax."""
    if found := common(state, clash):
        return found
    if state == "deferred":
        return {"R-29"}, NOTIFY_HOLD
    if state == "declared-zero":
        return ({"R-05"}, PASS) if duty == "exchange" else ({"R-25"}, NOTIFY_HOLD)
    if state in PLAIN_OK:
        by_duty = {"heir": {"R-14"}, "outside": {"R-30"}, "no-transfer": {"R-17"}}
        return {"R-02"} | by_duty.get(duty, set()), PASS
    if duty == "use-end":
        return {"R-32"}, NOTIFY_HOLD
    if duty in {"outside", "no-transfer"}:
        return {"R-30"}, NOTIFY_HOLD
    exempt_by_kind = duty in {"spouse", "heir", "divorce"}
    claimed = state in NO_RECORD and (ground != "none" or exempt_by_kind)
    if duty == "legacy":
        return {"R-15", "R-04" if claimed else "R-03"}, BLOCK
    if duty == "grant":
        return {"R-18", "R-04" if claimed else "R-03"}, BLOCK
    if duty in {"court", "tax-auction"}:
        return {"R-16", "R-04"} if claimed else {"R-16"}, BLOCK
    if claimed:
        hold = ground == "family" and "deed_statutory_exemption_hold" in readings
        return {"R-04"}, NOTIFY_HOLD if hold else BLOCK
    return {"R-03", "R-22"} if state == "invalid" else {"R-03"}, BLOCK


def income_tax(readings, duty, state, plan, relation, clash):
    """Read the rows on individual income tax."""
    if found := common(state, clash):
        return found
    if state in {"paid", "reduced-paid"}:
        return {"R-02"}, PASS
    if state == "not-taxable" and relation == "proven":
        return {"R-02", "R-27"}, PASS
    if state in {"exempt", "declared-zero", "not-taxable"}:
        return {"R-02", "R-07"}, PASS
    if state == "deferred":
        return {"R-29"}, PASS if duty == "contributor" and plan == "yes" else NOTIFY_HOLD
    assert state in MISSING
    if duty in {"court-seller", "tax-auction-seller"}:
        return {"R-16"}, NOTIFY_HOLD
    rows = {"R-28" if duty == "donee" else "R-06"}
    if relation == "unproven":
        rows.add("R-27")
    return rows, BLOCK if "iit_strict" in readings else NOTIFY_HOLD


def land_tax(_, duty, state, relation, clash):
    """Read the rows on land appreciation tax."""
    if found := common(state, clash):
        return found
    if state in PLAIN_OK | {"declared-zero"}:
        by_class = state == "not-taxable" and relation == "proven"
        return {"R-02", "R-27"} if by_class else {"R-02"}, PASS
    if state == "deferred":
        return {"R-29"}, NOTIFY_HOLD
    assert state in MISSING
    if duty in {"court-seller", "tax-auction-seller"}:
        return {"R-16"}, NOTIFY_HOLD
    if duty in {"developer", "listed-developer"}:
        if state in NO_RECORD:
            return {"R-26"}, PASS
        return {"R-19"}, NOTIFY_HOLD if duty == "developer" else PASS
    if state in OWED:
        return {"R-08"}, BLOCK
    return {"R-09", "R-27"} if relation == "unproven" else {"R-09"}, NOTIFY_HOLD


# Seals: 3.3 -----------------------------------------------------------------------------------


def act_under_seal(act):
    """Read S-01, S-04, S-05 and S-17: what a seal means for an act."""
    if act == "assistance":
        return {"S-01", "S-05"}, "assistance"
    if act in {"correction", "objection", "name-change", "mortgage-release"}:
        return {"S-05"}, "harmless"
    transfers = {
        "sale", "exchange", "contribution", "debt-settlement", "allocation", "other-transfer",
        "gift", "marital-division", "divorce-division", "inheritance", "court-transfer",
        "tax-auction",
    }  # fmt: skip
    burdens = {"mortgage", "advance-notice", "waiver", "easement", "residence-right"}
    if act in transfers | burdens:
        return {"S-04"}, "disposal"
    return {"S-17"}, "unnamed"


def seal(kind, force, sealer, standing, touched):
    """Read the rows on one seal on the unit."""
    if force == "ended":
        return {"S-06"}, None
    if kind in {"harmless", "assistance"}:
        return {"S-05"}, None
    if touched == "no":
        return {"S-14"}, None
    share = {"S-14"} if touched == "share" else set()
    if kind == "unnamed":
        if force == "pending":
            return {"S-10", "S-17"}, CANNOT_VERIFY
        return {"S-17"} | share, CANNOT_VERIFY
    other = {"S-09"} if sealer == "other" else set()
    if force == "pending":
        if standing == "gives-way":
            return {"S-10"}, PASS
        return {"S-10", "S-04"} | other, BLOCK
    if standing == "gives-way":
        return {"S-07", "S-11"}, None
    if standing == "earlier-than-tax":
        return {"S-08"}, BLOCK
    not_lifted = {"S-13"} if force == "open-ended" and sealer == "tax" else set()
    return {"S-04"} | share | other | not_lifted, BLOCK


def seal_outside_the_order(kind, force, standing, touched):
    """Read S-18: a seal in force that would bar the act is an obstacle."""
    bars = (
        force in {"in-force", "open-ended"}
        and kind in {"disposal", "unnamed"}
        and touched != "no"
        and standing != "gives-way"
    )
    return {"S-18"}, "seal-in-force" if bars else None


def request(kind, sealer, measure, papers, sealed, renewal):
    """Read the rows on a request to assist."""
    if papers == "unauthenticated":
        return {"S-15"}, CANNOT_VERIFY
    if papers == "suspected-forged":
        return {"S-16"}, CANNOT_VERIFY
    if papers == "incomplete" and sealer == "tax":
        return {"S-02"}, CANNOT_VERIFY
    if measure == "transfer":
        if papers == "incomplete":
            return {"S-11"}, CANNOT_VERIFY
        return {"S-07" if sealer == "tax" else "S-11"}, None
    if sealer == "other":
        waits = papers == "incomplete" and measure != "lift" and kind in {"disposal", "unnamed"}
        return {"S-09"}, CANNOT_VERIFY if waits else NOT_APPLICABLE
    return {{"seal": "S-01", "lift": "S-03", "renew": "S-12"}[measure]}, PASS


@pytest.mark.rows("R-01", "R-24", "S-18")
def test_scope_of_every_act():
    """Place, day and what the act is to Art. 25."""
    expect_everywhere(SCOPE, lambda _, *facts: scope(*facts))


@pytest.mark.rows("R-05", "R-14", "R-15", "R-16", "R-17", "R-18", "R-30", "R-32")
def test_what_is_asked_of_deed_tax_at_every_act():
    """Act, right and tie."""
    expect_everywhere(DEED_DUTY, lambda _, *facts: deed_tax_asked(*facts))


@pytest.mark.rows("R-06", "R-16", "R-27", "R-28", "R-29")
def test_what_is_asked_of_income_tax_at_every_transfer():
    """Act and right."""
    expect_everywhere(INCOME_DUTY, lambda _, *facts: income_tax_asked(*facts))


@pytest.mark.rows("R-08", "R-09", "R-16", "R-26", "R-27")
def test_what_is_asked_of_land_tax_at_every_transfer():
    """Act, right and transferor."""
    expect_everywhere(LAND_DUTY, lambda _, *facts: land_tax_asked(*facts))


@pytest.mark.rows(
    "R-02", "R-03", "R-04", "R-05", "R-12", "R-13", "R-14", "R-15", "R-16", "R-17", "R-18", "R-21",
    "R-22", "R-23", "R-25", "R-29", "R-30", "R-32",
)  # fmt: skip
def test_deed_tax_against_the_rows():
    """Duty, state, ground and clash under either reading: the rows and the outcome of 3.4."""
    expect_everywhere(DEED_TAX, deed_tax)


@pytest.mark.rows(
    "R-02", "R-06", "R-07", "R-12", "R-13", "R-16", "R-21", "R-23", "R-27", "R-28", "R-29"
)
def test_income_tax_against_the_rows():
    """Duty, state, plan, relation and clash under either reading."""
    expect_everywhere(INCOME_TAX, income_tax)


@pytest.mark.rows(
    "R-02", "R-08", "R-09", "R-12", "R-13", "R-16", "R-19", "R-21", "R-23", "R-26", "R-27", "R-29"
)
def test_land_tax_against_the_rows():
    """Duty, state, relation and clash."""
    expect_everywhere(LAND_TAX, land_tax)


@pytest.mark.rows("R-10", "R-11", "R-19")
def test_other_taxes_against_the_rows():
    """Nobody's are not evaluated, a party's advised, a developer's held or, if listed, passed."""
    rows = {
        "nobody": ({"R-10"}, None),
        "party": ({"R-11"}, NOTIFY_PROCEED),
        "developer": ({"R-19"}, NOTIFY_HOLD),
        "listed-developer": ({"R-19"}, PASS),
    }
    expect_everywhere(OTHER_TAX, lambda _, debtor: rows[str(debtor)])


@pytest.mark.rows("S-01", "S-04", "S-05", "S-17")
def test_what_a_seal_means_for_every_act():
    """Disposals are barred, corrections free, what no row names is asked about."""
    expect_everywhere(ACT_KIND, lambda _, act: act_under_seal(act))


@pytest.mark.rows(
    "S-04", "S-05", "S-06", "S-07", "S-08", "S-09", "S-10", "S-11", "S-13", "S-14", "S-17"
)
def test_a_seal_against_the_rows():
    """Kind of act, force, sealer, rank and what it touches."""
    expect_everywhere(SEAL, lambda _, *facts: seal(*facts))


@pytest.mark.rows("S-18")
def test_a_seal_outside_the_order_against_the_row():
    """Where the Order does not apply a seal in force is an obstacle, no verdict."""
    expect_everywhere(OBSTACLE, lambda _, *facts: seal_outside_the_order(*facts))


@pytest.mark.rows("S-05", "S-15")
def test_the_register_against_the_rows():
    """An unreadable register holds what it is needed for."""
    expect_everywhere(
        REGISTER,
        lambda _, needed, readable: (
            ({"S-15"}, None if readable == "yes" else CANNOT_VERIFY)
            if readable == "yes" or needed == "yes"
            else ({"S-05"}, None)
        ),
    )


@pytest.mark.rows("S-01", "S-02", "S-03", "S-07", "S-09", "S-11", "S-12", "S-15", "S-16")
def test_a_request_to_assist_against_the_rows():
    """Papers, authority, measure, register and, for a renewal, its day."""
    expect_everywhere(REQUEST, lambda _, *facts: request(*facts))
