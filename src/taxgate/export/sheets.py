"""Decision tables for people (决策表导出): each as rows of plain text, in Chinese or in English.

What stands here is rendered from the tables that decide, never kept beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from ..findings import Outcome
from ..tables import Row, Table
from ..terms import Checkpoint, Language, Matter, ObstacleKind, Reach, State
from ..wording import Text, common
from ..wording.facts import COLUMNS, MEMBERS

__all__ = ["Sheet", "sheet", "tables"]

_NOTHING: Final = Text("（不作结论）", "(says nothing)")
_ANY: Final = Text("任意", "any")
_ALL_BUT: Final = Text("以下除外：{members}", "any but: {members}")
_WITH_READING: Final = Text("{reading}：{conclusion}", "{reading}: {conclusion}")
_OR: Final = " | "
_SEMICOLON: Final = Text("；", "; ")
_HEADER: Final = (
    Text("规则", "Rows"),
    Text("结论", "Conclusion"),
    Text("理由代码", "Reason code"),
    Text("依据", "Rests on"),
    Text("释义选项启用时", "With a reading on"),
)
_FEWEST_TO_NEGATE: Final = 4
"""Members a condition must accept before it is told by what it leaves out."""

_TOLD: Final[Mapping[type[StrEnum], Callable[[Any, Language], str]]] = MappingProxyType(
    {
        Matter: common.matter,
        ObstacleKind: common.obstacle,
        Outcome: common.outcome,
        Reach: common.reach,
        State: common.state,
    }
)
"""Members the whole package shares; any other is worded in `wording.facts`."""


@frozen(kw_only=True)
class Sheet:
    """A decision table as text.

    Attributes:
        name: Public name of the table.
        question: What it answers.
        columns: What it asks of a case: each column's public name, what it means, and the members
            it may take, each with its public value.
        header: Headings of `rows`: row ids, the columns, conclusion, reason code, citations, and
            what a reading changes.
        rows: One per row, as many cells as `header`; empty cells where there is nothing to say.
    """

    name: str
    question: str
    columns: tuple[tuple[str, str, str], ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables() -> Mapping[str, Table[Any]]:
    """Return every decision table by its name, in the order of the checkpoints."""
    return MappingProxyType(
        {table.name: table for checkpoint in Checkpoint for table in _rules(checkpoint).TABLES}
    )


def sheet(table: Table[Any], language: Language | str = Language.ZH_CN) -> Sheet:
    """Return *table* as text in *language*."""
    language = Language(language)
    checkpoint = Checkpoint(table.name.partition("/")[0])
    ids, *rest = (text.to(language) for text in _HEADER)
    return Sheet(
        name=table.name,
        question=table.question[0] if language is Language.ZH_CN else table.question[1],
        columns=tuple(
            (
                column,
                COLUMNS[column].to(language),
                _OR.join(
                    f"{_told(member, checkpoint, language)} = {member.value}" for member in members
                ),
            )
            for column, members in table.columns.items()
        ),
        header=(ids, *(COLUMNS[column].to(language) for column in table.columns), *rest),
        rows=tuple(_cells(table, row, checkpoint, language) for row in table.rows),
    )


def _cells(
    table: Table[Any], row: Row[Any], checkpoint: Checkpoint, language: Language
) -> tuple[str, ...]:
    conditions = (
        _condition(row.when.get(column), members, checkpoint, language)
        for column, members in table.columns.items()
    )
    return (
        " ".join(row.ids),
        *conditions,
        _conclusion(row.then, checkpoint, language),
        row.code,
        _SEMICOLON.to(language).join(provision.cite(language) for provision in row.cites),
        _changed(row, checkpoint, language),
    )


def _condition(
    accepted: frozenset[StrEnum] | None,
    members: tuple[StrEnum, ...],
    checkpoint: Checkpoint,
    language: Language,
) -> str:
    """Return what a row accepts of one column, by what it leaves out where that is shorter."""
    refused = tuple(member for member in members if accepted is not None and member not in accepted)
    if accepted is None or not refused:
        return _ANY.to(language)
    chosen = tuple(member for member in members if member in accepted)
    if len(chosen) >= _FEWEST_TO_NEGATE and len(refused) * 2 < len(chosen):
        return _ALL_BUT.to(language).format(members=_listed(refused, checkpoint, language))
    return _listed(chosen, checkpoint, language)


def _conclusion(member: StrEnum | None, checkpoint: Checkpoint, language: Language) -> str:
    return _NOTHING.to(language) if member is None else _told(member, checkpoint, language)


def _changed(row: Row[Any], checkpoint: Checkpoint, language: Language) -> str:
    if row.under is None:
        return ""
    reading, conclusion = row.under
    return _WITH_READING.to(language).format(
        reading=reading.value, conclusion=_told(conclusion, checkpoint, language)
    )


def _listed(members: tuple[StrEnum, ...], checkpoint: Checkpoint, language: Language) -> str:
    return _OR.join(_told(member, checkpoint, language) for member in members)


def _told(member: StrEnum, checkpoint: Checkpoint, language: Language) -> str:
    tell = _TOLD.get(type(member))
    if tell is not None:
        return tell(member, language)
    if isinstance(member, _rules(checkpoint).Act):
        return common.act(checkpoint, member.value, language)
    return MEMBERS[type(member).__name__][member.value].to(language)


def _rules(checkpoint: Checkpoint) -> Any:  # noqa: ANN401 - modules share names, not a type
    return import_module(f"..checks.{checkpoint.value.replace('-', '_')}", __package__)
