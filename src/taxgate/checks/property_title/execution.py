"""Seals and requests for assistance in execution (查封、协助执行), as the registrar has them."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from ...errors import ApplicationError
from ...evidence import code
from ...identifiers import UnitCode
from ...parties import Person
from .kinds import Authentication, Authority, Measure


@frozen(kw_only=True)
class Seal:
    """One entry of the seal register (查封登记).

    Attributes:
        unit: Unit sealed.
        authority: Kind of authority.
        name: Its name or number in the register, by which two authorities are told apart.
        rank: 1 for the seal served first, then the waiting ones (轮候) in order.
        since: Day it was recorded.
        until: Last day of its stated term, renewals included; null: none stated.
        lifted: A lifting paper was recorded.
        owner: The owner on whose share alone it lies; null: the whole unit. A transfer leaves that
            share alone only where others give up stated shares that make less than the unit.
        debt_settled: The tax behind it is said to be paid since.
        handed_over: The disposal was handed over in writing to the authority that now asks for
            the transfer (移送处置权).

    Raises:
        ApplicationError: The rank is not positive.
    """

    unit: UnitCode
    authority: Authority
    name: str = field(converter=code)
    rank: int
    since: date | None = None
    until: date | None = None
    lifted: bool = False
    owner: Person | None = None
    debt_settled: bool = False
    handed_over: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse a rank that is none."""
        if self.rank < 1:
            raise ApplicationError("seals.rank", "starts at 1")


@frozen(kw_only=True)
class AssistanceRequest:
    """A request to assist in execution (协助执行), with its papers.

    Attributes:
        authority: Kind of authority that asks.
        name: Its name or number, written exactly as in the seal register: by it its own seals are
            known, which alone it can renew, lift or rely on.
        measure: What it asks for.
        unit: Unit the papers name.
        owner: Owner the papers name, compared with `owners` of the unit.
        notice_present: The notice of assistance in execution (协助执行通知书) is there.
        instrument_present: The instrument it rests on (相关法律文书) is there.
        consistent: Both papers agree with one another.
        authentication: Whether an officer has authenticated them.
        forgery: An officer's reasoned suspicion that they are forged; null: none. It comes before
            everything else the papers say, and is reported in writing.
        received_on: Day they arrived.
        order: Order of arrival among the requests of one day, from 0; equal: not known.
        until: Last day of the term asked for; null: none stated.

    Raises:
        ApplicationError: The order is negative, or a suspicion has no reason.
    """

    authority: Authority
    name: str = field(converter=code)
    measure: Measure
    unit: UnitCode
    owner: Person
    notice_present: bool
    instrument_present: bool
    consistent: bool
    authentication: Authentication
    received_on: date
    order: int = 0
    until: date | None = None
    forgery: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse an order that is none, and demand the reason of a suspicion."""
        if self.order < 0:
            raise ApplicationError("requests.order", "is negative")
        if self.forgery is not None and not self.forgery.strip():
            raise ApplicationError("requests.forgery", "is empty: a suspicion needs its reason")

    @property
    def arrived(self) -> tuple[date, int]:
        """When it arrived, for comparison with other requests."""
        return self.received_on, self.order
