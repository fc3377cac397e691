"""The seizure tables of the real-estate checkpoint (3.3); a seal is one of any authority."""

from __future__ import annotations

from typing import Final

from ...findings import Outcome
from ...law.order_307 import ART_2, ART_17, ART_19, ART_25_2, ART_29, ART_34
from ...law.property_title import (
    CONTRARY_TO_LAW,
    COURT_INSTRUMENTS,
    NO_TITLE_UNDER_TAX_SEAL,
    SEAL_DURATION,
    SEALED_NOT_MORTGAGED,
    SEALED_NOT_TRANSFERRED,
    SEIZURE_BEFORE_RECORDING,
    SEIZURE_EFFECTS,
    SEVERAL_SEIZURES,
    TAX_ENFORCEMENT,
)
from ...tables import Row, Table, when
from ...terms import Addressee, Flag, ObstacleKind, Step
from .actions import REGISTER_ACTIONS, REQUEST_ACTIONS, SEAL_ACTIONS
from .duties import ActKind
from .facts import (
    Force,
    Needed,
    Papers,
    Readable,
    Renewal,
    Sealed,
    Sealer,
    Standing,
    Touched,
)
from .kinds import Measure

_O: Final = Outcome
_BARS: Final = (NO_TITLE_UNDER_TAX_SEAL, SEALED_NOT_TRANSFERRED, SEALED_NOT_MORTGAGED,
                CONTRARY_TO_LAW)  # fmt: skip
_OTHER_BARS: Final = (SEALED_NOT_TRANSFERRED, SEALED_NOT_MORTGAGED, CONTRARY_TO_LAW)
_APPLICANT: Final = (Addressee.APPLICANT,)
_LIVE: Final = (Force.IN_FORCE, Force.OPEN_ENDED, Force.PENDING)
_RECORDED: Final = (Force.IN_FORCE, Force.OPEN_ENDED)
_STOPPED: Final = (Standing.ALONE, Standing.EARLIER_THAN_TAX)
_FREE: Final = (ActKind.HARMLESS, ActKind.ASSISTANCE)
_REACHED: Final = (Touched.WHOLE, Touched.SHARE)
_TAX_AUTHORITY: Final = (Addressee.TAX_AUTHORITY,)
_SEALING_AUTHORITY: Final = (Addressee.SEALING_AUTHORITY,)
_BARRED: Final = (ActKind.DISPOSAL, ActKind.UNNAMED)
_SEALING: Final = (Measure.SEAL, Measure.RENEW)
_ENTRY: Final = (Measure.SEAL, Measure.RENEW, Measure.LIFT)

