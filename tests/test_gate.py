"""The gate asks what an application needs, within one deadline; what is missing never passes.

Sources here are stand-ins in this process; real sockets, files and databases are tested with the
sources themselves.
"""

from __future__ import annotations

import asyncio
import contextvars
import gc
import logging
import os
import pickle
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from attrs import evolve

from gate_cases import NAMES, Bureau, clock_of, purpose_of, shipped
from taxgate import AsyncGate, Gate
from taxgate.adapters.memory import InMemorySource
from taxgate.errors import ApplicationError, ClosedError, ConfigError, PurposeError, WireError
from taxgate.evidence import Answer, OutageCause, OutageKind, Provenance, Purpose, TaxRecord
from taxgate.proceedings import Application
from taxgate.sources import (
    Deadline,
    SourceError,
    SourceUnavailableError,
    SourceUntrustedError,
    ask,
)
from taxgate.terms import Checkpoint, Effect, Matter, RecordStatus, Verdict
from taxgate.wire.exchange import read_records, record_value

PAID = "vehicle-first-paid"


def gate_for(case, source=None, **options):
    """Return a production gate whose clock stands at the case's instant."""
    return Gate(source or Bureau(case), clock=clock_of(case), readings=case.readings, **options)


def checked(case, source=None, **options):
    """Return the decision of a gate on *case*."""
    with gate_for(case, source, **options) as gate:
        return gate.check(case.application, purpose=purpose_of(case))


def answers_all(case):
    """Tell whether the case answers every inquiry that is made."""
    return all(answer.outage is None for answer in case.answers)


@pytest.mark.parametrize("name", [name for name in NAMES if answers_all(shipped(name))])
def test_the_gate_decides_as_the_check_does(name):
    """With the same answers there is the same verdict for the same reasons."""
    case = shipped(name)
    by_gate, by_hand = checked(case), case.decide()
    assert (by_gate.verdict, by_gate.effect) == (by_hand.verdict, by_hand.effect)
    assert [item.code for item in by_gate.findings] == [item.code for item in by_hand.findings]
    assert by_gate.may_complete == by_hand.may_complete


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("cause", list(OutageCause))
def test_no_outage_is_ever_a_verified_pass(name, cause):
    """Whatever keeps the bureau from answering, nothing counts as verified for it."""
    case = shipped(name)
    source = InMemorySource(outages=dict.fromkeys(Matter, cause))
    decision = checked(case, source, trial=True)
    if source.asked:
        assert not decision.verified
        assert any(
            item.obligation.answer.outage.cause is cause
            for item in decision.findings
            if item.obligation.answer is not None
        )


def test_an_outage_blocks_and_keeps_its_cause():
    """First registration with the bureau down: block, held, to be tried again."""
    case = shipped(PAID)
    down = SourceError.of("bureau", OutageCause.TIMEOUT, retry_after=7)
    bureau = Bureau(case, errors={Matter.VEHICLE_PURCHASE_TAX: down})
    decision = checked(case, bureau)
    assert (decision.verdict, decision.effect) == (Verdict.BLOCK, Effect.HOLD)
    assert decision.retryable
    assert not decision.may_complete
    answer = decision.findings[0].obligation.answer
    assert (answer.outage, answer.source) == (down.outage, "bureau")


def test_an_outage_inside_an_answer_counts_like_one_raised():
    """Both ways of saying "no usable answer" end in the same decision."""
    case = shipped(PAID)

    class Saying:
        def query(self, inquiry, deadline):
            cause = SourceError.of("x", OutageCause.SERVER_FAULT).outage
            return Answer(inquiry=inquiry, outage=cause, source="x")

    decision = checked(case, Saying())
    assert decision.effect is Effect.HOLD
    with pytest.raises(SourceUnavailableError, match="source x: source-unreachable"):
        checked(case, Saying(), raise_outages=True)


def test_raising_prefers_what_cannot_be_trusted():
    """An answer nobody can trust is told before one that is missing."""
    case = shipped(PAID)
    bureau = Bureau(
        case,
        errors={
            Matter.VEHICLE_PURCHASE_TAX: SourceError.of("bureau", OutageCause.TIMEOUT),
            Matter.VEHICLE_AND_VESSEL_TAX: SourceError.of("bureau", OutageCause.UNKNOWN_CODE, "Z9"),
        },
    )
    with pytest.raises(SourceUntrustedError, match=r"unknown-code \(Z9\)"):
        checked(case, bureau, raise_outages=True)


