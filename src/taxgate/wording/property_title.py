"""Wording of the real-estate checkpoint (不动产权属登记环节)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import Text

_OWED: Final = {
    "unpaid": Text(
        "税务机关的记录显示尚未缴纳", "the tax authority's record shows it as not yet paid"
    ),
    "invalid": Text("相关记录已退税、作废或者撤销", "its record was refunded, voided or revoked"),
    "none-found": Text(
        "未查到对应的完税、免税等记录", "no record of payment or exemption was found"
    ),
    "key-mismatch": Text(
        "查到的记录与本次业务不对应", "the records found belong to something else"
    ),
}
"""What is said of a tax that is missing, by its state; nothing found is not "owed"."""


def _missing(code: str, zh: str, en: str) -> dict[str, Text]:
    """Return one reason per missing state; `{told}` in both texts stands for what was found."""
    return {
        f"property-title/{code}-{state}": Text(
            zh.replace("{told}", told.zh), en.replace("{told}", told.en)
        )
        for state, told in _OWED.items()
    }


REASONS: Final[Mapping[str, Text]] = {
    # Scope
    "property-title/outside-shanxi": Text(
        "登记机构不在山西省，《办法》第25条不适用；不等于已查验税务情况。",
        "The registrar is outside Shanxi, so Art. 25 of the Order does not apply; nothing was"
        " verified about tax.",
    ),
    "property-title/before-effective-date": Text(
        "办理日期早于2024年2月1日，《办法》不适用；国家法律规定的查验义务不受影响。",
        "Handled before 2024-02-01, so the Order does not apply; duties under national law are"
        " untouched.",
    ),
    "property-title/out-of-scope": Text(
        "该登记类型不属于须查验税务信息的权属登记，无需查验税务信息；查封情况另行审查。",
        "This kind of registration is no registration of title that takes a tax check; seals are"
        " judged apart.",
    ),
    # Deed tax
    "property-title/deed-tax/zero-without-exchange": Text(
        "契税申报应纳税额为零，但本次业务不是互换，需由税务机关核实。",
        "A return of deed tax with nothing payable is on record, yet this is no exchange; the tax"
        " authority is to clarify it.",
    ),
    "property-title/deed-tax/exemption-not-recorded": Text(
        "符合或者主张契税免征、减征情形，但未查到税务机关的减免税记录；所需的是减免税凭证或者信息，"
        "不是要求另行缴税。",
        "Exemption from or reduction of deed tax is claimed or lies in the case, but the tax"
        " authority has no record of it. What is missing is that record, not a payment.",
    ),
    **_missing(
        "deed-tax/legacy",
        "受遗赠人不是法定继承人，取得房地产须查验契税；{told}。",
        "A legatee who is no statutory heir needs deed tax settled for this acquisition; {told}.",
    ),
    **_missing(
        "deed-tax/grant",
        "以出让方式取得土地使用权（包括划拨转出让）须查验契税；{told}。",
        "Land acquired by grant, or converted to granted land, takes deed tax; {told}.",
    ),
    **_missing(
        "deed-tax/auction",
        "经法院处置或者税务机关拍卖、变卖取得的，买受人的契税仍是登记的前提；{told}。",
        "Where a court or the tax authority disposed of the property, the buyer's deed tax remains"
        " a condition of registration; {told}.",
    ),
    "property-title/deed-tax/use-end": Text(
        "不动产因改变用途不再属于契税免征、减征情形，尚无与此对应的有效补缴或者减免记录。",
        "By change of use the property leaves the class relieved of deed tax, and no valid record"
        " of make-up or new relief answers to that.",
    ),
    "property-title/deed-tax/class-not-shown": Text(
        "本次登记的权利可能不属于契税征税范围，但材料尚不能证明，也没有有效的税务记录。",
        "The right may lie outside deed tax, but the file does not prove that and there is no valid"
        " tax record.",
    ),
    # Individual income tax
    **_missing(
        "income-tax/donee",
        "受赠房地产须查验受赠人的个人所得税；{told}。",
        "A gift of real estate takes individual income tax of the donee; {told}.",
    ),
    **_missing(
        "income-tax/auction",
        "经法院处置或者税务机关拍卖、变卖的，转让方一侧的个人所得税：{told}。",
        "Where a court or the tax authority disposed of the property, on individual income tax of"
        " the transferor's side: {told}.",
    ),
    "property-title/income-tax/instalment-plan": Text(
        "以不动产作价投资的个人所得税已就本次交易向税务机关办理分期缴纳备案。",
        "An instalment plan of individual income tax is filed with the tax authority for this"
        " contribution in kind.",
    ),
    # Land appreciation tax
    "property-title/land-tax/developer-unpaid": Text(
        "税务机关的记录显示开发企业的土地增值税尚未缴纳；须由其与税务机关处理，并提请上级协调。",
        "The tax authority's record shows land appreciation tax of the developer as not yet paid;"
        " the developer has to settle this with it, and the matter is escalated.",
    ),
    "property-title/land-tax/developer-invalid": Text(
        "开发企业的土地增值税记录已退税、作废或者撤销；须由其与税务机关处理，并提请上级协调。",
        "The record of the developer's land appreciation tax was refunded, voided or revoked; the"
        " developer has to settle this with the tax authority, and the matter is escalated.",
    ),
    "property-title/land-tax/listed-project": Text(
        "项目已列入历史遗留问题清单，转让方的税务事项另行处理，不影响购房人登记。",
        "The project is on the list of legacy problems: the seller's tax matters are pursued apart"
        " and do not stop the buyer's registration.",
    ),
    "property-title/land-tax/by-project": Text(
        "开发企业销售自建项目，土地增值税按项目预征、清算，不按单元查验凭证。",
        "A developer sells from its own project: land appreciation tax is prepaid and settled by"
        " project, and no voucher per unit is expected.",
    ),
    **_missing(
        "land-tax/auction",
        "经法院处置或者税务机关拍卖、变卖的，转让方一侧的土地增值税：{told}。",
        "Where a court or the tax authority disposed of the property, on land appreciation tax of"
        " the transferor's side: {told}.",
    ),
    # Other taxes
    "property-title/other-tax/reported": Text(
        "税务机关的答复反映增值税及其他税费尚有未办结事项；不影响本次办理。",
        "The tax authority reports open items of VAT or other taxes; the registration goes on.",
    ),
    "property-title/other-tax/developer-arrears": Text(
        "税务机关的答复反映开发企业的增值税及其他税费尚有未办结事项，须由其与税务机关处理，"
        "并提请上级协调。",
        "The tax authority reports open items of the developer's VAT or other taxes; the developer"
        " has to settle this with it, and the matter is escalated.",
    ),
    "property-title/other-tax/listed-project": Text(
        "项目已列入历史遗留问题清单，转让方的其他税费事项另行处理，不影响购房人登记。",
        "The project is on the list of legacy problems: the seller's other tax matters are pursued"
        " apart and do not stop the buyer's registration.",
    ),
    # Seals
    "property-title/seal/tax-seal-in-force": Text(
        "不动产登记簿记载该单元（{subject}）被税务机关查封，查封期间不办理处分登记。",
        "The register shows this unit ({subject}) as sealed by the tax authority; while the seal"
        " lasts no disposal is registered.",
    ),
    "property-title/seal/tax-seal-not-lifted": Text(
        "不动产登记簿记载该单元（{subject}）被税务机关查封，未见解除文书，仍然有效；"
        "请向该税务机关申请解除。",
        "The register shows this unit ({subject}) as sealed by the tax authority; no lifting paper"
        " was received, so the seal stands. Ask that authority to lift it.",
    ),
    "property-title/seal/seizure-in-force": Text(
        "不动产登记簿记载该单元（{subject}）被人民法院或者其他机关查封，查封期间不办理处分登记；"
        "此为非税事由。",
        "The register shows this unit ({subject}) as seized by a court or another authority; while"
        " that lasts no disposal is registered. This is no tax reason.",
    ),
    "property-title/seal/recorded-first": Text(
        "转移登记记载之前，该单元（{subject}）的查封已送达并先行记载，查封期间不办理处分登记。",
        "Before the disposal was recorded a seizure of this unit ({subject}) was served and is"
        " recorded first; while it lasts no disposal is registered.",
    ),
    "property-title/seal/transfer-first": Text(
        "要求转移该单元（{subject}）的通知先于查封送达，先办理转移。",
        "The order to transfer this unit ({subject}) arrived before the seizure: the transfer is"
        " recorded first.",
    ),
    "property-title/seal/earlier-seizure": Text(
        "该单元（{subject}）有其他机关在先查封，尚未书面移送处置权，暂不能按税务机关的请求转移。",
        "Another authority seized this unit ({subject}) earlier and has not handed over the"
        " disposal in writing, so it cannot be transferred on the tax authority's request.",
    ),
    "property-title/seal/act-not-named": Text(
        "该单元（{subject}）处于查封状态，法律未明确本项业务可否办理，须征求查封机关意见。",
        "This unit ({subject}) is under seizure, and the law does not say whether this act may go"
        " on; the sealing authority is asked.",
    ),
    "property-title/seal/register-unreadable": Text(
        "未能读取该单元（{subject}）的查封登记，审查未能完成；该结果不说明当事人的任何情况。",
        "The seal register of this unit ({subject}) could not be read, so the check could not be"
        " completed. This says nothing about the parties.",
    ),
    "property-title/seal/papers-not-authenticated": Text(
        "涉及该单元（{subject}）的协助执行文书尚待核验，审查未能完成。",
        "Papers of an authority on this unit ({subject}) are still to be authenticated, so the"
        " check could not be completed.",
    ),
    "property-title/seal/papers-suspected-forged": Text(
        "涉及该单元（{subject}）的协助执行文书真伪存疑，须向所载机关核实。",
        "The authenticity of papers on this unit ({subject}) is in doubt; the authority they name"
        " is asked.",
    ),
    "property-title/seal/papers-incomplete": Text(
        "该单元（{subject}）的协助执行通知书与相关法律文书不齐全或者不一致，"
        "或者所载单元、权利人、所要解除的查封与登记簿不符，请补齐或者更正。",
        "For this unit ({subject}) the notice of assistance or its instrument is missing, or they"
        " differ from one another or from the register in unit, owner or the seal to be lifted;"
        " please complete or correct them.",
    ),
    "property-title/seal/seizure-papers-incomplete": Text(
        "人民法院或者其他机关对该单元（{subject}）的协助执行通知书与相关法律文书不齐全或者不一致，"
        "或者所载单元、权利人与登记簿不符，请补齐或者更正；在此之前本业务暂不办理。",
        "Papers by which a court or another authority seizes this unit ({subject}) are incomplete,"
        " or differ from one another or from the register; please complete or correct them. Until"
        " then this registration waits.",
    ),
    "property-title/seal/transfer-papers-incomplete": Text(
        "要求转移该单元（{subject}）的法律文书与协助执行通知书不齐全或者不一致，请补齐或者更正。",
        "The instrument or the notice that orders the transfer of this unit ({subject}) is missing"
        " or inconsistent; please complete or correct it.",
    ),
    "property-title/seal/other-authority": Text(
        "人民法院或者其他机关查封的登记不属于本环节，按其文书另行办理（{subject}）。",
        "Recording the seizure of a court or another authority is outside this checkpoint"
        " ({subject}).",
    ),
    "property-title/seal/execute": Text(
        "税务机关的协助执行通知书和法律文书齐全，依法协助办理查封登记（{subject}）。",
        "The tax authority's notice and instrument are complete: record the seal ({subject}).",
    ),
    "property-title/seal/execute-waiting": Text(
        "税务机关的协助执行通知书和法律文书齐全；该单元（{subject}）已有查封，登记为轮候查封。",
        "The tax authority's papers are complete; the unit ({subject}) is sealed already, so"
        " record the new seal as waiting.",
    ),
    "property-title/seal/lift": Text(
        "税务机关解除查封，依法办理注销查封登记（{subject}）。",
        "The tax authority lifts its seal: delete the entry ({subject}).",
    ),
    "property-title/seal/renew": Text(
        "税务机关在查封期限届满前续行查封，依法办理续封登记（{subject}）。",
        "The tax authority renews its seal before the stated end: record the renewal ({subject}).",
    ),
    "property-title/seal/renew-as-new": Text(
        "续封请求晚于原查封期限届满，作为新的查封登记，排在已有轮候查封之后（{subject}）。",
        "The renewal was asked for after the stated end: record it as a new seal that ranks behind"
        " those waiting ({subject}).",
    ),
    "property-title/seal/obstacle": Text(
        "该单元（{subject}）处于查封状态，国家法律规定查封期间不办理相关登记；此为非税事由。",
        "This unit ({subject}) is under seizure, during which national law bars such registrations."
        " This is no tax reason.",
    ),
}

WHYS: Final[Mapping[str, Text]] = {
    "taxpayer-differs": Text("纳税人不一致", "the taxpayer differs"),
    "taxpayer-not-comparable": Text(
        "纳税人姓名（名称）或者证件种类不同，无法确认为同一人",
        "name or kind of document of the taxpayer differs, so identity is not established",
    ),
    "taxpayer-missing": Text("记录未载明纳税人", "the record states no taxpayer"),
    "role-differs": Text("记录属于交易另一方", "the record is about the other side of the deal"),
    "unit-differs": Text("不动产单元代码不一致", "the unit code differs"),
    "contract-differs": Text("合同、网签编号不一致", "the contract number differs"),
    "keys-missing": Text(
        "记录既无不动产单元代码也无合同编号，无法对应",
        "the record states neither unit nor contract and cannot be matched",
    ),
    "contract-not-comparable": Text(
        "记录只载明合同编号，而申请未载明，无法对应",
        "the record states only a contract number, which the application does not give",
    ),
    "share-impossible": Text("记录所载份额超过全部", "the record states a share above the whole"),
    "share-not-stated": Text(
        "记录载明份额，而申请未载明各人份额，无法对应",
        "the record states a share, which the application does not give",
    ),
    "share-too-small": Text(
        "记录所载份额合计少于申请登记的份额",
        "the shares on record fall short of the one applied for",
    ),
    "price-differs": Text("成交价格不一致", "the price differs"),
    "flag-names-others": Text(
        "涉税办结信息未包括本税种或者本人", "the completion flag does not name this tax or party"
    ),
    "other-matter": Text("属于其他税种", "it is about another tax"),
}
