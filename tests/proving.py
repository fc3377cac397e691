"""Proofs by an SMT solver: how one is asked for, kept, and told.

A claim is proved by asking for its opposite: the solver answers that there is no such case, and
names the assumptions it needed for that (the unsat core). A claim that does not hold comes back
with a case against it.

    python tests/proving.py proofs.json

writes every proof of `proving_tables`, `proving_decisions` and `proving_days` with its core; it
leaves with 1 where a claim does not hold.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import z3
from attrs import asdict, frozen

from taxgate.revision import law_revision


class RefutedError(AssertionError):
    """A claim does not hold.

    Attributes:
        name: Name of the claim.
        witness: A case against it, as the solver tells it.
    """

    def __init__(self, name, witness):
        super().__init__(f"{name} does not hold: {witness}")
        self.name = name
        self.witness = witness


@frozen
class Proof:
    """A claim that holds.

    Attributes:
        name: `<kind>/<what it is about>`.
        claim: What is proved, in words.
        cores: What the solver needed: one list of assumptions for each question it was asked.
        seconds: Time it took.
    """

    name: str
    claim: str
    cores: tuple[tuple[str, ...], ...]
    seconds: float


def contradiction(name, assumptions: Mapping[str, z3.BoolRef]) -> tuple[str, ...]:
    """Return the assumptions that contradict each other; together they must.

    What is returned is checked again on its own, by a solver that never saw the rest.

    Raises:
        RefutedError: They can all hold.
    """
    solver = z3.Solver()
    solver.set("core.minimize", True)
    for label, assumption in assumptions.items():
        solver.assert_and_track(assumption, label)
    answer = solver.check()
    if answer != z3.unsat:
        raise RefutedError(name, witness(solver) if answer == z3.sat else "the solver gave up")
    core = tuple(sorted(str(label) for label in solver.unsat_core()))
    again = z3.Solver()
    again.add(*(assumptions[label] for label in core))
    assert again.check() == z3.unsat, name
    return core


def witness(solver) -> str:
    """Return the case a solver found, without the names it gave to assumptions."""
    model = solver.model()
    told = (
        f"{unknown} = {model[unknown]}"
        for unknown in model.decls()
        if unknown.range() != z3.BoolSort() or unknown.name().startswith("reading ")
    )
    return ", ".join(sorted(told))


def prove(name, claim, *questions: Mapping[str, z3.BoolRef]) -> Proof:
    """Return the proof of *claim*: none of *questions*, each its opposite in part, can be met."""
    begun = time.perf_counter()
    cores = tuple(contradiction(name, question) for question in questions)
    return Proof(name, claim, cores, round(time.perf_counter() - begun, 4))


def report(proofs) -> dict[str, object]:
    """Return what was proved, for machines."""
    return {
        "solver": f"z3 {z3.get_version_string()}",
        "law_revision": law_revision(),
        "proofs": [asdict(proof) for proof in proofs],
    }


def main(arguments) -> int:
    """Prove everything and write the report to the file named; return the exit code."""
    import proving_days  # noqa: PLC0415 - they build on this module
    import proving_decisions  # noqa: PLC0415
    import proving_tables  # noqa: PLC0415

    if len(arguments) != 1:
        sys.stderr.write("usage: python tests/proving.py FILE\n")
        return 2
    try:
        proofs = [
            *proving_tables.proofs(),
            *proving_decisions.proofs(),
            *proving_days.proofs(),
        ]
    except RefutedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    text = json.dumps(report(proofs), ensure_ascii=False, indent=1)
    Path(arguments[0]).write_text(f"{text}\n", encoding="utf-8")
    total = sum(proof.seconds for proof in proofs)
    sys.stdout.write(f"{len(proofs)} proofs, {total:.1f} s\n")
    return 0


if __name__ == "__main__":
    # The other modules import this one by its name: let there be one of it.
    from proving import main as run

    sys.exit(run(sys.argv[1:]))
