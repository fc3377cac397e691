"""Decision tables (决策表): rows as data, proved complete and free of overlap when built.

A table answers one question over named columns, each a closed list of enum members, and concludes
one closed enum. Exactly one row matches each combination (hit policy Unique). Building a table
proves that: a gap, an overlap, a row that never matches, a worse state with a better outcome, each
is a named error with a witness. A row concludes None to say nothing.

Nothing here knows what an outcome is: conclusions are members of any enum, compared with `<` where
an order is to be proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations, product
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from attrs import field, frozen

from .errors import (
    TableDeadRowError,
    TableGapError,
    TableOrderError,
    TableOverlapError,
    TableSizeError,
)
from .law import Provision
from .terms import Actor, Addressee, Flag, Reading, Step

C = TypeVar("C", bound=StrEnum)
Point = tuple[StrEnum, ...]

LARGEST: Final = 4096
"""Most combinations one table may have, so that proving it at import stays cheap."""


def when(
    **conditions: StrEnum | frozenset[Any] | tuple[StrEnum, ...],
) -> Mapping[str, frozenset[StrEnum]]:
    """Return a row's conditions: for each named column the members it accepts.

    A column that is not named accepts every member; conditions on several columns join by "and",
    members of one column by "or".
    """
    return MappingProxyType(
        {
            column: frozenset((accepted,)) if isinstance(accepted, StrEnum) else frozenset(accepted)
            for column, accepted in conditions.items()
        }
    )


@frozen(eq=False)
class Row(Generic[C]):
    """One rule: when these facts hold, this follows, because these provisions say so.

    Attributes:
        ids: The specification's rows this row carries out.
        when: Accepted members by column, from `when()`.
        then: The conclusion; None where the row says nothing.
        code: Public reason code (理由代码). `{column}` stands for the member of that column, so one
            row can carry "vehicle/purchase-tax/{state}".
        cites: Provisions it rests on.
        step: What cures it.
        to: Who is told, in this order.
        retryable: A retry alone may lift it.
        flags: Remarks it puts on the decision.
        under: `(reading, conclusion)`: with that reading on, this conclusion instead.
    """

    ids: tuple[str, ...]
    when: Mapping[str, frozenset[StrEnum]]
    then: C | None
    code: str
    cites: tuple[Provision, ...] = ()
    step: Step = Step.NONE
    to: tuple[Addressee, ...] = ()
    retryable: bool = False
    flags: tuple[Flag, ...] = ()
    under: tuple[Reading, C] | None = None

    def conclude(self, readings: frozenset[Reading]) -> C | None:
        """Return the conclusion with *readings* on."""
        if self.under is not None and self.under[0] in readings:
            return self.under[1]
        return self.then

    def accepts(self, point: Mapping[str, StrEnum]) -> bool:
        """Tell whether the row matches *point*, a member for each column."""
        return all(point[column] in accepted for column, accepted in self.when.items())


@frozen(eq=False)
class Action:
    """A change somebody can make to the facts of an obligation (补救行动).

    Attributes:
        name: Public kebab-case name, never reused. Actions of one name are never open together.
        actor: Who can do it.
        when: Facts in which it is open, from `when()`.
        sets: Columns it changes, each with its new member. Columns that can only change together
            are set together.
    """

    name: str
    actor: Actor
    when: Mapping[str, frozenset[StrEnum]]
    sets: Mapping[str, StrEnum]


@frozen(eq=False)
class Ruling(Generic[C]):
    """A row applied to one combination of facts under given readings, built once and shared.

    Attributes:
        table: The table that ruled.
        row: The row that matched.
        code: Its reason code, filled in.
        conclusion: What it concludes; None where it says nothing.
        reading: The reading that changed the conclusion, if one did.
    """

    table: Table[C] = field(repr=lambda table: table.name)
    row: Row[C]
    code: str
    conclusion: C | None
    reading: Reading | None


@frozen(eq=False)
class Table(Generic[C]):
    """A decision table, proved fit to decide when it is built.

    Attributes:
        name: Public kebab-case name, `<checkpoint>/<question>`.
        question: What it answers, in Chinese and in English.
        columns: Column names with the closed list of members each may take.
        rows: The rows; their order means nothing.
        worse: For a column, each member with the members that are worse; conclusions must never
            be milder for a worse member. Columns not named are not compared.
        actions: What somebody can do about the facts; a column no action sets, nobody can change.

    Raises:
        TableSizeError: More combinations than `LARGEST`.
        TableGapError: A combination no row matches.
        TableOverlapError: A combination two rows match.
        TableDeadRowError: A row that matches nothing, or names an unknown column or member.
        TableOrderError: A worse member with a milder conclusion.
    """

    name: str
    question: tuple[str, str]
    columns: Mapping[str, tuple[StrEnum, ...]]
    rows: tuple[Row[C], ...]
    worse: Mapping[str, Mapping[Any, frozenset[Any]]] = field(factory=dict)
    actions: tuple[Action, ...] = ()
    readings: frozenset[Reading] = field(init=False)
    _index: Mapping[Point, Row[C]] = field(init=False, repr=False)
    _compiled: dict[frozenset[Reading], dict[Point, Ruling[C]]] = field(init=False, repr=False)
    _key: Callable[[object], Point] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Prove the table and prepare the look-up."""
        readings = frozenset(row.under[0] for row in self.rows if row.under is not None)
        object.__setattr__(self, "readings", readings)
        object.__setattr__(self, "_index", _prove(self))
        object.__setattr__(self, "_compiled", {})
        object.__setattr__(self, "_key", _key(tuple(self.columns)))
        _prove_order(self)

    def points(self) -> Iterator[Point]:
        """Yield every combination of members, in column order."""
        return product(*self.columns.values())

    def decide(self, facts: object, readings: frozenset[Reading] = frozenset()) -> Ruling[C]:
        """Return the ruling on *facts*, any object with an attribute per column.

        Raises:
            KeyError: A fact is not a member its column lists: the appraisal broke its contract.
        """
        compiled = self._compiled.get(readings)
        if compiled is None:
            return self.rulings(readings)[self._key(facts)]
        return compiled[self._key(facts)]

    def rulings(self, readings: frozenset[Reading]) -> Mapping[Point, Ruling[C]]:
        """Return every ruling under *readings*, by combination; built at first use."""
        compiled = self._compiled.get(readings)
        if compiled is None:
            mine = readings & self.readings
            compiled = self._compiled.get(mine)
            if compiled is None:
                compiled = {
                    point: self._rule(row, point, mine) for point, row in self._index.items()
                }
                self._compiled[mine] = compiled
            # Readings of other tables change nothing here; they only name the same rulings again.
            self._compiled[readings] = compiled
        return compiled

    def _rule(self, row: Row[C], point: Point, readings: frozenset[Reading]) -> Ruling[C]:
        conclusion = row.conclude(readings)
        return Ruling(
            table=self,
            row=row,
            code=row.code.format_map(dict(zip(self.columns, point, strict=True))),
            conclusion=conclusion,
            reading=row.under[0] if row.under is not None and row.under[0] in readings else None,
        )


