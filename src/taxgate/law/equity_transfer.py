"""National law behind the equity-transfer checkpoint (个人转让股权变更登记环节)."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import Instrument, Provision

_INCOME_TAX: Final = Instrument(
    "individual-income-tax-law", "中华人民共和国个人所得税法", "Individual Income Tax Law"
)
_INCOME_TAX_RULES: Final = Instrument(
    "individual-income-tax-rules",
    "中华人民共和国个人所得税法实施条例",
    "Implementing Regulations of the Individual Income Tax Law",
)
_EQUITY_MEASURES: Final = Instrument(
    "equity-transfer-income-tax-measures",
    "股权转让所得个人所得税管理办法（试行）",
    "Measures on Individual Income Tax on Gains from Equity Transfer (Notice 2014 No. 67)",
)
_COLLECTION_RULES: Final = Instrument(
    "tax-collection-rules",
    "中华人民共和国税收征收管理法实施细则",
    "Implementing Rules of the Law on the Administration of Tax Collection",
)
_COMPANY_LAW: Final = Instrument("company-law", "中华人民共和国公司法", "Company Law")
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
_EQUITY_EXECUTION: Final = Instrument(
    "equity-execution-provisions",
    "最高人民法院关于人民法院强制执行股权若干问题的规定",
    "Provisions of the Supreme People's Court on Compulsory Execution against Equity",
)
_INDIVIDUAL_BUSINESS: Final = Instrument(
    "individual-business-regulations",
    "促进个体工商户发展条例",
    "Regulations on Promoting the Development of Individual Businesses",
)
_NON_CASH_INVESTMENT: Final = Instrument(
    "non-cash-investment-notice-2015-41",
    "财税〔2015〕41号",
    "Notice 2015 No. 41 on individuals' investment of non-cash assets",
)
_TECHNOLOGY_SHARES: Final = Instrument(
    "equity-incentive-notice-2016-101",
    "财税〔2016〕101号",
    "Notice 2016 No. 101 on equity incentives and technology contributed for shares",
)
_CIVIL_PROCEDURE: Final = Instrument(
    "civil-procedure-law", "中华人民共和国民事诉讼法", "Civil Procedure Law"
)
_INCOME_TAX_SINCE: Final = date(2019, 1, 1)
_MEASURES_SINCE: Final = date(2015, 1, 1)
_MARKET_SINCE: Final = date(2022, 3, 1)
_COMPANY_SINCE: Final = date(2024, 7, 1)

VOUCHER_OF_THE_DEAL: Final = Provision(
    _INCOME_TAX,
    "15(2)",
    "E-a",
    _INCOME_TAX_SINCE,
    "个人转让股权办理变更登记的，登记机关应当查验与该股权交易相关的个人所得税完税凭证。",
    "On the change registration of an individual's equity transfer the registrar checks the"
    " income-tax voucher related to that deal.",
)
TAXPAYER_AND_AGENT: Final = Provision(
    _INCOME_TAX,
    "2,9,10,13",
    "E-b",
    _INCOME_TAX_SINCE,
    "财产转让所得应纳税；以支付所得者为扣缴义务人；未扣缴的，由纳税人在规定期限内自行申报。",
    "Gains from the transfer of property are taxed; whoever pays withholds; what was not withheld"
    " the transferor files within the time set.",
)
WITHHELD_IS_REMITTED: Final = Provision(
    _INCOME_TAX,
    "14",
    "Individual Income Tax Law 14",
    _INCOME_TAX_SINCE,
    "扣缴义务人应当在规定期限内将扣缴的税款缴入国库。",
    "The withholding agent remits what it withheld within the time set.",
)
EQUITY_AND_PARTNERSHIP_SHARES: Final = Provision(
    _INCOME_TAX_RULES,
    "6",
    "E-c",
    _INCOME_TAX_SINCE,
    "财产转让所得分别列举股权和合伙企业中的财产份额。",
    "Equity and a share in a partnership are named separately among property transferred.",
)
COMPANIES_ONLY: Final = Provision(
    _EQUITY_MEASURES,
    "2",
    "E-d",
    _MEASURES_SINCE,
    "所称股权是指自然人投资于境内企业的股权或者股份，不包括个人独资企业和合伙企业。",
    "Equity means natural persons' equity or shares in enterprises in China, sole proprietorships"
    " and partnerships excluded.",
)
KINDS_OF_TRANSFER: Final = Provision(
    _EQUITY_MEASURES,
    "3",
    "E-e",
    _MEASURES_SINCE,
    "股权转让包括出售、公司回购、被司法或者行政机关强制过户、以股权对外投资、抵偿债务等行为。",
    "Transfer includes sale, buy-back, compulsory transfer by court or authority, contribution,"
    " settlement of debts and the like.",
)
TRANSFEREE_WITHHOLDS: Final = Provision(
    _EQUITY_MEASURES,
    "5,6",
    "E-f",
    _MEASURES_SINCE,
    "转让方为纳税人，受让方为扣缴义务人；扣缴义务人于协议签订后五个工作日内报告税务机关。",
    "The transferor is the taxpayer, the transferee the withholding agent, who reports within five"
    " working days of signing.",
)
TAX_AUTHORITY_ASSESSES: Final = Provision(
    _EQUITY_MEASURES,
    "11,12,13",
    "E-g",
    _MEASURES_SINCE,
    "转让收入明显偏低且无正当理由的，由主管税务机关核定；何为正当理由亦有规定。",
    "Where the price is clearly low without good reason the tax authority assesses it; what counts"
    " as good reason is laid down.",
)
FILING_TIME: Final = Provision(
    _EQUITY_MEASURES,
    "20",
    "E-h",
    _MEASURES_SINCE,
    "在支付价款、协议生效、实际行使权利或者判决、登记生效等行为发生次月十五日内申报。",
    "To be filed by the 15th of the month after payment, an effective contract, actual exercise of"
    " rights, or an effective judgment or registration.",
)
PLACE_OF_TAX: Final = Provision(
    _EQUITY_MEASURES,
    "19",
    "E-i",
    _MEASURES_SINCE,
    "以被投资企业所在地税务机关为主管税务机关。",
    "The tax authority where the invested enterprise is has charge of it.",
)
REGISTERED_SHAREHOLDERS: Final = Provision(
    _COMPANY_LAW,
    "32,34,86,87",
    "E-j",
    _COMPANY_SINCE,
    "有限责任公司股东、股份有限公司发起人的姓名或者名称为登记事项；变更由公司申请。",
    "Names of an LLC's shareholders and of a joint-stock company's promoters are registered; the"
    " company applies for a change.",
)
REGISTERED_AND_FILED_ITEMS: Final = Provision(
    _MARKET_ENTITIES,
    "8,9",
    "E-k",
    _MARKET_SINCE,
    "股东、发起人为登记事项，认缴出资额属备案事项。",
    "Shareholders and promoters are registered; the amount of capital subscribed is only filed.",
)
FORMAL_REVIEW: Final = Provision(
    _MARKET_ENTITIES,
    "19",
    "E-k",
    _MARKET_SINCE,
    "登记机关对申请材料进行形式审查；材料不齐全的，一次性告知需要补正的材料。",
    "The registrar reviews in form; what is missing is told once.",
)
CONTRARY_TO_LAW: Final = Provision(
    _MARKET_ENTITIES,
    "20",
    "E-k",
    _MARKET_SINCE,
    "登记申请不符合法律、行政法规规定，或者可能危害国家安全、社会公共利益的，不予登记并说明理由。",
    "An application contrary to law is not registered, and the reasons are stated.",
)
COURT_ASSISTANCE: Final = Provision(
    _MARKET_ENTITY_RULES,
    "79",
    "E-l",
    _MARKET_SINCE,
    "依照人民法院的生效法律文书和协助执行通知书办理协助执行。",
    "Assistance to a court is carried out by its instrument in force and its notice.",
)
FROZEN_EQUITY: Final = Provision(
    _EQUITY_EXECUTION,
    "6,7",
    "E-m",
    date(2022, 1, 1),
    "冻结的股权予以公示；冻结后的转让不得对抗申请执行人。",
    "Frozen equity is publicised; a transfer after that does not bind the creditor.",
)
CONFIRMED_EQUITY: Final = Provision(
    _EQUITY_EXECUTION,
    "17",
    "E-m",
    date(2022, 1, 1),
    "判决确认股东资格的，当事人可以据此请求公司、登记机关办理变更。",
    "A party may have the change made on a judgment that confirms who is shareholder.",
)
OPERATOR_CHANGE: Final = Provision(
    _INDIVIDUAL_BUSINESS,
    "13",
    "E-n",
    date(2022, 11, 1),
    "个体工商户可以直接变更经营者，但应当结清依法应缴纳的税款等。",
    "The operator of an individual business may be changed directly; taxes are to be settled.",
)
INSTALMENTS: Final = Provision(
    _NON_CASH_INVESTMENT,
    "",
    "E-o",
    date(2015, 4, 1),
    "个人以非货币性资产投资，可以在不超过五年内分期缴纳，并报税务机关备案。",
    "Tax on a non-cash investment may be paid in instalments of up to five years, filed with the"
    " tax authority.",
)
TECHNOLOGY_DEFERRAL: Final = Provision(
    _TECHNOLOGY_SHARES,
    "",
    "E-o",
    date(2016, 9, 1),
    "以技术成果投资入股，可以选择递延纳税，并报税务机关备案。",
    "Tax on technology contributed for shares may be deferred, filed with the tax authority.",
)
WHAT_IS_PROOF: Final = Provision(
    _COLLECTION_RULES,
    "45",
    "E-p",
    date(2002, 10, 15),
    "完税凭证包括完税证、缴款书、印花税票、扣缴凭证以及其他完税证明。",
    "Proof of payment means certificates, payment forms, stamps, withholding receipts and others.",
)
COURTS_ARE_ASSISTED: Final = Provision(
    _CIVIL_PROCEDURE,
    "117,262",
    "E-q",
    date(2024, 1, 1),
    "有关单位收到人民法院的协助执行通知书，必须办理财产权证照转移手续；拒不协助的，可以处以罚款。",
    "A unit that receives a court's notice to transfer property certificates must do so; one that"
    " refuses may be fined.",
)
RETURNED_WITH_NOTICE: Final = Provision(
    _MARKET_ENTITY_RULES,
    "18(3)",
    "E-r",
    _MARKET_SINCE,
    "申请材料不齐全的，退回材料并一次性告知，补正后重新申请。",
    "Incomplete material is returned with a one-time notice and submitted anew.",
)
