"""Shipped cases for tests of the gate: an application, its purpose, and a bureau that knows it."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

from attrs import define, evolve, field

from taxgate.cases import CASES
from taxgate.evidence import Provenance
from taxgate.gate import purpose_for
from taxgate.wire import read_case

NAMES = [case.name for case in CASES]


def shipped(name):
    """Return the shipped case called *name*."""
    return read_case(next(case for case in CASES if case.name == name).document())


def purpose_of(case, **changes):
    """Return the purpose under which *case* is asked about."""
    purpose = purpose_for(
        case.application,
        office=case.application.office or "示例机关",
        case_no=case.application.case_no or "2026-1",
    )
    return evolve(purpose, **changes)


@define(eq=False)
class Bureau:
    """A live source that gives the answers of a shipped case, dated now.

    `delay` is how long it takes, `error` what it raises instead, by matter.
    """

    case: object
    provenance: Provenance = Provenance.LIVE
    delay: float = 0.0
    errors: dict = field(factory=dict)
    asked: list = field(factory=list)
    threads: set = field(factory=set)
    closed: int = 0

    def query(self, inquiry, deadline):
        """Answer as the case says."""
        self.asked.append(inquiry)
        self.threads.add(threading.current_thread())
        if self.delay:
            time.sleep(self.delay)
        if inquiry.matter in self.errors:
            raise self.errors[inquiry.matter]
        for answer in self.case.answers:
            if answer.inquiry.key == inquiry.key:
                return evolve(answer, provenance=self.provenance)
        raise AssertionError(f"no answer for {inquiry.label}")

    def close(self):
        """Count how often it was closed."""
        self.closed += 1


def clock_of(case, **later):
    """Return a clock that stands at the instant of the case's check, or so much later."""
    return lambda: case.at + timedelta(**later)
