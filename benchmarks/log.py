# ruff: noqa: INP001, T201 - a script, and it shows its result
"""The decision log: durable entries a second, beside a bare insert of the same bytes.

    python benchmarks/log.py                     # SQLite, in a folder of the disk at hand
    python benchmarks/log.py --url postgresql://user@/db?host=/socket
    python benchmarks/log.py --growth 1000000    # cost per entry as the log grows (long)

Not with pyperf: what is timed here waits for a disk and for other processes, so each figure is the
median of several rounds of a fixed number of entries, all in one run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from log_cases import keys_in, sqlite_url
from log_writer import a_record, opened
from taxgate.log import DecisionLog, Store
from taxgate.log.chain import verify
from taxgate.log.replaying import replay, what_if
from taxgate.terms import Reading

ROUNDS = 5
ENTRIES = 200


def rate(work: Callable[[int], object], count: int = ENTRIES) -> float:
    """Return how many times a second *work* is done, the median of several rounds."""
    rates = []
    for number in range(ROUNDS):
        started = time.perf_counter()
        work(number)
        rates.append(count / (time.perf_counter() - started))
    return statistics.median(rates)


def bare_sqlite(folder: Path, payloads: list[tuple[str, bytes]]) -> Callable[[int], object]:
    """Return a function that inserts *payloads*, each in a durable transaction of its own."""
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE bare (seq INTEGER PRIMARY KEY, body TEXT, sealed BLOB)")

    def insert(_: int) -> None:
        for body, sealed in payloads:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bare (body, sealed) VALUES (?, ?)", (body, sealed))
            connection.execute("COMMIT")

    return insert


def bare_postgresql(url: str, payloads: list[tuple[str, bytes]]) -> Callable[[int], object]:
    """Return the same for PostgreSQL."""
    import psycopg  # noqa: PLC0415 - an extra

    connection = psycopg.connect(url, autocommit=True)
    connection.execute("DROP TABLE IF EXISTS bare")
    connection.execute("CREATE TABLE bare (seq BIGSERIAL PRIMARY KEY, body TEXT, sealed BYTEA)")

    def insert(_: int) -> None:
        for body, sealed in payloads:
            connection.execute("INSERT INTO bare (body, sealed) VALUES (%s, %s)", (body, sealed))

    return insert


def threaded(log: DecisionLog, threads: int, count: int) -> Callable[[int], object]:
    """Return a function that writes *count* entries with that many threads."""
    prepared = [[a_record(0) for _ in range(count // threads)] for _ in range(threads)]

    def write(records: Iterable) -> None:
        for record in records:
            log.record(record, recheck=True)

    def run(_: int) -> None:
        running = [threading.Thread(target=write, args=(records,)) for records in prepared]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()

    return run


def _process(folder: Path, url: str, count: int) -> None:
    log = opened(folder, url)
    record = a_record(os.getpid())
    for _ in range(count):
        log.record(record, recheck=True)
    log.close()


def processes(folder: Path, url: str, number: int, count: int) -> float:
    """Return entries a second of several processes, their start left out."""
    context = multiprocessing.get_context("fork")
    with context.Pool(number) as pool:
        pool.starmap(_process, [(folder, url, 1)] * number)
        rates = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            pool.starmap(_process, [(folder, url, count // number)] * number, chunksize=1)
            rates.append(count / (time.perf_counter() - started))
    return statistics.median(rates)


def compare(folder: Path, url: str | None) -> None:
    """Print every figure of one database."""
    keys = keys_in(folder / "keys")
    place = url or sqlite_url(folder)
    log = DecisionLog(Store.create(place), keys)
    record = a_record(1)

    def one_writer(_: int) -> None:
        for _ in range(ENTRIES):
            log.record(record, recheck=True)

    log.record(record, recheck=False)
    entry, sealed = log.store.head(), log.store.sealed(1)
    payloads = [(entry.text, sealed.data)] * ENTRIES
    bare = rate(bare_postgresql(url, payloads) if url else bare_sqlite(folder, payloads))
    single = rate(one_writer)
    four = processes(folder, place, 4, ENTRIES)
    many = rate(threaded(log, 32, 32 * 20), 32 * 20)
    print(f"{'PostgreSQL' if url else 'SQLite'}, {len(entry.text)} + {len(sealed.data)} bytes")
    print(f"  bare insert, one writer      {bare:8.0f} / s")
    print(f"  log, one writer              {single:8.0f} / s   {single / bare:5.2f} x bare")
    print(f"  log, four processes          {four:8.0f} / s   {four / bare:5.2f} x bare")
    print(f"  log, 32 threads, one commit  {many:8.0f} / s   {many / single:5.2f} x one writer")
    reading(log)
    log.close()


def reading(log: DecisionLog) -> None:
    """Print how fast a log is verified and decided again."""
    total = log.store.head().seq
    for name, work in (
        ("verify", lambda _: verify(log.store)),
        ("replay by tables", lambda _: sum(1 for _ in replay(log, evidence=False))),
        ("replay from evidence", lambda _: sum(1 for _ in replay(log))),
        ("what-if", lambda _: sum(1 for _ in what_if(log, {Reading.IIT_STRICT: True}))),
    ):
        print(f"  {name:28} {rate(work, total):8.0f} / s   of {total}")


def growth(folder: Path, largest: int) -> None:
    """Print the cost of an entry when the log has ten thousand, and ten times more, and so on."""
    log = DecisionLog(Store.create(sqlite_url(folder)), keys_in(folder / "keys"))
    write = threaded(log, 32, 32 * 50)
    size = 0
    mark = 10_000
    while mark <= largest:
        while size < mark:
            write(0)
            size = log.store.head().seq
        started = time.perf_counter()
        for number in range(ENTRIES):
            log.record(a_record(size + number), recheck=False)
        took = (time.perf_counter() - started) / ENTRIES
        print(f"  {size:9} entries: {took * 1000:.2f} ms an entry, one writer", flush=True)
        mark *= 10
    log.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--url")
    options.add_argument("--growth", type=int)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as made:
        if given.growth:
            growth(Path(made), given.growth)
        else:
            compare(Path(made), given.url)
