"""First registration of a vehicle from application and answers to decision, written by hand.

It covers all that can happen at that one act: stale and missing answers, records of other vehicles
and years, papers verified and not, cancelled vouchers, classes outside a tax, relief of new-energy
vehicles, the policy's tax year, arrears, suspected forgery, seizure, referrals, place and time. For
any other act it raises; a fuller one would branch once more before it does the same work.

It leaves out what taxgate keeps beside the decision: inquiries with their purpose, the rulings that
say nothing, and for every record what it counted for and why.
"""

# ruff: noqa: INP001 - scripts, not a package
# ruff: noqa: PLR0915 - the point of writing it by hand is not to split it

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial

from attrs import frozen
from by_hand_facts import Prebuilt, arrears_ruling, purchase_tax, scope, vessel_tax

from taxgate.checks.vehicle.application import (
    Energy,
    ExemptionBasis,
    Vehicle,
    VehicleAct,
    VehicleApplication,
    VehicleCategory,
    VehicleTaxRecord,
)
from taxgate.checks.vehicle.duties import PurchaseTaxDuty, VesselTaxDuty
from taxgate.checks.vehicle.tables import Claim, Relief
from taxgate.evidence import CHINA, Answer, OutageKind
from taxgate.findings import Outcome, Standing
from taxgate.parties import NATURAL, PersonMatch, compare_persons
from taxgate.terms import OK, OUTAGE, Flag, Matter, Reach, Reading, RecordStatus, State

DAY = timedelta(hours=24)
SKEW = timedelta(minutes=5)
ORDER_SINCE = date(2024, 2, 1)
EXEMPT_SINCE, HALVED_SINCE, RELIEF_UNTIL = date(2024, 1, 1), date(2026, 1, 1), date(2028, 1, 1)
GOVERNED_NOT = (VehicleCategory.TRACTOR, VehicleCategory.MILITARY, VehicleCategory.VESSEL)
MACHINES = frozenset(
    {
        VehicleCategory.METRO,
        VehicleCategory.LOADER,
        VehicleCategory.GRADER,
        VehicleCategory.EXCAVATOR,
        VehicleCategory.BULLDOZER,
        VehicleCategory.MOBILE_CRANE,
        VehicleCategory.FORKLIFT,
    }
)
COUNTS_AS = {
    RecordStatus.PAID: Standing.GOOD,
    RecordStatus.REDUCED_PAID: Standing.GOOD,
    RecordStatus.EXEMPT: Standing.GOOD,
    RecordStatus.NOT_TAXABLE: Standing.GOOD,
    RecordStatus.DECLARED_ZERO: Standing.CONFLICT,
    RecordStatus.DEFERRED: Standing.DEFERRED,
    RecordStatus.UNPAID: Standing.OWED,
    RecordStatus.REFUNDED: Standing.INVALID,
    RecordStatus.VOIDED: Standing.INVALID,
    RecordStatus.REVOKED: Standing.INVALID,
    RecordStatus.NEVER_ISSUED: Standing.FORGED,
}
GOOD_STATES = (
    (RecordStatus.PAID, State.PAID),
    (RecordStatus.REDUCED_PAID, State.REDUCED_PAID),
    (RecordStatus.EXEMPT, State.EXEMPT),
    (RecordStatus.NOT_TAXABLE, State.NOT_TAXABLE),
)
ENDING = frozenset(
    {RecordStatus.REFUNDED, RecordStatus.VOIDED, RecordStatus.REVOKED, RecordStatus.NEVER_ISSUED}
)
NOT_FOUND = frozenset({State.NONE_FOUND, State.KEY_MISMATCH})
CURABLE = NOT_FOUND | OUTAGE | {State.UNPAID, State.INVALID, State.DEFERRED}
CANCELLABLE = (Standing.GOOD, Standing.DEFERRED, Standing.CONFLICT)

Weighed = tuple[VehicleTaxRecord, Standing, bool]
"""A record, what it counts for, and whether it comes on a paper no officer verified."""


@frozen
class Result:
    """What the hand-written check returns.

    Each finding is a ruling with matter, masked vehicle and tax year.
    """

    application: VehicleApplication
    outcome: Outcome
    findings: tuple[tuple[Prebuilt, Matter, str, str | None], ...]
    flags: tuple[Flag, ...]
    seized: bool
    referrals: tuple[tuple[str | None, str | None], ...]
    readings: frozenset[Reading]


