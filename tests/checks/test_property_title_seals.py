"""Real-estate checkpoint: named cases per seizure row of the specification, section 3.3."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve

from expect import BLOCK, CANNOT_VERIFY, NOT_APPLICABLE, PASS, expect
from property_title_cases import (
    AT,
    BUYER,
    COURT,
    DAY,
    OTHER_UNIT,
    SEAL,
    SELLER,
    STRANGER,
    TAX_OFFICE,
    apply,
    by,
    half,
    judge,
    request,
    seal,
    to,
    unit,
)
from taxgate.checks import property_title
from taxgate.checks.property_title.kinds import (
    TAXED_ACTS,
    TRANSFERS,
    Authentication,
    Authority,
    Measure,
    PropertyAct,
)
from taxgate.errors import ApplicationError
from taxgate.identifiers import Division, UnitCode
from taxgate.proceedings import SuspicionKind
from taxgate.terms import Actor, Addressee, Flag, Matter, ObstacleKind, Step

A = PropertyAct
M = Measure
COURT_KIND = Authority.COURT
DISPOSALS = [
    *TRANSFERS,
    A.MORTGAGE,
    A.ADVANCE_NOTICE,
    A.EASEMENT,
    A.RESIDENCE_RIGHT,
    A.WAIVER,
]
HARMLESS = [A.CORRECTION, A.OBJECTION, A.NAME_CHANGE, A.MORTGAGE_RELEASE]
UNNAMED = [act for act in A if act not in (*DISPOSALS, *HARMLESS, A.ASSISTANCE)]
FORGERY = "印章不符"
HALF_SOLD = {"transferors": (by(share=half()),), "transferees": (to(share=half()),)}


def assist(*requests, **changes):
    """Return an application that consists of requests alone."""
    return apply(A.ASSISTANCE, requests=requests, **changes)


def run(application):
    """Check with every tax paid."""
    return judge(application)


def told(decision, row):
    """Return the finding of a row."""
    (finding, *_) = [item for item in decision.findings if row in item.rows]
    return finding


@pytest.mark.rows("S-01")
def test_s01_complete_papers_of_the_tax_authority_are_executed():
    """Notice and instrument present, authenticated, consistent: record the seal."""
    decision = run(assist(request()))
    expect(decision, PASS, "S-01")
    assert set(decision.flags) == {Flag.EXECUTE_REQUEST}
    assert decision.may_complete
    assert not decision.verified


@pytest.mark.rows("S-01")
def test_s01_property_sealed_already_gets_a_waiting_seal():
    """A seal in force makes the new one wait; one that ended does not."""
    waiting = run(assist(request(), seals=(seal(COURT_KIND),)))
    expect(waiting, PASS, "S-01")
    assert Flag.WAITING_SEAL in waiting.flags
    ended = run(assist(request(), seals=(seal(COURT_KIND, lifted=True),)))
    assert Flag.WAITING_SEAL not in ended.flags


@pytest.mark.rows("S-02")
@pytest.mark.parametrize(
    "changes",
    [
        {"notice_present": False},
        {"instrument_present": False},
        {"consistent": False},
        {"owner": STRANGER},
        {"unit": OTHER_UNIT},
        {"measure": M.RENEW, "notice_present": False},
        {"measure": M.LIFT, "instrument_present": False},
    ],
    ids=["no-notice", "no-instrument", "inconsistent", "owner", "unit", "renewal", "lifting"],
)
def test_s02_incomplete_papers_wait_for_the_tax_authority_alone(changes):
    """A missing paper or another unit or owner: hold, not retryable, told to nobody else."""
    decision = run(assist(request(**changes)))
    expect(decision, CANNOT_VERIFY, "S-02")
    assert not decision.retryable
    finding = told(decision, "S-02")
    assert finding.ruling.row.to == (Addressee.TAX_AUTHORITY,)
    assert finding.ruling.row.step is Step.COMPLETE_PAPERS
    notices = decision.notices("zh-CN")
    assert [notice.to_authority for notice in notices] == [True]


@pytest.mark.rows("S-02")
def test_s02_a_unit_recorded_for_nobody_known_is_not_sealed_on_guess():
    """Without a registered owner to compare with, the papers are not taken as matching."""
    expect(run(assist(request(), units=(unit(),))), CANNOT_VERIFY, "S-02")


@pytest.mark.rows("S-02")
def test_s02_beside_a_sale_holds_and_says_nothing_to_the_parties():
    """Incomplete papers beside a sale hold it, but the parties are not told of the seal."""
    application = apply(requests=(request(notice_present=False),), applicant=BUYER)
    decision = run(application)
    expect(decision, CANNOT_VERIFY, "S-02")
    assert [notice.to_authority for notice in decision.notices("zh-CN")] == [True]


@pytest.mark.rows("S-03")
def test_s03_lifting_by_the_tax_authority_is_executed():
    """The tax authority lifts its seal with the instrument, with or without another notice."""
    for notice in (True, False):
        lifting = request(measure=M.LIFT, notice_present=notice)
        decision = run(assist(lifting, seals=(seal(),)))
        expect(decision, PASS, "S-03")
        assert Flag.EXECUTE_REQUEST in decision.flags


@pytest.mark.rows("S-01", "S-03", "S-12")
@pytest.mark.parametrize("act", HARMLESS)
def test_s01_s03_requests_are_carried_out_beside_acts_no_seal_bars(act):
    """A sealing, lifting or renewal beside a change of name is recorded all the same."""
    owned = {"units": (unit(owners=(SELLER,)),)}
    sealing = run(apply(act, requests=(request(),), **owned))
    expect(sealing, PASS, "S-01")
    assert Flag.EXECUTE_REQUEST in sealing.flags
    assert Flag.RECORD_SEAL_FIRST not in sealing.flags
    for measure, row in ((M.LIFT, "S-03"), (M.RENEW, "S-12")):
        decision = run(apply(act, requests=(request(measure=measure),), seals=(seal(),), **owned))
        expect(decision, PASS, row)
        assert Flag.EXECUTE_REQUEST in decision.flags
        assert decision.may_complete


@pytest.mark.rows("S-02", "S-15", "S-16")
@pytest.mark.parametrize("act", HARMLESS)
@pytest.mark.parametrize("measure", [M.SEAL, M.LIFT])
def test_s02_s15_s16_papers_hold_beside_acts_no_seal_bars(act, measure):
    """Incomplete, not authenticated or suspected papers are judged whatever the act beside."""
    for changes, row, retryable in (
        ({"instrument_present": False}, "S-02", False),
        ({"authentication": Authentication.PENDING}, "S-15", True),
        ({"forgery": FORGERY}, "S-16", False),
    ):
        application = apply(
            act,
            units=(unit(owners=(SELLER,)),),
            requests=(request(measure=measure, **changes),),
            seals=(seal(),),
        )
        decision = run(application)
        expect(decision, CANNOT_VERIFY, row)
        assert decision.retryable is retryable
        assert len(decision.referrals) == (row == "S-16")


@pytest.mark.rows("S-15")
def test_s15_a_request_beside_a_harmless_act_needs_the_register():
    """What is to be recorded cannot be ranked in a register nobody can read."""
    application = apply(
        A.NAME_CHANGE,
        units=(unit(owners=(SELLER,)),),
        requests=(request(),),
        seal_register_readable=False,
    )
    decision = run(application)
    expect(decision, CANNOT_VERIFY, "S-15")
    assert decision.retryable


LIFTING = request(measure=M.LIFT)


@pytest.mark.rows("S-02", "S-03")
@pytest.mark.parametrize(
    "seals",
    [
        (),
        (seal(name="T-2"),),
        (seal(COURT_KIND, name=TAX_OFFICE),),
        (seal(unit=OTHER_UNIT),),
        (seal(lifted=True),),
        (seal(owner=STRANGER),),
    ],
    ids=["none", "another-office", "a-court", "another-unit", "lifted-before", "another-share"],
)
def test_s02_a_lifting_that_fits_no_seal_is_not_consistent(seals):
    """Papers that lift what their authority has not sealed wait for the tax authority alone."""
    decision = run(assist(LIFTING, seals=seals))
    expect(decision, CANNOT_VERIFY, "S-02")
    assert not decision.retryable
    assert Flag.EXECUTE_REQUEST not in decision.flags
    assert told(decision, "S-02").ruling.row.to == (Addressee.TAX_AUTHORITY,)


@pytest.mark.rows("S-03", "S-15")
def test_s03_a_seal_on_one_share_or_past_its_end_can_be_lifted():
    """The share of the owner named, and an entry that merely expired, are lifted; unread: wait."""
    for mine in (seal(owner=SELLER), seal(until=DAY - timedelta(days=1))):
        expect(run(assist(LIFTING, seals=(mine,))), PASS, "S-03")
    unread = run(assist(LIFTING, seal_register_readable=False))
    expect(unread, CANNOT_VERIFY, "S-15")
    assert unread.retryable


@pytest.mark.rows("S-03", "S-06", "S-13", "S-04")
@pytest.mark.parametrize("changes", [{}, {"until": None}, {"debt_settled": True}])
def test_s03_complete_lifting_papers_beside_a_sale_end_the_seal_for_it(changes):
    """The lifting is recorded first: no "lifting paper" is missing, and the taxes decide."""
    application = apply(seals=(seal(**changes),), requests=(LIFTING,))
    decision = run(application)
    expect(decision, PASS, "S-03", matter=SEAL)
    expect(decision, PASS, "R-02")
    assert Flag.EXECUTE_REQUEST in decision.flags
    assert "S-06" in {row for item in decision.silent for row in item.rows}
    expect(judge(application, deed=[]), BLOCK, "R-03")


@pytest.mark.rows("S-13", "S-04", "S-09")
def test_s13_papers_that_are_not_complete_or_lift_another_seal_end_nothing():
    """Incomplete, not authenticated, suspected, of another authority, or not saying which seal."""
    for changes in (
        {"instrument_present": False},
        {"authentication": Authentication.PENDING},
        {"forgery": FORGERY},
        {"name": "T-2"},
        {"owner": STRANGER},
    ):
        lifting = request(measure=M.LIFT, **changes)
        expect(run(apply(seals=(seal(until=None),), requests=(lifting,))), BLOCK, "S-13")
    two = (seal(), seal(rank=2))
    expect(run(apply(seals=two, requests=(LIFTING,))), BLOCK, "S-04")
    one_over = (seal(until=DAY - timedelta(days=1)), seal(rank=2))
    expect(run(apply(seals=one_over, requests=(LIFTING,))), PASS, "R-02")
    court = apply(seals=(seal(COURT_KIND),), requests=(request(COURT_KIND, M.LIFT),))
    expect(run(court), BLOCK, "S-09")


@pytest.mark.rows("S-03", "S-07", "S-11")
def test_s03_a_lifted_seal_no_longer_ranks_before_others():
    """With the first seal lifted the court's is first; who lifts its own keeps its rank."""
    order = request(COURT_KIND, M.TRANSFER)
    seals = (seal(), seal(COURT_KIND, rank=2))
    expect(run(apply(A.COURT_TRANSFER, seals=seals, requests=(order,))), BLOCK, "S-04")
    lifted = apply(A.COURT_TRANSFER, seals=seals, requests=(order, LIFTING))
    expect(run(lifted), PASS, "R-02")
    own = apply(A.TAX_AUCTION, seals=seals, requests=(request(measure=M.TRANSFER), LIFTING))
    expect(run(own), PASS, "R-02")


