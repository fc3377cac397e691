"""A cache that saves calls and never a verdict: what is kept, for whom, and for how long."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from combined_sources import (
    DOWN,
    NOTHING,
    PAID,
    QUESTION,
    UNPAID,
    UNTRUSTED,
    VVT,
    Scripted,
    Time,
    asked_for,
    at_once,
    soon,
    until,
    wall,
)
from gate_cases import Bureau, clock_of, purpose_of, shipped
from taxgate import AsyncGate, Gate
from taxgate.adapters.breaker import BreakerSource
from taxgate.adapters.by_matter import RoutedSource
from taxgate.adapters.cached import CachedSource
from taxgate.adapters.cross_check import CrossCheckSource
from taxgate.adapters.fallback import FallbackSource
from taxgate.adapters.rate_limit import RateLimitedSource
from taxgate.errors import ConfigError
from taxgate.evidence import OutageCause, Provenance
from taxgate.identifiers import FrameNumber
from taxgate.parties import IdType, Person
from taxgate.sources import SourceError, SourceUnavailableError, SourceUntrustedError
from taxgate.terms import RecordStatus
from vehicle_cases import AT, OTHER_VIN, record


def cached(*replies, seconds=60.0, at=AT, **options):
    """Return a cache, the source inside and the clock."""
    hand = Time()
    inner = Scripted(*replies)
    source = CachedSource(
        inner, seconds=seconds, clock=wall(at), monotonic=hand.monotonic, **options
    )
    return source, inner, hand


def test_a_second_question_is_answered_from_the_cache_and_says_so():
    """The first answer is live; the second is the same, as old as it is, and marked as kept."""
    source, inner, hand = cached(PAID)
    first = source.query(QUESTION, hand.deadline())
    hand.now += 59
    second = source.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 1
    assert first.provenance is Provenance.LIVE
    assert second == evolve(first, provenance=Provenance.CACHED)
    assert second.as_of == AT


def test_the_answer_bears_the_question_of_whoever_asks():
    """Another case of the same office gets an answer to its own inquiry, purpose included."""
    source, inner, hand = cached(PAID)
    source.query(QUESTION, hand.deadline())
    other = asked_for(case_no="2026-2")
    assert source.query(other, hand.deadline()).inquiry == other
    assert len(inner.asked) == 1


def test_after_its_time_the_answer_is_asked_for_anew():
    """At 60 seconds it has ended, counted from the moment it was asked for."""
    source, inner, hand = cached(PAID)
    source.query(QUESTION, hand.deadline())
    hand.now += 60
    assert source.query(QUESTION, hand.deadline()).provenance is Provenance.LIVE
    assert len(inner.asked) == 2


def test_the_time_an_answer_took_counts_as_its_age():
    """An answer that was 50 seconds under way is kept for ten more."""
    hand = Time()

    def slow(_inquiry, _deadline):
        hand.now += 50
        return PAID

    inner = Scripted(slow, PAID)
    source = CachedSource(inner, clock=wall(), monotonic=hand.monotonic)
    source.query(QUESTION, hand.deadline(99))
    hand.now += 9
    source.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 1
    hand.now += 1
    source.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 2


@pytest.mark.parametrize(
    "reply",
    [
        NOTHING,
        UNPAID,
        PAID + UNPAID,
        *[
            (record(status=status),)
            for status in (
                RecordStatus.DEFERRED,
                RecordStatus.DECLARED_ZERO,
                RecordStatus.REFUNDED,
                RecordStatus.VOIDED,
                RecordStatus.REVOKED,
                RecordStatus.NEVER_ISSUED,
            )
        ],
    ],
)
def test_nothing_under_which_somebody_waits_is_kept(reply):
    """Whoever pays at the next counter is not told "unpaid" from a minute ago (79, N then Y)."""
    source, inner, hand = cached(reply, PAID)
    assert source.query(QUESTION, hand.deadline()).records == reply
    assert source.query(QUESTION, hand.deadline()).records == PAID
    assert len(inner.asked) == 2


@pytest.mark.parametrize(("cause", "kind"), [
    (DOWN, SourceUnavailableError), (UNTRUSTED, SourceUntrustedError),
])  # fmt: skip
def test_no_outage_is_kept(cause, kind):
    """The next question after an outage is asked, and answered."""
    source, inner, hand = cached(cause, PAID)
    with pytest.raises(kind) as caught:
        source.query(QUESTION, hand.deadline())
    assert caught.value.outage.cause is cause
    assert source.query(QUESTION, hand.deadline()).provenance is Provenance.LIVE
    assert len(inner.asked) == 2


def test_max_age_nought_asks_live_and_replaces_what_was_kept():
    """A refund shows at once, and "paid" does not come back afterwards (51, 79)."""
    source, _inner, hand = cached(PAID, UNPAID, UNPAID)
    source.query(QUESTION, hand.deadline())
    live = source.query(QUESTION, hand.deadline(), max_age=0)
    assert (live.records, live.provenance) == (UNPAID, Provenance.LIVE)
    assert source.query(QUESTION, hand.deadline()).records == UNPAID


def test_max_age_is_a_bound_of_each_call():
    """Five seconds ago is too long ago for whoever wants four."""
    source, inner, hand = cached(PAID)
    source.query(QUESTION, hand.deadline())
    hand.now += 5
    source.query(QUESTION, hand.deadline(), max_age=6)
    assert len(inner.asked) == 1
    source.query(QUESTION, hand.deadline(), max_age=4)
    assert len(inner.asked) == 2


def test_a_cache_of_no_seconds_always_asks():
    """With seconds=0 every question goes through."""
    source, inner, hand = cached(PAID, seconds=0)
    assert {source.query(QUESTION, hand.deadline()).provenance for _ in range(3)} == {
        Provenance.LIVE
    }
    assert len(inner.asked) == 3


def test_a_report_of_a_change_drops_what_is_kept():
    """A push triggers a new question and nothing else (50)."""
    source, inner, hand = cached(PAID, UNPAID)
    source.query(QUESTION, hand.deadline())
    source.forget(QUESTION)
    assert source.query(QUESTION, hand.deadline()).records == UNPAID
    assert len(inner.asked) == 2


@pytest.mark.parametrize(
    "as_of",
    [None, AT - timedelta(hours=24), AT - timedelta(hours=25), AT + timedelta(minutes=6)],
)
def test_what_is_not_fresh_is_not_kept(as_of):
    """Without a date, as old as an answer may be, or from the future: not kept (46, 47)."""
    source, inner, hand = cached(PAID)
    inner.as_of = as_of
    source.query(QUESTION, hand.deadline())
    assert source.query(QUESTION, hand.deadline()).provenance is Provenance.LIVE
    assert len(inner.asked) == 2


def test_an_answer_is_not_kept_beyond_its_freshness():
    """Ten seconds before it is a day old it is kept for ten seconds."""
    source, inner, hand = cached(PAID)
    inner.as_of = AT - timedelta(hours=24) + timedelta(seconds=10)
    source.query(QUESTION, hand.deadline())
    hand.now += 9
    source.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 1
    hand.now += 1
    source.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 2


def test_the_clock_on_the_wall_does_not_lengthen_a_life():
    """It is set back by a day while an answer is kept; the answer ends all the same (48)."""
    hand = Time()
    now = [AT]
    inner = Scripted(PAID)
    source = CachedSource(inner, clock=lambda: now[0], monotonic=hand.monotonic)
    source.query(QUESTION, hand.deadline())
    now[0] -= timedelta(days=1)
    hand.now += 60
    source.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 2


@pytest.mark.parametrize(
    "provenance", [Provenance.IN_MEMORY, Provenance.REPLAYED, Provenance.GIVEN]
)
def test_a_cache_does_not_make_an_answer_count(provenance):
    """What was not asked of the bureau stays so when it was kept (85)."""
    source, inner, hand = cached(PAID)
    inner.provenance = provenance
    for _ in range(2):
        assert source.query(QUESTION, hand.deadline()).provenance is provenance
    assert source.provenance is provenance


def test_what_comes_out_of_another_cache_is_not_kept_again():
    """Ages do not add up from cache to cache."""
    hand = Time()
    inner = Scripted(PAID)
    near = CachedSource(inner, clock=wall(), monotonic=hand.monotonic)
    far = CachedSource(near, clock=wall(), monotonic=hand.monotonic)
    near.query(QUESTION, hand.deadline())
    hand.now += 59
    far.query(QUESTION, hand.deadline())
    hand.now += 1
    far.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 2


PERSON = Person(IdType.PASSPORT, "P0000001", "甲某")
VARIANTS = [
    QUESTION,
    asked_for(office="另一车管所"),
    asked_for(provision="order-307/25"),
    asked_for(matter=VVT),
    asked_for(matter=VVT, years=(2025,)),
    asked_for(matter=VVT, years=(2025, 2026)),
    asked_for(vin=OTHER_VIN),
    asked_for(vin=FrameNumber("LC0012345")),
    asked_for(plate="晋A00001"),
    asked_for(contract_no="晋A00001"),
    asked_for(person=PERSON),
    asked_for(person=evolve(PERSON, name="另名")),
    asked_for(person=evolve(PERSON, id_type=IdType.OTHER)),
    evolve(QUESTION, purpose=None),
]


def paid_of(inquiry, _deadline):
    """Return a record of what was asked about."""
    year = {"tax_year": inquiry.years[0]} if inquiry.years else {}
    return (record(matter=inquiry.matter, vin=inquiry.vin, voucher_no="V-1", **year),)


def test_paid_of_another_vehicle_is_not_kept():
    """It counts as no record, under which somebody may be waiting: each question is asked."""
    source, inner, hand = cached((record(vin=OTHER_VIN, voucher_no="V-1"),))
    source.query(QUESTION, hand.deadline())
    source.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 2


def test_paid_of_another_year_is_not_kept():
    """Whoever pays for this year at the next counter is not held by last year's voucher (79)."""
    year = evolve(QUESTION, matter=VVT, years=(2026,))
    last = (record(VVT, tax_year=2025, voucher_no="V-1"),)
    for question, reply, times in (
        (year, last, 2),
        (evolve(year, years=(2026, 2025)), last, 1),
    ):
        source, inner, hand = cached(reply)
        source.query(question, hand.deadline())
        source.query(question, hand.deadline())
        assert len(inner.asked) == times


