"""The log on PostgreSQL: the same promises as on SQLite, over a real server."""

from __future__ import annotations

import os
import threading
from contextlib import closing

import pytest
import sqlalchemy as sa
from attrs import evolve

from gate_cases import Bureau, clock_of, purpose_of, shipped
from log_cases import PAID, application_of, decided, keys_in
from log_crashes import heard, judged, started
from log_writer import a_record, write
from postgresql import postgresql_server
from taxgate import Gate
from taxgate.errors import ConfigError, LogConflictError, LogError
from taxgate.log import DecisionLog, Store
from taxgate.log.chain import verify
from taxgate.log.replaying import Kind, replay
from taxgate.log.schema import METADATA

__all__ = ["postgresql_server"]


@pytest.fixture
def url(postgresql_server):
    """Return the URL of a database without a log."""
    if postgresql_server.password is not None:
        pytest.skip("these tests open the database by its URL alone")
    engine = sa.create_engine(
        sa.make_url(postgresql_server.url).set(drivername="postgresql+psycopg")
    )
    METADATA.drop_all(engine)
    engine.dispose()
    return postgresql_server.url


@pytest.fixture
def log(url, tmp_path):
    """Return an empty log."""
    with DecisionLog(Store.create(url), keys_in(tmp_path / "keys")) as made:
        yield made


def test_a_log_on_postgresql_keeps_its_promises(log, url):
    """Recorded once, replayed, in conflict with another application, chained, decided again."""
    case = shipped(PAID)
    with pytest.raises(ConfigError, match="holds a log already"):
        Store.create(url)
    decided(log, 3)
    gate = Gate(Bureau(case), clock=clock_of(case), log=log)
    bare = application_of(case)
    assert gate.check(bare, purpose=purpose_of(case, case_no="2026-2")).logged.replayed
    assert gate.recheck(bare, purpose=purpose_of(case, case_no="2026-2")).logged.supersedes == 2
    with pytest.raises(LogConflictError):
        gate.check(evolve(bare, seized=True), purpose=purpose_of(case, case_no="2026-2"))
    assert verify(log.store).sound
    assert {item.kind for item in replay(log)} == {Kind.SAME}


def test_what_a_database_sets_does_not_weaken_the_log(log, url):
    """A commit waits for the disk, and whoever waited for the lock sees the head as it is then."""
    server = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    weakened = ("synchronous_commit", "off"), ("default_transaction_isolation", "'serializable'")
    with server.connect() as connection:
        name = connection.scalar(sa.text("SELECT current_database()"))
        for setting, value in weakened:
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET {setting} = {value}')
    try:
        with closing(Store(url)) as store, store._connected(writing=True) as connection:
            said = [
                connection.scalar(sa.text(f"SHOW {setting}"))
                for setting in ("synchronous_commit", "transaction_isolation")
            ]
        assert said == ["on", "read committed"]
    finally:
        with server.connect() as connection:
            for setting, _ in weakened:
                connection.exec_driver_sql(f'ALTER DATABASE "{name}" RESET {setting}')
        server.dispose()


def test_threads_and_processes_make_one_chain(log, url, tmp_path):
    """Eight threads here and three processes beside them: no gap, no fork, nothing lost."""
    children = [started(tmp_path, 1000 * number, 20, url) for number in range(1, 4)]
    threads = [
        threading.Thread(target=write, args=(log, 100 * number, 10, lambda _: None))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = "".join(heard(reading) for _, reading in children)
    for child, _ in children:
        assert os.waitpid(child, 0)[1] == 0
    assert judged(tmp_path, said, url) == 140


def test_a_server_stopped_at_once_loses_nothing_it_acknowledged(
    log, url, tmp_path, postgresql_server
):
    """Stopped in the middle of commits and started again: named errors, then it goes on."""
    if postgresql_server.crash is None:
        pytest.skip("a named server is not stopped: unset TAXGATE_POSTGRESQL_URL")
    said = []
    stopped = threading.Event()

    def work(first):
        number = first
        while not stopped.is_set() and number < first + 1000:
            write(log, number, 1, said.append)
            number += 1

    threads = [threading.Thread(target=work, args=(1000 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(2):
            while len(said) < 5:
                stopped.wait(0.01)
            postgresql_server.crash()
            seen = len(said)
            while len(said) < seen + 5:
                stopped.wait(0.01)
    finally:
        stopped.set()
        for thread in threads:
            thread.join()
    assert all(line.startswith(("case-", "failed Log")) for line in said)
    assert judged(tmp_path, "".join(said), url) > 5
    log.record(a_record(99_999), recheck=False)


def test_an_unreachable_server_is_a_named_error(tmp_path):
    """No server: the log does not open, and says so without a word of what was asked."""
    with pytest.raises((ConfigError, LogError), match="cannot be"):
        Store(f"postgresql://taxgate@/postgres?host={tmp_path}")
