"""Another source where the first cannot be asked (备用来源).

The next source is asked only because the one before could not be: never because its answer was
"unpaid" or "no record", and never because its answer could not be trusted. Otherwise one would ask
on until somebody says "paid".
"""

from __future__ import annotations

import time
from typing import Final

from ..config import Settings
from ..errors import ConfigError
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

__all__ = ["FallbackSource", "from_settings"]


class FallbackSource:
    """Asks sources in turn until one of them can be asked.

    Each may take an equal part of the time that is left, so that there is time for the next; what
    one leaves over goes to the others, and the last may take all of it. The answer bears the name
    of the source that gave it.

    Args:
        sources: At least two, in the order they are asked.
        name: Name it gives as the source of an outage.
        monotonic: Clock the parts of the time are counted on; that of the deadlines.

    Raises:
        ConfigError: There are fewer than two sources.
    """

    def __init__(
        self,
        *sources: ClearanceSource,
        name: str = "fallback",
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        if len(sources) < 2:  # noqa: PLR2004 - one is no choice
            raise ConfigError((("sources", "must name at least two"),))
        self._sources: Final = sources
        self._monotonic: Final = monotonic
        self.name: Final = name

    @property
    def provenance(self) -> Provenance:
        """The weakest of all sources."""
        return weakest(self._sources)

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Return the answer of the first source that can be asked.

        Raises:
            SourceUnavailableError: None could be asked; the cause is the first one's, the detail
                names all, and the shortest wait that any of them asked for comes with it.
            SourceUntrustedError: One answered, and the answer cannot be trusted.
        """
        outages: list[tuple[str, SourceUnavailableError]] = []
        for place, source in enumerate(self._sources):
            if deadline.passed:
                break
            part = deadline.remaining / (len(self._sources) - place)
            try:
                return ask(source, inquiry, Deadline(part, monotonic=self._monotonic))
            except SourceUnavailableError as error:
                outages.append((name_of(source), error))
        raise self._none(outages)

    def forget(self, inquiry: Inquiry) -> None:
        """Drop what a source inside keeps on *inquiry*."""
        forget_all(self._sources, inquiry)

    def close(self) -> None:
        """Close every source inside."""
        close_all(self._sources)

    def _none(self, outages: list[tuple[str, SourceUnavailableError]]) -> SourceError:
        if not outages:
            return SourceError.of(self.name, OutageCause.TIMEOUT)
        waits = [error.outage.retry_after for _, error in outages]
        return SourceError.of(
            self.name,
            outages[0][1].outage.cause,
            "; ".join(f"{name}: {error.outage.cause}" for name, error in outages),
            min((wait for wait in waits if wait is not None), default=None),
        )


def from_settings(settings: Settings) -> FallbackSource:
    """Build the source from its table.

    `sources`: names of the sources, in the order they are asked.
    """
    return FallbackSource(
        *settings.sources("sources"), name=settings.name, monotonic=settings.monotonic
    )
