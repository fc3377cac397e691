"""Handing the log over (导出): CSV for spreadsheets, JSON Lines for programs, Parquet for queries.

What goes out is redacted: bodies only, which hold tokens in the place of persons and cases; sealed
evidence is never opened. An entry at a time is read and written, so any number will do.

CSV and Parquet have one row for each entry, with the columns of `COLUMNS`. JSON Lines has each
entry whole, with its place in the chain, so that whoever receives it can verify it.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final

from ..errors import MissingExtraError
from ..wording.printing import one_line
from .entry import Entry, EntryKind
from .reporting import readable

__all__ = [
    "COLUMNS",
    "Format",
    "export",
    "export_file",
    "guarded",
    "replacing",
    "row_of",
    "unguarded",
]


class Format(StrEnum):
    """How the log is written."""

    CSV = "csv"
    """UTF-8 with a byte order mark, by which spreadsheets know it; cells guarded."""
    JSONL = "jsonl"
    """One JSON object on each line."""
    PARQUET = "parquet"
    """Columns with types; needs the extra `reports`."""


COLUMNS: Final[Mapping[str, type]] = {
    "seq": int,
    "kind": str,
    "at": datetime,
    "checkpoint": str,
    "act": str,
    "office": str,
    "division": str,
    "governing_on": str,
    "outcome": str,
    "verdict": str,
    "effect": str,
    "may_complete": bool,
    "verified": bool,
    "retryable": bool,
    "reasons": list,
    "rows": list,
    "outages": list,
    "obstacles": list,
    "referrals": list,
    "flags": list,
    "readings": list,
    "provision": str,
    "supersedes": int,
    "entry": int,
    "authority": str,
    "reason": str,
    "expires": str,
    "case": str,
    "actor": str,
    "second": str,
    "law": str,
    "taxgate": str,
    "digest": str,
}
"""Columns and what they hold; a list is one of texts. `reasons` and `rows` are those that decided.
`entry` is the decision an act or a reading is about, `reason` why it was done."""

MARK: Final = "'"
"""What stands before a cell that a spreadsheet would take for a formula."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", MARK)
"""With the wide forms that some spreadsheets read likewise, and the mark itself, so that it can be
taken away again."""

_PAGE: Final = 5_000
"""Rows of a Parquet row group."""


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `unguarded` takes it back."""
    return MARK + cell if cell.startswith(_FORMULA) else cell


def unguarded(cell: str) -> str:
    """Return what `guarded` was given."""
    return cell.removeprefix(MARK)


def row_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as one row; None where a column says nothing about it.

    Raises:
        LogTamperedError: Its body is not what the log writes.
    """
    with readable(entry):
        body = entry.body
        found = {name: body.get(name) for name in COLUMNS}
        found |= {
            "seq": entry.seq,
            "kind": entry.kind.value,
            "at": datetime.fromisoformat(body["at"]),
            "digest": entry.digest,
        }
        match entry.kind:
            case EntryKind.DECISION:
                found |= _of_decision(body)
            case EntryKind.ACT:
                found["entry"] = body["decision"]
            case EntryKind.READING:
                found["actor"] = body["reader"]
            case EntryKind.ERASURE:
                found["reason"] = body["rule"]
            case EntryKind.KEY:
                pass
        return {name: _fit(value, COLUMNS[name]) for name, value in found.items()}
    raise AssertionError("reading ends in a row or in an error")


def _of_decision(body: Mapping[str, Any]) -> dict[str, Any]:
    deciding = [item for item in body["findings"] if item["outcome"] == body["outcome"]]
    return {
        "reasons": list(dict.fromkeys(item["code"] for item in deciding)),
        "rows": sorted({row for item in deciding for row in item["rows"]}),
        "outages": sorted({item["outage"] for item in body["obligations"] if item["outage"]}),
        "obstacles": [item["kind"] for item in body["obstacles"]],
    }


def _fit(value: Any, kind: type) -> Any:  # noqa: ANN401
    """Return *value*, which a hostile hand may have written into the database, if it is one."""
    if value is None:
        return None
    texts = value if kind is list else [value] if kind is str else []
    if type(value) is not kind or not all(type(part) is str for part in texts):
        raise TypeError("a column holds a value of another kind")
    for part in texts:
        part.encode()  # half a surrogate pair is no text
    return value


def export(
    entries: Iterable[Entry],
    stream: IO[bytes],
    form: Format,
    *,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write *entries* to *stream* and return how many there were.

    Args:
        entries: What to write, in order.
        stream: Where to; it is not closed.
        form: How.
        progress: Told the number of each entry that was written.

    Raises:
        LogError: The log cannot be read, or an entry is not what the log writes.
        MissingExtraError: Parquet without the extra `reports`.
    """
    written = 0

    def counted() -> Iterator[Entry]:
        nonlocal written
        for entry in entries:
            yield entry
            written += 1
            if progress is not None:
                progress(entry.seq)

    _WRITERS[form](counted(), stream)
    return written


def export_file(
    entries: Iterable[Entry],
    path: Path,
    form: Format,
    *,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write *entries* to the file *path*, which appears only when it is complete; see `export`.

    Raises:
        OSError: The file cannot be written.
    """
    with replacing(path) as stream:
        return export(entries, stream, form, progress=progress)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream whose content takes the place of *path* at the end, and never in part."""
    with NamedTemporaryFile(
        dir=path.absolute().parent, prefix=f".{path.name}.", delete=False
    ) as new:
        try:
            yield new
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(path)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise


def _write_csv(entries: Iterable[Entry], stream: IO[bytes]) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for entry in entries:
            writer.writerow(map(_cell, row_of(entry).values()))
    finally:
        # Or the stream would be closed with it.
        text.detach()


def _cell(value: Any) -> str:  # noqa: ANN401 - a value of a row
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case datetime():
            return value.isoformat()
        case list():
            return guarded(one_line(" ".join(value)))
        case _:
            return guarded(one_line(value))


def _write_jsonl(entries: Iterable[Entry], stream: IO[bytes]) -> None:
    for entry in entries:
        value = {
            "seq": entry.seq,
            "prev": entry.prev,
            "digest": entry.digest,
            "body": dict(entry.body),
        }
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        stream.write(f"{_on_one_line(text)}\n".encode())


def _on_one_line(text: str) -> str:
    r"""Return JSON with all that could end or disguise a line written as `\u2028`.

    Such characters stand in texts only, and there the escape means the same.
    """
    if text.isprintable():
        return text
    return "".join(part if part.isprintable() else _as_escape(part) for part in text)


def _as_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    pairs = (units[at : at + 2] for at in range(0, len(units), 2))
    return "".join(f"\\u{pair.hex()}" for pair in pairs)


def _write_parquet(entries: Iterable[Entry], stream: IO[bytes]) -> None:
    arrow, parquet = _arrow("pyarrow"), _arrow("pyarrow.parquet")
    kinds = {
        int: arrow.int64(),
        str: arrow.string(),
        bool: arrow.bool_(),
        datetime: arrow.timestamp("us", tz="UTC"),
        list: arrow.list_(arrow.string()),
    }
    schema = arrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        rows = map(row_of, entries)
        while page := list(islice(rows, _PAGE)):
            writer.write_table(arrow.Table.from_pylist(page, schema=schema))


def _arrow(name: str) -> Any:  # noqa: ANN401 - a module of the extra
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtraError("reports", "writing Parquet") from None


_WRITERS: Final[Mapping[Format, Callable[[Iterable[Entry], IO[bytes]], None]]] = {
    Format.CSV: _write_csv,
    Format.JSONL: _write_jsonl,
    Format.PARQUET: _write_parquet,
}
