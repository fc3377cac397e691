"""National clauses on equity and deregistration no table cites (股权、注销环节的国家条文)."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import Instrument, deregistration, equity_transfer
from .confidence import Phrase
from .ledger import Clause, doubt, officer, outside, rows, uncited_clause

__all__ = ["MARKET_CLAUSES"]

_GUIDE: Final = Instrument(
    "enterprise-deregistration-guide", "企业注销指引", "Guide on Deregistering an Enterprise"
)
_INSTITUTIONS: Final = Instrument(
    "public-institution-regulations",
    "事业单位登记管理暂行条例",
    "Provisional Regulations on Registering Public Institutions",
)
_INSTITUTION_RULES: Final = Instrument(
    "public-institution-rules",
    "事业单位登记管理暂行条例实施细则",
    "Implementing Rules and practice lists on Registering Public Institutions",
)
_MARKET: Final = equity_transfer.FORMAL_REVIEW.instrument
_MARKET_RULES: Final = deregistration.GENERAL_MATERIAL.instrument
_COMPANY: Final = deregistration.COMPANY_SIMPLIFIED.instrument
_MARKET_SINCE: Final = equity_transfer.FORMAL_REVIEW.since

MARKET_CLAUSES: Final[tuple[Clause, ...]] = (
    uncited_clause(
        _MARKET,
        "24",
        "E-k",
        _MARKET_SINCE,
        Phrase(
            "变更事项发生后三十日内申请变更登记。", "A change is applied for within thirty days."
        ),
        officer(
            "逾期与税务查验无关，由登记机关自行处理。",
            "Lateness has nothing to do with tax; the registrar deals with it.",
        ),
    ),
    uncited_clause(
        _MARKET_RULES,
        "32",
        "E-l",
        _MARKET_SINCE,
        Phrase(
            "变更登记的材料清单没有列税收凭证。",
            "The list of documents for a change names no tax proof.",
        ),
        doubt(1),
    ),
    uncited_clause(
        _MARKET,
        "31,32",
        "D-c",
        _MARKET_SINCE,
        Phrase(
            "注销使主体终止；先清算，三十日内申请，分支机构先注销。",
            "An entity ends by deregistration; first its branches, then liquidation; thirty days.",
        ),
        officer(
            "清算和分支机构的注销由登记机关自行审查，不属税务查验。",
            "Liquidation and branches the registrar examines itself; no check of tax.",
        ),
    ),
    uncited_clause(
        _MARKET_RULES,
        "47,49",
        "D-g",
        _MARKET_SINCE,
        Phrase(
            "简易程序提交申请和承诺，公示二十日后二十日内申请。",
            "Simplified: application and promise, 20 days of publicity, then 20 days to apply.",
        ),
        rows("D-06 D-07"),
    ),
    uncited_clause(
        _COMPANY,
        "239",
        "D-h",
        deregistration.COMPANY_SIMPLIFIED.since,
        Phrase(
            "公司清算结束后报送清算报告，申请注销。",
            "After liquidation a company files its report and applies.",
        ),
        officer(
            "清算报告由登记机关自行审查，不属税务查验。",
            "The report the registrar examines itself; no check of tax.",
        ),
    ),
    uncited_clause(
        _GUIDE,
        "",
        "D-l",
        date(2021, 12, 31),
        Phrase("各条注销途径的办事说明。", "A guide to the routes of deregistration."),
        outside("只作说明，不另设条件。", "It explains and adds no condition."),
    ),
    uncited_clause(
        _INSTITUTIONS,
        "5,11,13",
        "D-n",
        date(1998, 10, 25),
        Phrase(
            "事业单位由编制部门登记；清算后十五日内申请注销，材料不含税务事项。",
            "Staffing offices register institutions; these apply 15 days after liquidation, with no"
            " tax paper on the list.",
        ),
        rows("D-20 D-21"),
    ),
    uncited_clause(
        _INSTITUTION_RULES,
        "",
        "D-o",
        None,
        Phrase(
            "材料清单也没有固定的税务材料；有省份要求先注销税务登记。",
            "The lists name no fixed tax paper either; one province has tax registration cancelled"
            " first.",
        ),
        doubt(15),
    ),
)