@given(first=st.sampled_from(VARIANTS), second=st.sampled_from(VARIANTS))
def test_no_two_questions_share_an_answer(first, second):
    """Office, provision, subject, person, years, plate, contract: each keeps two apart (78)."""
    source, inner, hand = cached(paid_of)
    source.query(first, hand.deadline())
    source.query(second, hand.deadline())
    assert len(inner.asked) == (1 if first == second else 2)


def test_two_sources_share_nothing():
    """Each cache keeps what its own source said."""
    paid, _, hand = cached(PAID)
    paid.query(QUESTION, hand.deadline())
    unpaid, _, _ = cached(UNPAID)
    assert unpaid.query(QUESTION, hand.deadline()).records == UNPAID


def test_what_is_kept_cannot_be_changed_by_who_gets_it():
    """Even a source that hands out a list does not leave its list in the cache (78)."""
    records = list(PAID)
    source, _inner, hand = cached(lambda _inquiry, _deadline: records)
    source.query(QUESTION, hand.deadline())
    records.clear()
    assert source.query(QUESTION, hand.deadline()).records == PAID


def test_the_answer_used_least_recently_goes_first():
    """No more answers are kept than was said."""
    source, inner, hand = cached(PAID, most=2)
    for question in (QUESTION, asked_for(vin=OTHER_VIN), QUESTION, asked_for(office="另一车管所")):
        source.query(question, hand.deadline())
    assert len(inner.asked) == 3
    source.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 3
    source.query(asked_for(vin=OTHER_VIN), hand.deadline())
    assert len(inner.asked) == 4


