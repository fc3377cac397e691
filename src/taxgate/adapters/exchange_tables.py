"""Tables of the exchange database (前置机), through which office and tax bureau talk.

    exchange_schema     one row: the version of these tables
    exchange_request    what the office asks; the bureau's side leases a row while it works on it
    exchange_answer     what the bureau answers; at most one row for each request, for ever
    exchange_push       what the bureau reports unasked: a reason to ask, never an answer

Texts of questions and records are JSON as on the wire. They hold identifiers in clear: the database
is part of the register, and its rows are to be purged once they have served.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from ..database.alchemy import sa

__all__ = ["ANSWER", "PUSH", "REQUEST", "SCHEMA", "SCHEMA_VERSION", "TABLES", "State"]

SCHEMA_VERSION: Final = 1
"""Version of the tables this code reads and writes; no other one."""


class State(StrEnum):
    """How far a request has come (请求状态)."""

    WAITING = "waiting"
    """Not answered: nobody holds it, or somebody has leased it."""
    ANSWERED = "answered"
    READ = "read"
    """The office has taken the answer, to use or to refuse it."""
    DEAD = "dead"
    """Nobody will work on it again: it failed too often, or cannot be read."""


class _Instant(sa.types.TypeDecorator[datetime]):
    """An instant: a timestamp with time zone, or text of fixed width in UTC where there is none."""

    impl = sa.String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.DateTime(timezone=True))
        return dialect.type_descriptor(sa.String(27))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:  # noqa: ANN401
        if value is None or dialect.name == "postgresql":
            return value
        # All of one width and one offset, so that text sorts as time does.
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> datetime | None:  # noqa: ANN401
        return datetime.fromisoformat(value) if isinstance(value, str) else value


TABLES: Final = sa.MetaData()

SCHEMA: Final = sa.Table(
    "exchange_schema",
    TABLES,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
)

REQUEST: Final = sa.Table(
    "exchange_request",
    TABLES,
    sa.Column("request_id", sa.String(32), primary_key=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("office", sa.String(64)),
    sa.Column("case_no", sa.String(64)),
    sa.Column("provision", sa.String(64)),
    sa.Column("asked_at", _Instant, nullable=False),
    sa.Column("expires_at", _Instant, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("leases", sa.Integer, nullable=False),
    sa.Column("lease_holder", sa.String(128)),
    sa.Column("lease_until", _Instant),
    sa.Column("remark", sa.String(64)),
    sa.Index("exchange_request_waiting", "state", "asked_at"),
)

ANSWER: Final = sa.Table(
    "exchange_answer",
    TABLES,
    sa.Column(
        "request_id",
        sa.ForeignKey(REQUEST.c.request_id, ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("as_of", sa.Text),
    sa.Column("records", sa.Text),
    sa.Column("outage", sa.String(64)),
    sa.Column("provenance", sa.String(16), nullable=False),
    sa.Column("reservations", sa.Text, nullable=False),
    sa.Column("consultation_id", sa.Text),
    sa.Column("seal", sa.String(64), nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("written_at", _Instant, nullable=False),
)

PUSH: Final = sa.Table(
    "exchange_push",
    TABLES,
    sa.Column("push_id", sa.Integer, primary_key=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("written_at", _Instant, nullable=False),
)
