"""What a forked process must not inherit: locks that may be held, and what they guard.

A web server may make its gate before it forks its workers. A lock that another thread held at that
moment stays held in the child for ever.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final, Generic, TypeVar

__all__ = ["PerProcess"]

T = TypeVar("T")


class PerProcess(Generic[T]):
    """One value in each process, made when the process first asks for it.

    Args:
        make: Makes the value; called once in the process that makes this object, too.
    """

    __slots__ = ("_make", "_values")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make: Final = make
        self._values: Final = {os.getpid(): make()}

    def get(self) -> T:
        """Return the value of this process."""
        here = os.getpid()
        found = self._values.get(here)
        # setdefault is one step: of two threads that come first, both get the same value.
        return self._values.setdefault(here, self._make()) if found is None else found
