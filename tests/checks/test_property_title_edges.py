"""Real-estate checkpoint: both sides of each day, share and price, and what a finding tells."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from expect import BLOCK, CANNOT_VERIFY, NOTIFY_HOLD, NOTIFY_PROCEED, PASS, expect, refused
from property_title_cases import (
    AT,
    BUYER,
    COMPANY,
    DAY,
    DEED,
    IIT,
    LVAT,
    OTHER,
    OTHER_UNIT,
    SECOND_BUYER,
    SELLER,
    STRANGER,
    TAX_OFFICE,
    UNIT,
    apply,
    by,
    completion,
    half,
    judge,
    paper,
    record,
    request,
    seal,
    to,
    unit,
)
from taxgate.checks import property_title
from taxgate.checks.property_title.application import Share
from taxgate.checks.property_title.kinds import (
    Authentication,
    Authority,
    Measure,
    PartyKind,
    PropertyAct,
    RightKind,
    Role,
    Tie,
)
from taxgate.evidence import Answer
from taxgate.findings import Standing
from taxgate.parties import Person
from taxgate.terms import Addressee, Basis, Matter, RecordStatus, State

A = PropertyAct
M = Measure
S = RecordStatus
ONE = timedelta(days=1)


def findings(decision, matter):
    """Return the findings on a matter, silent ones included."""
    both = (*decision.findings, *decision.silent)
    return [item for item in both if item.obligation.matter is matter]


# Shares and prices ----------------------------------------------------------------------------


@pytest.mark.rows("R-20", "R-02")
@pytest.mark.parametrize(
    ("shares", "outcome"),
    [
        ([(1, 1)], PASS),
        ([(1, 2), (1, 2)], PASS),
        ([(1, 2)], BLOCK),
        ([(1, 2), (1, 3)], BLOCK),
        ([(1, 3), (1, 3), (1, 3)], PASS),
    ],
)
def test_records_add_up_to_the_share_applied_for(shares, outcome):
    """Each voucher counts once with its share; together they make the whole, or the rest lacks."""
    application = apply(transferees=(to(share=Share(part=1, of=1)),))
    reply = [
        record(voucher_no=f"V-{number}", share=Share(part=part, of=of))
        for number, (part, of) in enumerate(shares)
    ]
    expect(judge(application, deed=reply), outcome, matter=DEED)


@pytest.mark.rows("R-20")
@pytest.mark.parametrize(
    ("numbers", "outcome"), [(("V-1", "V-1"), BLOCK), ((None, None), BLOCK), (("V-1", "V-2"), PASS)]
)
def test_one_voucher_told_twice_covers_its_share_once(numbers, outcome):
    """Two halves under one number, or under none, may be one and the same half."""
    application = apply(transferees=(to(share=Share(part=1, of=1)),))
    reply = [
        record(voucher_no=number, share=half(), issued_on=DAY - (place * ONE))
        for place, number in enumerate(numbers)
    ]
    expect(judge(application, deed=reply), outcome, matter=DEED)


@pytest.mark.rows("R-20")
def test_an_unverified_paper_adds_no_share():
    """Half by the source, half by a paper no officer verified: doubted until it is verified."""
    application = apply(
        transferees=(to(share=Share(part=1, of=1)),),
        papers=(paper(share=half(), voucher_no="V-2"),),
    )
    expect(judge(application, deed=[record(share=half())]), NOTIFY_HOLD, "R-12", matter=DEED)
    verified = apply(
        transferees=(to(share=Share(part=1, of=1)),),
        papers=(paper(verified=True, share=half(), voucher_no="V-2"),),
    )
    expect(judge(verified, deed=[record(share=half())]), PASS, matter=DEED)


@pytest.mark.rows("R-12", "R-20")
@pytest.mark.parametrize(("share", "row"), [((3, 2), "R-12"), ((1, 2), "R-12"), ((1, 1), None)])
def test_a_share_that_cannot_be_is_a_conflict(share, row):
    """More than the whole is impossible; a part is unclear where the case states no shares."""
    both = apply(transferees=(to(), to(SECOND_BUYER)))
    reply = [
        record(share=Share(part=share[0], of=share[1])),
        record(taxpayer=SECOND_BUYER, voucher_no="V-2"),
    ]
    expect(judge(both, deed=reply), NOTIFY_HOLD if row else PASS, row, matter=DEED)


@pytest.mark.rows("R-21")
@pytest.mark.parametrize(
    ("stated", "outcome"),
    [
        ("1000000", PASS),
        ("1000000.009", PASS),
        ("1000000.01", NOTIFY_HOLD),
        ("999999.99", NOTIFY_HOLD),
        ("2000000", NOTIFY_HOLD),
        ("500000", NOTIFY_HOLD),
    ],
)
def test_r21_a_price_that_differs_by_a_cent_is_a_conflict(stated, outcome):
    """Without shares only the price of the unit agrees, to less than a cent."""
    application = apply(units=(unit(price=Decimal(1_000_000)),))
    reply = [record(price=Decimal(stated))]
    row = "R-21" if outcome is NOTIFY_HOLD else "R-02"
    expect(judge(application, deed=reply), outcome, row, matter=DEED)


@pytest.mark.rows("R-21")
@pytest.mark.parametrize(
    ("stated", "share", "outcome"),
    [
        ("1000000", None, PASS),
        ("500000", None, PASS),
        ("250000", None, NOTIFY_HOLD),
        ("250000", Share(part=1, of=4), PASS),
        ("2000000", None, NOTIFY_HOLD),
    ],
)
def test_r21_a_record_of_a_share_states_its_price_or_the_whole(stated, share, outcome):
    """The buyer of one half: the price of the unit, of the half, or of the share on the record."""
    application = apply(
        units=(unit(price=Decimal(1_000_000)),),
        transferees=(to(share=half()), to(SECOND_BUYER, share=half())),
    )
    told = [
        *(record(price=Decimal(stated), share=share, voucher_no=f"V-{n}") for n in range(2)),
    ]
    reply = [*told, record(taxpayer=SECOND_BUYER, voucher_no="V-9")]
    expect(judge(application, deed=reply), outcome, matter=DEED)


# What is heard beside the question ------------------------------------------------------------


@pytest.mark.rows("R-31")
def test_r31_a_flag_in_another_answer_is_heard_and_a_voucher_is_not():
    """Of records given beside another question only a flag naming this tax, or a debt, counts."""
    flag = completion((IIT, SELLER))
    expect(judge(apply(), deed=[record(), flag], iit=[]), PASS, "R-02", matter=IIT)
    voucher = record(IIT, voucher_no="V-2")
    expect(judge(apply(), deed=[record(), voucher], iit=[]), NOTIFY_HOLD, "R-06", matter=IIT)
    debt = record(IIT, S.UNPAID)
    told = [item for item in findings(judge(apply(), deed=[debt, flag]), IIT) if item.rows]
    assert len(told[0].obligation.weighed) == 3


@pytest.mark.rows("R-12")
def test_a_paper_of_another_unit_of_the_case_is_for_that_unit():
    """It neither fulfils nor contradicts the tax on this one."""
    two = apply(
        units=(unit(), unit(code=OTHER_UNIT)),
        papers=(paper(verified=True, unit=OTHER_UNIT, voucher_no="V-7"),),
    )
    for item in findings(judge(two, deed=[record(), record(unit=OTHER_UNIT)]), DEED):
        papers = [one for one in item.obligation.weighed if one.paper is not None]
        other = item.obligation.subject != unit().code.masked
        assert bool(papers) is (other or unit().code.masked == unit(code=OTHER_UNIT).code.masked)


@pytest.mark.rows("R-11")
def test_r11_a_report_tells_whose_tax_where_and_from_which_answer():
    """Party, unit, record and answer; everybody named surely, once, though seller and buyer."""
    debt = record(Matter.OTHER_TAX, S.UNPAID, taxpayer=SELLER)
    decision = judge(apply(), deed=[record(), debt])
    expect(decision, NOTIFY_PROCEED, "R-11")
    (finding,) = findings(decision, Matter.OTHER_TAX)
    obligation = finding.obligation
    assert obligation.party == SELLER
    assert obligation.parties[Addressee.TAXPAYER] == (SELLER,)
    assert obligation.subject == UNIT.masked
    assert obligation.basis is Basis.ANSWER
    assert debt in obligation.answer.records
    assert [item.record for item in obligation.weighed] == [debt]
    assert not findings(judge(apply()), Matter.OTHER_TAX)[0].obligation.weighed


@pytest.mark.rows("R-11", "R-10")
def test_r11_who_gives_and_takes_is_one_party_with_all_its_units():
    """At an exchange each side is told once, of every unit it takes part in."""
    exchange = apply(
        A.EXCHANGE,
        units=(unit(), unit(code=OTHER_UNIT)),
        transferors=(by(unit=UNIT), by(BUYER, unit=OTHER_UNIT)),
        transferees=(to(unit=UNIT), to(SELLER, unit=OTHER_UNIT)),
    )
    debt = record(Matter.OTHER_TAX, S.UNPAID, taxpayer=SELLER, unit=OTHER_UNIT)
    answers = [
        Answer(inquiry=inquiry, records=(debt,), as_of=AT)
        for inquiry in property_title.inquiries(exchange)
    ]
    told = findings(property_title.check(exchange, answers, at=AT), Matter.OTHER_TAX)
    (finding,) = told
    assert finding.obligation.party == SELLER
    assert finding.obligation.subject == "; ".join(sorted([UNIT.masked, OTHER_UNIT.masked]))


@pytest.mark.rows("R-11")
@pytest.mark.parametrize(
    ("changes", "heard"),
    [({"taxpayer": None}, True), ({"taxpayer": None, "unit": None}, False)],
)
def test_r11_without_a_taxpayer_it_means_the_transferors_of_the_unit(changes, heard):
    """Only the seller is told, never the buyer; without unit and contract it is about nobody."""
    debt = record(Matter.OTHER_TAX, S.UNPAID, **changes)
    told = findings(judge(apply(), deed=[record(), debt]), Matter.OTHER_TAX)
    assert [item.obligation.party for item in told] == ([SELLER] if heard else [None])


# Seals ----------------------------------------------------------------------------------------


@pytest.mark.rows("S-06", "S-10")
@pytest.mark.parametrize(
    ("until", "received", "renewed_until", "outcome"),
    [
        (DAY, DAY, None, BLOCK),
        (DAY - ONE, DAY - ONE, None, BLOCK),
        (DAY - ONE, DAY, None, BLOCK),
        (DAY - 2 * ONE, DAY - 2 * ONE, DAY, BLOCK),
        (DAY - 2 * ONE, DAY - 2 * ONE, DAY - ONE, PASS),
    ],
)
def test_a_seal_and_its_renewal_hold_to_their_last_day(until, received, renewed_until, outcome):
    """A renewal that arrived on the last day keeps it; one whose own end has passed does not."""
    application = apply(
        seals=(seal(until=until),),
        requests=(request(measure=M.RENEW, received_on=received, until=renewed_until),),
    )
    expect(judge(application), outcome, matter=Matter.SEAL)


@pytest.mark.rows("S-13", "S-04", "S-09")
@pytest.mark.parametrize(
    ("authority", "changes", "row"),
    [
        (Authority.TAX, {}, "S-04"),
        (Authority.TAX, {"until": None}, "S-13"),
        (Authority.TAX, {"debt_settled": True}, "S-13"),
        (Authority.COURT, {"until": None}, "S-09"),
    ],
)
def test_s13_is_named_only_for_a_tax_seal_without_end_or_whose_tax_is_paid(authority, changes, row):
    """A stated end on an unpaid tax, or a court's seal, is no case of it."""
    decision = judge(apply(seals=(seal(authority, **changes),)))
    expect(decision, BLOCK, row)
    rows = {name for item in decision.deciding for name in item.rows}
    assert ("S-13" in rows) is (row == "S-13")


