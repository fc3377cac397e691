"""Verifying a log (日志核验): is every entry what was written, and is any missing?

Four things are looked at: that each entry fits its digest and the one before; that sealed evidence
is what its entry says, or was erased by a later entry that says so; that the table by which the
latest decision of a case is found gives the one of the chain; and that every signed head, above all
those kept by a witness, is the digest of its entry. What cannot be known without a witness is said.

A log may be verified while others write to it: what comes after the beginning is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Final

from attrs import field, frozen

from ..errors import LogKeyError
from .canonical import canonical
from .entry import EntryKind, beginning, link_digest
from .heads import Head, Witness, stored_heads
from .keys import KeyRing
from .latest import Latest
from .store import Store

__all__ = ["Doubt", "Fault", "Verification", "verify"]


class Doubt(StrEnum):
    """What a verification could not find out."""

    NOT_ANCHORED = "not-anchored"
    """No head lies elsewhere: a cut tail, a chain worked out anew or an old copy put back would
    not show."""
    TAIL_NOT_ANCHORED = "tail-not-anchored"
    """Entries after the last head kept elsewhere may have been cut off or worked out anew."""
    SIGNATURES_NOT_CHECKED = "signatures-not-checked"
    """No key was given to check signatures with."""


@frozen
class Fault:
    """The first entry that is not as it was.

    Attributes:
        seq: Its number.
        problem: What is wrong with it.
    """

    seq: int
    problem: str


@frozen(kw_only=True)
class Verification:
    """What became of it.

    Attributes:
        entries: Entries that were read.
        fault: The first that is not as it was; None: all are.
        anchored: Number of the last entry that a head kept elsewhere fixes; 0: none.
        signed: Number of the last entry that a signed head fixes; 0: none.
        doubts: What it cannot know.
    """

    entries: int
    fault: Fault | None
    anchored: int
    signed: int
    doubts: tuple[Doubt, ...] = field(default=())

    @property
    def sound(self) -> bool:
        """Whether nothing wrong was found."""
        return self.fault is None


def verify(
    store: Store,
    keys: KeyRing | None = None,
    witnesses: Iterable[Witness] = (),
    *,
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Verify the log in *store* from its first entry to its last.

    Args:
        store: The log.
        keys: Signing keys, public halves will do; without them signatures are not checked.
        witnesses: Who keeps heads elsewhere.
        progress: Told the number of each entry that was read.

    Raises:
        LogError: The log, or a witness, cannot be read.
    """
    kept = [head for witness in witnesses for head in witness.heads(store.log_id)]
    own = list(stored_heads(store, store.log_id))
    reading = _Reading(store, {head.seq for head in (*kept, *own)})
    fault = reading.run(progress)
    faults = [fault] if fault is not None else []
    faults += _head_faults(reading, keys, kept, "kept elsewhere")
    faults += _head_faults(reading, keys, own, "kept beside the log")
    # Of several, the earliest entry is where it began.
    first = min(faults, key=lambda item: item.seq) if faults else None
    return Verification(
        entries=reading.entries,
        fault=first,
        anchored=max((head.seq for head in kept), default=0),
        signed=max((head.seq for head in own), default=0),
        doubts=tuple(_doubts(reading.entries, keys, kept)),
    )


