"""Deregistration at market registrars, general and court route: named cases per row, section 5."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from deregistration_cases import (
    CLEARANCE,
    DAY,
    DOWN,
    GARBLED,
    NAME,
    OBJECTION,
    OTHER,
    REGISTRATION,
    USCC,
    S,
    apply,
    entity,
    individual,
    judge,
    morning,
    paper,
    record,
    ruling,
    simplified,
    staffing,
)
from expect import BLOCK, CANNOT_VERIFY, NOT_APPLICABLE, NOTIFY_HOLD, PASS, expect, refused
from taxgate.checks import deregistration
from taxgate.checks.deregistration.application import (
    Cause,
    DeclaredAffairs,
    DeregistrationAct,
    EntityKind,
    Registrar,
    Route,
    RulingKind,
)
from taxgate.checks.deregistration.records import DocumentKind
from taxgate.errors import AnswerError, ApplicationError
from taxgate.evidence import Paper, Purpose
from taxgate.identifiers import Division
from taxgate.proceedings import Suspicion, SuspicionKind
from taxgate.terms import Addressee, Basis, Effect, Flag, Step, Verdict

ROUTES = [Route.GENERAL, Route.COURT]
FITTING = [
    DocumentKind.CLEARANCE_CERTIFICATE,
    DocumentKind.CANCELLATION_NOTICE,
    DocumentKind.SETTLEMENT_NOTICE,
]
MARKET_KINDS = [
    EntityKind.COMPANY,
    EntityKind.OTHER_ENTERPRISE,
    EntityKind.PARTNERSHIP,
    EntityKind.COOPERATIVE,
    EntityKind.INDIVIDUAL_BUSINESS,
    EntityKind.BRANCH,
]
DOUBTFUL = [
    pytest.param({"uscc": OTHER}, "mismatch", id="of-another-entity"),
    pytest.param({"status": S.REVOKED}, "revoked", id="revoked"),
    pytest.param({"name": "另一名称"}, "conflict", id="name-variant"),
    pytest.param({"uscc": None}, "conflict", id="no-uscc"),
    pytest.param({"document": None}, "conflict", id="kind-not-stated"),
    pytest.param({"issued_on": DAY + timedelta(days=1)}, "conflict", id="dated-after-decision"),
]


def doubtful(change):
    """Return a clearance document with something wrong with it."""
    return record(**({"status": S.ISSUED} | change))


def only(decision, matter):
    """Return the one finding on a matter."""
    (found,) = [item for item in decision.findings if item.obligation.matter is matter]
    return found


# Scope ----------------------------------------------------------------------------------------


@pytest.mark.rows("D-26")
@pytest.mark.parametrize("act", [act for act in DeregistrationAct if act != "deregistration"])
@pytest.mark.parametrize("registrar", list(Registrar))
def test_what_is_no_deregistration_on_application_is_out(act, registrar):
    """Ex officio, revoked registration, suspension, change: not applicable, nothing is asked."""
    kind = {
        Registrar.MARKET: EntityKind.COMPANY,
        Registrar.STAFFING_OFFICE: EntityKind.PUBLIC_INSTITUTION,
        Registrar.OTHER: EntityKind.OTHER,
    }[registrar]
    application = apply(None, act=act, registrar=registrar, entity=entity(kind))
    decision = judge(application)
    expect(decision, NOT_APPLICABLE, "D-26")
    assert not decision.verified
    assert deregistration.inquiries(application) == ()


@pytest.mark.rows("D-26")
def test_an_act_without_an_application_needs_no_application_date():
    """An ex-officio deregistration is governed by its day of handling."""
    application = apply(
        None, act=DeregistrationAct.EX_OFFICIO_DEREGISTRATION, application_date=None
    )
    assert application.governing_on == DAY
    expect(judge(application), NOT_APPLICABLE, "D-26")


@pytest.mark.rows("D-26")
@pytest.mark.parametrize("kind", MARKET_KINDS)
@pytest.mark.parametrize("act", list(DeregistrationAct))
def test_no_other_registrar_deregisters_a_market_entity(kind, act):
    """Every market entity is in scope, so an unnamed registrar is no way around the check."""
    with pytest.raises(ApplicationError, match="registered by a market registrar"):
        apply(None, act=act, registrar=Registrar.OTHER, entity=entity(kind))


@pytest.mark.rows("D-26")
def test_no_other_registrar_deregisters_a_staffing_offices_unit():
    """What a staffing office keeps is in scope of para. 2, whoever else is named."""
    unit = entity(EntityKind.PUBLIC_INSTITUTION)
    with pytest.raises(ApplicationError, match="registered by a staffing office"):
        apply(None, registrar=Registrar.OTHER, entity=unit)


@pytest.mark.rows("D-26")
def test_other_registrars_are_out():
    """Civil-affairs bodies and law firms are not named by Art. 27."""
    decision = judge(apply(None, registrar=Registrar.OTHER, entity=entity(EntityKind.OTHER)))
    expect(decision, NOT_APPLICABLE, "D-26")


@pytest.mark.rows("D-01")
@pytest.mark.parametrize("kind", MARKET_KINDS)
@pytest.mark.parametrize("route", ROUTES)
def test_every_market_entity_is_in(kind, route):
    """Companies, partnerships, cooperatives, individual businesses, branches: all are asked for."""
    application = apply(route, entity=entity(kind))
    assert [item.matter for item in deregistration.inquiries(application)] == [CLEARANCE]
    expect(judge(application, [record()]), PASS, "D-01")


@pytest.mark.rows("D-01")
def test_what_is_asked_by_route():
    """Simplified: document and objection; staffing office: the registration; by USCC each time."""
    application = simplified(office="某局", case_no="1")
    asked = deregistration.inquiries(application)
    assert [item.matter for item in asked] == [CLEARANCE, OBJECTION]
    assert {item.company for item in asked} == {USCC}
    assert asked[0].purpose == Purpose(office="某局", case_no="1", provision="order-307/27(1)")
    at_staffing = deregistration.inquiries(staffing(office="某办", case_no="2"))
    assert [item.matter for item in at_staffing] == [REGISTRATION]
    assert at_staffing[0].purpose.provision == "order-307/27(2)"


@pytest.mark.rows("D-28")
@pytest.mark.parametrize("application", [apply, simplified, staffing])
def test_a_registrar_elsewhere_is_out(application):
    """The handling registrar's division decides, not the digits in the code."""
    decision = judge(application(division=Division("110100")))
    expect(decision, NOT_APPLICABLE, "D-28")
    assert decision.findings[0].code == "deregistration/outside-shanxi"


