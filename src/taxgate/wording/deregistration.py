"""Wording of the deregistration checkpoint (注销登记环节)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import Text

REASONS: Final[Mapping[str, Text]] = {
    # Scope
    "deregistration/outside-shanxi": Text(
        "办理机关不在山西省，《办法》第27条不适用；不等于已查验税务情况。",
        "The registrar is outside Shanxi, so Art. 27 of the Order does not apply; nothing was"
        " verified about tax.",
    ),
    "deregistration/before-effective-date": Text(
        "受理（办理）日期早于2024年2月1日，《办法》不适用；国家法律规定的清税义务不受影响。",
        "Accepted or handled before 2024-02-01, so the Order does not apply; duties under national"
        " law are untouched.",
    ),
    "deregistration/out-of-scope": Text(
        "不属于《办法》第27条规定的依申请注销登记，无需查验清税文书；不等于已查验税务情况。",
        "This is no deregistration on application under Art. 27 of the Order; no clearance document"
        " is asked for and nothing was verified about tax.",
    ),
    # Clearance document
    "deregistration/clearance/verified": Text(
        "清税文书已经核实，与申请注销的主体一致。",
        "The clearance document was verified and is this entity's.",
    ),
    "deregistration/clearance/waived": Text(
        "税务机关确认本主体注销登记无需清税文书。",
        "The tax authority states that this entity needs no clearance document.",
    ),
    "deregistration/clearance/absent": Text(
        "未提供清税文书，税务机关亦答复未查到；应当先取得清税文书再申请注销登记。",
        "No clearance document was handed in and the tax authority's source has none; it is to be"
        " obtained before deregistration.",
    ),
    "deregistration/clearance/not-spared": Text(
        "未提供清税文书，税务机关亦答复未查到；合并分立、分支机构、个体工商户、农民专业合作社"
        "可以减免的材料不包括清税文书。",
        "No clearance document was handed in and the source has none; mergers, divisions, branches,"
        " individual businesses and cooperatives are spared other material, not this one.",
    ),
    "deregistration/clearance/never-had-tax-affairs": Text(
        "未查到清税文书；税务机关答复本主体未办理过涉税事宜，凭营业执照即可取得清税文书。",
        "No clearance document was found; the tax authority's source says the entity never had tax"
        " affairs, and in that case the document is issued at once on the business licence.",
    ),
    "deregistration/clearance/absent-after-ruling": Text(
        "法院已裁定终结破产或者强制清算程序，但未查到清税文书；凭该裁定可以即时取得。",
        "A court ended the bankruptcy or compulsory liquidation, but no clearance document was"
        " found; it is issued at once on the ruling.",
    ),
    "deregistration/clearance/ruling-not-established": Text(
        "未查到清税文书；所提交的裁定未经核实、未生效、不属于本主体，或者不是终结破产、"
        "强制清算程序的裁定（或者未提交裁定）。",
        "No clearance document was found; and no authenticated ruling in force that ends this"
        " entity's bankruptcy or compulsory liquidation is there.",
    ),
    "deregistration/clearance/mismatch": Text(
        "查到或者提交的清税文书属于其他主体；总机构的清税文书不能用于分支机构。",
        "The clearance document found or handed in is of another entity; one of the head office"
        " does not cover a branch.",
    ),
    "deregistration/clearance/revoked": Text(
        "清税文书已被税务机关撤销，不能再用于注销登记。",
        "The clearance document was revoked by the tax authority and no longer serves.",
    ),
    "deregistration/clearance/verified-yet-objected": Text(
        "清税文书已经核实，但税务机关对简易注销的异议仍然存在，两者不一致。",
        "The clearance document was verified, yet the tax authority's objection to the simplified"
        " deregistration stands; the two do not agree.",
    ),
    "deregistration/clearance/waived-yet-objected": Text(
        "税务机关确认无需清税文书，但其对简易注销的异议仍然存在，两者不一致。",
        "The tax authority states that no clearance document is needed, yet its objection to the"
        " simplified deregistration stands; the two do not agree.",
    ),
    "deregistration/clearance/revoked-yet-no-objection": Text(
        "清税文书已被税务机关撤销，但税务机关对简易注销没有异议，两者不一致，需予核实。",
        "The clearance document was revoked, yet the tax authority has no objection to the"
        " simplified deregistration; this is to be clarified.",
    ),
    # The exception on the simplified route
    "deregistration/objection/none-after-publicity": Text(
        "简易注销公示期（{period}）已满，税务机关答复没有异议，无需清税文书。",
        "The publicity ({period}) is over and the tax authority answered that it does not object;"
        " no clearance document is needed.",
    ),
    "deregistration/objection/none-in-ten-days": Text(
        "推送后的十日（{period}）已满，税务机关答复没有异议，无需清税文书。",
        "The ten days after the push ({period}) are over and the tax authority answered that it"
        " does not object; no clearance document is needed.",
    ),
    "deregistration/objection/none-and-never-had-tax-affairs": Text(
        "法定期间（{period}）已满，税务机关答复没有异议，且本主体未办理过涉税事宜，无需清税文书。",
        "The period ({period}) is over, the tax authority answered that it does not object, and the"
        " entity never had tax affairs; no clearance document is needed.",
    ),
    "deregistration/objection/withdrawn": Text(
        "法定期间（{period}）已满，税务机关的异议已经撤回，无需清税文书。",
        "The period ({period}) is over and the tax authority withdrew its objection; no clearance"
        " document is needed.",
    ),
    "deregistration/objection/raised-in-period": Text(
        "税务机关在法定期间内提出异议且尚未撤回，本次简易注销程序不予办理；该异议只能由税务机关解除。",
        "The tax authority objected within the period and its objection stands: this simplified"
        " deregistration is not completed. Only the tax authority can lift it.",
    ),
    "deregistration/objection/raised-outside-period": Text(
        "税务机关的异议仍然存在，其提出日期不在法定期间内或者不明；需提供清税文书。",
        "An objection of the tax authority stands; it was not raised within the period, or its day"
        " is not known. A clearance document is needed.",
    ),
    "deregistration/objection/unanswered": Text(
        "法定期间已满，但尚未取得税务机关对决定当日有无异议的明确答复；该结果不说明当事人的任何情况。",
        "The period is over, but there is no clear answer on whether the tax authority objects on"
        " the decision day; this says nothing about the parties.",
    ),
    # Publicity, push, route
    "deregistration/publicity/not-begun": Text(
        "简易注销公示尚未开始；请待公示期届满后办理，或者提供清税文书。",
        "The publicity has not begun; wait until it is over, or bring a clearance document.",
    ),
    "deregistration/publicity/running": Text(
        "简易注销公示期（{period}）尚未届满；期满次日起可以办理，或者提供清税文书。",
        "The publicity ({period}) is still running; from the day after its last day the act may go"
        " on, or bring a clearance document.",
    ),
    "deregistration/publicity/ten-days-running": Text(
        "推送后的十日（{period}）尚未届满；期满次日起可以办理，或者提供清税文书。",
        "The ten days after the push ({period}) are still running; from the day after the last of"
        " them the act may go on, or bring a clearance document.",
    ),
    "deregistration/publicity/applied-late": Text(
        "申请日期超过公示期（{period}）届满后的申请期限，不再适用免予提供清税文书的规定；"
        "可以重新公示，或者改按一般程序办理。",
        "The application came after the window that follows the publicity ({period}), so the"
        " exception has lapsed; publish again, or take the general route.",
    ),
    "deregistration/publicity/unreadable": Text(
        "无法读取简易注销公示记录，未能查明公示情况；该结果不说明当事人的任何情况。",
        "The publicity record cannot be read, so the publicity could not be established; this says"
        " nothing about the parties.",
    ),
    "deregistration/push/not-sent": Text(
        "尚未将本次简易注销推送税务机关，由本机关先行推送；该结果不说明当事人的任何情况。",
        "This simplified deregistration has not been sent to the tax authority yet; this office"
        " sends it first. This says nothing about the parties.",
    ),
    "deregistration/push/failed": Text(
        "向税务机关推送失败，由本机关重新推送；该结果不说明当事人的任何情况。",
        "The push to the tax authority failed; this office sends it again. This says nothing about"
        " the parties.",
    ),
    "deregistration/push/unknown": Text(
        "是否已推送税务机关不明，由本机关查明；该结果不说明当事人的任何情况。",
        "Whether the push reached the tax authority is not known; this office finds out. This says"
        " nothing about the parties.",
    ),
    "deregistration/route/not-open": Text(
        "本主体存在不适用简易注销的情形；请提供清税文书，按一般程序办理。",
        "The simplified route is not open to this entity; take the general route with a clearance"
        " document.",
    ),
    # Staffing office
    "deregistration/tax-registration/cancelled": Text(
        "注销税务登记资料已经核实，与申请注销的单位一致。",
        "Papers of the cancelled tax registration were verified and are this unit's.",
    ),
    "deregistration/tax-registration/papers-required": Text(
        "税务机关答复本单位已办理税务登记，未查到注销税务登记资料。",
        "The tax authority's source says the unit is registered for tax, and no papers of its"
        " cancellation were found.",
    ),
    "deregistration/tax-registration/declared-otherwise": Text(
        "本单位对是否办理过税务登记的申报与税务机关的答复不一致，需予核实。",
        "What the unit declares of its tax registration and what the tax authority's source says"
        " do not agree; this is to be clarified.",
    ),
    "deregistration/tax-registration/never-registered": Text(
        "税务机关答复本单位未办理过税务登记，无需注销税务登记资料。",
        "The tax authority's source says the unit was never registered for tax; no papers are"
        " needed.",
    ),
    "deregistration/tax-registration/state-organ": Text(
        "本单位为国家机关，税务机关答复未办理过税务登记，无需注销税务登记资料。",
        "The unit is a state organ, and the tax authority's source says it was never registered for"
        " tax; no papers are needed.",
    ),
    "deregistration/tax-registration/papers-mismatch": Text(
        "查到或者提交的注销税务登记资料属于其他单位。",
        "The papers found or handed in are of another unit.",
    ),
    "deregistration/tax-registration/papers-revoked": Text(
        "注销税务登记资料已被税务机关撤销。", "The papers were revoked by the tax authority."
    ),
    "deregistration/tax-registration/papers-contradicted": Text(
        "注销税务登记资料与税务机关的信息不一致，需由税务机关确认或者更正。",
        "The papers and the tax authority's information do not agree; the tax authority is to"
        " confirm or correct them.",
    ),
    # Court ruling
    "deregistration/ruling/suspected": Text(
        "所提交的法院裁定书真伪存疑，由本机关书面告知人民法院核实。",
        "The authenticity of the court ruling is in doubt; this office reports it to the court in"
        " writing.",
    ),
    # Non-tax obstacles
    "deregistration/obstacle/publicity-missing": Text(
        "未查明简易注销公示已经开始；公示期届满前不办理，此为非税事由。",
        "It is not established that the publicity has begun; until it is over the act waits. This"
        " is no tax reason.",
    ),
    "deregistration/obstacle/publicity-running": Text(
        "简易注销公示期（{period}）尚未届满；此为非税事由。",
        "The publicity ({period}) is still running. This is no tax reason.",
    ),
    "deregistration/obstacle/ten-days-running": Text(
        "推送后的十日异议期尚未届满；此为非税事由。",
        "The ten days to object after the push are not over. This is no tax reason.",
    ),
    "deregistration/obstacle/applied-late": Text(
        "申请日期超过公示期（{period}）届满后的申请期限；此为非税事由。",
        "The application came after the window that follows the publicity ({period}). This is no"
        " tax reason.",
    ),
    "deregistration/obstacle/route-not-open": Text(
        "本主体存在不适用简易注销的情形；此为非税事由。",
        "The simplified route is not open to this entity. This is no tax reason.",
    ),
    "deregistration/obstacle/other-objection": Text(
        "其他部门、债权人或者利害关系人提出异议；此为非税事由。",
        "Another department, a creditor or another party objects. This is no tax reason.",
    ),
}

WHYS: Final[Mapping[str, Text]] = {
    "other-matter": Text("与本环节无关", "it is about another matter"),
    "no-document": Text("不是清税文书", "it is no clearance document"),
    "document-kind-does-not-fit": Text(
        "文书类型不符（例如仅为受理回执）",
        "this kind of document does not serve here, a mere receipt for instance",
    ),
    "document-kind-missing": Text("未载明文书类型", "the kind of document is not stated"),
    "uscc-missing": Text(
        "未载明统一社会信用代码，无法对应", "it states no USCC and cannot be matched"
    ),
    "uscc-differs": Text("统一社会信用代码不一致", "the USCC differs"),
    "name-differs": Text("名称不一致", "the name differs"),
    "no-statement-on-objections": Text(
        "未说明有无异议", "it does not say whether there is an objection"
    ),
    "raised-in-period": Text("异议在法定期间内提出", "the objection was raised in the period"),
    "raised-outside-period": Text(
        "异议不在法定期间内提出", "the objection was not raised in the period"
    ),
    "day-of-objection-missing": Text(
        "未载明提出异议的日期", "the day of the objection is not stated"
    ),
    "objection-withdrawn": Text("异议已撤回", "the objection was withdrawn"),
    "perhaps-withdrawn": Text(
        "异议可能已撤回，撤回记录无法与之确切对应",
        "the objection may have been withdrawn; a withdrawal cannot be tied to it for certain",
    ),
    "answer-not-after-period": Text(
        "答复不是在期间届满之后、决定当日或者之前作出",
        "the answer was not given after the period and by the day of the decision",
    ),
    "push-not-confirmed": Text(
        "推送未经确认，该答复不能采用",
        "the push is not confirmed, so the answer does not count",
    ),
    "not-of-decision-day": Text(
        "答复不是决定当日作出", "the answer is not of the day of the decision"
    ),
    "period-not-over": Text("法定期间尚未届满", "the period is not over"),
    "not-after-period": Text(
        "该记录不是在期间届满之后、决定当日或者之前作出",
        "the record was not made after the period and by the day of the decision",
    ),
}
