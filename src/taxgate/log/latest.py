"""Which decision of a case is the latest (最新结论), by the chain and by the table of requests.

The table is only a short way to what the chain says. Whoever changes it gives a case the decision
of another application, or one that was superseded; so a verification holds one against the other.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final

__all__ = ["Latest"]

_NONE: Final = 0
"""Mark of an entry that is no latest decision."""


class Latest:
    """The latest decisions of a chain that is read from its beginning: eight bytes for an entry."""

    def __init__(self) -> None:
        self._marks: Final = array("Q", [_NONE])

    def read(self, seq: int, body: Mapping[str, Any] | None) -> str | None:
        """Take in the decision of entry *seq*; return what is wrong with it.

        Args:
            seq: Its number; those in between are no decisions.
            body: What it says; None: it is no decision.
        """
        self._marks.extend([_NONE] * (seq + 1 - len(self._marks)))
        if body is None:
            return None
        self._marks[seq] = _mark(seq, body.get("request"), body.get("content"))
        before = body.get("supersedes")
        if before is None:
            return None
        if type(before) is not int or not self._is_latest(before, seq):
            return "takes the place of an entry that is not the latest decision of a case"
        self._marks[before] = _NONE
        return None

    def fault(self, rows: Iterable[tuple[str, str, int]], last: int) -> tuple[int, int]:
        """Hold the table of requests against the chain.

        Args:
            rows: Token, token of the application, and entry.
            last: Number of the last entry that was taken in.

        Returns:
            The first entry that the table gives and the chain does not, 0 for none; and the
            greatest it gives beyond *last*, which may have been written since.
        """
        wrong, beyond = 0, last
        for token, content, seq in rows:
            if type(seq) is int and seq > last:
                beyond = max(beyond, seq)
            elif type(seq) is not int or not (
                self._is_latest(seq, last + 1) and self._marks[seq] == _mark(seq, token, content)
            ):
                found = max(1, seq) if type(seq) is int else 1
                wrong = min(wrong or found, found)
        return wrong, beyond

    def _is_latest(self, seq: int, before: int) -> bool:
        return 0 < seq < min(before, len(self._marks)) and self._marks[seq] != _NONE


def _mark(seq: int, request: object, content: object) -> int:
    """Return a number that stands for a decision; never that of none."""
    spelled = f"{seq}\0{request}\0{content}".encode("utf-8", "surrogatepass")
    return int.from_bytes(sha256(spelled).digest()[:8], "big") | 1
