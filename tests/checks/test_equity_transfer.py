"""Equity-transfer checkpoint: scope, statuses, several deals, input errors (4.2, 4.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from equity_transfer_cases import (
    AGREED,
    AT,
    BUYER,
    COMPANY,
    FIRM,
    HOLDER,
    IIT,
    SECOND_BUYER,
    SECOND_HOLDER,
    amount,
    apply,
    deal,
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
    NOTIFY_REFUSE,
    PASS,
    expect,
    refused,
)
from taxgate.checks import equity_transfer
from taxgate.checks.equity_transfer.application import (
    CompanyType,
    EquityAct,
    EquityTaxRecord,
    PaidBy,
)
from taxgate.checks.equity_transfer.deals import (
    CourtDocument,
    CourtDocumentKind,
    PartyClass,
    Relation,
    ShareClass,
    TransferKind,
)
from taxgate.errors import AnswerError, ApplicationError
from taxgate.evidence import Answer, Outage, OutageCause
from taxgate.identifiers import Division, Uscc
from taxgate.parties import IdType, Person
from taxgate.proceedings import Suspicion, SuspicionKind
from taxgate.terms import (
    Addressee,
    Basis,
    Flag,
    Matter,
    ObstacleKind,
    RecordStatus,
    State,
    Step,
)

A = EquityAct
C = CompanyType
K = TransferKind
S = RecordStatus
GIVEN = [K.GIFT, K.INHERITANCE, K.LEGACY, K.DIVORCE_SPLIT, K.NOMINEE_RESTORATION]
DEALT = [
    K.SALE,
    K.EXCHANGE,
    K.DEBT_SETTLEMENT,
    K.CONTRIBUTION,
    K.BUY_BACK,
    K.PAID_REDUCTION,
]
BOTH = (Addressee.TAXPAYER, Addressee.WITHHOLDING_AGENT)
STRICT = ("equity_strict",)


def only(decision):
    """Return the one finding of a decision."""
    (finding,) = decision.findings
    return finding


def told(decision):
    """Return whom the one finding addresses, and what cures it."""
    row = only(decision).ruling.row
    return row.to, row.step


# Scope ----------------------------------------------------------------------------------------


@pytest.mark.rows("E-01")
@pytest.mark.parametrize("kind", [item for item in PartyClass if item is not PartyClass.INDIVIDUAL])
def test_a_transferor_that_is_no_individual_is_outside(kind):
    """The Order names individuals; nothing is asked and nothing is verified."""
    application = apply(deal(transferor=FIRM, transferor_class=kind))
    decision = judge(application)
    expect(decision, NOT_APPLICABLE, "E-01")
    assert equity_transfer.inquiries(application) == ()
    assert decision.verified is False


@pytest.mark.rows("E-01", "E-14")
def test_a_company_beside_an_individual_does_not_free_the_individual():
    """Scope is judged per transferor; the individual's missing tax holds the application."""
    application = apply(deal(), deal(transferor=FIRM, transferor_class=PartyClass.COMPANY))
    decision = judge(application, [])
    expect(decision, NOTIFY_HOLD, "E-06")
    assert {row for item in decision.findings for row in item.rows} >= {"E-01", "E-06"}
    expect(judge(application), PASS, "E-03")


@pytest.mark.rows("E-02")
@pytest.mark.parametrize(
    "kind", [C.PARTNERSHIP, C.SOLE_PROPRIETORSHIP, C.COOPERATIVE, C.INDIVIDUAL_BUSINESS]
)
def test_an_interest_that_is_no_equity_of_a_company_is_outside_with_advice(kind):
    """Partnership shares and the like: not applicable, but taxes are to be settled."""
    application = apply(company_type=kind)
    decision = judge(application)
    expect(decision, NOT_APPLICABLE, "E-02")
    assert Flag.ADVISORY_OPERATOR_TAX in decision.flags
    assert equity_transfer.inquiries(application) == ()
    assert decision.verified is False


