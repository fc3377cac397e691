"""Drop files keep the contract of sources, as CSV and as XLSX."""

from __future__ import annotations

import io

import openpyxl
import pytest

from drop_cases import Drop, csv_of, flat
from taxgate.adapters.drop_layout import shipped_layouts
from taxgate.evidence import OutageCause
from taxgate.sources import system_clock
from taxgate.testing.contract import SourceContract
from taxgate.testing.samples import KINDS, sample
from taxgate.wire.exchange import checkpoint_of


class DropContract(SourceContract):
    """A folder into which the bureau has put one full list for each kind of question."""

    causes = (OutageCause.NOT_OPENED, OutageCause.SERVER_FAULT, OutageCause.MALFORMED_RESPONSE)
    can_be_silent = False
    ending = ""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path
        self.made = 0

    def make(self, script):
        """Return a source over a new folder."""
        self.made += 1
        layouts = shipped_layouts()
        drop = Drop(self.folder / f"drop{self.made}", layouts, clock=system_clock)
        for kind in KINDS:
            asked = sample(kind).inquiry
            cause = script.outages.get(asked.matter)
            if cause is OutageCause.NOT_OPENED:
                continue
            checkpoint = str(checkpoint_of(asked))
            layout = layouts[checkpoint]
            parts = {part.path: part.column for part in layout._record if part.column}
            records = [
                record
                for record in script.records
                if record.matter is asked.matter and type(record) is type(sample(kind).records[0])
            ]
            header = list(parts.values())
            rows = [header, *(list(flat(record, parts).values()) for record in records)]
            if cause is OutageCause.MALFORMED_RESPONSE:
                rows.append(rows[-1][:-1])
            content = self.file(rows)
            path = drop.put(
                content,
                f"{kind}.{self.ending}",
                rows=len(rows) - 1,
                layout=checkpoint,
                as_of=system_clock().isoformat(),
                lists=[
                    {
                        "matter": str(asked.matter),
                        "checkpoint": checkpoint,
                        "full": True,
                        "divisions": None,
                        "years": None,
                    }
                ],
            )
            if cause is OutageCause.SERVER_FAULT:
                (path.parent / f"{kind}.{self.ending}").write_bytes(content[:-1])
        return drop.source


class TestCsv(DropContract):
    """As CSV."""

    ending = "csv"

    def file(self, rows):
        """Return the rows as a file."""
        return csv_of(rows)


class TestXlsx(DropContract):
    """As XLSX."""

    ending = "xlsx"

    def file(self, rows):
        """Return the rows as a file, every cell as text."""
        book = openpyxl.Workbook()
        sheet = book.active
        for number, row in enumerate(rows, start=1):
            for place, text in enumerate(row, start=1):
                if text != "":
                    cell = sheet.cell(number, place)
                    cell.value = text
                    cell.data_type = "s"
        out = io.BytesIO()
        book.save(out)
        book.close()
        return out.getvalue()
