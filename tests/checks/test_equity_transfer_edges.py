"""Equity transfer: both sides of stakes, prices and days, and whom a finding names."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from equity_transfer_cases import (
    BUYER,
    COURT,
    HOLDER,
    IIT,
    SECOND_BUYER,
    TODAY,
    amount,
    apply,
    deal,
    documents,
    executed,
    freeze,
    judge,
    paper,
    percent,
    record,
)
from expect import CANNOT_VERIFY, NOTIFY_HOLD, PASS, expect, refused
from taxgate.checks import equity_transfer
from taxgate.checks.equity_transfer.application import VoucherUse
from taxgate.terms import Addressee, Flag, Matter, ObstacleKind, RecordStatus

S = RecordStatus
OTHER_COURT = "另一人民法院"


def only(decision):
    """Return the obligation on income tax of a case with one deal."""
    found = (*decision.findings, *decision.silent)
    (obligation,) = {
        id(item.obligation): item.obligation for item in found if item.obligation.matter is IIT
    }.values()
    return obligation


@pytest.mark.rows("E-08")
@pytest.mark.parametrize(("price", "zero"), [("0", True), ("0.01", False), ("300000", False)])
def test_e08_a_price_of_zero_is_told_as_such_and_a_low_one_is_not_judged(price, zero):
    """Nothing found: the notice names a price of zero, and only that."""
    decision = judge(apply(deal(price=Decimal(price))), [])
    expect(decision, NOTIFY_HOLD, "E-08")
    (finding,) = decision.deciding
    told = "price-zero-and-none-found" if zero else "none-found"
    assert finding.code == f"equity-transfer/income-tax/{told}"


@pytest.mark.rows("E-09", "E-26", "E-27")
@pytest.mark.parametrize(
    ("papers", "told"),
    [
        (documents(), COURT),
        ((documents()[0],), COURT),
        ((documents(court=OTHER_COURT)[0], documents()[1]), COURT),
        ((documents(court=OTHER_COURT, authenticated=False)[0], documents()[1]), OTHER_COURT),
        ((documents(court=OTHER_COURT, forgery="印章不符")[0], documents()[1]), OTHER_COURT),
        ((documents()[1], documents(court=OTHER_COURT)[1]), f"{COURT}、{OTHER_COURT}"),
    ],
)
def test_e27_the_court_to_write_to(papers, told):
    """The one whose papers await it; else the one whose notice is carried out; each once."""
    obligation = only(judge(apply(executed(court_documents=papers))))
    assert obligation.authorities == {Addressee.COURT: told}
    assert only(judge(apply())).authorities == {}


@pytest.mark.rows("E-27")
def test_e27_the_report_names_the_transferor():
    """A written report on forged court papers says about whose stake they speak."""
    papers = documents(forgery="印章不符")
    decision = judge(apply(executed(court_documents=papers)))
    expect(decision, CANNOT_VERIFY, "E-27")
    assert {item.person for item in decision.referrals} == {HOLDER}
    assert {item.matter for item in decision.referrals} == {Matter.COURT_EXECUTION}


@pytest.mark.rows("E-18")
@pytest.mark.parametrize(
    ("authority", "stands"), [(COURT, False), (OTHER_COURT, True), ("第三法院", True)]
)
def test_e18_the_executing_court_is_the_one_whose_notice_is_carried_out(authority, stands):
    """A freeze by the court that only made the instrument is another court's."""
    papers = (documents(court=OTHER_COURT)[0], documents()[1])
    case = apply(executed(court_documents=papers), freezes=(freeze(authority=authority),))
    kinds = [item.kind for item in judge(case).obstacles]
    assert kinds == ([ObstacleKind.EQUITY_FROZEN] if stands else [])


@pytest.mark.rows("E-18")
def test_an_obstacle_names_company_and_holder():
    """Both masked; the office sees whose stake is frozen."""
    (obstacle,) = judge(apply(freezes=(freeze(),))).obstacles
    assert dict(obstacle.detail)["party"] == HOLDER.masked
    assert dict(obstacle.detail)["subject"]


