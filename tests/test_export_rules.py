"""Tables for other engines: every row is there, readings and silence have names of their own."""

from __future__ import annotations

import json
from itertools import product
from xml.etree.ElementTree import fromstring

import pytest

from taxgate import cli
from taxgate.checks.merging import MERGING
from taxgate.checks.vehicle.tables import PURCHASE_TAX, SCOPE, VESSEL_TAX
from taxgate.export import tables
from taxgate.export.dmn import MODEL, dmn
from taxgate.export.jdm import jdm
from taxgate.export.rules import SAYS_NOTHING, code_expression, every_table, quoted, rule_table
from taxgate.terms import Reading

TABLES = list(every_table().values())


def name(table):
    """Return a table's name as test id."""
    return table.name


def matching(rules, given):
    """Return the rules that match what is given for each input."""
    return [
        rule
        for rule in rules.rules
        if all(
            accepted is None
            or (given[item.name] in accepted if item.members else given[item.name] is accepted)
            for item, accepted in zip(rules.inputs, rule.when, strict=True)
        )
    ]


def test_every_table_is_exported():
    """Those of the checkpoints and the one of merging, each by its name."""
    assert set(every_table()) == {*tables(), MERGING.name}


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_a_row_becomes_one_rule_or_two_where_a_reading_changes_it(table):
    """Rows stay in order; a changed one is told for the reading off and on."""
    rules = rule_table(table)
    told = []
    for row in table.rows:
        told.append(SAYS_NOTHING if row.then is None else row.then.value)
        if row.under is not None:
            told.append(row.under[1].value)
    assert [rule.conclusion for rule in rules.rules] == told
    assert [item.name for item in rules.inputs] == [*table.columns, *sorted(table.readings)]


def test_no_conclusion_is_called_as_silence_is():
    """The word for silence is no member of any conclusion, and null is never an answer."""
    for table in TABLES:
        concluded = {row.then for row in table.rows} - {None}
        assert SAYS_NOTHING not in {
            member.value for kind in map(type, concluded) for member in kind
        }


def test_rules_stay_complete_and_apart_under_every_set_of_readings():
    """Whatever facts and whatever readings are on, exactly one rule matches."""
    for table in (PURCHASE_TAX, VESSEL_TAX, SCOPE):
        rules = rule_table(table)
        choices = [item.members or (False, True) for item in rules.inputs]
        names = [item.name for item in rules.inputs]
        for given in product(*choices):
            assert len(matching(rules, dict(zip(names, given, strict=True)))) == 1, given


def test_an_input_that_is_missing_matches_no_rule_that_asks_for_it():
    """A reading left open is not taken for off."""
    rules = rule_table(VESSEL_TAX)
    given = {"duty": "check", "state": "unpaid", "claim": "none"}
    reading = Reading.VVT_ALL_REGISTRATIONS_STRICT.value
    assert matching(rules, {**given, reading: None}) == []
    (off,) = matching(rules, {**given, reading: False})
    (on,) = matching(rules, {**given, reading: True})
    assert (off.conclusion, on.conclusion) == ("notify", "notify-and-refuse")
    assert off.rows == on.rows == "V-22"


def test_a_code_is_an_expression_over_its_columns():
    """What stands for a column in a code is that column's value in the expression."""
    rules = rule_table(VESSEL_TAX)
    assert code_expression(rules.rules[0]) == '"vehicle/vessel-tax/" + state'
    assert quoted('a "b" \\') == '"a \\"b\\" \\\\"'


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_a_dmn_model_is_one_unique_table_with_its_values_listed(table):
    """One decision, hit policy UNIQUE, allowed values on every input, ids used once."""
    root = fromstring(dmn(table))  # noqa: S314 - our own text
    (decision,) = root.iter(f"{{{MODEL}}}decision")
    (held,) = decision.iter(f"{{{MODEL}}}decisionTable")
    assert (decision.get("name"), held.get("hitPolicy")) == (table.name, "UNIQUE")
    clauses = held.findall(f"{{{MODEL}}}input")
    for clause, members in zip(clauses, table.columns.values(), strict=False):
        values = clause.findtext(f"{{{MODEL}}}inputValues/{{{MODEL}}}text")
        assert json.loads(f"[{values}]") == [member.value for member in members]
    for clause in clauses[len(table.columns) :]:
        assert clause.findtext(f"{{{MODEL}}}inputValues/{{{MODEL}}}text") == "true,false"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_a_jdm_model_checks_what_comes_in(table):
    """Its schema demands every input and lists every value; request, table, response are joined."""
    document = json.loads(jdm(table))
    asked, held, _ = document["nodes"]
    schema = json.loads(asked["content"]["schema"])
    assert schema["required"] == [field["field"] for field in held["content"]["inputs"]]
    for column, members in table.columns.items():
        assert schema["properties"][column]["enum"] == [member.value for member in members]
    joined = [(edge["sourceId"], edge["targetId"]) for edge in document["edges"]]
    assert joined == [("request", "table"), ("table", "response")]


def test_exports_are_the_same_each_time():
    """The same table gives the same bytes, so that a change of the law shows in a comparison."""
    for make in (dmn, jdm):
        assert make(PURCHASE_TAX) == make(PURCHASE_TAX)


def run(*arguments):
    """Return the exit code of a command."""
    return cli.run(["tables", *arguments, "--lang", "en"])


def test_the_command_writes_a_file_for_every_table(tmp_path, capsys):
    """A folder for each checkpoint; what is there is written anew."""
    for form, suffix in (("dmn", ".dmn"), ("jdm", ".json")):
        for _ in range(2):
            assert run("--export", form, "--out", str(tmp_path / form)) == 0
        written = {
            path.relative_to(tmp_path / form).as_posix()
            for path in (tmp_path / form).rglob("*")
            if path.is_file()
        }
        assert written == {f"{table}{suffix}" for table in every_table()}
        assert f"{len(written)} files written" in capsys.readouterr().out


def test_the_command_prints_one_table(capsysbinary):
    """With a name and no folder the model itself is printed, in UTF-8."""
    assert run("evidence/merging", "--export", "dmn") == 0
    assert capsysbinary.readouterr().out == dmn(MERGING)
    assert run("vehicle/scope", "--export", "jdm") == 0
    assert capsysbinary.readouterr().out == jdm(SCOPE)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--export", "dmn"), "give --out DIR"),
        (("--out", "somewhere"), "--out needs --export"),
        (("vehicle/scop", "--export", "jdm"), "Perhaps: vehicle/scope"),
        (("--export", "xls"), "xls"),
    ],
)
def test_the_command_says_how_it_is_used(arguments, told, capsys):
    """Nothing is written where what is wanted is not clear."""
    assert run(*arguments) == 2
    assert told in capsys.readouterr().err


def test_the_command_says_what_it_cannot_write(tmp_path, capsys):
    """A file where a folder is wanted is named, and the command fails."""
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    assert run("vehicle/scope", "--export", "dmn", "--out", str(taken)) == 1
    assert "Cannot write" in capsys.readouterr().err
