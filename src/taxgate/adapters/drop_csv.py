"""CSV files strictly: one encoding, one width, every quote closed."""

from __future__ import annotations

import csv
import io
from typing import Final

from .drop_faults import malformed

__all__ = ["ENCODINGS", "rows_of_csv"]

ENCODINGS: Final = ("utf-8", "gb18030")
"""Encodings a layout may name."""

_BYTE_ORDER_MARK: Final = "\ufeff"


def rows_of_csv(content: bytes, encoding: str, most: int) -> list[list[object]]:
    """Return the rows of a CSV file, the header first; each cell is text, an empty one "".

    Args:
        content: The whole file.
        encoding: One of `ENCODINGS`; there is no guessing.
        most: Rows it may have, besides the header.

    Raises:
        UnusableFileError: It is in another encoding, holds a NUL or a byte order mark, leaves a
            quote open, or has more rows.
    """
    text = _decoded(content, encoding)
    if text.startswith(_BYTE_ORDER_MARK):
        raise malformed("the file starts with a byte order mark")
    if "\0" in text:
        raise malformed("the file holds a NUL character")
    # Without strict, an open quote would swallow the rest of the file as one cell.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[object]] = []
    try:
        for row in reader:
            rows.append(list(row))
            if len(rows) > most + 1:
                raise malformed(f"the file has more than {most} rows")
    except csv.Error:
        number = reader.line_num
    else:
        return rows
    raise malformed(f"the file is no CSV from line {number} on: a quote, or a cell without end")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        place = error.start
    # Outside the handler: what it caught carries the whole file.
    raise malformed(f"the file is not {encoding} (byte {place + 1})")
