"""Builders of equity-transfer cases: one plain deal each, changed by keyword."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from attrs import evolve

from taxgate.checks import equity_transfer
from taxgate.checks.equity_transfer.application import (
    CompanyType,
    EquityAct,
    EquityPaper,
    EquityTaxRecord,
    EquityTransferApplication,
    FreezeEntry,
)
from taxgate.checks.equity_transfer.deals import (
    CourtDocument,
    CourtDocumentKind,
    Deal,
    PartyClass,
    Stake,
    StakeUnit,
    TransferKind,
)
from taxgate.decision import Decision
from taxgate.evidence import CHINA, Answer, Channel, Inquiry, Outage, OutageCause
from taxgate.identifiers import Division, Uscc
from taxgate.parties import IdType, Person
from taxgate.terms import Matter, RecordStatus

COMPANY = Uscc("91149999MA0000001C")
OTHER_COMPANY = Uscc("91149998MA00000021")
HOLDER = Person(IdType.PASSPORT, "P0000001", "甲某")
BUYER = Person(IdType.PASSPORT, "P0000002", "乙某")
SECOND_HOLDER = Person(IdType.PASSPORT, "P0000003", "丙某")
SECOND_BUYER = Person(IdType.PASSPORT, "P0000004", "丁某")
FIRM = Person(IdType.USCC, OTHER_COMPANY.value, "某公司")
AGREED = date(2026, 11, 2)
TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
IIT = Matter.INDIVIDUAL_INCOME_TAX
COURT = "某中级人民法院"

Reply = list[EquityTaxRecord] | OutageCause


def percent(value: int | str) -> Stake:
    """Return a stake in percent."""
    return Stake(value=Decimal(value), unit=StakeUnit.PERCENT)


def amount(value: int | str) -> Stake:
    """Return a stake in yuan."""
    return Stake(value=Decimal(value), unit=StakeUnit.AMOUNT)


def deal(kind: TransferKind = TransferKind.SALE, **changes: Any) -> Deal:
    """Return a sale of 30 percent by one individual to another, agreed on 2026-11-02."""
    fields: dict[str, Any] = {
        "transferor": HOLDER,
        "transferor_class": PartyClass.INDIVIDUAL,
        "transferee": BUYER,
        "transferee_class": PartyClass.INDIVIDUAL,
        "stake": percent(30),
        "kind": kind,
        "agreed_on": AGREED,
        "price": Decimal(300_000) if kind is TransferKind.SALE else None,
    }
    if kind in (TransferKind.EXCHANGE, TransferKind.DEBT_SETTLEMENT, TransferKind.CONTRIBUTION):
        fields["price"] = Decimal(300_000)
    if kind in (TransferKind.BUY_BACK, TransferKind.PAID_REDUCTION):
        fields["price"] = Decimal(300_000)
        fields["transferee"] = Person(IdType.USCC, COMPANY.value)
        fields["transferee_class"] = PartyClass.COMPANY
    return Deal(**(fields | changes))


def apply(*deals: Deal, **changes: Any) -> EquityTransferApplication:
    """Return a change registration in Taiyuan on 2026-11-23, of one sale if no deal is given."""
    fields: dict[str, Any] = {
        "act": EquityAct.CHANGE_REGISTRATION,
        "division": Division("140100"),
        "handled_on": TODAY,
        "company": COMPANY,
        "company_type": CompanyType.LIMITED_LIABILITY_COMPANY,
        "deals": deals or (deal(),),
        "freezes": (),
        "vouchers_used": (),
    }
    return EquityTransferApplication(**(fields | changes))


def record(
    status: RecordStatus = RecordStatus.PAID, of: Deal | None = None, **changes: Any
) -> EquityTaxRecord:
    """Return a record of a deal with every key, from the tax authority in Taiyuan."""
    about = of or deal()
    fields: dict[str, Any] = {
        "matter": IIT,
        "status": status,
        "taxpayer": about.transferor,
        "company": COMPANY,
        "transferee": about.transferee,
        "stake": about.stake,
        "agreed_on": about.agreed_on,
        "issued_on": date(2026, 11, 10),
        "authority": Division("140100"),
        "voucher_no": "V-1",
    }
    return EquityTaxRecord(**(fields | changes))


def paper(verified: bool = False, forgery: str | None = None, **fields: Any) -> EquityPaper:
    """Return a voucher handed in."""
    return EquityPaper(
        record=record(**fields),
        verified_by=Channel.VOUCHER_LOOKUP if verified else None,
        forgery=forgery,
    )


def documents(of: Deal | None = None, **changes: Any) -> tuple[CourtDocument, CourtDocument]:
    """Return an instrument in force and a notice of assistance, both authenticated."""
    about = of or deal()
    fields: dict[str, Any] = {
        "court": COURT,
        "authenticated": True,
        "company": COMPANY,
        "person": about.transferor,
        "stake": about.stake,
    } | changes
    return (
        CourtDocument(kind=CourtDocumentKind.INSTRUMENT, **({"in_force": True} | fields)),
        CourtDocument(
            kind=CourtDocumentKind.ASSISTANCE_NOTICE,
            **{name: value for name, value in fields.items() if name != "in_force"},
        ),
    )


def executed(**changes: Any) -> Deal:
    """Return a transfer by execution of a court, with complete papers."""
    return deal(TransferKind.COURT_EXECUTION, **({"court_documents": documents()} | changes))


def freeze(person: Person = HOLDER, *, lifted: bool = False, authority: str = COURT) -> FreezeEntry:
    """Return a freeze entry."""
    return FreezeEntry(authority=authority, person=person, lifted=lifted)


def answer(inquiry: Inquiry, reply: Reply) -> Answer:
    """Return a fresh answer: records, or an outage."""
    if isinstance(reply, OutageCause):
        return Answer(inquiry=inquiry, outage=Outage(cause=reply), source="test")
    return Answer(inquiry=inquiry, records=tuple(reply), as_of=AT, source="test")


def judge(
    application: EquityTransferApplication,
    reply: Reply | None = None,
    readings: tuple[str, ...] = (),
    **others: Reply,
) -> Decision:
    """Check with one reply to every inquiry; None stands for each deal's own good record.

    Keyword arguments reply to the inquiry on the person of that document number.
    """
    answers = []
    for inquiry in equity_transfer.inquiries(application):
        assert inquiry.person is not None
        mine = [
            record(of=item, voucher_no=f"V-{index}")
            for index, item in enumerate(application.deals)
            if item.transferor.key == inquiry.person.key
        ]
        given = others.get(inquiry.person.number, mine if reply is None else reply)
        answers.append(answer(inquiry, given))
    return equity_transfer.check(application, answers, at=AT, readings=readings)


DEALS = (
    deal(),
    deal(transferee=SECOND_BUYER, stake=percent(10), price=Decimal(0)),
    deal(transferor=SECOND_HOLDER, stake=amount(40), price=Decimal(40)),
    deal(TransferKind.INHERITANCE),
    executed(),
    evolve(executed(), court_documents=documents(authenticated=False)),
    deal(transferor=FIRM, transferor_class=PartyClass.COMPANY),
)
"""Deals for whole drawn cases."""
