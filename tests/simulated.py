"""A made-up world (模拟): a bureau, clocks and a gate, all driven by one seed.

What is true lies here and nowhere else: the judgement whether a pass was right is made from what
the bureau really said and when, never from what the gate, a source or a check made of it.
"""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import Executor, Future
from datetime import date, datetime, timedelta

from attrs import evolve, field, frozen, mutable

import deregistration_cases
import equity_transfer_cases
import property_title_cases
import vehicle_cases
from strategies import deregistration_records, equity_records, vehicle_records
from taxgate import deregistration, equity_transfer, property_title, vehicle
from taxgate.evidence import CHINA, Answer, Outage, OutageCause, Provenance, Purpose
from taxgate.findings import Outcome
from taxgate.identifiers import UnitCode, Uscc, Vin
from taxgate.parties import IdType, Person
from taxgate.sources import SourceError
from taxgate.terms import Matter, RecordStatus, Verdict

START = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
KEPT = 60.0
"""Seconds a cache in a stack keeps an answer."""
OLDEST = timedelta(hours=24)
AHEAD = timedelta(minutes=5)


# Cases --------------------------------------------------------------------------------------------


@frozen
class Case:
    """An application that passes if, and only if, every answer to its inquiries is good."""

    name: str
    rules: object
    provision: str
    application: object
    good: object
    """(application, inquiry) -> records with which it passes."""
    matters: frozenset = frozenset()
    """Matters a pass rests on; empty: all that are asked about."""

    @property
    def inquiries(self):
        """What the bureau is asked."""
        return self.rules.inquiries(self.application)

    @property
    def needed(self):
        """The inquiries a pass rests on."""
        return [item for item in self.inquiries if not self.matters or item.matter in self.matters]

    @property
    def purpose(self):
        """Why it is asked."""
        return Purpose(office="某市登记机关", case_no="CASE-1", provision=self.provision)


def no_objection(application, inquiry):
    """Return that nobody objects, and no clearance document."""
    if inquiry.matter is Matter.CLEARANCE:
        return []
    return deregistration_records(application, inquiry)


def never_registered(application, inquiry):
    """Return that an entity was never registered for tax."""
    status = RecordStatus.NOT_REGISTERED_FOR_TAX
    return [deregistration_cases.record(status, uscc=inquiry.company)]


DAY = date(2026, 11, 23)
CASES = (
    Case("vehicle/first", vehicle, "order-307/24(2)", vehicle_cases.apply(), vehicle_records),
    Case(
        "property-title/sale",
        property_title,
        "order-307/25(1)",
        property_title_cases.apply(),
        property_title_cases.good_records,
    ),
    Case(
        "property-title/sale-of-a-shop",
        property_title,
        "order-307/25(1)",
        property_title_cases.apply(
            right=property_title_cases.RightKind.NON_HOUSING, contract_no="N-1"
        ),
        property_title_cases.good_records,
    ),
    Case(
        "equity-transfer/two-holders",
        equity_transfer,
        "order-307/26",
        equity_transfer_cases.apply(*equity_transfer_cases.DEALS[:3]),
        equity_records,
    ),
    Case(
        "deregistration/general",
        deregistration,
        "order-307/27(1)",
        deregistration_cases.apply(application_date=DAY, handled_on=DAY),
        deregistration_records,
    ),
    Case(
        "deregistration/simplified",
        deregistration,
        "order-307/27(1)",
        deregistration_cases.simplified(DAY),
        no_objection,
        # A clearance document would do as well; there is none.
        frozenset({Matter.TAX_OBJECTION}),
    ),
    Case(
        "deregistration/staffing-office",
        deregistration,
        "order-307/27(2)",
        deregistration_cases.staffing(application_date=DAY, handled_on=DAY),
        never_registered,
    ),
)


def worse(inquiry, records):
    """Return what an honest bureau says where tax is not in order."""
    if inquiry.matter is Matter.CLEARANCE:
        return ()
    if inquiry.matter is Matter.TAX_REGISTRATION:
        return tuple(evolve(item, status=RecordStatus.REGISTERED_FOR_TAX) for item in records)
    if inquiry.matter is Matter.TAX_OBJECTION:
        return tuple(evolve(item, status=RecordStatus.OBJECTED) for item in records)
    return tuple(evolve(item, status=RecordStatus.UNPAID) for item in records)


# The world ----------------------------------------------------------------------------------------


@frozen
class Said:
    """One thing the bureau really said, to one question, in good order."""

    key: tuple
    good: bool
    as_of: datetime
    second: float


