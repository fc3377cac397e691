"""Deregistration at a staffing office (机构编制部门): named cases per row, section 5."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deregistration_cases import (
    CLEARANCE,
    DAY,
    DOWN,
    GARBLED,
    OTHER,
    REGISTRATION,
    S,
    entity,
    judge,
    paper,
    record,
    staffing,
)
from expect import BLOCK, CANNOT_VERIFY, NOTIFY_HOLD, PASS, expect
from taxgate.checks.deregistration.application import EntityKind
from taxgate.checks.deregistration.records import DocumentKind
from taxgate.evidence import OutageCause
from taxgate.identifiers import Uscc
from taxgate.terms import Basis, Flag, Step

ORGAN = Uscc("11149999000000005X")
INSTITUTION = Uscc("12149999MB0000004W")
YES = record(S.REGISTERED_FOR_TAX)
NO = record(S.NOT_REGISTERED_FOR_TAX)
PAPERS = record(document=DocumentKind.CANCELLATION_NOTICE, matter=REGISTRATION)
NOT_REGISTERED = [pytest.param([NO], id="said"), pytest.param([], id="empty-list")]


def decide(reply, **changes):
    """Check a staffing-office case with an answer on the tax registration."""
    return judge(staffing(**changes), registration=reply)


def at(uscc):
    """Return a unit under another code."""
    return entity(EntityKind.PUBLIC_INSTITUTION, uscc=uscc)


@pytest.mark.rows("D-20")
@pytest.mark.parametrize("declared", [None, True, False])
@pytest.mark.parametrize(
    "reply",
    [
        pytest.param([PAPERS, YES], id="registered"),
        pytest.param([PAPERS, NO], id="not-registered"),
        pytest.param([PAPERS, YES, NO], id="contradictory"),
        pytest.param([PAPERS], id="registration-not-said"),
    ],
)
def test_verified_papers_pass_whatever_was_declared(reply, declared):
    """Papers the tax source confirms settle it."""
    decision = decide(reply, declared_registration=declared)
    expect(decision, PASS, "D-20")
    assert decision.verified
    assert decision.may_complete


@pytest.mark.rows("D-20")
@pytest.mark.parametrize(
    "document", [DocumentKind.CANCELLATION_NOTICE, DocumentKind.CLEARANCE_CERTIFICATE]
)
@pytest.mark.parametrize("reply", [[YES], [NO], [], DOWN, GARBLED])
def test_papers_an_officer_verified_pass(document, reply):
    """Also in an outage, also against an answer that has none."""
    papers = (paper(verified=True, document=document, matter=CLEARANCE),)
    decision = decide(reply, papers=papers, declared_registration=True)
    expect(decision, PASS, "D-20")
    assert decision.verified
    assert decision.findings[0].obligation.basis is Basis.VERIFIED_PAPER


@pytest.mark.rows("D-21")
@pytest.mark.parametrize("declared", [None, True])
def test_a_registered_unit_without_papers_is_told_to_bring_them(declared):
    """Registered per the tax source: the papers must be required."""
    decision = decide([YES], declared_registration=declared)
    expect(decision, NOTIFY_HOLD, "D-21")
    assert decision.deciding[0].ruling.row.step is Step.CANCEL_TAX_REGISTRATION
    assert not decision.retryable


@pytest.mark.rows("D-21")
def test_a_waiver_is_unknown_to_the_staffing_office():
    """Art. 27(2) knows no waiver: as if no papers were there."""
    decision = decide([YES, record(S.WAIVED, matter=REGISTRATION)])
    expect(decision, NOTIFY_HOLD, "D-21")
    assert Flag.CLEARANCE_WAIVED_BY_TAX not in decision.flags


@pytest.mark.rows("D-21")
@pytest.mark.parametrize("document", [DocumentKind.SETTLEMENT_NOTICE, DocumentKind.RECEIPT])
def test_papers_of_another_kind_are_none(document):
    """A notice that all is settled does not show the registration cancelled."""
    papers = (paper(verified=True, document=document),)
    expect(decide([YES], papers=papers), NOTIFY_HOLD, "D-21")


@pytest.mark.rows("D-22")
@pytest.mark.parametrize("reply", NOT_REGISTERED)
@pytest.mark.parametrize("declared", [None, False])
def test_a_unit_never_registered_needs_no_papers(reply, declared):
    """The tax source answered for this code, and the unit says nothing else."""
    decision = decide(reply, declared_registration=declared)
    expect(decision, PASS, "D-22")
    assert Flag.TAX_NEVER_REGISTERED in decision.flags
    assert decision.verified


@pytest.mark.rows("D-22")
def test_a_waiver_beside_a_denial_does_not_disturb_it():
    """Not registered, and no document needed either."""
    expect(decide([NO, record(S.WAIVED, matter=REGISTRATION)]), PASS, "D-22")


@pytest.mark.rows("D-22")
@pytest.mark.parametrize(
    "reply",
    [
        pytest.param([record(S.NOT_REGISTERED_FOR_TAX, uscc=OTHER)], id="another"),
        pytest.param([record(S.NOT_REGISTERED_FOR_TAX, uscc=None)], id="nobody"),
        pytest.param([record(S.NOT_REGISTERED_FOR_TAX, name="另一名称")], id="name"),
        pytest.param(
            [record(S.NOT_REGISTERED_FOR_TAX, issued_on=DAY + timedelta(days=1))], id="tomorrow"
        ),
        pytest.param([record(S.NO_OBJECTION)], id="other-matter"),
        pytest.param([record(S.REGISTERED_FOR_TAX, uscc=OTHER)], id="another-registered"),
        pytest.param([YES, NO], id="both"),
        pytest.param([record(S.NEVER_HAD_TAX_AFFAIRS, matter=REGISTRATION)], id="no-affairs"),
    ],
)
def test_an_answer_that_is_not_clearly_no_is_never_a_pass(reply):
    """A list that names others, nobody, or both: the tax authority is asked."""
    decision = decide(reply)
    assert decision.outcome is NOTIFY_HOLD
    assert decision.deciding[0].code == "deregistration/tax-registration/conflict"
    assert decision.deciding[0].ruling.row.step is Step.ASK_TAX_AUTHORITY


@pytest.mark.rows("D-22", "1.3")
@pytest.mark.parametrize("declared", [None, False])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"name": "别的名称"}, id="name"),
        pytest.param({"uscc": None}, id="nobody"),
        pytest.param({"issued_on": DAY + timedelta(days=1)}, id="tomorrow"),
    ],
)
def test_a_doubtful_registration_contradicts_a_denial(change, declared):
    """Perhaps registered after all: sources disagree, whatever is wrong with that record."""
    doubtful = record(S.REGISTERED_FOR_TAX, **change)
    for reply in ([NO, doubtful], [doubtful, NO], [doubtful], [YES, doubtful]):
        decision = decide(reply, declared_registration=declared)
        expect(decision, NOTIFY_HOLD, "1.3")
        assert decision.deciding[0].code == "deregistration/tax-registration/conflict"


@pytest.mark.rows("D-22")
def test_the_registration_of_another_unit_does_not_contradict_a_denial():
    """The code is the only key: what is said of another unit says nothing of this one."""
    expect(decide([NO, record(S.REGISTERED_FOR_TAX, uscc=OTHER)]), PASS, "D-22")


@pytest.mark.rows("D-21")
def test_a_doubtful_denial_does_not_weaken_a_registration():
    """A "not registered" under another name takes nothing from a plain "registered"."""
    doubtful = record(S.NOT_REGISTERED_FOR_TAX, name="别的名称")
    expect(decide([YES, doubtful]), NOTIFY_HOLD, "D-21")


@pytest.mark.rows("D-23")
@pytest.mark.parametrize(
    ("reply", "declared"), [([YES], False), ([NO], True), ([], True)], ids=["yes", "no", "empty"]
)
def test_declaration_and_tax_source_differ(reply, declared):
    """Either way: a conflict for the tax authority, told by its own row."""
    decision = decide(reply, declared_registration=declared)
    expect(decision, NOTIFY_HOLD, "D-23")
    assert decision.deciding[0].rows == ("D-23",)
    assert decision.deciding[0].ruling.row.step is Step.ASK_TAX_AUTHORITY


@pytest.mark.rows("D-24")
@pytest.mark.parametrize("reply", [DOWN, GARBLED, OutageCause.NOT_ASKED])
@pytest.mark.parametrize("declared", [None, True, False])
@pytest.mark.parametrize(
    "papers",
    [
        pytest.param((), id="nothing"),
        pytest.param((paper(document=DocumentKind.CANCELLATION_NOTICE),), id="unverified"),
        pytest.param((paper(S.NOT_REGISTERED_FOR_TAX),), id="unverified-confirmation"),
        pytest.param((paper(verified=True, uscc=OTHER),), id="of-another"),
    ],
)
def test_an_outage_is_never_a_pass(reply, declared, papers):
    """A declaration, nothing, or papers nobody verified: hold and retry."""
    decision = decide(reply, declared_registration=declared, papers=papers)
    expect(decision, CANNOT_VERIFY, "D-24")
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("D-24")
def test_a_state_organ_is_not_inferred_to_be_unregistered():
    """Its code alone says nothing while the source is down."""
    expect(decide(DOWN, entity=at(ORGAN), declared_registration=False), CANNOT_VERIFY, "D-24")


@pytest.mark.rows("D-22", "D-23")
def test_a_verified_confirmation_of_no_registration_counts_in_an_outage():
    """The tax authority's written confirmation, verified by an officer, is its answer."""
    papers = (paper(S.NOT_REGISTERED_FOR_TAX, verified=True),)
    decision = decide(DOWN, papers=papers)
    expect(decision, PASS, "D-22")
    assert decision.findings[0].obligation.basis is Basis.VERIFIED_PAPER
    differs = decide(DOWN, papers=papers, declared_registration=True)
    expect(differs, NOTIFY_HOLD, "D-23")


