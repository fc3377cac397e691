"""(b) From application and answers to decision: taxgate against one act written by hand.

    python benchmarks/objects.py

Before anything is timed, both are compared on tens of thousands of first registrations.
"""

# ruff: noqa: INP001 - scripts, not a package

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

import pyperf
from attrs import evolve
from by_hand_objects import Result, first_registration
from shipped_cases import LOOKED_AT, shipped

from taxgate.checks.vehicle.application import (
    CompulsoryInsurance,
    Energy,
    VehicleApplication,
    VehicleCategory,
    VehiclePaper,
    VehicleTaxRecord,
)
from taxgate.decision import Decision
from taxgate.evidence import Answer, Channel, Outage, OutageCause
from taxgate.identifiers import Division, Vin
from taxgate.parties import IdType, Person
from taxgate.terms import TAX_STATUSES, Matter, Reading, RecordStatus
from taxgate.wire import Case

VPT, VVT = Matter.VEHICLE_PURCHASE_TAX, Matter.VEHICLE_AND_VESSEL_TAX
_OTHER_VIN = Vin("LTX9E5A14TA000020")
_OTHER_PERSON = Person(IdType.PASSPORT, "P0000001", "乙某")


def main() -> None:
    """Compare, time, and tell the ratios."""
    runner = pyperf.Runner(processes=6, values=5, warmups=1)
    runner.parse_args()
    if not runner.args.worker:
        print(f"equal on {compare()} cases")  # noqa: T201
    for name in LOOKED_AT:
        timed = {way: runner.bench_func(f"{name}: {way}", run) for way, run in ways(name).items()}
        if not runner.args.worker:
            ours, theirs = (bench.median() for bench in timed.values())
            print(f"{name}: {ours / theirs:.2f} x by hand")  # noqa: T201


def ways(name: str) -> dict[str, Callable[[], object]]:
    """Return the two ways to decide one case."""
    case = shipped(name)
    return {"taxgate": case.decide, "by hand": partial(decide_by_hand, case)}


def decide_by_hand(case: Case) -> Result:
    """Decide *case* with the hand-written function."""
    application: Any = case.application
    return first_registration(application, case.answers, at=case.at, readings=case.readings)


def compare() -> int:
    """Compare both on every case below; return how many there were.

    Raises:
        SystemExit: They disagree.
    """
    count = 0
    for case in _cases():
        ours, theirs = _ours(case.decide()), _theirs(decide_by_hand(case))
        if ours != theirs:
            raise SystemExit(f"{case.application!r} {case.answers!r}: {theirs} is not {ours}")
        count += 1
    return count


def _ours(decision: Decision) -> tuple[object, ...]:
    findings = [
        (
            item.outcome,
            item.code,
            item.ruling.row.cites,
            item.obligation.matter,
            item.obligation.subject,
            item.obligation.period,
        )
        for item in decision.findings
    ]
    referred = {(item.voucher_no, item.reason) for item in decision.referrals}
    seized = bool(decision.obstacles)
    return decision.outcome, findings, decision.flags, seized, referred, decision.readings


def _theirs(result: Result) -> tuple[object, ...]:
    findings = [
        (ruling.outcome, ruling.code, ruling.cites, matter, subject, period)
        for ruling, matter, subject, period in result.findings
    ]
    return (
        result.outcome,
        findings,
        result.flags,
        result.seized,
        set(result.referrals),
        result.readings,
    )


# Cases to compare on ------------------------------------------------------------------------------


