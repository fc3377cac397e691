"""How the clause ledger looks on the screen (条款台账)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from ..law.ambiguities import AMBIGUITIES
from ..law.confidence import FIRMNESS, WRITTEN_ON, Confidence
from ..law.ledger import Clause, Keeper
from ..terms import Language
from ..tracing import Bound, Day, Entry, unclaimed
from ..wording import Text
from ..wording.printing import day
from .phrases import COLON, LIST_COMMA, filled
from .screen import Screen

__all__ = ["read_day", "show_day", "show_ledger"]

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INDENT: Final = "    "

_NATION: Final = Text("全国", "nationwide")
_PROVINCE: Final = Text("限山西", "Shanxi only")
_SINCE: Final = Text("自{since}起", "since {since}")
_BETWEEN: Final = Text("自{since}起，至{last}止", "since {since}, last day {last}")
_UNDATED: Final = Text("施行日未核实", "first day not established")
_UNDATED_UNTIL: Final = Text(
    "施行日未核实，至{last}止", "first day not established, last day {last}"
)
_CONFIDENCE: Final = {
    Confidence.S: Text("本办法全文", "the Order itself, read whole"),
    Confidence.R: Text("条文读过全文", "article read in full"),
    Confidence.P: Text("据公开的二手来源", "from a secondary public source"),
    Confidence.U: Text("未核实", "not verified"),
}
_TRUST: Final = Text("可信程度 {tag}（{meaning}）", "confidence {tag} ({meaning})")
_ROWS: Final = Text("规则", "rows")
_CASES: Final = Text("示例案件", "cases")
_AMBIGUITY: Final = Text("疑点{number}", "ambiguity {number}")
_LEFT: Final = {
    Keeper.OFFICER: Text("留待经办人", "left to the officer"),
    Keeper.OUTSIDE: Text("登记机关无须裁量", "nothing for a registrar to decide"),
}
_UNCLAIMED: Final = Text("无人认领！", "UNCLAIMED!")
_LEGEND: Final = (
    Text(
        "规则后的 F 表示明文，D 表示在几种读法中选定的默认读法，F;D 表示部分如此。",
        "Behind a row: F firm, D a default chosen among competing readings, F;D partly so.",
    ),
    Text(
        "某一天的效力：taxgate law --on 年-月-日",
        "What binds on a day: taxgate law --on YYYY-MM-DD",
    ),
)
_COUNT: Final = Text(
    "共{count}条，无人认领{open}条。", "{count} clauses, {open} of them unclaimed."
)
_DEFAULTS: Final = Text("默认部分", "what is a default, or disputed")
_NOT_DATED: Final = Text(
    "施行日未核实的条款，不列为当日有效：", "First day not established, so not counted as binding:"
)
_ON: Final = {
    Bound.CHECKPOINTS: Text(
        "{day}：查验环节的条文有效，对山西省的登记机关有约束力的共{count}条。",
        "{day}: checkpoint provisions are in force; {count} clauses bind a registrar in Shanxi.",
    ),
    Bound.NATIONAL_ONLY: Text(
        "{day}：没有查验环节的条文有效。《山西省税费服务和征管保障办法》（第307号令）当日尚未施行；"
        "其取代的旧规定未编入，不作推断。当日有效的国家条文共{count}条，不由查验规则适用：",
        "{day}: no checkpoint provision in force. Order No. 307 is not in force on that day; the"
        " older order it replaced is not encoded and nothing is inferred from it. {count} national"
        " clauses are in force; no row decides by them:",
    ),
    Bound.NOTHING: Text(
        "{day}：没有任何条文有效。台账中的条文当日均未施行，不作推断。",
        "{day}: no provision in force. Nothing in the ledger binds on that day, and nothing is"
        " inferred.",
    ),
}
_AHEAD: Final = Text(
    "注意：台账只反映{day}为止所知的法律，其后的修改未编入。",
    "Note: the ledger knows the law as of {day}; later changes are not in it.",
)


def read_day(text: str) -> date | None:
    """Return the calendar day written as YYYY-MM-DD; None if *text* is anything else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def show_ledger(screen: Screen, entries: tuple[Entry, ...]) -> None:
    """Show every clause by instrument, with its window, confidence, rows and cases."""
    _show_entries(screen, entries)
    screen.blank()
    _show_defaults(screen, entries)
    screen.say(filled(_COUNT, count=str(len(entries)), open=str(len(unclaimed(entries)))))
    for line in _LEGEND:
        screen.say(line)


