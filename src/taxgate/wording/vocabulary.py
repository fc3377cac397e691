"""The closed vocabularies (术语) in both languages: taxes, states, outcomes, flags and the rest.

One mapping per enum of `terms`, `findings` and `proceedings`; a test walks the enums and misses
none. Words for records and answers are in `evidence`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..findings import Outcome
from ..proceedings import SuspicionKind
from ..terms import (
    Addressee,
    Basis,
    Checkpoint,
    Effect,
    Flag,
    Language,
    Matter,
    ObstacleKind,
    Reach,
    Reading,
    State,
    Verdict,
)
from . import Text

CHECKPOINTS: Final[Mapping[Checkpoint, Text]] = {
    Checkpoint.VEHICLE: Text("车辆登记、检验", "Vehicle registration and inspection"),
    Checkpoint.PROPERTY_TITLE: Text("不动产权属登记", "Registration of real-estate title"),
    Checkpoint.EQUITY_TRANSFER: Text(
        "个人转让股权变更登记", "Change registration of an individual's equity transfer"
    ),
    Checkpoint.DEREGISTRATION: Text("注销登记", "Deregistration"),
}

VERDICTS: Final[Mapping[Verdict, Text]] = {
    Verdict.PASS: Text("通过", "pass"),
    Verdict.NOTIFY_TAXPAYER: Text("告知纳税人", "notify the taxpayer"),
    Verdict.BLOCK: Text("阻断", "block"),
}

EFFECTS: Final[Mapping[Effect, Text]] = {
    Effect.PROCEED: Text("可以继续办理", "may proceed"),
    Effect.HOLD: Text("暂缓办理", "on hold"),
    Effect.REFUSE: Text("不予办理", "refused"),
}

OUTCOMES: Final[Mapping[Outcome, Text]] = {
    Outcome.NOT_APPLICABLE: Text("不适用本查验环节", "not governed by this checkpoint"),
    Outcome.SATISFIED: Text("税务查验已满足", "tax check met"),
    Outcome.ADVISE: Text("告知，税务查验不阻止办理", "inform; tax is no ground to stop"),
    Outcome.NOTIFY: Text("告知，暂缓办理", "inform; on hold"),
    Outcome.CANNOT_VERIFY: Text("查验未能完成，暂缓办理", "check not completed; on hold"),
    Outcome.NOTIFY_AND_REFUSE: Text("告知，不予办理", "inform; refused"),
    Outcome.REFUSE: Text("不予办理", "refused"),
}

MATTERS: Final[Mapping[Matter, Text]] = {
    Matter.VEHICLE_PURCHASE_TAX: Text("车辆购置税", "vehicle purchase tax"),
    Matter.VEHICLE_AND_VESSEL_TAX: Text("车船税", "vehicle and vessel tax"),
    Matter.DEED_TAX: Text("契税", "deed tax"),
    Matter.INDIVIDUAL_INCOME_TAX: Text("个人所得税", "individual income tax"),
    Matter.LAND_APPRECIATION_TAX: Text("土地增值税", "land appreciation tax"),
    Matter.OTHER_TAX: Text("增值税及其他税费", "VAT and other taxes"),
    Matter.CLEARANCE: Text("清税文书", "clearance document"),
    Matter.TAX_OBJECTION: Text("简易注销税务异议", "tax objection to the deregistration"),
    Matter.TAX_REGISTRATION: Text("税务登记", "tax registration"),
    Matter.SEAL: Text("不动产查封", "seizure of real estate"),
    Matter.COURT_EXECUTION: Text("人民法院执行文书", "court papers"),
    Matter.APPLICATION: Text("本次申请", "this application"),
}

STATES: Final[Mapping[State, Text]] = {
    State.PAID: Text("已完税", "paid"),
    State.REDUCED_PAID: Text("已按减征后的税额完税", "paid at a reduced amount"),
    State.EXEMPT: Text("免税", "exempt"),
    State.NOT_TAXABLE: Text("不征税", "not taxable"),
    State.DECLARED_ZERO: Text("已申报，应纳税额为零", "filed with nothing payable"),
    State.DEFERRED: Text("已办理缓缴或者分期缴纳", "deferred or in instalments"),
    State.UNPAID: Text("税务机关记录为未缴纳", "recorded as unpaid by the tax authority"),
    State.NONE_FOUND: Text("未查到记录", "no record found"),
    State.KEY_MISMATCH: Text("记录与本次业务不对应", "the record belongs to something else"),
    State.CONFLICT: Text("信息不一致", "information conflicts"),
    State.OWNER_MISMATCH: Text("记录的纳税人不一致", "the record names another taxpayer"),
    State.INVALID: Text("记录已失效", "the record is no longer valid"),
    State.FORGED_SUSPECT: Text("凭证真伪存疑", "voucher of doubtful authenticity"),
    State.SOURCE_UNREACHABLE: Text("查验未能完成：未取得答复", "check not completed: no answer"),
    State.SOURCE_UNTRUSTED: Text(
        "查验未能完成：答复未通过核对", "check not completed: the answer could not be relied on"
    ),
}

REACHES: Final[Mapping[Reach, Text]] = {
    Reach.IN: Text("在适用范围内", "within reach"),
    Reach.BEFORE_EFFECTIVE_DATE: Text("早于施行日期", "before the Order took effect"),
    Reach.OUTSIDE_SHANXI: Text("办理机关不在山西省", "registrar outside Shanxi"),
}

BASES: Final[Mapping[Basis, Text]] = {
    Basis.ANSWER: Text("税务数据来源的答复", "the tax source's answer"),
    Basis.VERIFIED_PAPER: Text("经核验的凭证", "a paper an officer verified"),
    Basis.CLASS_IN_LAW: Text("法律规定的类别", "a class named in law"),
    Basis.REGISTER: Text("本机关登记簿或者档案", "the office's own register or file"),
    Basis.OFFICER: Text("经办人认定", "an officer's finding"),
    Basis.OUTAGE: Text("查验未完成", "no completed check"),
}

READINGS: Final[Mapping[Reading, Text]] = {
    Reading.VVT_ALL_REGISTRATIONS_STRICT: Text(
        "转让等登记缺少车船税信息的不予办理",
        "refuse transfers and similar registrations without vehicle and vessel tax",
    ),
    Reading.EXEMPT_LOSS_STRICT: Text(
        "丧失车辆购置税减免而未补办的不予办理",
        "refuse where lost relief from vehicle purchase tax was not made up",
    ),
    Reading.VPT_OWNER_MISMATCH_STRICT: Text(
        "车辆购置税纳税人与所有人不一致的不予办理",
        "refuse where purchase-tax payer and owner differ",
    ),
    Reading.IIT_STRICT: Text(
        "不动产转让缺少个人所得税信息的不予登记",
        "refuse real-estate transfers without individual income tax",
    ),
    Reading.DEED_STATUTORY_EXEMPTION_HOLD: Text(
        "配偶、法定继承人缺少契税免税记录的暂缓而非不予登记",
        "hold instead of refuse where a spouse's or heir's deed-tax exemption is not on record",
    ),
    Reading.EQUITY_STRICT: Text(
        "股权转让未缴或者凭证失效的不予登记",
        "refuse equity transfers whose tax is unpaid or whose voucher is void",
    ),
    Reading.BANKRUPTCY_DIRECT: Text(
        "凭终结破产、强制清算程序的裁定直接注销",
        "deregister directly on a ruling that ends bankruptcy or compulsory liquidation",
    ),
}

FLAGS: Final[Mapping[Flag, Text]] = {
    Flag.NATIONAL_LAW_STILL_BINDS: Text(
        "《办法》不适用，但国家法律规定的查验义务仍然存在",
        "the Order does not apply, but duties under national law exist all the same",
    ),
    Flag.TAX_PLACE_DIFFERS: Text(
        "记录由其他地方的税务机关出具", "the record comes from a tax authority elsewhere"
    ),
    Flag.STAKE_LARGER_THAN_APPLIED: Text(
        "记录涵盖的份额大于申请登记的份额", "the records cover more than the stake applied for"
    ),
    Flag.DOCUMENT_NOT_USED: Text(
        "所提交的文书与本主体不符，未予采用", "the document handed in does not fit and was not used"
    ),
    Flag.LAND_DEED_TAX_UNKNOWN: Text(
        "土地取得环节的契税情况不明", "deed tax on acquiring the land is not known"
    ),
    Flag.CLEARANCE_WAIVED_BY_TAX: Text(
        "税务机关确认无需清税文书", "the tax authority states that no clearance document is needed"
    ),
    Flag.TAX_NEVER_REGISTERED: Text(
        "税务机关确认未办理过税务登记", "never registered for tax, as the tax authority states"
    ),
    Flag.EXECUTE_REQUEST: Text("依协助执行通知书办理", "carry out the request for assistance"),
    Flag.WAITING_SEAL: Text("登记为轮候查封", "record as a waiting seal"),
    Flag.RECORD_SEAL_FIRST: Text("先登记查封", "record the seal first"),
    Flag.RECORD_TRANSFER_FIRST: Text(
        "先办理在先送达的法院过户", "record the transfer a court ordered earlier first"
    ),
    Flag.INFORM_TAX_AUTHORITY: Text(
        "通过信息共享告知税务机关（非移送）",
        "tell the tax authority by information sharing; no referral",
    ),
    Flag.INFORM_COURT: Text("立即书面告知执行法院", "tell the executing court in writing at once"),
    Flag.COORDINATE_WITH_COURT: Text(
        "与法院、税务机关协作办理", "coordinate with the court and the tax authority"
    ),
    Flag.ESCALATE: Text("报请上级或者联席机制研究", "escalate within the office"),
    Flag.CHECK_AGAIN_LATER: Text("事后再次查验", "check again later"),
    Flag.DECIDE_ON_REPUBLICITY: Text(
        "由登记机关决定是否重新公示", "the registrar decides whether to publish again"
    ),
    Flag.ADVISORY_OPERATOR_TAX: Text(
        "不属本环节，但应当依法结清税款",
        "outside this checkpoint, but taxes are to be settled all the same",
    ),
}

OBSTACLES: Final[Mapping[ObstacleKind, Text]] = {
    ObstacleKind.VEHICLE_SEIZED: Text("车辆被查封、扣押", "vehicle under seizure"),
    ObstacleKind.SEAL_IN_FORCE: Text("不动产处于查封期间", "seal on the real estate in force"),
    ObstacleKind.EQUITY_FROZEN: Text("股权被冻结", "equity frozen"),
    ObstacleKind.PUBLICITY_RUNNING: Text("公示期未满", "publicity period still running"),
    ObstacleKind.PUBLICITY_MISSING: Text("尚未公示", "not yet published"),
    ObstacleKind.OBJECTION_PERIOD_RUNNING: Text("异议期未满", "objection period still running"),
    ObstacleKind.APPLIED_LATE: Text("逾期提出申请", "applied for after the window closed"),
    ObstacleKind.ROUTE_NOT_OPEN: Text("不适用简易程序", "simplified route not open"),
    ObstacleKind.OTHER_OBJECTION: Text("存在其他异议", "another objection stands"),
}

ADDRESSEES: Final[Mapping[Addressee, Text]] = {
    Addressee.TAXPAYER: Text("纳税人", "taxpayer"),
    Addressee.WITHHOLDING_AGENT: Text("扣缴义务人", "withholding agent"),
    Addressee.TRANSFEREE: Text("受让方", "transferee"),
    Addressee.APPLICANT: Text("申请人", "applicant"),
    Addressee.TAX_AUTHORITY: Text("税务机关", "tax authority"),
    Addressee.SEALING_AUTHORITY: Text("查封机关", "sealing authority"),
    Addressee.COURT: Text("执行法院", "executing court"),
}

LANGUAGES: Final[Mapping[Language, Text]] = {
    Language.ZH_CN: Text("中文（简体）", "Chinese (simplified)"),
    Language.EN: Text("英文", "English"),
}

SUSPICIONS: Final[Mapping[SuspicionKind, Text]] = {
    SuspicionKind.FORGED_VOUCHER: Text("涉嫌伪造、变造凭证", "suspected forged voucher"),
    SuspicionKind.SHAM_PRICE: Text("涉嫌虚假申报价格", "suspected sham price"),
    SuspicionKind.DUAL_CONTRACT: Text("涉嫌签订“阴阳合同”", "suspected dual contracts"),
    SuspicionKind.OTHER: Text("其他涉嫌税费违法行为", "other suspected tax violation"),
}
