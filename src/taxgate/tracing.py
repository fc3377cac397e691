"""From clause to rows to cases (条款追溯): the clause ledger joined with tables and shipped cases.

Rows of a cited provision are read off the tables that decide, never kept beside them. What binds
on a day is a named result: a day without law is said to be one, and is never given the law of the
day before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

from .cases import CASES
from .export import tables
from .law import Provision
from .law.clauses_national import NATIONAL_CLAUSES
from .law.clauses_order import ORDER_CLAUSES
from .law.confidence import WRITTEN_ON
from .law.ledger import Claim, Clause
from .law.order_307 import ORDER
from .wire import read_case

__all__ = ["Bound", "Day", "Entry", "cases_by_row", "ledger", "on_day", "unclaimed"]

_ROW: Final = re.compile(r"[VSRED]-[0-9]{2}")
"""Rows of the specification; a section number, as `2.2`, is no row."""


@frozen
class Entry:
    """A clause with all that answers for it.

    Attributes:
        clause: The clause.
        claim: Its claim, rows of the tables that cite it included.
        cases: Names of the shipped cases one of its rows decides, in the order they are shipped.
    """

    clause: Clause
    claim: Claim
    cases: tuple[str, ...] = ()


class Bound(StrEnum):
    """What binds a registrar of Shanxi on a day (当日效力)."""

    CHECKPOINTS = "checkpoint-provisions-in-force"
    """The Order's checkpoints, with the national law behind them."""
    NATIONAL_ONLY = "no-checkpoint-provision-in-force"
    """National provisions only: the Order does not bind on that day."""
    NOTHING = "no-provision-in-force"
    """Nothing the ledger knows."""


@frozen
class Day:
    """The law of one day.

    Attributes:
        on: The calendar day (China time).
        bound: What binds on it.
        entries: Clauses in force on it, in the order of the ledger; where the Order does not bind,
            without rows and cases, for no row decides by them on that day.
        undated: Clauses whose first day is not established: of no day is it said that they bind.
        ahead: Whether the day lies after the one the specification was written on, so that later
            changes of the law are not known.
    """

    on: date
    bound: Bound
    entries: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    ahead: bool


def ledger() -> tuple[Entry, ...]:
    """Return every clause, the Order's first, then national law, each with what answers for it."""
    cited = _rows_by_provision()
    decided = cases_by_row()
    return tuple(_entry(clause, cited, decided) for clause in (*ORDER_CLAUSES, *NATIONAL_CLAUSES))


def unclaimed(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the ids of the clauses nobody answers for; there should be none."""
    return tuple(entry.clause.id for entry in entries if not entry.claim.stands)


def on_day(entries: Iterable[Entry], on: date) -> Day:
    """Return what binds a registrar of Shanxi on the calendar day *on* (China time)."""
    known = tuple(entries)
    binding = tuple(entry for entry in known if entry.clause.binds(on))
    if any(entry.clause.instrument == ORDER for entry in binding):
        bound = Bound.CHECKPOINTS
    else:
        bound = Bound.NATIONAL_ONLY if binding else Bound.NOTHING
        binding = tuple(_without_rows(entry) for entry in binding)
    undated = tuple(entry for entry in known if entry.clause.since is None)
    return Day(on=on, bound=bound, entries=binding, undated=undated, ahead=on > WRITTEN_ON)


def cases_by_row() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the shipped cases by the row that decides them, obstacles included."""
    found: dict[str, list[str]] = {}
    for case in CASES:
        decision = read_case(case.document()).decide()
        rows = {row for finding in decision.deciding for row in finding.rows}
        rows.update(row for obstacle in decision.obstacles for row in obstacle.rows)
        for row in filter(_ROW.fullmatch, rows):
            found.setdefault(row, []).append(case.name)
    return MappingProxyType({row: tuple(names) for row, names in sorted(found.items())})


def _entry(
    clause: Clause,
    cited: Mapping[Provision, frozenset[str]],
    decided: Mapping[str, tuple[str, ...]],
) -> Entry:
    claim = clause.claim
    if clause.provision is not None:
        claim = claim.joined(Claim(rows=tuple(cited.get(clause.provision, ()))))
    names = {name for row in claim.rows for name in decided.get(row, ())}
    return Entry(clause, claim, tuple(case.name for case in CASES if case.name in names))


def _without_rows(entry: Entry) -> Entry:
    claim = Claim(ambiguities=entry.claim.ambiguities, left=entry.claim.left)
    return Entry(entry.clause, claim)


def _rows_by_provision() -> Mapping[Provision, frozenset[str]]:
    """Return the rows that cite each provision."""
    found: dict[Provision, set[str]] = {}
    for table in tables().values():
        for row in table.rows:
            for provision in row.cites:
                found.setdefault(provision, set()).update(filter(_ROW.fullmatch, row.ids))
    return MappingProxyType({provision: frozenset(ids) for provision, ids in found.items()})