@pytest.mark.rows("S-04")
@pytest.mark.parametrize("act", [act for act in DISPOSALS if act is not A.INHERITANCE])
def test_s04_a_tax_seal_bars_every_disposal_though_all_taxes_are_paid(act):
    """Transfer of any mode, mortgage, advance notice, burden, waiver: refused."""
    decision = run(apply(act, seals=(seal(),)))
    expect(decision, BLOCK, "S-04")
    assert not decision.may_complete
    assert not decision.retryable
    expect(run(apply(A.INHERITANCE, seals=(seal(),))), BLOCK, "S-04")


@pytest.mark.rows("S-04")
def test_s04_the_tax_rows_are_still_judged_for_one_notice():
    """A seal and unpaid deed tax: both findings are kept."""
    decision = judge(apply(seals=(seal(),)), deed=[])
    rows = {row for item in decision.findings for row in item.rows}
    assert {"S-04", "R-03"} <= rows


@pytest.mark.rows("S-05")
@pytest.mark.parametrize("act", HARMLESS)
@pytest.mark.parametrize("authority", list(Authority))
def test_s05_harmless_acts_go_on_under_a_seal(act, authority):
    """Correction, objection, name, release of mortgage: the seal is no bar."""
    decision = run(apply(act, seals=(seal(authority),)))
    expect(decision, NOT_APPLICABLE, "R-01")
    assert "S-05" in {row for item in decision.silent for row in item.rows}


