"""What somebody can do about a deregistration that does not pass yet."""

from __future__ import annotations

from typing import Final

from ...tables import Action, when
from ...terms import Actor
from .facts import (
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
    Action("clear-suspicion", Actor.TAX_AUTHORITY, when(document=Document.FORGED_SUSPECT),
           {"document": Document.VERIFIED}),
)

CLEARANCE_ACTIONS: Final = (
    *DOCUMENT_ACTIONS,
    Action("lift-objection", Actor.TAX_AUTHORITY,
           when(document=(Document.VERIFIED, Document.WAIVED), objection=_RAISED),
           {"objection": Objection.WITHDRAWN}),
)

# A document beside a standing objection does not pass (D-29), so it is no way out on its own.
OBJECTION_ACTIONS: Final = (
    Action("obtain-clearance", Actor.TAXPAYER,
           when(holding=Holding.NO_DOCUMENT, objection=frozenset(Objection) - set(_RAISED)),
           {"holding": Holding.DOCUMENT}),
    Action("settle-objection", Actor.TAX_AUTHORITY,
           when(holding=Holding.NO_DOCUMENT, objection=_RAISED),
           {"objection": Objection.WITHDRAWN}),
    Action("settle-objection-and-obtain-clearance", Actor.TAX_AUTHORITY,
           when(holding=Holding.NO_DOCUMENT, objection=_RAISED),
           {"objection": Objection.WITHDRAWN, "holding": Holding.DOCUMENT}),
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
    Action("correct-declaration", Actor.TAXPAYER, when(declared=Declared.REGISTERED),
           {"declared": Declared.NOT_REGISTERED}),
)

RULING_ACTIONS: Final = (
    Action("confirm-ruling", Actor.OTHER_AUTHORITY, when(doubt=RulingDoubt.FORGED),
           {"doubt": RulingDoubt.NONE}),
)
# fmt: on
