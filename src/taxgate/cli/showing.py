"""How decisions, explanations and tables look on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.text import Text as Styled
from rich.tree import Tree

from ..decision import Decision
from ..errors import InputError, WireError
from ..explaining import Node
from ..export import Sheet
from ..findings import Finding
from ..notices import Notice, referral_text
from ..tables import Table
from ..terms import Effect, Language
from ..wording import Text, common
from ..wording.printing import day
from . import phrases
from .screen import Screen, escaped

__all__ = [
    "decision_cells",
    "decision_style",
    "show_check",
    "show_fault",
    "show_notice",
    "show_sheet",
    "show_table_names",
    "show_tree",
]

_STYLES: Final = {Effect.PROCEED: "green", Effect.HOLD: "yellow", Effect.REFUSE: "red"}
_BULLET: Final = "  - "
_INDENT: Final = "      "


def show_check(screen: Screen, decision: Decision) -> None:
    """Show a decision as a person at the counter needs it: what to do, why, and the notices."""
    language = screen.language
    heading = decision.heading
    outcome = (
        f"{common.verdict(decision.verdict, language)} / {common.effect(decision.effect, language)}"
    )
    screen.say(_labelled(phrases.DECISION, outcome, language), f"bold {decision_style(decision)}")
    for text in _meaning(decision):
        screen.say(text, "bold" if text is phrases.ONLY_OBSTACLES else "")
    case = [
        common.checkpoint(heading.checkpoint, language),
        common.act(heading.checkpoint, heading.act, language),
        day(heading.governing_on, language),
        *([heading.case_no] if heading.case_no else []),
    ]
    screen.say(_labelled(phrases.CASE, " · ".join(case), language))
    screen.say(phrases.REASONS)
    for finding in decision.findings:
        _show_finding(screen, finding, decision)
    _show_list(
        screen,
        phrases.OBSTACLES,
        (
            f"[{' '.join(item.rows)}] {common.obstacle_reason(item, language)}"
            for item in decision.obstacles
        ),
    )
    _show_list(screen, phrases.REMARKS, (common.flag(flag, language) for flag in decision.flags))
    _show_list(
        screen,
        phrases.READINGS,
        (f"{name}: {common.reading(name, language)}" for name in sorted(decision.readings)),
    )
    for notice in decision.notices(language):
        screen.blank()
        show_notice(screen, notice)
    for referral in decision.referrals:
        screen.blank()
        screen.block(referral_text(referral, decision, language))


def show_notice(screen: Screen, notice: Notice) -> None:
    """Show a notice as it is printed."""
    screen.block(notice.text)


def show_fault(screen: Screen, error: InputError) -> None:
    """Show on standard error what is wrong with an input."""
    screen.complain(phrases.BAD_INPUT)
    for path, problem in error.faults if isinstance(error, WireError) else (("$", str(error)),):
        screen.complain(f"{_BULLET}{path}: {problem}")


def decision_cells(name: str, decision: Decision, language: Language) -> tuple[str, ...]:
    """Return what one line says of a decision."""
    where = decision.heading.checkpoint
    reasons = [_reason(decision.deciding[0], language)]
    reasons += [
        f"[{' '.join(item.rows)}] {common.obstacle(item.kind, language)}"
        for item in decision.obstacles
    ]
    return (
        name,
        common.checkpoint(where, language) if language is Language.ZH_CN else where.value,
        common.verdict(decision.verdict, language),
        common.effect(decision.effect, language),
        (phrases.YES if decision.may_complete else phrases.NO).to(language),
        " ".join(reasons),
    )


def decision_style(decision: Decision) -> str:
    """Return the style a decision is shown in: green only where the act may be completed."""
    if decision.effect is Effect.PROCEED and not decision.may_complete:
        return _STYLES[Effect.HOLD]
    return _STYLES[decision.effect]


def show_tree(screen: Screen, node: Node) -> None:
    """Show an explanation as a tree."""
    tree = Tree(Styled(escaped(node.text), style="bold"))
    _grow(tree, node.children)
    screen.tree(tree)


def show_table_names(screen: Screen, tables: Iterable[Table[Any]]) -> None:
    """Show each table's name and question."""
    screen.grid(
        [
            (
                (
                    table.name,
                    table.question[screen.language is Language.EN],
                    phrases.ROWS.to(screen.language).format(count=len(table.rows)),
                ),
                "",
            )
            for table in tables
        ]
    )
    screen.blank()
    screen.say(phrases.TABLES_HINT)


def show_sheet(screen: Screen, sheet: Sheet) -> None:
    """Show a decision table, row by row."""
    language = screen.language
    screen.say(sheet.name, "bold")
    screen.say(_labelled(phrases.QUESTION, sheet.question, language))
    screen.say(phrases.COLUMNS)
    for column, meaning, members in sheet.columns:
        screen.say(f"{_BULLET}{_labelled(f'{meaning} ({column})', members, language)}")
    for ids, *cells in sheet.rows:
        screen.blank()
        screen.say(ids, "bold")
        for label, cell in zip(sheet.header[1:], cells, strict=True):
            if cell:
                screen.say(f"{_BULLET}{_labelled(label, cell, language)}")


def _meaning(decision: Decision) -> list[Text]:
    """Return what the office may do now, in plain words."""
    if decision.effect is Effect.REFUSE:
        told = [phrases.REFUSED]
    elif decision.effect is Effect.HOLD:
        told = [phrases.HELD]
    elif decision.may_complete:
        told = [phrases.MAY_BE_COMPLETED]
    else:
        told = [phrases.ONLY_OBSTACLES]
    if decision.effect is Effect.PROCEED and not decision.verified:
        told.append(phrases.NOT_VERIFIED)
    if decision.retryable:
        told.append(phrases.RETRY)
    return told


def _show_finding(screen: Screen, finding: Finding, decision: Decision) -> None:
    language = screen.language
    outcome = common.outcome(finding.outcome, language)
    screen.say(
        f"{_BULLET}{_labelled(outcome, _reason(finding, language), language)}",
        _STYLES[finding.outcome.effect],
    )
    cites = finding.cites(decision.heading.governing_on)
    if cites:
        listed = phrases.SENTENCE_END.to(language).join(item.cite(language) for item in cites)
        screen.say(f"{_INDENT}{_labelled(phrases.CITATIONS, listed, language)}")


def _show_list(screen: Screen, heading: Text, items: Iterable[str]) -> None:
    for number, item in enumerate(items):
        if not number:
            screen.say(heading)
        screen.say(f"{_BULLET}{item}")


def _reason(finding: Finding, language: Language) -> str:
    return f"[{' '.join(finding.rows)}] {common.reason(finding, language)}"


def _labelled(label: Text | str, text: str, language: Language) -> str:
    told = label.to(language) if isinstance(label, Text) else label
    return f"{told}{phrases.COLON.to(language)}{text}"


def _grow(tree: Tree, children: Iterable[Node]) -> None:
    for child in children:
        _grow(tree.add(Styled(escaped(child.text))), child.children)
