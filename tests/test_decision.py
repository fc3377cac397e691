"""The decision as a whole: what it allows, what it refuses to be, and what it keeps."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from expect import NOTIFY_REFUSE, PASS, expect
from taxgate.checks.vehicle.application import Archive, Energy, VehicleAct
from taxgate.decision import Decision
from taxgate.errors import ApplicationError, DecisionTruthError, NotPassedError, TaxgateError
from taxgate.evidence import OutageCause
from taxgate.proceedings import Suspicion, SuspicionKind
from taxgate.terms import Flag, RecordStatus
from vehicle_cases import OWNER, VPT, VVT, apply, car, judge, paper, record

DOWN = OutageCause.SERVER_FAULT


def test_a_decision_has_no_truth_value():
    """`if decision:` would take a block for true."""
    for decision in (judge(apply()), judge(apply(), [])):
        with pytest.raises(DecisionTruthError, match="may_complete"):
            bool(decision)
        with pytest.raises(TypeError):
            assert decision


def test_require_pass_returns_or_raises_with_the_decision():
    """The exception carries the decision and names every deciding code."""
    judge(apply()).require_pass()
    decision = judge(apply(), [], [])
    with pytest.raises(NotPassedError) as caught:
        decision.require_pass()
    assert caught.value.decision is decision
    text = str(caught.value)
    assert "vehicle/purchase-tax/none-found" in text
    assert "vehicle/vessel-tax/none-found" in text
    assert "notify-taxpayer/refuse" in text


def test_an_obstacle_keeps_a_passed_act_from_completion():
    """Seizure: the tax verdict passes, the act may not be completed."""
    decision = judge(apply(seized=True))
    expect(decision, PASS)
    assert not decision.may_complete
    with pytest.raises(NotPassedError, match="vehicle-seized"):
        decision.require_pass()


def test_decisions_are_immutable_equal_and_hashless_of_order():
    """Equal input gives equal decisions; nothing can be changed afterwards."""
    one, other = judge(apply(), []), judge(apply(), [])
    assert one == other
    assert one != judge(apply(), [record(VPT, RecordStatus.UNPAID)])
    with pytest.raises(FrozenInstanceError):
        one.flags = ()


def test_nothing_decided_is_never_a_pass():
    """A decision without findings cannot be built."""
    with pytest.raises(ValueError, match="empty"):
        evolve(judge(apply()), findings=())


def test_findings_come_strictest_first_and_deciding_ones_are_named():
    """All reasons stay; the strictest decide."""
    decision = judge(apply(), DOWN, [])
    expect(decision, NOTIFY_REFUSE)
    assert [item.obligation.matter for item in decision.findings] == [VVT, VPT]
    assert [item.obligation.matter for item in decision.deciding] == [VVT]


@pytest.mark.parametrize(
    ("vpt", "vvt", "retryable", "verified"),
    [
        (None, None, False, True),
        (DOWN, None, True, False),
        (DOWN, DOWN, True, False),
        (DOWN, [], False, False),
        ([], None, False, True),
    ],
)
def test_retryable_and_verified(vpt, vvt, retryable, verified):
    """Retryable if a retry alone could lift all that holds; verified if nothing is an outage."""
    decision = judge(apply(), vpt, vvt)
    assert decision.retryable is retryable
    assert decision.verified is verified


def test_an_archive_alone_verifies_nothing_but_an_answer_beside_it_does():
    """The office's own archive is no tax evidence; the answer on the other tax is."""
    transfer = apply(VehicleAct.TRANSFER, archive_exemption=Archive.NONE)
    assert judge(transfer).verified
    assert not judge(transfer, None, DOWN).verified


def test_citations_are_those_in_force_on_the_governing_day():
    """The new-energy notice of 2024-27 is not cited in 2028."""
    electric = car(energy=Energy.BATTERY_ELECTRIC, displacement_ml=None)

    def cited(day):
        bought = apply(handled_on=day, vehicle=electric, acquired_on=date(2027, 12, 1))
        decision = judge(bought, [record(VPT, RecordStatus.REDUCED_PAID)])
        (finding,) = (item for item in decision.findings if item.obligation.matter is VPT)
        return {item.source for item in finding.cites(day)}

    assert "V-r" in cited(date(2027, 12, 31))
    assert "V-r" not in cited(date(2028, 1, 1))
    assert {"V-d"} <= cited(date(2028, 1, 1))


def test_readings_are_recorded_whether_or_not_they_mattered():
    """A decision says which readings were in force."""
    decision = judge(apply(), readings=("iit_strict", "exempt_loss_strict"))
    assert decision.readings == {"iit_strict", "exempt_loss_strict"}


def test_flags_are_sorted_and_come_from_rows_and_appraisal():
    """Each remark once, in a fixed order."""
    before = judge(apply(handled_on=None, application_date=date(2024, 1, 31)))
    assert before.flags == (Flag.NATIONAL_LAW_STILL_BINDS,)


def test_an_officers_suspicion_is_referred_and_changes_no_verdict():
    """A sham price an officer found is reported in writing; the tax verdict stands."""
    found = Suspicion(kind=SuspicionKind.SHAM_PRICE, found="两份合同价格不一致", person=OWNER)
    decision = judge(apply(suspicions=(found,)))
    expect(decision, PASS)
    assert [(item.kind, item.reason) for item in decision.referrals] == [
        (SuspicionKind.SHAM_PRICE, "两份合同价格不一致")
    ]
    assert decision.referrals[0].basis.article == "29"
    with pytest.raises(ApplicationError, match="empty"):
        Suspicion(kind=SuspicionKind.OTHER, found=" ")


def test_referrals_come_in_a_fixed_order_and_once():
    """Two forged papers and their order in the file make no difference."""
    papers = (
        paper(forgery="编号不存在", voucher_no="V2"),
        paper(forgery="编号不存在", voucher_no="V1"),
    )
    one = judge(apply(papers=papers))
    other = judge(apply(papers=papers[::-1]))
    assert one.referrals == other.referrals
    assert [item.voucher_no for item in one.referrals] == ["V1", "V2"]
    twice = judge(apply(papers=(papers[0], papers[0])))
    assert len(twice.referrals) == 1


def test_heading_carries_the_case():
    """Office, case, act, governing day and instant travel with the decision."""
    decision = judge(
        apply(office="太原市车辆管理所", case_no="C-2026-1", office_phone="0351-0000000")
    )
    heading = decision.heading
    assert (heading.office, heading.case_no, heading.act) == (
        "太原市车辆管理所",
        "C-2026-1",
        "first-registration",
    )
    assert heading.today == heading.governing_on


@pytest.mark.parametrize(
    "error",
    [
        ApplicationError("vehicle.seats", "is negative"),
        DecisionTruthError(),
    ],
)
def test_errors_pickle(error):
    """Errors cross process borders whole."""
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert isinstance(copy, TaxgateError)
    assert str(copy) == str(error)


def test_decision_is_a_class_users_can_annotate():
    """The public name is the class."""
    import taxgate  # noqa: PLC0415

    assert taxgate.Decision is Decision
