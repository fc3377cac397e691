"""Every table of every checkpoint, point by point, against a naive reading of its rows."""

from __future__ import annotations

import itertools
import re

import pytest

from taxgate.checks.merging import MERGING
from taxgate.findings import Outcome
from taxgate.terms import OK, OUTAGE, Effect, Reading, State, Step, Verdict
from test_public_api import CHECKPOINTS

TABLES = [MERGING, *(table for module in CHECKPOINTS for table in module.TABLES)]
OUTCOME_TABLES = [
    table for table in TABLES if any(isinstance(row.then, Outcome) for row in table.rows)
]
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+")


def name(table):
    """Return a table's name as test id."""
    return table.name


def readings_of(table):
    """Yield every set of readings that can matter to a table, and one that cannot."""
    relevant = sorted({row.under[0] for row in table.rows if row.under})
    for size in range(len(relevant) + 1):
        for chosen in itertools.combinations(relevant, size):
            yield frozenset(chosen)
    yield frozenset(Reading)


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_every_point_is_ruled_by_the_only_row_that_reads_so(table):
    """Scan all rows for each point, condition by condition: one matches, and it rules."""
    columns = list(table.columns)
    matched = set()
    for readings in readings_of(table):
        rulings = table.rulings(readings)
        points = list(itertools.product(*(table.columns[column] for column in columns)))
        assert set(rulings) == set(points)
        for point in points:
            facts = dict(zip(columns, point, strict=True))
            matching = [
                row
                for row in table.rows
                if not any(facts[column] not in members for column, members in row.when.items())
            ]
            assert len(matching) == 1, facts
            (row,) = matching
            matched.add(id(row))
            expected = row.then
            if row.under is not None and row.under[0] in readings:
                expected = row.under[1]
            assert rulings[point].row is row
            assert rulings[point].conclusion is expected
    assert len(matched) == len(table.rows), "a row never matches"


def test_names_are_unique_and_codes_well_formed():
    """Table names and reason codes are public: kebab-case paths under their checkpoint."""
    names = [table.name for table in TABLES]
    assert len(names) == len(set(names))
    for table in TABLES:
        for ruling in table.rulings(frozenset()).values():
            assert CODE.fullmatch(ruling.code), ruling.code
            assert ruling.code.split("/")[0] == table.name.split("/")[0]


@pytest.mark.parametrize("table", OUTCOME_TABLES, ids=name)
def test_outcomes_carry_what_a_reader_needs(table):
    """A notice or refusal names a provision, a step and an addressee; a pass names a provision."""
    for row in table.rows:
        for outcome in {row.then, row.under[1] if row.under else row.then}:
            if outcome is None:
                continue
            assert row.cites, row.ids
            if outcome.verdict is not Verdict.PASS:
                assert row.to, row.ids
                assert row.step is not Step.NONE, row.ids
            if row.retryable:
                assert outcome in (Outcome.CANNOT_VERIFY, Outcome.ADVISE), row.ids


@pytest.mark.parametrize("table", OUTCOME_TABLES, ids=name)
def test_no_outage_passes_or_refuses(table):
    """In every table that knows an outage, it neither passes nor refuses, under any reading."""
    if "state" not in table.columns or not OUTAGE & set(table.columns["state"]):
        return
    position = list(table.columns).index("state")
    for readings in readings_of(table):
        for point, ruling in table.rulings(readings).items():
            if point[position] in OUTAGE and ruling.conclusion is not None:
                assert ruling.conclusion.effect is not Effect.REFUSE, point


@pytest.mark.parametrize("table", OUTCOME_TABLES, ids=name)
def test_a_fulfilled_state_never_refuses(table):
    """Where the tax is fulfilled, no table on its state refuses."""
    if "state" not in table.columns or set(table.columns["state"]) - set(State):
        return
    position = list(table.columns).index("state")
    for readings in readings_of(table):
        for point, ruling in table.rulings(readings).items():
            if point[position] in OK and ruling.conclusion is not None:
                assert ruling.conclusion.effect is not Effect.REFUSE, point
