"""Equity-transfer checkpoint: court execution, its papers and freezes (E-09, E-18, E-22 ff.)."""

from __future__ import annotations

import pytest
from attrs import evolve

from equity_transfer_cases import (
    BUYER,
    COURT,
    FIRM,
    HOLDER,
    OTHER_COMPANY,
    SECOND_BUYER,
    SECOND_HOLDER,
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
from expect import (
    BLOCK,
    CANNOT_VERIFY,
    NOT_APPLICABLE,
    NOTIFY_HOLD,
    NOTIFY_PROCEED,
    NOTIFY_REFUSE,
    PASS,
    expect,
)
from taxgate.checks.equity_transfer.application import EquityAct, PaidBy
from taxgate.checks.equity_transfer.deals import PartyClass, TransferKind
from taxgate.evidence import OutageCause
from taxgate.identifiers import Division
from taxgate.parties import IdType, Person
from taxgate.terms import Addressee, Flag, Matter, ObstacleKind, RecordStatus, Step

K = TransferKind
S = RecordStatus
DOWN = OutageCause.TIMEOUT
STRICT = ("equity_strict",)
BOTH_SIDES = (Addressee.TAXPAYER, Addressee.TRANSFEREE)
PENDING = executed(court_documents=documents(authenticated=False))
SUSPECTED = executed(court_documents=documents(forgery="案号不存在"))
LACKING = {
    "no papers": (),
    "instrument alone": documents()[:1],
    "notice alone": documents()[1:],
    "not in force": documents(in_force=False),
    "another company": documents(company=OTHER_COMPANY),
    "no company": documents(company=None),
    "another holder": documents(person=SECOND_HOLDER),
    "no holder": documents(person=None),
    "holder not comparable": documents(person=Person(IdType.TAX_ASSIGNED_NUMBER, "T0000001")),
    "larger stake": documents(stake=percent(31)),
    "smaller stake": documents(stake=percent(29)),
    "stake in another unit": documents(stake=amount(30)),
    "no stake": documents(stake=None),
    "notice on another stake": (documents()[0], documents(stake=percent(10))[1]),
    "instrument on another holder": (documents(person=SECOND_HOLDER)[0], documents()[1]),
}
REPLIES = {
    "paid": [record()],
    "unpaid": [record(S.UNPAID)],
    "none found": [],
    "mismatch": [record(taxpayer=SECOND_HOLDER)],
    "smaller stake": [record(stake=percent(20))],
    "invalid": [record(S.REFUNDED)],
    "conflict": [record(taxpayer=None)],
    "outside": [record(authority=Division("110105"))],
    "not remitted": [record(paid_by=PaidBy.WITHHOLDING, remitted=False)],
    "down": DOWN,
    "forged": [record(S.NEVER_ISSUED)],
}
lacking = pytest.mark.parametrize("papers", list(LACKING.values()), ids=list(LACKING))
every_reply = pytest.mark.parametrize("reply", list(REPLIES.values()), ids=list(REPLIES))


def deciding(decision):
    """Return the one finding that decides."""
    (finding,) = decision.deciding
    return finding


# A court's execution is carried out -----------------------------------------------------------


@pytest.mark.rows("E-22")
@pytest.mark.parametrize("kept", [0, 1, 2], ids=["both", "instrument", "notice"])
@pytest.mark.parametrize("number", [None, "（2026）晋执1号"])
def test_one_set_of_court_papers_does_not_carry_two_deals_of_its_stake(kept, number):
    """Papers on 30 percent give no privilege to 60 percent in two deals, nor does one of them."""
    first = documents(number="（2026）晋执1号")
    own = documents(number="（2026）晋执2号")
    second = documents(number=number)
    if kept:
        second = (second[0], own[1]) if kept == 1 else (own[0], second[1])
    deals = (
        executed(court_documents=first),
        executed(transferee=SECOND_BUYER, court_documents=second),
    )
    decision = judge(apply(*deals), [])
    expect(decision, NOTIFY_HOLD, "E-06")
    assert [item.obligation.duty.row.ids for item in decision.deciding] == [("E-22",)] * 2


@pytest.mark.rows("E-22")
def test_equal_court_papers_without_a_number_are_one_set():
    """The same papers on a second buyer's deal do not lend their privilege again."""
    docs = documents()
    deals = executed(court_documents=docs), executed(transferee=SECOND_BUYER, court_documents=docs)
    expect(judge(apply(*deals), []), NOTIFY_HOLD, "E-06")


@pytest.mark.rows("E-09", "E-22")
@pytest.mark.parametrize(
    ("stake", "outcome"),
    [
        (percent(60), NOTIFY_PROCEED),
        (percent("59.99"), NOTIFY_HOLD),
        (percent("60.01"), NOTIFY_HOLD),
        (amount(60), NOTIFY_HOLD),
    ],
)
def test_court_papers_on_several_deals_name_the_sum_of_their_stakes(stake, outcome):
    """One order may split what it moves between two buyers, but moves no more than it names."""
    docs = documents(stake=stake)
    deals = executed(court_documents=docs), executed(transferee=SECOND_BUYER, court_documents=docs)
    expect(judge(apply(*deals), []), outcome, "E-09" if outcome is NOTIFY_PROCEED else "E-06")


@pytest.mark.rows("E-22")
def test_deals_in_different_units_cannot_share_court_papers():
    """Percent and yuan are never added, so no stake covers both."""
    docs = documents()
    other = executed(transferee=SECOND_BUYER, stake=amount(30), court_documents=docs)
    expect(judge(apply(executed(), other), []), NOTIFY_HOLD, "E-06")


@pytest.mark.rows("E-09")
@pytest.mark.parametrize("changes", [{"number": "（2026）晋执2号"}, {"court": "某基层人民法院"}])
def test_each_deal_with_court_papers_of_its_own_is_assisted(changes):
    """Two orders of different number or court move two stakes."""
    first = documents(number="（2026）晋执1号")
    second = documents(**({"number": "（2026）晋执1号"} | changes))
    deals = (
        executed(court_documents=first),
        executed(transferee=SECOND_BUYER, court_documents=second),
    )
    expect(judge(apply(*deals), []), NOTIFY_PROCEED, "E-09")


@pytest.mark.rows("E-09")
@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("unpaid", Step.PAY_OR_FILE),
        ("none found", Step.PAY_OR_FILE),
        ("mismatch", Step.PAY_OR_FILE),
        ("smaller stake", Step.PAY_OR_FILE),
        ("invalid", Step.PAY_OR_FILE),
        ("conflict", Step.ASK_TAX_AUTHORITY),
        ("outside", Step.ASK_TAX_AUTHORITY),
        ("not remitted", Step.ASK_TAX_AUTHORITY),
    ],
)
@pytest.mark.parametrize("readings", [(), STRICT])
def test_missing_tax_does_not_stop_a_courts_execution(name, step, readings):
    """Both sides are informed, the tax authority by sharing; the act goes on, strict or not."""
    decision = judge(apply(executed()), REPLIES[name], readings)
    expect(decision, NOTIFY_PROCEED, "E-09")
    assert decision.may_complete
    assert decision.verified is True
    assert decision.retryable is False
    assert decision.flags == (Flag.INFORM_TAX_AUTHORITY,)
    assert decision.referrals == ()
    row = deciding(decision).ruling.row
    assert (row.to, row.step) == (BOTH_SIDES, step)


