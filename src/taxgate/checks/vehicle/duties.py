"""Which tax is asked for at which act (2.2 scope matrix), written once for inquiries and checks."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from ...findings import Outcome
from ...law.order_307 import ART_2, ART_24_2, ART_34
from ...law.vehicle import (
    FIRST_REGISTRATION_PROOFS,
    INSPECTION_MARK,
    INVALID_VOUCHERS_BAR,
    LOST_EXEMPTION,
    OTHER_REGISTRATIONS,
    PAY_BEFORE_REGISTRATION,
    SEIZED_NOT_REGISTERED,
    TAXABLE_ONCE,
    VESSEL_TAX_PROOF,
)
from ...tables import Row, Table, when
from ...terms import Flag, Matter, ObstacleKind, Reach
from .application import Archive, VehicleAct


class Governed(StrEnum):
    """Whether the act and the vehicle are the traffic police's business under Art. 24."""

    YES = "yes"
    NO = "no"


class Claimed(StrEnum):
    """Whether an owner-based exemption is claimed anew by the new owner."""

    NO = "no"
    SAME_CLASS = "same-class"


class PurchaseTaxDuty(StrEnum):
    """What the act demands of vehicle purchase tax."""

    FIRST = "first"
    REPLACEMENT = "replacement"
    MAKE_UP = "make-up"
    """An exemption is lost: tax is to be made up."""
    SAME_CLASS = "same-class"
    BASIS_UNKNOWN = "basis-unknown"
    STAYS = "stays"
    """The relief attaches to the vehicle and stays."""
    SETTLED = "settled"
    """The archive shows no exemption; only an unsolicited report is heard."""
    NOT_ASKED = "not-asked"
    """Nothing is heard but a forged voucher, which bars every registration."""
    IGNORED = "ignored"
    """Whatever its state (inspection)."""


class VesselTaxDuty(StrEnum):
    """What the act demands of vehicle and vessel tax."""

    FIRST = "first"
    REPLACEMENT = "replacement"
    INSPECTION = "inspection"
    CHECK = "check"
    ADVISORY = "advisory"
    """Inform only; the act goes on."""


class Seized(StrEnum):
    """Whether the vehicle is under seizure."""

    NO = "no"
    YES = "yes"


# Named once: in Python 3.11 a member costs more to name than to compare.
VPT: Final = Matter.VEHICLE_PURCHASE_TAX
VVT: Final = Matter.VEHICLE_AND_VESSEL_TAX

UNASKED: Final = frozenset(
    {PurchaseTaxDuty.STAYS, PurchaseTaxDuty.SETTLED, PurchaseTaxDuty.NOT_ASKED}
)
"""Duties without an inquiry."""

_A: Final = VehicleAct
GOVERNED_ACTS: Final = (
    _A.FIRST_REGISTRATION,
    _A.WHOLE_VEHICLE_REPLACEMENT,
    _A.USE_CHANGE,
    _A.RELOCATION,
    _A.CO_OWNER_CHANGE,
    _A.OTHER_CHANGE,
    _A.TRANSFER,
    _A.MORTGAGE,
    _A.MORTGAGE_RELEASE,
    _A.DEREGISTRATION,
    _A.INSPECTION_MARK,
)
ASKS_ABOUT_EXEMPTION: Final = (_A.USE_CHANGE, _A.CO_OWNER_CHANGE, _A.TRANSFER)
"""Acts at which an exemption may be lost."""

LOSES: Final = {
    _A.USE_CHANGE: frozenset({Archive.USE}),
    _A.CO_OWNER_CHANGE: frozenset({Archive.OWNER}),
    _A.TRANSFER: frozenset({Archive.OWNER, Archive.USE}),
}
"""Grounds of relief each of them can end."""


@frozen
class Scope:
    """Facts of the scope table."""

    reach: Reach
    governed: Governed


@frozen
class PurchaseTaxCircumstances:
    """Facts of the duty table of vehicle purchase tax."""

    act: VehicleAct
    archive: Archive
    claimed: Claimed


@frozen
class VesselTaxCircumstances:
    """Facts of the duty table of vehicle and vessel tax."""

    act: VehicleAct


