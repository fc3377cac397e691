"""Words a scenario may use (用词), in both languages, and what they are on the wire.

Most come from `taxgate.wording`, so that a scenario speaks as a notice does; only words for what an
office hands in stand here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final

from attrs import frozen

from ..terms import Language, Matter
from ..wording import Text, acts, equity_transfer, evidence, facts, vehicle, vocabulary
from .errors import FaultyScenarioError

__all__ = ["NOTHING", "Said", "kind_of", "phrase", "read_value"]

NOTHING: Final = Text("无", "none")
"""Value that takes a fact away."""

YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")

Words = Mapping[str, Text]


@frozen
class Said:
    """A word of a scenario.

    Attributes:
        value: What it is on the wire.
        text: The word in both languages.
    """

    value: Any
    text: Text


def _texts(words: Mapping[Any, Text]) -> dict[str, Text]:
    return {str(value): text for value, text in words.items()}


PEOPLE: Final[Mapping[str, tuple[Text, dict[str, str]]]] = {
    name: (Text(zh, en), {"id_type": id_type, "number": number, "name": zh})
    for name, zh, en, id_type, number in (
        ("a", "甲某", "Person A", "resident-number", "149999198803072136"),
        ("b", "乙某", "Person B", "resident-number", "149999199109251868"),
        ("c", "丙某", "Person C", "resident-number", "149998196201180417"),
        ("d", "丁某", "Person D", "resident-number", "149998198506113273"),
        ("x", "甲公司", "Company A", "uscc", "91149999MA0EX0A01R"),
        ("y", "乙公司", "Company B", "uscc", "91149999MA0EX0C03B"),
    )
}
"""Parties scenarios speak of; no such number was ever issued."""

COVERED: Final = re.compile(r"(?P<who>.+?)(?:的|: )(?P<tax>.+)")

_OWN: Final[Mapping[str, Words]] = {
    "Acquisition": {
        "purchase": Text("购买", "purchase"),
        "import": Text("进口", "import"),
        "own-production": Text("自产自用", "own production"),
        "gift": Text("受赠", "gift"),
    },
    "Attaches": {
        "vehicle": Text("车辆本身", "vehicle"),
        "owner": Text("所有人", "owner"),
        "use": Text("用途", "use"),
    },
    "Authentication": {
        "done": Text("已核实", "authenticated"),
        "pending": Text("尚未核实", "not authenticated yet"),
    },
    "Authority": {
        "tax": Text("税务机关", "tax authority"),
        "court": Text("人民法院", "court"),
        "other": Text("其他机关", "other authority"),
    },
    "Bar": {
        "approval-needed": Text("须经批准", "approval needed"),
        "licence-revoked": Text("被吊销营业执照", "licence revoked"),
        "ordered-closed": Text("被责令关闭", "ordered closed"),
        "cancelled": Text("被撤销", "cancelled"),
        "abnormal-list": Text("列入经营异常名录", "on the abnormal list"),
        "serious-breach-list": Text("列入严重违法失信名单", "on the list of serious breaches"),
        "equity-frozen": Text("股权被冻结", "equity frozen"),
        "equity-pledged": Text("股权已出质", "equity pledged"),
        "chattel-mortgage": Text("存在动产抵押", "chattel mortgage"),
        "investment-in-others": Text("对外投资", "investment in others"),
        "pending-case": Text("案件未结", "pending case"),
        "unexecuted-penalty": Text("行政处罚未执行完毕", "penalty not executed"),
    },
    "Cause": {
        "dissolution": Text("解散", "dissolution"),
        "merger-or-division": Text("合并、分立", "merger or division"),
        "other": Text("其他", "other"),
    },
    "Company": {
        "91149999MA0EX0A01R": Text("甲公司", "Company A"),
        "91149999MA0EX0C03B": Text("乙公司", "Company B"),
        "11149999MB00000053": Text("某机关", "a state organ"),
        "12149999MB00000063": Text("某事业单位", "a public institution"),
    },
    "DeclaredAffairs": {
        "never-had": Text("从未办理", "never had any"),
        "had": Text("办理过", "had some"),
    },
    "DocumentKind": {
        "clearance-certificate": Text("清税证明", "clearance certificate"),
        "cancellation-notice": Text("注销税务登记资料", "papers on the cancelled registration"),
        "settlement-notice": Text("结清通知书", "notice of settlement"),
        "receipt": Text("受理回执", "receipt"),
        "other": Text("其他", "other"),
    },
    "Energy": {
        "petrol": Text("汽油", "petrol"),
        "diesel": Text("柴油", "diesel"),
        "gas": Text("燃气", "gas"),
        "hybrid": Text("混合动力", "hybrid"),
        "plug-in-hybrid": Text("插电式混合动力", "plug-in hybrid"),
        "range-extended": Text("增程式", "range-extended"),
        "battery-electric": Text("纯电动", "battery-electric"),
        "fuel-cell": Text("燃料电池", "fuel cell"),
    },
    "EntityKind": {
        "company": Text("公司", "company"),
        "other-enterprise": Text("其他企业", "other enterprise"),
        "partnership": Text("合伙企业", "partnership"),
        "cooperative": Text("农民专业合作社", "cooperative"),
        "individual-business": Text("个体工商户", "individual business"),
        "branch": Text("分支机构", "branch"),
        "public-institution": Text("机构编制部门登记的单位", "unit of the staffing office"),
        "other": Text("其他组织", "other organisation"),
    },
    "ExemptionBasis": {
        "new-energy": Text("新能源汽车", "new energy"),
        "other": Text("其他", "other"),
    },
    "ExemptionGround": {
        "spouse": Text("夫妻", "spouse"),
        "statutory-heir": Text("法定继承人", "statutory heir"),
        "other": Text("其他", "other"),
    },
    "Name": {
        "甲法院": Text("甲法院", "Court A"),
        "乙法院": Text("乙法院", "Court B"),
        "甲税务局": Text("甲税务局", "Tax bureau A"),
        "甲公安局": Text("甲公安局", "Police A"),
    },
    "Objector": {
        "department": Text("其他部门", "another department"),
        "creditor": Text("债权人", "a creditor"),
        "other-party": Text("其他人", "another party"),
    },
    "PaidBy": {
        "own-payment": Text("自行申报", "own payment"),
        "withholding": Text("扣缴", "withholding"),
    },
    "Place": {
        "140100": Text("太原市", "Taiyuan"),
        "140200": Text("大同市", "Datong"),
        "130100": Text("外省", "another province"),
    },
    "PushState": {
        "delivered": Text("已送达", "delivered"),
        "not-sent": Text("未推送", "not sent"),
        "failed": Text("推送失败", "failed"),
        "unknown": Text("不明", "not known"),
    },
    "RecordForm": {
        "voucher": Text("单项凭证", "voucher"),
        "completion": Text("涉税办结信息", "completion flag"),
    },
    "Registrar": {
        "market": Text("市场主体登记机关", "market registrar"),
        "staffing-office": Text("机构编制部门", "staffing office"),
        "other": Text("其他登记机关", "other registrar"),
    },
    "RulingKind": {
        "opens-procedure": Text("受理破产", "opens the procedure"),
        "declares-bankrupt": Text("宣告破产", "declares bankrupt"),
        "ends-bankruptcy": Text("终结破产程序", "ends the bankruptcy"),
        "ends-compulsory-liquidation": Text("终结强制清算程序", "ends the liquidation"),
    },
    "Unit": {
        "149999001001GB00001F00010001": Text("本单元", "the unit"),
        "149999001001GB00001F00010002": Text("另一单元", "another unit"),
    },
    "VehicleCategory": {
        "passenger-car": Text("小型客车", "passenger car"),
        "bus": Text("客车", "bus"),
        "truck": Text("货车", "truck"),
        "motorcycle": Text("摩托车", "motorcycle"),
        "special-vehicle": Text("专用作业车", "special vehicle"),
        "mobile-crane": Text("汽车起重机", "mobile crane"),
        "forklift": Text("叉车", "forklift"),
        "tractor": Text("拖拉机", "tractor"),
        "military": Text("军用车辆", "military vehicle"),
    },
    "Vin": {
        "LTX9E5A14TA000019": Text("本车", "the vehicle"),
        "LTX9E5A1XNA000027": Text("另一车辆", "another vehicle"),
    },
    "Years": {str(year): Text(f"{year}年度", f"{year}") for year in range(2023, 2029)},
    "Yes": {"true": YES, "false": NO},
    "Suspicion": {"the officer doubts its authenticity": YES},
    "Matter": _texts(vocabulary.MATTERS),
    "Status": {**_texts(evidence.STATUSES), "none": Text("未查到记录", "no record")},
    "Channel": {
        "": Text("未经核验", "not verified"),
        **{
            value: Text(f"已经{text.zh}核验", f"verified over: {text.en}")
            for value, text in _texts(evidence.CHANNELS).items()
        },
        "forged": Text("经办人怀疑系伪造", "suspected by the officer to be forged"),
    },
    "OutageCause": _texts(evidence.OUTAGE_CAUSES),
    "Reading": _texts(vocabulary.READINGS),
    "Verdict": _texts(vocabulary.VERDICTS),
    "Effect": _texts(vocabulary.EFFECTS),
    "State": _texts(vocabulary.STATES),
    "Flag": _texts(vocabulary.FLAGS),
    "Obstacle": _texts(vocabulary.OBSTACLES),
    "Person": {name: text for name, (text, _) in PEOPLE.items()},
    "Act vehicle": vehicle.ACTS,
    "Act property-title": acts.PROPERTY_TITLE,
    "Act equity-transfer": equity_transfer.ACTS,
    "Act deregistration": acts.DEREGISTRATION,
}

_PATTERNS: Final[Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]] = {
    "Day": (
        re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
        re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    ),
    "Moment": (
        re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(\d{1,2})时(\d{1,2})分"),
        re.compile(r"(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})"),
    ),
    "Stake": (re.compile(r"([\d.]+)(%|元)"), re.compile(r"([\d.]+)(%| yuan)")),
    "Share": (re.compile(r"(\d+)/(\d+)"), re.compile(r"(\d+)/(\d+)")),
    "Number": (re.compile(r"(\d+)"), re.compile(r"(\d+)")),
    "Amount": (re.compile(r"([\d.]+)元"), re.compile(r"([\d.]+) yuan")),
    "Code": (re.compile(r"([A-Z0-9-]+)"), re.compile(r"([A-Z0-9-]+)")),
}


class _Shape(StrEnum):
    DAY = "Day"
    MOMENT = "Moment"
    STAKE = "Stake"
    SHARE = "Share"
    NUMBER = "Number"
    AMOUNT = "Amount"
    CODE = "Code"


@cache
def kind_of(kind: str) -> Words | None:
    """Return the words of a kind, or None where it is no closed list."""
    return _OWN.get(kind) or facts.MEMBERS.get(kind)


def phrase(kind: str, word: str, language: Language) -> Said:
    """Return what a word of a closed list means.

    Raises:
        FaultyScenarioError: There is no such word.
    """
    words = kind_of(kind)
    assert words is not None  # noqa: S101 - a kind the step table or the field table names
    for value, text in words.items():
        if text.to(language) == word:
            return Said(value, text)
    listed = "、".join(text.to(language) for text in words.values())
    raise FaultyScenarioError(
        Text(f"没有“{word}”这个说法，可用：{listed}", f'no such word: "{word}"; known: {listed}')
    )


def read_value(kind: str, word: str, language: Language) -> Said:
    """Return what the value of a fact is on the wire; None takes the fact away.

    Raises:
        FaultyScenarioError: The value cannot be one of that kind.
    """
    if kind.startswith("List "):
        return _listed(kind.removeprefix("List "), word, language)
    if word == NOTHING.to(language) and not _names_nothing(kind):
        return Said(None, NOTHING)
    if kind == "Covered":
        return _covered(word, language)
    if kind in _PATTERNS:
        return _shaped(_Shape(kind), word, language)
    said = phrase(kind, word, language)
    if kind == "Person":
        return Said(dict(PEOPLE[said.value][1]), said.text)
    if kind == "Yes":
        return Said(said.value == "true", said.text)
    if kind == "Years":
        return Said(int(said.value), said.text)
    return said


def _names_nothing(kind: str) -> bool:
    return any(text == NOTHING for text in (kind_of(kind) or {}).values())


def _split(word: str, language: Language) -> list[str]:
    return re.split("、" if language is Language.ZH_CN else r",\s+", word)


def _joined(parts: list[Said]) -> Said:
    return Said(
        [part.value for part in parts],
        Text("、".join(p.text.zh for p in parts), ", ".join(p.text.en for p in parts)),
    )


def _listed(kind: str, word: str, language: Language) -> Said:
    if word == NOTHING.to(language):
        return Said([], NOTHING)
    return _joined([read_value(kind, part, language) for part in _split(word, language)])


def _covered(word: str, language: Language) -> Said:
    parts = []
    for part in _split(word, language):
        found = COVERED.fullmatch(part)
        if found is None:
            raise FaultyScenarioError(Text(f"看不懂“{part}”", f'cannot be read: "{part}"'))
        who = read_value("Person", found["who"], language)
        tax = phrase("Matter", found["tax"], language)
        text = Text(f"{who.text.zh}的{tax.text.zh}", f"{who.text.en}: {tax.text.en}")
        parts.append(Said({"matter": Matter(tax.value), "person": who.value}, text))
    return _joined(parts)


def _shaped(shape: _Shape, word: str, language: Language) -> Said:
    found = _PATTERNS[shape][language is Language.EN].fullmatch(word)
    if found is None:
        raise FaultyScenarioError(Text(f"看不懂“{word}”", f'cannot be read: "{word}"'))
    try:
        return _SHAPES[shape](*found.groups())
    except ValueError:
        raise FaultyScenarioError(Text(f"没有“{word}”", f'there is no "{word}"')) from None


def _day(*parts: str) -> Said:
    day = date(*map(int, parts))
    return Said(day.isoformat(), Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat()))


def _moment(*parts: str) -> Said:
    when = datetime(*map(int, parts))  # type: ignore[arg-type] # noqa: DTZ001 - five parts, in China
    zh = f"{when.year}年{when.month}月{when.day}日{when.hour}时{when.minute:02}分"
    return Said(f"{when.isoformat()}+08:00", Text(zh, f"{when:%Y-%m-%d %H:%M}"))


def _stake(value: str, unit: str) -> Said:
    if unit == "%":
        return Said({"value": value, "unit": "percent"}, Text(f"{value}%", f"{value}%"))
    return Said({"value": value, "unit": "amount"}, Text(f"{value}元", f"{value} yuan"))


def _share(part: str, of: str) -> Said:
    text = f"{part}/{of}"
    return Said({"part": int(part), "of": int(of)}, Text(text, text))


_SHAPES: Final[Mapping[_Shape, Callable[..., Said]]] = {
    _Shape.DAY: _day,
    _Shape.MOMENT: _moment,
    _Shape.STAKE: _stake,
    _Shape.SHARE: _share,
    _Shape.NUMBER: lambda digits: Said(int(digits), Text(digits, digits)),
    _Shape.AMOUNT: lambda number: Said(number, Text(f"{number}元", f"{number} yuan")),
    _Shape.CODE: lambda letters: Said(letters, Text(letters, letters)),
}
