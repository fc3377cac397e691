"""Sale of a home by an individual: deed tax paid, of the seller's income tax no record found.

All data is invented. The seller is told what is missing; the buyer learns nothing of it.
"""

from datetime import date, datetime

from taxgate import Answer, IdType, Person, property_title
from taxgate.checks.property_title.application import (
    PropertyUnit,
    RightKind,
    Role,
    Transferee,
    Transferor,
)
from taxgate.evidence import CHINA
from taxgate.identifiers import Division, UnitCode
from taxgate.terms import Matter, RecordStatus

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
UNIT = UnitCode.parse("149999001001GB00001F00010001")
SELLER = Person(IdType.RESIDENT_NUMBER, "149998196201180417", "王样例")
BUYER = Person(IdType.RESIDENT_NUMBER, "149999199109251868", "李样例")

application = property_title.Application(
    act=property_title.Act.SALE,
    division=Division("140100"),
    handled_on=date(2026, 11, 23),
    units=(PropertyUnit(code=UNIT, right=RightKind.HOUSING),),
    transferors=(Transferor(person=SELLER),),
    transferees=(Transferee(person=BUYER),),
    seal_register_readable=True,  # looked up: an unreadable register is no empty one
    seals=(),
)

# What the tax bureau knows: deed tax of this buyer for this unit, and nothing else.
deed_tax = property_title.Record(
    matter=Matter.DEED_TAX,
    status=RecordStatus.PAID,
    taxpayer=BUYER,
    unit=UNIT,
    role=Role.TRANSFEREE,
)
answers = [
    Answer(
        inquiry=inquiry,
        records=(deed_tax,) if inquiry.matter is Matter.DEED_TAX else (),
        source="example",
        as_of=NOW,
    )
    for inquiry in property_title.inquiries(application)
]
decision = property_title.check(application, answers, at=NOW)

print(decision.verdict, decision.effect, decision.may_complete)
print("\n\n".join(notice.text for notice in decision.notices("en")))
