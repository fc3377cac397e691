"""One thing in one row of a decision table altered at a time, and the named cases that notice.

`python tests/row_mutants.py` alters everything and lists what no case notices; what that shows, and
what it does not, is told in test_row_mutation.py.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest
from attrs import evolve, fields, frozen

from in_force_days import UNDATED
from taxgate.checks.merging import MERGING
from taxgate.findings import Outcome
from taxgate.law import Provision
from taxgate.tables import Ruling, Table
from test_public_api import CHECKPOINTS

HERE = Path(__file__).parent
TABLES = (MERGING, *(table for module in CHECKPOINTS for table in module.TABLES))
CASES = (
    "checks",
    "test_second_reading.py::test_the_decision_is_the_one_read_from_the_specification",
    "test_cases.py::test_a_shipped_case_comes_to_what_the_specification_says",
)
"""Where named cases stand; those in `checks` are the ones marked with rows."""

UNNOTICED, COUNTED = "unnoticed ", "altered "
"""How the lines of the report begin."""

SLOTS = tuple(field.name for field in fields(Ruling))
DAY = timedelta(days=1)


@frozen(eq=False)
class Alteration:
    """One thing altered: other contents for the rulings of some points, or for a provision.

    Attributes:
        name: What is altered; says where, in the words of the table.
        kind: Which kind of alteration it is.
        instead: For each object touched, the attributes it gets.
    """

    name: str
    kind: str
    instead: tuple[tuple[object, dict[str, object]], ...]

    def swap(self):
        """Put the altered contents in place and return the alteration that undoes it."""
        before = []
        for thing, contents in self.instead:
            before.append((thing, {name: getattr(thing, name) for name in contents}))
            for name, value in contents.items():
                object.__setattr__(thing, name, value)
        return Alteration(self.name, self.kind, tuple(before))


def rulings_of(table: Table):
    """Yield the point, the readings and the ruling of everything a table can say."""
    switches = sorted(table.readings)
    for size in range(len(switches) + 1):
        for chosen in map(frozenset, itertools.combinations(switches, size)):
            for point, ruling in table.rulings(chosen).items():
                yield point, chosen, ruling


def contents(ruling: Ruling, row, point, readings):
    """Return what *ruling* says when *row* stands at its point instead."""
    other = ruling.table._rule(row, point, readings)
    return ruling, {name: getattr(other, name) for name in SLOTS}


def neighbours(conclusion, table):
    """Yield other conclusions: none, the next milder and the next stricter; or the next member."""
    if isinstance(conclusion, Outcome) or (
        conclusion is None and any(isinstance(row.then, Outcome) for row in table.rows)
    ):
        order = sorted(Outcome)
        if conclusion is None:
            yield Outcome.NOTIFY
            return
        place = order.index(conclusion)
        yield None
        yield from order[max(place - 1, 0) : place]
        yield from order[place + 1 : place + 2]
        return
    members = list(type(next(row.then for row in table.rows if row.then is not None)))
    if conclusion is None:
        yield members[0]
        return
    yield members[(members.index(conclusion) + 1) % len(members)]
    if any(row.then is None for row in table.rows):
        yield None


def opposite(conclusion, table):
    """Return a conclusion that opens what *conclusion* bars, or bars what it opens."""
    if isinstance(conclusion, Outcome):
        return Outcome.SATISFIED if conclusion > Outcome.ADVISE else Outcome.NOTIFY
    return next(iter(neighbours(conclusion, table)))


def row_alterations(table: Table):
    """Yield everything altered in the rows of a table."""
    said: dict[int, list] = {}
    at = {}
    for point, readings, ruling in rulings_of(table):
        said.setdefault(id(ruling.row), []).append((point, readings, ruling))
        at[point, readings] = ruling
    columns = list(table.columns)
    for number, row in enumerate(table.rows):
        mine = said[id(row)]
        where = f"{table.name}[{number}] {','.join(row.ids)} {row.code}"

        def altered(kind, what, other, places=mine):
            return Alteration(
                f"{where}: {what}",  # noqa: B023 - used before the next turn
                kind,
                tuple(contents(ruling, other, point, on) for point, on, ruling in places),
            )

        for other in neighbours(row.then, table):
            yield altered("conclusion", f"concludes {other}", evolve(row, then=other))
        if row.under is not None:
            reading, then = row.under
            on = [place for place in mine if reading in place[1]]
            for other in {row.then, *neighbours(then, table)} - {then, None}:
                changed = evolve(row, under=(reading, other))
                yield altered("reading", f"concludes {other} under {reading}", changed, on)
        for other in dict.fromkeys(other.code for other in table.rows if other.code != row.code):
            yield altered("code", f"is called {other}", evolve(row, code=other))
            break
        else:
            yield altered("code", "is called otherwise", evolve(row, code=f"{row.code}-otherwise"))
        for name in row.ids:
            ids = tuple(other for other in row.ids if other != name) or ("0.0",)
            yield altered("id", f"is not row {name}", evolve(row, ids=ids))
        for cited in row.cites:
            cites = tuple(other for other in row.cites if other is not cited)
            yield altered("citation", f"does not cite {cited.id}", evolve(row, cites=cites))
        otherwise = evolve(row, then=opposite(row.then, table), under=None)
        for column, accepted in row.when.items():
            place = columns.index(column)
            for member in table.columns[column]:
                if member in accepted:
                    there = [one for one in mine if one[0][place] == member]
                    what = f"does not accept {column}={member}"
                    yield altered("cell", what, otherwise, there)
                    continue
                there = []
                for point, on, _ in mine:
                    neighbour = (*point[:place], member, *point[place + 1 :])
                    ruling = at[neighbour, on]
                    if ruling.conclusion is not row.conclude(on):
                        there.append((neighbour, on, ruling))
                if there:
                    there = list(dict.fromkeys(there))
                    yield altered("wide", f"accepts {column}={member} too", row, there)


def provision_alterations(tables=TABLES):
    """Yield the first days of the provisions cited, one day off, where the law gives the day."""
    cited = {one.id: one for table in tables for row in table.rows for one in row.cites}
    for name, provision in sorted(cited.items()):
        if provision.source in UNDATED:
            continue
        for since in (provision.since - DAY, provision.since + DAY):
            yield Alteration(f"{name} binds from {since}", "date", ((provision, {"since": since}),))


def alterations():
    """Yield every alteration."""
    for table in TABLES:
        yield from row_alterations(table)
    yield from provision_alterations()


class Cases:
    """A pytest plugin that, in place of the test run, alters rows and runs the cases they touch."""

    def __init__(self) -> None:
        self.unnoticed: list[Alteration] = []
        self.counted: Counter[str] = Counter()

    @staticmethod
    def is_named(item) -> bool:
        """Tell whether a test is a case written from the specification."""
        if getattr(item.obj, "is_hypothesis_test", False):
            return False  # other examples each run
        return "checks" not in item.path.parts or item.get_closest_marker("rows") is not None

    def pytest_runtestloop(self, session) -> bool:
        """Note what each case touches; then alter one thing at a time."""
        items = [item for item in session.items if self.is_named(item)]
        touching: dict[int, list] = {}
        taken = {}
        for item in items:
            start = perf_counter()
            with noticing() as touched:
                run(item)
            taken[item] = perf_counter() - start
            for key in touched:
                touching.setdefault(key, []).append(item)
        for cases in touching.values():
            cases.sort(key=taken.__getitem__)
        for alteration in alterations():
            self.counted[alteration.kind] += 1
            keys = [id(thing) for thing, _ in alteration.instead]
            cases = sorted({case for key in keys for case in touching.get(key, ())}, key=taken.get)
            if not noticed(alteration, cases):
                self.unnoticed.append(alteration)
        return True


class noticing:  # noqa: N801 - used like a function
    """Gather, inside the `with`, the rulings and provisions of which anything is read."""

    def __enter__(self):
        touched = set()
        read = object.__getattribute__

        def note(thing, name):
            if name in SLOTS or name == "since":
                touched.add(id(thing))
            return read(thing, name)

        Ruling.__getattribute__ = note
        Provision.__getattribute__ = note
        return touched

    def __exit__(self, *_):
        del Ruling.__getattribute__
        del Provision.__getattribute__


def run(item) -> None:
    """Run one case."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    item.obj(**{name: parameters[name] for name in item._fixtureinfo.argnames})


def noticed(alteration: Alteration, cases) -> bool:
    """Tell whether one of *cases* fails with the alteration."""
    undo = alteration.swap()
    try:
        for case in cases:
            try:
                run(case)
            except (Exception, pytest.fail.Exception):  # noqa: BLE001 - any failure is a notice
                return True
        return False
    finally:
        undo.swap()


QUIET = ("-W", "ignore::pytest.PytestAssertRewriteWarning")


def main(*names: str) -> Cases:
    """Alter everything and return what was found out."""
    cases = Cases()
    status = pytest.main(
        # Imported already, and rightly so: what is altered here has to be the same tables.
        ["-q", "-p", "no:cacheprovider", *QUIET, *(str(HERE / name) for name in names or CASES)],
        plugins=[cases],
    )
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.exit(f"the cases could not be run: {status!r}")
    return cases


if __name__ == "__main__":
    found = main()
    for alteration in found.unnoticed:
        sys.stdout.write(f"{UNNOTICED}{alteration.kind}: {alteration.name}\n")
    for kind, count in sorted(found.counted.items()):
        sys.stdout.write(f"{COUNTED}{kind}: {count}\n")
