"""Where the log lies: SQLite beside the program, or PostgreSQL for several machines.

Every write is one transaction that holds the whole log: it reads the head, adds to it, and is on
the disk when it returns. What goes wrong in the database becomes a `LogError` without a word of
what the statement was about.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from operator import itemgetter
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import uuid4

from attrs import frozen

from ..database.addresses import read_url
from ..database.alchemy import sa
from ..errors import ConfigError, LogCorruptError, LogError, LogWriteError
from ..secret import Secret
from .entry import Entry, beginning, chained
from .forking import close_before_fork, no_fork
from .keys import Sealed
from .schema import ENTRIES, EVIDENCE, HEADS, META, REQUESTS, SCHEMA, create

__all__ = ["Draft", "Existing", "Outcome", "Store", "read_body"]

WAIT: Final = 5.0
"""Seconds to wait for other writers."""

PAGE: Final = 500
"""Entries read at once."""

_LOCK: Final = 0x7A67_6C6F
"""Number of the lock that writers take in turn on PostgreSQL."""

_LOGGER: Final = "taxgate.log"

# SQLite lets anybody who changes a row change its type as well: read as what it should be.
_SEALED: Final = sa.select(
    EVIDENCE.c.seq, EVIDENCE.c.key_id, sa.cast(EVIDENCE.c.sealed, sa.LargeBinary).label("sealed")
)
_ROWS: Final = sa.select(
    ENTRIES.c.seq, ENTRIES.c.prev, ENTRIES.c.digest, sa.cast(ENTRIES.c.body, sa.Text).label("body")
)


@frozen(kw_only=True)
class Draft:
    """What is to become an entry.

    Attributes:
        body: What it will say.
        sealed: Evidence to lie beside it.
        requests: Tokens of the office, case and matter, under every key, the one in use first;
            empty for what is no decision.
        contents: Tokens of the application, likewise.
        supersede: Whether it is written though there is an earlier decision of the case.
        over: Entry of the one earlier decision it may take the place of; None: of none.
    """

    body: Mapping[str, Any]
    sealed: Sealed | None = None
    requests: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    supersede: bool = False
    over: int | None = None


@frozen
class Existing:
    """The earlier decision of a case, which is why a draft was not written.

    Attributes:
        seq: Its entry.
        same: Whether it was made on the same application.
    """

    seq: int
    same: bool


Outcome = Entry | Existing
"""What became of a draft."""


class Store:
    """A log in a database; safe for threads and processes, and across a fork.

    Args:
        url: `sqlite:////absolute/path.sqlite3`, or `postgresql://user@host/database`.
        password: For PostgreSQL.
        patience: Seconds to wait for other writers.

    Raises:
        ConfigError: The URL cannot be used, there is no log, or it has another shape.
        LogCorruptError: It is no database, or a damaged one.
    """

    def __init__(self, url: str, *, password: Secret | None = None, patience: float = WAIT) -> None:
        self._patience: Final = patience
        self._url: Final = read_url(url, password)
        self._is_sqlite: Final = self._url.drivername.startswith("sqlite")
        self._begin()
        if self._is_sqlite:
            close_before_fork(self)
        try:
            self.log_id: Final = self._opened()
        except BaseException:
            self._engine.dispose()
            raise

    @classmethod
    def create(cls, url: str, *, password: Secret | None = None) -> Store:
        """Make a new log and return it.

        Raises:
            ConfigError: The URL cannot be used, or there is a log already.
            LogWriteError: It could not be made.
        """
        place = read_url(url, password)
        if place.drivername.startswith("sqlite"):
            _new_file(Path(str(place.database)))
        engine = _engine(place, WAIT)
        try:
            options = {"taxgate_writing": True}
            with engine.connect().execution_options(**options) as connection, connection.begin():
                if sa.inspect(connection).has_table(META.name):
                    raise ConfigError((("url", "holds a log already"),))
                create(connection, uuid4().hex)
        except sa.exc.SQLAlchemyError as error:
            raise _told(error, writing=True) from None
        finally:
            engine.dispose()
        return cls(url, password=password)

    # Writing --------------------------------------------------------------------------------------

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Write *drafts* in one transaction, durably, and return what became of each.

        Raises:
            LogWriteError: Nothing of them is written, as far as can be known.
            LogCorruptError: The database is damaged.
        """
        with self._connected(writing=True) as connection:
            return self._written(connection, drafts)

    def _written(self, connection: sa.Connection, drafts: Sequence[Draft]) -> list[Outcome]:
        seq, prev = self._end(connection)
        earlier = _Requests(connection, drafts)
        outcomes: list[Outcome] = []
        for draft in drafts:
            found = earlier.of(draft)
            if found is not None and not draft.supersede and found[1] != draft.over:
                outcomes.append(Existing(found[1], found[0] in draft.contents))
                continue
            body = draft.body if found is None else {**draft.body, "supersedes": found[1]}
            entry = chained(seq + 1, prev, body)
            seq, prev = entry.seq, entry.digest
            earlier.note(draft, seq)
            outcomes.append(entry)
        pairs = [
            (entry, draft)
            for entry, draft in zip(outcomes, drafts, strict=True)
            if isinstance(entry, Entry)
        ]
        if pairs:
            connection.execute(ENTRIES.insert(), [_row(entry) for entry, _ in pairs])
        evidence = [
            {"seq": entry.seq, "key_id": draft.sealed.key_id, "sealed": draft.sealed.data}
            for entry, draft in pairs
            if draft.sealed is not None
        ]
        if evidence:
            connection.execute(EVIDENCE.insert(), evidence)
        earlier.write(connection)
        return outcomes

    def erase(self, seqs: Sequence[int], draft: Draft) -> Entry:
        """Erase the evidence of *seqs*, and write in the same transaction that it was erased.

        Raises:
            LogWriteError: Nothing was erased.
        """
        with self._connected(writing=True) as connection:
            for first in range(0, len(seqs), PAGE):
                # A statement takes no more than some ten thousand numbers.
                some = list(seqs[first : first + PAGE])
                connection.execute(EVIDENCE.delete().where(EVIDENCE.c.seq.in_(some)))
            (entry,) = self._written(connection, [draft])
        assert isinstance(entry, Entry)  # noqa: S101 - such a draft has no request
        return entry

    # Reading --------------------------------------------------------------------------------------

    def head(self) -> Entry | None:
        """Return the last entry, or None."""
        with self._connected(writing=False) as connection:
            return self._head(connection)

    def entry(self, seq: int) -> Entry | None:
        """Return the entry with that number, or None."""
        with self._connected(writing=False) as connection:
            row = connection.execute(_ROWS.where(ENTRIES.c.seq == seq)).first()
        return None if row is None else _entry(row)

    def bounds(self) -> tuple[int, int]:
        """Return the least number of an entry or of evidence, and the greatest of an entry.

        Of an empty log they are 1 and 0.
        """
        asked = sa.select(
            sa.select(sa.func.min(ENTRIES.c.seq)).scalar_subquery(),
            sa.select(sa.func.min(EVIDENCE.c.seq)).scalar_subquery(),
            sa.select(sa.func.max(ENTRIES.c.seq)).scalar_subquery(),
        )
        with self._connected(writing=False) as connection:
            entry, evidence, last = connection.execute(asked).one()
        return min([1, *(seq for seq in (entry, evidence) if seq is not None)]), last or 0

    def rows(self, after: int = 0) -> Iterator[tuple[int, str, str, str]]:
        """Yield number, predecessor, digest and spelled body of each entry, as stored, in order.

        A few hundred at a time, so that a log of any length can be read.

        Args:
            after: Number to begin after.
        """
        while True:
            with self._connected(writing=False) as connection:
                page = connection.execute(
                    _ROWS.where(ENTRIES.c.seq > after).order_by(ENTRIES.c.seq).limit(PAGE)
                ).all()
            for row in page:
                yield row.seq, row.prev, row.digest, row.body
            if len(page) < PAGE:
                return
            after = page[-1].seq

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield each entry, in order.

        Raises:
            LogCorruptError: A body is no JSON.
        """
        for seq, prev, digest, text in self.rows(after):
            yield Entry(seq=seq, prev=prev, digest=digest, text=text, body=read_body(seq, text))

    def sealed(self, seq: int) -> Sealed | None:
        """Return the sealed evidence of an entry; None where it has none, or it was erased."""
        with self._connected(writing=False) as connection:
            row = connection.execute(_SEALED.where(EVIDENCE.c.seq == seq)).first()
        return None if row is None else Sealed(row.key_id, bytes(row.sealed))

    def sealed_digests(self) -> Iterator[tuple[int, str]]:
        """Yield number and digest of all sealed evidence, in the order of the entries."""
        after = 0
        while True:
            with self._connected(writing=False) as connection:
                page = connection.execute(
                    _SEALED.where(EVIDENCE.c.seq > after).order_by(EVIDENCE.c.seq).limit(PAGE)
                ).all()
            for row in page:
                yield row.seq, Sealed(row.key_id, bytes(row.sealed)).digest
            if len(page) < PAGE:
                return
            after = page[-1].seq

    def requests(self) -> Iterator[tuple[str, str, int]]:
        """Yield the latest decision of each case: token, token of the application, and entry."""
        after = ""
        while True:
            with self._connected(writing=False) as connection:
                page = connection.execute(
                    sa.select(REQUESTS)
                    .where(REQUESTS.c.token > after)
                    .order_by(REQUESTS.c.token)
                    .limit(PAGE)
                ).all()
            for row in page:
                yield row.token, row.content, row.seq
            if len(page) < PAGE:
                return
            after = page[-1].token

    def with_evidence(self) -> list[int]:
        """Return the numbers of all entries whose evidence is still there, in order."""
        with self._connected(writing=False) as connection:
            asked = sa.select(EVIDENCE.c.seq).order_by(EVIDENCE.c.seq)
            return list(connection.execute(asked).scalars())

    def keep_head(self, seq: int, head: Mapping[str, Any]) -> None:
        """Keep a signed head, of this log or of another, as the plain value it is.

        Raises:
            LogWriteError: It could not be kept.
        """
        with self._connected(writing=True) as connection:
            connection.execute(
                HEADS.insert().values(
                    log_id=str(head["log_id"]), seq=seq, head=json.dumps(head, sort_keys=True)
                )
            )

    def heads(self, log_id: str) -> Iterator[Any]:
        """Yield every head of the log *log_id* that is kept here, as a plain value.

        Raises:
            LogCorruptError: One of them is no JSON.
        """
        with self._connected(writing=False) as connection:
            asked = sa.select(HEADS.c.head).where(HEADS.c.log_id == log_id)
            kept = connection.execute(asked.order_by(HEADS.c.seq, HEADS.c.id)).scalars().all()
        for text in kept:
            try:
                yield json.loads(text)
            except ValueError:
                raise LogCorruptError("a stored head is no JSON") from None

    def find(self, requests: Sequence[str], contents: Sequence[str]) -> Existing | None:
        """Return the latest decision of an office, case and matter, or None.

        Args:
            requests: Its tokens under every key.
            contents: Tokens of the application under every key.
        """
        # A process that does not have the newest key yet may have left one under an older key.
        asked = sa.select(REQUESTS).where(REQUESTS.c.token.in_(list(requests)))
        asked = asked.order_by(REQUESTS.c.seq.desc()).limit(1)
        with self._connected(writing=False) as connection:
            found = connection.execute(asked).first()
        return None if found is None else Existing(found.seq, found.content in contents)

    def checkpoint(self) -> None:
        """Bring everything into SQLite's one file, as before copying it; elsewhere do nothing.

        Raises:
            LogError: It could not be done.
        """
        if self._is_sqlite:
            with self._engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None  # noqa: S101 - it was connected just now
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection of this process."""
        self._engine.dispose(close=self._pid == os.getpid())

    # Inside ---------------------------------------------------------------------------------------

    def let_go(self) -> None:
        """Close every connection; the next transaction opens another."""
        self._engine.dispose()

    def _begin(self) -> None:
        self._engine = _engine(self._url, self._patience)
        # Last: whoever finds this process noted down takes what was made for it.
        self._pid = os.getpid()

    def _opened(self) -> str:
        try:
            with self._connected(writing=False) as connection:
                found = dict(connection.execute(sa.select(META.c.name, META.c.value)).all())
        except LogCorruptError:
            raise
        except LogError as error:
            raise ConfigError((("url", f"cannot be opened: {error.problem}"),)) from None
        if found.get("schema") != str(SCHEMA):
            raise ConfigError(
                (("url", f"holds a log of shape {found.get('schema')}; this needs {SCHEMA}"),)
            )
        return str(found["log_id"])

    @contextmanager
    def _connected(self, *, writing: bool) -> Iterator[sa.Connection]:
        """Give a connection inside a transaction, which is committed at the end."""
        if self._pid != os.getpid():
            # Sockets of the parent are its own; nothing of SQLite is open here.
            self._engine.dispose(close=False)
            self._begin()
        guard = no_fork() if self._is_sqlite else nullcontext()
        options = {"taxgate_writing": writing}
        try:
            with (
                guard,
                self._engine.connect().execution_options(**options) as connection,
                connection.begin(),
            ):
                if writing and not self._is_sqlite:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                yield connection
        except sa.exc.SQLAlchemyError as error:
            told = _told(error, writing=writing)
            # A connection that failed may hold pages that are not what is on the disk.
            self._engine.dispose()
        else:
            return
        # Outside the handler: what it caught carries statements and what they were about.
        raise told

    def _head(self, connection: sa.Connection) -> Entry | None:
        row = connection.execute(_ROWS.order_by(ENTRIES.c.seq.desc()).limit(1)).first()
        return None if row is None else _entry(row)

    def _end(self, connection: sa.Connection) -> tuple[int, str]:
        """Return number and digest of the last entry."""
        asked = sa.select(ENTRIES.c.seq, ENTRIES.c.digest).order_by(ENTRIES.c.seq.desc()).limit(1)
        row = connection.execute(asked).first()
        return (0, beginning(self.log_id)) if row is None else (row.seq, row.digest)


