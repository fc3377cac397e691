"""Why a drop file (落地文件) cannot be used."""

from __future__ import annotations

from ..evidence import OutageCause

__all__ = ["UnusableFileError", "malformed", "not_handed_over"]


class UnusableFileError(Exception):
    """A file, or what is said of it, cannot be used; never leaves the source.

    Attributes:
        cause: Cause of the outage: unreachable where it was not properly handed over, untrusted
            where it was and what stands in it is wrong.
        problem: What is wrong and where, never anything that stands in a cell.
    """

    def __init__(self, cause: OutageCause, problem: str) -> None:
        super().__init__(cause, problem)
        self.cause = cause
        self.problem = problem


def malformed(problem: str) -> UnusableFileError:
    """Return the error for a file that was handed over whole, and is wrong."""
    return UnusableFileError(OutageCause.MALFORMED_RESPONSE, problem)


def not_handed_over(problem: str) -> UnusableFileError:
    """Return the error for a file that is not there, not whole, or not what the manifest names."""
    return UnusableFileError(OutageCause.SERVER_FAULT, problem)