@pytest.mark.rows("E-25")
@pytest.mark.parametrize(
    "act",
    [
        A.CAPITAL_INCREASE,
        A.NOMINAL_REDUCTION,
        A.LEGAL_REPRESENTATIVE_CHANGE,
        A.PLEDGE_ENTRY,
        A.FREEZING_ENTRY,
        A.OTHER_ENTRY,
    ],
)
def test_acts_without_a_transfer_are_outside(act):
    """Nothing changes hands, so nothing is asked."""
    application = apply(act=act, deals=())
    decision = judge(application)
    expect(decision, NOT_APPLICABLE, "E-25")
    assert equity_transfer.inquiries(application) == ()
    assert decision.verified is False


@pytest.mark.rows("E-25")
@pytest.mark.parametrize("shares", [ShareClass.NON_PROMOTER, ShareClass.LISTED])
def test_shares_that_are_not_registered_are_outside(shares):
    """Only promoters' names are registered at a joint-stock company."""
    application = apply(deal(shares=shares), company_type=C.JOINT_STOCK_COMPANY)
    expect(judge(application), NOT_APPLICABLE, "E-25")


@pytest.mark.rows("E-03", "E-06")
def test_promoter_shares_are_inside():
    """A promoter's entry in a joint-stock company is a change registration."""
    application = apply(deal(shares=ShareClass.PROMOTER), company_type=C.JOINT_STOCK_COMPANY)
    expect(judge(application), PASS, "E-03")
    expect(judge(application, []), NOTIFY_HOLD, "E-06")


@pytest.mark.rows("E-17")
def test_a_registrar_outside_shanxi_is_outside():
    """The handling registrar's division decides, not anybody's number."""
    application = apply(division=Division("110100"))
    expect(judge(application), NOT_APPLICABLE, "E-17")
    assert equity_transfer.inquiries(application) == ()


@pytest.mark.rows("E-17")
@pytest.mark.parametrize(
    ("day", "outcome"), [(date(2024, 1, 31), NOT_APPLICABLE), (date(2024, 2, 1), NOTIFY_HOLD)]
)
def test_the_order_binds_from_its_first_day(day, outcome):
    """31 January 2024 is before it, 1 February 2024 is not."""
    decision = judge(apply(deal(agreed_on=date(2024, 1, 2)), handled_on=day), [])
    expect(decision, outcome, "E-17" if outcome is NOT_APPLICABLE else "E-06")
    assert (Flag.NATIONAL_LAW_STILL_BINDS in decision.flags) is (outcome is NOT_APPLICABLE)


@pytest.mark.rows("E-17")
def test_an_older_application_handled_later_is_inside():
    """Handling governs, and only without it the day of application."""
    old = date(2024, 1, 15)
    plain = deal(agreed_on=date(2024, 1, 2))
    both = apply(plain, application_date=old, handled_on=date(2024, 2, 1))
    expect(judge(both, []), NOTIFY_HOLD, "E-06")
    expect(judge(apply(plain, application_date=old, handled_on=None)), NOT_APPLICABLE, "E-17")


# One row per status ---------------------------------------------------------------------------


@pytest.mark.rows("E-03")
@pytest.mark.parametrize("status", [S.PAID, S.REDUCED_PAID])
@pytest.mark.parametrize("kind", [*DEALT, *GIVEN])
def test_own_payment_for_the_deal_passes(status, kind):
    """Paid, keys equal, stake covered: registered, whatever the kind of transfer."""
    this = deal(kind)
    decision = judge(apply(this), [record(status, of=this, paid_by=PaidBy.OWN_PAYMENT)])
    expect(decision, PASS, "E-03")
    assert decision.may_complete
    assert decision.verified is True
    assert decision.flags == ()
    assert only(decision).obligation.basis is Basis.ANSWER


@pytest.mark.rows("E-04")
@pytest.mark.parametrize("status", [S.EXEMPT, S.NOT_TAXABLE, S.DECLARED_ZERO])
def test_a_record_of_the_tax_authority_that_nothing_is_due_passes(status):
    """Exempt, not taxable and zero returns fulfil the duty to file."""
    decision = judge(apply(), [record(status)])
    expect(decision, PASS, "E-04")
    assert decision.verified is True