@pytest.mark.rows("S-12")
@pytest.mark.parametrize("paid", [False, True])
def test_s12_a_renewal_after_the_end_is_a_new_seal_though_the_tax_is_paid(paid):
    """That the tax is said to be paid does not make a seal outlive its stated end."""
    late = apply(
        A.ASSISTANCE,
        units=(unit(owners=(SELLER,)),),
        seals=(seal(until=DAY - ONE, debt_settled=paid),),
        requests=(request(measure=M.RENEW),),
    )
    codes = {item.code for item in judge(late).findings}
    assert "property-title/seal/renew-as-new" in codes
    in_time = apply(
        A.ASSISTANCE,
        units=(unit(owners=(SELLER,)),),
        seals=(seal(until=DAY, debt_settled=paid),),
        requests=(request(measure=M.RENEW),),
    )
    codes = {item.code for item in judge(in_time).findings}
    assert "property-title/seal/renew" in codes


@pytest.mark.rows("S-15", "S-01")
def test_a_seal_finding_tells_unit_authority_and_what_it_rests_on():
    """Papers not authenticated rest on nothing; the register is a register, unless unreadable."""
    pending = request(authentication=Authentication.PENDING)
    for papers, basis in ((request(), Basis.REGISTER), (pending, Basis.OUTAGE)):
        decision = judge(apply(A.ASSISTANCE, requests=(papers,)))
        told = findings(decision, Matter.SEAL)
        (finding,) = [item for item in told if hasattr(item.obligation.facts, "papers")]
        assert finding.obligation.basis is basis
        assert finding.obligation.subject == UNIT.masked
        assert finding.obligation.authorities == {
            Addressee.TAX_AUTHORITY: TAX_OFFICE,
            Addressee.SEALING_AUTHORITY: TAX_OFFICE,
        }
    for readable, basis in ((True, Basis.REGISTER), (False, Basis.OUTAGE)):
        decision = judge(apply(seal_register_readable=readable))
        register = [item for item in findings(decision, Matter.SEAL) if "register" in item.code]
        assert [item.obligation.basis for item in register] == [basis]


