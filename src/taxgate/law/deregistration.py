"""National law behind the deregistration checkpoint (注销登记环节)."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import SHANXI, Instrument, Provision

_COLLECTION: Final = Instrument(
    "tax-collection-law",
    "中华人民共和国税收征收管理法",
    "Law on the Administration of Tax Collection",
)
_COLLECTION_RULES: Final = Instrument(
    "tax-collection-rules",
    "中华人民共和国税收征收管理法实施细则",
    "Implementing Rules of the Law on the Administration of Tax Collection",
)
_MARKET_ENTITIES: Final = Instrument(
    "market-entity-regulations",
    "中华人民共和国市场主体登记管理条例",
    "Regulations on the Registration of Market Entities",
)
_MARKET_ENTITY_RULES: Final = Instrument(
    "market-entity-rules",
    "中华人民共和国市场主体登记管理条例实施细则",
    "Implementing Rules of the Regulations on the Registration of Market Entities"
    " (State Administration for Market Regulation Order 52)",
)
_COMPANY_LAW: Final = Instrument("company-law", "中华人民共和国公司法", "Company Law")
_BANKRUPTCY_LAW: Final = Instrument(
    "enterprise-bankruptcy-law", "中华人民共和国企业破产法", "Enterprise Bankruptcy Law"
)
_SIMPLIFIED_NOTICE: Final = Instrument(
    "simplified-deregistration-notice-2021-45",
    "国市监注发〔2021〕45号",
    "Notice 2021 No. 45 on simplified deregistration",
)
_SHANXI_NOTICE: Final = Instrument(
    "shanxi-simplified-deregistration-notice-2018",
    "山西省工商局、国税局、地税局关于企业简易注销的通知（2018年）",
    "Notice of the Shanxi commerce and tax bureaus on simplified deregistration (2018)",
)
_TAX_DEREGISTRATION_2018: Final = Instrument(
    "tax-deregistration-notice-2018-149",
    "税总发〔2018〕149号",
    "Notice 2018 No. 149 on deregistration with the tax authority",
)
_TAX_DEREGISTRATION_2019: Final = Instrument(
    "tax-deregistration-notice-2019-64",
    "税总发〔2019〕64号",
    "Notice 2019 No. 64 on deregistration with the tax authority",
)
_MARKET_SINCE: Final = date(2022, 3, 1)
_COMPANY_SINCE: Final = date(2024, 7, 1)

CANCEL_TAX_REGISTRATION_FIRST: Final = Provision(
    _COLLECTION,
    "16",
    "D-a",
    date(2001, 5, 1),
    "申请注销登记之前，先申报办理注销税务登记。",
    "Tax registration is cancelled before deregistration is applied for.",
)
SETTLE_FIRST: Final = Provision(
    _COLLECTION_RULES,
    "15(1),16,50",
    "D-a",
    date(2002, 10, 15),
    "在向工商行政管理机关或者其他机关申请注销登记前注销税务登记，并先结清税款、滞纳金、罚款，缴销发票。",
    "Before applying to the commerce or another authority, tax, late fees, fines and invoices are"
    " settled and the tax registration is cancelled.",
)
NON_BUSINESS_TAXPAYERS: Final = Provision(
    _COLLECTION_RULES,
    "12(2)",
    "D-b",
    date(2002, 10, 15),
    "非从事生产、经营的纳税人自纳税义务发生之日起三十日内办理税务登记，国家机关和个人除外。",
    "Entities without a business register within 30 days of a tax duty, except state organs and"
    " individuals.",
)
SIMPLIFIED_ROUTE: Final = Provision(
    _MARKET_ENTITIES,
    "33(1)",
    "D-d",
    _MARKET_SINCE,
    "没有未结清的债权债务、职工工资、社会保险费用、税款等，全体投资人承诺的，可以简易注销。",
    "Simplified deregistration: nothing outstanding in debts, wages, insurance and tax, and a"
    " promise of all investors.",
)
NO_OBJECTION_IN_TWENTY_DAYS: Final = Provision(
    _MARKET_ENTITIES,
    "33(2)",
    "D-d",
    _MARKET_SINCE,
    "公示二十日，无相关部门、债权人及其他利害关系人提出异议的，于公示期届满之日起二十日内申请。",
    "Publicity of 20 days; without an objection of a department, creditor or other party the"
    " application follows within 20 days.",
)
INDIVIDUAL_BUSINESS_TEN_DAYS: Final = Provision(
    _MARKET_ENTITIES,
    "33(3)",
    "D-d",
    _MARKET_SINCE,
    "个体工商户无需公示，由登记机关推送税务等部门，十日内没有提出异议的，直接办理。",
    "An individual business needs no publicity: it is pushed to tax and others for ten days.",
)
ROUTE_CLOSED: Final = Provision(
    _MARKET_ENTITIES,
    "33(4)",
    "D-d",
    _MARKET_SINCE,
    "依法须经批准，或者被吊销、责令关闭、撤销，或者被列入经营异常名录的，不适用简易注销。",
    "Not for entities that need approval, are revoked, closed or cancelled, or on the abnormal"
    " list.",
)
COURT_RULING: Final = Provision(
    _MARKET_ENTITIES,
    "34",
    "D-e",
    _MARKET_SINCE,
    "人民法院裁定强制清算或者裁定宣告破产的，可以持终结裁定直接申请注销登记。",
    "After a ruling that ends compulsory liquidation or bankruptcy, deregistration is applied for"
    " directly with it.",
)
TRUE_MATERIAL: Final = Provision(
    _MARKET_ENTITIES,
    "20,40,44",
    "Regulations 20, 40, 44",
    _MARKET_SINCE,
    "提交虚假材料的，不予登记、撤销登记，并依法处罚。",
    "False material bars registration, has it revoked, and is punished.",
)
GENERAL_MATERIAL: Final = Provision(
    _MARKET_ENTITY_RULES,
    "46",
    "D-f",
    _MARKET_SINCE,
    "申请注销登记应当提交税务部门出具的清税证明；个体工商户、合并分立、破产程序等只免去其他材料。",
    "The general list holds the tax department's clearance certificate; individual businesses,"
    " mergers, divisions and bankruptcies are spared other items only.",
)
SIMPLIFIED_EXCLUSIONS: Final = Provision(
    _MARKET_ENTITY_RULES,
    "48",
    "D-g",
    _MARKET_SINCE,
    "股权被冻结、出质，动产抵押，对其他企业投资，正在被立案调查或者诉讼，未履行行政处罚等，不适用简易注销。",
    "Frozen or pledged equity, mortgaged chattels, investment in others, pending cases and unpaid"
    " penalties close the simplified route.",
)
SHARED_NOT_ASKED_AGAIN: Final = Provision(
    _MARKET_ENTITIES,
    "16(3)",
    "E-r",
    _MARKET_SINCE,
    "可以通过政务信息共享平台获取的材料，不得要求申请人重复提供。",
    "What the sharing platform can supply may not be asked of the applicant again.",
)
COMPANY_SIMPLIFIED: Final = Provision(
    _COMPANY_LAW,
    "240",
    "D-h",
    _COMPANY_SINCE,
    "简易注销公告期限不少于二十日；期满无异议的，二十日内申请注销登记。",
    "Simplified deregistration takes a notice of at least 20 days; without objection the"
    " application follows in 20 days.",
)
EX_OFFICIO: Final = Provision(
    _COMPANY_LAW,
    "241",
    "D-h",
    _COMPANY_SINCE,
    "被吊销、责令关闭、撤销满三年未申请注销的，公告不少于六十日后可以注销。",
    "Three years after revocation a company may be deregistered without an application, after a"
    " notice of at least 60 days.",
)
SIMPLIFIED_PRACTICE: Final = Provision(
    _SIMPLIFIED_NOTICE,
    "",
    "D-i",
    date(2021, 7, 30),
    "公示期二十日，期满二十日内申请，可以延长至三十日；未办过涉税事宜等三类情形税务机关不提异议；实行容错。",
    "Twenty days of publicity, application within 20, at most 30 days; three groups the tax"
    " authority does not object to; some exclusions cure without new publicity.",
)
# Known by its year only; all that matters is that it is older than the Order.
SHANXI_PRACTICE: Final = Provision(
    _SHANXI_NOTICE,
    "",
    "D-j",
    date(2018, 12, 31),
    "一个工作日内推送税务机关；有未办结事项的，税务机关于公示期届满次日提出异议。",
    "Pushed to the tax authority within one working day; it objects on the day after expiry if"
    " affairs are open.",
    place=SHANXI,
)
# Days believed, not verified; both are older than the Order, so they are cited either way.
CLEARANCE_SPARED: Final = Provision(
    _TAX_DEREGISTRATION_2018,
    "",
    "D-k",
    date(2018, 10, 1),
    "部分纳税人可免予到税务机关办理清税证明；未办过涉税事宜的，税务机关即时出具清税文书。",
    "Some taxpayers need no clearance certificate; one that never had tax affairs gets it at once.",
)
CLEARANCE_AT_ONCE: Final = Provision(
    _TAX_DEREGISTRATION_2019,
    "",
    "D-k",
    date(2019, 7, 1),
    "经法院裁定宣告破产的，持终结破产程序裁定书申请，税务机关即时出具清税文书。",
    "On a ruling that ends a bankruptcy the tax authority issues the clearance document at once.",
)
ADMINISTRATOR_DEREGISTERS: Final = Provision(
    _BANKRUPTCY_LAW,
    "121",
    "D-m",
    date(2007, 6, 1),
    "管理人自破产程序终结之日起十日内，持裁定办理注销登记。",
    "The administrator deregisters within ten days with the ruling that ends the bankruptcy.",
)
