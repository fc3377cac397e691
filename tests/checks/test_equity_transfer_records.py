"""Equity-transfer checkpoint: whose record it is, of which deal, and how much it covers (4.2)."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from equity_transfer_cases import (
    AGREED,
    BUYER,
    HOLDER,
    IIT,
    OTHER_COMPANY,
    SECOND_BUYER,
    SECOND_HOLDER,
    TODAY,
    amount,
    apply,
    deal,
    judge,
    paper,
    percent,
    record,
)
from expect import BLOCK, CANNOT_VERIFY, NOTIFY_HOLD, NOTIFY_REFUSE, PASS, expect
from taxgate.checks import equity_transfer
from taxgate.checks.equity_transfer.application import PaidBy, VoucherUse
from taxgate.checks.equity_transfer.deals import TransferKind
from taxgate.evidence import Channel, OutageCause, TaxRecord
from taxgate.findings import Standing
from taxgate.identifiers import Division
from taxgate.notices import notices
from taxgate.parties import IdType, Person
from taxgate.terms import Addressee, Flag, Matter, RecordStatus, Step

K = TransferKind
S = RecordStatus
DOWN = OutageCause.TIMEOUT
NO_KEYS = {"transferee": None, "stake": None, "agreed_on": None}
HALF_A_YEAR_AGO = date(2026, 5, 4)


def whys(decision):
    """Return why each record and paper counts as it does."""
    return [item.why for finding in decision.findings for item in finding.obligation.weighed]


def told(decision):
    """Return whom the one finding addresses, and what cures it."""
    (finding,) = decision.findings
    return finding.ruling.row.to, finding.ruling.row.step


def parts(*stakes, **changes):
    """Return one paid record per stake, each with a voucher of its own."""
    return [
        record(stake=percent(stake), voucher_no=f"V-{index}", **changes)
        for index, stake in enumerate(stakes)
    ]


# Another person, company or deal --------------------------------------------------------------


@pytest.mark.rows("E-10")
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"taxpayer": SECOND_HOLDER}, "taxpayer-differs"),
        ({"company": OTHER_COMPANY}, "company-differs"),
        ({"transferee": SECOND_BUYER}, "transferee-differs"),
        ({"agreed_on": date(2026, 11, 1)}, "agreement-date-differs"),
        ({"agreed_on": None, "issued_on": date(2026, 11, 1)}, "earlier-deal"),
    ],
)
def test_a_voucher_of_another_person_company_or_deal_holds(changes, why):
    """It is no voucher of this deal; the differing field is kept."""
    decision = judge(apply(), [record(**changes)])
    expect(decision, NOTIFY_HOLD, "E-10")
    assert whys(decision) == [why]
    assert told(decision) == (
        (Addressee.TAXPAYER, Addressee.WITHHOLDING_AGENT),
        Step.PAY_OR_FILE,
    )


@pytest.mark.rows("E-10", "E-03")
@pytest.mark.parametrize(
    ("issued_on", "agreed_on", "row"),
    [
        (date(2026, 11, 1), None, "E-10"),
        (AGREED, None, "E-03"),
        (date(2026, 11, 1), AGREED, "E-03"),
    ],
)
def test_a_record_issued_before_the_agreement_is_of_an_earlier_deal(issued_on, agreed_on, row):
    """The day itself is not before; an equal day of agreement settles it."""
    decision = judge(apply(), [record(issued_on=issued_on, agreed_on=agreed_on)])
    expect(decision, PASS if row == "E-03" else NOTIFY_HOLD, row)


@pytest.mark.rows("E-10", "E-07", "E-20")
@pytest.mark.parametrize("status", [S.UNPAID, S.REFUNDED, S.EXEMPT, S.DEFERRED])
def test_what_is_wrong_with_another_deal_is_not_laid_to_this_one(status):
    """A strict office does not refuse for the debts of another deal."""
    other = record(status, agreed_on=HALF_A_YEAR_AGO)
    expect(judge(apply(), [other], ("equity_strict",)), NOTIFY_HOLD, "E-10")


@pytest.mark.rows("E-10", "E-03")
def test_records_of_other_deals_are_ignored_once_the_stake_is_covered():
    """The voucher of this deal is enough."""
    others = [
        record(S.UNPAID, agreed_on=HALF_A_YEAR_AGO, voucher_no="V-8"),
        record(taxpayer=SECOND_HOLDER, voucher_no="V-9"),
    ]
    decision = judge(apply(), [*others, record()])
    expect(decision, PASS, "E-03")
    assert decision.flags == ()


@pytest.mark.rows("E-10")
def test_an_unverified_paper_of_another_deal_is_a_mismatch():
    """It claims nothing about this deal, so nothing conflicts."""
    expect(judge(apply(papers=(paper(company=OTHER_COMPANY),)), []), NOTIFY_HOLD, "E-10")


@pytest.mark.rows("E-06")
@pytest.mark.parametrize("matter", [Matter.DEED_TAX, Matter.OTHER_TAX])
def test_a_record_of_another_tax_says_nothing(matter):
    """Stamp tax paid is no income tax paid."""
    decision = judge(apply(papers=(paper(verified=True, matter=matter),)), [record(matter=matter)])
    expect(decision, NOTIFY_HOLD, "E-06")


@pytest.mark.rows("E-16", "E-10")
def test_a_never_issued_voucher_of_somebody_else_is_not_this_ones():
    """Forgery decides first, but not for another person or company."""
    for changes in ({"taxpayer": SECOND_HOLDER}, {"company": OTHER_COMPANY}):
        expect(judge(apply(), [record(S.NEVER_ISSUED, **changes)]), NOTIFY_HOLD, "E-10")
    bare = record(S.NEVER_ISSUED, taxpayer=None, company=None, **NO_KEYS)
    expect(judge(apply(), [bare]), BLOCK, "E-16")


# Not comparable, not identified ---------------------------------------------------------------


@pytest.mark.rows("E-19")
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"taxpayer": None}, "taxpayer-missing"),
        ({"company": None}, "company-missing"),
        ({"taxpayer": Person(HOLDER.id_type, HOLDER.number, "另名")}, "taxpayer-not-comparable"),
        (
            {"taxpayer": Person(IdType.TAX_ASSIGNED_NUMBER, "T0000001", "甲某")},
            "taxpayer-not-comparable",
        ),
        (
            {"taxpayer": Person(IdType.TAX_ASSIGNED_NUMBER, "T0000001")},
            "taxpayer-not-comparable",
        ),
        ({"transferee": Person(BUYER.id_type, BUYER.number, "另名")}, "transferee-not-comparable"),
        (NO_KEYS, "deal-not-identified"),
        (NO_KEYS | {"stake": amount(300_000)}, "deal-not-identified"),
        ({"issued_on": date(2026, 11, 24)}, "dated-after-check"),
    ],
)
def test_what_cannot_be_matched_is_for_the_tax_authority(changes, why):
    """A name variant, documents not comparable, no key of the deal: a conflict, held."""
    decision = judge(apply(), [record(**changes)])
    expect(decision, NOTIFY_HOLD, "E-19")
    assert whys(decision) == [why]
    assert told(decision) == ((Addressee.TAXPAYER,), Step.ASK_TAX_AUTHORITY)


@pytest.mark.rows("E-19")
def test_an_old_registration_number_cannot_be_compared_with_a_code():
    """A transferee known by its old number may or may not be the one with the USCC."""
    firm = Person(IdType.USCC, OTHER_COMPANY.value)
    old = Person(IdType.OLD_REGISTRATION_NUMBER, "140000000000001")
    this = deal(transferee=firm, transferee_class="company")
    expect(judge(apply(this), [record(of=this, transferee=old)]), NOTIFY_HOLD, "E-19")


@pytest.mark.rows("E-03")
@pytest.mark.parametrize(
    "key", [{"transferee": BUYER}, {"agreed_on": AGREED}, {"stake": percent(30)}]
)
def test_one_key_of_the_deal_that_agrees_is_enough(key):
    """Of transferee, stake and day of agreement the record carries at least one."""
    expect(judge(apply(), [record(**(NO_KEYS | key))]), PASS, "E-03")


@pytest.mark.rows("E-19", "E-11")
@pytest.mark.parametrize(
    ("stake", "outcome", "row"),
    [(29, NOTIFY_HOLD, "E-11"), (30, PASS, "E-03"), (31, NOTIFY_HOLD, "E-19")],
)
def test_a_stake_alone_identifies_a_deal_only_up_to_its_own_size(stake, outcome, row):
    """A larger stake with no other key may belong to anything."""
    lone = record(**(NO_KEYS | {"stake": percent(stake)}))
    expect(judge(apply(), [lone]), outcome, row)


@pytest.mark.rows("E-03")
def test_a_short_resident_number_is_lengthened_before_it_is_compared():
    """A 15-digit number and its 18-digit form are one person."""
    short = Person(IdType.RESIDENT_NUMBER, "149999700101000")
    this = deal(transferor=short)
    long = Person(IdType.RESIDENT_NUMBER, short.number)
    assert len(short.number) == 18
    expect(judge(apply(this), [record(of=this, taxpayer=long)]), PASS, "E-03")


@pytest.mark.rows("E-03", "E-19")
def test_a_record_dated_on_the_day_of_the_check_is_in_time():
    """The day itself passes, the next is a conflict."""
    expect(judge(apply(), [record(issued_on=TODAY)]), PASS, "E-03")
    expect(judge(apply(), [record(issued_on=date(2026, 11, 24))]), NOTIFY_HOLD, "E-19")


@pytest.mark.rows("E-19")
def test_a_record_without_the_fields_of_an_equity_transfer_is_a_conflict():
    """It cannot be matched with anything, and is not ignored."""
    plain = TaxRecord(matter=IIT, status=S.UNPAID, taxpayer=HOLDER)
    decision = judge(apply(), [record(), plain])
    expect(decision, NOTIFY_HOLD, "E-19")


# Sources that disagree ------------------------------------------------------------------------


@pytest.mark.rows("E-19")
@pytest.mark.parametrize("reply", [[], [record(S.UNPAID)], [record(S.REFUNDED, voucher_no="V-5")]])
def test_a_paper_nobody_verified_against_the_source_is_a_conflict(reply):
    """The law accepts a voucher or information, so the two are to be reconciled."""
    application = apply(papers=(paper(voucher_no="V-7"),))
    expect(judge(application, reply), NOTIFY_HOLD, "E-19")


@pytest.mark.rows("E-19")
def test_paid_and_unpaid_for_one_deal_is_a_conflict():
    """Neither is chosen."""
    replies = [record(), record(S.UNPAID, voucher_no="V-2")]
    expect(judge(apply(), replies, ("equity_strict",)), NOTIFY_HOLD, "E-19")


@pytest.mark.rows("E-19", "E-03")
@pytest.mark.parametrize(
    ("stake", "price", "row"),
    [
        (30, 300_000, "E-03"),
        (30, 299_999, "E-19"),
        (30, 300_001, "E-19"),
        (None, 300_001, "E-19"),
        (None, 300_000, "E-03"),
        (50, 500_000, "E-03"),
        (50, 299_999, "E-19"),
        (50, 300_000, "E-03"),
        (20, 200_000, "E-11"),
        (20, 300_001, "E-19"),
    ],
)
def test_a_price_that_cannot_be_the_same_is_a_conflict(stake, price, row):
    """Price is no key, but two prices for one stake disagree; a part or a whole may differ."""
    stated = None if stake is None else percent(stake)
    decision = judge(apply(), [record(stake=stated, price=Decimal(price))])
    expect(decision, PASS if row == "E-03" else NOTIFY_HOLD, row)


@pytest.mark.rows("E-03")
def test_a_price_only_one_side_states_is_not_compared():
    """A gift has none; the record of it may."""
    this = deal(TransferKind.GIFT)
    expect(judge(apply(this), [record(of=this, price=Decimal(5))]), PASS, "E-03")


@pytest.mark.rows("E-13")
@pytest.mark.parametrize("status", [S.PAID, S.EXEMPT, S.DEFERRED])
def test_a_tax_authority_of_another_province_is_a_conflict(status):
    """Keys match, but tax on equity belongs where the company is."""
    decision = judge(apply(), [record(status, authority=Division("110105"))])
    expect(decision, NOTIFY_HOLD, "E-13")
    assert told(decision) == ((Addressee.TAXPAYER,), Step.ASK_TAX_AUTHORITY)


@pytest.mark.rows("E-13", "E-03")
@pytest.mark.parametrize(
    ("authority", "flagged"),
    [
        ("140500", True),
        ("140105", False),
        ("140000", False),
        ("140100", False),
        (None, True),
    ],
)
def test_another_place_in_shanxi_or_none_passes_with_a_remark(authority, flagged):
    """Moved companies and directly administered taxpayers are no fault."""
    division = None if authority is None else Division(authority)
    decision = judge(apply(), [record(authority=division)])
    expect(decision, PASS, "E-03")
    assert (Flag.TAX_PLACE_DIFFERS in decision.flags) is flagged


@pytest.mark.rows("E-13")
def test_districts_of_one_city_are_different_places():
    """A district registrar and the tax authority of another district."""
    decision = judge(apply(division=Division("140105")), [record(authority=Division("140106"))])
    expect(decision, PASS, "E-03")
    assert Flag.TAX_PLACE_DIFFERS in decision.flags


@pytest.mark.rows("E-13", "E-19")
def test_an_outside_authority_beside_another_conflict_is_a_plain_conflict():
    """The notice then speaks of more than the place."""
    replies = [record(authority=Division("110105")), record(taxpayer=None, voucher_no="V-2")]
    expect(judge(apply(), replies), NOTIFY_HOLD, "E-19")


# Withholding ----------------------------------------------------------------------------------


@pytest.mark.rows("E-12")
@pytest.mark.parametrize("status", [S.PAID, S.REDUCED_PAID])
def test_withheld_and_remitted_passes(status):
    """The transferee's receipt is a voucher once the source says it was remitted."""
    decision = judge(apply(), [record(status, paid_by=PaidBy.WITHHOLDING, remitted=True)])
    expect(decision, PASS, "E-12")


