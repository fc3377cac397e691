"""What one source alone says never completes anything; the checks themselves are the judges."""

from __future__ import annotations

import contextvars
import threading
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import property_title_cases
import vehicle_cases
from combined_sources import (
    DOWN,
    NOTHING,
    PAID,
    QUESTION,
    UNPAID,
    UNTRUSTED,
    VVT,
    Scripted,
    soon,
)
from expect import CANNOT_VERIFY, NOTIFY_HOLD, expect
from gate_cases import shipped
from strategies import SAMPLES
from taxgate import vehicle
from taxgate.adapters.cross_check import CrossCheckSource
from taxgate.checks.equity_transfer.application import PaidBy
from taxgate.checks.vehicle.application import Attaches
from taxgate.errors import ConfigError, InputError
from taxgate.evidence import Answer, Outage, OutageCause, Provenance, Reservation
from taxgate.findings import Outcome
from taxgate.parties import IdType, Person
from taxgate.sources import SourceError, SourceUnavailableError, SourceUntrustedError
from taxgate.terms import Basis, Effect, Matter, RecordStatus, State, Verdict
from vehicle_cases import AT, OTHER_VIN, VPT, record

S = RecordStatus
GOOD = [S.PAID, S.REDUCED_PAID, S.EXEMPT, S.NOT_TAXABLE, S.DECLARED_ZERO, S.DEFERRED]
BAD = [S.UNPAID, S.REFUNDED, S.VOIDED, S.REVOKED, S.NEVER_ISSUED]


def both(first, second, **options):
    """Return a cross-check of two replies."""
    return CrossCheckSource(
        Scripted(first, name="city"), Scripted(second, name="province"), **options
    )


def told(source, inquiry=QUESTION):
    """Return the answer, or the outage as an answer, as the gate would."""
    try:
        return source.query(inquiry, soon())
    except SourceError as error:
        return Answer(inquiry=inquiry, outage=error.outage, source=error.source)


def judged(first, second):
    """Decide a first registration whose purchase tax two sources were asked about."""
    answers = [
        told(both(first, second)),
        vehicle_cases.answer(VVT, [record(VVT)]),
    ]
    return vehicle.check(vehicle_cases.apply(), answers, at=AT)


def state(decision):
    """Return the state of vehicle purchase tax."""
    return next(
        item.obligation.facts.state for item in decision.findings if item.obligation.matter is VPT
    )


@pytest.mark.parametrize("reply", [PAID, UNPAID, NOTHING])
def test_what_both_say_is_the_answer(reply):
    """Each record once, under both names, for the inquiry that was made."""
    answer = both(reply, reply).query(QUESTION, soon())
    assert (answer.records, answer.inquiry) == (reply, QUESTION)
    assert (answer.source, answer.provenance) == ("city+province", Provenance.LIVE)


def test_paid_by_both_passes():
    """Otherwise nothing here would show anything."""
    assert judged(PAID, PAID).verdict is Verdict.PASS


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("status", [S.PAID, S.REDUCED_PAID, S.EXEMPT, S.NOT_TAXABLE])
def test_paid_against_unpaid_is_a_conflict_in_the_check(status, swapped):
    """Sources disagree: the state is CONFLICT, and the application is held, not refused (43)."""
    replies = [(record(status=status, voucher_no="V-1"),), UNPAID]
    decision = judged(*(reversed(replies) if swapped else replies))
    assert state(decision) is State.CONFLICT
    expect(decision, NOTIFY_HOLD, matter=VPT)


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("status", GOOD)
def test_paid_against_no_record_cannot_be_verified(status, swapped):
    """Nobody is accused, and a retry may help: registers lag behind one another."""
    replies = [(record(status=status),), NOTHING]
    decision = judged(*(reversed(replies) if swapped else replies))
    expect(decision, CANNOT_VERIFY, matter=VPT)
    assert state(decision) is State.SOURCE_UNTRUSTED
    outages = [
        item.obligation.answer.outage.cause
        for item in decision.findings
        if item.obligation.basis is Basis.OUTAGE
    ]
    assert set(outages) == {OutageCause.SOURCES_DISAGREE}


