"""Vehicle checkpoint: both sides of each measure and day, and what a finding tells of its case."""

from __future__ import annotations

from datetime import date

import pytest

from expect import NOTIFY_HOLD, NOTIFY_PROCEED, NOTIFY_REFUSE, PASS, expect
from taxgate.checks import vehicle
from taxgate.checks.vehicle.application import (
    Archive,
    Attaches,
    CompulsoryInsurance,
    Energy,
    VehicleAct,
    VehicleCategory,
)
from taxgate.terms import Addressee, Basis, RecordStatus
from vehicle_cases import BUYER, OTHER_VIN, OWNER, VPT, VVT, apply, car, judge, record

A = VehicleAct
S = RecordStatus
TODAY = date(2026, 11, 23)


@pytest.mark.rows("V-06")
@pytest.mark.parametrize(
    ("displacement", "outside"), [(0, False), (1, True), (150, True), (151, False)]
)
def test_a_motorcycle_up_to_150_ml_is_outside_purchase_tax(displacement, outside):
    """From 1 ml to 150; no engine size is none, not a small one."""
    bike = car(
        category=VehicleCategory.MOTORCYCLE, displacement_ml=displacement, design_speed_kmh=90
    )
    decision = judge(apply(vehicle=bike), vpt=[])
    expect(decision, PASS if outside else NOTIFY_REFUSE, "V-01" if outside else "V-02", matter=VPT)


@pytest.mark.rows("V-07")
@pytest.mark.parametrize(("seats", "outside"), [(0, False), (1, True), (9, True), (10, False)])
def test_an_electric_car_up_to_nine_seats_is_outside_vessel_tax(seats, outside):
    """From one seat to nine; a car without a seat is no passenger car."""
    electric = car(energy=Energy.BATTERY_ELECTRIC, displacement_ml=None, seats=seats)
    decision = judge(apply(vehicle=electric, acquired_on=date(2026, 3, 1)), vvt=[])
    expect(decision, PASS if outside else NOTIFY_REFUSE, "V-01" if outside else "V-03", matter=VVT)


@pytest.mark.rows("V-32")
@pytest.mark.parametrize(
    ("speed", "displacement", "outside"),
    [(0, 50, False), (1, 50, True), (50, 50, True), (51, 50, False), (50, 0, False), (50, 1, True)],
)
def test_a_moped_is_outside_vessel_tax(speed, displacement, outside):
    """Up to 50 km/h and up to 50 ml; zero is no measure of either."""
    moped = car(
        category=VehicleCategory.MOTORCYCLE, displacement_ml=displacement, design_speed_kmh=speed
    )
    decision = judge(apply(vehicle=moped), vvt=[])
    expect(decision, PASS if outside else NOTIFY_REFUSE, "V-01" if outside else "V-03", matter=VVT)


@pytest.mark.rows("V-12")
@pytest.mark.parametrize(
    ("since", "until", "outcome"),
    [
        (date(2025, 11, 23), date(2026, 11, 22), NOTIFY_REFUSE),
        (date(2025, 11, 24), TODAY, PASS),
    ],
)
def test_v12_the_policys_year_counts_to_its_last_day(since, until, outcome):
    """On the last day the policy is in force, the day after it is not."""
    application = apply(A.INSPECTION_MARK, insurance=CompulsoryInsurance(since=since, until=until))
    expect(judge(application, vvt=[record(VVT, tax_year=2025)]), outcome, matter=VVT)


@pytest.mark.rows("V-12")
def test_v12_a_policy_counts_from_its_first_day_and_may_last_one():
    """In force on the day it begins; one that begins and ends on one day is one."""
    assert CompulsoryInsurance(since=TODAY, until=TODAY)
    eve = CompulsoryInsurance(since=date(2025, 12, 31), until=date(2026, 12, 30))
    application = apply(A.INSPECTION_MARK, handled_on=date(2025, 12, 31), insurance=eve)
    (asked,) = vehicle.inquiries(application)
    assert asked.years == (2025,)
    begins = CompulsoryInsurance(since=date(2025, 11, 23), until=TODAY)
    (asked,) = vehicle.inquiries(apply(A.INSPECTION_MARK, insurance=begins))
    assert set(asked.years) == {2025, 2026}


@pytest.mark.rows("V-14")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": S.UNPAID, "tax_year": 2025}, True),
        ({"arrears": True}, True),
        ({"status": S.UNPAID, "tax_year": None}, False),
        ({"status": S.PAID, "tax_year": 2025}, False),
        ({"status": S.UNPAID, "tax_year": 2025, "vin": OTHER_VIN}, False),
        ({"status": S.UNPAID, "tax_year": 2025, "vin": None}, False),
        (
            {
                "status": S.UNPAID,
                "tax_year": 2025,
                "vin": None,
                "plate_no": "晋A00001",
                "plate_class": "小型汽车",
            },
            True,
        ),
        (
            {
                "status": S.UNPAID,
                "tax_year": 2025,
                "vin": None,
                "plate_no": "晋A00001",
                "plate_class": "挂车",
            },
            False,
        ),
    ],
)
def test_v14_arrears_are_of_this_vehicle_and_an_earlier_year(changes, told):
    """By VIN, or by plate and its class where no VIN is stated; wherever in the answer."""
    decision = judge(apply(A.INSPECTION_MARK), vvt=[record(VVT), record(VVT, **changes)])
    codes = {finding.code for finding in decision.findings}
    assert ("vehicle/vessel-tax/arrears" in codes) is told