def test_a_mistake_in_a_program_travels_on():
    """A source that fails by mistake is no outage: somebody has to mend it."""
    case = shipped(PAID)
    bureau = Bureau(case, errors={Matter.VEHICLE_PURCHASE_TAX: ZeroDivisionError("oops")})
    with pytest.raises(ZeroDivisionError):
        checked(case, bureau)


def test_what_is_no_answer_is_a_mistake():
    """None where an answer belongs is never read as "no record"."""

    class Mute:
        def query(self, inquiry, deadline):
            return None

    with pytest.raises(TypeError, match=r"Mute\.query returned no Answer"):
        checked(shipped(PAID), Mute())


def test_a_record_of_another_kind_is_a_mistake():
    """An "unpaid" the check cannot read would go unheard where a class in law settles the tax."""
    case = shipped(PAID)

    class Vague(Bureau):
        def query(self, inquiry, deadline):
            owed = TaxRecord(matter=inquiry.matter, status=RecordStatus.UNPAID)
            return evolve(super().query(inquiry, deadline), records=(owed,))

    with pytest.raises(TypeError, match="a record that is no VehicleTaxRecord"):
        checked(case, Vague(case))


def test_a_source_cannot_change_its_records_afterwards():
    """What is decided on is what is kept, though the source goes on using its list."""
    case = shipped(PAID)
    lists = []

    class Listing(Bureau):
        def query(self, inquiry, deadline):
            answer = super().query(inquiry, deadline)
            lists.append(list(answer.records))
            return evolve(answer, records=lists[-1])

    decision = checked(case, Listing(case))
    for found in lists:
        found.clear()
    assert all(item.obligation.answer.records for item in decision.findings)


def test_an_answer_to_another_question_is_not_trusted():
    """The answer about somebody else's vehicle is no answer (fault 40)."""
    case = shipped(PAID)
    other = case.answers[1].inquiry

    class Confused(Bureau):
        def query(self, inquiry, deadline):
            return evolve(super().query(inquiry, deadline), inquiry=other)

    decision = checked(case, Confused(case))
    assert decision.effect is Effect.HOLD
    answer = decision.findings[0].obligation.answer
    assert answer.outage.cause is OutageCause.SUBJECT_MISMATCH


# Purpose ------------------------------------------------------------------------------------------


def test_the_purpose_travels_with_each_inquiry():
    """Office, case number and provision stand in every question (Order Art. 19)."""
    case = shipped(PAID)
    bureau = Bureau(case)
    checked(case, bureau)
    assert len(bureau.asked) == 2
    assert {item.purpose for item in bureau.asked} == {purpose_of(case)}


def test_the_purpose_fills_in_what_the_application_leaves_open():
    """Office and case number of the purpose stand in the decision's heading."""
    case = shipped(PAID)
    bare = evolve(case, application=evolve(case.application, office=None, case_no=None))
    with gate_for(bare) as gate:
        decision = gate.check(bare.application, purpose=purpose_of(bare))
    assert (decision.heading.office, decision.heading.case_no) == ("示例机关", "2026-1")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"office": "另一机关"}, "office"),
        ({"case_no": "another"}, "case_no"),
        ({"provision": "order-307/26(1)"}, "provision"),
    ],
)
def test_a_purpose_that_does_not_fit_asks_nothing(change, field):
    """Another office, case or provision than the application's is refused before any call."""
    case = shipped(PAID)
    bureau = Bureau(case)
    with gate_for(case, bureau) as gate, pytest.raises(PurposeError) as refused:
        gate.check(case.application, purpose=purpose_of(case, **change))
    assert refused.value.field == field
    assert bureau.asked == []
    assert pickle.loads(pickle.dumps(refused.value)).args == refused.value.args  # noqa: S301


def test_a_missing_purpose_asks_nothing():
    """Without a purpose there is no inquiry (fault 66)."""
    case = shipped(PAID)
    bureau = Bureau(case)
    with gate_for(case, bureau) as gate, pytest.raises(PurposeError, match="who asks"):
        gate.check(case.application, purpose=None)
    assert bureau.asked == []


