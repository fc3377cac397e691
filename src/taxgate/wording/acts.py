"""Kinds of registration (业务类型) in both languages, by checkpoint and wire value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..terms import Checkpoint
from . import Text

VEHICLE: Final[Mapping[str, Text]] = {
    "first-registration": Text("注册登记", "first registration"),
    "whole-vehicle-replacement": Text("变更登记（更换整车）", "replacement of the whole vehicle"),
    "use-change": Text("变更登记（使用性质）", "change of use"),
    "relocation": Text("变更登记（迁出、迁入）", "relocation"),
    "co-owner-change": Text("变更登记（共同所有人）", "change of co-owner"),
    "other-change": Text("变更登记（其他事项）", "other change"),
    "transfer": Text("转让登记", "transfer"),
    "mortgage": Text("抵押登记", "mortgage"),
    "mortgage-release": Text("解除抵押登记", "release of mortgage"),
    "deregistration": Text("注销登记", "deregistration"),
    "inspection-mark": Text("核发检验合格标志", "issue of the inspection mark"),
    "change-filing": Text("变更备案", "filing of a change"),
    "pledge-filing": Text("质押备案", "filing of a pledge"),
    "correction": Text("更正", "correction"),
    "replacement-document": Text("补领、换领牌证或者检验合格标志", "replacement of documents"),
    "temporary-plate": Text("临时行驶车号牌", "temporary plate"),
    "school-bus-plate": Text("校车标牌", "school-bus plate"),
    "ex-officio-deregistration": Text("依职权注销", "deregistration ex officio"),
}

ACTS: Final[Mapping[Checkpoint, Mapping[str, Text]]] = {
    Checkpoint.VEHICLE: VEHICLE,
}
