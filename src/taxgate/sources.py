"""Sources (数据来源): what answers inquiries, how long it may take, and how it says that it cannot.

A source has one method, `query`. It returns an answer, or says that there is none: by raising a
`SourceError`, or by an answer that holds an outage. Both mean the same, and `ask` makes them one.
Every other exception is a mistake in a program and travels on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol, runtime_checkable

from attrs import evolve

from .errors import TaxgateError
from .evidence import CHINA, Answer, Inquiry, Outage, OutageCause, OutageKind

__all__ = [
    "ClearanceSource",
    "Clock",
    "Deadline",
    "Monotonic",
    "Sleep",
    "SourceError",
    "SourceUnavailableError",
    "SourceUntrustedError",
    "ask",
    "system_clock",
]

Clock = Callable[[], datetime]
"""Returns the present instant, aware. It may be set forward and back while a program runs."""

Monotonic = Callable[[], float]
"""Returns seconds since some fixed instant; never goes back. Deadlines and ages are counted on it,
because the clock on the wall may be set while a call is under way."""

Sleep = Callable[[float], None]
"""Waits that many seconds."""


def system_clock() -> datetime:
    """Return the present instant by this machine's clock, in China's offset."""
    return datetime.now(CHINA)


class Deadline:
    """The end of the time one check may take, all its inquiries and retries together.

    Args:
        seconds: Time there is from now on.
        monotonic: Clock it is counted on.
    """

    __slots__ = ("_end", "_monotonic")

    def __init__(self, seconds: float, *, monotonic: Monotonic = time.monotonic) -> None:
        self._monotonic: Final = monotonic
        self._end: Final = monotonic() + seconds

    @property
    def remaining(self) -> float:
        """Seconds left; 0 when it has passed."""
        return max(0.0, self._end - self._monotonic())

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return self._monotonic() >= self._end

    def __repr__(self) -> str:
        return f"Deadline({self.remaining:.3f} s left)"


@runtime_checkable
class ClearanceSource(Protocol):
    """Anything that answers inquiries: one method.

    It may be called from several threads at once. It gives up when the deadline has passed; whoever
    called does not wait longer. An answer it asked of the bureau for this inquiry says so in
    `provenance`: an answer that says nothing of the kind does not count where decisions are real.
    """

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Return the answer to *inquiry*.

        Raises:
            SourceError: There is no usable answer.
        """


class SourceError(TaxgateError):
    """A source gave no usable answer. It says nothing about the taxpayer.

    Attributes:
        source: Name of the source.
        outage: Why there is none.
    """

    def __init__(self, source: str, outage: Outage) -> None:
        super().__init__(source, outage)
        self.source = source
        self.outage = outage

    @staticmethod
    def of(
        source: str,
        cause: OutageCause,
        detail: str | None = None,
        retry_after: float | None = None,
    ) -> SourceError:
        """Return the error that fits *cause*: unavailable or untrusted.

        Args:
            source: Name of the source.
            cause: Why there is no usable answer.
            detail: What an operator needs beyond it; never anything about a person.
            retry_after: Seconds the source asked to wait, where it did.
        """
        outage = Outage(cause=cause, detail=detail, retry_after=retry_after)
        return _fitting(source, outage)

    def __str__(self) -> str:
        told = f" ({self.outage.detail})" if self.outage.detail else ""
        return f"source {self.source}: {self.outage.kind}, {self.outage.cause}{told}"


class SourceUnavailableError(SourceError):
    """It could not be asked; asking again later, or elsewhere, may help."""


class SourceUntrustedError(SourceError):
    """It answered, and the answer cannot be trusted; somebody has to look into it."""


def _fitting(source: str, outage: Outage) -> SourceError:
    if outage.kind is OutageKind.UNREACHABLE:
        return SourceUnavailableError(source, outage)
    return SourceUntrustedError(source, outage)


def ask(source: ClearanceSource, inquiry: Inquiry, deadline: Deadline) -> Answer:
    """Return the answer of *source* with its records.

    Args:
        source: Whom to ask.
        inquiry: The question.
        deadline: When to give up.

    Raises:
        SourceError: There is no usable answer; also where it lies in an answer that holds an
            outage, or the answer is to another question than was asked.
        TypeError: The source returned something that is no answer.
    """
    answer = source.query(inquiry, deadline)
    if not isinstance(answer, Answer):
        raise TypeError(f"{type(source).__name__}.query returned no Answer")
    if answer.inquiry.key != inquiry.key:
        raise SourceError.of(answer.source, OutageCause.SUBJECT_MISMATCH)
    if answer.outage is not None:
        raise _fitting(answer.source, answer.outage)
    if type(answer.records) is not tuple:
        # A list might be changed, and an iterator read, before the next one looks at it.
        return evolve(answer, records=tuple(answer.records or ()))
    return answer
