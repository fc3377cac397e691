"""Looking up lists the bureau put into a folder: what is used, what is refused, and why."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import shutil
import threading
import time
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from drop_cases import AT, HEADER, LAYOUT, OTHER_VIN, ROW, VIN, Drop, coverage, csv_of
from taxgate import config
from taxgate.adapters import drop_files, drop_folder, drop_xlsx
from taxgate.adapters.drop_files import DropFilesSource, from_settings
from taxgate.adapters.drop_layout import read_layouts, shipped_layouts
from taxgate.adapters.drop_manifest import Format
from taxgate.errors import ConfigError, MissingExtraError
from taxgate.evidence import Inquiry, OutageCause, Provenance
from taxgate.identifiers import UnitCode, Uscc, Vin
from taxgate.parties import IdType, Person
from taxgate.sources import Deadline, SourceError
from taxgate.terms import Matter, RecordStatus

C = OutageCause
ASKED = Inquiry(matter=Matter.VEHICLE_PURCHASE_TAX, vin=Vin(VIN))
OTHER = Inquiry(matter=Matter.VEHICLE_PURCHASE_TAX, vin=Vin(OTHER_VIN))


@pytest.fixture
def drop(tmp_path):
    """Give an empty folder and a source that looks into it."""
    return Drop(tmp_path / "drop")


def changed(**cells):
    """Return the good row with other cells, by column."""
    return [cells.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True)]


# The way it should go -----------------------------------------------------------------------------


def test_a_row_becomes_a_record(drop):
    """Columns, codes and days mean what the layout says, and the answer says where it is from."""
    path = drop.put_rows(ROW, delivery_no="2026-1123-01")
    answer = drop.ask(ASKED)
    (record,) = answer.records
    assert record.status is RecordStatus.PAID
    assert record.vin == Vin(VIN)
    assert record.voucher_no == "0001E05"
    assert record.issued_on == date(2026, 2, 28)
    assert record.taxpayer == Person(IdType.RESIDENT_NUMBER, "11010519491231002X", "甲某")
    assert answer.provenance is Provenance.LIVE
    assert answer.as_of == AT - timedelta(hours=1)
    assert answer.consultation_id == "2026-1123-01"
    assert answer.digest == json.loads(path.read_text())["sha256"]
    assert answer.source == "drop-files"


def test_not_in_a_full_list_is_no_record(drop):
    """The bureau said that the list is full; so nothing was found."""
    drop.put_rows(ROW)
    assert drop.ask(OTHER).records == ()


def test_empty_cells_leave_their_part_out(drop):
    """No voucher, no day, no person: and the kind of document alone makes no person."""
    drop.put_rows([VIN, "0", "", "", "", ""])
    (record,) = drop.ask(ASKED).records
    assert record.status is RecordStatus.UNPAID
    assert (record.voucher_no, record.issued_on, record.taxpayer) == (None, None, None)


def test_an_empty_list_that_is_full_says_no_record(drop):
    """Nobody on the list: that is something the bureau said, too."""
    drop.put_rows()
    assert drop.ask(ASKED).records == ()


def test_contradictory_rows_all_arrive(drop):
    """Faults 43 and 44: nothing chooses between two rows of one vehicle."""
    drop.put_rows(ROW, changed(完税状态="0"), [OTHER_VIN, "免", "", "", "", ""])
    statuses = [record.status for record in drop.ask(ASKED).records]
    assert statuses == [RecordStatus.PAID, RecordStatus.UNPAID]


def test_further_columns_are_tolerated(drop):
    """Fault 38: a column no part comes from is not read."""
    drop.put_rows([*ROW, "whatever"], header=[*HEADER, "备注"])
    assert len(drop.ask(ASKED).records) == 1


def test_gb18030_is_read_where_the_layout_says_so(tmp_path):
    """Fault 34: the encoding is stated, never guessed."""
    file = tmp_path / "gb.toml"
    text = '[layouts.purchase-tax]\nencoding = "gb18030"\n' + LAYOUT
    file.write_text(text, encoding="utf-8")
    drop = Drop(tmp_path / "drop", read_layouts(file))
    drop.put_rows(ROW, encoding="gb18030")
    assert drop.ask(ASKED).records[0].taxpayer.name == "甲某"


def test_a_list_is_read_once(drop, monkeypatch):
    """After the first question nothing is read again until something changes."""
    drop.put_rows(ROW)
    read = []
    real = drop_folder._read
    monkeypatch.setattr(drop_folder, "_read", lambda *a: read.append(a) or real(*a))
    for _ in range(5):
        drop.ask(ASKED)
    assert len(read) == 2
    drop.put_rows(changed(完税状态="0"), name="list.csv")
    assert drop.ask(ASKED).records[0].status is RecordStatus.UNPAID
    assert len(read) == 4


def test_lists_can_be_read_ahead(drop, monkeypatch):
    """No question waits for a long list where somebody has seen to it; old ones are left alone."""
    drop.put_rows(ROW)
    drop.put_rows(ROW, name="old.csv", as_of="2026-11-20T10:00:00+08:00")
    drop.put_rows(ROW, name="bad.csv", sha256="0" * 64, as_of="2026-11-23T01:00:00+08:00")
    calls = []
    real = drop_files.rows_of_csv
    monkeypatch.setattr(drop_files, "rows_of_csv", lambda *a: calls.append(a) or real(*a))
    drop.source.refresh(Deadline(10))
    assert len(calls) == 1
    assert len(drop.ask(ASKED).records) == 1
    assert len(calls) == 1
    with pytest.raises(SourceError):
        drop.source.refresh(Deadline(0))
    shutil.rmtree(drop.folder)
    with pytest.raises(SourceError):
        drop.source.refresh(Deadline(10))


def test_threads_that_want_the_same_list_read_it_once(drop, monkeypatch):
    """Fault 77: memory holds a list once, however many ask for it first."""
    drop.put_rows(*[[f"1M8GDM9AXKP{n:06d}", "1", "", "", "", ""] for n in range(2000)])
    calls = []
    real = drop_files.rows_of_csv
    monkeypatch.setattr(drop_files, "rows_of_csv", lambda *a: calls.append(a) or real(*a))
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(drop.ask(ASKED))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(answer.records) for answer in answers] == [1] * 8
    assert len(calls) == 1


# What a list is about -----------------------------------------------------------------------------


def test_a_list_that_is_not_full_answers_nothing(drop):
    """Neither a missing row nor one that is there: what it leaves out may be a refund."""
    drop.put_rows(ROW, lists=[coverage(full=False)])
    assert drop.refused(ASKED).cause is C.NOT_OPENED
    assert drop.refused(OTHER).cause is C.NOT_OPENED


def test_a_matter_no_list_is_about_is_not_opened(drop):
    """Another tax is another item of the sharing catalogue (Order Art. 18)."""
    drop.put_rows(ROW)
    asked = Inquiry(matter=Matter.VEHICLE_AND_VESSEL_TAX, vin=Vin(VIN))
    assert drop.refused(asked).cause is C.NOT_OPENED


def test_the_newest_list_decides(drop):
    """What was on an older one no longer counts, be it paid or not."""
    drop.put_rows(ROW, name="old.csv", as_of="2026-11-23T01:00:00+08:00")
    drop.put_rows(name="new.csv", as_of="2026-11-23T09:30:00+08:00")
    assert drop.ask(ASKED).records == ()


def test_a_newer_list_puts_the_older_out_of_force_even_if_it_cannot_be_used(drop):
    """Nobody falls back on what the bureau has replaced: the newer one may say refunded."""
    drop.put_rows(ROW, name="old.csv", as_of="2026-11-23T01:00:00+08:00")
    drop.put_rows(ROW, name="new.csv", sha256="0" * 64)
    assert drop.refused(ASKED).cause is C.SERVER_FAULT


def test_a_newer_list_that_is_not_full_puts_the_older_out_of_force(drop):
    """Changes only: the full list is no longer all there is, and they alone are not either."""
    drop.put_rows(ROW, name="old.csv", as_of="2026-11-23T01:00:00+08:00")
    drop.put_rows(name="new.csv", lists=[coverage(full=False)])
    assert drop.refused(ASKED).cause is C.NOT_OPENED


def test_two_lists_of_one_instant_are_not_trusted(drop):
    """Nothing says which of them holds."""
    drop.put_rows(ROW, name="a.csv")
    drop.put_rows(name="b.csv")
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


@pytest.mark.parametrize(
    ("limits", "years", "cause"),
    [
        ({"years": [2025, 2026]}, (2026,), None),
        ({"years": [2025, 2026]}, (2025, 2026), None),
        ({"years": [2026]}, (2025, 2026), C.NOT_OPENED),
        ({"years": [2026]}, (), C.NOT_OPENED),
        ({"years": [2024]}, (2026,), C.NOT_OPENED),
        ({"divisions": ["140105"]}, (2026,), C.NOT_OPENED),
        ({"checkpoint": "property-title"}, (2026,), C.NOT_OPENED),
    ],
)
def test_limits_of_a_list_are_heeded(drop, limits, years, cause):
    """A year outside the list is unknown, not unpaid; a vehicle has no division to be sure of."""
    drop.put_rows(lists=[coverage(**limits)])
    asked = Inquiry(matter=Matter.VEHICLE_PURCHASE_TAX, vin=Vin(OTHER_VIN), years=years)
    if cause is None:
        assert drop.ask(asked).records == ()
    else:
        assert drop.refused(asked).cause is cause


def test_lists_of_two_divisions_stand_side_by_side(tmp_path):
    """Each unit is looked up in the list of the county it was coded in."""
    drop = Drop(tmp_path / "drop", shipped_layouts())
    header = [
        "matter",
        "unit",
        "status",
        "taxpayer_id_type",
        "taxpayer_number",
        "taxpayer_name",
        "voucher_no",
        "cancels",
        "issued_on",
        "authority",
        "contract_no",
        "role",
        "share_part",
        "share_of",
        "price",
        "instalment_plan",
    ]
    person = Person(IdType.PASSPORT, "P0000001")

    def put(division, as_of):
        unit = f"{division}001001GB00001F00010001"
        row = ["deed-tax", unit, "paid", "passport", "P0000001", *[""] * 10, "false"]
        limits = {
            "matter": "deed-tax",
            "checkpoint": "property-title",
            "full": True,
            "divisions": [division],
            "years": None,
        }
        drop.put_rows(
            row,
            header=header,
            name=f"{division}.csv",
            layout="property-title",
            as_of=as_of,
            lists=[limits],
        )
        return Inquiry(matter=Matter.DEED_TAX, unit=UnitCode(unit), person=person)

    first = put("140105", "2026-11-23T08:00:00+08:00")
    second = put("140106", "2026-11-23T09:00:00+08:00")
    assert len(drop.ask(first).records) == len(drop.ask(second).records) == 1
    third = Inquiry(
        matter=Matter.DEED_TAX, unit=UnitCode("140107001001GB00001F00010001"), person=person
    )
    assert drop.refused(third).cause is C.NOT_OPENED


def test_rows_of_another_matter_than_the_manifest_names_are_refused(drop):
    """File and manifest do not belong together."""
    lists = [coverage(matter="vehicle-and-vessel-tax")]
    drop.put_rows(ROW, lists=lists)
    asked = Inquiry(matter=Matter.VEHICLE_AND_VESSEL_TAX, vin=Vin(VIN))
    assert drop.refused(asked).cause is C.MALFORMED_RESPONSE


# 46, 47, 95: time ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "cause"),
    [
        (..., C.STALE_ANSWER),
        (None, C.STALE_ANSWER),
        ("2026-11-22T09:59:59+08:00", C.STALE_ANSWER),
        ("2026-11-22T10:00:00+08:00", None),
        ("2026-11-23T02:05:00Z", None),
        ("2026-11-23T10:05:01+08:00", C.CLOCK_SKEW),
        ("2026-11-23T09:00:00", C.MALFORMED_RESPONSE),
        ("2026-11-23", C.MALFORMED_RESPONSE),
    ],
)
def test_a_list_is_as_fresh_as_its_manifest_says(drop, as_of, cause):
    """Faults 46, 47 and 95: a day old at most, five minutes ahead at most, and with an offset."""
    drop.put_rows(ROW, as_of=as_of)
    if cause is None:
        assert len(drop.ask(ASKED).records) == 1
    else:
        assert drop.refused(ASKED).cause is cause


def test_a_list_grows_old_without_being_read_again(drop):
    """Freshness is judged at each question, not when the list was read."""
    drop.put_rows(ROW)
    assert len(drop.ask(ASKED).records) == 1
    drop.now += timedelta(hours=23, seconds=1)
    assert drop.refused(ASKED).cause is C.STALE_ANSWER


def test_a_list_without_instant_may_be_the_newest(drop):
    """Fault 46: it cannot be passed over for one that says how old it is."""
    drop.put_rows(ROW, name="old.csv")
    drop.put_rows(name="new.csv", as_of=...)
    assert drop.refused(ASKED).cause is C.STALE_ANSWER


# 74: what was not properly handed over ------------------------------------------------------------


def test_an_empty_or_missing_folder_is_an_outage(drop):
    """Fault 74: nothing was handed over, and nothing is known."""
    assert drop.refused(ASKED).cause is C.SERVER_FAULT
    drop.folder.rmdir()
    assert drop.refused(ASKED).cause is C.SERVER_FAULT


def test_a_file_without_manifest_is_not_there_yet(drop):
    """Fault 74: half-written files have none."""
    (drop.folder / "list.csv").write_bytes(csv_of([HEADER, ROW]))
    assert drop.refused(ASKED).cause is C.SERVER_FAULT


def test_a_manifest_under_another_name_is_none(drop):
    """Fault 74: one that is renamed late counts from when it has its name, not before."""
    path = drop.put_rows(ROW)
    hidden = path.rename(path.with_name("." + path.name))
    assert drop.refused(ASKED).cause is C.SERVER_FAULT
    part = hidden.rename(path.with_name(path.name + ".part"))
    assert drop.refused(ASKED).cause is C.SERVER_FAULT
    part.rename(path)
    assert len(drop.ask(ASKED).records) == 1


def test_a_file_renamed_late_is_awaited(drop):
    """Fault 74: the manifest came first; when the file comes, it is read."""
    drop.put_rows(ROW)
    file = drop.folder / "list.csv"
    late = file.rename(drop.folder / "list.csv.part")
    assert drop.refused(ASKED).cause is C.SERVER_FAULT
    late.rename(file)
    assert len(drop.ask(ASKED).records) == 1


@pytest.mark.parametrize("cut", [1, 20, 120])
def test_a_half_written_file_is_an_outage(drop, cut):
    """Fault 74: fewer bytes than were summed; once they are there, it is read."""
    drop.put_rows(ROW)
    file = drop.folder / "list.csv"
    whole = file.read_bytes()
    file.write_bytes(whole[:-cut])
    assert drop.refused(ASKED).cause is C.SERVER_FAULT
    file.write_bytes(whole)
    assert len(drop.ask(ASKED).records) == 1


def test_a_half_written_manifest_is_an_outage(drop):
    """Fault 74: wherever it stops, nothing is made of it, and it comes right by itself."""
    path = drop.put_rows(ROW)
    whole = path.read_bytes()
    for length in (0, 1, 40, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert drop.refused(ASKED).cause is C.SERVER_FAULT, length
    path.write_bytes(whole)
    assert len(drop.ask(ASKED).records) == 1


def test_one_manifest_that_cannot_be_read_stops_everything(drop):
    """It may be the newest, and about anything."""
    drop.put_rows(ROW)
    (drop.folder / "z.manifest.json").write_bytes(b'{"version"')
    assert drop.refused(ASKED).cause is C.SERVER_FAULT


def test_a_file_said_to_be_incomplete_is_an_outage(drop):
    """Fault 74: the bureau itself says that it is not whole."""
    drop.put_rows(ROW, complete=False)
    assert drop.refused(ASKED).cause is C.SERVER_FAULT


def test_a_file_replaced_after_it_was_read_is_not_used(drop):
    """Fault 74: other bytes under the same name, even of the same length and time."""
    drop.put_rows(ROW)
    assert len(drop.ask(ASKED).records) == 1
    file = drop.folder / "list.csv"
    found = file.stat()
    content = file.read_bytes().replace(b"0001E05", b"0002E05")
    new = drop.folder / "new"
    new.write_bytes(content)
    os.utime(new, ns=(found.st_atime_ns, found.st_mtime_ns))
    new.rename(file)
    assert file.stat().st_size == found.st_size
    assert drop.refused(ASKED).cause is C.SERVER_FAULT


@pytest.mark.parametrize("mode", ["ab", "r+b"])
def test_a_file_written_to_while_it_is_read_is_not_used(drop, monkeypatch, mode):
    """Fault 74: what changes under the reader is refused, whichever half the sum would fit."""
    drop.put_rows(ROW)
    file = drop.folder / "list.csv"
    real = os.read

    def read(number, size):
        part = real(number, size)
        if part.startswith("车".encode()):
            with file.open(mode) as out:
                out.write("车".encode())
        return part

    monkeypatch.setattr(drop_folder.os, "read", read)
    assert drop.refused(ASKED).cause is C.SERVER_FAULT


def test_a_file_replaced_between_look_and_read_is_not_used(drop, monkeypatch):
    """Fault 74: what was looked at and what was opened are the same file, or nothing."""
    drop.put_rows(ROW)
    file = drop.folder / "list.csv"
    real = drop_folder.Folder.read

    def read(self, name, largest):
        if name == "list.csv":
            copy = drop.folder / "copy"
            shutil.copy(file, copy)
            copy.rename(file)
        return real(self, name, largest)

    monkeypatch.setattr(drop_folder.Folder, "read", read)
    assert drop.refused(ASKED).cause is C.SERVER_FAULT


def test_a_disk_that_fails_once_is_read_again(drop, monkeypatch):
    """What keeps a file from being read may pass; it is not held against the file."""
    drop.put_rows(ROW)
    real = os.read
    failing = [True]

    def read(number, size):
        part = real(number, size)
        if failing and part.startswith("车".encode()):
            raise OSError(failing.pop())
        return part

    monkeypatch.setattr(drop_folder.os, "read", read)
    assert drop.refused(ASKED).cause is C.SERVER_FAULT
    assert len(drop.ask(ASKED).records) == 1


def test_links_are_not_followed(drop, tmp_path):
    """Fault 74: neither a file, a manifest nor the folder may be a link to somewhere else."""
    path = drop.put_rows(ROW)
    file = drop.folder / "list.csv"
    outside = file.rename(tmp_path / "outside.csv")
    file.symlink_to(outside)
    assert drop.refused(ASKED).cause is C.SERVER_FAULT
    outside.rename(file)
    assert len(drop.ask(ASKED).records) == 1
    moved = path.rename(tmp_path / "outside.json")
    path.symlink_to(moved)
    assert drop.refused(ASKED).cause is C.SERVER_FAULT
    (tmp_path / "link").symlink_to(drop.folder)
    with pytest.raises(ConfigError, match="link"):
        DropFilesSource(tmp_path / "link")


@pytest.mark.parametrize(
    "name",
    [
        "../outside.csv",
        "/etc/passwd.csv",
        "sub/list.csv",
        "..\\outside.csv",
        "c:list.csv",
        ".csv",
        ".hidden.csv",
        "a\x00.csv",
        "a\n.csv",
        "a\u202e.csv",
        "x" * 201 + ".csv",
    ],
)
def test_a_manifest_names_a_file_of_its_folder_only(drop, tmp_path, name):
    """Fault 74: nothing in a manifest leads out of the folder."""
    content = csv_of([HEADER, ROW])
    (tmp_path / "outside.csv").write_bytes(content)
    (drop.folder / "sub").mkdir()
    (drop.folder / "sub" / "list.csv").write_bytes(content)
    drop.put(content, rows=1, file=name)
    assert drop.refused(ASKED).cause in (C.SERVER_FAULT, C.MALFORMED_RESPONSE)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_only_plain_files_are_read(drop, make):
    """A pipe would be waited for; a folder is no file."""
    drop.put_rows(ROW)
    file = drop.folder / "list.csv"
    file.unlink()
    make(file)
    began = time.monotonic()
    assert drop.refused(ASKED).cause is C.SERVER_FAULT
    assert time.monotonic() - began < 2


def test_a_folder_that_does_not_respond_is_given_up_at_the_deadline(drop, monkeypatch):
    """A network drive that is gone blocks whoever reads it; the office does not wait."""
    drop.put_rows(ROW)
    gone = threading.Event()
    monkeypatch.setattr(drop_files, "Folder", lambda _: gone.wait(10))
    began = time.monotonic()
    assert drop.refused(ASKED, seconds=0.3).cause is C.TIMEOUT
    assert time.monotonic() - began <= 0.4
    gone.set()


def test_a_folder_with_too_many_manifests_is_an_outage(drop, monkeypatch):
    """Nobody clears it; it is not searched for ever."""
    monkeypatch.setattr(drop_files, "_MOST_MANIFESTS", 3)
    for number in range(4):
        drop.put_rows(ROW, name=f"{number}.csv")
    assert drop.refused(ASKED).cause is C.SERVER_FAULT


# Manifests ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"version": 2}, {"version": "1"}, {"version": ...}, {"rows": "1"}, {"rows": -1},
        {"rows": ...}, {"rows": True}, {"sha256": "0" * 63}, {"sha256": "G" * 64},
        {"sha256": ...}, {"complete": "true"}, {"complete": 1}, {"complete": ...},
        {"file": ...}, {"file": "list.xlsx"}, {"file": "list.xlsm", "format": "xlsx"},
        {"format": "xls"}, {"format": "xlsm"}, {"layout": ...}, {"lists": ...}, {"lists": {}},
        {"lists": [coverage(full="true")]}, {"lists": [coverage(matter="tax")]},
        {"lists": [{"matter": "vehicle-purchase-tax", "checkpoint": "vehicle", "full": True}]},
        {"surprise": 1},
    ],
)  # fmt: skip
def test_a_manifest_is_read_strictly(drop, fields):
    """What is missing, of another kind or unknown is no promise; no limit goes without saying."""
    drop.put_rows(ROW, **fields)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


def test_a_manifest_that_says_a_thing_twice_is_not_trusted(drop):
    """Fault 26: one reader would take the first count, another the last."""
    path = drop.put_rows(ROW)
    path.write_text(path.read_text().replace('"rows": 1', '"rows": 2, "rows": 1'))
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


@pytest.mark.parametrize("rows", [0, 2, 1000])
def test_the_count_has_to_fit(drop, rows):
    """Faults 45, 73 and 74: rows that are missing, or too many, make the whole list doubtful."""
    drop.put_rows(ROW, rows=rows)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


def test_a_layout_nobody_configured_is_not_guessed(drop):
    """Columns mean nothing without their layout."""
    drop.put_rows(ROW, layout="other")
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


def test_formats_that_are_not_taken_are_refused(tmp_path):
    """Workbooks are read only where the configuration says so."""
    drop = Drop(tmp_path / "drop", formats=(Format.CSV,))
    drop.put(workbook([HEADER, ROW]), "list.xlsx", rows=1)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


# 54, 36, 72: cells --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        {"车辆识别代号": ""},
        {"车辆识别代号": "１M8GDM9AXKP000001"},
        {"车辆识别代号": "1M8GDM9AXKP00000١"},
        {"车辆识别代号": " 1M8GDM9AXKP000001"},
        {"车辆识别代号": "1M8GDM9AXKP000001\u200b"},
        {"车辆识别代号": "1M8GDM9AXKPО00001"},
        {"身份证号": "1.1010519491231e+17"},
        {"身份证号": "1.10105E+17"},
        {"身份证号": "110105194912310000"},
        {"身份证号": "１1010519491231002X"},
        {"完税凭证号": "1.1010519491231e+17"},
        {"完税凭证号": "1E+17"},
        {"完税凭证号": "a\x07b"},
        {"姓名": "甲\u202e某"},
        {"开具日期": "2026-02-28"},
        {"开具日期": "20260230"},
        {"开具日期": "２0260228"},
        {"开具日期": "260228"},
    ],
)
def test_cells_are_read_strictly(drop, cells):
    """Faults 54, 72 and 95: rounded, repaired or look-alike text makes the list unusable."""
    drop.put_rows(ROW, changed(**cells))
    outage = drop.refused(ASKED)
    assert outage.cause is C.MALFORMED_RESPONSE
    assert "row 3" in outage.detail


@pytest.mark.parametrize("code", ["N", "false", "１", "01", "1 ", "paid", "2", "=1"])
def test_a_code_no_table_knows_is_unknown(drop, code):
    """Faults 36 and 37: an exact look-up; nothing is trimmed, folded or counted."""
    drop.put_rows(changed(完税状态=code))
    assert drop.refused(ASKED).cause is C.UNKNOWN_CODE


def test_a_word_of_the_wire_nobody_knows_is_unknown(tmp_path):
    """Faults 36 and 37: the same where the columns speak the words of the wire."""
    drop = Drop(tmp_path / "drop", shipped_layouts())
    header = ["matter", "uscc", "status", "name", "voucher_no", "cancels", "issued_on",
              "authority", "document", "raised_on"]  # fmt: skip
    row = ["clearance", "91149999MA0000001C", "cleared", *[""] * 7]
    lists = [coverage(matter="clearance", checkpoint="deregistration")]
    drop.put_rows(row, header=header, layout="deregistration", lists=lists)
    outage = drop.refused(Inquiry(matter=Matter.CLEARANCE, company=Uscc("91149999MA0000001C")))
    assert outage.cause is C.UNKNOWN_CODE
    assert outage.detail.startswith("row 2, status: ")


def test_a_missing_status_is_no_status(drop):
    """Fault 35: an empty cell is never a default."""
    drop.put_rows(changed(完税状态=""))
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE x; --", "=cmd|' /C calc'!A0", "{0.__class__}", "{{7*7}}", "%s", "\\N"]
)
def test_cells_are_data(drop, text):
    """Fault 59: whatever stands in a cell is text, and is carried as it is."""
    drop.put_rows(changed(完税凭证号=text))
    assert drop.ask(ASKED).records[0].voucher_no == text


# 73: CSV ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"0001E05", b'"0001E05'),
        lambda text: text.replace(b"0001E05", b'"00"01E05"'),
        lambda text: text.replace(b"0001E05", b"0001\0E05"),
        lambda text: text.replace(b",20260228", b""),
        lambda text: text.replace(b",20260228", b",20260228,"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.decode().encode("gb18030"),
        lambda text: text.decode().encode("utf-16"),
        lambda text: text + b"\xff",
        lambda text: text + b"\r\n\r\n",
        lambda text: text.replace("姓名".encode(), "身份证号".encode()),
        lambda text: text.replace("姓名".encode(), b""),
        lambda text: text.replace("完税状态".encode(), "状态".encode()),
        lambda text: text.replace("完税状态".encode(), " 完税状态".encode()),
        lambda text: text.replace(b",", b";"),
        lambda text: text.replace(b"0001E05", b"x" * 200_000),
        lambda _: b"",
    ],
    ids=[
        "open-quote", "quote-inside", "nul", "short-row", "long-row", "bom", "gb18030", "utf-16",
        "bad-utf-8", "blank-row", "header-twice", "header-empty", "header-missing", "header-blank",
        "semicolons", "huge-cell", "empty",
    ],
)  # fmt: skip
def test_csv_is_read_strictly(drop, change):
    """Faults 34, 45 and 73: one encoding, one width, every quote closed."""
    content = csv_of([HEADER, ROW, [OTHER_VIN, *ROW[1:]]])
    assert change(content) != content
    drop.put(change(content), rows=2)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


def test_an_open_quote_that_swallows_rows_is_found_even_if_closed_again(drop):
    """Fault 73: two quotes rows apart make one cell of many; the count tells."""
    rows = [HEADER, ROW, [OTHER_VIN, *ROW[1:]]]
    text = csv_of(rows).decode()
    content = text.replace("甲某\r\n", '"甲某\r\n', 1)
    content = content[: content.rindex("甲某")] + '甲某"\r\n'
    drop.put(content.encode(), rows=2)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


def test_a_file_beyond_the_limits_is_not_read(tmp_path):
    """Faults 31 and 69: neither more bytes nor more rows than were allowed."""
    drop = Drop(tmp_path / "drop", largest=1000, most_rows=3)
    drop.put_rows(*[ROW] * 4)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE
    drop.put_rows(*[ROW] * 30)
    assert drop.refused(ASKED).cause is C.OVERSIZE_RESPONSE
    drop.put_rows(*[ROW] * 3)
    assert len(drop.ask(ASKED).records) == 3


# 72: XLSX -----------------------------------------------------------------------------------------


def workbook(rows, change=lambda *_: None):
    """Return a workbook with these rows, every cell as text, and a change."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


