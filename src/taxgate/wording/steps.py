"""What cures a finding (补救事项), which tax authority to turn to, and what then counts as proof.

A text is looked up for step, checkpoint and matter, then step and matter, then step and checkpoint,
then the step alone. Nothing here names an amount, a debt or a demand to pay the registrar.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..terms import Addressee, Checkpoint, Matter, Step
from . import Text

Place = tuple[Step, Checkpoint | None, Matter | None]
"""Step, and the checkpoint and matter its text is for; None: any."""

_C: Final = Checkpoint
_M: Final = Matter
_S: Final = Step

AUTHORITIES: Final[Mapping[tuple[Checkpoint, Matter | None], Text]] = {
    (_C.VEHICLE, None): Text(
        "车辆登记地的主管税务机关", "the tax authority at the place of vehicle registration"
    ),
    (_C.VEHICLE, _M.VEHICLE_AND_VESSEL_TAX): Text(
        "车辆登记地的主管税务机关，或者办理交强险的保险机构",
        "the tax authority at the place of vehicle registration, or the compulsory insurer",
    ),
    (_C.PROPERTY_TITLE, None): Text(
        "不动产所在地的主管税务机关", "the tax authority where the real estate lies"
    ),
    (_C.PROPERTY_TITLE, _M.SEAL): Text("查封机关", "the sealing authority"),
    (_C.EQUITY_TRANSFER, None): Text(
        "被投资企业所在地的主管税务机关", "the tax authority where the invested company is"
    ),
    (_C.DEREGISTRATION, None): Text(
        "本主体的主管税务机关", "the tax authority in charge of the entity"
    ),
}
"""Which authority is competent, by checkpoint and where needed by matter."""

RECORD_AUTHORITY: Final = Text("出具该记录的税务机关", "the tax authority the record comes from")
"""Whom to ask where records conflict."""

NO_AUTHORITY: Final = frozenset(
    {
        Step.NONE,
        Step.RETRY,
        Step.AUTHENTICATE_PAPERS,
        Step.COMPLETE_PAPERS,
        Step.WAIT,
        Step.SHOW_GROUND,
        Step.HAND_OVER_DISPOSAL,
    }
)
"""Steps that send nobody to a tax authority."""

STEPS: Final[Mapping[Place, Text]] = {
    (_S.NONE, None, None): Text("无需办理手续。", "Nothing is to be done."),
    (_S.PAY_OR_FILE, None, None): Text(
        "请向{authority}办理{matter}的申报缴纳；依法减免或者不征税的，取得相应的税务记录。",
        "File {matter} with {authority} and settle it there; where it is exempt or not taxable,"
        " have that recorded.",
    ),
    (_S.PAY_OR_FILE, _C.VEHICLE, _M.VEHICLE_PURCHASE_TAX): Text(
        "请向{authority}申报缴纳车辆购置税，或者办理减免税，取得该车的完税、免税信息；"
        "可以通过电子税务局办理，办结后重新提交，由公安交管部门刷新电子信息。",
        "File and settle vehicle purchase tax of this vehicle with {authority}, or have its"
        " exemption recorded, if you like in the electronic tax bureau; then submit again, and the"
        " traffic police refresh the electronic information.",
    ),
    (_S.PAY_OR_FILE, _C.VEHICLE, _M.VEHICLE_AND_VESSEL_TAX): Text(
        "请在办理交强险时由保险机构代收代缴车船税，或者向车辆登记地的主管税务机关申报缴纳；"
        "依法免税的，取得免税证明。",
        "Have the compulsory insurer withhold vehicle and vessel tax, or file and settle it with"
        " the tax authority at the place of registration; where exempt, obtain the proof.",
    ),
    (_S.PAY_OR_FILE, _C.PROPERTY_TITLE, _M.DEED_TAX): Text(
        "请在登记前向{authority}申报缴纳契税，或者取得减免税凭证；可以在不动产登记、"
        "办税一窗受理窗口办理。",
        "Before registration file and settle deed tax with {authority}, or have the exemption"
        " recorded; the one-window counter does both.",
    ),
    (_S.PAY_OR_FILE, _C.PROPERTY_TITLE, _M.INDIVIDUAL_INCOME_TAX): Text(
        "请就本次不动产转让向{authority}办理个人所得税申报，取得完税、免税或者不征税的记录；"
        "可以在一窗受理窗口办理。",
        "File individual income tax on this transfer with {authority} and obtain the record of"
        " payment, exemption or non-taxation; the one-window counter does it.",
    ),
    (_S.PAY_OR_FILE, _C.PROPERTY_TITLE, _M.LAND_APPRECIATION_TAX): Text(
        "请就本次不动产转让向{authority}办理土地增值税申报（自合同签订之日起七日内），"
        "取得完税或者减免税凭证；可以在一窗受理窗口办理。",
        "File land appreciation tax on this transfer with {authority}, within 7 days of the"
        " contract, and obtain the proof of payment or exemption; the one-window counter does it.",
    ),
    (_S.PAY_OR_FILE, _C.EQUITY_TRANSFER, _M.INDIVIDUAL_INCOME_TAX): Text(
        "请就本次股权交易（包括转让价格为零的）先向{authority}完成个人所得税申报；"
        "本次未予办结的，取得相应凭证后重新提交，或者待税务信息更新后由本机关重新查验。",
        "First complete the individual income tax filing on this deal, even if its price is zero,"
        " with {authority}; where the act was not completed, come back with the voucher, or wait"
        " until the data is updated.",
    ),
    (_S.OBTAIN_EXEMPTION_RECORD, None, None): Text(
        "请向{authority}办理{matter}的减免税手续，取得减免税凭证或者电子信息。所需的是减免税记录。",
        "Have the exemption from or reduction of {matter} recorded by {authority}. What is needed"
        " is that record.",
    ),
    (_S.OBTAIN_TAX_RECORD, None, None): Text(
        "请向{authority}取得本次交易的税务记录，记载不征税、免税、零申报、已完税均可。",
        "Obtain from {authority} its record of this deal: not taxable, exempt, zero or paid will"
        " all do.",
    ),
    (_S.OBTAIN_CLEARANCE, None, None): Text(
        "请先向{authority}办理清税申报，取得清税文书后办理注销登记。",
        "First apply for tax clearance with {authority}; deregister once the clearance document is"
        " issued.",
    ),
    (_S.OBTAIN_CLEARANCE_AT_ONCE, None, None): Text(
        "此类情形税务机关即时出具清税文书：请持营业执照（人民法院裁定终结破产、强制清算程序的，"
        "持裁定书）向{authority}申请。",
        "In this situation the clearance document is issued at once: apply to {authority} with the"
        " business licence or, after a court ended bankruptcy or compulsory liquidation, with the"
        " ruling.",
    ),
    (_S.CANCEL_TAX_REGISTRATION, None, None): Text(
        "请先向{authority}注销税务登记，提交注销税务登记资料；从未办理税务登记的，"
        "由税务机关予以确认。",
        "First cancel the tax registration with {authority} and bring the papers; where there never"
        " was one, have the tax authority confirm that.",
    ),
    (_S.SETTLE_OBJECTION, None, None): Text(
        "请向{authority}了解并办结异议所涉事项，之后重新公示；或者改按一般程序办理，"
        "并提交清税文书。",
        "Ask {authority} which items are behind its objection, settle them and publish again; or"
        " take the general route with the clearance document.",
    ),
    (_S.LIFT_OBJECTION, None, None): Text(
        "请向{authority}申请撤销异议；或者改按一般程序，凭清税文书办理。",
        "Ask {authority} to lift its objection; or take the general route with the clearance"
        " document.",
    ),
    (_S.WAIT, None, None): Text(
        "请待法定期间届满后办理；已取得清税文书的，可以提前提交。",
        "Wait until the period in law is over; with a clearance document you need not wait.",
    ),
    (_S.CORRECT_DATA, None, None): Text(
        "请向{authority}核对不一致之处，予以确认或者更正；登记材料一侧有误的，向本机关申请更正。",
        "Have {authority} confirm or correct what differs; where the mistake is in the application,"
        " have this office correct it.",
    ),
    (_S.ASK_TAX_AUTHORITY, None, None): Text(
        "请向{authority}核实，取得书面答复或者更新后的电子信息。",
        "Ask {authority} to clarify; a written reply or updated electronic information will do.",
    ),
    (_S.REMIT_WITHHELD, None, None): Text(
        "请依法解缴已经扣缴的{matter}，并请{authority}更新信息。",
        "Remit the {matter} that was withheld and have {authority} update its information.",
    ),
    (_S.SHOW_GROUND, None, None): Text(
        "请提交能够证明不征税、免税事由的材料，或者取得税务机关的相应记录。",
        "Show the ground on which it is not taxed or exempt, or obtain the tax authority's record"
        " of it.",
    ),
    (_S.RETRY, None, None): Text(
        "由本机关重新查验，你（单位）无需为此办理手续。已持有相关凭证的，可以提交凭证，"
        "由本机关通过其他渠道核验。",
        "This office will check again; you need not do anything. You may submit the voucher if you"
        " hold one, and this office will verify it by another channel.",
    ),
    (_S.RETRY, _C.DEREGISTRATION, None): Text(
        "由本机关重新查验，你（单位）无需为此办理手续。已取得清税文书等相关文书的，可以提交，"
        "由本机关通过其他渠道核验。",
        "This office will check again; you need not do anything. You may submit the clearance"
        " document or other papers if you hold them, and this office will verify them by another"
        " channel.",
    ),
    (_S.RETRY, None, _M.SEAL): Text(
        "由本机关重新查询，你（单位）无需为此办理手续。",
        "This office will look again; you need not do anything.",
    ),
    (_S.AUTHENTICATE_PAPERS, None, None): Text(
        "由本机关向出具机关核实所提交的文书。",
        "This office will have the papers authenticated by whoever issued them.",
    ),
    (_S.COMPLETE_PAPERS, None, None): Text(
        "请补正协助执行通知书及相关法律文书后重新送达。",
        "Complete or correct the notice of assistance in execution and its instruments, and serve"
        " them again.",
    ),
    (_S.LIFT_SEAL, None, None): Text(
        "请向查封机关申请解除查封；本机关收到解除查封的文书并更新登记簿后继续办理。",
        "Ask the sealing authority to lift the seal; once its lifting paper is here and the"
        " register updated, the case goes on.",
    ),
    (_S.ASK_SEALING_AUTHORITY, None, None): Text(
        "本次办理需征询查封机关的意见，取得其书面意见后继续。",
        "The sealing authority has to be asked first; with its written reply the case goes on.",
    ),
    (_S.HAND_OVER_DISPOSAL, None, None): Text(
        "请取得在先查封机关移送处置权的书面文件。",
        "Obtain the written hand-over of the disposal from the authority whose seizure came first.",
    ),
    (_S.EXPLAIN_SUSPICION, None, None): Text(
        "可以向本机关书面说明情况，或者提交出具凭证的税务机关的确认；本机关依法书面告知税务机关。",
        "You may explain in writing to this office, or bring the confirmation of the tax authority"
        " that issued the voucher; this office reports the matter to the tax authority in writing.",
    ),
}

FOR_ADDRESSEE: Final[Mapping[tuple[Step, Checkpoint, Addressee], Text]] = {
    **{
        (_S.PAY_OR_FILE, _C.EQUITY_TRANSFER, agent): Text(
            "你（单位）作为受让方依法负有扣缴义务：请就本次股权交易（包括转让价格为零的）先向"
            "{authority}办理扣缴申报；本次未予办结的，取得相应凭证后重新提交，或者待税务信息更新后"
            "由本机关重新查验。",
            "As transferee you are the withholding agent: first file and withhold individual income"
            " tax for this deal, even if its price is zero, with {authority}; where the act was not"
            " completed, come back with the voucher, or wait until the data is updated.",
        )
        for agent in (Addressee.WITHHOLDING_AGENT, Addressee.TRANSFEREE)
    },
}
"""Texts where the same step asks something else of another addressee."""

AUTHORITY_STEPS: Final[Mapping[Step, Text]] = {
    _S.COMPLETE_PAPERS: Text(
        "请补正协助执行通知书及相关法律文书后重新送达。",
        "Please complete or correct the notice of assistance in execution and its instruments, and"
        " serve them again.",
    ),
    _S.AUTHENTICATE_PAPERS: Text(
        "请核实所涉文书是否由贵机关出具，并书面答复本机关。",
        "Please say in writing whether the papers concerned were issued by you.",
    ),
    _S.HAND_OVER_DISPOSAL: Text(
        "请取得并提供在先查封机关移送处置权的书面文件。",
        "Please obtain, and send this office, the written hand-over of the disposal from the"
        " authority whose seizure came first.",
    ),
    _S.LIFT_SEAL: Text(
        "解除查封的，请将解除查封的文书送达本机关。",
        "Where the seal is lifted, please serve the lifting paper on this office.",
    ),
    _S.ASK_SEALING_AUTHORITY: Text(
        "请就本次登记是否妨碍查封的执行书面答复本机关。",
        "Please say in writing whether this registration would impair the seal.",
    ),
}
"""What a step asks of an authority, where it is the authority's own."""

