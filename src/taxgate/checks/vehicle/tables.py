"""The decision tables of the vehicle checkpoint (2.3), one row per rule beside its citation."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from ...findings import Bench, Outcome
from ...law.order_307 import ART_17, ART_24_2, ART_29
from ...law.vehicle import (
    ARREARS_LATE_FEES,
    FIRST_REGISTRATION_PROOFS,
    INSPECTION_MARK,
    INVALID_VOUCHERS_BAR,
    LOST_EXEMPTION,
    NEW_ENERGY_RELIEF,
    NO_EXTRA_DOCUMENTS,
    NO_PROOF_NO_PROCESSING,
    OTHER_REGISTRATIONS,
    PAY_BEFORE_REGISTRATION,
    POLICY_IS_RECEIPT,
    PURCHASE_TAX_PROOF,
    TAXABLE_ONCE,
    VESSEL_TAX_PROOF,
)
from ...tables import Action, Row, Table, when
from ...terms import MISSING, OK, OUTAGE, WORSE_THAN, Actor, Addressee, Flag, Reading, State, Step
from ..acting import tax_actions
from .duties import (
    PURCHASE_TAX_DUTY,
    SCOPE,
    SEIZURE,
    VESSEL_TAX_DUTY,
    PurchaseTaxDuty,
    Scope,
    VesselTaxDuty,
)


class Claim(StrEnum):
    """Whether the applicant claims an exemption from this tax."""

    NONE = "none"
    EXEMPTION = "exemption"


class Relief(StrEnum):
    """Relief of new-energy vehicles (新能源汽车) in the year of purchase."""

    NONE = "none"
    EXEMPT = "exempt"
    """A new-energy vehicle bought in 2024 or 2025."""
    HALVED = "halved"
    """A new-energy vehicle bought in 2026 or 2027."""


class Arrears(StrEnum):
    """Whether the source reports tax of earlier years still owed."""

    NONE = "none"
    REPORTED = "reported"


@frozen
class PurchaseTaxFacts:
    """Facts of vehicle purchase tax."""

    duty: PurchaseTaxDuty
    state: State
    claim: Claim
    relief: Relief


@frozen
class VesselTaxFacts:
    """Facts of vehicle and vessel tax."""

    duty: VesselTaxDuty
    state: State
    claim: Claim
    arrears: Arrears


_O: Final = Outcome
_P: Final = PurchaseTaxDuty
_V: Final = VesselTaxDuty
_TAXPAYER: Final = (Addressee.TAXPAYER,)
_APPLICANT: Final = (Addressee.APPLICANT,)
_NO_RECORD: Final = (State.NONE_FOUND, State.KEY_MISMATCH)
_OWED: Final = (State.UNPAID, State.INVALID)

PURCHASE_TAX_STATES: Final = tuple(state for state in State if state is not State.DECLARED_ZERO)
"""A return with nothing payable fulfils neither vehicle tax: appraisal makes it a conflict."""

VESSEL_TAX_STATES: Final = tuple(
    state for state in PURCHASE_TAX_STATES if state is not State.OWNER_MISMATCH
)
_PURCHASE_TAX_OK: Final = OK - {State.DECLARED_ZERO}
_NEW_FRAME: Final = (_P.FIRST, _P.REPLACEMENT)
_ASKED: Final = (_P.FIRST, _P.REPLACEMENT, _P.MAKE_UP, _P.SAME_CLASS, _P.BASIS_UNKNOWN)
_STRICT: Final = (_V.FIRST, _V.REPLACEMENT, _V.INSPECTION, _V.CHECK)

# fmt: off
PURCHASE_TAX: Final[Table[Outcome]] = Table(
    name="vehicle/purchase-tax",
    question=("车辆购置税是否允许办理？", "Does vehicle purchase tax allow the act?"),
    columns={
        "duty": tuple(duty for duty in _P if duty is not _P.IGNORED),
        "state": PURCHASE_TAX_STATES,
        "claim": tuple(Claim),
        "relief": tuple(Relief),
    },
    worse={"state": WORSE_THAN},
    actions=tax_actions({"claim": Claim.NONE}),
    rows=(
        Row(("V-01",),
            when(duty=_P.FIRST, state=(State.PAID, State.NOT_TAXABLE)),
            _O.SATISFIED, "vehicle/purchase-tax/{state}",
            (ART_24_2, PAY_BEFORE_REGISTRATION, FIRST_REGISTRATION_PROOFS)),
        Row(("V-01",),
            when(duty=_P.FIRST, state=State.EXEMPT, relief=(Relief.NONE, Relief.HALVED)),
            _O.SATISFIED, "vehicle/purchase-tax/{state}",
            (ART_24_2, PAY_BEFORE_REGISTRATION, FIRST_REGISTRATION_PROOFS)),
        Row(("V-01",),
            when(duty=_P.FIRST, state=State.REDUCED_PAID, relief=(Relief.NONE, Relief.EXEMPT)),
            _O.SATISFIED, "vehicle/purchase-tax/{state}",
            (ART_24_2, PAY_BEFORE_REGISTRATION, FIRST_REGISTRATION_PROOFS)),
        Row(("V-09",), when(duty=_P.FIRST, state=State.EXEMPT, relief=Relief.EXEMPT),
            _O.SATISFIED, "vehicle/purchase-tax/{state}",
            (ART_24_2, PAY_BEFORE_REGISTRATION, NEW_ENERGY_RELIEF)),
        Row(("V-10",), when(duty=_P.FIRST, state=State.REDUCED_PAID, relief=Relief.HALVED),
            _O.SATISFIED, "vehicle/purchase-tax/{state}",
            (ART_24_2, PAY_BEFORE_REGISTRATION, NEW_ENERGY_RELIEF)),
        Row(("V-35",), when(duty=_P.REPLACEMENT, state=_PURCHASE_TAX_OK),
            _O.SATISFIED, "vehicle/purchase-tax/{state}",
            (ART_24_2, PAY_BEFORE_REGISTRATION, OTHER_REGISTRATIONS)),
        Row(("V-02",), when(duty=_P.FIRST, state=_OWED),
            _O.NOTIFY_AND_REFUSE, "vehicle/purchase-tax/{state}",
            (ART_24_2, PAY_BEFORE_REGISTRATION, PURCHASE_TAX_PROOF, FIRST_REGISTRATION_PROOFS),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-02",), when(duty=_P.FIRST, state=_NO_RECORD, claim=Claim.NONE),
            _O.NOTIFY_AND_REFUSE, "vehicle/purchase-tax/{state}",
            (ART_24_2, PAY_BEFORE_REGISTRATION, PURCHASE_TAX_PROOF, FIRST_REGISTRATION_PROOFS),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-08",), when(duty=_NEW_FRAME, state=_NO_RECORD, claim=Claim.EXEMPTION),
            _O.NOTIFY_AND_REFUSE, "vehicle/purchase-tax/exemption-not-recorded",
            (ART_24_2, PAY_BEFORE_REGISTRATION, FIRST_REGISTRATION_PROOFS),
            Step.OBTAIN_EXEMPTION_RECORD, _TAXPAYER),
        Row(("V-24",), when(duty=_P.REPLACEMENT, state=_OWED),
            _O.NOTIFY_AND_REFUSE, "vehicle/purchase-tax/replacement-{state}",
            (ART_24_2, OTHER_REGISTRATIONS, PAY_BEFORE_REGISTRATION), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-24",), when(duty=_P.REPLACEMENT, state=_NO_RECORD, claim=Claim.NONE),
            _O.NOTIFY_AND_REFUSE, "vehicle/purchase-tax/replacement-{state}",
            (ART_24_2, OTHER_REGISTRATIONS, PAY_BEFORE_REGISTRATION), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-28",), when(duty=_NEW_FRAME, state=State.OWNER_MISMATCH),
            _O.NOTIFY, "vehicle/purchase-tax/owner-mismatch",
            (ART_24_2, PAY_BEFORE_REGISTRATION), Step.CORRECT_DATA, _TAXPAYER,
            under=(Reading.VPT_OWNER_MISMATCH_STRICT, _O.NOTIFY_AND_REFUSE)),
        # Relief that ends with the act.
        Row(("V-18",), when(duty=_P.MAKE_UP, state=_PURCHASE_TAX_OK),
            _O.SATISFIED, "vehicle/purchase-tax/made-up", (ART_24_2, LOST_EXEMPTION)),
        Row(("V-19",), when(duty=_P.MAKE_UP, state=MISSING),
            _O.NOTIFY, "vehicle/purchase-tax/exemption-lost", (ART_24_2, LOST_EXEMPTION),
            Step.PAY_OR_FILE, _TAXPAYER,
            under=(Reading.EXEMPT_LOSS_STRICT, _O.NOTIFY_AND_REFUSE)),
        Row(("V-39",), when(duty=_P.SAME_CLASS, state=_PURCHASE_TAX_OK),
            _O.SATISFIED, "vehicle/purchase-tax/own-exemption", (ART_24_2, LOST_EXEMPTION)),
        Row(("V-39",), when(duty=_P.SAME_CLASS, state=MISSING),
            _O.NOTIFY, "vehicle/purchase-tax/own-exemption-missing", (ART_24_2, LOST_EXEMPTION),
            Step.OBTAIN_EXEMPTION_RECORD, _TAXPAYER),
        Row(("V-16", "V-17", "V-18"), when(duty=_P.BASIS_UNKNOWN, state=_PURCHASE_TAX_OK),
            _O.SATISFIED, "vehicle/purchase-tax/{state}", (ART_24_2, TAXABLE_ONCE, LOST_EXEMPTION)),
        Row(("V-20",), when(duty=_P.BASIS_UNKNOWN, state=MISSING),
            _O.NOTIFY, "vehicle/purchase-tax/basis-unknown", (ART_24_2,),
            Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        # Not asked for: the archive settles it, or the relief stays.
        Row(("V-17",),
            when(duty=_P.STAYS, state=frozenset(PURCHASE_TAX_STATES) - {State.FORGED_SUSPECT}),
            _O.SATISFIED, "vehicle/purchase-tax/relief-stays", (ART_24_2, LOST_EXEMPTION)),
        Row(("V-16",),
            when(duty=_P.SETTLED,
                 state=frozenset(PURCHASE_TAX_STATES) - {*_OWED, State.FORGED_SUSPECT}),
            _O.SATISFIED, "vehicle/purchase-tax/settled", (ART_24_2, TAXABLE_ONCE)),
        Row(("V-38",), when(duty=_P.SETTLED, state=_OWED),
            _O.NOTIFY, "vehicle/purchase-tax/reported-{state}", (ART_24_2,),
            Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        # Not asked for and not heard, but a forged voucher bars every registration.
        Row(("2.2",),
            when(duty=_P.NOT_ASKED, state=frozenset(PURCHASE_TAX_STATES) - {State.FORGED_SUSPECT}),
            None, "vehicle/purchase-tax/not-asked", (OTHER_REGISTRATIONS,)),
        # What every tax asked for has in common.
        Row(("V-04",), when(duty=_NEW_FRAME, state=State.CONFLICT),
            _O.NOTIFY, "vehicle/purchase-tax/{state}", (ART_24_2,), Step.CORRECT_DATA, _TAXPAYER),
        Row(("V-04",),
            when(duty=(_P.MAKE_UP, _P.SAME_CLASS, _P.BASIS_UNKNOWN),
                 state=(State.CONFLICT, State.OWNER_MISMATCH)),
            _O.NOTIFY, "vehicle/purchase-tax/{state}", (ART_24_2,), Step.CORRECT_DATA, _TAXPAYER),
        Row(("V-34",), when(duty=_ASKED, state=State.DEFERRED),
            _O.NOTIFY, "vehicle/purchase-tax/{state}", (ART_24_2,), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-05",), when(duty=_ASKED, state=OUTAGE),
            _O.CANNOT_VERIFY, "vehicle/purchase-tax/{state}", (ART_17, ART_24_2),
            Step.RETRY, _APPLICANT, retryable=True),
        Row(("V-30",), when(state=State.FORGED_SUSPECT),
            _O.REFUSE, "vehicle/purchase-tax/{state}",
            (FIRST_REGISTRATION_PROOFS, INVALID_VOUCHERS_BAR, ART_29),
            Step.EXPLAIN_SUSPICION, _TAXPAYER),
    ),
)

VESSEL_TAX: Final[Table[Outcome]] = Table(
    name="vehicle/vessel-tax",
    question=("车船税是否允许办理？", "Does vehicle and vessel tax allow the act?"),
    columns={"duty": tuple(_V), "state": VESSEL_TAX_STATES, "claim": tuple(Claim)},
    worse={"state": WORSE_THAN},
    actions=tax_actions({"claim": Claim.NONE}),
    rows=(
        Row(("V-01",), when(duty=_V.FIRST, state=_PURCHASE_TAX_OK),
            _O.SATISFIED, "vehicle/vessel-tax/{state}",
            (ART_24_2, VESSEL_TAX_PROOF, FIRST_REGISTRATION_PROOFS)),
        Row(("V-12",), when(duty=_V.INSPECTION, state=_PURCHASE_TAX_OK),
            _O.SATISFIED, "vehicle/vessel-tax/{state}",
            (ART_24_2, VESSEL_TAX_PROOF, POLICY_IS_RECEIPT, INSPECTION_MARK)),
        Row(("V-35",),
            when(duty=(_V.REPLACEMENT, _V.CHECK, _V.ADVISORY), state=_PURCHASE_TAX_OK),
            _O.SATISFIED, "vehicle/vessel-tax/{state}", (ART_24_2, VESSEL_TAX_PROOF)),
        Row(("V-03",), when(duty=_V.FIRST, state=_OWED),
            _O.NOTIFY_AND_REFUSE, "vehicle/vessel-tax/{state}",
            (ART_24_2, VESSEL_TAX_PROOF, NO_PROOF_NO_PROCESSING, FIRST_REGISTRATION_PROOFS),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-03",), when(duty=_V.FIRST, state=_NO_RECORD, claim=Claim.NONE),
            _O.NOTIFY_AND_REFUSE, "vehicle/vessel-tax/{state}",
            (ART_24_2, VESSEL_TAX_PROOF, NO_PROOF_NO_PROCESSING, FIRST_REGISTRATION_PROOFS),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-08",),
            when(duty=(_V.FIRST, _V.REPLACEMENT), state=_NO_RECORD, claim=Claim.EXEMPTION),
            _O.NOTIFY_AND_REFUSE, "vehicle/vessel-tax/exemption-not-recorded",
            (ART_24_2, VESSEL_TAX_PROOF, NO_PROOF_NO_PROCESSING),
            Step.OBTAIN_EXEMPTION_RECORD, _TAXPAYER),
        Row(("V-24",), when(duty=_V.REPLACEMENT, state=_OWED),
            _O.NOTIFY_AND_REFUSE, "vehicle/vessel-tax/replacement-{state}",
            (ART_24_2, OTHER_REGISTRATIONS, NO_PROOF_NO_PROCESSING), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-24",), when(duty=_V.REPLACEMENT, state=_NO_RECORD, claim=Claim.NONE),
            _O.NOTIFY_AND_REFUSE, "vehicle/vessel-tax/replacement-{state}",
            (ART_24_2, OTHER_REGISTRATIONS, NO_PROOF_NO_PROCESSING), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-13",), when(duty=_V.INSPECTION, state=MISSING),
            _O.NOTIFY_AND_REFUSE, "vehicle/vessel-tax/{state}",
            (ART_24_2, NO_PROOF_NO_PROCESSING, VESSEL_TAX_PROOF, INSPECTION_MARK),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-22",), when(duty=_V.CHECK, state=MISSING),
            _O.NOTIFY, "vehicle/vessel-tax/{state}",
            (ART_24_2, VESSEL_TAX_PROOF, NO_PROOF_NO_PROCESSING), Step.PAY_OR_FILE, _TAXPAYER,
            under=(Reading.VVT_ALL_REGISTRATIONS_STRICT, _O.NOTIFY_AND_REFUSE)),
        Row(("V-23",), when(duty=_V.ADVISORY, state=MISSING),
            _O.ADVISE, "vehicle/vessel-tax/{state}", (ART_24_2,), Step.PAY_OR_FILE, _TAXPAYER),
        # Where not even "unpaid" stops the act, nothing weaker may.
        Row(("V-33",), when(duty=_V.ADVISORY, state=(State.CONFLICT, State.DEFERRED)),
            _O.ADVISE, "vehicle/vessel-tax/{state}", (ART_24_2, NO_EXTRA_DOCUMENTS),
            Step.CORRECT_DATA, _TAXPAYER),
        Row(("V-33",), when(duty=_V.ADVISORY, state=OUTAGE),
            _O.ADVISE, "vehicle/vessel-tax/{state}", (ART_24_2, NO_EXTRA_DOCUMENTS),
            Step.RETRY, _APPLICANT, retryable=True, flags=(Flag.CHECK_AGAIN_LATER,)),
        Row(("V-04",), when(duty=_STRICT, state=State.CONFLICT),
            _O.NOTIFY, "vehicle/vessel-tax/{state}", (ART_24_2,), Step.CORRECT_DATA, _TAXPAYER),
        Row(("V-34",), when(duty=_STRICT, state=State.DEFERRED),
            _O.NOTIFY, "vehicle/vessel-tax/{state}", (ART_24_2,), Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-05",), when(duty=_STRICT, state=OUTAGE),
            _O.CANNOT_VERIFY, "vehicle/vessel-tax/{state}", (ART_17, ART_24_2),
            Step.RETRY, _APPLICANT, retryable=True),
        Row(("V-30",), when(state=State.FORGED_SUSPECT),
            _O.REFUSE, "vehicle/vessel-tax/{state}",
            (FIRST_REGISTRATION_PROOFS, INVALID_VOUCHERS_BAR, NO_PROOF_NO_PROCESSING, ART_29),
            Step.EXPLAIN_SUSPICION, _TAXPAYER),
    ),
)

ARREARS: Final[Table[Outcome]] = Table(
    name="vehicle/vessel-tax-arrears",
    question=("是否有以前年度车船税欠税？", "Are earlier years of vehicle and vessel tax owed?"),
    columns={"state": VESSEL_TAX_STATES, "arrears": tuple(Arrears)},
    actions=(
        Action("pay-arrears", Actor.TAXPAYER, when(arrears=Arrears.REPORTED),
               {"arrears": Arrears.NONE}),
    ),
    rows=(
        Row(("V-14",), when(arrears=Arrears.REPORTED, state=_PURCHASE_TAX_OK),
            _O.ADVISE, "vehicle/vessel-tax/arrears", (ART_24_2, ARREARS_LATE_FEES),
            Step.PAY_OR_FILE, _TAXPAYER),
        Row(("V-14",),
            when(arrears=Arrears.REPORTED, state=frozenset(VESSEL_TAX_STATES) - _PURCHASE_TAX_OK),
            None, "vehicle/vessel-tax/arrears-beside-the-year-asked"),
        Row(("V-14",), when(arrears=Arrears.NONE), None, "vehicle/vessel-tax/no-arrears"),
    ),
)
# fmt: on

PURCHASE_TAX_TABLES: Final = (PURCHASE_TAX,)
VESSEL_TAX_TABLES: Final = (VESSEL_TAX, ARREARS)
BENCH: Final = Bench(
    {
        Scope: (SCOPE,),
        PurchaseTaxFacts: PURCHASE_TAX_TABLES,
        VesselTaxFacts: VESSEL_TAX_TABLES,
    }
)
TABLES: Final = (
    SCOPE,
    PURCHASE_TAX_DUTY,
    VESSEL_TAX_DUTY,
    PURCHASE_TAX,
    VESSEL_TAX,
    ARREARS,
    SEIZURE,
)
