"""Builders of real-estate cases: one plain sale of a home, changed by keyword."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from attrs import evolve

from taxgate.checks import property_title
from taxgate.checks.property_title.application import (
    Covered,
    PropertyApplication,
    PropertyPaper,
    PropertyTaxRecord,
    PropertyUnit,
    Share,
    Transferee,
    Transferor,
)
from taxgate.checks.property_title.execution import AssistanceRequest, Seal
from taxgate.checks.property_title.kinds import (
    TRANSFERS,
    Authentication,
    Authority,
    Measure,
    PropertyAct,
    RecordForm,
    RightKind,
    Tie,
)
from taxgate.decision import Decision
from taxgate.evidence import CHINA, Answer, Channel, Inquiry, Outage, OutageCause
from taxgate.identifiers import Division, UnitCode
from taxgate.parties import IdType, Person
from taxgate.terms import Matter, RecordStatus

AT = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
DAY = date(2026, 11, 23)
UNIT = UnitCode("149999001001GB00001F00010001")
OTHER_UNIT = UnitCode("149999001001GB00001F00010002")
SELLER = Person(IdType.PASSPORT, "P0000001", "甲某")
BUYER = Person(IdType.PASSPORT, "P0000002", "乙某")
SECOND_BUYER = Person(IdType.PASSPORT, "P0000003", "丙某")
STRANGER = Person(IdType.PASSPORT, "P0000009", "路人")
COMPANY = Person(IdType.USCC, "91149999MA0000001C", "某开发公司")
TAX_OFFICE = "T-1"
COURT = "C-1"

DEED = Matter.DEED_TAX
IIT = Matter.INDIVIDUAL_INCOME_TAX
LVAT = Matter.LAND_APPRECIATION_TAX
OTHER = Matter.OTHER_TAX
SEAL = Matter.SEAL

Replies = list[PropertyTaxRecord] | OutageCause | None


def unit(right: RightKind = RightKind.HOUSING, **changes: Any) -> PropertyUnit:
    """Return the unit with a right."""
    return PropertyUnit(**({"code": UNIT, "right": right} | changes))


def apply(
    act: PropertyAct = PropertyAct.SALE, right: RightKind = RightKind.HOUSING, **changes: Any
) -> PropertyApplication:
    """Return an application in Taiyuan on 2026-11-23: the seller's one unit to one buyer."""
    fields: dict[str, Any] = {
        "act": act,
        "division": Division("140100"),
        "handled_on": DAY,
        "units": (unit(right),),
        "seal_register_readable": True,
        "transferees": (to(),),
    }
    if act in TRANSFERS:
        fields["transferors"] = (by(),)
    if act is PropertyAct.INHERITANCE:
        fields["transferees"] = (to(tie=Tie.STATUTORY_HEIR, proven=True),)
    if act is PropertyAct.ASSISTANCE:
        fields["units"] = (unit(right, owners=(SELLER,)),)
        fields["requests"] = (request(),)
    return PropertyApplication(**(fields | changes))


def by(person: Person = SELLER, **changes: Any) -> Transferor:
    """Return a transferor."""
    return Transferor(person=person, **changes)


def to(person: Person = BUYER, **changes: Any) -> Transferee:
    """Return a transferee."""
    return Transferee(person=person, **changes)


def half() -> Share:
    """Return one half."""
    return Share(part=1, of=2)


def record(
    matter: Matter = DEED, status: RecordStatus = RecordStatus.PAID, **changes: Any
) -> PropertyTaxRecord:
    """Return a record of this unit: the buyer's deed tax, the seller's other taxes."""
    fields: dict[str, Any] = {
        "matter": matter,
        "status": status,
        "unit": UNIT,
        "taxpayer": BUYER if matter is DEED else SELLER,
        "voucher_no": "V-1",
    }
    return PropertyTaxRecord(**(fields | changes))


def completion(*covers: tuple[Matter, Person], **changes: Any) -> PropertyTaxRecord:
    """Return a consolidated completion flag naming taxes and parties."""
    return record(
        form=RecordForm.COMPLETION,
        taxpayer=None,
        covers=tuple(Covered(matter=matter, person=person) for matter, person in covers),
        **changes,
    )


def paper(verified: bool = False, forgery: str | None = None, **fields: Any) -> PropertyPaper:
    """Return a voucher handed in."""
    return PropertyPaper(
        record=record(**fields),
        verified_by=Channel.VOUCHER_LOOKUP if verified else None,
        forgery=forgery,
    )


