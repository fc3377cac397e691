"""Builders of deregistration cases: one plain case each, changed by keyword.

The calendar of the specification: publicity starts 2026-11-01 and ends 11-21; the window to apply
is 11-22 to 12-11. The decision day is 2026-12-01 unless a case says otherwise.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from taxgate.checks import deregistration
from taxgate.checks.deregistration.application import (
    DeregistrationAct,
    DeregistrationApplication,
    Entity,
    EntityKind,
    Publicity,
    Push,
    PushState,
    Registrar,
    Route,
    Ruling,
    RulingKind,
)
from taxgate.checks.deregistration.records import (
    DeregistrationPaper,
    DeregistrationRecord,
    DocumentKind,
)
from taxgate.decision import Decision
from taxgate.evidence import CHINA, Answer, Channel, Inquiry, Outage, OutageCause
from taxgate.identifiers import Division, Uscc
from taxgate.terms import Matter, RecordStatus

USCC = Uscc("91149999MA0000001C")
OTHER = Uscc("91149998MA00000021")
NAME = "并州样例有限公司"
START = date(2026, 11, 1)
LAST = date(2026, 11, 21)
WINDOW_LAST = date(2026, 12, 11)
DAY = date(2026, 12, 1)
CLEARANCE = Matter.CLEARANCE
OBJECTION = Matter.TAX_OBJECTION
REGISTRATION = Matter.TAX_REGISTRATION
S = RecordStatus
DOWN = OutageCause.TIMEOUT
GARBLED = OutageCause.MALFORMED_RESPONSE

Replies = list[DeregistrationRecord] | OutageCause | None


def entity(kind: EntityKind = EntityKind.COMPANY, **changes: Any) -> Entity:
    """Return the entity of most cases, of some kind."""
    return Entity(**({"uscc": USCC, "name": NAME, "kind": kind} | changes))


def apply(route: Route | None = Route.GENERAL, **changes: Any) -> DeregistrationApplication:
    """Return a market deregistration in Taiyuan handled on 2026-12-01."""
    fields: dict[str, Any] = {
        "act": DeregistrationAct.DEREGISTRATION,
        "registrar": Registrar.MARKET,
        "division": Division("140100"),
        "entity": entity(),
        "route": route,
        "application_date": DAY,
        "handled_on": DAY,
    }
    return DeregistrationApplication(**(fields | changes))


def publicity(started_on: date | None = START, **changes: Any) -> Publicity:
    """Return a publicity record."""
    return Publicity(**({"readable": True, "started_on": started_on} | changes))


def push(state: PushState = PushState.DELIVERED, delivered_on: date | None = None) -> Push:
    """Return a push; delivered on the start of the publicity unless said otherwise."""
    if state is PushState.DELIVERED and delivered_on is None:
        delivered_on = START
    return Push(state=state, delivered_on=delivered_on)


def simplified(on: date = DAY, **changes: Any) -> DeregistrationApplication:
    """Return a simplified deregistration applied for and decided on one day, in good order."""
    fields: dict[str, Any] = {
        "application_date": on,
        "handled_on": on,
        "publicity": publicity(),
        "push": push(),
        "bars": (),
        "other_objections": (),
    }
    return apply(Route.SIMPLIFIED, **(fields | changes))


def individual(on: date = DAY, **changes: Any) -> DeregistrationApplication:
    """Return a simplified deregistration of an individual business; it has no publicity."""
    fields = {"entity": entity(EntityKind.INDIVIDUAL_BUSINESS), "publicity": None}
    return simplified(on, **(fields | changes))


def staffing(**changes: Any) -> DeregistrationApplication:
    """Return a deregistration at a staffing office."""
    fields: dict[str, Any] = {
        "registrar": Registrar.STAFFING_OFFICE,
        "entity": entity(EntityKind.PUBLIC_INSTITUTION),
    }
    return apply(None, **(fields | changes))


def ruling(**changes: Any) -> Ruling:
    """Return an authenticated ruling in force that ends this entity's bankruptcy."""
    fields: dict[str, Any] = {
        "kind": RulingKind.ENDS_BANKRUPTCY,
        "in_force": True,
        "authenticated": True,
        "uscc": USCC,
    }
    return Ruling(**(fields | changes))


def record(status: RecordStatus = S.ISSUED, **changes: Any) -> DeregistrationRecord:
    """Return a record of this entity; a clearance certificate where it is a document."""
    fields: dict[str, Any] = {"status": status, "uscc": USCC, "matter": CLEARANCE}
    if status in (S.ISSUED, S.REVOKED):
        fields["document"] = DocumentKind.CLEARANCE_CERTIFICATE
    elif status in (S.OBJECTED, S.OBJECTION_WITHDRAWN, S.NO_OBJECTION):
        fields["matter"] = OBJECTION
    elif status in (S.REGISTERED_FOR_TAX, S.NOT_REGISTERED_FOR_TAX):
        fields["matter"] = REGISTRATION
    return DeregistrationRecord(**(fields | changes))


def paper(
    status: RecordStatus = S.ISSUED,
    *,
    verified: bool = False,
    forgery: str | None = None,
    **fields: Any,
) -> DeregistrationPaper:
    """Return a document handed in."""
    return DeregistrationPaper(
        record=record(status, **fields),
        verified_by=Channel.TAX_COUNTER if verified else None,
        forgery=forgery,
    )


def morning(day: date) -> datetime:
    """Return 10:00 in China of a day."""
    return datetime.combine(day, time(10), CHINA)


def answer(matter: Matter, reply: Replies, *, as_of: datetime, company: Uscc = USCC) -> Answer:
    """Return an answer: records, or an outage."""
    inquiry = Inquiry(matter=matter, company=company)
    if isinstance(reply, OutageCause):
        return Answer(inquiry=inquiry, outage=Outage(cause=reply), source="test")
    return Answer(inquiry=inquiry, records=tuple(reply or ()), as_of=as_of, source="test")


def judge(
    application: DeregistrationApplication,
    clearance: Replies = None,
    objection: Replies = None,
    registration: Replies = None,
    readings: tuple[str, ...] = (),
    as_of: datetime | None = None,
    at: datetime | None = None,
) -> Decision:
    """Check on the decision day; None stands for an answer without records.

    On the simplified route an objection left out stands for an explicit "no objection".
    """
    moment = at or morning(application.decided_on)
    if objection is None:
        objection = [record(S.NO_OBJECTION, uscc=application.entity.uscc)]
    replies = {CLEARANCE: clearance, OBJECTION: objection, REGISTRATION: registration}
    answers = [
        answer(matter, reply, as_of=as_of or moment, company=application.entity.uscc)
        for matter, reply in replies.items()
    ]
    return deregistration.check(application, answers, at=moment, readings=readings)
