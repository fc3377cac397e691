"""A circuit that opens on outages, tries one question at a time, and closes on an answer."""

from __future__ import annotations

import logging
import os
import threading

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from combined_sources import (
    DOWN,
    NOTHING,
    PAID,
    QUESTION,
    UNPAID,
    UNTRUSTED,
    Scripted,
    Time,
    at_once,
    soon,
    until,
)
from taxgate.adapters.breaker import BreakerSource
from taxgate.errors import ConfigError
from taxgate.evidence import OutageCause, OutageKind, Provenance
from taxgate.sources import SourceError, SourceUnavailableError, SourceUntrustedError

NOT_ITS_FAULT = {OutageCause.NOT_ASKED, OutageCause.NOT_OPENED}


def breaking(*replies, failures=3, seconds=30.0):
    """Return a source with a circuit, the one inside and the clock."""
    hand = Time()
    inner = Scripted(*replies)
    source = BreakerSource(inner, failures=failures, seconds=seconds, monotonic=hand.monotonic)
    return source, inner, hand


def fail(source, hand, times=1):
    """Ask so often, and be told of an outage each time; return the last."""
    for _ in range(times):
        with pytest.raises(SourceUnavailableError) as caught:
            source.query(QUESTION, hand.deadline())
    return caught.value.outage


def test_after_so_many_outages_in_a_row_nobody_is_sent_there():
    """The fourth question is answered at once, with the time to come back."""
    source, inner, hand = breaking(DOWN)
    fail(source, hand, 3)
    hand.now += 10
    outage = fail(source, hand)
    assert (outage.cause, outage.detail) == (OutageCause.SERVER_FAULT, "circuit open")
    assert outage.retry_after == pytest.approx(20)
    assert len(inner.asked) == 3


@pytest.mark.parametrize("reply", [PAID, UNPAID, NOTHING])
def test_any_answer_ends_the_row(reply):
    """Two outages, an answer and two outages do not open it."""
    source, inner, hand = breaking(DOWN, DOWN, reply, DOWN, DOWN, PAID)
    fail(source, hand, 2)
    source.query(QUESTION, hand.deadline())
    fail(source, hand, 2)
    assert source.query(QUESTION, hand.deadline()).records == PAID
    assert len(inner.asked) == 6


@pytest.mark.parametrize("cause", list(OutageCause))
def test_only_an_outage_of_the_source_counts(cause):
    """Neither an answer that cannot be trusted nor an item that is not open opens the circuit."""
    source, inner, hand = breaking(cause)
    for _ in range(5):
        with pytest.raises(SourceError):
            source.query(QUESTION, hand.deadline())
    counts = cause.kind is OutageKind.UNREACHABLE and cause not in NOT_ITS_FAULT
    assert len(inner.asked) == (3 if counts else 5)


def test_after_the_pause_one_question_decides():
    """If it is answered the circuit is closed, and the next three outages open it again."""
    source, inner, hand = breaking(DOWN, DOWN, DOWN, PAID, DOWN)
    fail(source, hand, 3)
    hand.now += 30
    assert source.query(QUESTION, hand.deadline()).records == PAID
    fail(source, hand, 3)
    assert fail(source, hand).detail == "circuit open"
    assert len(inner.asked) == 7


def test_if_that_one_fails_the_pause_begins_anew():
    """One outage is enough then, and thirty seconds count from it."""
    source, inner, hand = breaking(DOWN)
    fail(source, hand, 3)
    hand.now += 30
    assert fail(source, hand).cause is DOWN
    hand.now += 29
    assert fail(source, hand).retry_after == pytest.approx(1)
    assert len(inner.asked) == 4


def test_an_untrusted_answer_shows_that_somebody_is_there():
    """It closes the circuit, and is still handed on as what it is."""
    source, inner, hand = breaking(DOWN, DOWN, DOWN, UNTRUSTED, PAID)
    fail(source, hand, 3)
    hand.now += 30
    with pytest.raises(SourceUntrustedError):
        source.query(QUESTION, hand.deadline())
    assert source.query(QUESTION, hand.deadline()).records == PAID
    assert len(inner.asked) == 5


@pytest.mark.parametrize("came", [ZeroDivisionError(), KeyboardInterrupt()])
def test_a_question_that_breaks_off_lets_the_next_one_try(came):
    """A mistake or an interrupt says nothing about the source and blocks nobody (80)."""
    source, _, hand = breaking(DOWN, DOWN, DOWN, came, PAID)
    fail(source, hand, 3)
    hand.now += 30
    with pytest.raises(type(came)):
        source.query(QUESTION, hand.deadline())
    assert source.query(QUESTION, hand.deadline()).records == PAID


def test_without_time_nothing_is_asked_and_nothing_counted():
    """A caller with no time left does not close a source to everybody else."""
    source, inner, hand = breaking(PAID)
    for _ in range(5):
        with pytest.raises(SourceUnavailableError) as caught:
            source.query(QUESTION, hand.deadline(0))
        assert caught.value.outage.cause is OutageCause.TIMEOUT
    assert source.query(QUESTION, hand.deadline()).records == PAID
    assert len(inner.asked) == 1


def test_each_source_has_a_circuit_of_its_own():
    """One that is down does not close another (82)."""
    down, _, hand = breaking(DOWN)
    up, _, _ = breaking(PAID)
    fail(down, hand, 4)
    assert up.query(QUESTION, hand.deadline()).records == PAID


class Held:
    """A reply that is held back until it is let go; counts how many wait at once."""

    def __init__(self, reply):
        self.reply = reply
        self.go = threading.Event()
        self.waiting = 0

    def __call__(self, _inquiry, _deadline):
        """Wait, then reply."""
        self.waiting += 1
        assert self.go.wait(5)
        return self.reply


