"""Vehicle checkpoint: named cases per row of the specification, section 2.3."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from expect import (
    BLOCK,
    CANNOT_VERIFY,
    NOT_APPLICABLE,
    NOTIFY_HOLD,
    NOTIFY_PROCEED,
    NOTIFY_REFUSE,
    PASS,
    expect,
    refused,
)
from taxgate.checks import vehicle
from taxgate.checks.vehicle.application import (
    Archive,
    Attaches,
    CompulsoryInsurance,
    Energy,
    ExemptionBasis,
    Vehicle,
    VehicleAct,
    VehicleCategory,
)
from taxgate.errors import AnswerError, ApplicationError
from taxgate.evidence import Answer, Inquiry, OutageCause, TaxRecord
from taxgate.identifiers import Division, FrameNumber, Vin
from taxgate.parties import IdType, Person
from taxgate.terms import Basis, Effect, Flag, ObstacleKind, RecordStatus, Verdict
from vehicle_cases import (
    AT,
    BUYER,
    OTHER_VIN,
    OWNER,
    VIN,
    VPT,
    VVT,
    answer,
    apply,
    car,
    judge,
    paper,
    record,
)

A = VehicleAct
S = RecordStatus
DOWN = OutageCause.TIMEOUT
MISSING_REPLIES = [
    pytest.param([("status", S.UNPAID)], id="unpaid"),
    pytest.param(None, id="none-found"),
    pytest.param([("vin", OTHER_VIN)], id="key-mismatch"),
    pytest.param([("status", S.REFUNDED)], id="invalid"),
]
ADVISORY = [A.CO_OWNER_CHANGE, A.OTHER_CHANGE, A.MORTGAGE, A.MORTGAGE_RELEASE, A.DEREGISTRATION]
CHECKED = [A.TRANSFER, A.USE_CHANGE, A.RELOCATION]
OUTSIDE_ACTS = [
    A.CHANGE_FILING,
    A.PLEDGE_FILING,
    A.CORRECTION,
    A.REPLACEMENT_DOCUMENT,
    A.TEMPORARY_PLATE,
    A.SCHOOL_BUS_PLATE,
    A.EX_OFFICIO_DEREGISTRATION,
]


def missing(matter, change):
    """Return the reply that makes a tax "missing" in one of the four ways."""
    return [] if change is None else [record(matter, **dict(change))]


def clear(act, **changes):
    """Return an application whose archive shows no purchase-tax exemption."""
    return apply(act, archive_exemption=Archive.NONE, **changes)


# First registration --------------------------------------------------------------------------


@pytest.mark.rows("V-01")
@pytest.mark.parametrize("status", [S.PAID, S.REDUCED_PAID, S.EXEMPT, S.NOT_TAXABLE])
def test_v01_first_registration_with_both_taxes_ok_passes(status):
    """Every OK status of both taxes lets a first registration pass, verified."""
    decision = judge(apply(), [record(VPT, status)], [record(VVT, status)])
    expect(decision, PASS, "V-01")
    assert decision.may_complete
    assert decision.verified
    assert decision.verdict is Verdict.PASS
    assert decision.effect is Effect.PROCEED


@pytest.mark.rows("V-02")
@pytest.mark.parametrize("change", MISSING_REPLIES)
def test_v02_first_registration_purchase_tax_missing_is_refused_with_notice(change):
    """Purchase tax missing at first registration: notify and refuse."""
    decision = judge(apply(), missing(VPT, change))
    expect(decision, NOTIFY_REFUSE, "V-02")
    assert not decision.may_complete
    assert not decision.retryable


@pytest.mark.rows("V-03")
@pytest.mark.parametrize("change", MISSING_REPLIES)
def test_v03_first_registration_vessel_tax_missing_is_refused_with_notice(change):
    """Vehicle tax missing at first registration: notify and refuse."""
    expect(judge(apply(), None, missing(VVT, change)), NOTIFY_REFUSE, "V-03")


@pytest.mark.rows("V-04")
@pytest.mark.parametrize("act", [A.FIRST_REGISTRATION, A.INSPECTION_MARK, *CHECKED])
def test_v04_conflict_on_a_tax_asked_for_holds(act):
    """A paid record beside an unpaid one is a conflict, never a pass."""
    both = [record(VVT), record(VVT, S.UNPAID)]
    expect(judge(clear(act), None, both), NOTIFY_HOLD, "V-04", matter=VVT)


@pytest.mark.rows("V-04")
@pytest.mark.parametrize("name", ["engine_no", "model", "category"])
def test_v04_other_vehicle_data_on_a_first_registration_record_is_a_conflict(name):
    """Same VIN with another engine number, model or category: conflict."""
    other = VehicleCategory.TRUCK if name == "category" else "X-9"
    expect(judge(apply(), [record(VPT, **{name: other})]), NOTIFY_HOLD, "V-04", matter=VPT)


@pytest.mark.rows("V-04")
def test_v04_zero_return_fulfils_no_vehicle_tax():
    """A return with nothing payable is a conflict for both vehicle taxes."""
    decision = judge(apply(), [record(VPT, S.DECLARED_ZERO)], [record(VVT, S.DECLARED_ZERO)])
    expect(decision, NOTIFY_HOLD, "V-04", matter=VPT)
    expect(decision, NOTIFY_HOLD, "V-04", matter=VVT)


@pytest.mark.rows("V-04")
def test_v04_record_dated_after_the_check_is_a_conflict():
    """A record of tomorrow is a conflict; one of today is not."""
    expect(judge(apply(), [record(VPT, issued_on=date(2026, 11, 24))]), NOTIFY_HOLD, "V-04")
    expect(judge(apply(), [record(VPT, issued_on=date(2026, 11, 23))]), PASS, "V-01")


@pytest.mark.rows("V-05")
@pytest.mark.parametrize("cause", list(OutageCause))
def test_v05_outage_of_a_tax_asked_for_cannot_verify(cause):
    """Whatever the cause, an outage blocks with a hold and may be retried."""
    decision = judge(apply(), cause)
    expect(decision, CANNOT_VERIFY, "V-05")
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("V-05")
def test_v05_missing_stale_and_future_answers_are_outages():
    """No answer, one older than a day, one without time, one from the future: never a pass."""
    application = apply()
    good = answer(VVT, [record(VVT)])
    vpt = Inquiry(matter=VPT, vin=VIN)
    for as_of in (None, AT - timedelta(hours=24, seconds=1), AT + timedelta(minutes=5, seconds=1)):
        stale = Answer(inquiry=vpt, records=(record(VPT),), as_of=as_of)
        expect(vehicle.check(application, [good, stale], at=AT), CANNOT_VERIFY, "V-05", matter=VPT)
    expect(vehicle.check(application, [good], at=AT), CANNOT_VERIFY, "V-05", matter=VPT)
    for as_of in (AT - timedelta(hours=24), AT + timedelta(minutes=5)):
        fresh = Answer(inquiry=vpt, records=(record(VPT),), as_of=as_of)
        expect(vehicle.check(application, [good, fresh], at=AT), PASS, "V-01", matter=VPT)


@pytest.mark.rows("V-05")
def test_v05_retry_cannot_lift_an_unpaid_tax_beside_the_outage():
    """Retryable only where a retry alone could lift every finding that holds."""
    decision = judge(apply(), DOWN, [record(VVT, S.UNPAID)])
    expect(decision, NOTIFY_REFUSE, "V-03")
    assert not decision.retryable


@pytest.mark.rows("V-05")
def test_v05_unverified_paper_changes_nothing_and_a_verified_one_pays():
    """Against an outage only a paper that an officer verified counts."""
    expect(judge(apply(papers=(paper(),)), DOWN), CANNOT_VERIFY, "V-05", matter=VPT)
    decision = judge(apply(papers=(paper(verified=True),)), DOWN)
    expect(decision, PASS, "V-01", matter=VPT)
    assert decision.verified


@pytest.mark.rows("V-04")
def test_v04_unverified_paper_against_no_record_is_a_conflict():
    """The law accepts voucher or information, so the two contradicting is no "no record"."""
    expect(judge(apply(papers=(paper(),)), []), NOTIFY_HOLD, "V-04", matter=VPT)


# Classes in law -------------------------------------------------------------------------------


@pytest.mark.rows("V-06")
@pytest.mark.parametrize(
    ("vehicle_", "outside"),
    [
        (car(category=VehicleCategory.MOTORCYCLE, displacement_ml=150), True),
        (car(category=VehicleCategory.MOTORCYCLE, displacement_ml=151), False),
        (car(category=VehicleCategory.MOTORCYCLE, displacement_ml=None), False),
        (
            car(
                category=VehicleCategory.MOTORCYCLE,
                displacement_ml=None,
                energy=Energy.BATTERY_ELECTRIC,
            ),
            True,
        ),
        (car(category=VehicleCategory.EXCAVATOR), True),
        (car(category=VehicleCategory.FORKLIFT), True),
        (car(category=VehicleCategory.SPECIAL_VEHICLE), False),
        (car(), False),
    ],
)
def test_v06_vehicles_outside_purchase_tax(vehicle_, outside):
    """A class in law needs no record; what is not in a class does."""
    decision = judge(apply(vehicle=vehicle_, acquired_on=date(2026, 5, 1)), [])
    expect(decision, PASS if outside else NOTIFY_REFUSE, matter=VPT)
    (finding,) = (item for item in decision.findings if item.obligation.matter is VPT)
    assert (finding.code == "vehicle/purchase-tax/not-taxable") is outside
    assert (finding.obligation.basis is Basis.CLASS_IN_LAW) is outside


@pytest.mark.rows("V-06")
def test_v06_a_class_stands_against_an_outage_and_not_against_unpaid():
    """Class in law is OK without an answer; a positive unpaid record makes a conflict."""
    small = apply(vehicle=car(category=VehicleCategory.MOTORCYCLE, displacement_ml=125))
    expect(judge(small, DOWN), PASS, "V-01", matter=VPT)
    expect(judge(small, [record(VPT, S.UNPAID)]), NOTIFY_HOLD, "V-04", matter=VPT)


@pytest.mark.rows("V-07")
@pytest.mark.parametrize(
    ("energy", "seats", "category", "outside"),
    [
        (Energy.BATTERY_ELECTRIC, 9, VehicleCategory.PASSENGER_CAR, True),
        (Energy.FUEL_CELL, 5, VehicleCategory.PASSENGER_CAR, True),
        (Energy.BATTERY_ELECTRIC, 10, VehicleCategory.PASSENGER_CAR, False),
        (Energy.PLUG_IN_HYBRID, 5, VehicleCategory.PASSENGER_CAR, False),
        (Energy.RANGE_EXTENDED, 5, VehicleCategory.PASSENGER_CAR, False),
        (Energy.BATTERY_ELECTRIC, 5, VehicleCategory.BUS, False),
        (None, 5, VehicleCategory.PASSENGER_CAR, False),
    ],
)
def test_v07_pure_electric_passenger_cars_are_outside_vessel_tax(energy, seats, category, outside):
    """Only pure-electric and fuel-cell passenger cars up to nine seats fall in no bracket."""
    vehicle_ = car(energy=energy, seats=seats, category=category, displacement_ml=None)
    decision = judge(apply(A.INSPECTION_MARK, vehicle=vehicle_), None, [])
    expect(decision, PASS if outside else NOTIFY_REFUSE, "V-12" if outside else "V-13")


@pytest.mark.rows("V-32")
@pytest.mark.parametrize(
    ("energy", "displacement", "speed", "outside"),
    [
        (Energy.PETROL, 50, 50, True),
        (Energy.PETROL, 51, 50, False),
        (Energy.PETROL, 50, 51, False),
        (Energy.BATTERY_ELECTRIC, None, 50, True),
        (Energy.BATTERY_ELECTRIC, None, 51, False),
        (Energy.PETROL, None, 50, False),
        (Energy.PETROL, 50, None, False),
        (None, 50, 45, True),
        (None, None, 45, False),
    ],
)
def test_v32_mopeds_are_outside_vessel_tax(energy, displacement, speed, outside):
    """Small or no engine, and slow by design: both, and both known."""
    moped = car(
        category=VehicleCategory.MOTORCYCLE,
        energy=energy,
        displacement_ml=displacement,
        design_speed_kmh=speed,
        seats=None,
    )
    decision = judge(clear(A.TRANSFER, vehicle=moped), None, [])
    expect(decision, PASS if outside else NOTIFY_HOLD, matter=VVT)


# New-energy vehicles, claims, owners ----------------------------------------------------------

ELECTRIC = car(energy=Energy.BATTERY_ELECTRIC, displacement_ml=None)


@pytest.mark.rows("V-08")
@pytest.mark.parametrize("matter", [VPT, VVT])
@pytest.mark.parametrize("act", [A.FIRST_REGISTRATION, A.WHOLE_VEHICLE_REPLACEMENT])
@pytest.mark.parametrize("reply", [None, [("vin", OTHER_VIN)]])
def test_v08_claimed_exemption_without_record_is_refused_and_asks_for_the_record(
    matter, act, reply
):
    """An exemption only claimed: refuse, and the notice says to obtain the record, not to pay."""
    application = apply(act, exemption_claimed=(matter,))
    replies = {VPT: None, VVT: None} | {matter: missing(matter, reply)}
    decision = judge(application, replies[VPT], replies[VVT])
    expect(decision, NOTIFY_REFUSE, "V-08")
    assert decision.deciding[0].ruling.row.step == "obtain-exemption-record"


@pytest.mark.rows("V-08", "V-02")
def test_v08_a_claim_against_positive_unpaid_stays_unpaid():
    """A claim does not turn a positive "unpaid" into a missing exemption record."""
    decision = judge(apply(exemption_claimed=(VPT,)), [record(VPT, S.UNPAID)])
    expect(decision, NOTIFY_REFUSE, "V-02")


@pytest.mark.rows("V-09", "V-10", "V-11")
@pytest.mark.parametrize(
    ("status", "bought", "basis", "outcome", "row"),
    [
        (S.EXEMPT, date(2024, 1, 1), ExemptionBasis.NEW_ENERGY, PASS, "V-09"),
        (S.EXEMPT, date(2025, 12, 31), ExemptionBasis.NEW_ENERGY, PASS, "V-09"),
        (S.EXEMPT, date(2026, 1, 1), ExemptionBasis.NEW_ENERGY, NOTIFY_HOLD, "V-04"),
        (S.EXEMPT, date(2026, 1, 1), None, NOTIFY_HOLD, "V-04"),
        (S.EXEMPT, date(2026, 6, 1), ExemptionBasis.OTHER, PASS, "V-01"),
        (S.EXEMPT, date(2023, 12, 31), ExemptionBasis.NEW_ENERGY, PASS, "V-01"),
        (S.EXEMPT, date(2028, 1, 1), ExemptionBasis.NEW_ENERGY, PASS, "V-01"),
        (S.REDUCED_PAID, date(2025, 12, 31), ExemptionBasis.NEW_ENERGY, PASS, "V-01"),
        (S.EXEMPT, date(2027, 12, 31), None, NOTIFY_HOLD, "V-04"),
        (S.REDUCED_PAID, date(2026, 1, 1), ExemptionBasis.NEW_ENERGY, PASS, "V-10"),
        (S.REDUCED_PAID, date(2027, 12, 31), None, PASS, "V-10"),
    ],
)
def test_v09_v10_v11_new_energy_relief_by_day_of_purchase(status, bought, basis, outcome, row):
    """Exempt in 2024-25, halved in 2026-27; a full exemption in the latter years is a conflict."""
    handled = max(bought, date(2026, 11, 23))
    application = apply(vehicle=ELECTRIC, acquired_on=bought, handled_on=handled)
    decision = judge(application, [record(VPT, status, basis=basis)])
    expect(decision, outcome, row, matter=VPT)


@pytest.mark.rows("V-11")
def test_v11_petrol_cars_are_not_concerned():
    """A petrol car bought in 2026 with an exemption record passes."""
    decision = judge(apply(acquired_on=date(2026, 6, 1)), [record(VPT, S.EXEMPT)])
    expect(decision, PASS, "V-01", matter=VPT)


@pytest.mark.rows("V-11")
def test_v11_speaks_of_first_registration_only():
    """A replacement with a full exemption of 2026 for the new VIN passes as any exempt one."""
    replaced = apply(A.WHOLE_VEHICLE_REPLACEMENT, vehicle=ELECTRIC, acquired_on=date(2026, 6, 1))
    expect(judge(replaced, [record(VPT, S.EXEMPT)]), PASS, "V-35", matter=VPT)


@pytest.mark.rows("V-25", "V-26")
def test_v25_v26_paid_elsewhere_is_met_with_a_remark():
    """Tax paid at another place meets the tax; the remark names it."""
    decision = judge(apply(), [record(VPT, authority=Division("330100"))])
    expect(decision, PASS, "V-01")
    assert decision.flags == (Flag.TAX_PLACE_DIFFERS,)
    same = judge(apply(), [record(VPT, authority=Division("140105"))])
    assert same.flags == ()


@pytest.mark.rows("V-27")
def test_v27_one_character_of_the_vin_makes_it_another_vehicle():
    """A record whose VIN differs by one character is a mismatch and falls under "missing"."""
    decision = judge(apply(), [record(VPT, vin=OTHER_VIN)])
    expect(decision, NOTIFY_REFUSE, "V-02")
    assert decision.deciding[0].code == "vehicle/purchase-tax/key-mismatch"


@pytest.mark.rows("V-27")
def test_v27_a_record_without_vin_identifies_nothing():
    """A record that names no vehicle is a conflict, not a pass."""
    expect(judge(apply(), [record(VPT, vin=None)]), NOTIFY_HOLD, "V-04", matter=VPT)


@pytest.mark.rows("V-28")
def test_v28_another_taxpayer_on_the_record_holds_and_refuses_under_the_reading():
    """Same VIN, another comparable taxpayer: hold; refuse under the strict reading."""
    other = [record(VPT, taxpayer=BUYER)]
    expect(judge(apply(), other), NOTIFY_HOLD, "V-28")
    strict = judge(apply(), other, readings=("vpt_owner_mismatch_strict",))
    expect(strict, NOTIFY_REFUSE, "V-28")


@pytest.mark.rows("V-28")
@pytest.mark.parametrize(
    "taxpayer",
    [
        Person(IdType.PASSPORT, "P0000001", "甲某某"),
        Person(IdType.TAX_ASSIGNED_NUMBER, "T1", "甲某"),
        Person(IdType.TAX_ASSIGNED_NUMBER, "T1", "丙某"),
    ],
)
def test_v28_name_variants_and_incomparable_documents_stay_a_conflict(taxpayer):
    """What cannot be compared holds under either reading."""
    for readings in ((), ("vpt_owner_mismatch_strict",)):
        decision = judge(apply(), [record(VPT, taxpayer=taxpayer)], readings=readings)
        expect(decision, NOTIFY_HOLD, "V-04")


@pytest.mark.rows("V-28")
def test_v28_own_record_beside_another_taxpayers_is_a_conflict():
    """A paid record beside a conflicting one never passes, under either reading."""
    both = [record(VPT, taxpayer=OWNER), record(VPT, taxpayer=BUYER)]
    for readings in ((), ("vpt_owner_mismatch_strict",)):
        expect(judge(apply(), both, readings=readings), NOTIFY_HOLD, "V-04")


@pytest.mark.rows("V-29")
def test_v29_refunded_tax_of_a_returned_car_is_invalid():
    """The first buyer's tax was refunded: the second buyer's registration is refused."""
    first = {"taxpayer": BUYER, "voucher_no": "V1"}
    decision = judge(apply(), [record(VPT, **first), record(VPT, S.REFUNDED, **first)])
    expect(decision, NOTIFY_REFUSE, "V-02")
    assert decision.deciding[0].code == "vehicle/purchase-tax/invalid"


@pytest.mark.rows("V-29")
def test_v29_the_refund_cancels_only_the_record_it_names():
    """The second buyer's own payment stands; an unnamed refund makes it a conflict."""
    refund = record(VPT, S.REFUNDED, taxpayer=BUYER, cancels="V1")
    own = record(VPT, taxpayer=OWNER, voucher_no="V2")
    expect(judge(apply(), [refund, own]), PASS, "V-01")
    unnamed = record(VPT, S.REFUNDED, taxpayer=BUYER)
    expect(judge(apply(), [unnamed, own]), NOTIFY_HOLD, "V-04")


