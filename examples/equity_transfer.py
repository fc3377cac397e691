"""An individual sells 30 % of a company: the register asks for the income tax proof of that deal.

All data is invented. The record found covers 20 % only, so the registrar holds the change and tells
seller and buyer what is missing.
"""

from datetime import date, datetime
from decimal import Decimal

from taxgate import Answer, IdType, Person, equity_transfer
from taxgate.checks.equity_transfer import deals as form
from taxgate.checks.equity_transfer.application import CompanyType
from taxgate.evidence import CHINA
from taxgate.identifiers import Division, Uscc
from taxgate.terms import Matter, RecordStatus

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
COMPANY = Uscc.parse("91149999MA0EX0A01R")
SELLER = Person(IdType.RESIDENT_NUMBER, "149998196201180417", "王样例")
BUYER = Person(IdType.RESIDENT_NUMBER, "149998198506113273", "赵样例")

deal = form.Deal(
    transferor=SELLER,
    transferor_class=form.PartyClass.INDIVIDUAL,
    transferee=BUYER,
    transferee_class=form.PartyClass.INDIVIDUAL,
    stake=form.Stake(value=Decimal(30), unit=form.StakeUnit.PERCENT),
    kind=form.TransferKind.SALE,
    agreed_on=date(2026, 11, 2),
    price=Decimal(300_000),  # compared, never judged
)
application = equity_transfer.Application(
    act=equity_transfer.Act.CHANGE_REGISTRATION,
    division=Division("140100"),
    handled_on=date(2026, 11, 23),
    company=COMPANY,
    company_type=CompanyType.LIMITED_LIABILITY_COMPANY,
    deals=(deal,),
    freezes=(),
    vouchers_used=(),
)
record = equity_transfer.Record(
    matter=Matter.INDIVIDUAL_INCOME_TAX,
    status=RecordStatus.PAID,
    taxpayer=SELLER,
    company=COMPANY,
    transferee=BUYER,
    stake=form.Stake(value=Decimal(20), unit=form.StakeUnit.PERCENT),
    issued_on=date(2026, 11, 10),
)
(inquiry,) = equity_transfer.inquiries(application)  # one per transferor
answer = Answer(inquiry=inquiry, records=(record,), source="example", as_of=NOW)
decision = equity_transfer.check(application, [answer], at=NOW)

print(decision.verdict, decision.effect, decision.may_complete)
print("\n\n".join(notice.text for notice in decision.notices("zh-CN")))
