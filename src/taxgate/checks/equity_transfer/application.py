"""What a market registrar (市场主体登记机关) knows of an equity matter, and its tax records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import Final

from attrs import field, frozen

from ...errors import AnswerError, ApplicationError
from ...evidence import Paper, TaxRecord, code
from ...identifiers import Uscc
from ...parties import IdType, Person, PersonMatch, compare_persons
from ...proceedings import Application
from .deals import (
    PAID_TO_HOLDER,
    CourtDocument,
    CourtDocumentKind,
    Deal,
    PartyClass,
    Relation,
    ShareClass,
    Stake,
    StakeUnit,
    TransferKind,
    is_amount,
)

__all__ = [
    "CompanyType",
    "CourtDocument",
    "CourtDocumentKind",
    "Deal",
    "EquityAct",
    "EquityPaper",
    "EquityTaxRecord",
    "EquityTransferApplication",
    "FreezeEntry",
    "PaidBy",
    "PartyClass",
    "Relation",
    "ShareClass",
    "Stake",
    "StakeUnit",
    "TransferKind",
    "VoucherUse",
]


class EquityAct(StrEnum):
    """What is applied for (业务类型)."""

    CHANGE_REGISTRATION = "change-registration"
    """变更登记: 股东、发起人."""
    FILING = "filing"
    """备案: 现有股东之间仅认缴出资额变动."""
    CAPITAL_INCREASE = "capital-increase"
    """增资, 不涉及转让."""
    NOMINAL_REDUCTION = "nominal-reduction"
    """减资, 不向个人支付."""
    LEGAL_REPRESENTATIVE_CHANGE = "legal-representative-change"
    """变更法定代表人."""
    PLEDGE_ENTRY = "pledge-entry"
    """股权出质登记."""
    FREEZING_ENTRY = "freezing-entry"
    """股权冻结、续冻、解冻."""
    OTHER_ENTRY = "other-entry"
    """其他不涉及股东及其股权的登记、备案."""


TRANSFER_ACTS: Final = (EquityAct.CHANGE_REGISTRATION, EquityAct.FILING)
"""Acts that carry deals; no other act does."""


class CompanyType(StrEnum):
    """Kind of entity in which the interest is held (被投资主体类型)."""

    LIMITED_LIABILITY_COMPANY = "limited-liability-company"
    """有限责任公司."""
    JOINT_STOCK_COMPANY = "joint-stock-company"
    """股份有限公司."""
    PARTNERSHIP = "partnership"
    """合伙企业: 财产份额."""
    SOLE_PROPRIETORSHIP = "sole-proprietorship"
    """个人独资企业: 投资人."""
    COOPERATIVE = "cooperative"
    """农民专业合作社: 成员."""
    INDIVIDUAL_BUSINESS = "individual-business"
    """个体工商户: 经营者."""


@frozen(kw_only=True)
class FreezeEntry:
    """A freeze of equity in the register (股权冻结).

    Attributes:
        authority: Who froze it. Where that is the executing court, write it exactly as `court` of
            its document: the two are compared character by character.
        person: Whose equity is frozen.
        lifted: Whether the freeze was lifted or has run out.
        stake: How much is frozen. Any freeze that stands counts whole: which part of a holding
            changes hands cannot be told.
    """

    authority: str = field(converter=code)
    person: Person
    lifted: bool
    stake: Stake | None = None


@frozen(kw_only=True)
class VoucherUse:
    """An earlier registration of this office that relied on a voucher (凭证已使用份额).

    Attributes:
        voucher_no: Number of the voucher.
        stake: Stake that was registered on it.
    """

    voucher_no: str = field(converter=code, repr=False)
    stake: Stake


class PaidBy(StrEnum):
    """Who brought the tax to the tax authority (缴纳方式)."""

    OWN_PAYMENT = "own-payment"
    """The transferor (自行申报)."""
    WITHHOLDING = "withholding"
    """The transferee as withholding agent (扣缴)."""


@frozen(kw_only=True)
class EquityTaxRecord(TaxRecord):
    """A record of individual income tax (个人所得税) on an equity transfer; taxpayer: transferor.

    Attributes:
        company: Company whose equity was transferred.
        transferee: Who acquired it.
        stake: Stake the record covers.
        agreed_on: Day of the agreement it is about.
        price: Price it states, in yuan; no key.
        paid_by: Own payment or withholding.
        remitted: Whether what was withheld was remitted, by the tax source; null: not stated.

    Raises:
        AnswerError: The status is not one such a record may have, or the price is no amount.
    """

    company: Uscc | None = None
    transferee: Person | None = None
    stake: Stake | None = None
    agreed_on: date | None = None
    price: Decimal | None = None
    paid_by: PaidBy | None = None
    remitted: bool | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a price that is none."""
        super().__attrs_post_init__()
        if self.price is not None and not is_amount(self.price):
            raise AnswerError(str(self.matter), "states a price that is no amount")


