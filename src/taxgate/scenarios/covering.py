"""Coverage of the law by scenarios (覆盖情况): which lines of the decision tables none reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from ..export import tables
from ..findings import Finding
from ..tables import Row, Ruling
from .running import Result

__all__ = ["Coverage", "Line", "coverage"]


@frozen
class Line:
    """One line of a decision table.

    Attributes:
        table: Name of the table.
        number: Its place in the table, from 1.
        rows: Ids of the specification's rows it stands for.
        code: Its reason code.
    """

    table: str
    number: int
    rows: tuple[str, ...]
    code: str


@frozen
class Coverage:
    """What a set of scenarios reaches.

    Attributes:
        reached: Lines that matched in some scenario, those that say nothing included.
        unreached: Lines that matched in none.
        rows: Ids of the rows no line of which was reached.
    """

    reached: tuple[Line, ...]
    unreached: tuple[Line, ...]
    rows: tuple[str, ...]


def coverage(results: Iterable[Result]) -> Coverage:
    """Return what the decisions of scenarios reach, whether or not the scenarios passed.

    Only what a decision keeps can be seen: a line by which a tax is not asked for at all leaves no
    trace there, and counts as unreached.
    """
    seen = {key for result in results for key in _touched(result)}
    reached: list[Line] = []
    unreached: list[Line] = []
    for table in tables().values():
        for number, row in enumerate(table.rows, 1):
            line = Line(table.name, number, row.ids, row.code)
            (reached if _key(table.name, row) in seen else unreached).append(line)
    met = {name for line in reached for name in line.rows}
    missed = {name for line in unreached for name in line.rows} - met
    return Coverage(tuple(reached), tuple(unreached), tuple(sorted(missed)))


def _touched(result: Result) -> Iterator[tuple[str, int]]:
    decision = result.decision
    if decision is None:
        return
    items: tuple[Finding, ...] = (*decision.findings, *decision.silent)
    for item in items:
        yield _of(item.ruling)
        if item.obligation.duty is not None:
            yield _of(item.obligation.duty)
    for obstacle in decision.obstacles:
        yield _of(obstacle.ruling)


def _of(ruling: Ruling[Any]) -> tuple[str, int]:
    return _key(ruling.table.name, ruling.row)


def _key(table: str, row: Row[Any]) -> tuple[str, int]:
    """Return what tells a line from any other: tables are built once, and so are their rows."""
    return table, id(row)