@pytest.mark.rows("D-28")
def test_the_market_is_governed_by_acceptance():
    """Accepted on 2024-01-31 and handled in February: before the Order; accepted 02-01: in."""
    days = {"application_date": date(2024, 1, 31), "handled_on": date(2024, 2, 2)}
    before = judge(apply(accepted_on=date(2024, 1, 31), **days), [record()])
    expect(before, NOT_APPLICABLE, "D-28")
    assert before.flags == (Flag.NATIONAL_LAW_STILL_BINDS,)
    expect(judge(apply(accepted_on=date(2024, 2, 1), **days), [record()]), PASS, "D-01")


@pytest.mark.rows("D-28")
def test_without_acceptance_the_application_date_governs_the_market():
    """An application of 2024-01-31 handled in February is before the Order."""
    days = {"application_date": date(2024, 1, 31), "handled_on": date(2024, 2, 2)}
    expect(judge(apply(**days)), NOT_APPLICABLE, "D-28")


@pytest.mark.rows("D-28")
def test_the_staffing_office_is_governed_by_handling():
    """An application of 2024-01-31 handled on 02-01 is in; handled on 01-31 it is not."""
    days = {"application_date": date(2024, 1, 31), "accepted_on": date(2024, 1, 31)}
    expect(judge(staffing(handled_on=date(2024, 2, 1), **days), None, None, []), PASS, "D-22")
    expect(judge(staffing(handled_on=date(2024, 1, 31), **days)), NOT_APPLICABLE, "D-28")


@pytest.mark.rows("D-28")
def test_place_and_day_are_asked_before_the_act():
    """Outside Shanxi an ex-officio act is told by the place."""
    act = DeregistrationAct.EX_OFFICIO_DEREGISTRATION
    decision = judge(apply(None, act=act, division=Division("110100")))
    expect(decision, NOT_APPLICABLE, "D-28")


