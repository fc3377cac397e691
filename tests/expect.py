"""What tests say of a decision, in the words of the specification."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from taxgate.decision import Decision
from taxgate.errors import ApplicationError
from taxgate.findings import Obligation, Outcome, Standing
from taxgate.law import Provision
from taxgate.tables import Row, Ruling, Table
from taxgate.terms import Basis, Checkpoint, Language, Matter, Reach
from taxgate.wording.common import why

PASS = Outcome.SATISFIED
NOT_APPLICABLE = Outcome.NOT_APPLICABLE
NOTIFY_PROCEED = Outcome.ADVISE
NOTIFY_HOLD = Outcome.NOTIFY
CANNOT_VERIFY = Outcome.CANNOT_VERIFY
NOTIFY_REFUSE = Outcome.NOTIFY_AND_REFUSE
BLOCK = Outcome.REFUSE

REGISTER = Path(__file__).parent / "row_register.txt"


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
    for item in (*decision.findings, *decision.silent):
        expect_registered(item.ruling, partial(getattr, item.obligation.facts))
        expect_whole(decision, item.obligation)
        assert item.silent or item.obligation.subject
    for obstacle in decision.obstacles:
        detail = dict(obstacle.detail)
        assert detail["subject"]
        assert detail.keys() <= {"subject", "party", "period"}
        assert all(detail.values())
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


def expect_whole(decision: Decision, obligation: Obligation) -> None:
    """Assert that an obligation tells all its reader needs: about what, asked why, weighed how."""
    heading = decision.heading
    for item in obligation.weighed:
        assert isinstance(item.standing, Standing)
        assert all(why(item, heading.checkpoint, language) for language in Language)
    if obligation.inquiry is None:
        return
    assert isinstance(obligation.basis, Basis)
    # A staffing office asks two questions whatever the act: no table says which.
    assert obligation.duty is not None or heading.checkpoint is Checkpoint.DEREGISTRATION
    assert obligation.answer is not None
    assert obligation.answer.inquiry.matter is obligation.inquiry.matter
    purpose = obligation.inquiry.purpose
    if heading.office is None or heading.case_no is None:
        assert purpose is None
    else:
        assert purpose is not None
        assert (purpose.office, purpose.case_no) == (heading.office, heading.case_no)


@contextmanager
def refused(field: str) -> Iterator[None]:
    """Assert that what is made here is refused as input, naming the field and what is wrong."""
    with pytest.raises(ApplicationError) as caught:
        yield
    assert caught.value.field == field
    assert len(caught.value.problem.split()) > 1


@cache
def _register() -> dict[str, list[tuple[str, list[str], str, list[str]]]]:
    """Return the register of codes and sources: rows, conditions, code, sources by table."""
    register: dict[str, list[tuple[str, list[str], str, list[str]]]] = {}
    for line in REGISTER.read_text(encoding="ascii").splitlines():
        if line.startswith("["):
            entries = register.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            who, code, sources = line.split(" | ")
            words = who.split()
            rows = " ".join(word for word in words if "=" not in word)
            conditions = [word for word in words if "=" in word]
            entries.append((rows, conditions, code, sources.split("; ") if sources != "-" else []))
    return register


def _names(source: str, provision: Provision) -> bool:
    """Tell whether *source* of the register names *provision*."""
    articles = (f"{provision.source} {article}" for article in provision.article.split(","))
    return source == provision.source or source in articles


def expect_registered(ruling: Ruling[Any], fact: Callable[[str], Any]) -> None:
    """Assert that a ruling bears the code and the citations registered for its rows.

    Args:
        ruling: What a table said.
        fact: Returns the fact of a column; asked only where the register tells rows apart by it.
    """
    row, table = ruling.row, ruling.table
    if table.name.startswith("by-hand/"):
        return
    checkpoint = table.name.split("/")[0]

    def holds(condition: str) -> bool:
        column, members = condition.split("=", 1)
        if not column:
            return str(ruling.conclusion) in members.removeprefix(">").split("/")
        return str(fact(column)) in members.split("/")

    entries = [
        (f"{checkpoint}/{code}", sources)
        for rows, conditions, code, sources in _register()[table.name]
        if rows == " ".join(row.ids) and all(map(holds, conditions))
    ]
    assert any(
        row.code == code
        and len(row.cites) == len(sources)
        and all(any(_names(source, one) for one in row.cites) for source in sources)
        and all(any(_names(source, one) for source in sources) for one in row.cites)
        for code, sources in entries
    ), (row.ids, row.code, [one.id for one in row.cites], entries)


def expect_everywhere(table: Table[Any], reading: Callable[..., tuple[set[str], Any]]) -> None:
    """Assert that at every point, under all readings, a table says what *reading* of the law says.

    Args:
        table: The table asked.
        reading: Takes the readings in force and one plain fact per column; returns the rows that
            match, and what follows: an outcome, the name of a conclusion, or None for nothing.
    """
    switches = sorted(table.readings)
    for size in range(len(switches) + 1):
        for chosen in combinations(switches, size):
            names = {str(name) for name in chosen}
            for point, ruling in table.rulings(frozenset(chosen)).items():
                rows, follows = reading(names, *map(str, point))
                told = (set(ruling.row.ids), ruling.conclusion)
                assert told == (rows, follows), (point, names)
                expect_registered(ruling, dict(zip(table.columns, point, strict=True)).__getitem__)
