"""Good news kept for a short while (短时缓存), and one question instead of many at once.

Several desks, a double click or a batch ask the same question within seconds. The bureau is asked
once: whoever asks while the question is under way shares its answer (single flight), and an answer
that says nothing but "fulfilled" is kept for a minute.

Only such answers are kept. Under "unpaid", "no record" or an objection somebody waits who may be
paying at the next counter, so these are asked anew each time; an outage is never kept. The other
way round, a refund may go unseen for as long as an answer is kept: hence the short life, ten
minutes at the very most. What comes out of the cache says so (`Provenance.CACHED`) and keeps the
instant it was true at, by which the check judges it as any other answer. `max_age=0` asks live, and
so does a recheck.

Answers are kept per source, subject, person with name, years, plate, contract, office and
provision: no office is given what another was told for another reason (Order Art. 19).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, MutableMapping
from datetime import timedelta
from typing import Any, Final, TypeAlias

from attrs import evolve, field, frozen

from ..config import Settings
from ..errors import ConfigError, MissingExtraError
from ..evidence import CLOCK_SKEW, FRESH_FOR, Answer, Inquiry, Outage, OutageCause, Provenance
from ..sources import (
    ClearanceSource,
    Clock,
    Deadline,
    Monotonic,
    SourceError,
    ask,
    system_clock,
)
from ..terms import RecordStatus
from .combining import close_all, forget_all, name_of, weakest
from .forking import PerProcess
from .memory import concerns

__all__ = ["CachedSource", "from_settings"]

SECONDS: Final = 60.0
"""Seconds an answer is kept unless it is said otherwise."""

LONGEST: Final = 600.0
"""Seconds an answer may be kept at most."""

MOST: Final = 1024
"""Answers kept unless it is said otherwise."""

KEPT: Final = frozenset(
    {
        RecordStatus.PAID,
        RecordStatus.REDUCED_PAID,
        RecordStatus.EXEMPT,
        RecordStatus.NOT_TAXABLE,
        RecordStatus.ISSUED,
    }
)
"""An answer is kept only if it holds records, all of them are about what was asked, and all of them
have one of these statuses."""


@frozen(kw_only=True, repr=False)
class _Key:
    """What must be equal for one answer to serve two questions."""

    source: str
    subject: tuple[Any, ...]
    person_name: str | None
    years: tuple[int, ...]
    plate: str | None
    contract_no: str | None
    office: str | None
    provision: str | None

    @classmethod
    def of(cls, source: str, inquiry: Inquiry) -> _Key:
        person, purpose = inquiry.person, inquiry.purpose
        return cls(
            source=source,
            subject=inquiry.key,
            person_name=person.name if person else None,
            years=tuple(inquiry.years),
            plate=inquiry.plate,
            contract_no=inquiry.contract_no,
            office=purpose.office if purpose else None,
            provision=purpose.provision if purpose else None,
        )


@frozen
class _Entry:
    """An answer that is kept; `asked` and `until` are counted on the monotonic clock."""

    answer: Answer = field(repr=False)
    asked: float
    until: float


class _Flight:
    """One question under way, and what became of it."""

    __slots__ = ("answer", "asked", "deadline", "done", "keep", "outage", "source")

    def __init__(self, asked: float, deadline: Deadline) -> None:
        self.asked: Final = asked
        self.deadline: Final = deadline
        self.done: Final = threading.Event()
        self.keep = True
        self.answer: Answer | None = None
        self.outage: Outage | None = None
        self.source = ""


_Entries: TypeAlias = MutableMapping[_Key, _Entry]


class _State:
    """What threads share; everything but `lock` is touched only while it is held."""

    __slots__ = ("entries", "flights", "lock")

    def __init__(self, entries: _Entries) -> None:
        self.lock: Final = threading.Lock()
        self.entries: Final = entries
        self.flights: Final[dict[_Key, _Flight]] = {}


class CachedSource:
    """Asks another source once where the same question is asked many times.

    Args:
        of: The source that is asked.
        seconds: How long an answer is kept, from the moment it was asked for; 0 keeps none and
            shares none.
        most: How many answers are kept; the one used least recently goes first.
        fresh_for: Age beyond which an answer does not count; it is not kept longer than that.
        clock: Clock the age of what a source says is judged by.
        monotonic: Clock that counts how long answers have been kept.

    Raises:
        ConfigError: A number is out of bounds.
        MissingExtraError: cachetools is not installed.
    """

    def __init__(
        self,
        of: ClearanceSource,
        *,
        seconds: float = SECONDS,
        most: int = MOST,
        fresh_for: timedelta = FRESH_FOR,
        clock: Clock = system_clock,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        if not 0 <= seconds <= LONGEST:
            raise ConfigError((("seconds", f"must lie between 0 and {LONGEST:.0f}"),))
        if most < 1:
            raise ConfigError((("most", "must be at least 1"),))
        self._of: Final = of
        self._seconds: Final = seconds
        self._fresh_for: Final = fresh_for
        self._clock: Final = clock
        self._monotonic: Final = monotonic
        self.name: Final = name_of(of)
        make = _maker(most, monotonic)
        self._state: Final = PerProcess(lambda: _State(make()))

    @property
    def provenance(self) -> Provenance:
        """That of the source asked: an answer that was kept says so itself."""
        return weakest((self._of,))

    def query(
        self, inquiry: Inquiry, deadline: Deadline, /, *, max_age: float | None = None
    ) -> Answer:
        """Return the answer to *inquiry*, perhaps one that was asked for a moment ago.

        Args:
            inquiry: The question.
            deadline: When to give up; a thread that waits for another's answer keeps to its own.
            max_age: Seconds ago the answer may have been asked for; 0: ask live.

        Raises:
            SourceError: There is no usable answer.
        """
        longest = self._seconds if max_age is None else min(max_age, self._seconds)
        state = self._state.get()
        key = _Key.of(self.name, inquiry)
        while True:
            earliest = self._monotonic() - longest
            with state.lock:
                entry = state.entries.get(key)
                if entry is not None and entry.asked > earliest:
                    return evolve(entry.answer, inquiry=inquiry)
                flight = state.flights.get(key)
                # Nobody waits for a source that did not come back when it should have.
                under_way = (
                    flight is not None and flight.asked > earliest and not flight.deadline.passed
                )
                if flight is None or not under_way:
                    flight = self._depart(state, key, deadline)
            if not under_way:
                return self._fly(state, key, flight, inquiry, deadline)
            shared = self._share(flight, inquiry, deadline)
            if shared is not None:
                return shared

    def forget(self, inquiry: Inquiry) -> None:
        """Drop what is kept on *inquiry*: the bureau reports a change, or the gate asks anew.

        An answer that is under way at this moment is not kept either. It is forgotten for the
        office and provision the inquiry names.
        """
        state = self._state.get()
        key = _Key.of(self.name, inquiry)
        with state.lock:
            state.entries.pop(key, None)
            self._ground(state, key)
        forget_all((self._of,), inquiry)

    def close(self) -> None:
        """Drop everything that is kept and close the source inside."""
        state = self._state.get()
        with state.lock:
            state.entries.clear()
            for key in list(state.flights):
                self._ground(state, key)
        close_all((self._of,))

    def _share(self, flight: _Flight, inquiry: Inquiry, deadline: Deadline) -> Answer | None:
        """Return what another thread is told; None where this one has to ask by itself."""
        if not flight.done.wait(deadline.remaining):
            raise SourceError.of(self.name, OutageCause.TIMEOUT, "waited for the same question")
        if flight.answer is not None:
            return evolve(_kept(flight.answer), inquiry=inquiry)
        # The thread that asked may have had too little time, or it was interrupted: that says
        # nothing about what this thread would be told.
        if flight.outage is not None and flight.outage.cause is not OutageCause.TIMEOUT:
            told = flight.outage
            raise SourceError.of(flight.source, told.cause, told.detail, told.retry_after)
        if deadline.passed:
            raise SourceError.of(self.name, OutageCause.TIMEOUT, "waited for the same question")
        return None

    def _depart(self, state: _State, key: _Key, deadline: Deadline) -> _Flight:
        """Note that this thread asks; an older question under way is not shared any more."""
        self._ground(state, key)
        flight = _Flight(self._monotonic(), deadline)
        state.flights[key] = flight
        return flight

    @staticmethod
    def _ground(state: _State, key: _Key) -> None:
        flight = state.flights.pop(key, None)
        if flight is not None:
            flight.keep = False

    def _fly(
        self, state: _State, key: _Key, flight: _Flight, inquiry: Inquiry, deadline: Deadline
    ) -> Answer:
        try:
            answer = ask(self._of, inquiry, deadline)
            answer = evolve(answer, records=tuple(answer.records or ()))
            flight.answer = answer
        except SourceError as error:
            flight.outage, flight.source = error.outage, error.source
            raise
        finally:
            # Whatever happened, an interrupt included: nobody waits for this flight any longer.
            self._land(state, key, flight)
            flight.done.set()
        return answer

    def _land(self, state: _State, key: _Key, flight: _Flight) -> None:
        life = 0.0 if flight.answer is None else self._life(flight.answer)
        with state.lock:
            if state.flights.get(key) is flight:
                del state.flights[key]
            if flight.answer is None or not flight.keep:
                return
            # What was kept before is superseded by this answer, kept or not.
            state.entries.pop(key, None)
            if life > 0:
                state.entries[key] = _Entry(_kept(flight.answer), flight.asked, flight.asked + life)

    def _life(self, answer: Answer) -> float:
        """Return how many seconds *answer* may be kept."""
        if not answer.records or any(record.status not in KEPT for record in answer.records):
            return 0.0
        # "Paid" of another vehicle or person is no good news: it counts as no record.
        if not all(concerns(record, answer.inquiry) for record in answer.records):
            return 0.0
        # Nor is "paid" of another year than those asked for.
        years = {None, *answer.inquiry.years}
        if answer.inquiry.years and any(
            getattr(record, "tax_year", None) not in years for record in answer.records
        ):
            return 0.0
        # An answer out of another cache has an age of its own already.
        if answer.provenance is Provenance.CACHED or answer.as_of is None:
            return 0.0
        age = self._clock() - answer.as_of
        if age < -CLOCK_SKEW:
            return 0.0
        return min(self._seconds, (self._fresh_for - age).total_seconds())


def _kept(answer: Answer) -> Answer:
    """Return *answer* as one that was not asked for this very inquiry; never a better one."""
    if answer.provenance is Provenance.LIVE:
        return evolve(answer, provenance=Provenance.CACHED)
    return answer


def _maker(most: int, monotonic: Monotonic) -> Callable[[], _Entries]:
    try:
        from cachetools import TLRUCache  # noqa: PLC0415 - an extra, loaded when first needed
    except ImportError as error:
        raise MissingExtraError("resilience", "CachedSource") from error

    def until(_key: _Key, entry: _Entry, _now: float) -> float:
        return entry.until

    return lambda: TLRUCache(most, until, monotonic)


def from_settings(settings: Settings) -> CachedSource:
    """Build the source from its table.

    `of`: name of the source asked; `seconds`: how long answers are kept (60, at most 600);
    `most`: how many (1024).
    """
    return CachedSource(
        settings.source("of"),
        seconds=settings.number("seconds", SECONDS, least=0, most=LONGEST),
        most=settings.whole("most", MOST, least=1, most=1_000_000),
        clock=settings.clock,
        monotonic=settings.monotonic,
    )