# The document ---------------------------------------------------------------------------------


@pytest.mark.rows("D-01")
@pytest.mark.parametrize("document", FITTING)
@pytest.mark.parametrize("route", ROUTES)
def test_a_document_confirmed_by_the_source_passes(route, document):
    """Clearance certificate, or a notice that the registration is cancelled or all is settled."""
    decision = judge(apply(route), [record(document=document)])
    expect(decision, PASS, "D-01")
    assert decision.verified
    assert decision.may_complete
    assert not decision.retryable


@pytest.mark.rows("D-01")
@pytest.mark.parametrize("reply", [[], DOWN, GARBLED])
def test_a_document_verified_by_an_officer_passes(reply):
    """Over a recorded channel, also against an empty answer and during an outage."""
    decision = judge(apply(papers=(paper(verified=True),)), reply)
    expect(decision, PASS, "D-01")
    assert only(decision, CLEARANCE).obligation.basis is Basis.VERIFIED_PAPER


@pytest.mark.rows("D-01")
def test_a_document_dated_after_acceptance_counts():
    """Issued between acceptance and decision, and on the decision day itself."""
    days = {"application_date": date(2026, 11, 20), "accepted_on": date(2026, 11, 21)}
    for issued_on in (date(2026, 11, 25), DAY):
        expect(judge(apply(**days), [record(issued_on=issued_on)]), PASS, "D-01")


@pytest.mark.rows("D-01")
def test_the_name_may_differ_in_width_and_blanks_only():
    """Names are compared once normalised; the code is the key."""
    same = judge(apply(entity=entity(name="样例（并州）公司")), [record(name="样例(并州) 公司")])
    expect(same, PASS, "D-01")


@pytest.mark.rows("D-02")
@pytest.mark.parametrize("route", [Route.GENERAL])
def test_none_handed_in_and_none_found_is_a_notice(route):
    """The applicant is told to obtain clearance first; no refusal."""
    decision = judge(apply(route), [])
    expect(decision, NOTIFY_HOLD, "D-02")
    finding = only(decision, CLEARANCE)
    assert finding.ruling.row.step is Step.OBTAIN_CLEARANCE
    assert decision.effect is Effect.HOLD
    assert decision.verdict is Verdict.NOTIFY_TAXPAYER
    assert not decision.retryable
    assert not decision.referrals


@pytest.mark.rows("D-02")
@pytest.mark.parametrize("document", [DocumentKind.RECEIPT, DocumentKind.OTHER])
@pytest.mark.parametrize("verified", [False, True])
def test_a_mere_receipt_is_no_document(document, verified):
    """A receipt, verified or not, leaves the document absent."""
    decision = judge(apply(papers=(paper(document=document, verified=verified),)), [])
    expect(decision, NOTIFY_HOLD, "D-02")


@pytest.mark.rows("D-02")
def test_a_declaration_of_no_tax_affairs_changes_nothing():
    """Declared only, it gives no hint: the tax source decides."""
    decision = judge(apply(declared_affairs=DeclaredAffairs.NEVER_HAD), [])
    expect(decision, NOTIFY_HOLD, "D-02")


@pytest.mark.rows("D-02")
def test_records_that_say_something_else_are_no_document():
    """An objection, a registration or a record of another matter is no clearance document."""
    others = [
        record(S.HAD_TAX_AFFAIRS),
        record(S.REGISTERED_FOR_TAX),
        record(S.NO_OBJECTION),
    ]
    expect(judge(apply(), others), NOTIFY_HOLD, "D-02")


@pytest.mark.rows("D-03")
@pytest.mark.parametrize(("change", "state"), DOUBTFUL)
@pytest.mark.parametrize("route", ROUTES)
def test_a_doubtful_document_is_a_notice(route, change, state):
    """Of another entity, revoked, or in conflict: hold, never a pass, never a refusal."""
    decision = judge(apply(route, ruling=ruling()), [doubtful(change)])
    expect(decision, NOTIFY_HOLD, "D-03")
    finding = only(decision, CLEARANCE)
    assert finding.code == f"deregistration/clearance/{state}"
    asks = finding.ruling.row.step is Step.ASK_TAX_AUTHORITY
    assert asks is (state == "conflict")


