"""Looks for seeds (寻找种子案例) and writes the seed files.

    python -m taxgate.testing.strategies.seeding [SECONDS [FOLDER]]

Starts from the shipped cases, the seeds known so far, and cases in FOLDER (as a case is on the
wire), changes them at random places, and keeps what makes a row speak that did not speak with that
outcome before. Each find is then brought back, change by change, to what it needs. To be run when
rows were added; how long it looks is up to whoever runs it, and chance is fixed.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import attrs

from ...errors import InputError
from ...findings import Outcome
from ...terms import Checkpoint
from ...wire.case import Case
from ...wire.reading import case_of, read_case
from ...wire.writing import write_case
from .changing import places
from .seeds import DROPPED, after, seeds, shipped
from .varying import altered, decided, rows_of, shelved, specimens

__all__ = ["main"]

Reached = frozenset[tuple[Outcome, str]]
_HERE: Final = Path(__file__).parent / "seed_cases"
_MOST: Final = 4


def main(arguments: list[str]) -> None:
    """Look for *arguments*' seconds at each checkpoint and write what was found."""
    seconds = float(arguments[0]) if arguments else 60.0
    folder = Path(arguments[1]) if len(arguments) > 1 else None
    for checkpoint in Checkpoint:
        more = [] if folder is None else list(_read(folder, checkpoint))
        starts = [item.case for item in seeds(checkpoint)]
        found = _looked_for([*starts, *more], seconds)
        listed = _least(checkpoint, [*starts, *found])
        text = ",\n".join(json.dumps(item, ensure_ascii=False) for item in listed)
        (_HERE / f"{checkpoint}.json").write_text(f"[\n{text}\n]\n", encoding="utf-8")


def _read(folder: Path, checkpoint: Checkpoint) -> Iterable[Case]:
    for path in sorted(folder.glob("*.json")):
        case = read_case(path.read_bytes())
        if case.checkpoint is checkpoint:
            yield case


def _reached(case: Case) -> Reached:
    decision = decided(case)
    if decision is None:
        return frozenset()
    return frozenset((decision.outcome, row) for row in rows_of(decision))


def _looked_for(starts: list[Case], seconds: float) -> list[Case]:
    """Return cases that reach more than *starts* do, and *starts*."""
    chance = random.Random(1)  # noqa: S311 - a search, not a secret
    queue = list(shelved(starts))
    among = specimens(starts)
    seen = {pair for case in starts for pair in _reached(case)}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        start = chance.choice(queue)
        case = start.case
        for _ in range(chance.randint(1, _MOST)):
            place = chance.choice(start.places)
            case = altered(case, place, chance.choice(place.others))
        new = _reached(case) - seen
        if new:
            seen |= new
            queue.append(attrs.evolve(shelved([case])[0], places=places(case, among)))
    return [item.case for item in queue]


def _least(checkpoint: Checkpoint, found: list[Case]) -> list[dict[str, Any]]:
    """Return few small changes of shipped cases that reach what all of *found* reach."""
    known = shipped(checkpoint)
    covered = {pair for document in known.values() for pair in _reached(case_of(document))}
    candidates = []
    for case in found:
        document = json.loads(write_case(case))
        name, changes = min(
            ((name, _between(one, document)) for name, one in known.items()),
            key=lambda pair: len(json.dumps(pair[1], ensure_ascii=False)),
        )
        candidates.append((name, changes))
    candidates.sort(key=lambda pair: len(json.dumps(pair[1], ensure_ascii=False)))
    listed = []
    for name, changes in candidates:
        new = _reached_by(known[name], changes) - covered
        if not new:
            continue
        kept = dict(changes)
        for path in list(kept):
            fewer = {other: value for other, value in kept.items() if other != path}
            if new <= _reached_by(known[name], fewer):
                kept = fewer
        covered |= _reached_by(known[name], kept)
        listed.append({"from": name, "put": kept})
    return listed


def _reached_by(document: dict[str, Any], changes: dict[str, Any]) -> Reached:
    try:
        return _reached(case_of(after(document, changes)))
    except (InputError, LookupError):
        return frozenset()


def _between(old: Any, new: Any, path: str = "") -> dict[str, Any]:  # noqa: ANN401 - JSON values
    """Return the changes that make *new* of *old*."""
    if old == new:
        return {}
    if isinstance(old, dict) and isinstance(new, dict):
        found = {}
        for key in {**old, **new}:
            here = f"{path}.{key}" if path else key
            if key not in new:
                found[here] = DROPPED
            elif key not in old:
                found[here] = new[key]
            else:
                found |= _between(old[key], new[key], here)
        return found
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        found = {}
        for index, (before, behind) in pairs:
            found |= _between(before, behind, f"{path}.{index}")
        return found
    return {path: new}


if __name__ == "__main__":
    main(sys.argv[1:])