@mutable
class World:
    """True time, a local clock that may be wrong, the truth about each subject, and chance."""

    seed: int
    random: random.Random
    case: Case
    seconds: float = 0.0
    wrong_by: timedelta = timedelta()
    said: list = field(factory=list)
    faults: Counter = field(factory=Counter)
    good: dict = field(factory=dict)

    @classmethod
    def of(cls, seed):
        """Return the world of a seed."""
        chance = random.Random(seed)
        world = cls(seed, chance, chance.choice(CASES))
        world.turn()
        return world

    def turn(self):
        """Decide anew what is true of each question; mostly all is in order."""
        for inquiry in self.case.inquiries:
            self.good[inquiry.key] = self.random.random() < 0.9

    def clock(self):
        """Return what the clock on the wall of the office shows."""
        return START + timedelta(seconds=self.seconds) + self.wrong_by

    def now(self):
        """Return what time it is."""
        return START + timedelta(seconds=self.seconds)

    def monotonic(self):
        """Return seconds that only ever grow."""
        return 5000.0 + self.seconds

    def sleep(self, seconds):
        """Let time go by."""
        assert seconds >= 0
        self.seconds += seconds

    def jump(self):
        """Set the office's clock forward or back, or right again."""
        self.wrong_by = self.random.choice(
            [
                timedelta(),
                timedelta(seconds=self.random.uniform(-290, 290)),
                timedelta(minutes=self.random.uniform(-30, 30)),
                timedelta(hours=self.random.uniform(-40, 40)),
            ]
        )


# The bureau ---------------------------------------------------------------------------------------

OUTAGES = tuple(cause for cause in OutageCause if cause is not OutageCause.NOT_ASKED)


class Bureau:
    """A scripted inner source: honest most of the time, and wrong in every way it can be.

    What it says when it is at fault always looks as if tax were in order, so that whoever believes
    it passes wrongly.
    """

    provenance = Provenance.LIVE

    def __init__(self, world, name, faulty):
        self.world = world
        self.name = name
        self.faulty = faulty

    def query(self, inquiry, deadline):
        """Answer, somehow."""
        world = self.world
        world.sleep(world.random.choice([0.0, 0.01, 0.2, 1.0]))
        if world.random.random() < 0.02:
            world.jump()
        fault = "none"
        if world.random.random() < self.faulty:
            fault = world.random.choice(FAULTS)
        world.faults[fault] += 1
        if deadline.passed and fault != "late":
            raise SourceError.of(self.name, OutageCause.TIMEOUT)
        return getattr(self, f"_{fault}")(inquiry)

    def _pleasing(self, inquiry, **changes):
        """Return an answer by which the case would pass."""
        fields = {
            "inquiry": inquiry,
            "records": tuple(self.world.case.good(self.world.case.application, inquiry)),
            "source": self.name,
            "as_of": self.world.now(),
            "provenance": Provenance.LIVE,
        }
        return Answer(**(fields | changes))

    def _none(self, inquiry):
        world = self.world
        good = world.good.get(inquiry.key, False)
        answer = self._pleasing(inquiry)
        world.said.append(Said(inquiry.key, good, answer.as_of, world.seconds))
        return answer if good else evolve(answer, records=worse(inquiry, answer.records))

    def _late(self, inquiry):
        self.world.sleep(self.world.random.uniform(3, 30))
        return self._none(inquiry)

    def _raised(self, inquiry):
        raise SourceError.of(self.name, self.world.random.choice(OUTAGES), "told by the bureau", 1)

    def _returned(self, inquiry):
        cause = self.world.random.choice(OUTAGES)
        return Answer(inquiry=inquiry, outage=Outage(cause=cause), source=self.name)

    def _stale(self, inquiry):
        age = timedelta(hours=self.world.random.uniform(24.01, 2000))
        # Told against the office's clock: one that is wrong must not make it look fresh.
        return self._pleasing(inquiry, as_of=min(self.world.now(), self.world.clock()) - age)

    def _ahead(self, inquiry):
        gap = timedelta(minutes=self.world.random.uniform(6, 6000))
        return self._pleasing(inquiry, as_of=max(self.world.now(), self.world.clock()) + gap)

    def _undated(self, inquiry):
        return self._pleasing(inquiry, as_of=None)

    def _another_question(self, inquiry):
        return self._pleasing(_about_another(inquiry, self.world.random))

    def _another_subject(self, inquiry):
        """Reply to the right question with the record of somebody else."""
        other = _about_another(inquiry, self.world.random)
        records = tuple(_moved(item, inquiry, other) for item in self._pleasing(inquiry).records)
        answer = self._pleasing(inquiry, records=records)
        # To the very question, and nothing to rest a pass on.
        self.world.said.append(Said(inquiry.key, False, answer.as_of, self.world.seconds))
        return answer

    def _not_live(self, inquiry):
        kind = self.world.random.choice(
            [Provenance.GIVEN, Provenance.IN_MEMORY, Provenance.REPLAYED]
        )
        return self._pleasing(inquiry, provenance=kind)

    def _broken(self, inquiry):
        raise self.world.random.choice([KeyError("field"), AssertionError, RecursionError])

    def _nothing(self, inquiry):
        return None


