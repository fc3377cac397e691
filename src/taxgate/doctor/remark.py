"""What the doctor has to say (检查结果): one remark for each thing looked at."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from ..wording import Text

__all__ = ["Level", "Remark"]


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """It works; somebody should know, or decide."""
    FAULT = "fault"
    """Answers will be missing or must not be relied on until it is put right."""


@frozen(kw_only=True)
class Remark:
    """One thing looked at.

    Attributes:
        level: How bad it is.
        name: What was looked at, kebab-case: public, never reused for another meaning.
        place: Where in the configuration, such as `sources.bureau`, or the path of a file.
        told: What was found.
        remedy: What to do about it; null where nothing need be done.
    """

    level: Level
    name: str
    place: str
    told: Text
    remedy: Text | None = None
