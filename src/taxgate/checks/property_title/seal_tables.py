"""The seizure tables of the real-estate checkpoint (3.3); a seal is one of any authority."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from ...findings import Outcome
from ...law.order_307 import ART_17, ART_19, ART_25_2, ART_29, ART_34
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
from ...terms import Addressee, Flag, ObstacleKind, State, Step
from .duties import ActKind
from .kinds import Measure


class Force(StrEnum):
    """Whether a seal is in force (查封效力)."""

    IN_FORCE = "in-force"
    OPEN_ENDED = "open-ended"
    """A tax seal without a stated end, or whose tax is said to be paid; not lifted."""
    PENDING = "pending"
    """Complete papers arrived; it is not recorded yet."""
    ENDED = "ended"


class Sealer(StrEnum):
    """Whether the tax authority sealed, or another."""

    TAX = "tax"
    OTHER = "other"


class Standing(StrEnum):
    """How a seal stands to the transfer an authority asks for."""

    ALONE = "alone"
    """No such request, or one that gives no precedence over any seal."""
    GIVES_WAY = "gives-way"
    """The requesting authority's own, a later one, or one whose disposal was handed over."""
    EARLIER_THAN_TAX = "earlier-than-tax"
    """Ranks before the seal of the tax authority that asks, and was not handed over."""


class Touched(StrEnum):
    """Whether the act disposes of what is sealed."""

    YES = "yes"
    NO = "no"


class Readable(StrEnum):
    """Whether the seal register could be read."""

    YES = "yes"
    NO = "no"


