"""(c) From JSON bytes to JSON bytes, and where the time goes.

    python benchmarks/wire.py             how many cases a second on one core
    python benchmarks/wire.py profile     by function, for what stands in the way

Beside the whole way stand its parts, and the least that any way over JSON costs: the standard
library parsing the same document and encoding the same reply, with nothing in between.
"""

# ruff: noqa: INP001, T201 - scripts, not a package, that show their result

from __future__ import annotations

import cProfile
import json
import pstats
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pyperf
from shipped_cases import document

from taxgate.wire import decide_document, read_case, write_decision

LOOKED_AT = (
    "vehicle-first-paid",
    "vehicle-first-no-record",
    "property-sale-paid",
    "deregistration-cleared",
)
WANTED = 20_000


def main() -> None:
    """Time each case and tell its rate."""
    if sys.argv[1:] == ["profile"]:
        for name in LOOKED_AT:
            profile(name)
        return
    runner = pyperf.Runner(processes=6, values=5, warmups=1)
    runner.parse_args()
    for name in LOOKED_AT:
        timed = {
            part: runner.bench_func(f"{name}: {part}", run) for part, run in ways(name).items()
        }
        if not runner.args.worker:
            whole = timed["whole"].median()
            print(f"{name}: {1 / whole:,.0f} cases a second, wanted {WANTED:,}")
            for part, bench in timed.items():
                print(f"    {part}: {bench.median() / whole:.0%}")


def whole(case: bytes) -> bytes:
    """Decide one document as a service would: bytes in, bytes out."""
    return decide_document(case).encode()


def bare_json(case: bytes, reply: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Parse and encode with the standard library; nothing is checked, nothing decided."""
    json.loads(case)
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode()


def ways(name: str) -> dict[str, Callable[[], object]]:
    """Return what is timed for one case: the whole way, and its parts.

    Raises:
        SystemExit: The whole way and its parts disagree.
    """
    # As it would come over a line: without the indentation the shipped cases have for readers.
    line = json.dumps(json.loads(document(name)), ensure_ascii=False).encode()
    reply = json.loads(whole(line))
    case = read_case(line)
    decision = case.decide()
    if json.loads(write_decision(decision)) != reply or bare_json(line, reply) != whole(line):
        raise SystemExit(f"{name}: the parts do not make up the whole")
    return {
        "whole": partial(whole, line),
        "reading": partial(read_case, line),
        "deciding": case.decide,
        "writing in two languages": partial(write_decision, decision),
        "writing without texts": partial(write_decision, decision, ()),
        "bare JSON": partial(bare_json, line, reply),
    }


def profile(name: str) -> None:
    """Print the functions the whole way of one case spends its time in."""
    line = document(name)
    whole(line)
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(1000):
        whole(line)
    profiler.disable()
    print(name)
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