def test_an_office_asks_only_where_it_may():
    """An office that registers property may not ask about vehicles, nor one nobody lists."""
    case = shipped(PAID)
    purpose = purpose_of(case)
    allowed = {purpose.office: [Checkpoint.VEHICLE]}
    assert checked(case, permits=allowed).may_complete
    for permits in ({purpose.office: ["property-title"]}, {"别处": ["vehicle"]}, {}):
        with pytest.raises(PurposeError, match="may not ask at the checkpoint vehicle"):
            checked(case, permits=permits)


def test_an_application_of_no_checkpoint_is_refused():
    """The base class says nothing that could be judged."""
    case = shipped(PAID)
    base = Application(
        act=case.application.act,
        division=case.application.division,
        handled_on=case.application.handled_on,
    )
    with gate_for(case) as gate, pytest.raises(ApplicationError, match="no application of this"):
        gate.check(base, purpose=purpose_of(case))


# What counts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "provenance", [Provenance.GIVEN, Provenance.IN_MEMORY, Provenance.REPLAYED]
)
def test_a_production_gate_passes_on_live_answers_only(provenance):
    """Answers made up, played back or vouched for by nobody do not count (fault 85)."""
    case = shipped(PAID)
    bureau = Bureau(case)
    bureau.provenance = provenance
    with pytest.raises(ConfigError, match=f"gives {provenance} answers"):
        gate_for(case, bureau)

    class Quiet:
        """Does not say beforehand what its answers are."""

        def query(self, inquiry, deadline):
            return bureau.query(inquiry, deadline)

    decision = checked(case, Quiet())
    assert decision.effect is Effect.HOLD
    outage = decision.findings[0].obligation.answer.outage
    assert (outage.cause, outage.detail) == (OutageCause.NOT_LIVE, provenance)
    assert checked(case, Quiet(), trial=True).may_complete


def test_a_cached_answer_counts():
    """A live answer kept for a short while is still one of the bureau."""
    case = shipped(PAID)
    assert checked(case, Bureau(case, provenance=Provenance.CACHED)).may_complete


def test_stale_answers_and_wrong_clocks_do_not_pass():
    """A day and a second later the same answers are stale; ten minutes before, from the future."""
    case = shipped(PAID)
    for later, cause in (
        ({"days": 1, "seconds": 1}, OutageCause.STALE_ANSWER),
        ({"minutes": -10}, OutageCause.CLOCK_SKEW),
    ):
        with Gate(Bureau(case), clock=clock_of(case, **later)) as gate:
            decision = gate.check(case.application, purpose=purpose_of(case))
        assert decision.effect is Effect.HOLD
        assert decision.findings[0].obligation.answer.outage.cause is cause


def test_sources_can_be_set_by_tax():
    """Each tax is asked of its own source; a tax without one is not open to the office."""
    case = shipped(PAID)
    one, two = Bureau(case), Bureau(case)
    by_tax = {Matter.VEHICLE_PURCHASE_TAX: one, Matter.VEHICLE_AND_VESSEL_TAX: two}
    assert checked(case, by_tax).may_complete
    assert [item.matter for item in one.asked] == [Matter.VEHICLE_PURCHASE_TAX]
    assert [item.matter for item in two.asked] == [Matter.VEHICLE_AND_VESSEL_TAX]
    decision = checked(case, {Matter.VEHICLE_PURCHASE_TAX: one})
    assert decision.effect is Effect.HOLD
    causes = {
        item.obligation.answer.outage
        for item in decision.findings
        if item.obligation.answer is not None
    }
    assert OutageCause.NOT_OPENED in {outage.cause for outage in causes if outage}


@pytest.mark.parametrize(
    ("sources", "problem"),
    [({}, "sources: is empty"), (object(), "is no source"), ({Matter.DEED_TAX: 1}, "deed-tax")],
)
def test_what_is_no_source_is_refused_at_start(sources, problem):
    """A gate that could never ask says so when it is made."""
    with pytest.raises(ConfigError, match=problem):
        Gate(sources)


# Time ---------------------------------------------------------------------------------------------


def test_inquiries_are_made_side_by_side():
    """Two questions of 0.2 s each take less than 0.4 s together."""
    case = shipped(PAID)
    bureau = Bureau(case, delay=0.2)
    started = time.monotonic()
    assert checked(case, bureau).may_complete
    assert time.monotonic() - started < 0.38
    assert len(bureau.threads) == 2


