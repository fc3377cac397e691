"""What sources that stand around other sources share: names, provenance, forgetting, closing."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from typing import Final

from ..evidence import Inquiry, Provenance
from ..sources import ClearanceSource

__all__ = ["close_all", "forget_all", "name_of", "weakest"]

_STRENGTH: Final = tuple(Provenance)
"""From what counts most to what counts least."""


def name_of(source: ClearanceSource) -> str:
    """Return the name of *source*; that of its class where it has none."""
    return str(getattr(source, "name", type(source).__name__))


def weakest(sources: Iterable[ClearanceSource]) -> Provenance:
    """Return the weakest provenance any of *sources* announces.

    One that announces none does not count here: each of its answers says where it comes from.
    """
    announced = [getattr(source, "provenance", None) for source in sources]
    known = [found for found in announced if isinstance(found, Provenance)]
    return max(known, key=_STRENGTH.index, default=Provenance.LIVE)


def forget_all(sources: Iterable[ClearanceSource], inquiry: Inquiry) -> None:
    """Have each of *sources* that keeps answers drop what it keeps on *inquiry*."""
    for source in sources:
        forget = getattr(source, "forget", None)
        if forget is not None:
            forget(inquiry)


def close_all(sources: Iterable[ClearanceSource]) -> None:
    """Close each of *sources* that can be closed, once, even if closing another one fails."""
    with ExitStack() as stack:
        for source in {id(source): source for source in sources}.values():
            close = getattr(source, "close", None)
            if close is not None:
                stack.callback(close)
