"""Words for remedies: who can act, and what each action is, by its public name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..terms import Actor
from . import Text

ACTORS: Final[Mapping[Actor, Text]] = {
    Actor.TAXPAYER: Text("纳税人", "taxpayer"),
    Actor.WITHHOLDING_AGENT: Text("扣缴义务人", "withholding agent"),
    Actor.TAX_AUTHORITY: Text("税务机关", "tax authority"),
    Actor.OFFICE: Text("登记机关", "registration office"),
    Actor.OTHER_AUTHORITY: Text("作出决定的法院或者其他机关", "the court or other authority"),
    Actor.TIME: Text("期限届满", "passing of time"),
}

ACTIONS: Final[Mapping[str, Text]] = {
    "file-and-pay": Text("申报缴纳税款", "file and pay the tax"),
    "obtain-exemption-record": Text(
        "取得减免税凭证或者免税信息", "obtain the exemption or reduction record"
    ),
    "obtain-record-of-deal": Text(
        "取得税务机关关于本次交易的涉税信息", "obtain the tax authority's record of this deal"
    ),
    "correct-record": Text("由税务机关核实、更正信息", "have the record confirmed or corrected"),
    "ask-again": Text("再次查验", "ask the source again"),
    "verify-voucher": Text(
        "通过其他渠道核验提交的凭证", "verify a voucher handed in by another channel"
    ),
    "clear-suspicion": Text("查清凭证真伪", "clear up whether the voucher is genuine"),
    "pay-arrears": Text("缴清以前年度税款", "pay the earlier years"),
    "remit-withheld-tax": Text("解缴已扣税款", "remit the tax withheld"),
    "confirm-court-papers": Text("核实法院文书", "confirm the court papers"),
    "confirm-other-court-papers": Text("核实法院文书", "confirm the court papers"),
    "file-plan": Text("就本次交易办理分期缴税备案", "file an instalment plan for this deal"),
    "settle-other-tax": Text("办结所报告的其他税费事项", "settle the other tax reported"),
    "show-class": Text(
        "提交权利不属于契税征税范围的证明", "show that the right lies outside deed tax"
    ),
    "prove-relation": Text(
        "提交身份关系、婚姻或者死亡的证明", "prove the relation, the marriage or the death"
    ),
    "lift-seal": Text("解除查封", "lift the seal"),
    "hand-over-disposal": Text("书面移送处置权", "hand over the disposal in writing"),
    "read-seal-register": Text("重新读取查封登记", "read the seal register again"),
    "complete-request": Text("补正协助执行材料", "complete or correct the assistance papers"),
    "authenticate-request": Text("核实协助执行材料", "authenticate the assistance papers"),
    "confirm-request": Text("确认协助执行材料真伪", "confirm that the papers are genuine"),
    "obtain-clearance": Text("取得清税文书", "obtain the clearance document"),
    "lift-objection": Text("撤回异议", "lift the objection"),
    "settle-objection": Text(
        "办结异议所涉事项、由税务机关撤回异议", "settle what is objected to, so that it is lifted"
    ),
    "settle-objection-and-publish": Text(
        "办结异议所涉事项、重新公示并等待期满",
        "settle what is objected to, publish again and wait until it is over",
    ),
    "take-general-route": Text("改按一般程序办理", "take the general route"),
    "obtain-clearance-and-take-general-route": Text(
        "取得清税文书，改按一般程序办理",
        "obtain the clearance document and take the general route",
    ),
    "wait-for-publicity": Text("等待公示期届满", "wait until the publicity is over"),
    "wait-ten-days": Text("等待十日届满", "wait until the ten days are over"),
    "publish": Text("（重新）公示并等待期满", "publish (again) and wait until it is over"),
    "read-publicity-record": Text("重新读取公示记录", "read the publicity record again"),
    "send-push": Text("向税务机关推送", "push the application to the tax authority"),
    "send-push-and-wait": Text(
        "向税务机关推送并等待十日届满", "push the application and wait the ten days"
    ),
    "ask-for-objections": Text("向税务机关查明有无异议", "ask whether there is an objection"),
    "cancel-tax-registration": Text("注销税务登记并提交资料", "cancel the tax registration"),
    "ask-for-registration": Text("再次查验税务登记情况", "ask for the tax registration again"),
    "correct-registration": Text("核实、更正税务登记信息", "have the tax registration corrected"),
    "correct-declaration": Text("更正申报的税务登记情况", "correct what was declared"),
    "confirm-ruling": Text("确认裁定书真伪", "confirm that the ruling is genuine"),
}

NOBODY: Final = Text("目前无法通过补正解决", "nothing that anybody can do would change this")
AND: Final = Text("并且", " and ")
