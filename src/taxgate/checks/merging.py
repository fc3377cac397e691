"""Merging (证据归并): many records and papers of one obligation become one state.

"The best record wins" would be a wrong pass and "the worst wins" a wrong block, so the rule is a
table, shared by every checkpoint and small enough to be read and enumerated in full. A checkpoint
only says what each single record counts for (`Standing`).

Source: the specification, 1.3. A void, refund or revocation cancels only the record it names; what
is left is used if it agrees. A paper no officer verified is a conflict against "no record" and
nothing against an outage. A class in law stands unless the tax authority says that tax is owed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from attrs import evolve, frozen

from ..building import quickly
from ..evidence import Answer, OutageKind, Paper, TaxRecord
from ..findings import Standing, Weighed, new_weighed
from ..tables import Row, Table, when
from ..terms import Basis, RecordStatus, State


class Replied(StrEnum):
    """Whether the source answered."""

    ANSWERED = "answered"
    UNREACHABLE = "source-unreachable"
    UNTRUSTED = "source-untrusted"


class Ground(StrEnum):
    """Whether the object is outside the tax by a class worked out from the facts."""

    NONE = "none"
    CLASS_IN_LAW = "class-in-law"


class Present(StrEnum):
    """Whether at least one such record is there."""

    NO = "no"
    YES = "yes"


class Unverified(StrEnum):
    """What papers that no officer verified say, together."""

    NONE = "none"
    CLAIMS = "claims"
    """One of them claims that this very obligation is fulfilled."""
    OTHER = "other"
    """They belong to another subject or deal."""


class Merged(StrEnum):
    """What all records and papers together say."""

    FULFILLED = "fulfilled"
    OUTSIDE_THE_TAX = "outside-the-tax"
    DEFERRED = "deferred"
    UNPAID = "unpaid"
    NONE_FOUND = "none-found"
    KEY_MISMATCH = "key-mismatch"
    CONFLICT = "conflict"
    INVALID = "invalid"
    FORGED_SUSPECT = "forged-suspect"
    NO_ANSWER = "no-answer"


_OUTAGES: Final = (Replied.UNREACHABLE, Replied.UNTRUSTED)
_NOTHING_CLAIMED: Final = (Unverified.NONE, Unverified.OTHER)
_SPEC: Final = ("1.3",)


def _row(then: Merged, code: str, **conditions: StrEnum | tuple[StrEnum, ...]) -> Row[Merged]:
    return Row(_SPEC, when(**conditions), then, f"evidence/{code}")


# fmt: off
MERGING: Final[Table[Merged]] = Table(
    name="evidence/merging",
    question=("各项记录和凭证合起来说明什么？", "What do all records and papers say together?"),
    columns={
        "forged": tuple(Present),
        "ground": tuple(Ground),
        "replied": tuple(Replied),
        "good": tuple(Present),
        "conflict": tuple(Present),
        "owed": tuple(Present),
        "deferred": tuple(Present),
        "invalid": tuple(Present),
        "mismatch": tuple(Present),
        "paper": tuple(Unverified),
    },
    rows=(
        _row(Merged.FORGED_SUSPECT, "forged", forged=Present.YES),
        # A class in law needs no answer; only a positive "owed" contradicts it.
        _row(Merged.OUTSIDE_THE_TAX, "class-in-law",
             forged=Present.NO, ground=Ground.CLASS_IN_LAW, owed=Present.NO),
        _row(Merged.CONFLICT, "class-but-owed",
             forged=Present.NO, ground=Ground.CLASS_IN_LAW, owed=Present.YES),
        # What is good counts if nothing else speaks against it, with or without an answer: without
        # one it is a paper that an officer verified.
        _row(Merged.FULFILLED, "good",
             forged=Present.NO, ground=Ground.NONE, good=Present.YES,
             conflict=Present.NO, owed=Present.NO, deferred=Present.NO),
        # Without an answer nothing else is believed.
        _row(Merged.NO_ANSWER, "nothing-verified",
             forged=Present.NO, ground=Ground.NONE, replied=_OUTAGES, good=Present.NO),
        _row(Merged.NO_ANSWER, "verified-papers-conflict",
             forged=Present.NO, ground=Ground.NONE, replied=_OUTAGES, good=Present.YES,
             conflict=Present.YES),
        _row(Merged.NO_ANSWER, "verified-papers-owed",
             forged=Present.NO, ground=Ground.NONE, replied=_OUTAGES, good=Present.YES,
             conflict=Present.NO, owed=Present.YES),
        _row(Merged.NO_ANSWER, "verified-papers-deferred",
             forged=Present.NO, ground=Ground.NONE, replied=_OUTAGES, good=Present.YES,
             conflict=Present.NO, owed=Present.NO, deferred=Present.YES),
        # The source answered.
        _row(Merged.CONFLICT, "record-in-conflict",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, conflict=Present.YES),
        _row(Merged.CONFLICT, "good-and-owed",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.YES,
             conflict=Present.NO, owed=Present.YES),
        _row(Merged.CONFLICT, "good-and-deferred",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.YES,
             conflict=Present.NO, owed=Present.NO, deferred=Present.YES),
        _row(Merged.CONFLICT, "paper-against-source",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.NO,
             conflict=Present.NO, paper=Unverified.CLAIMS),
        _row(Merged.CONFLICT, "owed-and-deferred",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.NO,
             conflict=Present.NO, owed=Present.YES, deferred=Present.YES, paper=_NOTHING_CLAIMED),
        _row(Merged.UNPAID, "owed",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.NO,
             conflict=Present.NO, owed=Present.YES, deferred=Present.NO, paper=_NOTHING_CLAIMED),
        _row(Merged.DEFERRED, "deferred",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.NO,
             conflict=Present.NO, owed=Present.NO, deferred=Present.YES, paper=_NOTHING_CLAIMED),
        _row(Merged.INVALID, "invalid",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.NO,
             conflict=Present.NO, owed=Present.NO, deferred=Present.NO, invalid=Present.YES,
             paper=_NOTHING_CLAIMED),
        _row(Merged.KEY_MISMATCH, "mismatch",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.NO,
             conflict=Present.NO, owed=Present.NO, deferred=Present.NO, invalid=Present.NO,
             mismatch=Present.YES, paper=_NOTHING_CLAIMED),
        _row(Merged.KEY_MISMATCH, "paper-of-another",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.NO,
             conflict=Present.NO, owed=Present.NO, deferred=Present.NO, invalid=Present.NO,
             mismatch=Present.NO, paper=Unverified.OTHER),
        _row(Merged.NONE_FOUND, "none",
             forged=Present.NO, ground=Ground.NONE, replied=Replied.ANSWERED, good=Present.NO,
             conflict=Present.NO, owed=Present.NO, deferred=Present.NO, invalid=Present.NO,
             mismatch=Present.NO, paper=Unverified.NONE),
    ),
)
# fmt: on


@frozen
class Facts:
    """Which kinds of record are there at all."""

    forged: Present
    ground: Ground
    replied: Replied
    good: Present
    conflict: Present
    owed: Present
    deferred: Present
    invalid: Present
    mismatch: Present
    paper: Unverified


@frozen
class Merger:
    """The state of an obligation and what it rests on.

    Attributes:
        state: Evidence status.
        basis: What it rests on.
        weighed: Records and papers, with cancelled ones marked.
    """

    state: State
    basis: Basis
    weighed: tuple[Weighed, ...]


_merger: Final = quickly(Merger)

_GOOD_STATES: Final = {
    RecordStatus.PAID: State.PAID,
    RecordStatus.REDUCED_PAID: State.REDUCED_PAID,
    RecordStatus.EXEMPT: State.EXEMPT,
    RecordStatus.NOT_TAXABLE: State.NOT_TAXABLE,
    RecordStatus.DECLARED_ZERO: State.DECLARED_ZERO,
    RecordStatus.DEFERRED: State.DEFERRED,
    # A clearance document that stands fulfils as a payment does; its checkpoint names it anew.
    RecordStatus.ISSUED: State.PAID,
}
"""State a good record gives; where several are good, the first of these."""

_PLAIN: Final = {
    Merged.OUTSIDE_THE_TAX: State.NOT_TAXABLE,
    Merged.DEFERRED: State.DEFERRED,
    Merged.UNPAID: State.UNPAID,
    Merged.NONE_FOUND: State.NONE_FOUND,
    Merged.KEY_MISMATCH: State.KEY_MISMATCH,
    Merged.CONFLICT: State.CONFLICT,
    Merged.INVALID: State.INVALID,
    Merged.FORGED_SUSPECT: State.FORGED_SUSPECT,
}

_BY_STATUS: Final = {
    RecordStatus.PAID: Standing.GOOD,
    RecordStatus.REDUCED_PAID: Standing.GOOD,
    RecordStatus.EXEMPT: Standing.GOOD,
    RecordStatus.NOT_TAXABLE: Standing.GOOD,
    RecordStatus.DECLARED_ZERO: Standing.CONFLICT,
    RecordStatus.DEFERRED: Standing.DEFERRED,
    RecordStatus.UNPAID: Standing.OWED,
    RecordStatus.REFUNDED: Standing.INVALID,
    RecordStatus.VOIDED: Standing.INVALID,
    RecordStatus.REVOKED: Standing.INVALID,
    RecordStatus.NEVER_ISSUED: Standing.FORGED,
    RecordStatus.ISSUED: Standing.GOOD,
}
"""What a record whose keys match counts for, where its tax says nothing else."""


_STATUS_SAYS: Final = {status: f"status-{status}" for status in RecordStatus}
"""Code of a weight that rests on the status alone."""

_ENDING: Final = frozenset(
    {RecordStatus.REFUNDED, RecordStatus.VOIDED, RecordStatus.REVOKED, RecordStatus.NEVER_ISSUED}
)
"""Statuses that end a voucher."""

_CLAIMING: Final = frozenset({Standing.GOOD, Standing.DEFERRED, Standing.CONFLICT})
"""What counts for something good, at least in part: a cancellation can take it away."""


def by_status(
    record: TaxRecord, today: date, *, also_good: frozenset[RecordStatus] = frozenset()
) -> tuple[Standing, str]:
    """Return what a record whose keys match counts for, and why.

    Args:
        record: A record of this very obligation.
        today: Day of the check; a record dated after it is a conflict.
        also_good: Statuses this tax accepts beyond the usual: a zero return, a deferral.
    """
    if record.issued_on is not None and record.issued_on > today:
        return Standing.CONFLICT, "dated-after-check"
    if record.status in also_good:
        return Standing.GOOD, _STATUS_SAYS[record.status]
    return _BY_STATUS[record.status], _STATUS_SAYS[record.status]


SUSPECTED: Final = (Standing.FORGED, "officer-suspects-forgery")
"""Weight of a paper an officer suspects, whatever it says."""


def weigh_paper(paper: Paper, standing: Standing, why: str) -> Weighed:
    """Return a paper with what its record counts for; an officer's suspicion comes first."""
    if paper.forgery is not None:
        return new_weighed(paper.record, *SUSPECTED, paper)
    return new_weighed(paper.record, standing, why, paper)