# Many threads -------------------------------------------------------------------------------------


class Slow:
    """A reply that is held back until it is let go."""

    def __init__(self, reply):
        self.reply = reply
        self.begun = threading.Event()
        self.go = threading.Event()

    def __call__(self, _inquiry, _deadline):
        """Wait, then reply."""
        self.begun.set()
        assert self.go.wait(5)
        return self.reply


@pytest.mark.parametrize("reply", [PAID, UNPAID, NOTHING])
def test_a_storm_of_misses_makes_one_call(reply):
    """Sixteen threads ask at once, the bureau is asked once, all get the answer (77)."""
    slow = Slow(reply)
    inner = Scripted(slow)
    source = CachedSource(inner, clock=wall())
    threading.Timer(0.1, slow.go.set).start()
    found = at_once(lambda: source.query(QUESTION, soon()), 16)
    assert [answer.records for answer in found] == [reply] * 16
    assert sorted(answer.provenance for answer in found) == ["cached"] * 15 + ["live"]
    assert len(inner.asked) == 1


def test_threads_that_wait_share_an_outage_that_is_not_the_askers_own():
    """A bureau that is down is not asked sixteen times for it; the next question is a new one."""
    slow = Slow(DOWN)
    inner = Scripted(slow, PAID)
    source = CachedSource(inner, clock=wall())
    threading.Timer(0.1, slow.go.set).start()
    found = at_once(lambda: source.query(QUESTION, soon()), 16)
    assert {type(error) for error in found} == {SourceUnavailableError}
    assert len({id(error) for error in found}) == 16
    assert len(inner.asked) == 1
    assert source.query(QUESTION, soon()).records == PAID


