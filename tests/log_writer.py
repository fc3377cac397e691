"""A program that writes to a log until it is stopped, and says of each entry that it is durable.

    python log_writer.py FOLDER FIRST COUNT

Each acknowledged case number is one line on the standard output, written only after the log has
returned; "failed" and the error's name stand where it did not. Tests kill it, fill its disk, or
make its system calls fail, and then look at what is left.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from attrs import evolve

from gate_cases import purpose_of, shipped
from log_cases import PAID, sqlite_url
from taxgate.errors import LogError
from taxgate.log import DecisionLog, KeyRing, Store
from taxgate.recorded import Recorded


def opened(folder, url=None):
    """Return the log in *folder*."""
    store = Store(url or sqlite_url(folder))
    return DecisionLog(store, KeyRing.from_folder(folder / "keys"))


def a_record(number):
    """Return a decided case with that case number."""
    case = shipped(PAID)
    purpose = purpose_of(case, office="示例机关", case_no=f"case-{number}")
    known = evolve(case.application, office=purpose.office, case_no=purpose.case_no)
    case = evolve(case, application=known)
    return Recorded(case=case, decision=case.decide(), purpose=purpose)


def write(log, first, count, say):
    """Write cases and tell *say* of each that is durable."""
    for number in range(first, first + count):
        try:
            log.record(a_record(number), recheck=False)
        except LogError as error:
            say(f"failed {type(error).__name__}\n")
        else:
            say(f"case-{number}\n")


if __name__ == "__main__":
    with opened(Path(sys.argv[1])) as writing:
        write(
            writing,
            int(sys.argv[2]),
            int(sys.argv[3]),
            # One system call for each line: what was said is said, whatever happens next.
            lambda line: os.write(1, line.encode("ascii")),
        )
