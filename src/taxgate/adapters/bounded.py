"""Work that may block for longer than there is time, such as a server or a drive that is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

from ..evidence import OutageCause
from ..sources import Deadline, SourceError

__all__ = ["within"]

T = TypeVar("T")


def within(name: str, deadline: Deadline, work: Callable[[], T]) -> T:
    """Return what *work* returns, or give up on it when the deadline has passed.

    It runs in a thread of its own, which ends when the work does; until then it keeps what it
    holds. The program may end before it.

    Args:
        name: Name of the source.
        deadline: When to give up.
        work: What may block.

    Raises:
        SourceError: The time was up.
        BaseException: Whatever *work* raises.
    """
    done: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
            done.put((None, error))

    if not deadline.passed:
        threading.Thread(target=run, name=f"taxgate {name}", daemon=True).start()
    try:
        found, error = done.get(timeout=deadline.remaining)
    except Empty:
        raise SourceError.of(name, OutageCause.TIMEOUT) from None
    if error is not None:
        raise error
    return found  # type: ignore[return-value]  # there was no error
