"""Drop files for tests: lists written as the bureau should write them, and as it should not."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import datetime, timedelta

import pytest

from taxgate.adapters.drop_files import DropFilesSource
from taxgate.adapters.drop_layout import read_layouts
from taxgate.adapters.drop_manifest import Format
from taxgate.evidence import CHINA
from taxgate.sources import Deadline, SourceError
from taxgate.wire.exchange import record_value

AT = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)

LAYOUT = """
[layouts.purchase-tax.subject]
matter = { value = "vehicle-purchase-tax" }
vin = "车辆识别代号"

[layouts.purchase-tax.record]
matter = { value = "vehicle-purchase-tax" }
vin = "车辆识别代号"
status = { column = "完税状态", codes = { "1" = "paid", "0" = "unpaid", "免" = "exempt" } }
voucher_no = { column = "完税凭证号", optional = true }
issued_on = { column = "开具日期", kind = "day", form = "YYYYMMDD", optional = true }
"taxpayer.id_type" = { value = "resident-number" }
"taxpayer.number" = { column = "身份证号", optional = true }
"taxpayer.name" = { column = "姓名", optional = true }
"""

HEADER = ["车辆识别代号", "完税状态", "完税凭证号", "开具日期", "身份证号", "姓名"]
VIN = "1M8GDM9AXKP000001"
OTHER_VIN = "1M8GDM9AXKP000002"
ROW = [VIN, "1", "0001E05", "20260228", "11010519491231002X", "甲某"]


def csv_of(rows, encoding="utf-8"):
    """Return a CSV file with these rows."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def coverage(**changes):
    """Return a full list of vehicle purchase tax."""
    return {
        "matter": "vehicle-purchase-tax",
        "checkpoint": "vehicle",
        "full": True,
        "divisions": None,
        "years": None,
        **changes,
    }


class Drop:
    """A folder, and a source that looks into it."""

    def __init__(self, folder, layouts=None, **options):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.now = AT
        if layouts is None:
            file = folder.parent / "layouts.toml"
            file.write_text(LAYOUT, encoding="utf-8")
            layouts = read_layouts(file)
        options = {"formats": tuple(Format), "clock": lambda: self.now, **options}
        self.source = DropFilesSource(folder, layouts=layouts, **options)

    def put(self, content, name="list.csv", rows=None, *, manifest=None, **fields):
        """Write a file and its manifest; `fields` change what the manifest says."""
        (self.folder / name).write_bytes(content)
        said = {
            "version": 1,
            "file": name,
            "format": name.rpartition(".")[2],
            "layout": "purchase-tax",
            "rows": rows,
            "sha256": hashlib.sha256(content).hexdigest(),
            "as_of": (AT - timedelta(hours=1)).isoformat(),
            "complete": True,
            "lists": [coverage()],
            **fields,
        }
        said = {key: value for key, value in said.items() if value is not ...}
        path = self.folder / (manifest or f"{name}.manifest.json")
        path.write_text(json.dumps(said), encoding="utf-8")
        return path

    def put_rows(self, *rows, header=HEADER, name="list.csv", encoding="utf-8", **fields):
        """Write rows as CSV, with a manifest that fits."""
        content = csv_of([header, *rows], encoding)
        return self.put(content, name, **{"rows": len(rows), **fields})

    def ask(self, inquiry, seconds=10):
        """Look an inquiry up."""
        return self.source.query(inquiry, Deadline(seconds))

    def refused(self, inquiry, seconds=10):
        """Return the outage that looking up ends in."""
        with pytest.raises(SourceError) as caught:
            self.ask(inquiry, seconds)
        return caught.value.outage


def flat(record, layout_parts):
    """Return *record* as a row of the package's own layouts: a dict of column names."""
    value = record_value(record)
    row = {}
    for path, column in layout_parts.items():
        part = value
        for name in path:
            part = part.get(name) if isinstance(part, dict) else None
        if isinstance(part, bool):
            part = "true" if part else "false"
        row[column] = "" if part is None else str(part)
    return row