# Replacement, inspection ----------------------------------------------------------------------


@pytest.mark.rows("V-24")
@pytest.mark.parametrize("matter", [VPT, VVT])
@pytest.mark.parametrize("change", MISSING_REPLIES)
def test_v24_whole_vehicle_replacement_needs_both_taxes_for_the_new_vin(matter, change):
    """A record of the old VIN is a mismatch; missing tax refuses as at first registration."""
    replies = {VPT: None, VVT: None} | {matter: missing(matter, change)}
    application = apply(A.WHOLE_VEHICLE_REPLACEMENT)
    expect(judge(application, replies[VPT], replies[VVT]), NOTIFY_REFUSE, "V-24", matter=matter)
    expect(judge(application), PASS, "V-35")


@pytest.mark.rows("V-12")
def test_v12_inspection_passes_on_the_calendar_year_or_the_policys_year():
    """The start year of a policy in force on the day will do; of an expired one it will not."""
    policy = CompulsoryInsurance(since=date(2025, 12, 1), until=date(2026, 11, 23))
    last_year = [record(VVT, tax_year=2025)]
    expect(judge(apply(A.INSPECTION_MARK)), PASS, "V-12")
    expect(judge(apply(A.INSPECTION_MARK, insurance=policy), None, last_year), PASS, "V-12")
    expect(judge(apply(A.INSPECTION_MARK), None, last_year), NOTIFY_REFUSE, "V-13")
    expired = CompulsoryInsurance(since=date(2025, 11, 22), until=date(2026, 11, 22))
    decision = judge(apply(A.INSPECTION_MARK, insurance=expired), None, last_year)
    expect(decision, NOTIFY_REFUSE, "V-13")


