"""What frames all checkpoints (各环节共同适用的国家条文): rank, periods, notices."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import Instrument, property_title, vehicle
from .confidence import Phrase
from .ledger import Clause, doubt, officer, outside, rows, uncited_clause

__all__ = ["FRAME_CLAUSES"]

_TOLD_ONCE: Final = outside(
    "规定告知的方式和期限，由告知书落实，不改变结论。",
    "It lays down how and when to tell; the notices carry it out, no verdict turns on it.",
)
_HANDLING_TIME: Final = officer(
    "办理期限届满前由经办人决定不予登记、退办或者办结，系统不自动处理。",
    "Before the handling time runs out a person refuses, lets withdraw or completes; nothing"
    " happens by itself.",
)
_REMEDIES: Final = outside(
    "不予办理后的救济途径，载入告知书。", "A way to contest a refusal; the notice names it."
)
_LEGISLATION: Final = Instrument("legislation-law", "中华人民共和国立法法", "Legislation Law")
_BUSINESS_CLIMATE: Final = Instrument(
    "business-environment-regulations",
    "优化营商环境条例",
    "Regulations on Improving the Business Environment",
)
_LICENSING: Final = Instrument(
    "administrative-licensing-law", "中华人民共和国行政许可法", "Administrative Licensing Law"
)
_REVIEW: Final = Instrument(
    "administrative-reconsideration-law",
    "中华人民共和国行政复议法",
    "Administrative Reconsideration Law",
)
_LITIGATION: Final = Instrument(
    "administrative-litigation-law", "中华人民共和国行政诉讼法", "Administrative Litigation Law"
)
_PERSONAL_DATA: Final = Instrument(
    "personal-information-law",
    "中华人民共和国个人信息保护法",
    "Personal Information Protection Law",
)
_VEHICLES: Final = vehicle.FIRST_REGISTRATION_PROOFS.instrument
_TITLES: Final = property_title.REGISTRATION_DUTIES.instrument
_COLLECTION: Final = property_title.TAX_ENFORCEMENT.instrument
_COLLECTION_RULES: Final = property_title.SEAL_DURATION.instrument
_CIVIL_CODE: Final = property_title.SEALED_NOT_MORTGAGED.instrument
_VEHICLES_SINCE: Final = vehicle.FIRST_REGISTRATION_PROOFS.since
_COLLECTION_SINCE: Final = property_title.TAX_ENFORCEMENT.since
_COLLECTION_RULES_SINCE: Final = property_title.SEAL_DURATION.since
_CODE_SINCE: Final = property_title.SEALED_NOT_MORTGAGED.since
_LEGISLATION_SINCE: Final = date(2023, 3, 15)
_CLIMATE_SINCE: Final = date(2020, 1, 1)

FRAME_CLAUSES: Final[tuple[Clause, ...]] = (
    uncited_clause(
        _LEGISLATION,
        "93,99,100,102,106(3)",
        "1.1",
        _LEGISLATION_SINCE,
        Phrase(
            "地方政府规章无上位法依据不得减损权利、增加义务；法律高于行政法规，行政法规高于规章。",
            "Without higher law a local rule may cut no right and add no duty; law ranks above"
            " regulation, regulation above rule.",
        ),
        doubt(1, 2),
    ),
    uncited_clause(
        _LEGISLATION,
        "104",
        "1.1",
        _LEGISLATION_SINCE,
        Phrase(
            "规范不溯及既往，更有利的除外。", "Nothing is retroactive unless it is more favourable."
        ),
        doubt(17),
    ),
    uncited_clause(
        _BUSINESS_CLIMATE,
        "35",
        "1.1",
        _CLIMATE_SINCE,
        Phrase(
            "没有依据不得增设办理条件和环节。", "No condition or step is added without a basis."
        ),
        rows("V-33"),
    ),
    uncited_clause(
        _BUSINESS_CLIMATE,
        "36",
        "1.1",
        _CLIMATE_SINCE,
        Phrase("需补正的一次讲清。", "What is to be corrected is told once."),
        _TOLD_ONCE,
    ),
    uncited_clause(
        _BUSINESS_CLIMATE,
        "47",
        "1.1",
        _CLIMATE_SINCE,
        Phrase(
            "不动产的登记、交易、缴税在一个窗口办理。",
            "Registration, trade and tax of real estate are handled at one window.",
        ),
        outside("属窗口设置，不改变查验内容。", "It arranges counters, not what is checked."),
    ),
    uncited_clause(
        _LICENSING,
        "32(4)",
        "1.1",
        None,
        Phrase(
            "材料不全的当场或者五日内一次告知，逾期视为受理。",
            "Missing material is told at once or within five days, or it counts as accepted.",
        ),
        _TOLD_ONCE,
    ),
    uncited_clause(
        _COLLECTION,
        "31(2)",
        "1.3",
        _COLLECTION_SINCE,
        Phrase(
            "经批准可以延期缴纳，最长三个月。",
            "With approval payment may wait three months at most.",
        ),
        rows("V-34 R-29"),
    ),
    uncited_clause(
        _CIVIL_CODE,
        "200,201,203",
        "5.2",
        _CODE_SINCE,
        Phrase(
            "期间的起算和末日：开始当日不计，末日为休假日的顺延。",
            "How periods run: the first day is not counted, a last day at rest moves on.",
        ),
        rows("D-04 D-06 D-07 D-12 D-13", 20),
    ),
    uncited_clause(
        _COLLECTION_RULES,
        "109",
        "5.2",
        _COLLECTION_RULES_SINCE,
        Phrase(
            "税收期限的末日遇休假日顺延。", "The last day of a tax period moves on from a rest day."
        ),
        doubt(20),
    ),
    uncited_clause(
        _VEHICLES,
        "3",
        "6",
        _VEHICLES_SINCE,
        Phrase(
            "车辆登记需补正的，书面或者电子方式一次告知。",
            "In vehicle registration corrections are told once, on paper or electronically.",
        ),
        _TOLD_ONCE,
    ),
    uncited_clause(
        _VEHICLES,
        "12,16,25,31,37",
        "6",
        _VEHICLES_SINCE,
        Phrase(
            "各类车辆登记须在一日或者两日内办理。",
            "Vehicle registrations are handled within one or two days.",
        ),
        _HANDLING_TIME,
    ),
    uncited_clause(
        _TITLES,
        "20",
        "6",
        property_title.REGISTRATION_DUTIES.since,
        Phrase(
            "不动产登记须在三十个工作日内办结。",
            "Real-estate registration is finished within thirty working days.",
        ),
        _HANDLING_TIME,
    ),
    uncited_clause(
        _REVIEW,
        "20",
        "6",
        None,
        Phrase(
            "对不予登记可以在六十日内申请复议。",
            "A refusal may be taken to reconsideration within 60 days.",
        ),
        _REMEDIES,
    ),
    uncited_clause(
        _LITIGATION,
        "46",
        "6",
        None,
        Phrase(
            "对不予登记可以在六个月内起诉。", "A refusal may be taken to court within six months."
        ),
        _REMEDIES,
    ),
    uncited_clause(
        _COLLECTION,
        "88",
        "6",
        _COLLECTION_SINCE,
        Phrase(
            "纳税上的争议向税务机关提出。", "Whoever contests the tax turns to the tax authority."
        ),
        _REMEDIES,
    ),
    uncited_clause(
        _PERSONAL_DATA,
        "6,28,34,35",
        "7",
        date(2021, 11, 1),
        Phrase(
            "处理个人信息限于职权和最小范围，敏感信息从严，并履行告知。",
            "Personal data is handled within powers, as little as needed, the sensitive with more"
            " care, and people are informed.",
        ),
        rows("S-02 R-20"),
    ),
)