def first_registration(
    application: VehicleApplication,
    answers: Iterable[Answer],
    *,
    at: datetime,
    readings: frozenset[Reading] = frozenset(),
) -> Result:
    """Decide a first registration.

    Raises:
        NotImplementedError: Another act.
        ValueError: Two answers to one question.
    """
    if application.act is not VehicleAct.FIRST_REGISTRATION:
        raise NotImplementedError(application.act)
    vehicle = application.vehicle
    subject = vehicle.frame.masked
    on = application.handled_on or application.application_date
    assert on is not None  # noqa: S101 - the application demands it
    if application.division.value[:2] != "14":
        reach = Reach.OUTSIDE_SHANXI
    else:
        reach = Reach.IN if on >= ORDER_SINCE else Reach.BEFORE_EFFECTIVE_DATE
    outside = scope(reach, governed=vehicle.category not in GOVERNED_NOT)
    suspected = [
        (paper.record.voucher_no, paper.forgery)
        for paper in application.papers
        if paper.forgery is not None
    ]
    if outside is not None:
        return Result(
            application,
            outside.outcome,
            ((outside, Matter.APPLICATION, subject, None),),
            outside.flags,
            application.seized,
            tuple(dict.fromkeys(suspected)),
            readings,
        )
    today = at.astimezone(CHINA).date()
    purchase = vessel = None
    for answer in answers:
        about = answer.inquiry
        if about.vin != vehicle.frame or about.unit or about.company or about.person:
            continue
        if about.matter is Matter.VEHICLE_PURCHASE_TAX:
            if purchase is not None:
                raise ValueError("two answers on vehicle purchase tax")
            purchase = answer
        elif about.matter is Matter.VEHICLE_AND_VESSEL_TAX:
            if vessel is not None:
                raise ValueError("two answers on vehicle and vessel tax")
            vessel = answer
    flags: set[Flag] = set()

    # Vehicle purchase tax
    relief = _relief(application)
    records, missing = _usable(purchase, at)
    weighed = _weigh_all(
        application,
        records,
        Matter.VEHICLE_PURCHASE_TAX,
        lambda record: _weigh_purchase(record, application, today, relief, Standing.CONFLICT),
    )
    class_in_law = _outside_purchase_tax(vehicle)
    state = _merge(weighed, missing, class_in_law=class_in_law)
    if state is State.CONFLICT:
        other = _weigh_all(
            application,
            records,
            Matter.VEHICLE_PURCHASE_TAX,
            lambda record: _weigh_purchase(record, application, today, relief, Standing.MISMATCH),
        )
        if _merge(other, missing, class_in_law=class_in_law) is State.KEY_MISMATCH:
            state = State.OWNER_MISMATCH
    claim = _claim(application, Matter.VEHICLE_PURCHASE_TAX)
    ruling = purchase_tax(PurchaseTaxDuty.FIRST, state, claim, relief, readings)
    assert ruling is not None  # noqa: S101 - at a first registration it always says something
    findings: list[tuple[Prebuilt, Matter, str, str | None]] = [
        (ruling, Matter.VEHICLE_PURCHASE_TAX, subject, None)
    ]
    if state in OK:
        for record, standing, _ in _cancelled(weighed):
            place = record.authority
            if (
                standing is Standing.GOOD
                and place is not None
                and place.value[:4] != application.division.value[:4]
            ):
                flags.add(Flag.TAX_PLACE_DIFFERS)
    forged = [
        (record.voucher_no, None)
        for record, standing, _ in weighed
        if standing is Standing.FORGED and record.status is RecordStatus.NEVER_ISSUED
    ]

    # Vehicle and vessel tax
    records, missing = _usable(vessel, at)
    class_in_law = _outside_vessel_tax(vehicle)
    policy = application.insurance
    years = [on.year]
    if policy is not None and policy.since <= on <= policy.until and policy.since.year != on.year:
        years.append(policy.since.year)
    year, state, weighed = on.year, State.CONFLICT, []
    for candidate in years:
        tried = _weigh_all(
            application,
            records,
            Matter.VEHICLE_AND_VESSEL_TAX,
            partial(_weigh_vessel, vehicle=vehicle, year=candidate, today=today),
        )
        found = _merge(tried, missing, class_in_law=class_in_law)
        if (
            candidate == on.year
            or found is State.FORGED_SUSPECT
            or (found in OK and state in CURABLE)
            or (found in (State.CONFLICT, State.DEFERRED) and state in NOT_FOUND)
        ):
            year, state, weighed = candidate, found, tried
    claim = _claim(application, Matter.VEHICLE_AND_VESSEL_TAX)
    told = vessel_tax(VesselTaxDuty.FIRST, state, claim, readings)
    findings.append((told, Matter.VEHICLE_AND_VESSEL_TAX, subject, str(year)))
    if state in OK and _in_arrears(records, vehicle, year):
        arrears = arrears_ruling()
        findings.append((arrears, Matter.VEHICLE_AND_VESSEL_TAX, subject, str(year)))
    forged += [
        (record.voucher_no, None)
        for record, standing, _ in weighed
        if standing is Standing.FORGED and record.status is RecordStatus.NEVER_ISSUED
    ]

    findings.sort(key=lambda item: item[0].order)
    for item in findings:
        flags.update(item[0].flags)
    return Result(
        application,
        findings[0][0].outcome,
        tuple(findings),
        tuple(sorted(flags)),
        application.seized,
        tuple(dict.fromkeys([*suspected, *forged])),
        readings,
    )