# fmt: off
SEAL: Final[Table[Outcome]] = Table(
    name="property-title/seal",
    question=("查封是否限制本业务？", "Does a seal bar the act?"),
    columns={
        "kind": tuple(ActKind),
        "force": tuple(Force),
        "sealer": tuple(Sealer),
        "standing": tuple(Standing),
        "touched": tuple(Touched),
    },
    actions=SEAL_ACTIONS,
    rows=(
        Row(("S-06",), when(force=Force.ENDED),
            None, "property-title/seal/ended", (SEVERAL_SEIZURES, SEIZURE_EFFECTS)),
        Row(("S-05",), when(force=_LIVE, kind=_FREE),
            None, "property-title/seal/no-bar", (SEALED_NOT_TRANSFERRED,)),
        Row(("S-14",), when(force=_LIVE, kind=(ActKind.DISPOSAL, ActKind.UNNAMED),
                            touched=Touched.NO),
            None, "property-title/seal/other-share", (SEALED_NOT_TRANSFERRED,)),
        Row(("S-17",), when(force=_RECORDED, kind=ActKind.UNNAMED, touched=Touched.WHOLE),
            _O.CANNOT_VERIFY, "property-title/seal/act-not-named", (SEIZURE_EFFECTS,),
            Step.ASK_SEALING_AUTHORITY, (Addressee.APPLICANT, Addressee.SEALING_AUTHORITY)),
        Row(("S-17", "S-14"),
            when(force=_RECORDED, kind=ActKind.UNNAMED, touched=Touched.SHARE),
            _O.CANNOT_VERIFY, "property-title/seal/act-not-named", (SEIZURE_EFFECTS,),
            Step.ASK_SEALING_AUTHORITY, (Addressee.APPLICANT, Addressee.SEALING_AUTHORITY)),
        # Before a seal is recorded nobody but the authority is told of it.
        Row(("S-10", "S-17"),
            when(force=Force.PENDING, kind=ActKind.UNNAMED, touched=_REACHED, sealer=Sealer.TAX),
            _O.CANNOT_VERIFY, "property-title/seal/act-not-named",
            (SEIZURE_BEFORE_RECORDING, NO_TITLE_UNDER_TAX_SEAL, ART_19, SEIZURE_EFFECTS),
            Step.ASK_SEALING_AUTHORITY, _TAX_AUTHORITY, flags=(Flag.RECORD_SEAL_FIRST,)),
        Row(("S-10", "S-17"),
            when(force=Force.PENDING, kind=ActKind.UNNAMED, touched=_REACHED,
                 sealer=Sealer.OTHER),
            _O.CANNOT_VERIFY, "property-title/seal/act-not-named",
            (SEIZURE_BEFORE_RECORDING, SEIZURE_EFFECTS),
            Step.ASK_SEALING_AUTHORITY, _SEALING_AUTHORITY, flags=(Flag.RECORD_SEAL_FIRST,)),
        # Disposals.
        Row(("S-04",),
            when(force=Force.IN_FORCE, kind=ActKind.DISPOSAL, touched=Touched.WHOLE,
                 sealer=Sealer.TAX, standing=Standing.ALONE),
            _O.REFUSE, "property-title/seal/tax-seal-in-force", (ART_25_2, *_BARS),
            Step.LIFT_SEAL, _APPLICANT),
        Row(("S-14", "S-04"),
            when(force=Force.IN_FORCE, kind=ActKind.DISPOSAL, touched=Touched.SHARE,
                 sealer=Sealer.TAX, standing=Standing.ALONE),
            _O.REFUSE, "property-title/seal/tax-seal-in-force", (ART_25_2, *_BARS),
            Step.LIFT_SEAL, _APPLICANT),
        Row(("S-13", "S-04"),
            when(force=Force.OPEN_ENDED, kind=ActKind.DISPOSAL, touched=Touched.WHOLE,
                 sealer=Sealer.TAX, standing=Standing.ALONE),
            _O.REFUSE, "property-title/seal/tax-seal-not-lifted",
            (ART_25_2, *_BARS, TAX_ENFORCEMENT, SEAL_DURATION), Step.LIFT_SEAL, _APPLICANT),
        Row(("S-13", "S-14", "S-04"),
            when(force=Force.OPEN_ENDED, kind=ActKind.DISPOSAL, touched=Touched.SHARE,
                 sealer=Sealer.TAX, standing=Standing.ALONE),
            _O.REFUSE, "property-title/seal/tax-seal-not-lifted",
            (ART_25_2, *_BARS, TAX_ENFORCEMENT, SEAL_DURATION), Step.LIFT_SEAL, _APPLICANT),
        Row(("S-09", "S-04"),
            when(force=_RECORDED, kind=ActKind.DISPOSAL, touched=Touched.WHOLE,
                 sealer=Sealer.OTHER, standing=Standing.ALONE),
            _O.REFUSE, "property-title/seal/seizure-in-force", _OTHER_BARS,
            Step.LIFT_SEAL, _APPLICANT),
        Row(("S-09", "S-14", "S-04"),
            when(force=_RECORDED, kind=ActKind.DISPOSAL, touched=Touched.SHARE,
                 sealer=Sealer.OTHER, standing=Standing.ALONE),
            _O.REFUSE, "property-title/seal/seizure-in-force", _OTHER_BARS,
            Step.LIFT_SEAL, _APPLICANT),
        Row(("S-10", "S-04"),
            when(force=Force.PENDING, kind=ActKind.DISPOSAL, touched=_REACHED,
                 standing=_STOPPED, sealer=Sealer.TAX),
            _O.REFUSE, "property-title/seal/recorded-first",
            (SEIZURE_BEFORE_RECORDING, ART_25_2, ART_19, *_BARS), Step.LIFT_SEAL, _TAX_AUTHORITY,
            flags=(Flag.RECORD_SEAL_FIRST,)),
        Row(("S-10", "S-09", "S-04"),
            when(force=Force.PENDING, kind=ActKind.DISPOSAL, touched=_REACHED,
                 standing=_STOPPED, sealer=Sealer.OTHER),
            _O.REFUSE, "property-title/seal/recorded-first",
            (SEIZURE_BEFORE_RECORDING, *_OTHER_BARS), Step.LIFT_SEAL, _SEALING_AUTHORITY,
            flags=(Flag.RECORD_SEAL_FIRST,)),
        Row(("S-10",),
            when(force=Force.PENDING, kind=ActKind.DISPOSAL, touched=_REACHED,
                 standing=Standing.GIVES_WAY),
            _O.SATISFIED, "property-title/seal/transfer-first",
            (SEIZURE_BEFORE_RECORDING, SEIZURE_EFFECTS), flags=(Flag.RECORD_TRANSFER_FIRST,)),
        Row(("S-08",),
            when(force=_RECORDED, kind=ActKind.DISPOSAL, touched=_REACHED,
                 standing=Standing.EARLIER_THAN_TAX),
            _O.REFUSE, "property-title/seal/earlier-seizure",
            (SEVERAL_SEIZURES, SEALED_NOT_TRANSFERRED), Step.HAND_OVER_DISPOSAL, _TAX_AUTHORITY),
        Row(("S-07", "S-11"),
            when(force=_RECORDED, kind=ActKind.DISPOSAL, touched=_REACHED,
                 standing=Standing.GIVES_WAY),
            None, "property-title/seal/gives-way",
            (ART_25_2, SEIZURE_EFFECTS, COURT_INSTRUMENTS)),
    ),
)