def test_a_source_that_ignores_the_deadline_is_not_waited_for():
    """The check ends at the deadline; the late answer is not used."""
    case = shipped(PAID)
    bureau = Bureau(case, delay=0.6)
    gate = gate_for(case, bureau, within=0.2)
    started = time.monotonic()
    decision = gate.check(case.application, purpose=purpose_of(case))
    took = time.monotonic() - started
    gate.close()
    assert 0.2 <= took < 0.3
    assert decision.effect is Effect.HOLD
    assert decision.findings[0].obligation.answer.outage.cause is OutageCause.TIMEOUT


def test_a_deadline_counts_on_the_clock_that_never_goes_back():
    """It is told how much is left, and nothing is left when it has passed."""
    now = [100.0]
    deadline = Deadline(8, monotonic=lambda: now[0])
    assert (deadline.remaining, deadline.passed) == (8, False)
    now[0] = 107.5
    assert repr(deadline) == "Deadline(0.500 s left)"
    now[0] = 109
    assert (deadline.remaining, deadline.passed) == (0, True)


def test_a_question_that_waited_past_the_deadline_is_not_asked():
    """An inquiry that gets its thread too late does not trouble the bureau."""
    case = shipped(PAID)
    bureau = Bureau(case)
    ticks = iter([0.0])
    gate = gate_for(case, bureau, monotonic=lambda: next(ticks, 9.0))
    decision = gate.check(case.application, purpose=purpose_of(case))
    gate.close()
    assert bureau.asked == []
    assert decision.effect is Effect.HOLD


# Threads, forks, loops ----------------------------------------------------------------------------


def test_one_gate_serves_many_threads():
    """Thirty-two checks of four different cases at once each get their own decision."""
    names = [PAID, "property-sale-paid", "equity-sale-paid", "deregistration-cleared"]
    cases = [shipped(name) for name in names]

    class Everything:
        def query(self, inquiry, deadline):
            for case in cases:
                for answer in case.answers:
                    if answer.inquiry.key == inquiry.key:
                        return evolve(answer, provenance=Provenance.LIVE, as_of=cases[0].at)
            raise AssertionError(inquiry.label)

    with Gate(Everything(), clock=clock_of(cases[0])) as gate, ThreadPoolExecutor(16) as pool:
        decisions = list(
            pool.map(lambda case: gate.check(case.application, purpose=purpose_of(case)), cases * 8)
        )
    assert [item.heading.checkpoint for item in decisions] == [c.checkpoint for c in cases] * 8
    assert all(item.verdict is Verdict.PASS for item in decisions)


def test_sources_see_the_context_of_the_check():
    """What a program ties to a request, such as a trace, is there where the bureau is asked."""
    case = shipped(PAID)
    request, seen = contextvars.ContextVar("request"), []

    class Traced(Bureau):
        def query(self, inquiry, deadline):
            seen.append(request.get(None))
            return super().query(inquiry, deadline)

    with gate_for(case, Traced(case)) as gate:
        for number in (1, 2):
            request.set(number)
            gate.check(case.application, purpose=purpose_of(case))
    assert seen == [1, 1, 2, 2]


def test_a_closed_gate_asks_nothing_and_closes_its_source_once():
    """After closing there is a clear error, and no second close of a source that serves twice."""
    case = shipped(PAID)
    bureau = Bureau(case)
    before = set(threading.enumerate())
    gate = gate_for(case, dict.fromkeys(Matter, bureau))
    assert gate.check(case.application, purpose=purpose_of(case)).may_complete
    gate.close()
    assert set(threading.enumerate()) <= before
    assert bureau.closed == 1
    with pytest.raises(ClosedError, match="the gate is closed"):
        gate.check(case.application, purpose=purpose_of(case))


def test_a_check_whose_inquiries_never_began_says_that_the_gate_was_closed(monkeypatch):
    """What waited for its turn is taken back; the check ends with the error it promises."""
    monkeypatch.setattr("taxgate.gate.WORKERS", 1)
    case = shipped(PAID)
    bureau = Bureau(case, delay=0.2)
    gate = gate_for(case, bureau)
    with ThreadPoolExecutor(1) as pool:
        check = pool.submit(gate.check, case.application, purpose=purpose_of(case))
        while not bureau.asked:
            time.sleep(0.001)
        gate.close()
        with pytest.raises(ClosedError, match="the gate is closed"):
            check.result(5)
    assert len(bureau.asked) == 1


