"""The decision log (审查日志) a gate writes to: durable before answered, and once per case."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, Self

import attrs

from ..decision import Decision, LogReference
from ..errors import LogConflictError, LogError, LogKeyError
from ..evidence import Purpose
from ..identifiers import check_code
from ..recorded import Recorded
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
from .entry import Entry, EntryKind
from .keys import KeyKind, KeyRing
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

    def recall(self, case: Case, purpose: Purpose) -> Decision | None:
        """Return the decision this office made of this very case, where it still holds.

        It holds while it is younger than `replay_for` and no outage stands in it: what could not
        be asked is asked again. It is decided once more from the sealed answers, not asked anew.

        Args:
            case: The application, without answers, at the present instant.
            purpose: Who asks, in which case, under which provision.

        Raises:
            LogConflictError: The case was decided on another application.
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
        age = case.at - _at(entry)
        outages = any(item["basis"] == Basis.OUTAGE for item in entry.body["obligations"])
        if outages or not timedelta(0) <= age <= self._replay_for:
            return None
        return self._again(entry)

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
        if isinstance(outcome, Existing):
            if not outcome.same:
                raise LogConflictError(outcome.seq)
            # Another process was faster, or what there was has had its time.
            held = self.recall(case, purpose)
            if held is not None:
                return held
            outcome = self._committer().commit(attrs.evolve(draft, supersede=True))
            assert isinstance(outcome, Entry)  # noqa: S101 - what supersedes is always written
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
        return self._written(Draft(body=act_body(self.keys, act, decision)))

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
            LogKeyError: The key is gone.
            LogWriteError: It could not be recorded, so nothing is shown.
        """
        entry = self._decision(seq)
        sealed = self.store.sealed(seq)
        if sealed is None:
            raise LogError(f"the evidence of entry {seq} was erased")
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
        old = [seq for seq in self.store.with_evidence() if _at(self._decision(seq)) < before]
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
        if entry is None or entry.kind is not EntryKind.DECISION:
            raise LogError(f"entry {seq} is no decision")
        return entry

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

    def _again(self, entry: Entry) -> Decision | None:
        """Return the decision of *entry*, or None where its evidence cannot be read any more."""
        sealed = self.store.sealed(entry.seq)
        if sealed is None or sealed.digest != entry.body["evidence"]:
            return None
        try:
            case, _, _ = read_evidence(self.keys.unseal(sealed))
        except LogKeyError:
            return None
        return _referred(case.decide(), entry, replayed=True)

    def _requests(self, case: Case, purpose: Purpose) -> tuple[str, ...]:
        ids = reversed(self.keys.ids(KeyKind.TOKEN))
        return tuple(request_token(self.keys, purpose, case, key_id) for key_id in ids)

    def _contents(self, case: Case) -> tuple[str, ...]:
        ids = reversed(self.keys.ids(KeyKind.TOKEN))
        digest = content_digest(case)
        return tuple(content_token(self.keys, digest, key_id) for key_id in ids)

    def _begin(self) -> None:
        self._pid = os.getpid()
        self._commits = Committer(self.store)

    def _committer(self) -> Committer:
        if self._pid != os.getpid():
            # After a fork its lock may be held, and nobody leads.
            self._begin()
        return self._commits


def _at(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.body["at"])


def _referred(decision: Decision, entry: Entry, *, replayed: bool) -> Decision:
    reference = LogReference(
        seq=entry.seq,
        digest=entry.digest,
        replayed=replayed,
        supersedes=entry.body.get("supersedes"),
    )
    return attrs.evolve(decision, logged=reference)