@pytest.mark.rows("E-04", "E-23")
@pytest.mark.parametrize("relation", [Relation.SPOUSE, Relation.CHILD])
def test_kinship_makes_nothing_free_of_tax(relation):
    """Not taxable as stated by the applicant is no record: what is asked for is the record."""
    this = deal(K.GIFT, relation=relation)
    expect(judge(apply(this), []), NOTIFY_HOLD, "E-23")
    expect(judge(apply(this), [record(S.NOT_TAXABLE, of=this)]), PASS, "E-04")


@pytest.mark.rows("E-04", "E-19")
def test_an_exemption_paper_nobody_verified_is_a_conflict():
    """Paper against a source without a record is for the tax authority to settle."""
    decision = judge(apply(papers=(paper(status=S.NOT_TAXABLE),)), [])
    expect(decision, NOTIFY_HOLD, "E-19")


@pytest.mark.rows("E-05")
@pytest.mark.parametrize("kind", [K.CONTRIBUTION, K.SALE])
def test_a_deferral_of_this_deal_passes(kind):
    """Instalments or a deferral filed with the tax authority are accepted."""
    this = deal(kind)
    decision = judge(apply(this), [record(S.DEFERRED, of=this)])
    expect(decision, PASS, "E-05")
    assert decision.verified is True


@pytest.mark.rows("E-05", "E-20")
def test_a_revoked_deferral_holds():
    """A deferral that its revocation names no longer counts."""
    replies = [
        record(S.DEFERRED, voucher_no="D-1"),
        record(S.REVOKED, voucher_no="D-2", cancels="D-1"),
    ]
    expect(judge(apply(), replies), NOTIFY_HOLD, "E-20")


@pytest.mark.rows("E-05", "E-10")
def test_a_deferral_of_another_deal_holds():
    """A deferral has to cover this very deal."""
    other = record(S.DEFERRED, agreed_on=date(2026, 10, 1))
    expect(judge(apply(), [other]), NOTIFY_HOLD, "E-10")


@pytest.mark.rows("E-06")
@pytest.mark.parametrize("kind", DEALT)
@pytest.mark.parametrize("readings", [(), STRICT])
def test_no_record_holds_and_tells_both_parties(kind, readings):
    """Transferor and transferee are told; no reading makes it a refusal."""
    decision = judge(apply(deal(kind)), [], readings)
    expect(decision, NOTIFY_HOLD, "E-06")
    assert told(decision) == (BOTH, Step.PAY_OR_FILE)
    assert decision.retryable is False
    assert decision.verified is True


@pytest.mark.rows("E-06")
def test_the_transferee_is_the_withholding_agent_and_the_company_applies():
    """Whom each addressee means stands with the obligation."""
    (finding,) = judge(apply(), []).findings
    parties = finding.obligation.parties
    assert parties[Addressee.TAXPAYER] == (HOLDER,)
    assert parties[Addressee.WITHHOLDING_AGENT] == (BUYER,)
    (applicant,) = parties[Addressee.APPLICANT]
    assert applicant.key == (IdType.USCC, COMPANY.value)
    (finding,) = judge(apply(applicant=SECOND_HOLDER), []).findings
    assert finding.obligation.parties[Addressee.APPLICANT] == (SECOND_HOLDER,)


@pytest.mark.rows("E-07")
@pytest.mark.parametrize(("readings", "outcome"), [((), NOTIFY_HOLD), (STRICT, NOTIFY_REFUSE)])
@pytest.mark.parametrize("kind", [K.SALE, K.GIFT])
def test_unpaid_holds_or_by_option_refuses(readings, outcome, kind):
    """Filed but not paid: held; an office that switched it on refuses."""
    this = deal(kind)
    decision = judge(apply(this), [record(S.UNPAID, of=this)], readings)
    expect(decision, outcome, "E-07")
    to = BOTH if kind is K.SALE else (Addressee.TAXPAYER, Addressee.TRANSFEREE)
    assert told(decision) == (to, Step.PAY_OR_FILE)


