"""An exchange database for tests: the office's side, the bureau's side, and clocks that are set."""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from postgresql import Server
from taxgate.adapters.exchange_database import ExchangeDatabaseSource
from taxgate.adapters.exchange_messages import answer_row, read_question
from taxgate.adapters.exchange_store import ExchangeDatabase, create_tables
from taxgate.adapters.exchange_tables import ANSWER, REQUEST, TABLES
from taxgate.adapters.exchange_worker import ExchangeWorker
from taxgate.evidence import CHINA, Answer, Provenance
from taxgate.sources import Deadline, SourceError

AT = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)


@contextmanager
def quick_folder():
    """Give a folder in memory where there is one: SQLite waits for the disk at every commit."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder made there is this user's alone
    with tempfile.TemporaryDirectory(
        prefix="taxgate-exchange-", dir=memory if memory.is_dir() else None
    ) as folder:
        yield Path(folder)


def forked(work):
    """Do *work* in a child of this process; return its number. It ends with 0 if all went well."""
    with warnings.catch_warnings():
        # Newer Pythons warn of forks beside threads; how the database copes is what is tested.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def ended(child):
    """Wait for *child*, and return what it ended with."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def engine_of(server):
    """Return an engine for hands that follow no rules."""
    url = sa.make_url(server.url)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if server.password is not None:
        url = url.set(password=server.password.reveal())
    return sa.create_engine(url, poolclass=sa.pool.NullPool)


def sqlite_server(folder):
    """Return a new SQLite file with the tables in it."""
    server = Server(f"sqlite:///{folder}/exchange.sqlite3")
    create_tables(server.url)
    return server


def emptied(server):
    """Return *server* with new tables in it."""
    engine = engine_of(server)
    with engine.begin() as on:
        TABLES.drop_all(on)
    engine.dispose()
    create_tables(server.url, password=server.password)
    return server


class Bureau:
    """A bureau that knows some records, or fails as it is told."""

    provenance = Provenance.LIVE

    def __init__(self, records=(), *, error=None, clock=lambda: AT, **fields):
        self.records = tuple(records)
        self.error = error
        self.clock = clock
        self.fields = fields
        self.asked = []

    def query(self, inquiry, _deadline):
        """Answer with every record, or raise the error."""
        self.asked.append(inquiry)
        if self.error is not None:
            raise self.error
        fields = {
            "source": "bureau",
            "as_of": self.clock(),
            "provenance": Provenance.LIVE,
            **self.fields,
        }
        return Answer(inquiry=inquiry, records=self.records, **fields)


class Exchange:
    """Both sides of one exchange database; while the office waits, the bureau takes its turns."""

    def __init__(self, server, **options):
        self.server = server
        self.now = AT
        self.elapsed = 0.0
        self.pauses = []
        self.turns = iter(())
        self.engine = engine_of(server)
        self.database = ExchangeDatabase(server.url, password=server.password)
        self.source = ExchangeDatabaseSource(
            self.database, clock=self.clock, sleep=self.sleep, **options
        )

    def clock(self):
        """Return the instant it is."""
        return self.now

    def monotonic(self):
        """Return the seconds that have passed."""
        return self.elapsed

    def sleep(self, seconds):
        """Let time pass, and the bureau take its next turn."""
        self.pauses.append(seconds)
        self.pass_time(seconds)
        turn = next(self.turns, None)
        if turn is not None:
            turn()

    def pass_time(self, seconds):
        """Let time pass."""
        self.elapsed += seconds
        self.now += timedelta(seconds=seconds)

    def deadline(self, seconds=8.0):
        """Return a deadline on the clock that is set here."""
        return Deadline(seconds, monotonic=self.monotonic)

    def ask(self, inquiry, *turns, seconds=8.0):
        """Ask, and take these turns while waiting."""
        self.turns = iter(turns)
        return self.source.query(inquiry, self.deadline(seconds))

    def refused(self, inquiry, *turns, seconds=8.0):
        """Return the outage that asking ends in."""
        with pytest.raises(SourceError) as caught:
            self.ask(inquiry, *turns, seconds=seconds)
        return caught.value.outage

    def worker(self, bureau, **options):
        """Return a worker that answers from *bureau*."""
        options = {"clock": self.clock, "monotonic": self.monotonic, **options}
        return ExchangeWorker(self.database, bureau, **options)

    def do(self, statement, *more):
        """Execute statements as whoever has access may."""
        with self.engine.begin() as on:
            for part in (statement, *more):
                result = on.execute(part)
            return result.all() if result.returns_rows else result.rowcount

    def requests(self):
        """Return the request rows, oldest first."""
        return self.do(sa.select(REQUEST).order_by(REQUEST.c.asked_at, REQUEST.c.request_id))

    def answers(self):
        """Return the answer rows."""
        return self.do(sa.select(ANSWER))

    def row(self, records, *, key=None, inquiry=None, request=None, **fields):
        """Return an answer row to the newest request, as the bureau would write it."""
        request = request or self.requests()[-1]
        asked = inquiry or read_question(request.question)
        fields = {"as_of": self.now, "provenance": Provenance.LIVE, **fields}
        answer = Answer(inquiry=asked, records=tuple(records), **fields)
        row = answer_row(request.request_id, request.question, answer, key)
        return {**row, "written_at": self.now}

    def write(self, row):
        """Write an answer row."""
        self.do(sa.insert(ANSWER).values(**row))

    def close(self):
        """Close it."""
        self.source.close()
        self.engine.dispose()
