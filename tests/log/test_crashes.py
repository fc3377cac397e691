"""No acknowledged entry is lost, and no chain forks, whatever happens to the writer (faults 86-92).

TAXGATE_KILLS sets how many writers are killed (300; CONTRIBUTING.md has the long run). A kill ends
a process, not the machine: that the disk keeps what it said it kept is not shown here.
"""

from __future__ import annotations

import os
import random
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gate_cases import shipped
from log_cases import decided, keys_in, log_in, sqlite_url
from log_crashes import heard, judged, started
from log_writer import opened
from taxgate.errors import ConfigError, LogCorruptError, LogError, LogWriteError
from taxgate.log import DecisionLog, KeyRing, Store
from taxgate.log.chain import verify
from taxgate.log.heads import FileWitness, sign_head

KILLS = int(os.environ.get("TAXGATE_KILLS", "300"))
WRITER = Path(__file__).parent.parent / "log_writer.py"
NO_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@NO_FORK
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_killed_writers_lose_nothing_they_acknowledged(tmp_path):
    """One writer after another is killed at a random moment; the log goes on from there."""
    log_in(tmp_path).close()
    moments = random.Random(307)
    said = ""
    for number in range(KILLS):
        child, reading = started(tmp_path, number * 100, 100)
        if number % 4:
            # On a busy machine a writer may take long to begin; most are killed while they write.
            select.select([reading], [], [], 10)
        time.sleep(moments.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += heard(reading)
        if number % 100 == 99:
            judged(tmp_path, said)
    assert judged(tmp_path, said) >= said.count("case-") > KILLS / 10


@NO_FORK
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_four_processes_write_one_chain(tmp_path):
    """Three hundred cases by four writers side by side: three hundred entries, no fork, no gap."""
    log_in(tmp_path).close()
    children = [started(tmp_path, first * 1000, 75) for first in range(4)]
    said = "".join(heard(reading) for _, reading in children)
    for child, _ in children:
        assert os.waitpid(child, 0)[1] == 0
    assert said.count("case-") == 300
    assert judged(tmp_path, said) == 300


# System calls -------------------------------------------------------------------------------------

CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink"


def traced(folder, *options):
    """Run a writer of three cases under strace; return what it said and the trace."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: apt-get install strace")
    trace = folder / "trace"
    done = subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(trace), "-e", f"trace={CALLS}", *options,
         sys.executable, str(WRITER), str(folder), "0", "3"],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done, trace.read_text()


def places(folder):
    """Return (call, number) of every call a writer of three cases makes on the database's files.

    Numbers count calls of one name, as strace does.
    """
    log_in(folder).close()
    done, trace = traced(folder, "-y")
    assert done.stdout.count("case-") == 3, done.stderr
    counted, found = {}, []
    for line in trace.splitlines():
        named = re.match(r"\d+ +(\w+)\(", line)
        if named is None:
            continue
        call = named[1]
        counted[call] = counted.get(call, 0) + 1
        if "log.sqlite3" in line:
            found.append((call, counted[call]))
    return found


@pytest.mark.slow
def test_a_kill_at_every_write_and_sync_loses_nothing(tmp_path):
    """The writer dies just before each system call that changes the database, one run for each."""
    (tmp_path / "first").mkdir()
    found = places(tmp_path / "first")
    assert len(found) > 10
    step = 1 if KILLS > 1000 else 4
    for index, (call, number) in enumerate(found[::step]):
        folder = tmp_path / str(index)
        folder.mkdir()
        log_in(folder).close()
        done, _ = traced(folder, "-e", f"inject={call}:signal=KILL:when={number}")
        judged(folder, done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_failing_call_is_no_acknowledgement(tmp_path, error):
    """A full disk or a failing one gives a named error, and the log goes on after it (fault 87)."""
    (tmp_path / "first").mkdir()
    found = [place for place in places(tmp_path / "first") if place[0] != "unlink"]
    step = 1 if KILLS > 1000 else 8
    failures = 0
    for index, (call, number) in enumerate(found[::step]):
        folder = tmp_path / str(index)
        folder.mkdir()
        log_in(folder).close()
        done, _ = traced(folder, "-e", f"inject={call}:error={error}:when={number}")
        assert "Traceback" not in done.stderr or "ConfigError" in done.stderr, done.stderr
        failures += done.stdout.count("failed LogWriteError")
        held = judged(folder, done.stdout)
        log = opened(folder)
        decided(log, 1, first=900)
        log.close()
        assert judged(folder, done.stdout) == held + 1
    assert failures > 0


def test_a_disk_without_room_gives_no_decision(tmp_path):
    """Beyond the size a file may have nothing is written, and no decision leaves the log."""
    log = log_in(tmp_path)
    decided(log, 2)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    wal = (tmp_path / "log.sqlite3-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal + 4096, hard))
    try:
        with pytest.raises(LogWriteError):
            decided(log, 40, first=100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    written = len(list(log.entries()))
    decided(log, 1, first=500)
    assert [entry.seq for entry in log.entries()] == list(range(1, written + 2))
    assert verify(log.store).sound
    log.close()


def test_a_database_that_cannot_be_written_gives_no_decision(tmp_path):
    """Where another process holds the write lock too long, there is an error and no decision."""
    import sqlite3  # noqa: PLC0415

    log_in(tmp_path).close()
    log = DecisionLog(
        Store(sqlite_url(tmp_path), patience=0.2), KeyRing.from_folder(tmp_path / "keys")
    )
    blocker = sqlite3.connect(tmp_path / "log.sqlite3", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(LogWriteError, match="SQLITE_BUSY"):
        decided(log)
    blocker.rollback()
    blocker.close()
    assert len(decided(log)) == 1
    log.close()


# Damage -------------------------------------------------------------------------------------------


def test_damaged_pages_never_verify(tmp_path):
    """Wherever a byte of the file changes, either nothing that is kept changed, or it is found."""
    log = log_in(tmp_path)
    decided(log, 5)
    # Everything into one file, so that there is one to damage.
    log.store.checkpoint()
    log.close()
    path = tmp_path / "log.sqlite3"
    good = path.read_bytes()
    kept = texts(tmp_path)
    bytes_of = random.Random(5)
    found = 0
    for _ in range(60):
        place = bytes_of.randrange(len(good))
        path.write_bytes(good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :])
        for rest in tmp_path.glob("log.sqlite3-*"):
            rest.unlink()
        try:
            store = Store(sqlite_url(tmp_path))
            sound = verify(store).sound
            store.close()
        except LogError:
            sound = False
        except Exception as error:
            raise AssertionError(f"byte {place}: {error!r}") from error
        found += not sound
        assert not sound or texts(tmp_path) == kept
    assert found > 3


def texts(folder):
    """Return every entry as it is spelled."""
    store = Store(sqlite_url(folder))
    spelled = [row[3] for row in store.rows()]
    store.close()
    return spelled


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_database_is_refused(tmp_path, content):
    """A file of something else is never taken for an empty log (fault 88)."""
    keys_in(tmp_path / "keys")
    (tmp_path / "log.sqlite3").write_bytes(content)
    (tmp_path / "log.sqlite3").chmod(0o600)
    with pytest.raises((LogCorruptError, ConfigError)):
        Store(sqlite_url(tmp_path))


def test_a_lost_wal_shows_to_a_witness(tmp_path):
    """Entries that were only in the write-ahead log are missed by the head kept elsewhere."""
    log = log_in(tmp_path)
    decided(log, 3)
    log.store.checkpoint()
    shutil.copy(tmp_path / "log.sqlite3", tmp_path / "copy")
    decided(log, 2, first=10)
    witness = FileWitness(tmp_path / "witness")
    witness.keep(sign_head(log.store, log.keys, shipped("vehicle-first-paid").at))
    log.close()
    for file in tmp_path.glob("log.sqlite3*"):
        file.unlink()
    (tmp_path / "copy").rename(tmp_path / "log.sqlite3")
    store = Store(sqlite_url(tmp_path))
    found = verify(store, KeyRing.from_folder(tmp_path / "keys"), [witness])
    store.close()
    assert found.fault.seq == 4
