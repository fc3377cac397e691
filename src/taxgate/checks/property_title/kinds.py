"""The closed vocabularies of the real-estate checkpoint (登记类型、权利类型、身份关系等)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


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
    """Whether an officer has authenticated the papers of a request (文书核验)."""

    DONE = "done"
    PENDING = "pending"


class RecordForm(StrEnum):
    """Form of a tax record."""

    VOUCHER = "voucher"
    """One tax of one party (凭证或者单项信息)."""
    COMPLETION = "completion"
    """Consolidated completion flag (涉税办结); proves what `covers` names and nothing else."""
