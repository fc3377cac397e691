"""Deregistration: statements dated on the day itself, and what a finding tells of its case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deregistration_cases import (
    CLEARANCE,
    DAY,
    DOWN,
    GARBLED,
    LAST,
    NAME,
    OBJECTION,
    OTHER,
    REGISTRATION,
    START,
    USCC,
    apply,
    individual,
    judge,
    paper,
    publicity,
    record,
    ruling,
    simplified,
    staffing,
)
from expect import BLOCK, CANNOT_VERIFY, NOTIFY_HOLD, PASS, expect, refused
from taxgate.checks import deregistration
from taxgate.checks.deregistration.application import Objector
from taxgate.errors import AnswerError
from taxgate.findings import Standing
from taxgate.parties import IdType
from taxgate.terms import Basis, Matter, RecordStatus, State

S = RecordStatus
ONE = timedelta(days=1)


def about(decision, matter):
    """Return the obligation on a matter."""
    found = (*decision.findings, *decision.silent)
    return next(item.obligation for item in found if item.obligation.matter is matter)


@pytest.mark.rows("D-16", "D-03")
@pytest.mark.parametrize(("dated", "row"), [(DAY, "D-16"), (DAY + ONE, "D-03")])
def test_d16_a_waiver_of_the_decision_day_counts(dated, row):
    """One dated a day later is in conflict."""
    decision = judge(apply(), [record(S.WAIVED, issued_on=dated)])
    expect(decision, PASS if row == "D-16" else NOTIFY_HOLD, row)


@pytest.mark.rows("D-14", "D-02")
@pytest.mark.parametrize(("dated", "row"), [(DAY, "D-14"), (DAY + ONE, "D-02")])
def test_d14_a_statement_of_the_decision_day_gives_the_hint(dated, row):
    """One dated a day later does not."""
    reply = [record(S.NEVER_HAD_TAX_AFFAIRS, issued_on=dated)]
    expect(judge(apply(), reply), NOTIFY_HOLD, row)


@pytest.mark.rows("D-22", "D-24")
@pytest.mark.parametrize(("dated", "outcome"), [(DAY, PASS), (DAY + ONE, NOTIFY_HOLD)])
def test_d22_not_registered_on_the_decision_day_counts(dated, outcome):
    """A statement dated a day later is none for this decision."""
    reply = [record(S.NOT_REGISTERED_FOR_TAX, issued_on=dated)]
    expect(judge(staffing(), registration=reply), outcome)


@pytest.mark.rows("D-22")
@pytest.mark.parametrize(("dated", "outcome"), [(DAY, PASS), (DAY + ONE, CANNOT_VERIFY)])
def test_d22_a_verified_paper_says_so_as_well(dated, outcome):
    """A confirmation an officer verified, of the decision day; the source is out of reach."""
    told = paper(S.NOT_REGISTERED_FOR_TAX, verified=True, matter=REGISTRATION, issued_on=dated)
    expect(judge(staffing(papers=(told,)), registration=DOWN), outcome)


@pytest.mark.rows("D-16", "D-03")
def test_d16_a_waiver_whose_number_was_revoked_under_another_code_is_in_conflict():
    """Revoked under another code: asked about; another number, or an unverified paper: not."""
    waiver = record(S.WAIVED, voucher_no="W-1")
    revoked = {"uscc": OTHER, "voucher_no": "W-1"}
    decision = judge(apply(), [waiver, record(S.REVOKED, **revoked)])
    expect(decision, NOTIFY_HOLD, "D-03")
    assert {item.code for item in decision.deciding} == {"deregistration/clearance/conflict"}
    weighed = {item.record: item for item in about(decision, CLEARANCE).weighed}
    assert weighed[waiver].standing is Standing.CONFLICT
    assert weighed[waiver].why == "perhaps-cancelled"
    expect(judge(apply(), [waiver, record(uscc=OTHER, voucher_no="W-1")]), PASS, "D-16")
    expect(judge(apply(papers=(paper(S.REVOKED, **revoked),)), [waiver]), PASS, "D-16")


@pytest.mark.rows("D-08", "D-06")
def test_d08_what_the_objection_rests_on():
    """The register while the period runs; the answer once it settles; nothing in an outage."""
    for application, reply, basis in (
        (simplified(START + 5 * ONE), None, Basis.REGISTER),
        (simplified(START + 5 * ONE), DOWN, Basis.REGISTER),
        (simplified(), None, Basis.ANSWER),
        (simplified(), [], Basis.OUTAGE),
        (simplified(), DOWN, Basis.OUTAGE),
        (simplified(publicity=None), DOWN, Basis.REGISTER),
        (simplified(push=None), None, Basis.OUTAGE),
        (simplified(publicity=None, push=None), DOWN, Basis.OUTAGE),
        (simplified(LAST), None, Basis.REGISTER),
        (simplified(LAST + ONE), None, Basis.ANSWER),
        (individual(START + 5 * ONE), DOWN, Basis.REGISTER),
        (individual(), DOWN, Basis.OUTAGE),
        (simplified(), [record(S.OBJECTED, raised_on=START + ONE)], Basis.ANSWER),
    ):
        assert about(judge(application, objection=reply), OBJECTION).basis is basis


@pytest.mark.rows("D-04", "D-12")
def test_each_obligation_names_the_entity_and_what_the_route_demands():
    """By its code and name; ten days for an individual business, publicity for others."""
    for application, period in ((simplified(), "publicity"), (individual(), "ten-days")):
        decision = judge(application)
        obligation = about(decision, OBJECTION)
        assert str(obligation.demand) == period
        assert str(about(decision, CLEARANCE).demand) == "simplified"
        assert obligation.party.id_type is IdType.USCC
        assert (obligation.party.number, obligation.party.name) == (USCC.value, NAME)
        assert obligation.subject == USCC.masked
        assert obligation.answer is not None


@pytest.mark.rows("D-27")
def test_d27_a_forged_ruling_rests_on_the_officer():
    """No source is asked about it."""
    decision = judge(apply(ruling=ruling(forgery="印章不符")))
    expect(decision, BLOCK, "D-27")
    obligation = about(decision, Matter.COURT_EXECUTION)
    assert obligation.basis is Basis.OFFICER
    assert obligation.inquiry is None


@pytest.mark.rows("D-24", "D-21", "D-23")
def test_what_the_tax_registration_rests_on():
    """An answer, whatever it says; an outage, of whichever kind, is told apart."""
    for reply, basis, code in (
        ([record(S.REGISTERED_FOR_TAX)], Basis.ANSWER, "papers-required"),
        ([record(S.NOT_REGISTERED_FOR_TAX)], Basis.ANSWER, "never-registered"),
        (
            [record(S.REGISTERED_FOR_TAX), record(S.NOT_REGISTERED_FOR_TAX)],
            Basis.ANSWER,
            "conflict",
        ),
        (DOWN, Basis.OUTAGE, "source-unreachable"),
        (GARBLED, Basis.OUTAGE, "source-untrusted"),
    ):
        decision = judge(staffing(), registration=reply)
        (finding,) = decision.deciding
        assert finding.code == f"deregistration/tax-registration/{code}"
        assert finding.obligation.basis is basis
        assert about(decision, REGISTRATION).answer is not None


@pytest.mark.rows("D-06", "D-10", "D-19")
def test_an_obstacle_names_the_entity_and_its_period():
    """Publicity still running, and somebody else's objection."""
    waiting = judge(simplified(START + 5 * ONE, other_objections=(Objector.CREDITOR,)))
    assert {str(item.kind) for item in waiting.obstacles} == {
        "publicity-running",
        "other-objection",
    }
    for obstacle in waiting.obstacles:
        assert dict(obstacle.detail)["subject"] == USCC.masked