@pytest.mark.rows("D-03")
def test_paper_against_source_is_a_conflict():
    """A document nobody verified, against a source that has none."""
    decision = judge(apply(papers=(paper(),)), [])
    expect(decision, NOTIFY_HOLD, "D-03")
    assert only(decision, CLEARANCE).code == "deregistration/clearance/conflict"


@pytest.mark.rows("D-03")
def test_the_head_offices_document_does_not_cover_a_branch():
    """Another code is another entity."""
    branch = apply(entity=entity(EntityKind.BRANCH))
    expect(judge(branch, [record(uscc=OTHER)]), NOTIFY_HOLD, "D-03")


@pytest.mark.rows("D-01", "D-03")
def test_a_revocation_undoes_only_what_it_names():
    """Another certificate still stands; where it names none, nothing is certain."""
    good = record(voucher_no="Q-2")
    undone = record(S.REVOKED, voucher_no="R-1", cancels="Q-1")
    expect(judge(apply(), [good, undone]), PASS, "D-01")
    named = record(S.REVOKED, voucher_no="R-1", cancels="Q-2")
    decision = judge(apply(), [good, named])
    expect(decision, NOTIFY_HOLD, "D-03")
    assert only(decision, CLEARANCE).code == "deregistration/clearance/revoked"
    expect(judge(apply(), [good, record(S.REVOKED)]), NOTIFY_HOLD, "D-03")


@pytest.mark.rows("D-03")
def test_a_revocation_counts_whatever_it_calls_the_document():
    """A revocation without, or with another, kind of document still undoes it."""
    for document in (None, DocumentKind.OTHER):
        undone = record(S.REVOKED, document=document, cancels="Q-1")
        decision = judge(apply(), [record(voucher_no="Q-1"), undone])
        expect(decision, NOTIFY_HOLD, "D-03")


@pytest.mark.rows("D-14")
def test_never_had_tax_affairs_gives_a_hint():
    """The tax source says so: still a hold, but the document is issued at once."""
    decision = judge(apply(), [record(S.NEVER_HAD_TAX_AFFAIRS)])
    expect(decision, NOTIFY_HOLD, "D-14")
    finding = only(decision, CLEARANCE)
    assert finding.rows == ("D-14",)
    assert finding.ruling.row.step is Step.OBTAIN_CLEARANCE_AT_ONCE


@pytest.mark.rows("D-02", "D-14")
@pytest.mark.parametrize(
    "reply",
    [
        [record(S.NEVER_HAD_TAX_AFFAIRS, uscc=OTHER)],
        [record(S.NEVER_HAD_TAX_AFFAIRS, name="另一名称")],
        [record(S.NEVER_HAD_TAX_AFFAIRS, issued_on=DAY + timedelta(days=1))],
        [record(S.NEVER_HAD_TAX_AFFAIRS), record(S.HAD_TAX_AFFAIRS)],
    ],
    ids=["another", "name", "future", "both"],
)
def test_a_doubtful_statement_of_no_tax_affairs_gives_no_hint(reply):
    """Of another entity, under another name, of tomorrow, or contradicted: plain D-02."""
    expect(judge(apply(), reply), NOTIFY_HOLD, "D-02")


@pytest.mark.rows("D-16")
@pytest.mark.parametrize("route", ROUTES)
def test_a_waiver_of_the_tax_source_passes(route):
    """The tax source states that this entity needs no document."""
    decision = judge(apply(route), [record(S.WAIVED)])
    expect(decision, PASS, "D-16")
    assert Flag.CLEARANCE_WAIVED_BY_TAX in decision.flags
    assert decision.verified


@pytest.mark.rows("D-03", "D-16")
@pytest.mark.parametrize(
    "change",
    [
        {"uscc": OTHER},
        {"uscc": None},
        {"name": "另一名称"},
        {"issued_on": DAY + timedelta(days=1)},
    ],
)
def test_a_waiver_in_doubt_passes_nothing(change):
    """Of another entity, of nobody, under another name, or of tomorrow."""
    expect(judge(apply(), [record(S.WAIVED, **change)]), NOTIFY_HOLD, "D-03")


