"""What the gate and its sources cost: five tables, in one run.

    python benchmarks/gate.py                # all of them: some six minutes
    python benchmarks/gate.py http deadline  # some of them

(a) `http`: the HTTP source beside a bare `requests.Session` that asks the same question.
(b) `rate`: checks a second through `Gate` and `AsyncGate`, against an idle bureau.
(c) `cost`: what each combinator adds; a round trip of the exchange database; a look-up in a list.
(d) `memory`: what a compressed bomb and a body without end may take.
(e) `deadline`: how long after the deadline a bureau that does not answer is given up.

Not with pyperf: what is timed here waits for other processes. Both sides of a comparison take turns
call by call, and each figure is the median of many rounds.
"""

# ruff: noqa: INP001, T201 - scripts, not a package, that show their result

from __future__ import annotations

import logging
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import gate_cost
import gate_deadline
import gate_http
import gate_memory
import gate_rate

PARTS: Mapping[str, Callable[[Path], None]] = {
    "http": gate_http.main,
    "rate": gate_rate.main,
    "cost": gate_cost.main,
    "memory": gate_memory.main,
    "deadline": gate_deadline.main,
}


def main(*parts: str) -> None:
    """Print the tables called *parts*, or all."""
    # What is refused here is refused many times over, and would be logged each time.
    logging.disable(logging.CRITICAL)
    print(f"CPython {platform.python_version()}, {os.cpu_count()} cores; load {_load()}")
    for name in parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder))
        print(f"\nload {_load()}", flush=True)


def _load() -> str:
    return ", ".join(f"{load:.1f}" for load in os.getloadavg())


if __name__ == "__main__":
    main(*sys.argv[1:])