@pytest.mark.rows("S-04")
def test_the_applicant_is_told_of_a_seal_or_else_the_parties():
    """Who hands the case in, where it is known; otherwise all parties of the unit."""
    for application, told in (
        (apply(seals=(seal(),), applicant=STRANGER), {STRANGER}),
        (apply(seals=(seal(),)), {SELLER, BUYER}),
    ):
        for item in findings(judge(application), Matter.SEAL):
            assert set(item.obligation.parties[Addressee.APPLICANT]) == told


@pytest.mark.rows("S-16")
def test_s16_the_report_names_the_owner_the_papers_name():
    """A written report on forged papers says about whose property they speak."""
    decision = judge(apply(A.ASSISTANCE, requests=(request(forgery="印章不符"),)))
    (report,) = decision.referrals
    assert report.person == SELLER
    assert report.matter is Matter.SEAL


@pytest.mark.rows("S-01", "S-02")
def test_s02_the_owner_is_the_registered_one():
    """Beside a transfer the giver is the owner where the register names none; else it decides."""
    for application, code in (
        (apply(requests=(request(),)), "execute"),
        (apply(requests=(request(owner=STRANGER),)), "papers-incomplete"),
        (apply(units=(unit(owners=(STRANGER,)),), requests=(request(),)), "papers-incomplete"),
        (apply(A.ASSISTANCE, units=(unit(),), requests=(request(),)), "papers-incomplete"),
    ):
        codes = {item.code.rsplit("/", 1)[1] for item in findings(judge(application), Matter.SEAL)}
        assert code in codes