@frozen
class Seizure:
    """Facts of the seizure table."""

    act: VehicleAct
    seized: Seized


# fmt: off
SCOPE: Final[Table[Outcome]] = Table(
    name="vehicle/scope",
    question=("本环节是否适用？", "Does the checkpoint govern this act?"),
    columns={"reach": tuple(Reach), "governed": tuple(Governed)},
    rows=(
        Row(("V-37",), when(reach=Reach.OUTSIDE_SHANXI), Outcome.NOT_APPLICABLE,
            "vehicle/outside-shanxi", (ART_2,)),
        Row(("V-37",), when(reach=Reach.BEFORE_EFFECTIVE_DATE), Outcome.NOT_APPLICABLE,
            "vehicle/before-effective-date", (ART_34,), flags=(Flag.NATIONAL_LAW_STILL_BINDS,)),
        Row(("V-36",), when(reach=Reach.IN, governed=Governed.NO), Outcome.NOT_APPLICABLE,
            "vehicle/out-of-scope", (ART_24_2, OTHER_REGISTRATIONS)),
        Row(("2.2",), when(reach=Reach.IN, governed=Governed.YES), None,
            "vehicle/in-scope", (ART_24_2,)),
    ),
)

PURCHASE_TAX_DUTY: Final[Table[PurchaseTaxDuty]] = Table(
    name="vehicle/purchase-tax-duty",
    question=("本业务对车辆购置税有何要求？", "What does the act demand of vehicle purchase tax?"),
    columns={"act": GOVERNED_ACTS, "archive": tuple(Archive), "claimed": tuple(Claimed)},
    rows=(
        Row(("2.2",), when(act=_A.FIRST_REGISTRATION), PurchaseTaxDuty.FIRST,
            "vehicle/purchase-tax/first", (PAY_BEFORE_REGISTRATION,)),
        Row(("V-24",), when(act=_A.WHOLE_VEHICLE_REPLACEMENT), PurchaseTaxDuty.REPLACEMENT,
            "vehicle/purchase-tax/replacement", (OTHER_REGISTRATIONS,)),
        Row(("V-15",), when(act=_A.INSPECTION_MARK), PurchaseTaxDuty.IGNORED,
            "vehicle/purchase-tax/ignored", (INSPECTION_MARK,)),
        Row(("2.2",),
            when(act=(_A.RELOCATION, _A.OTHER_CHANGE, _A.MORTGAGE, _A.MORTGAGE_RELEASE,
                      _A.DEREGISTRATION)),
            PurchaseTaxDuty.NOT_ASKED, "vehicle/purchase-tax/not-asked", (OTHER_REGISTRATIONS,)),
        # Transfer, change of use, change of co-owner: only where relief may be lost.
        Row(("V-16", "V-38"), when(act=ASKS_ABOUT_EXEMPTION, archive=Archive.NONE),
            PurchaseTaxDuty.SETTLED, "vehicle/purchase-tax/settled", (TAXABLE_ONCE,)),
        Row(("V-20",), when(act=ASKS_ABOUT_EXEMPTION, archive=Archive.UNKNOWN),
            PurchaseTaxDuty.BASIS_UNKNOWN, "vehicle/purchase-tax/basis-unknown", (LOST_EXEMPTION,)),
        Row(("V-17",), when(act=ASKS_ABOUT_EXEMPTION, archive=Archive.VEHICLE),
            PurchaseTaxDuty.STAYS, "vehicle/purchase-tax/stays", (LOST_EXEMPTION,)),
        Row(("V-18", "V-19"),
            when(act=_A.TRANSFER, archive=Archive.OWNER, claimed=Claimed.NO),
            PurchaseTaxDuty.MAKE_UP, "vehicle/purchase-tax/make-up", (LOST_EXEMPTION,)),
        Row(("V-39",), when(act=_A.TRANSFER, archive=Archive.OWNER, claimed=Claimed.SAME_CLASS),
            PurchaseTaxDuty.SAME_CLASS, "vehicle/purchase-tax/same-class", (LOST_EXEMPTION,)),
        Row(("V-18", "V-19"), when(act=_A.TRANSFER, archive=Archive.USE),
            PurchaseTaxDuty.MAKE_UP, "vehicle/purchase-tax/make-up", (LOST_EXEMPTION,)),
        Row(("V-18", "V-19"), when(act=_A.USE_CHANGE, archive=Archive.USE),
            PurchaseTaxDuty.MAKE_UP, "vehicle/purchase-tax/make-up", (LOST_EXEMPTION,)),
        Row(("2.2",), when(act=_A.USE_CHANGE, archive=Archive.OWNER),
            PurchaseTaxDuty.STAYS, "vehicle/purchase-tax/stays", (LOST_EXEMPTION,)),
        Row(("V-18", "V-19"), when(act=_A.CO_OWNER_CHANGE, archive=Archive.OWNER),
            PurchaseTaxDuty.MAKE_UP, "vehicle/purchase-tax/make-up", (LOST_EXEMPTION,)),
        Row(("2.2",), when(act=_A.CO_OWNER_CHANGE, archive=Archive.USE),
            PurchaseTaxDuty.STAYS, "vehicle/purchase-tax/stays", (LOST_EXEMPTION,)),
    ),
)

