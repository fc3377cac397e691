"""National clauses no table cites (未被规则引用的国家条文): each with what answers for it.

Days the specification does not give are None: such a clause is shown, but binds on no day. Where
only a year is known the last day of it stands: by then it was in force.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from . import Instrument, deregistration, equity_transfer, property_title, vehicle
from .confidence import SOURCES, Phrase
from .ledger import Claim, Clause, doubt, officer, outside, rows

__all__ = ["UNCITED"]

_RECORD_DECIDES: Final = outside(
    "是否减免由税务机关认定，登记时只看其记录。",
    "Whether relief is due the tax authority decides; a registrar sees its record only.",
)
_TOLD_ONCE: Final = outside(
    "规定告知的方式和期限，由告知书落实，不改变结论。",
    "It lays down how and when to tell; the notices carry it out, no verdict turns on it.",
)
_HANDLING_TIME: Final = officer(
    "办理期限届满前由经办人决定不予登记、退办或者办结，系统不自动处理。",
    "Before the handling time runs out a person refuses, lets withdraw or completes; nothing"
    " happens by itself.",
)
_REMEDIES: Final = outside(
    "不予办理后的救济途径，载入告知书。", "A way to contest a refusal; the notice names it."
)

_VESSEL_2018: Final = Instrument(
    "vessel-tax-notice-2018-74", "财税〔2018〕74号", "Notice 2018 No. 74 on vehicle and vessel tax"
)
_ELECTRONIC_2019: Final = Instrument(
    "purchase-tax-notice-2019-26",
    "国家税务总局公告2019年第26号",
    "Notice 2019 No. 26 on collecting vehicle purchase tax",
)
_FARMLAND: Final = Instrument(
    "farmland-occupation-tax-law", "中华人民共和国耕地占用税法", "Farmland Occupation Tax Law"
)
_SHARING_2022: Final = Instrument(
    "property-data-sharing-notice-2022-1",
    "税总财行发〔2022〕1号",
    "Notice 2022 No. 1 on sharing real-estate and tax data",
)
_HOME_SALES: Final = Instrument(
    "home-sale-income-tax-notice-2006-108",
    "国税发〔2006〕108号",
    "Notice 2006 No. 108 on income tax of individuals' home sales",
)
_HOME_LVAT: Final = Instrument(
    "home-lvat-notice-2008-137", "财税〔2008〕137号", "Notice 2008 No. 137 on home transactions"
)
_RESTRUCTURING: Final = Instrument(
    "restructuring-deed-tax-notice-2023-49",
    "财政部 税务总局公告2023年第49号",
    "Notice 2023 No. 49 on deed tax in restructurings",
)
_GIFTS_2009: Final = Instrument(
    "house-gift-notice-2009-78", "财税〔2009〕78号", "Notice 2009 No. 78 on gifts of houses"
)
_OPERATING: Final = Instrument(
    "real-estate-registration-guide",
    "不动产登记操作规范",
    "Operating Guide on Real Estate Registration",
)
_GUIDE: Final = Instrument(
    "enterprise-deregistration-guide", "企业注销指引", "Guide on Deregistering an Enterprise"
)
_INSTITUTIONS: Final = Instrument(
    "public-institution-regulations",
    "事业单位登记管理暂行条例",
    "Provisional Regulations on Registering Public Institutions",
)
_INSTITUTION_RULES: Final = Instrument(
    "public-institution-rules",
    "事业单位登记管理暂行条例实施细则",
    "Implementing Rules and practice lists on Registering Public Institutions",
)
_LEGISLATION: Final = Instrument("legislation-law", "中华人民共和国立法法", "Legislation Law")
_BUSINESS_CLIMATE: Final = Instrument(
    "business-environment-regulations",
    "优化营商环境条例",
    "Regulations on Improving the Business Environment",
)
_LICENSING: Final = Instrument(
    "administrative-licensing-law", "中华人民共和国行政许可法", "Administrative Licensing Law"
)
_REVIEW: Final = Instrument(
    "administrative-reconsideration-law",
    "中华人民共和国行政复议法",
    "Administrative Reconsideration Law",
)
_LITIGATION: Final = Instrument(
    "administrative-litigation-law", "中华人民共和国行政诉讼法", "Administrative Litigation Law"
)
_PERSONAL_DATA: Final = Instrument(
    "personal-information-law",
    "中华人民共和国个人信息保护法",
    "Personal Information Protection Law",
)
_PURCHASE_TAX: Final = vehicle.PAY_BEFORE_REGISTRATION.instrument
_VESSEL_TAX: Final = vehicle.VESSEL_TAX_PROOF.instrument
_VESSEL_RULES: Final = vehicle.POLICY_IS_RECEIPT.instrument
_ROAD_SAFETY: Final = vehicle.PURCHASE_TAX_PROOF.instrument
_ROAD_RULES: Final = vehicle.SEIZED_NOT_REGISTERED.instrument
_VEHICLES: Final = vehicle.FIRST_REGISTRATION_PROOFS.instrument
_TITLES: Final = property_title.REGISTRATION_DUTIES.instrument
_COLLECTION: Final = property_title.TAX_ENFORCEMENT.instrument
_COLLECTION_RULES: Final = property_title.SEAL_DURATION.instrument
_CIVIL_CODE: Final = property_title.SEALED_NOT_MORTGAGED.instrument
_MARKET: Final = equity_transfer.FORMAL_REVIEW.instrument
_MARKET_RULES: Final = deregistration.GENERAL_MATERIAL.instrument
_COMPANY: Final = deregistration.COMPANY_SIMPLIFIED.instrument

_PURCHASE_SINCE: Final = vehicle.PAY_BEFORE_REGISTRATION.since
_VESSEL_SINCE: Final = vehicle.VESSEL_TAX_PROOF.since
_ROAD_SINCE: Final = vehicle.PURCHASE_TAX_PROOF.since
_VEHICLES_SINCE: Final = vehicle.FIRST_REGISTRATION_PROOFS.since
_COLLECTION_SINCE: Final = property_title.TAX_ENFORCEMENT.since
_COLLECTION_RULES_SINCE: Final = property_title.SEAL_DURATION.since
_CODE_SINCE: Final = property_title.SEALED_NOT_MORTGAGED.since
_MARKET_SINCE: Final = equity_transfer.FORMAL_REVIEW.since
_LEGISLATION_SINCE: Final = date(2023, 3, 15)
_CLIMATE_SINCE: Final = date(2020, 1, 1)


def _clause(
    instrument: Instrument,
    article: str,
    source: str,
    since: date | None,
    text: Phrase,
    claim: Claim,
    until: date | None = None,
) -> Clause:
    return Clause(
        id=f"{source}:{instrument.id}/{article}".rstrip("/"),
        instrument=instrument,
        article=article,
        source=source,
        zh=text.zh,
        en=text.en,
        trust=SOURCES[source],
        claim=claim,
        since=since,
        until=until,
    )


# fmt: off
_VEHICLE: Final = (
    _clause(_PURCHASE_TAX, "9", "V-b", _PURCHASE_SINCE,
        Phrase("外交、军警、消防、固定装置专用车、城市公交等车辆免税。",
            "Diplomatic, military, police, fire, fixed-device and city-bus vehicles are exempt."),
        _RECORD_DECIDES),
    _clause(_VESSEL_TAX, "3,4,5", "V-h", _VESSEL_SINCE,
        Phrase("渔船、军警、消防、外交车船免税；节能、新能源及公交、农村车辆可由国家或者省减免。",
            "Some classes are exempt; State Council and province may relieve others."),
        _RECORD_DECIDES),
    _clause(_VESSEL_TAX, "6,7,8,9", "V-i", _VESSEL_SINCE,
        Phrase("交强险承保机构代收；按年缴纳，期限由省确定，地点为登记地或者承保机构所在地。",
            "The insurer withholds; due yearly, the period set by the province, where the vehicle is"
            " registered or the insurer sits."),
        doubt(4)),
    _clause(_VESSEL_RULES, "13,15,19,21", "V-k", _VESSEL_SINCE,
        Phrase("向承保机构出示已税凭证、代收后不再申报、灭失退税等事项。",
            "Showing earlier proof to the insurer, no second filing, refund when a vehicle is lost."),
        outside("属纳税人、承保机构与税务机关之间的事项，登记时只看结果。",
                "Between taxpayer, insurer and tax authority; a registrar sees the outcome.")),
    _clause(_VESSEL_RULES, "23", "V-k", _VESSEL_SINCE,
        Phrase("纳税年度即公历年度。", "The tax year is the calendar year."), rows("V-12", 4)),
    _clause(_VESSEL_RULES, "24", "V-k", _VESSEL_SINCE,
        Phrase("临时入境的境外及港澳台车辆不征税。",
            "Vehicles entering temporarily from abroad, Hong Kong, Macao or Taiwan are not taxed."),
        officer("没有为临时入境车辆设类；遇有登记申请的由经办人与税务机关核实。",
                "There is no class for them; on an application a person asks the tax authority.")),
    _clause(_ROAD_SAFETY, "13", "V-l", _ROAD_SINCE,
        Phrase("检验机构不得另设条件；符合安全标准的发给标志。",
            "A testing station may add no condition; what is safe gets its mark."), doubt(4)),
    _clause(_ROAD_RULES, "4,5", "V-m", _ROAD_SINCE,
        Phrase("登记分注册、变更、转移、抵押、注销五种。",
            "There are five kinds of registration: first, change, transfer, mortgage, cancellation."),
        rows("V-35 V-36")),
    _clause(_VESSEL_2018, "", "V-t", date(2018, 7, 10),
        Phrase("纯电动、燃料电池乘用车不在税目内；列入目录的新能源商用车免税，节能车减半。",
            "Pure-electric and fuel-cell passenger cars are outside; listed new-energy commercial"
            " vehicles exempt, energy-saving ones halved."),
        rows("V-07")),
    _clause(_ELECTRONIC_2019, "", "V-u", _PURCHASE_SINCE,
        Phrase("完税证明电子化，不再发纸质证明；免税车辆也须申报。",
            "Proof is electronic, none is issued on paper; exempt vehicles file too."),
        outside("说明为何以电子记录为准；登记机关依购置税法第13条核对。",
                "It tells why the electronic record counts; the check itself is Art. 13's.")),
)
_TITLE: Final = (
    _clause(_HOME_SALES, "", "L-k", None,
        Phrase("个人出售持有满五年的唯一住房，免个人所得税。",
            "An only family home held over five years is free of income tax."), _RECORD_DECIDES),
    _clause(_HOME_LVAT, "", "L-k", None,
        Phrase("个人出售住房暂免土地增值税。",
            "Individuals' home sales are spared land appreciation tax."),
        _RECORD_DECIDES),
    _clause(_RESTRUCTURING, "", "L-k", None,
        Phrase("企业改制重组的契税优惠，至2027年底止。",
            "Deed-tax relief for restructurings, to the end of 2027."),
        _RECORD_DECIDES, until=date(2028, 1, 1)),
    _clause(_GIFTS_2009, "", "L-j", date(2009, 12, 31),
        Phrase("无偿受赠房屋的个人所得税，以及亲属间等不征税的情形。",
            "Income tax on houses given, and the cases between relatives that are not taxed."),
        rows("R-27 R-28")),
    _clause(_FARMLAND, "10", "L-m", date(2019, 9, 1),
        Phrase("完税凭证是发放建设用地批准书的条件。",
            "Its proof is a condition of the construction-land approval."),
        outside("约束的是用地批准，不是权属登记。",
                "It binds the approval of land, not the registration of title.")),
    _clause(_OPERATING, "", "L-p", None,
        Phrase("转移登记的材料清单列有依法应缴时的税费凭证。",
            "The list for a transfer names proof of tax where tax is due by law."), doubt(2)),
    _clause(_COLLECTION_RULES, "59,64,65,67,69", "L-q", _COLLECTION_RULES_SINCE,
        Phrase("查封的范围、估价、保管和变现程序，以及生活必需住房的排除。",
            "Extent, valuation, custody and sale of what is sealed; the necessary home is spared."),
        outside("由税务机关自行遵守；登记机构不作实体审查，可以提出审查建议。",
                "For the tax authority to observe; a registrar may suggest a review, no more.")),
    _clause(_SHARING_2022, "", "L-v", date(2022, 12, 31),
        Phrase("税务与登记系统互通房地产和完税数据。",
            "Tax and registry systems share data on real estate and payment."),
        outside("属系统对接安排；数据是否可用按本办法第17条判断。",
                "An arrangement of systems; whether data is usable the Order's Art. 17 tells.")),
)
_EQUITY: Final = (
    _clause(_MARKET, "24", "E-k", _MARKET_SINCE,
        Phrase("变更事项发生后三十日内申请变更登记。",
            "A change is applied for within thirty days."),
        officer("逾期与税务查验无关，由登记机关自行处理。",
                "Lateness has nothing to do with tax; the registrar deals with it.")),
    _clause(_MARKET_RULES, "32", "E-l", _MARKET_SINCE,
        Phrase("变更登记的材料清单没有列税收凭证。",
            "The list of documents for a change names no tax proof."), doubt(1)),
)
_DEREGISTRATION: Final = (
    _clause(_MARKET, "31,32", "D-c", _MARKET_SINCE,
        Phrase("注销使主体终止；先清算，三十日内申请，分支机构先注销。",
            "Deregistration ends the entity; liquidate first, apply in thirty days, branches first."),
        officer("清算和分支机构的注销由登记机关自行审查，不属税务查验。",
                "Liquidation and branches the registrar examines itself; no check of tax.")),
    _clause(_MARKET_RULES, "47,49", "D-g", _MARKET_SINCE,
        Phrase("简易程序提交申请和承诺，公示二十日后二十日内申请。",
            "The simplified route takes application and promise, 20 days of publicity, then 20 days."),
        rows("D-06 D-07")),
    _clause(_COMPANY, "239", "D-h", deregistration.COMPANY_SIMPLIFIED.since,
        Phrase("公司清算结束后报送清算报告，申请注销。",
            "After liquidation a company files its report and applies."),
        officer("清算报告由登记机关自行审查，不属税务查验。",
                "The report the registrar examines itself; no check of tax.")),
    _clause(_GUIDE, "", "D-l", date(2021, 12, 31),
        Phrase("各条注销途径的办事说明。", "A guide to the routes of deregistration."),
        outside("只作说明，不另设条件。", "It explains and adds no condition.")),
    _clause(_INSTITUTIONS, "5,11,13", "D-n", date(1998, 10, 25),
        Phrase("事业单位由编制部门登记；清算后十五日内申请注销，材料不含税务事项。",
            "Staffing offices register institutions; after liquidation they apply within 15 days, with"
            " no tax paper on the list."),
        rows("D-20 D-21")),
    _clause(_INSTITUTION_RULES, "", "D-o", None,
        Phrase("材料清单也没有固定的税务材料；有省份要求先注销税务登记。",
            "The lists name no fixed tax paper either; one province has tax registration cancelled"
            " first."),
        doubt(15)),
)
_FRAME: Final = (
    _clause(_LEGISLATION, "93,99,100,102,106(3)", "1.1", _LEGISLATION_SINCE,
        Phrase("地方政府规章无上位法依据不得减损权利、增加义务；法律高于行政法规，行政法规高于规章。",
            "Without higher law a local rule may cut no right and add no duty; law ranks above"
            " regulation, regulation above rule."),
        doubt(1, 2)),
    _clause(_LEGISLATION, "104", "1.1", _LEGISLATION_SINCE,
        Phrase("规范不溯及既往，更有利的除外。", "Nothing is retroactive unless it is more favourable."),
        doubt(17)),
    _clause(_BUSINESS_CLIMATE, "35", "1.1", _CLIMATE_SINCE,
        Phrase("没有依据不得增设办理条件和环节。", "No condition or step is added without a basis."),
        rows("V-33")),
    _clause(_BUSINESS_CLIMATE, "36", "1.1", _CLIMATE_SINCE,
        Phrase("需补正的一次讲清。", "What is to be corrected is told once."), _TOLD_ONCE),
    _clause(_BUSINESS_CLIMATE, "47", "1.1", _CLIMATE_SINCE,
        Phrase("不动产的登记、交易、缴税在一个窗口办理。",
            "Registration, trade and tax of real estate are handled at one window."),
        outside("属窗口设置，不改变查验内容。", "It arranges counters, not what is checked.")),
    _clause(_LICENSING, "32", "1.1", None,
        Phrase("材料不全的当场或者五日内一次告知，逾期视为受理。",
            "Missing material is told at once or within five days, or it counts as accepted."),
        _TOLD_ONCE),
    _clause(_COLLECTION, "31", "1.3", _COLLECTION_SINCE,
        Phrase("经批准可以延期缴纳，最长三个月。",
            "With approval payment may wait three months at most."),
        rows("V-34 R-29")),
    _clause(_CIVIL_CODE, "200,201,203", "5.2", _CODE_SINCE,
        Phrase("期间的起算和末日：开始当日不计，末日为休假日的顺延。",
            "How periods run: the first day is not counted, a last day at rest moves on."),
        rows("D-04 D-06 D-07 D-12 D-13", 20)),
    _clause(_COLLECTION_RULES, "109", "5.2", _COLLECTION_RULES_SINCE,
        Phrase("税收期限的末日遇休假日顺延。", "The last day of a tax period moves on from a rest day."),
        doubt(20)),
    _clause(_VEHICLES, "3", "6", _VEHICLES_SINCE,
        Phrase("车辆登记需补正的，书面或者电子方式一次告知。",
            "In vehicle registration corrections are told once, on paper or electronically."),
        _TOLD_ONCE),
    _clause(_VEHICLES, "12,16,25,31,37", "6", _VEHICLES_SINCE,
        Phrase("各类车辆登记须在一日或者两日内办理。",
            "Vehicle registrations are handled within one or two days."), _HANDLING_TIME),
    _clause(_TITLES, "20", "6", property_title.REGISTRATION_DUTIES.since,
        Phrase("不动产登记须在三十个工作日内办结。",
            "Real-estate registration is finished within thirty working days."), _HANDLING_TIME),
    _clause(_REVIEW, "20", "6", None,
        Phrase("对不予登记可以在六十日内申请复议。",
            "A refusal may be taken to reconsideration within 60 days."), _REMEDIES),
    _clause(_LITIGATION, "46", "6", None,
        Phrase("对不予登记可以在六个月内起诉。", "A refusal may be taken to court within six months."),
        _REMEDIES),
    _clause(_COLLECTION, "88", "6", _COLLECTION_SINCE,
        Phrase("纳税上的争议向税务机关提出。", "Disputes on the tax itself go to the tax authority."),
        _REMEDIES),
    _clause(_PERSONAL_DATA, "6,28,34,35", "7", date(2021, 11, 1),
        Phrase("处理个人信息限于职权和最小范围，敏感信息从严，并履行告知。",
            "Personal data is handled within powers, as little as needed, the sensitive with more"
            " care, and people are informed."),
        rows("S-02 R-20")),
)
# fmt: on

UNCITED: Final[tuple[Clause, ...]] = (*_VEHICLE, *_TITLE, *_EQUITY, *_DEREGISTRATION, *_FRAME)
"""Clauses of the specification's lists of national law, and of its other sections, uncited."""
