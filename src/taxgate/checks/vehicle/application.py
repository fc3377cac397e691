"""What traffic police (公安机关交通管理部门) know of a vehicle matter, and its tax records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from ...errors import ApplicationError
from ...evidence import Paper, TaxRecord, code
from ...identifiers import FrameNumber, Vin
from ...parties import Person
from ...proceedings import Application
from ...terms import Matter

__all__ = [
    "Acquisition",
    "Archive",
    "Attaches",
    "CompulsoryInsurance",
    "Energy",
    "ExemptionBasis",
    "Vehicle",
    "VehicleAct",
    "VehicleApplication",
    "VehicleCategory",
    "VehiclePaper",
    "VehicleTaxRecord",
]

NINE_SEATS: Final = 9
PURCHASE_TAX_FREE_ML: Final = 150
MOPED_ML: Final = 50
MOPED_KMH: Final = 50


class VehicleAct(StrEnum):
    """What is applied for (业务类型)."""

    FIRST_REGISTRATION = "first-registration"
    """注册登记."""
    WHOLE_VEHICLE_REPLACEMENT = "whole-vehicle-replacement"
    """变更登记: 更换整车."""
    USE_CHANGE = "use-change"
    """变更登记: 使用性质."""
    RELOCATION = "relocation"
    """变更登记: 迁出、迁入."""
    CO_OWNER_CHANGE = "co-owner-change"
    """变更登记: 共同所有人."""
    OTHER_CHANGE = "other-change"
    """变更登记: 颜色、发动机、车身、号牌互换."""
    TRANSFER = "transfer"
    """转让登记, 包括转让待出口."""
    MORTGAGE = "mortgage"
    """抵押登记."""
    MORTGAGE_RELEASE = "mortgage-release"
    """解除抵押登记."""
    DEREGISTRATION = "deregistration"
    """注销登记 (申请)."""
    INSPECTION_MARK = "inspection-mark"
    """核发检验合格标志, 包括免检车辆."""
    CHANGE_FILING = "change-filing"
    """变更备案."""
    PLEDGE_FILING = "pledge-filing"
    """质押备案."""
    CORRECTION = "correction"
    """更正."""
    REPLACEMENT_DOCUMENT = "replacement-document"
    """补换领牌证、检验合格标志."""
    TEMPORARY_PLATE = "temporary-plate"
    """临时行驶车号牌."""
    SCHOOL_BUS_PLATE = "school-bus-plate"
    """校车标牌."""
    EX_OFFICIO_DEREGISTRATION = "ex-officio-deregistration"
    """依职权注销."""


class VehicleCategory(StrEnum):
    """Kind of vehicle (车辆类型), as far as a tax depends on it."""

    PASSENGER_CAR = "passenger-car"
    BUS = "bus"
    TRUCK = "truck"
    TRAILER = "trailer"
    TRAM = "tram"
    MOTORCYCLE = "motorcycle"
    """Two- and three-wheelers, mopeds included."""
    SPECIAL_VEHICLE = "special-vehicle"
    """Non-transport special vehicle with fixed devices (设有固定装置的非运输专用作业车辆)."""
    METRO = "metro"
    LOADER = "loader"
    GRADER = "grader"
    EXCAVATOR = "excavator"
    BULLDOZER = "bulldozer"
    MOBILE_CRANE = "mobile-crane"
    FORKLIFT = "forklift"
    OTHER = "other"
    TRACTOR = "tractor"
    MILITARY = "military"
    VESSEL = "vessel"


class Energy(StrEnum):
    """What drives it (能源种类)."""

    PETROL = "petrol"
    DIESEL = "diesel"
    GAS = "gas"
    HYBRID = "hybrid"
    """Without a plug."""
    PLUG_IN_HYBRID = "plug-in-hybrid"
    RANGE_EXTENDED = "range-extended"
    BATTERY_ELECTRIC = "battery-electric"
    FUEL_CELL = "fuel-cell"
    NONE = "none"
    """No drive of its own, such as a trailer."""

    @property
    def has_engine(self) -> bool:
        """Whether a combustion engine is on board."""
        return self not in (Energy.BATTERY_ELECTRIC, Energy.FUEL_CELL, Energy.NONE)

    @property
    def is_new_energy(self) -> bool:
        """Whether the vehicle counts as new-energy (新能源汽车)."""
        return self in _NEW_ENERGY


_NEW_ENERGY: Final = frozenset(
    {Energy.PLUG_IN_HYBRID, Energy.RANGE_EXTENDED, Energy.BATTERY_ELECTRIC, Energy.FUEL_CELL}
)


class Acquisition(StrEnum):
    """How it was acquired (取得方式)."""

    PURCHASE = "purchase"
    IMPORT = "import"
    OWN_PRODUCTION = "own-production"
    GIFT = "gift"
    PRIZE = "prize"
    OTHER = "other"


class Archive(StrEnum):
    """Purchase-tax exemption or reduction noted in the registry archive (登记档案)."""

    NONE = "none"
    """The archive shows none: the tax is not asked for again."""
    VEHICLE = "vehicle"
    """It attaches to the vehicle itself, such as a catalogued new-energy vehicle."""
    OWNER = "owner"
    """It attaches to who owns the vehicle, such as an embassy or a bus company."""
    USE = "use"
    """It attaches to what the vehicle is used for."""
    UNKNOWN = "unknown"
    """The archive does not say, or does not say what it attaches to."""


class Attaches(StrEnum):
    """What an exemption or reduction attaches to, as the tax record says."""

    VEHICLE = "vehicle"
    OWNER = "owner"
    USE = "use"


class ExemptionBasis(StrEnum):
    """Ground of an exemption or reduction, as the tax record says."""

    NEW_ENERGY = "new-energy"
    OTHER = "other"


@frozen(kw_only=True)
class Vehicle:
    """The vehicle as inspected.

    Attributes:
        frame: VIN (车辆识别代号), or the older frame number of a vehicle registered long ago.
        category: Kind of vehicle.
        energy: What drives it; None where not known.
        displacement_ml: Engine displacement in millilitres; without it a motorcycle with an engine
            counts as taxable.
        design_speed_kmh: Design speed in km/h; without it a moped counts as a motorcycle.
        seats: Approved seats, driver included; needed for a pure-electric or fuel-cell passenger
            car, which is outside vehicle and vessel tax with up to nine.
        plate_no: Plate number it bears (号牌号码).
        plate_class: Plate class (号牌种类), in the same words as on the tax records.
        engine_no: Engine number.
        model: Model designation.
    """

    frame: Vin | FrameNumber
    category: VehicleCategory
    energy: Energy | None = None
    displacement_ml: int | None = None
    design_speed_kmh: int | None = None
    seats: int | None = None
    plate_no: str | None = field(default=None, converter=code, repr=False)
    plate_class: str | None = field(default=None, converter=code, repr=False)
    engine_no: str | None = field(default=None, converter=code, repr=False)
    model: str | None = field(default=None, converter=code)

    def __attrs_post_init__(self) -> None:
        """Refuse numbers that cannot be measurements."""
        for name in ("displacement_ml", "design_speed_kmh", "seats"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise ApplicationError(f"vehicle.{name}", "is negative")


@frozen(kw_only=True)
class CompulsoryInsurance:
    """A compulsory traffic insurance policy (交强险).

    Attributes:
        policy_no: Policy number.
        since: First day of cover.
        until: Last day of cover.
    """

    policy_no: str | None = field(default=None, converter=code, repr=False)
    since: date
    until: date

    def __attrs_post_init__(self) -> None:
        """Refuse reversed dates."""
        if self.until < self.since:
            raise ApplicationError("insurance.until", "lies before insurance.since")


@frozen(kw_only=True)
class VehicleTaxRecord(TaxRecord):
    """A record of vehicle purchase tax or vehicle and vessel tax.

    Attributes:
        vin: Frame number it is about.
        plate_no: Plate number, used only where the record has no frame number.
        plate_class: Plate class, with `plate_no`.
        engine_no: Engine number it states.
        model: Model it states.
        category: Kind of vehicle it states.
        tax_year: Calendar year of vehicle and vessel tax.
        basis: Ground of an exemption or reduction.
        attaches_to: What an exemption or reduction attaches to.
        policy_no: Insurance policy through which the tax was withheld.
        arrears: The record reports tax of earlier years still owed. An unpaid record of an earlier
            year says the same.
    """

    vin: Vin | FrameNumber | None = None
    plate_no: str | None = field(default=None, converter=code, repr=False)
    plate_class: str | None = field(default=None, converter=code, repr=False)
    engine_no: str | None = field(default=None, converter=code, repr=False)
    model: str | None = field(default=None, converter=code)
    category: VehicleCategory | None = None
    tax_year: int | None = None
    basis: ExemptionBasis | None = None
    attaches_to: Attaches | None = None
    policy_no: str | None = field(default=None, converter=code, repr=False)
    arrears: bool = False


@frozen(kw_only=True)
class VehiclePaper(Paper):
    """A voucher on a vehicle tax that was handed in."""

    record: VehicleTaxRecord


_OUTSIDE_POLICE: Final = frozenset(
    {VehicleCategory.TRACTOR, VehicleCategory.MILITARY, VehicleCategory.VESSEL}
)

_REGISTERED_ACTS: Final = (
    VehicleAct.WHOLE_VEHICLE_REPLACEMENT,
    VehicleAct.USE_CHANGE,
    VehicleAct.RELOCATION,
    VehicleAct.CO_OWNER_CHANGE,
    VehicleAct.OTHER_CHANGE,
    VehicleAct.TRANSFER,
    VehicleAct.MORTGAGE,
    VehicleAct.MORTGAGE_RELEASE,
    VehicleAct.DEREGISTRATION,
    VehicleAct.INSPECTION_MARK,
)
"""Acts on a vehicle that is registered already."""

NEW_FRAME_ACTS: Final = (VehicleAct.FIRST_REGISTRATION, VehicleAct.WHOLE_VEHICLE_REPLACEMENT)


@frozen(kw_only=True)
class VehicleApplication(Application):
    """An application to register or inspect a vehicle (车辆登记、检验申请).

    Attributes:
        act: What is applied for.
        vehicle: The vehicle; at whole-vehicle replacement the new one.
        old_frame: At whole-vehicle replacement the frame number of the old one; needed there.
        owner: Owner; at a transfer the former owner.
        new_owner: At a transfer the new owner; needed there.
        already_registered: Whether the vehicle is registered already; false only for a first
            registration and for acts that need none.
        seized: Whether the vehicle is under seizure (查封、扣押), by the police register.
        acquisition: How it was acquired.
        acquired_on: Day of the invoice or of an equivalent document; needed for a new-energy
            vehicle at first registration or replacement.
        price: Price on that document, in yuan; taxgate never judges it.
        entered_on: Day of entry of an imported vehicle.
        use_before: Use nature (使用性质) before a change.
        use_after: Use nature after it.
        archive_exemption: Purchase-tax relief noted in the registry archive.
        exempted_on: Day of that relief, where the archive notes it.
        same_class_claimed: The new owner claims the same owner-based exemption.
        exemption_claimed: Taxes, of the two vehicle taxes, for which the applicant claims an
            exemption or reduction.
        insurance: Compulsory insurance policy.
        papers: Vouchers handed in.

    Raises:
        ApplicationError: An act lacks what it needs, or the application contradicts itself.
    """

    act: VehicleAct
    vehicle: Vehicle
    owner: Person
    already_registered: bool
    seized: bool
    old_frame: Vin | FrameNumber | None = None
    new_owner: Person | None = None
    acquisition: Acquisition | None = None
    acquired_on: date | None = None
    price: Decimal | None = None
    entered_on: date | None = None
    use_before: str | None = field(default=None, converter=code)
    use_after: str | None = field(default=None, converter=code)
    archive_exemption: Archive = Archive.UNKNOWN
    exempted_on: date | None = None
    same_class_claimed: bool = False
    exemption_claimed: tuple[Matter, ...] = ()
    insurance: CompulsoryInsurance | None = None
    papers: tuple[VehiclePaper, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Demand what the act needs."""
        super().__attrs_post_init__()
        if self.act in NEW_FRAME_ACTS and not isinstance(self.vehicle.frame, Vin):
            raise ApplicationError(
                "vehicle.frame", f"must be a VIN of 17 characters for {self.act}"
            )
        if self.act is VehicleAct.FIRST_REGISTRATION and self.already_registered:
            raise ApplicationError(
                "already_registered", "contradicts a first registration: choose another act"
            )
        if self.act in _REGISTERED_ACTS and not self.already_registered:
            raise ApplicationError(
                "already_registered", f"contradicts {self.act}: register the vehicle first"
            )
        if self.act is VehicleAct.TRANSFER and self.new_owner is None:
            raise ApplicationError("new_owner", "is missing: a transfer needs the new owner")
        if self.act is not VehicleAct.TRANSFER and self.new_owner is not None:
            raise ApplicationError("new_owner", "is for a transfer only: choose that act")
        if self.act is VehicleAct.WHOLE_VEHICLE_REPLACEMENT:
            if self.old_frame is None:
                raise ApplicationError("old_frame", "is missing: name the vehicle that is replaced")
            if self.old_frame == self.vehicle.frame:
                raise ApplicationError("old_frame", "is the new vehicle's: name the old one")
        for name in ("acquired_on", "exempted_on", "entered_on"):
            day = getattr(self, name)
            if day is not None and day > self.governing_on:
                raise ApplicationError(name, "lies after the day of handling")
        if (
            self.act in NEW_FRAME_ACTS
            and self.acquired_on is None
            and self.vehicle.energy is not None
            and self.vehicle.energy.is_new_energy
        ):
            raise ApplicationError(
                "acquired_on", "is missing: relief of a new-energy vehicle depends on the day"
            )
        if (
            self.vehicle.category is VehicleCategory.PASSENGER_CAR
            and self.vehicle.energy in (Energy.BATTERY_ELECTRIC, Energy.FUEL_CELL)
            and self.vehicle.seats is None
        ):
            raise ApplicationError(
                "vehicle.seats", "is missing: whether vehicle tax covers the car depends on it"
            )
        strange = set(self.exemption_claimed) - {
            Matter.VEHICLE_PURCHASE_TAX,
            Matter.VEHICLE_AND_VESSEL_TAX,
        }
        if strange:
            raise ApplicationError("exemption_claimed", "names a tax that is not a vehicle tax")

    @property
    def governed(self) -> bool:
        """Whether the vehicle is one the traffic police register at all."""
        return self.vehicle.category not in _OUTSIDE_POLICE

    @property
    def taxpayer(self) -> Person:
        """Owner after the act."""
        return self.new_owner or self.owner
