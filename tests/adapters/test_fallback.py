"""A second source is asked because the first could not be, and for no other reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from combined_sources import (
    DOWN,
    NOTHING,
    PAID,
    QUESTION,
    UNPAID,
    Scripted,
    Time,
)
from taxgate.adapters.fallback import FallbackSource
from taxgate.errors import ConfigError
from taxgate.evidence import OutageCause, OutageKind, Provenance
from taxgate.sources import SourceError, SourceUnavailableError, SourceUntrustedError

CAUSES = list(OutageCause)


def fall(*replies):
    """Return a source over one scripted source for each reply, these, and the clock."""
    hand = Time()
    inner = [Scripted(reply, name=f"source-{place}") for place, reply in enumerate(replies)]
    return FallbackSource(*inner, monotonic=hand.monotonic), inner, hand


@pytest.mark.parametrize("reply", [PAID, UNPAID, NOTHING])
def test_any_answer_of_the_first_is_the_answer(reply):
    """An answer is "unpaid" or "no record", too: nobody asks on until it is "paid" (84)."""
    source, inner, hand = fall(reply, PAID)
    answer = source.query(QUESTION, hand.deadline())
    assert (answer.records, answer.source) == (reply, "source-0")
    assert not inner[1].asked


@pytest.mark.parametrize("cause", CAUSES)
def test_only_a_source_that_could_not_be_asked_has_a_successor(cause):
    """An untrusted answer ends the matter; an outage leads to the next source (84)."""
    source, inner, hand = fall(cause, PAID)
    if cause.kind is OutageKind.UNREACHABLE:
        answer = source.query(QUESTION, hand.deadline())
        assert (answer.records, answer.source) == (PAID, "source-1")
        return
    with pytest.raises(SourceUntrustedError) as caught:
        source.query(QUESTION, hand.deadline())
    assert (caught.value.source, caught.value.outage.cause) == ("source-0", cause)
    assert not inner[1].asked


def test_a_mistake_in_a_program_is_no_reason_to_ask_on():
    """It travels on as it is."""
    source, inner, hand = fall(ZeroDivisionError(), PAID)
    with pytest.raises(ZeroDivisionError):
        source.query(QUESTION, hand.deadline())
    assert not inner[1].asked


def test_if_none_can_be_asked_the_first_ones_cause_is_told_with_all_of_them():
    """The operator reads about each source, and nothing about whom they were asked."""
    source, _, hand = fall(DOWN, OutageCause.DNS_FAILED)
    with pytest.raises(SourceUnavailableError) as caught:
        source.query(QUESTION, hand.deadline())
    assert caught.value.outage.cause is DOWN
    assert caught.value.outage.detail == "source-0: connect-failed; source-1: dns-failed"
    assert QUESTION.vin.value not in str(caught.value)


def test_the_shortest_wait_is_told():
    """Of two sources that said when to come back, the earlier one matters."""
    limited = [
        SourceError.of("s", OutageCause.RATE_LIMITED, None, seconds) for seconds in (30.0, 5.0)
    ]
    source, _, hand = fall(*limited)
    with pytest.raises(SourceUnavailableError) as caught:
        source.query(QUESTION, hand.deadline())
    assert caught.value.outage.retry_after == 5.0


def use_all(hand, seen):
    """Return a reply that lets its whole time pass."""

    def reply(_inquiry, deadline):
        seen.append(deadline.remaining)
        hand.now += deadline.remaining
        return OutageCause.TIMEOUT

    return reply


def test_each_source_leaves_time_for_the_next():
    """Of nine seconds each of three sources gets three, if the ones before use theirs."""
    hand, seen = Time(), []
    inner = [Scripted(use_all(hand, seen)) for _ in range(3)]
    source = FallbackSource(*inner, monotonic=hand.monotonic)
    with pytest.raises(SourceUnavailableError):
        source.query(QUESTION, hand.deadline(9))
    assert seen == pytest.approx([3, 3, 3])


def test_time_that_is_left_over_goes_to_the_next():
    """A connection refused at once leaves the second source all of the time."""
    hand, seen = Time(), []
    source = FallbackSource(Scripted(DOWN), Scripted(use_all(hand, seen)), monotonic=hand.monotonic)
    with pytest.raises(SourceUnavailableError):
        source.query(QUESTION, hand.deadline(8))
    assert seen == pytest.approx([8])


def test_without_time_nobody_is_asked():
    """A deadline that has passed is a timeout."""
    source, inner, hand = fall(PAID, PAID)
    with pytest.raises(SourceUnavailableError) as caught:
        source.query(QUESTION, hand.deadline(0))
    assert caught.value.outage.cause is OutageCause.TIMEOUT
    assert not any(each.asked for each in inner)


@given(st.lists(st.sampled_from([PAID, UNPAID, NOTHING, *CAUSES]), min_size=2, max_size=5))
def test_the_answer_is_that_of_the_first_source_not_down(replies):
    """Whatever the sources say: all before the one that decides were down, none after was asked."""
    source, inner, hand = fall(*replies)
    kinds = [reply.kind if isinstance(reply, OutageCause) else "answer" for reply in replies]
    decides = next(
        (place for place, kind in enumerate(kinds) if kind is not OutageKind.UNREACHABLE), None
    )
    try:
        answer = source.query(QUESTION, hand.deadline())
    except SourceError as error:
        untrusted = isinstance(error, SourceUntrustedError)
        assert untrusted == (decides is not None)
        assert decides is None or kinds[decides] is OutageKind.UNTRUSTED
    else:
        assert decides is not None
        assert answer == inner[decides].given[-1]
    last = len(replies) - 1 if decides is None else decides
    assert [len(each.asked) for each in inner] == [1] * (last + 1) + [0] * (len(replies) - 1 - last)


def test_it_vouches_for_no_more_than_its_weakest_source():
    """With a made-up source in it, it does not pass for live (85)."""
    live, made_up = Scripted(PAID), Scripted(PAID, provenance=Provenance.IN_MEMORY)
    assert FallbackSource(live, live).provenance is Provenance.LIVE
    assert FallbackSource(live, made_up).provenance is Provenance.IN_MEMORY


def test_closing_closes_each_source_once_even_if_one_fails():
    """A source named twice is closed once, and a failure does not leave another open."""

    class Stuck(Scripted):
        def close(self):
            super().close()
            raise OSError("stuck")

    stuck, other = Stuck(PAID), Scripted(PAID)
    with pytest.raises(OSError, match="stuck"):
        FallbackSource(other, stuck, other).close()
    assert (stuck.closed, other.closed) == (1, 1)


def test_a_source_need_not_be_one_that_can_be_closed():
    """Nor have a name or a provenance: one method is enough."""

    class Bare:
        def query(self, inquiry, deadline):
            raise SourceError.of("bare", DOWN)

    source = FallbackSource(Bare(), Bare())
    with pytest.raises(SourceUnavailableError, match="Bare: connect-failed; Bare"):
        source.query(QUESTION, Time().deadline())
    assert source.provenance is Provenance.LIVE
    source.close()


@pytest.mark.parametrize("inner", [(), (Scripted(PAID),)])
def test_one_source_is_no_fallback(inner):
    """It is refused at start."""
    with pytest.raises(ConfigError):
        FallbackSource(*inner)