FOR_AUTHORITY: Final = Text(
    "特此书面告知，请依职权处理，并将结果告知本机关。",
    "You are informed in writing; please deal with this within your powers and let this office"
    " know the result.",
)
"""What an authority is asked where the step is for a party."""

ADVISED: Final = Text(
    "本事项不影响本次业务办理，可以另行完成：{action}",
    "This item does not stop the act; what follows can be done apart from it: {action}",
)
"""How a step is said that holds nothing."""

_VOUCHER: Final = Text(
    "完税、减免税凭证或者对应的电子信息；本机关能够联网查询到的，无需提交纸质凭证，"
    "未能查询到的，提交凭证由本机关核验。",
    "The proof of payment or exemption, or the electronic information on it: what this office can"
    " look up need not be handed in on paper; what it cannot is handed in and verified.",
)
_CLEARANCE: Final = Text(
    "清税文书或者对应的电子信息；本机关能够共享取得的，无需重复提交。",
    "The clearance document or the electronic information on it; what this office gets by sharing"
    " need not be handed in again.",
)
_REPLY: Final = Text(
    "税务机关更新后的电子信息或者书面答复。",
    "The tax authority's updated electronic information or written reply.",
)

EVIDENCE: Final[Mapping[Place, Text]] = {
    (_S.PAY_OR_FILE, None, None): _VOUCHER,
    (_S.PAY_OR_FILE, _C.VEHICLE, _M.VEHICLE_PURCHASE_TAX): Text(
        "车辆购置税完税、免税电子信息；由公安交管部门刷新后核对，无需提交纸质凭证。",
        "The electronic information on purchase tax of this vehicle, which the traffic police"
        " refresh and compare; no paper is needed.",
    ),
    (_S.PAY_OR_FILE, _C.VEHICLE, _M.VEHICLE_AND_VESSEL_TAX): Text(
        "载明车船税信息的交强险保单或者发票、税收完税证明、免税证明，或者对应的电子信息。",
        "The compulsory-insurance policy or invoice that notes the tax, a tax voucher or exemption"
        " proof, or the electronic information on it.",
    ),
    (_S.OBTAIN_EXEMPTION_RECORD, None, None): Text(
        "减免税凭证或者对应的电子信息；本机关能够联网查询到的，无需提交纸质凭证。",
        "The exemption proof or the electronic information on it; what this office can look up need"
        " not be handed in on paper.",
    ),
    (_S.OBTAIN_TAX_RECORD, None, None): Text(
        "税务机关就本次交易出具的凭证、记录或者对应的电子信息。",
        "The tax authority's voucher or record of this deal, or the electronic information on it.",
    ),
    (_S.OBTAIN_CLEARANCE, None, None): _CLEARANCE,
    (_S.OBTAIN_CLEARANCE_AT_ONCE, None, None): _CLEARANCE,
    (_S.CANCEL_TAX_REGISTRATION, None, None): Text(
        "注销税务登记资料，或者税务机关关于未办理税务登记的确认。",
        "Papers of the cancelled tax registration, or the tax authority's confirmation that there"
        " was none.",
    ),
    (_S.SETTLE_OBJECTION, None, None): _CLEARANCE,
    (_S.LIFT_OBJECTION, None, None): _REPLY,
    (_S.WAIT, None, None): Text(
        "税务机关在期间届满后答复无异议，或者清税文书。",
        "The tax authority's answer after the period that it does not object, or the clearance"
        " document.",
    ),
    (_S.CORRECT_DATA, None, None): _REPLY,
    (_S.ASK_TAX_AUTHORITY, None, None): _REPLY,
    (_S.REMIT_WITHHELD, None, None): _REPLY,
    (_S.SHOW_GROUND, None, None): Text(
        "证明亲属关系、婚姻、死亡、权利来源等事由的材料，或者税务机关的记录。",
        "Papers that prove relation, marriage, death or origin of the right, or the tax authority's"
        " record.",
    ),
    (_S.RETRY, None, None): Text(
        "电子查验恢复后的结果；或者自愿提交、经本机关通过其他渠道核验的凭证。",
        "The result once the check works again; or, if you wish, a voucher this office verifies by"
        " another channel.",
    ),
    (_S.RETRY, _C.DEREGISTRATION, None): Text(
        "查验恢复后的结果；或者自愿提交、经本机关通过其他渠道核验的文书。",
        "The result once the check works again; or, if you wish, papers this office verifies by"
        " another channel.",
    ),
    (_S.RETRY, None, _M.SEAL): Text(
        "查询恢复后的登记簿信息。", "What the register says once it can be read again."
    ),
    (_S.AUTHENTICATE_PAPERS, None, None): Text(
        "出具机关对文书真实性的确认。", "Confirmation by the issuing authority."
    ),
    (_S.COMPLETE_PAPERS, None, None): Text(
        "内容齐全、相互一致的协助执行通知书及相关法律文书。",
        "A notice of assistance in execution and instruments that are complete and agree.",
    ),
    (_S.LIFT_SEAL, None, None): Text("解除查封的法律文书。", "The paper that lifts the seal."),
    (_S.ASK_SEALING_AUTHORITY, None, None): Text(
        "查封机关的书面意见。", "The sealing authority's written reply."
    ),
    (_S.HAND_OVER_DISPOSAL, None, None): Text(
        "移送处置权的书面文件。", "The written hand-over of the disposal."
    ),
    (_S.EXPLAIN_SUSPICION, None, None): Text(
        "出具凭证的税务机关对真实性的确认。",
        "Confirmation of authenticity by the tax authority that issued the voucher.",
    ),
}
"""What cures a finding; a step that is not here needs no proof."""

