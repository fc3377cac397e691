"""The case (案件) a decision belongs to, its non-tax obstacles, and referrals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from .building import quickly
from .errors import ApplicationError
from .evidence import Paper, china_date, code
from .findings import Finding, Standing
from .identifiers import Division
from .law import Provision
from .law.order_307 import ART_29
from .parties import Person
from .tables import Ruling
from .terms import Checkpoint, Flag, Matter, ObstacleKind, State

__all__ = [
    "Application",
    "Heading",
    "Obstacle",
    "Referral",
    "Suspicion",
    "SuspicionKind",
    "referrals",
]


class SuspicionKind(StrEnum):
    """Kind of tax violation an officer suspects (涉嫌税费违法行为), never worked out by taxgate."""

    FORGED_VOUCHER = "forged-voucher"
    SHAM_PRICE = "sham-price"
    DUAL_CONTRACT = "dual-contract"
    OTHER = "other"


@frozen(kw_only=True)
class Suspicion:
    """What an officer found while working on the case.

    Attributes:
        kind: Kind of violation.
        found: What was found, in the officer's words.
        matter: Tax it concerns, where known.
        person: Whom it concerns, where known.
    """

    kind: SuspicionKind
    found: str
    matter: Matter | None = None
    person: Person | None = None

    def __attrs_post_init__(self) -> None:
        """Demand the reason."""
        if not self.found.strip():
            raise ApplicationError("suspicions.found", "is empty: say what was found")


@frozen(kw_only=True)
class Application:
    """What every application (登记申请) carries; each checkpoint adds its own fields.

    Attributes:
        act: What is applied for; each checkpoint has an enum of its own.
        division: Division code (行政区划代码) of the handling registrar; decides the territory.
        application_date: Day the application reached the office, China time.
        handled_on: Day the office handles it, China time. It is the governing day, whose law is
            applied, else `application_date` is; where the Order speaks of acceptance,
            `accepted_on` comes first. The instant of the check plays no part in that.
        office: Name of the registration office, for notices.
        office_phone: Its telephone number, for notices.
        case_no: Its case number.
        applicant: Who applies, where that is not the taxpayer; without one all parties are taken to
            apply.
        suspicions: Violations an officer suspects, beyond forged papers.

    Raises:
        ApplicationError: Neither date is given, or they are reversed; or the division lies in no
            province.
    """

    act: StrEnum
    division: Division
    application_date: date | None = None
    handled_on: date | None = None
    office: str | None = field(default=None, converter=code)
    office_phone: str | None = field(default=None, converter=code)
    case_no: str | None = field(default=None, converter=code)
    applicant: Person | None = None
    suspicions: tuple[Suspicion, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Demand a place that exists and the governing day."""
        if not self.division.names_a_province:
            raise ApplicationError(
                "division", "names no province: give the code of the handling registrar"
            )
        if self.application_date is None and self.handled_on is None:
            raise ApplicationError(
                "handled_on", "and application_date are both missing: one fixes the governing day"
            )
        if (
            self.application_date is not None
            and self.handled_on is not None
            and self.handled_on < self.application_date
        ):
            raise ApplicationError("handled_on", "lies before application_date")

    @property
    def governing_on(self) -> date:
        """Governing day (适用法律的日期): handling, else application."""
        day = self.handled_on or self.application_date
        assert day is not None  # noqa: S101 - demanded above
        return day


@frozen(kw_only=True)
class Heading:
    """What a decision says of its case.

    Attributes:
        checkpoint: Where the check was made.
        act: Kind of registration, as on the wire.
        division: Handling registrar's division.
        governing_on: Day whose law governs, China time.
        at: Instant of the check.
        office: Name of the office.
        office_phone: Its telephone number.
        case_no: Its case number.
        applicant: Who applies.
    """

    checkpoint: Checkpoint
    act: str
    division: Division
    governing_on: date
    at: datetime
    office: str | None = None
    office_phone: str | None = None
    case_no: str | None = None
    applicant: Person | None = None

    @property
    def today(self) -> date:
        """Calendar day of the check in China."""
        return china_date(self.at)


@frozen
class Obstacle:
    """A non-tax obstacle that stands: the act may not be completed, the verdict is untouched.

    Attributes:
        ruling: The row that found it.
        detail: Parameters for its wording: names to values that may be printed.
    """

    ruling: Ruling[ObstacleKind]
    detail: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> ObstacleKind:
        """Which obstacle it is."""
        kind = self.ruling.conclusion
        assert kind is not None  # noqa: S101 - silent rulings never become obstacles
        return kind

    @property
    def rows(self) -> tuple[str, ...]:
        """Ids of the specification's rows."""
        return self.ruling.row.ids

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Remarks its row puts on the decision."""
        return self.ruling.row.flags


@frozen(kw_only=True)
class Referral:
    """A written report to the tax authority (书面告知), Order Art. 29.

    Attributes:
        kind: Kind of violation suspected.
        reason: What an officer found, in the officer's words; None: the tax authority itself
            answered that it never issued the voucher.
        matter: Tax it concerns, where known.
        person: Whom it concerns, where known.
        voucher_no: Number of the voucher suspected, where it has one.
        basis: The provision that demands the report.
    """

    kind: SuspicionKind
    reason: str | None = None
    matter: Matter | None = None
    person: Person | None = None
    voucher_no: str | None = field(default=None, repr=False)
    basis: Provision = ART_29


_referral: Final = quickly(Referral)
_FORGED: Final = State.FORGED_SUSPECT  # named once: a member costs more to name than to compare


def referrals(
    findings: Iterable[Finding], papers: Iterable[Paper], suspicions: Iterable[Suspicion]
) -> tuple[Referral, ...]:
    """Return the reports due: suspected forgeries and what an officer found, nothing else.

    A forged paper is reported even where its tax is not asked for. "No record", "unpaid" and an
    outage are no suspicion.
    """
    due = [
        _referral(
            kind=SuspicionKind.FORGED_VOUCHER,
            reason=paper.forgery,
            matter=paper.record.matter,
            person=paper.record.taxpayer,
            voucher_no=paper.record.voucher_no,
        )
        for paper in papers
        if paper.forgery is not None
    ]
    for finding in findings:
        if getattr(finding.obligation.facts, "state", None) is _FORGED:
            due += _never_issued(finding)
    due += [
        _referral(kind=item.kind, reason=item.found, matter=item.matter, person=item.person)
        for item in suspicions
    ]
    return tuple(dict.fromkeys(due)) if len(due) > 1 else tuple(due)


def _never_issued(finding: Finding) -> list[Referral]:
    """Report vouchers the tax authority says it never issued."""
    return [
        _referral(
            kind=SuspicionKind.FORGED_VOUCHER,
            matter=item.record.matter,
            person=item.record.taxpayer,
            voucher_no=item.record.voucher_no,
        )
        for item in finding.obligation.weighed
        if item.standing is Standing.FORGED and (item.paper is None or item.paper.forgery is None)
    ]
