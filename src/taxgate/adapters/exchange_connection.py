"""Transactions on the exchange database (前置机), each within the time that is left.

SQLite serves where office and bureau share one machine; PostgreSQL serves the rest. What goes wrong
in either becomes a `SourceError`, without a word of what the statement was about.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote

from attrs import frozen

from ..database.addresses import address_fault
from ..database.alchemy import sa
from ..errors import ClosedError, MissingExtraError
from ..evidence import OutageCause
from ..sources import Deadline, SourceError
from .bounded import within

__all__ = ["Transactions", "Work"]

T = TypeVar("T")
Work = Callable[[sa.Connection], T]
"""What is done inside one transaction."""

_LONGEST_WAIT: Final = 5.0
"""Seconds to wait for a lock, a connection or a statement, whatever the deadline allows."""
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_BUSY_PAUSE: Final = 0.005
"""Seconds before SQLite is asked again for a lock somebody else holds."""
_TOO_SLOW: Final = frozenset({"57014", "55P03"})
"""PostgreSQL's codes of a statement or lock that took longer than allowed."""
_LOGGER: Final = "taxgate"

_NO_FORK: Final = threading.Lock()
"""Held during each transaction on SQLite, and while this process forks. SQLite keeps in memory
which locks the process holds: a child born in the middle would believe for ever that it holds them,
too. Nobody waits for the file with this lock in hand, so it is never held for long."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_NO_FORK.acquire,
        after_in_parent=_NO_FORK.release,
        after_in_child=_NO_FORK.release,
    )


@frozen
class _Open:
    """An engine, and the process it belongs to."""

    process: int
    engine: sa.Engine


class Transactions:
    """Runs transactions on one database; safe for threads, and across a fork.

    Args:
        url: As `read_url` returned it.

    Raises:
        ConfigError: The file may be written by everybody.
        MissingExtraError: The PostgreSQL driver is not installed.
    """

    def __init__(self, url: sa.URL) -> None:
        self._url: Final = url
        self._is_sqlite: Final = url.drivername.startswith("sqlite")
        self._left_behind: Final[list[_Open]] = []
        self._open: _Open | None = self._made()
        self._closed = False
        if self._is_sqlite:
            self._demand_private()

    def run(self, name: str, deadline: Deadline, work: Work[T], *, writing: bool = False) -> T:
        """Return what *work* returns, done in one transaction.

        Args:
            name: Name of the source, for errors.
            deadline: When to give up.
            work: May be done again from the start where the database was busy.
            writing: Whether it writes; a transaction that does not never blocks one that does.

        Raises:
            SourceError: The database could not do it in time.
            ClosedError: `close` was called.
        """
        if self._closed:
            raise ClosedError(f"the exchange database of {name}")
        engine = self._engine()
        if not self._is_sqlite:
            once = partial(self._once, name, engine, deadline, work, writing)
            return within(name, deadline, once)
        began = time.monotonic()
        while not deadline.passed and _NO_FORK.acquire(timeout=deadline.remaining):
            try:
                return self._once(name, engine, deadline, work, writing)
            except _BusyError:
                pass
            finally:
                _NO_FORK.release()
            if time.monotonic() - began > _LONGEST_WAIT:
                raise SourceError.of(name, OutageCause.SERVER_FAULT, "busy")
            time.sleep(min(_BUSY_PAUSE, deadline.remaining))
        raise SourceError.of(name, OutageCause.TIMEOUT)

    def close(self) -> None:
        """Close every connection of this process."""
        self._closed = True
        held = self._open
        if held is not None:
            held.engine.dispose(close=held.process == os.getpid())

    def _once(
        self,
        name: str,
        engine: sa.Engine,
        deadline: Deadline,
        work: Work[T],
        writing: bool,  # noqa: FBT001
    ) -> T:
        wait = max(1, int(1000 * min(deadline.remaining, _LONGEST_WAIT)))
        options = {"taxgate_wait": wait, "taxgate_writing": writing}
        try:
            with engine.connect().execution_options(**options) as connection:
                try:
                    with connection.begin():
                        return work(connection)
                finally:
                    if self._closed:
                        # Given up on, and its pool is gone: nobody else would close it.
                        connection.invalidate()
        except sa.exc.SQLAlchemyError as error:
            cause = _cause(error, deadline)
        # Outside the handler: what it caught carries statements and what they were about.
        if cause is None:
            raise _BusyError
        raise SourceError.of(name, cause)

    def _engine(self) -> sa.Engine:
        held = self._open
        if held is None or held.process != os.getpid():
            if held is not None:
                # Kept, never closed: its sockets are the parent's, too.
                self._left_behind.append(held)
                held.engine.dispose(close=False)
            held = self._open = self._made()
        return held.engine

    def _made(self) -> _Open:
        engine = _sqlite_engine(self._url) if self._is_sqlite else _postgresql_engine(self._url)
        return _Open(os.getpid(), engine)

    def _demand_private(self) -> None:
        try:
            mode = Path(str(self._url.database)).stat().st_mode
        except FileNotFoundError:
            raise address_fault(
                "is of a file that does not exist: call create_tables once"
            ) from None
        except OSError as error:
            raise address_fault(f"is of a file that cannot be opened: {error.strerror}") from None
        if not stat.S_ISREG(mode) or mode & stat.S_IWOTH:
            raise address_fault("is of something that is no file, or that everybody may write")


class _BusyError(Exception):
    """SQLite is busy; try again."""


def _quietly() -> dict[str, Any]:
    """Return what keeps SQLAlchemy from logging: at debug level it would print rows."""
    for part in ("engine.Engine", "pool.impl.QueuePool", "pool.impl.NullPool"):
        logging.getLogger(f"sqlalchemy.{part}.{_LOGGER}").setLevel(logging.WARNING)
    return {"hide_parameters": True, "logging_name": _LOGGER, "pool_logging_name": _LOGGER}


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    place = f"file:{quote(str(url.database))}?mode=rw"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            place, uri=True, timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA trusted_schema = OFF")
        except BaseException:
            # What is no database is found out here.
            connection.close()
            raise
        return connection

    # No connection outlives its transaction: one that outlived a fork could destroy the file.
    engine = sa.create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=sa.pool.NullPool, **_quietly()
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        # A transaction that begins to write only later finds the lock taken, and cannot wait.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options["taxgate_writing"] else "BEGIN")

    return engine


def _postgresql_engine(url: sa.URL) -> sa.Engine:
    waits = {
        "application_name": "taxgate",
        "connect_timeout": int(_LONGEST_WAIT),
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": int(2000 * _LONGEST_WAIT),
    }
    if url.password is None:
        # A file that cannot exist: the one in the home folder is not for this program.
        waits["passfile"] = f"{os.devnull}/none"
    try:
        engine = sa.create_engine(
            url,
            connect_args=waits,
            pool_size=8,
            max_overflow=24,
            pool_timeout=_LONGEST_WAIT,
            pool_pre_ping=True,
            **_quietly(),
        )
    except ImportError:
        # The driver is missing, or the C library without which it cannot be imported.
        raise MissingExtraError("postgresql", "the exchange database in PostgreSQL") from None

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        wait = int(connection.get_execution_options()["taxgate_wait"])
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {wait}")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait}")

    return engine


def _cause(error: sa.exc.SQLAlchemyError, deadline: Deadline) -> OutageCause | None:
    """Return why the database did not do it; None where SQLite was busy."""
    origin = getattr(error, "orig", None)
    if isinstance(origin, sqlite3.Error):
        busy = getattr(origin, "sqlite_errorcode", 0) & 0xFF in _BUSY
        return None if busy else OutageCause.SERVER_FAULT
    if isinstance(error, sa.exc.TimeoutError) or deadline.passed:
        return OutageCause.TIMEOUT
    code = getattr(origin, "sqlstate", None)
    if code in _TOO_SLOW:
        return OutageCause.TIMEOUT
    if isinstance(error, sa.exc.OperationalError) and code is None:
        return _connecting(str(origin).lower())
    invalid = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
    return OutageCause.CONNECT_FAILED if invalid else OutageCause.SERVER_FAULT


def _connecting(told: str) -> OutageCause:
    """Return why there is no connection: the driver says so in words only."""
    if "timeout" in told:
        return OutageCause.TIMEOUT
    if "resolve" in told or "translate host" in told:
        return OutageCause.DNS_FAILED
    if "certificate" in told or "ssl" in told:
        return OutageCause.TLS_FAILED
    return OutageCause.CONNECT_FAILED
