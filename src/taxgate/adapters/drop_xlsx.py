"""XLSX files strictly: one visible sheet of plain cells, and nothing that works or hides.

What a spreadsheet shows and what it holds differ: a formula keeps a result somebody's program
computed, a hidden row is there and nobody saw it, a merged cell stands for several, a long number
has lost its last digits. Such a file is refused, not interpreted. The archive is measured before it
is unpacked.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from importlib import import_module
from typing import Any, Final
from xml.parsers import expat

from ..errors import MissingExtraError
from ..evidence import OutageCause
from .drop_faults import UnusableFileError, malformed

__all__ = ["demand_extra", "rows_of_xlsx"]

_MOST_PARTS: Final = 1000
_UNPACKED: Final = 8
"""Times the largest file a workbook may have unpacked."""
_RATIO: Final = 100
"""Times its own size a part may grow; XML of a register grows ten- to thirtyfold."""
_SMALL: Final = 1 << 20
"""Bytes unpacked below which a part may grow as it likes."""
_ACTIVE: Final = (
    "vbaproject",
    "macrosheets",
    "dialogsheets",
    "externallinks",
    "embeddings",
    "activex",
    "connections",
    "querytables",
)
"""What names of parts contain that do something, or bring something in."""
_MACROS: Final = b"macroEnabled"
_TRUE: Final = frozenset({"1", "true", "on"})
_XML: Final = (".xml", ".rels")
_MOST_COLUMNS: Final = 1000
_VISIBLE: Final = 0.5
"""Height in points, or width in characters, below which nobody sees a row or column."""


def demand_extra() -> None:
    """Import the library that reads XLSX.

    Raises:
        MissingExtraError: It is not installed.
    """
    _library()


def _library() -> Any:  # noqa: ANN401 - a module
    try:
        return import_module("openpyxl")
    except ModuleNotFoundError:
        raise MissingExtraError("xlsx", "reading XLSX drop files") from None


def rows_of_xlsx(content: bytes, most: int, largest: int) -> list[list[object]]:
    """Return the rows of the only sheet, the header first; an empty cell is "".

    Text stays text, a number a number, a date a `datetime`: what they are good for is judged by
    the layout.

    Args:
        content: The whole file.
        most: Rows it may have, besides the header.
        largest: Bytes a file may have; unpacked it may have eight times as many.

    Raises:
        UnusableFileError: It is no such workbook.
        MissingExtraError: The library is not installed.
    """
    openpyxl = _library()
    try:
        _demand_plain(content, _UNPACKED * largest)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        with contextlib.closing(book):
            return _rows(book, most)
    except UnusableFileError:
        raise
    except Exception:  # noqa: BLE001 - the library promises nothing about what it raises
        problem = "the file is no workbook that can be read"
    # Outside the handler: what it caught may carry cells.
    raise malformed(problem)


def _demand_plain(content: bytes, most: int) -> None:
    """Look at every part of the archive before anything is made of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or len({part.filename for part in parts}) != len(parts):
            raise malformed("the workbook has too many parts, or one of them twice")
        if sum(part.file_size for part in parts) > most:
            raise _bomb()
        for part in parts:
            grown = part.file_size > _RATIO * max(1, part.compress_size)
            if grown and part.file_size > _SMALL:
                raise _bomb()
            name = part.filename.lower()
            if part.flag_bits & 1 or any(word in name for word in _ACTIVE):
                raise malformed("the workbook has macros, links, objects or a password")
        for part in parts:
            if part.filename.lower().endswith(_XML):
                _demand_passive(archive.read(part))


def _bomb() -> UnusableFileError:
    return UnusableFileError(OutageCause.OVERSIZE_RESPONSE, "the workbook grows too large")


def _demand_passive(text: bytes) -> None:
    """Refuse a part that declares entities, computes, hides or merges."""
    if _MACROS in text:
        raise malformed("the workbook has macros")
    sheets: list[dict[str, str]] = []

    def start(name: str, given: dict[str, str]) -> None:
        match name.rpartition("}")[2]:
            case "f":
                raise malformed("the workbook has a formula")
            case "mergeCell":
                raise malformed("the workbook has merged cells")
            case "row" | "col":
                if given.get("hidden") in _TRUE or _vanishes(given.get("ht", given.get("width"))):
                    raise malformed("the workbook has hidden rows or columns")
            case "sheetFormatPr":
                if given.get("zeroHeight") in _TRUE:
                    raise malformed("the workbook has hidden rows or columns")
            case "sheet":
                sheets.append(given)

    def doctype(*_: object) -> None:
        raise malformed("the workbook declares a document type")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(text, True)  # noqa: FBT003 - the only part there is
    if len(sheets) > 1 or any(sheet.get("state", "visible") != "visible" for sheet in sheets):
        raise malformed("the workbook has not exactly one sheet, or a hidden one")


def _vanishes(measure: str | None) -> bool:
    return measure is not None and not float(measure) >= _VISIBLE


def _rows(book: Any, most: int) -> list[list[object]]:  # noqa: ANN401
    (sheet,) = book.worksheets
    # The size a sheet states may be wrong, and rows beyond it would not be read.
    sheet.reset_dimensions()
    rows: list[list[object]] = []
    for cells in sheet.iter_rows():
        if len(cells) > _MOST_COLUMNS or len(rows) > 2 * most + 1:
            raise malformed(f"the file has more than {most} rows or {_MOST_COLUMNS} columns")
        row = [_plain(cell) for cell in cells]
        while row and row[-1] == "":
            row.pop()
        rows.append(row)
    # Rows that were formatted and never filled; the manifest's count tells them from lost ones.
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > most + 1:
        raise malformed(f"the file has more than {most} rows")
    width = len(rows[0]) if rows else 0
    return [[*row, *([""] * (width - len(row)))] for row in rows]


def _plain(cell: Any) -> object:  # noqa: ANN401
    if cell.value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        raise malformed("the workbook has a formula, or a cell that is an error")
    value: object = cell.value
    return value
