"""The shipped cases the benchmarks decide."""

# ruff: noqa: INP001 - scripts, not a package

from __future__ import annotations

from taxgate.cases import CASES
from taxgate.wire import Case, read_case

LOOKED_AT = ("vehicle-first-paid", "vehicle-first-no-record", "vehicle-first-forged-paper")
"""Vehicle cases: a pass, a notice with refusal, and a refusal with a referral."""


def document(name: str) -> bytes:
    """Return the shipped case *name* as JSON."""
    return next(case.document() for case in CASES if case.name == name)


def shipped(name: str) -> Case:
    """Return the shipped case *name*."""
    return read_case(document(name))
