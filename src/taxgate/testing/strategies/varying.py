"""What a case may be turned into, and which rows of the law speak in it (案例变体)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import attrs

from ...checks.property_title.application import Share
from ...decision import Decision
from ...errors import InputError
from ...evidence import Answer, Inquiry, TaxRecord
from ...findings import Outcome
from ...proceedings import Suspicion, SuspicionKind
from ...tables import Ruling
from ...wire.case import Case, rules
from .changing import Place, Specimens, places, put, specimens_in
from .settling import settled_records

__all__ = ["RARE", "Shelf", "altered", "decided", "rows_of", "shelved", "specimens"]

RARE: Final[Specimens] = {
    Share: (Share(part=1, of=2), Share(part=1, of=3)),
    Suspicion: (Suspicion(kind=SuspicionKind.SHAM_PRICE, found="发票与合同不一致。"),),
}
"""Parts that no shipped case has."""

_NAMES: Final = (("vin", "vin"), ("unit", "unit"), ("person", "taxpayer"), ("company", "company"))


def rows_of(decision: Decision) -> frozenset[str]:
    """Return the ids of every row of the specification that spoke in *decision*.

    Rows that demand an obligation, find an obstacle or say nothing are among them.
    """
    findings = (*decision.findings, *decision.silent)
    rulings: list[Ruling[Any]] = [item.ruling for item in findings]
    rulings += [item.obligation.duty for item in findings if item.obligation.duty is not None]
    rulings += [item.ruling for item in decision.obstacles]
    return frozenset(row for ruling in rulings for row in ruling.row.ids)


def decided(case: Case) -> Decision | None:
    """Return the decision on *case*, or None where it contradicts itself."""
    try:
        return case.decide()
    except InputError:
        return None


def altered(case: Case, place: Place, other: Any) -> Case:  # noqa: ANN401 - any value
    """Return *case* with another value at a place, or as it was where that cannot be.

    Where the application then asks other questions, the answers go with it.
    """
    try:
        after: Case = put(case, place.path, other)
        if place.path[0] != "application":
            return after
        return attrs.evolve(after, answers=_answers_to(case, after))
    except (InputError, LookupError):
        return case


def _answers_to(before: Case, after: Case) -> tuple[Answer, ...]:
    """Return the answers of *before* to the questions of *after*.

    A question asked before keeps its answer, or goes on having none. A new one takes over the
    answer to one that is asked no more; failing that, it is answered with what is in order.
    """
    judge = rules(after.checkpoint)
    asked: tuple[Inquiry, ...] = judge.inquiries(after.application)
    left = {item.inquiry.key: item for item in before.answers}
    new = [item for item in asked if item.key not in left]
    if not new:
        return after.answers
    known = {item.key for item in judge.inquiries(before.application)}
    new = [item for item in new if item.key not in known]
    if not new:
        return after.answers
    keys = {item.key for item in asked}
    kept = {key: item for key, item in left.items() if key in keys}
    free = [item for key, item in left.items() if key not in keys]
    for inquiry in new:
        if inquiry.key in kept:
            continue
        old = next((item for item in free if item.inquiry.matter is inquiry.matter), None)
        if old is not None:
            free.remove(old)
            kept[inquiry.key] = _retold(old, inquiry)
        else:
            kept[inquiry.key] = Answer(
                inquiry=inquiry,
                records=settled_records(inquiry, after.application),
                source="bureau",
                as_of=after.at,
            )
    return (*kept.values(), *free)


def _retold(answer: Answer, inquiry: Inquiry) -> Answer:
    """Return *answer* as one to *inquiry*: records about its subject are about the new one."""
    if answer.records is None:
        return attrs.evolve(answer, inquiry=inquiry)
    records = tuple(_about(record, answer.inquiry, inquiry) for record in answer.records)
    return attrs.evolve(answer, inquiry=inquiry, records=records)


def _about(record: TaxRecord, old: Inquiry, new: Inquiry) -> TaxRecord:
    changes = {
        name: getattr(new, key)
        for key, name in (*_NAMES, ("company", "uscc"))
        if getattr(old, key) is not None
        and getattr(record, name, None) == getattr(old, key)
        and getattr(new, key) != getattr(old, key)
    }
    return attrs.evolve(record, **changes) if changes else record


@attrs.frozen(eq=False)
class Shelf:
    """A case to start from, with all that may be changed in it.

    Attributes:
        case: The case.
        outcome: What its decision comes to.
        rows: Rows that speak in it.
        may_complete: Whether the registration may be completed on it.
        places: Where it may be changed.
    """

    case: Case
    outcome: Outcome
    rows: frozenset[str]
    may_complete: bool
    places: tuple[Place, ...]


def shelved(cases: Iterable[Case]) -> tuple[Shelf, ...]:
    """Return *cases* ready to be varied; each has to be decidable."""
    listed = tuple(cases)
    among = specimens(listed)
    found = []
    for case in listed:
        decision = case.decide()
        found.append(
            Shelf(
                case=case,
                outcome=decision.outcome,
                rows=rows_of(decision),
                may_complete=decision.may_complete,
                places=places(case, among),
            )
        )
    return tuple(found)


def specimens(cases: Iterable[Case]) -> Specimens:
    """Return what stands in *cases*, to stand in others too."""
    listed = tuple(cases)
    found = {**RARE, **specimens_in(listed)}
    for case in listed[:1]:
        found[TaxRecord] = found.get(rules(case.checkpoint).Record, ())
    return found
