"""Wording of the vehicle checkpoint (车辆登记、检验环节)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import Text

ACTS: Final[Mapping[str, Text]] = {
    "first-registration": Text("注册登记", "first registration"),
    "whole-vehicle-replacement": Text("变更登记（更换整车）", "replacement of the whole vehicle"),
    "use-change": Text("变更登记（使用性质）", "change of use"),
    "relocation": Text("变更登记（迁出、迁入）", "relocation"),
    "co-owner-change": Text("变更登记（共同所有人）", "change of co-owner"),
    "other-change": Text("变更登记（其他事项）", "other change"),
    "transfer": Text("转让登记", "transfer"),
    "mortgage": Text("抵押登记", "mortgage"),
    "mortgage-release": Text("解除抵押登记", "release of mortgage"),
    "deregistration": Text("注销登记", "deregistration"),
    "inspection-mark": Text("核发检验合格标志", "issue of the inspection mark"),
    "change-filing": Text("变更备案", "filing of a change"),
    "pledge-filing": Text("质押备案", "filing of a pledge"),
    "correction": Text("更正", "correction"),
    "replacement-document": Text("补领、换领牌证或者检验合格标志", "replacement of documents"),
    "temporary-plate": Text("临时行驶车号牌", "temporary plate"),
    "school-bus-plate": Text("校车标牌", "school-bus plate"),
    "ex-officio-deregistration": Text("依职权注销", "deregistration ex officio"),
}
"""Kinds of registration and inspection, by wire value."""

REASONS: Final[Mapping[str, Text]] = {
    # Scope
    "vehicle/outside-shanxi": Text(
        "办理机关不在山西省，《办法》第24条不适用；不等于已查验税务情况。",
        "The registrar is outside Shanxi, so Art. 24 of the Order does not apply; nothing was"
        " verified about tax.",
    ),
    "vehicle/before-effective-date": Text(
        "办理日期早于2024年2月1日，《办法》不适用；国家法律规定的查验义务不受影响。",
        "Handled before 2024-02-01, so the Order does not apply; duties under national law are"
        " untouched.",
    ),
    "vehicle/out-of-scope": Text(
        "该业务或者该类车辆不属于《办法》第24条规定的车辆登记、检验，无需查验税务信息。",
        "This act or kind of vehicle is not a registration or inspection under Art. 24 of the"
        " Order; no tax information is asked for.",
    ),
    # Vehicle purchase tax
    "vehicle/purchase-tax/exemption-not-recorded": Text(
        "申请人主张免征或者减征车辆购置税，但未查到税务机关的减免税记录；所需的是减免税信息，"
        "不是要求另行缴税。",
        "An exemption from or reduction of vehicle purchase tax is claimed, but the tax authority"
        " has no record of it. What is missing is that record, not a payment.",
    ),
    "vehicle/purchase-tax/replacement-unpaid": Text(
        "更换整车后，税务机关的记录显示新车辆识别代号的车辆购置税尚未缴纳。",
        "After the whole vehicle was replaced, the tax authority's record shows vehicle purchase"
        " tax for the new VIN as not yet paid.",
    ),
    "vehicle/purchase-tax/replacement-invalid": Text(
        "更换整车后，新车辆识别代号的车辆购置税记录已退税、作废或者撤销。",
        "After the whole vehicle was replaced, the purchase-tax record of the new VIN was refunded,"
        " voided or revoked.",
    ),
    "vehicle/purchase-tax/replacement-none-found": Text(
        "更换整车须以新车辆识别代号查验车辆购置税，未查到记录；原车已缴税款的退还或者结转，"
        "请向税务机关申请。",
        "Replacing the whole vehicle takes vehicle purchase tax for the new VIN, and no record was"
        " found. For refund or carry-over of what was paid for the old vehicle, turn to the tax"
        " authority.",
    ),
    "vehicle/purchase-tax/replacement-key-mismatch": Text(
        "更换整车须以新车辆识别代号查验车辆购置税，查到的记录属于另一车辆识别代号；"
        "原车已缴税款的退还或者结转，请向税务机关申请。",
        "Replacing the whole vehicle takes vehicle purchase tax for the new VIN, and the record"
        " found is of another VIN. For refund or carry-over of what was paid for the old vehicle,"
        " turn to the tax authority.",
    ),
    "vehicle/purchase-tax/owner-mismatch": Text(
        "车辆购置税记录的车辆识别代号相符，但所载纳税人与车辆所有人不一致。",
        "The purchase-tax record is of this VIN but names another taxpayer than the owner.",
    ),
    "vehicle/purchase-tax/made-up": Text(
        "原享受的车辆购置税减免因本次业务终止，应补办的部分已有记录。",
        "Relief from vehicle purchase tax ends with this act, and the make-up tax is on record.",
    ),
    "vehicle/purchase-tax/exemption-lost": Text(
        "车辆因转让或者改变用途不再属于车辆购置税减免范围，尚无与此对应的有效完税或者减免记录。",
        "By transfer or change of use the vehicle leaves the class relieved of vehicle purchase"
        " tax, and no valid record of payment or new relief answers to that.",
    ),
    "vehicle/purchase-tax/own-exemption": Text(
        "新所有人本人享受同类车辆购置税减免，已有记录。",
        "The new owner's own relief of the same class from vehicle purchase tax is on record.",
    ),
    "vehicle/purchase-tax/own-exemption-missing": Text(
        "新所有人主张享受同类车辆购置税减免，但尚无其本人有效的减免税记录。",
        "The new owner claims relief of the same class from vehicle purchase tax, but has no valid"
        " record of it.",
    ),
    "vehicle/purchase-tax/basis-unknown": Text(
        "现有信息不能确定该车车辆购置税是否曾减免以及减免的依据，需向税务机关核实。",
        "Whether, and on what ground, the vehicle was relieved of purchase tax cannot be told from"
        " what is known; the tax authority is to confirm it.",
    ),
    "vehicle/purchase-tax/relief-stays": Text(
        "车辆购置税减免不因本次业务而终止。",
        "The relief from vehicle purchase tax does not end with this act.",
    ),
    "vehicle/purchase-tax/settled": Text(
        "登记档案未记载减免税，车辆购置税一次性征收，无需再次查验。",
        "The registry archive notes no relief; vehicle purchase tax is levied once and needs no"
        " second check.",
    ),
    "vehicle/purchase-tax/reported-unpaid": Text(
        "登记档案未记载减免税，但税务机关的答复显示该车车辆购置税尚未缴纳，需予核实。",
        "The registry archive notes no relief, yet the tax authority reports purchase tax of this"
        " vehicle as not yet paid; this is to be clarified.",
    ),
    "vehicle/purchase-tax/reported-invalid": Text(
        "登记档案未记载减免税，但税务机关的答复显示该车车辆购置税记录已退税、作废或者撤销，"
        "需予核实。",
        "The registry archive notes no relief, yet the tax authority reports that the purchase-tax"
        " record of this vehicle was refunded, voided or revoked; this is to be clarified.",
    ),
    # Vehicle and vessel tax
    "vehicle/vessel-tax/exemption-not-recorded": Text(
        "申请人主张免征或者减征车船税，但未查到税务机关的减免税记录；所需的是减免税信息，"
        "不是要求另行缴税。",
        "An exemption from or reduction of vehicle and vessel tax is claimed, but the tax authority"
        " has no record of it. What is missing is that record, not a payment.",
    ),
    "vehicle/vessel-tax/replacement-unpaid": Text(
        "更换整车后，税务机关的记录显示新车辆识别代号{period}年度的车船税尚未缴纳。",
        "After the whole vehicle was replaced, the tax authority's record shows vehicle and vessel"
        " tax of {period} for the new VIN as not yet paid.",
    ),
    "vehicle/vessel-tax/replacement-invalid": Text(
        "更换整车后，新车辆识别代号{period}年度的车船税记录已退税、作废或者撤销。",
        "After the whole vehicle was replaced, the vehicle-tax record of {period} for the new VIN"
        " was refunded, voided or revoked.",
    ),
    "vehicle/vessel-tax/replacement-none-found": Text(
        "更换整车须以新车辆识别代号查验车船税，未查到{period}年度的记录；原车已缴税款的退还或者"
        "结转，请向税务机关申请。",
        "Replacing the whole vehicle takes vehicle and vessel tax for the new VIN, and no record of"
        " {period} was found. For refund or carry-over of what was paid for the old vehicle, turn"
        " to the tax authority.",
    ),
    "vehicle/vessel-tax/replacement-key-mismatch": Text(
        "更换整车须以新车辆识别代号查验车船税，查到的记录不是该代号{period}年度的记录；"
        "原车已缴税款的退还或者结转，请向税务机关申请。",
        "Replacing the whole vehicle takes vehicle and vessel tax for the new VIN, and what was"
        " found is no record of {period} for it. For refund or carry-over of what was paid for the"
        " old vehicle, turn to the tax authority.",
    ),
    "vehicle/vessel-tax/arrears": Text(
        "{period}年度车船税已满足查验要求，但税务机关的答复显示以前年度车船税仍有未缴记录；"
        "该项不是停办理由。",
        "Vehicle and vessel tax of {period} meets the check, but the tax authority reports earlier"
        " years as not yet paid; this is no ground to stop the act.",
    ),
    # Seizure
    "vehicle/seized": Text(
        "车辆（{subject}）被依法查封、扣押，在解除之前不办理本次登记；此为非税事由。",
        "The vehicle ({subject}) is under seizure; until it is released this act is not completed."
        " This is no tax reason.",
    ),
}

WHYS: Final[Mapping[str, Text]] = {
    "vin-missing": Text(
        "记录未载明车辆识别代号，无法对应", "the record states no VIN and cannot be matched"
    ),
    "vin-differs": Text("车辆识别代号不一致", "the VIN differs"),
    "plate-differs": Text("号牌号码或者号牌种类不一致", "plate number or plate class differs"),
    "taxpayer-differs": Text("纳税人不一致", "the taxpayer differs"),
    "taxpayer-not-comparable": Text(
        "纳税人姓名（名称）或者证件种类不同，无法确认为同一人",
        "name or kind of document of the taxpayer differs, so identity is not established",
    ),
    "taxpayer-missing": Text("记录未载明纳税人", "the record states no taxpayer"),
    "engine-no-differs": Text("发动机号不一致", "the engine number differs"),
    "model-differs": Text("车辆型号不一致", "the model differs"),
    "category-differs": Text("车辆类型不一致", "the kind of vehicle differs"),
    "exempt-when-halved": Text(
        "购置日期适用减半征收，记录却为全额免税",
        "full exemption on record although the day of purchase falls under the halved rate",
    ),
    "relief-basis-unknown": Text(
        "记录未载明减免所依据的对象", "the record does not say what the relief attaches to"
    ),
    "relief-stays": Text("减免不因本次业务终止", "the relief does not end with this act"),
    "day-of-issue-missing": Text("记录未载明开具日期", "the record states no day of issue"),
    "not-after-exemption": Text(
        "记录不晚于原减免，不是补办记录",
        "the record is not later than the relief, so it is no make-up",
    ),
    "exemption-day-unknown": Text(
        "免税日期不明，不能确认系免税之后补缴",
        "the day of the exemption is unknown, so it may not be a payment made after it",
    ),
    "relief-contradicted": Text(
        "各记录所载免税依据不一致", "the records differ on what the exemption attaches to"
    ),
    "perhaps-old-exemption": Text(
        "可能就是原减免记录，不能作为补办记录",
        "it may be the old relief itself and is no make-up",
    ),
    "tax-year-missing": Text("记录未载明所属年度", "the record states no tax year"),
    "tax-year-differs": Text("所属年度不一致", "the tax year differs"),
    "other-matter": Text("属于其他税种", "it is about another tax"),
    "not-asked": Text("本次业务不要求查验该税", "this act does not ask for this tax"),
}
