"""The exchange database (前置机): the office writes a question, the bureau writes the answer.

Office and bureau never connect to each other; both connect to a database in between. The office
writes a request row and looks for the answer row until its time is up. Only the row that answers
this very request, repeats its subject, fits its seal and is fresh is used, and it is read in one
transaction. An answer that comes later stays where it is and is never used: the next question is a
new request with a new number.

Nothing the bureau writes unasked is an answer. A push (推送) says that something may have changed;
`ExchangeDatabaseSource.pushed` tells what to ask about again.

The clocks of both sides have to agree within seconds: a request carries the instant at which nobody
waits for it any longer.
"""

from __future__ import annotations

import logging
import secrets
import time
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import evolve, frozen

from ..config import Settings
from ..database.alchemy import sa
from ..errors import ConfigError, InputError
from ..evidence import CLOCK_SKEW, FRESH_FOR, Answer, Inquiry, OutageCause, OutageKind, Provenance
from ..secret import Secret
from ..sources import Clock, Deadline, Sleep, SourceError, system_clock
from .exchange_messages import LARGEST, question_text, read_answer_row, read_question
from .exchange_store import ExchangeDatabase, create_tables
from .exchange_tables import ANSWER, PUSH, REQUEST, State

__all__ = ["ExchangeDatabase", "ExchangeDatabaseSource", "create_tables", "from_settings"]

_LOG: Final = logging.getLogger("taxgate.adapters.exchange_database")
_GROWTH: Final = 1.5
_SLOWEST: Final = 1.0
"""Seconds between two looks at most."""
_MOST_PUSHES: Final = 1000

_READ: Final = (
    *(column for column in ANSWER.c if column.name not in ("records", "written_at")),
    # No more of it is fetched than may be used.
    sa.func.substr(ANSWER.c.records, 1, LARGEST + 1).label("records"),
)


@frozen
class _Request:
    """A request that was written."""

    request_id: str
    inquiry: Inquiry
    asked_at: datetime


