"""What the exchange database and the decision log share: SQLAlchemy Core, and where databases are.

Needs the extra `database`; `import taxgate` does not load this package.
"""

from __future__ import annotations

from ..errors import MissingExtraError

try:
    import sqlalchemy as sa
except ModuleNotFoundError:
    raise MissingExtraError("database", "a database") from None

__all__ = ["sa"]