@pytest.mark.rows("E-08")
@pytest.mark.parametrize("price", [Decimal(0), Decimal(1)])
def test_a_price_of_zero_or_a_low_one_frees_nobody(price):
    """Neither "no gain, no tax" nor an assessment is the registrar's to make."""
    decision = judge(apply(deal(price=price)), [])
    expect(decision, NOTIFY_HOLD, "E-08")
    assert told(decision) == (BOTH, Step.PAY_OR_FILE)
    assert decision.referrals == ()


@pytest.mark.rows("E-08")
def test_a_price_of_zero_has_a_wording_of_its_own():
    """The notice tells that zero does not do away with the filing; the outcome is the same."""
    zero, usual = judge(apply(deal(price=Decimal(0))), []), judge(apply(), [])
    assert only(zero).code != only(usual).code
    assert zero.outcome is usual.outcome


@pytest.mark.rows("E-15")
@pytest.mark.parametrize("cause", list(OutageCause))
@pytest.mark.parametrize("kind", [K.SALE, K.GIFT])
def test_an_outage_never_passes_or_refuses(cause, kind):
    """The office retries; nothing is said of the taxpayer, even with the strict reading on."""
    decision = judge(apply(deal(kind)), cause, STRICT)
    expect(decision, CANNOT_VERIFY, "E-15")
    assert decision.retryable is True
    assert decision.verified is False
    assert told(decision) == ((Addressee.APPLICANT,), Step.RETRY)


@pytest.mark.rows("E-15")
def test_a_question_nobody_asked_is_an_outage():
    """No answer at all counts as not asked."""
    decision = equity_transfer.check(apply(), (), at=AT)
    expect(decision, CANNOT_VERIFY, "E-15")


@pytest.mark.rows("E-15")
def test_an_unverified_paper_changes_nothing_in_an_outage():
    """Only an officer's verification over a recorded channel makes a paper count."""
    decision = judge(apply(papers=(paper(),)), OutageCause.TIMEOUT)
    expect(decision, CANNOT_VERIFY, "E-15")
    assert decision.retryable is True


@pytest.mark.rows("E-03", "E-15")
def test_a_verified_paper_passes_in_an_outage():
    """Verified by another channel, the voucher is as good as an answer."""
    decision = judge(apply(papers=(paper(verified=True),)), OutageCause.TIMEOUT)
    expect(decision, PASS, "E-03")
    assert decision.verified is True
    assert only(decision).obligation.basis is Basis.VERIFIED_PAPER


@pytest.mark.rows("E-16")
@pytest.mark.parametrize("reply", [None, [], OutageCause.TIMEOUT])
def test_a_suspected_forgery_refuses_and_is_reported(reply):
    """An officer's reasoned suspicion decides before everything else."""
    decision = judge(apply(papers=(paper(forgery="印章不符"),)), reply)
    expect(decision, BLOCK, "E-16")
    (referral,) = decision.referrals
    assert referral.kind is SuspicionKind.FORGED_VOUCHER
    assert referral.matter is IIT
    assert told(decision) == ((Addressee.TAXPAYER,), Step.EXPLAIN_SUSPICION)


@pytest.mark.rows("E-16")
def test_a_voucher_the_tax_authority_never_issued_refuses_and_is_reported():
    """The tax authority's own answer is enough; which deal the voucher claims does not matter."""
    never = record(S.NEVER_ISSUED, voucher_no="F-1", agreed_on=date(2026, 1, 1))
    decision = judge(apply(), [record(), never])
    expect(decision, BLOCK, "E-16")
    assert [item.voucher_no for item in decision.referrals] == ["F-1"]


@pytest.mark.rows("E-16", "E-06", "E-07", "E-15")
@pytest.mark.parametrize("reply", [[], [record(S.UNPAID)], OutageCause.TIMEOUT])
def test_nothing_found_owed_or_down_is_no_suspicion(reply):
    """No referral without a reasoned suspicion."""
    assert judge(apply(), reply).referrals == ()