class ExchangeDatabaseSource:
    """Asks the tax bureau through a shared database (前置机).

    Args:
        database: The database.
        name: Name it gives as the source.
        key: Secret both sides share; with it an answer has to be signed.
        poll: Seconds before the first look for an answer; each later pause is half as long again,
            up to one second.
        max_age: Age up to which an answer is taken.
        clock: Clock by which requests are dated and answers judged.
        sleep: How to wait between two looks.
    """

    provenance: Final = Provenance.LIVE

    def __init__(
        self,
        database: ExchangeDatabase,
        *,
        name: str = "exchange-database",
        key: Secret | None = None,
        poll: float = 0.05,
        max_age: timedelta = FRESH_FOR,
        clock: Clock = system_clock,
        sleep: Sleep = time.sleep,
    ) -> None:
        self.name: Final = name
        self._database: Final = database
        self._key: Final = key
        self._poll: Final = poll
        self._max_age: Final = max_age
        self._clock: Final = clock
        self._sleep: Final = sleep

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Write a request, wait for its answer, and return it.

        Raises:
            SourceError: There was no answer in time, or none that can be trusted.
            ClosedError: The database was closed.
        """
        request = self._write(inquiry, deadline)
        pause = self._poll
        while True:
            answer = self._look(request, deadline)
            if answer is not None:
                return answer
            if deadline.passed:
                raise SourceError.of(self.name, OutageCause.TIMEOUT)
            self._sleep(min(pause, deadline.remaining))
            pause = min(_GROWTH * pause, _SLOWEST)

    def pushed(self, deadline: Deadline) -> tuple[Inquiry, ...]:
        """Take the pushes there are, and return what they are about: each inquiry once.

        What a push says is not read, so a forged one makes an office ask in vain, and no more. The
        inquiries have no purpose yet; ask only where a case at hand gives one (Order Art. 19).

        Raises:
            SourceError: The database could not be read.
        """

        def work(on: sa.Connection) -> list[Any]:
            oldest = sa.select(PUSH.c.push_id, PUSH.c.question).order_by(PUSH.c.push_id)
            rows = on.execute(oldest.limit(_MOST_PUSHES).with_for_update(skip_locked=True)).all()
            taken = [row.push_id for row in rows]
            on.execute(sa.delete(PUSH).where(PUSH.c.push_id.in_(taken)))
            return [row.question for row in rows]

        found: dict[tuple[Any, ...], Inquiry] = {}
        for text in self._database.run(self.name, deadline, work, writing=True):
            try:
                inquiry = evolve(read_question(text), purpose=None)
            except InputError:
                _LOG.warning("source %s: a push that names no subject was dropped", self.name)
            else:
                found.setdefault(inquiry.key, inquiry)
        return tuple(found.values())

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _write(self, inquiry: Inquiry, deadline: Deadline) -> _Request:
        now = self._clock()
        request = _Request(secrets.token_hex(16), inquiry, now)
        purpose = inquiry.purpose
        row = {
            "request_id": request.request_id,
            "question": question_text(inquiry),
            "office": purpose.office if purpose else None,
            "case_no": purpose.case_no if purpose else None,
            "provision": purpose.provision if purpose else None,
            "asked_at": now,
            "expires_at": now + timedelta(seconds=deadline.remaining),
            "state": State.WAITING.value,
            "leases": 0,
        }

        def work(on: sa.Connection) -> None:
            on.execute(sa.insert(REQUEST).values(row))

        self._database.run(self.name, deadline, work, writing=True)
        return request

    def _look(self, request: _Request, deadline: Deadline) -> Answer | None:
        """Return the answer to *request*, or None where there is none yet."""
        here = REQUEST.c.request_id == request.request_id
        look = (
            sa.select(REQUEST.c.state, REQUEST.c.remark, ANSWER.c.complete)
            .select_from(REQUEST.outerjoin(ANSWER))
            .where(here)
        )
        # Two rows would mean that the unique key of the answers is gone.
        found = self._database.run(self.name, deadline, lambda on: on.execute(look).all())
        if len(found) != 1:
            problem = "answered twice" if found else "the request is gone"
            raise self._untrusted(OutageCause.MALFORMED_RESPONSE, problem)
        state, remark, complete = found[0]
        if complete is True:
            return self._take(request, deadline)
        if state == State.DEAD:
            known = remark if remark in OutageCause.__members__.values() else None
            raise SourceError.of(self.name, OutageCause.SERVER_FAULT, known or "given up")
        return None

    def _take(self, request: _Request, deadline: Deadline) -> Answer | None:
        """Return the complete answer to *request*, marked as read in the same transaction."""
        answer = sa.select(*_READ).where(
            ANSWER.c.request_id == request.request_id, ANSWER.c.complete.is_(True)
        )
        mark = (
            sa.update(REQUEST)
            .where(REQUEST.c.request_id == request.request_id)
            .values(state=State.READ.value, lease_holder=None, lease_until=None)
        )

        def work(on: sa.Connection) -> list[dict[str, Any]]:
            on.execute(mark)
            return [dict(row) for row in on.execute(answer).mappings()]

        rows = self._database.run(self.name, deadline, work, writing=True)
        if not rows:
            return None
        if len(rows) > 1:
            raise self._untrusted(OutageCause.MALFORMED_RESPONSE, "answered twice")
        try:
            read = read_answer_row(self.name, request.inquiry, rows[0], self._key)
        except SourceError as error:
            raise self._untrusted(error.outage.cause, error.outage.detail) from None
        if read.outage is not None:
            if read.outage.kind is OutageKind.UNTRUSTED:
                raise self._untrusted(read.outage.cause, "as the bureau's side says")
            raise SourceError.of(self.name, read.outage.cause)
        self._demand_fresh(read)
        return read

    def _demand_fresh(self, answer: Answer) -> None:
        now = self._clock()
        if answer.as_of is None or now - answer.as_of > self._max_age:
            raise self._untrusted(OutageCause.STALE_ANSWER)
        if answer.as_of - now > CLOCK_SKEW:
            raise self._untrusted(OutageCause.CLOCK_SKEW)

    def _untrusted(self, cause: OutageCause, detail: str | None = None) -> SourceError:
        error = SourceError.of(self.name, cause, detail)
        _LOG.error("%s", error)
        return error


def from_settings(settings: Settings) -> ExchangeDatabaseSource:
    """Build the source that the table *settings* describes.

        kind = "exchange-database"
        url = "postgresql://taxgate@localhost/exchange"   # or sqlite:////absolute/path
        password = { env = "EXCHANGE_PASSWORD" }           # optional
        key = { file = "/run/secrets/exchange" }           # optional: answers have to be signed
        poll_seconds = 0.05
        max_age_seconds = 86400

    Raises:
        ConfigError: The database cannot be used.
    """
    url = settings.text("url")
    password = settings.secret("password", None)
    key = settings.secret("key", None)
    poll = settings.number("poll_seconds", 0.05, least=0.01, most=5)
    oldest = FRESH_FOR.total_seconds()
    max_age = settings.number("max_age_seconds", oldest, least=1, most=oldest)
    if not url:
        raise ConfigError((("url", "is empty: give the URL of a database"),))
    return ExchangeDatabaseSource(
        ExchangeDatabase(url, password=password),
        name=settings.name,
        key=key,
        poll=poll,
        max_age=timedelta(seconds=max_age),
        clock=settings.clock,
        sleep=settings.sleep,
    )
