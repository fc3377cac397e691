"""taxgate inside a small registry: submit, check, complete; nothing is completed without a pass.

The registry keeps its cases in memory, and so does the tax bureau it asks. All data is invented.
"""

from datetime import date, datetime, timedelta

from attrs import define, field

from taxgate import Decision, Gate, IdType, NotPassedError, Person, vehicle
from taxgate.adapters.memory import InMemorySource
from taxgate.checks.vehicle.application import Energy, Vehicle, VehicleCategory
from taxgate.evidence import CHINA, Purpose
from taxgate.identifiers import Division, Vin
from taxgate.terms import Matter, RecordStatus


@define
class Registry:
    """A registration office: its applications, the last decision on each, and what is done."""

    gate: Gate
    applications: dict[str, vehicle.Application] = field(factory=dict)
    decisions: dict[str, Decision] = field(factory=dict)
    completed: list[str] = field(factory=list)

    def submit(self, application: vehicle.Application) -> str:
        """Take an application in and return its case number."""
        case_no = f"2026-{len(self.applications) + 1:04d}"
        self.applications[case_no] = application
        return case_no

    def check(self, case_no: str) -> Decision:
        """Let the gate ask what the act demands and decide, and keep the decision."""
        purpose = Purpose(office="示例车辆管理所", case_no=case_no, provision=vehicle.PROVISION.id)
        decision = self.gate.check(self.applications[case_no], purpose=purpose)
        self.decisions[case_no] = decision
        return decision

    def complete(self, case_no: str) -> None:
        """Enter the registration.

        Raises:
            KeyError: The case was never checked: that is no pass either.
            NotPassedError: The last decision does not allow it.
        """
        self.decisions[case_no].require_pass()
        self.completed.append(case_no)


@define
class OfficeClock:
    """A clock that stands still until it is moved, so that the example always says the same."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the instant it shows."""
        return self.now


def main() -> None:
    """Submit a first registration too early, settle what is missing, and complete it."""
    clock = OfficeClock(datetime(2026, 11, 23, 10, 0, tzinfo=CHINA))
    vin = Vin.parse("LTX9E5A14TA000019")
    bureau = InMemorySource(clock=clock)
    # Answers from memory count in a trial only; a gate of a real office refuses them.
    registry = Registry(Gate(bureau, clock=clock, trial=True))
    case_no = registry.submit(
        vehicle.Application(
            act=vehicle.Act.FIRST_REGISTRATION,
            division=Division("140100"),
            handled_on=date(2026, 11, 23),
            # A battery-electric car of up to nine seats is outside vehicle and vessel tax.
            vehicle=Vehicle(
                frame=vin,
                category=VehicleCategory.PASSENGER_CAR,
                energy=Energy.BATTERY_ELECTRIC,
                seats=5,
            ),
            owner=Person(IdType.RESIDENT_NUMBER, "149999198803072136", "张样例"),
            already_registered=False,
            seized=False,
            acquired_on=date(2026, 11, 12),
        )
    )
    decision = registry.check(case_no)
    print(case_no, decision.verdict, decision.effect)
    try:
        registry.complete(case_no)
    except NotPassedError as refusal:
        print(refusal)

    # The owner pays; an hour later the bureau knows, and the same case is checked again.
    clock.now += timedelta(hours=1)
    bureau.records.append(
        vehicle.Record(
            matter=Matter.VEHICLE_PURCHASE_TAX, status=RecordStatus.REDUCED_PAID, vin=vin
        )
    )
    decision = registry.check(case_no)
    registry.complete(case_no)
    print(case_no, decision.verdict, decision.effect, "completed:", registry.completed)


if __name__ == "__main__":
    main()
