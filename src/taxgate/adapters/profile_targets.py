"""Which fields a record has (记录字段), for profiles that fill them by name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, get_args

import attrs

from ..identifiers import Identifier
from ..wire.case import on_the_wire
from .profile import Form

__all__ = ["form_of", "target_of"]


def target_of(kind: Any, name: str) -> Any:  # noqa: ANN401
    """Return the type of the field *name* of a record, or None where there is none."""
    for part in name.split("."):
        if not _has_fields(kind):
            return None
        fields = {item.name: item for item in attrs.fields(attrs.resolve_types(kind))}
        item = fields.get(part)
        if item is None or not on_the_wire(item):
            return None
        kind = _bare(item.type)
    return None if _has_fields(kind) or _is_list(kind) else kind


def _has_fields(kind: Any) -> bool:  # noqa: ANN401
    # An identifier is a class with a field, and one text in a document.
    return isinstance(kind, type) and attrs.has(kind) and not issubclass(kind, Identifier)


def _bare(kind: Any) -> Any:  # noqa: ANN401
    """Return *kind* without None; the two kinds of frame number are a text."""
    members = [part for part in get_args(kind) if part is not NoneType]
    if not members or _is_list(kind):
        return kind
    return members[0] if len(members) == 1 else str


def _is_list(kind: Any) -> bool:  # noqa: ANN401
    return getattr(kind, "__origin__", None) is tuple


def form_of(kind: Any) -> Form:  # noqa: ANN401
    """Return what a value of a reply is made into, for a field of this type."""
    if issubclass(kind, StrEnum):
        return Form.CODE
    return {bool: Form.FLAG, int: Form.WHOLE, date: Form.DAY, Decimal: Form.AMOUNT}.get(
        kind, Form.TEXT
    )