@pytest.mark.rows("D-03", "D-16")
def test_a_waiver_gives_way_to_what_contradicts_it():
    """A revocation of who knows what, or a paper the source does not know, beside it: hold."""
    expect(judge(apply(), [record(S.WAIVED), record(S.REVOKED)]), NOTIFY_HOLD, "D-03")
    expect(judge(apply(papers=(paper(),)), [record(S.WAIVED)]), NOTIFY_HOLD, "D-03")
    beside = judge(apply(papers=(paper(uscc=OTHER),)), [record(S.WAIVED)])
    expect(beside, PASS, "D-16")


@pytest.mark.rows("D-18")
@pytest.mark.parametrize(
    "kind", [EntityKind.BRANCH, EntityKind.INDIVIDUAL_BUSINESS, EntityKind.COOPERATIVE]
)
def test_some_entities_are_spared_other_material_only(kind):
    """Branch, individual business, cooperative on the general route: the document is needed."""
    expect(judge(apply(entity=entity(kind)), []), NOTIFY_HOLD, "D-18")


@pytest.mark.rows("D-18")
def test_merger_and_division_are_spared_other_material_only():
    """A merger needs the document as well, and is told so by its own row."""
    decision = judge(apply(cause=Cause.MERGER_OR_DIVISION), [])
    expect(decision, NOTIFY_HOLD, "D-18")
    assert only(decision, CLEARANCE).rows == ("D-18",)


@pytest.mark.rows("D-14", "D-18")
def test_a_branch_without_tax_affairs_keeps_both_reasons():
    """Both rows are more specific than the plain notice; the hint is given."""
    reply = [record(S.NEVER_HAD_TAX_AFFAIRS)]
    decision = judge(apply(entity=entity(EntityKind.BRANCH)), reply)
    expect(decision, NOTIFY_HOLD, "D-14")
    expect(decision, NOTIFY_HOLD, "D-18")


@pytest.mark.rows("D-30")
@pytest.mark.parametrize(("reply", "state"), [(DOWN, "unreachable"), (GARBLED, "untrusted")])
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("papers", [(), (paper(),)], ids=["nothing", "unverified-paper"])
def test_an_outage_is_neither_a_pass_nor_a_refusal(route, reply, state, papers):
    """Also where nothing was handed in: hold and retry, and the applicant is accused of nothing."""
    decision = judge(apply(route, papers=papers, ruling=ruling()), reply)
    expect(decision, CANNOT_VERIFY, "D-30")
    assert decision.retryable
    assert not decision.verified
    finding = only(decision, CLEARANCE)
    assert finding.code == f"deregistration/clearance/source-{state}"
    assert finding.ruling.row.to == (Addressee.APPLICANT,)


@pytest.mark.rows("D-30")
def test_an_answer_nobody_gave_is_an_outage():
    """Without any answer nothing is known."""
    decision = deregistration.check(apply(), at=morning(DAY))
    expect(decision, CANNOT_VERIFY, "D-30")


# Court route ----------------------------------------------------------------------------------


@pytest.mark.rows("D-17")
@pytest.mark.parametrize(
    "kind", [RulingKind.ENDS_BANKRUPTCY, RulingKind.ENDS_COMPULSORY_LIQUIDATION]
)
@pytest.mark.parametrize(
    "named", [{}, {"uscc": None, "name": NAME}, {"name": NAME, "dated_on": DAY}]
)
def test_a_ruling_that_ends_the_procedure_gives_a_hint(kind, named):
    """Authenticated, in force, of this entity: hold with the hint; the reading lets it pass."""
    application = apply(Route.COURT, ruling=ruling(kind=kind, **named))
    decision = judge(application, [])
    expect(decision, NOTIFY_HOLD, "D-17")
    finding = only(decision, CLEARANCE)
    assert finding.ruling.row.step is Step.OBTAIN_CLEARANCE_AT_ONCE
    assert Flag.COORDINATE_WITH_COURT in decision.flags
    expect(judge(application, [], readings=("bankruptcy_direct",)), PASS, "D-17")