def told(source):
    """Ask, and return the answer or the error."""
    try:
        return source.query(QUESTION, soon())
    except SourceError as error:
        return error


def ask_behind(source, slow, deadline):
    """Ask in a thread behind a question under way; return the thread and where its answer goes."""
    found = []

    def run():
        try:
            found.append(source.query(QUESTION, deadline))
        except SourceError as error:
            found.append(error)

    thread = threading.Thread(target=run)
    assert slow.begun.wait(5)
    thread.start()
    return thread, found


@pytest.mark.parametrize(
    "came", [OutageCause.TIMEOUT, KeyboardInterrupt(), RuntimeError("a mistake")]
)
def test_one_that_gives_up_or_is_interrupted_wakes_the_others_to_ask_themselves(came):
    """What became of the thread that asked says nothing of what the next would be told (80)."""
    slow = Slow(came)
    inner = Scripted(slow, PAID)
    source = CachedSource(inner, clock=wall())
    ended = []

    def lead():
        try:
            source.query(QUESTION, soon())
        except BaseException as error:  # noqa: BLE001 - it is the result
            ended.append(error)

    leader = threading.Thread(target=lead)
    leader.start()
    waiter, found = ask_behind(source, slow, soon())
    time.sleep(0.05)
    slow.go.set()
    leader.join()
    waiter.join()
    assert len(ended) == 1
    assert found[0].records == PAID
    assert len(inner.asked) == 2


def test_a_thread_that_waits_keeps_to_its_own_deadline():
    """It gives up within 100 ms of its deadline though the question is still under way."""
    slow = Slow(PAID)
    source = CachedSource(Scripted(slow), clock=wall())
    leader = threading.Thread(target=source.query, args=(QUESTION, soon()))
    leader.start()
    begun = time.monotonic()
    waiter, found = ask_behind(source, slow, soon(0.2))
    waiter.join()
    assert 0.2 <= time.monotonic() - begun < 0.3
    assert found[0].outage.cause is OutageCause.TIMEOUT
    slow.go.set()
    leader.join()


