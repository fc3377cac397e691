"""Layouts (列映射): which column of a drop file is which part of a question and of its record.

    [layouts.vehicle-tax]
    encoding = "gb18030"                                   # of CSV; "utf-8" unless it is said

    [layouts.vehicle-tax.subject]                          # what the row would be asked for as
    matter = { value = "vehicle-purchase-tax" }            # the same in every row
    vin = "车辆识别代号"                                     # a column that is never empty

    [layouts.vehicle-tax.record]                           # and what it says
    matter = { value = "vehicle-purchase-tax" }
    vin = "车辆识别代号"
    status = { column = "完税状态", codes = { "1" = "paid", "0" = "unpaid" } }
    issued_on = { column = "开具日期", kind = "day", form = "YYYYMMDD", optional = true }
    tax_year = { column = "所属年度", kind = "whole" }
    "taxpayer.id_type" = { value = "uscc" }                # left out with the number beside it
    "taxpayer.number" = { column = "纳税人识别号", optional = true }

Parts are named as on the wire. A code that no table of codes knows is refused, and so is a number
where text is due: it may have lost digits and zeros.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from importlib import resources
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ..errors import ConfigError, InputError, WireError
from ..evidence import Inquiry, OutageCause, TaxRecord
from ..wire.exchange import read_inquiry, read_records
from ..wire.values import NO_MEMBER
from .drop_csv import ENCODINGS
from .drop_faults import UnusableFileError, malformed

__all__ = ["Layout", "read_layouts", "shipped_layouts"]

_LARGEST: Final = 1 << 20
_KINDS: Final = ("text", "whole", "day")
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "YYYY-MM-DD": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII),
    "YYYYMMDD": re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII),
    "YYYY/MM/DD": re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})", re.ASCII),
}
_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_ROUNDED: Final = re.compile(r"[0-9]+\.[0-9]+[eE][+-]?[0-9]+|[0-9]+[eE]\+[0-9]+", re.ASCII)
"""What spreadsheets make of a long number; the digits are gone."""
_PATH: Final = re.compile(r"[a-z_]+(\.[a-z_]+)*", re.ASCII)
_KEYS: Final = frozenset({"column", "value", "codes", "kind", "form", "optional"})
_ABSENT: Final[Any] = object()


@frozen
class _Part:
    """Where one part comes from: a column, or the same value in every row."""

    path: tuple[str, ...]
    column: str | None
    value: Any
    codes: Mapping[str, Any] | None
    kind: str
    form: str
    optional: bool

    def read(self, cell: object) -> Any:  # noqa: ANN401 - any value of the wire
        """Return what *cell* says.

        Raises:
            UnusableFileError: It says nothing that may stand here.
        """
        if cell == "":
            if self.optional:
                return _ABSENT
            raise malformed("is empty")
        if self.kind == "whole" and type(cell) is int:
            return cell
        if self.kind == "day" and isinstance(cell, datetime) and cell.time() == time():
            return cell.date().isoformat()
        if self.kind == "day" and type(cell) is date:
            return cell.isoformat()
        if type(cell) is not str:
            raise malformed("is not stored as text")
        return self._from_text(cell)

    def _from_text(self, text: str) -> Any:  # noqa: ANN401
        if self.codes is not None:
            if text not in self.codes:
                raise UnusableFileError(OutageCause.UNKNOWN_CODE, "is a code no table knows")
            return self.codes[text]
        if self.kind == "whole":
            if not _WHOLE.fullmatch(text):
                raise malformed("is no whole number")
            return int(text)
        if self.kind == "day":
            found = _FORMS[self.form].fullmatch(text)
            if not found:
                raise malformed(f"is no day of the form {self.form}")
            return "-".join(found.groups())
        if _ROUNDED.fullmatch(text):
            raise malformed("is a number that was rounded")
        return text


@frozen
class Layout:
    """What the columns of one kind of drop file mean; see `read_layouts`.

    Attributes:
        name: Name a manifest gives it.
        encoding: Encoding of its CSV files.
    """

    name: str
    encoding: str
    _subject: tuple[_Part, ...]
    _record: tuple[_Part, ...]

    def places(self, header: Sequence[object]) -> dict[str, int]:
        """Return where each column stands.

        Raises:
            UnusableFileError: A column is missing or stands there twice, or has no name.
        """
        if any(type(name) is not str or not name for name in header):
            raise malformed("a column has no name")
        if len(set(header)) != len(header):
            raise malformed("a column stands there twice")
        places = {str(name): place for place, name in enumerate(header)}
        for part in (*self._subject, *self._record):
            if part.column is not None and part.column not in places:
                raise malformed(f"the column of {'.'.join(part.path)} is missing")
        return places

    def read(
        self, row: Sequence[object], places: Mapping[str, int], number: int
    ) -> tuple[Inquiry, TaxRecord]:
        """Return what a row would be asked for as, and what it says.

        Args:
            row: Its cells.
            places: Where each column stands.
            number: Number of the row in the file, for errors.

        Raises:
            UnusableFileError: It cannot be read; names the row and the part, never a cell.
        """
        if len(row) != len(places):
            raise malformed(f"row {number} has {len(row)} cells instead of {len(places)}")
        subject = _built(self._subject, row, places, number)
        record = _built(self._record, row, places, number)
        try:
            inquiry = read_inquiry(subject)
            (found,) = read_records(inquiry, [record])
        except WireError as error:
            place, problem = error.faults[0]
        except InputError as error:
            place, problem = "$", type(error).__name__
        else:
            return inquiry, found
        # Empty cells were dealt with before: what is no member here is a code.
        unknown = problem.startswith(NO_MEMBER)
        place = place.removeprefix("$").removeprefix("[0]").removeprefix(".")
        raise UnusableFileError(
            OutageCause.UNKNOWN_CODE if unknown else OutageCause.MALFORMED_RESPONSE,
            f"row {number}, {place}: {problem}",
        )


def _built(
    parts: tuple[_Part, ...], row: Sequence[object], places: Mapping[str, int], number: int
) -> dict[str, Any]:
    found: dict[tuple[str, ...], Any] = {}
    missing = set()
    for part in parts:
        if part.column is None:
            continue
        try:
            value = part.read(row[places[part.column]])
        except UnusableFileError as error:
            cause, problem = error.cause, error.problem
        else:
            if value is _ABSENT:
                missing.add(part.path[:-1])
            else:
                found[part.path] = value
            continue
        raise UnusableFileError(cause, f"row {number}, {'.'.join(part.path)}: {problem}")
    filled = {path[:-1] for path in found}
    for part in parts:
        around = part.path[:-1]
        # A constant alone makes no person: it goes with the cells beside it.
        if part.column is None and not (around and around in missing and around not in filled):
            found[part.path] = part.value
    built: dict[str, Any] = {}
    for path, value in found.items():
        inside = built
        for name in path[:-1]:
            inside = inside.setdefault(name, {})
        inside[path[-1]] = value
    return built


# Layouts in files ---------------------------------------------------------------------------------


def shipped_layouts() -> dict[str, Layout]:
    """Return the layouts the package brings: one for each checkpoint, with names as on the wire."""
    text = resources.files(__package__).joinpath("drop_layouts.toml").read_text(encoding="utf-8")
    return _layouts(tomllib.loads(text))


def read_layouts(path: Path) -> dict[str, Layout]:
    """Return the layouts in a TOML file, by name.

    Raises:
        ConfigError: The file cannot be used, or may be written by everybody; names every fault.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            document = tomllib.loads(file.read(_LARGEST).decode("utf-8"))
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = f"is no TOML file: {type(error).__name__}"
    else:
        if mode & stat.S_IWOTH:
            raise ConfigError((("layouts", "can be written by everybody: chmod o-w"),))
        return _layouts(document)
    raise ConfigError((("layouts", problem),))