class Together(dict[Point, tuple[Ruling[C], ...]]):
    """Tables that read the same facts, asked together: by combination, the ruling of each of them.

    Filled as combinations come up, since all combinations of many tables would be too many.

    Attributes:
        point: Takes facts and returns the combination to look up.

    Args:
        tables: The tables; their rulings come in this order.
        readings: Readings in force.
    """

    def __init__(self, tables: tuple[Table[C], ...], readings: frozenset[Reading]) -> None:
        super().__init__()
        columns = tuple(dict.fromkeys(column for table in tables for column in table.columns))
        self.point = _key(columns)
        self._asked = tuple(
            (table.rulings(readings), tuple(map(columns.index, table.columns))) for table in tables
        )

    def __missing__(self, point: Point) -> tuple[Ruling[C], ...]:
        """Ask the tables; see `Table.decide` for what is raised."""
        self[point] = found = tuple(
            rulings[tuple(point[place] for place in places)] for rulings, places in self._asked
        )
        return found


def _key(columns: tuple[str, ...]) -> Callable[[object], Point]:
    if len(columns) == 1:
        only = attrgetter(columns[0])
        return lambda facts: (only(facts),)
    return attrgetter(*columns)


def _describe(columns: Sequence[str], point: Point) -> str:
    return ", ".join(f"{column}={member}" for column, member in zip(columns, point, strict=True))


def _prove(table: Table[C]) -> Mapping[Point, Row[C]]:
    """Prove that each combination is matched by exactly one row and each row by some."""
    size = 1
    for members in table.columns.values():
        size *= len(members)
    if size > LARGEST:
        raise TableSizeError(table.name, f"{size} combinations, at most {LARGEST}: split it")
    for row in table.rows:
        for column, accepted in row.when.items():
            if column not in table.columns:
                raise TableDeadRowError(table.name, f"row {row.ids} names column {column!r}")
            if strange := accepted.difference(table.columns[column]):
                raise TableDeadRowError(
                    table.name, f"row {row.ids}: {column} never is {', '.join(sorted(strange))}"
                )
            if not accepted:
                raise TableDeadRowError(table.name, f"row {row.ids} accepts no {column}")
    index: dict[Point, Row[C]] = {}
    for row in table.rows:
        for point in product(*_accepted(table, row)):
            if point in index:
                raise TableOverlapError(
                    table.name,
                    f"rows {index[point].ids} and {row.ids} both match "
                    f"{_describe(tuple(table.columns), point)}",
                )
            index[point] = row
    for point in table.points():
        if point not in index:
            raise TableGapError(
                table.name, f"no row matches {_describe(tuple(table.columns), point)}"
            )
    return MappingProxyType(index)


def _accepted(table: Table[C], row: Row[C]) -> Iterator[list[StrEnum]]:
    """Yield the members *row* accepts, column by column."""
    for column, members in table.columns.items():
        accepted = row.when.get(column)
        yield [member for member in members if accepted is None or member in accepted]


def _prove_order(table: Table[C]) -> None:
    """Prove that no worse member gets a milder conclusion, under every set of readings."""
    names = tuple(table.columns)
    switches = sorted(table.readings)
    for size in range(len(switches) + 1):
        for chosen in combinations(switches, size):
            rulings = table.rulings(frozenset(chosen))
            for position, column in enumerate(names):
                order = table.worse.get(column, {})
                for point, ruling in rulings.items():
                    for worse in order.get(point[position], ()):
                        other = (*point[:position], worse, *point[position + 1 :])
                        if other in rulings and _milder(rulings[other], ruling):
                            raise TableOrderError(
                                table.name,
                                f"{_describe(names, other)} is worse than "
                                f"{_describe(names, point)} and concludes milder",
                            )


def _milder(left: Ruling[C], right: Ruling[C]) -> bool:
    """Tell whether *left* concludes milder than *right*; saying nothing is mildest."""
    if right.conclusion is None:
        return False
    return left.conclusion is None or left.conclusion < right.conclusion
