"""Which objection (异议) a withdrawal of the tax authority takes away.

A withdrawal always takes away the objection it concerns. Where it is not clear which one that is,
none of those it may concern is known to stand, nor to be withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from attrs import frozen

from .records import DeregistrationRecord


@frozen
class Tie:
    """The objections a withdrawal concerns.

    Attributes:
        objections: Those it concerns, or may concern.
        certain: Whether it does.
    """

    objections: tuple[DeregistrationRecord, ...]
    certain: bool


@frozen
class Withdrawn:
    """What all withdrawals together do to the objections beside them.

    Attributes:
        lifted: Objections that are taken away.
        doubtful: Objections that may or may not be taken away.
        one_stands: Whether one of the doubtful ones is left whichever the withdrawals concern:
            there are more of them than withdrawals.
    """

    lifted: frozenset[DeregistrationRecord]
    doubtful: frozenset[DeregistrationRecord]
    one_stands: bool


def tie(withdrawal: DeregistrationRecord, objections: Sequence[DeregistrationRecord]) -> Tie:
    """Return the objections a withdrawal concerns: by number, by day, or the only one there is.

    The number is the one it cancels, else its own. Without a match the day the objection was raised
    counts. Failing both, a withdrawal without a number concerns the only objection, if that has no
    number either. One dated before the objection it names leaves the matter in doubt.
    """
    number = withdrawal.cancels or withdrawal.voucher_no
    named = [item for item in objections if number is not None and item.voucher_no == number]
    if named:
        return _named(withdrawal, named)
    possible = [item for item in objections if not _names_another(withdrawal, item)]
    of_day = [
        item
        for item in possible
        if item.raised_on is not None and item.raised_on == withdrawal.raised_on
    ]
    if len(of_day) == 1:
        return _named(withdrawal, of_day)
    if of_day:
        return Tie(tuple(of_day), certain=False)
    possible = [
        item for item in possible if not _dated_before(withdrawal, item.raised_on or item.issued_on)
    ]
    only = len(objections) == 1 and number is None and objections[0].voucher_no is None
    return Tie(tuple(possible), certain=only)


def tie_all(
    withdrawals: Iterable[DeregistrationRecord],
    objections: Sequence[DeregistrationRecord],
    in_doubt: Collection[DeregistrationRecord],
) -> Withdrawn:
    """Return what *withdrawals* do to *objections*; one *in_doubt* itself takes nothing away."""
    lifted: set[DeregistrationRecord] = set()
    touched: set[DeregistrationRecord] = set()
    uncertain = 0
    for withdrawal in withdrawals:
        found = tie(withdrawal, objections)
        touched.update(found.objections)
        if found.certain and withdrawal not in in_doubt:
            lifted.update(found.objections)
        else:
            uncertain += 1
    doubtful = frozenset(touched - lifted)
    return Withdrawn(frozenset(lifted), doubtful, one_stands=len(doubtful) > uncertain)


def _named(withdrawal: DeregistrationRecord, objections: list[DeregistrationRecord]) -> Tie:
    early = any(_dated_before(withdrawal, item.raised_on) for item in objections)
    return Tie(tuple(objections), certain=not early)


def _names_another(withdrawal: DeregistrationRecord, objection: DeregistrationRecord) -> bool:
    """Tell whether number or day show that the withdrawal is of another objection."""
    if withdrawal.cancels is not None and objection.voucher_no is not None:
        return True
    return (
        withdrawal.raised_on is not None
        and objection.raised_on is not None
        and withdrawal.raised_on != objection.raised_on
    )


def _dated_before(withdrawal: DeregistrationRecord, day: date | None) -> bool:
    """Tell whether the withdrawal is older than *day*: what came later it cannot concern."""
    return withdrawal.issued_on is not None and day is not None and withdrawal.issued_on < day
