"""Writers in processes of their own, and what is left of the log after their end."""

from __future__ import annotations

import os

from log_writer import opened, write
from taxgate.log.chain import verify
from taxgate.log.describing import read_evidence


def judged(folder, said, url=None):
    """Assert that the log in *folder* is sound and holds all that was *said* to be durable."""
    log = opened(folder, url)
    try:
        found = verify(log.store)
        assert found.fault is None, found.fault
        cases = []
        for entry in log.entries():
            # No decision without its evidence, and none of which only a part is there.
            sealed = log.store.sealed(entry.seq)
            case, purpose, _ = read_evidence(log.keys.unseal(sealed))
            assert case.decide().outcome.value == entry.body["outcome"]
            cases.append(purpose.case_no)
        acknowledged = {line for line in said.split("\n")[:-1] if line.startswith("case-")}
        assert acknowledged <= set(cases), "an acknowledged entry is lost"
        assert len(set(cases)) == len(cases), "a case was written twice"
        return len(cases)
    finally:
        log.close()


def started(folder, first, count, url=None):
    """Start a writer in a child process; return its number and what it says through."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        log = opened(folder, url)
        write(log, first, count, lambda line: os.write(writing, line.encode("ascii")))
    finally:
        os._exit(0)


def heard(reading):
    """Return everything a writer said."""
    with os.fdopen(reading, encoding="ascii") as file:
        return file.read()
