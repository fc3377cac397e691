"""Who is told what: every finding goes to the addressees its row names, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field, frozen

from ..findings import Finding
from ..parties import Person
from ..proceedings import Heading
from ..terms import Addressee, Effect, Verdict
from ..wording.common import AUTHORITY_ADDRESSEES

_BY_DEFAULT: Final = (Addressee.APPLICANT,)
"""Who is told where a row that is no pass names nobody: a notice may not get lost."""


@frozen
class Reader:
    """One addressee: a person, or a role nobody is known in.

    Attributes:
        person: Who it is; None where the office fills that in.
        authority: Whether it is an authority (机关).
        role: The role, where no person is known; None for a person, who may have several.
    """

    person: Person | None
    authority: bool
    role: Addressee | None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two readers one: document and number of the person, else the role."""
        return self.authority, self.person.key if self.person is not None else self.role


@frozen
class Told:
    """What one reader is told.

    Attributes:
        reader: Who is told.
        roles: In which roles, in the order met.
        items: Findings with the role each is told in, strictest first.
    """

    reader: Reader
    roles: list[Addressee] = field(factory=list)
    items: list[tuple[Finding, Addressee]] = field(factory=list)

    def add(self, finding: Finding, role: Addressee) -> None:
        """Add a finding, once."""
        if role not in self.roles:
            self.roles.append(role)
        if all(known is not finding for known, _ in self.items):
            self.items.append((finding, role))


def address(findings: Iterable[Finding], heading: Heading) -> tuple[Told, ...]:
    """Return each reader with its findings; what passes is told to nobody.

    An applicant who is not among the readers of an application that other parties' items hold is
    added with no item of its own.
    """
    told: dict[tuple[object, ...], Told] = {}
    for finding in findings:
        if finding.outcome.verdict is Verdict.PASS:
            continue
        for reader, role in _readers(finding, heading):
            told.setdefault(reader.key, Told(reader)).add(finding, role)
    if heading.applicant is not None and _holds(told.values()):
        reader = Reader(heading.applicant, authority=False, role=None)
        one = told.setdefault(reader.key, Told(reader))
        if Addressee.APPLICANT not in one.roles:
            one.roles.append(Addressee.APPLICANT)
    return tuple(told.values())


def visible(told: Iterable[Told]) -> tuple[Finding, ...]:
    """Return the findings told to parties; what only an authority is told stays with it."""
    return tuple(finding for one in told if not one.reader.authority for finding, _ in one.items)


def _holds(told: Iterable[Told]) -> bool:
    return any(item.outcome.effect is not Effect.PROCEED for item in visible(told))


def _readers(finding: Finding, heading: Heading) -> Iterator[tuple[Reader, Addressee]]:
    for role in finding.ruling.row.to or _BY_DEFAULT:
        authority = role in AUTHORITY_ADDRESSEES
        persons = finding.obligation.parties.get(role, ()) or _fallback(finding, role, heading)
        if not persons:
            yield Reader(None, authority, role), role
        for person in persons:
            yield Reader(person, authority, None), role


def _fallback(finding: Finding, role: Addressee, heading: Heading) -> tuple[Person, ...]:
    """Return whom a role means where the obligation does not say.

    An agent or transferee is never replaced by the party the tax falls on: who had tax withheld
    may not be told to pay it.
    """
    party = {
        Addressee.TAXPAYER: finding.obligation.party,
        Addressee.APPLICANT: heading.applicant,
    }.get(role)
    return () if party is None else (party,)
