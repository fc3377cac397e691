"""What a source meets, those around it hand on: through a gate in production, and never a pass."""

from __future__ import annotations

import logging

import pytest
from attrs import evolve

from fault_rows import FAULTS, MEMORY, REPLAY
from simulated import CASES
from source_kinds import AROUND, KEY, Script, ScriptedSource, in_memory, replayed
from taxgate.adapters.cached import CachedSource
from taxgate.adapters.recording import RecordingSource
from taxgate.adapters.replay import ReplaySource
from taxgate.evidence import OutageKind
from taxgate.findings import Outcome
from taxgate.gate import Gate
from taxgate.sources import Deadline
from taxgate.terms import Matter, RecordStatus

VEHICLE, SALE = CASES[0], CASES[1]
KINDS = (*AROUND, REPLAY, MEMORY)


def good(case):
    """Return every record the case needs."""
    return tuple(record for item in case.inquiries for record in case.good(case.application, item))


def made(kind, script, folder, case):
    """Return a source of a kind in front of *script*, and the sources it asks."""
    asked = []

    def inner():
        asked.append(ScriptedSource(script, f"bureau-{len(asked)}"))
        return asked[-1]

    if kind == MEMORY:
        return in_memory(script), asked
    if kind == REPLAY:
        return replayed(script, folder, case.inquiries), asked
    return AROUND[kind](inner, folder), asked


def check(source, kind, case):
    """Return the decision of a gate in production; of a trial where answers are not live."""
    with Gate(source, trial=kind in (MEMORY, REPLAY)) as gate:
        return gate.check(case.application, purpose=case.purpose)


def causes(decision):
    """Return why there was no answer."""
    answers = [item.obligation.answer for item in (*decision.findings, *decision.silent)]
    return {answer.outage.cause for answer in answers if answer is not None and answer.outage}


OUTAGES = [
    pytest.param(
        fault, kind, id=f"{fault.number}-{kind}", marks=pytest.mark.fault(fault.number, source=kind)
    )
    for fault in FAULTS
    if fault.cause is not None
    for kind in KINDS
    if kind in fault.sources
]


@pytest.mark.parametrize(("fault", "kind"), OUTAGES)
def test_an_outage_inside_is_an_outage_outside_with_its_cause(tmp_path, caplog, fault, kind):
    """The cause stays, nothing passes, and what cannot be trusted is asked of nobody else."""
    outages = {item.matter: fault.cause for item in VEHICLE.inquiries}
    source, asked = made(kind, Script(records=good(VEHICLE), outages=outages), tmp_path, VEHICLE)
    decision = check(source, kind, VEHICLE)
    assert decision.outcome is Outcome.CANNOT_VERIFY
    assert not decision.may_complete
    assert not decision.verified
    assert decision.retryable
    assert causes(decision) == {fault.cause}
    untrusted = fault.cause.kind is OutageKind.UNTRUSTED
    assert untrusted == any(record.levelno >= logging.ERROR for record in caplog.records)
    if kind != "cross-check":
        turns = 1 if untrusted else 2
        assert [len(item.asked) for item in asked[turns:]] == [0] * len(asked[turns:])
    assert all(len(item.asked) <= len(VEHICLE.inquiries) for item in asked)


# What is answered ---------------------------------------------------------------------------------


def contradicting():
    """Paid and unpaid of the same tax."""
    return tuple(
        evolve(record, status=status, voucher_no=f"V-{status}")
        for record in good(VEHICLE)
        for status in (RecordStatus.PAID, RecordStatus.UNPAID)
    )


def revoked():
    """An exemption, and the revocation that names it."""
    return tuple(
        evolve(record, status=status, voucher_no=number, cancels=cancels)
        for record in good(VEHICLE)
        for status, number, cancels in (
            (RecordStatus.EXEMPT, "V-1", None),
            (RecordStatus.REVOKED, "V-2", "V-1"),
        )
    )


def of_one_party():
    """The buyer's tax only."""
    return tuple(record for record in good(SALE) if record.matter is Matter.DEED_TAX)


