"""What a real-estate registrar (不动产登记机构) knows of a title matter, and its tax records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from ...errors import AnswerError, ApplicationError
from ...evidence import Paper, TaxRecord, code
from ...identifiers import UnitCode
from ...parties import NATURAL, IdType, Person
from ...proceedings import Application, SuspicionKind
from ...terms import Matter


class PropertyAct(StrEnum):
    """Kind of registration (登记类型), split by how title is acquired and what changes."""

    FIRST_REGISTRATION = "first-registration"
    """首次登记; the right of each unit says of what."""
    SALE = "sale"
    """转移登记: 买卖."""
    EXCHANGE = "exchange"
    """转移登记: 互换."""
    CONTRIBUTION = "contribution"
    """转移登记: 作价出资(入股)."""
    DEBT_SETTLEMENT = "debt-settlement"
    """转移登记: 偿还债务."""
    ALLOCATION = "allocation"
    """转移登记: 划转、奖励."""
    OTHER_TRANSFER = "other-transfer"
    """转移登记: 合并、分立、共有物分割等其他方式."""
    GIFT = "gift"
    """转移登记: 赠与, 包括加名."""
    MARITAL_DIVISION = "marital-division"
    """转移登记: 婚姻关系存续期间夫妻之间分割、变更."""
    DIVORCE_DIVISION = "divorce-division"
    """转移登记: 离婚分割."""
    INHERITANCE = "inheritance"
    """转移登记: 继承、受遗赠, 法定继承或者遗嘱."""
    COURT_TRANSFER = "court-transfer"
    """转移登记: 人民法院、仲裁机构生效法律文书, 包括司法拍卖."""
    TAX_AUCTION = "tax-auction"
    """转移登记: 税务机关拍卖、变卖."""
    NAME_CHANGE = "name-change"
    """变更登记: 权利人姓名、名称、证件."""
    ADDRESS_CHANGE = "address-change"
    """变更登记: 坐落."""
    AREA_CHANGE = "area-change"
    """变更登记: 面积."""
    BOUNDARY_CHANGE = "boundary-change"
    """变更登记: 界址."""
    TERM_CHANGE = "term-change"
    """变更登记: 权利期限."""
    CO_OWNERSHIP_CHANGE = "co-ownership-change"
    """变更登记: 共有性质."""
    USE_CHANGE = "use-change"
    """变更登记: 用途; no use for which deed tax was spared ends by it."""
    EXEMPT_USE_END = "exempt-use-end"
    """变更登记: 用途, by which a use exempt from deed tax ends (免税用途终止)."""
    GRANT_CONVERSION = "grant-conversion"
    """变更登记: 划拨转出让."""
    CORRECTION = "correction"
    """更正登记."""
    OBJECTION = "objection"
    """异议登记."""
    ADVANCE_NOTICE = "advance-notice"
    """预告登记."""
    ADVANCE_NOTICE_RELEASE = "advance-notice-release"
    """预告登记注销."""
    MORTGAGE = "mortgage"
    """抵押权首次登记."""
    MORTGAGE_CHANGE = "mortgage-change"
    """抵押权变更、转移登记."""
    MORTGAGE_RELEASE = "mortgage-release"
    """抵押权注销登记."""
    EASEMENT = "easement"
    """地役权首次登记."""
    RESIDENCE_RIGHT = "residence-right"
    """居住权首次登记."""
    BURDEN_RELEASE = "burden-release"
    """地役权、居住权注销登记."""
    WAIVER = "waiver"
    """注销登记: 放弃权利."""
    DEREGISTRATION = "deregistration"
    """注销登记: 灭失、收回等."""
    CERTIFICATE = "certificate"
    """换证、补证."""
    ASSISTANCE = "assistance"
    """协助执行: 查封、续封、解封登记; nothing but requests of authorities."""


TRANSFERS: Final = (
    PropertyAct.SALE,
    PropertyAct.EXCHANGE,
    PropertyAct.CONTRIBUTION,
    PropertyAct.DEBT_SETTLEMENT,
    PropertyAct.ALLOCATION,
    PropertyAct.OTHER_TRANSFER,
    PropertyAct.GIFT,
    PropertyAct.MARITAL_DIVISION,
    PropertyAct.DIVORCE_DIVISION,
    PropertyAct.INHERITANCE,
    PropertyAct.COURT_TRANSFER,
    PropertyAct.TAX_AUCTION,
)
"""转移登记 by every mode."""

TAXED_ACTS: Final = (
    PropertyAct.FIRST_REGISTRATION,
    *TRANSFERS,
    PropertyAct.EXEMPT_USE_END,
    PropertyAct.GRANT_CONVERSION,
)
"""Acts that are registration of title (权属登记) or a taxed change."""


class RightKind(StrEnum):
    """Right and kind of real estate (权利类型、不动产类型), as far as a tax depends on it."""

    HOUSING = "housing"
    """房屋所有权, 住宅."""
    NON_HOUSING = "non-housing"
    """房屋所有权, 非住宅."""
    GRANTED_LAND = "granted-land"
    """出让的建设用地使用权, 国有或者集体经营性."""
    ALLOCATED_LAND = "allocated-land"
    """划拨建设用地使用权."""
    OTHER_LAND = "other-land"
    """其他建设用地使用权: 租赁、作价出资(入股)、授权经营等."""
    HOMESTEAD = "homestead"
    """宅基地使用权."""
    COLLECTIVE_LAND = "collective-land"
    """集体土地所有权."""
    CONTRACT_LAND = "contract-land"
    """土地承包经营权."""
    LAND_OPERATION = "land-operation"
    """土地经营权."""
    SEA = "sea"
    """海域使用权."""
    FOREST = "forest"
    """林木所有权."""


class Tie(StrEnum):
    """How a transferee stands to the transferors (身份关系)."""

    NONE = "none"
    SPOUSE = "spouse"
    """During marriage (婚姻关系存续期间)."""
    EX_SPOUSE = "ex-spouse"
    CLOSE_RELATIVE = "close-relative"
    """Parents, children, grandparents, grandchildren, siblings (近亲属)."""
    SUPPORTER = "supporter"
    """Who directly supports or depends on the transferor (抚养、赡养关系)."""
    STATUTORY_HEIR = "statutory-heir"
    """法定继承人, by law or by will."""
    LEGATEE = "legatee"
    """受遗赠人 who is no statutory heir."""


class PartyKind(StrEnum):
    """Whether a party is taxed as an individual or as an entity (个人、单位)."""

    INDIVIDUAL = "individual"
    ENTITY = "entity"


class Role(StrEnum):
    """Side of a deal a tax record is about."""

    TRANSFEROR = "transferor"
    TRANSFEREE = "transferee"


class ExemptionGround(StrEnum):
    """Ground on which exemption from deed tax is claimed (契税减免事由)."""

    SPOUSE = "spouse"
    STATUTORY_HEIR = "statutory-heir"
    OTHER = "other"
    """Divorce, school, hospital, restructuring, expropriation and the rest."""


class Authority(StrEnum):
    """Kind of authority that seals or asks for assistance (查封机关)."""

    TAX = "tax"
    COURT = "court"
    OTHER = "other"
    """Procuratorate, police, other administrative authorities."""


class Measure(StrEnum):
    """What an authority asks the registrar to do (协助执行事项)."""

    SEAL = "seal"
    RENEW = "renew"
    LIFT = "lift"
    TRANSFER = "transfer"
    """Transfer to the buyer of an auction or sale, or to whom a court awarded it."""


class Authentication(StrEnum):
    """What an officer made of the papers of a request (文书核验)."""

    DONE = "done"
    PENDING = "pending"
    SUSPECTED_FORGED = "suspected-forged"


class RecordForm(StrEnum):
    """Form of a tax record."""

    VOUCHER = "voucher"
    """One tax of one party (凭证或者单项信息)."""
    COMPLETION = "completion"
    """Consolidated completion flag (涉税办结); proves what it names and nothing else."""


@frozen(kw_only=True)
class Share:
    """A share in a unit (份额), exact: `part` of `of`.

    Raises:
        ApplicationError: A number is not positive.
    """

    part: int
    of: int

    def __attrs_post_init__(self) -> None:
        """Refuse what is no share."""
        if self.part <= 0 or self.of <= 0:
            raise ApplicationError("share", "must be two positive numbers, such as 1 of 2")

    @property
    def fraction(self) -> Fraction:
        """The share as a number; above one it is impossible, and judged so by its reader."""
        return Fraction(self.part, self.of)


@frozen(kw_only=True)
class PropertyUnit:
    """One unit applied for (不动产单元).

    Attributes:
        code: Unit code.
        right: Right and kind of real estate.
        price: Consideration (成交价格) for the whole unit, in yuan; taxgate never judges whether
            it is right, only whether a record differs from it.
        owners: Registered owners, for comparison with assistance requests; empty: the transferors.
        class_proven: The file proves the class for which deed tax is not levied.

    Raises:
        ApplicationError: The price is no amount.
    """

    code: UnitCode
    right: RightKind
    price: Decimal | None = None
    owners: tuple[Person, ...] = ()
    class_proven: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse a price that is no amount."""
        if self.price is not None and not (self.price.is_finite() and self.price >= 0):
            raise ApplicationError("units.price", "is not an amount of zero or more")