@pytest.mark.rows("E-21")
@pytest.mark.parametrize(
    "changes",
    [
        {"paid_by": PaidBy.WITHHOLDING, "remitted": False},
        {"remitted": False},
        {"status": S.UNPAID, "paid_by": PaidBy.WITHHOLDING},
        {"status": S.UNPAID, "paid_by": PaidBy.WITHHOLDING, "remitted": False},
    ],
)
def test_withheld_but_not_remitted_is_the_agents_affair(changes):
    """Held; only the transferee is addressed, and nobody is told to pay again."""
    decision = judge(apply(), [record(**changes)], ("equity_strict",))
    expect(decision, NOTIFY_HOLD, "E-21")
    assert told(decision) == ((Addressee.WITHHOLDING_AGENT,), Step.REMIT_WITHHELD)


@pytest.mark.rows("E-21")
@pytest.mark.parametrize("remitted", [None, True])
@pytest.mark.parametrize("verified", [False, True])
def test_a_withholding_receipt_against_unpaid_is_the_agents_affair(remitted, verified):
    """The receipt is handed in, the source says that nothing was paid."""
    receipt = paper(verified=verified, paid_by=PaidBy.WITHHOLDING, remitted=remitted)
    decision = judge(apply(papers=(receipt,)), [record(S.UNPAID, voucher_no=None)])
    expect(decision, NOTIFY_HOLD, "E-21")
    assert told(decision)[0] == (Addressee.WITHHOLDING_AGENT,)