def seal(authority: Authority = Authority.TAX, **changes: Any) -> Seal:
    """Return a seal in force on the unit to the end of the year, served first."""
    fields: dict[str, Any] = {
        "unit": UNIT,
        "authority": authority,
        "name": TAX_OFFICE if authority is Authority.TAX else COURT,
        "rank": 1,
        "until": date(2026, 12, 31),
    }
    return Seal(**(fields | changes))


def request(
    authority: Authority = Authority.TAX, measure: Measure = Measure.SEAL, **changes: Any
) -> AssistanceRequest:
    """Return a request with complete and authenticated papers."""
    fields: dict[str, Any] = {
        "authority": authority,
        "name": TAX_OFFICE if authority is Authority.TAX else COURT,
        "measure": measure,
        "unit": UNIT,
        "owner": SELLER,
        "notice_present": True,
        "instrument_present": True,
        "consistent": True,
        "authentication": Authentication.DONE,
        "received_on": DAY,
    }
    return AssistanceRequest(**(fields | changes))


def good_records(application: PropertyApplication, inquiry: Inquiry) -> list[PropertyTaxRecord]:
    """Return tax paid as the inquiry asks for it."""
    return [
        PropertyTaxRecord(
            matter=inquiry.matter,
            status=RecordStatus.PAID,
            unit=inquiry.unit,
            taxpayer=inquiry.person,
            contract_no=application.contract_no,
            voucher_no="V-1",
        )
    ]


def judge(
    application: PropertyApplication,
    readings: tuple[str, ...] = (),
    **replies: Replies,
) -> Decision:
    """Check; a tax named by keyword gets that reply for every party, any other is paid.

    Args:
        application: What is applied for.
        readings: Readings switched on.
        replies: `deed`, `iit`, `lvat`: records, or the cause of an outage.
    """
    names = {DEED: "deed", IIT: "iit", LVAT: "lvat"}
    answers = []
    for inquiry in property_title.inquiries(application):
        reply = replies.get(names[inquiry.matter])
        if isinstance(reply, OutageCause):
            answers.append(Answer(inquiry=inquiry, outage=Outage(cause=reply), source="test"))
            continue
        records = good_records(application, inquiry) if reply is None else reply
        answers.append(Answer(inquiry=inquiry, records=tuple(records), as_of=AT, source="test"))
    return property_title.check(application, answers, at=AT, readings=readings)


def asked(application: PropertyApplication) -> set[tuple[Matter, Person]]:
    """Return which tax is asked of whom."""
    return {
        (inquiry.matter, inquiry.person)
        for inquiry in property_title.inquiries(application)
        if inquiry.person is not None
    }


_EXCHANGED = (evolve(unit(), code=UNIT), evolve(unit(), code=OTHER_UNIT))
SAMPLES = (
    apply(),
    apply(right=RightKind.NON_HOUSING, contract_no="N-1"),
    apply(right=RightKind.NON_HOUSING, transferors=(by(COMPANY),)),
    apply(transferors=(by(COMPANY),), developer_sale=True),
    apply(transferees=(to(share=half()), to(SECOND_BUYER, share=half()))),
    apply(PropertyAct.GIFT, transferees=(to(tie=Tie.CLOSE_RELATIVE, proven=True),)),
    apply(PropertyAct.GIFT, RightKind.NON_HOUSING),
    apply(PropertyAct.MARITAL_DIVISION, transferees=(to(tie=Tie.SPOUSE, proven=True),)),
    apply(PropertyAct.INHERITANCE),
    apply(PropertyAct.COURT_TRANSFER, RightKind.NON_HOUSING),
    apply(
        PropertyAct.TAX_AUCTION,
        seals=(seal(),),
        requests=(request(measure=Measure.TRANSFER),),
    ),
    apply(PropertyAct.CONTRIBUTION, transferees=(to(COMPANY),)),
    apply(
        PropertyAct.EXCHANGE,
        units=_EXCHANGED,
        transferors=(by(unit=UNIT), by(BUYER, unit=OTHER_UNIT)),
        transferees=(to(unit=UNIT), to(SELLER, unit=OTHER_UNIT)),
    ),
    apply(PropertyAct.FIRST_REGISTRATION),
    apply(PropertyAct.FIRST_REGISTRATION, RightKind.GRANTED_LAND),
    apply(PropertyAct.FIRST_REGISTRATION, RightKind.HOMESTEAD),
    apply(PropertyAct.EXEMPT_USE_END),
    apply(PropertyAct.MORTGAGE, seals=(seal(Authority.COURT),)),
    apply(PropertyAct.ASSISTANCE),
)
"""Applications that theorems start from."""
