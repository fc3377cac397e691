"""What the tax authority says of an entity, and the papers on it that are handed in."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from attrs import field, frozen

from ...errors import AnswerError, ApplicationError
from ...evidence import Paper, TaxRecord
from ...identifiers import Uscc
from ...parties import optional_name
from ...terms import Matter, RecordStatus


class DocumentKind(StrEnum):
    """Kind of a document of the tax authority (文书类型)."""

    CLEARANCE_CERTIFICATE = "clearance-certificate"
    """清税证明."""
    CANCELLATION_NOTICE = "cancellation-notice"
    """Notice or papers showing the tax registration cancelled (注销税务登记资料)."""
    SETTLEMENT_NOTICE = "settlement-notice"
    """Tax notice that everything is settled (税务事项通知书: 已结清)."""
    RECEIPT = "receipt"
    """A mere receipt or acceptance slip (受理回执)."""
    OTHER = "other"


_CLEARANCE_STATUSES: Final = frozenset(
    {
        RecordStatus.ISSUED,
        RecordStatus.REVOKED,
        RecordStatus.NEVER_ISSUED,
        RecordStatus.WAIVED,
        RecordStatus.NEVER_HAD_TAX_AFFAIRS,
        RecordStatus.HAD_TAX_AFFAIRS,
        RecordStatus.NO_OBJECTION,
        RecordStatus.OBJECTED,
        RecordStatus.OBJECTION_WITHDRAWN,
        RecordStatus.REGISTERED_FOR_TAX,
        RecordStatus.NOT_REGISTERED_FOR_TAX,
    }
)
_ON_OBJECTIONS: Final = frozenset(
    {RecordStatus.NO_OBJECTION, RecordStatus.OBJECTED, RecordStatus.OBJECTION_WITHDRAWN}
)
_ON_REGISTRATION: Final = frozenset(
    {RecordStatus.REGISTERED_FOR_TAX, RecordStatus.NOT_REGISTERED_FOR_TAX}
)
_DATED_BY_OBJECTION: Final = (RecordStatus.OBJECTED, RecordStatus.OBJECTION_WITHDRAWN)
_ON_PAPER: Final = (
    RecordStatus.ISSUED,
    RecordStatus.REVOKED,
    RecordStatus.NOT_REGISTERED_FOR_TAX,
)
"""No document says of itself that it was never issued: that is the source's answer, or a suspicion
with its reason."""


@frozen(kw_only=True)
class DeregistrationRecord(TaxRecord):
    """What the tax authority says of an entity: a document, a waiver, an objection, a registration.

    Records that answer the matter "tax-objection" say "no-objection", "objected" or
    "objection-withdrawn"; an empty list says nothing there, least of all that nobody objects. A "no
    objection" counts only from an answer whose as_of lies on the decision day and after the last
    day of the period; a withdrawal also from one of a day between the two.

    A status is stated under its own matter, so that none is passed over as one on something else.

    Attributes:
        matter: What the record is about: "tax-objection" with the three statuses above and with no
            other; "tax-registration" with "registered-for-tax" and "not-registered-for-tax"; with
            documents, waivers and tax affairs "clearance", or "tax-registration" where a staffing
            office asks.
        voucher_no: Number of the document; of an objection, the objection's number; of a
            withdrawal, the objection's number where cancels is null, else its own.
        cancels: Of a revocation, the number of the document it revokes; of a withdrawal, the number
            of the objection it withdraws.
        issued_on: Day of issue; of a withdrawal, its day, of "no objection", the day it was stated.
            A document dated after the decision is a conflict.
        uscc: The entity it is about; the only key. A document or waiver without it is a conflict,
            an objection, a withdrawal or "no objection" without it leaves the matter open, and a
            statement on tax affairs or on the tax registration without it is not used.
        name: Name it states; null: none. Another name than the entity's makes a document a conflict
            and a reassuring statement doubtful.
        document: Kind of document, of a document issued or revoked. A document issued that states
            no kind is a conflict; one of a kind that does not serve counts as none.
        raised_on: Day an objection was raised, on "objected" and "objection-withdrawn" only; an
            objection without it counts as raised outside the period. On a withdrawal the day the
            withdrawn objection was raised: without a number in common it ties the two together.
            Failing that too, a withdrawal without a number goes with the only objection there is,
            if that has no number either; otherwise the matter stays open, and beside a clearance
            document the objection stands.

    Raises:
        AnswerError: A status under a matter it is not stated under, or a day of objection on a
            record that is no objection.
    """

    STATUSES: ClassVar[frozenset[RecordStatus]] = _CLEARANCE_STATUSES

    uscc: Uscc | None = None
    name: str | None = field(default=None, converter=optional_name, repr=False)
    document: DocumentKind | None = None
    raised_on: date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a contradiction within the record."""
        super().__attrs_post_init__()
        fitting = _matters_of(self.status)
        if self.matter not in fitting:
            listed = " or ".join(f'"{matter}"' for matter in fitting)
            raise AnswerError(
                str(self.matter), f"status {self.status} is stated under {listed}: correct one"
            )
        if self.raised_on is not None and self.status not in _DATED_BY_OBJECTION:
            raise AnswerError(str(self.matter), f"raised_on contradicts status {self.status}")


def _matters_of(status: RecordStatus) -> tuple[Matter, ...]:
    """Return the matters a status is stated under."""
    if status in _ON_OBJECTIONS:
        return (Matter.TAX_OBJECTION,)
    if status in _ON_REGISTRATION:
        return (Matter.TAX_REGISTRATION,)
    return (Matter.CLEARANCE, Matter.TAX_REGISTRATION)


@frozen(kw_only=True)
class DeregistrationPaper(Paper):
    """A clearance document or paper on the tax registration that was handed in.

    It says "issued", "revoked" or "not-registered-for-tax" and nothing else: waivers, tax affairs,
    objections and that a unit is registered are for the tax source to state.

    Attributes:
        record: What it says; its status is "issued", "revoked" or "not-registered-for-tax".

    Raises:
        ApplicationError: It says what no document says; waivers, tax affairs and objections are for
            the tax source to state, and so is that a document was never issued.
    """

    record: DeregistrationRecord

    def __attrs_post_init__(self) -> None:
        """Refuse statements that only count from the tax source."""
        super().__attrs_post_init__()
        if self.record.status not in _ON_PAPER:
            raise ApplicationError(
                "papers.record.status", f"is {self.record.status}: ask the tax source for that"
            )