@pytest.mark.parametrize(("reply", "asked"), [(PAID, 3 + 1), (DOWN, 3 + 1)])
def test_no_stampede_when_the_pause_is_over(reply, asked):
    """Of sixteen threads that come at the same moment one is let through (82)."""
    held = Held(reply)
    source, inner, hand = breaking(DOWN, DOWN, DOWN, held)
    fail(source, hand, 3)
    hand.now += 30
    threading.Timer(0.1, held.go.set).start()
    found = at_once(lambda: source.query(QUESTION, soon()), 16)
    refused = [
        each
        for each in found
        if isinstance(each, SourceError) and each.outage.detail == "circuit open"
    ]
    assert len(refused) == 15
    assert len(inner.asked) == asked


def test_a_trial_that_never_comes_back_does_not_keep_the_circuit_open():
    """After another pause the next question may try."""
    held = Held(DOWN)
    source, inner, hand = breaking(DOWN, DOWN, DOWN, held, PAID)
    fail(source, hand, 3)
    hand.now += 30
    lost = threading.Thread(target=fail, args=(source, hand))
    lost.start()
    until(lambda: held.waiting == 1)
    hand.now += 29
    assert fail(source, hand).detail == "circuit open"
    hand.now += 1
    assert source.query(QUESTION, hand.deadline()).records == PAID
    held.go.set()
    lost.join()
    assert source.query(QUESTION, hand.deadline()).records == PAID
    assert len(inner.asked) == 6


def test_questions_run_side_by_side_while_the_circuit_is_closed():
    """No lock is held while the source is asked."""
    held = Held(PAID)
    source, _, _ = breaking(held)
    threads = [threading.Thread(target=source.query, args=(QUESTION, soon())) for _ in range(4)]
    for thread in threads:
        thread.start()
    until(lambda: held.waiting == 4)
    held.go.set()
    for thread in threads:
        thread.join()


def test_a_question_from_before_says_nothing_about_now():
    """One that was under way when the circuit opened neither closes it nor opens it again."""
    late = Held(PAID)
    source, _inner, hand = breaking(late, DOWN)
    thread = threading.Thread(target=source.query, args=(QUESTION, soon()))
    thread.start()
    until(lambda: late.waiting == 1)
    fail(source, hand, 3)
    late.go.set()
    thread.join()
    assert fail(source, hand).detail == "circuit open"


class Circuit(RuleBasedStateMachine):
    """The circuit against a plain description of it, on a clock set by hand."""

    def __init__(self):
        super().__init__()
        self.hand = Time()
        self.reply = PAID
        self.inner = Scripted(lambda _inquiry, _deadline: self.reply)
        self.source = BreakerSource(
            self.inner, failures=2, seconds=10, monotonic=self.hand.monotonic
        )
        self.row = 0
        self.opened = None

    @rule(seconds=st.floats(0, 15))
    def wait(self, seconds):
        """Time passes."""
        self.hand.now += seconds

    @rule(reply=st.sampled_from([PAID, NOTHING, DOWN, UNTRUSTED, OutageCause.NOT_OPENED]))
    def ask(self, reply):
        """A question is put, and what comes of it is as the description says."""
        self.reply = reply
        before = len(self.inner.asked)
        shut = self.opened is not None and self.opened + 10 - self.hand.now > 0
        trial = self.opened is not None and not shut
        try:
            answer = self.source.query(QUESTION, self.hand.deadline())
        except SourceError as error:
            told = error.outage
            assert told.detail == "circuit open" if shut else told.cause is reply
        else:
            assert not shut
            assert answer == self.inner.given[-1]
        assert len(self.inner.asked) == before + (not shut)
        if shut or reply is OutageCause.NOT_OPENED:
            return
        if reply is not DOWN:
            self.row, self.opened = 0, None
            return
        self.row += 1
        if trial or self.row >= 2:
            self.opened = self.hand.now

    @invariant()
    def shows_nobody(self):
        """No repr tells about whom it was asked."""
        assert QUESTION.vin.value not in repr(self.source)


TestCircuit = Circuit.TestCase


def test_the_log_tells_of_each_change_on_one_line(caplog):
    """Opening and closing are warnings with the name of the source, escaped, and nothing else."""
    hand = Time()
    inner = Scripted(DOWN, PAID, name="bureau\nforged line")
    source = BreakerSource(inner, failures=1, seconds=1, monotonic=hand.monotonic)
    with caplog.at_level(logging.DEBUG, "taxgate"):
        fail(source, hand)
        hand.now += 1
        source.query(QUESTION, hand.deadline())
    assert [entry.levelname for entry in caplog.records] == ["WARNING", "WARNING"]
    assert all("\n" not in entry.getMessage() for entry in caplog.records)
    assert QUESTION.vin.value not in caplog.text


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_has_a_circuit_of_its_own():
    """It starts closed, whatever lock was held when it was made (81)."""
    source, _, _ = breaking(PAID)
    with source._circuit.get()._lock:
        pid = os.fork()
    if pid == 0:  # the child leaves at once, whatever happens
        status = 1
        try:
            source.query(QUESTION, soon(3))
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@pytest.mark.parametrize("options", [{"failures": 0}, {"seconds": 0}, {"seconds": 3601}])
def test_numbers_out_of_bounds_are_faults_at_start(options):
    """A circuit that never opens, or never closes, is none."""
    with pytest.raises(ConfigError):
        BreakerSource(Scripted(PAID), **options)


def test_it_hands_on_provenance_and_closing():
    """It is as live as the source inside, and closes it."""
    inner = Scripted(PAID, provenance=Provenance.REPLAYED)
    source = BreakerSource(inner)
    assert source.provenance is Provenance.REPLAYED
    source.close()
    assert inner.closed == 1