@pytest.mark.rows("V-13")
def test_v13_neither_the_calendar_year_nor_the_policys_year_is_paid():
    """Both accepted years are looked at, and neither will do."""
    policy = CompulsoryInsurance(since=date(2025, 12, 1), until=date(2026, 11, 30))
    decision = judge(apply(A.INSPECTION_MARK, insurance=policy), None, [])
    expect(decision, NOTIFY_REFUSE, "V-13")
    (finding,) = decision.findings
    assert finding.obligation.period == "2026"


@pytest.mark.rows("V-02")
def test_v02_a_record_that_is_no_vehicle_record_says_nothing():
    """A record without the keys of a vehicle, in the right answer, is no record of it."""
    stray = TaxRecord(matter=VPT, status=S.PAID)
    expect(judge(apply(), [stray]), NOTIFY_REFUSE, "V-02")


@pytest.mark.rows("V-12", "V-04")
def test_v12_a_conflict_in_the_calendar_year_is_not_cured_by_the_policys_year():
    """Contradicting records of this year hold although last year's policy year is paid."""
    policy = CompulsoryInsurance(since=date(2025, 12, 1), until=date(2026, 11, 30))
    records = [record(VVT, tax_year=2025), record(VVT), record(VVT, S.UNPAID)]
    decision = judge(apply(A.INSPECTION_MARK, insurance=policy), None, records)
    expect(decision, NOTIFY_HOLD, "V-04")


