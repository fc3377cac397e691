"""Many callers, few commits: whoever comes while one is under way shares the next (成组提交).

A commit waits for the disk, and the disk takes as long for one entry as for a hundred. So one
caller at a time writes for all that wait; each goes on only when its own entry is durable.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

from ..errors import LogError, LogWriteError
from .store import Draft, Outcome, Store

__all__ = ["Committer"]

MOST: Final = 256
"""Drafts one transaction takes."""


class _Waiting:
    """A draft, and what becomes of it.

    Attributes:
        draft: What is to be written.
        turn: Set when there is an outcome or an error, or when this one leads.
        outcome: What became of the draft.
        error: Why nothing did.
        batch: All it writes, while it leads.
        heir: Who leads next.
    """

    __slots__ = ("batch", "draft", "error", "heir", "outcome", "turn")

    def __init__(self, draft: Draft) -> None:
        self.draft: Final = draft
        self.turn: Final = threading.Event()
        self.outcome: Outcome | None = None
        self.error: LogError | None = None
        self.batch: Sequence[_Waiting] = ()
        self.heir: _Waiting | None = None


class Committer:
    """Writes drafts of many threads in common transactions.

    Args:
        store: Where to.
    """

    def __init__(self, store: Store) -> None:
        self._store: Final = store
        self._lock: Final = threading.Lock()
        self._queue: list[_Waiting] = []
        self._leader: _Waiting | None = None

    def commit(self, draft: Draft) -> Outcome:
        """Return what became of *draft*, once that is durable.

        Raises:
            LogWriteError: It is not written.
            LogCorruptError: The database is damaged.
        """
        mine = _Waiting(draft)
        try:
            with self._lock:
                self._queue.append(mine)
                if self._leader is None:
                    self._leader = mine
            if self._leader is not mine:
                mine.turn.wait()
            if self._leader is mine:
                self._lead(mine)
        except BaseException as error:
            # A signal may interrupt anywhere: the others must not wait for ever for who left.
            self._leave(mine, error)
            raise
        if mine.error is not None:
            raise mine.error
        assert mine.outcome is not None  # noqa: S101 - one of the two was set
        return mine.outcome

    def _lead(self, mine: _Waiting) -> None:
        """Write what waits, one's own draft included, and hand on to the first who came since."""
        with self._lock:
            mine.batch = tuple(self._queue[:MOST])
        outcomes = self._store.append([item.draft for item in mine.batch])
        for item, outcome in zip(mine.batch, outcomes, strict=True):
            item.outcome = outcome
        self._hand_on(mine)

    def _leave(self, mine: _Waiting, error: BaseException) -> None:
        """Go in the middle; whoever leads takes along what it was writing."""
        for item in mine.batch:
            if item.outcome is None:
                item.error = _for_another(error)
        if self._leader is mine:
            self._hand_on(mine)
            return
        with self._lock:
            if mine in self._queue:
                self._queue.remove(mine)
        self._wake(mine)

    def _hand_on(self, mine: _Waiting) -> None:
        # Each step may be taken twice, by whoever is interrupted after it.
        with self._lock:
            done = {id(item) for item in (mine, *mine.batch)}
            self._queue = [item for item in self._queue if id(item) not in done]
            mine.heir = self._queue[0] if self._queue else None
            self._leader = mine.heir
        self._wake(mine)

    def _wake(self, mine: _Waiting) -> None:
        for item in mine.batch:
            item.turn.set()
        if mine.heir is not None:
            mine.heir.turn.set()


def _for_another(error: BaseException) -> LogError:
    """Return what befell the leader as the error of somebody who waited.

    One object raised in several threads would mix their traces, and an interrupt is for the thread
    it was meant for alone.
    """
    if isinstance(error, LogError):
        return type(error)(*error.args)
    return LogWriteError(f"whoever wrote for several was stopped ({type(error).__name__})")