class _Requests:
    """The latest decisions of the cases some drafts are about, and what becomes of them."""

    def __init__(self, connection: sa.Connection, drafts: Sequence[Draft]) -> None:
        tokens = [token for draft in drafts for token in draft.requests]
        self._known: Final[dict[str, tuple[str, int]]] = {}
        self._gone: Final[set[str]] = set()
        self._new: Final[dict[str, tuple[str, int]]] = {}
        if tokens:
            asked = sa.select(REQUESTS).where(REQUESTS.c.token.in_(tokens))
            for row in connection.execute(asked):
                self._known[row.token] = (row.content, row.seq)

    def of(self, draft: Draft) -> tuple[str, int] | None:
        """Return content and entry of the latest decision of the draft's case, or None."""
        found = [self._known[token] for token in draft.requests if token in self._known]
        return max(found, key=itemgetter(1), default=None)

    def note(self, draft: Draft, seq: int) -> None:
        """Make the entry *seq* the latest decision of the draft's case."""
        if not draft.requests:
            return
        for token in draft.requests:
            if self._known.pop(token, None) is not None:
                self._gone.add(token)
        token = draft.requests[0]
        self._known[token] = self._new[token] = (draft.contents[0], seq)

    def write(self, connection: sa.Connection) -> None:
        """Write what was noted."""
        if self._gone:
            connection.execute(REQUESTS.delete().where(REQUESTS.c.token.in_(self._gone)))
        if self._new:
            rows = [
                {"token": token, "content": content, "seq": seq}
                for token, (content, seq) in self._new.items()
            ]
            connection.execute(REQUESTS.insert(), rows)


