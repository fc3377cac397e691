"""The revision of the law (法规版本) that this copy of taxgate decides by: a digest of every table.

Two copies with one revision decide alike on the same facts: it covers columns, conditions,
conclusions, readings, codes and citations with their windows. Wording is left out.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import Any

from .export import tables
from .law import Provision
from .tables import Row, Table

__all__ = ["law_revision"]


@cache
def law_revision() -> str:
    """Return the revision, as the first 16 hexadecimal digits of a SHA-256."""
    content = [_table(table) for table in tables().values()]
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()[:16]


def _table(table: Table[Any]) -> dict[str, Any]:
    columns = {name: [str(member) for member in members] for name, members in table.columns.items()}
    return {
        "name": table.name,
        "columns": columns,
        "rows": [_row(row) for row in table.rows],
    }


def _row(row: Row[Any]) -> dict[str, Any]:
    return {
        "ids": row.ids,
        "when": {name: sorted(map(str, members)) for name, members in row.when.items()},
        "then": None if row.then is None else str(row.then),
        "code": row.code,
        "cites": [_provision(provision) for provision in row.cites],
        "step": str(row.step),
        "to": [str(addressee) for addressee in row.to],
        "retryable": row.retryable,
        "flags": [str(flag) for flag in row.flags],
        "under": None if row.under is None else [str(part) for part in row.under],
    }


def _provision(provision: Provision) -> list[str | None]:
    until = None if provision.until is None else provision.until.isoformat()
    return [provision.id, provision.place, provision.since.isoformat(), until]
