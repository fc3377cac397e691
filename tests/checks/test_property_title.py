"""Real-estate checkpoint: named cases per tax row of the specification, section 3.4."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from expect import (
    BLOCK,
    CANNOT_VERIFY,
    NOT_APPLICABLE,
    NOTIFY_HOLD,
    NOTIFY_PROCEED,
    PASS,
    expect,
)
from property_title_cases import (
    AT,
    BUYER,
    COMPANY,
    COURT,
    DAY,
    DEED,
    IIT,
    LVAT,
    OTHER,
    OTHER_UNIT,
    SECOND_BUYER,
    SELLER,
    STRANGER,
    UNIT,
    apply,
    asked,
    by,
    completion,
    good_records,
    half,
    judge,
    paper,
    record,
    request,
    to,
    unit,
)
from taxgate.checks import property_title
from taxgate.checks.property_title.application import Share
from taxgate.checks.property_title.kinds import (
    TAXED_ACTS,
    TRANSFERS,
    Authority,
    ExemptionGround,
    Measure,
    PartyKind,
    PropertyAct,
    RightKind,
    Role,
    Tie,
)
from taxgate.errors import AnswerError, ApplicationError
from taxgate.evidence import Answer, Inquiry, OutageCause
from taxgate.identifiers import Division, UnitCode
from taxgate.parties import IdType, Person
from taxgate.proceedings import SuspicionKind
from taxgate.terms import Addressee, Basis, Effect, Flag, RecordStatus, State, Step, Verdict

A = PropertyAct
R = RightKind
S = RecordStatus
DOWN = OutageCause.TIMEOUT
MISSING = ["unpaid", "none", "mismatch", "invalid"]
RELATIVES = [Tie.SPOUSE, Tie.CLOSE_RELATIVE, Tie.SUPPORTER]


def missing(matter, way, **changes):
    """Return the reply that makes a tax "missing" in one of the four ways."""
    return {
        "unpaid": [record(matter, S.UNPAID, **changes)],
        "none": [],
        "mismatch": [record(matter, **(changes | {"unit": OTHER_UNIT}))],
        "invalid": [record(matter, S.REFUNDED, **changes)],
    }[way]


def relative(tie=Tie.CLOSE_RELATIVE, **changes):
    """Return the buyer as a relative whom the file proves."""
    return to(**({"tie": tie, "proven": True} | changes))


def only(decision, matter):
    """Return the only finding on a tax."""
    (finding,) = [item for item in decision.findings if item.obligation.matter is matter]
    return finding


# Scope matrix, cell by cell --------------------------------------------------------------------

UNTAXED = [act for act in A if act not in (*TAXED_ACTS, A.ASSISTANCE)]
ENTITY_SELLER = {"transferors": (by(COMPANY),)}


@pytest.mark.rows("R-01")
@pytest.mark.parametrize("act", UNTAXED)
def test_r01_acts_with_no_tax_are_not_governed_and_nothing_is_asked(act):
    """A registration with a dash in every column is out of scope and never "verified"."""
    application = apply(act)
    assert property_title.inquiries(application) == ()
    decision = property_title.check(application, at=AT)
    expect(decision, NOT_APPLICABLE, "R-01")
    assert decision.may_complete
    assert not decision.verified


PLAIN = [A.SALE, A.EXCHANGE, A.CONTRIBUTION, A.DEBT_SETTLEMENT, A.ALLOCATION, A.OTHER_TRANSFER]
BUYERS = {(DEED, BUYER)}
SELLERS_INCOME = {(IIT, SELLER)}


@pytest.mark.rows("3.2")
@pytest.mark.parametrize("act", [*PLAIN, A.COURT_TRANSFER, A.TAX_AUCTION])
def test_matrix_paid_transfers_ask_each_side_for_its_own(act):
    """Deed tax of the buyer; income tax of an individual; land tax but for an individual's home."""
    assert asked(apply(act)) == BUYERS | SELLERS_INCOME
    assert asked(apply(act, R.NON_HOUSING)) == BUYERS | SELLERS_INCOME | {(LVAT, SELLER)}
    assert asked(apply(act, **ENTITY_SELLER)) == BUYERS | {(LVAT, COMPANY)}
    assert asked(apply(act, R.NON_HOUSING, **ENTITY_SELLER)) == BUYERS | {(LVAT, COMPANY)}


@pytest.mark.rows("3.2", "R-18", "R-17", "R-30")
def test_matrix_first_registrations():
    """Granted land takes deed tax; other land only where its class is not proven; houses never."""
    for right in (R.GRANTED_LAND, R.OTHER_LAND):
        assert asked(apply(A.FIRST_REGISTRATION, right)) == BUYERS
    for right in (R.HOUSING, R.NON_HOUSING):
        assert asked(apply(A.FIRST_REGISTRATION, right)) == set()
    for right in (
        R.ALLOCATED_LAND,
        R.HOMESTEAD,
        R.COLLECTIVE_LAND,
        R.CONTRACT_LAND,
        R.LAND_OPERATION,
        R.SEA,
        R.FOREST,
    ):
        proven = unit(right, class_proven=True)
        assert asked(apply(A.FIRST_REGISTRATION, units=(proven,))) == set()
        assert asked(apply(A.FIRST_REGISTRATION, right)) == BUYERS


@pytest.mark.rows("3.2")
@pytest.mark.parametrize("right", [R.CONTRACT_LAND, R.LAND_OPERATION, R.SEA, R.FOREST])
def test_matrix_transfer_of_rights_outside_deed_tax(right):
    """Sea and forest ask income tax of an individual; contracted land asks nothing of anybody."""
    application = apply(A.SALE, units=(unit(right, class_proven=True),))
    income = SELLERS_INCOME if right in (R.SEA, R.FOREST) else set()
    assert asked(application) == income
    entity = apply(A.SALE, units=(unit(right, class_proven=True),), **ENTITY_SELLER)
    assert asked(entity) == set()


@pytest.mark.rows("3.2", "R-27")
def test_matrix_family_transfers():
    """Proven relatives are not taxed, but deed tax is asked of each; spouses need a record."""
    for tie in RELATIVES:
        for right in (R.HOUSING, R.NON_HOUSING):
            assert asked(apply(A.GIFT, right, transferees=(relative(tie),))) == BUYERS
    divided = apply(A.MARITAL_DIVISION, R.NON_HOUSING, transferees=(relative(Tie.SPOUSE),))
    assert asked(divided) == BUYERS
    divorced = apply(A.DIVORCE_DIVISION, R.NON_HOUSING, transferees=(relative(Tie.EX_SPOUSE),))
    assert asked(divorced) == BUYERS
    for tie in (Tie.STATUTORY_HEIR, Tie.LEGATEE):
        inherited = apply(A.INHERITANCE, R.NON_HOUSING, transferees=(relative(tie),))
        assert asked(inherited) == BUYERS


@pytest.mark.rows("3.2", "R-28")
def test_matrix_gift_to_a_non_relative():
    """The donee owes deed tax and income tax; land tax is as for a sale."""
    assert asked(apply(A.GIFT)) == BUYERS | {(IIT, BUYER)}
    assert asked(apply(A.GIFT, R.NON_HOUSING)) == BUYERS | {(IIT, BUYER), (LVAT, SELLER)}
    to_entity = apply(A.GIFT, transferees=(to(COMPANY),))
    assert asked(to_entity) == {(DEED, COMPANY)}


@pytest.mark.rows("3.2", "R-32")
@pytest.mark.parametrize("act", [A.EXEMPT_USE_END, A.GRANT_CONVERSION])
def test_matrix_taxed_changes_ask_deed_tax_only(act):
    """A change that is itself taxed asks the holder for deed tax."""
    assert asked(apply(act, R.NON_HOUSING)) == BUYERS