def _row(entry: Entry) -> dict[str, Any]:
    return {"seq": entry.seq, "prev": entry.prev, "digest": entry.digest, "body": entry.text}


def _entry(row: Any) -> Entry:  # noqa: ANN401 - a row of the extra
    body = read_body(row.seq, row.body)
    return Entry(seq=row.seq, prev=row.prev, digest=row.digest, text=row.body, body=body)


def read_body(seq: int, text: str) -> Mapping[str, Any]:
    """Return what the entry *seq* says, spelled as *text*.

    Raises:
        LogCorruptError: It is no JSON object.
    """
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = None
    if isinstance(body, dict):
        return body
    raise LogCorruptError(f"entry {seq} is no JSON object")


def _new_file(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise ConfigError((("url", "is of a file that exists already"),)) from None
    except OSError as error:
        raise LogWriteError(f"the file cannot be made: {error.strerror}") from None


def _told(error: Exception, *, writing: bool) -> LogError:
    """Return the error of the log behind one of the database."""
    cause = getattr(error, "orig", None)
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    what = code or type(cause or error).__name__
    text = str(cause)
    if (
        (code is not None and code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX00")))
        or "malformed" in text
        or "Could not decode" in text
        or "not a database" in text
    ):
        return LogCorruptError(f"the database is damaged ({what}): restore it from a copy")
    if writing:
        return LogWriteError(f"nothing was written ({what})")
    return LogError(f"it cannot be read ({what})")


def _engine(url: sa.URL, patience: float) -> sa.Engine:
    quiet = {"hide_parameters": True, "logging_name": _LOGGER, "pool_logging_name": _LOGGER}
    for part in ("engine.Engine", "pool.impl.QueuePool"):
        logging.getLogger(f"sqlalchemy.{part}.{_LOGGER}").setLevel(logging.WARNING)
    if not url.drivername.startswith("sqlite"):
        # What a role or a database may have set otherwise: a commit that does not wait for the
        # disk loses what was acknowledged, and under another isolation whoever waited for the lock
        # would still see the head as it was before.
        waits = f"-c lock_timeout={int(patience * 1000)} -c synchronous_commit=on"
        options = {
            "application_name": "taxgate",
            "options": waits,
            "connect_timeout": max(2, int(patience)),
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": int(2000 * patience),
        }
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            connect_args=options,
            **quiet,
        )
    place = f"file:{quote(str(url.database))}?mode=rw"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            place, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA trusted_schema = OFF")
        except BaseException:
            # What is no database is found out here.
            connection.close()
            raise
        return connection

    engine = sa.create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=sa.pool.QueuePool, **quiet
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A transaction that begins to write only later finds the lock taken, and cannot wait.
        writing = connection.get_execution_options().get("taxgate_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
