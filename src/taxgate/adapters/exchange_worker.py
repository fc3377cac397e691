"""The bureau's side of the exchange database (前置机): takes requests and answers them.

A worker leases a request for a while and works on it alone. A worker that dies lets its lease run
out, and another takes over; whoever comes back too late finds the lease gone and writes nothing. A
request that was leased too often without an answer is given up: something about it kills workers.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from attrs import frozen

from ..database.alchemy import sa
from ..errors import InputError
from ..evidence import Answer, OutageCause, OutageKind
from ..secret import Secret
from ..sources import (
    ClearanceSource,
    Clock,
    Deadline,
    Monotonic,
    SourceError,
    SourceUnavailableError,
    ask,
    system_clock,
)
from .exchange_connection import Work
from .exchange_messages import answer_row, read_question
from .exchange_store import ExchangeDatabase
from .exchange_tables import ANSWER, REQUEST, State

__all__ = ["ExchangeWorker", "Lease"]

T = TypeVar("T")

_LOG: Final = logging.getLogger("taxgate.adapters.exchange_worker")
_PAUSE: Final = timedelta(milliseconds=500)
"""Pause before a request is tried again, doubled with each try."""
_FOR_ROWS: Final = 5.0
"""Seconds one transaction of a worker may take."""


@frozen
class Lease:
    """A request one worker works on alone, until the lease runs out (租约).

    Attributes:
        request_id: The request.
        holder: Who holds it: no two leases have the same holder.
        until: When it runs out.
        expires_at: When nobody waits for the answer any longer.
        question: The question as it stands in the row.
        purpose: Office, case and provision; None where the row gives none.
        leases: How often the request has been leased, this time included.
    """

    request_id: str
    holder: str
    until: datetime
    expires_at: datetime
    question: str
    purpose: dict[str, Any] | None
    leases: int

    def __repr__(self) -> str:
        return f"Lease({self.request_id})"


class ExchangeWorker:
    """Answers requests in an exchange database from another source.

    Any number of workers may share a database. One worker may be used by several threads.

    Args:
        database: The database.
        source: Who knows the answers.
        key: Secret both sides share; with it answers are signed.
        name: Name of this worker, for whoever looks at the leases.
        lease: Seconds a request is held; longer than the source may take.
        most_leases: Times a request is leased before it is given up.
        clock: Clock of the leases. All workers' clocks, and the offices', have to agree.
        monotonic: Clock deadlines are counted on.
    """

    def __init__(
        self,
        database: ExchangeDatabase,
        source: ClearanceSource,
        *,
        key: Secret | None = None,
        name: str = "worker",
        lease: float = 30.0,
        most_leases: int = 3,
        clock: Clock = system_clock,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self.name: Final = name
        self._database: Final = database
        self._source: Final = source
        self._key: Final = key
        self._lease: Final = timedelta(seconds=lease)
        self._most_leases: Final = most_leases
        self._clock: Final = clock
        self._monotonic: Final = monotonic

    def run(self, stop: threading.Event, poll: float = 0.05) -> None:
        """Answer requests until *stop* is set.

        Args:
            stop: Set it to end; the request at hand is finished first.
            poll: Seconds to wait where there is nothing to do, or the database is away.
        """
        while not stop.is_set():
            try:
                busy = self.step()
            except SourceUnavailableError as error:
                _LOG.warning("worker %s: %s", self.name, error.outage.cause)
                busy = False
            if not busy:
                stop.wait(poll)

    def step(self) -> bool:
        """Answer one request; return whether there was one.

        A mistake in the source travels on; its request is taken up again when the lease runs out.

        Raises:
            SourceError: The database cannot be reached.
        """
        lease = self.lease()
        if lease is None:
            return False
        try:
            inquiry = read_question(lease.question, lease.purpose)
        except InputError:
            self._give_up(lease, "unreadable")
            return True
        left = min(lease.until, lease.expires_at) - self._clock()
        deadline = Deadline(max(0.0, left.total_seconds()), monotonic=self._monotonic)
        try:
            answer = ask(self._source, inquiry, deadline)
        except SourceError as error:
            if error.outage.kind is OutageKind.UNREACHABLE:
                self._put_back(lease, error.outage.cause)
                return True
            answer = Answer(inquiry=inquiry, outage=error.outage, source=error.source)
        self.finish(lease, answer)
        return True

    def lease(self) -> Lease | None:
        """Lease the request that has waited longest; None where nobody waits.

        Raises:
            SourceError: The database cannot be reached.
        """
        now = self._clock()
        free = (
            REQUEST.c.state == State.WAITING.value,
            sa.or_(REQUEST.c.lease_until.is_(None), REQUEST.c.lease_until <= now),
        )
        killer = sa.update(REQUEST).where(*free, REQUEST.c.leases >= self._most_leases)
        killer = killer.values(state=State.DEAD.value, remark="leases")
        oldest = (
            sa.select(REQUEST)
            .where(*free, REQUEST.c.expires_at > now)
            .order_by(REQUEST.c.asked_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        holder = f"{self.name}:{secrets.token_hex(8)}"
        until = now + self._lease

        def work(on: sa.Connection) -> Lease | None:
            if on.execute(killer).rowcount:
                _LOG.error("worker %s: a request was leased too often, and given up", self.name)
            row = on.execute(oldest).first()
            if row is None:
                return None
            on.execute(
                sa.update(REQUEST)
                .where(REQUEST.c.request_id == row.request_id)
                .values(lease_holder=holder, lease_until=until, leases=row.leases + 1)
            )
            given = {name: getattr(row, name) for name in ("office", "case_no", "provision")}
            purpose = given if any(part is not None for part in given.values()) else None
            return Lease(
                row.request_id,
                holder,
                until,
                row.expires_at,
                row.question,
                purpose,
                row.leases + 1,
            )

        return self._run(work)

    def finish(self, lease: Lease, answer: Answer) -> bool:
        """Write *answer*; return False, and write nothing, where the lease is another's by now.

        Raises:
            SourceError: The database cannot be reached.
        """
        row = answer_row(lease.request_id, lease.question, answer, self._key)

        def work(on: sa.Connection) -> bool:
            if not self._change(on, lease, state=State.ANSWERED.value):
                return False
            on.execute(sa.insert(ANSWER).values(**row, written_at=self._clock()))
            return True

        return self._run(work)

    def _put_back(self, lease: Lease, cause: OutageCause) -> None:
        """Let go of a request that could not be answered now."""
        if lease.leases >= self._most_leases:
            self._give_up(lease, cause)
            return
        until = self._clock() + _PAUSE * 2 ** (lease.leases - 1)
        self._run(lambda on: self._change(on, lease, lease_holder=None, lease_until=until))

    def _give_up(self, lease: Lease, remark: str) -> None:
        _LOG.error("worker %s: a request was given up: %s", self.name, remark)
        self._run(lambda on: self._change(on, lease, state=State.DEAD.value, remark=str(remark)))

    def _change(self, on: sa.Connection, lease: Lease, **values: Any) -> bool:  # noqa: ANN401
        """Change the request if *lease* still holds it, whether or not its time is up."""
        mine = sa.update(REQUEST).where(
            REQUEST.c.request_id == lease.request_id,
            REQUEST.c.lease_holder == lease.holder,
            REQUEST.c.state == State.WAITING.value,
        )
        return on.execute(mine.values(**values)).rowcount == 1

    def _run(self, work: Work[T]) -> T:
        deadline = Deadline(_FOR_ROWS, monotonic=self._monotonic)
        return self._database.run(self.name, deadline, work, writing=True)
