"""The one place where a question is repeated, and how long is waited before.

Only what may pass is tried again, at most a few times in all, after a random pause (full jitter) or
the one the bureau asked for, and never beyond the deadline.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Protocol

from attrs import define
from tenacity import RetryCallState, Retrying

from ..sources import Deadline, Sleep, SourceUnavailableError

__all__ = ["Attempt", "Randomness", "http_date", "repeating", "seconds_to_wait"]

_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 2.0
_SECONDS: Final = re.compile(r"[0-9]{1,10}", re.ASCII)


class Randomness(Protocol):
    """What is needed of `random.Random`."""

    def uniform(self, a: float, b: float, /) -> float:
        """Return a number between *a* and *b*."""


@define
class Attempt:
    """What the tries of one question share.

    Attributes:
        deadline: When to give up.
        asked: Whether the present try got as far as asking the bureau.
    """

    deadline: Deadline
    asked: bool = False


def repeating(
    attempts: int, *, retry_after_cap: float, sleep: Sleep, random: Randomness
) -> Retrying:
    """Return what calls a function again; the function's one argument is an `Attempt`.

    Args:
        attempts: Tries in all.
        retry_after_cap: Seconds a pause the bureau asks for may take at most.
        sleep: How to wait.
        random: Where jitter comes from.
    """

    def again(state: RetryCallState) -> bool:
        # A request that could not even be made was refused by somebody who tried several times.
        error = _error(state)
        return isinstance(error, SourceUnavailableError) and _attempt(state).asked

    def pause(state: RetryCallState) -> float:
        error = _error(state)
        wanted = error.outage.retry_after if isinstance(error, SourceUnavailableError) else None
        if wanted is None:
            longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (state.attempt_number - 1))
            wanted = random.uniform(0.0, longest)
        return min(wanted, retry_after_cap, _attempt(state).deadline.remaining)

    def enough(state: RetryCallState) -> bool:
        # A pause that leaves no time to ask afterwards is not worth waiting for.
        spent = state.upcoming_sleep >= _attempt(state).deadline.remaining
        return spent or state.attempt_number >= attempts

    return Retrying(retry=again, wait=pause, stop=enough, sleep=sleep, reraise=True)


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome is not None else None


def _attempt(state: RetryCallState) -> Attempt:
    attempt = state.args[0]
    assert isinstance(attempt, Attempt)  # noqa: S101 - for the type checker: we call it ourselves
    return attempt


def seconds_to_wait(value: str | None, clock: Callable[[], datetime]) -> float | None:
    """Return the seconds a Retry-After header asks to wait; None if it is none (RFC 9110, 10.2.3).

    Args:
        value: The header: seconds, or an instant.
        clock: What an instant is counted from.
    """
    if value is None:
        return None
    if _SECONDS.fullmatch(value.strip()):
        return float(value)
    instant = http_date(value)
    return None if instant is None else max(0.0, (instant - clock()).total_seconds())


def http_date(value: str | None) -> datetime | None:
    """Return the instant a header names; None if it names none (RFC 9110, 5.6.7)."""
    if value is None or not value.strip().endswith("GMT"):
        return None
    try:
        instant = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
