"""Records, papers, answers and outages in both languages, and what appraisal says of any record.

The reasons here (`WHYS`) are those every checkpoint shares: a record's own status, and merging.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..evidence import Channel, OutageCause, OutageKind, Provenance, Reservation
from ..findings import Standing
from ..parties import IdType
from ..terms import RecordStatus
from . import Text

STATUSES: Final[Mapping[RecordStatus, Text]] = {
    RecordStatus.PAID: Text("已缴纳", "paid"),
    RecordStatus.REDUCED_PAID: Text("减征后已缴纳", "paid at a reduced amount"),
    RecordStatus.EXEMPT: Text("免税", "exempt"),
    RecordStatus.NOT_TAXABLE: Text("不征税", "not taxable"),
    RecordStatus.DECLARED_ZERO: Text("零申报", "filed with nothing payable"),
    RecordStatus.DEFERRED: Text("缓缴或者分期缴纳", "deferred or in instalments"),
    RecordStatus.UNPAID: Text("未缴纳", "unpaid"),
    RecordStatus.REFUNDED: Text("已退税", "refunded"),
    RecordStatus.VOIDED: Text("已作废", "voided"),
    RecordStatus.REVOKED: Text("已撤销", "revoked"),
    RecordStatus.NEVER_ISSUED: Text("税务机关从未开具", "never issued by the tax authority"),
    RecordStatus.ISSUED: Text("已出具清税文书", "clearance document issued"),
    RecordStatus.WAIVED: Text("无需清税文书", "no clearance document needed"),
    RecordStatus.NEVER_HAD_TAX_AFFAIRS: Text("未办理过涉税事宜", "never had tax affairs"),
    RecordStatus.HAD_TAX_AFFAIRS: Text("办理过涉税事宜", "had tax affairs"),
    RecordStatus.NO_OBJECTION: Text("无异议", "no objection"),
    RecordStatus.OBJECTED: Text("已提出异议", "objected"),
    RecordStatus.OBJECTION_WITHDRAWN: Text("已撤回异议", "objection withdrawn"),
    RecordStatus.REGISTERED_FOR_TAX: Text("已办理税务登记", "registered for tax"),
    RecordStatus.NOT_REGISTERED_FOR_TAX: Text("未办理税务登记", "not registered for tax"),
}

STANDINGS: Final[Mapping[Standing, Text]] = {
    Standing.GOOD: Text("予以采信", "counts as fulfilment"),
    Standing.DEFERRED: Text("缓缴，尚未完税", "deferred, not yet fulfilled"),
    Standing.OWED: Text("表明尚未缴纳", "says the tax is unpaid"),
    Standing.INVALID: Text("已失效", "no longer valid"),
    Standing.MISMATCH: Text("不对应本次业务", "belongs to something else"),
    Standing.CONFLICT: Text("信息不一致", "conflicts"),
    Standing.FORGED: Text("真伪存疑", "of doubtful authenticity"),
    Standing.UNRELATED: Text("与本事项无关", "says nothing on this"),
    Standing.CANCELLED: Text("已被其他记录撤销", "cancelled by another record"),
}

OUTAGE_KINDS: Final[Mapping[OutageKind, Text]] = {
    OutageKind.UNREACHABLE: Text("未能取得答复", "no answer could be had"),
    OutageKind.UNTRUSTED: Text("答复未通过核对", "the answer could not be relied on"),
}

OUTAGE_CAUSES: Final[Mapping[OutageCause, Text]] = {
    OutageCause.NOT_ASKED: Text("尚未查询", "not asked"),
    OutageCause.TIMEOUT: Text("查询超时", "timed out"),
    OutageCause.CONNECT_FAILED: Text("连接失败", "connection failed"),
    OutageCause.DNS_FAILED: Text("域名解析失败", "name could not be resolved"),
    OutageCause.RATE_LIMITED: Text("查询频率受限", "too many queries"),
    OutageCause.SERVER_FAULT: Text("对方系统故障", "fault of the other system"),
    OutageCause.NOT_OPENED: Text(
        "共享目录未向本机关开放该项", "catalogue item not open to this office"
    ),
    OutageCause.TLS_FAILED: Text("安全连接验证失败", "secure connection not established"),
    OutageCause.REDIRECT_REFUSED: Text("对方要求跳转，已拒绝", "redirect refused"),
    OutageCause.BAD_SIGNATURE: Text("签名验证失败", "signature rejected"),
    OutageCause.MALFORMED_RESPONSE: Text("答复格式错误", "malformed answer"),
    OutageCause.OVERSIZE_RESPONSE: Text("答复超出长度限制", "oversize answer"),
    OutageCause.UNKNOWN_CODE: Text("答复含有未知代码", "unknown code in the answer"),
    OutageCause.SUBJECT_MISMATCH: Text(
        "答复针对另一查验对象", "the answer is about another subject"
    ),
    OutageCause.STALE_ANSWER: Text("答复已过时", "the answer is out of date"),
    OutageCause.CLOCK_SKEW: Text("双方时钟不一致", "clocks disagree"),
    OutageCause.REPLAYED_ANSWER: Text("答复疑为重放", "the answer seems to be a replay"),
    OutageCause.NOT_LIVE: Text("答复并非即时取自税务机关", "the answer is not a live one"),
    OutageCause.SOURCES_DISAGREE: Text("两个数据来源的答复不一致", "two sources disagree"),
}

PROVENANCES: Final[Mapping[Provenance, Text]] = {
    Provenance.LIVE: Text("即时取自税务机关", "asked of the bureau for this case"),
    Provenance.CACHED: Text("短时缓存的即时答复", "a live answer kept for a short while"),
    Provenance.GIVEN: Text("由调用方提供", "handed in by whoever called"),
    Provenance.IN_MEMORY: Text("为测试或者试用而虚构", "made up for a test or a trial"),
    Provenance.REPLAYED: Text("由录制重放", "played back from a recording"),
}

RESERVATIONS: Final[Mapping[Reservation, Text]] = {
    Reservation.NO_ECHO: Text("对方不回显查验对象", "the source does not repeat the subject"),
    Reservation.PLAIN_HTTP: Text("未加密连接", "unencrypted connection"),
}

CHANNELS: Final[Mapping[Channel, Text]] = {
    Channel.VOUCHER_LOOKUP: Text("税务机关票证查验", "the tax bureau's voucher check"),
    Channel.TAX_OFFICE_REPLY: Text("税务机关书面答复", "a written reply of the tax authority"),
    Channel.TAX_COUNTER: Text("办税窗口核实", "the tax counter"),
    Channel.TAX_HOTLINE: Text("纳税服务热线核实", "the tax hotline"),
    Channel.OTHER_SYSTEM: Text("其他官方系统", "another official system"),
}

ID_TYPES: Final[Mapping[IdType, Text]] = {
    IdType.RESIDENT_NUMBER: Text("公民身份号码", "citizen number"),
    IdType.PASSPORT: Text("护照", "passport"),
    IdType.HK_MO_TW_PERMIT: Text("港澳台居民来往内地通行证", "Hong Kong, Macao or Taiwan permit"),
    IdType.TAX_ASSIGNED_NUMBER: Text("税务机关赋予的纳税人识别号", "tax-assigned number"),
    IdType.USCC: Text("统一社会信用代码", "unified social credit code"),
    IdType.OLD_REGISTRATION_NUMBER: Text("原注册号、组织机构代码", "old registration number"),
    IdType.OTHER: Text("其他证件", "other document"),
}

WHYS: Final[Mapping[str, Text]] = {
    **{
        f"status-{status}": Text(f"记录状态为：{text.zh}", f"the record says: {text.en}")
        for status, text in STATUSES.items()
    },
    "dated-after-check": Text("记录日期晚于查验日期", "the record is dated after the check"),
    "officer-suspects-forgery": Text(
        "经办人对其真伪提出有理由的怀疑", "an officer has reasons to doubt its authenticity"
    ),
    "cancelled-by-record": Text(
        "已被退税、作废或者撤销记录指明撤销", "a refund, void or revocation names it"
    ),
    "perhaps-cancelled": Text(
        "另有退税、作废或者撤销记录，未指明是否针对本凭证",
        "a refund, void or revocation may be about this voucher",
    ),
}