def test_a_thread_whose_time_ran_out_with_the_askers_does_not_ask():
    """Both end in a timeout, and the bureau is asked once."""
    slow = Slow(OutageCause.TIMEOUT)
    inner = Scripted(slow)
    source = CachedSource(inner, clock=wall())
    hand = Time()
    deadline = hand.deadline(5)
    leader = threading.Thread(target=told, args=(source,))
    leader.start()
    waiter, found = ask_behind(source, slow, deadline)
    time.sleep(0.05)
    hand.now += 5
    slow.go.set()
    leader.join()
    waiter.join()
    assert found[0].outage.cause is OutageCause.TIMEOUT
    assert len(inner.asked) == 1


def test_nobody_waits_for_a_source_that_overran_its_deadline():
    """The next thread asks by itself, and what comes late is not kept in its stead."""
    slow = Slow(PAID)
    inner = Scripted(slow, UNPAID)
    source = CachedSource(inner, clock=wall())
    hand = Time()
    leader = threading.Thread(target=source.query, args=(QUESTION, hand.deadline(5)))
    leader.start()
    assert slow.begun.wait(5)
    hand.now += 5
    assert source.query(QUESTION, soon()).records == UNPAID
    slow.go.set()
    leader.join()
    assert source.query(QUESTION, soon()).records == UNPAID


def test_closing_lets_an_answer_under_way_arrive_and_does_not_keep_it():
    """Nothing stays in memory that was asked for by then."""
    slow = Slow(PAID)
    inner = Scripted(slow)
    source = CachedSource(inner, clock=wall())
    found = []
    leader = threading.Thread(target=lambda: found.append(source.query(QUESTION, soon())))
    leader.start()
    assert slow.begun.wait(5)
    source.close()
    slow.go.set()
    leader.join()
    assert found[0].records == PAID
    assert not source._state.get().entries


def test_an_answer_under_way_when_a_change_is_reported_is_not_kept():
    """It may have been true before the change only (50)."""
    slow = Slow(PAID)
    inner = Scripted(slow, UNPAID)
    source = CachedSource(inner, clock=wall())
    leader = threading.Thread(target=source.query, args=(QUESTION, soon()))
    leader.start()
    assert slow.begun.wait(5)
    source.forget(QUESTION)
    assert source.query(QUESTION, soon()).records == UNPAID
    slow.go.set()
    leader.join()
    assert source.query(QUESTION, soon()).records == UNPAID


def test_a_live_question_does_not_join_one_under_way():
    """Whoever wants an answer from now does not get one from before, and its own wins."""
    slow = Slow(PAID)
    inner = Scripted(slow, UNPAID)
    source = CachedSource(inner, clock=wall())
    leader = threading.Thread(target=source.query, args=(QUESTION, soon()))
    leader.start()
    assert slow.begun.wait(5)
    assert source.query(QUESTION, soon(), max_age=0).records == UNPAID
    slow.go.set()
    leader.join()
    assert source.query(QUESTION, soon()).records == UNPAID


