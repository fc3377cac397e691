"""A bureau that a test plays (扮演的税务机关): what it says to a question may change any time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from attrs import evolve, frozen

from ..evidence import Answer, Inquiry, OutageCause, Provenance, TaxRecord
from ..proceedings import Application
from ..sources import Clock, Deadline, SourceError
from ..terms import RecordStatus
from .strategies import denied, settled_records

__all__ = ["PlayedBureau", "Says"]


class Says(StrEnum):
    """What the bureau says to one question, from now on."""

    IN_ORDER = "in-order"
    """Tax is paid, or nothing stands against it."""
    NOTHING = "nothing"
    """It finds no record."""
    DENIED = "denied"
    """Tax is owed, or it objects."""
    REFUNDED = "refunded"
    """It was in order, and has been undone."""
    NO_ANSWER = "no-answer"
    """It cannot be asked."""
    NONSENSE = "nonsense"
    """What comes back cannot be trusted."""
    YESTERDAYS = "yesterdays"
    """That tax was in order, 25 hours ago."""


_CAUSES: Final = {Says.NO_ANSWER: OutageCause.TIMEOUT, Says.NONSENSE: OutageCause.BAD_SIGNATURE}
_OLD: Final = timedelta(hours=25)


@frozen
class _Position:
    says: Says
    good: tuple[TaxRecord, ...]
    bad: tuple[TaxRecord, ...]


class PlayedBureau:
    """Answers as it was told to, and keeps what it answered.

    It vouches for its answers as live, so that a registry is tested with the gate it really has.

    Args:
        clock: Clock the answers are dated by.
    """

    provenance: Final = Provenance.LIVE
    name: Final = "played-bureau"

    def __init__(self, clock: Clock) -> None:
        self._clock: Final = clock
        self._lock: Final = threading.Lock()
        self._positions: Final[dict[tuple[Any, ...], _Position]] = {}
        self._said: Final[list[Answer]] = []
        self.meanwhile: Callable[[], None] | None = None
        """Done once, while the next question is being answered."""

    def learns(
        self,
        inquiry: Inquiry,
        application: Application,
        good: tuple[TaxRecord, ...] | None = None,
    ) -> None:
        """Take note of a question that will be asked; tax on it is in order.

        Args:
            inquiry: The question. What is known of it already stays.
            application: What it will be asked for.
            good: Records that show that tax is in order; made up if None.
        """
        with self._lock:
            if inquiry.key not in self._positions:
                self._positions[inquiry.key] = _Position(
                    Says.IN_ORDER,
                    settled_records(inquiry, application) if good is None else good,
                    denied(inquiry, application),
                )

    def turns(self, inquiry: Inquiry, says: Says) -> None:
        """Say something else to a question from now on."""
        with self._lock:
            self._positions[inquiry.key] = evolve(self._positions[inquiry.key], says=says)

    def said(self) -> tuple[Answer, ...]:
        """Return everything it ever said, outages included, in order."""
        with self._lock:
            return tuple(self._said)

    def query(self, inquiry: Inquiry, _deadline: Deadline, /) -> Answer:
        """Answer, or fail to.

        Raises:
            SourceError: It was told to give no answer, or none that can be trusted.
        """
        with self._lock:
            meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        with self._lock:
            position = self._positions.get(inquiry.key)
            says = Says.NOTHING if position is None else position.says
            if says in _CAUSES:
                error = SourceError.of(self.name, _CAUSES[says])
                self._said.append(Answer(inquiry=inquiry, outage=error.outage, source=self.name))
                raise error
            answer = Answer(
                inquiry=inquiry,
                records=() if position is None else _records(position),
                source=self.name,
                as_of=self._clock() - (_OLD if says is Says.YESTERDAYS else timedelta()),
                provenance=Provenance.LIVE,
            )
            self._said.append(answer)
            return answer


def _records(position: _Position) -> tuple[TaxRecord, ...]:
    if position.says is Says.NOTHING:
        return ()
    if position.says is Says.DENIED:
        return position.bad
    if position.says is Says.REFUNDED:
        return _undone(position)
    return position.good


def _undone(position: _Position) -> tuple[TaxRecord, ...]:
    """Return the good records, each with one that refunds it; without a tax the bad ones."""
    found: list[TaxRecord] = []
    for number, record in enumerate(position.good, start=1):
        if RecordStatus.REFUNDED not in record.STATUSES:
            return position.bad
        paid = evolve(record, voucher_no=record.voucher_no or f"EX-{number}")
        refund = evolve(
            paid, status=RecordStatus.REFUNDED, cancels=paid.voucher_no, voucher_no=f"EX-R{number}"
        )
        found += [paid, refund]
    return tuple(found)