@pytest.mark.rows("E-19", "E-21")
def test_a_withholding_the_source_calls_remitted_accuses_nobody_beside_another_debt():
    """One record says withheld and remitted, another says unpaid: the tax authority is asked."""
    replies = [
        record(paid_by=PaidBy.WITHHOLDING, remitted=True),
        record(S.UNPAID, voucher_no="V-2"),
    ]
    decision = judge(apply(), replies)
    expect(decision, NOTIFY_HOLD, "E-19")
    assert "E-21" not in {row for item in decision.findings for row in item.rows}
    assert told(decision) == ((Addressee.TAXPAYER,), Step.ASK_TAX_AUTHORITY)


@pytest.mark.rows("E-19", "E-21")
@pytest.mark.parametrize(("number", "row"), [("V-1", "E-19"), (None, "E-19"), ("V-3", "E-21")])
def test_a_receipt_handed_in_accuses_nobody_where_the_source_calls_it_remitted(number, row):
    """The paper of a remitted voucher proves no default; that of another voucher may."""
    receipt = paper(voucher_no=number, paid_by=PaidBy.WITHHOLDING)
    replies = [
        record(paid_by=PaidBy.WITHHOLDING, remitted=True),
        record(S.UNPAID, voucher_no="V-2"),
    ]
    decision = judge(apply(papers=(receipt,)), replies)
    expect(decision, NOTIFY_HOLD, row)
    assert ("E-21" in {name for item in decision.findings for name in item.rows}) is (row == "E-21")


