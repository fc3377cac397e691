"""National law behind the vehicle checkpoint (车辆登记、检验环节)."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import Instrument, Provision

_PURCHASE_TAX: Final = Instrument(
    "vehicle-purchase-tax-law", "中华人民共和国车辆购置税法", "Vehicle Purchase Tax Law"
)
_VESSEL_TAX: Final = Instrument(
    "vehicle-and-vessel-tax-law", "中华人民共和国车船税法", "Vehicle and Vessel Tax Law"
)
_VESSEL_TAX_RULES: Final = Instrument(
    "vehicle-and-vessel-tax-rules",
    "中华人民共和国车船税法实施条例",
    "Implementing Regulations of the Vehicle and Vessel Tax Law",
)
_ROAD_SAFETY: Final = Instrument(
    "road-traffic-safety-law", "中华人民共和国道路交通安全法", "Road Traffic Safety Law"
)
_ROAD_SAFETY_RULES: Final = Instrument(
    "road-traffic-safety-rules",
    "中华人民共和国道路交通安全法实施条例",
    "Implementing Regulations of the Road Traffic Safety Law",
)
_REGISTRATION: Final = Instrument(
    "vehicle-registration-provisions",
    "机动车登记规定",
    "Provisions on the Registration of Motor Vehicles (Ministry of Public Security Order 164)",
)
_NEW_ENERGY: Final = Instrument(
    "new-energy-vehicle-notice-2023-10",
    "财政部 税务总局 工业和信息化部公告2023年第10号",
    "Notice 2023 No. 10 on purchase tax of new-energy vehicles",
)
_PURCHASE_TAX_SCOPE: Final = Instrument(
    "purchase-tax-notice-2019-71",
    "财政部 税务总局公告2019年第71号",
    "Notice 2019 No. 71 on the scope of vehicle purchase tax",
)
_PURCHASE_TAX_SINCE: Final = date(2019, 7, 1)
_VESSEL_TAX_SINCE: Final = date(2012, 1, 1)
_REGISTRATION_SINCE: Final = date(2022, 5, 1)

TAXABLE_ONCE: Final = Provision(
    _PURCHASE_TAX,
    "1,2,3",
    "V-a",
    _PURCHASE_TAX_SINCE,
    "购置汽车、有轨电车、汽车挂车、排气量超过一百五十毫升的摩托车须纳税；实行一次性征收。",
    "Cars, trams, car trailers and motorcycles above 150 ml are taxed, once only.",
)
PLACE_OF_TAX: Final = Provision(
    _PURCHASE_TAX,
    "10,11,12",
    "V-c",
    _PURCHASE_TAX_SINCE,
    "在车辆登记地申报纳税，自取得之日起六十日内申报。",
    "Taxed where the vehicle is registered; to be filed within 60 days of acquisition.",
)
PAY_BEFORE_REGISTRATION: Final = Provision(
    _PURCHASE_TAX,
    "13",
    "V-d",
    _PURCHASE_TAX_SINCE,
    "办理注册登记前缴纳；公安交管部门核对电子完税或免税信息无误后方予登记。",
    "To be paid before first registration; traffic police register only once the vehicle matches"
    " the tax authority's electronic information.",
)
LOST_EXEMPTION: Final = Provision(
    _PURCHASE_TAX,
    "14",
    "V-e",
    _PURCHASE_TAX_SINCE,
    "免税、减税车辆因转让、改变用途不再属于免减税范围的，办理转移或变更登记前缴纳。",
    "A vehicle that leaves its exempt class by transfer or change of use is to be paid for before"
    " that registration.",
)
REFUND_ON_RETURN: Final = Provision(
    _PURCHASE_TAX,
    "15",
    "V-f",
    _PURCHASE_TAX_SINCE,
    "车辆退回生产企业或者经销商的，可以申请退税。",
    "Purchase tax is refunded when the vehicle goes back to maker or dealer.",
)
VESSEL_TAX_CLASSES: Final = Provision(
    _VESSEL_TAX,
    "1,2",
    "V-g",
    _VESSEL_TAX_SINCE,
    "所有人或者管理人为纳税人；乘用车按排气量分档，纯电动、燃料电池乘用车不在税目之内。",
    "Owner or manager pays; passenger cars are bracketed by displacement, so a pure-electric or"
    " fuel-cell passenger car falls in no bracket.",
)
VESSEL_TAX_PROOF: Final = Provision(
    _VESSEL_TAX,
    "10(2)",
    "V-j",
    _VESSEL_TAX_SINCE,
    "办理车辆登记和定期检验时提交完税或者免税证明，公安交管部门核查后办理。",
    "Owners hand in paid or exempt proof for registrations and periodic inspection; police check"
    " it, then process.",
)
POLICY_IS_RECEIPT: Final = Provision(
    _VESSEL_TAX_RULES,
    "12",
    "V-k",
    _VESSEL_TAX_SINCE,
    "交强险保单或者发票上注明的已收税款信息是完税凭证。",
    "Tax noted on the compulsory-insurance policy or invoice is the receipt.",
)
ARREARS_LATE_FEES: Final = Provision(
    _VESSEL_TAX_RULES,
    "14",
    "V-k",
    _VESSEL_TAX_SINCE,
    "扣缴义务人可以一并代收欠税的滞纳金。",
    "The insurer may collect late fees on earlier years as well.",
)
SAME_YEAR_TRANSFER: Final = Provision(
    _VESSEL_TAX_RULES,
    "20",
    "V-k",
    _VESSEL_TAX_SINCE,
    "已缴税车辆在同一纳税年度内转让的，不另纳税，也不退税。",
    "A paid vehicle transferred within the tax year is neither taxed again nor refunded.",
)
NO_PROOF_NO_PROCESSING: Final = Provision(
    _VESSEL_TAX_RULES,
    "22(2)",
    "V-k",
    _VESSEL_TAX_SINCE,
    "未提交完税或者免税证明的，不予办理相关登记和检验手续。",
    "Without proof neither registration nor inspection is processed.",
)
VESSEL_TAX_VEHICLES: Final = Provision(
    _VESSEL_TAX_RULES,
    "26",
    "V-k",
    _VESSEL_TAX_SINCE,
    "乘用车核定载客不超过九人；摩托车指设计时速超过五十公里或者内燃机排量超过五十毫升的车辆。",
    "A passenger car seats up to nine; a motorcycle exceeds 50 km/h by design or 50 ml.",
)
PURCHASE_TAX_PROOF: Final = Provision(
    _ROAD_SAFETY,
    "9",
    "V-l",
    date(2004, 5, 1),
    "申请注册登记须提交车辆购置税完税或者免税凭证；五个工作日内作出决定，不予登记的说明理由。",
    "First registration takes purchase-tax proof; decided in five working days, refusals with"
    " reasons.",
)
SEIZED_NOT_REGISTERED: Final = Provision(
    _ROAD_SAFETY_RULES,
    "10(2)",
    "V-m",
    date(2004, 5, 1),
    "被依法查封、扣押的机动车不予办理登记。",
    "A vehicle under seizure is not registered.",
)
FIRST_REGISTRATION_PROOFS: Final = Provision(
    _REGISTRATION,
    "12,15",
    "V-n",
    _REGISTRATION_SINCE,
    "注册登记须有两税完税或者免税证明，依法不属征税范围的除外；凭证无效或者与车辆不符的不予登记。",
    "First registration takes proof of both taxes unless outside them by law; void or ill-matched"
    " vouchers bar it.",
)
OTHER_REGISTRATIONS: Final = Provision(
    _REGISTRATION,
    "16,17,25,26,31,37",
    "V-o",
    _REGISTRATION_SINCE,
    "变更、转让、抵押、注销登记的材料不含税收凭证；更换整车的适用注册登记的材料要求。",
    "The lists for other registrations hold no tax voucher; replacing the whole vehicle takes the"
    " list of a first registration.",
)
INVALID_VOUCHERS_BAR: Final = Provision(
    _REGISTRATION,
    "21(3),29(4),36,42",
    "V-o",
    _REGISTRATION_SINCE,
    "提交的凭证无效、车辆被查封扣押等情形，不予办理各类登记。",
    "Invalid vouchers, and seizure, bar every kind of registration.",
)
INSPECTION_MARK: Final = Provision(
    _REGISTRATION,
    "54,55",
    "V-p",
    _REGISTRATION_SINCE,
    "核发检验合格标志须有车船税纳税或者免税证明，不含车辆购置税。",
    "The inspection mark takes vehicle-tax proof; purchase tax is not on its list.",
)
NO_EXTRA_DOCUMENTS: Final = Provision(
    _REGISTRATION,
    "83(4)",
    "V-q",
    _REGISTRATION_SINCE,
    "违反规定增加登记条件或者材料的，追究责任。",
    "Police who add conditions or documents contrary to the Provisions are disciplined.",
)
NEW_ENERGY_RELIEF: Final = Provision(
    _NEW_ENERGY,
    "",
    "V-r",
    date(2024, 1, 1),
    "2024至2025年购置的新能源汽车免税，2026至2027年购置的减半征收，均设限额。",
    "New-energy vehicles bought in 2024-25 are exempt, in 2026-27 halved, both capped.",
    until=date(2028, 1, 1),
)
NOT_TAXABLE_CLASSES: Final = Provision(
    _PURCHASE_TAX_SCOPE,
    "",
    "V-s",
    _PURCHASE_TAX_SINCE,
    "地铁、装载机、平地机、挖掘机、推土机、起重机、叉车、电动摩托车不属应税车辆。",
    "Metro, loaders, graders, excavators, bulldozers, mobile cranes, forklifts and electric"
    " motorcycles are not taxable.",
)