@pytest.mark.rows("S-06")
@pytest.mark.parametrize("authority", [Authority.TAX, COURT_KIND])
def test_s06_lifted_or_expired_seals_are_ignored(authority):
    """A seal binds on its last day and not on the next; a lifted one not at all."""
    row = "S-04"
    for ended in ({"lifted": True}, {"until": DAY - timedelta(days=1)}):
        decision = run(apply(seals=(seal(authority, **ended),)))
        expect(decision, PASS, "R-02")
        assert "S-06" in {name for item in decision.silent for name in item.rows}
    expect(run(apply(seals=(seal(authority, until=DAY),))), BLOCK, row)


def sold_by_tax_authority(*seals, **changes):
    """Return a transfer to the buyer of the tax authority's auction, on its request."""
    return apply(A.TAX_AUCTION, seals=seals, requests=(request(measure=M.TRANSFER, **changes),))


@pytest.mark.rows("S-07")
def test_s07_own_and_later_seals_do_not_bar_the_tax_authoritys_sale():
    """The sealing tax authority asks for the transfer: go on to the tax rows."""
    later = seal(COURT_KIND, rank=2)
    decision = run(sold_by_tax_authority(seal(), later))
    expect(decision, PASS, "R-02")
    assert "S-07" in {row for item in decision.silent for row in item.rows}


@pytest.mark.rows("S-07")
def test_s07_takes_the_sealing_authority_complete_papers_and_the_right_act():
    """Another tax office, incomplete papers or an ordinary sale: the seal bars."""
    expect(run(sold_by_tax_authority(seal(), name="T-2")), BLOCK, "S-04")
    incomplete = run(sold_by_tax_authority(seal(), instrument_present=False))
    expect(incomplete, BLOCK, "S-04")
    assert "S-02" in {row for item in incomplete.findings for row in item.rows}
    sale = apply(seals=(seal(),), requests=(request(measure=M.TRANSFER),))
    expect(run(sale), BLOCK, "S-04")
    expired = seal(until=DAY - timedelta(days=1))
    expect(run(sold_by_tax_authority(expired, seal(COURT_KIND, rank=2))), BLOCK, "S-09")


@pytest.mark.rows("S-08")
def test_s08_an_earlier_seizure_bars_unless_the_disposal_was_handed_over():
    """Another authority ranks first: refused, told to the tax authority; handed over: go on."""
    first, own = seal(COURT_KIND, rank=1), seal(rank=2)
    decision = run(sold_by_tax_authority(first, own))
    expect(decision, BLOCK, "S-08")
    assert told(decision, "S-08").ruling.row.to == (Addressee.TAX_AUTHORITY,)
    expect(run(sold_by_tax_authority(evolve(first, handed_over=True), own)), PASS, "R-02")


@pytest.mark.rows("S-09")
@pytest.mark.parametrize("authority", [COURT_KIND, Authority.OTHER])
def test_s09_seizures_of_other_authorities_bar_with_a_reason_that_is_no_tax_reason(authority):
    """Court, police and others: as S-04, with a reason of its own and without Art. 25(2)."""
    for until in (date(2026, 12, 31), None):
        decision = run(apply(seals=(seal(authority, until=until),)))
        expect(decision, BLOCK, "S-09")
        finding = told(decision, "S-09")
        assert finding.code == "property-title/seal/seizure-in-force"
        assert "order-307/25(2)" not in {item.id for item in finding.cites(DAY)}


@pytest.mark.rows("S-09")
@pytest.mark.parametrize("measure", [M.SEAL, M.RENEW, M.LIFT])
def test_s09_recording_another_authoritys_own_seal_is_outside(measure):
    """A court's own seal is recorded elsewhere."""
    decision = run(assist(request(COURT_KIND, measure)))
    expect(decision, NOT_APPLICABLE, "S-09")