@pytest.mark.rows("E-11")
@pytest.mark.parametrize(
    ("used", "row"), [("29.5", "E-03"), ("29.6", "E-11"), ("30", None), (None, "E-03")]
)
def test_e11_what_earlier_registrations_left_may_be_less_than_one_percent(used, row):
    """Half a percent is left and covers half a percent; less does not, nothing does not."""
    sold = deal(stake=percent("0.5"), price=Decimal(5000))
    uses = (VoucherUse(voucher_no="V-1", stake=percent(used)),) if used else ()
    reply = [record(of=sold, stake=percent(30))]
    decision = judge(apply(sold, vouchers_used=uses), reply)
    expect(decision, PASS if row == "E-03" else NOTIFY_HOLD, row)


@pytest.mark.rows("E-03", "E-11")
def test_e11_papers_without_a_number_count_each_by_itself():
    """One verified paper may cover the stake; two halves without numbers may be one."""
    whole = apply(papers=(paper(verified=True, voucher_no=None),))
    expect(judge(whole, []), PASS, "E-03")
    half = {"stake": percent(15), "voucher_no": None, "verified": True}
    halves = apply(papers=(paper(**half), paper(issued_on=TODAY, **half)))
    expect(judge(halves, []), NOTIFY_HOLD, "E-11")
    numbered = apply(
        papers=(
            paper(verified=True, stake=percent(15), voucher_no="V-1"),
            paper(verified=True, stake=percent(15), voucher_no="V-2"),
        )
    )
    expect(judge(numbered, []), PASS, "E-03")


@pytest.mark.rows("E-11", "E-19")
@pytest.mark.parametrize(
    ("prices", "row"),
    [((100_000, 200_000), "E-03"), ((100_000, 200_001), "E-03"), ((100_000, 199_999), "E-19")],
)
def test_e19_records_of_a_larger_stake_state_no_lower_price(prices, row):
    """Twice twenty percent for a deal of thirty at 300,000: as much or more agrees."""
    reply = [
        record(stake=percent(20), price=Decimal(price), voucher_no=f"V-{price}") for price in prices
    ]
    decision = judge(apply(), reply)
    expect(decision, PASS if row == "E-03" else NOTIFY_HOLD, row)
    assert (Flag.STAKE_LARGER_THAN_APPLIED in decision.flags) is (row == "E-03")


@pytest.mark.rows("4.2")
def test_a_deal_agreed_on_the_day_of_handling_is_one():
    """The day itself is not after it; the next day is."""
    assert apply(deal(agreed_on=TODAY))
    with refused("deals[0].agreed_on"):
        apply(deal(agreed_on=TODAY + timedelta(days=1)))
    with refused("deals[1].agreed_on"):
        apply(deal(), deal(transferee=SECOND_BUYER, agreed_on=TODAY + timedelta(days=1)))


@pytest.mark.rows("E-20")
@pytest.mark.parametrize(
    ("changes", "named"),
    [({"voucher_no": "V-9"}, True), ({"voucher_no": None, "cancels": "V-9"}, True)],
)
def test_e20_a_refund_that_names_another_voucher_leaves_this_one(changes, named):
    """Told of another deal, by its own number or by the number it cancels."""
    other = deal(transferee=SECOND_BUYER)
    reply = [record(), record(S.REFUNDED, of=other, **changes)]
    expect(judge(apply(), reply), PASS if named else NOTIFY_HOLD, "E-03")


@pytest.mark.rows("E-06")
def test_an_inquiry_says_why_it_is_asked_only_with_office_and_case_number():
    """Person and company are named; the purpose needs both."""
    named = {"office": "某市场监管局", "case_no": "1"}
    (inquiry,) = equity_transfer.inquiries(apply(**named))
    assert (inquiry.person, inquiry.company) == (HOLDER, apply().company)
    assert inquiry.purpose.provision == "order-307/26"
    for name, value in named.items():
        (inquiry,) = equity_transfer.inquiries(apply(**{name: value}))
        assert inquiry.purpose is None
    obligation = only(judge(apply()))
    assert obligation.parties[Addressee.TAXPAYER] == (HOLDER,)
    assert obligation.parties[Addressee.WITHHOLDING_AGENT] == (BUYER,)
    assert obligation.answer is not None


@pytest.mark.rows("4.2")
def test_an_amount_has_at_most_twenty_digits_before_the_point():
    """Twenty are an amount, twenty-one are a slip of the hand."""
    assert amount("9" * 20)
    with refused("stake.value"):
        amount("1" + "0" * 20)