def repacked(content, change):
    """Return a workbook whose parts were changed: `change` takes and returns a dict of them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in change(parts).items():
            archive.writestr(name, part)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def edited(part, old, new):
    """Return a change of one part."""

    def change(parts):
        text = parts[part]
        assert old in text
        return {**parts, part: text.replace(old, new, 1)}

    return change


def test_a_workbook_is_read_like_any_list(drop):
    """Text cells, and a day that is stored as one."""
    rows = [HEADER, [*ROW[:3], datetime(2026, 2, 28), *ROW[4:]]]  # noqa: DTZ001 - as Excel has it
    drop.put(workbook(rows), "list.xlsx", rows=1)
    (record,) = drop.ask(ASKED).records
    assert record.issued_on == date(2026, 2, 28)
    assert record.taxpayer.number == "11010519491231002X"


def test_trailing_empty_rows_and_cells_are_no_rows(drop):
    """Formatted and never filled; the count tells them from lost ones."""

    def change(_, sheet):
        for number in range(3, 9):
            sheet.cell(number, 9).font = openpyxl.styles.Font(bold=True)

    drop.put(workbook([HEADER, [VIN, "0"]], change), "list.xlsx", rows=1)
    assert len(drop.ask(ASKED).records) == 1


def hidden_row(_, sheet):
    """Hide the row that says unpaid."""
    sheet.row_dimensions[2].hidden = True


def hidden_column(_, sheet):
    """Hide the column that says so."""
    sheet.column_dimensions["B"].hidden = True


def flat_row(_, sheet):
    """Make a row too flat to be seen."""
    sheet.row_dimensions[2].height = 0.3


def merged(_, sheet):
    """Merge two cells."""
    sheet.merge_cells("C2:D2")


def second_sheet(book, _):
    """Add a sheet."""
    book.create_sheet("more")


def hidden_sheet(book, _):
    """Add a sheet nobody sees."""
    book.create_sheet("more").sheet_state = "veryHidden"


def formula(_, sheet):
    """Let the status be worked out."""
    sheet["B2"] = "=1"


def number(_, sheet):
    """Store the citizen number as a number."""
    sheet["E2"] = 1.1010519491231e17


def whole_number(_, sheet):
    """Store the status as a number."""
    sheet["B2"] = 1


def moment(_, sheet):
    """Store an instant where a day is due."""
    sheet["D2"] = datetime(2026, 2, 28, 8, 30)  # noqa: DTZ001 - as Excel has it


def truth(_, sheet):
    """Store the status as true."""
    sheet["B2"] = True


def error_cell(_, sheet):
    """Leave an error where a number was looked up."""
    sheet["C2"] = "#N/A"


def blank_row(_, sheet):
    """Leave a row empty in the middle."""
    sheet.insert_rows(2)


def too_wide(_, sheet):
    """Fill a cell far to the right."""
    sheet["ZZZ2"] = "x"


@pytest.mark.parametrize(
    "change",
    [
        hidden_row,
        hidden_column,
        flat_row,
        merged,
        second_sheet,
        hidden_sheet,
        formula,
        number,
        whole_number,
        moment,
        truth,
        error_cell,
        blank_row,
        too_wide,
    ],
)
def test_workbooks_that_hide_merge_or_compute_are_refused(drop, change):
    """Fault 72: what a spreadsheet shows and what it holds must be the same, and text."""
    rows = 2 if change is blank_row else 1
    drop.put(workbook([HEADER, ROW], change), "list.xlsx", rows=rows)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: {**parts, "xl/vbaProject.bin": b"x"},
        lambda parts: {**parts, "xl/macrosheets/sheet1.xml": b"<x/>"},
        lambda parts: {**parts, "xl/externalLinks/externalLink1.xml": b"<x/>"},
        lambda parts: {**parts, "xl/embeddings/oleObject1.bin": b"x"},
        lambda parts: {**parts, "xl/connections.xml": b"<x/>"},
        edited("[Content_Types].xml", b"sheet.main+xml", b"sheet.macroEnabled.main+xml"),
        edited(SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        edited(SHEET, b"<sheetFormatPr", b'<sheetFormatPr zeroHeight="1"'),
        edited(SHEET, b"</sheetData>", b""),
        edited("xl/workbook.xml", b'state="visible"', b'state="hidden"'),
        lambda parts: {name: part for name, part in parts.items() if name != SHEET},
        lambda parts: {**parts, "xl/extra.xml": "<!DOCTYPE x><x/>".encode("utf-16")},
        lambda parts: {**parts, **{f"xl/{n}.txt": b"" for n in range(1001)}},
    ],
    ids=[
        "macros",
        "macro-sheet",
        "links",
        "object",
        "connections",
        "macro-type",
        "entity",
        "no-height",
        "no-xml",
        "hidden",
        "no-sheet",
        "utf-16",
        "many",
    ],
)
def test_workbooks_with_anything_active_are_refused(drop, change):
    """Faults 70 and 72: macros, links, objects, entities, and archives that are none."""
    content = repacked(workbook([HEADER, ROW]), change)
    drop.put(content, "list.xlsx", rows=1)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"not a zip", csv_of([HEADER, ROW]), workbook([HEADER, ROW])[:-30]],
    ids=["empty", "pk", "text", "csv", "cut"],
)
def test_what_is_no_workbook_is_refused(drop, content):
    """Fault 72: nothing but a whole workbook is read as one."""
    drop.put(content, "list.xlsx", rows=1)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


def test_a_formula_without_its_element_is_still_none(drop):
    """Text that looks like a formula is text where the cell says so."""

    def change(_, sheet):
        sheet["C2"].value = "=1+1"
        sheet["C2"].data_type = "s"

    drop.put(workbook([HEADER, ROW], change), "list.xlsx", rows=1)
    assert drop.ask(ASKED).records[0].voucher_no == "=1+1"


def test_a_sheet_that_states_a_smaller_size_is_read_whole(drop):
    """Fault 72: rows beyond the size it states are there, and count."""
    content = workbook([HEADER, *[ROW] * 5])
    content = repacked(
        content,
        lambda parts: {
            **parts,
            SHEET: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:F2"', parts[SHEET]),
        },
    )
    drop.put(content, "list.xlsx", rows=1)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE
    drop.put(content, "list.xlsx", rows=5)
    assert len(drop.ask(ASKED).records) == 5


def test_a_zip_bomb_is_measured_and_not_unpacked(drop, monkeypatch):
    """Fault 72: one part that grows a thousandfold stops the file before anything is unpacked."""
    content = repacked(
        workbook([HEADER, ROW]), lambda parts: {**parts, "xl/bomb.xml": b" " * (8 << 20)}
    )
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("was unpacked"))
    drop.put(content, "list.xlsx", rows=1)
    assert drop.refused(ASKED).cause is C.OVERSIZE_RESPONSE


def test_many_small_parts_do_not_add_up_to_a_bomb(tmp_path):
    """Fault 72: all parts together have a limit, too."""
    drop = Drop(tmp_path / "drop", largest=100_000)
    filler = os.urandom(9_000) * 100
    content = repacked(
        workbook([HEADER, ROW]), lambda parts: {**parts, "xl/a.bin": filler[:900_000]}
    )
    assert len(content) < 100_000
    drop.put(content, "list.xlsx", rows=1)
    assert drop.refused(ASKED).cause is C.OVERSIZE_RESPONSE


def test_a_part_that_lies_about_its_size_is_refused(drop):
    """Fault 72: the archive says that it is small; what comes out is not read past that."""
    content = bytearray(
        repacked(workbook([HEADER, ROW]), lambda parts: {**parts, "xl/z.xml": b" " * (4 << 20)})
    )
    directory = content.index(b"PK\x01\x02", content.rindex(b"xl/z.xml") - 50)
    content[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    drop.put(bytes(content), "list.xlsx", rows=1)
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE


def test_rows_far_down_do_not_cost_memory(drop):
    """A cell in the last row of a sheet is refused without a million empty rows."""
    drop.source = DropFilesSource(
        drop.folder,
        layouts=drop.source._layouts,
        formats=tuple(Format),
        most_rows=100,
        clock=lambda: drop.now,
    )

    def change(_, sheet):
        sheet["A1048576"] = "x"

    drop.put(workbook([HEADER, ROW], change), "list.xlsx", rows=1)
    began = time.monotonic()
    assert drop.refused(ASKED).cause is C.MALFORMED_RESPONSE
    assert time.monotonic() - began < 2


def test_without_the_extra_it_says_so_at_start(drop, monkeypatch):
    """Who wants workbooks and has no reader for them learns it at once."""

    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(drop_xlsx, "import_module", missing)
    with pytest.raises(MissingExtraError, match=r"taxgate\[xlsx\]"):
        DropFilesSource(drop.folder, formats=(Format.XLSX,))
    DropFilesSource(drop.folder)


# Errors, settings, layouts ------------------------------------------------------------------------


def test_nothing_of_a_cell_shows_in_an_outage(drop, caplog):
    """Row and part are named; what stands there is not, nor a number in the name of a file."""
    caplog.set_level(logging.DEBUG)
    drop.put_rows(changed(身份证号="110105194912310021"), name=f"{VIN}.csv")
    with pytest.raises(SourceError) as caught:
        drop.ask(ASKED)
    shown = f"{caught.value} {caught.value!r} {caplog.text}"
    assert "row 2" in shown
    assert "taxpayer.number" in shown
    for part in (VIN, "110105194912310021", "甲某"):
        assert part not in shown
    assert caught.value.__context__ is None
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_passing_outage_is_no_error_in_the_log(drop, caplog):
    """A file that is not whole yet is worth a warning."""
    drop.put_rows(ROW, complete=False)
    drop.refused(ASKED)
    drop.refused(ASKED)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_folder_everybody_may_write_is_refused_at_start(tmp_path):
    """Anybody could hand over a list."""
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(ConfigError, match="everybody"):
        DropFilesSource(folder)
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="no folder"):
        DropFilesSource(tmp_path / "file")


def built(table, beside):
    """Return what a table of the configuration makes, and the faults there are."""
    loader = config._Loader(Path(beside) / "x.toml", lambda: AT, time.monotonic, time.sleep)
    made = config.Settings(loader, "sources.lists", table)
    try:
        return from_settings(made), loader._faults
    except ConfigError as error:
        return None, [*loader._faults, *error.faults]
    finally:
        made.finish()


def test_a_table_of_the_configuration_makes_a_source(tmp_path):
    """Every key is used, and the source has the name of its table."""
    drop = Drop(tmp_path / "drop")
    drop.put_rows(ROW)
    source, faults = built(
        {
            "folder": "drop",
            "layouts": "layouts.toml",
            "formats": ["csv", "xlsx"],
            "max_age_seconds": 7200,
            "largest_bytes": 100_000,
            "most_rows": 10,
        },
        tmp_path,
    )
    assert faults == []
    answer = source.query(ASKED, Deadline(5))
    assert (answer.source, len(answer.records)) == ("lists", 1)


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({}, "sources.lists.folder"),
        ({"folder": "drop", "formats": ["xls"]}, "formats"),
        ({"folder": "drop", "formats": []}, "formats"),
        ({"folder": "drop", "layouts": "none.toml"}, "layouts"),
        ({"folder": "drop", "max_age_seconds": 86401}, "sources.lists.max_age_seconds"),
    ],
)
def test_faults_of_a_table_are_named(tmp_path, table, place):
    """A start with a wrong configuration fails and says where."""
    _, faults = built(table, tmp_path)
    assert place in {found for found, _ in faults}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "layouts"),
        ("x = ", "layouts"),
        ("[other]", "layouts"),
        ("layouts = 1", "layouts"),
        ("[layouts.a]", "layouts.a.subject"),
        ("[layouts.a]\nsubject = {matter='m'}", "layouts.a.record"),
        ("[layouts.a]\nencoding = 'gbk'", "layouts.a.encoding"),
        ("[layouts.a]\nfoo = 1", "layouts.a"),
        ("[layouts.a.record]\nmatter = 'm'", "layouts.a.record"),
        ("[layouts.a.record]\nmatter = 1\nstatus = 's'", "layouts.a.record.matter"),
        ("[layouts.a.record]\nmatter = {}\nstatus = 's'", "layouts.a.record.matter"),
        (
            "[layouts.a.record]\nmatter = 'm'\nstatus = {column='s', value='p'}",
            "layouts.a.record.status",
        ),
        (
            "[layouts.a.record]\nmatter = 'm'\nstatus = {column='s', codes={}}",
            "layouts.a.record.status",
        ),
        (
            "[layouts.a.record]\nmatter = 'm'\nstatus = {column='s', codes={a=1.5}}",
            "layouts.a.record.status",
        ),
        (
            "[layouts.a.record]\nmatter = 'm'\nstatus = {column='s', kind='number'}",
            "layouts.a.record.status",
        ),
        (
            "[layouts.a.record]\nmatter = 'm'\nstatus = {column='s', kind='day', form='DMY'}",
            "layouts.a.record.status",
        ),
        (
            "[layouts.a.record]\nmatter = 'm'\nstatus = {column='s', codes={a='b'}, kind='whole'}",
            "layouts.a.record.status",
        ),
        (
            "[layouts.a.record]\nmatter = 'm'\nstatus = {column='s', optional='yes'}",
            "layouts.a.record.status",
        ),
        ("[layouts.a.record]\nmatter = 'm'\nstatus = {value=1.5}", "layouts.a.record.status"),
        ("[layouts.a.record]\nmatter = 'm'\nstatus = 's'\n'A b' = 's'", "layouts.a.record.A b"),
        (
            "[layouts.a.subject]\nmatter = 'm'\nvin = {column='v', optional=true}",
            "layouts.a.subject.vin",
        ),
    ],
)
def test_faults_of_a_layout_are_named(tmp_path, text, place):
    """A column map that leaves something open is refused at start, with the place."""
    file = tmp_path / "layouts.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_layouts(file)
    assert place in {found for found, _ in caught.value.faults}


def test_layouts_everybody_may_write_are_refused(tmp_path):
    """Fault 102: who may change what a column means decides what is paid."""
    file = tmp_path / "layouts.toml"
    file.write_text(LAYOUT, encoding="utf-8")
    file.chmod(0o666)
    with pytest.raises(ConfigError, match="everybody"):
        read_layouts(file)