@pytest.mark.rows("V-12")
def test_v12_vessel_tax_matches_on_plate_where_the_record_has_no_vin():
    """Plate number and class stand in for a missing VIN; another plate does not."""
    plate = {"vin": None, "plate_no": "晋A00001", "plate_class": "小型汽车"}
    expect(judge(apply(A.INSPECTION_MARK), None, [record(VVT, **plate)]), PASS, "V-12")
    other = [record(VVT, **(plate | {"plate_no": "晋A00002"}))]
    expect(judge(apply(A.INSPECTION_MARK), None, other), NOTIFY_REFUSE, "V-13")
    neither = [record(VVT, vin=None)]
    expect(judge(apply(A.INSPECTION_MARK), None, neither), NOTIFY_HOLD, "V-04")
    no_year = [record(VVT, tax_year=None)]
    expect(judge(apply(A.INSPECTION_MARK), None, no_year), NOTIFY_HOLD, "V-04")


@pytest.mark.rows("V-13")
@pytest.mark.parametrize("change", MISSING_REPLIES)
def test_v13_inspection_without_vessel_tax_is_refused_with_notice(change):
    """Vehicle tax missing at inspection: notify and refuse."""
    decision = judge(apply(A.INSPECTION_MARK), None, missing(VVT, change))
    expect(decision, NOTIFY_REFUSE, "V-13")


@pytest.mark.rows("V-14")
@pytest.mark.parametrize("act", [A.INSPECTION_MARK, A.FIRST_REGISTRATION, A.MORTGAGE])
def test_v14_earlier_arrears_only_advise(act):
    """This year paid, an earlier year reported unpaid: tell, and go on."""
    records = [record(VVT), record(VVT, S.UNPAID, tax_year=2024)]
    decision = judge(clear(act), None, records)
    expect(decision, NOTIFY_PROCEED, "V-14")
    assert decision.may_complete


@pytest.mark.rows("V-14")
def test_v14_arrears_are_read_of_this_vehicle_only():
    """The arrears mark counts; another vehicle's arrears, by VIN or plate, do not."""
    expect(judge(clear(A.TRANSFER), None, [record(VVT, arrears=True)]), NOTIFY_PROCEED, "V-14")
    owed = {"status": S.UNPAID, "tax_year": 2024}
    for other in (
        record(VVT, vin=OTHER_VIN, **owed),
        record(VVT, vin=None, plate_no="晋B1", plate_class="小型汽车", **owed),
        record(VPT, **owed),
    ):
        expect(judge(clear(A.TRANSFER), None, [record(VVT), other]), PASS, "V-35", matter=VVT)


@pytest.mark.rows("V-14")
def test_v14_arrears_do_not_soften_a_missing_year():
    """Arrears beside an unpaid year asked for: the year decides."""
    records = [record(VVT, S.UNPAID), record(VVT, S.UNPAID, tax_year=2024)]
    expect(judge(apply(A.INSPECTION_MARK), None, records), NOTIFY_REFUSE, "V-13")


@pytest.mark.rows("V-15")
@pytest.mark.parametrize("reply", [[], DOWN, [("status", S.UNPAID)]])
def test_v15_inspection_ignores_purchase_tax(reply):
    """Purchase tax is neither asked nor heard at inspection."""
    application = apply(A.INSPECTION_MARK)
    if isinstance(reply, list):
        reply = missing(VPT, reply or None)
    expect(judge(application, reply), PASS, "V-12")
    assert {item.matter for item in vehicle.inquiries(application)} == {VVT}


# Relief that may end with the act -------------------------------------------------------------

MAY_LOSE = [A.TRANSFER, A.USE_CHANGE, A.CO_OWNER_CHANGE]


@pytest.mark.rows("V-16")
@pytest.mark.parametrize("act", MAY_LOSE)
def test_v16_tax_paid_once_settles_it(act):
    """The archive shows no exemption: nothing is asked. Unknown: a paid record will do."""
    application = clear(act)
    assert {item.matter for item in vehicle.inquiries(application)} == {VVT}
    expect(judge(application, DOWN), PASS, "V-16", matter=VPT)
    former = [record(VPT, taxpayer=Person(IdType.PASSPORT, "P9", "丁某"))]
    expect(judge(apply(act), former), PASS, "V-16", matter=VPT)


@pytest.mark.rows("V-17")
@pytest.mark.parametrize("act", MAY_LOSE)
def test_v17_relief_of_the_vehicle_stays(act):
    """Relief that attaches to the vehicle is not touched, by archive or by record."""
    expect(judge(apply(act, archive_exemption=Archive.VEHICLE), DOWN), PASS, "V-17", matter=VPT)
    kept = [record(VPT, S.EXEMPT, attaches_to=Attaches.VEHICLE)]
    expect(judge(apply(act), kept), PASS, "V-17", matter=VPT)


