"""What somebody can do about a deregistration that does not pass yet."""

from __future__ import annotations

from typing import Final

from ...tables import Action, when
from ...terms import Actor
from .duties import ClearanceDuty
from .facts import (
    CourtPaper,
    Declared,
    Delivery,
    Document,
    Holding,
    Objection,
    Period,
    RulingDoubt,
    TaxRegistration,
)

_OBTAINABLE: Final = (Document.ABSENT, Document.MISMATCH, Document.REVOKED)
_DOWN: Final = (Document.SOURCE_UNREACHABLE, Document.SOURCE_UNTRUSTED)
_RAISED: Final = (Objection.RAISED_IN_PERIOD, Objection.RAISED_OUTSIDE_PERIOD)
_UNKNOWN: Final = (
    Objection.UNANSWERED,
    Objection.SOURCE_UNREACHABLE,
    Objection.SOURCE_UNTRUSTED,
)

# fmt: off
DOCUMENT_ACTIONS: Final = (
    Action("obtain-clearance", Actor.TAXPAYER, when(document=_OBTAINABLE),
           {"document": Document.VERIFIED}),
    Action("correct-record", Actor.TAX_AUTHORITY, when(document=Document.CONFLICT),
           {"document": Document.VERIFIED}),
    Action("ask-again", Actor.OFFICE, when(document=_DOWN), {"document": Document.VERIFIED}),
    Action("verify-voucher", Actor.OFFICE, when(document=_DOWN), {"document": Document.VERIFIED}),
    Action("clear-suspicion", Actor.TAX_AUTHORITY, when(document=Document.FORGED_SUSPECT),
           {"document": Document.VERIFIED}),
)

# A document that is cleared of suspicion still meets the objection beside it (D-29).
_OBJECTED = when(
    duty=ClearanceDuty.SIMPLIFIED,
    document=(Document.VERIFIED, Document.WAIVED, Document.FORGED_SUSPECT),
    objection=_RAISED,
)

CLEARANCE_ACTIONS: Final = (
    *DOCUMENT_ACTIONS,
    # D-32: revoked, yet there is no objection; the tax authority says which of the two holds.
    Action("correct-record", Actor.TAX_AUTHORITY,
           when(duty=ClearanceDuty.SIMPLIFIED, document=Document.REVOKED,
                objection=(Objection.NONE, Objection.WITHDRAWN)),
           {"document": Document.VERIFIED}),
    Action("lift-objection", Actor.TAX_AUTHORITY, _OBJECTED, {"objection": Objection.WITHDRAWN}),
    Action("take-general-route", Actor.TAXPAYER, _OBJECTED, {"duty": ClearanceDuty.GENERAL}),
    # Helps only under the reading that a ruling spares the document.
    Action("confirm-court-papers", Actor.OTHER_AUTHORITY,
           when(duty=ClearanceDuty.COURT, ruling=CourtPaper.NOT_ESTABLISHED),
           {"ruling": CourtPaper.ENDS_PROCEDURE}),
)

# On the simplified route a document beside a standing objection does not pass (D-29); on the
# general route it does (D-01), where nobody asks for objections.
OBJECTION_ACTIONS: Final = (
    Action("obtain-clearance", Actor.TAXPAYER,
           when(holding=Holding.NO_DOCUMENT, objection=frozenset(Objection) - set(_RAISED)),
           {"holding": Holding.DOCUMENT}),
    Action("obtain-clearance-and-take-general-route", Actor.TAXPAYER,
           when(holding=Holding.NO_DOCUMENT, objection=_RAISED),
           {"holding": Holding.DOCUMENT}),
    Action("settle-objection", Actor.TAX_AUTHORITY,
           when(holding=Holding.NO_DOCUMENT, objection=_RAISED),
           {"objection": Objection.WITHDRAWN}),
    # D-05: settle and publish again. An individual business has no publicity; where the period has
    # not ended well either, settling and publishing are two actions.
    Action("settle-objection-and-publish", Actor.TAXPAYER,
           when(holding=Holding.NO_DOCUMENT, objection=Objection.RAISED_IN_PERIOD,
                period=Period.OVER),
           {"objection": Objection.NONE}),
    Action("wait-for-publicity", Actor.TIME, when(period=Period.RUNNING), {"period": Period.OVER}),
    Action("wait-ten-days", Actor.TIME, when(period=Period.TEN_DAYS_RUNNING),
           {"period": Period.TEN_DAYS_OVER}),
    Action("publish", Actor.TAXPAYER, when(period=(Period.NOT_BEGUN, Period.APPLIED_LATE)),
           {"period": Period.OVER}),
    Action("read-publicity-record", Actor.OFFICE, when(period=Period.UNREADABLE),
           {"period": Period.OVER}),
    Action("send-push-and-wait", Actor.OFFICE, when(period=Period.NOT_PUSHED),
           {"period": Period.TEN_DAYS_OVER, "delivery": Delivery.DELIVERED}),
    Action("send-push", Actor.OFFICE,
           when(period=frozenset(Period) - {Period.NOT_PUSHED},
                delivery=(Delivery.NOT_SENT, Delivery.FAILED, Delivery.UNKNOWN)),
           {"delivery": Delivery.DELIVERED}),
    Action("ask-for-objections", Actor.OFFICE, when(objection=_UNKNOWN),
           {"objection": Objection.NONE}),
)

_REGISTRATION_DOWN: Final = (
    TaxRegistration.SOURCE_UNREACHABLE,
    TaxRegistration.SOURCE_UNTRUSTED,
)

REGISTRATION_ACTIONS: Final = (
    Action("cancel-tax-registration", Actor.TAXPAYER,
           when(document=(*_OBTAINABLE, Document.WAIVED)),
           {"document": Document.VERIFIED}),
    *DOCUMENT_ACTIONS[1:],
    Action("ask-for-registration", Actor.OFFICE, when(registration=_REGISTRATION_DOWN),
           {"registration": TaxRegistration.NOT_REGISTERED}),
    Action("correct-registration", Actor.TAX_AUTHORITY,
           when(registration=TaxRegistration.CONFLICT),
           {"registration": TaxRegistration.NOT_REGISTERED}),
    # D-23: only the tax authority can tell which of the two is wrong.
    Action("correct-registration", Actor.TAX_AUTHORITY,
           when(registration=TaxRegistration.REGISTERED, declared=Declared.NOT_REGISTERED),
           {"registration": TaxRegistration.NOT_REGISTERED}),
    Action("correct-declaration", Actor.TAXPAYER, when(declared=Declared.REGISTERED),
           {"declared": Declared.NOT_REGISTERED}),
)

RULING_ACTIONS: Final = (
    Action("confirm-ruling", Actor.OTHER_AUTHORITY, when(doubt=RulingDoubt.FORGED),
           {"doubt": RulingDoubt.NONE}),
)
# fmt: on