@frozen(kw_only=True)
class Transferor:
    """Who gives a right up (转让方、被继承人).

    Attributes:
        person: Who it is.
        kind: Individual or entity; None: as the document says.
        unit: The unit given up; None: every unit of the application.
        share: The share given up; None: all of it, or jointly with the others.
    """

    person: Person
    kind: PartyKind | None = None
    unit: UnitCode | None = None
    share: Share | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a kind the document contradicts."""
        kind_of(self.person, self.kind, "transferors.kind")

    @property
    def individual(self) -> bool:
        """Whether individual income tax can fall on it."""
        return kind_of(self.person, self.kind, "transferors.kind") is PartyKind.INDIVIDUAL


@frozen(kw_only=True)
class Transferee:
    """Who acquires a right, or holds it at a first registration (受让方、权利人).

    Attributes:
        person: Who it is.
        kind: Individual or entity; None: as the document says.
        unit: The unit acquired; None: every unit of the application.
        share: The share acquired; None: all of it, or jointly with the others.
        tie: How it stands to the transferors.
        proven: The file proves that relation, the marriage or its end, or the death.
        exemption: Ground on which it claims exemption from deed tax.

    Raises:
        ApplicationError: The claim contradicts the tie.
    """

    person: Person
    kind: PartyKind | None = None
    unit: UnitCode | None = None
    share: Share | None = None
    tie: Tie = Tie.NONE
    proven: bool = False
    exemption: ExemptionGround | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a kind the document contradicts, and a claim the tie contradicts."""
        kind_of(self.person, self.kind, "transferees.kind")
        needed = (
            {
                ExemptionGround.SPOUSE: Tie.SPOUSE,
                ExemptionGround.STATUTORY_HEIR: Tie.STATUTORY_HEIR,
            }.get(self.exemption)
            if self.exemption is not None
            else None
        )
        if needed is not None and self.tie is not needed:
            raise ApplicationError(
                "transferees.exemption", f"claims the ground of a {needed} without that tie"
            )

    @property
    def individual(self) -> bool:
        """Whether individual income tax can fall on it."""
        return kind_of(self.person, self.kind, "transferees.kind") is PartyKind.INDIVIDUAL


