"""The manifest (清单文件) beside each drop file: what it is, how many rows, which sum, how full.

    {"version": 1,
     "file": "purchase-tax-20261123.csv",
     "format": "csv",
     "layout": "vehicle-tax",
     "rows": 20431,
     "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
     "as_of": "2026-11-23T06:00:00+08:00",
     "complete": true,
     "delivery_no": "2026-1123-01",
     "lists": [{"matter": "vehicle-purchase-tax", "checkpoint": "vehicle", "full": true,
                "divisions": null, "years": null}]}

It is written last, so that a file without one is not there yet. That a subject is not in a list
means "no record" only where the manifest says that the list is full (全量) for the question:
nothing is taken to be full in silence.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import frozen

from ..errors import InputError, WireError
from ..evidence import Inquiry
from ..identifiers import Division
from ..terms import Checkpoint, Matter
from ..wire.exchange import checkpoint_of
from ..wire.parsing import parse
from ..wire.reading import structured
from .drop_faults import malformed, not_handed_over

__all__ = ["ENDING", "Bearing", "Coverage", "Format", "Manifest", "read_manifest"]

ENDING: Final = ".manifest.json"
"""How the name of a manifest ends."""

VERSION: Final = 1
LARGEST: Final = 1 << 16
"""Bytes a manifest may have."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Format(StrEnum):
    """What kind of file it is."""

    CSV = "csv"
    XLSX = "xlsx"


class Bearing(StrEnum):
    """What a list has to do with a question."""

    NONE = "none"
    """It is about something else."""
    PARTIAL = "partial"
    """It may hold something about it, and not all."""
    FULL = "full"
    """It holds all there is about it, even if that is nothing."""


@frozen(kw_only=True)
class Coverage:
    """What one list is a list of (覆盖范围). Every limit is stated; null says: none.

    Attributes:
        matter: Tax or tax document.
        checkpoint: Where it is asked about.
        full: Whether it holds every record there is within these limits.
        divisions: County-level divisions of the real estate it is limited to.
        years: Tax years it is limited to.
    """

    matter: Matter
    checkpoint: Checkpoint
    full: bool
    divisions: tuple[Division, ...] | None
    years: tuple[int, ...] | None

    def is_about(self, inquiry: Inquiry) -> bool:
        """Tell whether *inquiry* is of this matter and checkpoint."""
        return inquiry.matter is self.matter and checkpoint_of(inquiry) is self.checkpoint

    def bearing(self, inquiry: Inquiry) -> Bearing:
        """Return what the list has to do with *inquiry*."""
        if not self.is_about(inquiry):
            return Bearing.NONE
        full = self.full
        if self.divisions is not None:
            # A vehicle or a company has no division that says where its records are kept.
            if inquiry.unit is None:
                full = False
            elif inquiry.unit.division not in self.divisions:
                return Bearing.NONE
        if self.years is not None:
            asked = frozenset(inquiry.years)
            if asked and asked.isdisjoint(self.years):
                return Bearing.NONE
            full = full and bool(asked) and asked <= frozenset(self.years)
        return Bearing.FULL if full else Bearing.PARTIAL


@frozen(kw_only=True)
class Manifest:
    """What the bureau says of one file.

    Attributes:
        version: Version of this form.
        file: Name of the file, in the same folder.
        format: Kind of file.
        layout: Name of the column map it follows.
        rows: Rows of data, without the header.
        sha256: SHA-256 of its bytes, in lower-case hexadecimal.
        complete: Whether it is whole.
        lists: What it is a list of.
        as_of: Instant its records were true at; without one it is never fresh.
        delivery_no: The bureau's own number of this delivery.
    """

    version: int
    file: str
    format: Format
    layout: str
    rows: int
    sha256: str
    complete: bool
    lists: tuple[Coverage, ...]
    as_of: datetime | None = None
    delivery_no: str | None = None

    def bearing(self, inquiry: Inquiry) -> Bearing:
        """Return what the file has to do with *inquiry*."""
        found = {part.bearing(inquiry) for part in self.lists}
        for bearing in (Bearing.FULL, Bearing.PARTIAL):
            if bearing in found:
                return bearing
        return Bearing.NONE


def read_manifest(document: bytes) -> Manifest:
    """Return the manifest that *document* holds.

    Raises:
        UnusableFileError: It is not JSON, as when it is still being written; or it is, and is no
            manifest.
    """
    try:
        value = parse(document, LARGEST)
    except WireError as error:
        problem = error.faults[0][1]
    else:
        return _manifest(value)
    raise not_handed_over(f"the manifest {problem}")


def _manifest(value: object) -> Manifest:
    try:
        found = structured(None, value, Manifest)
    except InputError as error:
        place, problem = error.faults[0] if isinstance(error, WireError) else ("$", "is wrong")
        told = f"the manifest is wrong at {place}: {problem}"
    else:
        if found.version != VERSION:
            raise malformed(f"the manifest is not of version {VERSION}")
        if not _SHA256.fullmatch(found.sha256) or found.rows < 0:
            raise malformed("the manifest gives no SHA-256 or no count of rows")
        if not found.file.endswith(f".{found.format}"):
            raise malformed(f"the file is not called .{found.format}")
        return found
    raise malformed(told)
