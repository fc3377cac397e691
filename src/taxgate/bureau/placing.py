"""Where a value lies (位置): paths of a profile followed the other way, to put something there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ..adapters.profile import Path

__all__ = ["MISSING", "found", "put", "removed"]

MISSING: Final = object()
"""Stands where nothing lies."""


def found(level: Any, names: Sequence[str]) -> Any:  # noqa: ANN401 - any JSON value
    """Return what lies inside *level* under *names*, one inside the other."""
    for name in names:
        if not isinstance(level, dict) or name not in level:
            return MISSING
        level = level[name]
    return level


def put(root: dict[str, Any], level: dict[str, Any], path: Path, value: Any) -> None:  # noqa: ANN401
    """Put *value* at *path*, and the objects around it where they are not there yet."""
    *outside, last = path.names
    inside = root if path.from_root else level
    for name in outside:
        inside = inside.setdefault(name, {})
    inside[last] = value


def removed(level: dict[str, Any], names: Sequence[str]) -> None:
    """Take away what lies inside *level* under *names*."""
    *outside, last = names
    inside = found(level, outside)
    if isinstance(inside, dict):
        inside.pop(last, None)
