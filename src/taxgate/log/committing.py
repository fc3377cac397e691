"""Many callers, few commits: whoever comes while one is under way shares the next (成组提交).

A commit waits for the disk, and the disk takes as long for one entry as for a hundred. So one
caller at a time writes for all that wait; each goes on only when its own entry is durable.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Final

from ..errors import LogError
from .store import Draft, Outcome, Store

__all__ = ["Committer"]

MOST: Final = 256
"""Drafts one transaction takes."""


class _Waiting:
    """A draft, and what becomes of it."""

    __slots__ = ("draft", "error", "leads", "outcome", "turn")

    def __init__(self, draft: Draft) -> None:
        self.draft: Final = draft
        self.turn: Final = threading.Event()
        self.leads = False
        self.outcome: Outcome | None = None
        self.error: BaseException | None = None


class Committer:
    """Writes drafts of many threads in common transactions.

    Args:
        store: Where to.
    """

    def __init__(self, store: Store) -> None:
        self._store: Final = store
        self._lock: Final = threading.Lock()
        self._queue: Final[deque[_Waiting]] = deque()
        self._busy = False

    def commit(self, draft: Draft) -> Outcome:
        """Return what became of *draft*, once that is durable.

        Raises:
            LogWriteError: It is not written.
            LogCorruptError: The database is damaged.
        """
        mine = _Waiting(draft)
        with self._lock:
            self._queue.append(mine)
            if self._busy:
                leads = False
            else:
                leads = self._busy = True
        if not leads:
            self._wait(mine)
        if leads or mine.leads:
            self._lead()
        if mine.error is not None:
            raise mine.error
        assert mine.outcome is not None  # noqa: S101 - one of the two was set
        return mine.outcome

    def _wait(self, mine: _Waiting) -> None:
        try:
            mine.turn.wait()
        except BaseException:
            # Whoever is interrupted here must not keep the others waiting for their leader.
            with self._lock:
                if not mine.leads and mine in self._queue:
                    self._queue.remove(mine)
            if mine.leads:
                self._lead()
            raise

    def _lead(self) -> None:
        """Write what waits, one's own draft included, and hand on to the first who came since."""
        with self._lock:
            batch = [self._queue.popleft() for _ in range(min(MOST, len(self._queue)))]
        try:
            self._write(batch)
        finally:
            with self._lock:
                heir = self._queue[0] if self._queue else None
                if heir is None:
                    self._busy = False
                else:
                    heir.leads = True
            if heir is not None:
                heir.turn.set()

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            outcomes = self._store.append([item.draft for item in batch])
        except BaseException as error:
            for item in batch:
                item.error = _own(error)
                item.turn.set()
            raise
        for item, outcome in zip(batch, outcomes, strict=True):
            item.outcome = outcome
            item.turn.set()


def _own(error: BaseException) -> BaseException:
    """Return an error for one caller: one object raised in several threads mixes their traces."""
    return type(error)(*error.args) if isinstance(error, LogError) else error
