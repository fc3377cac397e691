"""What an officer does beside a decision (经办人处置): named, bounded in time, and never alone.

A decision is never altered. Where the law lets an officer complete a registration all the same, or
hold one that might go on, the act is an entry of its own that names the decision. Acts are off
unless the office switches them on: taxgate knows no provision that allows them in general.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from ..errors import ApplicationError
from ..evidence import code
from .entry import Entry, EntryKind
from .keys import KeyRing

__all__ = ["Act", "ActKind", "act_body"]


class ActKind(StrEnum):
    """What the officer does."""

    COMPLETE = "complete"
    """Completes the registration though the decision does not let it pass."""
    HOLD = "hold"
    """Does not complete it though the decision would let it pass."""


def _demanded(text: str) -> str:
    return str(code(text))


@frozen(kw_only=True)
class Act:
    """One act of an officer.

    Attributes:
        decision: Entry of the decision it stands beside.
        kind: What is done.
        actor: The officer.
        second: Another person who agreed; never the officer.
        authority: The provision, court instrument or order that allows it.
        reason: Public kebab-case code of the office's own list of reasons.
        paper: Number of the paper that proves it; None where there is none.
        at: When it was done.
        expires: When it ends; later than `at`.

    Raises:
        ApplicationError: The same person twice, an end that does not lie ahead, or an instant
            without a time zone.
    """

    decision: int
    kind: ActKind
    actor: str = field(converter=_demanded, repr=False)
    second: str = field(converter=_demanded, repr=False)
    authority: str = field(converter=_demanded)
    reason: str = field(converter=_demanded)
    paper: str | None = field(default=None, converter=code, repr=False)
    at: datetime
    expires: datetime

    def __attrs_post_init__(self) -> None:
        """Demand a second person and an end."""
        if self.actor == self.second:
            raise ApplicationError("second", "is the officer: another person has to agree")
        if self.at.tzinfo is None or self.expires.tzinfo is None:
            raise ApplicationError("expires", "and at need a time zone")
        if self.expires <= self.at:
            raise ApplicationError("expires", "does not lie after the act")


def act_body(keys: KeyRing, act: Act, decision: Entry) -> dict[str, Any]:
    """Return the body of the entry that records *act*.

    Args:
        keys: For tokens of the two persons and the paper.
        act: The act.
        decision: Entry of the decision it stands beside.
    """
    said = decision.body
    return {
        "kind": EntryKind.ACT.value,
        "at": act.at.isoformat(),
        "act": act.kind.value,
        "decision": act.decision,
        "decision_digest": decision.digest,
        "actor": keys.token("actor", act.actor),
        "second": keys.token("actor", act.second),
        "authority": act.authority,
        "reason": act.reason,
        "paper": None if act.paper is None else keys.token("paper", act.paper),
        "expires": act.expires.isoformat(),
        "office": said["office"],
        "case": said["case"],
        "checkpoint": said["checkpoint"],
        "outcome": said["outcome"],
        # Counted by row: rows that are often acted against may be wrong, or wrongly used.
        "rows": sorted(
            {
                row
                for finding in said["findings"]
                if finding["outcome"] == said["outcome"]
                for row in finding["rows"]
            }
        ),
    }