@pytest.mark.rows("S-09", "S-10")
@pytest.mark.parametrize("authority", [COURT_KIND, Authority.OTHER])
@pytest.mark.parametrize("measure", [M.SEAL, M.RENEW])
@pytest.mark.parametrize("flaw", ["notice_present", "instrument_present", "consistent"])
def test_s09_incomplete_papers_of_a_seizure_hold_a_disposal(authority, measure, flaw):
    """Beside a disposal the court is asked to complete them, and nobody else reads of it."""
    flawed = request(authority, measure, **{flaw: False})
    for act in (A.SALE, A.MORTGAGE, A.AREA_CHANGE):
        owned = {"units": (unit(owners=(SELLER,)),), "applicant": BUYER}
        decision = run(apply(act, requests=(flawed,), **owned))
        expect(decision, CANNOT_VERIFY, "S-09")
        assert not decision.retryable
        finding = told(decision, "S-09")
        assert finding.ruling.row.to == (Addressee.SEALING_AUTHORITY,)
        assert finding.ruling.row.step is Step.COMPLETE_PAPERS
        assert [notice.to_authority for notice in decision.notices("zh-CN")] == [True]
        assert ways(decision) == [[[("complete-request", Actor.OTHER_AUTHORITY)]]]
    expect(run(assist(flawed)), NOT_APPLICABLE, "S-09")
    beside = apply(A.NAME_CHANGE, units=(unit(owners=(SELLER,)),), requests=(flawed,))
    expect(run(beside), NOT_APPLICABLE, "S-09")
    lifting = request(authority, M.LIFT, instrument_present=False)
    expect(run(apply(requests=(lifting,))), NOT_APPLICABLE, "S-09", matter=SEAL)


@pytest.mark.rows("S-10")
@pytest.mark.parametrize("authority", [Authority.TAX, COURT_KIND])
@pytest.mark.parametrize("act", [A.SALE, A.GIFT, A.MORTGAGE])
def test_s10_a_seal_notice_before_recording_comes_first(authority, act):
    """A notice that arrives after acceptance is recorded first and bars the disposal."""
    application = apply(
        act,
        units=(unit(owners=(SELLER,)),),
        application_date=DAY - timedelta(days=5),
        requests=(request(authority, received_on=DAY - timedelta(days=1)),),
    )
    decision = run(application)
    expect(decision, BLOCK, "S-10")
    assert Flag.RECORD_SEAL_FIRST in decision.flags


@pytest.mark.rows("S-10", "S-02")
@pytest.mark.parametrize("authority", [Authority.TAX, COURT_KIND])
@pytest.mark.parametrize("act", [A.SALE, A.INHERITANCE, A.MORTGAGE, A.AREA_CHANGE])
def test_s10_nobody_but_the_authority_is_told_of_a_seal_not_yet_recorded(authority, act):
    """Owner, buyer and applicant read nothing of the seal before it is recorded."""
    for applicant in (None, BUYER):
        application = apply(
            act,
            units=(unit(owners=(SELLER,)),),
            requests=(request(authority),),
            applicant=applicant,
        )
        decision = run(application)
        assert not decision.may_complete
        assert Flag.RECORD_SEAL_FIRST in decision.flags
        role = (
            Addressee.TAX_AUTHORITY if authority is Authority.TAX else (Addressee.SEALING_AUTHORITY)
        )
        assert told(decision, "S-10").ruling.row.to == (role,)
        (notice,) = decision.notices("zh-CN")
        assert notice.to_authority
        assert notice.items


@pytest.mark.rows("S-10")
def test_s10_a_tax_of_ones_own_is_told_without_a_word_of_the_seal():
    """Deed tax missing beside a pending seal: the buyer reads of deed tax only."""
    decision = judge(apply(requests=(request(),)), deed=[])
    expect(decision, BLOCK, "S-10")
    parties = [item for item in decision.notices("zh-CN") if not item.to_authority]
    assert {item.code for notice in parties for item in notice.items} == {
        "property-title/deed-tax/none-found"
    }
    assert not [notice for notice in parties if "查封" in notice.text]


@pytest.mark.rows("S-10")
def test_s10_another_courts_earlier_transfer_notice_comes_first():
    """Transfer notice first, by day or by order within the day: the transfer goes first."""
    order = request(COURT_KIND, M.TRANSFER, received_on=DAY - timedelta(days=1))
    notice = request(COURT_KIND, name="C-2")
    decision = run(apply(A.COURT_TRANSFER, requests=(order, notice)))
    expect(decision, PASS, "S-10")
    assert Flag.RECORD_TRANSFER_FIRST in decision.flags
    same_day = evolve(order, received_on=DAY)
    expect(run(apply(A.COURT_TRANSFER, requests=(same_day, notice))), BLOCK, "S-10")
    second = evolve(notice, order=1)
    expect(run(apply(A.COURT_TRANSFER, requests=(same_day, second))), PASS, "S-10")
    late = evolve(order, received_on=DAY + timedelta(days=1))
    expect(run(apply(A.COURT_TRANSFER, requests=(late, notice))), BLOCK, "S-10")


@pytest.mark.rows("S-10", "S-12")
def test_s10_a_renewal_that_came_too_late_is_a_new_seal_to_be_recorded_first():
    """A late renewal bars like a new seal; one in time leaves the old seal in force."""
    ended = seal(until=DAY - timedelta(days=2))
    renewal = request(measure=M.RENEW)
    expect(run(apply(seals=(ended,), requests=(renewal,))), BLOCK, "S-10")
    in_time = evolve(renewal, received_on=DAY - timedelta(days=2))
    expect(run(apply(seals=(ended,), requests=(in_time,))), BLOCK, "S-10")
    lifting = run(apply(requests=(request(measure=M.LIFT),)))
    assert Flag.RECORD_SEAL_FIRST not in lifting.flags