@pytest.mark.rows("3.2")
def test_matrix_exchange_asks_each_side_in_both_roles():
    """In an exchange each side owes deed tax on what it takes and income tax on what it gives."""
    application = apply(
        A.EXCHANGE,
        units=(unit(), unit(code=OTHER_UNIT)),
        transferors=(by(unit=UNIT), by(BUYER, unit=OTHER_UNIT)),
        transferees=(to(unit=UNIT), to(SELLER, unit=OTHER_UNIT)),
    )
    inquiries = {
        (item.matter, item.unit, item.person) for item in property_title.inquiries(application)
    }
    assert inquiries == {
        (DEED, UNIT, BUYER),
        (DEED, OTHER_UNIT, SELLER),
        (IIT, UNIT, SELLER),
        (IIT, OTHER_UNIT, BUYER),
    }
    expect(judge(application), PASS, "R-02")


# Rows ------------------------------------------------------------------------------------------


@pytest.mark.rows("R-02")
@pytest.mark.parametrize("status", [S.PAID, S.REDUCED_PAID, S.EXEMPT, S.NOT_TAXABLE])
def test_r02_all_required_taxes_ok_pass_verified(status):
    """Every OK status of every required tax lets a sale pass."""
    decision = judge(
        apply(right=R.NON_HOUSING),
        deed=[record(DEED, status)],
        iit=[record(IIT, status)],
        lvat=[record(LVAT, status)],
    )
    expect(decision, PASS, "R-02")
    assert decision.may_complete
    assert decision.verified
    assert decision.verdict is Verdict.PASS


@pytest.mark.rows("R-03")
@pytest.mark.parametrize("way", MISSING)
@pytest.mark.parametrize("act", PLAIN)
def test_r03_deed_tax_missing_blocks(act, way):
    """Deed tax missing bars every plain transfer, and no reading softens it."""
    decision = judge(apply(act), ("deed_statutory_exemption_hold",), deed=missing(DEED, way))
    expect(decision, BLOCK, "R-03", matter=DEED)
    assert decision.effect is Effect.REFUSE
    assert not decision.retryable


@pytest.mark.rows("R-04")
@pytest.mark.parametrize("way", ["none", "mismatch"])
@pytest.mark.parametrize(
    "application",
    [
        apply(A.GIFT, transferees=(relative(Tie.SPOUSE),)),
        apply(A.INHERITANCE),
        apply(transferees=(relative(Tie.SPOUSE, exemption=ExemptionGround.SPOUSE),)),
    ],
    ids=["gift-to-spouse", "inheritance", "claimed-in-a-sale"],
)
def test_r04_family_exemption_without_record_blocks_or_holds(application, way):
    """Spouse and statutory heir: refused with "obtain the record"; on hold with the reading."""
    decision = judge(application, deed=missing(DEED, way))
    expect(decision, BLOCK, "R-04")
    assert only(decision, DEED).ruling.row.step is Step.OBTAIN_EXEMPTION_RECORD
    milder = judge(application, ("deed_statutory_exemption_hold",), deed=missing(DEED, way))
    expect(milder, NOTIFY_HOLD, "R-04")


@pytest.mark.rows("R-04")
@pytest.mark.parametrize(
    "application",
    [
        apply(transferees=(to(exemption=ExemptionGround.OTHER),)),
        apply(A.DIVORCE_DIVISION, transferees=(relative(Tie.EX_SPOUSE),)),
    ],
    ids=["school", "divorce"],
)
def test_r04_other_grounds_stay_refused_under_the_reading(application):
    """The reading is for spouse and statutory heir only."""
    for readings in ((), ("deed_statutory_exemption_hold",)):
        decision = judge(application, readings, deed=[])
        expect(decision, BLOCK, "R-04")
        assert only(decision, DEED).ruling.row.step is Step.OBTAIN_EXEMPTION_RECORD


@pytest.mark.rows("R-04", "R-03")
@pytest.mark.parametrize("way", ["unpaid", "invalid"])
def test_r04_unpaid_and_invalid_stay_refused_under_the_reading(way):
    """A claim does not soften a positive debt."""
    decision = judge(
        apply(A.INHERITANCE), ("deed_statutory_exemption_hold",), deed=missing(DEED, way)
    )
    expect(decision, BLOCK, "R-03")


@pytest.mark.rows("R-04", "R-15", "R-16", "R-18")
def test_r04_a_claim_changes_the_step_where_another_row_names_the_act():
    """Grant, auction and legacy with a claim: still refused, but the record is what is missing."""
    claimed = {"transferees": (to(exemption=ExemptionGround.OTHER),)}
    legatee = to(tie=Tie.LEGATEE, proven=True, exemption=ExemptionGround.OTHER)
    for row, application in (
        ("R-18", apply(A.FIRST_REGISTRATION, R.GRANTED_LAND, **claimed)),
        ("R-16", apply(A.COURT_TRANSFER, **claimed)),
        ("R-16", apply(A.TAX_AUCTION, **claimed)),
        ("R-15", apply(A.INHERITANCE, transferees=(legatee,))),
    ):
        decision = judge(application, ("deed_statutory_exemption_hold",), deed=[])
        expect(decision, BLOCK, row, matter=DEED)
        assert only(decision, DEED).ruling.row.step is Step.OBTAIN_EXEMPTION_RECORD
        owed = judge(application, deed=[record(DEED, S.UNPAID)])
        expect(owed, BLOCK, row, matter=DEED)
        assert only(owed, DEED).ruling.row.step is Step.PAY_OR_FILE


@pytest.mark.rows("R-05", "R-25")
def test_r05_r25_zero_return_is_ok_in_an_exchange_only():
    """A zero return of deed tax fulfils an exchange and is a conflict everywhere else."""
    zero = [record(DEED, S.DECLARED_ZERO)]
    expect(judge(apply(A.EXCHANGE), deed=zero), PASS, "R-05", matter=DEED)
    for act in (A.SALE, A.COURT_TRANSFER, A.EXEMPT_USE_END):
        expect(judge(apply(act), deed=zero), NOTIFY_HOLD, "R-25", matter=DEED)


@pytest.mark.rows("R-03", "R-12")
@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"unit": OTHER_UNIT}, id="unit"),
        pytest.param({"role": Role.TRANSFEROR}, id="role"),
        pytest.param({"contract_no": "HT-9999-0001"}, id="contract"),
    ],
)
def test_r03_a_key_that_differs_comes_before_a_name_that_does(other):
    """A voucher of something else is no voucher here, under whatever name; of this, a conflict."""
    variant = Person(BUYER.id_type, BUYER.number, "另一名")
    application = apply(contract_no="HT-2026-0001")
    expect(judge(application, deed=[record(DEED, taxpayer=variant)]), NOTIFY_HOLD, "R-12")
    expect(judge(application, deed=[record(DEED, taxpayer=variant, **other)]), BLOCK, "R-03")
    good = record(DEED, voucher_no="V-2")
    beside = [good, record(DEED, taxpayer=variant, **other)]
    expect(judge(application, deed=beside), PASS, "R-02", matter=DEED)


@pytest.mark.rows("R-06")
@pytest.mark.parametrize("way", MISSING)
@pytest.mark.parametrize("act", PLAIN)
def test_r06_income_tax_missing_holds_or_is_refused(act, way):
    """An individual's income tax missing: on hold; refused with `iit_strict`."""
    reply = missing(IIT, way)
    expect(judge(apply(act), iit=reply), NOTIFY_HOLD, "R-06")
    expect(judge(apply(act), ("iit_strict",), iit=reply), BLOCK, "R-06")


@pytest.mark.rows("R-07")
@pytest.mark.parametrize("status", [S.EXEMPT, S.NOT_TAXABLE, S.DECLARED_ZERO])
def test_r07_income_tax_exempt_not_taxable_or_zero_is_ok(status):
    """Records other than payment fulfil income tax too."""
    expect(judge(apply(), ("iit_strict",), iit=[record(IIT, status)]), PASS, "R-07", matter=IIT)