@pytest.mark.rows("D-33")
@pytest.mark.parametrize(
    "change",
    [
        {"authenticated": False},
        {"in_force": False},
        {"kind": RulingKind.OPENS_PROCEDURE},
        {"kind": RulingKind.DECLARES_BANKRUPT},
        {"uscc": OTHER},
        {"uscc": None},
        {"uscc": None, "name": "另一公司"},
        {"name": "另一公司"},
        {"dated_on": DAY + timedelta(days=1)},
    ],
    ids=str,
)
@pytest.mark.parametrize("readings", [(), ("bankruptcy_direct",)])
def test_a_ruling_that_does_not_establish_the_end(change, readings):
    """Not authenticated, not in force, of another, or only opening: the reading does not reach."""
    application = apply(Route.COURT, ruling=ruling(**change))
    decision = judge(application, [], readings=readings)
    expect(decision, NOTIFY_HOLD, "D-33")
    assert only(decision, CLEARANCE).ruling.row.step is Step.OBTAIN_CLEARANCE


@pytest.mark.rows("D-33")
def test_a_missing_ruling_on_the_court_route():
    """No ruling was handed in; never having had tax affairs changes nothing on this route."""
    expect(judge(apply(Route.COURT), []), NOTIFY_HOLD, "D-33")
    reply = [record(S.NEVER_HAD_TAX_AFFAIRS)]
    expect(judge(apply(Route.COURT), reply, readings=("bankruptcy_direct",)), NOTIFY_HOLD, "D-33")


@pytest.mark.rows("D-03", "D-27", "D-30")
def test_the_reading_reaches_no_other_row():
    """Doubtful documents, outages and forgeries stay as they are."""
    direct = ("bankruptcy_direct",)
    court = apply(Route.COURT, ruling=ruling())
    expect(judge(court, [record(uscc=OTHER)], readings=direct), NOTIFY_HOLD, "D-03")
    expect(judge(court, DOWN, readings=direct), CANNOT_VERIFY, "D-30")
    expect(judge(court, [record(S.NEVER_ISSUED)], readings=direct), BLOCK, "D-27")
    expect(judge(apply(ruling=ruling()), [], readings=direct), NOTIFY_HOLD, "D-02")


# Forgery --------------------------------------------------------------------------------------


@pytest.mark.rows("D-27")
@pytest.mark.parametrize("application", [apply, simplified, individual, staffing])
@pytest.mark.parametrize("reply", [[], DOWN, [record(), record(matter=REGISTRATION)]])
def test_a_suspected_forgery_refuses_on_every_route(application, reply):
    """An officer's reasoned suspicion: refusal, and a written report to the tax authority."""
    case = application(papers=(paper(forgery="印章与样本不符", voucher_no="Q-1"),))
    decision = judge(case, reply, None, reply)
    expect(decision, BLOCK, "D-27")
    (referral,) = decision.referrals
    assert referral.reason == "印章与样本不符"
    assert not decision.retryable


@pytest.mark.rows("D-27")
@pytest.mark.parametrize("application", [apply, simplified, staffing])
def test_a_document_the_tax_authority_never_issued_refuses(application):
    """Its answer alone makes the suspicion; there is no officer's reason to report."""
    reply = [record(S.NEVER_ISSUED)]
    decision = judge(application(), reply, None, [record(S.NEVER_ISSUED, matter=REGISTRATION)])
    expect(decision, BLOCK, "D-27")
    assert len(decision.referrals) == 1
    assert decision.referrals[0].reason is None


@pytest.mark.rows("D-02", "D-03")
def test_a_forgery_of_another_entity_is_no_suspicion():
    """A document of another code that was never issued says nothing about this one."""
    expect(judge(apply(), [record(S.NEVER_ISSUED, uscc=OTHER)]), NOTIFY_HOLD, "D-03")
    assert not judge(apply(), [record(S.NEVER_ISSUED, uscc=None)]).referrals


@pytest.mark.rows("D-03", "D-34", "1.3")
@pytest.mark.parametrize(("application", "row"), [(apply, "D-03"), (staffing, "D-34")])
@pytest.mark.parametrize("status", [S.REVOKED, S.NEVER_ISSUED])
@pytest.mark.parametrize("naming", ["voucher_no", "cancels"])
def test_a_number_revoked_or_never_issued_under_another_code_is_a_conflict(
    application, row, status, naming
):
    """It names this very document, so it contradicts it, whatever code it states."""
    held = record(voucher_no="Q-1")
    strange = record(status, uscc=OTHER, **{naming: "Q-1"})
    for found in ([held, strange], [strange, held]):
        registered = [record(S.REGISTERED_FOR_TAX), *found]
        expect(judge(application(), found, None, registered), NOTIFY_HOLD, row)
    other = [held, record(status, uscc=OTHER, **{naming: "Q-2"})]
    assert judge(application(), other, None, other).outcome is PASS


