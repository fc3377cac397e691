"""Tables of the log in a database, and the version of their shape."""

from __future__ import annotations

from typing import Any, Final

from ..database.alchemy import sa

__all__ = ["ENTRIES", "EVIDENCE", "HEADS", "META", "REQUESTS", "SCHEMA", "create"]

SCHEMA: Final = 1
"""Version of these tables."""

METADATA: Final = sa.MetaData()

# On SQLite an INTEGER key is the row's own number, and needs no index beside the table.
_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

META: Final = sa.Table(
    "taxgate_log_meta",
    METADATA,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.String(64), nullable=False),
)
"""`schema` and `log_id`."""

ENTRIES: Final = sa.Table(
    "taxgate_log_entries",
    METADATA,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    sa.Column("prev", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
"""The chain. `body` is in its canonical spelling; everything else can be worked out from it."""

EVIDENCE: Final = sa.Table(
    "taxgate_log_evidence",
    METADATA,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    sa.Column("key_id", sa.String(32), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
"""Sealed evidence by the entry it belongs to; rows may be erased."""

REQUESTS: Final = sa.Table(
    "taxgate_log_requests",
    METADATA,
    sa.Column("token", sa.String(100), primary_key=True),
    sa.Column("content", sa.String(100), nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""The latest decision of each office, case and matter; can be made anew from the entries."""

HEADS: Final = sa.Table(
    "taxgate_log_heads",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("log_id", sa.String(64), nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("head", sa.Text, nullable=False),
    sa.Index("taxgate_log_heads_by_log", "log_id", "seq"),
)
"""Signed heads, of this log and of others it is a witness for."""


def create(connection: Any, log_id: str) -> None:  # noqa: ANN401 - a connection of the extra
    """Make the tables of a new log."""
    METADATA.create_all(connection)
    connection.execute(
        META.insert(),
        [{"name": "schema", "value": str(SCHEMA)}, {"name": "log_id", "value": log_id}],
    )