@pytest.mark.rows("R-08")
@pytest.mark.parametrize("way", ["unpaid", "invalid"])
def test_r08_land_tax_positively_missing_blocks(way):
    """Land appreciation tax known to be owed bars the transfer."""
    decision = judge(apply(right=R.NON_HOUSING), lvat=missing(LVAT, way))
    expect(decision, BLOCK, "R-08")


@pytest.mark.rows("R-09")
@pytest.mark.parametrize("way", ["none", "mismatch"])
def test_r09_land_tax_not_found_holds_whatever_the_readings(way):
    """Land appreciation tax not found is on hold, also with `iit_strict`."""
    reply = missing(LVAT, way)
    expect(judge(apply(right=R.NON_HOUSING), ("iit_strict",), lvat=reply), NOTIFY_HOLD, "R-09")


def answered_with(application, *unasked):
    """Check with every tax paid, and records nobody asked for in one of the answers."""
    answers = [
        Answer(
            inquiry=inquiry,
            records=(*good_records(application, inquiry), *(unasked if number == 0 else ())),
            as_of=AT,
        )
        for number, inquiry in enumerate(property_title.inquiries(application))
    ]
    return property_title.check(application, answers, at=AT)


@pytest.mark.rows("R-10")
def test_r10_other_taxes_are_never_asked_and_their_absence_says_nothing():
    """VAT and the rest: no inquiry, no finding; "invalid" is no report of a debt either."""
    application = apply()
    assert OTHER not in {item.matter for item in property_title.inquiries(application)}
    decision = answered_with(application, record(OTHER, S.REFUNDED))
    expect(decision, PASS)
    assert OTHER not in {item.obligation.matter for item in decision.findings}
    assert "R-10" in {row for item in decision.silent for row in item.rows}


@pytest.mark.rows("R-11")
@pytest.mark.parametrize("taxpayer", [SELLER, BUYER, None])
def test_r11_other_taxes_reported_unpaid_inform_and_go_on(taxpayer):
    """VAT reported unpaid unasked: inform, proceed."""
    decision = answered_with(apply(), record(OTHER, S.UNPAID, taxpayer=taxpayer))
    expect(decision, NOTIFY_PROCEED, "R-11")
    assert decision.may_complete


@pytest.mark.rows("R-11")
@pytest.mark.parametrize(
    "changes",
    [
        {"taxpayer": STRANGER},
        {"unit": OTHER_UNIT},
        {"unit": None, "contract_no": "N-9"},
    ],
    ids=["stranger", "other-unit", "other-contract"],
)
def test_r11_reports_on_others_are_not_heard(changes):
    """VAT of another person, unit or deal is nobody's business here."""
    expect(answered_with(apply(), record(OTHER, S.UNPAID, **changes)), PASS)


@pytest.mark.rows("R-11")
def test_r11_a_report_names_its_source_and_time():
    """The notice says who reported it and when, whatever that answer was about."""
    application = apply()
    for place in (0, 1):
        answers = [
            Answer(
                inquiry=inquiry,
                records=(
                    *good_records(application, inquiry),
                    *((record(OTHER, S.UNPAID),) if number == place else ()),
                ),
                as_of=AT - timedelta(minutes=number),
                source=f"source-{number}",
            )
            for number, inquiry in enumerate(property_title.inquiries(application))
        ]
        decision = property_title.check(application, answers, at=AT)
        answer = only(decision, OTHER).obligation.answer
        assert answer is not None
        assert (answer.source, answer.as_of) == (
            f"source-{place}",
            AT - timedelta(minutes=place),
        )
        (notice,) = [item for item in decision.notices("en") if item.addressee == SELLER.masked]
        assert f"source-{place}" in notice.text


@pytest.mark.rows("R-11")
def test_r11_a_report_is_told_only_to_whom_it_surely_means():
    """Another name on the number is no identity; without taxpayer the deal must be named."""
    variant = Person(SELLER.id_type, SELLER.number, "另一名")
    expect(answered_with(apply(), record(OTHER, S.UNPAID, taxpayer=variant)), PASS)
    bare = {"taxpayer": None, "unit": None}
    expect(answered_with(apply(), record(OTHER, S.UNPAID, **bare)), PASS)
    dealt = apply(contract_no="N-1")
    for keys in ({"taxpayer": None}, bare | {"contract_no": "N-1"}):
        decision = answered_with(dealt, record(OTHER, S.UNPAID, **keys))
        expect(decision, NOTIFY_PROCEED, "R-11")
    expect(answered_with(apply(), record(OTHER, S.UNPAID, **bare, contract_no="N-1")), PASS)
    named = record(OTHER, S.UNPAID, taxpayer=SELLER, unit=None)
    expect(answered_with(apply(), named), NOTIFY_PROCEED, "R-11")


@pytest.mark.rows("R-12")
@pytest.mark.parametrize("matter", [DEED, IIT, LVAT])
def test_r12_conflict_on_any_required_tax_holds(matter):
    """Paid beside unpaid is a conflict: on hold, whichever tax and role, also when strict."""
    both = [record(matter), record(matter, S.UNPAID, voucher_no="V-2")]
    name = {DEED: "deed", IIT: "iit", LVAT: "lvat"}[matter]
    for act in (A.SALE, A.COURT_TRANSFER, A.TAX_AUCTION):
        decision = judge(apply(act, R.NON_HOUSING), ("iit_strict",), **{name: both})
        expect(decision, NOTIFY_HOLD, "R-12")


@pytest.mark.rows("R-12")
@pytest.mark.parametrize(
    "changes",
    [
        {"unit": None},
        {"taxpayer": None},
        {"taxpayer": Person(IdType.PASSPORT, "P0000002", "另名")},
        {"unit": None, "contract_no": "N-1"},
        {"issued_on": DAY + timedelta(days=1)},
    ],
    ids=["no-key", "no-taxpayer", "name-variant", "contract-not-given", "dated-tomorrow"],
)
def test_r12_a_record_that_cannot_be_matched_is_a_conflict(changes):
    """Neither key, no taxpayer, another name for the number, or a date after the check."""
    expect(judge(apply(), deed=[record(DEED, **changes)]), NOTIFY_HOLD, "R-12", matter=DEED)


@pytest.mark.rows("R-12")
def test_r12_unverified_paper_against_no_record_is_a_conflict_and_verified_it_fulfils():
    """A paper nobody verified holds; once an officer verified it, it counts."""
    unverified = apply(papers=(paper(),))
    expect(judge(unverified, deed=[]), NOTIFY_HOLD, "R-12", matter=DEED)
    decision = judge(apply(papers=(paper(verified=True),)), deed=[])
    expect(decision, PASS, "R-02", matter=DEED)
    assert only(decision, DEED).obligation.basis is Basis.VERIFIED_PAPER


@pytest.mark.rows("R-13")
@pytest.mark.parametrize("name", ["deed", "iit", "lvat"])
@pytest.mark.parametrize("cause", [DOWN, OutageCause.BAD_SIGNATURE])
def test_r13_outage_of_a_required_tax_cannot_be_verified(name, cause):
    """An outage holds, is retryable, and neither passes nor refuses under any reading."""
    readings = ("iit_strict", "deed_statutory_exemption_hold")
    decision = judge(apply(right=R.NON_HOUSING), readings, **{name: cause})
    expect(decision, CANNOT_VERIFY, "R-13")
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("R-13")
def test_r13_a_paper_changes_nothing_unless_verified_and_no_answer_is_an_outage():
    """Unverified paper against an outage: still not verified; verified: fulfilled."""
    expect(judge(apply(papers=(paper(),)), deed=DOWN), CANNOT_VERIFY, "R-13", matter=DEED)
    expect(judge(apply(papers=(paper(verified=True),)), deed=DOWN), PASS, matter=DEED)
    decision = property_title.check(apply(), at=AT)
    expect(decision, CANNOT_VERIFY, "R-13")
    with_debt = judge(apply(), deed=DOWN, iit=[])
    assert not with_debt.retryable


