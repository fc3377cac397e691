"""Columns of the decision tables and the members they may take (决策表列名与取值), for readers.

Members that the whole package shares (states, matters, outcomes) are in `vocabulary`, kinds of
registration in `acts`. Members here are listed by the name of their enum and their public value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import Text

_YES: Final = Text("是", "yes")
_NO: Final = Text("否", "no")
_UNREACHABLE: Final = Text("未取得答复", "no answer")
_UNTRUSTED: Final = Text("答复未通过核对", "the answer could not be relied on")
_FORGED: Final = Text("涉嫌伪造", "suspected forged")
_NOT_ASKED: Final = Text("不查询", "not asked")
_SPOUSE: Final = Text("配偶", "spouse")
_DEVELOPER: Final = Text("开发企业（自建项目）", "developer of the project")
_LISTED_DEVELOPER: Final = Text(
    "开发企业（列入历史遗留清单的项目）", "developer of a project on the list of legacy problems"
)
_COURT_SELLER: Final = Text("被执行人（法院）", "seller in a court's execution")
_TAX_AUCTION_SELLER: Final = Text("被执行人（税务机关拍卖、变卖）", "seller in a tax auction")

COLUMNS: Final[Mapping[str, Text]] = {
    "act": Text("业务类型", "act"),
    "affairs": Text("涉税事宜", "tax affairs"),
    "archive": Text("登记档案记载的减免税", "relief noted in the archive"),
    "arrears": Text("以前年度欠税", "arrears of earlier years"),
    "authenticity": Text("法院文书核实情况", "authenticity of court papers"),
    "body": Text("单位性质", "kind of unit"),
    "circumstance": Text("不一致的情形", "what makes up the mismatch"),
    "claim": Text("是否主张减免税", "relief claimed"),
    "claimed": Text("新所有人主张的减免税", "relief claimed by the new owner"),
    "clash": Text("不一致之处", "what a conflict is about"),
    "company": Text("被投资主体类型", "kind of entity invested in"),
    "court": Text("法院文书", "court papers"),
    "debtor": Text("其他税费的欠税人", "whose other tax is reported"),
    "declared": Text("申请人申报", "as declared"),
    "delivery": Text("推送情况", "push to the tax authority"),
    "document": Text("清税文书状态", "state of the document"),
    "doubt": Text("对裁定书的怀疑", "doubt about the ruling"),
    "duty": Text("要求", "duty"),
    "eligibility": Text("是否适用简易程序", "whether the simplified route is open"),
    "force": Text("查封效力", "force of the seal"),
    "frozen": Text("股权冻结", "freeze of the equity"),
    "governed": Text("是否属于本环节", "governed by this checkpoint"),
    "ground": Text("契税减免事由", "ground of exemption from deed tax"),
    "holding": Text("是否持有清税文书", "document held"),
    "kind": Text("业务性质", "kind of deal or act"),
    "measure": Text("协助执行事项", "measure asked for"),
    "needed": Text("是否需要查封登记", "seal register needed"),
    "objection": Text("税务机关异议", "tax objection"),
    "others": Text("其他异议", "other objections"),
    "papers": Text("协助执行文书", "papers of the request"),
    "period": Text("公示期、异议期", "publicity or objection period"),
    "plan": Text("本次交易的分期缴纳备案", "instalment plan for this deal"),
    "price": Text("转让价格", "price stated"),
    "relief": Text("购置年度的新能源汽车减免税", "new-energy relief in the year of purchase"),
    "reach": Text("《办法》适用范围", "reach of the Order"),
    "readable": Text("查封登记簿可以查阅", "seal register readable"),
    "registration": Text("税务登记", "tax registration"),
    "relation": Text("不征税的身份关系", "tie by which it is not taxed"),
    "renewal": Text("续封时间", "time of the renewal"),
    "right": Text("权利、不动产类型", "right and kind of real estate"),
    "route": Text("注销程序", "route"),
    "ruling": Text("法院裁定书", "court ruling"),
    "sealed": Text("已有查封", "sealed already"),
    "sealer": Text("查封机关", "who sealed"),
    "seized": Text("被查封、扣押", "under seizure"),
    "seller": Text("转让方类别", "kind of transferor"),
    "shares": Text("股份类别", "kind of shares"),
    "sparing": Text("材料减免", "material spared"),
    "standing": Text("与协助执行请求的先后", "how the seal stands to the request"),
    "state": Text("证据状态", "evidence status"),
    "tie": Text("身份关系", "tie to the transferors"),
    "touched": Text("是否处分被查封的财产", "reaches what is sealed"),
    "trade": Text("主体类别", "kind of entity"),
    "transferor": Text("转让方类别", "kind of transferor"),
}
"""Column names."""

_VEHICLE: Final[Mapping[str, Mapping[str, Text]]] = {
    "Archive": {
        "none": Text("无", "none"),
        "vehicle": Text("因车辆本身", "attaches to the vehicle"),
        "owner": Text("因所有人", "attaches to the owner"),
        "use": Text("因用途", "attaches to the use"),
        "unknown": Text("不明", "not known"),
    },
    "Relief": {
        "none": Text("无", "none"),
        "exempt": Text("免税（2024至2025年购置）", "exempt (bought in 2024-25)"),
        "halved": Text("减半（2026至2027年购置）", "halved (bought in 2026-27)"),
    },
    "Arrears": {
        "none": Text("未报告", "none reported"),
        "reported": Text("有报告", "reported"),
    },
    "Claim": {
        "none": Text("未主张", "none"),
        "exemption": Text("主张减免税", "relief claimed"),
    },
    "Claimed": {
        "no": Text("未主张", "none"),
        "same-class": Text("主张同类减免税", "of the same class"),
    },
    "PurchaseTaxDuty": {
        "first": Text("注册登记须查验", "first registration: required"),
        "replacement": Text("更换整车须查验新车", "replacement: required of the new vehicle"),
        "make-up": Text("丧失减免税须补缴", "relief lost: to be made up"),
        "same-class": Text("须有新所有人自己的减免税记录", "the new owner's own relief"),
        "basis-unknown": Text("减免税依据不明", "ground of the relief not known"),
        "stays": Text("减免税随车保留", "relief stays with the vehicle"),
        "settled": Text("档案未记载减免税", "settled by the archive"),
        "not-asked": _NOT_ASKED,
        "ignored": Text("不予考虑", "ignored"),
    },
    "Seized": {"no": _NO, "yes": _YES},
    "VesselTaxDuty": {
        "first": Text("注册登记须查验", "first registration: required"),
        "replacement": Text("更换整车须查验新车", "replacement: required of the new vehicle"),
        "inspection": Text("核发检验合格标志须查验", "inspection mark: required"),
        "check": Text("须核查", "checked"),
        "advisory": Text("核查并告知，不影响办理", "advisory: the act goes on"),
    },
}

_PROPERTY: Final[Mapping[str, Mapping[str, Text]]] = {
    "ActKind": {
        "disposal": Text("处分或者设立负担", "disposal or new burden"),
        "harmless": Text("不构成处分", "no disposal"),
        "unnamed": Text("未列明的业务", "neither forbidden nor free by name"),
        "assistance": Text("办理协助执行请求", "carries out a request"),
    },
    "Clash": {
        "none": Text("无或者其他", "none, or another one"),
        "price": Text("成交价格不一致", "another price"),
        "zero": Text("并非互换而零申报", "return of zero without an exchange"),
    },
    "Debtor": {
        "nobody": Text("无", "nobody"),
        "party": Text("本次交易当事人", "a party to the deal"),
        "developer": _DEVELOPER,
        "listed-developer": _LISTED_DEVELOPER,
    },
    "DeedDuty": {
        "required": Text("须查验", "required"),
        "exchange": Text("互换，可以零申报", "exchange: a return of zero will do"),
        "grant": Text("出让土地", "grant of land"),
        "court": Text("依法院、仲裁文书取得", "by a court's or arbitral instrument"),
        "tax-auction": Text("税务机关拍卖、变卖", "tax auction"),
        "spouse": Text("夫妻之间，须有免税记录", "spouses: an exemption record"),
        "heir": Text("法定继承人，须有免税记录", "statutory heir: an exemption record"),
        "divorce": Text("离婚分割，须有免税记录", "divorce: an exemption record"),
        "legacy": Text("受遗赠", "legacy"),
        "use-end": Text("免税用途终止，须补缴", "exempt use ends: to be made up"),
        "outside": Text("不属征税对象的权利", "a right outside the tax"),
        "no-transfer": Text("建筑物首次登记，无转移", "first registration of a building"),
    },
    "Force": {
        "in-force": Text("在查封期限内", "in force"),
        "open-ended": Text("未载期限或者税款已缴，尚未解除", "open-ended or paid, not lifted"),
        "pending": Text("文书已送达，尚未登记", "papers arrived, not recorded yet"),
        "ended": Text("已解除或者期满", "lifted or expired"),
    },
    "Ground": {
        "none": Text("无", "none"),
        "family": Text("配偶、法定继承人", "spouse or statutory heir"),
        "other": Text("其他", "other"),
    },
    "IncomeDuty": {
        "transferor": Text("转让方", "transferor"),
        "contributor": Text("以不动产出资的转让方", "transferor who contributes in kind"),
        "donee": Text("受赠人", "donee"),
        "court-seller": _COURT_SELLER,
        "tax-auction-seller": _TAX_AUCTION_SELLER,
        "not-asked": _NOT_ASKED,
    },
    "LandDuty": {
        "required": Text("须查验", "required"),
        "developer": _DEVELOPER,
        "listed-developer": _LISTED_DEVELOPER,
        "court-seller": _COURT_SELLER,
        "tax-auction-seller": _TAX_AUCTION_SELLER,
        "not-asked": _NOT_ASKED,
    },
    "Measure": {
        "seal": Text("查封", "seal"),
        "renew": Text("续封", "renew"),
        "lift": Text("解封", "lift"),
        "transfer": Text("过户", "transfer"),
    },
    "Needed": {"yes": _YES, "no": _NO},
    "Papers": {
        "complete": Text("齐全、一致并经核实", "complete, consistent, authenticated"),
        "incomplete": Text("不齐全或者不一致", "incomplete or not consistent"),
        "unauthenticated": Text("尚未核实", "not authenticated yet"),
        "suspected-forged": _FORGED,
    },
    "Plan": {"no": _NO, "yes": _YES},
    "Readable": {"yes": _YES, "no": _NO},
    "Relation": {
        "none": Text("无不征税的身份关系", "none by which it is not taxed"),
        "unproven": Text("有，尚未证明", "stated, not proven"),
        "proven": Text("有，已经证明", "proven"),
    },
    "Renewal": {
        "in-time": Text("期限届满前", "before the stated end"),
        "too-late": Text("期限届满后或者并无查封", "after it, or no such seal"),
    },
    "RightKind": {
        "housing": Text("住宅", "housing"),
        "non-housing": Text("非住宅房屋", "other building"),
        "granted-land": Text("出让的建设用地使用权", "granted land"),
        "allocated-land": Text("划拨建设用地使用权", "allocated land"),
        "other-land": Text("其他建设用地使用权", "other construction land"),
        "homestead": Text("宅基地使用权", "homestead"),
        "collective-land": Text("集体土地所有权", "collective land"),
        "contract-land": Text("土地承包经营权", "contracted land"),
        "land-operation": Text("土地经营权", "land operation right"),
        "sea": Text("海域使用权", "sea area"),
        "forest": Text("林木所有权", "forest"),
    },
    "Sealed": {"no": _NO, "yes": _YES},
    "Sealer": {
        "tax": Text("税务机关", "tax authority"),
        "other": Text("法院或者其他机关", "a court or another authority"),
    },
    "Seller": {
        "individual": Text("个人", "individual"),
        "entity": Text("单位", "entity"),
        "developer": _DEVELOPER,
        "listed-developer": _LISTED_DEVELOPER,
    },
    "Standing": {
        "alone": Text("无优先的过户请求", "no request with precedence"),
        "gives-way": Text("让位于过户请求", "gives way to the request"),
        "earlier-than-tax": Text("先于税务机关且未移送处置权", "earlier, not handed over"),
    },
    "Tie": {
        "none": Text("无", "none"),
        "spouse": _SPOUSE,
        "ex-spouse": Text("原配偶", "former spouse"),
        "close-relative": Text("近亲属", "close relative"),
        "supporter": Text("抚养、赡养关系", "supporter or dependant"),
        "statutory-heir": Text("法定继承人", "statutory heir"),
        "legatee": Text("受遗赠人", "legatee"),
    },
    "Touched": {
        "whole": Text("查封全部", "the whole unit is sealed"),
        "share": Text("处分或者可能处分被查封的份额", "reaches the sealed share, or may"),
        "no": Text("不处分被查封的份额", "does not reach the sealed share"),
    },
}

_EQUITY: Final[Mapping[str, Mapping[str, Text]]] = {
    "Authenticity": {
        "settled": Text("已核实或者没有文书", "confirmed, or there are none"),
        "not-yet": Text("尚未核实", "not confirmed yet"),
        "suspected-forged": _FORGED,
    },
    "Circumstance": {
        "none": Text("无", "none"),
        "smaller-stake": Text("份额小于申请", "smaller stake"),
        "not-remitted": Text("已扣未缴", "withheld, not remitted"),
        "not-remitted-and-more": Text("已扣未缴并有其他不一致", "not remitted, and more"),
        "outside-shanxi": Text("外省税务机关出具", "issued in another province"),
    },
    "CompanyType": {
        "limited-liability-company": Text("有限责任公司", "limited liability company"),
        "joint-stock-company": Text("股份有限公司", "joint-stock company"),
        "partnership": Text("合伙企业", "partnership"),
        "sole-proprietorship": Text("个人独资企业", "sole proprietorship"),
        "cooperative": Text("农民专业合作社", "cooperative"),
        "individual-business": Text("个体工商户", "individual business"),
    },
    "CourtPapers": {
        "none": Text("无", "none"),
        "lacking": Text("不齐全或者不符", "lacking"),
        "unauthenticated": Text("齐全，尚未核实", "complete, not authenticated"),
        "complete": Text("齐全并经核实", "complete and authenticated"),
    },
    "Frozen": {
        "no": _NO,
        "by-executing-court": Text("仅由执行法院冻结", "by the executing court only"),
        "by-another": Text("由其他机关冻结", "by another authority"),
    },
    "PartyClass": {
        "individual": Text("自然人", "individual"),
        "company": Text("公司", "company"),
        "state-body": Text("国家机关、国有单位", "state body"),
        "fund": Text("基金", "fund"),
        "partnership": Text("合伙企业", "partnership"),
        "sole-proprietorship": Text("个人独资企业", "sole proprietorship"),
        "cooperative": Text("农民专业合作社", "cooperative"),
        "other-organisation": Text("其他组织", "other organisation"),
    },
    "PriceStated": {
        "zero": Text("零", "zero"),
        "other": Text("其他", "other"),
    },
    "ShareClass": {
        "none": Text("不是股份有限公司", "no joint-stock company"),
        "promoter": Text("发起人股份", "promoter's shares"),
        "non-promoter": Text("非发起人股份", "other shares"),
        "listed": Text("上市股份", "listed shares"),
    },
    "TransferDuty": {
        "voucher": Text("查验本次交易的凭证", "the voucher of this deal"),
        "record-of-deal": Text("查验本次交易的税务记录", "a tax record of this deal"),
        "court-assisted": Text("依法协助法院执行", "the court's notice is carried out"),
        "awaits-court": Text("待法院核实文书", "awaits the court's confirmation"),
    },
    "TransferKind": {
        "sale": Text("出售", "sale"),
        "exchange": Text("互换", "exchange"),
        "debt-settlement": Text("抵偿债务", "debt settlement"),
        "contribution": Text("以股权出资", "contribution"),
        "buy-back": Text("公司回购", "buy-back"),
        "paid-reduction": Text("减资并支付对价", "paid reduction"),
        "gift": Text("赠与", "gift"),
        "inheritance": Text("继承", "inheritance"),
        "legacy": Text("遗赠", "legacy"),
        "divorce-split": Text("离婚分割", "divorce split"),
        "nominee-restoration": Text("代持还原", "nominee restoration"),
        "court-execution": Text("法院强制执行", "court execution"),
        "court-confirmation": Text("法院确权", "court confirmation"),
    },
}

_DEREGISTRATION: Final[Mapping[str, Mapping[str, Text]]] = {
    "Affairs": {
        "never": Text("从未办理过", "never had any"),
        "not-established": Text("办理过或者不明", "had some, or not established"),
    },
    "Body": {
        "state-organ": Text("机关法人", "state organ"),
        "other": Text("其他", "other"),
    },
    "ClearanceDuty": {
        "general": Text("普通程序：须有清税文书", "general route: a document is needed"),
        "simplified": Text("简易程序：例外情形可以没有", "simplified route: may do without"),
        "court": Text("凭法院裁定：须有清税文书", "court route: a document is needed"),
    },
    "CourtPaper": {
        "ends-procedure": Text("终结程序的生效裁定", "a ruling in force that ends the procedure"),
        "not-established": Text("未提供或者不符", "missing or not such a ruling"),
    },
    "Declared": {
        "nothing": Text("未申报", "nothing"),
        "registered": Text("已办理税务登记", "registered"),
        "not-registered": Text("未办理税务登记", "not registered"),
    },
    "Delivery": {
        "delivered": Text("已送达", "delivered"),
        "not-sent": Text("未推送", "not sent"),
        "failed": Text("推送失败", "failed"),
        "unknown": Text("不明", "not known"),
    },
    "Document": {
        "verified": Text("已核实", "verified"),
        "waived": Text("税务机关确认无需提供", "waived by the tax authority"),
        "absent": Text("没有", "absent"),
        "mismatch": Text("属于其他主体", "of another entity"),
        "revoked": Text("已撤销", "revoked"),
        "conflict": Text("信息不一致", "conflict"),
        "source-unreachable": _UNREACHABLE,
        "source-untrusted": _UNTRUSTED,
        "forged-suspect": _FORGED,
    },
    "Eligibility": {
        "eligible": Text("适用", "open"),
        "barred": Text("不适用", "barred"),
    },
    "Holding": {
        "document": Text("已核实或者无需提供", "verified or waived"),
        "no-document": Text("没有", "none"),
        "suspect": _FORGED,
    },
    "Objection": {
        "none": Text("期满后答复无异议", "answered after the period: none"),
        "withdrawn": Text("已撤回", "withdrawn"),
        "raised-in-period": Text("期内提出", "raised within the period"),
        "raised-outside-period": Text("期外提出或者日期不明", "raised at another or unknown time"),
        "unanswered": Text("尚无可用答复", "not answered"),
        "source-unreachable": _UNREACHABLE,
        "source-untrusted": _UNTRUSTED,
    },
    "ObjectionDuty": {
        "publicity": Text("公示期", "publicity period"),
        "ten-days": Text("推送后十日", "ten days after the push"),
        "not-asked": _NOT_ASKED,
    },
    "Others": {
        "silent": Text("无", "nobody objects"),
        "object": Text("有", "somebody objects"),
    },
    "Period": {
        "not-begun": Text("公示未开始", "publicity not begun"),
        "running": Text("公示期内", "publicity running"),
        "over": Text("公示期满并按期申请", "publicity over, applied in time"),
        "applied-late": Text("公示期满，逾期申请", "publicity over, applied late"),
        "unreadable": Text("公示记录无法查阅", "publicity record unreadable"),
        "ten-days-running": Text("十日内", "ten days running"),
        "ten-days-over": Text("十日期满", "ten days over"),
        "not-pushed": Text("未推送", "not pushed"),
    },
    "Route": {
        "general": Text("普通程序", "general"),
        "simplified": Text("简易程序", "simplified"),
        "court": Text("凭法院裁定", "with a court's ruling"),
    },
    "RulingDoubt": {
        "none": Text("无", "none"),
        "forged": _FORGED,
    },
    "Sparing": {
        "none": Text("无", "none"),
        "other-material": Text("减免其他材料", "other material, not this one"),
    },
    "TaxRegistration": {
        "registered": Text("已办理", "registered"),
        "not-registered": Text("未办理", "not registered"),
        "conflict": Text("信息不一致", "conflict"),
        "source-unreachable": _UNREACHABLE,
        "source-untrusted": _UNTRUSTED,
    },
    "Trade": {
        "individual": Text("个体工商户", "individual business"),
        "other": Text("其他主体", "other entity"),
    },
}

MEMBERS: Final[Mapping[str, Mapping[str, Text]]] = {
    **_VEHICLE,
    **_PROPERTY,
    **_EQUITY,
    **_DEREGISTRATION,
    "Governed": {
        "yes": _YES,
        "no": _NO,
        "taxed": Text("权属登记或者应税变更", "registration of title or a taxed change"),
        "untaxed": Text("其他登记", "any other registration"),
        "assistance": Text("仅协助执行", "nothing but requests of authorities"),
    },
}
"""Members by enum name and public value; an enum of two checkpoints has the values of both."""