class Papers(StrEnum):
    """State of the papers of a request."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    """One is missing, they disagree, or unit or owner differ."""
    UNAUTHENTICATED = "unauthenticated"
    SUSPECTED_FORGED = "suspected-forged"


class Sealed(StrEnum):
    """What the register shows for the unit a request names."""

    NO = "no"
    YES = "yes"
    """A seal is in force; a new one waits."""


class Renewal(StrEnum):
    """Whether a renewal came in time."""

    IN_TIME = "in-time"
    TOO_LATE = "too-late"
    """After the stated end, or there is no such seal: a new one."""


@frozen
class SealFacts:
    """Facts of one seal on one unit."""

    kind: ActKind
    force: Force
    sealer: Sealer
    standing: Standing
    touched: Touched


@frozen
class RegisterFacts:
    """Facts of the register of one unit."""

    kind: ActKind
    readable: Readable


@frozen
class RequestFacts:
    """Facts of one request; `state` says only whether its papers are suspected forged."""

    kind: ActKind
    sealer: Sealer
    measure: Measure
    papers: Papers
    sealed: Sealed
    renewal: Renewal
    state: State | None = None


_O: Final = Outcome
_BARS: Final = (NO_TITLE_UNDER_TAX_SEAL, SEALED_NOT_TRANSFERRED, SEALED_NOT_MORTGAGED,
                CONTRARY_TO_LAW)  # fmt: skip
_OTHER_BARS: Final = (SEALED_NOT_TRANSFERRED, SEALED_NOT_MORTGAGED, CONTRARY_TO_LAW)
_APPLICANT: Final = (Addressee.APPLICANT,)
_LIVE: Final = (Force.IN_FORCE, Force.OPEN_ENDED, Force.PENDING)
_RECORDED: Final = (Force.IN_FORCE, Force.OPEN_ENDED)
_STOPPED: Final = (Standing.ALONE, Standing.EARLIER_THAN_TAX)
_FREE: Final = (ActKind.HARMLESS, ActKind.ASSISTANCE)
_HELD: Final = (ActKind.DISPOSAL, ActKind.UNNAMED, ActKind.ASSISTANCE)
_TAX_AUTHORITY: Final = (Addressee.TAX_AUTHORITY,)
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
    rows=(
        Row(("S-06",), when(force=Force.ENDED),
            None, "property-title/seal/ended", (SEVERAL_SEIZURES, SEIZURE_EFFECTS)),
        Row(("S-05",), when(force=_LIVE, kind=_FREE),
            None, "property-title/seal/no-bar", (SEALED_NOT_TRANSFERRED,)),
        Row(("S-14",), when(force=_LIVE, kind=(ActKind.DISPOSAL, ActKind.UNNAMED),
                            touched=Touched.NO),
            None, "property-title/seal/other-share", (SEALED_NOT_TRANSFERRED,)),
        Row(("S-17",), when(force=_RECORDED, kind=ActKind.UNNAMED, touched=Touched.YES),
            _O.CANNOT_VERIFY, "property-title/seal/act-not-named", (SEIZURE_EFFECTS,),
            Step.ASK_SEALING_AUTHORITY, (Addressee.APPLICANT, Addressee.SEALING_AUTHORITY)),
        Row(("S-10", "S-17"),
            when(force=Force.PENDING, kind=ActKind.UNNAMED, touched=Touched.YES),
            _O.CANNOT_VERIFY, "property-title/seal/act-not-named", (SEIZURE_EFFECTS,),
            Step.ASK_SEALING_AUTHORITY, (Addressee.APPLICANT, Addressee.SEALING_AUTHORITY),
            flags=(Flag.RECORD_SEAL_FIRST,)),
        # Disposals.
        Row(("S-04", "S-14"),
            when(force=Force.IN_FORCE, kind=ActKind.DISPOSAL, touched=Touched.YES,
                 sealer=Sealer.TAX, standing=Standing.ALONE),
            _O.REFUSE, "property-title/seal/tax-seal-in-force", (ART_25_2, *_BARS),
            Step.LIFT_SEAL, _APPLICANT),
        Row(("S-13", "S-04"),
            when(force=Force.OPEN_ENDED, kind=ActKind.DISPOSAL, touched=Touched.YES,
                 sealer=Sealer.TAX, standing=Standing.ALONE),
            _O.REFUSE, "property-title/seal/tax-seal-not-lifted",
            (ART_25_2, *_BARS, TAX_ENFORCEMENT, SEAL_DURATION), Step.LIFT_SEAL, _APPLICANT),
        Row(("S-09", "S-04", "S-14"),
            when(force=_RECORDED, kind=ActKind.DISPOSAL, touched=Touched.YES,
                 sealer=Sealer.OTHER, standing=Standing.ALONE),
            _O.REFUSE, "property-title/seal/seizure-in-force", _OTHER_BARS,
            Step.LIFT_SEAL, _APPLICANT),
        Row(("S-10", "S-04"),
            when(force=Force.PENDING, kind=ActKind.DISPOSAL, touched=Touched.YES,
                 standing=_STOPPED),
            _O.REFUSE, "property-title/seal/recorded-first",
            (SEIZURE_BEFORE_RECORDING, *_BARS), Step.LIFT_SEAL, _APPLICANT,
            flags=(Flag.RECORD_SEAL_FIRST,)),
        Row(("S-10",),
            when(force=Force.PENDING, kind=ActKind.DISPOSAL, touched=Touched.YES,
                 standing=Standing.GIVES_WAY),
            _O.SATISFIED, "property-title/seal/transfer-first",
            (SEIZURE_BEFORE_RECORDING, SEIZURE_EFFECTS), flags=(Flag.RECORD_TRANSFER_FIRST,)),
        Row(("S-08",),
            when(force=_RECORDED, kind=ActKind.DISPOSAL, touched=Touched.YES,
                 standing=Standing.EARLIER_THAN_TAX),
            _O.REFUSE, "property-title/seal/earlier-seizure",
            (SEVERAL_SEIZURES, SEALED_NOT_TRANSFERRED), Step.HAND_OVER_DISPOSAL, _TAX_AUTHORITY),
        Row(("S-07", "S-11"),
            when(force=_RECORDED, kind=ActKind.DISPOSAL, touched=Touched.YES,
                 standing=Standing.GIVES_WAY),
            None, "property-title/seal/gives-way",
            (ART_25_2, SEIZURE_EFFECTS, COURT_INSTRUMENTS)),
    ),
)

REGISTER: Final[Table[Outcome]] = Table(
    name="property-title/seal-register",
    question=("能否读取查封登记？", "Could the seal register be read?"),
    columns={"kind": tuple(ActKind), "readable": tuple(Readable)},
    rows=(
        Row(("S-15",), when(readable=Readable.YES), None, "property-title/seal/register-read"),
        Row(("S-05",), when(readable=Readable.NO, kind=ActKind.HARMLESS),
            None, "property-title/seal/register-not-needed"),
        Row(("S-15",), when(readable=Readable.NO, kind=_HELD),
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
    rows=(
        # Beside an act that no seal bars, a request is an act of its own.
        Row(("S-05",), when(kind=ActKind.HARMLESS),
            None, "property-title/seal/request-apart"),
        Row(("S-15",), when(kind=_HELD, papers=Papers.UNAUTHENTICATED),
            _O.CANNOT_VERIFY, "property-title/seal/papers-not-authenticated",
            (ART_17, ART_25_2), Step.AUTHENTICATE_PAPERS, (Addressee.SEALING_AUTHORITY,),
            retryable=True),
        Row(("S-16",), when(kind=_HELD, papers=Papers.SUSPECTED_FORGED),
            _O.CANNOT_VERIFY, "property-title/seal/papers-suspected-forged",
            (ART_25_2, ART_29), Step.AUTHENTICATE_PAPERS, (Addressee.SEALING_AUTHORITY,)),
        Row(("S-02",), when(kind=_HELD, papers=Papers.INCOMPLETE, sealer=Sealer.TAX),
            _O.CANNOT_VERIFY, "property-title/seal/papers-incomplete", (ART_25_2, ART_19),
            Step.COMPLETE_PAPERS, _TAX_AUTHORITY),
        Row(("S-11",),
            when(kind=_HELD, papers=Papers.INCOMPLETE, sealer=Sealer.OTHER,
                 measure=Measure.TRANSFER),
            _O.CANNOT_VERIFY, "property-title/seal/transfer-papers-incomplete",
            (COURT_INSTRUMENTS, SEIZURE_EFFECTS), Step.COMPLETE_PAPERS,
            (Addressee.SEALING_AUTHORITY,)),
        Row(("S-09",),
            when(kind=_HELD, papers=(Papers.COMPLETE, Papers.INCOMPLETE), sealer=Sealer.OTHER,
                 measure=_ENTRY),
            _O.NOT_APPLICABLE, "property-title/seal/other-authority", (COURT_INSTRUMENTS,)),
        Row(("S-07", "S-11"),
            when(kind=_HELD, papers=Papers.COMPLETE, measure=Measure.TRANSFER),
            None, "property-title/seal/transfer-requested", (ART_25_2, COURT_INSTRUMENTS)),
        Row(("S-01",),
            when(kind=_HELD, papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.SEAL,
                 sealed=Sealed.NO),
            _O.SATISFIED, "property-title/seal/execute", (ART_25_2, TAX_ENFORCEMENT),
            flags=(Flag.EXECUTE_REQUEST,)),
        Row(("S-01",),
            when(kind=_HELD, papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.SEAL,
                 sealed=Sealed.YES),
            _O.SATISFIED, "property-title/seal/execute-waiting",
            (ART_25_2, TAX_ENFORCEMENT, SEVERAL_SEIZURES),
            flags=(Flag.EXECUTE_REQUEST, Flag.WAITING_SEAL)),
        Row(("S-03",),
            when(kind=_HELD, papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.LIFT),
            _O.SATISFIED, "property-title/seal/lift", (ART_25_2, TAX_ENFORCEMENT),
            flags=(Flag.EXECUTE_REQUEST,)),
        Row(("S-12",),
            when(kind=_HELD, papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.RENEW,
                 renewal=Renewal.IN_TIME),
            _O.SATISFIED, "property-title/seal/renew", (ART_25_2, SEVERAL_SEIZURES),
            flags=(Flag.EXECUTE_REQUEST,)),
        Row(("S-12",),
            when(kind=_HELD, papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.RENEW,
                 renewal=Renewal.TOO_LATE, sealed=Sealed.YES),
            _O.SATISFIED, "property-title/seal/renew-as-new", (ART_25_2, SEVERAL_SEIZURES),
            flags=(Flag.EXECUTE_REQUEST, Flag.WAITING_SEAL)),
        Row(("S-12",),
            when(kind=_HELD, papers=Papers.COMPLETE, sealer=Sealer.TAX, measure=Measure.RENEW,
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
            when(force=_RECORDED, kind=(ActKind.DISPOSAL, ActKind.UNNAMED), touched=Touched.YES,
                 standing=_STOPPED),
            ObstacleKind.SEAL_IN_FORCE, "property-title/seal/obstacle",
            (ART_34, NO_TITLE_UNDER_TAX_SEAL, SEALED_NOT_TRANSFERRED),
            flags=(Flag.NATIONAL_LAW_STILL_BINDS,)),
        Row(("S-18",),
            when(force=_RECORDED, kind=(ActKind.DISPOSAL, ActKind.UNNAMED), touched=Touched.YES,
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
