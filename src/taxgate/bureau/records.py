"""What the sandbox bureau knows (数据): the shipped cases, a folder of JSON, or an SQLite file.

A record has the form it has in a case, and names what it is about: `vin`, `unit`, `company` or
`uscc`. Folder and file are read anew for every inquiry, so that a record can be changed while the
bureau runs, for instance from unpaid to paid.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

from ..adapters.memory import concerns
from ..cases import CASES
from ..errors import ConfigError, WireError
from ..evidence import Inquiry, TaxRecord
from ..terms import Checkpoint, Matter
from ..wire.exchange import record_value
from ..wire.parsing import parse
from ..wire.reading import read_case, structured

__all__ = [
    "FolderRecords",
    "KnownRecords",
    "Records",
    "SqliteRecords",
    "opened",
    "shipped",
    "write",
]

SUFFIXES: Final = frozenset({".sqlite", ".sqlite3", ".db"})
"""What the name of an SQLite file ends with."""

_KEYS: Final = ("vin", "unit", "company", "uscc")
_CREATE: Final = (
    "CREATE TABLE record (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, value TEXT NOT NULL)"
)
_INDEX: Final = "CREATE INDEX record_subject ON record (subject)"
_ADD: Final = "INSERT INTO record (subject, value) VALUES (?, ?)"
_ALL: Final = "SELECT value FROM record ORDER BY id"
_ABOUT: Final = "SELECT value FROM record WHERE subject = ? ORDER BY id"

_CHECKPOINTS: Final = {
    Matter.VEHICLE_PURCHASE_TAX: Checkpoint.VEHICLE,
    Matter.VEHICLE_AND_VESSEL_TAX: Checkpoint.VEHICLE,
    Matter.DEED_TAX: Checkpoint.PROPERTY_TITLE,
    Matter.LAND_APPRECIATION_TAX: Checkpoint.PROPERTY_TITLE,
    Matter.OTHER_TAX: Checkpoint.PROPERTY_TITLE,
    Matter.CLEARANCE: Checkpoint.DEREGISTRATION,
    Matter.TAX_OBJECTION: Checkpoint.DEREGISTRATION,
    Matter.TAX_REGISTRATION: Checkpoint.DEREGISTRATION,
}


class Records(Protocol):
    """What a bureau can look up."""

    def about(self, inquiry: Inquiry) -> tuple[TaxRecord, ...]:
        """Return every record that answers *inquiry*.

        Raises:
            ConfigError: The records cannot be read.
        """


class KnownRecords:
    """Records held in memory.

    Args:
        records: All of them.
    """

    def __init__(self, records: Iterable[TaxRecord]) -> None:
        self._records: Final = tuple(records)

    def about(self, inquiry: Inquiry) -> tuple[TaxRecord, ...]:
        """Return every record that answers *inquiry*."""
        return tuple(record for record in self._records if concerns(record, inquiry))


class FolderRecords:
    """A folder: each file whose name ends in `.json` holds one record, or a list of them.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder: Final = folder

    def about(self, inquiry: Inquiry) -> tuple[TaxRecord, ...]:
        """Return every record that answers *inquiry*."""
        found: list[TaxRecord] = []
        for path in sorted(self._folder.glob("*.json")):
            value = _read(str(path), path.read_bytes())
            found += _records(str(path), value if isinstance(value, list) else [value])
        return KnownRecords(found).about(inquiry)