@pytest.mark.rows("R-27", "R-28")
def test_the_file_tells_who_is_asked_and_in_which_role():
    """A gift asks the donee for the other side's relief; a record in another role is another's."""
    gift = apply(A.GIFT)
    asked = {one.matter: one.person for one in property_title.inquiries(gift)}
    assert asked[IIT] == BUYER
    right = [record(IIT, taxpayer=BUYER, role=Role.TRANSFEREE)]
    wrong = [record(IIT, taxpayer=BUYER, role=Role.TRANSFEROR)]
    expect(judge(gift, iit=right), PASS, matter=IIT)
    expect(judge(gift, iit=wrong), NOTIFY_HOLD, "R-28", matter=IIT)


@pytest.mark.rows("R-13")
def test_an_inquiry_names_unit_person_and_contract():
    """What the source needs to find a pre-sale filing travels with every question."""
    for one in property_title.inquiries(apply(contract_no="N-1")):
        assert (one.unit, one.contract_no) == (UNIT, "N-1")
        assert one.person in {SELLER, BUYER}
    expect(property_title.check(apply(), [], at=AT), CANNOT_VERIFY, "R-13", matter=DEED)


@pytest.mark.rows("S-18")
def test_an_obstacle_names_the_unit():
    """Outside Shanxi a seal in force is an obstacle that says on which unit."""
    early = apply(seals=(seal(),), handled_on=date(2024, 1, 31))
    (obstacle,) = property_title.check(early, at=AT).obstacles
    assert obstacle.detail == (("subject", UNIT.masked),)