@pytest.mark.rows("E-16")
def test_an_officers_finding_of_a_sham_price_is_reported_without_a_verdict():
    """What an officer found is reported; a low price alone is never computed into it."""
    found = Suspicion(kind=SuspicionKind.SHAM_PRICE, found="两份合同价格不一", person=HOLDER)
    decision = judge(apply(suspicions=(found,)))
    expect(decision, PASS, "E-03")
    assert [item.kind for item in decision.referrals] == [SuspicionKind.SHAM_PRICE]


@pytest.mark.rows("E-20")
@pytest.mark.parametrize("status", [S.REFUNDED, S.VOIDED, S.REVOKED])
@pytest.mark.parametrize(("readings", "outcome"), [((), NOTIFY_HOLD), (STRICT, NOTIFY_REFUSE)])
def test_an_invalid_record_holds_or_by_option_refuses(status, readings, outcome):
    """Refunded, voided or revoked and nothing valid left."""
    expect(judge(apply(), [record(status)], readings), outcome, "E-20")


@pytest.mark.rows("E-06", "E-10", "E-11", "E-13", "E-15", "E-19", "E-21", "E-23")
@pytest.mark.parametrize(
    ("row", "this", "reply"),
    [
        ("E-06", deal(), []),
        ("E-10", deal(), [record(taxpayer=SECOND_HOLDER)]),
        ("E-11", deal(), [record(stake=percent(20))]),
        ("E-13", deal(), [record(authority=Division("110100"))]),
        ("E-19", deal(), [record(taxpayer=None)]),
        ("E-21", deal(), [record(paid_by=PaidBy.WITHHOLDING, remitted=False)]),
        ("E-23", deal(K.GIFT), []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_strict_reading_leaves_other_rows_alone(row, this, reply):
    """Each switch changes only the rows it names."""
    for readings in ((), STRICT):
        expect(judge(apply(this), reply, readings), NOTIFY_HOLD, row)


@pytest.mark.rows("E-07", "E-20")
@pytest.mark.parametrize(
    "reading",
    [
        "iit_strict",
        "vvt_all_registrations_strict",
        "exempt_loss_strict",
        "vpt_owner_mismatch_strict",
        "deed_statutory_exemption_hold",
        "bankruptcy_direct",
    ],
)
def test_readings_of_other_checkpoints_change_nothing(reading):
    """Only equity_strict is about this checkpoint."""
    for status in (S.UNPAID, S.REFUNDED):
        assert judge(apply(), [record(status)], (reading,)).outcome is NOTIFY_HOLD


# Kinds and acts with rows of their own --------------------------------------------------------


@pytest.mark.rows("E-23")
@pytest.mark.parametrize("kind", GIVEN)
@pytest.mark.parametrize("price", [None, Decimal(0)])
def test_a_transfer_without_a_price_needs_the_tax_authoritys_record(kind, price):
    """The notice asks for the record of the deal, not for a payment, and tells the acquirer."""
    decision = judge(apply(deal(kind, price=price)), [])
    expect(decision, NOTIFY_HOLD, "E-23")
    assert told(decision) == (
        (Addressee.TAXPAYER, Addressee.TRANSFEREE),
        Step.OBTAIN_TAX_RECORD,
    )


@pytest.mark.rows("E-24", "E-07", "E-20")
@pytest.mark.parametrize(
    ("status", "row", "outcome", "strict"),
    [
        (S.PAID, "E-03", PASS, PASS),
        (S.EXEMPT, "E-04", PASS, PASS),
        (S.UNPAID, "E-07", NOTIFY_HOLD, NOTIFY_REFUSE),
        (S.VOIDED, "E-20", NOTIFY_HOLD, NOTIFY_REFUSE),
        (None, "E-06", NOTIFY_HOLD, NOTIFY_HOLD),
    ],
)
def test_a_filing_between_shareholders_is_judged_as_a_registration(status, row, outcome, strict):
    """Existing shareholders, only amounts change: the row of the status, switch included."""
    application = apply(deal(between_shareholders=True), act=A.FILING)
    reply = [] if status is None else [record(status)]
    decision = judge(application, reply)
    expect(decision, outcome, row)
    expect(judge(application, reply, STRICT), strict, row)
    assert only(decision).obligation.duty.row.ids == ("E-24",)


@pytest.mark.rows("E-24", "E-23")
def test_a_gift_between_shareholders_needs_its_record_too():
    """A filing of a gift is judged as its registration would be."""
    application = apply(deal(K.GIFT, between_shareholders=True), act=A.FILING)
    decision = judge(application, [])
    expect(decision, NOTIFY_HOLD, "E-23")
    assert only(decision).obligation.duty.row.ids == ("E-23", "E-24")


@pytest.mark.rows("E-24")
def test_a_change_registration_between_shareholders_is_no_filing():
    """Where names change, it is a change registration like any other."""
    decision = judge(apply(deal(between_shareholders=True)), [])
    expect(decision, NOTIFY_HOLD, "E-06")
    assert only(decision).obligation.duty.row.ids == ("4.2",)


# Several transferors and deals ----------------------------------------------------------------


@pytest.mark.rows("E-14")
def test_the_strictest_of_several_transferors_decides_for_all():
    """One paid, one unpaid: the whole application waits, and both are listed."""
    second = deal(transferor=SECOND_HOLDER)
    decision = judge(apply(deal(), second), [record()], P0000003=[record(S.UNPAID, of=second)])
    expect(decision, NOTIFY_HOLD, "E-07")
    assert [item.obligation.party for item in decision.deciding] == [SECOND_HOLDER]
    assert {item.obligation.party for item in decision.findings} == {HOLDER, SECOND_HOLDER}


@pytest.mark.rows("E-14")
def test_several_deals_all_paid_pass():
    """Each deal is a question of its own; one inquiry per transferor."""
    application = apply(
        deal(),
        deal(transferee=SECOND_BUYER, stake=percent(10)),
        deal(transferor=SECOND_HOLDER),
    )
    asked = equity_transfer.inquiries(application)
    assert [item.person for item in asked] == [HOLDER, SECOND_HOLDER]
    decision = judge(application)
    expect(decision, PASS, "E-03")
    assert len(decision.findings) == 3


@pytest.mark.rows("E-14", "E-15")
def test_an_outage_for_one_transferor_holds_all_and_only_a_retry_of_it_helps():
    """Retryable as long as nothing but the outage holds."""
    application = apply(deal(), deal(transferor=SECOND_HOLDER))
    decision = judge(application, P0000003=OutageCause.TIMEOUT)
    expect(decision, CANNOT_VERIFY, "E-15")
    assert decision.retryable is True
    assert decision.verified is False
    decision = judge(application, [], P0000003=OutageCause.TIMEOUT)
    expect(decision, CANNOT_VERIFY, "E-15")
    assert decision.retryable is False


@pytest.mark.rows("E-14", "E-16")
def test_a_forged_voucher_of_one_transferor_is_not_laid_to_the_other():
    """The application is refused for the one; the other's own finding stays a pass."""
    second = deal(transferor=SECOND_HOLDER)
    forged = paper(of=second, forgery="编号不存在")
    decision = judge(apply(deal(), second, papers=(forged,)))
    expect(decision, BLOCK, "E-16")
    assert [item.obligation.party for item in decision.deciding] == [SECOND_HOLDER]


@pytest.mark.rows("E-14")
def test_the_order_of_deals_means_nothing():
    """The same findings, however the deals are listed."""
    deals = (deal(), deal(transferee=SECOND_BUYER, stake=percent(10)))
    reply = [record()]
    left, right = judge(apply(*deals), reply), judge(apply(*reversed(deals)), reply)
    assert [(item.code, item.obligation.subject) for item in left.findings] == [
        (item.code, item.obligation.subject) for item in right.findings
    ]


# Freezes --------------------------------------------------------------------------------------


@pytest.mark.rows("E-18")
def test_frozen_equity_is_an_obstacle_and_no_tax_verdict():
    """The tax rows are judged as usual; the act waits for the freeze to be lifted."""
    decision = judge(apply(freezes=(freeze(),)))
    expect(decision, PASS, "E-03")
    (obstacle,) = decision.obstacles
    assert obstacle.kind is ObstacleKind.EQUITY_FROZEN
    assert obstacle.rows == ("E-18",)
    assert not decision.may_complete
    assert judge(apply(freezes=(freeze(),)), []).outcome is NOTIFY_HOLD


@pytest.mark.rows("E-18")
def test_a_lifted_freeze_or_another_holders_is_no_obstacle():
    """Only a freeze that stands on this transferor's equity counts."""
    application = apply(freezes=(freeze(lifted=True), freeze(SECOND_HOLDER)))
    assert judge(application).may_complete


@pytest.mark.rows("E-18")
def test_a_freeze_of_a_person_that_cannot_be_compared_counts():
    """A doubt about whose equity is frozen does not let it go."""
    unsure = Person(IdType.TAX_ASSIGNED_NUMBER, "T0000001", HOLDER.name)
    assert judge(apply(freezes=(freeze(unsure),))).obstacles


# Input errors ---------------------------------------------------------------------------------


@pytest.mark.rows("E-01", "E-02")
@pytest.mark.parametrize(
    "changes",
    [
        {"transferor_class": PartyClass.COMPANY},
        {"transferor": FIRM},
        {"transferee": FIRM},
        {"transferee_class": PartyClass.FUND},
        {"transferee": HOLDER},
        {"price": None},
        {"price": Decimal(-1)},
        {"price": Decimal("NaN")},
        {"price": Decimal("1E+30")},
        {"price": Decimal("1E-30")},
    ],
)
def test_a_deal_that_contradicts_itself_is_an_input_error(changes):
    """A class against the document, a missing or impossible price, a deal with oneself."""
    with pytest.raises(ApplicationError):
        deal(**changes)


@pytest.mark.rows("E-01")
def test_the_code_of_an_individual_business_is_no_company():
    """Its operator is the individual who transfers; the class given would end the check."""
    shop = Person(IdType.USCC, Uscc("92149999MA00000019").value)
    with pytest.raises(ApplicationError, match="operator"):
        deal(transferor=shop, transferor_class=PartyClass.COMPANY)


@pytest.mark.rows("E-06")
@pytest.mark.parametrize("value", ["0", "-1", "101", "NaN", "Infinity", "1E-30"])
def test_a_stake_that_is_none_is_an_input_error(value):
    """Zero, negative, beyond the whole, or no number."""
    with pytest.raises(ApplicationError):
        percent(value)


@pytest.mark.rows("E-06")
def test_the_whole_and_large_amounts_are_stakes():
    """One hundred percent is in; amounts have no such bound but a sensible length."""
    assert str(percent(100)) == "100%"
    assert str(amount(5_000_000)) == "5000000"
    with pytest.raises(ApplicationError):
        amount("1E+30")


@pytest.mark.rows("E-25", "E-24")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deals": ()}, "deals"),
        ({"act": A.FILING, "deals": ()}, "deals"),
        ({"act": A.FILING}, "deals[0].between_shareholders"),
        ({"act": A.CAPITAL_INCREASE}, "deals"),
        ({"act": A.PLEDGE_ENTRY}, "deals"),
        ({"company_type": C.JOINT_STOCK_COMPANY}, "deals[0].shares"),
        ({"deals": (deal(shares=ShareClass.PROMOTER),)}, "deals[0].shares"),
        ({"deals": (deal(), deal())}, "deals"),
        ({"deals": (deal(agreed_on=date(2026, 11, 24)),)}, "deals[0].agreed_on"),
        ({"deals": (deal(K.BUY_BACK, transferee=FIRM),)}, "deals[0].transferee"),
        ({"deals": (deal(K.PAID_REDUCTION, transferee=FIRM),)}, "deals[0].transferee"),
        (
            {
                "deals": (
                    deal(),
                    deal(
                        transferor=Person(HOLDER.id_type, HOLDER.number, "另名"),
                        transferee=SECOND_BUYER,
                    ),
                )
            },
            "deals.transferor",
        ),
        ({"handled_on": None}, "handled_on"),
    ],
)
def test_an_application_that_contradicts_itself_is_an_input_error(changes, field):
    """Deals the act never enters or lacks, twice, in the future, or against the company."""
    with refused(field):
        apply(**changes)


@pytest.mark.rows("E-22", "E-27")
@pytest.mark.parametrize(
    "changes",
    [
        {"kind": CourtDocumentKind.INSTRUMENT},
        {"kind": CourtDocumentKind.ASSISTANCE_NOTICE, "in_force": True},
        {"kind": CourtDocumentKind.ASSISTANCE_NOTICE, "forgery": " "},
    ],
)
def test_a_court_document_without_what_decides_is_an_input_error(changes):
    """An instrument says whether it is in force; a suspicion says why."""
    with pytest.raises(ApplicationError):
        CourtDocument(court="某法院", authenticated=True, **changes)


@pytest.mark.rows("E-22")
@pytest.mark.parametrize("kind", [K.SALE, K.COURT_CONFIRMATION, K.DEBT_SETTLEMENT])
def test_a_notice_of_assistance_belongs_to_an_execution(kind):
    """With such a notice the kind is court execution; the officer is to say so."""
    notice = CourtDocument(
        kind=CourtDocumentKind.ASSISTANCE_NOTICE, court="某法院", authenticated=True
    )
    with pytest.raises(ApplicationError, match="court-execution"):
        deal(kind, court_documents=(notice,))


@pytest.mark.rows("E-06")
def test_answers_to_one_inquiry_are_given_once():
    """Two answers to one question cannot belong to one case."""
    application = apply()
    (inquiry,) = equity_transfer.inquiries(application)
    twice = [Answer(inquiry=inquiry, outage=Outage(cause=OutageCause.TIMEOUT))] * 2
    with pytest.raises(AnswerError):
        equity_transfer.check(application, twice, at=AT)
    with pytest.raises(ValueError, match="no-such-reading"):
        equity_transfer.check(application, (), at=AT, readings=("no-such-reading",))


@pytest.mark.rows("E-19")
@pytest.mark.parametrize("price", [Decimal("NaN"), Decimal(-1)])
def test_a_record_with_an_impossible_price_is_an_input_error(price):
    """Such a record is malformed, and its reply an outage to whoever reads it."""
    with pytest.raises(AnswerError):
        EquityTaxRecord(matter=IIT, status=S.PAID, price=price)


@pytest.mark.rows("E-16")
def test_a_paper_does_not_say_of_itself_that_it_was_never_issued():
    """What the tax authority answers about it is the officer's suspicion, with its reason."""
    with pytest.raises(ApplicationError, match="forgery"):
        paper(status=S.NEVER_ISSUED)


@pytest.mark.rows("E-14")
def test_what_is_asked_carries_its_purpose_and_nothing_more():
    """One question on the transferor and the company, with office and case."""
    application = apply(office="某登记机关", case_no="C-1")
    (inquiry,) = equity_transfer.inquiries(application)
    assert (inquiry.matter, inquiry.company, inquiry.person) == (IIT, COMPANY, HOLDER)
    assert inquiry.purpose is not None
    assert inquiry.purpose.provision == equity_transfer.PROVISION.id
    first, second = equity_transfer.obligations(application)
    assert first.matter is Matter.APPLICATION
    assert (second.party, second.period) == (HOLDER, AGREED.isoformat())
    assert HOLDER.number not in repr(second)
    assert COMPANY.value not in repr(second)


@pytest.mark.rows("E-03")
def test_a_passport_holder_and_a_resident_are_treated_alike():
    """Residents, non-residents and HK, Macao and Taiwan people are all individuals."""
    for kind in (IdType.PASSPORT, IdType.HK_MO_TW_PERMIT, IdType.TAX_ASSIGNED_NUMBER):
        person = Person(kind, "X0000009", "甲某")
        this = deal(transferor=person)
        expect(judge(apply(this)), PASS, "E-03")
        assert judge(apply(this), []).outcome is NOTIFY_HOLD
    finding = only(judge(apply(), []))
    assert finding.obligation.facts.state is State.NONE_FOUND