@pytest.mark.rows("V-17")
def test_v17_relief_the_act_does_not_change_stays():
    """Use-based relief survives a co-owner change, owner-based relief a change of use."""
    for act, ground in ((A.CO_OWNER_CHANGE, "use"), (A.USE_CHANGE, "owner")):
        expect(judge(apply(act, archive_exemption=Archive(ground)), []), PASS, matter=VPT)
        kept = [record(VPT, S.EXEMPT, attaches_to=Attaches(ground))]
        expect(judge(apply(act), kept), PASS, matter=VPT)


LOSING = [
    (A.TRANSFER, Archive.OWNER, BUYER),
    (A.TRANSFER, Archive.USE, BUYER),
    (A.USE_CHANGE, Archive.USE, OWNER),
    (A.CO_OWNER_CHANGE, Archive.OWNER, OWNER),
]


@pytest.mark.rows("V-18")
@pytest.mark.parametrize(("act", "archive", "payer"), LOSING)
def test_v18_make_up_tax_of_the_right_payer_after_the_exemption_meets_it(act, archive, payer):
    """Paid by the new owner, or without transfer by the owner, after the exemption."""
    application = apply(act, archive_exemption=archive, exempted_on=date(2025, 3, 1))
    paid = record(VPT, taxpayer=payer, issued_on=date(2025, 3, 2))
    expect(judge(application, [paid]), PASS, "V-18", matter=VPT)


@pytest.mark.rows("V-18", "V-19")
def test_v18_the_old_exemption_is_no_make_up():
    """The day of the exemption comes from the oldest relief on record."""
    application = apply(A.USE_CHANGE, archive_exemption=Archive.USE)
    old = record(VPT, S.EXEMPT, taxpayer=OWNER, issued_on=date(2024, 5, 1))
    expect(judge(application, [old]), NOTIFY_HOLD, "V-19", matter=VPT)
    paid = record(VPT, taxpayer=OWNER, issued_on=date(2026, 5, 1))
    expect(judge(application, [old, paid]), PASS, "V-18", matter=VPT)
    same_day = record(VPT, taxpayer=OWNER, issued_on=date(2024, 5, 1))
    expect(judge(application, [old, same_day]), NOTIFY_HOLD, "V-19", matter=VPT)
    undated = record(VPT, taxpayer=OWNER)
    expect(judge(application, [old, undated]), NOTIFY_HOLD, "V-04", matter=VPT)


@pytest.mark.rows("V-18", "V-19")
def test_v18_without_a_day_of_exemption_relief_may_be_the_old_one():
    """Undated: what the owner paid or obtained proves nothing, what the new owner did is later."""
    use = apply(A.USE_CHANGE, archive_exemption=Archive.USE)
    expect(judge(use, [record(VPT, taxpayer=OWNER)]), NOTIFY_HOLD, "V-04", matter=VPT)
    relief = [record(VPT, S.EXEMPT, taxpayer=OWNER)]
    expect(judge(use, relief), NOTIFY_HOLD, "V-19", matter=VPT)
    transfer = apply(A.TRANSFER, archive_exemption=Archive.OWNER)
    own = [record(VPT, S.EXEMPT, taxpayer=BUYER, issued_on=date(2026, 1, 5))]
    expect(judge(transfer, own), PASS, "V-18", matter=VPT)


@pytest.mark.rows("V-18", "V-19")
def test_v18_the_day_of_the_exemption_is_that_of_the_latest_relief_of_this_tax():
    """A payment between two reliefs makes up for neither; relief of the other tax is no day."""
    use = apply(A.USE_CHANGE, archive_exemption=Archive.USE)
    paid = record(VPT, taxpayer=OWNER, issued_on=date(2019, 5, 1))
    first = record(VPT, S.REDUCED_PAID, taxpayer=OWNER, issued_on=date(2018, 5, 1))
    last = record(VPT, S.EXEMPT, taxpayer=OWNER, issued_on=date(2020, 5, 1))
    expect(judge(use, [first, paid, last]), NOTIFY_HOLD, matter=VPT)
    other_tax = record(VVT, S.EXEMPT, issued_on=date(2015, 5, 1))
    expect(judge(use, [last, paid, other_tax]), NOTIFY_HOLD, "V-19", matter=VPT)
    own = apply(A.USE_CHANGE, archive_exemption=Archive.USE, exempted_on=date(2019, 1, 1))
    expect(judge(own, [last]), PASS, "V-18", matter=VPT)


@pytest.mark.rows("V-18")
def test_v18_an_undated_exemption_of_the_former_owner_does_not_spoil_the_make_up():
    """The archive gives the day; the new owner paid after it."""
    transfer = apply(A.TRANSFER, archive_exemption=Archive.OWNER, exempted_on=date(2020, 1, 1))
    records = [
        record(VPT, S.EXEMPT, taxpayer=OWNER),
        record(VPT, taxpayer=BUYER, issued_on=date(2026, 11, 1)),
    ]
    expect(judge(transfer, records), PASS, "V-18", matter=VPT)


@pytest.mark.rows("V-20")
def test_v20_records_that_disagree_on_what_relief_attaches_to_are_a_conflict():
    """One says it stays with the vehicle, one that it was the owner's."""
    records = [
        record(VPT, S.EXEMPT, attaches_to=Attaches.VEHICLE),
        record(VPT, S.EXEMPT, attaches_to=Attaches.OWNER),
    ]
    expect(judge(apply(A.TRANSFER), records), NOTIFY_HOLD, "V-04", matter=VPT)


@pytest.mark.rows("V-04")
@pytest.mark.parametrize("name", ["engine_no", "model", "category"])
def test_v04_vessel_tax_of_another_vehicle_under_this_vin_is_a_conflict(name):
    """Other vehicle data on a first-registration record conflict, whichever tax it is of."""
    other = VehicleCategory.TRUCK if name == "category" else "X-9"
    differing = [record(VVT, **{name: other})]
    expect(judge(apply(), None, differing), NOTIFY_HOLD, "V-04", matter=VVT)
    expect(judge(clear(A.TRANSFER), None, differing), PASS, "V-35", matter=VVT)


@pytest.mark.rows("V-06", "V-07")
@pytest.mark.parametrize(
    "defect", [{"issued_on": date(2026, 11, 24)}, {"engine_no": "X"}, {"taxpayer": BUYER}]
)
def test_v06_v07_unpaid_contradicts_a_class_even_in_a_doubtful_record(defect):
    """A second defect does not make a positive "unpaid" disappear behind the class."""
    small = apply(vehicle=car(category=VehicleCategory.MOTORCYCLE, displacement_ml=125))
    expect(judge(small, [record(VPT, S.UNPAID, **defect)]), NOTIFY_HOLD, "V-04", matter=VPT)
    electric = apply(A.INSPECTION_MARK, vehicle=ELECTRIC)
    no_year = [record(VVT, S.UNPAID, tax_year=None)]
    expect(judge(electric, None, no_year), NOTIFY_HOLD, "V-04", matter=VVT)