@pytest.mark.rows("R-20", "R-02")
def test_a_voucher_told_with_two_shares_covers_the_larger_once():
    """Whichever is told last; what falls short is told as such."""
    application = apply(transferees=(to(share=Share(part=1, of=1)),))
    whole, part = record(share=Share(part=1, of=1)), record(share=half())
    for reply in ([whole, part], [part, whole]):
        expect(judge(application, deed=reply), PASS, "R-02", matter=DEED)
    (finding,) = findings(judge(application, deed=[part]), DEED)
    assert [item.why for item in finding.obligation.weighed] == ["share-too-small"]


@pytest.mark.rows("R-21")
@pytest.mark.parametrize(("stated", "outcome"), [(1_000_000, PASS), (2_000_000, NOTIFY_HOLD)])
def test_r21_without_shares_the_price_of_the_unit_is_meant(stated, outcome):
    """Two buyers who state no share: the price of the whole, and no multiple of it."""
    both = apply(units=(unit(price=Decimal(1_000_000)),), transferees=(to(), to(SECOND_BUYER)))
    reply = [
        record(price=Decimal(stated)),
        record(taxpayer=SECOND_BUYER, voucher_no="V-2"),
    ]
    expect(judge(both, deed=reply), outcome, matter=DEED)


@pytest.mark.rows("R-31")
def test_r31_a_flag_given_with_another_tax_counts_beside_a_record_of_its_own():
    """The record of another unit comes first and hides nothing; the flag bears a day."""
    flag = completion((DEED, BUYER), issued_on=DAY)
    reply = {"deed": [record(unit=OTHER_UNIT)], "iit": [record(IIT), flag]}
    expect(judge(apply(), **reply), PASS, "R-02", matter=DEED)


@pytest.mark.rows("R-08", "R-02")
def test_land_tax_is_compared_by_role_and_share_of_the_transferor():
    """Each of two sellers has paid for a half, as transferor."""
    sellers = apply(
        right=RightKind.NON_HOUSING,
        transferors=(by(share=half()), by(STRANGER, share=half())),
        transferees=(to(share=Share(part=1, of=1)),),
    )
    reply = [
        record(LVAT, taxpayer=person, share=half(), role=Role.TRANSFEROR, voucher_no=number)
        for person, number in ((SELLER, "V-1"), (STRANGER, "V-2"))
    ]
    expect(judge(sellers, lvat=reply), PASS, "R-02", matter=LVAT)


@pytest.mark.rows("S-04", "S-10")
def test_a_seal_on_its_last_day_is_in_force_and_not_yet_renewed():
    """Only after its stated end does a renewal that arrived in time stand for it."""
    renewal = request(measure=M.RENEW)
    on_time = judge(apply(seals=(seal(until=DAY),), requests=(renewal,)))
    codes = {item.code for item in on_time.deciding}
    assert codes == {"property-title/seal/tax-seal-in-force"}
    arrived = request(measure=M.RENEW, received_on=DAY - ONE)
    later = judge(apply(seals=(seal(until=DAY - ONE),), requests=(arrived,)))
    (finding,) = later.deciding
    assert finding.code == "property-title/seal/recorded-first"
    assert finding.obligation.authorities[Addressee.TAX_AUTHORITY] == TAX_OFFICE


@pytest.mark.rows("S-07", "S-08")
def test_two_authorities_that_ask_are_both_named():
    """Each once, in the order of their requests."""
    orders = (
        request(measure=M.TRANSFER),
        request(measure=M.TRANSFER, name="T-2"),
        request(measure=M.TRANSFER),
    )
    decision = judge(apply(A.TAX_AUCTION, seals=(seal(),), requests=orders))
    told = [item.obligation.authorities for item in findings(decision, Matter.SEAL)]
    assert {Addressee.TAX_AUTHORITY: "T-1、T-2", Addressee.SEALING_AUTHORITY: "T-1"} in told