@pytest.mark.rows("E-19", "E-21")
@pytest.mark.parametrize(
    "unsure",
    [
        {"transferee": None, "agreed_on": None, "stake": None},
        {"taxpayer": None},
        {"company": None},
        {"taxpayer": Person(IdType.TAX_ASSIGNED_NUMBER, "T0000001")},
        {"transferee": Person(IdType.TAX_ASSIGNED_NUMBER, "T0000002")},
    ],
    ids=["deal", "taxpayer", "company", "taxpayer's number", "transferee's number"],
)
def test_a_receipt_of_no_known_deal_accuses_no_transferee(unsure):
    """Whose withholding it was cannot be told, so the conflict is put to the tax authority."""
    receipt = paper(paid_by=PaidBy.WITHHOLDING, **unsure)
    decision = judge(apply(papers=(receipt,)), [record(S.UNPAID, voucher_no="V-2")])
    expect(decision, NOTIFY_HOLD, "E-19")
    assert "E-21" not in {row for item in decision.findings for row in item.rows}


@pytest.mark.rows("E-21", "E-19")
def test_not_remitted_and_another_conflict_tells_both():
    """One row for both reasons; still nobody is told to pay again."""
    replies = [
        record(paid_by=PaidBy.WITHHOLDING, remitted=False),
        record(taxpayer=None, voucher_no="V-2"),
    ]
    decision = judge(apply(), replies)
    expect(decision, NOTIFY_HOLD, "E-21")
    assert told(decision) == (
        (Addressee.TAXPAYER, Addressee.WITHHOLDING_AGENT),
        Step.ASK_TAX_AUTHORITY,
    )


@pytest.mark.rows("E-12", "E-19")
@pytest.mark.parametrize("status", [S.PAID, S.REDUCED_PAID])
def test_a_withholding_nobody_says_was_remitted_is_a_conflict(status):
    """Unknown is not remitted, and not "not remitted" either."""
    decision = judge(apply(), [record(status, paid_by=PaidBy.WITHHOLDING)])
    expect(decision, NOTIFY_HOLD, "E-19")


@pytest.mark.rows("E-19")
def test_remitted_and_unpaid_in_one_record_is_a_conflict():
    """The record contradicts itself."""
    odd = record(S.UNPAID, paid_by=PaidBy.WITHHOLDING, remitted=True)
    expect(judge(apply(), [odd]), NOTIFY_HOLD, "E-19")


@pytest.mark.rows("E-04", "E-05")
@pytest.mark.parametrize("status", [S.EXEMPT, S.DECLARED_ZERO, S.DEFERRED])
def test_where_nothing_was_payable_nothing_is_to_be_remitted(status):
    """A return of the agent with nothing due, or a deferral, needs no remittance."""
    decision = judge(apply(), [record(status, paid_by=PaidBy.WITHHOLDING, remitted=False)])
    assert decision.outcome is PASS


@pytest.mark.rows("E-12", "E-15")
def test_a_receipt_verified_in_an_outage_has_to_say_that_it_was_remitted():
    """Verified and remitted passes, verified only does not."""
    for remitted, outcome in ((True, PASS), (None, CANNOT_VERIFY), (False, CANNOT_VERIFY)):
        receipt = paper(verified=True, paid_by=PaidBy.WITHHOLDING, remitted=remitted)
        assert judge(apply(papers=(receipt,)), DOWN).outcome is outcome


# Heirs and donees -----------------------------------------------------------------------------

GIVEN = (K.GIFT, K.INHERITANCE, K.LEGACY, K.DIVORCE_SPLIT, K.NOMINEE_RESTORATION)
given = pytest.mark.parametrize("kind", GIVEN)


@pytest.mark.rows("E-10", "E-11", "E-23")
@given
@pytest.mark.parametrize("readings", [(), ("equity_strict",)])
@pytest.mark.parametrize(
    ("changes", "row"),
    [({"company": OTHER_COMPANY}, "E-10"), ({"stake": percent(20)}, "E-11")],
)
def test_a_record_of_another_gift_asks_for_the_record_of_this_one(kind, changes, row, readings):
    """Nothing need be payable, so neither side is told to pay, and no heir to withhold."""
    decision = judge(apply(deal(kind)), [record(**changes)], readings)
    expect(decision, NOTIFY_HOLD, row)
    assert told(decision) == (
        (Addressee.TAXPAYER, Addressee.TRANSFEREE),
        Step.OBTAIN_TAX_RECORD,
    )


