"""Independent rule engines, given the exported tables, decide every combination as taxgate does."""

from __future__ import annotations

import pytest

from engines import MISSING, asked, decided, differences, dmn_rules, readings_of, zen
from taxgate.checks.vehicle.tables import SEIZURE, VESSEL_TAX
from taxgate.export.dmn import MODEL, dmn
from taxgate.export.rules import every_table
from taxgate.terms import Reading

TABLES = list(every_table().values())


def name(table):
    """Return a table's name as test id."""
    return table.name


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_zen_engine_decides_every_combination_as_taxgate_does(table):
    """All facts, with no reading and with each alone: same conclusion, code, rows, provisions."""
    count, found = differences(table, zen(table))
    assert not found[:3]
    assert count == len(list(table.points())) * (1 + len(table.readings))


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_zen_engine_finds_exactly_one_rule_for_every_combination(table):
    """Asked for all rules that match, it finds one, so the order of the rules means nothing."""
    collected = zen(table, "collect")
    for readings in readings_of(table):
        for point in table.points():
            assert len(collected(asked(table, point, readings))) == 1, point


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES, ids=name)
def test_a_dmn_engine_decides_every_combination_as_taxgate_does(table):
    """All facts, with no reading and with each alone, under hit policy UNIQUE."""
    count, found = differences(table, dmn_rules(table))
    assert not found[:3]
    assert count == len(list(table.points())) * (1 + len(table.readings))


def test_readings_on_together_are_exported_too():
    """With every reading on at once the engines still answer as taxgate does."""
    both = frozenset(Reading)
    for table in TABLES:
        if len(table.readings) > 1:
            answer = zen(table)
            for point in table.points():
                assert answer(asked(table, point, both)) == decided(table, point, both)


def test_zen_engine_refuses_what_no_column_lists():
    """An unknown fact, or one that is missing, is an error, never an answer that may pass."""
    answer = zen(SEIZURE)
    given = asked(SEIZURE, next(SEIZURE.points()), frozenset())
    assert answer(given)
    for wrong in ({**given, "act": "no-such-act"}, {"act": given["act"]}, {}):
        with pytest.raises(RuntimeError):
            answer(wrong)


@pytest.mark.slow
def test_a_dmn_engine_refuses_what_no_column_lists():
    """An unknown fact and a reading left open are errors, never an answer that may pass."""
    answer = dmn_rules(VESSEL_TAX)
    given = asked(VESSEL_TAX, next(VESSEL_TAX.points()), frozenset())
    assert answer(given)["conclusion"] == "satisfied"
    assert isinstance(answer({**given, "state": "no-such-state"}), list)
    (reading,) = VESSEL_TAX.readings
    owed = {**given, "duty": "check", "state": "unpaid"}
    assert answer(owed)["conclusion"] == "notify"
    assert isinstance(answer({**owed, reading.value: None}), list)


def test_every_dmn_export_is_valid_by_the_schema_of_the_standard():
    """The XML Schema of DMN 1.3, as another engine ships it, accepts every export."""
    etree = pytest.importorskip("lxml.etree", reason=MISSING)
    shipped = pytest.importorskip("SpiffWorkflow.dmn.parser.BpmnDmnParser", reason=MISSING)
    schema = etree.XMLSchema(etree.parse(shipped.SCHEMAS[MODEL]))
    for table in TABLES:
        schema.assertValid(etree.fromstring(dmn(table)))
    # It is a schema that can say no: a rule with no answer is none.
    broken = etree.fromstring(dmn(SEIZURE))
    for answer in broken.iter(f"{{{MODEL}}}outputEntry"):
        answer.getparent().remove(answer)
    assert not schema.validate(broken)