@pytest.mark.rows("E-09")
@pytest.mark.parametrize("cause", list(OutageCause))
def test_an_outage_does_not_stop_it_either_but_is_asked_again(cause):
    """Proceeds unverified, is checked again later, and asserts nothing of the taxpayer."""
    decision = judge(apply(executed()), cause, STRICT)
    expect(decision, NOTIFY_PROCEED, "E-09")
    assert decision.may_complete
    assert decision.verified is False
    assert decision.retryable is True
    assert set(decision.flags) == {Flag.INFORM_TAX_AUTHORITY, Flag.CHECK_AGAIN_LATER}
    row = deciding(decision).ruling.row
    assert (row.to, row.step) == (BOTH_SIDES, Step.RETRY)


@pytest.mark.rows("E-09", "E-03", "E-04", "E-05", "E-12")
@pytest.mark.parametrize(
    ("status", "row"),
    [
        (S.PAID, "E-03"),
        (S.REDUCED_PAID, "E-12"),
        (S.EXEMPT, "E-04"),
        (S.NOT_TAXABLE, "E-04"),
        (S.DECLARED_ZERO, "E-04"),
        (S.DEFERRED, "E-05"),
    ],
)
def test_a_fulfilled_execution_passes_as_any_deal(status, row):
    """There is nothing to inform anybody of."""
    decision = judge(apply(executed()), [record(status)])
    expect(decision, PASS, row)
    assert decision.flags == ()


@pytest.mark.rows("E-09")
def test_the_notice_may_come_from_another_court():
    """One court decides, another is entrusted with the execution."""
    instrument, notice = documents()
    application = apply(
        executed(court_documents=(instrument, evolve(notice, court="另一人民法院")))
    )
    expect(judge(application, []), NOTIFY_PROCEED, "E-09")


@pytest.mark.rows("E-09", "E-24")
def test_an_execution_between_shareholders_is_carried_out_too():
    """The notice binds whether the entry is a registration or a filing."""
    application = apply(executed(between_shareholders=True), act=EquityAct.FILING)
    expect(judge(application, []), NOTIFY_PROCEED, "E-09")