def _cases() -> Iterator[Case]:
    for name in LOOKED_AT:
        yield shipped(name)
    plain = shipped("vehicle-first-paid")
    applied: Any = plain.application
    records: dict[Matter, Any] = {
        answer.inquiry.matter: (answer.records or ())[0] for answer in plain.answers
    }
    for application in _applications(applied):
        yield evolve(plain, application=application)
        for matter, record in records.items():
            for found in _found(record):
                yield _answered(evolve(plain, application=application), matter, found)
    for matter, record in records.items():
        for first, second in product(_found(record), _found(record)):
            yield _answered(plain, matter, (*first, *second))
        for paper, found in product(_papers(record), _found(record)):
            with_paper = evolve(applied, papers=(paper,))
            case = evolve(plain, application=with_paper)
            yield _answered(case, matter, found)
            yield _unanswered(case, matter, OutageCause.TIMEOUT)
        for papers in product(_papers(record), repeat=2):
            yield evolve(plain, application=evolve(applied, papers=papers))
        for cause in OutageCause:
            yield _unanswered(plain, matter, cause)
        for age in (timedelta(hours=24), timedelta(hours=25), timedelta(minutes=-6)):
            answers = tuple(evolve(answer, as_of=plain.at - age) for answer in plain.answers)
            yield evolve(plain, answers=answers)
    yield evolve(plain, answers=())
    yield evolve(plain, readings=frozenset(Reading))


def _applications(plain: VehicleApplication) -> Iterator[VehicleApplication]:
    yield evolve(plain, seized=True)
    yield evolve(plain, division=Division("110100"))
    before = date(2024, 1, 31)
    yield evolve(plain, handled_on=before, acquired_on=before)
    yield evolve(plain, exemption_claimed=(VPT, VVT))
    cover = CompulsoryInsurance(since=date(2025, 11, 30), until=date(2026, 11, 29))
    yield evolve(plain, insurance=cover)
    for category, energy, size, bought in product(
        VehicleCategory, Energy, (49, 150, 1498), (date(2025, 12, 31), date(2026, 1, 1))
    ):
        vehicle = evolve(
            plain.vehicle,
            category=category,
            energy=energy,
            displacement_ml=size,
            design_speed_kmh=50,
        )
        yield evolve(plain, vehicle=vehicle, acquired_on=bought)


def _found(record: VehicleTaxRecord) -> Iterator[tuple[VehicleTaxRecord, ...]]:
    yield ()
    for status in sorted(TAX_STATUSES):
        yield (evolve(record, status=status),)
    yield (evolve(record, vin=_OTHER_VIN),)
    yield (evolve(record, vin=None),)
    yield (evolve(record, taxpayer=_OTHER_PERSON),)
    yield (evolve(record, issued_on=date(2026, 11, 24)),)
    yield (evolve(record, engine_no="EX9"),)
    yield (evolve(record, authority=Division("140200")),)
    yield (evolve(record, tax_year=2025),)
    yield (evolve(record, tax_year=2025, status=RecordStatus.UNPAID),)
    yield (evolve(record, arrears=True),)
    yield (evolve(record, status=RecordStatus.VOIDED, voucher_no="V2", cancels=record.voucher_no),)
    yield (evolve(record, voucher_no="V3"),)


def _papers(record: VehicleTaxRecord) -> Iterator[VehiclePaper]:
    for (said,), channel in product(list(_found(record))[1:], (None, Channel.TAX_COUNTER)):
        if said.status is not RecordStatus.NEVER_ISSUED:
            yield VehiclePaper(record=said, verified_by=channel)
    yield VehiclePaper(record=record, forgery="印章不符")


def _answered(case: Case, matter: Matter, found: tuple[VehicleTaxRecord, ...]) -> Case:
    return _replaced(case, matter, records=found)


def _unanswered(case: Case, matter: Matter, cause: OutageCause) -> Case:
    return _replaced(case, matter, records=None, outage=Outage(cause=cause))


def _replaced(case: Case, matter: Matter, **changes: Any) -> Case:  # noqa: ANN401
    answers: list[Answer] = [
        evolve(answer, **changes) if answer.inquiry.matter is matter else answer
        for answer in case.answers
    ]
    return evolve(case, answers=tuple(answers))


if __name__ == "__main__":
    main()