def test_closing_closes_every_source_though_one_of_them_fails():
    """The error is told, and nothing stays open behind it."""
    case = shipped(PAID)

    class Stuck(Bureau):
        def close(self):
            raise OSError("stuck")

    bureaus = Bureau(case), Stuck(case), Bureau(case)
    gate = gate_for(case, dict(zip(list(Matter)[:3], bureaus, strict=True)))
    with pytest.raises(OSError, match="stuck"):
        gate.close()
    assert (bureaus[0].closed, bureaus[2].closed) == (1, 1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_gate_is_closed_after_a_fork_though_its_lock_was_held():
    """A thread of the parent that was just asking does not keep the child from ending (81)."""
    case = shipped(PAID)
    with gate_for(case) as gate:
        with gate._lock:
            child = os.fork()
            if child == 0:
                signal.alarm(5)
                gate.close()
                os._exit(0)
        assert os.waitpid(child, 0)[1] == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_gate_made_before_a_fork_works_after_it():
    """A forked worker gets threads of its own (fault 81)."""
    case = shipped(PAID)
    with gate_for(case) as gate:
        assert gate.check(case.application, purpose=purpose_of(case)).may_complete
        child = os.fork()
        if child == 0:
            fine = gate.check(case.application, purpose=purpose_of(case)).may_complete
            os._exit(0 if fine else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert gate.check(case.application, purpose=purpose_of(case)).may_complete


def test_the_asynchronous_gate_has_the_same_names():
    """Several checks on one loop, the loop free meanwhile, the same decisions."""
    case = shipped(PAID)
    bureau = Bureau(case, delay=0.1)

    async def run():
        ticks = 0
        async with AsyncGate(bureau, clock=clock_of(case)) as gate:
            checks = [
                asyncio.ensure_future(gate.check(case.application, purpose=purpose_of(case)))
                for _ in range(3)
            ]
            while not all(item.done() for item in checks):
                ticks += 1
                await asyncio.sleep(0.01)
            decisions = [item.result() for item in checks]
        with pytest.raises(ClosedError):
            await gate.check(case.application, purpose=purpose_of(case))
        return ticks, decisions

    ticks, decisions = asyncio.run(run())
    assert ticks >= 3
    assert all(item.may_complete for item in decisions)
    assert bureau.closed == 1


def test_an_asynchronous_check_ends_at_its_deadline_and_can_be_cancelled():
    """A slow source makes an outage, and a cancelled check raises what asyncio raises."""
    case = shipped(PAID)
    bureau = Bureau(case, delay=0.5)

    async def run():
        gate = AsyncGate(bureau, clock=clock_of(case), within=0.15)
        decision = await gate.check(case.application, purpose=purpose_of(case))
        check = asyncio.ensure_future(gate.check(case.application, purpose=purpose_of(case)))
        await asyncio.sleep(0.02)
        check.cancel()
        with pytest.raises(asyncio.CancelledError):
            await check
        await gate.close()
        return decision

    decision = asyncio.run(run())
    assert decision.findings[0].obligation.answer.outage.cause is OutageCause.TIMEOUT


def test_a_cancelled_check_asks_no_more_than_what_is_under_way(monkeypatch):
    """What waited for its turn is taken back: nobody is waiting for the answer any longer."""
    monkeypatch.setattr("taxgate.gate.WORKERS", 1)
    case = shipped(PAID)
    bureau = Bureau(case, delay=0.1)

    async def run():
        async with AsyncGate(bureau, clock=clock_of(case)) as gate:
            check = asyncio.ensure_future(gate.check(case.application, purpose=purpose_of(case)))
            await asyncio.sleep(0.02)
            check.cancel()
            with pytest.raises(asyncio.CancelledError):
                await check
            await asyncio.sleep(0.2)

    asyncio.run(run())
    assert len(bureau.asked) == 1


def test_an_event_loop_tells_nothing_of_what_a_source_raised(caplog):
    """A mistake reaches whoever called, once; what it quotes stays out of the log (64)."""
    case = shipped(PAID)
    broken = Bureau(case, errors=dict.fromkeys(Matter, KeyError(case.application.owner.number)))
    slow = Bureau(case, delay=0.3)

    async def run(bureau, **options):
        gate = AsyncGate(bureau, clock=clock_of(case), **options)
        return await gate.check(case.application, purpose=purpose_of(case))

    with pytest.raises(KeyError):
        asyncio.run(run(broken))
    asyncio.run(run(slow, within=0.05))
    time.sleep(0.4)  # the source ends when the loop has long been closed
    gc.collect()
    assert {item.name for item in caplog.records} <= {"taxgate.gate"}


# What is told -------------------------------------------------------------------------------------


def test_the_log_tells_the_matter_and_the_cause_and_nobodys_number(caplog):
    """Untrusted is an error, unavailable a warning; one event is one line (faults 63, 64)."""
    case = shipped(PAID)
    bureau = Bureau(
        case,
        errors={
            Matter.VEHICLE_PURCHASE_TAX: SourceError.of("a\nb", OutageCause.TIMEOUT),
            Matter.VEHICLE_AND_VESSEL_TAX: SourceError.of(
                "bureau", OutageCause.UNKNOWN_CODE, "x\x1b[31m\u2028y"
            ),
        },
    )
    with caplog.at_level(logging.DEBUG):
        checked(case, bureau)
    told = {record.levelno: record.getMessage() for record in caplog.records}
    assert set(told) == {logging.WARNING, logging.ERROR}
    assert "vehicle-purchase-tax: source a\\nb: source-unreachable, timeout" in told[30]
    assert "(x\\x1b[31m\\u2028y)" in told[40]
    owner = case.application.owner
    for text in (owner.number, owner.name, str(case.application.vehicle.frame.value)):
        assert all(text not in line for line in caplog.text.splitlines())


@pytest.mark.parametrize("cause", list(OutageCause))
def test_source_errors_fit_their_cause_and_pickle(cause):
    """Unreachable and untrusted are two classes; both survive a process boundary."""
    error = SourceError.of("bureau", cause, "detail", 3.5)
    untrusted = cause.kind is OutageKind.UNTRUSTED
    assert type(error) is (SourceUntrustedError if untrusted else SourceUnavailableError)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(again), again.source, again.outage) == (type(error), "bureau", error.outage)


def test_asking_makes_one_of_both_ways_to_fail():
    """`ask` raises for an outage inside an answer, with source and cause kept."""
    case = shipped(PAID)
    asked = case.answers[0].inquiry
    source = InMemorySource(outages={asked.matter: OutageCause.RATE_LIMITED}, name="m")
    with pytest.raises(SourceUnavailableError) as refused:
        ask(source, asked, Deadline(1))
    assert (refused.value.source, refused.value.outage.cause) == ("m", OutageCause.RATE_LIMITED)


def test_the_source_in_memory_answers_what_it_was_given():
    """Records about the subject, no record about another, dated by its clock."""
    case = shipped("property-sale-paid")
    records = [record for answer in case.answers for record in answer.records]
    source = InMemorySource(records, clock=clock_of(case))
    for answer in case.answers:
        found = ask(source, answer.inquiry, Deadline(1))
        assert set(answer.records) <= set(found.records)
        assert (found.as_of, found.provenance) == (case.at, Provenance.IN_MEMORY)
    other = evolve(
        case.answers[0].inquiry,
        unit=type(case.answers[0].inquiry.unit).parse("140100001001GB00001F00010002"),
    )
    assert ask(source, other, Deadline(1)).records == ()


def test_purposes_are_values():
    """Two purposes with the same words are the same."""
    assert Purpose(office="a", case_no="b", provision="c") == Purpose(
        office="a", case_no="b", provision="c"
    )


@pytest.mark.parametrize(("price", "good"), [("12.34", True), ("12.30", True), ("12.345", False)])
def test_money_of_a_source_is_whole_fen(price, good):
    """An amount that nobody can have paid makes the reply unusable (fault 29)."""
    asked = shipped("property-sale-paid").answers[0]
    value = record_value(asked.records[0]) | {"price": price}
    if good:
        assert read_records(asked.inquiry, [value])[0].price == Decimal(price)
    else:
        with pytest.raises(WireError, match=r"\$\[0\]\.price: is no whole number of fen"):
            read_records(asked.inquiry, [value])