@pytest.mark.rows("D-01")
def test_an_inquiry_says_why_it_is_asked_only_with_office_and_case_number():
    """The code is named in any case."""
    named = {"office": "某市场监管局", "case_no": "1"}
    for inquiry in deregistration.inquiries(apply(**named)):
        assert inquiry.company == USCC
        assert inquiry.purpose.provision == "order-307/27(1)"
    for inquiry in deregistration.inquiries(staffing(**named)):
        assert inquiry.purpose.provision == "order-307/27(2)"
    for name, value in named.items():
        for inquiry in deregistration.inquiries(apply(**{name: value})):
            assert inquiry.purpose is None


@pytest.mark.rows("D-07")
def test_an_extension_is_counted_from_the_end_that_was_published():
    """A publicity published ten days longer moves the latest extension by ten days."""
    until = LAST + 10 * ONE
    latest = until + 30 * ONE
    assert simplified(publicity=publicity(published_until=until, extended_until=latest))
    with refused("publicity.extended_until"):
        simplified(publicity=publicity(published_until=until, extended_until=latest + ONE))


@pytest.mark.rows("D-01", "D-03")
@pytest.mark.parametrize(("dated", "row"), [(DAY, "D-01"), (DAY + ONE, "D-03")])
def test_d01_a_verified_paper_counts_if_dated_by_the_decision_day(dated, row):
    """Confirmed by an officer; one dated a day later is in conflict."""
    told = paper(verified=True, issued_on=dated)
    expect(judge(apply(papers=(told,))), PASS if row == "D-01" else NOTIFY_HOLD, row)


@pytest.mark.rows("D-32")
def test_d32_a_revocation_beside_a_doubtful_document_is_told_as_invalid():
    """The evidence status is that of the revocation, not of what contradicts it."""
    reply = [record(S.REVOKED, voucher_no="1"), record(voucher_no="2", name="另一公司")]
    decision = judge(simplified(), reply)
    expect(decision, NOTIFY_HOLD, "D-32")
    assert about(decision, CLEARANCE).facts.state is State.INVALID


@pytest.mark.rows("1.3")
def test_a_status_under_another_matter_is_told_where_it_belongs():
    """The error names the matter under which it is stated."""
    with pytest.raises(AnswerError, match='is stated under "tax-objection"'):
        record(S.OBJECTED, matter=CLEARANCE)
    with pytest.raises(AnswerError, match='is stated under "clearance" or "tax-registration"'):
        record(S.WAIVED, matter=OBJECTION)


@pytest.mark.rows("D-05", "D-08")
def test_two_doubtful_withdrawals_may_take_away_two_objections():
    """With as many doubtful withdrawals as objections it is not sure that one still stands."""
    days = (START + ONE, START + 2 * ONE)
    objected = [record(S.OBJECTED, raised_on=day) for day in days]
    doubtful = [
        record(S.OBJECTION_WITHDRAWN, uscc=None, voucher_no=f"W-{number}") for number in range(2)
    ]
    expect(judge(simplified(), objection=[*objected, *doubtful]), CANNOT_VERIFY, "D-08")
    expect(judge(simplified(), objection=[*objected, doubtful[0]]), BLOCK, "D-05")