@pytest.mark.rows("E-09", "E-14")
def test_the_privilege_covers_its_own_deal_only():
    """An ordinary sale in the same application holds all of it."""
    application = apply(executed(), deal(transferor=SECOND_HOLDER))
    decision = judge(application, [])
    expect(decision, NOTIFY_HOLD, "E-06")
    assert {row for item in decision.findings for row in item.rows} >= {"E-06", "E-09"}


@pytest.mark.rows("E-01", "E-09")
def test_an_execution_against_a_company_is_outside():
    """Scope comes before court papers."""
    firm = executed(
        transferor=FIRM,
        transferor_class=PartyClass.COMPANY,
        court_documents=documents(person=FIRM),
    )
    expect(judge(apply(firm), []), NOT_APPLICABLE, "E-01")


# Papers that give no privilege ----------------------------------------------------------------


@pytest.mark.rows("E-22")
@lacking
@pytest.mark.parametrize(
    ("status", "outcome", "strict", "row"),
    [
        (None, NOTIFY_HOLD, NOTIFY_HOLD, "E-06"),
        (S.UNPAID, NOTIFY_HOLD, NOTIFY_REFUSE, "E-07"),
        (S.PAID, PASS, PASS, "E-03"),
        (S.NEVER_ISSUED, BLOCK, BLOCK, "E-16"),
    ],
)
def test_incomplete_court_papers_give_no_privilege(papers, status, outcome, strict, row):
    """The row of the status decides, as for any deal."""
    application = apply(executed(court_documents=papers))
    reply = [] if status is None else [record(status)]
    decision = judge(application, reply)
    expect(decision, outcome, row)
    assert deciding(decision).obligation.duty.row.ids == ("E-22",)
    expect(judge(application, reply, STRICT), strict, row)


@pytest.mark.rows("E-22", "E-15")
@lacking
def test_an_outage_holds_where_the_papers_lack(papers):
    """Without the privilege an outage is an outage."""
    decision = judge(apply(executed(court_documents=papers)), DOWN)
    expect(decision, CANNOT_VERIFY, "E-15")


@pytest.mark.rows("E-22")
@pytest.mark.parametrize("papers", [(), documents()[:1]])
def test_a_judgment_that_only_confirms_gives_no_privilege(papers):
    """A confirming judgment without a notice of assistance is judged as any deal."""
    this = deal(K.COURT_CONFIRMATION, court_documents=papers)
    decision = judge(apply(this), [])
    expect(decision, NOTIFY_HOLD, "E-06")
    assert deciding(decision).obligation.duty.row.ids == ("E-22",)
    expect(judge(apply(this), [record(of=this)]), PASS, "E-03")


@pytest.mark.rows("E-22", "E-24")
@pytest.mark.parametrize("act", [EquityAct.CHANGE_REGISTRATION, EquityAct.FILING])
def test_a_mediated_settlement_of_debts_gives_no_privilege(act):
    """Court papers on another kind of transfer change nothing."""
    this = deal(K.DEBT_SETTLEMENT, court_documents=documents()[:1], between_shareholders=True)
    decision = judge(apply(this, act=act), [])
    expect(decision, NOTIFY_HOLD, "E-06")
    assert "E-22" in deciding(decision).obligation.duty.row.ids


# Papers the court has not confirmed -----------------------------------------------------------


@pytest.mark.rows("E-27")
@every_reply
def test_papers_not_authenticated_wait_for_the_court(reply):
    """On hold until the court confirms; a retry helps unless a forged voucher holds as well."""
    decision = judge(apply(PENDING), reply, STRICT)
    expect(decision, CANNOT_VERIFY, "E-27")
    assert decision.retryable is (reply != REPLIES["forged"])
    codes = [item.code for item in decision.findings]
    assert "equity-transfer/court-papers/not-authenticated" in codes


@pytest.mark.rows("E-27")
@pytest.mark.parametrize("one", [0, 1])
def test_both_papers_have_to_be_authenticated(one):
    """Instrument and notice, one without the other is not enough."""
    papers = list(documents())
    papers[one] = evolve(papers[one], authenticated=False)
    decision = judge(apply(executed(court_documents=tuple(papers))), [])
    expect(decision, CANNOT_VERIFY, "E-27")
    row = deciding(decision).ruling.row
    assert (row.to, row.step) == (
        (Addressee.APPLICANT, Addressee.COURT),
        Step.AUTHENTICATE_PAPERS,
    )


@pytest.mark.rows("E-27")
@every_reply
def test_suspected_court_papers_are_asked_back_and_reported(reply):
    """On hold, not retryable, the court named is told, a written report is made."""
    decision = judge(apply(SUSPECTED), reply, STRICT)
    expect(decision, CANNOT_VERIFY, "E-27")
    assert decision.retryable is False
    assert Flag.INFORM_COURT in decision.flags
    assert Matter.COURT_EXECUTION in [item.matter for item in decision.referrals]
    assert "案号不存在" in [item.reason for item in decision.referrals]


