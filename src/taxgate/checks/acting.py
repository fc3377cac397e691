"""Actions that cure a tax: the same at every checkpoint whose facts have a `state`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ..tables import Action, when
from ..terms import OUTAGE, Actor, State

_OPEN: Final = (State.UNPAID, State.NONE_FOUND, State.KEY_MISMATCH, State.INVALID)


def tax_actions(**also: StrEnum) -> tuple[Action, ...]:
    """Return the actions on a tax; *also* are columns that fall back when its state is cured."""
    return (
        Action("file-and-pay", Actor.TAXPAYER, when(state=(*_OPEN, State.DEFERRED)),
               {"state": State.PAID, **also}),
        Action("obtain-exemption-record", Actor.TAXPAYER, when(state=_OPEN),
               {"state": State.EXEMPT, **also}),
        Action("correct-record", Actor.TAX_AUTHORITY,
               when(state=(State.CONFLICT, State.OWNER_MISMATCH)), {"state": State.PAID, **also}),
        Action("ask-again", Actor.OFFICE, when(state=OUTAGE), {"state": State.PAID, **also}),
        Action("verify-voucher", Actor.OFFICE, when(state=OUTAGE), {"state": State.EXEMPT, **also}),
        Action("clear-suspicion", Actor.TAX_AUTHORITY, when(state=State.FORGED_SUSPECT),
               {"state": State.PAID, **also}),
    )  # fmt: skip


TAX_ACTIONS: Final = tax_actions()
