"""(b) Checks a second through the gates, against an idle bureau."""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from gate_bureau import Bureau, bureau
from gate_http import source_of
from gate_timing import table
from shipped_cases import shipped

from taxgate import AsyncGate, Gate
from taxgate.gate import purpose_for
from taxgate.terms import Verdict

CASE = "vehicle-first-paid"
AT_ONCE = (1, 8, 32)
ROUNDS = 7
SECONDS = 1.0


def main(folder: Path) -> None:
    """Print how many checks a second there are, and how much of a core each takes here."""
    rows = []
    for tls in (False, True):
        way = "TLS" if tls else "plain HTTP"
        with bureau(CASE, folder, tls=tls) as at:
            for (kind, many), (rate, computing) in _measured(at).items():
                rows.append((f"{way}, {kind}", many, f"{rate:.0f}", f"{computing * 1e6:.0f} µs"))
    heads = ("at once", "checks a second", "computing a check in this process")
    table(f"(b) {CASE}: {len(shipped(CASE).answers)} inquiries a check", heads, rows)


def _measured(at: Bureau) -> dict[tuple[str, int], tuple[float, float]]:
    case = shipped(CASE)
    application = case.application
    purpose = purpose_for(application, office=application.office, case_no=application.case_no)
    given = {"application": application, "purpose": purpose}
    loop = asyncio.new_event_loop()
    asynchronous = AsyncGate(source_of(at), readings=case.readings)
    runs: dict[tuple[str, int], Callable[[], tuple[float, float]]] = {}
    with Gate(source_of(at), readings=case.readings) as gate:
        assert gate.check(**given).verdict is Verdict.PASS  # noqa: S101 - or nothing is shown
        for many in AT_ONCE:
            runs["Gate, threads", many] = partial(_threads, gate, given, many)
        for many in AT_ONCE:
            runs["AsyncGate, tasks", many] = partial(_loop, loop, asynchronous, given, many)
        try:
            return _in_turns(runs)
        finally:
            loop.run_until_complete(asynchronous.close())
            loop.close()


def _in_turns(
    runs: dict[tuple[str, int], Callable[[], tuple[float, float]]],
) -> dict[tuple[str, int], tuple[float, float]]:
    found: dict[tuple[str, int], list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            found[name].append(run())
    return {
        name: (
            statistics.median(rate for rate, _ in results),
            statistics.median(computing for _, computing in results),
        )
        for name, results in found.items()
    }


def _threads(gate: Gate, given: dict[str, Any], many: int) -> tuple[float, float]:
    """Check for a second in so many threads; return the rate, and seconds computed a check."""
    done = itertools.count()
    end = time.perf_counter() + SECONDS

    def run() -> None:
        while time.perf_counter() < end:
            assert gate.check(**given).verdict is Verdict.PASS  # noqa: S101 - not a refusal in time
            next(done)

    began, computed = time.perf_counter(), _computed()
    threads = [threading.Thread(target=run) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _told(next(done), began, computed)


def _loop(
    loop: asyncio.AbstractEventLoop, gate: AsyncGate, given: dict[str, Any], many: int
) -> tuple[float, float]:
    return loop.run_until_complete(_tasks(gate, given, many))


async def _tasks(gate: AsyncGate, given: dict[str, Any], many: int) -> tuple[float, float]:
    done = itertools.count()
    end = time.perf_counter() + SECONDS

    async def run() -> None:
        while time.perf_counter() < end:
            assert (await gate.check(**given)).verdict is Verdict.PASS  # noqa: S101 - likewise
            next(done)

    began, computed = time.perf_counter(), _computed()
    await asyncio.gather(*(run() for _ in range(many)))
    return _told(next(done), began, computed)


def _told(count: int, began: float, computed: float) -> tuple[float, float]:
    return count / (time.perf_counter() - began), (_computed() - computed) / count


def _computed() -> float:
    times = os.times()
    return times.user + times.system