@pytest.mark.rows("S-06", "S-12", "S-10")
@pytest.mark.parametrize("authority", [Authority.TAX, COURT_KIND])
def test_s06_a_seal_renewed_in_time_has_not_ended_with_its_stated_term(authority):
    """The renewal came by the stated end and waits: recorded first, told to its authority only."""
    ended = seal(authority, until=date(2026, 11, 20))
    renewal = request(authority, M.RENEW, received_on=date(2026, 11, 18), until=date(2027, 11, 20))
    for received in (date(2026, 11, 18), date(2026, 11, 20)):
        renewed = evolve(renewal, received_on=received)
        decision = run(apply(seals=(ended,), requests=(renewed,), applicant=BUYER))
        expect(decision, BLOCK, "S-10")
        assert Flag.RECORD_SEAL_FIRST in decision.flags
        assert [notice.to_authority for notice in decision.notices("zh-CN")] == [True]
    expect(run(apply(seals=(ended,), requests=(evolve(renewal, until=None),))), BLOCK, "S-10")


@pytest.mark.rows("S-06", "S-12")
def test_s06_what_renews_nothing_lets_the_seal_end():
    """A lifted seal, another authority's renewal, or one whose own term is over: ignored."""
    ended = seal(until=date(2026, 11, 20))
    renewal = request(measure=M.RENEW, received_on=date(2026, 11, 18))
    over = evolve(renewal, until=DAY - timedelta(days=1))
    expect(run(apply(seals=(ended,), requests=(over,))), PASS, "R-02")
    lifted = seal(until=date(2026, 11, 20), lifted=True)
    other = seal(until=date(2026, 11, 20), name="T-2")
    for mine in (lifted, other):
        decision = run(apply(seals=(mine,), requests=(renewal,)))
        assert "S-06" in {row for item in decision.silent for row in item.rows}


@pytest.mark.rows("S-07", "S-08", "S-12")
def test_s07_a_seal_renewed_in_time_keeps_its_rank():
    """The earlier seal renewed bars the tax authority's sale; its own renewed one does not."""
    ended = {"until": date(2026, 11, 20)}
    timely = {"measure": M.RENEW, "received_on": date(2026, 11, 18)}
    order = request(measure=M.TRANSFER, received_on=date(2026, 11, 17))
    court = apply(
        A.TAX_AUCTION,
        seals=(seal(COURT_KIND, **ended), seal(rank=2)),
        requests=(order, request(COURT_KIND, **timely)),
    )
    expect(run(court), BLOCK, "S-10")
    own = apply(
        A.TAX_AUCTION,
        seals=(seal(**ended), seal(COURT_KIND, rank=2)),
        requests=(order, request(**timely)),
    )
    expect(run(own), PASS, "R-02")


def awarded(*seals, **changes):
    """Return a transfer a court orders."""
    return apply(
        A.COURT_TRANSFER,
        seals=seals,
        requests=(request(COURT_KIND, M.TRANSFER, **changes),),
    )


@pytest.mark.rows("S-11")
def test_s11_the_court_that_holds_the_first_seal_transfers_past_own_and_later_seals():
    """First seal, or the handed-over disposal: go on to the tax rows."""
    first, later = seal(COURT_KIND), seal(rank=2)
    decision = run(awarded(first, later))
    expect(decision, PASS, "R-02")
    assert "S-11" in {row for item in decision.silent for row in item.rows}
    handed = seal(rank=1, handed_over=True)
    expect(run(awarded(handed, seal(COURT_KIND, rank=2))), PASS, "R-02")


@pytest.mark.rows("S-11")
def test_s11_a_court_behind_another_seal_is_barred():
    """Without the first seal, without papers, or without any seal, the court's order waits."""
    expect(run(awarded(seal(rank=1), seal(COURT_KIND, rank=2))), BLOCK, "S-04")
    expect(run(awarded(seal(Authority.OTHER, name="P-1"))), BLOCK, "S-09")
    missing = run(awarded(notice_present=False))
    expect(missing, CANNOT_VERIFY, "S-11")
    assert not missing.retryable


@pytest.mark.rows("S-11", "S-04", "S-09")
def test_s11_only_a_court_has_precedence():
    """Police who order a transfer get past no seal, not even their own, and are no court."""
    order = request(Authority.OTHER, M.TRANSFER, name="P-1")
    for seals, row in (((seal(Authority.OTHER, name="P-1"),), "S-09"), ((seal(rank=2),), "S-04")):
        application = apply(A.COURT_TRANSFER, seals=seals, requests=(order,))
        expect(run(application), BLOCK, row)
    unpaid = judge(apply(A.COURT_TRANSFER, requests=(order,)), deed=[])
    names = [item.obligation.authorities for item in unpaid.findings if "R-16" in item.rows]
    assert names
    assert all(Addressee.COURT not in item for item in names)


@pytest.mark.rows("S-07", "S-08", "S-11", "S-14")
def test_s11_precedence_is_had_share_by_share():
    """A first seal on one owner's share gives no precedence over seals on the other's."""
    both = {"transferors": (by(), by(STRANGER))}
    order = {"requests": (request(COURT_KIND, M.TRANSFER),)}
    first = seal(COURT_KIND, owner=SELLER)
    for later, alone in (
        (seal(rank=2, owner=STRANGER), BLOCK),
        (seal(rank=2), BLOCK),
        (seal(rank=2, owner=SELLER), PASS),
    ):
        decision = run(apply(A.COURT_TRANSFER, seals=(first, later), **both, **order))
        assert decision.outcome is alone
    whole = (seal(COURT_KIND), seal(rank=2, owner=STRANGER))
    expect(run(apply(A.COURT_TRANSFER, seals=whole, **both, **order)), PASS, "R-02")
    sole = apply(A.COURT_TRANSFER, seals=(first, seal(rank=2)), **order)
    expect(run(sole), PASS, "R-02")
    elsewhere = (seal(owner=STRANGER), seal(COURT_KIND, rank=2, owner=SELLER))
    partly = apply(A.COURT_TRANSFER, seals=elsewhere, **order, **HALF_SOLD)
    expect(run(partly), PASS, "R-02")
    sale = {"requests": (request(measure=M.TRANSFER),)}
    own = (seal(owner=SELLER), seal(COURT_KIND, rank=2, owner=STRANGER))
    expect(run(apply(A.TAX_AUCTION, seals=own, **both, **sale)), BLOCK, "S-09")
    behind = (seal(COURT_KIND, owner=STRANGER), seal(rank=2))
    expect(run(apply(A.TAX_AUCTION, seals=behind, **both, **sale)), BLOCK, "S-08")


