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
    """One addressee: a person, an authority, or a role nobody is known in.

    Attributes:
        person: Who it is; None where the office fills that in.
        authority: Whether it is an authority (机关).
        role: The role, where no person is known; None for a person, who may have several.
        name: Name of the authority, where the case has it.
    """

    person: Person | None
    authority: bool
    role: Addressee | None
    name: str | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two readers one: the person's document and number, else role and name."""
        if self.person is not None:
            return self.authority, self.person.key
        return self.authority, self.role, self.name


@frozen
class Told:
    """What one reader is told.

    Attributes:
        reader: Who is told.
        roles: In which roles, in the order met.
        items: Findings with the role each is told in, strictest first; none for a party that only
            learns that another party's item is open.
    """

    reader: Reader
    roles: list[Addressee] = field(factory=list)
    items: list[tuple[Finding, Addressee]] = field(factory=list)

    def add(self, finding: Finding, role: Addressee) -> None:
        """Add a finding, once."""
        self.join(role)
        if all(known is not finding for known, _ in self.items):
            self.items.append((finding, role))

    def join(self, role: Addressee) -> None:
        """Add a role, once."""
        if role not in self.roles:
            self.roles.append(role)


def address(
    findings: Iterable[Finding], heading: Heading, silent: Iterable[Finding] = ()
) -> tuple[Told, ...]:
    """Return each reader with its findings; what passes is told to nobody.

    Where other parties' items hold or refuse the application, whoever applies is added with no item
    of its own: the applicant, or else every party of a finding, silent ones included. What only an
    authority is told adds nobody.
    """
    findings = tuple(findings)
    told: dict[tuple[object, ...], Told] = {}
    for finding in findings:
        if finding.outcome.verdict is Verdict.PASS:
            continue
        for reader, role in _readers(finding, heading):
            told.setdefault(reader.key, Told(reader)).add(finding, role)
    if _holds(told.values()):
        with_items = frozenset(told)
        for person, role in _applying((*findings, *silent), heading):
            reader = Reader(person, authority=False, role=None)
            if heading.applicant is not None or reader.key not in with_items:
                told.setdefault(reader.key, Told(reader)).join(role)
    return tuple(told.values())


def _applying(findings: Iterable[Finding], heading: Heading) -> Iterator[tuple[Person, Addressee]]:
    """Yield who has to know what becomes of the application, in which role.

    Without a stated applicant all parties apply together. None of them is called a withholding
    agent: that is for the items to say.
    """
    if heading.applicant is not None:
        yield heading.applicant, Addressee.APPLICANT
        return
    for finding in findings:
        obligation = finding.obligation
        for role, persons in obligation.parties.items():
            if role is not Addressee.WITHHOLDING_AGENT and role not in AUTHORITY_ADDRESSEES:
                for person in persons:
                    yield person, role
        if obligation.party is not None and Addressee.TAXPAYER not in obligation.parties:
            yield obligation.party, Addressee.TAXPAYER


def visible(told: Iterable[Told]) -> tuple[Finding, ...]:
    """Return the findings told to parties; what only an authority is told stays with it."""
    return tuple(finding for one in told if not one.reader.authority for finding, _ in one.items)


def _holds(told: Iterable[Told]) -> bool:
    return any(item.outcome.effect is not Effect.PROCEED for item in visible(told))


def _readers(finding: Finding, heading: Heading) -> Iterator[tuple[Reader, Addressee]]:
    for role in finding.ruling.row.to or _BY_DEFAULT:
        authority = role in AUTHORITY_ADDRESSEES
        named = finding.obligation.parties.get(role)
        persons = _fallback(finding, role, heading) if named is None else named
        if not persons:
            name = finding.obligation.authorities.get(role)
            yield Reader(None, authority, role, name), role
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
