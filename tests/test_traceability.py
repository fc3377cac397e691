"""Every row of the specification is carried by the code and has a named case."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from taxgate.checks.carrying import CARRIED
from test_public_api import CHECKPOINTS

HERE = Path(__file__).parent
ROWS = (HERE / "law_rows.txt").read_text(encoding="ascii").split()
ROW = re.compile(r"[VSRED]-\d\d")


def carried():
    """Return the rows that tables and appraisal functions say they carry."""
    rows = {name for names in CARRIED.values() for name in names}
    for module in CHECKPOINTS:
        for table in module.TABLES:
            for row in table.rows:
                rows.update(row.ids)
    return rows


@cache
def cases():
    """Return the rows that test functions are marked for, with the tests' names."""
    found: dict[str, list[str]] = {}
    for path in sorted((HERE / "checks").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for row in marked(node):
                    found.setdefault(row, []).append(f"{path.name}::{node.name}")
    return found


def marked(function):
    """Yield the row ids in the decorators `@pytest.mark.rows(...)` of a test."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.rows":
            for argument in decorator.args:
                yield ast.literal_eval(argument)


def test_the_vendored_list_is_whole():
    """150 rows, each once."""
    assert len(ROWS) == 150
    assert len(set(ROWS)) == 150
    assert all(ROW.fullmatch(row) for row in ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_carried_and_has_a_case(row):
    """No row of the specification is forgotten silently."""
    assert row in carried()
    assert cases().get(row)


def test_no_row_is_invented():
    """What code and tests name exists in the specification, or is one of its sections."""
    known = set(ROWS)
    for row in carried() | set(cases()):
        assert row in known or re.fullmatch(r"\d(\.\d)?", row), row
