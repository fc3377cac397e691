"""Outcomes (结论), obligations and findings.

Several tables may read one obligation: all run, the strictest outcome wins, every finding is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

from attrs import field, frozen

from .building import quickly
from .evidence import Answer, Inquiry, Paper, TaxRecord
from .law import Provision
from .parties import Person
from .tables import Ruling, Table, Together
from .terms import Addressee, Basis, Effect, Flag, Matter, Reading, Verdict


class Outcome(StrEnum):
    """What one row concludes, from mildest to strictest.

    Ordered by effect first (proceed, hold, refuse), then by verdict (pass, notify-taxpayer,
    block), so `max` of several outcomes is the strictest. Each member carries the verdict (what
    the Order directs) and the effect (what the office may do now).
    """

    rank: int
    verdict: Verdict
    effect: Effect

    NOT_APPLICABLE = "not-applicable", 0, Verdict.PASS, Effect.PROCEED
    """The checkpoint does not govern the act; never reported as "tax verified"."""
    SATISFIED = "satisfied", 1, Verdict.PASS, Effect.PROCEED
    """The tax check is met."""
    ADVISE = "advise", 2, Verdict.NOTIFY_TAXPAYER, Effect.PROCEED
    """Inform; the tax check is no ground to stop."""
    NOTIFY = "notify", 3, Verdict.NOTIFY_TAXPAYER, Effect.HOLD
    """Inform once; the application stays open."""
    CANNOT_VERIFY = "cannot-verify", 4, Verdict.BLOCK, Effect.HOLD
    """The check did not take place, or its answer cannot be trusted."""
    NOTIFY_AND_REFUSE = "notify-and-refuse", 5, Verdict.NOTIFY_TAXPAYER, Effect.REFUSE
    """The Order directs to inform, and national law bars completion."""
    REFUSE = "refuse", 6, Verdict.BLOCK, Effect.REFUSE
    """Not to be completed until cured (不予办理)."""

    def __new__(cls, value: str, rank: int, verdict: Verdict, effect: Effect) -> Self:
        """Attach rank, verdict and effect to the wire value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.rank = rank
        member.verdict = verdict
        member.effect = effect
        return member

    def __lt__(self, other: object) -> bool:
        """Tell whether *other* is stricter."""
        return self.rank < other.rank if isinstance(other, Outcome) else NotImplemented

    def __le__(self, other: object) -> bool:
        """Tell whether *other* is at least as strict."""
        return self.rank <= other.rank if isinstance(other, Outcome) else NotImplemented

    def __gt__(self, other: object) -> bool:
        """Tell whether *other* is milder."""
        return self.rank > other.rank if isinstance(other, Outcome) else NotImplemented

    def __ge__(self, other: object) -> bool:
        """Tell whether *other* is at most as strict."""
        return self.rank >= other.rank if isinstance(other, Outcome) else NotImplemented


