"""Shipped cases (示例案件): one JSON file each, over all four checkpoints, invented throughout.

No number in them was ever issued: the regions inside resident numbers, USCCs and unit codes do not
exist. Each file is what `taxgate.wire.read_case` reads, with its own instant of the check, so the
decision on it never changes by itself.
"""

from __future__ import annotations

from importlib import resources
from typing import Final

from attrs import frozen

from ..terms import Checkpoint
from ..wording import Text

__all__ = ["CASES", "ShippedCase"]


@frozen
class ShippedCase:
    """A case that comes with the package.

    Attributes:
        name: Public kebab-case name; also the name of its file.
        checkpoint: Checkpoint it is about.
        title: What happens in it.
    """

    name: str
    checkpoint: Checkpoint
    title: Text

    def document(self) -> bytes:
        """Return the case as JSON, in UTF-8."""
        return resources.files(__package__).joinpath(f"{self.name}.json").read_bytes()


_V: Final = Checkpoint.VEHICLE
_P: Final = Checkpoint.PROPERTY_TITLE
_E: Final = Checkpoint.EQUITY_TRANSFER
_D: Final = Checkpoint.DEREGISTRATION

# fmt: off
CASES: Final[tuple[ShippedCase, ...]] = (
    ShippedCase("vehicle-first-paid", _V,
        Text("注册登记，两税均已缴纳", "first registration, both taxes paid")),
    ShippedCase("vehicle-first-no-record", _V,
        Text("注册登记，未查到车辆购置税记录",
             "first registration, no record of purchase tax")),
    ShippedCase("vehicle-first-forged-paper", _V,
        Text("注册登记，凭证涉嫌伪造", "first registration, a voucher suspected forged")),
    ShippedCase("vehicle-transfer-unpaid", _V,
        Text("转让登记，当年车船税未缴", "transfer, this year's vehicle tax unpaid")),
    ShippedCase("vehicle-transfer-seized", _V,
        Text("转让登记，税已缴清但车辆被查封",
             "transfer, taxes settled but the vehicle is under seizure")),
    ShippedCase("vehicle-mortgage-no-record", _V,
        Text("抵押登记，未查到车船税记录", "mortgage, no record of vehicle tax")),
    ShippedCase("vehicle-inspection-outage", _V,
        Text("核发检验合格标志，数据来源无应答",
             "inspection mark, the source does not answer")),
    ShippedCase("vehicle-outside-shanxi", _V,
        Text("注册登记，办理机关不在山西省", "first registration, registrar outside Shanxi")),
    ShippedCase("property-sale-paid", _P,
        Text("住宅买卖，各税均已完税", "sale of a home, all taxes paid")),
    ShippedCase("property-sale-deed-tax-unpaid", _P,
        Text("住宅买卖，契税未缴", "sale of a home, deed tax unpaid")),
    ShippedCase("property-sale-income-tax-missing", _P,
        Text("住宅买卖，未查到出卖人个人所得税记录",
             "sale of a home, no record of the seller's income tax")),
    ShippedCase("property-sale-sealed", _P,
        Text("住宅买卖，房屋被法院查封", "sale of a home under a court's seal")),
    ShippedCase("property-sale-outage", _P,
        Text("住宅买卖，契税数据来源无应答",
             "sale of a home, the source on deed tax does not answer")),
    ShippedCase("property-inheritance-exempt", _P,
        Text("法定继承，有契税免税记录", "inheritance by a statutory heir, exemption on record")),
    ShippedCase("equity-sale-paid", _E,
        Text("股权转让，已完税", "equity sale, tax paid")),
    ShippedCase("equity-sale-no-record", _E,
        Text("股权零价转让，未查到完税记录", "equity sale at price zero, no record")),
    ShippedCase("equity-court-unpaid", _E,
        Text("法院强制执行股权，税未缴", "court execution of equity, tax unpaid")),
    ShippedCase("equity-partnership", _E,
        Text("合伙企业财产份额转让", "transfer of a partnership share")),
    ShippedCase("deregistration-cleared", _D,
        Text("一般注销，清税证明已核验", "general route, clearance document verified")),
    ShippedCase("deregistration-no-document", _D,
        Text("一般注销，未提供清税文书", "general route, no clearance document")),
    ShippedCase("deregistration-simplified-in-publicity", _D,
        Text("简易注销，公示期内", "simplified route, publicity period running")),
    ShippedCase("deregistration-simplified-after-publicity", _D,
        Text("简易注销，公示期满且税务机关无异议",
             "simplified route, publicity over and no tax objection")),
    ShippedCase("deregistration-simplified-objection", _D,
        Text("简易注销，公示期内税务机关提出异议",
             "simplified route, tax objection within the period")),
    ShippedCase("deregistration-unit-never-registered", _D,
        Text("事业单位注销，从未办理税务登记",
             "public institution, never registered for tax")),
)
# fmt: on
"""Every shipped case, in the order in which the demo shows them."""
