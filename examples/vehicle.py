"""First registration of a car: ask about both vehicle taxes, decide, print what the owner is told.

All data is invented. A real office gets its answers from a source of the tax authority.
"""

from datetime import date, datetime

from taxgate import Answer, IdType, Inquiry, Person, vehicle
from taxgate.checks.vehicle.application import Energy, Vehicle, VehicleCategory
from taxgate.evidence import CHINA
from taxgate.identifiers import Division, Vin
from taxgate.terms import Matter, RecordStatus

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
VIN = Vin.parse("LTX9E5A14TA000019")

# What the office knows. What could silently turn into a pass has no default: leave out `seized` and
# the class refuses.
application = vehicle.Application(
    act=vehicle.Act.FIRST_REGISTRATION,
    division=Division("140100"),  # the handling registrar decides whether the Order applies
    handled_on=date(2026, 11, 23),
    vehicle=Vehicle(frame=VIN, category=VehicleCategory.PASSENGER_CAR, energy=Energy.PETROL),
    owner=Person(IdType.RESIDENT_NUMBER, "149999198803072136", "张样例"),
    already_registered=False,
    seized=False,
)


def ask(inquiry: Inquiry) -> Answer:
    """Answer as a tax bureau might: this year's vehicle tax is paid, of purchase tax no record."""
    paid = vehicle.Record(
        matter=Matter.VEHICLE_AND_VESSEL_TAX, status=RecordStatus.PAID, vin=VIN, tax_year=2026
    )
    found = (paid,) if inquiry.matter is Matter.VEHICLE_AND_VESSEL_TAX else ()
    return Answer(inquiry=inquiry, records=found, source="example", as_of=NOW)


# One answer to each inquiry; an empty one says "no record", a missing one counts as an outage.
answers = [ask(inquiry) for inquiry in vehicle.inquiries(application)]
decision = vehicle.check(application, answers, at=NOW)

print(decision.verdict, decision.effect, decision.may_complete)
for notice in decision.notices("en"):
    print(notice.text)