def show_day(screen: Screen, law: Day) -> None:
    """Show what binds on one day, and by name where nothing does."""
    said = filled(_ON[law.bound], day=day(law.on, screen.language), count=str(len(law.entries)))
    screen.say(said, "bold")
    if law.ahead:
        screen.say(filled(_AHEAD, day=day(WRITTEN_ON, screen.language)))
    _show_entries(screen, law.entries, claims=law.bound is Bound.CHECKPOINTS)
    if law.undated:
        screen.blank()
        screen.say(_NOT_DATED)
        for entry in law.undated:
            screen.say(f"{_INDENT}{entry.clause.id}")


def _show_entries(screen: Screen, entries: Iterable[Entry], *, claims: bool = True) -> None:
    """Show *entries* under their instruments, each instrument once, in the order first met."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.clause.instrument.id, []).append(entry)
    for members in groups.values():
        screen.blank()
        screen.say(_title(members[0].clause, screen.language), "bold")
        for entry in members:
            _show_entry(screen, entry, claims=claims)


def _show_entry(screen: Screen, entry: Entry, *, claims: bool) -> None:
    language = screen.language
    clause, claim = entry.clause, entry.claim
    place = (_NATION if clause.place is None else _PROVINCE).to(language)
    told = (clause.id, _window(clause, language), place, _trust(clause, language))
    screen.say(f"  {' · '.join(told)}", "bold")
    screen.say(_INDENT + (clause.zh if language is Language.ZH_CN else clause.en))
    if not claims:
        return
    if claim.rows:
        _line(screen, _ROWS, " ".join(f"{row}({FIRMNESS[row].tag})" for row in claim.rows))
    if entry.cases:
        _line(screen, _CASES, LIST_COMMA.to(language).join(entry.cases))
    for number in claim.ambiguities:
        label = filled(_AMBIGUITY, number=str(number))
        _line(screen, label, AMBIGUITIES[number].to(language))
    if claim.left is not None:
        _line(screen, _LEFT[claim.left.to], claim.left.why.to(language))
    if not claim.stands:
        screen.say(f"{_INDENT}{_UNCLAIMED.to(language)}", "red")


def _show_defaults(screen: Screen, entries: Iterable[Entry]) -> None:
    """Show of each row that is firm in part only what part is not."""
    shown = {row for entry in entries for row in entry.claim.rows}
    screen.say(f"{_DEFAULTS.to(screen.language)}{COLON.to(screen.language)}")
    for row, firmness in sorted(FIRMNESS.items()):
        if row in shown and firmness.default is not None:
            told = firmness.default.to(screen.language)
            screen.say(f"{_INDENT}{row}({firmness.tag}) {told}")
    screen.blank()


def _line(screen: Screen, label: Text, text: str) -> None:
    language = screen.language
    screen.say(f"{_INDENT}{label.to(language)}{COLON.to(language)}{text}")


def _title(clause: Clause, language: Language) -> str:
    instrument = clause.instrument
    return f"《{instrument.zh}》" if language is Language.ZH_CN else instrument.en


def _window(clause: Clause, language: Language) -> str:
    """Return a clause's window: its first day and its last, not the first day after it."""
    last = "" if clause.until is None else day(_eve(clause.until), language)
    if clause.since is None:
        return filled(_UNDATED_UNTIL if last else _UNDATED, last=last).to(language)
    since = day(clause.since, language)
    return filled(_BETWEEN if last else _SINCE, since=since, last=last).to(language)


def _eve(on: date) -> date:
    return date.fromordinal(on.toordinal() - 1)


def _trust(clause: Clause, language: Language) -> str:
    trust = clause.trust
    meaning = [_CONFIDENCE[trust.confidence].to(language)]
    if trust.limit is not None:
        meaning.append(trust.limit.to(language))
    told = LIST_COMMA.to(language).join(meaning)
    return filled(_TRUST, tag=trust.confidence.value, meaning=told).to(language)
