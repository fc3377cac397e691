"""(a), (b) and (c) again, taking turns: for a machine that is shared with other work.

    python benchmarks/turns.py

pyperf times one side after the other, and between them the load may change. Here both sides take
short turns, and the quickest turn of each counts. Without pyperf's care for outliers, hence only a
second opinion.
"""

# ruff: noqa: INP001, T201 - scripts, not a package, that show their result

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter

import facts
import objects
import wire
from shipped_cases import LOOKED_AT

ROUNDS = 300


def main() -> None:
    """Compare, time in turns, and tell microseconds and ratios."""
    facts.compare()
    print(f"equal on {objects.compare()} cases")
    for name in LOOKED_AT:
        ours, *others = turns(facts.ways(name), 200).values()
        told = ", ".join(f"{other:.2f}" for other in others)
        print(f"(a) {name}: {ours:.2f} us, by hand {told}: {ours / min(others):.2f} x the faster")
        ours, theirs = turns(objects.ways(name), 20).values()
        print(f"(b) {name}: {ours:.1f} us, by hand {theirs:.1f}: {ours / theirs:.2f} x by hand")
    for name in wire.LOOKED_AT:
        told = ", ".join(f"{part} {time:.0f}" for part, time in turns(wire.ways(name), 2).items())
        print(f"(c) {name}: {told} us")


def turns(ways: Mapping[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Return the microseconds each way takes, in its quickest turn."""
    quickest = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for way, run in ways.items():
            start = perf_counter()
            for _ in range(times):
                run()
            quickest[way] = min(quickest[way], (perf_counter() - start) / times * 1e6)
    return quickest


if __name__ == "__main__":
    main()
