"""Plain cases (基本案情) a scenario starts from, each in good order until a step says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from ..terms import Checkpoint
from ..wording import Text
from .fields import COMPANY, ENTITY, OTHER_VIN, TODAY, UNIT, VIN, person

__all__ = ["BASES", "Base"]


@frozen
class Base:
    """A plain case.

    Attributes:
        text: What it is, as a step says it.
        checkpoint: Checkpoint it is about.
        application: The application, as on the wire.
    """

    text: Text
    checkpoint: Checkpoint
    application: Mapping[str, Any]


_CAR: Final = {
    "frame": VIN,
    "category": "passenger-car",
    "energy": "petrol",
    "displacement_ml": 1498,
    "seats": 5,
    "engine_no": "EX100019",
}
_PLATE: Final = {"plate_no": "晋A0EX19", "plate_class": "小型汽车"}


def _vehicle(zh: str, en: str, **changes: Any) -> Base:  # noqa: ANN401 - JSON values
    application: dict[str, Any] = {
        "division": "140100",
        "handled_on": TODAY,
        "office": "示例市公安局交通警察支队车辆管理所",
        "case_no": "EX-1",
        "act": "first-registration",
        "vehicle": _CAR,
        "owner": person("a"),
        "already_registered": False,
        "seized": False,
    }
    return Base(Text(zh, en), Checkpoint.VEHICLE, application | changes)


def _property(zh: str, en: str, **changes: Any) -> Base:  # noqa: ANN401 - JSON values
    application: dict[str, Any] = {
        "division": "140100",
        "handled_on": TODAY,
        "office": "示例市不动产登记中心",
        "case_no": "EX-2",
        "act": "sale",
        "units": [{"code": UNIT, "right": "housing", "price": "880000"}],
        "seal_register_readable": True,
        "contract_no": "EX-18",
        "transferors": [{"person": person("a")}],
        "transferees": [{"person": person("b"), "tie": "none", "proven": False}],
    }
    return Base(Text(zh, en), Checkpoint.PROPERTY_TITLE, application | changes)


def _entity(zh: str, en: str, **changes: Any) -> Base:  # noqa: ANN401 - JSON values
    application: dict[str, Any] = {
        "division": "140100",
        "application_date": "2026-12-01",
        "handled_on": "2026-12-01",
        "office": "示例市市场监督管理局",
        "case_no": "EX-4",
        "act": "deregistration",
        "registrar": "market",
        "entity": {"uscc": ENTITY, "name": "样例商贸有限公司", "kind": "company"},
        "route": "general",
    }
    simplified = {
        "bars": [],
        "other_objections": [],
        "publicity": {"readable": True, "started_on": "2026-11-01"},
        "push": {"state": "delivered", "delivered_on": "2026-11-01"},
    }
    more = simplified if changes.get("route") == "simplified" else {}
    return Base(Text(zh, en), Checkpoint.DEREGISTRATION, application | more | changes)


BASES: Final[tuple[Base, ...]] = (
    _vehicle(
        "甲某为一辆汽油小型客车申请注册登记",
        "Person A applies to register a petrol car for the first time",
    ),
    _vehicle(
        "甲某为一辆2025年购置的纯电动小型客车申请注册登记",
        "Person A applies to register a battery-electric car bought in 2025",
        vehicle={
            "frame": VIN,
            "category": "passenger-car",
            "energy": "battery-electric",
            "seats": 5,
        },
        acquired_on="2025-12-20",
    ),
    _vehicle(
        "甲某为已登记的汽油小型客车申请办理业务",
        "Person A applies for something about a registered petrol car",
        act="inspection-mark",
        vehicle=_CAR | _PLATE,
        already_registered=True,
        archive_exemption="none",
    ),
    _property(
        "甲某将一套住宅出卖给乙某，申请转移登记",
        "Person A has sold a home to Person B, and its transfer is applied for",
    ),
    _property(
        "甲公司将自建项目的一套住宅出卖给乙某，申请转移登记",
        "Company A has sold a home of its own project to Person B, and its transfer is applied for",
        transferors=[{"person": person("x")}],
        developer_sale=True,
    ),
    _property(
        "乙某申请首次登记",
        "Person B applies for a first registration of title",
        act="first-registration",
        units=[{"code": UNIT, "right": "granted-land"}],
        transferors=[],
    ),
    _property(
        "登记机构收到针对甲某住宅的协助执行请求",
        "the registrar received a request for assistance about the home of Person A",
        act="assistance",
        units=[{"code": UNIT, "right": "housing", "owners": [person("a")]}],
        transferors=[],
        transferees=[],
    ),
    Base(
        Text(
            "甲某将有限责任公司30%的股权出售给乙某，申请变更登记",
            "Person A has sold 30% of a limited liability company to Person B, and the change is"
            " applied for",
        ),
        Checkpoint.EQUITY_TRANSFER,
        {
            "division": "140100",
            "handled_on": TODAY,
            "office": "示例市市场监督管理局",
            "case_no": "EX-3",
            "act": "change-registration",
            "company": COMPANY,
            "company_type": "limited-liability-company",
            "freezes": [],
            "vouchers_used": [],
            "deals": [
                {
                    "transferor": person("a"),
                    "transferor_class": "individual",
                    "transferee": person("b"),
                    "transferee_class": "individual",
                    "stake": {"value": "30", "unit": "percent"},
                    "kind": "sale",
                    "agreed_on": "2026-11-02",
                    "price": "300000",
                    "shares": "none",
                    "between_shareholders": False,
                }
            ],
        },
    ),
    _entity("一家公司按普通程序申请注销登记", "a company applies to deregister, general route"),
    _entity(
        "一家公司按简易程序申请注销登记",
        "a company applies to deregister, simplified route",
        route="simplified",
    ),
    _entity(
        "一户个体工商户按简易程序申请注销登记",
        "an individual business applies to deregister, simplified route",
        route="simplified",
        entity={"uscc": ENTITY, "name": "样例商店", "kind": "individual-business"},
    ),
    _entity(
        "一家公司凭法院裁定申请注销登记",
        "a company applies to deregister with a court ruling",
        route="court",
    ),
    _entity(
        "一家事业单位向机构编制部门申请注销登记",
        "a public institution applies to the staffing office to deregister",
        registrar="staffing-office",
        route=None,
        entity={"uscc": "12149999MB00000063", "name": "样例单位", "kind": "public-institution"},
    ),
)
"""Every plain case."""

OLD_VIN: Final = OTHER_VIN
"""Frame number of the vehicle that is replaced, unless a step names another."""