@pytest.mark.rows("D-03", "D-16", "1.3")
@pytest.mark.parametrize("status", [S.REVOKED, S.NEVER_ISSUED])
def test_a_waiver_whose_number_is_ended_under_another_code_is_a_conflict(status):
    """A waiver is contradicted by its number as a document is."""
    found = [record(S.WAIVED, voucher_no="Q-1"), record(status, uscc=OTHER, voucher_no="Q-1")]
    expect(judge(apply(), found), NOTIFY_HOLD, "D-03")


@pytest.mark.rows("D-30", "1.3")
def test_verified_papers_of_which_one_ends_the_other_under_another_code_hold_in_an_outage():
    """They contradict each other, and there is nobody to ask: cannot verify."""
    papers = (
        paper(verified=True, voucher_no="Q-1"),
        paper(S.REVOKED, verified=True, uscc=OTHER, cancels="Q-1"),
    )
    expect(judge(apply(papers=papers), DOWN), CANNOT_VERIFY, "D-30")


@pytest.mark.rows("D-27")
@pytest.mark.parametrize("application", [apply, simplified, individual, staffing])
def test_a_suspected_ruling_refuses_and_goes_to_the_court(application):
    """Market or staffing office, even with a verified document: no report to the tax authority."""
    case = application(ruling=ruling(forgery="案号不存在"))
    decision = judge(case, [record()], None, [record(matter=REGISTRATION)])
    expect(decision, BLOCK, "D-27")
    assert Flag.INFORM_COURT in decision.flags
    assert not decision.referrals


@pytest.mark.rows("D-27", "D-33")
def test_a_suspected_ruling_on_the_court_route_establishes_nothing():
    """It is refused, and the missing document is told as well, in one notice."""
    decision = judge(apply(Route.COURT, ruling=ruling(forgery="案号不存在")), [])
    expect(decision, BLOCK, "D-27")
    assert {name for item in decision.findings for name in item.rows} == {"D-27", "D-33"}


@pytest.mark.rows("D-01")
def test_a_genuine_ruling_bars_nothing():
    """A ruling nobody doubts stands in nobody's way."""
    expect(judge(apply(ruling=ruling()), [record()]), PASS, "D-01")


@pytest.mark.rows("D-27")
def test_other_suspicions_are_referred_without_a_refusal():
    """What an officer found beyond papers is reported, and the verdict stands."""
    found = Suspicion(kind=SuspicionKind.OTHER, found="账外经营线索")
    decision = judge(apply(suspicions=(found,)), [record()])
    expect(decision, PASS, "D-01")
    assert decision.referrals[0].reason == "账外经营线索"


# Whom, when, what is wrong --------------------------------------------------------------------


@pytest.mark.rows("D-02")
def test_the_entity_and_its_liquidator_are_told():
    """Whoever applies for the entity is told what the entity is told; an outage, the applicant."""
    case = apply(applicant=entity(uscc=OTHER, name="清算组").person)
    parties = only(judge(case, []), CLEARANCE).obligation.parties
    assert [item.name for item in parties[Addressee.TAXPAYER]] == [NAME, "清算组"]
    assert [item.name for item in parties[Addressee.APPLICANT]] == ["清算组"]
    itself = only(judge(apply(applicant=entity().person), []), CLEARANCE).obligation.parties
    assert [item.name for item in itself[Addressee.TAXPAYER]] == [NAME]


@pytest.mark.rows("D-01", "D-02")
def test_reversed_days_are_an_input_error():
    """Acceptance before application, handling before either."""
    early = DAY - timedelta(days=1)
    for days in (
        {"handled_on": early},
        {"accepted_on": early},
        {"accepted_on": DAY + timedelta(days=1)},
    ):
        with pytest.raises(ApplicationError):
            apply(**days)
    with pytest.raises(ApplicationError):
        apply(application_date=None, handled_on=None)