@pytest.mark.rows("V-11")
def test_v11_new_energy_relief_of_a_vehicle_not_known_as_such_is_a_conflict():
    """The record's basis contradicts a petrol car, and an unknown drive."""
    exempt = [record(VPT, S.EXEMPT, basis=ExemptionBasis.NEW_ENERGY)]
    for energy in (Energy.PETROL, None):
        decision = judge(apply(vehicle=car(energy=energy), acquired_on=date(2026, 5, 1)), exempt)
        expect(decision, NOTIFY_HOLD, "V-04", matter=VPT)


@pytest.mark.rows("V-38")
@pytest.mark.parametrize(
    "records",
    [
        [record(VPT), record(VPT, S.REFUNDED)],
        [record(VPT, S.REVOKED, voucher_no="V1"), record(VPT, S.DEFERRED, voucher_no="V2")],
        [record(VPT, S.UNPAID, issued_on=date(2026, 11, 24))],
    ],
)
def test_v38_a_reported_refund_or_debt_is_not_hidden_by_other_records(records):
    """What is left does not agree, so the report stands."""
    expect(judge(clear(A.TRANSFER), records), NOTIFY_HOLD, "V-38", matter=VPT)


@pytest.mark.rows("V-12", "V-30", "V-34")
@pytest.mark.parametrize(
    ("records", "outcome", "row"),
    [
        ([record(VVT, S.DEFERRED, tax_year=2025)], NOTIFY_HOLD, "V-34"),
        (
            [record(VVT, tax_year=2025), record(VVT, S.REFUNDED, tax_year=2025)],
            NOTIFY_HOLD,
            "V-04",
        ),
        ([record(VVT, S.NEVER_ISSUED, tax_year=2025)], BLOCK, "V-30"),
        ([], NOTIFY_HOLD, "V-04"),
    ],
)
def test_a_doubt_about_the_policys_year_is_not_a_refusal(records, outcome, row):
    """Nothing of the calendar year: deferral, conflict or paper of the policy's year hold."""
    policy = CompulsoryInsurance(since=date(2025, 12, 1), until=date(2026, 11, 30))
    handed_in = (paper(matter=VVT, tax_year=2025),) if not records else ()
    decision = judge(apply(A.INSPECTION_MARK, insurance=policy, papers=handed_in), None, records)
    expect(decision, outcome, row)


@pytest.mark.rows("V-29", "V-27")
def test_a_refund_that_names_this_voucher_under_another_subject_is_a_conflict():
    """The number is this voucher's, the VIN or year another's: never a pass."""
    paid = record(VPT, voucher_no="V1")
    refund = record(VPT, S.REFUNDED, cancels="V1", vin=OTHER_VIN)
    expect(judge(apply(), [paid, refund]), NOTIFY_HOLD, "V-04", matter=VPT)
    voided = [
        record(VVT, voucher_no="V1"),
        record(VVT, S.VOIDED, cancels="V1", tax_year=2025),
    ]
    expect(judge(apply(A.INSPECTION_MARK), None, voided), NOTIFY_HOLD, "V-04")


@pytest.mark.rows("V-34")
def test_v34_an_unverified_deferral_against_no_record_holds():
    """Unverified paper stays a hold, whatever it claims."""
    handed_in = (paper(status=S.DEFERRED),)
    expect(judge(apply(papers=handed_in), []), NOTIFY_HOLD, "V-04", matter=VPT)


@pytest.mark.rows("V-28")
def test_v28_documents_of_different_kinds_are_not_comparable():
    """The strict reading refuses only where two persons are shown to be different."""
    foreign = record(VPT, taxpayer=Person(IdType.HK_MO_TW_PERMIT, "H1", "丙某"))
    strict = judge(apply(), [foreign], readings=("vpt_owner_mismatch_strict",))
    expect(strict, NOTIFY_HOLD, "V-04")
    firm = record(VPT, taxpayer=Person(IdType.USCC, "91149999MA0000001C", "某公司"))
    refused = judge(apply(), [firm], readings=("vpt_owner_mismatch_strict",))
    expect(refused, NOTIFY_REFUSE, "V-28")


@pytest.mark.rows("V-19")
@pytest.mark.parametrize(("act", "archive", "payer"), LOSING)
@pytest.mark.parametrize("change", MISSING_REPLIES)
def test_v19_lost_exemption_without_make_up_holds_and_refuses_under_the_reading(
    act, archive, payer, change
):
    """Make-up tax missing: hold; refuse under the strict reading."""
    application = apply(act, archive_exemption=archive)
    reply = missing(VPT, change)
    expect(judge(application, reply), NOTIFY_HOLD, "V-19", matter=VPT)
    strict = judge(application, reply, readings=("exempt_loss_strict",))
    expect(strict, NOTIFY_REFUSE, "V-19")
    assert payer in (OWNER, BUYER)


@pytest.mark.rows("V-19", "V-18")
def test_v19_the_former_owners_record_is_no_make_up_at_a_transfer():
    """Paid by the former owner: missing. By somebody not comparable, or unnamed: conflict."""
    application = apply(A.TRANSFER, archive_exemption=Archive.OWNER)
    expect(judge(application, [record(VPT, taxpayer=OWNER)]), NOTIFY_HOLD, "V-19", matter=VPT)
    expect(judge(application, [record(VPT)]), NOTIFY_HOLD, "V-04", matter=VPT)
    variant = record(VPT, taxpayer=Person(IdType.PASSPORT, "P0000002", "另名"))
    expect(judge(application, [variant]), NOTIFY_HOLD, "V-04", matter=VPT)


@pytest.mark.rows("V-20")
@pytest.mark.parametrize("act", MAY_LOSE)
def test_v20_unknown_archive_and_no_paid_record_asks_the_tax_authority(act):
    """Archive unknown: nothing, unpaid, invalid or relief of unknown ground all hold."""
    relief = [record(VPT, S.EXEMPT)]
    for reply in ([], [record(VPT, S.UNPAID)], [record(VPT, S.REVOKED)], relief):
        for readings in ((), ("exempt_loss_strict",)):
            decision = judge(apply(act), reply, readings=readings)
            expect(decision, NOTIFY_HOLD, "V-20", matter=VPT)
    expect(judge(apply(act), DOWN), CANNOT_VERIFY, "V-05", matter=VPT)


@pytest.mark.rows("V-20", "V-18")
def test_v20_relief_of_the_former_owner_is_lost_unless_made_up():
    """Archive unknown and the record says owner-based: only a make-up payment will do."""
    former = record(
        VPT, S.EXEMPT, taxpayer=OWNER, attaches_to=Attaches.OWNER, issued_on=date(2024, 1, 1)
    )
    expect(judge(apply(A.TRANSFER), [former]), NOTIFY_HOLD, "V-20", matter=VPT)
    made_up = record(VPT, taxpayer=BUYER, issued_on=date(2026, 1, 1))
    expect(judge(apply(A.TRANSFER), [former, made_up]), PASS, "V-18", matter=VPT)


@pytest.mark.rows("V-21")
def test_v21_vessel_tax_paid_by_the_former_owner_counts():
    """Same year, same VIN, another payer: no mismatch."""
    former = [record(VVT, taxpayer=Person(IdType.PASSPORT, "P7", "戊某"), policy_no="J1")]
    expect(judge(clear(A.TRANSFER), None, former), PASS, "V-35", matter=VVT)


