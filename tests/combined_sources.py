"""Sources to be combined: scripted ones, time that is set by hand, and vehicle questions."""

from __future__ import annotations

import threading
import time

from attrs import evolve

from taxgate.evidence import CHINA, Answer, Inquiry, OutageCause, Provenance, Purpose
from taxgate.sources import Deadline, SourceError
from taxgate.terms import Matter, RecordStatus
from vehicle_cases import AT, VIN, VPT, record

PURPOSE = Purpose(office="示例车管所", case_no="2026-1", provision="order-307/24.2")
QUESTION = Inquiry(matter=VPT, vin=VIN, purpose=PURPOSE)
PAID = (record(voucher_no="V-1"),)
UNPAID = (record(status=RecordStatus.UNPAID),)
NOTHING = ()

DOWN = OutageCause.CONNECT_FAILED
UNTRUSTED = OutageCause.BAD_SIGNATURE


class Time:
    """A clock set by hand, for waiting and for the wall; it stands still otherwise."""

    def __init__(self, now=1000.0):
        self.now = now
        self.slept = []

    def monotonic(self):
        """Return the seconds."""
        return self.now

    def sleep(self, seconds):
        """Let them pass."""
        self.slept.append(seconds)
        self.now += seconds

    def deadline(self, seconds=8.0):
        """Return a deadline on this clock."""
        return Deadline(seconds, monotonic=self.monotonic)


def wall(at=AT):
    """Return a clock of the wall that stands at *at*."""
    return lambda: at.astimezone(CHINA)


class Scripted:
    """A source that gives one reply after the other, and the last again and again.

    A reply is a tuple of records, a cause of an outage, an exception, or a function of the inquiry
    and the deadline that returns one of these.
    """

    def __init__(self, *replies, name="bureau", provenance=Provenance.LIVE, as_of=AT):
        self.replies = list(replies)
        self.name = name
        self.provenance = provenance
        self.as_of = as_of
        self.asked = []
        self.given = []
        self.closed = 0
        self._lock = threading.Lock()

    def query(self, inquiry, deadline):
        """Give the next reply."""
        with self._lock:
            reply = self.replies[min(len(self.asked), len(self.replies) - 1)]
            self.asked.append(inquiry)
        if callable(reply):
            reply = reply(inquiry, deadline)
        if isinstance(reply, OutageCause):
            raise SourceError.of(self.name, reply)
        if isinstance(reply, BaseException):
            raise reply
        answer = Answer(
            inquiry=inquiry,
            records=reply,
            source=self.name,
            as_of=self.as_of,
            provenance=self.provenance,
        )
        self.given.append(answer)
        return answer

    def close(self):
        """Count how often it was closed."""
        self.closed += 1


def soon(seconds=8.0):
    """Return a deadline on the real clock."""
    return Deadline(seconds)


def until(condition, seconds=5.0):
    """Wait until *condition* holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.001)


def at_once(work, times):
    """Run *work* in so many threads at the same time; return what each returned or raised."""
    gate = threading.Barrier(times)
    found = [None] * times

    def run(place):
        gate.wait()
        try:
            found[place] = work()
        except BaseException as error:  # noqa: BLE001 - it is the result
            found[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def asked_for(office="示例车管所", provision="order-307/24.2", case_no="2026-1", **changes):
    """Return the question asked by another office, or changed otherwise."""
    purpose = Purpose(office=office, case_no=case_no, provision=provision)
    return evolve(QUESTION, purpose=purpose, **changes)


VVT = Matter.VEHICLE_AND_VESSEL_TAX