FAULTS = (
    *("late", "raised", "raised", "returned", "stale", "ahead", "undated"),
    *("another_question", "another_subject", "not_live", "broken", "nothing"),
)


def _about_another(inquiry, chance):
    """Return the question with one part of its subject changed."""
    changes = {
        "vin": Vin("1M8GDM9AXKP049999"),
        "unit": UnitCode("149999001001GB00001F00019999"),
        "company": Uscc("91149998MA00000021"),
        "person": Person(IdType.PASSPORT, "P9999999", "路人"),
    }
    held = [name for name in changes if getattr(inquiry, name) is not None]
    name = chance.choice(held)
    return evolve(inquiry, **{name: changes[name]})


def _moved(record, inquiry, other):
    """Return *record* as one of the subject of *other*."""
    changes = {}
    for name, place in (("vin", "vin"), ("unit", "unit"), ("person", "taxpayer")):
        if getattr(other, name) != getattr(inquiry, name):
            changes[place] = getattr(other, name)
    if other.company != inquiry.company:
        changes["company" if hasattr(record, "company") else "uscc"] = other.company
    return evolve(record, **changes)


# The gate's threads -------------------------------------------------------------------------------


class _Unstarted(Future):
    """What nobody works on is over as soon as it is cancelled."""

    def cancel(self):
        """Cancel it, and say so to whoever waits."""
        cancelled = super().cancel()
        if cancelled and self._state == "CANCELLED":
            self.set_running_or_notify_cancel()
        return cancelled


class InTurn(Executor):
    """Runs what it is given at once, so that a seed always means the same course of events.

    What overran its deadline stays unfinished, as a thread would that nobody waits for.
    """

    def __init__(self, *_args, **_names):
        self.left_behind = []

    def submit(self, work, /, *args, **names):
        """Run it; return what came of it."""
        future = _Unstarted()
        try:
            result = work(*args, **names)
        except Exception as error:  # noqa: BLE001 - handed on by the future
            future.set_exception(error)
            return future
        deadline = next((item for item in args if hasattr(item, "remaining")), None)
        if deadline is not None and deadline.passed:
            self.left_behind.append(result)
        else:
            future.set_result(result)
        return future


class AtOnce:
    """A thread that has done its work when it has been started."""

    def __init__(self, target, args=(), **_names):
        self._work = lambda: target(*args)

    def start(self):
        """Do the work."""
        self._work()

    def join(self, timeout=None):
        """Wait for nothing."""


# The judgement ------------------------------------------------------------------------------------


def wrongs(world, decision, *, before, kept):
    """Return what is wrong with a decision, from what the bureau really said.

    Args:
        world: What happened.
        decision: What the gate made of it.
        before: How many things the bureau had said before this check, and at what second it began.
        kept: Seconds for which the stack may keep an answer.
    """
    heard_before, began = before
    found = []
    at = decision.heading.at
    passed = decision.verdict is Verdict.PASS
    if passed or decision.verified:
        for inquiry in world.case.needed:
            now = [item for item in world.said[heard_before:] if item.key == inquiry.key]
            kept_from_before = [
                item
                for item in world.said[:heard_before]
                if item.key == inquiry.key and item.second >= began - kept
            ]
            fresh = [
                item
                for item in (*now, *(kept_from_before if kept else ()))
                if at - OLDEST <= item.as_of <= at + AHEAD
            ]
            if not fresh:
                found.append(f"{inquiry.matter}: no fresh, matching, live answer")
            elif passed and not any(item.good for item in fresh):
                found.append(f"{inquiry.matter}: tax is not in order")
            if passed and not all(item.good for item in now):
                found.append(f"{inquiry.matter}: the bureau denied it in this very check")
    if decision.may_complete and not passed:
        found.append("may be completed without a pass")
    if not passed and decision.outcome is not Outcome.CANNOT_VERIFY:
        keys = {inquiry.key for inquiry in world.case.inquiries}
        denied = [item for item in world.said[heard_before:] if item.key in keys and not item.good]
        if not denied:
            found.append("held against the taxpayer, and the bureau said nothing of the kind")
    return found