@pytest.mark.rows("E-07", "E-20", "E-23")
@given
@pytest.mark.parametrize(("status", "row"), [(S.UNPAID, "E-07"), (S.REFUNDED, "E-20")])
def test_tax_owed_on_a_gift_is_told_to_both_sides_and_to_no_agent(kind, status, row):
    """The tax authority says it is owed; held or, under the strict reading, refused."""
    for readings, outcome in (((), NOTIFY_HOLD), (("equity_strict",), NOTIFY_REFUSE)):
        decision = judge(apply(deal(kind)), [record(status)], readings)
        expect(decision, outcome, row)
        assert told(decision) == ((Addressee.TAXPAYER, Addressee.TRANSFEREE), Step.PAY_OR_FILE)


@pytest.mark.rows("E-07", "E-10", "E-11", "E-20")
@pytest.mark.parametrize(
    "changes",
    [
        {"status": S.UNPAID},
        {"status": S.REFUNDED},
        {"company": OTHER_COMPANY},
        {"stake": percent(20)},
    ],
)
def test_the_buyer_of_a_sale_stays_withholding_agent(changes):
    """Who pays a price withholds from it."""
    decision = judge(apply(), [record(**changes)])
    assert told(decision) == ((Addressee.TAXPAYER, Addressee.WITHHOLDING_AGENT), Step.PAY_OR_FILE)


NOTHING_SETTLED = {
    "E-07": [record(S.UNPAID)],
    "E-10": [record(company=OTHER_COMPANY)],
    "E-11": [record(stake=percent(20))],
    "E-16": [record(S.NEVER_ISSUED)],
    "E-19": [record(taxpayer=None)],
    "E-20": [record(S.REFUNDED)],
    "E-23": [],
}


@pytest.mark.rows("E-07", "E-10", "E-11", "E-16", "E-19", "E-20", "E-23")
@pytest.mark.parametrize("kind", [K.INHERITANCE, K.LEGACY])
@pytest.mark.parametrize("row", NOTHING_SETTLED)
def test_heir_and_legatee_are_told_and_the_dead_are_not(kind, row):
    """No notice goes to the dead transferor; the heir or legatee is told, not as an agent."""
    decision = judge(apply(deal(kind)), NOTHING_SETTLED[row])
    assert row in {name for item in decision.deciding for name in item.rows}
    told_to = [notice for notice in notices(decision) if notice.items]
    assert [notice.addressee for notice in told_to] == [BUYER.masked]
    assert all(item.withholding_agent is None for notice in told_to for item in notice.items)
    assert HOLDER.masked not in {notice.addressee for notice in notices(decision)}


@pytest.mark.rows("E-23")
@pytest.mark.parametrize("kind", [K.GIFT, K.DIVORCE_SPLIT, K.NOMINEE_RESTORATION])
def test_the_living_giver_is_told_beside_the_donee(kind):
    """Both sides of a gift, a divorce split or a restoration are there to be told."""
    decision = judge(apply(deal(kind)), [])
    expect(decision, NOTIFY_HOLD, "E-23")
    told_to = {notice.addressee for notice in notices(decision) if notice.items}
    assert told_to == {HOLDER.masked, BUYER.masked}


@pytest.mark.rows("E-23")
@pytest.mark.parametrize("kind", [K.INHERITANCE, K.LEGACY])
def test_the_inquiry_still_asks_about_the_dead_transferor(kind):
    """Whom the notice reaches changes nothing in whose tax is looked up."""
    application = apply(deal(kind))
    assert [item.person for item in equity_transfer.inquiries(application)] == [HOLDER]
    expect(judge(application), PASS, "E-03")


# Stakes ---------------------------------------------------------------------------------------


@pytest.mark.rows("E-11", "E-03")
@pytest.mark.parametrize(
    ("stakes", "row", "larger"),
    [
        ([20], "E-11", False),
        (["29.9999"], "E-11", False),
        ([30], "E-03", False),
        (["30.0001"], "E-03", True),
        ([20, 10], "E-03", False),
        ([20, 9], "E-11", False),
        ([20, 20], "E-03", True),
        (["0.1", "0.2", "29.7"], "E-03", False),
    ],
)
def test_stakes_add_up_exactly(stakes, row, larger):
    """Below the stake applied for held for the difference, above it passed with a remark."""
    decision = judge(apply(), parts(*stakes))
    expect(decision, PASS if row == "E-03" else NOTIFY_HOLD, row)
    assert (Flag.STAKE_LARGER_THAN_APPLIED in decision.flags) is larger


@pytest.mark.rows("E-11")
def test_very_fine_stakes_lose_nothing_in_the_sum():
    """Twenty digits behind the point still count."""
    fine = Decimal("0.00000000000000000001")
    this = deal(stake=percent("30.00000000000000000001"))
    replies = parts(30)
    expect(judge(apply(this), replies), NOTIFY_HOLD, "E-11")
    replies.append(record(stake=percent(str(fine)), voucher_no="V-9"))
    expect(judge(apply(this), replies), PASS, "E-03")


