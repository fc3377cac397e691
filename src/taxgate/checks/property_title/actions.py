"""What somebody can do about a registration of title that does not pass yet."""

from __future__ import annotations

from typing import Final

from ...tables import Action, when
from ...terms import Actor, State
from ..acting import tax_actions
from .duties import ActKind, DeedDuty, IncomeDuty
from .facts import (
    Debtor,
    Force,
    Ground,
    Papers,
    Plan,
    Readable,
    Relation,
    Sealer,
    Standing,
)
from .kinds import Measure

_NO_RECORD: Final = (State.NONE_FOUND, State.KEY_MISMATCH)
_BY_CLASS: Final = (DeedDuty.OUTSIDE, DeedDuty.NO_TRANSFER)
_STANDING: Final = frozenset(Force) - {Force.ENDED}

# fmt: off
# Where a right may lie outside the tax, nobody is told to pay for want of a record.
DEED_ACTIONS: Final = (
    *tax_actions({"ground": Ground.NONE, "duty": tuple(frozenset(DeedDuty) - {*_BY_CLASS})}),
    Action("correct-record", Actor.TAX_AUTHORITY,
           when(duty=tuple(frozenset(DeedDuty) - {DeedDuty.EXCHANGE}),
                state=State.DECLARED_ZERO),
           {"state": State.PAID}),
    Action("show-class", Actor.TAXPAYER, when(duty=_BY_CLASS, state=_NO_RECORD),
           {"state": State.NOT_TAXABLE}),
)

_PROVE_RELATION: Final = Action(
    "prove-relation", Actor.TAXPAYER, when(relation=Relation.UNPROVEN, state=_NO_RECORD),
    {"relation": Relation.PROVEN, "state": State.NOT_TAXABLE},
)

INCOME_ACTIONS: Final = (
    *tax_actions(),
    Action("file-plan", Actor.TAXPAYER,
           when(duty=IncomeDuty.CONTRIBUTOR, state=State.DEFERRED, plan=Plan.NO),
           {"plan": Plan.YES}),
    _PROVE_RELATION,
)

LAND_ACTIONS: Final = (*tax_actions(), _PROVE_RELATION)

OTHER_TAX_ACTIONS: Final = (
    Action("settle-other-tax", Actor.TAXPAYER, when(debtor=(Debtor.PARTY, Debtor.DEVELOPER)),
           {"debtor": Debtor.NOBODY}),
)

SEAL_ACTIONS: Final = (
    Action("lift-seal", Actor.TAX_AUTHORITY, when(force=_STANDING, sealer=Sealer.TAX),
           {"force": Force.ENDED}),
    Action("lift-seal", Actor.OTHER_AUTHORITY, when(force=_STANDING, sealer=Sealer.OTHER),
           {"force": Force.ENDED}),
    Action("hand-over-disposal", Actor.OTHER_AUTHORITY,
           when(force=(Force.IN_FORCE, Force.OPEN_ENDED), standing=Standing.EARLIER_THAN_TAX),
           {"standing": Standing.GIVES_WAY}),
)

REGISTER_ACTIONS: Final = (
    Action("read-seal-register", Actor.OFFICE, when(readable=Readable.NO),
           {"readable": Readable.YES}),
)

REQUEST_ACTIONS: Final = (
    Action("complete-request", Actor.TAX_AUTHORITY,
           when(papers=Papers.INCOMPLETE, sealer=Sealer.TAX), {"papers": Papers.COMPLETE}),
    Action("complete-request", Actor.OTHER_AUTHORITY,
           when(papers=Papers.INCOMPLETE, sealer=Sealer.OTHER, measure=Measure.TRANSFER),
           {"papers": Papers.COMPLETE}),
    Action("complete-request", Actor.OTHER_AUTHORITY,
           when(papers=Papers.INCOMPLETE, sealer=Sealer.OTHER,
                measure=(Measure.SEAL, Measure.RENEW),
                kind=(ActKind.DISPOSAL, ActKind.UNNAMED)),
           {"papers": Papers.COMPLETE}),
    Action("authenticate-request", Actor.OFFICE, when(papers=Papers.UNAUTHENTICATED),
           {"papers": Papers.COMPLETE}),
    # Asked back at the authority the papers name.
    Action("confirm-request", Actor.TAX_AUTHORITY,
           when(papers=Papers.SUSPECTED_FORGED, sealer=Sealer.TAX), {"papers": Papers.COMPLETE}),
    Action("confirm-request", Actor.OTHER_AUTHORITY,
           when(papers=Papers.SUSPECTED_FORGED, sealer=Sealer.OTHER), {"papers": Papers.COMPLETE}),
)
# fmt: on