@pytest.mark.rows("R-01")
def test_the_act_itself_is_told_of_to_the_applicant():
    """Outside the taxed acts too, where somebody hands the case in."""
    for applicant, told in ((STRANGER, {Addressee.APPLICANT: (STRANGER,)}), (None, {})):
        decision = judge(apply(A.NAME_CHANGE, applicant=applicant))
        (finding,) = findings(decision, Matter.APPLICATION)
        assert finding.obligation.parties == told


@pytest.mark.rows("3.2")
def test_measures_that_can_just_be_and_just_cannot():
    """A price of nothing or of a cent is one; a share of no parts is none; shares make a whole."""
    assert unit(price=Decimal(0)).price == 0
    assert unit(price=Decimal("0.01")).price
    with refused("share"):
        Share(part=1, of=0)
    more = (to(share=Share(part=1, of=1)), to(SECOND_BUYER, share=half()))
    for act in (A.SALE, A.FIRST_REGISTRATION):
        with refused("transferees.share"):
            apply(act, RightKind.GRANTED_LAND, transferees=more)
    assert not to(COMPANY, kind=PartyKind.ENTITY).individual


@pytest.mark.rows("S-16", "S-01")
def test_only_papers_suspected_forged_have_an_evidence_status():
    """A request is no tax; of the shared statuses only the suspicion fits it."""
    for papers, state in ((request(forgery="印章不符"), State.FORGED_SUSPECT), (request(), None)):
        decision = judge(apply(A.ASSISTANCE, requests=(papers,)))
        facts = [item.obligation.facts for item in findings(decision, Matter.SEAL)]
        assert [item.state for item in facts if hasattr(item, "papers")] == [state]


@pytest.mark.rows("R-27", "R-28")
def test_each_donee_is_freed_by_its_own_tie():
    """A child and a stranger take a half each: only the stranger is asked for the donee's tax."""
    gift = apply(
        A.GIFT,
        transferees=(
            to(tie=Tie.CLOSE_RELATIVE, proven=True, share=half()),
            to(SECOND_BUYER, share=half()),
        ),
    )
    asked = {one.person for one in property_title.inquiries(gift) if one.matter is IIT}
    assert asked == {SECOND_BUYER}
    expect(judge(gift, iit=[]), NOTIFY_HOLD, "R-28", matter=IIT)


@pytest.mark.rows("R-12", "R-20")
def test_a_short_share_beside_a_debt_stays_a_conflict():
    """Half is paid and the tax is reported owed: the sources disagree, which is no debt yet."""
    application = apply(transferees=(to(share=Share(part=1, of=1)),))
    reply = [record(share=half()), record(status=S.UNPAID, voucher_no="V-2")]
    expect(judge(application, deed=reply), NOTIFY_HOLD, "R-12", matter=DEED)


def standings(decision):
    """Return what each record of the buyer's deed tax counts for, and why."""
    (found,) = {
        item.obligation.weighed for item in decision.findings if item.obligation.matter is DEED
    }
    return [(item.standing, item.why) for item in found]


def test_a_record_of_another_unit_is_anothers_however_unclear_the_person_is():
    """A key that surely differs comes before a name that may be a slip (law.md 1.3)."""
    variant = Person(BUYER.id_type, BUYER.number, "别名")
    other = record(unit=OTHER_UNIT, taxpayer=variant)
    assert standings(judge(apply(), deed=[other])) == [(Standing.MISMATCH, "unit-differs")]
    same = record(taxpayer=variant)
    assert [item[0] for item in standings(judge(apply(), deed=[same]))] == [Standing.CONFLICT]


def test_a_record_of_another_tax_says_nothing_whatever_unit_it_names():
    """Another tax is no sign of a mistake in the keys."""
    other = record(OTHER, unit=OTHER_UNIT)
    assert standings(judge(apply(), deed=[other])) == [(Standing.UNRELATED, "other-matter")]