REGISTER: Final[Table[Outcome]] = Table(
    name="property-title/seal-register",
    question=("能否读取查封登记？", "Could the seal register be read?"),
    columns={"needed": tuple(Needed), "readable": tuple(Readable)},
    actions=REGISTER_ACTIONS,
    rows=(
        Row(("S-15",), when(readable=Readable.YES), None, "property-title/seal/register-read"),
        Row(("S-05",), when(readable=Readable.NO, needed=Needed.NO),
            None, "property-title/seal/register-not-needed"),
        Row(("S-15",), when(readable=Readable.NO, needed=Needed.YES),
            _O.CANNOT_VERIFY, "property-title/seal/register-unreadable", (ART_17, ART_25_2),
            Step.RETRY, _APPLICANT, retryable=True),
    ),
)

REQUEST: Final[Table[Outcome]] = Table(
    name="property-title/assistance-request",
    question=("协助执行请求如何办理？", "What becomes of a request to assist?"),
    columns={
        "kind": tuple(ActKind),
        "sealer": tuple(Sealer),
        "measure": tuple(Measure),
        "papers": tuple(Papers),
        "sealed": tuple(Sealed),
        "renewal": tuple(Renewal),
    },
    actions=REQUEST_ACTIONS,
    rows=(
        Row(("S-15",), when(papers=Papers.UNAUTHENTICATED),
            _O.CANNOT_VERIFY, "property-title/seal/papers-not-authenticated",
            (ART_17, ART_25_2), Step.AUTHENTICATE_PAPERS, (Addressee.SEALING_AUTHORITY,),
            retryable=True),
        Row(("S-16",), when(papers=Papers.SUSPECTED_FORGED),
            _O.CANNOT_VERIFY, "property-title/seal/papers-suspected-forged",
            (ART_25_2, ART_29), Step.AUTHENTICATE_PAPERS, (Addressee.SEALING_AUTHORITY,)),
        Row(("S-02",), when(papers=Papers.INCOMPLETE, sealer=Sealer.TAX),
            _O.CANNOT_VERIFY, "property-title/seal/papers-incomplete", (ART_25_2, ART_19),
            Step.COMPLETE_PAPERS, _TAX_AUTHORITY),
        Row(("S-11",),
            when(papers=Papers.INCOMPLETE, sealer=Sealer.OTHER,
                 measure=Measure.TRANSFER),
            _O.CANNOT_VERIFY, "property-title/seal/transfer-papers-incomplete",
            (COURT_INSTRUMENTS, SEIZURE_EFFECTS), Step.COMPLETE_PAPERS,
            (Addressee.SEALING_AUTHORITY,)),
        # A seal that its authority may yet complete holds what it would bar; nobody else is told.
        Row(("S-09",),
            when(papers=Papers.INCOMPLETE, sealer=Sealer.OTHER, measure=_SEALING, kind=_BARRED),
            _O.CANNOT_VERIFY, "property-title/seal/seizure-papers-incomplete",
            (COURT_INSTRUMENTS, SEIZURE_BEFORE_RECORDING), Step.COMPLETE_PAPERS,
            _SEALING_AUTHORITY),
        Row(("S-09",),
            when(papers=Papers.INCOMPLETE, sealer=Sealer.OTHER, measure=_SEALING, kind=_FREE),
            _O.NOT_APPLICABLE, "property-title/seal/other-authority", (COURT_INSTRUMENTS,)),
        Row(("S-09",),
            when(papers=Papers.INCOMPLETE, sealer=Sealer.OTHER, measure=Measure.LIFT),
            _O.NOT_APPLICABLE, "property-title/seal/other-authority", (COURT_INSTRUMENTS,)),
        Row(("S-09",),
            when(papers=Papers.COMPLETE, sealer=Sealer.OTHER, measure=_ENTRY),
            _O.NOT_APPLICABLE, "property-title/seal/other-authority", (COURT_INSTRUMENTS,)),
        Row(("S-07",),
            when(papers=Papers.COMPLETE, measure=Measure.TRANSFER, sealer=Sealer.TAX),
            None, "property-title/seal/transfer-requested", (ART_25_2,)),
        Row(("S-11",),
            when(papers=Papers.COMPLETE, measure=Measure.TRANSFER, sealer=Sealer.OTHER),
            None, "property-title/seal/transfer-requested", (COURT_INSTRUMENTS,)),
        Row(("S-01",),
            when(papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.SEAL,
                 sealed=Sealed.NO),
            _O.SATISFIED, "property-title/seal/execute", (ART_25_2, TAX_ENFORCEMENT),
            flags=(Flag.EXECUTE_REQUEST,)),
        Row(("S-01",),
            when(papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.SEAL,
                 sealed=Sealed.YES),
            _O.SATISFIED, "property-title/seal/execute-waiting",
            (ART_25_2, TAX_ENFORCEMENT, SEVERAL_SEIZURES),
            flags=(Flag.EXECUTE_REQUEST, Flag.WAITING_SEAL)),
        Row(("S-03",),
            when(papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.LIFT),
            _O.SATISFIED, "property-title/seal/lift", (ART_25_2, TAX_ENFORCEMENT),
            flags=(Flag.EXECUTE_REQUEST,)),
        Row(("S-12",),
            when(papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.RENEW,
                 renewal=Renewal.IN_TIME),
            _O.SATISFIED, "property-title/seal/renew", (ART_25_2, SEVERAL_SEIZURES),
            flags=(Flag.EXECUTE_REQUEST,)),
        Row(("S-12",),
            when(papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.RENEW,
                 renewal=Renewal.TOO_LATE, sealed=Sealed.YES),
            _O.SATISFIED, "property-title/seal/renew-as-new", (ART_25_2, SEVERAL_SEIZURES),
            flags=(Flag.EXECUTE_REQUEST, Flag.WAITING_SEAL)),
        Row(("S-12",),
            when(papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.RENEW,
                 renewal=Renewal.TOO_LATE, sealed=Sealed.NO),
            _O.SATISFIED, "property-title/seal/renew-as-new", (ART_25_2, SEVERAL_SEIZURES),
            flags=(Flag.EXECUTE_REQUEST,)),
    ),
)