def _layouts(document: Mapping[str, Any]) -> dict[str, Layout]:
    faults: list[tuple[str, str]] = []
    tables = document.get("layouts")
    if not isinstance(tables, dict) or not tables or set(document) != {"layouts"}:
        raise ConfigError((("layouts", "must hold tables [layouts.NAME], and nothing else"),))
    made = {name: _layout(name, table, faults) for name, table in tables.items()}
    if faults:
        raise ConfigError(tuple(faults))
    return made


def _layout(name: str, table: Any, faults: list[tuple[str, str]]) -> Layout:  # noqa: ANN401
    place = f"layouts.{name}"
    if not isinstance(table, dict) or set(table) - {"encoding", "subject", "record"}:
        faults.append((place, "may hold encoding, subject and record"))
        table = {}
    encoding = table.get("encoding", "utf-8")
    if encoding not in ENCODINGS:
        faults.append((f"{place}.encoding", f"must be one of {', '.join(ENCODINGS)}"))
    parts = {}
    for side, needed in (("subject", {"matter"}), ("record", {"matter", "status"})):
        given = table.get(side)
        if not isinstance(given, dict) or not needed <= set(given):
            faults.append((f"{place}.{side}", f"must give {', '.join(sorted(needed))}"))
            given = {}
        parts[side] = tuple(
            _part(path, value, f"{place}.{side}.{path}", faults) for path, value in given.items()
        )
    # A row without its whole subject would be found under another question, or under none.
    faults += [
        (f"{place}.subject.{'.'.join(part.path)}", "is optional: a subject is never left out")
        for part in parts["subject"]
        if part.optional
    ]
    return Layout(name, str(encoding), parts["subject"], parts["record"])


def _part(path: str, value: Any, place: str, faults: list[tuple[str, str]]) -> _Part:  # noqa: ANN401
    if isinstance(value, str):
        value = {"column": value}
    problem = _problem(path, value)
    if problem is not None:
        faults.append((place, problem))
        value = {"value": None}
    return _Part(
        path=tuple(path.split(".")),
        column=value.get("column"),
        value=value.get("value"),
        codes=value.get("codes"),
        kind=value.get("kind", "text"),
        form=value.get("form", "YYYY-MM-DD"),
        optional=value.get("optional", False),
    )


def _problem(path: str, value: Any) -> str | None:  # noqa: ANN401
    """Return what is wrong with a part, or None."""
    if not _PATH.fullmatch(path):
        return "is no path of names as on the wire"
    if not isinstance(value, dict) or set(value) - _KEYS:
        return f"must be the name of a column, or a table of {', '.join(sorted(_KEYS))}"
    if ("column" in value) == ("value" in value) or ("value" in value and len(value) > 1):
        return "must give a column, or a value and nothing else"
    if "value" in value:
        return None if _is_plain(value["value"]) else "must be a text, a whole number or a flag"
    codes = value.get("codes")
    if codes is not None and not (
        isinstance(codes, dict) and codes and all(map(_is_plain, codes.values()))
    ):
        return "has codes that are no table of texts, whole numbers or flags"
    if type(value["column"]) is not str or not value["column"]:
        return "names no column"
    if value.get("kind", "text") not in _KINDS or value.get("form", "YYYYMMDD") not in _FORMS:
        return f"must be of kind {', '.join(_KINDS)}, and a day of form {', '.join(_FORMS)}"
    if codes is not None and "kind" in value:
        return "has codes and a kind: give one of the two"
    return None if type(value.get("optional", False)) is bool else "is optional: true or false"


def _is_plain(value: object) -> bool:
    return type(value) in (str, int, bool)