NOT_COMPLETED_REASONS: Final[Mapping[Step, Text]] = {
    _S.EXPLAIN_SUSPICION: Text(
        "对{matter}的查验未能完成。该结果不说明当事人的任何情况。",
        "The check of {matter} could not be completed. This says nothing about the parties.",
    ),
    _S.AUTHENTICATE_PAPERS: Text(
        "所提交的文书尚未经出具机关核实，查验未能完成。该结果不说明当事人的任何情况。",
        "The papers are not yet confirmed by whoever issued them, so the check could not be"
        " completed. This says nothing about the parties.",
    ),
}
"""What a party is told where a check failed for a reason that only authorities are told."""

NOT_COMPLETED_STEPS: Final[Mapping[Step, Text]] = {
    _S.EXPLAIN_SUSPICION: Text(
        "由本机关继续核实，你（单位）无需为此办理手续。可以提交税务机关出具或者确认的凭证，"
        "由本机关通过其他渠道核验。",
        "This office goes on checking; you need not do anything. You may hand in a voucher the tax"
        " authority issued or confirmed, and this office will verify it by another channel.",
    ),
    _S.AUTHENTICATE_PAPERS: STEPS[_S.AUTHENTICATE_PAPERS, None, None],
}
NOT_COMPLETED_EVIDENCE: Final[Mapping[Step, Text]] = {
    _S.EXPLAIN_SUSPICION: Text(
        "税务机关出具或者确认的凭证、书面答复，或者对应的电子信息。",
        "A voucher or written reply that the tax authority issued or confirmed, or the electronic"
        " information on it.",
    ),
    _S.AUTHENTICATE_PAPERS: EVIDENCE[_S.AUTHENTICATE_PAPERS, None, None],
}
"""What proves it then; the same two steps."""