@pytest.mark.rows("E-11")
@pytest.mark.parametrize("status", [S.EXEMPT, S.DECLARED_ZERO, S.DEFERRED])
def test_a_smaller_exemption_or_deferral_is_short_as_well(status):
    """Whatever fulfils the duty has to cover the stake."""
    expect(judge(apply(), [record(status, stake=percent(20))]), NOTIFY_HOLD, "E-11")


@pytest.mark.rows("E-03", "E-11")
def test_a_stake_in_another_unit_is_no_key():
    """Amount against percent is not compared; the other keys identify the deal."""
    decision = judge(apply(), [record(stake=amount(1))])
    expect(decision, PASS, "E-03")
    this = deal(stake=amount(500))
    expect(judge(apply(this), [record(of=this, stake=amount(400))]), NOTIFY_HOLD, "E-11")


@pytest.mark.rows("E-11", "E-15")
def test_a_short_paper_in_an_outage_is_an_outage():
    """What a verified paper leaves open nobody could ask for."""
    decision = judge(apply(papers=(paper(verified=True, stake=percent(20)),)), DOWN)
    expect(decision, CANNOT_VERIFY, "E-15")


@pytest.mark.rows("E-11", "E-20")
def test_what_a_refund_leaves_is_used_and_too_little():
    """Something valid is left, so the row is that of the smaller stake, option or not."""
    replies = [*parts(20, 10), record(S.REFUNDED, voucher_no="V-9", cancels="V-1")]
    expect(judge(apply(), replies, ("equity_strict",)), NOTIFY_HOLD, "E-11")


@pytest.mark.rows("E-20", "E-03")
def test_a_refund_cancels_only_the_voucher_it_names():
    """What is left covers the deal, or nothing is left."""
    refund = record(S.REFUNDED, voucher_no="V-9", cancels="V-0")
    expect(judge(apply(), [*parts(30, 30), refund]), PASS, "E-03")
    expect(judge(apply(), [*parts(30), refund], ("equity_strict",)), NOTIFY_REFUSE, "E-20")


@pytest.mark.rows("E-19", "E-20")
def test_a_refund_that_names_no_voucher_leaves_everything_in_doubt():
    """It may be about any of them."""
    refund = record(S.REFUNDED, voucher_no=None)
    expect(judge(apply(), [*parts(30), refund]), NOTIFY_HOLD, "E-19")


@pytest.mark.rows("E-20", "E-19", "E-03")
def test_a_refund_that_names_no_deal_counts_for_the_voucher_it_names():
    """Naming this deal's voucher it ends it; naming another one it says nothing here."""
    strict = ("equity_strict",)
    ours = record(S.REFUNDED, voucher_no="V-9", cancels="V-0", **NO_KEYS)
    other = record(S.REFUNDED, voucher_no="V-9", cancels="V-8", **NO_KEYS)
    nothing = record(S.REFUNDED, voucher_no=None, **NO_KEYS)
    expect(judge(apply(), [*parts(30), ours], strict), NOTIFY_REFUSE, "E-20")
    expect(judge(apply(), [*parts(30), other], strict), PASS, "E-03")
    expect(judge(apply(), [other], strict), NOTIFY_HOLD, "E-19")
    expect(judge(apply(), [nothing], strict), NOTIFY_HOLD, "E-19")


# Vouchers used before -------------------------------------------------------------------------


@pytest.mark.rows("E-11", "E-10", "E-03")
@pytest.mark.parametrize(
    ("stake", "used", "row"),
    [
        (50, [20], "E-03"),
        (50, ["20.1"], "E-11"),
        (50, [10, 10], "E-03"),
        (50, [10, 11], "E-11"),
        (50, [50], "E-10"),
        (50, [60], "E-10"),
        (30, [30], "E-10"),
    ],
)
def test_what_earlier_registrations_used_is_taken_off(stake, used, row):
    """A voucher is good for its stake once; used up, it is a voucher of other deals."""
    uses = tuple(VoucherUse(voucher_no="V-1", stake=percent(item)) for item in used)
    decision = judge(apply(vouchers_used=uses), [record(stake=percent(stake))])
    expect(decision, PASS if row == "E-03" else NOTIFY_HOLD, row)
    assert Flag.STAKE_LARGER_THAN_APPLIED not in decision.flags


@pytest.mark.rows("E-03")
def test_the_use_of_another_voucher_takes_nothing_off():
    """Uses go by voucher number; a record without one was never entered as used."""
    uses = (VoucherUse(voucher_no="V-2", stake=percent(30)),)
    expect(judge(apply(vouchers_used=uses), [record()]), PASS, "E-03")
    expect(judge(apply(vouchers_used=uses), [record(voucher_no=None)]), PASS, "E-03")


@pytest.mark.rows("E-19")
@pytest.mark.parametrize(
    ("stake", "used"),
    [(None, percent(10)), (percent(50), amount(10)), (amount(50), amount(10))],
)
def test_a_used_voucher_whose_remainder_cannot_be_told_is_a_conflict(stake, used):
    """No stake, or another unit: how much is left is not known."""
    uses = (VoucherUse(voucher_no="V-1", stake=used),)
    decision = judge(apply(vouchers_used=uses), [record(stake=stake)])
    expect(decision, NOTIFY_HOLD, "E-19")
    assert whys(decision) == ["remainder-unknown"]