_SOLE_TRADER: Final = "92"


def kind_of(person: Person, stated: PartyKind | None, path: str) -> PartyKind:
    """Return whether a person is taxed as an individual or as an entity.

    Raises:
        ApplicationError: The document does not say and nothing is stated, or both disagree.
    """
    if person.id_type in NATURAL:
        known = PartyKind.INDIVIDUAL
    elif person.id_type is IdType.OTHER or person.number.startswith(_SOLE_TRADER):
        if stated is None:
            raise ApplicationError(path, "is missing: the document does not tell")
        return stated
    else:
        known = PartyKind.ENTITY
    if stated not in (None, known):
        raise ApplicationError(path, f"contradicts the document, which is one of an {known}")
    return known


@frozen(kw_only=True)
class Seal:
    """One entry of the seal register (查封登记).

    Attributes:
        unit: Unit sealed.
        authority: Kind of authority.
        name: Its name or number in the register, by which two authorities are told apart.
        rank: 1 for the seal served first, then the waiting ones (轮候) in order.
        since: Day it was recorded.
        until: Last day of its stated term, renewals included; None: none stated.
        lifted: A lifting paper was recorded.
        owner: The owner on whose share alone it lies; None: the whole unit.
        debt_settled: The tax behind it is said to be paid since.
        handed_over: The disposal was handed over in writing to the authority that now asks for
            the transfer (移送处置权).

    Raises:
        ApplicationError: The rank is not positive.
    """

    unit: UnitCode
    authority: Authority
    name: str = field(converter=code)
    rank: int
    since: date | None = None
    until: date | None = None
    lifted: bool = False
    owner: Person | None = None
    debt_settled: bool = False
    handed_over: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse a rank that is none."""
        if self.rank < 1:
            raise ApplicationError("seals.rank", "starts at 1")


@frozen(kw_only=True)
class AssistanceRequest:
    """A request to assist in execution (协助执行), with its papers.

    Attributes:
        authority: Kind of authority that asks.
        name: Its name or number, as in the seal register.
        measure: What it asks for.
        unit: Unit the papers name.
        owner: Owner the papers name.
        notice_present: The notice of assistance in execution (协助执行通知书) is there.
        instrument_present: The instrument it rests on (相关法律文书) is there.
        consistent: Both papers agree with one another.
        authentication: What an officer made of them.
        received_on: Day they arrived.
        order: Order of arrival among the requests of one day, from 0; equal: not known.
        until: Last day of the term asked for.

    Raises:
        ApplicationError: The order is negative.
    """

    authority: Authority
    name: str = field(converter=code)
    measure: Measure
    unit: UnitCode
    owner: Person
    notice_present: bool
    instrument_present: bool
    consistent: bool
    authentication: Authentication
    received_on: date
    order: int = 0
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse an order that is none."""
        if self.order < 0:
            raise ApplicationError("requests.order", "is negative")

    @property
    def arrived(self) -> tuple[date, int]:
        """When it arrived, for comparison with other requests."""
        return self.received_on, self.order


