"""What is exported is redacted, harmless to whatever opens it, and reads back as it was."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from log_cases import tampered
from log_story import FORMULA, HOSTILE, PAID, Story, told
from taxgate.errors import LogTamperedError, MissingExtraError
from taxgate.log.canonical import canonical
from taxgate.log.entry import link_digest
from taxgate.log.exporting import (
    COLUMNS,
    Format,
    export,
    export_file,
    guarded,
    replacing,
    row_of,
    unguarded,
)

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "'=1", "'")


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Return a log of some weeks, some offices of which have hostile names."""
    with told(tmp_path_factory.mktemp("log")) as made:
        yield made


def written(log, form):
    """Return the log as bytes in one format."""
    stream = io.BytesIO()
    assert export(log.entries(), stream, form) == 26
    return stream.getvalue()


def sheet_of(log):
    """Return the CSV read back as a list of rows by column."""
    text = written(log, Format.CSV).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_begins_a_formula_is_guarded(cell):
    """A mark stands before it, so that a spreadsheet takes it for text (fault 60)."""
    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@given(st.text())
def test_every_guarded_cell_reads_back(text):
    """Whatever the text, taking the guard away gives it back, and no formula begins a cell."""
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_reads_back(log):
    """Every entry is one row with every column; names that hold formulas are guarded, not lost."""
    rows = sheet_of(log)
    assert [row["seq"] for row in rows] == [str(seq) for seq in range(1, 27)]
    assert all(list(row) == list(COLUMNS) for row in rows)
    offices = {unguarded(row["office"]) for row in rows}
    assert set(HOSTILE) <= offices
    assert f"'{FORMULA}" in {row["office"] for row in rows}
    for row, entry in zip(rows, log.entries(), strict=True):
        assert (row["kind"], row["digest"]) == (entry.kind, entry.digest)
        assert row["outcome"] == (entry.body.get("outcome") or "")
        assert row["may_complete"] in ("true", "false", "")


def test_csv_opens_in_a_spreadsheet_without_a_formula(log, tmp_path):
    """LibreOffice reads the file and computes nothing: every office is the text it was."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-calc-nogui)")
    (tmp_path / "log.csv").write_bytes(written(log, Format.CSV))
    # The same way of opening does compute what nobody guarded.
    (tmp_path / "bare.csv").write_text("=1+1,x\n")
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "fods",
            # Comma, quote, UTF-8, and every cell evaluated as if somebody had typed it.
            "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1",
            "--outdir",
            tmp_path,
            tmp_path / "log.csv",
            tmp_path / "bare.csv",
        ],
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert "table:formula" in (tmp_path / "bare.fods").read_text(encoding="utf-8")
    text = (tmp_path / "log.fods").read_text(encoding="utf-8")
    assert "HYPERLINK" in text
    assert "table:formula" not in text
    assert "{{7*7}}" in text


def test_json_lines_carry_the_chain(log):
    """Each line is one entry whole; whoever receives them can verify every link."""
    lines = written(log, Format.JSONL).decode("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert [item["seq"] for item in entries] == list(range(1, 27))
    for before, item in zip([None, *entries], entries, strict=False):
        assert before is None or item["prev"] == before["digest"]
        text = canonical(item["body"])
        assert link_digest(item["seq"], item["prev"], text) == item["digest"]


def test_parquet_has_types(log, tmp_path):
    """Numbers, instants, truth values and lists come back as such, in any number of groups."""
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "log.parquet"
    assert export_file(log.entries(), path, Format.PARQUET) == 26
    table = parquet.read_table(path)
    assert table.column_names == list(COLUMNS)
    for row, entry in zip(table.to_pylist(), log.entries(), strict=True):
        assert row == row_of(entry)


def test_nothing_personal_is_exported(log):
    """No format holds an officer, a case number or an identifier (fault 64)."""
    for form in Format:
        data = written(log, form)
        for canary in (b"officer-", b"auditor-", b"S-1\x00", b"LSVAA", b"1401"):
            found = canary in data
            # The division of the office begins like a citizen's number, and is public.
            assert not found or canary == b"1401"


def test_one_entry_is_one_line(tmp_path):
    """Line ends, terminal codes and bidirectional overrides cannot begin a line (fault 63)."""
    with told(tmp_path) as log:
        evil = "a\\u2028b\\u001b[31m\\u202ec\\nd\\u0085"
        tampered(
            tmp_path,
            (
                "UPDATE taxgate_log_entries SET body = replace(body, '示例市不动产登记中心', ?)",
                (evil,),
            ),
        )
        for form in (Format.CSV, Format.JSONL):
            lines = written(log, form).decode("utf-8-sig").splitlines()
            assert len(lines) == 26 + (form is Format.CSV)
            assert not [line for line in lines if "\x1b" in line or "\u202e" in line]
        first = json.loads(written(log, Format.JSONL).decode().splitlines()[0])
        assert first["body"]["office"] == json.loads(f'"{evil}"')


@pytest.mark.parametrize(
    "change",
    ['"office":7', '"flags":[1]', '"rows":0,"findings":[{}]', '"at":"never"', '"office":"\\ud800"'],
)
def test_what_the_log_never_writes_is_named(tmp_path, change):
    """A value of another kind is not exported in silence, nor does it end in a riddle."""
    story = Story(tmp_path)
    story.decide(PAID)
    with story.log as log:
        text = next(log.entries()).text
        body = f"{text[:-1]},{change}}}"
        tampered(tmp_path, ("UPDATE taxgate_log_entries SET body = ? WHERE seq = 1", (body,)))
        with pytest.raises(LogTamperedError, match="entry 1: is not written as the log writes"):
            export(log.entries(), io.BytesIO(), Format.CSV)


def test_a_file_appears_whole_or_not_at_all(log, tmp_path):
    """What fails on the way leaves the file that was there, and nothing beside it."""
    path = tmp_path / "log.csv"
    path.write_text("before")

    def broken():
        yield next(log.entries())
        raise LogTamperedError(2, "is missing")

    with pytest.raises(LogTamperedError):
        export_file(broken(), path, Format.CSV)
    assert path.read_text() == "before"
    assert [item.name for item in tmp_path.iterdir()] == ["log.csv"]
    with replacing(path) as stream:
        stream.write(b"after")
    assert path.read_text() == "after"


def test_parquet_without_its_extra_says_what_to_install(log, monkeypatch):
    """The message names the extra."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"taxgate\[reports\]"):
        export(log.entries(), io.BytesIO(), Format.PARQUET)
