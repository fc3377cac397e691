"""The vehicle rules from facts to decision, as one would write them by hand: two ways, no tables.

`decide_building` builds a frozen object with citations for every finding. `decide_prebuilt` hands
out rulings built beforehand. Both know every combination of facts and all three readings of the
checkpoint; `facts.py` compares them with the tables over all of them before anything is timed.
"""

# ruff: noqa: INP001 - scripts, not a package

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from taxgate.checks.vehicle.duties import PurchaseTaxDuty as P
from taxgate.checks.vehicle.duties import Scope
from taxgate.checks.vehicle.duties import VesselTaxDuty as V
from taxgate.checks.vehicle.tables import Arrears, Claim, PurchaseTaxFacts, Relief, VesselTaxFacts
from taxgate.findings import Obligation, Outcome
from taxgate.law import Provision
from taxgate.law.order_307 import ART_2, ART_17, ART_24_2, ART_29, ART_34
from taxgate.law.vehicle import (
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
from taxgate.proceedings import Heading
from taxgate.terms import OUTAGE, Flag, Reach, Reading, State

O = Outcome  # noqa: E741 - stands in some hundred places
S = State
OKAY = frozenset({S.PAID, S.REDUCED_PAID, S.EXEMPT, S.NOT_TAXABLE})
OWED = frozenset({S.UNPAID, S.INVALID})
NO_RECORD = frozenset({S.NONE_FOUND, S.KEY_MISMATCH})
MISSING = OWED | NO_RECORD
NEW_FRAME = frozenset({P.FIRST, P.REPLACEMENT})


@frozen
class Reason:
    """One finding, built anew each time."""

    outcome: Outcome
    code: str
    cites: tuple[Provision, ...]
    obligation: Obligation
    flags: tuple[Flag, ...] = ()


@frozen
class Judgement:
    """What a hand-written check returns: findings strictest first, and what they come to."""

    heading: Heading
    outcome: Outcome
    findings: tuple[Reason, ...]
    flags: tuple[Flag, ...]
    readings: frozenset[Reading]


# Building every finding ---------------------------------------------------------------------------


def decide_building(
    heading: Heading, obligations: Iterable[Obligation], readings: frozenset[Reading]
) -> Judgement:
    """Decide, building a `Reason` for every finding."""
    findings = []
    flags: set[Flag] = set()
    for obligation in obligations:
        facts = obligation.facts
        if type(facts) is PurchaseTaxFacts:
            reason = _purchase_tax(facts, obligation, readings)
        elif type(facts) is VesselTaxFacts:
            if facts.arrears is Arrears.REPORTED and facts.state in OKAY:
                cites = (ART_24_2, ARREARS_LATE_FEES)
                findings.append(Reason(O.ADVISE, "vehicle/vessel-tax/arrears", cites, obligation))
            reason = _vessel_tax(facts, obligation, readings)
        else:
            reason = _scope(facts, obligation)
        if reason is not None:
            findings.append(reason)
            flags.update(reason.flags)
        flags.update(obligation.flags)
    findings.sort(key=lambda item: (-item.outcome.rank, item.code))
    return Judgement(heading, findings[0].outcome, tuple(findings), tuple(sorted(flags)), readings)


def _scope(facts: Scope, obligation: Obligation) -> Reason | None:
    if facts.reach is Reach.OUTSIDE_SHANXI:
        return Reason(O.NOT_APPLICABLE, "vehicle/outside-shanxi", (ART_2,), obligation)
    if facts.reach is Reach.BEFORE_EFFECTIVE_DATE:
        code, flags = "vehicle/before-effective-date", (Flag.NATIONAL_LAW_STILL_BINDS,)
        return Reason(O.NOT_APPLICABLE, code, (ART_34,), obligation, flags)
    if facts.governed == "no":
        cites = (ART_24_2, OTHER_REGISTRATIONS)
        return Reason(O.NOT_APPLICABLE, "vehicle/out-of-scope", cites, obligation)
    return None


def _purchase_tax(
    facts: PurchaseTaxFacts, obligation: Obligation, readings: frozenset[Reading]
) -> Reason | None:
    duty, state = facts.duty, facts.state
    code = f"vehicle/purchase-tax/{state}"
    if state is S.FORGED_SUSPECT:
        cites: tuple[Provision, ...] = (FIRST_REGISTRATION_PROOFS, INVALID_VOUCHERS_BAR, ART_29)
        return Reason(O.REFUSE, code, cites, obligation)
    if duty is P.NOT_ASKED:
        return None
    if duty is P.STAYS:
        cites = (ART_24_2, LOST_EXEMPTION)
        return Reason(O.SATISFIED, "vehicle/purchase-tax/relief-stays", cites, obligation)
    if duty is P.SETTLED:
        if state in OWED:
            code = f"vehicle/purchase-tax/reported-{state}"
            return Reason(O.NOTIFY, code, (ART_24_2,), obligation)
        cites = (ART_24_2, TAXABLE_ONCE)
        return Reason(O.SATISFIED, "vehicle/purchase-tax/settled", cites, obligation)
    if state in OUTAGE:
        return Reason(O.CANNOT_VERIFY, code, (ART_17, ART_24_2), obligation)
    if state is S.DEFERRED or state is S.CONFLICT:
        return Reason(O.NOTIFY, code, (ART_24_2,), obligation)
    if duty is P.FIRST or duty is P.REPLACEMENT:
        if state is S.OWNER_MISMATCH:
            strict = Reading.VPT_OWNER_MISMATCH_STRICT in readings
            outcome = O.NOTIFY_AND_REFUSE if strict else O.NOTIFY
            return Reason(outcome, code, (ART_24_2, PAY_BEFORE_REGISTRATION), obligation)
        if state in NO_RECORD and facts.claim is Claim.EXEMPTION:
            code = "vehicle/purchase-tax/exemption-not-recorded"
            cites = (ART_24_2, PAY_BEFORE_REGISTRATION, FIRST_REGISTRATION_PROOFS)
            return Reason(O.NOTIFY_AND_REFUSE, code, cites, obligation)
        if duty is P.REPLACEMENT:
            if state in OKAY:
                cites = (ART_24_2, PAY_BEFORE_REGISTRATION, OTHER_REGISTRATIONS)
                return Reason(O.SATISFIED, code, cites, obligation)
            cites = (ART_24_2, OTHER_REGISTRATIONS, PAY_BEFORE_REGISTRATION)
            code = f"vehicle/purchase-tax/replacement-{state}"
            return Reason(O.NOTIFY_AND_REFUSE, code, cites, obligation)
        if state in OKAY:
            relieved = (state is S.EXEMPT and facts.relief is Relief.EXEMPT) or (
                state is S.REDUCED_PAID and facts.relief is Relief.HALVED
            )
            ground = NEW_ENERGY_RELIEF if relieved else FIRST_REGISTRATION_PROOFS
            cites = (ART_24_2, PAY_BEFORE_REGISTRATION, ground)
            return Reason(O.SATISFIED, code, cites, obligation)
        cites = (
            ART_24_2,
            PAY_BEFORE_REGISTRATION,
            PURCHASE_TAX_PROOF,
            FIRST_REGISTRATION_PROOFS,
        )
        return Reason(O.NOTIFY_AND_REFUSE, code, cites, obligation)
    if state is S.OWNER_MISMATCH:
        return Reason(O.NOTIFY, code, (ART_24_2,), obligation)
    if duty is P.BASIS_UNKNOWN:
        if state in OKAY:
            cites = (ART_24_2, TAXABLE_ONCE, LOST_EXEMPTION)
            return Reason(O.SATISFIED, code, cites, obligation)
        code = "vehicle/purchase-tax/basis-unknown"
        return Reason(O.NOTIFY, code, (ART_24_2,), obligation)
    cites = (ART_24_2, LOST_EXEMPTION)
    if duty is P.MAKE_UP:
        if state in OKAY:
            return Reason(O.SATISFIED, "vehicle/purchase-tax/made-up", cites, obligation)
        outcome = O.NOTIFY_AND_REFUSE if Reading.EXEMPT_LOSS_STRICT in readings else O.NOTIFY
        return Reason(outcome, "vehicle/purchase-tax/exemption-lost", cites, obligation)
    if state in OKAY:
        return Reason(O.SATISFIED, "vehicle/purchase-tax/own-exemption", cites, obligation)
    return Reason(O.NOTIFY, "vehicle/purchase-tax/own-exemption-missing", cites, obligation)


def _vessel_tax(
    facts: VesselTaxFacts, obligation: Obligation, readings: frozenset[Reading]
) -> Reason:
    duty, state = facts.duty, facts.state
    code = f"vehicle/vessel-tax/{state}"
    cites: tuple[Provision, ...]
    if state is S.FORGED_SUSPECT:
        cites = (FIRST_REGISTRATION_PROOFS, INVALID_VOUCHERS_BAR, NO_PROOF_NO_PROCESSING, ART_29)
        return Reason(O.REFUSE, code, cites, obligation)
    if state in OKAY:
        if duty is V.FIRST:
            cites = (ART_24_2, VESSEL_TAX_PROOF, FIRST_REGISTRATION_PROOFS)
        elif duty is V.INSPECTION:
            cites = (ART_24_2, VESSEL_TAX_PROOF, POLICY_IS_RECEIPT, INSPECTION_MARK)
        else:
            cites = (ART_24_2, VESSEL_TAX_PROOF)
        return Reason(O.SATISFIED, code, cites, obligation)
    if duty is V.ADVISORY:
        if state in OUTAGE:
            flags = (Flag.CHECK_AGAIN_LATER,)
            return Reason(O.ADVISE, code, (ART_24_2, NO_EXTRA_DOCUMENTS), obligation, flags)
        if state in MISSING:
            return Reason(O.ADVISE, code, (ART_24_2,), obligation)
        return Reason(O.ADVISE, code, (ART_24_2, NO_EXTRA_DOCUMENTS), obligation)
    if state in OUTAGE:
        return Reason(O.CANNOT_VERIFY, code, (ART_17, ART_24_2), obligation)
    if state not in MISSING:
        return Reason(O.NOTIFY, code, (ART_24_2,), obligation)
    if duty is V.CHECK:
        strict = Reading.VVT_ALL_REGISTRATIONS_STRICT in readings
        outcome = O.NOTIFY_AND_REFUSE if strict else O.NOTIFY
        cites = (ART_24_2, VESSEL_TAX_PROOF, NO_PROOF_NO_PROCESSING)
        return Reason(outcome, code, cites, obligation)
    if duty is V.INSPECTION:
        cites = (ART_24_2, NO_PROOF_NO_PROCESSING, VESSEL_TAX_PROOF, INSPECTION_MARK)
        return Reason(O.NOTIFY_AND_REFUSE, code, cites, obligation)
    if state in NO_RECORD and facts.claim is Claim.EXEMPTION:
        code = "vehicle/vessel-tax/exemption-not-recorded"
        cites = (ART_24_2, VESSEL_TAX_PROOF, NO_PROOF_NO_PROCESSING)
        return Reason(O.NOTIFY_AND_REFUSE, code, cites, obligation)
    if duty is V.REPLACEMENT:
        code = f"vehicle/vessel-tax/replacement-{state}"
        cites = (ART_24_2, OTHER_REGISTRATIONS, NO_PROOF_NO_PROCESSING)
        return Reason(O.NOTIFY_AND_REFUSE, code, cites, obligation)
    cites = (ART_24_2, VESSEL_TAX_PROOF, NO_PROOF_NO_PROCESSING, FIRST_REGISTRATION_PROOFS)
    return Reason(O.NOTIFY_AND_REFUSE, code, cites, obligation)


# Handing out what was built before ----------------------------------------------------------------


@frozen
class Prebuilt:
    """A ruling built at import; `order` is where its finding stands in a decision."""

    outcome: Outcome
    code: str
    cites: tuple[Provision, ...]
    flags: tuple[Flag, ...]
    order: tuple[int, str]


@frozen
class PrebuiltJudgement:
    """What is returned: each ruling with its obligation, strictest first."""

    heading: Heading
    outcome: Outcome
    findings: tuple[tuple[Prebuilt, Obligation], ...]
    flags: tuple[Flag, ...]
    readings: frozenset[Reading]


def _one(outcome: Outcome, code: str, *cites: Provision, flags: tuple[Flag, ...] = ()) -> Prebuilt:
    return Prebuilt(outcome, f"vehicle/{code}", cites, flags, (-outcome.rank, f"vehicle/{code}"))


def _each(
    outcome: Outcome, code: str, *cites: Provision, flags: tuple[Flag, ...] = ()
) -> dict[State, Prebuilt]:
    return {s: _one(outcome, code.format(s), *cites, flags=flags) for s in State}


_OUTSIDE = _one(O.NOT_APPLICABLE, "outside-shanxi", ART_2)
_BEFORE = _one(
    O.NOT_APPLICABLE, "before-effective-date", ART_34, flags=(Flag.NATIONAL_LAW_STILL_BINDS,)
)
_UNGOVERNED = _one(O.NOT_APPLICABLE, "out-of-scope", ART_24_2, OTHER_REGISTRATIONS)
_ARREARS = _one(O.ADVISE, "vessel-tax/arrears", ART_24_2, ARREARS_LATE_FEES)

_P = "purchase-tax/"
_P_FORGED = _one(
    O.REFUSE, _P + "forged-suspect", FIRST_REGISTRATION_PROOFS, INVALID_VOUCHERS_BAR, ART_29
)
_P_STAYS = _one(O.SATISFIED, _P + "relief-stays", ART_24_2, LOST_EXEMPTION)
_P_SETTLED = _one(O.SATISFIED, _P + "settled", ART_24_2, TAXABLE_ONCE)
_P_REPORTED = _each(O.NOTIFY, _P + "reported-{}", ART_24_2)
_P_OUTAGE = _each(O.CANNOT_VERIFY, _P + "{}", ART_17, ART_24_2)
_P_NOTIFY = _each(O.NOTIFY, _P + "{}", ART_24_2)
_P_OWNER = _one(O.NOTIFY, _P + "owner-mismatch", ART_24_2, PAY_BEFORE_REGISTRATION)
_P_OWNER_STRICT = _one(
    O.NOTIFY_AND_REFUSE, _P + "owner-mismatch", ART_24_2, PAY_BEFORE_REGISTRATION
)
_P_CLAIMED = _one(
    O.NOTIFY_AND_REFUSE,
    _P + "exemption-not-recorded",
    ART_24_2,
    PAY_BEFORE_REGISTRATION,
    FIRST_REGISTRATION_PROOFS,
)
_P_REPLACED = _each(O.SATISFIED, _P + "{}", ART_24_2, PAY_BEFORE_REGISTRATION, OTHER_REGISTRATIONS)
_P_REPLACEMENT = _each(
    O.NOTIFY_AND_REFUSE,
    _P + "replacement-{}",
    ART_24_2,
    OTHER_REGISTRATIONS,
    PAY_BEFORE_REGISTRATION,
)
_P_RELIEVED = _each(O.SATISFIED, _P + "{}", ART_24_2, PAY_BEFORE_REGISTRATION, NEW_ENERGY_RELIEF)
_P_FIRST = _each(
    O.SATISFIED, _P + "{}", ART_24_2, PAY_BEFORE_REGISTRATION, FIRST_REGISTRATION_PROOFS
)
_P_MISSING = _each(
    O.NOTIFY_AND_REFUSE,
    _P + "{}",
    ART_24_2,
    PAY_BEFORE_REGISTRATION,
    PURCHASE_TAX_PROOF,
    FIRST_REGISTRATION_PROOFS,
)
_P_BASIS = _each(O.SATISFIED, _P + "{}", ART_24_2, TAXABLE_ONCE, LOST_EXEMPTION)
_P_BASIS_UNKNOWN = _one(O.NOTIFY, _P + "basis-unknown", ART_24_2)
_P_MADE_UP = _one(O.SATISFIED, _P + "made-up", ART_24_2, LOST_EXEMPTION)
_P_LOST = _one(O.NOTIFY, _P + "exemption-lost", ART_24_2, LOST_EXEMPTION)
_P_LOST_STRICT = _one(O.NOTIFY_AND_REFUSE, _P + "exemption-lost", ART_24_2, LOST_EXEMPTION)
_P_OWN = _one(O.SATISFIED, _P + "own-exemption", ART_24_2, LOST_EXEMPTION)
_P_OWN_MISSING = _one(O.NOTIFY, _P + "own-exemption-missing", ART_24_2, LOST_EXEMPTION)

_V = "vessel-tax/"
_V_FORGED = _one(
    O.REFUSE,
    _V + "forged-suspect",
    FIRST_REGISTRATION_PROOFS,
    INVALID_VOUCHERS_BAR,
    NO_PROOF_NO_PROCESSING,
    ART_29,
)
_V_FIRST = _each(O.SATISFIED, _V + "{}", ART_24_2, VESSEL_TAX_PROOF, FIRST_REGISTRATION_PROOFS)
_V_INSPECTED = _each(
    O.SATISFIED, _V + "{}", ART_24_2, VESSEL_TAX_PROOF, POLICY_IS_RECEIPT, INSPECTION_MARK
)
_V_OKAY = _each(O.SATISFIED, _V + "{}", ART_24_2, VESSEL_TAX_PROOF)
_V_LATER = _each(O.ADVISE, _V + "{}", ART_24_2, NO_EXTRA_DOCUMENTS, flags=(Flag.CHECK_AGAIN_LATER,))
_V_ADVISE = _each(O.ADVISE, _V + "{}", ART_24_2)
_V_ADVISE_MORE = _each(O.ADVISE, _V + "{}", ART_24_2, NO_EXTRA_DOCUMENTS)
_V_OUTAGE = _each(O.CANNOT_VERIFY, _V + "{}", ART_17, ART_24_2)
_V_NOTIFY = _each(O.NOTIFY, _V + "{}", ART_24_2)
_V_CHECK = _each(O.NOTIFY, _V + "{}", ART_24_2, VESSEL_TAX_PROOF, NO_PROOF_NO_PROCESSING)
_V_CHECK_STRICT = _each(
    O.NOTIFY_AND_REFUSE, _V + "{}", ART_24_2, VESSEL_TAX_PROOF, NO_PROOF_NO_PROCESSING
)
_V_INSPECTION = _each(
    O.NOTIFY_AND_REFUSE,
    _V + "{}",
    ART_24_2,
    NO_PROOF_NO_PROCESSING,
    VESSEL_TAX_PROOF,
    INSPECTION_MARK,
)
_V_CLAIMED = _one(
    O.NOTIFY_AND_REFUSE,
    _V + "exemption-not-recorded",
    ART_24_2,
    VESSEL_TAX_PROOF,
    NO_PROOF_NO_PROCESSING,
)
_V_REPLACEMENT = _each(
    O.NOTIFY_AND_REFUSE,
    _V + "replacement-{}",
    ART_24_2,
    OTHER_REGISTRATIONS,
    NO_PROOF_NO_PROCESSING,
)
_V_MISSING = _each(
    O.NOTIFY_AND_REFUSE,
    _V + "{}",
    ART_24_2,
    VESSEL_TAX_PROOF,
    NO_PROOF_NO_PROCESSING,
    FIRST_REGISTRATION_PROOFS,
)


def decide_prebuilt(
    heading: Heading, obligations: Iterable[Obligation], readings: frozenset[Reading]
) -> PrebuiltJudgement:
    """Decide, handing out rulings that were built at import."""
    findings: list[tuple[Prebuilt, Obligation]] = []
    flags: set[Flag] = set()
    for obligation in obligations:
        facts = obligation.facts
        if type(facts) is PurchaseTaxFacts:
            ruling = purchase_tax(facts.duty, facts.state, facts.claim, facts.relief, readings)
        elif type(facts) is VesselTaxFacts:
            if facts.arrears is Arrears.REPORTED and facts.state in OKAY:
                findings.append((_ARREARS, obligation))
            ruling = vessel_tax(facts.duty, facts.state, facts.claim, readings)
        else:
            ruling = scope(facts.reach, governed=facts.governed == "yes")
        if ruling is not None:
            findings.append((ruling, obligation))
            flags.update(ruling.flags)
        flags.update(obligation.flags)
    findings.sort(key=lambda item: item[0].order)
    return PrebuiltJudgement(
        heading, findings[0][0].outcome, tuple(findings), tuple(sorted(flags)), readings
    )


def scope(reach: Reach, *, governed: bool) -> Prebuilt | None:
    """Return why the checkpoint does not govern the act; None where it does."""
    if reach is Reach.OUTSIDE_SHANXI:
        return _OUTSIDE
    if reach is Reach.BEFORE_EFFECTIVE_DATE:
        return _BEFORE
    return None if governed else _UNGOVERNED


def arrears_ruling() -> Prebuilt:
    """Return the ruling on tax of earlier years."""
    return _ARREARS


def purchase_tax(
    duty: P, state: State, claim: Claim, relief: Relief, readings: frozenset[Reading]
) -> Prebuilt | None:
    """Return the ruling on vehicle purchase tax."""
    if state is S.FORGED_SUSPECT:
        return _P_FORGED
    if duty is P.NOT_ASKED:
        return None
    if duty is P.STAYS:
        return _P_STAYS
    if duty is P.SETTLED:
        return _P_REPORTED[state] if state in OWED else _P_SETTLED
    if state in OUTAGE:
        return _P_OUTAGE[state]
    if state is S.DEFERRED or state is S.CONFLICT:
        return _P_NOTIFY[state]
    if duty is P.FIRST or duty is P.REPLACEMENT:
        if state is S.OWNER_MISMATCH:
            strict = Reading.VPT_OWNER_MISMATCH_STRICT in readings
            return _P_OWNER_STRICT if strict else _P_OWNER
        if state in NO_RECORD and claim is Claim.EXEMPTION:
            return _P_CLAIMED
        if duty is P.REPLACEMENT:
            return _P_REPLACED[state] if state in OKAY else _P_REPLACEMENT[state]
        if state not in OKAY:
            return _P_MISSING[state]
        if state is S.EXEMPT and relief is Relief.EXEMPT:
            return _P_RELIEVED[state]
        if state is S.REDUCED_PAID and relief is Relief.HALVED:
            return _P_RELIEVED[state]
        return _P_FIRST[state]
    if state is S.OWNER_MISMATCH:
        return _P_NOTIFY[state]
    if duty is P.BASIS_UNKNOWN:
        return _P_BASIS[state] if state in OKAY else _P_BASIS_UNKNOWN
    if duty is P.MAKE_UP:
        if state in OKAY:
            return _P_MADE_UP
        return _P_LOST_STRICT if Reading.EXEMPT_LOSS_STRICT in readings else _P_LOST
    return _P_OWN if state in OKAY else _P_OWN_MISSING


def vessel_tax(duty: V, state: State, claim: Claim, readings: frozenset[Reading]) -> Prebuilt:
    """Return the ruling on vehicle and vessel tax of one year."""
    if state is S.FORGED_SUSPECT:
        return _V_FORGED
    if state in OKAY:
        if duty is V.FIRST:
            return _V_FIRST[state]
        return _V_INSPECTED[state] if duty is V.INSPECTION else _V_OKAY[state]
    if duty is V.ADVISORY:
        if state in OUTAGE:
            return _V_LATER[state]
        return _V_ADVISE[state] if state in MISSING else _V_ADVISE_MORE[state]
    if state in OUTAGE:
        return _V_OUTAGE[state]
    if state not in MISSING:
        return _V_NOTIFY[state]
    if duty is V.CHECK:
        strict = Reading.VVT_ALL_REGISTRATIONS_STRICT in readings
        return _V_CHECK_STRICT[state] if strict else _V_CHECK[state]
    if duty is V.INSPECTION:
        return _V_INSPECTION[state]
    if state in NO_RECORD and claim is Claim.EXEMPTION:
        return _V_CLAIMED
    return _V_REPLACEMENT[state] if duty is V.REPLACEMENT else _V_MISSING[state]
