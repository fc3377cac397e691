"""A deal (股权交易): who gives which stake to whom, why, and the court documents on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from ...errors import ApplicationError
from ...evidence import code
from ...identifiers import Uscc
from ...parties import NATURAL, IdType, Person

INDIVIDUAL_BUSINESS_PREFIX: Final = "92"
WHOLE: Final = Decimal(100)
MOST_DIGITS: Final = 20
"""Digits a stake or a price may have before and after the point, so that sums stay exact and
cheap."""


class ShareClass(StrEnum):
    """Kind of shares in a joint-stock company (股份类别)."""

    NONE = "none"
    """Not a joint-stock company."""
    PROMOTER = "promoter"
    """发起人股份: registered."""
    NON_PROMOTER = "non-promoter"
    """非发起人股份: not registered."""
    LISTED = "listed"
    """上市交易的股份: not registered."""


class PartyClass(StrEnum):
    """What a transferor or transferee is (当事人类别). There is no member for "unknown"."""

    INDIVIDUAL = "individual"
    """Natural person, of whatever residence (自然人, 含非居民、港澳台居民)."""
    COMPANY = "company"
    STATE_BODY = "state-body"
    FUND = "fund"
    PARTNERSHIP = "partnership"
    SOLE_PROPRIETORSHIP = "sole-proprietorship"
    COOPERATIVE = "cooperative"
    OTHER_ORGANISATION = "other-organisation"
    """Any other organisation known not to be a natural person (事业单位、社会组织等)."""


class TransferKind(StrEnum):
    """Why the stake changes hands (转让方式)."""

    SALE = "sale"
    EXCHANGE = "exchange"
    DEBT_SETTLEMENT = "debt-settlement"
    CONTRIBUTION = "contribution"
    BUY_BACK = "buy-back"
    """公司回购: the company is the transferee."""
    PAID_REDUCTION = "paid-reduction"
    """减资并向个人支付: the company is the transferee."""
    GIFT = "gift"
    INHERITANCE = "inheritance"
    LEGACY = "legacy"
    DIVORCE_SPLIT = "divorce-split"
    NOMINEE_RESTORATION = "nominee-restoration"
    """代持还原."""
    COURT_EXECUTION = "court-execution"
    """人民法院强制执行过户: by a notice of assistance in execution."""
    COURT_CONFIRMATION = "court-confirmation"
    """A judgment that only confirms whose the stake is (确权判决)."""


BY_DEATH: Final = (TransferKind.INHERITANCE, TransferKind.LEGACY)
"""Kinds whose transferor is dead."""
PAID_TO_HOLDER: Final = (TransferKind.BUY_BACK, TransferKind.PAID_REDUCTION)
PRICED: Final = (
    TransferKind.SALE,
    TransferKind.EXCHANGE,
    TransferKind.DEBT_SETTLEMENT,
    TransferKind.CONTRIBUTION,
    *PAID_TO_HOLDER,
)


class Relation(StrEnum):
    """What the transferee is to the transferor (亲属、扶养关系). Nothing is inferred from it."""

    NONE = "none"
    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    SUPPORTER_OR_DEPENDANT = "supporter-or-dependant"
    OTHER = "other"


class StakeUnit(StrEnum):
    """Unit a stake is stated in."""

    PERCENT = "percent"
    """Percent of the registered capital (持股比例)."""
    AMOUNT = "amount"
    """Capital subscribed in yuan, or number of shares (出资额、股份数)."""


def is_amount(value: Decimal) -> bool:
    """Tell whether *value* is a number of zero or more that can be added exactly."""
    if not value.is_finite() or value < 0:
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MOST_DIGITS and value.adjusted() < MOST_DIGITS


@frozen(kw_only=True)
class Stake:
    """A stake with its unit (股权份额), exact. Stakes of different units are never compared.

    Attributes:
        value: How much; above zero, at most 100 percent.
        unit: Percent or amount.

    Raises:
        ApplicationError: The value is no such number.
    """

    value: Decimal
    unit: StakeUnit

    def __attrs_post_init__(self) -> None:
        """Refuse what is no stake."""
        if not is_amount(self.value) or self.value == 0:
            raise ApplicationError("stake.value", "is no number above zero of a sensible length")
        if self.unit is StakeUnit.PERCENT and self.value > WHOLE:
            raise ApplicationError("stake.value", "is above 100 percent")

    def __str__(self) -> str:
        return f"{self.value:f}{'%' if self.unit is StakeUnit.PERCENT else ''}"


class CourtDocumentKind(StrEnum):
    """Kind of court document (法院文书)."""

    INSTRUMENT = "instrument"
    """Judgment, ruling or mediation paper (判决书、裁定书、调解书)."""
    ASSISTANCE_NOTICE = "assistance-notice"
    """Notice of assistance in execution (协助执行通知书)."""


@frozen(kw_only=True)
class CourtDocument:
    """A court document handed in or served, with what the office made of it.

    An execution is assisted only with an instrument in force and a notice of assistance, both
    authenticated, each stating `company`, `person` and `stake`: the company of the application, the
    transferor and exactly the stake of the deal, in the same unit. A document given for several
    deals of one transferor (equal kind and court, numbers equal or one not stated) moves its stake
    once: it has to state the sum of theirs. With less the deal is checked as any other.

    Attributes:
        kind: Instrument or notice of assistance.
        court: Court it names. A freeze of that very court stands in no way of its own execution;
            the two names are compared character by character.
        number: Its case number.
        in_force: For an instrument: whether it is in force (已生效); null for a notice.
        authenticated: Whether the court confirmed it to the office.
        forgery: An officer's reasoned suspicion that it is forged; null: none.
        company: Company it names; to be stated, or the document gives no privilege.
        person: Holder it names; to be stated likewise.
        stake: Stake it names; to be stated likewise.

    Raises:
        ApplicationError: An instrument without a word on its force, or an empty suspicion.
    """

    kind: CourtDocumentKind
    court: str = field(converter=code)
    authenticated: bool
    in_force: bool | None = None
    number: str | None = field(default=None, converter=code, repr=False)
    forgery: str | None = None
    company: Uscc | None = None
    person: Person | None = None
    stake: Stake | None = None

    def __attrs_post_init__(self) -> None:
        """Demand what decides over the privilege of an execution."""
        if (self.kind is CourtDocumentKind.INSTRUMENT) is (self.in_force is None):
            raise ApplicationError(
                "court_documents.in_force", "is to be stated for an instrument, and only for one"
            )
        if self.forgery is not None and not self.forgery.strip():
            raise ApplicationError(
                "court_documents.forgery", "is empty: a suspicion needs its reason"
            )


@frozen(kw_only=True)
class Deal:
    """One transfer of one stake from one holder to one acquirer (股权交易).

    A tax record is of this deal if transferor and company are equal, transferee and agreement day
    are equal as far as it states them, and it states at least one of transferee, day and stake. The
    stakes of all its records, added up, have to cover the deal's. A stake in another unit is not
    compared and is no key: the record then has to state the transferee or the day, and covers the
    deal unless it may be of several deals of the transferor, or stands beside records whose stakes
    fall short; then the deal is held as a conflict.

    Attributes:
        transferor: Who gives the stake up.
        transferor_class: What the transferor is.
        transferee: Who acquires it; at a buy-back or paid reduction the company itself.
        transferee_class: What the transferee is.
        stake: What changes hands.
        kind: Why it changes hands. For court-execution give both papers in `court_documents`.
        agreed_on: Day of the agreement, or of the event such as a death, China time.
        price: Price in yuan, which may be zero. Needed for sale, exchange, debt-settlement,
            contribution, buy-back and paid-reduction; otherwise null where there is none. Never
            judged.
        relation: What the transferee is to the transferor; nothing is inferred from it.
        shares: Kind of shares; other than none for a joint-stock company, and only for one.
        between_shareholders: Both are shareholders already and stay so; only amounts change. The
            act filing needs this true on every deal.
        court_documents: Court documents on this very deal; a notice of assistance is for the kind
            court-execution only.

    Raises:
        ApplicationError: A class contradicts the document, a price is missing, or the deal
            contradicts itself.
    """

    transferor: Person
    transferor_class: PartyClass
    transferee: Person
    transferee_class: PartyClass
    stake: Stake
    kind: TransferKind
    agreed_on: date
    price: Decimal | None = None
    relation: Relation | None = None
    shares: ShareClass = ShareClass.NONE
    between_shareholders: bool = False
    court_documents: tuple[CourtDocument, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Demand that the deal makes sense by itself."""
        _demand_class("deals.transferor_class", self.transferor, self.transferor_class)
        _demand_class("deals.transferee_class", self.transferee, self.transferee_class)
        if self.transferor.key == self.transferee.key:
            raise ApplicationError("deals.transferee", "is the transferor")
        if self.price is None and self.kind in PRICED:
            raise ApplicationError("deals.price", f"is missing: a deal of kind {self.kind} has one")
        if self.price is not None and not is_amount(self.price):
            raise ApplicationError(
                "deals.price", "is no number of zero or more of a sensible length"
            )
        if self.kind is not TransferKind.COURT_EXECUTION and any(
            document.kind is CourtDocumentKind.ASSISTANCE_NOTICE
            for document in self.court_documents
        ):
            raise ApplicationError(
                "deals.kind",
                f"contradicts the notice of assistance in execution: with one it is"
                f" {TransferKind.COURT_EXECUTION}",
            )


def _demand_class(path: str, person: Person, stated: PartyClass) -> None:
    """Refuse a class that the party's own document contradicts: it would end the check."""
    if stated is PartyClass.INDIVIDUAL:
        if person.id_type in (IdType.USCC, IdType.OLD_REGISTRATION_NUMBER):
            raise ApplicationError(path, "is individual, but the document is an organisation's")
        return
    if person.id_type in NATURAL:
        raise ApplicationError(path, f"is {stated}, but the document is a natural person's")
    if person.id_type is IdType.USCC and person.number.startswith(INDIVIDUAL_BUSINESS_PREFIX):
        raise ApplicationError(
            path, "does not fit the code of an individual business: name its operator instead"
        )