def merge(
    answer: Answer | None, weighed: Sequence[Weighed], *, ground: Ground = Ground.NONE
) -> Merger:
    """Merge what the source answered and the papers handed in into one state.

    Args:
        answer: The answer to this obligation's inquiry; None where nothing was to be asked, which
            only a class in law or an officer's finding can then make good.
        weighed: Every record of that answer and every paper, with its standing.
        ground: Whether the object is outside the tax by a class in law.
    """
    left = _cancel(weighed)
    found = frozenset(
        [
            (
                item.standing,
                item.record.status,
                None if item.paper is None else item.paper.verified_by is not None,
            )
            for item in left
        ]
    )
    state, basis = _judge(found, _replied(answer), ground)
    return _merger(state, basis, left)


Found = frozenset[tuple[Standing, RecordStatus, bool | None]]
"""All that merging reads of records and papers: what each counts for, its status, and whether the
paper it came on was verified; None for a record of the source."""


@lru_cache(maxsize=4096)
def _judge(found: Found, replied: Replied, ground: Ground) -> tuple[State, Basis]:
    """Ask the table; the same few findings come again and again, so each is asked once."""
    heard = frozenset(standing for standing, _, verified in found if verified is not False)
    claimed = frozenset(standing for standing, _, verified in found if verified is False)
    facts = Facts(
        forged=_present(Standing.FORGED, heard | claimed),
        ground=ground,
        replied=replied,
        good=_present(Standing.GOOD, heard),
        conflict=_present(Standing.CONFLICT, heard),
        owed=_owed(found, heard, ground),
        deferred=_present(Standing.DEFERRED, heard),
        invalid=_present(Standing.INVALID, heard),
        mismatch=_present(Standing.MISMATCH, heard),
        paper=_unverified(claimed),
    )
    merged = MERGING.decide(facts).conclusion
    if merged is Merged.FULFILLED:
        return _fulfilled(found)
    if merged is Merged.OUTSIDE_THE_TAX:
        return State.NOT_TAXABLE, Basis.CLASS_IN_LAW
    if merged is Merged.FORGED_SUSPECT:
        return State.FORGED_SUSPECT, Basis.OFFICER
    if merged is Merged.NO_ANSWER:
        return State(replied), Basis.OUTAGE
    assert merged is not None  # noqa: S101 - no row of the table is silent
    return _PLAIN[merged], Basis.ANSWER


