"""A company deregisters on the simplified route: the notice period, the tax objection, the result.

All data is invented. The same application is decided twice: on the last day of the publicity, and
on the day after it.
"""

from datetime import date, datetime

from attrs import evolve

from taxgate import Answer, Inquiry, deregistration
from taxgate.checks.deregistration.application import (
    Entity,
    EntityKind,
    Publicity,
    Push,
    PushState,
    Registrar,
    Route,
)
from taxgate.evidence import CHINA
from taxgate.identifiers import Division, Uscc
from taxgate.terms import Matter, RecordStatus

USCC = Uscc.parse("91149999MA0EX0C03B")

application = deregistration.Application(
    act=deregistration.Act.DEREGISTRATION,
    registrar=Registrar.MARKET,
    division=Division("140100"),
    application_date=date(2026, 11, 21),
    handled_on=date(2026, 11, 21),
    entity=Entity(uscc=USCC, name="样例商贸有限公司", kind=EntityKind.COMPANY),
    route=Route.SIMPLIFIED,
    bars=(),  # looked up: nothing closes the simplified route
    other_objections=(),  # looked up: nobody else objects
    publicity=Publicity(readable=True, started_on=date(2026, 11, 1)),  # so it ends on 11-21
    push=Push(state=PushState.DELIVERED, delivered_on=date(2026, 11, 2)),
)


NO_OBJECTION = deregistration.Record(
    matter=Matter.TAX_OBJECTION, status=RecordStatus.NO_OBJECTION, uscc=USCC
)


def ask(inquiry: Inquiry, at: datetime) -> Answer:
    """Answer as a tax bureau might: no clearance document, and no objection."""
    found = (NO_OBJECTION,) if inquiry.matter is Matter.TAX_OBJECTION else ()
    return Answer(inquiry=inquiry, records=found, source="example", as_of=at)


for day in (21, 22):
    at = datetime(2026, 11, day, 10, 0, tzinfo=CHINA)
    today = evolve(application, handled_on=at.date())
    answers = [ask(inquiry, at) for inquiry in deregistration.inquiries(today)]
    decision = deregistration.check(today, answers, at=at)
    print(at.date(), decision.verdict, decision.effect, decision.may_complete)
    for notice in decision.notices("en"):
        print(notice.text)