@pytest.mark.rows("R-14")
def test_r14_statutory_heir_with_exempt_record_passes():
    """Inheritance by a statutory heir: the exempt record fulfils deed tax, nothing else is due."""
    decision = judge(apply(A.INHERITANCE), deed=[record(DEED, S.EXEMPT)])
    expect(decision, PASS, "R-14", matter=DEED)
    expect(decision, PASS)


@pytest.mark.rows("R-15")
@pytest.mark.parametrize("way", MISSING)
def test_r15_legacy_to_a_non_heir_without_deed_tax_blocks(way):
    """A legatee who is no heir owes deed tax; no reading softens it; paid passes."""
    application = apply(A.INHERITANCE, transferees=(relative(Tie.LEGATEE),))
    reply = missing(DEED, way)
    expect(judge(application, ("deed_statutory_exemption_hold",), deed=reply), BLOCK, "R-15")
    expect(judge(application), PASS)


AUCTIONS = [
    (A.COURT_TRANSFER, {Flag.INFORM_COURT, Flag.COORDINATE_WITH_COURT}),
    (A.TAX_AUCTION, {Flag.INFORM_TAX_AUTHORITY}),
]


@pytest.mark.rows("R-16")
@pytest.mark.parametrize(("act", "flags"), AUCTIONS)
@pytest.mark.parametrize("way", MISSING)
def test_r16_auction_buyer_is_refused_and_seller_side_only_held(act, flags, way):
    """Buyer's deed tax missing blocks; the seller's taxes hold, whatever `iit_strict` says."""
    application = apply(act, R.NON_HOUSING)
    buyer = judge(application, deed=missing(DEED, way))
    expect(buyer, BLOCK, "R-16")
    assert flags <= set(buyer.flags)
    seller = judge(application, ("iit_strict",), iit=missing(IIT, way), lvat=missing(LVAT, way))
    expect(seller, NOTIFY_HOLD, "R-16", matter=IIT)
    expect(seller, NOTIFY_HOLD, "R-16", matter=LVAT)
    assert flags <= set(seller.flags)
    expect(judge(application), PASS)


@pytest.mark.rows("R-17")
@pytest.mark.parametrize("right", [R.HOUSING, R.NON_HOUSING])
def test_r17_first_registration_of_a_building_passes_by_class(right):
    """No transfer: deed tax is not taxable by class; a note where the land's tax is unknown."""
    decision = property_title.check(apply(A.FIRST_REGISTRATION, right), at=AT)
    expect(decision, PASS, "R-17")
    assert Flag.LAND_DEED_TAX_UNKNOWN in decision.flags
    assert decision.verified
    known = apply(A.FIRST_REGISTRATION, right, land_deed_tax_settled=True)
    assert Flag.LAND_DEED_TAX_UNKNOWN not in property_title.check(known, at=AT).flags


@pytest.mark.rows("R-18")
@pytest.mark.parametrize("way", MISSING)
def test_r18_granted_land_without_deed_tax_blocks(way):
    """First registration of granted land and conversion to it take deed tax."""
    for application in (
        apply(A.FIRST_REGISTRATION, R.GRANTED_LAND),
        apply(A.GRANT_CONVERSION, R.ALLOCATED_LAND),
    ):
        expect(judge(application, deed=missing(DEED, way)), BLOCK, "R-18")
        expect(judge(application), PASS)


def developer(**changes):
    """Return the sale of a new home by its developer."""
    return apply(transferors=(by(COMPANY),), developer_sale=True, **changes)


@pytest.mark.rows("R-19")
@pytest.mark.parametrize("way", ["unpaid", "invalid"])
def test_r19_developers_land_tax_arrears_hold_or_pass_on_the_list(way):
    """Arrears hold the developer and escalate; on the legacy list the buyer passes."""
    reply = missing(LVAT, way, taxpayer=COMPANY)
    decision = judge(developer(), lvat=reply)
    expect(decision, NOTIFY_HOLD, "R-19")
    assert Flag.ESCALATE in decision.flags
    expect(judge(developer(listed_project=True), lvat=reply), PASS, "R-19", matter=LVAT)
    expect(judge(developer(listed_project=True), lvat=reply), PASS)


@pytest.mark.rows("R-19")
def test_r19_developers_other_arrears_reported_unasked():
    """VAT arrears of the developer hold; on the list they pass; the buyer's own only inform."""
    report = record(OTHER, S.UNPAID, taxpayer=COMPANY)
    decision = answered_with(developer(), report)
    expect(decision, NOTIFY_HOLD, "R-19")
    assert Flag.ESCALATE in decision.flags
    expect(answered_with(developer(listed_project=True), report), PASS)
    expect(
        answered_with(developer(), record(OTHER, S.UNPAID, taxpayer=BUYER)), NOTIFY_PROCEED, "R-11"
    )


@pytest.mark.rows("R-19")
def test_r19_a_debt_reported_beside_another_question_is_heard():
    """Land tax reported unpaid in the answer about deed tax contradicts the paid record."""
    decision = answered_with(
        developer(), record(LVAT, S.UNPAID, taxpayer=COMPANY, voucher_no="V-2")
    )
    expect(decision, NOTIFY_HOLD, "R-12", matter=LVAT)


@pytest.mark.rows("R-20")
def test_r20_the_worst_of_several_parties_decides_and_each_learns_its_own():
    """Two buyers, one without deed tax: refused as a whole; only that one is told of it."""
    application = apply(transferees=(to(share=half()), to(SECOND_BUYER, share=half())))
    paid = [record(DEED, share=half())]
    decision = judge(application, deed=paid)
    expect(decision, BLOCK, "R-03")
    deciding = {item.obligation.party for item in decision.deciding}
    assert deciding == {SECOND_BUYER}
    for notice in decision.notices("en"):
        for item in notice.items:
            assert notice.addressee == SECOND_BUYER.masked
            assert BUYER.masked not in item.reason
    both = [*paid, record(DEED, share=half(), taxpayer=SECOND_BUYER, voucher_no="V-2")]
    expect(judge(application, deed=both), PASS)


@pytest.mark.rows("R-20")
def test_r20_co_sellers_are_asked_each():
    """Two individual sellers, one without income tax: on hold for that one."""
    application = apply(transferors=(by(), by(STRANGER)))
    decision = judge(application, iit=[record(IIT)])
    expect(decision, NOTIFY_HOLD, "R-06")
    assert {item.obligation.party for item in decision.deciding} == {STRANGER}


@pytest.mark.rows("R-21")
def test_r21_another_price_on_a_record_of_this_deal_is_a_conflict():
    """Keys match but the price differs: on hold; the share's part of the price is no difference."""
    priced = unit(price=Decimal(900000))
    application = apply(units=(priced,))
    expect(judge(application, deed=[record(DEED, price=Decimal(500000))]), NOTIFY_HOLD, "R-21")
    expect(judge(application, deed=[record(DEED, price=Decimal(900000))]), PASS)
    third = Share(part=1, of=3)
    shared = apply(
        units=(unit(price=Decimal(1000000)),),
        transferors=(by(share=third),),
        transferees=(to(share=third),),
    )
    part = record(DEED, price=Decimal("333333.33"), share=third)
    expect(judge(shared, deed=[part]), PASS, matter=DEED)
    unpaid = record(DEED, S.UNPAID, price=Decimal(500000))
    expect(judge(application, deed=[unpaid]), BLOCK, "R-03")


