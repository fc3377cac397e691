"""The closed facts of a deregistration: what its tables read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

from ...terms import State
from .duties import ClearanceDuty


class Document(StrEnum):
    """State of the clearance document, or at a staffing office of the papers (文书状态)."""

    VERIFIED = "verified"
    """Kind fits, same entity, confirmed by the tax source or by an officer."""
    WAIVED = "waived"
    """The tax source states that this entity needs none."""
    ABSENT = "absent"
    """None handed in, and the source answered that there is none."""
    MISMATCH = "mismatch"
    """Of another entity; the head office's document does not cover a branch."""
    REVOKED = "revoked"
    CONFLICT = "conflict"
    SOURCE_UNREACHABLE = "source-unreachable"
    SOURCE_UNTRUSTED = "source-untrusted"
    FORGED_SUSPECT = "forged-suspect"


class Holding(StrEnum):
    """Whether the applicant holds a document, as the rows on the simplified route ask."""

    DOCUMENT = "document"
    """Verified or waived."""
    NO_DOCUMENT = "no-document"
    """Any other state but a suspected forgery."""
    SUSPECT = "suspect"
    """Suspected of forgery: another row decides."""


class Affairs(StrEnum):
    """What the tax source says of tax affairs (涉税事宜)."""

    NEVER = "never"
    NOT_ESTABLISHED = "not-established"
    """It had some, or the source does not say."""


class Sparing(StrEnum):
    """Whether some material, but not the clearance certificate, is spared (材料减免)."""

    NONE = "none"
    OTHER_MATERIAL = "other-material"
    """Merger, division, branch, individual business, cooperative."""


class CourtPaper(StrEnum):
    """What the court ruling handed in is worth (裁定书)."""

    ENDS_PROCEDURE = "ends-procedure"
    """Authenticated, in force, of this entity, ends bankruptcy or compulsory liquidation."""
    NOT_ESTABLISHED = "not-established"
    """Missing, or one of these is not so."""


class RulingDoubt(StrEnum):
    """Whether an officer suspects the ruling to be forged."""

    NONE = "none"
    FORGED = "forged"


class Period(StrEnum):
    """Where the objection period stands on the decision day (公示期、异议期)."""

    NOT_BEGUN = "not-begun"
    RUNNING = "running"
    """Publicity: the decision day is not after its last day."""
    OVER = "over"
    """Publicity over, and applied for in time."""
    APPLIED_LATE = "applied-late"
    """Publicity over, and applied for after the window."""
    UNREADABLE = "unreadable"
    TEN_DAYS_RUNNING = "ten-days-running"
    """Individual business: the decision day is not after the tenth day."""
    TEN_DAYS_OVER = "ten-days-over"
    NOT_PUSHED = "not-pushed"
    """Individual business: the ten days never began."""


class Delivery(StrEnum):
    """What became of the push, by the decision day."""

    DELIVERED = "delivered"
    NOT_SENT = "not-sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Objection(StrEnum):
    """The tax authority's objection (税务机关异议)."""

    NONE = "none"
    """It answered on the decision day, after the period and a confirmed push, that it has none."""
    WITHDRAWN = "withdrawn"
    RAISED_IN_PERIOD = "raised-in-period"
    RAISED_OUTSIDE_PERIOD = "raised-outside-period"
    """After the period, before it, or on a day not known."""
    UNANSWERED = "unanswered"
    """Answered, but nothing that would settle it."""
    SOURCE_UNREACHABLE = "source-unreachable"
    SOURCE_UNTRUSTED = "source-untrusted"


class Eligibility(StrEnum):
    """Whether the simplified route is open, by the registrar's own register."""

    ELIGIBLE = "eligible"
    BARRED = "barred"


class Others(StrEnum):
    """Whether a department, a creditor or another party objects."""

    SILENT = "silent"
    OBJECT = "object"


class TaxRegistration(StrEnum):
    """What the tax source says of the tax registration (税务登记)."""

    REGISTERED = "registered"
    NOT_REGISTERED = "not-registered"
    CONFLICT = "conflict"
    """Statements that contradict each other, or are not clearly about this unit."""
    SOURCE_UNREACHABLE = "source-unreachable"
    SOURCE_UNTRUSTED = "source-untrusted"


class Declared(StrEnum):
    """What the unit declares of its tax registration."""

    NOTHING = "nothing"
    REGISTERED = "registered"
    NOT_REGISTERED = "not-registered"


class Body(StrEnum):
    """Whether the unit is a state organ (机关法人), by its code."""

    STATE_ORGAN = "state-organ"
    OTHER = "other"


def _published_order() -> Mapping[Document, frozenset[Document]]:
    fulfilled = frozenset({Document.VERIFIED, Document.WAIVED})
    worst = frozenset({Document.FORGED_SUSPECT})
    worse: dict[Document, frozenset[Document]] = {}
    for state in Document:
        if state in fulfilled:
            worse[state] = frozenset(Document) - fulfilled
        elif state in (Document.ABSENT, Document.MISMATCH):
            worse[state] = worst | {Document.REVOKED}
        else:
            worse[state] = worst - {state}
    return MappingProxyType(worse)


WORSE_DOCUMENT: Final = _published_order()
"""The published partial order of documents, as `terms.WORSE_THAN` is for taxes.

Where several tables share a question and some are silent, only that a suspected forgery is worst
can be proved of one table alone.
"""

FORGERY_IS_WORST: Final = MappingProxyType(
    {
        state: frozenset({Document.FORGED_SUSPECT})
        for state in Document
        if state is not Document.FORGED_SUSPECT
    }
)
"""The part of that order that holds of every single table."""


@frozen
class ClearanceFacts:
    """Facts of the clearance document of a market entity.

    Attributes:
        duty: What the route demands.
        document: State of the document.
        state: The same as the shared evidence status, for referrals; it has no word for a document
            that is verified or waived.
        affairs: Tax affairs.
        sparing: Whether other material is spared.
        ruling: What the court ruling is worth.
        objection: The tax authority's objection; unanswered where it is not asked for.
    """

    duty: ClearanceDuty
    document: Document
    state: State | None
    affairs: Affairs
    sparing: Sparing
    ruling: CourtPaper
    objection: Objection


@frozen
class ObjectionFacts:
    """Facts of the exception for simplified deregistrations."""

    holding: Holding
    period: Period
    delivery: Delivery
    objection: Objection
    eligibility: Eligibility
    affairs: Affairs
    others: Others


@frozen
class RegistrationFacts:
    """Facts of the tax registration of a unit under a staffing office.

    Attributes:
        document: State of the papers that show it cancelled.
        state: The same as the shared evidence status, for referrals; it has no word for a document
            that is verified or waived.
        registration: What the tax source says.
        declared: What the unit says.
        body: Whether it is a state organ.
    """

    document: Document
    state: State | None
    registration: TaxRegistration
    declared: Declared
    body: Body


@frozen
class RulingFacts:
    """Facts of a court ruling handed in."""

    doubt: RulingDoubt
