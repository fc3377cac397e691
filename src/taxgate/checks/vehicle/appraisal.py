"""From records and papers to facts: which record is about this vehicle, this owner, this year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from attrs import evolve

from ...building import quickly
from ...evidence import Answer, Answers, Inquiry
from ...findings import Obligation, Standing, Weighed, new_weighed
from ...parties import NATURAL, Person, PersonMatch, compare_persons
from ...terms import OK, OUTAGE, Basis, Flag, Matter, RecordStatus, State
from ..carrying import carries
from ..merging import Ground, Merger, by_status, merge, weigh_paper
from .application import (
    MOPED_KMH,
    MOPED_ML,
    NEW_FRAME_ACTS,
    NINE_SEATS,
    PURCHASE_TAX_FREE_ML,
    Archive,
    Attaches,
    Energy,
    ExemptionBasis,
    Vehicle,
    VehicleApplication,
    VehicleCategory,
    VehicleTaxRecord,
)
from .duties import LOSES, UNASKED, VPT, VVT, PurchaseTaxDuty
from .tables import Arrears, Claim, PurchaseTaxFacts, Relief, VesselTaxFacts

Weight = tuple[Standing, str]

_purchase_tax_facts: Final = quickly(PurchaseTaxFacts)
_vessel_tax_facts: Final = quickly(VesselTaxFacts)

_NEVER_TAXABLE: Final = frozenset(
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
_NEW_FRAME: Final = frozenset({PurchaseTaxDuty.FIRST, PurchaseTaxDuty.REPLACEMENT})
_ENDED: Final = frozenset({Standing.INVALID, Standing.FORGED})
_ELECTRIC: Final = frozenset({Energy.BATTERY_ELECTRIC, Energy.FUEL_CELL})
_RELIEF: Final = (RecordStatus.EXEMPT, RecordStatus.REDUCED_PAID)
_NOT_FOUND: Final = frozenset({State.NONE_FOUND, State.KEY_MISMATCH})
_CURABLE: Final = _NOT_FOUND | {State.UNPAID, State.INVALID, State.DEFERRED} | OUTAGE
"""States of the calendar year that another accepted year cures."""

_TAXPAYER_DIFFERS: Final = "taxpayer-differs"
_EXEMPT: Final = (date(2024, 1, 1), date(2026, 1, 1))
"""Half-open days of purchase in which new-energy vehicles are exempt (V-r)."""

_HALVED: Final = (date(2026, 1, 1), date(2028, 1, 1))
"""Half-open days of purchase in which new-energy vehicles are taxed at half (V-r)."""


# Classes in law -------------------------------------------------------------------------------


@carries("V-06")
def purchase_tax_ground(vehicle: Vehicle) -> Ground:
    """Tell whether the vehicle is outside vehicle purchase tax by its class.

    Motorcycles up to 150 ml, electric motorcycles, and the machines of Notice 2019 No. 71. What is
    not known makes no class.
    """
    if vehicle.category in _NEVER_TAXABLE:
        return Ground.CLASS_IN_LAW
    if vehicle.category is not VehicleCategory.MOTORCYCLE:
        return Ground.NONE
    if vehicle.energy is Energy.BATTERY_ELECTRIC:
        return Ground.CLASS_IN_LAW
    if vehicle.displacement_ml is not None and 0 < vehicle.displacement_ml <= PURCHASE_TAX_FREE_ML:
        return Ground.CLASS_IN_LAW
    return Ground.NONE


@carries("V-07", "V-32")
def vessel_tax_ground(vehicle: Vehicle) -> Ground:
    """Tell whether the vehicle is outside vehicle and vessel tax by its class.

    A pure-electric or fuel-cell passenger car of up to nine seats has no displacement bracket; a
    moped with no combustion engine or at most 50 ml, and at most 50 km/h by design, is no
    motorcycle. Both halves of each condition must be known.
    """
    if vehicle.category is VehicleCategory.PASSENGER_CAR:
        electric = vehicle.energy in _ELECTRIC
        small = vehicle.seats is not None and 0 < vehicle.seats <= NINE_SEATS
        return Ground.CLASS_IN_LAW if electric and small else Ground.NONE
    if vehicle.category is VehicleCategory.MOTORCYCLE:
        slow = vehicle.design_speed_kmh is not None and 0 < vehicle.design_speed_kmh <= MOPED_KMH
        return Ground.CLASS_IN_LAW if slow and _hardly_any_engine(vehicle) else Ground.NONE
    return Ground.NONE


def _hardly_any_engine(vehicle: Vehicle) -> bool:
    if vehicle.energy is not None and not vehicle.energy.has_engine:
        return True
    return vehicle.displacement_ml is not None and 0 < vehicle.displacement_ml <= MOPED_ML


# Vehicle purchase tax -------------------------------------------------------------------------


def appraise_purchase_tax(
    application: VehicleApplication, obligation: Obligation, answers: Answers
) -> Obligation:
    """Return the obligation with its facts, from the answer and the papers handed in."""
    duty = obligation.demand
    claim = _claim(application, VPT)
    answer = answers.to(obligation.inquiry) if obligation.inquiry else None
    if duty in UNASKED:
        merger = _unasked(application, answers)
    else:
        weighed = _weigh_all(
            application,
            answer,
            lambda record: _weigh_purchase_tax(record, application, duty, answers.today, answer),
            VPT,
        )
        merger = _with_owner_mismatch(answer, weighed, purchase_tax_ground(application.vehicle))
    return obligation.appraised(
        _purchase_tax_facts(
            duty=duty, state=merger.state, claim=claim, relief=new_energy_relief(application)
        ),
        answer=answer,
        basis=merger.basis,
        weighed=merger.weighed,
        flags=_tax_place(application, merger),
    )


def _weigh_purchase_tax(
    record: VehicleTaxRecord,
    application: VehicleApplication,
    duty: PurchaseTaxDuty | None,
    today: date,
    answer: Answer | None,
) -> Weight:
    same_vehicle = _is_this_vehicle(record, application)
    if same_vehicle is not None:
        return same_vehicle
    if duty in _NEW_FRAME:
        first = duty is PurchaseTaxDuty.FIRST
        return _weigh_new_frame(record, application, today, first=first)
    standing, why = by_status(record, today)
    if standing is not Standing.GOOD:
        return standing, why
    if duty is PurchaseTaxDuty.BASIS_UNKNOWN:
        if len(_attached(answer, application)) > 1:
            return Standing.CONFLICT, "relief-contradicted"
        stays = _relief_stays(record, application)
        if stays is not None:
            return stays
    return _weigh_make_up(record, application, _exempted_on(application, answer))


@carries("V-25", "V-27")
def _is_this_vehicle(record: VehicleTaxRecord, application: VehicleApplication) -> Weight | None:
    """Compare frame numbers exactly; where the tax was paid plays no part."""
    if record.vin is None:
        return Standing.CONFLICT, "vin-missing"
    if record.vin != application.vehicle.frame:
        return Standing.MISMATCH, "vin-differs"
    return None


@carries("V-08", "V-11", "V-28", "V-29")
def _weigh_new_frame(
    record: VehicleTaxRecord, application: VehicleApplication, today: date, *, first: bool
) -> Weight:
    """Weigh a record of a vehicle that is registered for the first time, or replaces another.

    A refund or revocation counts whoever paid: the car came back and was sold again. Otherwise the
    taxpayer is compared, and so are engine, model and category where both sides state them. A full
    exemption in a year of half tax is a conflict at a first registration only.
    """
    standing, why = by_status(record, today)
    if standing in _ENDED:
        return standing, why
    if record.taxpayer is not None:
        match = compare_persons(record.taxpayer, application.owner)
        if match is PersonMatch.DIFFERENT and _comparable(record.taxpayer, application.owner):
            return Standing.CONFLICT, _TAXPAYER_DIFFERS
        if match is not PersonMatch.SAME:
            return Standing.CONFLICT, "taxpayer-not-comparable"
    differs = _differs(record, application.vehicle)
    if differs is not None:
        return differs
    if first and _exempt_in_doubt(record, application):
        return Standing.CONFLICT, "exempt-when-halved"
    return standing, why


def _comparable(left: Person, right: Person) -> bool:
    """Tell whether two documents can prove two persons different, not only not the same."""
    return left.id_type is right.id_type or (left.id_type in NATURAL) is not (
        right.id_type in NATURAL
    )


def _differs(record: VehicleTaxRecord, vehicle: Vehicle) -> Weight | None:
    """Compare engine, model and category, where both sides state them."""
    for name in ("engine_no", "model", "category"):
        stated, inspected = getattr(record, name), getattr(vehicle, name)
        if stated is not None and inspected is not None and stated != inspected:
            return Standing.CONFLICT, f"{name.replace('_', '-')}-differs"
    return None


def _exempt_in_doubt(record: VehicleTaxRecord, application: VehicleApplication) -> bool:
    """Tell whether a full exemption contradicts the vehicle or the year it was bought in."""
    if record.status is not RecordStatus.EXEMPT or record.basis is ExemptionBasis.OTHER:
        return False
    energy = application.vehicle.energy
    if record.basis is ExemptionBasis.NEW_ENERGY and (energy is None or not energy.is_new_energy):
        return True
    return new_energy_relief(application) is Relief.HALVED


@carries("V-09", "V-10")
def new_energy_relief(application: VehicleApplication) -> Relief:
    """Return the relief of a new-energy vehicle by the day of purchase."""
    energy, bought = application.vehicle.energy, application.acquired_on
    if energy is None or not energy.is_new_energy or bought is None:
        return Relief.NONE
    if _EXEMPT[0] <= bought < _EXEMPT[1]:
        return Relief.EXEMPT
    return Relief.HALVED if _HALVED[0] <= bought < _HALVED[1] else Relief.NONE


@carries("V-16", "V-17", "V-20")
def _relief_stays(record: VehicleTaxRecord, application: VehicleApplication) -> Weight | None:
    """Weigh a good record where the archive does not say what an exemption attached to.

    Full payment settles the tax for good, whoever paid. Relief settles it where it attaches to
    something this act does not change; None where it does, so that a make-up is looked for.
    """
    if record.status not in _RELIEF:
        return Standing.GOOD, f"status-{record.status}"
    if record.attaches_to is None:
        return Standing.UNRELATED, "relief-basis-unknown"
    lost = record.attaches_to is not Attaches.VEHICLE and (
        Archive(record.attaches_to.value) in LOSES[application.act]
    )
    return None if lost else (Standing.GOOD, "relief-stays")


@carries("V-18", "V-19", "V-39")
def _weigh_make_up(
    record: VehicleTaxRecord, application: VehicleApplication, exempted_on: date | None
) -> Weight:
    """Weigh a good record as make-up tax, or as the new owner's own exemption.

    Its payer is the new owner or, without a transfer, the owner; it is dated after the exemption.
    Where the archive notes no day, the owner's relief may be the old one itself; where no day is
    known at all, only what the new owner paid or obtained is later for certain.
    """
    if record.taxpayer is None:
        return Standing.CONFLICT, "taxpayer-missing"
    match = compare_persons(record.taxpayer, application.taxpayer)
    if match is PersonMatch.DIFFERENT:
        return Standing.MISMATCH, _TAXPAYER_DIFFERS
    if match is PersonMatch.VARIANT:
        return Standing.CONFLICT, "taxpayer-not-comparable"
    old = application.new_owner is None and application.exempted_on is None
    if old and record.status in _RELIEF:
        return Standing.UNRELATED, "perhaps-old-exemption"
    if exempted_on is not None:
        if record.issued_on is None:
            return Standing.CONFLICT, "day-of-issue-missing"
        if record.issued_on <= exempted_on:
            return Standing.UNRELATED, "not-after-exemption"
    elif old:
        return Standing.CONFLICT, "exemption-day-unknown"
    return Standing.GOOD, f"status-{record.status}"


def _exempted_on(application: VehicleApplication, answer: Answer | None) -> date | None:
    """Return the day of the exemption: from the archive, else the latest relief on record.

    At a transfer the new owner's own relief is not the exemption that is lost.
    """
    if application.exempted_on is not None:
        return application.exempted_on
    days = [
        record.issued_on
        for record in _relief(answer, application)
        if record.issued_on is not None and not _is_new_owners(record, application.new_owner)
    ]
    return max(days, default=None)


def _relief(answer: Answer | None, application: VehicleApplication) -> Iterator[VehicleTaxRecord]:
    """Yield the purchase-tax relief on record for this vehicle."""
    for record in _records(answer):
        if (
            record.matter is VPT
            and record.status in _RELIEF
            and record.vin == application.vehicle.frame
        ):
            yield record


def _attached(answer: Answer | None, application: VehicleApplication) -> frozenset[Attaches]:
    """Return what the relief on record attaches to; more than one contradict each other."""
    return frozenset(
        record.attaches_to
        for record in _relief(answer, application)
        if record.attaches_to is not None
    )


def _is_new_owners(record: VehicleTaxRecord, new_owner: Person | None) -> bool:
    return (
        new_owner is not None
        and record.taxpayer is not None
        and compare_persons(record.taxpayer, new_owner) is not PersonMatch.DIFFERENT
    )


def _with_owner_mismatch(
    answer: Answer | None, weighed: tuple[Weighed, ...], ground: Ground
) -> Merger:
    """Merge, and single out the conflict that is nothing but another taxpayer (V-28)."""
    merger = merge(answer, weighed, ground=ground)
    if merger.state is not State.CONFLICT:
        return merger
    without = tuple(
        evolve(item, standing=Standing.MISMATCH)
        if item.standing is Standing.CONFLICT and item.why == _TAXPAYER_DIFFERS
        else item
        for item in weighed
    )
    if merge(answer, without, ground=ground).state is State.KEY_MISMATCH:
        return evolve(merger, state=State.OWNER_MISMATCH)
    return merger


@carries("V-38")
def _unasked(application: VehicleApplication, answers: Answers) -> Merger:
    """Hear what an answer reports unasked: purchase tax of this vehicle unpaid or undone.

    The archive settles the tax, so nothing else counts, but a forged voucher handed in bars every
    registration.
    """
    weighed = [
        new_weighed(record, *by_status(record, answers.today))
        for record in answers.records()
        if isinstance(record, VehicleTaxRecord)
        and record.matter is VPT
        and record.vin == application.vehicle.frame
        and record.status is not RecordStatus.NEVER_ISSUED
    ]
    weighed += [
        weigh_paper(paper, Standing.UNRELATED, "not-asked")
        for paper in application.papers
        if paper.record.matter is VPT
    ]
    reported = merge(_nothing_found(answers, application), weighed)
    if reported.state in (State.UNPAID, State.INVALID, State.FORGED_SUSPECT):
        return reported
    if any(item.record.status is RecordStatus.UNPAID for item in weighed if item.paper is None):
        return evolve(reported, state=State.UNPAID)
    undone = any(item.standing is Standing.INVALID for item in weighed)
    if undone and reported.state not in OK:
        return evolve(reported, state=State.INVALID)
    return Merger(State.PAID, Basis.REGISTER, reported.weighed)


def _nothing_found(answers: Answers, application: VehicleApplication) -> Answer:
    return Answer(
        inquiry=Inquiry(matter=VPT, vin=application.vehicle.frame),
        records=(),
        as_of=answers.at,
    )


# Vehicle and vessel tax -----------------------------------------------------------------------


def appraise_vessel_tax(
    application: VehicleApplication, obligation: Obligation, answers: Answers
) -> Obligation:
    """Return the obligation with its facts, from the answer and the papers handed in."""
    duty = obligation.demand
    assert obligation.inquiry is not None  # noqa: S101 - every governed act asks for this tax
    answer = answers.to(obligation.inquiry)
    ground = vessel_tax_ground(application.vehicle)
    years = obligation.inquiry.years
    year, merger = _best_year(application, answer, answers.today, years, ground)
    arrears = _arrears(application, answer, year)
    return obligation.appraised(
        _vessel_tax_facts(
            duty=duty,
            state=merger.state,
            claim=_claim(application, VVT),
            arrears=arrears,
        ),
        answer=answer,
        basis=merger.basis,
        weighed=merger.weighed,
        period=str(year),
    )


@carries("V-12")
def accepted_years(application: VehicleApplication) -> tuple[int, ...]:
    """Return the tax years that will do: the calendar year, and the policy's first year.

    The policy counts only while it is in force on the governing day.
    """
    calendar = application.governing_on.year
    policy = application.insurance
    if policy is None or not policy.since <= application.governing_on <= policy.until:
        return (calendar,)
    return tuple(dict.fromkeys((calendar, policy.since.year)))


def _best_year(
    application: VehicleApplication,
    answer: Answer,
    today: date,
    years: tuple[int, ...],
    ground: Ground,
) -> tuple[int, Merger]:
    """Judge the calendar year, and where that is not fulfilled the policy's year instead.

    A conflict or a suspected forgery in the calendar year is not cured by another year. Where
    nothing is found of the calendar year, a doubt about the policy's year is what there is.
    """
    calendar, *others = years
    first = _merge_year(application, answer, today, calendar, ground)
    for year in others:
        other = _merge_year(application, answer, today, year, ground)
        if other.state is State.FORGED_SUSPECT:
            return year, other
        if first.state in _CURABLE and other.state in OK:
            return year, other
        if first.state in _NOT_FOUND and other.state in (State.CONFLICT, State.DEFERRED):
            return year, other
    return calendar, first


def _merge_year(
    application: VehicleApplication, answer: Answer, today: date, year: int, ground: Ground
) -> Merger:
    weighed = _weigh_all(
        application,
        answer,
        lambda record: _weigh_vessel_tax(record, application, year, today),
        VVT,
    )
    return merge(answer, weighed, ground=ground)


@carries("V-13", "V-21")
def _weigh_vessel_tax(
    record: VehicleTaxRecord, application: VehicleApplication, year: int, today: date
) -> Weight:
    """Weigh a record by vehicle and year; who paid, former owner or insurer, is no key."""
    if record.vin is not None:
        if record.vin != application.vehicle.frame:
            return Standing.MISMATCH, "vin-differs"
    elif record.plate_no is None or record.plate_class is None:
        return Standing.CONFLICT, "vin-missing"
    elif (record.plate_no, record.plate_class) != (
        application.vehicle.plate_no,
        application.vehicle.plate_class,
    ):
        return Standing.MISMATCH, "plate-differs"
    if record.tax_year is None:
        return Standing.CONFLICT, "tax-year-missing"
    if record.tax_year != year:
        return Standing.MISMATCH, "tax-year-differs"
    if application.act in NEW_FRAME_ACTS:
        return _differs(record, application.vehicle) or by_status(record, today)
    return by_status(record, today)


@carries("V-14")
def _arrears(application: VehicleApplication, answer: Answer, year: int) -> Arrears:
    """Tell whether the answer reports tax of a year before the one that was accepted."""
    for record in _records(answer):
        if record.matter is not VVT:
            continue
        if record.vin is not None and record.vin != application.vehicle.frame:
            continue
        if record.vin is None and (
            record.plate_no is None
            or (record.plate_no, record.plate_class)
            != (application.vehicle.plate_no, application.vehicle.plate_class)
        ):
            continue
        owed = record.status is RecordStatus.UNPAID
        if record.arrears or (owed and record.tax_year is not None and record.tax_year < year):
            return Arrears.REPORTED
    return Arrears.NONE


# Shared ---------------------------------------------------------------------------------------


def _records(answer: Answer | None) -> Iterable[VehicleTaxRecord]:
    if answer is None or answer.records is None:
        return ()
    return [record for record in answer.records if isinstance(record, VehicleTaxRecord)]


def _weigh_all(
    application: VehicleApplication,
    answer: Answer | None,
    weigh: Callable[[VehicleTaxRecord], Weight],
    matter: Matter,
) -> tuple[Weighed, ...]:
    """Weigh every record of the answer and every paper; those of another tax say nothing."""
    weighed = [
        new_weighed(record, *weigh(record))
        if record.matter is matter
        else new_weighed(record, Standing.UNRELATED, "other-matter")
        for record in _records(answer)
    ]
    papers = (paper for paper in application.papers if paper.record.matter is matter)
    weighed += [weigh_paper(paper, *weigh(paper.record)) for paper in papers]
    return tuple(weighed)


def _claim(application: VehicleApplication, matter: Matter) -> Claim:
    return Claim.EXEMPTION if matter in application.exemption_claimed else Claim.NONE


@carries("V-26")
def _tax_place(application: VehicleApplication, merger: Merger) -> tuple[Flag, ...]:
    """Remark that a good record comes from another prefecture's tax authority."""
    if merger.state not in OK:
        return ()
    for item in merger.weighed:
        authority = item.record.authority
        if (
            item.standing is Standing.GOOD
            and authority is not None
            and not authority.same_prefecture(application.division)
        ):
            return (Flag.TAX_PLACE_DIFFERS,)
    return ()