def _usable(
    answer: Answer | None, at: datetime
) -> tuple[tuple[VehicleTaxRecord, ...], State | None]:
    """Return the records, or why there are none to be used."""
    if answer is None:
        return (), State.SOURCE_UNREACHABLE
    if answer.outage is not None:
        if answer.outage.kind is OutageKind.UNREACHABLE:
            return (), State.SOURCE_UNREACHABLE
        return (), State.SOURCE_UNTRUSTED
    if answer.as_of is None or not -SKEW <= at - answer.as_of <= DAY:
        return (), State.SOURCE_UNTRUSTED
    return answer.records, None  # type: ignore[return-value] # only these reach a vehicle check


def _weigh_all(
    application: VehicleApplication,
    records: Iterable[VehicleTaxRecord],
    matter: Matter,
    weigh: Callable[[VehicleTaxRecord], Standing],
) -> list[Weighed]:
    weighed = [(record, weigh(record), False) for record in records if record.matter is matter]
    for paper in application.papers:
        if paper.record.matter is matter:
            suspected = paper.forgery is not None
            standing = Standing.FORGED if suspected else weigh(paper.record)
            weighed.append((paper.record, standing, paper.verified_by is None))
    return weighed


def _weigh_purchase(
    record: VehicleTaxRecord,
    application: VehicleApplication,
    today: date,
    relief: Relief,
    other_taxpayer: Standing,
) -> Standing:
    vehicle = application.vehicle
    if record.vin is None:
        return Standing.CONFLICT
    if record.vin != vehicle.frame:
        return Standing.MISMATCH
    standing = COUNTS_AS[record.status]
    if record.issued_on is not None and record.issued_on > today:
        standing = Standing.CONFLICT
    if standing is Standing.INVALID or standing is Standing.FORGED:
        return standing
    if record.taxpayer is not None:
        match = compare_persons(record.taxpayer, application.owner)
        if match is not PersonMatch.SAME:
            left, right = record.taxpayer.id_type, application.owner.id_type
            proven = left is right or (left in NATURAL) is not (right in NATURAL)
            if match is PersonMatch.DIFFERENT and proven:
                return other_taxpayer
            return Standing.CONFLICT
    if _differs(record, vehicle):
        return Standing.CONFLICT
    if record.status is RecordStatus.EXEMPT and record.basis is not ExemptionBasis.OTHER:
        no_new_energy = vehicle.energy is None or not vehicle.energy.is_new_energy
        if relief is Relief.HALVED:
            return Standing.CONFLICT
        if record.basis is ExemptionBasis.NEW_ENERGY and no_new_energy:
            return Standing.CONFLICT
    return standing


def _differs(record: VehicleTaxRecord, vehicle: Vehicle) -> bool:
    return bool(
        (record.engine_no and vehicle.engine_no and record.engine_no != vehicle.engine_no)
        or (record.model and vehicle.model and record.model != vehicle.model)
        or (record.category and record.category is not vehicle.category)
    )


def _weigh_vessel(record: VehicleTaxRecord, vehicle: Vehicle, year: int, today: date) -> Standing:
    if record.vin is not None:
        if record.vin != vehicle.frame:
            return Standing.MISMATCH
    elif record.plate_no is None or record.plate_class is None:
        return Standing.CONFLICT
    elif record.plate_no != vehicle.plate_no or record.plate_class != vehicle.plate_class:
        return Standing.MISMATCH
    if record.tax_year is None:
        return Standing.CONFLICT
    if record.tax_year != year:
        return Standing.MISMATCH
    if _differs(record, vehicle):
        return Standing.CONFLICT
    if record.issued_on is not None and record.issued_on > today:
        return Standing.CONFLICT
    return COUNTS_AS[record.status]