@pytest.mark.rows("S-11")
def test_s11_orders_of_two_courts_do_not_lift_each_others_seals():
    """Each order must prevail over each seal; where two courts order, the stricter counts."""
    two = (
        request(COURT_KIND, M.TRANSFER),
        request(COURT_KIND, M.TRANSFER, name="C-2"),
    )
    seals = (seal(COURT_KIND), seal(COURT_KIND, name="C-2", rank=2))
    expect(run(apply(A.COURT_TRANSFER, seals=seals, requests=two)), BLOCK, "S-09")


@pytest.mark.rows("S-12")
@pytest.mark.parametrize("days", [-1, 0])
def test_s12_a_renewal_up_to_the_stated_end_is_executed(days):
    """Before the stated end and on its last day: a renewal."""
    renewal = request(measure=M.RENEW, received_on=DAY + timedelta(days=days))
    decision = run(assist(renewal, seals=(seal(until=DAY),)))
    expect(decision, PASS, "S-12")
    assert Flag.EXECUTE_REQUEST in decision.flags
    assert Flag.WAITING_SEAL not in decision.flags


@pytest.mark.rows("S-12")
def test_s12_a_renewal_after_the_stated_end_is_a_new_seal_behind_the_waiting_ones():
    """The day after: a new seal, waiting where another is in force."""
    ended = seal(until=DAY - timedelta(days=1))
    renewal = request(measure=M.RENEW)
    alone = run(assist(renewal, seals=(ended,)))
    expect(alone, PASS, "S-12")
    assert Flag.WAITING_SEAL not in alone.flags
    behind = run(assist(renewal, seals=(ended, seal(COURT_KIND, rank=2))))
    expect(behind, PASS, "S-12")
    assert Flag.WAITING_SEAL in behind.flags


@pytest.mark.rows("S-13")
@pytest.mark.parametrize("changes", [{"until": None}, {"debt_settled": True}])
def test_s13_a_tax_seal_without_end_or_with_paid_tax_is_still_in_force(changes):
    """No lifting paper: refused, with the hint to ask the tax authority to lift it."""
    old = date(2024, 2, 1)
    decision = run(apply(seals=(seal(since=old, **changes),)))
    expect(decision, BLOCK, "S-13")
    assert told(decision, "S-13").ruling.row.step is Step.LIFT_SEAL


@pytest.mark.rows("S-14")
def test_s14_a_seal_bars_its_own_unit_and_share_only():
    """Another unit, or the share of an owner who gives nothing up, is not reached."""
    expect(run(apply(seals=(seal(unit=OTHER_UNIT),))), PASS, "R-02")
    owners = (by(), by(STRANGER))
    expect(run(apply(transferors=owners, seals=(seal(owner=SELLER),))), BLOCK, "S-04")
    decision = run(apply(seals=(seal(owner=STRANGER),), **HALF_SOLD))
    expect(decision, PASS, "R-02")
    assert "S-14" in {row for item in decision.silent for row in item.rows}
    both = apply(units=(unit(), unit(code=OTHER_UNIT)), seals=(seal(),))
    assert told(run(both), "S-04").obligation.subject == both.units[0].code.masked


@pytest.mark.rows("S-14", "S-04")
def test_s14_a_seal_on_a_co_owners_share_bars_a_sale_of_the_whole_unit():
    """Unless each transferor states its share, below the whole, the sealed share is reached."""
    share = (seal(owner=STRANGER),)
    owned = (unit(owners=(SELLER, STRANGER)),)
    expect(run(apply(units=owned, seals=share)), BLOCK, "S-14")
    whole = (by(share=half()), by(BUYER, share=half()))
    expect(run(apply(units=owned, transferors=whole, seals=share)), BLOCK, "S-14")
    one_unstated = (by(share=half()), by(BUYER))
    expect(run(apply(units=owned, transferors=one_unstated, seals=share)), BLOCK, "S-14")
    expect(run(apply(units=owned, seals=share, **HALF_SOLD)), PASS, "R-02")
    expect(run(apply(seals=(seal(owner=SELLER),), **HALF_SOLD)), BLOCK, "S-14")


@pytest.mark.rows("S-14", "S-04", "S-09", "S-13")
def test_s14_is_named_where_a_share_is_sealed_and_not_for_the_whole_unit():
    """The row on shares stands with the refusal only where one owner's share is sealed."""
    for mine, row in (
        (seal(), "S-04"),
        (seal(until=None), "S-13"),
        (seal(COURT_KIND), "S-09"),
    ):
        whole = told(run(apply(seals=(mine,))), row)
        assert "S-14" not in whole.rows
        share = run(apply(seals=(evolve(mine, owner=SELLER),)))
        expect(share, BLOCK, "S-14")
        assert row in told(share, "S-14").rows


