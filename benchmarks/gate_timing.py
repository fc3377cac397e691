"""What the parts of `gate.py` share: taking turns, and printing what came of it."""

# ruff: noqa: INP001, T201 - a script, not a package, that shows its result

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from statistics import median

from attrs import frozen


@frozen
class Timed:
    """What one way takes.

    Attributes:
        wall: Median microseconds from call to return.
        cpu: Median microseconds this thread computed meanwhile; where a turn is too short for that
            clock, the mean.
    """

    wall: float
    cpu: float


def in_turns(
    ways: Mapping[str, Callable[[], object]], *, rounds: int, times: int = 1
) -> dict[str, Timed]:
    """Time all *ways* in turns, so that what else the machine does meets each of them alike.

    Args:
        ways: What to call, by name.
        rounds: Turns of each way; the first tenth is to warm up and not counted.
        times: Calls in one turn.
    """
    walls: dict[str, list[float]] = {name: [] for name in ways}
    cpus: dict[str, list[float]] = {name: [] for name in ways}
    order = list(ways.items())
    for turn in range(rounds + rounds // 10):
        for name, run in order:
            cpu, wall = time.thread_time(), time.perf_counter()
            for _ in range(times):
                run()
            took, computed = time.perf_counter() - wall, time.thread_time() - cpu
            if turn >= rounds // 10:
                walls[name].append(took / times * 1e6)
                cpus[name].append(computed / times * 1e6)
        # Nobody always comes after the same neighbour, nor always first.
        order = order[1:] + order[:1] if turn % 2 else order[::-1]
    return {name: Timed(median(walls[name]), median(cpus[name])) for name in ways}


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print a table as Markdown has it."""
    columns = list(columns)
    print(f"\n| {' | '.join((title, *columns))} |", flush=True)
    print(f"|{'---|' * (len(columns) + 1)}", flush=True)
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)
