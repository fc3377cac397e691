"""(a) From facts to findings and decision: taxgate against the same rules written by hand, twice.

    python benchmarks/facts.py

Before anything is timed, all three are compared over every combination of facts and readings.
"""

# ruff: noqa: INP001 - scripts, not a package

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from itertools import combinations, product

import pyperf
from by_hand_facts import Judgement, PrebuiltJudgement, decide_building, decide_prebuilt
from shipped_cases import LOOKED_AT, shipped

from taxgate.checks.vehicle.duties import Governed, Scope
from taxgate.checks.vehicle.tables import (
    ARREARS,
    BENCH,
    PURCHASE_TAX,
    VESSEL_TAX,
    PurchaseTaxFacts,
    VesselTaxFacts,
)
from taxgate.decision import Decision, conclude
from taxgate.findings import Obligation
from taxgate.proceedings import Heading
from taxgate.terms import Matter, Reach, Reading


def decide_taxgate(
    heading: Heading, obligations: tuple[Obligation, ...], readings: frozenset[Reading]
) -> Decision:
    """Decide with the tables of taxgate."""
    return conclude(heading, BENCH.find(obligations, readings), readings=readings)


def main() -> None:
    """Compare, time, and tell the ratios."""
    runner = pyperf.Runner(processes=6, values=5, warmups=1)
    runner.parse_args()
    if not runner.args.worker:
        compare()
    for name in LOOKED_AT:
        timed = {way: runner.bench_func(f"{name}: {way}", run) for way, run in ways(name).items()}
        if not runner.args.worker:
            ours, *others = (bench.median() for bench in timed.values())
            print(f"{name}: {ours / min(others):.2f} x the faster by hand")  # noqa: T201


def ways(name: str) -> dict[str, Callable[[], object]]:
    """Return the three ways to decide on the facts of one case."""
    decision = shipped(name).decide()
    found = (*decision.silent, *decision.findings)
    obligations = tuple({id(item.obligation): item.obligation for item in found}.values())
    arguments = decision.heading, obligations, decision.readings
    return {
        "taxgate": partial(decide_taxgate, *arguments),
        "by hand, building": partial(decide_building, *arguments),
        "by hand, prebuilt": partial(decide_prebuilt, *arguments),
    }


def compare() -> None:
    """Compare the three over every combination of facts and readings.

    Raises:
        SystemExit: They disagree.
    """
    heading = shipped("vehicle-first-paid").decide().heading
    switches = [frozenset(some) for size in range(4) for some in combinations(_READINGS, size)]
    for obligations, readings in product(tuple(_everything()), switches):
        ours = told(decide_taxgate(heading, obligations, readings))
        for theirs in (
            decide_building(heading, obligations, readings),
            decide_prebuilt(heading, obligations, readings),
        ):
            if told(theirs) != ours:
                raise SystemExit(f"{obligations[-1].facts}: {told(theirs)} is not {ours}")


_READINGS = (
    Reading.VVT_ALL_REGISTRATIONS_STRICT,
    Reading.EXEMPT_LOSS_STRICT,
    Reading.VPT_OWNER_MISMATCH_STRICT,
)


def _everything() -> Iterator[tuple[Obligation, ...]]:
    """Yield obligations with every combination of facts the tables know.

    An obligation that says nothing on its own stands beside one that does, as in a decision.
    """
    for reach, governed in product(Reach, Governed):
        if (reach, governed) != (Reach.IN, Governed.YES):
            yield (Obligation(matter=Matter.APPLICATION, facts=Scope(reach, governed)),)
    vessel = [
        Obligation(matter=Matter.VEHICLE_AND_VESSEL_TAX, facts=_built(VesselTaxFacts, *point, owed))
        for point in VESSEL_TAX.points()
        for owed in ARREARS.columns["arrears"]
    ]
    whole = Obligation(matter=Matter.APPLICATION, facts=Scope(Reach.IN, Governed.YES))
    for obligation in vessel:
        yield whole, obligation
    for point in PURCHASE_TAX.points():
        purchase = Obligation(
            matter=Matter.VEHICLE_PURCHASE_TAX, facts=_built(PurchaseTaxFacts, *point)
        )
        yield whole, purchase, vessel[0]
        yield whole, purchase, vessel[-1]


def _built(kind: Callable[..., object], *members: StrEnum) -> object:
    return kind(*members)


def told(decision: Decision | Judgement | PrebuiltJudgement) -> tuple[object, ...]:
    """Return outcome, flags, and for each finding outcome, code, citations and what it is about."""
    findings: list[tuple[object, ...]]
    if isinstance(decision, Decision):
        findings = [
            (item.outcome, item.code, item.ruling.row.cites, item.obligation)
            for item in decision.findings
        ]
    elif isinstance(decision, Judgement):
        findings = [
            (item.outcome, item.code, item.cites, item.obligation) for item in decision.findings
        ]
    else:
        findings = [(r.outcome, r.code, r.cites, about) for r, about in decision.findings]
    return decision.outcome, decision.flags, decision.readings, findings


if __name__ == "__main__":
    main()
