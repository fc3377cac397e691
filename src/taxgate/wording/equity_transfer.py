"""Wording of the equity-transfer checkpoint (个人转让股权变更登记环节)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import Text

ACTS: Final[Mapping[str, Text]] = {
    "change-registration": Text(
        "股东（发起人）变更登记", "change registration of shareholders or promoters"
    ),
    "filing": Text("认缴出资额变动备案", "filing of changed amounts of capital"),
    "capital-increase": Text("增加注册资本", "capital increase"),
    "nominal-reduction": Text("减少注册资本（不向个人支付）", "capital reduction without payment"),
    "legal-representative-change": Text("变更法定代表人", "change of legal representative"),
    "pledge-entry": Text("股权出质登记", "pledge of equity"),
    "freezing-entry": Text("股权冻结、续冻、解冻", "freezing of equity"),
    "other-entry": Text("其他登记、备案事项", "other entry"),
}
"""Kinds of registration at this checkpoint, by wire value."""

REASONS: Final[Mapping[str, Text]] = {
    # Scope
    "equity-transfer/outside-shanxi": Text(
        "办理机关不在山西省，《办法》第26条不适用；不等于已查验税务情况。",
        "The registrar is outside Shanxi, so Art. 26 of the Order does not apply; nothing was"
        " verified about tax.",
    ),
    "equity-transfer/before-effective-date": Text(
        "办理日期早于2024年2月1日，《办法》不适用；国家法律规定的查验义务不受影响。",
        "Handled before 2024-02-01, so the Order does not apply; duties under national law are"
        " untouched.",
    ),
    "equity-transfer/no-transfer": Text(
        "该业务不是个人转让股权的变更登记，《办法》第26条不适用，无需查验完税凭证。",
        "This act is no change registration of an individual's equity transfer, so Art. 26 of the"
        " Order does not apply; no tax voucher is asked for.",
    ),
    "equity-transfer/in-scope": Text(
        "《办法》第26条适用于该业务。", "Art. 26 of the Order governs this act."
    ),
    "equity-transfer/transferor-not-individual": Text(
        "转让方不是自然人，《办法》第26条不适用于本项转让；不等于已查验税务情况。",
        "The transferor is no natural person, so Art. 26 of the Order does not govern this deal;"
        " nothing was verified about tax.",
    ),
    "equity-transfer/not-equity-of-a-company": Text(
        "转让的是合伙财产份额、个人独资企业投资、合作社成员资格或者个体工商户经营，"
        "不是公司股权，《办法》第26条不适用；涉及的税款仍应依法结清。",
        "What changes hands is a share in a partnership, a sole proprietorship, a cooperative or an"
        " individual business, not equity of a company; Art. 26 of the Order does not apply, but"
        " its taxes are to be settled all the same.",
    ),
    "equity-transfer/shares-not-registered": Text(
        "非发起人股份或者上市股份的转让不办理变更登记，《办法》第26条不适用。",
        "A transfer of shares that are not a promoter's, or that are listed, is not registered;"
        " Art. 26 of the Order does not apply.",
    ),
    "equity-transfer/promoter-shares": Text(
        "个人发起人转让股份，属于本环节查验范围。",
        "An individual promoter transfers shares: this checkpoint governs it.",
    ),
    "equity-transfer/company-equity": Text(
        "个人转让有限责任公司股权，属于本环节查验范围。",
        "An individual transfers equity of a limited liability company: this checkpoint governs"
        " it.",
    ),
    # What the deal demands
    "equity-transfer/duty/voucher": Text(
        "查验与本次股权交易相关的个人所得税完税凭证。",
        "The individual income tax voucher related to this deal is checked.",
    ),
    "equity-transfer/duty/between-shareholders": Text(
        "现有股东之间仅变动出资额的备案，参照变更登记查验；规范文字仅提及变更登记。",
        "A filing between existing shareholders is checked as a change registration is; the texts"
        " themselves name change registration only.",
    ),
    "equity-transfer/duty/record-of-deal": Text(
        "继承、遗赠、赠与、离婚分割、代持还原：查验税务机关对该笔交易的记录。",
        "Inheritance, legacy, gift, divorce split or nominee restoration: the tax authority's"
        " record of the deal is checked.",
    ),
    "equity-transfer/duty/record-of-deal-between-shareholders": Text(
        "现有股东之间的继承、遗赠、赠与、离婚分割、代持还原，仅变动出资额的备案："
        "查验税务机关对该笔交易的记录。",
        "Inheritance, legacy, gift, divorce split or nominee restoration between existing"
        " shareholders, filed only: the tax authority's record of the deal is checked.",
    ),
    "equity-transfer/duty/no-privilege": Text(
        "不属于人民法院强制执行过户，按一般股权转让查验。",
        "This is no transfer by execution of a court: it is checked as any deal is.",
    ),
    "equity-transfer/duty/no-privilege-between-shareholders": Text(
        "不属于人民法院强制执行过户，现有股东之间仅变动出资额的备案，按一般股权转让查验。",
        "This is no transfer by execution of a court; a filing between existing shareholders is"
        " checked as any deal is.",
    ),
    "equity-transfer/duty/confirmed-only": Text(
        "法院文书仅确认股权归属，未附协助执行通知书，按一般股权转让查验。",
        "The court only confirmed whose the equity is, without a notice of assistance in"
        " execution: the deal is checked as any other.",
    ),
    "equity-transfer/duty/court-papers-lacking": Text(
        "法院文书不齐全、未生效或者与本公司、本人、本份额不符，按一般股权转让查验。",
        "Court papers are incomplete, not in force, or of another company, holder or stake: the"
        " deal is checked as any other.",
    ),
    "equity-transfer/duty/awaits-court": Text(
        "是否属于应当协助的法院执行，待法院核实文书后确定。",
        "Whether a court's execution is to be assisted is settled once the court has confirmed its"
        " papers.",
    ),
    "equity-transfer/duty/court-assisted": Text(
        "人民法院执行文书齐全并经核实，登记机关应当协助执行；税务查验结果不阻止办理。",
        "The court's papers are complete and confirmed, so the registrar has to assist; the result"
        " of the tax check does not stop the act.",
    ),
    # Individual income tax
    "equity-transfer/income-tax/deferral-recorded": Text(
        "税务机关的记录表明，本次交易的个人所得税已依法办理分期缴纳或者递延纳税。",
        "The tax authority's record shows instalments or a deferral of individual income tax for"
        " this deal.",
    ),
    "equity-transfer/income-tax/price-zero-and-none-found": Text(
        "转让价格为零，未查到与本次交易对应的个人所得税完税、免税等记录；价格为零不等于不需申报，"
        "由税务机关认定。",
        "The price is zero, and no record of individual income tax was found for this deal. A price"
        " of zero does not by itself do away with the filing; that is for the tax authority.",
    ),
    "equity-transfer/income-tax/no-record-of-deal": Text(
        "未查到税务机关对本次股权变动的记录。所需的是税务机关的记录（不征税、免税、零申报、"
        "已完税均可），不是要求缴税。",
        "No record of the tax authority on this transfer was found. What is missing is its record"
        " (not taxable, exempt, zero or paid), not a payment.",
    ),
    "equity-transfer/income-tax/smaller-stake": Text(
        "查到的个人所得税凭证所涵盖的份额小于申请登记的份额，差额部分未查到对应的记录。",
        "The individual income tax records found cover less than the stake applied for; for the"
        " difference none was found.",
    ),
    "equity-transfer/income-tax/issued-outside-shanxi": Text(
        "个人所得税凭证由山西省以外的税务机关出具，需由税务机关确认；在此之前不认定是否完税。",
        "The individual income tax record comes from a tax authority outside Shanxi and is to be"
        " confirmed; until then it is not taken as paid or as unpaid.",
    ),
    "equity-transfer/income-tax/not-remitted": Text(
        "本次交易的个人所得税已由受让方扣缴，但税务信息显示尚未解缴；由扣缴义务人办理，"
        "转让方无需重复缴纳。",
        "Individual income tax on this deal was withheld by the transferee, but the tax source does"
        " not show it as remitted. That is for the withholding agent; the transferor need not pay"
        " again.",
    ),
    "equity-transfer/income-tax/not-remitted-and-conflict": Text(
        "本次交易的个人所得税已由受让方扣缴，但税务信息显示尚未解缴；另有信息不一致，"
        "需由税务机关确认。转让方无需重复缴纳。",
        "Individual income tax on this deal was withheld by the transferee, but the tax source does"
        " not show it as remitted, and other information conflicts; the tax authority is to"
        " confirm. The transferor need not pay again.",
    ),
    "equity-transfer/income-tax/awaits-court": Text(
        "法院文书核实之前，不就个人所得税作出结论。",
        "Until the court has confirmed its papers nothing is concluded on individual income tax.",
    ),
    "equity-transfer/court-execution/awaits-court-and-forged": Text(
        "所涉个人所得税凭证的真伪存疑，法院文书亦待核实；在此之前暂缓办理，不作不予登记处理。",
        "The authenticity of the income-tax voucher is in doubt, and the court has yet to confirm"
        " its papers; until then the act is on hold, not refused.",
    ),
    # Court papers
    "equity-transfer/court-papers/settled": Text(
        "没有待核实的法院文书。", "No court paper awaits confirmation."
    ),
    "equity-transfer/court-papers/not-authenticated": Text(
        "法院文书尚未向法院核实，查验未能完成。该结果不说明当事人的任何情况。",
        "The court papers are not yet confirmed by the court, so the check could not be completed."
        " This says nothing about the parties.",
    ),
    "equity-transfer/court-papers/suspected-forged": Text(
        "法院文书的真伪需向所载法院核实，在其答复之前暂缓办理。",
        "The court named is being asked whether the court papers are genuine; until it answers the"
        " act is on hold.",
    ),
    # Freezes
    "equity-transfer/not-frozen": Text("登记簿上没有冻结记载。", "No freeze is on the register."),
    "equity-transfer/frozen-by-the-executing-court": Text(
        "冻结机关即为要求协助执行的法院，不妨碍本次办理。",
        "The freeze is that of the court whose execution is carried out; it does not stand in the"
        " way.",
    ),
    "equity-transfer/frozen": Text(
        "{party}的股权（{subject}）已被冻结，在解除之前不办理本次登记；此为非税事由。",
        "The equity of {party} ({subject}) is frozen; until the freeze is lifted this act is not"
        " completed. This is no tax reason.",
    ),
}

WHYS: Final[Mapping[str, Text]] = {
    "other-matter": Text("属于其他税种", "it is about another tax"),
    "record-of-another-kind": Text(
        "不是股权转让个人所得税记录，无法对应", "it is no record on an equity transfer"
    ),
    "taxpayer-differs": Text("纳税人不是本次交易的转让方", "the taxpayer is not this transferor"),
    "company-differs": Text("被投资企业不一致", "the invested company differs"),
    "transferee-differs": Text("受让方不一致", "the transferee differs"),
    "agreement-date-differs": Text("协议（事件）日期不一致", "the day of the agreement differs"),
    "earlier-deal": Text(
        "开具日期早于本次协议（事件）日期，属于此前的交易",
        "issued before this agreement or event, so it is of an earlier deal",
    ),
    "taxpayer-missing": Text("记录未载明纳税人", "the record states no taxpayer"),
    "taxpayer-not-comparable": Text(
        "纳税人姓名或者证件种类不同，无法确认为同一人",
        "name or kind of document of the taxpayer differs, so identity is not established",
    ),
    "company-missing": Text("记录未载明被投资企业", "the record states no invested company"),
    "transferee-not-comparable": Text(
        "受让方姓名（名称）或者证件种类不同，无法确认为同一人",
        "name or kind of document of the transferee differs, so identity is not established",
    ),
    "deal-not-identified": Text(
        "记录未载明足以识别本次交易的受让方、份额或者协议日期",
        "it states neither transferee nor stake nor day of agreement that would identify the deal",
    ),
    "cancels-of-no-known-deal": Text(
        "退税、作废或者撤销记录未载明所属交易，仅对其指明的凭证有效",
        "a refund, void or revocation that names no deal and counts for the voucher it names",
    ),
    "not-remitted": Text(
        "已扣缴，税务信息显示尚未解缴", "withheld, but not remitted by the tax source"
    ),
    "remittance-unknown": Text(
        "扣缴凭证，未见是否解缴的信息",
        "a withholding receipt; whether it was remitted is not known",
    ),
    "remitted-but-unpaid": Text(
        "记录同时载明已解缴和未缴纳", "the record says both remitted and unpaid"
    ),
    "issued-outside-shanxi": Text(
        "由山西省以外的税务机关出具", "issued by a tax authority outside Shanxi"
    ),
    "already-used": Text(
        "凭证所载份额已在此前的登记中用尽", "its stake was used up by earlier registrations"
    ),
    "remainder-unknown": Text(
        "凭证已在此前的登记中使用，剩余份额无法确定",
        "earlier registrations used it, and what is left cannot be told",
    ),
    "price-differs": Text("转让价格不一致", "the price differs"),
    "stake-differs": Text(
        "同一凭证载有不同的份额", "one voucher is given with two different stakes"
    ),
    "stake-unclear": Text(
        "记录涵盖多少份额或者哪一笔交易无法确定",
        "how much, or which of several deals, it covers cannot be told",
    ),
    "smaller-stake": Text(
        "合计份额小于申请登记的份额", "all together they cover less than the stake applied for"
    ),
}
