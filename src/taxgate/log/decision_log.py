"""The decision log (审查日志) a gate writes to: durable before answered, and once per case."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, Self

import attrs

from .. import __version__
from ..decision import Decision, LogReference
from ..errors import LogConflictError, LogError, LogKeyError, LogTamperedError
from ..evidence import Purpose, china_date, not_fresh
from ..identifiers import check_code
from ..recorded import Recorded
from ..revision import law_revision
from ..terms import Basis
from ..wire.case import Case
from .acts import Act, act_body
from .committing import Committer
from .describing import (
    content_digest,
    content_token,
    decision_body,
    evidence_of,
    read_evidence,
    request_token,
)
from .entry import Entry, EntryKind, link_digest
from .keys import KeyKind, KeyRing, Sealed
from .reporting import readable
from .store import Draft, Existing, Store
from .watching import Watch

__all__ = ["REPLAY_FOR", "DecisionLog"]

REPLAY_FOR: Final = timedelta(minutes=15)
"""How long a recorded decision is given again to whoever asks the same."""


class DecisionLog:
    """Every decision of a gate, kept before anybody hears of it.

    One log serves threads, processes and offices; each process opens it for itself.

    Args:
        store: Where it lies.
        keys: For tokens, for sealing and for signing.
        replay_for: How long a recorded decision is given again to whoever asks the same.
        acts: Whether acts of officers may be recorded; see `Act`.
        watch: Told of each decision and clear reading of an officer.
    """

    def __init__(
        self,
        store: Store,
        keys: KeyRing,
        *,
        replay_for: timedelta = REPLAY_FOR,
        acts: bool = False,
        watch: Watch | None = None,
    ) -> None:
        # Found out now, not when the first decision is to be written.
        keys.current(KeyKind.TOKEN)
        keys.current(KeyKind.SEAL)
        self.store: Final = store
        self.keys: Final = keys
        self._replay_for: Final = replay_for
        self._acts: Final = acts
        self._watch: Final = watch
        self._begin()

    def recall(self, case: Case, purpose: Purpose, *, trial: bool = False) -> Decision | None:
        """Return the decision this office made of this very case, where it still holds.

        It holds while it is younger than `replay_for`, on the day it was made, under the same law
        and version, while its answers are still fresh, and while no outage stands in it: what could
        not be asked is asked again. It is decided once more from the sealed answers, not asked
        anew. Age, case and answers are those that were sealed: whoever can write to the database
        but has no key cannot pass off another.

        Args:
            case: The application, without answers, at the present instant.
            purpose: Who asks, in which case, under which provision.
            trial: Whether a decision may be given again whose answers do not count.

        Raises:
            LogConflictError: The case was decided on another application.
            LogTamperedError: What is found is not what was written about this case.
            LogError: The log cannot be read.
        """
        found = self.store.find(self._requests(case, purpose), self._contents(case))
        if found is None:
            return None
        if not found.same:
            raise LogConflictError(found.seq)
        entry = self.store.entry(found.seq)
        if entry is None:
            raise LogError(f"entry {found.seq} is missing: verify the log")
        sealed = self.store.sealed(entry.seq)
        if sealed is None:
            return None
        _demand_as_written(entry, sealed)
        with readable(entry):
            same = (entry.body["law"], entry.body["taxgate"]) == (law_revision(), __version__)
            if not same or not self._holds(_at(entry), case.at):
                return None
        try:
            held, asked, _ = read_evidence(self.keys.unseal(sealed))
        except LogKeyError:
            return None
        if (asked.office, asked.case_no, content_digest(held)) != (
            purpose.office,
            purpose.case_no,
            content_digest(case),
        ):
            raise LogTamperedError(entry.seq, "is not about the case that it is found by")
        if not (trial or _counts(held)) or not self._holds(held.at, case.at):
            return None
        if not _fresh(held, case.at):
            return None
        return _again(entry, held)

    def record(self, recorded: Recorded, *, recheck: bool) -> Decision:
        """Return the decision once it is kept, with its place in the log.

        Args:
            recorded: The check.
            recheck: Whether it takes the place of an earlier decision on another application, or
                on the same one though that still holds.

        Raises:
            LogConflictError: The case was decided on another application.
            LogWriteError: It could not be written; the decision must not be used.
        """
        case, purpose = recorded.case, recorded.purpose
        sealed = self.keys.seal(evidence_of(recorded))
        contents = self._contents(case)
        draft = Draft(
            body=decision_body(self.keys, recorded, evidence=sealed.digest, content=contents[0]),
            sealed=sealed,
            requests=self._requests(case, purpose),
            contents=contents,
            supersede=recheck,
        )
        outcome = self._committer().commit(draft)
        while isinstance(outcome, Existing):
            if not outcome.same:
                raise LogConflictError(outcome.seq)
            # Another process was faster, or what there was has had its time.
            held = self.recall(case, purpose, trial=not _counts(case))
            if held is not None:
                return held
            # Only what was looked at gives way: somebody may record another application meanwhile.
            outcome = self._committer().commit(attrs.evolve(draft, over=outcome.seq))
        self._noted(outcome.body["actor"], case.at)
        return _referred(recorded.decision, outcome, replayed=False)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield each entry in order, from the one after that number."""
        return self.store.entries(after)

    # Beside decisions ---------------------------------------------------------------------------

    def act(self, act: Act) -> Entry:
        """Record what an officer does beside a decision, and return the entry.

        Raises:
            LogError: Acts are not switched on, or there is no such decision.
            LogWriteError: It could not be written; the act must not be done.
        """
        if not self._acts:
            raise LogError("acts of officers are off: whether law allows them is for the office")
        decision = self._decision(act.decision)
        with readable(decision):
            body = act_body(self.keys, act, decision)
        return self._written(Draft(body=body))

    def read_clear(
        self, seq: int, *, reader: str, reason: str, at: datetime
    ) -> tuple[Case, Purpose, str | None]:
        """Return case, purpose and officer of a decision in clear; that they were read is recorded.

        Args:
            seq: Entry of the decision.
            reader: Who reads.
            reason: Why, as a code of the office's own (Order Art. 19).
            at: When.

        Raises:
            LogError: There is no such decision, or its evidence was erased.
            LogTamperedError: Entry or evidence is not what was written.
            LogKeyError: The key is gone.
            LogWriteError: It could not be recorded, so nothing is shown.
        """
        entry = self._decision(seq)
        sealed = self.store.sealed(seq)
        if sealed is None:
            raise LogError(f"the evidence of entry {seq} was erased")
        _demand_as_written(entry, sealed)
        plain = self.keys.unseal(sealed)
        entry = self._written(
            Draft(
                body={
                    "kind": EntryKind.READING.value,
                    "at": at.isoformat(),
                    "entry": seq,
                    "case": entry.body["case"],
                    "reader": self.keys.token("actor", check_code(reader)),
                    "reason": check_code(reason),
                }
            )
        )
        self._noted(entry.body["reader"], at)
        return read_evidence(plain)

    def erase(self, *, before: datetime, rule: str, at: datetime) -> Entry | None:
        """Erase the evidence of all decisions made before an instant; None where there is none.

        What is left is the body of each entry: the rules can be replayed, the appraisal cannot, and
        nobody can prove any more whose records it was made from.

        Args:
            before: Instant; younger evidence stays.
            rule: Retention rule it is done under, as a code of the office's own.
            at: When.

        Raises:
            LogWriteError: Nothing was erased.
        """
        old = [seq for seq in self.store.with_evidence() if self._made(seq) < before]
        if not old:
            return None
        body = {
            "kind": EntryKind.ERASURE.value,
            "at": at.isoformat(),
            "rule": check_code(rule),
            "before": before.isoformat(),
            "entries": old,
        }
        return self.store.erase(old, Draft(body=body))

    def of_case(self, office: str, case_no: str) -> Iterator[Entry]:
        """Yield every entry about a case of an office, in order."""
        tokens = set(self.keys.tokens("case", f"{office}\0{case_no}"))
        return (entry for entry in self.entries() if entry.body.get("case") in tokens)

    def by_actor(self, actor: str) -> Iterator[Entry]:
        """Yield every entry an officer made or read, in order: who asked about whom, and when."""
        tokens = set(self.keys.tokens("actor", actor))
        return (
            entry
            for entry in self.entries()
            if tokens & {entry.body.get("actor"), entry.body.get("reader")}
        )

    def _noted(self, actor: str | None, at: datetime) -> None:
        if self._watch is not None and actor is not None:
            self._watch.note(actor, at)

    def _decision(self, seq: int) -> Entry:
        entry = self.store.entry(seq)
        if entry is None or entry.body.get("kind") != EntryKind.DECISION:
            raise LogError(f"entry {seq} is no decision")
        return entry

    def _made(self, seq: int) -> datetime:
        entry = self._decision(seq)
        with readable(entry):
            made = _at(entry)
            if made.tzinfo is None:
                raise ValueError("the log writes aware instants only")
        return made

    def _written(self, draft: Draft) -> Entry:
        outcome = self._committer().commit(draft)
        assert isinstance(outcome, Entry)  # noqa: S101 - such a draft has no request
        return outcome

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _holds(self, made: datetime, now: datetime) -> bool:
        """Tell whether a decision made at one instant may be given again at another."""
        # A paper may have run out at midnight.
        same_day = china_date(made) == china_date(now)
        return same_day and timedelta(0) <= now - made <= self._replay_for

    def _requests(self, case: Case, purpose: Purpose) -> tuple[str, ...]:
        ids = reversed(self.keys.ids(KeyKind.TOKEN))
        return tuple(request_token(self.keys, purpose, case, key_id) for key_id in ids)

    def _contents(self, case: Case) -> tuple[str, ...]:
        ids = reversed(self.keys.ids(KeyKind.TOKEN))
        digest = content_digest(case)
        return tuple(content_token(self.keys, digest, key_id) for key_id in ids)

    def _begin(self) -> None:
        self._commits = Committer(self.store)
        # Last: whoever finds this process noted down takes what was made for it.
        self._pid = os.getpid()

    def _committer(self) -> Committer:
        if self._pid != os.getpid():
            # After a fork its lock may be held, and nobody leads.
            self._begin()
        return self._commits