@frozen(kw_only=True)
class Covered:
    """One tax of one party that a consolidated flag names."""

    matter: Matter
    person: Person


@frozen(kw_only=True)
class PropertyTaxRecord(TaxRecord):
    """A record of a tax on real estate, or a consolidated completion flag.

    Attributes:
        unit: Unit it is about.
        contract_no: Contract or online-signing number (合同、网签备案号).
        role: Side of the deal it is about, where stated.
        share: Share it covers; None: not stated, all of the taxpayer's.
        price: Price it states, in yuan, for the share it covers or for the whole unit.
        instalment_plan: A deferral filed as an instalment plan for this very deal (分期缴纳备案).
        form: Voucher, or consolidated flag.
        covers: Taxes and parties a consolidated flag names.

    Raises:
        AnswerError: A voucher claims to be about several taxes, or the price is no amount.
    """

    unit: UnitCode | None = None
    contract_no: str | None = field(default=None, converter=code, repr=False)
    role: Role | None = None
    share: Share | None = None
    price: Decimal | None = None
    instalment_plan: bool = False
    form: RecordForm = RecordForm.VOUCHER
    covers: tuple[Covered, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a price that is no amount."""
        super().__attrs_post_init__()
        if self.price is not None and not self.price.is_finite():
            raise AnswerError(str(self.matter), "states a price that is no amount")


@frozen(kw_only=True)
class PropertyPaper(Paper):
    """A voucher on a real-estate tax that was handed in."""

    record: PropertyTaxRecord


@frozen(kw_only=True)
class PropertyApplication(Application):
    """An application to register title to real estate (不动产登记申请).

    Attributes:
        act: Kind of registration.
        units: Units applied for.
        transferors: Who gives up; needed for every transfer.
        transferees: Who acquires or holds; needed for every act that is taxed.
        seal_register_readable: Whether the seal register (查封登记簿) could be read.
        seals: Its entries on these units.
        requests: Requests of authorities that are pending.
        contract_no: Contract or online-signing number.
        contract_date: Day of the contract or equivalent document.
        developer_sale: A developer sells a unit of its own project (开发企业销售自建项目).
        listed_project: The project is on the official list of legacy problems (历史遗留).
        land_deed_tax_settled: At a first registration of a building: the file shows the deed tax
            of the land.
        papers: Vouchers handed in.

    Raises:
        ApplicationError: An act lacks what it needs, or the application contradicts itself.
    """

    act: PropertyAct
    units: tuple[PropertyUnit, ...]
    seal_register_readable: bool
    transferors: tuple[Transferor, ...] = ()
    transferees: tuple[Transferee, ...] = ()
    seals: tuple[Seal, ...] = ()
    requests: tuple[AssistanceRequest, ...] = ()
    contract_no: str | None = field(default=None, converter=code, repr=False)
    contract_date: date | None = None
    developer_sale: bool = False
    listed_project: bool = False
    land_deed_tax_settled: bool = False
    papers: tuple[PropertyPaper, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Demand what the act needs."""
        super().__attrs_post_init__()
        self._demand_units()
        if self.act in TAXED_ACTS:
            _demand_parties("transferees", self.units, self.transferees)
        if self.act in TRANSFERS:
            _demand_parties("transferors", self.units, self.transferors)
        self._demand_ties()
        self._demand_requests()

    def _demand_units(self) -> None:
        if not self.units:
            raise ApplicationError("units", "is empty: name the unit applied for")
        codes = [unit.code for unit in self.units]
        if len(set(codes)) < len(codes):
            raise ApplicationError("units", "names a unit twice")
        if self.division.in_shanxi and not all(item.division.in_shanxi for item in codes):
            raise ApplicationError(
                "units", "names a unit outside Shanxi, which a registrar in Shanxi cannot register"
            )

    def _demand_ties(self) -> None:
        if self.act is PropertyAct.INHERITANCE and any(
            party.tie not in (Tie.STATUTORY_HEIR, Tie.LEGATEE) for party in self.transferees
        ):
            raise ApplicationError(
                "transferees.tie", "is to say for each whether statutory heir or legatee"
            )
        if self.developer_sale and (
            self.act is not PropertyAct.SALE
            or all(transferor.individual for transferor in self.transferors)
        ):
            raise ApplicationError("developer_sale", "takes a sale by an entity")
        if self.act is PropertyAct.EXCHANGE and len(self.units) > 1:
            given = {item.person.key for item in self.transferors}
            taken = {item.person.key for item in self.transferees}
            if given != taken:
                raise ApplicationError(
                    "transferees", "is to name each side of an exchange, as transferors does"
                )

    def _demand_requests(self) -> None:
        if self.act is PropertyAct.ASSISTANCE:
            if not self.requests:
                raise ApplicationError("requests", "is empty: an authority's request is the act")
            if any(item.measure is Measure.TRANSFER for item in self.requests):
                raise ApplicationError(
                    "requests.measure", "is a transfer: choose court-transfer or tax-auction"
                )
        if any(
            item.authentication is Authentication.SUSPECTED_FORGED for item in self.requests
        ) and not any(
            item.kind is SuspicionKind.FORGED_VOUCHER and item.matter is Matter.SEAL
            for item in self.suspicions
        ):
            raise ApplicationError(
                "suspicions", "lacks the reason why papers of a request are suspected forged"
            )

    def transferors_of(self, unit: PropertyUnit) -> tuple[Transferor, ...]:
        """Return who gives up *unit*."""
        return tuple(item for item in self.transferors if item.unit in (None, unit.code))

    def transferees_of(self, unit: PropertyUnit) -> tuple[Transferee, ...]:
        """Return who acquires *unit*."""
        return tuple(item for item in self.transferees if item.unit in (None, unit.code))


def _demand_parties(
    path: str, units: Iterable[PropertyUnit], parties: tuple[Transferor | Transferee, ...]
) -> None:
    """Demand a party on each unit, each once, with shares that make no more than the whole."""
    codes = {unit.code for unit in units}
    if any(party.unit not in {None, *codes} for party in parties):
        raise ApplicationError(f"{path}.unit", "is no unit of this application")
    for unit in codes:
        mine = [party for party in parties if party.unit in (None, unit)]
        if not mine:
            raise ApplicationError(path, "is empty for a unit: the act needs the parties")
        if len({party.person.key for party in mine}) < len(mine):
            raise ApplicationError(path, "names a person twice for one unit")
        if sum(party.share.fraction for party in mine if party.share is not None) > 1:
            raise ApplicationError(f"{path}.share", "adds up to more than the whole")
