"""No window holds more calls than allowed, and nobody waits beyond the deadline."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from combined_sources import DOWN, PAID, QUESTION, Scripted, Time, at_once, soon
from taxgate.adapters.rate_limit import RateLimitedSource
from taxgate.errors import ConfigError
from taxgate.evidence import OutageCause, Provenance
from taxgate.sources import SourceUnavailableError


def limited(calls=2, seconds=1.0, reply=PAID):
    """Return a limited source, the one inside and the clock."""
    hand = Time()
    inner = Scripted(reply)
    source = RateLimitedSource(
        inner, calls=calls, seconds=seconds, monotonic=hand.monotonic, sleep=hand.sleep
    )
    return source, inner, hand


def test_as_many_as_allowed_go_through_at_once():
    """Two calls a second: two of them do not wait."""
    source, inner, hand = limited()
    for _ in range(2):
        assert source.query(QUESTION, hand.deadline()).records == PAID
    assert (len(inner.asked), hand.slept) == (2, [])


def test_the_next_waits_for_its_turn():
    """The third waits for about a second and is answered."""
    source, _inner, hand = limited()
    for _ in range(3):
        source.query(QUESTION, hand.deadline())
    assert 1.0 <= sum(hand.slept) <= 1.01


def test_one_whose_turn_comes_too_late_is_told_at_once_when_to_come_back():
    """With half a second left nobody waits for a second (17)."""
    source, inner, hand = limited()
    for _ in range(2):
        source.query(QUESTION, hand.deadline())
    with pytest.raises(SourceUnavailableError) as caught:
        source.query(QUESTION, hand.deadline(0.5))
    outage = caught.value.outage
    assert outage.cause is OutageCause.RATE_LIMITED
    assert outage.retry_after == pytest.approx(1.0, abs=0.01)
    assert (len(inner.asked), hand.slept) == (2, [])


def test_whoever_comes_back_then_is_answered():
    """The wait that was told is enough."""
    source, _, hand = limited()
    for _ in range(2):
        source.query(QUESTION, hand.deadline())
    with pytest.raises(SourceUnavailableError) as caught:
        source.query(QUESTION, hand.deadline(0.5))
    hand.now += caught.value.outage.retry_after
    assert source.query(QUESTION, hand.deadline(0.5)).records == PAID


def test_without_time_no_call_is_used_up():
    """A deadline that has passed takes nobody's turn."""
    source, inner, hand = limited(calls=1)
    with pytest.raises(SourceUnavailableError) as caught:
        source.query(QUESTION, hand.deadline(0))
    assert caught.value.outage.cause is OutageCause.TIMEOUT
    source.query(QUESTION, hand.deadline())
    assert (len(inner.asked), hand.slept) == (1, [])


def test_an_outage_counts_as_a_call():
    """The bureau counts questions, not answers."""
    source, inner, hand = limited(calls=1, reply=DOWN)
    for _ in range(2):
        with pytest.raises(SourceUnavailableError):
            source.query(QUESTION, hand.deadline())
    assert len(inner.asked) == 2
    assert sum(hand.slept) == pytest.approx(1.0, abs=0.01)


@given(
    calls=st.integers(1, 4),
    seconds=st.sampled_from([0.01, 0.5, 1.0, 3.0]),
    steps=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 5000)), max_size=25),
)
def test_no_span_holds_more_calls_than_allowed(calls, seconds, steps):
    """However calls arrive and however long they may wait, and all that may wait are answered."""
    hand, times = Time(), []

    def reply(_inquiry, _deadline):
        times.append(hand.now)
        return PAID

    source = RateLimitedSource(
        Scripted(reply),
        calls=calls,
        seconds=seconds,
        monotonic=hand.monotonic,
        sleep=hand.sleep,
    )
    for pause, patience in ((first / 1000, second / 1000) for first, second in steps):
        hand.now += pause
        begun = hand.now
        outage = None
        try:
            source.query(QUESTION, hand.deadline(patience))
        except SourceUnavailableError as error:
            outage = error.outage
        if outage is not None and patience > 0:
            assert outage.cause is OutageCause.RATE_LIMITED
            assert outage.retry_after >= begun + patience - hand.now - 1e-9
        assert hand.now <= begun + patience + 1e-9
    # Times are counted in whole milliseconds.
    for first, after in zip(times, times[calls:], strict=False):
        assert after - first > seconds - 0.001


def test_threads_share_one_allowance():
    """Eight threads and five calls in ten seconds: five answers, three refusals."""
    inner = Scripted(PAID)
    source = RateLimitedSource(inner, calls=5, seconds=10)
    found = at_once(lambda: source.query(QUESTION, soon(0.2)), 8)
    assert sum(isinstance(each, SourceUnavailableError) for each in found) == 3
    assert len(inner.asked) == 5


def test_on_the_real_clock_it_waits_as_long_as_it_says():
    """Six calls at two per tenth of a second take at least a fifth."""
    source = RateLimitedSource(Scripted(PAID), calls=2, seconds=0.1)
    begun = time.monotonic()
    found = at_once(lambda: source.query(QUESTION, soon()), 6)
    assert all(answer.records == PAID for answer in found)
    assert time.monotonic() - begun >= 0.2


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_does_not_wait_for_a_lock_nobody_holds():
    """A fork while the count is being taken leaves the child able to ask (81)."""
    source = RateLimitedSource(Scripted(PAID), calls=5)
    with source._state.get().lock:
        pid = os.fork()
    if pid == 0:  # the child leaves at once, whatever happens
        status = 1
        try:
            source.query(QUESTION, soon(3))
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@pytest.mark.parametrize(
    "options",
    [{"calls": 0}, {"calls": 10_001}, {"calls": 1, "seconds": 0}, {"calls": 1, "seconds": 90_000}],
)
def test_numbers_out_of_bounds_are_faults_at_start(options):
    """Nothing is limited to nothing."""
    with pytest.raises(ConfigError):
        RateLimitedSource(Scripted(PAID), **options)


def test_it_hands_on_provenance_and_closing():
    """It is as live as the source inside, and closes it."""
    inner = Scripted(PAID, provenance=Provenance.IN_MEMORY)
    source = RateLimitedSource(inner, calls=1)
    assert source.provenance is Provenance.IN_MEMORY
    source.close()
    assert inner.closed == 1