def _at(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.body["at"])


def _demand_as_written(entry: Entry, sealed: Sealed) -> None:
    """Refuse an entry that does not fit its digest, or evidence that is not its own."""
    with readable(entry):
        fits = entry.digest == link_digest(entry.seq, entry.prev, entry.text.encode("utf-8"))
        own = entry.kind is EntryKind.DECISION and entry.body["evidence"] == sealed.digest
    if not fits:
        raise LogTamperedError(entry.seq, "is not what was written: it does not fit its digest")
    if not own:
        raise LogTamperedError(entry.seq, "its sealed evidence is not what was written")


def _counts(case: Case) -> bool:
    """Tell whether a registration may be completed on the answers of *case*."""
    return all(item.provenance.counts for item in case.answers if item.records is not None)


def _fresh(case: Case, now: datetime) -> bool:
    """Tell whether every answer of *case* is still one that a check would trust."""
    answered = (item for item in case.answers if item.records is not None)
    return all(not_fresh(item.as_of, now) is None for item in answered)


def _again(entry: Entry, held: Case) -> Decision | None:
    """Return the decision of *entry* from what it was made from; None where an outage is in it."""
    decision = held.decide()
    with readable(entry):
        said = (entry.body["outcome"], entry.body["may_complete"])
    if said != (decision.outcome.value, decision.may_complete):
        raise LogTamperedError(entry.seq, "says otherwise than what it was made from")
    found = (*decision.findings, *decision.silent)
    if any(item.obligation.basis is Basis.OUTAGE for item in found):
        return None
    return _referred(decision, entry, replayed=True)


def _referred(decision: Decision, entry: Entry, *, replayed: bool) -> Decision:
    reference = LogReference(
        seq=entry.seq,
        digest=entry.digest,
        replayed=replayed,
        supersedes=entry.body.get("supersedes"),
    )
    return attrs.evolve(decision, logged=reference)
