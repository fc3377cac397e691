"""Names of everybody a decision knows of, so that free text can be printed without them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..parties import Person

if TYPE_CHECKING:
    from ..decision import Decision

_SHORTEST: Final = 2
"""A name of one character is no name to look for: it would stand in half of all words."""


def known_names(decision: Decision) -> frozenset[str]:
    """Return the names of all parties, applicants and taxpayers on record."""
    return frozenset(
        person.name
        for person in _persons(decision)
        if person is not None and person.name is not None and len(person.name) >= _SHORTEST
    )


def _persons(decision: Decision) -> Iterator[Person | None]:
    yield decision.heading.applicant
    for finding in (*decision.findings, *decision.silent):
        obligation = finding.obligation
        yield obligation.party
        for persons in obligation.parties.values():
            yield from persons
        for item in obligation.weighed:
            yield item.record.taxpayer
    for referral in decision.referrals:
        yield referral.person