VESSEL_TAX_DUTY: Final[Table[VesselTaxDuty]] = Table(
    name="vehicle/vessel-tax-duty",
    question=("本业务对车船税有何要求？", "What does the act demand of vehicle and vessel tax?"),
    columns={"act": GOVERNED_ACTS},
    rows=(
        Row(("2.2",), when(act=_A.FIRST_REGISTRATION), VesselTaxDuty.FIRST,
            "vehicle/vessel-tax/first", (FIRST_REGISTRATION_PROOFS,)),
        Row(("V-24",), when(act=_A.WHOLE_VEHICLE_REPLACEMENT), VesselTaxDuty.REPLACEMENT,
            "vehicle/vessel-tax/replacement", (OTHER_REGISTRATIONS,)),
        Row(("2.2",), when(act=_A.INSPECTION_MARK), VesselTaxDuty.INSPECTION,
            "vehicle/vessel-tax/inspection", (VESSEL_TAX_PROOF, INSPECTION_MARK)),
        Row(("2.2",), when(act=(_A.TRANSFER, _A.USE_CHANGE, _A.RELOCATION)), VesselTaxDuty.CHECK,
            "vehicle/vessel-tax/check", (VESSEL_TAX_PROOF,)),
        Row(("2.2",),
            when(act=(_A.CO_OWNER_CHANGE, _A.OTHER_CHANGE, _A.MORTGAGE, _A.MORTGAGE_RELEASE,
                      _A.DEREGISTRATION)),
            VesselTaxDuty.ADVISORY, "vehicle/vessel-tax/advisory", (VESSEL_TAX_PROOF,)),
    ),
)

SEIZURE: Final[Table[ObstacleKind]] = Table(
    name="vehicle/seizure",
    question=("车辆是否被查封、扣押？", "Does a seizure stand in the way?"),
    columns={"act": tuple(VehicleAct), "seized": tuple(Seized)},
    rows=(
        Row(("V-31",), when(seized=Seized.NO), None, "vehicle/not-seized"),
        Row(("V-31",),
            when(seized=Seized.YES,
                 act=(_A.FIRST_REGISTRATION, _A.WHOLE_VEHICLE_REPLACEMENT, _A.USE_CHANGE,
                      _A.RELOCATION, _A.CO_OWNER_CHANGE, _A.OTHER_CHANGE, _A.TRANSFER, _A.MORTGAGE,
                      _A.MORTGAGE_RELEASE, _A.DEREGISTRATION, _A.EX_OFFICIO_DEREGISTRATION,
                      _A.PLEDGE_FILING)),
            ObstacleKind.VEHICLE_SEIZED, "vehicle/seized",
            (SEIZED_NOT_REGISTERED, INVALID_VOUCHERS_BAR)),
        Row(("V-31",),
            when(seized=Seized.YES,
                 act=(_A.INSPECTION_MARK, _A.CHANGE_FILING, _A.CORRECTION, _A.REPLACEMENT_DOCUMENT,
                      _A.TEMPORARY_PLATE, _A.SCHOOL_BUS_PLATE)),
            None, "vehicle/seizure-no-bar"),
    ),
)
# fmt: on