@pytest.mark.rows("R-22")
def test_r22_refunded_deed_tax_reused_blocks():
    """A voucher whose tax was refunded is invalid, electronic or on paper."""
    refunded = record(DEED, S.REFUNDED, voucher_no="R-1", cancels="V-1")
    expect(judge(apply(), deed=[record(DEED), refunded]), BLOCK, "R-22")
    application = apply(papers=(paper(verified=True),))
    expect(judge(application, deed=[refunded]), BLOCK, "R-22")


@pytest.mark.rows("R-23")
@pytest.mark.parametrize("matter", [DEED, IIT, LVAT])
def test_r23_suspected_forgery_blocks_and_is_reported(matter):
    """An officer's suspicion on any required tax refuses, with a written report."""
    forged = paper(matter=matter, forgery="编号与票样不符")
    application = apply(right=R.NON_HOUSING, papers=(forged,))
    decision = judge(application, ("deed_statutory_exemption_hold",))
    expect(decision, BLOCK, "R-23", matter=matter)
    (report,) = decision.referrals
    assert report.kind is SuspicionKind.FORGED_VOUCHER


@pytest.mark.rows("R-23")
@pytest.mark.parametrize("keys", [{}, {"unit": None, "taxpayer": None}], ids=["keyed", "bare"])
def test_r23_never_issued_says_the_tax_authority(keys):
    """The tax authority's own answer "never issued" is enough, with or without keys."""
    decision = judge(apply(), deed=[record(DEED, S.NEVER_ISSUED, **keys)])
    expect(decision, BLOCK, "R-23")
    assert decision.referrals


@pytest.mark.rows("R-23")
def test_r23_a_forged_paper_of_one_buyer_is_not_told_of_the_other():
    """The suspicion is judged for the party the paper names; one naming nobody here, for all."""
    buyers = {"transferees": (to(share=half()), to(SECOND_BUYER, share=half()))}
    one = apply(papers=(paper(forgery="涂改"),), **buyers)
    decision = judge(one)
    expect(decision, BLOCK, "R-23")
    assert {item.obligation.party for item in decision.deciding} == {BUYER}
    stranger = apply(papers=(paper(forgery="涂改", taxpayer=STRANGER),), **buyers)
    assert {item.obligation.party for item in judge(stranger).deciding} == {BUYER, SECOND_BUYER}


@pytest.mark.rows("R-24")
def test_r24_outside_shanxi_or_before_the_day_is_not_applicable():
    """Territory by the registrar, time by the day of handling; never verified."""
    elsewhere = UnitCode("119999001001GB00001F00010001")
    outside = apply(division=Division("110100"), units=(unit(code=elsewhere),))
    decision = property_title.check(outside, at=AT)
    expect(decision, NOT_APPLICABLE, "R-24")
    assert not decision.verified
    assert property_title.inquiries(outside) == ()
    early = property_title.check(apply(handled_on=date(2024, 1, 31)), at=AT)
    expect(early, NOT_APPLICABLE, "R-24")
    assert Flag.NATIONAL_LAW_STILL_BINDS in early.flags
    straddling = apply(application_date=date(2024, 1, 31), handled_on=date(2024, 2, 1))
    expect(property_title.check(straddling, at=AT), CANNOT_VERIFY, "R-13")


@pytest.mark.rows("R-24")
def test_r24_a_unit_outside_shanxi_is_an_input_error():
    """A registrar in Shanxi cannot register a unit whose code does not begin with 14."""
    with pytest.raises(ApplicationError, match="outside Shanxi"):
        apply(units=(unit(code=UnitCode("119999001001GB00001F00010001")),))


@pytest.mark.rows("R-26")
@pytest.mark.parametrize("way", ["none", "mismatch"])
def test_r26_no_voucher_per_unit_is_expected_of_a_developer(way):
    """A developer's land tax not found says nothing; an ordinary company's holds."""
    reply = missing(LVAT, way, taxpayer=COMPANY)
    expect(judge(developer(), lvat=reply), PASS, "R-26", matter=LVAT)
    expect(judge(developer(), lvat=reply), PASS)
    ordinary = apply(transferors=(by(COMPANY),))
    expect(judge(ordinary, lvat=reply), NOTIFY_HOLD, "R-09")


@pytest.mark.rows("R-27")
@pytest.mark.parametrize(
    ("act", "tie"),
    [
        *((A.GIFT, tie) for tie in RELATIVES),
        (A.MARITAL_DIVISION, Tie.SPOUSE),
        (A.DIVORCE_DIVISION, Tie.EX_SPOUSE),
        (A.INHERITANCE, Tie.STATUTORY_HEIR),
        (A.INHERITANCE, Tie.LEGATEE),
    ],
)
def test_r27_proven_ties_are_not_taxed_and_unproven_ones_are_asked(act, tie):
    """Proven: income and land tax by class, unasked. Not proven: asked, and missing holds."""
    proven = judge(apply(act, R.NON_HOUSING, transferees=(relative(tie),)), iit=[], lvat=[])
    expect(proven, PASS, "R-27", matter=IIT)
    unproven = apply(act, R.NON_HOUSING, transferees=(relative(tie, proven=False),))
    decision = judge(unproven, iit=[], lvat=[])
    row = "R-28" if act is A.GIFT else "R-06"
    expect(decision, NOTIFY_HOLD, row, matter=IIT)
    expect(judge(unproven, ("iit_strict",), iit=[], lvat=[]), BLOCK, row, matter=IIT)
    if act in (A.GIFT, A.MARITAL_DIVISION):
        expect(proven, PASS, "R-27", matter=LVAT)
        expect(decision, NOTIFY_HOLD, "R-09", matter=LVAT)


@pytest.mark.rows("R-27")
def test_r27_a_debt_reported_against_a_class_is_a_conflict():
    """A positive "unpaid" against a proven tie holds, though nobody asked."""
    application = apply(A.GIFT, transferees=(relative(),))
    decision = answered_with(application, record(IIT, S.UNPAID, taxpayer=BUYER))
    expect(decision, NOTIFY_HOLD, "R-12", matter=IIT)


@pytest.mark.rows("R-27", "R-23")
def test_r27_a_forged_paper_of_a_tax_outside_by_class_is_reported_and_refuses_nothing():
    """Nobody needed that paper: only the referral follows; without the proof it refuses."""
    forged = paper(matter=IIT, taxpayer=BUYER, forgery="涂改")
    decision = judge(apply(A.GIFT, transferees=(relative(),), papers=(forged,)))
    expect(decision, PASS, "R-27", matter=IIT)
    assert decision.may_complete
    (report,) = decision.referrals
    assert report.matter is IIT
    unproven = apply(A.GIFT, transferees=(relative(proven=False),), papers=(forged,))
    expect(judge(unproven), BLOCK, "R-23", matter=IIT)
    owed = {"verified": True, "matter": IIT, "taxpayer": BUYER, "status": S.UNPAID}
    doubted = apply(A.GIFT, transferees=(relative(),), papers=(paper(**owed),))
    expect(judge(doubted), NOTIFY_HOLD, "R-12", matter=IIT)
    both = apply(A.GIFT, transferees=(relative(),), papers=(paper(**owed, forgery="涂改"),))
    expect(judge(both), PASS, "R-27", matter=IIT)


@pytest.mark.rows("R-28")
@pytest.mark.parametrize("way", MISSING)
def test_r28_donees_income_tax_missing_holds_or_is_refused(way):
    """A gift to a non-relative: the donee is told; `iit_strict` refuses."""
    reply = missing(IIT, way, taxpayer=BUYER)
    decision = judge(apply(A.GIFT), iit=reply)
    expect(decision, NOTIFY_HOLD, "R-28")
    assert only(decision, IIT).obligation.party == BUYER
    expect(judge(apply(A.GIFT), ("iit_strict",), iit=reply), BLOCK, "R-28")