@pytest.mark.rows("V-22")
@pytest.mark.parametrize("act", CHECKED)
@pytest.mark.parametrize("change", MISSING_REPLIES)
def test_v22_transfer_use_and_relocation_without_vessel_tax_hold(act, change):
    """Vehicle tax missing: hold; refuse under the strict reading."""
    reply = missing(VVT, change)
    expect(judge(clear(act), None, reply), NOTIFY_HOLD, "V-22")
    strict = judge(clear(act), None, reply, readings=("vvt_all_registrations_strict",))
    expect(strict, NOTIFY_REFUSE, "V-22")


@pytest.mark.rows("V-23")
@pytest.mark.parametrize("act", ADVISORY)
@pytest.mark.parametrize("change", MISSING_REPLIES)
def test_v23_advisory_acts_go_on_with_a_notice_under_every_reading(act, change):
    """Other changes, mortgage and deregistration: tell, and go on; no reading changes it."""
    for readings in ((), ("vvt_all_registrations_strict",)):
        decision = judge(clear(act), None, missing(VVT, change), readings)
        expect(decision, NOTIFY_PROCEED, "V-23")
        assert decision.may_complete


@pytest.mark.rows("V-33")
@pytest.mark.parametrize("act", ADVISORY)
def test_v33_advisory_acts_go_on_in_conflict_deferral_and_outage(act):
    """Nothing weaker than "unpaid" may stop what "unpaid" does not; an outage is unverified."""
    conflict = [record(VVT), record(VVT, S.UNPAID)]
    expect(judge(clear(act), None, conflict), NOTIFY_PROCEED, "V-33")
    deferred = judge(clear(act), None, [record(VVT, S.DEFERRED)])
    expect(deferred, NOTIFY_PROCEED, "V-33")
    assert not deferred.retryable
    outage = judge(clear(act), None, DOWN)
    expect(outage, NOTIFY_PROCEED, "V-33")
    assert outage.may_complete
    assert not outage.verified
    assert outage.retryable
    assert Flag.CHECK_AGAIN_LATER in outage.flags


@pytest.mark.rows("V-30")
@pytest.mark.parametrize("act", [A.FIRST_REGISTRATION, A.INSPECTION_MARK, A.TRANSFER, A.MORTGAGE])
def test_v30_suspected_forgery_is_refused_and_referred(act):
    """An officer's suspicion decides before a good record and even in an outage."""
    forged = paper(forgery="印章模糊、编号不存在", matter=VVT)
    application = clear(act, papers=(forged,))
    for reply in (None, [], DOWN):
        decision = judge(application, None, reply)
        expect(decision, BLOCK, "V-30")
        assert [item.kind for item in decision.referrals] == ["forged-voucher"]


@pytest.mark.rows("V-30")
def test_v30_the_tax_authoritys_word_that_it_never_issued_it_is_enough():
    """A voucher the tax authority never issued is suspected forged and referred."""
    decision = judge(apply(), [record(VPT, S.NEVER_ISSUED, voucher_no="V9")])
    expect(decision, BLOCK, "V-30")
    assert [item.voucher_no for item in decision.referrals] == ["V9"]


@pytest.mark.rows("V-30", "V-15")
def test_v30_forged_purchase_tax_voucher_bars_a_transfer_but_not_an_inspection():
    """Invalid vouchers bar every registration; inspection ignores purchase tax, yet reports it."""
    forged = (paper(forgery="编号不存在"),)
    expect(judge(clear(A.TRANSFER, papers=forged)), BLOCK, "V-30", matter=VPT)
    inspection = judge(apply(A.INSPECTION_MARK, papers=forged))
    expect(inspection, PASS, "V-12")
    assert len(inspection.referrals) == 1


@pytest.mark.rows("V-30")
@pytest.mark.parametrize("act", [A.MORTGAGE, A.RELOCATION, A.DEREGISTRATION])
def test_v30_forged_voucher_of_a_tax_not_asked_for_bars_a_registration(act):
    """Any registration: the voucher handed in is invalid whether or not its tax is asked for."""
    decision = judge(apply(act, papers=(paper(forgery="编号不存在"),)), DOWN)
    expect(decision, BLOCK, "V-30", matter=VPT)
    genuine = judge(apply(act, papers=(paper(),)), [record(VPT, S.UNPAID)])
    expect(genuine, PASS, "V-35")


@pytest.mark.rows("V-34")
@pytest.mark.parametrize("act", [A.FIRST_REGISTRATION, A.INSPECTION_MARK, *CHECKED])
def test_v34_deferred_holds(act):
    """Deferred is neither paid nor exempt."""
    decision = judge(clear(act), None, [record(VVT, S.DEFERRED)])
    expect(decision, NOTIFY_HOLD, "V-34", matter=VVT)
    expect(judge(apply(), [record(VPT, S.DEFERRED)]), NOTIFY_HOLD, "V-34", matter=VPT)


@pytest.mark.rows("V-35")
@pytest.mark.parametrize("act", [*CHECKED, *ADVISORY])
def test_v35_everything_asked_for_is_met(act):
    """Every tax asked for is OK or met: pass."""
    decision = judge(clear(act))
    expect(decision, PASS, "V-35", matter=VVT)
    assert decision.verdict is Verdict.PASS
    assert decision.verified


@pytest.mark.rows("V-38")
@pytest.mark.parametrize("act", MAY_LOSE)
def test_v38_unsolicited_report_of_unpaid_purchase_tax_holds(act):
    """The archive shows no exemption, yet an answer reports the tax unpaid or undone."""
    for reply in (
        [record(VPT, S.UNPAID)],
        [record(VPT, S.REVOKED)],
        [record(VPT), record(VPT, S.UNPAID)],
    ):
        for readings in ((), ("exempt_loss_strict",)):
            decision = judge(clear(act), reply, readings=readings)
            expect(decision, NOTIFY_HOLD, "V-38", matter=VPT)
    in_another_answer = [record(VVT), record(VPT, S.UNPAID)]
    expect(judge(clear(act), [], in_another_answer), NOTIFY_HOLD, "V-38", matter=VPT)
    other_vehicle = [record(VPT, S.UNPAID, vin=OTHER_VIN)]
    expect(judge(clear(act), other_vehicle), PASS, "V-16", matter=VPT)


@pytest.mark.rows("V-39")
def test_v39_same_exempt_class_needs_the_new_owners_own_record():
    """Bus company to bus company: the new owner's own exemption meets it, its absence holds."""
    application = apply(A.TRANSFER, archive_exemption=Archive.OWNER, same_class_claimed=True)
    own = [record(VPT, S.EXEMPT, taxpayer=BUYER)]
    expect(judge(application, own), PASS, "V-39", matter=VPT)
    former = [record(VPT, S.EXEMPT, taxpayer=OWNER)]
    for reply in ([], former):
        decision = judge(application, reply, readings=("exempt_loss_strict",))
        expect(decision, NOTIFY_HOLD, "V-39", matter=VPT)


# Obstacles, scope, input ----------------------------------------------------------------------


