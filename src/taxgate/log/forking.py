"""Forking with databases open: nothing of SQLite may cross a fork.

SQLite keeps in memory which locks its process holds, and a connection that a child inherits could,
when it is thrown away there, remove files the parent still writes to. So a fork waits for
transactions under way to end, and every connection is closed before it; each process opens its own.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from weakref import WeakSet

__all__ = ["close_before_fork", "no_fork"]


class _Guard:
    """Counts transactions under way in this process, and lets a fork wait for none."""

    def __init__(self) -> None:
        self.opened: Final[WeakSet[Any]] = WeakSet()
        self._begin()

    def _begin(self) -> None:
        self._change = threading.Condition()
        self._under_way = 0
        self._forking = False

    @contextmanager
    def working(self) -> Iterator[None]:
        """Hold off forks."""
        with self._change:
            while self._forking:
                self._change.wait()
            self._under_way += 1
        try:
            yield
        finally:
            with self._change:
                self._under_way -= 1
                self._change.notify_all()

    def before(self) -> None:
        """Wait for transactions to end, keep others from beginning, and close what is open."""
        self._change.acquire()
        self._forking = True
        while self._under_way:
            self._change.wait()
        for database in list(self.opened):
            database.let_go()

    def after_in_parent(self) -> None:
        """Let transactions begin again."""
        self._forking = False
        self._change.notify_all()
        self._change.release()

    def after_in_child(self) -> None:
        """Begin anew: the threads that waited are not here."""
        self._begin()


_GUARD: Final = _Guard()
no_fork: Final[Callable[[], Any]] = _GUARD.working
"""Return a context in which this process does not fork."""


def close_before_fork(database: Any) -> None:  # noqa: ANN401 - whatever has `let_go`
    """Have `database.let_go()` called before each fork, as long as the object lives."""
    _GUARD.opened.add(database)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_GUARD.before,
        after_in_parent=_GUARD.after_in_parent,
        after_in_child=_GUARD.after_in_child,
    )