def _cancelled(weighed: list[Weighed]) -> list[Weighed]:
    """Take out what a refund, void or revocation names; what it may name is a conflict."""
    named, strange = set(), set()
    for record, standing, unverified in weighed:
        if record.status in ENDING and not unverified:
            if standing is Standing.INVALID:
                named.add(record.cancels or record.voucher_no)
            elif standing is Standing.MISMATCH:
                strange.add(record.cancels or record.voucher_no)
    strange.discard(None)
    if not named and not strange:
        return weighed
    left = []
    for item in weighed:
        record, standing, unverified = item
        if standing not in CANCELLABLE:
            left.append(item)
        elif record.voucher_no is not None and record.voucher_no in named:
            continue
        elif record.voucher_no in strange or (
            named and (record.voucher_no is None or None in named)
        ):
            left.append((record, Standing.CONFLICT, unverified))
        else:
            left.append(item)
    return left


def _merge(weighed: list[Weighed], missing: State | None, *, class_in_law: bool) -> State:
    """Make one state of all records and papers."""
    counted: set[Standing] = set()
    good: set[RecordStatus] = set()
    claims = other = False
    for record, standing, unverified in _cancelled(weighed):
        if standing is Standing.FORGED:
            return State.FORGED_SUSPECT
        if unverified:
            claims = claims or standing in CANCELLABLE
            other = other or standing is Standing.MISMATCH
            continue
        counted.add(standing)
        if class_in_law and standing is Standing.CONFLICT and record.status is RecordStatus.UNPAID:
            counted.add(Standing.OWED)
        if standing is Standing.GOOD:
            good.add(record.status)
    owed = Standing.OWED in counted
    if class_in_law:
        return State.CONFLICT if owed else State.NOT_TAXABLE
    deferred = Standing.DEFERRED in counted
    conflict = Standing.CONFLICT in counted
    if good and not (conflict or owed or deferred):
        return next(state for status, state in GOOD_STATES if status in good)
    if missing is not None:
        return missing
    if good or conflict or claims or (owed and deferred):
        return State.CONFLICT
    if owed:
        return State.UNPAID
    if deferred:
        return State.DEFERRED
    if Standing.INVALID in counted:
        return State.INVALID
    if other or Standing.MISMATCH in counted:
        return State.KEY_MISMATCH
    return State.NONE_FOUND


def _in_arrears(records: Iterable[VehicleTaxRecord], vehicle: Vehicle, year: int) -> bool:
    for record in records:
        if record.matter is not Matter.VEHICLE_AND_VESSEL_TAX:
            continue
        if record.vin is None:
            if (
                record.plate_no is None
                or record.plate_no != vehicle.plate_no
                or record.plate_class != vehicle.plate_class
            ):
                continue
        elif record.vin != vehicle.frame:
            continue
        if record.arrears:
            return True
        unpaid = record.status is RecordStatus.UNPAID
        if unpaid and record.tax_year is not None and record.tax_year < year:
            return True
    return False


def _claim(application: VehicleApplication, matter: Matter) -> Claim:
    return Claim.EXEMPTION if matter in application.exemption_claimed else Claim.NONE


def _relief(application: VehicleApplication) -> Relief:
    energy, bought = application.vehicle.energy, application.acquired_on
    if energy is None or bought is None or not energy.is_new_energy:
        return Relief.NONE
    if EXEMPT_SINCE <= bought < HALVED_SINCE:
        return Relief.EXEMPT
    return Relief.HALVED if HALVED_SINCE <= bought < RELIEF_UNTIL else Relief.NONE


def _outside_purchase_tax(vehicle: Vehicle) -> bool:
    if vehicle.category is VehicleCategory.MOTORCYCLE:
        small = vehicle.displacement_ml is not None and 0 < vehicle.displacement_ml <= 150  # noqa: PLR2004
        return small or vehicle.energy is Energy.BATTERY_ELECTRIC
    return vehicle.category in MACHINES


def _outside_vessel_tax(vehicle: Vehicle) -> bool:
    if vehicle.category is VehicleCategory.PASSENGER_CAR:
        return (
            vehicle.energy in (Energy.BATTERY_ELECTRIC, Energy.FUEL_CELL)
            and vehicle.seats is not None
            and 0 < vehicle.seats <= 9  # noqa: PLR2004
        )
    if vehicle.category is VehicleCategory.MOTORCYCLE:
        if vehicle.design_speed_kmh is None or not 0 < vehicle.design_speed_kmh <= 50:  # noqa: PLR2004
            return False
        if vehicle.energy is not None and not vehicle.energy.has_engine:
            return True
        return vehicle.displacement_ml is not None and 0 < vehicle.displacement_ml <= 50  # noqa: PLR2004
    return False