class _Reading:
    """One pass over the entries."""

    def __init__(self, store: Store, wanted: set[int]) -> None:
        self._store: Final = store
        self._wanted: Final = wanted
        self.digests: Final[dict[int, str]] = {}
        """Digests of the entries that heads are about."""
        self.entries = 0
        self._erased: Final[set[int]] = set()
        self._without_evidence: Final[set[int]] = set()
        self._latest: Final = Latest()

    def run(self, progress: Callable[[int], None] | None) -> Fault | None:
        """Return the first fault, after reading every entry there is."""
        # Before anything else: evidence is written with its entry, so that of these is there.
        least, last = self._store.bounds()
        prev, expected = beginning(self._store.log_id), 1
        first = None if least == 1 else Fault(least, "is no entry of the log: they begin with 1")
        sealed = iter(self._store.sealed_digests())
        evidence = next(sealed, None)
        for seq, said_prev, digest, text in self._store.rows():
            if seq > last:
                break
            self.entries += 1
            problem, body = _judged(seq, expected, said_prev, prev, digest, text)
            if seq != expected and first is None:
                first = Fault(min(seq, expected), str(problem))
            while evidence is not None and evidence[0] < seq:
                first = first or Fault(evidence[0], "has evidence, and is no entry that has any")
                evidence = next(sealed, None)
            if evidence is not None and evidence[0] == seq:
                if problem is None and body.get("evidence") != evidence[1]:
                    problem = "its sealed evidence is not what was written"
                evidence = next(sealed, None)
            elif body.get("evidence") is not None:
                self._without_evidence.add(seq)
            if problem is None:
                problem = self._told(seq, body)
            else:
                # One entry that was changed is not to make another look it.
                self._erased.update(_named(body) or ())
            if problem is not None and first is None:
                first = Fault(seq, problem)
            if seq in self._wanted:
                self.digests[seq] = digest
            prev, expected = digest, seq + 1
            if progress is not None:
                progress(seq)
        faults = [] if first is None else [first]
        faults += self._beyond(last, evidence, sealed)
        faults += self._lost(last)
        return min(faults, key=lambda item: item.seq, default=None)

    def _told(self, seq: int, body: dict[str, Any]) -> str | None:
        """Return what is wrong with what an entry, itself as it was written, says of others."""
        kind = body.get("kind")
        if kind == EntryKind.ERASURE:
            named = _named(body)
            if named is None:
                return "is not written as the log writes: verify the log"
            self._erased.update(named)
            # It is written together with what it names being erased: not before, not in vain.
            if not self._without_evidence.issuperset(named):
                return "says that evidence was erased which is there, or never was"
        if seq != self.entries:
            return None  # something is missing before, and with it perhaps what this supersedes
        return self._latest.read(seq, body if kind == EntryKind.DECISION else None)

    def _beyond(
        self, last: int, evidence: tuple[int, str] | None, sealed: Iterable[tuple[int, str]]
    ) -> Iterable[Fault]:
        """Yield what is wrong with evidence and requests that belong to none of these entries."""
        rest = [] if evidence is None else [evidence[0], *(seq for seq, _ in sealed)]
        yield from (Fault(seq, "has evidence, and is missing") for seq in rest if seq <= last)
        wrong, asked = self._latest.fault(self._store.requests(), last)
        if wrong:
            yield Fault(wrong, "is not the latest decision of the case that it is given for")
        # Others may have written since; their entries are there by now.
        _, end = self._store.bounds()
        if rest and rest[-1] > end:
            first = next(seq for seq in rest if seq > end)
            yield Fault(first, "has evidence, and is missing")
        if asked > end:
            yield Fault(end + 1, "is missing, and given as the latest decision of a case")

    def _lost(self, last: int) -> Iterable[Fault]:
        """Yield the first entry whose evidence is gone, and nobody says that it was erased."""
        lost = self._without_evidence - self._erased
        if lost:
            # It may have been erased while this was read.
            for _, _, _, text in self._store.rows(last):
                lost.difference_update(_named(_read(text)) or ())
        if lost:
            yield Fault(min(lost), "its evidence is gone, and no entry says that it was erased")


def _judged(
    seq: int, expected: int, said_prev: str | bytes, prev: str, digest: str, text: str
) -> tuple[str | None, dict[str, Any]]:
    """Return what is wrong with one entry, and its body."""
    spelled = text.encode("utf-8", "surrogatepass")
    body = _read(text)
    if seq != expected:
        return f"is missing: the next one there is has the number {seq}", body
    # SQLite lets anybody who changes a row change its type as well.
    if not isinstance(said_prev, str) or not said_prev.isascii():
        return "does not follow the entry before it", body
    if digest != link_digest(seq, said_prev, spelled):
        return "is not what was written: it does not fit its digest", body
    if said_prev != prev:
        return "does not follow the entry before it", body
    if not _is_proper(body, spelled):
        return "is not spelled as the log spells", body
    return None, body


def _read(text: str) -> dict[str, Any]:
    """Return what a body says; nothing, where it is no JSON object."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _named(body: dict[str, Any]) -> list[int] | None:
    """Return the entries whose evidence an erasure names; None where a body is none."""
    named = body.get("entries") if body.get("kind") == EntryKind.ERASURE else None
    proper = isinstance(named, list) and all(type(item) is int for item in named)
    return named if proper else None


def _is_proper(body: dict[str, Any], spelled: bytes) -> bool:
    try:
        return canonical(body) == spelled
    except (ValueError, TypeError):
        return False


def _head_faults(
    reading: _Reading, keys: KeyRing | None, heads: Iterable[Head], place: str
) -> list[Fault]:
    faults = []
    for head in heads:
        if keys is not None and not _fits(keys, head):
            faults.append(Fault(head.seq, f"its head {place} has no valid signature"))
        elif head.seq not in reading.digests:
            faults.append(
                Fault(
                    min(head.seq, reading.entries + 1),
                    f"is missing: a head {place} goes up to entry {head.seq}",
                )
            )
        elif reading.digests[head.seq] != head.digest:
            faults.append(Fault(head.seq, f"is another than the head {place} fixes"))
    return faults


def _fits(keys: KeyRing, head: Head) -> bool:
    try:
        return keys.signed(head.key_id, head.message, head.signature)
    except (LogKeyError, ValueError):
        # A number or a digest that no head can have has no spelling that could be signed.
        return False


def _doubts(entries: int, keys: KeyRing | None, kept: list[Head]) -> Iterable[Doubt]:
    if not kept:
        yield Doubt.NOT_ANCHORED
    elif max(head.seq for head in kept) < entries:
        yield Doubt.TAIL_NOT_ANCHORED
    if keys is None:
        yield Doubt.SIGNATURES_NOT_CHECKED
