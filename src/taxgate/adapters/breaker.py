"""A source that is down is left alone for a while (熔断器).

After so many outages in a row nobody is sent to wait for it any more: the circuit is open, and
whoever asks is told so at once. After a pause one single question is let through; if it is
answered the circuit closes, otherwise the pause begins anew.

Only an outage of the source counts. An answer that cannot be trusted shows that somebody is there,
and "not open to this office" says nothing about whether the source is up. Each source has a circuit
of its own, in each process.

The circuit's states are pybreaker's. It is told what came of a call afterwards: left to make the
call itself it would hold its lock all the while, and it counts its pause on the wall clock.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ..config import Settings
from ..errors import ConfigError, MissingExtraError
from ..evidence import Answer, Inquiry, OutageCause, Provenance
from ..sources import (
    ClearanceSource,
    Deadline,
    Monotonic,
    SourceError,
    SourceUnavailableError,
    ask,
)
from .combining import close_all, forget_all, name_of, weakest
from .forking import PerProcess

if TYPE_CHECKING:
    from pybreaker import CircuitBreaker

__all__ = ["BreakerSource", "from_settings"]

_LOG: Final = logging.getLogger(__name__)

FAILURES: Final = 5
"""Outages in a row that open the circuit unless it is said otherwise."""

PAUSE: Final = 30.0
"""Seconds it stays open unless it is said otherwise."""

LONGEST: Final = 3600.0
"""Seconds it may stay open at most."""

_OPEN: Final = "open"
_HALF_OPEN: Final = "half-open"

_NOT_ITS_FAULT: Final = frozenset({OutageCause.NOT_ASKED, OutageCause.NOT_OPENED})


class _FailedError(Exception):
    """A call failed; in this form it is reported to the circuit."""


class _Refused(Exception):  # noqa: N818 - no error, a word between two classes of this module
    """The circuit lets nobody through.

    Attributes:
        wait: Seconds until it will, as far as is known.
    """

    def __init__(self, wait: float | None) -> None:
        super().__init__(wait)
        self.wait = wait


class _Circuit:
    """The circuit of one source in one process."""

    def __init__(
        self, breaker: CircuitBreaker, pause: float, monotonic: Monotonic, name: str
    ) -> None:
        self._lock: Final = threading.Lock()
        self._breaker: Final = breaker
        self._pause: Final = pause
        self._monotonic: Final = monotonic
        self._name: Final = name
        self._opened = 0.0
        self._probing: float | None = None
        self._phase = 0

    def enter(self) -> int:
        """Return the phase in which a call begins.

        Raises:
            _Refused: The circuit is open, or one call is trying the source just now.
        """
        with self._lock:
            if self._breaker.current_state == _OPEN:
                wait = self._opened + self._pause - self._monotonic()
                if wait > 0:
                    raise _Refused(wait)
                self._breaker.half_open()
                self._phase += 1
                self._probing = None
            if self._breaker.current_state == _HALF_OPEN:
                now = self._monotonic()
                # One that never comes back does not keep everybody else out for ever.
                if self._probing is not None and now - self._probing < self._pause:
                    raise _Refused(None)
                self._probing = now
            return self._phase

    def leave(self, phase: int, failed: bool | None) -> None:  # noqa: FBT001 - private
        """Note what came of a call that began in *phase*: a failure, an answer, or neither."""
        with self._lock:
            # A call that began before the circuit last changed is no word on how things are now.
            if phase != self._phase:
                return
            self._probing = None
            if failed is None:
                return
            before = self._breaker.current_state
            with contextlib.suppress(_FailedError):
                self._breaker.call(_outcome, failed)
            after = self._breaker.current_state
            if after == before:
                return
            self._phase += 1
            if after == _OPEN:
                self._opened = self._monotonic()
        _LOG.warning("the circuit of source %r is %s, it was %s", self._name, after, before)


def _outcome(failed: bool) -> None:  # noqa: FBT001 - called by the circuit
    if failed:
        raise _FailedError


class BreakerSource:
    """Stops asking a source that is down, and tries it with one question at a time.

    Args:
        of: The source that is asked.
        failures: Outages in a row that open the circuit.
        seconds: How long it stays open before the source is tried again.
        monotonic: Clock that counts them.

    Raises:
        ConfigError: A number is out of bounds.
        MissingExtraError: pybreaker is not installed.
    """

    def __init__(
        self,
        of: ClearanceSource,
        *,
        failures: int = FAILURES,
        seconds: float = PAUSE,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        faults = []
        if failures < 1:
            faults.append(("failures", "must be at least 1"))
        if not 0 < seconds <= LONGEST:
            faults.append(("seconds", f"must lie above 0 and be at most {LONGEST:.0f}"))
        if faults:
            raise ConfigError(tuple(faults))
        self._of: Final = of
        self.name: Final = name_of(of)
        make = _maker(failures)
        self._circuit: Final = PerProcess(lambda: _Circuit(make(), seconds, monotonic, self.name))

    @property
    def provenance(self) -> Provenance:
        """That of the source asked."""
        return weakest((self._of,))

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Return the answer to *inquiry* unless the circuit is open.

        Raises:
            SourceError: There is no usable answer; or the circuit is open, and `retry_after` says
                for how long.
        """
        # Without any time the call would fail, and say nothing about the source.
        if deadline.passed:
            raise SourceError.of(self.name, OutageCause.TIMEOUT)
        circuit = self._circuit.get()
        try:
            phase = circuit.enter()
        except _Refused as refused:
            raise SourceError.of(
                self.name, OutageCause.SERVER_FAULT, "circuit open", refused.wait
            ) from None
        failed: bool | None = None
        try:
            answer = ask(self._of, inquiry, deadline)
            failed = False
        except SourceUnavailableError as error:
            failed = None if error.outage.cause in _NOT_ITS_FAULT else True
            raise
        except SourceError:
            failed = False
            raise
        finally:
            circuit.leave(phase, failed)
        return answer

    def forget(self, inquiry: Inquiry) -> None:
        """Drop what a source inside keeps on *inquiry*."""
        forget_all((self._of,), inquiry)

    def close(self) -> None:
        """Close the source inside."""
        close_all((self._of,))


def _maker(failures: int) -> Callable[[], CircuitBreaker]:
    try:
        from pybreaker import CircuitBreaker  # noqa: PLC0415 - an extra, loaded when first needed
    except ImportError as error:
        raise MissingExtraError("resilience", "BreakerSource") from error
    return lambda: CircuitBreaker(fail_max=failures, throw_new_error_on_trip=False)


def from_settings(settings: Settings) -> BreakerSource:
    """Build the source from its table.

    `of`: name of the source asked; `failures`: outages in a row that open the circuit (5);
    `seconds`: how long it stays open (30).
    """
    return BreakerSource(
        settings.source("of"),
        failures=settings.whole("failures", FAILURES, least=1, most=1000),
        seconds=settings.number("seconds", PAUSE, least=0.1, most=LONGEST),
        monotonic=settings.monotonic,
    )
