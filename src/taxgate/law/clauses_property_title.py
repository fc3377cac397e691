"""National clauses on real estate that no table cites (不动产环节未被规则引用的国家条文)."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import Instrument, property_title
from .confidence import Phrase
from .ledger import Clause, doubt, outside, rows, uncited_clause

__all__ = ["TITLE_CLAUSES"]

_RECORD_DECIDES: Final = outside(
    "是否减免由税务机关认定，登记时只看其记录。",
    "Whether relief is due the tax authority decides; a registrar sees its record only.",
)
_FARMLAND: Final = Instrument(
    "farmland-occupation-tax-law", "中华人民共和国耕地占用税法", "Farmland Occupation Tax Law"
)
_SHARING_2022: Final = Instrument(
    "property-data-sharing-notice-2022-1",
    "税总财行发〔2022〕1号",
    "Notice 2022 No. 1 on sharing real-estate and tax data",
)
_HOME_SALES: Final = Instrument(
    "home-sale-income-tax-notice-2006-108",
    "国税发〔2006〕108号",
    "Notice 2006 No. 108 on income tax of individuals' home sales",
)
_HOME_LVAT: Final = Instrument(
    "home-lvat-notice-2008-137", "财税〔2008〕137号", "Notice 2008 No. 137 on home transactions"
)
_RESTRUCTURING: Final = Instrument(
    "restructuring-deed-tax-notice-2023-49",
    "财政部 税务总局公告2023年第49号",
    "Notice 2023 No. 49 on deed tax in restructurings",
)
_GIFTS_2009: Final = Instrument(
    "house-gift-notice-2009-78", "财税〔2009〕78号", "Notice 2009 No. 78 on gifts of houses"
)
_OPERATING: Final = Instrument(
    "real-estate-registration-guide",
    "不动产登记操作规范",
    "Operating Guide on Real Estate Registration",
)
_COLLECTION_RULES: Final = property_title.SEAL_DURATION.instrument
_COLLECTION_RULES_SINCE: Final = property_title.SEAL_DURATION.since

TITLE_CLAUSES: Final[tuple[Clause, ...]] = (
    uncited_clause(
        _HOME_SALES,
        "",
        "L-k",
        None,
        Phrase(
            "个人出售持有满五年的唯一住房，免个人所得税。",
            "An only family home held over five years is free of income tax.",
        ),
        _RECORD_DECIDES,
    ),
    uncited_clause(
        _HOME_LVAT,
        "",
        "L-k",
        None,
        Phrase(
            "个人出售住房暂免土地增值税。",
            "Individuals' home sales are spared land appreciation tax.",
        ),
        _RECORD_DECIDES,
    ),
    uncited_clause(
        _RESTRUCTURING,
        "",
        "L-k",
        None,
        Phrase(
            "企业改制重组的契税优惠，至2027年底止。",
            "Deed-tax relief for restructurings, to the end of 2027.",
        ),
        _RECORD_DECIDES,
        until=date(2028, 1, 1),
    ),
    uncited_clause(
        _GIFTS_2009,
        "",
        "L-j",
        date(2009, 12, 31),
        Phrase(
            "无偿受赠房屋的个人所得税，以及亲属间等不征税的情形。",
            "Income tax on houses given, and the cases between relatives that are not taxed.",
        ),
        rows("R-27 R-28"),
    ),
    uncited_clause(
        _FARMLAND,
        "10",
        "L-m",
        date(2019, 9, 1),
        Phrase(
            "完税凭证是发放建设用地批准书的条件。",
            "Land for building is approved only on its proof.",
        ),
        outside(
            "约束的是用地批准，不是权属登记。",
            "It binds the approval of land, not the registration of title.",
        ),
    ),
    uncited_clause(
        _OPERATING,
        "",
        "L-p",
        None,
        Phrase(
            "转移登记的材料清单列有依法应缴时的税费凭证。",
            "The list for a transfer names proof of tax where tax is due by law.",
        ),
        doubt(2),
    ),
    uncited_clause(
        _COLLECTION_RULES,
        "59,64,65,67,69",
        "L-q",
        _COLLECTION_RULES_SINCE,
        Phrase(
            "查封的范围、估价、保管和变现程序，以及生活必需住房的排除。",
            "Extent, valuation, custody and sale of what is sealed; the necessary home is spared.",
        ),
        outside(
            "由税务机关自行遵守；登记机构不作实体审查，可以提出审查建议。",
            "For the tax authority to observe; a registrar may suggest a review, no more.",
        ),
    ),
    uncited_clause(
        _SHARING_2022,
        "",
        "L-v",
        date(2022, 12, 31),
        Phrase(
            "税务与登记系统互通房地产和完税数据。",
            "Tax and registry systems share data on real estate and payment.",
        ),
        outside(
            "属系统对接安排；数据是否可用按本办法第17条判断。",
            "An arrangement of systems; whether data is usable the Order's Art. 17 tells.",
        ),
    ),
)