@pytest.mark.rows("R-29")
@pytest.mark.parametrize("matter", [DEED, IIT, LVAT])
def test_r29_a_deferral_holds(matter):
    """Deferred is neither paid nor refused, also when strict."""
    name = {DEED: "deed", IIT: "iit", LVAT: "lvat"}[matter]
    for act in (A.SALE, A.CONTRIBUTION, A.COURT_TRANSFER):
        decision = judge(
            apply(act, R.NON_HOUSING),
            ("iit_strict",),
            **{name: [record(matter, S.DEFERRED)]},
        )
        expect(decision, NOTIFY_HOLD, "R-29")


@pytest.mark.rows("R-29")
def test_r29_an_instalment_plan_for_a_contribution_in_kind_is_ok():
    """Income tax in instalments filed for this very contribution fulfils; at a sale it does not."""
    plan = [record(IIT, S.DEFERRED, instalment_plan=True)]
    expect(judge(apply(A.CONTRIBUTION), ("iit_strict",), iit=plan), PASS, "R-29", matter=IIT)
    expect(judge(apply(A.SALE), iit=plan), NOTIFY_HOLD, "R-29")
    other = [record(IIT, S.DEFERRED, instalment_plan=True, unit=OTHER_UNIT)]
    expect(judge(apply(A.CONTRIBUTION), iit=other), NOTIFY_HOLD, "R-06")


@pytest.mark.rows("R-30")
@pytest.mark.parametrize("right", [R.ALLOCATED_LAND, R.HOMESTEAD, R.COLLECTIVE_LAND, R.SEA])
def test_r30_class_proven_passes_and_unproven_holds(right):
    """First registration outside deed tax: proven passes unasked; not proven shows its ground."""
    proven = apply(A.FIRST_REGISTRATION, units=(unit(right, class_proven=True),))
    decision = property_title.check(proven, at=AT)
    expect(decision, PASS, "R-30")
    assert only(decision, DEED).obligation.facts.state is State.NOT_TAXABLE
    unproven = apply(A.FIRST_REGISTRATION, right)
    held = judge(unproven, deed=[])
    expect(held, NOTIFY_HOLD, "R-30")
    assert only(held, DEED).ruling.row.step is Step.SHOW_GROUND
    expect(judge(unproven, deed=[record(DEED, S.NOT_TAXABLE)]), PASS, "R-30")
    expect(judge(unproven, deed=DOWN), CANNOT_VERIFY, "R-13")


@pytest.mark.rows("R-30")
@pytest.mark.parametrize("right", [R.CONTRACT_LAND, R.LAND_OPERATION, R.SEA, R.FOREST])
def test_r30_transfer_of_rights_outside_deed_tax(right):
    """A transfer of such a right: not proven holds, proven passes."""
    expect(judge(apply(right=right), deed=[]), NOTIFY_HOLD, "R-30")
    proven = apply(units=(unit(right, class_proven=True),))
    expect(judge(proven), PASS, "R-30", matter=DEED)


@pytest.mark.rows("R-31")
def test_r31_the_consolidated_flag_proves_what_it_names_and_nothing_else():
    """Named taxes and parties are OK; any other required tax is not found."""
    application = apply(right=R.NON_HOUSING)
    everything = completion((DEED, BUYER), (IIT, SELLER), (LVAT, SELLER))
    expect(judge(application, deed=[everything], iit=[], lvat=[]), PASS, "R-02")
    partly = completion((DEED, BUYER), (LVAT, SELLER))
    decision = judge(application, deed=[partly], iit=[], lvat=[])
    expect(decision, NOTIFY_HOLD, "R-06")
    assert only(decision, IIT).obligation.facts.state is State.NONE_FOUND
    expect(judge(application, deed=[completion()], iit=[], lvat=[]), BLOCK, "R-03")
    other_deal = completion((DEED, BUYER), (IIT, SELLER), unit=OTHER_UNIT)
    expect(judge(application, deed=[other_deal], lvat=[]), BLOCK, "R-03")
    variant = completion((DEED, Person(IdType.PASSPORT, "P0000002", "另名")))
    expect(judge(application, deed=[variant]), NOTIFY_HOLD, "R-12")


@pytest.mark.rows("R-31")
def test_r31_a_consolidated_flag_on_paper_counts_once_verified():
    """Handed in on paper, the flag is a conflict until an officer verified it."""
    flag = completion((DEED, BUYER))
    unverified = property_title.Paper(record=flag)
    expect(judge(apply(papers=(unverified,)), deed=[]), NOTIFY_HOLD, "R-12", matter=DEED)
    verified = property_title.Paper(record=flag, verified_by="voucher-lookup")
    decision = judge(apply(papers=(verified,)), deed=[], iit=[])
    expect(decision, PASS, matter=DEED)
    expect(decision, NOTIFY_HOLD, "R-06", matter=IIT)


@pytest.mark.rows("R-32")
@pytest.mark.parametrize("way", MISSING)
def test_r32_make_up_deed_tax_missing_after_an_exempt_use_holds(way):
    """The end of an exempt use is no registration of title: on hold, not refused."""
    application = apply(A.EXEMPT_USE_END, transferees=(to(exemption=ExemptionGround.OTHER),))
    for readings in ((), ("deed_statutory_exemption_hold",)):
        expect(judge(application, readings, deed=missing(DEED, way)), NOTIFY_HOLD, "R-32")
    expect(judge(application), PASS)


# Row ids, ways out, addressees ------------------------------------------------------------------


def rows_of(decision, matter):
    """Return the rows of the only finding on a tax."""
    return set(only(decision, matter).rows)


@pytest.mark.rows("R-12", "R-21", "R-25")
def test_a_conflict_names_the_row_it_is_about():
    """Price, zero return and any other conflict stand under a row of their own."""
    application = apply(right=R.NON_HOUSING, units=(unit(R.NON_HOUSING, price=Decimal(900000)),))
    for name, matter in (("deed", DEED), ("iit", IIT), ("lvat", LVAT)):
        priced = judge(application, **{name: [record(matter, price=Decimal(1))]})
        expect(priced, NOTIFY_HOLD, "R-21", matter=matter)
        assert rows_of(priced, matter) == {"R-12", "R-21"}
        both = [record(matter), record(matter, S.UNPAID, voucher_no="V-2")]
        assert rows_of(judge(application, **{name: both}), matter) == {"R-12"}
    zero = judge(application, deed=[record(DEED, S.DECLARED_ZERO)])
    assert rows_of(zero, DEED) == {"R-12", "R-25"}


@pytest.mark.rows("R-27", "R-31", "R-06", "R-09")
def test_a_plain_sale_without_record_names_neither_ties_nor_completion_flags():
    """Rows on ties and on the consolidated flag stand where there is one."""
    decision = judge(apply(right=R.NON_HOUSING), deed=[], iit=[], lvat=[])
    assert rows_of(decision, DEED) == {"R-03"}
    assert rows_of(decision, IIT) == {"R-06"}
    assert rows_of(decision, LVAT) == {"R-09"}
    unproven = apply(A.GIFT, R.NON_HOUSING, transferees=(relative(proven=False),))
    gift = judge(unproven, iit=[], lvat=[])
    assert rows_of(gift, IIT) == {"R-27", "R-28"}
    assert rows_of(gift, LVAT) == {"R-09", "R-27"}
    assert rows_of(judge(apply(A.GIFT), iit=[]), IIT) == {"R-28"}
    told = judge(apply(), iit=[record(IIT, S.NOT_TAXABLE)])
    assert rows_of(told, IIT) == {"R-02", "R-07"}


def ways(decision, matter):
    """Return the ways out on a tax, as names."""
    (remedy,) = [item for item in decision.remedies() if item.obligation.matter is matter]
    return [[action.name for action in way] for way in remedy.ways]