@pytest.mark.parametrize(
    "change",
    [
        {"vin": OTHER_VIN},
        {"vin": None},
        {"voucher_no": "V-2"},
        {"issued_on": date(2026, 1, 1)},
        {"engine_no": "E0002"},
        {"taxpayer": Person(IdType.PASSPORT, "P0000009")},
        {"status": S.EXEMPT},
        {"status": S.REFUNDED},
        {"status": S.NEVER_ISSUED},
        {"arrears": True},
    ],
)
def test_another_statement_of_the_other_is_a_disagreement(change):
    """Whatever differs, the second source does not confirm the first."""
    other = (evolve(PAID[0], **change),)
    for source in (both(PAID, other), both(other, PAID)):
        with pytest.raises(SourceUntrustedError) as caught:
            source.query(QUESTION, soon())
        assert caught.value.outage.cause is OutageCause.SOURCES_DISAGREE
        assert caught.value.outage.detail == "city and province"


@pytest.mark.parametrize(
    ("paid_on", "unpaid_on"), [(date(2026, 11, 10), date(2026, 3, 1)), (None, date(2026, 3, 1))]
)
def test_an_older_unpaid_contradicts_nothing_and_confirms_nothing(paid_on, unpaid_on):
    """It may be of an earlier deal, for which nobody pays now: one source alone says "paid"."""
    case = shipped("equity-sale-paid")
    (answer,) = case.answers
    (paid,) = answer.records
    paid = evolve(paid, agreed_on=None, issued_on=paid_on)
    unpaid = evolve(paid, status=S.UNPAID, issued_on=unpaid_on, voucher_no=None)

    def decided(source):
        return evolve(case, answers=(told(source, answer.inquiry),)).decide()

    assert decided(Scripted((paid,), as_of=case.at)).may_complete
    assert not decided(Scripted((unpaid,), as_of=case.at)).may_complete
    for pair in ((paid, unpaid), (unpaid, paid)):
        source = CrossCheckSource(*[Scripted((item,), as_of=case.at) for item in pair])
        assert not decided(source).may_complete


def test_one_source_does_not_confirm_itself():
    """The same source given twice is a slip in a file, and refused at start."""
    source = Scripted(PAID)
    with pytest.raises(ConfigError) as refused:
        CrossCheckSource(source, source)
    assert refused.value.faults == (("second", "is the same source as first: name another"),)


def test_unpaid_and_no_record_is_unpaid():
    """Both say that it is not fulfilled; the one that knows more is heard."""
    for pair in ((UNPAID, NOTHING), (NOTHING, UNPAID)):
        assert state(judged(*pair)) is State.UNPAID


def test_what_one_reports_against_is_heard_beside_what_both_confirm():
    """Arrears that only one register shows are not lost."""
    arrears = record(VVT, S.UNPAID, tax_year=2025)
    paid = record(VVT)
    inquiry = evolve(QUESTION, matter=VVT)
    answer = both((paid,), (paid, arrears)).query(inquiry, soon())
    assert set(answer.records) == {paid, arrears}


def test_order_and_repetition_mean_nothing():
    """Two records in another order, one of them twice."""
    one, two = record(voucher_no="V-1"), record(voucher_no="V-2")
    answer = both((one, two), (two, one, one)).query(QUESTION, soon())
    assert answer.records == (one, two)


NAMED, UNNAMED = Person(IdType.PASSPORT, "P0000001", "甲某"), Person(IdType.PASSPORT, "P0000001")


def test_a_name_that_only_one_states_is_taken_over():
    """The record is handed on once: two halves of a share do not become a whole."""
    named, unnamed = record(taxpayer=NAMED), record(taxpayer=UNNAMED)
    for pair in ((named, unnamed), (unnamed, named)):
        assert both((pair[0],), (pair[1],)).query(QUESTION, soon()).records == (named,)


def test_names_deep_inside_a_record_are_taken_over_too():
    """A consolidated flag names its parties; each source may leave out another name."""

    def flag(*names):
        return property_title_cases.completion(
            *[(Matter.DEED_TAX, evolve(NAMED, number=f"P{name}", name=name)) for name in names]
        )

    first = evolve(flag("甲某", "乙某"), contract_no="A-1")
    covers = first.covers
    without = [
        evolve(
            first, covers=(evolve(covers[0], person=evolve(covers[0].person, name=None)), covers[1])
        ),
        evolve(
            first, covers=(covers[0], evolve(covers[1], person=evolve(covers[1].person, name=None)))
        ),
    ]
    inquiry = evolve(
        QUESTION, matter=Matter.DEED_TAX, vin=None, unit=first.unit, person=covers[0].person
    )
    answer = both((without[0],), (without[1],)).query(inquiry, soon())
    assert answer.records == (first,)


