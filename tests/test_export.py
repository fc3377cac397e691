"""Tables for people: whole, in both languages, and rendered from the tables that decide."""

from __future__ import annotations

import re

import pytest

from taxgate.checks.vehicle.tables import PURCHASE_TAX
from taxgate.export import sheet, tables
from taxgate.terms import Language
from taxgate.wording.facts import COLUMNS, MEMBERS

LANGUAGES = list(Language)
ALL = list(tables().values())
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_a_sheet_is_a_rectangle_with_every_row(table, language):
    """One line per row, one cell per heading, ids and code as in the table."""
    shown = sheet(table, language)
    assert shown.name == table.name
    assert shown.question == table.question[language is Language.EN]
    assert [name for name, _, _ in shown.columns] == list(table.columns)
    assert len(shown.rows) == len(table.rows)
    for cells, row in zip(shown.rows, table.rows, strict=True):
        assert len(cells) == len(shown.header)
        assert cells[0] == " ".join(row.ids)
        assert row.code in cells
        for provision in row.cites:
            assert provision.cite(language) in cells[-2]


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_every_condition_and_conclusion_is_told_in_the_reader_s_language(table):
    """A Chinese reader sees no public value where a word is due, an English one no Chinese."""
    for cells in sheet(table, Language.ZH_CN).rows:
        assert all(map(CHINESE.search, cells[1 : len(table.columns) + 2])), cells
    for cells in sheet(table, Language.EN).rows:
        assert not any(map(CHINESE.search, cells)), cells


def test_conditions_tell_what_a_row_accepts():
    """No condition is any member; many members are told by those left out."""
    rows = {cells[0]: cells for cells in sheet(PURCHASE_TAX, "en").rows}
    header = sheet(PURCHASE_TAX, "en").header
    settled = dict(zip(header, rows["V-16"], strict=True))
    assert settled["relief claimed"] == "any"
    assert settled["evidence status"].startswith("any but: ")
    assert "voucher of doubtful authenticity" in settled["evidence status"]
    lost = dict(zip(header, rows["V-19"], strict=True))
    assert lost["evidence status"].count(" | ") == 3
    assert lost["With a reading on"] == "exempt_loss_strict: inform; refused"


def test_no_word_is_left_over():
    """What no table uses any more is not kept."""
    used = {column for table in ALL for column in table.columns}
    assert set(COLUMNS) == used
    members = [
        member
        for table in ALL
        for group in (
            *table.columns.values(),
            *((row.then, *(row.under or ())[1:]) for row in table.rows),
        )
        for member in group
    ]
    # Members of different enums may be equal as text: the name of the enum tells them apart.
    named = {(type(member).__name__, member) for member in members}
    assert {(name, value) for name, texts in MEMBERS.items() for value in texts} <= named


def test_the_question_of_a_language_nobody_knows_is_an_error():
    """A language is one of those published."""
    with pytest.raises(ValueError, match="fr"):
        sheet(PURCHASE_TAX, "fr")