@pytest.mark.rows("D-24")
@pytest.mark.parametrize("change", [{"uscc": OTHER}, {"uscc": None}, {"name": "另一名称"}])
def test_a_confirmation_of_another_unit_does_not(change):
    """Of another code, of none, or under another name."""
    papers = (paper(S.NOT_REGISTERED_FOR_TAX, verified=True, **change),)
    expect(decide(DOWN, papers=papers), CANNOT_VERIFY, "D-24")


@pytest.mark.rows("D-27")
def test_a_forged_confirmation_refuses():
    """A suspected confirmation is a suspected paper."""
    papers = (paper(S.NOT_REGISTERED_FOR_TAX, verified=True, forgery="编号不存在"),)
    expect(decide(DOWN, papers=papers), BLOCK, "D-27")


@pytest.mark.rows("D-22")
def test_a_confirmation_against_an_answer_that_says_registered():
    """Sources disagree: hold, the tax authority clears it up."""
    papers = (paper(S.NOT_REGISTERED_FOR_TAX, verified=True),)
    decision = decide([YES], papers=papers)
    assert decision.outcome is NOTIFY_HOLD
    assert decision.deciding[0].code == "deregistration/tax-registration/conflict"


@pytest.mark.rows("D-25")
@pytest.mark.parametrize("reply", [[], [record(S.NOT_REGISTERED_FOR_TAX, uscc=ORGAN)]])
def test_a_state_organ_that_was_never_registered(reply):
    """A code that starts with 11: the same pass by the state organ's own row."""
    decision = decide(reply, entity=at(ORGAN))
    expect(decision, PASS, "D-25")
    assert decision.deciding[0].rows == ("D-25",)
    expect(decide([], entity=at(INSTITUTION)), PASS, "D-22")


