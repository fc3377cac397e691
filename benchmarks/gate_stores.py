"""The stores of (c): an exchange database with a bureau's worker beside it, and lists of rows.

python benchmarks/gate_stores.py URL SECONDS   # the worker; `gate.py` starts it
"""

# ruff: noqa: INP001, S603 - a script, not a package, that starts itself

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from gate_timing import in_turns, table

from taxgate.adapters.drop_files import DropFilesSource
from taxgate.adapters.exchange_database import ExchangeDatabaseSource
from taxgate.adapters.exchange_store import ExchangeDatabase, create_tables
from taxgate.adapters.exchange_worker import ExchangeWorker
from taxgate.adapters.memory import InMemorySource
from taxgate.evidence import Inquiry, Provenance
from taxgate.identifiers import Vin
from taxgate.secret import Secret
from taxgate.sources import ClearanceSource, Deadline, ask, system_clock
from taxgate.terms import Matter
from taxgate.testing.samples import sample

KEY = Secret("a key for benchmarks only")
POLLS = (0.05, 0.01, 0.001)
"""Seconds between two looks, on both sides; the first is what is configured by default."""
LISTS = (1_000, 100_000)
COLUMNS = (
    "matter", "vin", "status", "taxpayer_id_type", "taxpayer_number", "taxpayer_name", "voucher_no",
    "cancels", "issued_on", "authority", "plate_no", "plate_class", "engine_no", "model",
    "category", "tax_year", "basis", "attaches_to", "policy_no", "arrears",
)  # fmt: skip
"""Every column of the layout the package brings; most are left empty."""


def main(folder: Path) -> None:
    """Print what a round trip takes, and a look-up."""
    rows = [*round_trips(folder), *look_ups(folder)]
    table("(c) stores", ("median",), rows)


def asking(source: ClearanceSource, asked: Inquiry) -> Callable[[], object]:
    """Return what asks *source*."""
    return lambda: ask(source, asked, Deadline(8))


# The exchange database ----------------------------------------------------------------------------


def round_trips(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what a question and its answer take through a SQLite file."""
    yield "a durable commit by bare SQLite", f"{bare_commit(folder) / 1000:.1f} ms"
    url = f"sqlite:///{folder}/exchange.sqlite3"
    create_tables(url)
    asked = sample("purchase-tax").inquiry
    for poll in POLLS:
        source = ExchangeDatabaseSource(ExchangeDatabase(url), key=KEY, poll=poll)
        with worker(url, poll), contextlib.closing(source):
            took = in_turns({"": asking(source, asked)}, rounds=40)[""]
        yield (
            f"exchange database, both look every {poll * 1000:.0f} ms",
            f"{took.wall / 1000:.1f} ms",
        )


def bare_commit(folder: Path) -> float:
    """Return the microseconds the disk at hand takes; a round trip commits four times."""
    with contextlib.closing(sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)) as on:
        on.execute("PRAGMA journal_mode = WAL")
        on.execute("PRAGMA synchronous = FULL")
        on.execute("CREATE TABLE bare (body TEXT)")

        def once() -> None:
            on.execute("BEGIN IMMEDIATE")
            on.execute("INSERT INTO bare VALUES ('question')")
            on.execute("COMMIT")

        return in_turns({"": once}, rounds=100)[""].wall


@contextlib.contextmanager
def worker(url: str, poll: float) -> Iterator[None]:
    """Run the bureau's side in a process of its own."""
    command = [sys.executable, __file__, url, str(poll)]
    with subprocess.Popen(command) as running:
        try:
            yield
        finally:
            running.kill()


def work(url: str, poll: float) -> None:
    """Answer what is asked until killed."""
    source = InMemorySource(sample("purchase-tax").records)
    # Stands in for the bureau's own register: what comes from it is live.
    source.provenance = Provenance.LIVE  # type: ignore[misc]
    ExchangeWorker(ExchangeDatabase(url), source, key=KEY).run(threading.Event(), poll)


# Lists --------------------------------------------------------------------------------------------


def look_ups(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what reading a list takes, and looking into it."""
    for many in LISTS:
        place = folder / str(many)
        place.mkdir()
        put(place, many)
        source = DropFilesSource(place)
        began = time.perf_counter()
        source.refresh(Deadline(120))
        read = time.perf_counter() - began
        asked = Inquiry(matter=Matter.VEHICLE_PURCHASE_TAX, vin=vin(many // 2))
        assert len(ask(source, asked, Deadline(8)).records or ()) == 1  # noqa: S101
        took = in_turns({"": asking(source, asked)}, rounds=300, times=5)[""]
        yield f"list of {many:,} rows, read once", f"{read:.2f} s"
        yield f"list of {many:,} rows, look-up", f"{took.wall:.0f} µs"


def vin(number: int) -> Vin:
    """Return the vehicle of that number."""
    return Vin(f"1M8GDM9AXKP{number:06}")


def put(folder: Path, many: int) -> None:
    """Write a list of so many vehicles, and its manifest."""
    text = io.StringIO(newline="")
    written = csv.DictWriter(text, COLUMNS)
    written.writeheader()
    same = {
        "matter": "vehicle-purchase-tax",
        "status": "paid",
        "issued_on": "2026-11-01",
        "arrears": "false",
    }
    for number in range(many):
        written.writerow({**same, "vin": vin(number).value, "voucher_no": f"V-{number}"})
    content = text.getvalue().encode()
    (folder / "list.csv").write_bytes(content)
    said = {
        "version": 1,
        "file": "list.csv",
        "format": "csv",
        "layout": "vehicle",
        "rows": many,
        "sha256": hashlib.sha256(content).hexdigest(),
        "as_of": system_clock().isoformat(),
        "complete": True,
        "lists": [
            {
                "matter": "vehicle-purchase-tax",
                "checkpoint": "vehicle",
                "full": True,
                "divisions": None,
                "years": None,
            }
        ],
    }
    (folder / "list.csv.manifest.json").write_text(json.dumps(said), encoding="utf-8")


if __name__ == "__main__":
    work(sys.argv[1], float(sys.argv[2]))