@pytest.mark.rows("E-10")
def test_a_voucher_used_up_in_another_unit_is_used_up():
    """Its own unit is enough to see that nothing is left."""
    uses = (VoucherUse(voucher_no="V-1", stake=amount(50)),)
    decision = judge(apply(vouchers_used=uses), [record(stake=amount(50))])
    expect(decision, NOTIFY_HOLD, "E-10")
    assert whys(decision) == ["already-used"]


@pytest.mark.rows("E-03", "E-19")
def test_a_used_voucher_with_a_stake_alone_is_measured_by_what_is_left():
    """Fifty, of which twenty were used, and thirty applied for."""
    lone = record(**(NO_KEYS | {"stake": percent(50)}))
    uses = (VoucherUse(voucher_no="V-1", stake=percent(20)),)
    expect(judge(apply(vouchers_used=uses), [lone]), PASS, "E-03")
    expect(judge(apply(), [lone]), NOTIFY_HOLD, "E-19")


# One voucher is counted once ------------------------------------------------------------------


@pytest.mark.rows("E-11")
@pytest.mark.parametrize("number", ["V-1", None])
def test_a_paper_and_its_electronic_record_count_once(number):
    """Fifteen and fifteen that may be the same fifteen are not thirty."""
    half = percent(15)
    application = apply(papers=(paper(verified=True, stake=half, voucher_no=number),))
    expect(judge(application, [record(stake=half, voucher_no=number)]), NOTIFY_HOLD, "E-11")


@pytest.mark.rows("E-11")
def test_papers_without_numbers_are_never_added_to_anything():
    """Neither to one another nor to the source."""
    half = percent(15)
    papers = (
        paper(verified=True, stake=half, voucher_no=None, issued_on=date(2026, 11, 10)),
        paper(verified=True, stake=half, voucher_no=None, issued_on=date(2026, 11, 11)),
    )
    assert judge(apply(papers=papers), DOWN).outcome is CANNOT_VERIFY
    expect(judge(apply(papers=papers), [record(stake=half)]), NOTIFY_HOLD, "E-11")


@pytest.mark.rows("E-03")
def test_a_paper_with_a_number_of_its_own_is_added():
    """Two numbers are two vouchers."""
    half = percent(15)
    application = apply(papers=(paper(verified=True, stake=half, voucher_no="V-2"),))
    expect(judge(application, [record(stake=half, voucher_no="V-1")]), PASS, "E-03")


@pytest.mark.rows("E-11", "E-03")
def test_equal_records_without_numbers_are_one():
    """What the source lists twice, word for word, counts once; different ones add up."""
    half = record(stake=percent(15), voucher_no=None)
    expect(judge(apply(), [half, half]), NOTIFY_HOLD, "E-11")
    other = evolve(half, issued_on=date(2026, 11, 12))
    expect(judge(apply(), [half, other]), PASS, "E-03")


@pytest.mark.rows("E-19")
def test_one_voucher_with_two_stakes_is_a_conflict():
    """Paper and electronic record disagree."""
    application = apply(papers=(paper(verified=True, stake=percent(30)),))
    decision = judge(application, [record(stake=percent(20))])
    expect(decision, NOTIFY_HOLD, "E-19")
    assert whys(decision) == ["stake-differs", "stake-differs"]


@pytest.mark.rows("E-19", "E-03")
def test_a_record_without_a_stake_does_not_fill_up_a_stated_one():
    """Twenty stated and one voucher that says nothing: how much is covered cannot be told."""
    silent = record(stake=None, voucher_no="V-2")
    expect(judge(apply(), [*parts(20), silent]), NOTIFY_HOLD, "E-19")
    expect(judge(apply(), [*parts(30), silent]), PASS, "E-03")
    expect(judge(apply(), [silent]), PASS, "E-03")


@pytest.mark.rows("E-03")
def test_the_stated_stake_of_a_voucher_told_twice_counts():
    """The paper is silent on the stake, the electronic record is not."""
    application = apply(papers=(paper(verified=True, stake=None),))
    expect(judge(application, [record()]), PASS, "E-03")


@pytest.mark.rows("E-03", "E-19")
@pytest.mark.parametrize(
    ("stakes", "prices", "outcome"),
    [
        ((20, 10), (200_000, 100_000), PASS),
        ((20, 10), (300_000, 300_000), PASS),
        ((20, 10), (200_000, 99_999), NOTIFY_HOLD),
        ((20, 10), (200_000, None), PASS),
        ((20, 20), (200_000, 200_000), PASS),
        ((20, 20), (100_000, 100_000), NOTIFY_HOLD),
    ],
)
def test_prices_of_parts_add_up_to_the_deals(stakes, prices, outcome):
    """Together they cover the deal, so together they state its price, or each states all of it."""
    replies = [
        evolve(item, price=None if price is None else Decimal(price))
        for item, price in zip(parts(*stakes), prices, strict=True)
    ]
    decision = judge(apply(), replies)
    expect(decision, outcome, "E-03" if outcome is PASS else "E-19")


# One voucher, several deals of one transferor -------------------------------------------------


def two_deals(first=30, second=20, **changes):
    """Return one transferor's deals with two acquirers, agreed on one day, and their voucher."""
    left = deal(stake=percent(first), price=Decimal(first))
    right = deal(transferee=SECOND_BUYER, stake=percent(second), price=Decimal(second), **changes)
    return left, right


