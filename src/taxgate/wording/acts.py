"""Kinds of registration (业务类型) where a checkpoint's own wording does not name them (`ACTS`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..terms import Checkpoint
from . import Text

DEREGISTRATION: Final[Mapping[str, Text]] = {
    "deregistration": Text("依申请注销登记", "deregistration on application"),
    "ex-officio-deregistration": Text("依职权注销、强制注销", "deregistration ex officio"),
    "revocation-of-registration": Text("撤销登记", "revocation of a registration"),
    "business-suspension": Text("歇业", "suspension of business"),
    "other": Text("其他登记", "other registration"),
}

PROPERTY_TITLE: Final[Mapping[str, Text]] = {
    "first-registration": Text("首次登记", "first registration"),
    "sale": Text("转移登记（买卖）", "transfer by sale"),
    "exchange": Text("转移登记（互换）", "transfer by exchange"),
    "contribution": Text("转移登记（作价出资、入股）", "transfer as a contribution"),
    "debt-settlement": Text("转移登记（偿还债务）", "transfer in settlement of a debt"),
    "allocation": Text("转移登记（划转、奖励）", "transfer by allocation or reward"),
    "other-transfer": Text("转移登记（其他方式）", "transfer in another way"),
    "gift": Text("转移登记（赠与）", "transfer by gift"),
    "marital-division": Text("转移登记（夫妻之间分割、变更）", "division between spouses"),
    "divorce-division": Text("转移登记（离婚分割）", "division on divorce"),
    "inheritance": Text("转移登记（继承、受遗赠）", "transfer by inheritance or legacy"),
    "court-transfer": Text("转移登记（生效法律文书）", "transfer by court or arbitral instrument"),
    "tax-auction": Text("转移登记（税务机关拍卖、变卖）", "transfer by the tax authority's sale"),
    "name-change": Text("变更登记（姓名、名称、证件）", "change of name or document"),
    "address-change": Text("变更登记（坐落）", "change of address"),
    "area-change": Text("变更登记（面积）", "change of area"),
    "boundary-change": Text("变更登记（界址）", "change of boundary"),
    "term-change": Text("变更登记（权利期限）", "change of term"),
    "co-ownership-change": Text("变更登记（共有性质）", "change of co-ownership"),
    "use-change": Text("变更登记（用途）", "change of use"),
    "exempt-use-end": Text("变更登记（免税用途终止）", "end of an exempt use"),
    "grant-conversion": Text("变更登记（划拨转出让）", "conversion of allocated to granted land"),
    "correction": Text("更正登记", "correction"),
    "objection": Text("异议登记", "objection"),
    "advance-notice": Text("预告登记", "advance notice"),
    "advance-notice-release": Text("预告登记注销", "release of an advance notice"),
    "mortgage": Text("抵押权首次登记", "mortgage"),
    "mortgage-change": Text("抵押权变更、转移登记", "change or transfer of a mortgage"),
    "mortgage-release": Text("抵押权注销登记", "release of a mortgage"),
    "easement": Text("地役权首次登记", "easement"),
    "residence-right": Text("居住权首次登记", "right of residence"),
    "burden-release": Text("地役权、居住权注销登记", "release of such a burden"),
    "waiver": Text("注销登记（放弃权利）", "waiver of the right"),
    "deregistration": Text("注销登记（灭失、收回等）", "deregistration"),
    "certificate": Text("换证、补证", "replacement of a certificate"),
    "assistance": Text("协助执行（查封、续封、解封）", "assistance in execution"),
}

ACTS: Final[Mapping[Checkpoint, Mapping[str, Text]]] = {
    Checkpoint.PROPERTY_TITLE: PROPERTY_TITLE,
    Checkpoint.DEREGISTRATION: DEREGISTRATION,
}