@pytest.mark.rows("S-14", "S-17")
def test_s14_a_share_reaches_acts_whose_disposer_is_not_known():
    """A mortgage without named owners, and an unnamed act, count as reaching the share."""
    share = (seal(owner=STRANGER),)
    expect(run(apply(A.MORTGAGE, seals=share)), BLOCK, "S-04")
    expect(run(apply(A.AREA_CHANGE, seals=share)), CANNOT_VERIFY, "S-17")


@pytest.mark.rows("S-15")
@pytest.mark.parametrize("act", [*DISPOSALS, *UNNAMED, A.ASSISTANCE])
def test_s15_an_unreadable_register_cannot_be_verified(act):
    """Nothing known of seals: hold and retry, never pass, never refuse."""
    decision = run(apply(act, seal_register_readable=False))
    expect(decision, CANNOT_VERIFY, "S-15")
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("S-15", "S-05")
@pytest.mark.parametrize("act", HARMLESS)
def test_s15_where_no_seal_could_bar_the_register_is_not_needed(act):
    """What goes on under a seal goes on without reading the register."""
    expect(run(apply(act, seal_register_readable=False)), NOT_APPLICABLE, "R-01")


@pytest.mark.rows("S-15")
@pytest.mark.parametrize("authority", [Authority.TAX, COURT_KIND])
@pytest.mark.parametrize("measure", list(M))
def test_s15_papers_not_yet_authenticated_hold_and_a_disposal_waits(authority, measure):
    """Papers on their way: retry, also for the disposal beside them."""
    pending = request(authority, measure, authentication=Authentication.PENDING)
    if measure is not M.TRANSFER:
        alone = run(assist(pending))
        expect(alone, CANNOT_VERIFY, "S-15")
        assert alone.retryable
    beside = run(apply(requests=(pending,)))
    expect(beside, CANNOT_VERIFY, "S-15")
    assert beside.retryable


@pytest.mark.rows("S-15")
def test_s15_a_request_on_another_unit_does_not_hold_this_one():
    """Papers about a unit nobody applied for are no part of a sale."""
    pending = request(unit=OTHER_UNIT, authentication=Authentication.PENDING)
    expect(run(apply(requests=(pending,))), PASS, "R-02")


@pytest.mark.rows("S-16")
@pytest.mark.parametrize("authority", [Authority.TAX, COURT_KIND])
def test_s16_suspected_papers_hold_are_asked_back_and_reported(authority):
    """Not retryable, a written report with the officer's reason, and a disposal waits."""
    suspected = request(authority, forgery=FORGERY)
    for application in (assist(suspected), apply(requests=(suspected,))):
        decision = run(application)
        expect(decision, CANNOT_VERIFY, "S-16")
        assert not decision.retryable
        (report,) = decision.referrals
        assert report.kind is SuspicionKind.FORGED_VOUCHER
        assert (report.reason, report.matter) == (FORGERY, Matter.SEAL)
        assert told(decision, "S-16").ruling.row.to == (Addressee.SEALING_AUTHORITY,)
        (notice,) = decision.notices("en")
        assert notice.to_authority


@pytest.mark.rows("S-16")
def test_s16_a_suspicion_comes_before_whatever_else_the_papers_lack():
    """Forged and incomplete, or not authenticated: asked back, not sent back for completion."""
    for changes in ({"notice_present": False}, {"authentication": Authentication.PENDING}):
        decision = run(assist(request(forgery=FORGERY, **changes)))
        expect(decision, CANNOT_VERIFY, "S-16")


@pytest.mark.rows("S-16")
def test_s16_a_suspicion_needs_its_reason():
    """Without the officer's reason the suspicion is an input error."""
    with pytest.raises(ApplicationError, match="forgery"):
        request(forgery="  ")


@pytest.mark.rows("S-17")
@pytest.mark.parametrize("act", UNNAMED)
@pytest.mark.parametrize("authority", list(Authority))
def test_s17_acts_the_rows_do_not_name_wait_for_the_sealing_authority(act, authority):
    """First registration on sealed land, area, use, certificate: hold, not retryable."""
    decision = run(apply(act, seals=(seal(authority),)))
    expect(decision, CANNOT_VERIFY, "S-17")
    assert not decision.retryable
    assert told(decision, "S-17").ruling.row.step is Step.ASK_SEALING_AUTHORITY


@pytest.mark.rows("S-17", "S-10")
def test_s17_a_seal_to_be_recorded_first_holds_unnamed_acts_too():
    """A complete notice beside a change of area: record it, then ask."""
    application = apply(A.AREA_CHANGE, units=(unit(owners=(SELLER,)),), requests=(request(),))
    decision = run(application)
    expect(decision, CANNOT_VERIFY, "S-17")
    assert Flag.RECORD_SEAL_FIRST in decision.flags


@pytest.mark.rows("S-18")
@pytest.mark.parametrize("act", [A.SALE, A.MORTGAGE, A.AREA_CHANGE])
def test_s18_where_the_order_does_not_reach_a_seal_is_a_non_tax_obstacle(act):
    """Outside Shanxi or before the day: not applicable, but the act is not completed."""
    code = UnitCode("119999001001GB00001F00010001")
    outside = apply(
        act,
        division=Division("110100"),
        units=(unit(code=code),),
        seals=(seal(unit=code),),
    )
    early = apply(act, handled_on=date(2024, 1, 31), seals=(seal(COURT_KIND),))
    for application in (outside, early):
        decision = property_title.check(application, at=AT)
        expect(decision, NOT_APPLICABLE, "S-18")
        assert [item.kind for item in decision.obstacles] == [ObstacleKind.SEAL_IN_FORCE]
        assert Flag.NATIONAL_LAW_STILL_BINDS in decision.flags
        assert not decision.may_complete


