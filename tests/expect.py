"""What tests say of a decision, in the words of the specification."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from taxgate.decision import Decision
from taxgate.findings import Outcome
from taxgate.tables import Row, Ruling, Table
from taxgate.terms import Matter, Reach

PASS = Outcome.SATISFIED
NOT_APPLICABLE = Outcome.NOT_APPLICABLE
NOTIFY_PROCEED = Outcome.ADVISE
NOTIFY_HOLD = Outcome.NOTIFY
CANNOT_VERIFY = Outcome.CANNOT_VERIFY
NOTIFY_REFUSE = Outcome.NOTIFY_AND_REFUSE
BLOCK = Outcome.REFUSE


@frozen
class ByHand:
    """Facts of a table put together by hand."""

    reach: Reach = Reach.IN


def by_hand(row: Row[Any], code: str | None = None) -> Ruling[Any]:
    """Return the ruling of a table that has this one row; *code* stands in for the row's."""
    table = Table(
        name="by-hand/table",
        question=("问？", "What?"),
        columns={"reach": (Reach.IN,)},
        rows=(evolve(row, code=code or row.code),),
    )
    return table.decide(ByHand())


def expect(
    decision: Decision, outcome: Outcome, row: str | None = None, *, matter: Matter | None = None
) -> None:
    """Assert the outcome of the decision, or of one matter in it, and the row it comes from."""
    findings = [item for item in decision.findings if matter in (None, item.obligation.matter)]
    assert findings, f"no finding on {matter}"
    strictest = max(item.outcome for item in findings)
    told = [(item.code, item.rows, item.outcome) for item in findings]
    assert strictest is outcome, told
    if matter is None:
        assert decision.outcome is outcome
    if row is not None:
        rows = {name for item in findings if item.outcome is outcome for name in item.rows}
        assert row in rows, told
