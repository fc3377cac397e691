"""A gate asks a sandbox bureau over HTTP: not yet paid, paid since, and what can go wrong.

The bureau runs inside this program and speaks the profile `generic`; the same file of settings with
another address and profile asks a real one. All data is invented.
"""

import json
import logging
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from taxgate import Decision, Gate, IdType, Person, vehicle
from taxgate.bureau import MAGICS, FolderRecords, SandboxBureau
from taxgate.checks.vehicle.application import Energy, Vehicle, VehicleCategory
from taxgate.evidence import CHINA
from taxgate.gate import purpose_for
from taxgate.identifiers import Division, Vin

VIN = Vin.parse("LTX9E5A14TA000019")
OFFICE = "示例车辆管理所"


def application_for(vin: Vin) -> vehicle.Application:
    """Return an application to register a new battery-electric car."""
    today = datetime.now(CHINA).date()
    return vehicle.Application(
        act=vehicle.Act.FIRST_REGISTRATION,
        division=Division("140100"),
        handled_on=today,
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
        acquired_on=today,
    )


def check(gate: Gate, case_no: str, vin: Vin) -> Decision:
    """Check one case and say what came of it."""
    application = application_for(vin)
    purpose = purpose_for(application, office=OFFICE, case_no=case_no)
    decision = gate.check(application, purpose=purpose)
    reasons = ", ".join(finding.code for finding in decision.deciding)
    print(f"{case_no}: {decision.verdict} / {decision.effect} ({reasons})")
    return decision


def pay(folder: Path) -> None:
    """Let the bureau know that the tax on the car was paid."""
    record = {
        "matter": "vehicle-purchase-tax",
        "status": "reduced-paid",
        "vin": VIN.value,
        "voucher_no": "EX20261123001",
        "arrears": False,
    }
    (folder / "paid.json").write_text(json.dumps(record), encoding="utf-8")


def main() -> None:
    """Check a case before and after payment, then two that no bureau answered as it should."""
    # What taxgate tells whoever runs it: matters and causes, nothing about anybody.
    logging.basicConfig(stream=sys.stdout, format="    %(levelname)s %(name)s: %(message)s")
    magic = {item.name: item for item in MAGICS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = folder / "records"
        known.mkdir()
        config = folder / "taxgate.toml"
        with SandboxBureau(records=FolderRecords(known)) as bureau:
            config.write_text(bureau.snippet("generic"), encoding="utf-8")
            with Gate.from_config(config) as gate:
                first = check(gate, "2026-0001", VIN)
                for notice in first.notices("en"):
                    print(notice.title)
                pay(known)
                again = check(gate, "2026-0001", VIN)
                print("completed" if again.may_complete else "not completed")
                # The bureau answers about another car: not trusted, and nobody is accused.
                check(gate, "2026-0002", magic["wrong-subject"].vin)
                # It is down for maintenance: held, to be asked again.
                held = check(gate, "2026-0003", magic["maintenance"].vin)
                print("check again later" if held.retryable else "not by asking again")


if __name__ == "__main__":
    main()