def strictest(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the strictest of *outcomes*.

    Raises:
        ValueError: There is none: nothing decided is never a pass.
    """
    return max(outcomes)


class Standing(StrEnum):
    """What one record or paper counts for, for one obligation (证据作用)."""

    GOOD = "good"
    """Fulfils the obligation, alone or with others."""
    DEFERRED = "deferred"
    OWED = "owed"
    INVALID = "invalid"
    MISMATCH = "mismatch"
    """Belongs to another vehicle, unit, person, company, deal or year."""
    CONFLICT = "conflict"
    FORGED = "forged"
    UNRELATED = "unrelated"
    """Says nothing about this obligation, for instance because it is about another tax."""
    CANCELLED = "cancelled"
    """A refund, void or revocation names it."""


@frozen
class Weighed:
    """One record or paper, with what appraisal made of it and why.

    Attributes:
        record: The record, or what the paper says.
        standing: What it counts for.
        why: Public kebab-case code of the reason; its wording is in `wording`.
        paper: The paper it came on; None for a record of the source.
    """

    record: TaxRecord
    standing: Standing
    why: str
    paper: Paper | None = None

    @property
    def unverified(self) -> bool:
        """Whether it is a paper that no officer verified."""
        return self.paper is not None and self.paper.verified_by is None


@frozen(kw_only=True)
class Obligation:
    """One question about one party and one object: the unit of judging (判断单元).

    Attributes:
        matter: Tax or tax document it is about.
        facts: Frozen facts, closed enums only; what the tables read.
        subject: Masked description of the object, such as a VIN.
        party: The party the tax falls on, where there is one.
        parties: Whom each kind of addressee means here; an addressee listed with nobody is one
            nobody is known for.
        authorities: Name of the authority (机关) each kind of addressee means here, where the case
            names one.
        period: Tax year or other period, where there is one.
        basis: What the state rests on.
        inquiry: The question to the tax bureau; None where none was needed.
        answer: What came back.
        weighed: Every record and paper with its standing, in the order given.
        duty: The ruling of the duty table that made this an obligation.
        flags: Remarks appraisal puts on the decision.
    """

    matter: Matter
    facts: Any
    subject: str = ""
    party: Person | None = None
    parties: Mapping[Addressee, tuple[Person, ...]] = field(factory=dict)
    authorities: Mapping[Addressee, str] = field(factory=dict)
    period: str | None = None
    basis: Basis | None = None
    inquiry: Inquiry | None = None
    answer: Answer | None = None
    weighed: tuple[Weighed, ...] = ()
    duty: Ruling[Any] | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def demand(self) -> Any:  # noqa: ANN401 - each checkpoint has a duty enum of its own
        """What the duty table demands; None where no duty table was asked."""
        return self.duty.conclusion if self.duty is not None else None

    def appraised(
        self,
        facts: Any,  # noqa: ANN401 - each obligation has a facts class of its own
        *,
        answer: Answer | None = None,
        basis: Basis | None = None,
        weighed: tuple[Weighed, ...] = (),
        period: str | None = None,
        flags: tuple[Flag, ...] = (),
    ) -> Obligation:
        """Return it with its facts and what they rest on."""
        return new_obligation(
            matter=self.matter,
            facts=facts,
            subject=self.subject,
            party=self.party,
            parties=self.parties,
            authorities=self.authorities,
            period=self.period if period is None else period,
            basis=basis,
            inquiry=self.inquiry,
            answer=answer,
            weighed=weighed,
            duty=self.duty,
            flags=flags,
        )


new_weighed: Final = quickly(Weighed)
new_obligation: Final = quickly(Obligation)


@frozen
class Finding:
    """One row that matched one obligation: code and parameters, no text.

    A row may say nothing ("no bar; go on"): such a finding is silent, has no outcome, and is kept
    only so that a decision can be explained.

    Attributes:
        ruling: The row under the readings in force, prebuilt.
        obligation: What it was applied to.
    """

    ruling: Ruling[Outcome]
    obligation: Obligation

    @property
    def silent(self) -> bool:
        """Whether the row says nothing."""
        return self.ruling.conclusion is None

    @property
    def outcome(self) -> Outcome:
        """What the row concludes; never asked of a silent finding."""
        conclusion = self.ruling.conclusion
        assert conclusion is not None  # noqa: S101 - `conclude` keeps silent findings apart
        return conclusion

    @property
    def code(self) -> str:
        """Public reason code."""
        return self.ruling.code

    @property
    def rows(self) -> tuple[str, ...]:
        """Ids of the specification's rows."""
        return self.ruling.row.ids

    def cites(self, on: date) -> tuple[Provision, ...]:
        """Return the provisions it rests on that were in force on the governing day."""
        return tuple(provision for provision in self.ruling.row.cites if provision.in_force(on))


_finding: Final = quickly(Finding)


class Bench:
    """The tables of one checkpoint that conclude outcomes, and what they say on its obligations.

    Args:
        tables: For each class of facts every table that reads it.
    """

    def __init__(self, tables: Mapping[type, tuple[Table[Outcome], ...]]) -> None:
        self._tables = dict(tables)
        self._sitting: dict[frozenset[Reading], Mapping[type, Together[Outcome]]] = {}

    def find(
        self, obligations: Iterable[Obligation], readings: frozenset[Reading]
    ) -> list[Finding]:
        """Return what each table says on each obligation, silent rows included.

        Raises:
            KeyError: Facts of a class no table here reads, or a fact its table does not know: the
                appraisal broke its contract.
        """
        sitting = self._sitting.get(readings)
        if sitting is None:
            sitting = {kind: Together(some, readings) for kind, some in self._tables.items()}
            self._sitting[readings] = sitting
        found = []
        for obligation in obligations:
            together = sitting[type(obligation.facts)]
            for ruling in together[together.point(obligation.facts)]:
                found.append(_finding(ruling, obligation))  # noqa: PERF401 - reads better
        return found
