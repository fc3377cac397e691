"""The exchange database keeps the contract of sources, in SQLite and in PostgreSQL."""

from __future__ import annotations

import threading

import pytest

from exchange_cases import emptied, quick_folder, sqlite_server
from postgresql import postgresql_server  # noqa: F401 - a fixture
from taxgate.adapters.exchange_database import ExchangeDatabaseSource
from taxgate.adapters.exchange_store import ExchangeDatabase
from taxgate.adapters.exchange_worker import ExchangeWorker
from taxgate.evidence import Answer, OutageCause, Provenance
from taxgate.sources import SourceError, system_clock
from taxgate.testing.contract import SourceContract


class Scripted:
    """The bureau behind the database, which follows a script."""

    provenance = Provenance.LIVE

    def __init__(self, script):
        self.script = script

    def query(self, inquiry, _deadline):
        """Answer as the script says."""
        if inquiry.matter in self.script.outages:
            raise SourceError.of("bureau", self.script.outages[inquiry.matter])
        return Answer(
            inquiry=inquiry,
            records=self.script.answer(inquiry),
            source="bureau",
            as_of=system_clock(),
            provenance=Provenance.LIVE,
        )


class ExchangeContract(SourceContract):
    """A source, and a worker that answers it from another thread."""

    causes = (
        OutageCause.SERVER_FAULT,
        OutageCause.MALFORMED_RESPONSE,
        OutageCause.SUBJECT_MISMATCH,
    )

    @pytest.fixture(autouse=True)
    def _workers(self, place):
        self.place = place
        self.undo = []
        yield
        self.stop()

    def stop(self):
        """Stop the workers there are: one that follows an older script would take the requests."""
        while self.undo:
            self.undo.pop()()

    def make(self, script):
        """Return a source whose requests a worker answers."""
        self.stop()
        url, password = self.place.url, self.place.password
        if not script.silent:
            database = ExchangeDatabase(url, password=password)
            worker = ExchangeWorker(database, Scripted(script), most_leases=1)
            stop = threading.Event()
            thread = threading.Thread(target=worker.run, args=(stop, 0.005))
            thread.start()
            self.undo += [database.close, thread.join, stop.set]
        return ExchangeDatabaseSource(ExchangeDatabase(url, password=password), poll=0.01)


class TestSqlite(ExchangeContract):
    """The embedded database."""

    @pytest.fixture
    def place(self):
        """Give a new file."""
        with quick_folder() as folder:
            yield sqlite_server(folder)


class TestPostgresql(ExchangeContract):
    """A database server."""

    @pytest.fixture
    def place(self, postgresql_server):  # noqa: F811 - the fixture
        """Give new tables."""
        return emptied(postgresql_server)