OBSTACLE: Final[Table[ObstacleKind]] = Table(
    name="property-title/seal-as-obstacle",
    question=("《办法》不适用时，查封是否构成障碍？", "Outside the Order, is a seal in the way?"),
    columns={
        "kind": tuple(ActKind),
        "force": tuple(Force),
        "standing": tuple(Standing),
        "touched": tuple(Touched),
    },
    rows=(
        Row(("S-18",),
            when(force=_RECORDED, kind=(ActKind.DISPOSAL, ActKind.UNNAMED), touched=_REACHED,
                 standing=_STOPPED),
            ObstacleKind.SEAL_IN_FORCE, "property-title/seal/obstacle",
            (ART_2, ART_34, NO_TITLE_UNDER_TAX_SEAL, SEALED_NOT_TRANSFERRED),
            flags=(Flag.NATIONAL_LAW_STILL_BINDS,)),
        Row(("S-18",),
            when(force=_RECORDED, kind=(ActKind.DISPOSAL, ActKind.UNNAMED), touched=_REACHED,
                 standing=Standing.GIVES_WAY),
            None, "property-title/seal/obstacle-gives-way"),
        Row(("S-18",),
            when(force=_RECORDED, kind=(ActKind.DISPOSAL, ActKind.UNNAMED), touched=Touched.NO),
            None, "property-title/seal/obstacle-other-share"),
        Row(("S-18",), when(force=_RECORDED, kind=_FREE),
            None, "property-title/seal/no-obstacle"),
        Row(("S-18",), when(force=(Force.PENDING, Force.ENDED)),
            None, "property-title/seal/not-in-force"),
    ),
)
# fmt: on
