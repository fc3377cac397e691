"""No more questions than the bureau allows (限流): so many calls in any so many seconds.

Some bureaus cut an office off that asks too fast. A question waits for its turn as long as its
deadline permits; where it does not, it is told at once when to come back.

The count is kept by pyrate-limiter's window log, which is handed the time of each call: its own
`Limiter` would bring a thread, and sleep past a deadline.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from ..config import Settings
from ..errors import ConfigError, MissingExtraError
from ..evidence import Answer, Inquiry, OutageCause, Provenance
from ..sources import ClearanceSource, Deadline, Monotonic, Sleep, SourceError, ask
from .combining import close_all, forget_all, name_of, weakest
from .forking import PerProcess

__all__ = ["RateLimitedSource", "from_settings"]

MOST_CALLS: Final = 10_000
"""Calls one window may hold."""

LONGEST: Final = 86_400.0
"""Seconds a window may last: a day."""

_MILLISECONDS: Final = 1000


class _Window(Protocol):
    """Says how many milliseconds a call at that time has to wait; 0 enters it."""

    def __call__(self, now: int, /) -> int:
        """Return the milliseconds to wait."""


class _State:
    """What threads share."""

    __slots__ = ("lock", "window")

    def __init__(self, window: _Window) -> None:
        self.lock: Final = threading.Lock()
        self.window: Final = window


class RateLimitedSource:
    """Asks another source no more often than allowed, counted in this process.

    Several processes need a share of the allowance each.

    Args:
        of: The source that is asked.
        calls: How many questions may be put...
        seconds: ...within any span of so many seconds, in steps of a millisecond.
        monotonic: Clock that counts them.
        sleep: How a question waits for its turn.

    Raises:
        ConfigError: A number is out of bounds.
        MissingExtraError: pyrate-limiter is not installed.
    """

    def __init__(
        self,
        of: ClearanceSource,
        *,
        calls: int,
        seconds: float = 1.0,
        monotonic: Monotonic = time.monotonic,
        sleep: Sleep = time.sleep,
    ) -> None:
        faults = []
        if not 1 <= calls <= MOST_CALLS:
            faults.append(("calls", f"must lie between 1 and {MOST_CALLS}"))
        if not 1 / _MILLISECONDS <= seconds <= LONGEST:
            faults.append(("seconds", f"must lie between 0.001 and {LONGEST:.0f}"))
        if faults:
            raise ConfigError(tuple(faults))
        self._of: Final = of
        self._monotonic: Final = monotonic
        self._sleep: Final = sleep
        self.name: Final = name_of(of)
        make = _maker(calls, round(seconds * _MILLISECONDS))
        self._state: Final = PerProcess(lambda: _State(make()))

    @property
    def provenance(self) -> Provenance:
        """That of the source asked."""
        return weakest((self._of,))

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Return the answer to *inquiry*, once it is its turn.

        Raises:
            SourceError: There is no usable answer; or its turn would come after the deadline, and
                `retry_after` says when.
        """
        while True:
            if deadline.passed:
                raise SourceError.of(self.name, OutageCause.TIMEOUT, "waited for its turn")
            wait = self._wait()
            if wait <= 0:
                return ask(self._of, inquiry, deadline)
            if wait >= deadline.remaining:
                raise SourceError.of(
                    self.name, OutageCause.RATE_LIMITED, "this office's own limit", wait
                )
            self._sleep(wait)

    def forget(self, inquiry: Inquiry) -> None:
        """Drop what a source inside keeps on *inquiry*."""
        forget_all((self._of,), inquiry)

    def close(self) -> None:
        """Close the source inside."""
        close_all((self._of,))

    def _wait(self) -> float:
        """Return the seconds to wait; 0 where the call is entered."""
        state = self._state.get()
        # The time is read under the lock: the log has to be in order.
        with state.lock:
            return state.window(int(self._monotonic() * _MILLISECONDS)) / _MILLISECONDS


def _maker(calls: int, milliseconds: int) -> Callable[[], _Window]:
    try:
        from pyrate_limiter import (  # noqa: PLC0415 - an extra, loaded when first needed
            InMemoryBucket,
            Rate,
            RateItem,
        )
    except ImportError as error:
        raise MissingExtraError("resilience", "RateLimitedSource") from error

    def make() -> _Window:
        bucket = InMemoryBucket([Rate(calls, milliseconds)])

        def window(now: int, /) -> int:
            bucket.leak(now)
            item = RateItem("call", now)
            if bucket.put(item):
                return 0
            wait = bucket.waiting(item)
            # A wait of nothing would make the loop above spin.
            return max(1, wait) if isinstance(wait, int) else 1

        return window

    return make


def from_settings(settings: Settings) -> RateLimitedSource:
    """Build the source from its table.

    `of`: name of the source asked; `calls`: how many questions within `seconds` (1).
    """
    return RateLimitedSource(
        settings.source("of"),
        calls=settings.whole("calls", least=1, most=MOST_CALLS),
        seconds=settings.number("seconds", 1.0, least=1 / _MILLISECONDS, most=LONGEST),
        monotonic=settings.monotonic,
        sleep=settings.sleep,
    )
