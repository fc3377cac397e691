"""Actions that cure a tax: the same at every checkpoint whose facts have a `state`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ..tables import Action, when
from ..terms import OUTAGE, Actor, State

_NO_RECORD = (State.NONE_FOUND, State.KEY_MISMATCH)
_OWED = (State.UNPAID, State.INVALID)


def tax_actions(
    paying: Mapping[str, StrEnum | tuple[StrEnum, ...]] | None = None, **also: StrEnum
) -> tuple[Action, ...]:
    """Return the actions on a tax.

    Args:
        paying: Facts in which paying is a way out although there is no record; where an exemption
            is claimed, or only a record of the deal is asked for, nobody is told to pay.
        also: Columns that fall back to a member whenever the state is cured.
    """
    paid = {"state": State.PAID, **also}
    exempt = {"state": State.EXEMPT, **also}
    disputed = (State.CONFLICT, State.OWNER_MISMATCH)
    # fmt: off
    return (
        Action("file-and-pay", Actor.TAXPAYER, when(state=(*_OWED, State.DEFERRED)), paid),
        Action("file-and-pay", Actor.TAXPAYER, when(state=_NO_RECORD, **(paying or {})), paid),
        Action("obtain-exemption-record", Actor.TAXPAYER,
               when(state=(*_OWED, *_NO_RECORD)), exempt),
        Action("correct-record", Actor.TAX_AUTHORITY, when(state=disputed), paid),
        Action("ask-again", Actor.OFFICE, when(state=OUTAGE), paid),
        Action("verify-voucher", Actor.OFFICE, when(state=OUTAGE), paid),
        Action("clear-suspicion", Actor.TAX_AUTHORITY, when(state=State.FORGED_SUSPECT), paid),
    )
    # fmt: on