@pytest.mark.rows("V-31")
@pytest.mark.parametrize("act", list(A))
def test_v31_seizure_is_an_obstacle_to_registrations_and_pledge_filing(act):
    """The tax verdict is untouched; the act may not be completed. Inspection is not barred."""
    decision = judge(clear(act, seized=True))
    kinds = [item.kind for item in decision.obstacles]
    barred = act in (A.PLEDGE_FILING, A.EX_OFFICIO_DEREGISTRATION) or act not in (
        *OUTSIDE_ACTS,
        A.INSPECTION_MARK,
    )
    assert kinds == ([ObstacleKind.VEHICLE_SEIZED] if barred else [])
    assert decision.verdict is Verdict.PASS
    assert decision.effect is Effect.PROCEED
    assert decision.may_complete is not barred


@pytest.mark.rows("V-36")
@pytest.mark.parametrize("act", OUTSIDE_ACTS)
def test_v36_acts_outside_the_checkpoint(act):
    """Filings, corrections, documents, temporary plates: not applicable, never verified."""
    decision = judge(apply(act), [], [])
    expect(decision, NOT_APPLICABLE, "V-36")
    assert not decision.verified
    assert vehicle.inquiries(apply(act)) == ()


@pytest.mark.rows("V-36")
@pytest.mark.parametrize(
    "category", [VehicleCategory.TRACTOR, VehicleCategory.MILITARY, VehicleCategory.VESSEL]
)
def test_v36_vehicles_the_traffic_police_do_not_register(category):
    """Tractors, military plates and vessels are not the police's business."""
    expect(judge(apply(vehicle=car(category=category)), [], []), NOT_APPLICABLE, "V-36")


@pytest.mark.rows("V-37")
@pytest.mark.parametrize(
    ("handled", "division", "outcome"),
    [
        (date(2024, 1, 31), "140100", NOT_APPLICABLE),
        (date(2024, 2, 1), "140100", NOTIFY_REFUSE),
        (date(2024, 2, 1), "149999", NOTIFY_REFUSE),
        (date(2024, 2, 1), "130100", NOT_APPLICABLE),
        (date(2026, 11, 23), "410100", NOT_APPLICABLE),
    ],
)
def test_v37_territory_and_first_day(handled, division, outcome):
    """In force from 2024-02-01, in Shanxi, by the handling registrar."""
    application = apply(handled_on=handled, division=Division(division))
    decision = judge(application, [], [])
    expect(decision, outcome, "V-37" if outcome is NOT_APPLICABLE else "V-02")
    before = division == "140100" and handled < date(2024, 2, 1)
    assert (Flag.NATIONAL_LAW_STILL_BINDS in decision.flags) is before


@pytest.mark.rows("V-37")
def test_v37_an_older_application_handled_today_is_governed():
    """The day of handling governs; without it the day of application does."""
    old = apply(application_date=date(2024, 1, 15), handled_on=date(2024, 2, 1))
    expect(judge(old, [], []), NOTIFY_REFUSE, "V-02")
    unhandled = apply(application_date=date(2024, 1, 31), handled_on=None)
    expect(judge(unhandled, [], []), NOT_APPLICABLE, "V-37")


def test_midnight_in_china_governs_the_day_of_the_check():
    """16:00 UTC is already the next day in China: a record of that day is not of the future."""
    tomorrow = [record(VPT, issued_on=date(2026, 11, 24))]
    for hour, minute, outcome in ((15, 59, NOTIFY_HOLD), (16, 0, PASS)):
        at = datetime(2026, 11, 23, hour, minute, tzinfo=UTC)
        answers = [
            Answer(inquiry=Inquiry(matter=VPT, vin=VIN), records=tuple(tomorrow), as_of=at),
            Answer(inquiry=Inquiry(matter=VVT, vin=VIN), records=(record(VVT),), as_of=at),
        ]
        expect(vehicle.check(apply(), answers, at=at), outcome, matter=VPT)


def test_frame_numbers_of_old_vehicles_match_as_registered():
    """A shorter frame number serves a registered vehicle and no first registration."""
    old = FrameNumber.parse("LC0012345")
    application = clear(A.TRANSFER, vehicle=car(frame=old))
    expect(judge(application), PASS, "V-35", matter=VVT)
    with refused("vehicle.frame"):
        apply(vehicle=car(frame=old))


@pytest.mark.parametrize(
    ("act", "changes", "field"),
    [
        (A.FIRST_REGISTRATION, {"handled_on": None}, "handled_on"),
        (A.FIRST_REGISTRATION, {"application_date": date(2026, 11, 24)}, "handled_on"),
        (A.FIRST_REGISTRATION, {"already_registered": True}, "already_registered"),
        (A.TRANSFER, {"new_owner": None}, "new_owner"),
        (A.FIRST_REGISTRATION, {"division": Division("990000")}, "division"),
        (A.FIRST_REGISTRATION, {"division": Division("000000")}, "division"),
        (A.USE_CHANGE, {"new_owner": BUYER}, "new_owner"),
        (A.TRANSFER, {"already_registered": False}, "already_registered"),
        (A.WHOLE_VEHICLE_REPLACEMENT, {"old_frame": VIN}, "old_frame"),
        (A.FIRST_REGISTRATION, {"acquired_on": date(2026, 11, 24)}, "acquired_on"),
        (A.WHOLE_VEHICLE_REPLACEMENT, {"old_frame": None}, "old_frame"),
        (A.FIRST_REGISTRATION, {"vehicle": ELECTRIC}, "acquired_on"),
        (A.INSPECTION_MARK, {"vehicle": evolve(ELECTRIC, seats=None)}, "vehicle.seats"),
    ],
)
def test_contradicting_applications_are_input_errors(act, changes, field):
    """What an act lacks, or what contradicts it, is named by field."""
    with refused(field):
        apply(act, **changes)


def test_other_input_errors():
    """Negative measures, reversed insurance, foreign claims, unknown readings, double answers."""
    with pytest.raises(ApplicationError, match="seats"):
        Vehicle(frame=VIN, category=VehicleCategory.BUS, seats=-1)
    with refused("insurance.until"):
        CompulsoryInsurance(since=date(2026, 1, 2), until=date(2026, 1, 1))
    with refused("exemption_claimed"):
        apply(exemption_claimed=("deed-tax",))
    with pytest.raises(ValueError, match="no_such_reading"):
        judge(apply(), readings=("no_such_reading",))
    with pytest.raises(AnswerError, match="twice"):
        vehicle.check(apply(), [answer(VPT, []), answer(VPT, [])], at=AT)
    with pytest.raises(ApplicationError, match="time zone"):
        vehicle.check(apply(), [], at=datetime(2026, 11, 23))  # noqa: DTZ001


def test_an_answer_about_another_vehicle_is_no_answer():
    """An answer to another question leaves this one unanswered."""
    other = answer(VPT, [record(VPT, vin=OTHER_VIN)], frame=Vin.parse(OTHER_VIN.value))
    decision = vehicle.check(apply(), [other, answer(VVT, None)], at=AT)
    expect(decision, CANNOT_VERIFY, "V-05", matter=VPT)