@pytest.mark.rows("E-27", "E-22")
def test_papers_without_privilege_still_have_to_be_genuine():
    """Both reasons are told: the papers are unconfirmed, and the tax row applies as usual."""
    papers = documents(authenticated=False, in_force=False)
    decision = judge(apply(executed(court_documents=papers)), [])
    expect(decision, CANNOT_VERIFY, "E-27")
    assert "E-06" in {row for item in decision.findings for row in item.rows}
    assert decision.retryable is False
    paid = judge(apply(executed(court_documents=papers)), [record()])
    expect(paid, CANNOT_VERIFY, "E-27")
    assert paid.retryable is True


@pytest.mark.rows("E-27", "E-16")
def test_a_forged_voucher_refuses_where_no_privilege_can_come():
    """Unconfirmed papers that would give none anyway do not shield a forged voucher."""
    papers = documents(authenticated=False, in_force=False)
    decision = judge(apply(executed(court_documents=papers)), [record(S.NEVER_ISSUED)])
    expect(decision, BLOCK, "E-16")


@pytest.mark.rows("E-27")
def test_court_papers_on_a_sale_have_to_be_genuine_too():
    """Whatever the kind, a court paper handed in is confirmed first."""
    unsure = documents(authenticated=False)[:1]
    decision = judge(apply(deal(court_documents=unsure)))
    expect(decision, CANNOT_VERIFY, "E-27")
    assert decision.retryable is True


# A forged voucher in an execution -------------------------------------------------------------


@pytest.mark.rows("E-26")
@pytest.mark.parametrize("by_officer", [False, True])
@pytest.mark.parametrize("readings", [(), STRICT])
def test_a_forged_voucher_holds_an_execution_and_never_refuses_it(by_officer, readings):
    """A short hold to tell the court, and the written report; no retry helps."""
    papers = (paper(forgery="印章不符"),) if by_officer else ()
    reply = [] if by_officer else [record(S.NEVER_ISSUED)]
    decision = judge(apply(executed(), papers=papers), reply, readings)
    expect(decision, CANNOT_VERIFY, "E-26")
    assert decision.retryable is False
    assert decision.flags == (Flag.INFORM_COURT,)
    (referral,) = decision.referrals
    assert referral.matter is Matter.INDIVIDUAL_INCOME_TAX
    assert Addressee.COURT in deciding(decision).ruling.row.to


@pytest.mark.rows("E-26", "E-27")
@pytest.mark.parametrize("this", [PENDING, SUSPECTED])
def test_a_forged_voucher_under_unconfirmed_papers_holds_as_well(this):
    """Both doubts are told, neither is a refusal, and the voucher is reported."""
    decision = judge(apply(this), [record(S.NEVER_ISSUED)], STRICT)
    expect(decision, CANNOT_VERIFY, "E-26")
    assert decision.retryable is False
    assert Flag.INFORM_COURT in decision.flags
    assert Matter.INDIVIDUAL_INCOME_TAX in [item.matter for item in decision.referrals]


# Freezes --------------------------------------------------------------------------------------


@pytest.mark.rows("E-18", "E-09")
def test_the_executing_courts_own_freeze_is_no_obstacle():
    """The court that orders the transfer does not stand in its own way."""
    assert judge(apply(executed(), freezes=(freeze(),)), []).may_complete


@pytest.mark.rows("E-18", "E-09")
@pytest.mark.parametrize(
    ("this", "authority"),
    [
        (executed(), "另一人民法院"),
        (PENDING, COURT),
        (SUSPECTED, COURT),
        (executed(court_documents=documents(in_force=False)), COURT),
        (deal(), COURT),
    ],
)
def test_any_other_freeze_stands_in_the_way(this, authority):
    """Another authority's, or one whose papers are not complete."""
    decision = judge(apply(this, freezes=(freeze(authority=authority),)))
    assert [item.kind for item in decision.obstacles] == [ObstacleKind.EQUITY_FROZEN]
    assert not decision.may_complete


@pytest.mark.rows("E-18")
def test_one_of_several_freezes_is_enough():
    """The executing court's freeze does not lift a later one."""
    both = (freeze(), freeze(authority="某公安机关"))
    decision = judge(apply(executed(), freezes=both), [])
    assert [item.rows for item in decision.obstacles] == [("E-18",)]
    expect(decision, NOTIFY_PROCEED, "E-09")


@pytest.mark.rows("E-18")
def test_a_freeze_on_the_acquirer_does_not_bar_the_deal():
    """What is frozen is what the transferor holds."""
    assert judge(apply(freezes=(freeze(BUYER),))).may_complete
    assert not judge(apply(freezes=(freeze(HOLDER),))).may_complete