@pytest.mark.rows("E-11", "E-14", "E-03")
@pytest.mark.parametrize(
    ("stake", "outcome", "larger"),
    [(50, PASS, False), (60, PASS, True), (49, NOTIFY_HOLD, False), (30, NOTIFY_HOLD, False)],
)
def test_a_voucher_that_fits_two_deals_has_to_cover_both(stake, outcome, larger):
    """Thirty and twenty out of one voucher of fifty, not of forty-nine."""
    application = apply(*two_deals())
    decision = judge(application, [record(transferee=None, stake=percent(stake))])
    expect(decision, outcome, "E-03" if outcome is PASS else "E-11")
    assert (Flag.STAKE_LARGER_THAN_APPLIED in decision.flags) is larger


@pytest.mark.rows("E-11", "E-14", "E-03")
def test_two_vouchers_that_fit_two_deals_cover_them_together():
    """Which of them is for which deal need not be told as long as they add up."""
    application = apply(*two_deals())
    expect(judge(application, parts(30, 20, transferee=None)), PASS, "E-03")
    expect(judge(application, parts(30, 19, transferee=None)), NOTIFY_HOLD, "E-11")


@pytest.mark.rows("E-11", "E-14", "E-03")
def test_what_fits_one_deal_alone_is_used_for_it_first():
    """A voucher of the first deal leaves the shared one to both as far as needed."""
    application = apply(*two_deals())
    own = record(stake=percent(30), voucher_no="V-7")
    rest = record(transferee=SECOND_BUYER, stake=percent(20), voucher_no="V-8")
    expect(judge(application, [own, rest]), PASS, "E-03")
    shared = record(transferee=None, stake=percent(20), voucher_no="V-9")
    decision = judge(application, [evolve(own, stake=percent(25)), shared])
    expect(decision, NOTIFY_HOLD, "E-11")


@pytest.mark.rows("E-19", "E-14")
@pytest.mark.parametrize("stake", [None, amount(50)])
def test_a_voucher_without_a_stake_that_fits_two_deals_identifies_neither(stake):
    """It is for one of them, or for both; nobody can tell."""
    application = apply(*two_deals())
    decision = judge(application, [record(transferee=None, stake=stake)])
    expect(decision, NOTIFY_HOLD, "E-19")
    assert set(whys(decision)) == {"stake-unclear"}


@pytest.mark.rows("E-19", "E-14")
def test_a_voucher_that_fits_deals_of_two_units_identifies_neither():
    """Percent and amount cannot be added up."""
    left, right = two_deals()
    application = apply(left, evolve(right, stake=amount(20)))
    decision = judge(application, [record(transferee=None, stake=percent(50))])
    expect(decision, NOTIFY_HOLD, "E-19")


@pytest.mark.rows("E-10", "E-14")
def test_a_voucher_of_the_one_deal_is_no_voucher_of_the_other():
    """The second deal of the same transferor has a record of its own, or none."""
    decision = judge(apply(*two_deals()), [record()])
    expect(decision, NOTIFY_HOLD, "E-10")
    (held,) = decision.deciding
    assert held.obligation.subject.endswith("20%")


@pytest.mark.rows("E-11", "E-14")
def test_no_way_of_sharing_vouchers_covers_more_than_they_hold():
    """Whenever all deals pass, some honest allocation of the vouchers covers every deal."""
    sizes = (10, 20, 30)
    for first, second, one, two in itertools.product(sizes, repeat=4):
        left, right = two_deals(first, second)
        for owner in (None, BUYER, SECOND_BUYER):
            replies = [
                record(transferee=None, stake=percent(one), voucher_no="V-1"),
                record(transferee=owner, stake=percent(two), voucher_no="V-2"),
            ]
            passed = judge(apply(left, right), replies).outcome is PASS
            open_left = max(first - (two if owner is BUYER else 0), 0)
            open_right = max(second - (two if owner is SECOND_BUYER else 0), 0)
            free = one + (two if owner is None else 0)
            if passed:
                assert open_left + open_right <= free


# Merging, as far as this checkpoint adds to it ------------------------------------------------


@pytest.mark.rows("E-16")
def test_forged_decides_before_a_good_record():
    """A forged paper beside a paid record still refuses."""
    application = apply(papers=(paper(forgery="票样不符", verified=True),))
    expect(judge(application, [record()]), BLOCK, "E-16")


@pytest.mark.rows("E-16")
def test_a_forged_paper_that_names_a_stranger_still_counts():
    """It was handed in for this application."""
    forged = paper(forgery="票样不符", taxpayer=SECOND_HOLDER)
    expect(judge(apply(papers=(forged,))), BLOCK, "E-16")


@pytest.mark.rows("E-03")
def test_a_verified_paper_beside_no_record_passes():
    """An officer verified it by another channel, which is recorded."""
    item = paper(verified=True)
    assert item.verified_by is Channel.VOUCHER_LOOKUP
    decision = judge(apply(papers=(item,)), [])
    expect(decision, PASS, "E-03")
    (finding,) = decision.findings
    assert [weighed.standing for weighed in finding.obligation.weighed] == [Standing.GOOD]


@pytest.mark.rows("E-03", "E-05")
def test_payment_and_deferral_may_share_a_deal():
    """Part paid, the rest in instalments: both fulfil."""
    replies = [*parts(20), record(S.DEFERRED, stake=percent(10), voucher_no="D-1")]
    expect(judge(apply(), replies), PASS, "E-03")
