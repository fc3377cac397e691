"""Applications and whole cases (登记申请、案件), for an outcome or a row of the law if wanted.

A drawn case is a seed with up to three changes. Where an outcome or a row is wanted, the seed has
it already, and a change that would lose it is not made: nothing is drawn and thrown away.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, TypeVar

import attrs
from hypothesis import strategies as st

from ...errors import ApplicationError, InputError
from ...findings import Outcome
from ...proceedings import Application
from ...terms import Checkpoint
from ...wire.case import Case
from .changing import Place, Specimens, drawn_changes, places, specimens_in
from .refusals import Refused
from .seeds import seeds
from .varying import RARE, Shelf, altered, decided, rows_of

__all__ = [
    "applications",
    "cases",
    "invalid_applications",
    "invalid_cases",
    "parts",
    "reachable_rows",
]

T = TypeVar("T")

MOST_CHANGES: Final = 3
_OUTCOMES: Final[dict[str, Outcome]] = {str(outcome): outcome for outcome in Outcome}
TRIES: Final = 8
"""Changes tried until one makes an application invalid."""


def cases(
    checkpoint: Checkpoint | str | None = None,
    outcome: Outcome | str | None = None,
    row: str | None = None,
) -> st.SearchStrategy[Case]:
    """Return whole cases (案件) that can be decided.

    Args:
        checkpoint: Which checkpoint; any if None.
        outcome: What the decision comes to; anything if None.
        row: Id of a row of the specification that speaks in the decision, such as "V-16"; any if
            None. Rows in which an appraisal works, not a table, never speak.

    Raises:
        ValueError: No case is known of such an outcome and row.
    """
    if outcome is not None and outcome not in _OUTCOMES:
        raise ValueError(f"there is no outcome {outcome}: one of {', '.join(_OUTCOMES)}")
    wanted = None if outcome is None else _OUTCOMES[outcome]
    among = tuple(Checkpoint) if checkpoint is None else (Checkpoint(checkpoint),)
    found = [
        _cases(tuple(fitting), wanted, row)
        for item in among
        if (fitting := [seed for seed in seeds(item) if _fits(seed, wanted, row)])
    ]
    if not found:
        told = ", ".join(sorted(reachable_rows(*among)))
        raise ValueError(f"no case is known of outcome {outcome} and row {row}; rows are {told}")
    return st.one_of(found)


def reachable_rows(*checkpoints: Checkpoint | str) -> frozenset[str]:
    """Return the ids of the rows `cases(row=...)` can be asked for.

    Args:
        checkpoints: Of which checkpoints; of all if none is named.
    """
    among = [Checkpoint(item) for item in checkpoints] or list(Checkpoint)
    return frozenset(row for item in among for seed in seeds(item) for row in seed.rows)


def applications(checkpoint: Checkpoint | str | None = None) -> st.SearchStrategy[Any]:
    """Return applications (登记申请), most of them close to one that passes.

    Args:
        checkpoint: Which checkpoint; any if None.
    """
    if checkpoint is None:
        return st.one_of([applications(item) for item in Checkpoint])
    return _applications(seeds(Checkpoint(checkpoint)))


def invalid_applications(checkpoint: Checkpoint | str | None = None) -> st.SearchStrategy[Refused]:
    """Return the fields of applications that contradict themselves or lack what they need.

    Args:
        checkpoint: Which checkpoint; any if None.
    """
    if checkpoint is None:
        return st.one_of([invalid_applications(item) for item in Checkpoint])
    return _invalid_applications(seeds(Checkpoint(checkpoint)))


def invalid_cases(checkpoint: Checkpoint | str | None = None) -> st.SearchStrategy[Refused]:
    """Return the fields of cases whose application is one of another checkpoint.

    Args:
        checkpoint: Checkpoint of the application; any if None.
    """
    if checkpoint is None:
        return st.one_of([invalid_cases(item) for item in Checkpoint])
    mine = Checkpoint(checkpoint)
    return st.builds(
        lambda other, case: Refused(
            Case,
            {"checkpoint": other, "application": case.application, "at": case.at},
            ApplicationError,
            "checkpoint",
        ),
        st.sampled_from([other for other in Checkpoint if other is not mine]),
        cases(mine),
    )


def parts(kind: type[T]) -> st.SearchStrategy[T]:
    """Return parts of applications, such as deals, seals or vehicles.

    Args:
        kind: A class that applications are made of.

    Raises:
        ValueError: No application has such a part.
    """
    found = _specimens().get(kind)
    if not found:
        raise ValueError(f"no application is made of {kind.__name__}")
    return _parts(found)


# How ----------------------------------------------------------------------------------------------


def _fits(seed: Shelf, outcome: Outcome | None, row: str | None) -> bool:
    return (outcome is None or seed.outcome is outcome) and (row is None or row in seed.rows)


@st.composite
def _cases(
    draw: st.DrawFn, among: tuple[Shelf, ...], outcome: Outcome | None, row: str | None
) -> Case:
    seed = draw(_one_of(among))
    if outcome is None and row is None:
        free: Case = drawn_changes(draw, seed.case, seed.places, MOST_CHANGES, altered)
        return seed.case if decided(free) is None else free

    def keeping(case: Case, place: Place, other: Any) -> Case:  # noqa: ANN401 - any value
        after = altered(case, place, other)
        if after is case:
            return case
        decision = decided(after)
        if decision is None or (outcome is not None and decision.outcome is not outcome):
            return case
        return after if row is None or row in rows_of(decision) else case

    drawn: Case = drawn_changes(draw, seed.case, seed.places, MOST_CHANGES, keeping)
    return drawn


@st.composite
def _applications(draw: st.DrawFn, among: tuple[Shelf, ...]) -> Application:
    seed = draw(_one_of(among))
    drawn: Application = drawn_changes(
        draw, seed.case.application, _of_application(seed), MOST_CHANGES
    )
    return drawn


@st.composite
def _invalid_applications(draw: st.DrawFn, among: tuple[Shelf, ...]) -> Refused:
    seed = draw(_one_of(among))
    application = seed.case.application
    kind = type(application)
    fields = {item.name: getattr(application, item.name) for item in attrs.fields(kind)}
    for place in _of_application(seed)[:TRIES]:
        if len(place.path) > 1:
            continue
        other = draw(_one_of(place.others))
        try:
            attrs.evolve(application, **{str(place.path[0]): other})
        except ApplicationError as error:
            return Refused(
                kind, fields | {str(place.path[0]): other}, ApplicationError, error.field
            )
        except InputError:
            continue
    # No day at all fixes no law.
    nothing = {"application_date": None, "handled_on": None}
    return Refused(kind, fields | nothing, ApplicationError, "handled_on")


@cache
def _specimens() -> Specimens:
    """Return what stands in the seeds, by class."""
    found: dict[type, tuple[Any, ...]] = dict(RARE)
    for checkpoint in Checkpoint:
        inside = specimens_in(seed.case.application for seed in seeds(checkpoint))
        for kind, values in inside.items():
            found[kind] = (*found.get(kind, ()), *values)
    return found


@st.composite
def _parts(draw: st.DrawFn, among: tuple[Any, ...]) -> Any:  # noqa: ANN401 - any class
    part = draw(_one_of(among))
    return drawn_changes(draw, part, found, MOST_CHANGES) if (found := _places_in(part)) else part


@cache
def _places_in(part: Any) -> tuple[Place, ...]:  # noqa: ANN401 - any class
    return places(part, _specimens())


@cache
def _of_application(seed: Shelf) -> tuple[Place, ...]:
    """Return the places inside the application, as paths from there."""
    return tuple(
        attrs.evolve(place, path=place.path[1:])
        for place in seed.places
        if place.path[0] == "application" and len(place.path) > 1
    )


@cache
def _one_of(values: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)