@given(
    plan=st.lists(
        st.tuples(st.sampled_from(VARIANTS[:8]), st.sampled_from([PAID, UNPAID, NOTHING, DOWN])),
        min_size=1,
        max_size=12,
    ),
)
def test_no_answer_is_anothers(plan):
    """Whatever threads ask at once, each answer was given by the source to that question."""
    last = {}
    lock = threading.Lock()

    def reply(inquiry, _deadline):
        with lock:
            return last[inquiry.purpose.case_no]

    inner = Scripted(reply)
    source = CachedSource(inner, clock=wall())
    questions = []
    for number, (question, told) in enumerate(plan):
        case_no = f"case-{number}"
        last[case_no] = told
        questions.append(evolve(question, purpose=evolve(question.purpose, case_no=case_no)))
    todo = iter(questions)

    def work():
        with lock:
            question = next(todo)
        try:
            return source.query(question, soon())
        except SourceError:
            return None

    for answer in at_once(work, len(plan)):
        if answer is not None:
            assert any(
                given_.records == answer.records
                and evolve(given_.inquiry, purpose=None) == evolve(answer.inquiry, purpose=None)
                and given_.inquiry.purpose.office == answer.inquiry.purpose.office
                and given_.inquiry.purpose.provision == answer.inquiry.purpose.provision
                for given_ in inner.given
            )


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_starts_anew_though_a_lock_was_held():
    """A child of a fork at the worst moment asks, and shares nothing it should not (81)."""
    slow = Slow(PAID)
    inner = Scripted(slow, PAID)
    source = CachedSource(inner, clock=wall())
    leader = threading.Thread(target=source.query, args=(QUESTION, soon()))
    leader.start()
    assert slow.begun.wait(5)
    with source._state.get().lock:
        pid = os.fork()
    if pid == 0:  # the child leaves at once, whatever happens
        status = 1
        try:
            answer = source.query(QUESTION, soon(3))
            status = 0 if answer.provenance is Provenance.LIVE else 2
        finally:
            os._exit(status)
    slow.go.set()
    leader.join()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_closing_drops_everything_and_closes_the_source():
    """What was kept is gone, and an answer under way is not kept."""
    source, inner, hand = cached(PAID)
    source.query(QUESTION, hand.deadline())
    source.close()
    assert inner.closed == 1
    assert not source._state.get().entries


@pytest.mark.parametrize("options", [{"seconds": -1}, {"seconds": 601}, {"most": 0}])
def test_numbers_out_of_bounds_are_faults_at_start(options):
    """Nothing is kept longer than ten minutes."""
    with pytest.raises(ConfigError):
        CachedSource(Scripted(PAID), **options)


def test_nothing_shows_an_identifier():
    """No repr of the cache or of what it holds tells about whom it was asked (64)."""
    source, _inner, hand = cached(PAID)
    source.query(QUESTION, hand.deadline())
    state = source._state.get()
    shown = repr((source, state, list(state.entries), list(state.entries.values())))
    assert QUESTION.vin.value not in shown
    assert "V-1" not in shown
    until(lambda: not state.flights)


AROUND = {
    "nothing": lambda kept: kept,
    "a cache": CachedSource,
    "a breaker": BreakerSource,
    "a limit": lambda kept: RateLimitedSource(kept, calls=100),
    "a fallback": lambda kept: FallbackSource(kept, Scripted(DOWN)),
    "a cross-check": lambda kept: CrossCheckSource(kept, Scripted(DOWN), alone=True),
    "by matter": lambda kept: RoutedSource({}, otherwise=kept),
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_recheck_asks_the_bureau_and_no_cache(around, asynchronous):
    """A refund that came in meanwhile is found by whoever asks anew (51, 79)."""
    case = shipped("vehicle-first-paid")
    bureau = Bureau(case)
    source = AROUND[around](CachedSource(bureau, clock=clock_of(case)))
    asked = {"purpose": purpose_of(case)}

    async def twice():
        async with AsyncGate(source, clock=clock_of(case)) as gate:
            first = await gate.check(case.application, **asked)
            refund(bureau)
            return first, await gate.recheck(case.application, **asked)

    if asynchronous:
        first, again = asyncio.run(twice())
    else:
        with Gate(source, clock=clock_of(case)) as gate:
            first = gate.check(case.application, **asked)
            refund(bureau)
            assert gate.check(case.application, **asked).may_complete  # for a minute
            again = gate.recheck(case.application, **asked)
    assert first.may_complete
    assert not again.may_complete


def refund(bureau):
    """Have the bureau say that what was paid was refunded."""
    answers = [
        evolve(
            answer,
            records=tuple(
                evolve(item, status=RecordStatus.REFUNDED, voucher_no=None)
                for item in answer.records
            ),
        )
        for answer in bureau.case.answers
    ]
    bureau.case = evolve(bureau.case, answers=tuple(answers))