def test_two_names_for_one_document_are_a_disagreement():
    """A name variant does not count as confirmed."""
    variants = [(record(taxpayer=evolve(NAMED, name=name)),) for name in ("甲某", "乙某")]
    with pytest.raises(SourceUntrustedError):
        both(*variants).query(QUESTION, soon())


def test_the_answer_is_as_old_as_the_older():
    """And without a date if one has none: the check then does not trust it (46)."""
    fresh, old = Scripted(PAID), Scripted(PAID, as_of=AT - timedelta(hours=30))
    undated = Scripted(PAID, as_of=None)
    assert CrossCheckSource(fresh, old).query(QUESTION, soon()).as_of == AT - timedelta(hours=30)
    assert CrossCheckSource(undated, fresh).query(QUESTION, soon()).as_of is None


def test_it_vouches_for_no_more_than_the_weaker_and_keeps_every_reservation():
    """One made-up side makes a made-up answer (85)."""
    live = Scripted(PAID)
    made_up = Scripted(PAID, provenance=Provenance.IN_MEMORY)
    source = CrossCheckSource(live, made_up)
    assert source.provenance is Provenance.IN_MEMORY
    assert source.query(QUESTION, soon()).provenance is Provenance.IN_MEMORY

    class Plain(Scripted):
        def query(self, inquiry, deadline):
            return evolve(super().query(inquiry, deadline), reservations=(Reservation.NO_ECHO,))

    answer = CrossCheckSource(live, Plain(PAID)).query(QUESTION, soon())
    assert answer.reservations == (Reservation.NO_ECHO,)


# One side down ------------------------------------------------------------------------------------


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("cause", list(OutageCause))
def test_half_a_cross_check_is_none(cause, swapped):
    """If one cannot be asked or trusted there is no answer."""
    replies = [PAID, cause]
    with pytest.raises(SourceError) as caught:
        both(*(reversed(replies) if swapped else replies)).query(QUESTION, soon())
    assert caught.value.outage.cause is cause


@pytest.mark.parametrize("swapped", [False, True])
def test_one_may_be_enough_where_it_is_said_so(swapped):
    """Only where the other could not be asked; never where it could not be trusted."""

    def ask(*replies):
        return both(*(reversed(replies) if swapped else replies), alone=True).query(
            QUESTION, soon()
        )

    assert ask(PAID, DOWN).records == PAID
    with pytest.raises(SourceUntrustedError):
        ask(PAID, UNTRUSTED)
    with pytest.raises(SourceUntrustedError):
        ask(DOWN, UNTRUSTED)
    with pytest.raises(SourceUnavailableError):
        ask(DOWN, OutageCause.TIMEOUT)
    with pytest.raises(SourceUntrustedError):
        ask(PAID, NOTHING)


@pytest.mark.parametrize("replies", [(ZeroDivisionError(), UNTRUSTED), (DOWN, ZeroDivisionError())])
def test_a_mistake_in_a_program_travels_on(replies):
    """It comes before any outage, from whichever thread."""
    with pytest.raises(ZeroDivisionError):
        both(*replies, alone=True).query(QUESTION, soon())


def test_the_two_are_asked_side_by_side():
    """Each waits for the other, which would never end if one came first."""
    meet = threading.Barrier(2, timeout=5)

    def reply(_inquiry, _deadline):
        meet.wait()
        return PAID

    assert both(reply, reply).query(QUESTION, soon()).records == PAID


def test_a_source_that_does_not_come_back_is_left_behind_at_the_deadline():
    """The check goes on within 100 ms of it."""
    go = threading.Event()

    def reply(_inquiry, _deadline):
        go.wait(5)
        return PAID

    begun = time.monotonic()
    with pytest.raises(SourceUnavailableError) as caught:
        both(PAID, reply).query(QUESTION, soon(0.2))
    assert 0.2 <= time.monotonic() - begun < 0.3
    assert (caught.value.source, caught.value.outage.cause) == ("province", OutageCause.TIMEOUT)
    go.set()


def test_the_second_source_sees_the_context_of_the_check():
    """Such as the trace the check belongs to."""
    trace = contextvars.ContextVar("trace")
    seen = []

    def reply(_inquiry, _deadline):
        seen.append(trace.get(None))
        return PAID

    trace.set("check-1")
    both(reply, reply).query(QUESTION, soon())
    assert seen == ["check-1", "check-1"]