@pytest.mark.rows("R-03", "R-04", "R-30", "R-27", "R-29", "R-11", "R-19")
def test_ways_out_fit_what_is_missing():
    """Nobody is told to pay where a record, a ground or a proof is what is missing."""
    pay, exempt = ["file-and-pay"], ["obtain-exemption-record"]
    assert ways(judge(apply(), deed=[]), DEED) == [pay, exempt]
    assert ways(judge(apply(A.INHERITANCE), deed=[]), DEED) == [exempt]
    homestead = apply(A.FIRST_REGISTRATION, R.HOMESTEAD)
    assert ways(judge(homestead, deed=[]), DEED) == [exempt, ["show-class"]]
    unproven = apply(A.GIFT, R.NON_HOUSING, transferees=(relative(proven=False),))
    gift = judge(unproven, iit=[], lvat=[])
    for matter in (IIT, LVAT):
        assert ways(gift, matter) == [pay, exempt, ["prove-relation"]]
    deferred = [record(IIT, S.DEFERRED)]
    assert ways(judge(apply(A.CONTRIBUTION), iit=deferred), IIT) == [pay, ["file-plan"]]
    assert ways(judge(apply(), iit=deferred), IIT) == [pay]
    for application, taxpayer in ((apply(), SELLER), (developer(), COMPANY)):
        reported = answered_with(application, record(OTHER, S.UNPAID, taxpayer=taxpayer))
        assert ways(reported, OTHER) == [["settle-other-tax"]]


@pytest.mark.rows("R-13", "R-06", "R-12", "R-11")
def test_nothing_is_told_to_the_deceased():
    """Outage, missing record, conflict, report on the deceased: told to the heirs instead."""
    heirs = (
        to(tie=Tie.STATUTORY_HEIR, share=half()),
        to(SECOND_BUYER, tie=Tie.LEGATEE, share=half()),
    )
    application = apply(A.INHERITANCE, transferees=heirs)
    told = {BUYER.masked, SECOND_BUYER.masked}
    for reply in (DOWN, [], [record(IIT, S.UNPAID)], [record(IIT), record(IIT, S.UNPAID)]):
        notices = judge(application, iit=reply).notices("zh-CN")
        assert {notice.addressee for notice in notices} == told
    reported = answered_with(application, record(OTHER, S.UNPAID, taxpayer=SELLER))
    assert {notice.addressee for notice in reported.notices("en")} == told
    expect(judge(application, iit=DOWN), CANNOT_VERIFY, "R-13", matter=IIT)


@pytest.mark.rows("R-13")
def test_at_an_inheritance_the_applicant_is_told_of_an_outage_and_each_heir_of_its_own_tax():
    """Who applies is told of the outage; deed tax of one heir stays that heir's."""
    heirs = (
        to(tie=Tie.STATUTORY_HEIR, proven=True, share=half()),
        to(SECOND_BUYER, tie=Tie.STATUTORY_HEIR, proven=True, share=half()),
    )
    outage = judge(apply(A.INHERITANCE, applicant=STRANGER), iit=DOWN)
    expect(outage, PASS)
    unproven = apply(A.INHERITANCE, transferees=(to(tie=Tie.STATUTORY_HEIR),), applicant=STRANGER)
    (notice,) = judge(unproven, iit=DOWN).notices("zh-CN")
    assert notice.addressee == STRANGER.masked
    paid = [record(DEED, S.EXEMPT, share=half())]
    decision = judge(apply(A.INHERITANCE, transferees=heirs), deed=paid)
    given = {notice.addressee: notice for notice in decision.notices("zh-CN")}
    assert given[SECOND_BUYER.masked].items
    assert not given[BUYER.masked].items
    assert SELLER.masked not in given


@pytest.mark.rows("R-16")
def test_r16_the_court_that_asks_is_told_by_name():
    """The notice to the executing court bears the name in its request."""
    order = request(Authority.COURT, Measure.TRANSFER)
    decision = judge(apply(A.COURT_TRANSFER, requests=(order,)), iit=[])
    expect(decision, NOTIFY_HOLD, "R-16")
    assert only(decision, IIT).obligation.authorities == {Addressee.COURT: COURT}


# Matching of records ---------------------------------------------------------------------------


@pytest.mark.rows("R-02", "R-03")
def test_a_record_without_unit_matches_on_person_and_contract():
    """Pre-sale filings have no unit code: the contract number is the key."""
    application = apply(contract_no="N-1")
    matched = record(DEED, unit=None, contract_no="N-1")
    expect(judge(application, deed=[matched]), PASS, "R-02")
    other = record(DEED, unit=None, contract_no="N-2")
    expect(judge(application, deed=[other]), BLOCK, "R-03")
    another_deal = record(DEED, contract_no="N-2")
    expect(judge(application, deed=[another_deal]), BLOCK, "R-03")


@pytest.mark.rows("R-03")
@pytest.mark.parametrize(
    "changes", [{"taxpayer": STRANGER}, {"role": Role.TRANSFEROR}, {"unit": OTHER_UNIT}]
)
def test_another_person_role_or_unit_is_a_mismatch(changes):
    """A record of another party, side or unit counts as none for this one."""
    decision = judge(apply(), deed=[record(DEED, **changes)])
    expect(decision, BLOCK, "R-03")
    assert only(decision, DEED).obligation.facts.state is State.KEY_MISMATCH


@pytest.mark.rows("R-02", "R-03")
def test_shares_on_record_must_add_up_to_the_share_applied_for():
    """Half on record is not the whole; two halves are, unless they are one voucher twice."""
    one = record(DEED, share=half())
    decision = judge(apply(), deed=[one])
    expect(decision, BLOCK, "R-03")
    assert only(decision, DEED).obligation.facts.state is State.KEY_MISMATCH
    expect(judge(apply(), deed=[one, record(DEED, share=half(), voucher_no="V-2")]), PASS)
    expect(judge(apply(), deed=[one, record(DEED, share=half(), issued_on=DAY)]), BLOCK, "R-03")
    unnumbered = record(DEED, share=half(), voucher_no=None)
    expect(judge(apply(), deed=[one, unnumbered]), BLOCK, "R-03")
    half_sold = apply(transferors=(by(share=half()),), transferees=(to(share=half()),))
    expect(judge(half_sold, deed=[one]), PASS)


@pytest.mark.rows("R-12")
def test_shares_nobody_can_compare_are_a_conflict():
    """A share above the whole, or one the application does not state, is for the bureau to say."""
    impossible = record(DEED, share=Share(part=3, of=2))
    expect(judge(apply(), deed=[impossible]), NOTIFY_HOLD, "R-12")
    jointly = apply(transferees=(to(), to(SECOND_BUYER)))
    replies = [record(DEED, share=half()), record(DEED, taxpayer=SECOND_BUYER, voucher_no="V-2")]
    expect(judge(jointly, deed=replies), NOTIFY_HOLD, "R-12")


@pytest.mark.rows("R-03")
def test_a_record_that_names_no_deal_cannot_contradict_a_debt():
    """Unpaid stays unpaid beside a paid record without any key."""
    replies = [record(DEED, S.UNPAID), record(DEED, unit=None, voucher_no="V-2")]
    expect(judge(apply(), deed=replies), BLOCK, "R-03")


@pytest.mark.rows("R-12", "R-22")
def test_r12_a_debt_that_names_no_deal_holds_beside_what_is_paid():
    """Paid, and an "unpaid" without keys: a conflict, whatever is refunded beside it."""
    bad = record(status=S.UNPAID, unit=None, contract_no=None, voucher_no="V-9")
    refund = record(status=S.REFUNDED, voucher_no="V-8", cancels="V-2")
    expect(judge(apply(), deed=[record(), bad]), NOTIFY_HOLD, "R-12")
    expect(judge(apply(), deed=[record(), bad, refund]), NOTIFY_HOLD, "R-12")
    own = evolve(refund, cancels="V-1")
    expect(judge(apply(), deed=[record(), bad, own]), BLOCK, "R-22")


