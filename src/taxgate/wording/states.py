"""Reasons worded from matter and state alone, for every reason code that ends in a state.

None of them says more than the state does: nothing found is not "owed", and an outage says nothing
about the taxpayer at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..terms import Matter, State
from . import Text

TAXES: Final = frozenset(
    {
        Matter.VEHICLE_PURCHASE_TAX,
        Matter.VEHICLE_AND_VESSEL_TAX,
        Matter.DEED_TAX,
        Matter.INDIVIDUAL_INCOME_TAX,
        Matter.LAND_APPRECIATION_TAX,
        Matter.OTHER_TAX,
    }
)
"""Matters that are taxes; the others are documents, papers and registrations."""

_UNREACHABLE: Final = Text(
    "对{matter}的查验未能完成：未能取得数据来源的答复。该结果不说明当事人的任何情况。",
    "The check of {matter} could not be completed: the source gave no answer. This says nothing"
    " about the parties.",
)
_UNTRUSTED: Final = Text(
    "对{matter}的查验未能完成：取得的答复未通过核对，不能采用。该结果不说明当事人的任何情况。",
    "The check of {matter} could not be completed: the answer received could not be relied on. This"
    " says nothing about the parties.",
)
_FORGED: Final = Text(
    "所涉{matter}凭证、文书的真伪存疑，尚待税务机关确认。",
    "The authenticity of the papers on {matter} is in doubt; the tax authority has yet to confirm.",
)

TAX_REASONS: Final[Mapping[State, Text]] = {
    State.PAID: Text(
        "记录与本次业务对应，{matter}已完税。",
        "A record that matches this case shows {matter} as paid.",
    ),
    State.REDUCED_PAID: Text(
        "记录与本次业务对应，{matter}已按减征后的税额完税。",
        "A record that matches this case shows {matter} as paid at a reduced amount.",
    ),
    State.EXEMPT: Text(
        "记录与本次业务对应，{matter}为免税。",
        "A record that matches this case shows an exemption from {matter}.",
    ),
    State.NOT_TAXABLE: Text(
        "本次业务不属于{matter}的征税范围。", "This case is outside the scope of {matter}."
    ),
    State.DECLARED_ZERO: Text(
        "{matter}已申报，应纳税额为零。",
        "A return of {matter} with nothing payable was accepted.",
    ),
    State.DEFERRED: Text(
        "{matter}已办理缓缴或者分期缴纳，目前既无完税信息，也无免税信息。",
        "{matter} is deferred or in instalments: at present it is recorded neither as paid nor as"
        " exempt.",
    ),
    State.UNPAID: Text(
        "税务机关的记录显示，{matter}尚未缴纳。",
        "The tax authority's record shows {matter} as not yet paid.",
    ),
    State.NONE_FOUND: Text(
        "未查到与本次业务对应的{matter}完税、免税等记录。",
        "No record of payment of, or exemption from, {matter} was found for this case.",
    ),
    State.KEY_MISMATCH: Text(
        "查到的{matter}记录与本次业务不对应，视为未查到本次业务的记录。",
        "The records of {matter} that were found belong to something else; for this case there is"
        " none.",
    ),
    State.CONFLICT: Text(
        "有关{matter}的信息不一致，需由税务机关确认或者更正；在此之前不认定是否完税。",
        "Information on {matter} conflicts and is for the tax authority to confirm or correct;"
        " until then it is not taken as paid or as unpaid.",
    ),
    State.OWNER_MISMATCH: Text(
        "{matter}记录所载纳税人与本次业务的当事人不一致。",
        "The record of {matter} names another taxpayer than this case does.",
    ),
    State.INVALID: Text(
        "{matter}的记录已退税、作废或者撤销，不能再作为完税、免税凭证。",
        "The record of {matter} was refunded, voided or revoked and no longer serves as proof.",
    ),
    State.FORGED_SUSPECT: _FORGED,
    State.SOURCE_UNREACHABLE: _UNREACHABLE,
    State.SOURCE_UNTRUSTED: _UNTRUSTED,
}
"""Reasons where the matter is a tax."""

DOCUMENT_REASONS: Final[Mapping[State, Text]] = {
    State.NONE_FOUND: Text("未查到{matter}的记录。", "No record was found: {matter}."),
    State.KEY_MISMATCH: Text(
        "查到的记录与本次业务不对应：{matter}。",
        "What was found belongs to something else: {matter}.",
    ),
    State.CONFLICT: Text(
        "信息不一致，需由出具机关确认或者更正：{matter}。",
        "Information conflicts and is for the issuing authority to confirm or correct: {matter}.",
    ),
    State.INVALID: Text(
        "记录已作废或者撤销：{matter}。", "What was found was voided or revoked: {matter}."
    ),
    State.FORGED_SUSPECT: _FORGED,
    State.SOURCE_UNREACHABLE: _UNREACHABLE,
    State.SOURCE_UNTRUSTED: _UNTRUSTED,
}
"""Reasons where the matter is a document; what is not here is told by the state's name."""

PLAIN: Final = Text("{matter}的查验结果：{state}。", "Result of checking {matter}: {state}.")
