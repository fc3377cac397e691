"""One source for each tax (按税种分派): who is asked depends on the matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..config import Settings
from ..errors import ConfigError
from ..evidence import Answer, Inquiry, OutageCause, Provenance
from ..sources import ClearanceSource, Deadline, SourceError, ask
from ..terms import Matter
from .combining import close_all, forget_all, weakest

__all__ = ["RoutedSource", "from_settings"]


class RoutedSource:
    """Asks the source that is set for the matter of the inquiry.

    Args:
        sources: The source of each matter.
        otherwise: The source of every other matter; None: those are not open to this office.
        name: Name it gives as the source where there is none.

    Raises:
        ConfigError: There is no source at all.
    """

    def __init__(
        self,
        sources: Mapping[Matter, ClearanceSource],
        otherwise: ClearanceSource | None = None,
        *,
        name: str = "by-matter",
    ) -> None:
        if not sources and otherwise is None:
            raise ConfigError((("matters", "names no source"),))
        self._by_matter: Final = dict(sources)
        self._otherwise: Final = otherwise
        self.name: Final = name

    @property
    def provenance(self) -> Provenance:
        """The weakest of all sources."""
        return weakest(self._sources())

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Return the answer of the source for this matter.

        Raises:
            SourceError: It gave no usable answer; or there is none for this matter, which counts as
                not open (Order Art. 18).
        """
        source = self._source_of(inquiry)
        if source is None:
            raise SourceError.of(self.name, OutageCause.NOT_OPENED, "no source for this matter")
        return ask(source, inquiry, deadline)

    def forget(self, inquiry: Inquiry) -> None:
        """Drop what the source for this matter keeps on *inquiry*."""
        source = self._source_of(inquiry)
        forget_all(() if source is None else (source,), inquiry)

    def close(self) -> None:
        """Close every source inside."""
        close_all(self._sources())

    def _source_of(self, inquiry: Inquiry) -> ClearanceSource | None:
        return self._by_matter.get(inquiry.matter, self._otherwise)

    def _sources(self) -> tuple[ClearanceSource, ...]:
        others = () if self._otherwise is None else (self._otherwise,)
        return (*self._by_matter.values(), *others)


def from_settings(settings: Settings) -> RoutedSource:
    """Build the source from its table.

    `matters`: a table of matters, such as `deed-tax`, each with the name of its source;
    `otherwise`: name of the source for all others; without it those are not open.
    """
    sources: dict[Matter, ClearanceSource] = {}
    table = settings.table("matters")
    for name in table.names() if table else ():
        source = table.source(name) if table else None
        if source is not None and name in Matter.__members__.values():
            sources[Matter(name)] = source
        else:
            settings.fault(f"matters.{name}", f"is none of {', '.join(Matter)}")
    otherwise = settings.source("otherwise") if settings.has("otherwise") else None
    return RoutedSource(sources, otherwise, name=settings.name)