def _present(standing: Standing, among: frozenset[Standing]) -> Present:
    return Present.YES if standing in among else Present.NO


def _replied(answer: Answer | None) -> Replied:
    if answer is None:
        return Replied.UNREACHABLE
    if answer.outage is None:
        return Replied.ANSWERED
    if answer.outage.kind is OutageKind.UNREACHABLE:
        return Replied.UNREACHABLE
    return Replied.UNTRUSTED


def _owed(found: Found, heard: frozenset[Standing], ground: Ground) -> Present:
    """Tell whether tax is positively owed.

    Against a class in law "unpaid" counts even where something else about the record is in doubt.
    """
    doubtful = Standing.CONFLICT, RecordStatus.UNPAID
    if ground is Ground.CLASS_IN_LAW and any(
        (standing, status) == doubtful and verified is not False
        for standing, status, verified in found
    ):
        return Present.YES
    return _present(Standing.OWED, heard)


def _unverified(claimed: frozenset[Standing]) -> Unverified:
    """Sum up the papers no officer verified; one that claims fulfilment outweighs the rest."""
    if not claimed.isdisjoint(_CLAIMING):
        return Unverified.CLAIMS
    return Unverified.OTHER if Standing.MISMATCH in claimed else Unverified.NONE


def _cancel(weighed: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """Mark what a refund, void or revocation names; what it may name but need not is a conflict.

    One that names a voucher but seems to be of another subject leaves that voucher in conflict.
    """
    ending = [item for item in weighed if item.record.status in _ENDING and not item.unverified]
    if not ending:
        return tuple(weighed)
    cancelling = [item for item in ending if item.standing is Standing.INVALID]
    named = {item.record.cancels or item.record.voucher_no for item in cancelling}
    strange = {
        item.record.cancels or item.record.voucher_no
        for item in ending
        if item.standing is Standing.MISMATCH
    }
    return tuple(_after(item, named, strange - {None}) for item in weighed)


def _after(item: Weighed, named: set[str | None], strange: set[str | None]) -> Weighed:
    """Return *item* as the cancellations leave it."""
    number = item.record.voucher_no
    if item.standing not in _CLAIMING:
        return item
    if number is not None and number in named:
        return evolve(item, standing=Standing.CANCELLED, why="cancelled-by-record")
    if number in strange or (named and (number is None or None in named)):
        return evolve(item, standing=Standing.CONFLICT, why="perhaps-cancelled")
    return item


def _fulfilled(found: Found) -> tuple[State, Basis]:
    """Return which good state it is, and whether the source itself says so."""
    good = [
        (status, verified)
        for standing, status, verified in found
        if standing is Standing.GOOD and verified is not False
    ]
    statuses = {status for status, _ in good}
    state = next(state for status, state in _GOOD_STATES.items() if status in statuses)
    from_source = any(verified is None for _, verified in good)
    return state, Basis.ANSWER if from_source else Basis.VERIFIED_PAPER
