"""Theorems that hold for every case of every checkpoint.

What they do not show: that a row says what the law says (the named cases do), nor anything of
cases the strategies cannot draw.
"""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import POOLS, SAMPLES, cases, fulfilled
from taxgate.findings import Outcome, Standing
from taxgate.identifiers import FrameNumber, UnitCode, Uscc, Vin
from taxgate.parties import IdType, Person
from taxgate.terms import WORSE_THAN, Basis, Effect, RecordStatus, State, Verdict
from test_public_api import CHECKPOINTS

pytestmark = pytest.mark.parametrize(
    "module", CHECKPOINTS, ids=lambda module: str(module.CHECKPOINT)
)
STRANGERS = {
    Vin: Vin("1M8GDM9AXKP042700"),
    FrameNumber: FrameNumber("LC0099999"),
    UnitCode: UnitCode("149998001001GB00009F00090009"),
    Uscc: Uscc("91149997MA0000003M"),
    Person: Person(IdType.PASSPORT, "P9999999", "路人"),
}


def decide(module, case, **changes):
    """Check a drawn case."""
    application, replies, readings = case
    return module.check(
        changes.get("application", application),
        changes.get("answers", replies),
        at=SAMPLES[module].at,
        readings=changes.get("readings", readings),
    )


def told(decision):
    """Return what a decision says, without the order of what it rests on."""
    return (
        decision.outcome,
        sorted(
            f"{item.outcome} {item.code} {item.rows} {item.obligation.subject} "
            f"{item.obligation.party} {item.obligation.facts}"
            for item in decision.findings
        ),
        [item.kind for item in decision.obstacles],
        decision.flags,
        decision.verified,
        decision.retryable,
    )


@given(data=st.data())
def test_same_input_same_decision(module, data):
    """Nothing but the input decides: no clock, no chance, no memory."""
    case = data.draw(cases(module))
    assert decide(module, case) == decide(module, case)


@given(data=st.data())
def test_strictest_finding_decides_and_all_are_kept(module, data):
    """The outcome is the maximum; the effect with the obstacles says whether to complete."""
    decision = decide(module, data.draw(cases(module)))
    assert decision.outcome is max(item.outcome for item in decision.findings)
    assert decision.findings[0].outcome is decision.outcome
    free = decision.effect is Effect.PROCEED and not decision.obstacles
    assert decision.may_complete is free


@given(data=st.data())
def test_order_of_answers_records_and_inputs_never_matters(module, data):
    """Answers, records, papers, parties: any order gives the same decision."""
    application, replies, readings = case = data.draw(cases(module))
    shuffled = tuple(
        attrs.evolve(item, records=tuple(data.draw(st.permutations(item.records))))
        if item.records
        else item
        for item in data.draw(st.permutations(replies))
    )
    turned = attrs.evolve(
        application,
        **{
            field.name: tuple(reversed(value))
            for field in attrs.fields(type(application))
            if isinstance(value := getattr(application, field.name), tuple)
        },
    )
    same = module.check(turned, shuffled, at=SAMPLES[module].at, readings=readings)
    assert told(same) == told(decide(module, case))


@given(data=st.data())
def test_an_outage_never_passes_and_alone_never_refuses(module, data):
    """A finding that rests on an outage is no pass and no refusal."""
    decision = decide(module, data.draw(cases(module)))
    for finding in decision.findings:
        if finding.obligation.basis is Basis.OUTAGE:
            assert finding.outcome.verdict is not Verdict.PASS
            assert finding.outcome.effect is not Effect.REFUSE
            assert not decision.verified


@given(data=st.data())
def test_without_any_answer_nothing_is_refused_but_forgeries_and_seals(module, data):
    """All sources down: no tax finding refuses unless an officer suspects a forgery."""
    application, _, readings = data.draw(cases(module))
    decision = module.check(application, (), at=SAMPLES[module].at, readings=readings)
    for finding in decision.findings:
        if finding.obligation.inquiry is not None and finding.outcome.effect is Effect.REFUSE:
            assert Standing.FORGED in {item.standing for item in finding.obligation.weighed}


def estrange(record):
    """Return the record of a wholly other subject."""
    changes = {
        field.name: STRANGERS[type(value)]
        for field in attrs.fields(type(record))
        if type(value := getattr(record, field.name)) in STRANGERS
    }
    texts = {
        field.name: "Z-9"
        for field in attrs.fields(type(record))
        if type(getattr(record, field.name)) is str
        and field.name in ("contract_no", "plate_no", "voucher_no", "cancels", "name")
    }
    return attrs.evolve(record, **changes, **texts)


@given(data=st.data())
def test_a_record_of_another_subject_never_helps(module, data):
    """Adding a record of another vehicle, unit, company or person never makes it milder."""
    _, replies, _ = case = data.draw(cases(module))
    answered = [item for item in replies if item.records]
    if not answered:
        return
    target = data.draw(st.sampled_from(answered))
    drawn = data.draw(st.sampled_from(target.records))
    stranger = estrange(drawn)
    more = tuple(
        attrs.evolve(item, records=(*item.records, stranger)) if item is target else item
        for item in replies
    )
    assert decide(module, case, answers=more).outcome >= decide(module, case).outcome


