"""A decision table as any rule engine could hold it: inputs, outputs and rules of plain strings.

Two things about our tables have no name in a common rule engine, and both are made plain here,
once for every format:

- **Readings.** A table whose conclusions a reading changes gets one more input for it, true or
  false. A row it changes becomes two rules. The rules stay complete and free of overlap whatever
  set of readings is on, and an input that was not given matches no rule.
- **Silence.** A row that says nothing concludes the word `SAYS_NOTHING`. An engine answers null
  where no rule matched or something went wrong; null must never read as the mildest conclusion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from ..checks.merging import MERGING
from ..tables import Row, Table
from ..terms import Language
from ..wording.facts import COLUMNS
from .sheets import tables

__all__ = [
    "OUTPUTS",
    "SAYS_NOTHING",
    "Input",
    "Rule",
    "RuleTable",
    "code_expression",
    "every_table",
    "quoted",
    "rule_table",
]

SAYS_NOTHING: Final = "says-nothing"
"""Conclusion of a row that says nothing."""

OUTPUTS: Final = ("conclusion", "code", "rows", "cites")
"""What a rule answers: the conclusion, the reason code, the specification's row ids and the ids of
the provisions; several ids of one kind are parted by a space."""


@frozen
class Input:
    """What a rule table asks for.

    Attributes:
        name: Name of the column or of the reading.
        label: What it means, in Chinese and in English.
        members: Values it may take; None for a reading, which is true or false.
    """

    name: str
    label: str
    members: tuple[str, ...] | None


@frozen
class Rule:
    """One rule.

    Attributes:
        when: For each input in order the values it accepts, True or False for a reading, or None
            where it accepts all.
        conclusion: What follows.
        code: Reason code in parts: text, and the name of the input whose value stands there.
        rows: The specification's row ids.
        cites: Ids of the provisions.
        note: The provisions as a reader of Chinese cites them.
    """

    when: tuple[tuple[str, ...] | bool | None, ...]
    conclusion: str
    code: tuple[tuple[str, str | None], ...]
    rows: str
    cites: str
    note: str


@frozen
class RuleTable:
    """A decision table without readings and silence.

    Attributes:
        name: Public name of the table.
        question: What it answers, in Chinese and in English.
        inputs: What it asks for: columns first, then readings.
        conclusions: Every conclusion its rules can reach.
        rules: Exactly one of them matches whatever is asked.
    """

    name: str
    question: tuple[str, str]
    inputs: tuple[Input, ...]
    conclusions: tuple[str, ...]
    rules: tuple[Rule, ...]


def every_table() -> Mapping[str, Table[Any]]:
    """Return every decision table by its name: those of the checkpoints, and that of merging."""
    return MappingProxyType({**tables(), MERGING.name: MERGING})


def rule_table(table: Table[Any]) -> RuleTable:
    """Return *table* in the form any rule engine could hold."""
    readings = tuple(sorted(reading.value for reading in table.readings))
    rules = tuple(rule for row in table.rows for rule in _rules(table, row, readings))
    return RuleTable(
        name=table.name,
        question=table.question,
        inputs=(
            *(
                Input(column, _label(column), tuple(member.value for member in members))
                for column, members in table.columns.items()
            ),
            *(Input(reading, f"释义选项 / reading {reading}", None) for reading in readings),
        ),
        conclusions=tuple(dict.fromkeys(rule.conclusion for rule in rules)),
        rules=rules,
    )


def quoted(text: str) -> str:
    """Return *text* as a string literal of FEEL, which is also one of JDM's expressions."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def code_expression(rule: Rule) -> str:
    """Return the expression that gives the reason code, in FEEL and in JDM's language alike."""
    terms = []
    for text, column in rule.code:
        if text:
            terms.append(quoted(text))
        if column is not None:
            terms.append(column)
    return " + ".join(terms)


def _rules(table: Table[Any], row: Row[Any], readings: tuple[str, ...]) -> Iterator[Rule]:
    facts = tuple(_accepted(table, row, column) for column in table.columns)
    if row.under is None:
        yield _rule(row, (*facts, *(None for _ in readings)), row.then)
        return
    switch, changed = row.under
    for on, conclusion in ((False, row.then), (True, changed)):
        switches = tuple(on if reading == switch.value else None for reading in readings)
        yield _rule(row, (*facts, *switches), conclusion)


def _rule(
    row: Row[Any],
    when: tuple[tuple[str, ...] | bool | None, ...],
    conclusion: Any,  # noqa: ANN401 - each table concludes an enum of its own
) -> Rule:
    return Rule(
        when=when,
        conclusion=SAYS_NOTHING if conclusion is None else conclusion.value,
        code=tuple((text, column) for text, column, _, _ in Formatter().parse(row.code)),
        rows=" ".join(row.ids),
        cites=" ".join(provision.id for provision in row.cites),
        note="；".join(provision.cite(Language.ZH_CN) for provision in row.cites),
    )


def _accepted(table: Table[Any], row: Row[Any], column: str) -> tuple[str, ...] | None:
    """Return the members *row* accepts, in the column's order; None where it accepts all."""
    members = table.columns[column]
    accepted = row.when.get(column)
    if accepted is None or accepted.issuperset(members):
        return None
    return tuple(member.value for member in members if member in accepted)


def _label(column: str) -> str:
    text = COLUMNS.get(column)
    return column if text is None else f"{text.zh} / {text.en}"
