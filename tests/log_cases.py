"""Logs for tests: keys, a store in a folder, and a gate that writes to them."""

from __future__ import annotations

import sqlite3

from attrs import evolve

from gate_cases import Bureau, clock_of, purpose_of, shipped
from taxgate import Gate
from taxgate.log import DecisionLog, KeyKind, KeyRing, Store, new_key

PAID = "vehicle-first-paid"


def keys_in(folder, name="2026-01"):
    """Make one key of each kind in *folder* and return all that lie there."""
    for kind in KeyKind:
        new_key(folder, kind, name)
    return KeyRing.from_folder(folder)


def sqlite_url(folder, name="log.sqlite3"):
    """Return the URL of a database in *folder*."""
    return f"sqlite:///{folder / name}"


def log_in(folder):
    """Make a log and its keys in *folder*."""
    return DecisionLog(Store.create(sqlite_url(folder)), keys_in(folder / "keys"))


def decided(log, count=1, name=PAID, first=1):
    """Write *count* decisions of different cases to *log* and return them."""
    case = shipped(name)
    gate = Gate(Bureau(case), clock=clock_of(case), readings=case.readings, log=log)
    decisions = []
    for number in range(first, first + count):
        purpose = purpose_of(case, case_no=f"2026-{number}")
        bare = application_of(case)
        decisions.append(gate.check(bare, purpose=purpose, actor="officer-7"))
    return decisions


def application_of(case):
    """Return the application of *case* without office and case number."""
    return evolve(case.application, office=None, case_no=None)


def tampered(folder, *statements):
    """Run *statements* on the database behind the log's back."""
    connection = sqlite3.connect(folder / "log.sqlite3")
    for statement in statements:
        connection.execute(*statement if isinstance(statement, tuple) else (statement,))
    connection.commit()
    connection.close()
