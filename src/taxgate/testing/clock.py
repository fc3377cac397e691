"""A clock that stands still until it is moved (测试时钟)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ..evidence import CHINA

__all__ = ["START", "StandingClock"]

START: Final = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
"""What a new clock shows: a Monday morning in China."""


class StandingClock:
    """Shows one instant; fit to be the `clock` of a gate or a source.

    Args:
        now: What it shows.
    """

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the instant it shows."""
        return self.now

    def move(self, by: timedelta) -> None:
        """Move it forward, or back."""
        self.now += by

    def __repr__(self) -> str:
        return f"StandingClock({self.now.isoformat()})"