@pytest.mark.rows("D-21", "D-23")
def test_a_state_organ_that_is_registered_needs_papers_like_others():
    """The exception is about registration, not about paying tax."""
    registered = record(S.REGISTERED_FOR_TAX, uscc=ORGAN)
    expect(decide([registered], entity=at(ORGAN)), NOTIFY_HOLD, "D-21")
    expect(decide([], entity=at(ORGAN), declared_registration=True), NOTIFY_HOLD, "D-23")


@pytest.mark.rows("D-34")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"uscc": OTHER}, "papers-mismatch"),
        ({"status": S.REVOKED}, "papers-revoked"),
        ({"name": "另一名称"}, "papers-contradicted"),
        ({"issued_on": DAY + timedelta(days=1)}, "papers-contradicted"),
        ({"document": None}, "papers-contradicted"),
    ],
)
@pytest.mark.parametrize("said", [YES, NO])
@pytest.mark.parametrize("declared", [None, True, False])
def test_doubtful_papers_hold(change, code, said, declared):
    """Of another unit, revoked, or in conflict: also where the unit was never registered."""
    found = record(**({"status": S.ISSUED, "matter": REGISTRATION} | change))
    decision = decide([said, found], declared_registration=declared)
    expect(decision, NOTIFY_HOLD, "D-34")
    assert decision.deciding[0].code == f"deregistration/tax-registration/{code}"


@pytest.mark.rows("D-34")
@pytest.mark.parametrize("reply", [[YES], [NO], []])
def test_unverified_papers_against_the_source_hold(reply):
    """The source has no such papers: a conflict, never a pass by "not registered"."""
    papers = (paper(document=DocumentKind.CANCELLATION_NOTICE),)
    expect(decide(reply, papers=papers), NOTIFY_HOLD, "D-34")
