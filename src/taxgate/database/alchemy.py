"""SQLAlchemy Core, or an error that names the extra."""

from __future__ import annotations

from ..errors import MissingExtraError

try:
    import sqlalchemy as sa
except ModuleNotFoundError:
    raise MissingExtraError("database", "a database") from None

__all__ = ["sa"]