@given(data=st.data())
def test_a_contradicting_record_beside_a_good_one_never_passes(module, data):
    """Where one record fulfils an obligation, its twin saying "unpaid" makes it no pass."""
    if RecordStatus.UNPAID not in module.Record.STATUSES:
        return
    _, replies, _ = case = data.draw(fulfilled(module))
    decision = decide(module, case)
    good = [
        (finding, item)
        for finding in decision.findings
        for item in finding.obligation.weighed
        if item.standing is Standing.GOOD
        and item.paper is None
        and finding.outcome is Outcome.SATISFIED
        and finding.obligation.inquiry is not None
        and finding.obligation.basis is Basis.ANSWER
    ]
    if not good:
        return
    finding, item = data.draw(st.sampled_from(good))
    twin = attrs.evolve(item.record, status=RecordStatus.UNPAID, voucher_no="U-1", cancels=None)
    key = finding.obligation.inquiry.key
    more = tuple(
        attrs.evolve(reply, records=(*reply.records, twin)) if reply.inquiry.key == key else reply
        for reply in replies
    )
    after = decide(module, case, answers=more)
    same = [
        other
        for other in after.findings
        if other.obligation.matter is finding.obligation.matter
        and other.obligation.subject == finding.obligation.subject
        and other.obligation.party == finding.obligation.party
    ]
    assert any(other.outcome.verdict is not Verdict.PASS for other in same)


@given(data=st.data())
def test_forged_gives_a_referral_and_nothing_else_does(module, data):
    """A suspected forgery is reported in writing; "no record", "unpaid", outages never are."""
    application, replies, _ = case = data.draw(cases(module))
    decision = decide(module, case)
    handed_in = (*application.papers, *getattr(application, "requests", ()))
    papers = [item for item in handed_in if item.forgery is not None]
    never_issued = [
        item
        for reply in replies
        for item in reply.records or ()
        if item.status is RecordStatus.NEVER_ISSUED
    ]
    court_papers = [  # suspected forged they are reported too, row E-27
        item
        for deal in getattr(application, "deals", ())
        for item in deal.court_documents
        if item.forgery is not None
    ]
    if papers:
        assert decision.referrals
    if not papers and not never_issued and not court_papers:
        assert not decision.referrals
    for finding in decision.findings:
        if getattr(finding.obligation.facts, "state", None) is State.FORGED_SUSPECT:
            assert decision.referrals
            assert finding.outcome.effect is not Effect.PROCEED


@given(data=st.data())
def test_every_notify_and_refuse_carries_a_notice(module, data):
    """Whoever is held or refused is told; a co-applicant only that another's item is open."""
    decision = decide(module, data.draw(cases(module)))
    if decision.verdict is Verdict.PASS:
        assert not [item for item in decision.findings if item.outcome.verdict is not Verdict.PASS]
        return
    for language in ("zh-CN", "en"):
        notices = decision.notices(language)
        assert any(notice.items for notice in notices)
        for notice in notices:
            assert notice.items or notice.others_open
            assert notice.to_authority or "12366" in notice.text


@given(data=st.data())
def test_no_identifier_leaves_unmasked(module, data):
    """Notices and explanations of any case show no identifier in the clear."""
    decision = decide(module, data.draw(cases(module)))
    texts = [decision.explain("zh-CN"), decision.explain("en"), repr(decision)]
    texts += [item.text for language in ("zh-CN", "en") for item in decision.notices(language)]
    secrets = [item.value for kind in (Vin, FrameNumber, Uscc, UnitCode) for item in POOLS[kind]]
    secrets += [item.number for item in POOLS[Person]]
    for text in texts:
        assert not [secret for secret in secrets if secret in text]


@given(data=st.data())
def test_a_worse_state_never_improves_the_decision(module, data):
    """Put one obligation of a case into a worse state: over all its tables nothing gets milder."""
    decision = decide(module, data.draw(cases(module)))
    groups = {}
    for finding in (*decision.findings, *decision.silent):
        groups.setdefault(id(finding.obligation), []).append(finding)
    for group in groups.values():
        facts = group[0].obligation.facts
        state = getattr(facts, "state", None)
        tables = [item.ruling.table for item in group]
        listed = [set(table.columns["state"]) for table in tables if "state" in table.columns]
        if not isinstance(state, State) or not listed:
            continue
        for worse in WORSE_THAN[state].intersection(*listed):
            before = strictness(tables, facts, decision.readings)
            after = strictness(tables, attrs.evolve(facts, state=worse), decision.readings)
            assert after >= before, (facts, worse)


def strictness(tables, facts, readings):
    """Return the rank of the strictest conclusion; below all others where none is drawn."""
    conclusions = [table.decide(facts, readings).conclusion for table in tables]
    return max((item.rank for item in conclusions if item is not None), default=-1)