@pytest.mark.rows("V-14")
@pytest.mark.parametrize(
    "first",
    [
        record(VPT),
        record(VVT, vin=OTHER_VIN),
        record(VVT, vin=None, plate_no="晋A00002", plate_class="小型汽车"),
    ],
)
def test_v14_what_is_said_of_others_hides_no_arrears(first):
    """A record of another tax or vehicle that comes first is passed over."""
    owed = record(VVT, S.UNPAID, tax_year=2024)
    decision = judge(apply(A.INSPECTION_MARK), vvt=[first, record(VVT), owed])
    expect(decision, NOTIFY_PROCEED, "V-14", matter=VVT)


@pytest.mark.rows("V-14", "V-13")
def test_v14_this_years_debt_is_no_arrears_of_earlier_years():
    """Unpaid for the year asked beside paid for it is a conflict, and no arrears."""
    decision = judge(apply(A.INSPECTION_MARK), vvt=[record(VVT), record(VVT, S.UNPAID)])
    expect(decision, NOTIFY_HOLD, "V-04", matter=VVT)
    assert "vehicle/vessel-tax/arrears" not in {finding.code for finding in decision.findings}


@pytest.mark.rows("V-16")
def test_v16_what_the_archive_settles_rests_on_the_register():
    """No query is needed: the basis is the office's own archive."""
    decision = judge(apply(A.TRANSFER, archive_exemption=Archive.NONE))
    (finding,) = [item for item in decision.findings if item.obligation.matter is VPT]
    assert finding.rows == ("V-16",)
    assert finding.obligation.basis is Basis.REGISTER
    assert finding.obligation.inquiry is None


@pytest.mark.rows("V-20")
def test_v20_relief_that_is_said_to_attach_to_two_things_is_a_conflict():
    """To the vehicle by one record and to the owner by another: the basis is not known."""
    application = apply(A.TRANSFER, archive_exemption=Archive.UNKNOWN)
    relief = [
        record(status=S.EXEMPT, attaches_to=Attaches.VEHICLE, voucher_no="1"),
        record(status=S.EXEMPT, attaches_to=Attaches.OWNER, voucher_no="2"),
    ]
    contradicted = judge(application, vpt=relief)
    expect(contradicted, NOTIFY_HOLD, "V-04", matter=VPT)
    whys = {item.why for found in contradicted.findings for item in found.obligation.weighed}
    assert "relief-contradicted" in whys
    expect(judge(application, vpt=relief[:1]), PASS, matter=VPT)


@pytest.mark.rows("2.2")
def test_an_inquiry_names_the_vehicle_the_years_and_why_it_is_asked():
    """VIN, plate and years for vessel tax; the purpose only with office and case number."""
    named = {"office": "某车辆管理所", "case_no": "1"}
    for inquiry in vehicle.inquiries(apply(**named)):
        assert inquiry.vin == apply().vehicle.frame
        assert (inquiry.purpose.office, inquiry.purpose.case_no) == ("某车辆管理所", "1")
        assert inquiry.purpose.provision == "order-307/24(2)"
        assert inquiry.years == ((2026,) if inquiry.matter is VVT else ())
        assert inquiry.plate == ("晋A00001" if inquiry.matter is VVT else None)
    for name, value in named.items():
        assert all(one.purpose is None for one in vehicle.inquiries(apply(**{name: value})))


@pytest.mark.rows("2.2")
def test_a_finding_tells_whose_tax_it_is_and_who_is_to_be_told():
    """The owner, at a transfer the new one; the applicant is whoever hands the case in."""
    for application, payer in ((apply(), OWNER), (apply(A.TRANSFER), BUYER)):
        for item in judge(application).findings:
            assert item.obligation.party == payer
            assert item.obligation.parties[Addressee.TAXPAYER] == (payer,)
            assert item.obligation.parties[Addressee.APPLICANT] == (payer,)
    agent = apply(applicant=BUYER)
    for item in judge(agent).findings:
        assert item.obligation.parties[Addressee.APPLICANT] == (BUYER,)


@pytest.mark.rows("V-01", "V-12")
def test_what_was_weighed_is_kept_for_the_explanation():
    """Every record of both taxes stands in its obligation with what it counts for."""
    other = record(VPT, vin=OTHER_VIN, voucher_no="2")
    for item in judge(apply(), vpt=[record(), other]).findings:
        assert len(item.obligation.weighed) == (2 if item.obligation.matter is VPT else 1)


@pytest.mark.rows("V-04", "V-12")
@pytest.mark.parametrize("plate", [{"plate_no": "晋A00001"}, {"plate_class": "小型汽车"}, {}])
def test_a_record_with_half_a_plate_names_no_vehicle(plate):
    """Without a VIN both the number and its class are needed; half of it cannot be compared."""
    reply = [record(VVT, vin=None, **plate)]
    expect(judge(apply(A.INSPECTION_MARK), vvt=reply), NOTIFY_HOLD, "V-04", matter=VVT)


@pytest.mark.rows("V-38", "V-16")
@pytest.mark.parametrize(
    ("status", "outcome", "row", "basis"),
    [
        (S.UNPAID, NOTIFY_HOLD, "V-38", Basis.ANSWER),
        (S.REFUNDED, NOTIFY_HOLD, "V-38", Basis.ANSWER),
        (S.DEFERRED, PASS, "V-16", Basis.REGISTER),
        (S.PAID, PASS, "V-16", Basis.REGISTER),
    ],
)
def test_v38_rests_on_what_was_reported(status, outcome, row, basis):
    """Only a debt or an undone payment is heard, and only then is it an answer that decides."""
    settled = apply(A.TRANSFER, archive_exemption=Archive.NONE)
    decision = judge(settled, vvt=[record(VVT), record(VPT, status)])
    expect(decision, outcome, row, matter=VPT)
    (obligation,) = [item.obligation for item in decision.findings if item.obligation.matter is VPT]
    assert obligation.basis is basis