@pytest.mark.rows("R-20")
def test_papers_of_other_parties_and_units_are_not_weighed():
    """The co-buyer's paper, or one of the other unit applied for, is no paper of this charge."""
    application = apply(
        units=(unit(), unit(code=OTHER_UNIT)),
        transferees=(to(share=half()), to(SECOND_BUYER, share=half())),
        papers=(paper(verified=True), paper(matter=OTHER)),
    )
    decision = judge(application, deed=[])
    passed = {
        (item.obligation.party, item.obligation.subject)
        for item in decision.findings
        if item.obligation.matter is DEED and item.outcome is PASS
    }
    assert passed == {(BUYER, UNIT.masked)}


# Input errors ----------------------------------------------------------------------------------

BAD = [
    ({"units": ()}, "units"),
    ({"units": (unit(), unit(R.NON_HOUSING))}, "units"),
    ({"transferees": ()}, "transferees"),
    ({"transferors": ()}, "transferors"),
    ({"transferees": (to(unit=OTHER_UNIT),)}, "transferees.unit"),
    ({"transferees": (to(), to())}, "transferees"),
    (
        {"transferees": (to(share=Share(part=2, of=3)), to(SECOND_BUYER, share=half()))},
        "transferees.share",
    ),
    ({"developer_sale": True}, "developer_sale"),
    ({"act": A.GIFT, "developer_sale": True}, "developer_sale"),
    ({"act": A.INHERITANCE, "transferees": (to(tie=Tie.SPOUSE),)}, "transferees.tie"),
    (
        {"act": A.EXCHANGE, "units": (unit(), unit(code=OTHER_UNIT))},
        "transferees",
    ),
]


@pytest.mark.rows("3.2")
@pytest.mark.parametrize(("changes", "path"), BAD)
def test_applications_that_lack_or_contradict_something_are_refused(changes, path):
    """What an act needs and lacks is a named input error, never a verdict."""
    with pytest.raises(ApplicationError) as caught:
        apply(**changes)
    assert caught.value.field == path


@pytest.mark.rows("R-20", "3.2")
def test_r20_shares_given_and_taken_agree():
    """Who buys the whole of a half, or half of the whole, is an input error; unknown is none."""
    halves = (to(share=half()), to(SECOND_BUYER, share=half()))
    for changes, path in (
        ({"transferors": (by(share=half()),)}, "transferees.share"),
        ({"transferors": (by(share=half()),), "transferees": halves}, "transferees.share"),
        ({"transferees": (to(share=half()),)}, "transferors.share"),
        (
            {
                "transferors": (by(share=half()), by(STRANGER, share=half())),
                "transferees": (to(share=half()),),
            },
            "transferors.share",
        ),
    ):
        for act in (A.SALE, A.GIFT, A.COURT_TRANSFER):
            with pytest.raises(ApplicationError) as caught:
                apply(act, **changes)
            assert caught.value.field == path
    for agreed in (
        {"transferors": (by(share=half()),), "transferees": (to(share=half()),)},
        {"transferees": halves},
        {"transferors": (by(), by(STRANGER)), "transferees": (to(share=half()),)},
    ):
        assert apply(**agreed).transferees


@pytest.mark.rows("R-27", "R-14", "3.2")
@pytest.mark.parametrize("tie", [tie for tie in Tie if tie is not Tie.NONE])
def test_r27_a_family_tie_is_one_of_individuals(tie):
    """No company is a relative, spouse or heir, and nobody is one of a company."""
    act = A.INHERITANCE if tie in (Tie.STATUTORY_HEIR, Tie.LEGATEE) else A.GIFT
    assert apply(act, transferees=(to(tie=tie, proven=True),)).transferees
    refused = [{"transferors": (by(), by(COMPANY)), "transferees": (to(tie=tie),)}]
    if tie is Tie.LEGATEE:
        assert apply(act, transferees=(to(COMPANY, tie=tie, proven=True),)).transferees
    else:
        refused.append({"transferees": (to(COMPANY, tie=tie, proven=True),)})
    for changes in refused:
        with pytest.raises(ApplicationError) as caught:
            apply(act, **changes)
        assert caught.value.field == "transferees.tie"
    units = {
        "units": (unit(), unit(code=OTHER_UNIT)),
        "transferors": (by(unit=UNIT), by(COMPANY, unit=OTHER_UNIT)),
    }
    with pytest.raises(ApplicationError):
        apply(act, transferees=(to(tie=tie),), **units)


@pytest.mark.rows("R-27", "3.2")
def test_r27_nobody_has_two_spouses():
    """One spouse for each individual who gives, on each unit and in the whole case."""
    two = (to(tie=Tie.SPOUSE, proven=True), to(SECOND_BUYER, tie=Tie.SPOUSE, proven=True))
    couples = {
        "units": (unit(), unit(code=OTHER_UNIT)),
        "transferees": (evolve(two[0], unit=UNIT), evolve(two[1], unit=OTHER_UNIT)),
    }
    for changes in ({"transferees": two}, couples):
        with pytest.raises(ApplicationError) as caught:
            apply(A.GIFT, **changes)
        assert caught.value.field == "transferees.tie"
    assert apply(A.GIFT, transferors=(by(), by(STRANGER)), transferees=two).transferees


@pytest.mark.rows("3.2")
def test_parts_that_contradict_themselves_are_refused():
    """Shares, prices, kinds and claims are checked where they are made."""
    other = Person(IdType.OTHER, "X-1")
    trader = Person(IdType.USCC, "92149999MA00000019")
    for make in (
        lambda: Share(part=0, of=2),
        lambda: unit(price=Decimal(-1)),
        lambda: unit(price=Decimal("NaN")),
        lambda: by(kind=PartyKind.ENTITY),
        lambda: to(COMPANY, kind=PartyKind.INDIVIDUAL),
        lambda: by(other),
        lambda: by(trader),
        lambda: to(exemption=ExemptionGround.SPOUSE),
        lambda: to(tie=Tie.SPOUSE, exemption=ExemptionGround.STATUTORY_HEIR),
    ):
        with pytest.raises(ApplicationError):
            make()
    assert by(other, kind=PartyKind.INDIVIDUAL).individual
    assert by(trader, kind=PartyKind.INDIVIDUAL).individual
    assert not to(other, kind=PartyKind.ENTITY).individual
    with pytest.raises(AnswerError, match="price"):
        record(price=Decimal("Infinity"))


@pytest.mark.rows("3.2")
def test_every_transfer_is_taxed_and_every_unit_judged():
    """Each unit has its own obligations, and each transfer asks at least for deed tax."""
    application = apply(units=(unit(), unit(code=OTHER_UNIT)))
    assert len(property_title.inquiries(application)) == 4
    for act in TRANSFERS:
        assert asked(apply(act)) >= BUYERS


@pytest.mark.rows("3.2")
def test_inquiries_say_why_they_ask_and_records_of_other_kinds_are_ignored():
    """Office and case travel with the inquiry; a foreign record in an answer says nothing."""
    application = apply(office="某登记中心", case_no="1")
    inquiry = property_title.inquiries(application)[0]
    assert inquiry.purpose is not None
    assert inquiry.purpose.provision == "order-307/25(1)"
    from taxgate.checks.vehicle.application import VehicleTaxRecord  # noqa: PLC0415

    strange = VehicleTaxRecord(matter=DEED, status=S.PAID)
    answer = Answer(
        inquiry=Inquiry(matter=DEED, unit=UNIT, person=BUYER), records=(strange,), as_of=AT
    )
    decision = property_title.check(apply(), [answer], at=AT)
    expect(decision, BLOCK, "R-03", matter=DEED)


def test_at_needs_a_time_zone():
    """A naive instant is an input error."""
    with pytest.raises(ApplicationError):
        property_title.check(apply(), at=datetime(2026, 11, 23, 10, 0))  # noqa: DTZ001
