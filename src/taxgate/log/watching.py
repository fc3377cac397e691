"""Who asks unusually often (异常查询预警): a count for each officer, and a call if it is high.

An office asks the bureau for its cases only (Order Art. 19). Somebody who goes through registers
asks more often than anybody who registers; the log shows whom they asked about, this says when.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

__all__ = ["Alert", "Watch"]

_LOG: Final = logging.getLogger(__name__)


@frozen
class Alert:
    """An officer asked more often than is allowed without a question.

    Attributes:
        actor: Token of the officer, as in the log.
        count: Decisions and clear readings within the time.
        at: Instant of the last of them.
    """

    actor: str
    count: int
    at: datetime


def _report(alert: Alert) -> None:
    """Say it in the program's own log; nothing in it names anybody."""
    _LOG.warning("officer %s asked %d times", alert.actor, alert.count)


class Watch:
    """Counts what each officer does, in this process.

    Args:
        most: How often within the time is usual.
        within: The time.
        alert: Called once for each time the count goes beyond `most`.
    """

    def __init__(
        self, most: int, within: timedelta, alert: Callable[[Alert], None] = _report
    ) -> None:
        self._most: Final = most
        self._within: Final = within
        self._alert: Final = alert
        self._seen: Final[dict[str, deque[datetime]]] = {}
        self._lock = threading.Lock()

    def note(self, actor: str, at: datetime) -> None:
        """Count one decision or clear reading of the officer with the token *actor*."""
        with self._lock:
            seen = self._seen.setdefault(actor, deque())
            while seen and seen[0] <= at - self._within:
                seen.popleft()
            was_beyond = len(seen) > self._most
            seen.append(at)
            # No more is kept than is needed to tell when the count has fallen again.
            while len(seen) > self._most + 1:
                seen.popleft()
            beyond = len(seen) > self._most
        if beyond and not was_beyond:
            self._alert(Alert(actor, len(seen), at))
