"""A test of the tests: whatever is altered in a row of a table, a named case fails.

Named cases are the tests in `checks` that are marked with rows of the specification, the JSON cases
of the second reading, and the expectations of the shipped cases: all written from the
specification, none from the tables. Snapshots, generated pages, properties with random examples and
`test_every_table.py`, which compares tables with themselves, do not count.

Altered, one at a time, in every row of every table of `TABLES` and of merging:

- the conclusion: left out, and replaced by the next milder and the next stricter;
- the conclusion under a reading, likewise;
- the reason code: that of another row;
- each id and each citation: left out;
- each member a condition accepts: what the row concludes there is turned round;
- each member a condition does not accept: the row is extended to it, where that changes anything;
- the first day of each provision cited: one day earlier and one later.

First every case runs once while it is noted which rulings it reads; then each alteration is made in
place and only the cases that read one of the altered rulings run, until one fails.

What this does not show: that the specification was read correctly, since the cases share a reader
with the tables; that reason codes are good names or citations complete, since both are held against
`row_register.txt`, where the codes are of our making; the first days of sources for which the
specification gives none (`in_force_days.UNDATED`); anything about steps, addressees, flags,
remedies or wording; anything about two errors at once; and nothing about the code that works out
the facts, which the mutation run of CONTRIBUTING.md is for.
"""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from row_mutants import COUNTED, TABLES, UNNOTICED, row_alterations
from taxgate.tables import Table

SCRIPT = Path(__file__).parent / "row_mutants.py"
KINDS = ("cell", "citation", "code", "conclusion", "date", "id", "reading", "wide")


@pytest.fixture(scope="module")
def report():
    """What the whole run reports, line by line; it runs where it can disturb no other test."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_named_case_notices_whatever_is_altered(report, kind):
    """No alteration of this kind passes all named cases, and there are alterations of it."""
    assert not [line for line in report if line.startswith(f"{UNNOTICED}{kind}:")]
    (counted,) = (line for line in report if line.startswith(f"{COUNTED}{kind}:"))
    assert int(counted.split(": ")[1]) > 0


def test_every_table_there_is_is_altered():
    """The list of tables leaves none out that the package builds."""
    modules = [module for name, module in sys.modules.items() if name.startswith("taxgate.checks")]
    built = {
        value.name
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Table)
    }
    assert built == {table.name for table in TABLES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_alteration_is_one_and_is_undone(table):
    """While it is in place a ruling says something else; afterwards all is as before."""
    for alteration in islice(row_alterations(table), 40):
        before = [{name: getattr(thing, name) for name in new} for thing, new in alteration.instead]
        undo = alteration.swap()
        after = [{name: getattr(thing, name) for name in new} for thing, new in alteration.instead]
        undo.swap()
        again = [{name: getattr(thing, name) for name in new} for thing, new in alteration.instead]
        assert before
        assert all(one != other for one, other in zip(before, after, strict=True))
        assert before == again