def test_closing_closes_both():
    """Once each."""
    inner = [Scripted(PAID), Scripted(PAID)]
    CrossCheckSource(*inner).close()
    assert [each.closed for each in inner] == [1, 1]


# Against the checks of every checkpoint -----------------------------------------------------------


def variants(base):
    """Return a strategy for records like *base*: other statuses, keys, years, numbers, shares."""
    changes = {
        "status": [S.PAID, S.UNPAID, S.EXEMPT, S.REFUNDED, S.DEFERRED, S.ISSUED, S.REVOKED,
                   S.NO_OBJECTION, S.OBJECTED, S.NOT_TAXABLE, S.NEVER_ISSUED],
        "voucher_no": ["V-1", "V-2", None],
        "cancels": ["V-1", None],
        "vin": [vehicle_cases.VIN, OTHER_VIN, None],
        "tax_year": [2025, 2026],
        "contract_no": ["A-1", None],
        "price": [Decimal(1), None],
        "taxpayer": [NAMED, UNNAMED, evolve(NAMED, name="另名"), None],
        "issued_on": [date(2026, 3, 1), date(2026, 11, 1), date(2027, 1, 1), None],
        "agreed_on": [date(2026, 3, 1), None],
        "transferee": [NAMED, None],
        "stake": [None],
        "arrears": [True],
        "attaches_to": [Attaches.VEHICLE, Attaches.OWNER, None],
        "paid_by": [PaidBy.WITHHOLDING, None],
        "remitted": [True, False, None],
        "instalment_plan": [True],
    }  # fmt: skip
    fitting = {name: pool for name, pool in changes.items() if hasattr(base, name)}

    def build(picked):
        try:
            return evolve(base, **picked)
        except InputError:
            return base

    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(pool) for name, pool in fitting.items()}
    ).map(build)


def settled(decision, inquiry):
    """Tell whether what rests on the answer to *inquiry* is met in the decision."""
    findings = [
        item
        for item in decision.findings
        if item.obligation.inquiry is not None and item.obligation.inquiry.key == inquiry.key
    ]
    return bool(findings) and all(
        item.outcome is Outcome.SATISFIED and item.obligation.basis is Basis.ANSWER
        for item in findings
    )


@given(st.data())
def test_what_holds_by_both_never_passes_where_one_alone_would_not(data):
    """Theorem: a matter is met by the cross-check only if it is met by either source alone."""
    module = data.draw(st.sampled_from(list(SAMPLES)))
    samples = SAMPLES[module]
    application = data.draw(st.sampled_from(samples.applications))
    inquiries = module.inquiries(application)
    assume(inquiries)
    inquiry = data.draw(st.sampled_from(inquiries))
    base = list(samples.records(application, inquiry))
    assume(base)
    replies = [
        tuple(
            data.draw(
                st.lists(
                    st.one_of(st.sampled_from(base), *[variants(item) for item in base]), max_size=3
                )
            )
        )
        for _ in range(2)
    ]
    others = [
        Answer(inquiry=each, records=tuple(samples.records(application, each)), as_of=samples.at)
        for each in inquiries
        if each.key != inquiry.key
    ]

    def decided(answer):
        return module.check(application, [answer, *others], at=samples.at)

    def alone(records):
        return decided(Answer(inquiry=inquiry, records=records, as_of=samples.at))

    source = CrossCheckSource(*[Scripted(reply, as_of=samples.at) for reply in replies])
    together = decided(told(source, inquiry))
    if settled(together, inquiry):
        assert all(settled(alone(reply), inquiry) for reply in replies)
    if together.effect is Effect.PROCEED and together.verdict is Verdict.PASS:
        outage = decided(Answer(inquiry=inquiry, outage=Outage(cause=OutageCause.SOURCES_DISAGREE)))
        assert all(alone(reply).verdict is Verdict.PASS for reply in replies) or (
            outage.verdict is Verdict.PASS  # a class in law, which needs no answer
        )


def test_the_samples_do_pass_when_both_sources_agree():
    """The theorem above is not empty: every checkpoint has a sample that passes."""
    for module, samples in SAMPLES.items():
        passed = 0
        for application in samples.applications:
            answers = [
                told(
                    CrossCheckSource(
                        *[
                            Scripted(tuple(samples.records(application, each)), as_of=samples.at)
                            for _ in range(2)
                        ]
                    ),
                    each,
                )
                for each in module.inquiries(application)
            ]
            passed += module.check(application, answers, at=samples.at).verdict is Verdict.PASS
        assert passed, module.__name__
