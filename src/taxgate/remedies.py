"""What is missing to pass (补救途径): every minimal set of changes that satisfies an obligation.

Facts are finite and every action names what it sets, so the sets are found by trying them all: a
set is kept if the changed facts satisfy every table that reads the obligation and no smaller part
of it does. Over several obligations remedies join by "and". What no action can change, nobody can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import Any

from attrs import evolve, frozen

from .findings import Finding, Obligation, Outcome
from .law import Provision
from .tables import Action, Table
from .terms import Reading

__all__ = ["Remedy", "remedies", "satisfies", "ways_out"]


@frozen
class Remedy:
    """What satisfies one obligation that is not satisfied yet.

    Attributes:
        obligation: The obligation.
        findings: Its findings that are not satisfied, strictest first.
        ways: Minimal sets of actions, smallest first; each alone satisfies every table. Empty where
            nobody can do anything about it.
    """

    obligation: Obligation
    findings: tuple[Finding, ...]
    ways: tuple[tuple[Action, ...], ...]

    @property
    def cites(self) -> tuple[Provision, ...]:
        """Provisions that ask for it, each once."""
        cited = (provision for item in self.findings for provision in item.ruling.row.cites)
        return tuple(dict.fromkeys(cited))


def remedies(findings: Iterable[Finding], readings: frozenset[Reading]) -> tuple[Remedy, ...]:
    """Return a remedy for each obligation with a finding that is not satisfied.

    Args:
        findings: All findings of a decision, silent ones included.
        readings: Readings in force.
    """
    grouped: dict[int, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(id(finding.obligation), []).append(finding)
    return tuple(_remedies(grouped.values(), readings))


def _remedies(groups: Iterable[list[Finding]], readings: frozenset[Reading]) -> Iterator[Remedy]:
    for group in groups:
        open_ = [item for item in group if not _is_met(item.ruling.conclusion)]
        if open_:
            obligation = group[0].obligation
            tables = tuple(item.ruling.table for item in group)
            yield Remedy(
                obligation,
                tuple(sorted(open_, key=lambda item: -item.outcome.rank)),
                ways_out(tables, obligation.facts, readings),
            )


@lru_cache(maxsize=4096)
def ways_out(
    tables: tuple[Table[Outcome], ...],
    facts: Any,  # noqa: ANN401 - each obligation has a facts class of its own
    readings: frozenset[Reading],
) -> tuple[tuple[Action, ...], ...]:
    """Return every minimal set of actions that satisfies all *tables*, smallest first.

    Facts are finite and the same come again and again, so each is tried out once.
    """
    known = dict.fromkeys(action for table in tables for action in table.actions)
    usable = [action for action in known if _is_open(action, facts)]
    found: list[tuple[Action, ...]] = []
    for size in range(len(usable) + 1):
        for chosen in combinations(usable, size):
            if any(set(way) <= set(chosen) for way in found):
                continue
            changed = _after(chosen, facts)
            if changed is not None and satisfies(tables, changed, readings):
                found.append(chosen)
    return tuple(found)


def satisfies(
    tables: Iterable[Table[Outcome]],
    facts: Any,  # noqa: ANN401 - each obligation has a facts class of its own
    readings: frozenset[Reading],
) -> bool:
    """Tell whether every table is satisfied, or silent, on *facts*."""
    return all(_is_met(table.decide(facts, readings).conclusion) for table in tables)


def _is_met(conclusion: Outcome | None) -> bool:
    return conclusion is None or conclusion <= Outcome.SATISFIED


def _is_open(action: Action, facts: object) -> bool:
    return all(getattr(facts, column) in members for column, members in action.when.items())


def _after(actions: Iterable[Action], facts: Any) -> Any:  # noqa: ANN401
    """Return the facts after *actions*; None where two of them set one column differently."""
    sets: dict[str, StrEnum] = {}
    for action in actions:
        for column, member in action.sets.items():
            if sets.setdefault(column, member) is not member:
                return None
    return evolve(facts, **sets)
