"""Secrets that expire are fetched once, renewed in time, and never fetched in a storm."""

from __future__ import annotations

import os
import threading
from datetime import datetime, timedelta

import pytest

from taxgate.adapters.forking import PerProcess
from taxgate.adapters.secret_exchange import FetchedSecret, SecretKeeper
from taxgate.evidence import CHINA, OutageCause
from taxgate.secret import Secret
from taxgate.sources import Deadline, SourceError

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
PATIENCE = 5


class Times:
    """A clock of the wall and one for ages, both set by hand."""

    def __init__(self):
        self.wall = NOW
        self.age = 1000.0

    def pass_by(self, seconds):
        """Let time pass on both."""
        self.wall += timedelta(seconds=seconds)
        self.age += seconds


class Gateway:
    """Gives secrets that serve for an hour, or fails as told."""

    def __init__(self, times, life=3600.0):
        self.times = times
        self.life = life
        self.fetched = 0
        self.failing = None
        self.pause = None

    def __call__(self, deadline):
        """Give the next secret."""
        self.fetched += 1
        if self.pause is not None:
            self.pause.wait(PATIENCE)
        if self.failing is not None:
            raise SourceError.of("bureau", self.failing)
        ends = self.times.wall + timedelta(seconds=self.life)
        return FetchedSecret(secret=Secret(f"secret {self.fetched}"), ends=ends)


class CountingLock:
    """A lock that counts who came for it."""

    def __init__(self):
        self.came = 0
        self._lock = threading.Lock()

    def acquire(self, timeout=-1):
        """Count, and wait."""
        self.came += 1
        return self._lock.acquire(timeout=timeout)

    def release(self):
        """Let the next one in."""
        self._lock.release()


def keeper(gateway, times, **changes):
    """Return a keeper on the clocks of the test."""
    options = {"source": "bureau", "clock": lambda: times.wall, "monotonic": lambda: times.age}
    kept = SecretKeeper(gateway, **(options | changes))
    kept._lock = PerProcess(CountingLock)
    return kept


def test_a_secret_is_renewed_before_it_ends():
    """It serves until five minutes before its end, counted on the monotonic clock."""
    times = Times()
    gateway = Gateway(times)
    kept = keeper(gateway, times)
    assert kept.remaining is None
    assert kept.current(Deadline(1)).reveal() == "secret 1"
    assert kept.remaining == 3300
    times.pass_by(3299)
    assert kept.current(Deadline(1)).reveal() == "secret 1"
    times.pass_by(2)
    assert kept.current(Deadline(1)).reveal() == "secret 2"
    assert gateway.fetched == 2


def test_setting_the_wall_clock_does_not_change_the_age():
    """A clock set back by a day keeps no secret alive, and one set forward ends none."""
    times = Times()
    gateway = Gateway(times)
    kept = keeper(gateway, times)
    kept.current(Deadline(1))
    times.wall -= timedelta(days=1)
    times.age += 3301
    assert kept.current(Deadline(1)).reveal() == "secret 2"
    times.wall += timedelta(days=2)
    assert kept.current(Deadline(1)).reveal() == "secret 2"


def test_a_short_life_is_used_by_half():
    """A secret that lives for less than twice the margin is renewed at half of its life."""
    times = Times()
    kept = keeper(Gateway(times, life=100), times)
    kept.current(Deadline(1))
    assert kept.remaining == 50


def test_a_secret_that_has_ended_already_tells_of_clocks():
    """An end in the past means that the clocks differ; it is not tried."""
    times = Times()
    kept = keeper(Gateway(times, life=-1), times)
    with pytest.raises(SourceError) as caught:
        kept.current(Deadline(1))
    assert caught.value.outage.cause is OutageCause.CLOCK_SKEW


def test_a_refused_secret_is_replaced_once():
    """Whoever comes with the same refused secret gets the one that was fetched meanwhile."""
    times = Times()
    gateway = Gateway(times)
    kept = keeper(gateway, times)
    first = kept.current(Deadline(1))
    assert kept.another(first, Deadline(1)).reveal() == "secret 2"
    assert kept.another(first, Deadline(1)).reveal() == "secret 2"
    assert gateway.fetched == 2


def _at_once(count, task):
    results = []

    def run():
        try:
            results.append(task().reveal())
        except SourceError as error:
            results.append(error.outage.cause)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads, results


def _waiting(kept, count):
    """Wait until *count* threads came for the lock."""
    for _ in range(200):
        if kept._lock.get().came >= count:
            return
        threading.Event().wait(0.005)


@pytest.mark.parametrize("failing", [None, OutageCause.SERVER_FAULT])
def test_threads_share_one_fetch(failing):
    """Eight threads without a secret make one request, and share its result or its failure."""
    times = Times()
    gateway = Gateway(times)
    gateway.failing = failing
    gateway.pause = threading.Event()
    kept = keeper(gateway, times)
    threads, results = _at_once(8, lambda: kept.current(Deadline(PATIENCE)))
    _waiting(kept, 8)
    gateway.pause.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert gateway.fetched == 1
    assert results == [failing or "secret 1"] * 8


def test_a_failure_is_tried_again_by_who_comes_later():
    """A failed fetch is shared by those who waited for it, not kept."""
    times = Times()
    gateway = Gateway(times)
    gateway.failing = OutageCause.SERVER_FAULT
    kept = keeper(gateway, times)
    with pytest.raises(SourceError):
        kept.current(Deadline(1))
    gateway.failing = None
    assert kept.current(Deadline(1)).reveal() == "secret 2"


def test_a_refused_secret_is_not_used_again_though_no_other_could_be_fetched():
    """A gateway that is asked again and again with the wrong key locks the door (20)."""
    times = Times()
    gateway = Gateway(times)
    kept = keeper(gateway, times)
    refused = kept.current(Deadline(1))
    gateway.failing = OutageCause.SERVER_FAULT
    with pytest.raises(SourceError):
        kept.another(refused, Deadline(1))
    with pytest.raises(SourceError):
        kept.current(Deadline(1))
    gateway.failing = None
    assert kept.current(Deadline(1)).reveal() == "secret 4"


def test_nobody_waits_beyond_the_deadline():
    """While another thread fetches, one whose deadline passes gives up."""
    times = Times()
    gateway = Gateway(times)
    gateway.pause = threading.Event()
    kept = keeper(gateway, times)
    threads, _ = _at_once(1, lambda: kept.current(Deadline(PATIENCE)))
    _waiting(kept, 1)
    with pytest.raises(SourceError) as caught:
        kept.current(Deadline(0.02))
    assert caught.value.outage.cause is OutageCause.TIMEOUT
    gateway.pause.set()
    threads[0].join(PATIENCE)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_fork_while_another_thread_fetches_does_not_hang():
    """The child does not inherit a lock that nobody in it will release."""
    times = Times()
    gateway = Gateway(times)
    gateway.pause = threading.Event()
    kept = keeper(gateway, times)
    threads, _ = _at_once(1, lambda: kept.current(Deadline(PATIENCE)))
    _waiting(kept, 1)
    child = os.fork()
    if child == 0:
        gateway.pause = None
        try:
            kept.current(Deadline(1))
        except BaseException:  # noqa: BLE001 - nothing may escape into the test runner
            os._exit(1)
        os._exit(0)
    gateway.pause.set()
    threads[0].join(PATIENCE)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