@pytest.mark.rows("D-01")
def test_acceptance_alone_fixes_the_governing_day():
    """Accepted and handled, without a day of application, is enough on the general route."""
    case = apply(application_date=None, accepted_on=DAY)
    assert case.governing_on == DAY
    expect(judge(case, [record()]), PASS, "D-01")


@pytest.mark.rows("D-02")
def test_missing_facts_are_named_input_errors():
    """A market deregistration needs a route and a governing day; nothing is guessed."""
    with pytest.raises(ApplicationError, match="route"):
        apply(None)
    with pytest.raises(ApplicationError, match="accepted_on"):
        apply(application_date=None)


@pytest.mark.rows("D-26")
@pytest.mark.parametrize(
    ("registrar", "kind"),
    [
        (Registrar.STAFFING_OFFICE, EntityKind.COMPANY),
        (Registrar.MARKET, EntityKind.PUBLIC_INSTITUTION),
        (Registrar.MARKET, EntityKind.OTHER),
    ],
)
def test_an_entity_the_registrar_does_not_keep_is_an_input_error(registrar, kind):
    """A company at a staffing office is a contradiction, not a pass by another row."""
    with pytest.raises(ApplicationError, match=r"entity\.kind"):
        apply(registrar=registrar, entity=entity(kind))


@pytest.mark.rows("D-27")
def test_a_suspicion_without_a_reason_is_an_input_error():
    """Forgery is never asserted without a reason, of papers and of rulings."""
    with refused("papers.forgery"):
        paper(forgery=" ")
    with refused("ruling.forgery"):
        ruling(forgery=" ")


@pytest.mark.rows("D-16")
@pytest.mark.parametrize(
    "status",
    [
        S.WAIVED,
        S.NEVER_HAD_TAX_AFFAIRS,
        S.NO_OBJECTION,
        S.REGISTERED_FOR_TAX,
        S.NEVER_ISSUED,
    ],
)
def test_papers_cannot_say_what_only_the_source_may(status):
    """A waiver, "no objection" or "never issued" on paper is an input error, not evidence."""
    with pytest.raises(ApplicationError, match=r"papers\.record\.status"):
        paper(status)


@pytest.mark.rows("D-05")
def test_records_that_contradict_themselves_are_refused():
    """A day of objection belongs to objections; a paid tax is no statement on an entity."""
    with pytest.raises(AnswerError):
        record(S.NO_OBJECTION, raised_on=DAY)
    with pytest.raises(AnswerError):
        record(S.PAID)


@pytest.mark.rows("D-01")
def test_a_retrospective_decision_takes_no_later_document():
    """Decided on 12-01 and checked on 12-03: a document of 12-02 came after the decision."""
    at = morning(DAY + timedelta(days=2))
    late = judge(apply(), [record(issued_on=DAY + timedelta(days=1))], at=at)
    expect(late, NOTIFY_HOLD, "D-03")
    expect(judge(apply(), [record(issued_on=DAY)], at=at), PASS, "D-01")


@pytest.mark.rows("D-28")
def test_days_are_days_in_china():
    """An instant without a zone is refused; 2026-11-30T16:00Z is 12-01 in China."""
    with pytest.raises(ApplicationError):
        deregistration.check(apply(), at=datetime(2026, 12, 1, 10, 0))  # noqa: DTZ001
    at = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    expect(judge(apply(), [record(issued_on=DAY)], at=at), PASS, "D-01")


@pytest.mark.rows("D-02")
def test_identifiers_are_masked():
    """No representation of a case shows code or name in the clear."""
    case = apply(ruling=ruling(name=NAME, document_no="（2026）晋01破1号"), papers=(paper(),))
    decision = judge(case, [record(name=NAME)])
    for text in (repr(case), repr(decision)):
        assert USCC.value not in text
        assert NAME not in text
        assert "晋01破" not in text


@pytest.mark.rows("D-01")
def test_the_shared_names_are_exposed():
    """The paper class is a paper, and what is not encoded is said in both languages."""
    assert issubclass(deregistration.Paper, Paper)
    assert all(zh and en for zh, en in deregistration.NOT_ENCODED)
