"""How many cases a second the strategies of the test kit generate, on one core.

    python benchmarks/strategies.py [CASES]

Counted are whole tests under Hypothesis: drawing, and Hypothesis' own work around it, which the
first line shows by itself (a test that draws one integer). Seconds are those of the processor, so
that other work on the machine does not count.
"""

# ruff: noqa: INP001, T201 - a script, not a package, that shows its result

from __future__ import annotations

import sys
import time
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from taxgate.findings import Outcome
from taxgate.terms import Checkpoint
from taxgate.testing.strategies import (
    applications,
    cases,
    invalid_applications,
    persons,
    vins,
    wire_documents,
)

WANTED = 1000


def main() -> None:
    """Measure each strategy and print its rate."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    print(f"{'one integer':42}{rate(st.integers(0, 10**9), number):>8,.0f} a second")
    measured: dict[str, st.SearchStrategy[Any]] = {"cases()": cases()}
    measured |= {f'cases("{name}")': cases(name) for name in Checkpoint}
    measured |= {f'cases(outcome="{name}")': cases(outcome=name) for name in Outcome}
    measured |= {f'cases(row="{name}")': cases(row=name) for name in ("V-16", "R-12", "E-10")}
    for name, strategy in measured.items():
        found = rate(strategy, number)
        print(
            f"{name:42}{found:>8,.0f} a second{'' if found >= WANTED else '   below what is due'}"
        )
    others = {
        "applications()": applications(),
        "invalid_applications()": invalid_applications(),
        "wire_documents()": wire_documents(),
        "persons()": persons(),
        "vins()": vins(),
    }
    for name, strategy in others.items():
        print(f"{name:42}{rate(strategy, number):>8,.0f} a second")


def rate(strategy: st.SearchStrategy[Any], number: int) -> float:
    """Return how many tests a second a test gets through that only draws."""
    drawn = 0

    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draws(_: Any) -> None:  # noqa: ANN401 - whatever was drawn
        nonlocal drawn
        drawn += 1

    draws()  # what is made once, and kept
    drawn = 0
    began = time.process_time()
    draws()
    return drawn / (time.process_time() - began)


if __name__ == "__main__":
    main()
