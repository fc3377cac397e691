"""Answers from memory: for tests, documentation and trials. A production gate refuses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ..evidence import Answer, Inquiry, OutageCause, Provenance, TaxRecord
from ..sources import Clock, Deadline, SourceError, system_clock
from ..terms import Matter

__all__ = ["InMemorySource", "concerns"]


class InMemorySource:
    """A tax bureau that knows just the records it was given.

    It answers with every record that is about the matter and subject asked for, with an empty list
    where there is none, and with an outage where it was told to.

    Args:
        records: All it knows; more may be added to the attribute of that name.
        outages: Matters it cannot answer, and why.
        clock: Clock the answers are dated by.
        name: Name it gives as the source.
    """

    provenance: Final = Provenance.IN_MEMORY

    def __init__(
        self,
        records: Iterable[TaxRecord] = (),
        *,
        outages: Mapping[Matter, OutageCause] | None = None,
        clock: Clock = system_clock,
        name: str = "memory",
    ) -> None:
        self.records: Final = list(records)
        self.outages: Final = dict(outages or {})
        self.asked: Final[list[Inquiry]] = []
        """Every inquiry there was, in order."""
        self.name: Final = name
        self._clock: Final = clock

    def query(self, inquiry: Inquiry, _deadline: Deadline, /) -> Answer:
        """Return the records about *inquiry*.

        Raises:
            SourceError: It was told not to answer in this matter.
        """
        self.asked.append(inquiry)
        if inquiry.matter in self.outages:
            raise SourceError.of(self.name, self.outages[inquiry.matter])
        return Answer(
            inquiry=inquiry,
            records=tuple(record for record in self.records if concerns(record, inquiry)),
            source=self.name,
            as_of=self._clock(),
            provenance=Provenance.IN_MEMORY,
        )


def concerns(record: TaxRecord, inquiry: Inquiry) -> bool:
    """Tell whether a register would find *record* for *inquiry*.

    A record has to be about the matter, and no key of it may be another than the one asked for. A
    key that it does not state keeps it in: the core judges what that is worth.
    """
    if record.matter is not inquiry.matter and inquiry.matter not in _covered(record):
        return False
    asked_for = (
        (inquiry.vin, ("vin",)),
        (inquiry.unit, ("unit",)),
        (inquiry.company, ("company", "uscc")),
    )
    for key, names in asked_for:
        stated = [getattr(record, name) for name in names if hasattr(record, name)]
        # Income tax is asked for at two checkpoints: records of the other have no such key at all.
        if key is not None and (not stated or any(part not in (None, key) for part in stated)):
            return False
    taxpayer = record.taxpayer
    return taxpayer is None or inquiry.person is None or taxpayer.key == inquiry.person.key


def _covered(record: TaxRecord) -> frozenset[Matter]:
    """Return the taxes a consolidated flag names."""
    return frozenset(part.matter for part in getattr(record, "covers", ()))
