"""Facts a scenario may change (可变事实), by the thing they belong to.

`APPLICATION` holds what is said of the application itself, `THINGS` what can be added to it or to
an answer, and how that looks before anything is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from ..terms import Checkpoint
from ..wording import Text
from .words import PEOPLE

__all__ = ["APPLICATION", "RECORDS", "THINGS", "Fact", "Thing"]

UNIT: Final = "149999001001GB00001F00010001"
OTHER_UNIT: Final = "149999001001GB00001F00010002"
VIN: Final = "LTX9E5A14TA000019"
OTHER_VIN: Final = "LTX9E5A1XNA000027"
COMPANY: Final = "91149999MA0EX0A01R"
ENTITY: Final = "91149999MA0EX0C03B"
TODAY: Final = "2026-11-23"


def person(name: str) -> dict[str, str]:
    """Return a party of scenarios as on the wire."""
    return dict(PEOPLE[name][1])


@frozen
class Fact:
    """One fact that can be stated.

    Attributes:
        text: Its name.
        path: Where it stands, in dotted form from its thing.
        kind: Kind of value, see `words`.
    """

    text: Text
    path: str
    kind: str


@frozen
class Thing:
    """Something an application has, or may have several of.

    Attributes:
        text: Its name.
        path: Where it stands, in dotted form from the application.
        start: What it is before anything is said of it.
        facts: What can be said of it.
        listed: Whether there can be several.
    """

    text: Text
    path: str
    start: Mapping[str, Any]
    facts: tuple[Fact, ...] = ()
    listed: bool = field(default=True)


def _facts(*rows: tuple[str, str, str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(Text(zh, en), path, kind) for zh, en, path, kind in rows)


# fmt: off
_COMMON: Final = _facts(
    ("办理机关所在地", "registrar's place", "division", "Place"),
    ("办理日期", "day of handling", "handled_on", "Day"),
    ("申请日期", "day of application", "application_date", "Day"),
    ("查验时间", "instant of the check", "@at", "Moment"),
)

APPLICATION: Final[Mapping[Checkpoint, tuple[Fact, ...]]] = {
    Checkpoint.VEHICLE: _COMMON + _facts(
        ("业务类型", "act", "act", "Act vehicle"),
        ("车辆识别代号", "VIN", "vehicle.frame", "Vin"),
        ("原车辆识别代号", "old VIN", "old_frame", "Vin"),
        ("车辆种类", "kind of vehicle", "vehicle.category", "VehicleCategory"),
        ("能源种类", "energy", "vehicle.energy", "Energy"),
        ("排量毫升数", "displacement in ml", "vehicle.displacement_ml", "Number"),
        ("设计时速公里数", "design speed in km/h", "vehicle.design_speed_kmh", "Number"),
        ("核定载人数", "seats", "vehicle.seats", "Number"),
        ("发动机号", "engine number", "vehicle.engine_no", "Code"),
        ("所有人", "owner", "owner", "Person"),
        ("新所有人", "new owner", "new_owner", "Person"),
        ("车辆被查封、扣押", "vehicle seized", "seized", "Yes"),
        ("购置日期", "day of purchase", "acquired_on", "Day"),
        ("取得方式", "acquisition", "acquisition", "Acquisition"),
        ("档案记载的减免税", "relief noted in the archive", "archive_exemption", "Archive"),
        ("档案记载的减免税日期", "day of the relief in the archive", "exempted_on", "Day"),
        ("新所有人主张同类减免税", "new owner claims the same relief", "same_class_claimed", "Yes"),
        ("主张减免的税种", "taxes claimed to be relieved", "exemption_claimed", "List Matter"),
    ),
    Checkpoint.PROPERTY_TITLE: _COMMON + _facts(
        ("业务类型", "act", "act", "Act property-title"),
        ("不动产单元", "real-estate unit", "units.0.code", "Unit"),
        ("权利类型", "right", "units.0.right", "RightKind"),
        ("成交价格", "price", "units.0.price", "Amount"),
        ("档案证明不征契税", "file proves it outside deed tax", "units.0.class_proven", "Yes"),
        ("登记的权利人", "registered owners", "units.0.owners", "List Person"),
        ("查封登记簿可以查阅", "seal register readable", "seal_register_readable", "Yes"),
        ("合同号", "contract number", "contract_no", "Code"),
        ("开发企业销售自建项目", "developer's sale", "developer_sale", "Yes"),
        ("列入历史遗留清单", "on the list of legacy problems", "listed_project", "Yes"),
        ("土地契税已结清", "deed tax of the land settled", "land_deed_tax_settled", "Yes"),
        ("转让人", "transferor", "transferors.0.person", "Person"),
        ("转让的份额", "share given up", "transferors.0.share", "Share"),
        ("受让人", "transferee", "transferees.0.person", "Person"),
        ("受让的份额", "share acquired", "transferees.0.share", "Share"),
        ("受让人的身份关系", "transferee's tie", "transferees.0.tie", "Tie"),
        ("身份关系已由档案证明", "tie proven from the file", "transferees.0.proven", "Yes"),
        ("主张的契税减免事由", "exemption claimed", "transferees.0.exemption", "ExemptionGround"),
    ),
    Checkpoint.EQUITY_TRANSFER: _COMMON + _facts(
        ("业务类型", "act", "act", "Act equity-transfer"),
        ("企业类型", "kind of company", "company_type", "CompanyType"),
        ("转让方式", "kind of deal", "deals.0.kind", "TransferKind"),
        ("转让人", "transferor", "deals.0.transferor", "Person"),
        ("转让人类别", "kind of transferor", "deals.0.transferor_class", "PartyClass"),
        ("受让人", "transferee", "deals.0.transferee", "Person"),
        ("受让人类别", "kind of transferee", "deals.0.transferee_class", "PartyClass"),
        ("转让份额", "stake", "deals.0.stake", "Stake"),
        ("转让价格", "price", "deals.0.price", "Amount"),
        ("协议日期", "day of the agreement", "deals.0.agreed_on", "Day"),
        ("股份类别", "kind of shares", "deals.0.shares", "ShareClass"),
        ("现有股东之间转让", "between shareholders", "deals.0.between_shareholders", "Yes"),
    ),
    Checkpoint.DEREGISTRATION: _COMMON + _facts(
        ("业务类型", "act", "act", "Act deregistration"),
        ("受理日期", "day of acceptance", "accepted_on", "Day"),
        ("登记机关类别", "kind of registrar", "registrar", "Registrar"),
        ("主体", "entity", "entity.uscc", "Company"),
        ("主体类型", "kind of entity", "entity.kind", "EntityKind"),
        ("注销程序", "route", "route", "Route"),
        ("注销原因", "cause", "cause", "Cause"),
        ("不适用简易程序的情形", "bars of the simplified route", "bars", "List Bar"),
        ("提出异议的其他人", "others who object", "other_objections", "List Objector"),
        ("申报的涉税事宜", "tax affairs as declared", "declared_affairs", "DeclaredAffairs"),
        ("申报已办理税务登记", "declared as registered for tax", "declared_registration", "Yes"),
        ("公示记录可以查阅", "publicity record readable", "publicity.readable", "Yes"),
        ("公示开始日期", "start of the publicity", "publicity.started_on", "Day"),
        ("公示届满日期", "end of the publicity", "publicity.published_until", "Day"),
        ("延期届满日期", "end of the extension", "publicity.extended_until", "Day"),
        ("推送情况", "push", "push.state", "PushState"),
        ("推送日期", "day of the push", "push.delivered_on", "Day"),
    ),
}
"""Facts of the application, by checkpoint."""

_RECORD: Final = _facts(
    ("纳税人", "taxpayer", "taxpayer", "Person"),
    ("凭证号", "voucher number", "voucher_no", "Code"),
    ("所指凭证号", "number it cancels", "cancels", "Code"),
    ("开具日期", "day of issue", "issued_on", "Day"),
    ("开具机关所在地", "place of the tax authority", "authority", "Place"),
    ("答复时间", "time of the answer", "@as_of", "Moment"),
)

RECORDS: Final[Mapping[Checkpoint, tuple[Fact, ...]]] = {
    Checkpoint.VEHICLE: _RECORD + _facts(
        ("车辆识别代号", "VIN", "vin", "Vin"),
        ("发动机号", "engine number", "engine_no", "Code"),
        ("所属年度", "tax year", "tax_year", "Years"),
        ("减免税依据", "basis of the relief", "basis", "ExemptionBasis"),
        ("减免税附着于", "relief attaches to", "attaches_to", "Attaches"),
        ("有以前年度欠税", "arrears of earlier years", "arrears", "Yes"),
    ),
    Checkpoint.PROPERTY_TITLE: _RECORD + _facts(
        ("不动产单元", "real-estate unit", "unit", "Unit"),
        ("合同号", "contract number", "contract_no", "Code"),
        ("份额", "share", "share", "Share"),
        ("成交价格", "price", "price", "Amount"),
        ("已备案分期缴纳", "instalment plan filed", "instalment_plan", "Yes"),
        ("记录形式", "form of the record", "form", "RecordForm"),
        ("涵盖", "covers", "covers", "Covered"),
    ),
    Checkpoint.EQUITY_TRANSFER: _RECORD + _facts(
        ("企业", "company", "company", "Company"),
        ("受让人", "transferee", "transferee", "Person"),
        ("份额", "stake", "stake", "Stake"),
        ("协议日期", "day of the agreement", "agreed_on", "Day"),
        ("价格", "price", "price", "Amount"),
        ("缴纳方式", "paid by", "paid_by", "PaidBy"),
        ("已解缴", "remitted", "remitted", "Yes"),
    ),
    Checkpoint.DEREGISTRATION: _RECORD + _facts(
        ("主体", "entity", "uscc", "Company"),
        ("文书类型", "kind of document", "document", "DocumentKind"),
        ("提出日期", "day of the objection", "raised_on", "Day"),
    ),
}
"""Facts of a record or of a paper handed in, by checkpoint."""

_COURT: Final = _facts(
    ("法院", "court", "court", "Name"),
    ("已经法院核实", "confirmed by the court", "authenticated", "Yes"),
    ("怀疑系伪造", "suspected forged", "forgery", "Suspicion"),
    ("所载企业", "company it names", "company", "Company"),
    ("所载持有人", "holder it names", "person", "Person"),
    ("所载份额", "stake it names", "stake", "Stake"),
)
_COURT_START: Final = {
    "court": "甲法院", "authenticated": True, "company": COMPANY, "person": person("a"),
    "stake": {"value": "30", "unit": "percent"},
}

THINGS: Final[Mapping[Checkpoint, tuple[Thing, ...]]] = {
    Checkpoint.VEHICLE: (
        Thing(Text("交强险保单", "compulsory insurance policy"), "insurance",
            {"since": "2026-03-02", "until": "2027-03-01"},
            _facts(
                ("起保日期", "first day of cover", "since", "Day"),
                ("终保日期", "last day of cover", "until", "Day"),
            ), listed=False),
    ),
    Checkpoint.PROPERTY_TITLE: (
        Thing(Text("查封登记", "seal"), "seals",
            {"unit": UNIT, "authority": "court", "name": "甲法院", "rank": 1,
             "until": "2027-12-31"},
            _facts(
                ("查封机关类别", "kind of sealing authority", "authority", "Authority"),
                ("查封机关", "sealing authority", "name", "Name"),
                ("顺位", "rank", "rank", "Number"),
                ("所涉不动产单元", "unit sealed", "unit", "Unit"),
                ("所涉权利人", "owner whose share is sealed", "owner", "Person"),
                ("期限届满日", "last day of the seal", "until", "Day"),
                ("已解除", "lifted", "lifted", "Yes"),
                ("所担保的税款已缴", "tax behind it paid", "debt_settled", "Yes"),
                ("已书面移送处置权", "disposal handed over in writing", "handed_over", "Yes"),
            )),
        Thing(Text("协助执行请求", "request for assistance"), "requests",
            {"authority": "tax", "name": "甲税务局", "measure": "seal", "unit": UNIT,
             "owner": person("a"), "notice_present": True, "instrument_present": True,
             "consistent": True, "authentication": "done", "received_on": TODAY},
            _facts(
                ("请求机关类别", "kind of requesting authority", "authority", "Authority"),
                ("请求机关", "requesting authority", "name", "Name"),
                ("协助事项", "measure asked for", "measure", "Measure"),
                ("所载权利人", "owner it names", "owner", "Person"),
                ("附协助执行通知书", "notice of assistance present", "notice_present", "Yes"),
                ("附相关法律文书", "instrument present", "instrument_present", "Yes"),
                ("文书相互一致", "papers consistent", "consistent", "Yes"),
                ("文书核实情况", "authentication", "authentication", "Authentication"),
                ("送达日期", "day of service", "received_on", "Day"),
                ("怀疑系伪造", "suspected forged", "forgery", "Suspicion"),
            )),
        Thing(Text("受让人", "transferee"), "transferees",
            {"person": person("c"), "tie": "none", "proven": False},
            _facts(
                ("身份", "identity", "person", "Person"),
                ("份额", "share", "share", "Share"),
            )),
        Thing(Text("转让人", "transferor"), "transferors", {"person": person("c")},
            _facts(
                ("身份", "identity", "person", "Person"),
                ("份额", "share", "share", "Share"),
            )),
        Thing(Text("不动产单元", "real-estate unit"), "units",
            {"code": OTHER_UNIT, "right": "housing"},
            _facts(("权利类型", "right", "right", "RightKind"))),
    ),
    Checkpoint.EQUITY_TRANSFER: (
        Thing(Text("股权交易", "deal"), "deals",
            {"transferor": person("c"), "transferor_class": "individual",
             "transferee": person("b"), "transferee_class": "individual",
             "stake": {"value": "10", "unit": "percent"}, "kind": "sale",
             "agreed_on": "2026-11-02", "price": "100000", "shares": "none",
             "between_shareholders": False},
            _facts(
                ("转让人", "transferor", "transferor", "Person"),
                ("受让人", "transferee", "transferee", "Person"),
                ("份额", "stake", "stake", "Stake"),
            )),
        Thing(Text("股权冻结", "freeze"), "freezes",
            {"authority": "甲法院", "person": person("a"), "lifted": False},
            _facts(
                ("冻结机关", "freezing authority", "authority", "Name"),
                ("持有人", "holder", "person", "Person"),
                ("已解除", "lifted", "lifted", "Yes"),
            )),
        Thing(Text("法院裁判文书", "court instrument"), "deals.0.court_documents",
            {"kind": "instrument", "in_force": True, **_COURT_START},
            _COURT + _facts(("已生效", "in force", "in_force", "Yes"))),
        Thing(Text("协助执行通知书", "notice of assistance"), "deals.0.court_documents",
            {"kind": "assistance-notice", **_COURT_START}, _COURT),
        Thing(Text("凭证使用记录", "earlier use of a voucher"), "vouchers_used",
            {"voucher_no": "V-1", "stake": {"value": "20", "unit": "percent"}},
            _facts(
                ("凭证号", "voucher number", "voucher_no", "Code"),
                ("份额", "stake", "stake", "Stake"),
            )),
    ),
    Checkpoint.DEREGISTRATION: (
        Thing(Text("法院裁定书", "court ruling"), "ruling",
            {"kind": "ends-bankruptcy", "in_force": True, "authenticated": True, "uscc": ENTITY},
            _facts(
                ("裁定事项", "what it rules", "kind", "RulingKind"),
                ("已生效", "in force", "in_force", "Yes"),
                ("已经法院核实", "confirmed by the court", "authenticated", "Yes"),
                ("所载主体", "entity it names", "uscc", "Company"),
                ("怀疑系伪造", "suspected forged", "forgery", "Suspicion"),
            ), listed=False),
        Thing(Text("公示", "publicity"), "publicity",
            {"readable": True, "started_on": "2026-11-01"}, listed=False),
        Thing(Text("推送", "push"), "push",
            {"state": "delivered", "delivered_on": "2026-11-01"}, listed=False),
    ),
}
"""What can be added to an application, by checkpoint."""
# fmt: on
