"""(d) What importing costs over bare Python: time, and peak memory.

    python benchmarks/importing.py

`import taxgate` loads names when they are first used, so what follows it is measured too. Time is
that of a fresh interpreter with byte code already compiled. Memory is the peak resident set of such
a process, read where the system tells it (Linux).
"""

# ruff: noqa: INP001, S603, T201 - scripts, that start interpreters and show their result

from __future__ import annotations

import statistics
import subprocess
import sys

import pyperf

STATEMENTS = {
    "bare Python": "pass",
    "import taxgate": "import taxgate",
    "one checkpoint": "import taxgate; taxgate.vehicle",
    "all four checkpoints": (
        "import taxgate; taxgate.vehicle; taxgate.property_title; "
        "taxgate.equity_transfer; taxgate.deregistration"
    ),
    "attrs alone": "import attrs",
    "the wire format": "import taxgate.wire",
}
PEAK = """
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
RUNS = 15


def main() -> None:
    """Time every statement and tell what it adds to bare Python."""
    runner = pyperf.Runner(processes=6, values=5, warmups=1)
    runner.parse_args()
    timed = {
        name: runner.bench_command(name, [sys.executable, "-c", statement])
        for name, statement in STATEMENTS.items()
    }
    if runner.args.worker:
        return
    bare, *_ = timed.values()
    space = peaks()
    for name, bench in timed.items():
        milliseconds = (bench.median() - bare.median()) * 1000
        print(f"{name}: {milliseconds:+.1f} ms, {space[name] - space['bare Python']:+.1f} MiB")


def peaks() -> dict[str, float]:
    """Return the median peak memory after each statement in MiB, taken in turns."""
    found: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for _ in range(RUNS):
        for name, statement in STATEMENTS.items():
            said = subprocess.run(
                [sys.executable, "-c", statement + "\n" + PEAK],
                capture_output=True,
                check=True,
                text=True,
            )
            found[name].append(int(said.stdout) / 1024)
    return {name: statistics.median(values) for name, values in found.items()}


if __name__ == "__main__":
    main()