class SqliteRecords:
    """An SQLite file with a table `record` of `subject` and `value`; see `write`.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._path: Final = path

    def about(self, inquiry: Inquiry) -> tuple[TaxRecord, ...]:
        """Return every record that answers *inquiry*."""
        asked = inquiry.vin or inquiry.unit or inquiry.company
        assert asked is not None  # noqa: S101 - no inquiry is about nothing
        return KnownRecords(self._found(_ABOUT, asked.value)).about(inquiry)

    def check(self) -> None:
        """Read every record once.

        Raises:
            ConfigError: The file or a record in it cannot be read.
        """
        self._found(_ALL)

    def _found(self, question: str, *values: str) -> list[TaxRecord]:
        place = str(self._path)
        try:
            # Read only, and not left open: the file may be changed or replaced at any time.
            uri = f"{self._path.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                rows = connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            raise ConfigError(((place, f"cannot be read: {error}"),)) from None
        return _records(place, [_read(place, value) for (value,) in rows])


def opened(path: Path) -> Records:
    """Return the records in *path*, a folder or an SQLite file, after reading them once.

    Raises:
        ConfigError: They cannot be read.
    """
    if path.is_dir():
        folder = FolderRecords(path)
        for file in sorted(path.glob("*.json")):
            value = _read(str(file), file.read_bytes())
            _records(str(file), value if isinstance(value, list) else [value])
        return folder
    database = SqliteRecords(path)
    database.check()
    return database


def write(path: Path, records: Iterable[TaxRecord]) -> None:
    """Create *path* with *records*: an SQLite file if its name says so, otherwise a folder.

    Raises:
        ConfigError: There is something already, or it cannot be written.
    """
    values = [record_value(record) for record in records]
    try:
        if path.suffix in SUFFIXES:
            path.touch(exist_ok=False)
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute(_CREATE)
                connection.execute(_INDEX)
                rows = [
                    (_subject(value), json.dumps(value, ensure_ascii=False)) for value in values
                ]
                connection.executemany(_ADD, rows)
        else:
            path.mkdir()
            for number, value in enumerate(values, start=1):
                text = json.dumps(value, ensure_ascii=False, indent=2)
                (path / f"record-{number:03}.json").write_text(f"{text}\n", encoding="utf-8")
    except FileExistsError:
        raise ConfigError(((str(path), "is there already: nothing was written"),)) from None
    except (OSError, sqlite3.Error) as error:
        raise ConfigError(((str(path), f"cannot be written: {type(error).__name__}"),)) from None


@cache
def shipped() -> tuple[TaxRecord, ...]:
    """Return the records of the shipped cases.

    Cases show different endings for the same people; the first case that has records on a question
    tells what the bureau knows.
    """
    found: dict[tuple[Any, ...], tuple[TaxRecord, ...]] = {}
    for case in CASES:
        for answer in read_case(case.document()).answers:
            if answer.records:
                found.setdefault(answer.inquiry.key, answer.records)
    return tuple(dict.fromkeys(record for records in found.values() for record in records))


def _read(place: str, text: bytes | str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return parse(text)
    except WireError as error:
        faults = tuple((f"{place} {path}", problem) for path, problem in error.faults)
    raise ConfigError(faults)


def _records(place: str, values: list[Any]) -> list[TaxRecord]:
    found: list[TaxRecord] = []
    faults: list[tuple[str, str]] = []
    for number, value in enumerate(values):
        at = f"{place} [{number}]"
        if not isinstance(value, dict) or _subject(value) is None:
            faults.append((at, f"is no record that gives one of {', '.join(_KEYS)}"))
            continue
        kind: Any = tuple[TaxRecord, ...]
        try:
            found += structured(_checkpoint(value), [value], kind)
        except WireError as error:
            faults += [(f"{at} {path}", problem) for path, problem in error.faults]
    if faults:
        raise ConfigError(tuple(faults))
    return found


def _checkpoint(value: dict[str, Any]) -> Checkpoint:
    """Return the checkpoint whose record *value* is; of a faulty one, one that will say so."""
    for matter, checkpoint in _CHECKPOINTS.items():
        if value.get("matter") == matter.value:
            return checkpoint
    return Checkpoint.PROPERTY_TITLE if value.get("unit") else Checkpoint.EQUITY_TRANSFER


def _subject(value: dict[str, Any]) -> str | None:
    return next((value[key] for key in _KEYS if isinstance(value.get(key), str)), None)
