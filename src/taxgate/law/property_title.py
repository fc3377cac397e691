"""National law behind the real-estate checkpoint (不动产权属登记环节)."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import Instrument, Provision

_DEED: Final = Instrument("deed-tax-law", "中华人民共和国契税法", "Deed Tax Law")
_LVAT: Final = Instrument(
    "land-appreciation-tax-regulations",
    "中华人民共和国土地增值税暂行条例",
    "Provisional Regulations on Land Appreciation Tax",
)
_IIT: Final = Instrument(
    "individual-income-tax-law", "中华人民共和国个人所得税法", "Individual Income Tax Law"
)
_IIT_RULES: Final = Instrument(
    "individual-income-tax-rules",
    "中华人民共和国个人所得税法实施条例",
    "Implementing Regulations of the Individual Income Tax Law",
)
_GIFTS: Final = Instrument(
    "income-tax-notice-2019-74",
    "财政部 税务总局公告2019年第74号",
    "Notice 2019 No. 74 on items of individual income tax",
)
_FAMILY: Final = Instrument(
    "deed-tax-notice-2021-29",
    "财政部 税务总局公告2021年第29号",
    "Notice 2021 No. 29 on deed tax relief carried over",
)
_INSTALMENTS: Final = Instrument(
    "income-tax-notice-2015-41",
    "财政部 国家税务总局关于个人非货币性资产投资有关个人所得税政策的通知",
    "Notice Caishui 2015 No. 41 on income tax of investments in kind",
)
_VAT: Final = Instrument("value-added-tax-law", "中华人民共和国增值税法", "Value-Added Tax Law")
_REGISTRATION: Final = Instrument(
    "real-estate-registration-regulations",
    "不动产登记暂行条例",
    "Provisional Regulations on Real Estate Registration",
)
_REGISTRATION_RULES: Final = Instrument(
    "real-estate-registration-rules",
    "不动产登记暂行条例实施细则",
    "Implementing Rules of the Provisional Regulations on Real Estate Registration",
)
_COLLECTION: Final = Instrument(
    "tax-collection-law", "中华人民共和国税收征收管理法", "Law on Administration of Tax Collection"
)
_COLLECTION_RULES: Final = Instrument(
    "tax-collection-rules",
    "中华人民共和国税收征收管理法实施细则",
    "Implementing Rules of the Law on Administration of Tax Collection",
)
_URBAN: Final = Instrument(
    "urban-real-estate-law",
    "中华人民共和国城市房地产管理法",
    "Law on Administration of Urban Real Estate",
)
_CIVIL_CODE: Final = Instrument("civil-code", "中华人民共和国民法典", "Civil Code")
_AUCTION: Final = Instrument(
    "online-judicial-auction-provisions",
    "最高人民法院关于人民法院网络司法拍卖若干问题的规定",
    "Supreme People's Court Provisions on Online Judicial Auctions",
)
_SEIZURE: Final = Instrument(
    "civil-execution-seizure-provisions",
    "最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定",
    "Supreme People's Court Provisions on Seizure in Civil Execution",
)
_LEGACY: Final = Instrument(
    "registration-legacy-notice-2021-1",
    "自然资源部关于加快解决不动产登记若干历史遗留问题的通知",
    "Notice Ziran Zifa 2021 No. 1 on legacy problems of real-estate registration",
)
_DEED_SINCE: Final = date(2021, 9, 1)
_IIT_SINCE: Final = date(2019, 1, 1)
_REGISTRATION_SINCE: Final = date(2015, 3, 1)
_RULES_SINCE: Final = date(2016, 1, 1)
_CODE_SINCE: Final = date(2021, 1, 1)

DEED_TAXABLE: Final = Provision(
    _DEED,
    "1,2",
    "L-a",
    _DEED_SINCE,
    "承受土地使用权出让、转让和房屋买卖、赠与、互换的单位和个人缴纳契税；"
    "作价投资、偿还债务、划转、奖励等方式亦同；土地承包经营权和土地经营权的转移除外。",
    "Whoever takes land-use rights by grant or transfer, or a house by sale, gift or exchange, pays"
    " deed tax; contribution, debt settlement, allocation and reward count alike; rights to"
    " contracted land do not.",
)
EXCHANGE_BASE: Final = Provision(
    _DEED,
    "4",
    "L-a",
    _DEED_SINCE,
    "互换的计税依据为所互换价格的差额。",
    "In an exchange the tax base is the difference of the prices.",
)
DEED_EXEMPTIONS: Final = Provision(
    _DEED,
    "6,7",
    "L-b",
    _DEED_SINCE,
    "婚姻关系存续期间夫妻之间变更权属、法定继承人通过继承承受权属，以及学校、医疗等法定情形免征契税。",
    "Changes between spouses during marriage, inheritance by statutory heirs, schools, hospitals"
    " and other listed cases are exempt.",
)
EXEMPTION_ENDS: Final = Provision(
    _DEED,
    "8",
    "L-c",
    _DEED_SINCE,
    "改变用途等不再属于免减税情形的，补缴已经免征、减征的税款。",
    "Where a changed use ends an exemption, the tax that was spared is to be made up.",
)
DEED_BEFORE_REGISTRATION: Final = Provision(
    _DEED,
    "9,10",
    "L-d",
    _DEED_SINCE,
    "签订权属转移合同当日发生纳税义务，在办理权属登记前申报缴纳。",
    "The duty arises on signing; it is to be fulfilled before the title is registered.",
)
NO_DEED_TAX_NO_TITLE: Final = Provision(
    _DEED,
    "11",
    "L-e",
    _DEED_SINCE,
    "登记机构查验契税完税、减免税凭证或者有关信息；未按照规定缴纳契税的，不予办理权属登记。",
    "The registrar checks proof of payment or exemption, or information; where deed tax was not"
    " settled as prescribed, the title is not registered.",
)
DEED_REFUND: Final = Provision(
    _DEED,
    "12,13",
    "L-f",
    _DEED_SINCE,
    "登记前合同不生效、无效、被撤销或者被解除的，可以申请退还；有关部门共享信息并保密。",
    "Deed tax is refunded where the contract fails before registration; departments share"
    " information and keep it confidential.",
)
NO_LVAT_NO_TITLE: Final = Provision(
    _LVAT,
    "2,8,10,12",
    "L-g",
    date(1994, 1, 1),
    "有偿转让房地产并取得收入的缴纳土地增值税，合同签订后七日内申报；"
    "未缴纳的，土地、房产管理部门不得办理权属变更手续。",
    "Who transfers real estate for income pays land appreciation tax, to be filed within 7 days of"
    " the contract; while it is not paid, the change of ownership may not be processed.",
)
INCOME_TAX_CHECK: Final = Provision(
    _IIT,
    "15(2)",
    "L-h",
    _IIT_SINCE,
    "个人转让不动产的，登记机构办理转移登记时查验与该转让相关的个人所得税完税凭证。",
    "On an individual's transfer the registrar checks the income-tax proof of that transfer.",
)
PROPERTY_INCOME: Final = Provision(
    _IIT_RULES,
    "6",
    "L-i",
    _IIT_SINCE,
    "转让不动产所得属于财产转让所得；没有扣缴义务人的，由个人自行申报。",
    "Gains on real estate are income from the transfer of property; without a withholding agent the"
    " individual files.",
)
GIFTS_OF_HOUSES: Final = Provision(
    _GIFTS,
    "2",
    "L-j",
    _IIT_SINCE,
    "受赠房屋的个人按偶然所得纳税；赠与配偶、近亲属、抚养或者赡养义务人，以及死亡后由继承人、"
    "受遗赠人取得的，双方不征个人所得税。",
    "Who is given a house is taxed on it, except between spouses, close relatives, supporters and"
    " dependants, and on death; then neither side is taxed.",
)
FAMILY_RELIEF: Final = Provision(
    _FAMILY,
    "1",
    "L-k",
    _DEED_SINCE,
    "夫妻因离婚分割共同财产发生权属变更的，免征契税。",
    "Division of common property on divorce is exempt from deed tax.",
)
INSTALMENT_PLAN: Final = Provision(
    _INSTALMENTS,
    "1,3",
    "E-o",
    date(2015, 4, 1),
    "个人以非货币性资产投资，可以在不超过五年内分期缴纳，并向税务机关备案。",
    "Income tax on an investment in kind may be paid over up to 5 years under a plan filed with the"
    " tax authority.",
)
VALUE_ADDED_TAX: Final = Provision(
    _VAT,
    "3,5",
    "L-l",
    date(2026, 1, 1),
    "销售不动产缴纳增值税；该法未将完税作为登记的前提。",
    "Sales of real estate bear VAT; the law makes payment no condition of registration.",
)
REGISTRATION_DUTIES: Final = Provision(
    _REGISTRATION,
    "3,14,16,17,18,21",
    "L-n",
    _REGISTRATION_SINCE,
    "登记类型、申请与材料、受理和查验。",
    "Kinds of registration, application and papers, acceptance and examination.",
)
CONTRARY_TO_LAW: Final = Provision(
    _REGISTRATION,
    "22",
    "L-n",
    _REGISTRATION_SINCE,
    "违反法律、行政法规规定的，不予登记并书面告知。",
    "What is contrary to law or administrative regulation is not registered; the applicant is told"
    " in writing.",
)
COMPETENT_REGISTRAR: Final = Provision(
    _REGISTRATION,
    "7",
    "L-n",
    _REGISTRATION_SINCE,
    "由不动产所在地的县级登记机构办理。",
    "The registrar of the county where the real estate lies is competent.",
)
COURT_INSTRUMENTS: Final = Provision(
    _REGISTRATION_RULES,
    "19(2)",
    "L-o",
    _RULES_SINCE,
    "依据人民法院生效法律文书和协助执行通知书等嘱托文件，直接办理登记。",
    "On a court's instrument with its notice of assistance, and in like cases, the registrar"
    " registers directly.",
)
SEVERAL_SEIZURES: Final = Provision(
    _REGISTRATION_RULES,
    "90,91,92,93",
    "L-p",
    _RULES_SINCE,
    "先送达的先登记查封，其余轮候；查封期满未续封的，查封登记失效。",
    "The seizure served first is recorded, others wait; one that ran out without renewal lapses.",
)
TAX_ENFORCEMENT: Final = Provision(
    _COLLECTION,
    "37,38,40,41,42",
    "L-q",
    date(2001, 5, 1),
    "税务机关经批准可以采取税收保全和强制执行措施，包括查封、拍卖或者变卖；税款缴清的，解除保全。",
    "With approval the tax authority may preserve and enforce, including sealing and sale; once the"
    " tax is settled it lifts the measure.",
)
NO_TITLE_UNDER_TAX_SEAL: Final = Provision(
    _COLLECTION_RULES,
    "66",
    "L-q",
    date(2002, 10, 15),
    "税务机关查封时可以要求登记机构协助执行，查封期间不再办理过户手续。",
    "On the tax authority's notice the registrar transfers nothing while the seal lasts.",
)
SEAL_DURATION: Final = Provision(
    _COLLECTION_RULES,
    "68,88",
    "L-q",
    date(2002, 10, 15),
    "税款缴纳后由税务机关解除保全；保全期限由税务机关掌握，登记机构不自行推算。",
    "The tax authority lifts its measure after payment; how long it lasts is not for the registrar"
    " to compute.",
)
SEALED_NOT_TRANSFERRED: Final = Provision(
    _URBAN,
    "38",
    "L-r",
    date(1995, 1, 1),
    "司法机关、行政机关依法裁定、决定查封或者限制权利的房地产，不得转让。",
    "Real estate sealed or restricted by a judicial or administrative authority may not be"
    " transferred.",
)
TITLE_BY_REGISTRATION: Final = Provision(
    _CIVIL_CODE,
    "209,221,229,230,231,232",
    "L-s",
    _CODE_SINCE,
    "物权变动经登记生效；因法律文书、继承取得的，处分前应先登记。",
    "Registration creates title; what court instruments or inheritance gave must be registered"
    " before it is disposed of.",
)
SEALED_NOT_MORTGAGED: Final = Provision(
    _CIVIL_CODE,
    "399",
    "L-s",
    _CODE_SINCE,
    "依法被查封、扣押、监管的财产不得抵押。",
    "Sealed property may not be mortgaged.",
)
AUCTION_TAXES: Final = Provision(
    _AUCTION,
    "22(2),30",
    "L-t",
    date(2017, 1, 1),
    "拍卖成交裁定送达买受人时所有权转移；税费由法律规定的相应主体承担。",
    "Title passes on service of the auction ruling; taxes are borne by whoever the law names.",
)
SEIZURE_BEFORE_RECORDING: Final = Provision(
    _SEIZURE,
    "23",
    "L-u",
    _CODE_SINCE,
    "已受理尚未记载的转移登记让位于查封；其他法院的转移通知先到的除外；已记载的不得查封。",
    "A transfer accepted but not recorded gives way to a seizure, unless another court's transfer"
    " notice came first; one that is recorded cannot be seized.",
)
SEIZURE_EFFECTS: Final = Provision(
    _SEIZURE,
    "24,26,27",
    "L-u",
    _CODE_SINCE,
    "查封期间有碍执行的行为不得对抗申请执行人；可以轮候查封；期满或者拍卖成交的，查封效力消灭。",
    "Acts against a seizure do not bind the creditor; further seizures wait; it ends on expiry or"
    " by auction.",
)
LEGACY_PROJECTS: Final = Provision(
    _LEGACY,
    "",
    "L-w",
    date(2021, 1, 1),
    "历史遗留项目实行证缴分离：无过错的购房人先行登记，开发企业欠缴税费另行追缴。",
    "On legacy projects innocent buyers are registered while what the developer owes is pursued"
    " separately.",
)
