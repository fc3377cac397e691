"""Builders of vehicle cases: one plain case each, changed by keyword."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from attrs import evolve

from taxgate.checks import vehicle
from taxgate.checks.vehicle.application import (
    Energy,
    Vehicle,
    VehicleAct,
    VehicleApplication,
    VehicleCategory,
    VehiclePaper,
    VehicleTaxRecord,
)
from taxgate.decision import Decision
from taxgate.evidence import CHINA, Answer, Channel, Inquiry, Outage, OutageCause
from taxgate.identifiers import Division, Vin
from taxgate.parties import IdType, Person
from taxgate.terms import Matter, RecordStatus

VIN = Vin.parse("1M8GDM9AXKP042788")
OTHER_VIN = Vin.parse("1M8GDM9AXKP042789")
OWNER = Person(IdType.PASSPORT, "P0000001", "甲某")
BUYER = Person(IdType.PASSPORT, "P0000002", "乙某")
AT = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
VPT = Matter.VEHICLE_PURCHASE_TAX
VVT = Matter.VEHICLE_AND_VESSEL_TAX
PETROL_CAR = Vehicle(
    frame=VIN,
    category=VehicleCategory.PASSENGER_CAR,
    energy=Energy.PETROL,
    displacement_ml=1498,
    seats=5,
    plate_no="晋A00001",
    plate_class="小型汽车",
    engine_no="E0001",
    model="M-1",
)

Replies = list[VehicleTaxRecord] | OutageCause | None


def apply(act: VehicleAct = VehicleAct.FIRST_REGISTRATION, **changes: Any) -> VehicleApplication:
    """Return an application in Taiyuan on 2026-11-23 for a petrol car."""
    fields: dict[str, Any] = {
        "act": act,
        "division": Division("140100"),
        "handled_on": date(2026, 11, 23),
        "vehicle": PETROL_CAR,
        "owner": OWNER,
        "already_registered": act is not VehicleAct.FIRST_REGISTRATION,
        "seized": False,
    }
    if act is VehicleAct.TRANSFER:
        fields["new_owner"] = BUYER
    if act is VehicleAct.WHOLE_VEHICLE_REPLACEMENT:
        fields["old_frame"] = OTHER_VIN
    return VehicleApplication(**(fields | changes))


def car(**changes: Any) -> Vehicle:
    """Return the petrol car with changes."""
    return evolve(PETROL_CAR, **changes)


def record(
    matter: Matter = VPT, status: RecordStatus = RecordStatus.PAID, **changes: Any
) -> VehicleTaxRecord:
    """Return a record of this car; of this year for vehicle and vessel tax."""
    fields: dict[str, Any] = {"matter": matter, "status": status, "vin": VIN}
    if matter is VVT:
        fields["tax_year"] = 2026
    return VehicleTaxRecord(**(fields | changes))


def paper(verified: bool = False, forgery: str | None = None, **fields: Any) -> VehiclePaper:
    """Return a voucher handed in."""
    return VehiclePaper(
        record=record(**fields),
        verified_by=Channel.VOUCHER_LOOKUP if verified else None,
        forgery=forgery,
    )


def answer(matter: Matter, reply: Replies, *, frame: Any = VIN) -> Answer:
    """Return a fresh answer: records, or an outage."""
    inquiry = Inquiry(matter=matter, vin=frame)
    if isinstance(reply, OutageCause):
        return Answer(inquiry=inquiry, outage=Outage(cause=reply), source="test")
    return Answer(inquiry=inquiry, records=tuple(reply or ()), as_of=AT, source="test")


def judge(
    application: VehicleApplication,
    vpt: Replies = None,
    vvt: Replies = None,
    readings: tuple[str, ...] = (),
) -> Decision:
    """Check with an answer to each tax; None stands for the tax paid as it should be."""
    frame = application.vehicle.frame
    year = application.governing_on.year
    if vpt is None:
        vpt = [record(VPT, vin=frame)]
    if vvt is None:
        vvt = [record(VVT, vin=frame, tax_year=year)]
    answers = [answer(VPT, vpt, frame=frame), answer(VVT, vvt, frame=frame)]
    return vehicle.check(application, answers, at=AT, readings=readings)
