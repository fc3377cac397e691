"""The printed forms: fixed sentences and labels of notices, referrals and explanations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from ..terms import Effect, Language
from . import Text

BLANK: Final = "____"
"""What is printed for a field the office left empty: a line to be filled in by hand."""


class Registrar(StrEnum):
    """Kinds of registrar that differ in handling time and in what a hold means."""

    TRAFFIC_POLICE = "traffic-police"
    REAL_ESTATE = "real-estate"
    MARKET = "market"
    STAFFING = "staffing"
    """Staffing office (机构编制部门)."""


TITLE: Final = Text("一次性告知书", "One-time notice")
TITLE_TO_AUTHORITY: Final = Text("书面告知函", "Written notice to an authority")
TITLE_OF_REFERRAL: Final = Text(
    "涉嫌税费违法行为书面告知", "Written report of a suspected tax violation"
)

LABELS: Final[Mapping[str, Text]] = {
    "addressee": Text("告知对象", "To"),
    "office": Text("办理机关", "Office"),
    "office-phone": Text("联系电话", "Telephone"),
    "case-no": Text("案件编号", "Case no."),
    "date": Text("日期", "Date"),
    "act": Text("业务", "Business"),
    "subject": Text("查验对象", "Subject"),
    "period": Text("所属期", "Period"),
    "party": Text("所涉当事人", "Party concerned"),
    "withholding-agent": Text("扣缴义务人", "Withholding agent"),
    "checked": Text("查验来源和时间", "Checked with, as of"),
    "result": Text("查验结果", "Result"),
    "code": Text("代码", "code"),
    "reason": Text("说明", "Explanation"),
    "differs": Text("不一致之处", "What differs"),
    "basis": Text("依据", "Legal basis"),
    "action": Text("需要办理的事项", "What to do"),
    "authority": Text("主管机关", "Which authority"),
    "evidence": Text("可以采用的凭据", "What counts as proof"),
    "ways": Text("补救途径（任一即可）", "Ways out (any one will do)"),
    "item-effect": Text("对办理的影响", "Effect of this item"),
    "effect": Text("申请的办理状态", "State of the application"),
    "until": Text("期限", "Time"),
    "obstacles": Text("其他（非税）事由", "Other grounds, not tax"),
    "contact": Text("咨询", "Contact"),
    "remedies": Text("权利救济", "Remedies"),
    "referral-to": Text("致", "To"),
    "kind": Text("涉嫌行为", "Suspicion"),
    "matter": Text("所涉税费", "Tax concerned"),
    "person": Text("所涉当事人", "Person concerned"),
    "voucher": Text("所涉凭证号码", "Voucher number"),
    "found": Text("发现的情况", "What was found"),
    "signature": Text("办理机关（印章）", "Office (stamp)"),
}

INTRODUCTION: Final = Text(
    "你（单位）所涉的下列事项，现一次性告知：",
    "You are told once of all the following items that concern you:",
)
INTRODUCTION_TO_AUTHORITY: Final = Text(
    "下列事项特此书面告知：", "You are informed in writing of the following:"
)
TAX_SOURCE: Final = Text("税务数据来源", "the tax data source")
SEE_REASON: Final = Text("见说明", "see explanation")
OWN_REGISTER: Final = Text("本机关登记簿、档案", "this office's own register and files")

NOT_COMPLETED: Final = Text("查验未能完成", "check not completed")
"""Result told to a party where no more than that may be told."""

UNVERIFIED_PAPER: Final = Text(
    "所提交的凭证未经核验，与数据来源的答复不一致",
    "the voucher handed in is not verified and disagrees with the source's answer",
)

OTHERS_OPEN: Final = Text(
    "本次申请另有告知其他当事人的事项尚未办结，其内容依法保密；全部事项办结前，本次申请不能办结。",
    "Another party's item in this application is open as well; its content is confidential. The"
    " application cannot be completed before all items are.",
)

ANOTHERS_OPEN: Final = Text(
    "本次申请有告知其他当事人的事项尚未办结，其内容依法保密；全部事项办结前，本次申请不能办结。",
    "An item that another party was told of is open; its content is confidential. The application"
    " cannot be completed before all items are.",
)
"""The same for a party that has no item of its own."""

EFFECTS: Final[Mapping[Effect, Text]] = {
    Effect.PROCEED: Text(
        "以上事项不影响本次申请继续办理。",
        "The items above do not keep this application from going on.",
    ),
    Effect.HOLD: Text(
        "本次申请暂缓办理；以上事项办结并经本机关查验后继续办理。",
        "The application is on hold; it goes on once the items above are settled and checked.",
    ),
    Effect.REFUSE: Text(
        "本次申请不予办理；以上事项办结后，可以重新提出申请。",
        "The application is refused until the items above are settled; you may then apply again.",
    ),
}
EFFECTS_OF_OTHERS: Final[Mapping[Effect, Text]] = {
    Effect.HOLD: Text(
        "本次申请暂缓办理；全部事项办结并经本机关查验后继续办理。",
        "The application is on hold; it goes on once all items are settled and checked.",
    ),
    Effect.REFUSE: Text(
        "本次申请不予办理；全部事项办结后，可以重新提出申请。",
        "The application is refused until all items are settled; you may then apply again.",
    ),
}
"""The same for a party that has no item of its own."""
TAX_IS_NO_GROUND: Final = Text(
    "税务查验结果不是停止办理本次申请的理由。",
    "The tax check is no ground to stop this application.",
)
OBSTACLE_FIRST: Final = Text(
    "但上列其他事由尚未消除，应先行解决；在此之前，本次申请不能办结。",
    "The other ground named above still stands and must be settled first; until then the"
    " application cannot be completed.",
)
EFFECT_UNCHECKED: Final = Text(
    "查验未能完成，本次申请暂缓办理，由本机关再次查验。",
    "The check could not be completed; the application is on hold and this office checks again.",
)
EFFECT_RETURNED: Final = Text(
    "申请材料连同本告知书一并退回，不作不予登记处理；补齐后可以重新提交，申请日期自重新提交之日"
    "起算。",
    "The material is returned with this notice and nothing is refused; it may be submitted anew,"
    " and the date of application is then that of the new submission.",
)

HANDLING_TIMES: Final[Mapping[Registrar, Text]] = {
    Registrar.TRAFFIC_POLICE: Text(
        "各项登记一日至二日（《机动车登记规定》），注册登记五个工作日（《道路交通安全法》第9条）",
        "1 to 2 days (Provisions on the Registration of Motor Vehicles), 5 working days (Road"
        " Traffic Safety Law, Art. 9)",
    ),
    Registrar.REAL_ESTATE: Text(
        "三十个工作日（《不动产登记暂行条例》第20条）",
        "30 working days (Interim Regulations on Real Estate Registration, Art. 20)",
    ),
    Registrar.MARKET: Text(
        "三个工作日，可以再延长三个工作日（《市场主体登记管理条例》第19条）",
        "3 working days, extendable by 3 more (Regulations on the Registration of Market Entities,"
        " Art. 19)",
    ),
    Registrar.STAFFING: Text("以登记机关公布的期限为准", "as published by the registrar"),
}

UNTIL: Final = Text(
    "暂缓办理不停止计算法定办理期限：{time}。期限届满前由工作人员决定不予办理并说明理由、"
    "由申请人撤回申请或者予以办结，不会自动作出决定。",
    "The hold does not stop the handling time set by law: {time}. Before it runs out a person"
    " decides: to refuse with reasons, to let you withdraw, or to complete; never automatically.",
)

CONTACT: Final = Text(
    "纳税缴费服务热线12366；本机关电话：{phone}",
    "tax service hotline 12366; this office: {phone}",
)
CONTACT_OF_AUTHORITY: Final = Text("本机关电话：{phone}", "this office: {phone}")

EXPLAIN_TO_OFFICE: Final = Text(
    "可以向本机关陈述意见、说明情况。", "You may explain your view to this office."
)
REVIEW_OF_REFUSAL: Final = Text(
    "对不予办理不服的，可以自知道之日起60日内依法申请行政复议（《行政复议法》第20条），"
    "或者自知道之日起六个月内依法向人民法院提起行政诉讼（《行政诉讼法》第46条）。",
    "Against the refusal you may apply for administrative reconsideration within 60 days of"
    " learning of it (Administrative Reconsideration Law, Art. 20) or sue in court within 6 months"
    " (Administrative Litigation Law, Art. 46).",
)
TAX_DISPUTES: Final = Text(
    "对涉税事项本身有争议的，依照《税收征收管理法》第88条向税务机关提出。",
    "Disputes on the tax itself go to the tax authority (Tax Collection Law, Art. 88).",
)

REFERRAL_OPENING: Final = Text(
    "本机关在履行职责过程中发现下列涉嫌税费违法的情况，依照{basis}书面告知。以下为线索，尚未认定。",
    "While on duty this office found what follows. Under {basis} it is reported in writing; it is"
    " a suspicion, not a finding.",
)
UNNAMED_BASIS: Final = Text("法律规定", "the law")
"""What a referral rests on where the Order does not bind."""

NEVER_ISSUED: Final = Text(
    "税务机关答复从未开具该凭证。", "The tax authority answered that it never issued the voucher."
)
ATTACHED: Final = Text(
    "当事人身份和凭证号码的完整信息由办理机关另附，随本函送达税务机关。",
    "Identity of the person and the full voucher number are attached by the office and go to the"
    " tax authority with this report.",
)

EXPLANATION: Final[Mapping[str, Text]] = {
    "decision": Text("审查结论", "Decision"),
    "case": Text("案件", "Case"),
    "governing-day": Text("适用法律的日期", "Governing day"),
    "checked-at": Text("查验时间", "Checked at"),
    "may-complete": Text("可以办结", "May be completed"),
    "verified": Text("税务情况已经查验", "Tax verified"),
    "retryable": Text("重新查验即可能解除", "A retry alone could lift it"),
    "readings": Text("采用的释义选项", "Readings in force"),
    "obligation": Text("查验事项", "Obligation"),
    "duty": Text("要求", "Duty"),
    "inquiry": Text("查询", "Inquiry"),
    "years": Text("年度", "years"),
    "purpose": Text("查询依据", "purpose"),
    "answer": Text("答复", "Answer"),
    "records": Text("条记录", "record(s)"),
    "record": Text("记录", "Record"),
    "paper": Text("提交的凭证", "Paper"),
    "verified-by": Text("核验渠道", "verified by"),
    "not-verified": Text("未经核验", "not verified"),
    "suspicion": Text("怀疑理由", "suspicion"),
    "issued": Text("开具日期", "issued"),
    "authority": Text("税务机关代码", "tax authority"),
    "facts": Text("事实", "Facts"),
    "basis": Text("认定来源", "Rests on"),
    "table": Text("决策表", "Table"),
    "row": Text("规则", "Row"),
    "silent": Text("不作结论", "says nothing"),
    "conclusion": Text("结论", "Conclusion"),
    "reason": Text("理由", "Reason"),
    "reading": Text("由释义选项改变", "Changed by reading"),
    "citations": Text("依据", "Rests on law"),
    "step": Text("补救事项", "Cure"),
    "told": Text("告知对象", "Told to"),
    "deciding": Text("起决定作用的结论", "What decides"),
    "obstacles": Text("非税障碍", "Non-tax obstacles"),
    "flags": Text("备注", "Remarks"),
    "referrals": Text("书面告知税务机关", "Written reports due"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "none": Text("无", "none"),
}


def labelled(name: str, value: str, language: Language) -> str:
    """Return *value* behind the label of that name."""
    return f"{LABELS[name].to(language)}{colon(language)}{value}"


def colon(language: Language) -> str:
    """Return the colon of *language*, with the blank that follows it."""
    return "：" if language is Language.ZH_CN else ": "


def listed(parts: Iterable[str], language: Language) -> str:
    """Return *parts* as a list of words."""
    return ("、" if language is Language.ZH_CN else ", ").join(parts)


def clauses(parts: Iterable[str], language: Language) -> str:
    """Return *parts* as clauses of one line."""
    return ("；" if language is Language.ZH_CN else "; ").join(parts)


def bracketed(text: str, language: Language) -> str:
    """Return *text* in brackets, ready to follow a word."""
    return f"（{text}）" if language is Language.ZH_CN else f" ({text})"