ANSWERED = {43: (VEHICLE, contradicting), 44: (SALE, of_one_party), 52: (VEHICLE, revoked)}


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        pytest.param(
            number, kind, id=f"{number}-{kind}", marks=pytest.mark.fault(number, source=kind)
        )
        for number in ANSWERED
        for kind in KINDS
    ],
)
def test_what_is_answered_is_judged_as_if_asked_directly(tmp_path, number, kind):
    """Records that speak against a pass arrive, all of them, whatever stands in between."""
    case, records = ANSWERED[number]
    script = Script(records=records())
    source, _ = made(kind, script, tmp_path, case)
    decision = check(source, kind, case)
    direct = check(ScriptedSource(script), "direct", case)
    assert decision.outcome > Outcome.ADVISE
    assert not decision.may_complete
    # Two registers of which one is silent are no agreement; else the outcome is the very same.
    assert decision.outcome is direct.outcome or kind == "cross-check"


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.fault(51, source=kind))
        for kind in KINDS
        if kind not in ("cached", REPLAY)
    ],
)
def test_a_refund_after_a_pass_is_seen_by_the_next_check(tmp_path, kind):
    """Paid, then refunded: the second decision does not pass, and the first one stays as it was."""
    source, asked = made(kind, Script(records=good(VEHICLE)), tmp_path, VEHICLE)
    gate = Gate(source, trial=kind == MEMORY)
    before = gate.check(VEHICLE.application, purpose=VEHICLE.purpose)
    refunded = tuple(evolve(item, status=RecordStatus.REFUNDED) for item in good(VEHICLE))
    for item in asked:
        item.script = Script(records=refunded)
    if kind == MEMORY:
        source.records[:] = refunded
    after = gate.check(VEHICLE.application, purpose=VEHICLE.purpose)
    gate.close()
    assert before.outcome is Outcome.SATISFIED
    assert not after.may_complete
    assert after.outcome > Outcome.ADVISE


@pytest.mark.fault(51, source=REPLAY)
def test_a_recorded_refund_is_played_back_after_the_pass(tmp_path):
    """What was paid and then refunded when it was recorded is so again, in that order."""
    inner = ScriptedSource(Script(records=good(VEHICLE)))
    recording = RecordingSource(inner, tmp_path / "recording", key=KEY)
    for status in (RecordStatus.PAID, RecordStatus.REFUNDED):
        inner.script = Script(records=tuple(evolve(item, status=status) for item in good(VEHICLE)))
        for inquiry in VEHICLE.inquiries:
            recording.query(inquiry, Deadline(5))
    recording.close()
    with Gate(ReplaySource(tmp_path / "recording", KEY), trial=True) as gate:
        before = gate.check(VEHICLE.application, purpose=VEHICLE.purpose)
        after = gate.check(VEHICLE.application, purpose=VEHICLE.purpose)
    assert before.outcome is Outcome.SATISFIED
    assert not after.may_complete


@pytest.mark.fault(51, source="cached")
def test_a_refund_is_seen_when_the_kept_answer_has_had_its_time(tmp_path):
    """The first answer serves for a minute; after that the bureau is asked, and says refunded."""
    seconds = [100.0]
    inner = ScriptedSource(Script(records=good(VEHICLE)))
    source = CachedSource(inner, monotonic=lambda: seconds[0])
    with Gate(source) as gate:
        assert gate.check(VEHICLE.application, purpose=VEHICLE.purpose).outcome is Outcome.SATISFIED
        refunded = tuple(evolve(item, status=RecordStatus.REFUNDED) for item in good(VEHICLE))
        inner.script = Script(records=refunded)
        seconds[0] += 61
        assert not gate.check(VEHICLE.application, purpose=VEHICLE.purpose).may_complete


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.fault(83, source=kind)) for kind in AROUND]
)
def test_nothing_around_a_source_asks_it_again(tmp_path, kind):
    """Retries are the business of the source that talks to the bureau, and of nobody else."""
    outages = {item.matter: FAULTS[0].cause for item in VEHICLE.inquiries}
    source, asked = made(kind, Script(outages=outages), tmp_path, VEHICLE)
    check(source, kind, VEHICLE)
    assert [len(item.asked) for item in asked] == [len(VEHICLE.inquiries)] * len(asked)