@frozen(kw_only=True)
class EquityPaper(Paper):
    """A voucher on an equity transfer that was handed in."""

    record: EquityTaxRecord


@frozen(kw_only=True)
class EquityTransferApplication(Application):
    """An application to register a transfer of equity (股权转让变更登记申请).

    Attributes:
        act: What is applied for. Change registration and filing need deals, and no other act has
            any; filing needs `between_shareholders` true on every deal.
        company: The company whose equity it is.
        company_type: Its kind.
        deals: Every transfer the application asks to have entered; an empty list for other acts.
        freezes: Freezes in the register on this company's equity; an empty list says there is
            none.
        vouchers_used: Earlier registrations on vouchers that cover more than one step; an empty
            list says there is none.
        papers: Vouchers handed in.

    Raises:
        ApplicationError: The act needs deals or may have none, or deals contradict the act, the
            company or one another.
    """

    act: EquityAct
    company: Uscc
    company_type: CompanyType
    freezes: tuple[FreezeEntry, ...]
    vouchers_used: tuple[VoucherUse, ...]
    deals: tuple[Deal, ...] = ()
    papers: tuple[EquityPaper, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Demand deals that fit the act."""
        super().__attrs_post_init__()
        if self.act in TRANSFER_ACTS and not self.deals:
            raise ApplicationError("deals", f"is empty: {self.act} enters at least one transfer")
        if self.act not in TRANSFER_ACTS and self.deals:
            raise ApplicationError(
                "deals", f"names a transfer, which {self.act} never enters: choose another act"
            )
        for index, deal in enumerate(self.deals):
            self._demand_deal(f"deals[{index}]", deal)
        if len(set(self.deals)) < len(self.deals):
            raise ApplicationError("deals", "gives one deal twice")
        _demand_one_name(self.deals)

    def _demand_deal(self, path: str, deal: Deal) -> None:
        if deal.agreed_on > self.governing_on:
            raise ApplicationError(f"{path}.agreed_on", "lies after the day of handling")
        joint_stock = self.company_type is CompanyType.JOINT_STOCK_COMPANY
        if joint_stock is (deal.shares is ShareClass.NONE):
            raise ApplicationError(
                f"{path}.shares", "is to be stated for a joint-stock company, and only for one"
            )
        if self.act is EquityAct.FILING and not deal.between_shareholders:
            raise ApplicationError(
                f"{path}.between_shareholders",
                "is not so: where shareholders change, it is a change registration",
            )
        if deal.kind in PAID_TO_HOLDER and deal.transferee.key != (IdType.USCC, self.company.value):
            raise ApplicationError(
                f"{path}.transferee", f"must be the company by its USCC at a {deal.kind}"
            )

    def used(self, voucher_no: str | None) -> tuple[Stake, ...]:
        """Return the stakes already registered on a voucher."""
        if voucher_no is None:
            return ()
        return tuple(use.stake for use in self.vouchers_used if use.voucher_no == voucher_no)

    def deals_of(self, transferor: Person) -> tuple[Deal, ...]:
        """Return every deal of one transferor, by document."""
        return tuple(deal for deal in self.deals if deal.transferor.key == transferor.key)


def _demand_one_name(deals: tuple[Deal, ...]) -> None:
    """Refuse one transferor under two names: records could match one deal and not the other."""
    for deal, other in combinations(deals, 2):
        if (
            deal.transferor.key == other.transferor.key
            and compare_persons(deal.transferor, other.transferor) is not PersonMatch.SAME
        ):
            raise ApplicationError(
                "deals.transferor", "stands there under two names with one document"
            )