@pytest.mark.rows("S-18")
def test_s18_what_is_no_bar_is_no_obstacle():
    """Ended seals, harmless acts, other shares and pending notices do not stand in the way."""
    before = {"handled_on": date(2024, 1, 31)}
    for application in (
        apply(seals=(seal(lifted=True),), **before),
        apply(A.CORRECTION, seals=(seal(),), **before),
        apply(seals=(seal(owner=STRANGER),), **before, **HALF_SOLD),
        apply(requests=(request(),), **before),
        evolve(sold_by_tax_authority(seal()), **before),
    ):
        decision = property_title.check(application, at=AT)
        expect(decision, NOT_APPLICABLE, "S-18")
        assert decision.may_complete


@pytest.mark.rows("S-18")
def test_s18_a_lifting_paper_lifts_nothing_where_the_order_does_not_reach():
    """Before the day the request is not carried out, so the seal still stands in the way."""
    early = apply(seals=(seal(),), requests=(LIFTING,), handled_on=date(2024, 1, 31))
    decision = property_title.check(early, at=AT)
    expect(decision, NOT_APPLICABLE, "S-18")
    assert [item.kind for item in decision.obstacles] == [ObstacleKind.SEAL_IN_FORCE]


# Who is told, and what can be done -------------------------------------------------------------


def ways(decision):
    """Return the ways out of each open seal matter, as names and actors."""
    return [
        [[(item.name, item.actor) for item in way] for way in remedy.ways]
        for remedy in decision.remedies()
        if remedy.obligation.matter is SEAL
    ]


@pytest.mark.rows("S-04", "S-09", "S-08")
def test_who_can_do_something_about_a_seal():
    """The sealing authority lifts it; an earlier one may hand over the disposal instead."""
    tax = ("lift-seal", Actor.TAX_AUTHORITY)
    court = ("lift-seal", Actor.OTHER_AUTHORITY)
    assert ways(run(apply(seals=(seal(),)))) == [[[tax]]]
    assert ways(run(apply(seals=(seal(COURT_KIND),)))) == [[[court]]]
    assert ways(run(apply(A.AREA_CHANGE, seals=(seal(COURT_KIND),)))) == [[[court]]]
    behind = sold_by_tax_authority(seal(COURT_KIND), seal(rank=2))
    handed = ("hand-over-disposal", Actor.OTHER_AUTHORITY)
    assert ways(run(behind)) == [[[court], [handed]]]


@pytest.mark.rows("S-02", "S-15", "S-16", "S-11")
def test_who_can_do_something_about_papers_and_the_register():
    """Each flaw has one way out, and it is the authority's or the office's."""
    unread = run(apply(seal_register_readable=False))
    assert ways(unread) == [[[("read-seal-register", Actor.OFFICE)]]]
    for changes, name, actor in (
        ({"notice_present": False}, "complete-request", Actor.TAX_AUTHORITY),
        ({"authentication": Authentication.PENDING}, "authenticate-request", Actor.OFFICE),
        ({"forgery": FORGERY}, "confirm-request", Actor.TAX_AUTHORITY),
    ):
        assert ways(run(assist(request(**changes)))) == [[[(name, actor)]]]
    doubted = run(assist(request(COURT_KIND, forgery=FORGERY)))
    assert ways(doubted) == [[[("confirm-request", Actor.OTHER_AUTHORITY)]]]
    lacking = run(awarded(notice_present=False))
    assert ways(lacking) == [[[("complete-request", Actor.OTHER_AUTHORITY)]]]


@pytest.mark.rows("S-02", "S-08", "S-10", "S-16")
def test_authorities_are_told_by_name_and_each_of_its_own():
    """Two courts get two notices; the tax authority that asks is named."""
    courts = (request(COURT_KIND), request(COURT_KIND, name="C-2", forgery=FORGERY))
    given = run(apply(requests=courts)).notices("zh-CN")
    assert len([notice for notice in given if notice.to_authority]) == 2
    behind = sold_by_tax_authority(seal(COURT_KIND), seal(rank=2))
    names = told(run(behind), "S-08").obligation.authorities
    assert names[Addressee.TAX_AUTHORITY] == TAX_OFFICE
    pending = told(run(apply(requests=(request(),))), "S-10").obligation.authorities
    assert pending[Addressee.TAX_AUTHORITY] == TAX_OFFICE


@pytest.mark.rows("S-04", "S-15")
def test_nothing_is_told_to_the_deceased():
    """At an inheritance the heir is told of the seal, not who died."""
    for changes in ({"seals": (seal(),)}, {"seal_register_readable": False}):
        notices = run(apply(A.INHERITANCE, **changes)).notices("zh-CN")
        assert {notice.addressee for notice in notices} == {BUYER.masked}


# Input errors ----------------------------------------------------------------------------------


@pytest.mark.rows("3.3")
def test_what_seals_and_requests_cannot_be():
    """Ranks start at 1, orders at 0; assistance needs a request, and not one for a transfer."""
    for make in (
        lambda: seal(rank=0),
        lambda: request(order=-1),
        lambda: apply(A.ASSISTANCE, requests=()),
        lambda: assist(request(measure=M.TRANSFER)),
    ):
        with pytest.raises(ApplicationError):
            make()


@pytest.mark.rows("3.3")
def test_every_act_has_a_meaning_under_seal():
    """Each kind of registration is a disposal, harmless, unnamed, or assistance."""
    assert set(TAXED_ACTS) <= {*DISPOSALS, *UNNAMED}
    assert len(DISPOSALS) + len(HARMLESS) + len(UNNAMED) + 1 == len(A)
    assert (seal().name, seal(COURT_KIND).name) == (TAX_OFFICE, COURT)
