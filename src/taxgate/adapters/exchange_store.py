"""The exchange database (前置机) as office and bureau open it: made once, checked at each start."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from ..database.addresses import read_url
from ..database.alchemy import sa
from ..errors import ConfigError
from ..evidence import OutageCause
from ..secret import Secret
from ..sources import Deadline, SourceError
from .exchange_connection import Transactions, Work
from .exchange_tables import ANSWER, PUSH, REQUEST, SCHEMA, SCHEMA_VERSION, TABLES, State

__all__ = ["ExchangeDatabase", "create_tables"]

T = TypeVar("T")

_LOG: Final = logging.getLogger("taxgate.adapters.exchange_store")
_NAME: Final = "exchange-database"
_AT_START: Final = 5.0
"""Seconds to wait for the database at start."""


def create_tables(url: str, *, password: Secret | None = None) -> None:
    """Create the tables in the database at *url*; those that are there stay as they are.

    A SQLite file is made for this user alone: give the bureau's side its access yourself.

    Raises:
        ConfigError: The URL cannot be used, or there are tables of another version.
        SourceError: The database cannot be reached.
    """
    address = read_url(url, password)
    is_sqlite = address.drivername.startswith("sqlite")
    if is_sqlite:
        try:
            os.close(os.open(Path(str(address.database)), os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise ConfigError((("url", f"cannot be made: {error.strerror}"),)) from None
    transactions = Transactions(address)
    deadline = Deadline(_AT_START)
    try:
        if is_sqlite:
            transactions.run(_NAME, deadline, _write_ahead)
        transactions.run(_NAME, deadline, _create, writing=True)
        _judge(transactions.run(_NAME, deadline, _version))
    finally:
        transactions.close()


class ExchangeDatabase:
    """A database that office and bureau share (前置机数据库).

    Safe for threads, and across a fork: a child opens connections of its own. No connection to
    SQLite is kept between two transactions.

    Args:
        url: `sqlite:////absolute/path` or `postgresql://user@host/name`, without a password. A
            PostgreSQL server on another machine has to prove its name with a certificate
            (`sslmode=verify-full`, no weaker one is taken); `?sslrootcert=` and its like name the
            files.
        password: Password for PostgreSQL.

    Raises:
        ConfigError: The URL is of another kind, the file lies on a network file system or may be
            written by everybody, or the tables are missing, newer or older than this code. A
            database that cannot be reached now is no fault of the configuration: its tables are
            looked at once it can be.
        MissingExtraError: The PostgreSQL driver is not installed.
    """

    def __init__(self, url: str, *, password: Secret | None = None) -> None:
        self._transactions: Final = Transactions(read_url(url, password))
        self._known = False
        try:
            self._know(_NAME, Deadline(_AT_START))
        except SourceError as error:
            _LOG.warning("the exchange database cannot be reached yet: %s", error.outage.cause)
        except ConfigError:
            self.close()
            raise

    def run(self, name: str, deadline: Deadline, work: Work[T], *, writing: bool = False) -> T:
        """Return what *work* returns, done in one transaction; see `Transactions.run`.

        Raises:
            SourceError: The database could not do it in time, or could not be reached at start and
                has come back with tables this code does not know.
            ClosedError: `close` was called.
        """
        try:
            self._know(name, deadline)
        except ConfigError as error:
            _LOG.error("the exchange database cannot be used: %s", error)
            raise SourceError.of(name, OutageCause.SERVER_FAULT, "unknown tables") from None
        return self._transactions.run(name, deadline, work, writing=writing)

    def late_answers(self, now: datetime) -> tuple[str, ...]:
        """Return the ids of requests whose answer came when nobody waited any longer.

        Such answers are kept for whoever looks into it, and never used.

        Args:
            now: The present instant; answers to requests that have not expired may yet be read.

        Raises:
            SourceError: The database cannot be reached.
        """
        late = (
            sa.select(ANSWER.c.request_id)
            .join(REQUEST)
            .where(REQUEST.c.state != State.READ, REQUEST.c.expires_at <= now)
            .order_by(ANSWER.c.written_at)
        )
        return self.run(_NAME, Deadline(_AT_START), lambda on: tuple(on.scalars(late)))

    def purge(self, before: datetime) -> int:
        """Delete every request that expired before *before*, with its answer, and old pushes.

        Rows hold personal data (个人信息) in clear and serve nothing once the case is decided.

        Returns:
            How many requests were deleted.

        Raises:
            SourceError: The database cannot be reached.
        """

        def work(on: sa.Connection) -> int:
            on.execute(sa.delete(PUSH).where(PUSH.c.written_at < before))
            return on.execute(sa.delete(REQUEST).where(REQUEST.c.expires_at < before)).rowcount

        return self.run(_NAME, Deadline(_AT_START), work, writing=True)

    def close(self) -> None:
        """Close every connection of this process."""
        self._transactions.close()

    def _know(self, name: str, deadline: Deadline) -> None:
        if not self._known:
            _judge(self._transactions.run(name, deadline, _version))
            self._known = True


def _write_ahead(on: sa.Connection) -> None:
    # Outside any transaction: the mode of the journal cannot be changed within one.
    on.exec_driver_sql("COMMIT")
    on.exec_driver_sql("PRAGMA journal_mode = WAL")
    on.exec_driver_sql("BEGIN")


def _create(on: sa.Connection) -> None:
    TABLES.create_all(on)
    if on.scalar(sa.select(SCHEMA.c.version)) is None:
        on.execute(sa.insert(SCHEMA).values(version=SCHEMA_VERSION))


def _version(on: sa.Connection) -> tuple[int, ...]:
    """Return the version of the tables: none at all, one, or several."""
    if not sa.inspect(on).has_table(SCHEMA.name):
        return ()
    return tuple(on.scalars(sa.select(SCHEMA.c.version)))


def _judge(versions: tuple[int, ...]) -> None:
    if versions == (SCHEMA_VERSION,):
        return
    if not versions:
        problem = "is of a database without the exchange tables: call create_tables once"
    elif max(versions) > SCHEMA_VERSION:
        problem = "is of a database whose tables are newer: install the newer release"
    else:
        problem = "is of a database whose tables are older: make a new one with create_tables"
    raise ConfigError((("url", problem),))
