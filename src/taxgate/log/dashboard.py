"""The log on one page (统计看板): a single HTML file with plots, readable without a network.

Nothing in it runs and nothing is loaded: no script, no font, no picture from elsewhere, and a
content security policy that says so. Whatever came out of the database is text to the page.

Plots are drawn here, as rectangles: a plotting library would measure Chinese text with a font that
the machine which makes the page may not have, while a browser lays it out where it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from importlib import resources
from typing import Any, Final

from attrs import frozen

from .. import __version__
from ..errors import MissingExtraError
from ..evidence import OutageCause, china_date
from ..findings import Outcome
from ..terms import Checkpoint, Effect, Flag, Language, Matter, ObstacleKind, State
from ..wording import Text, common
from ..wording.printing import day, moment, one_line
from .acts import ActKind
from .reporting import Clearing, Counts, ranked

__all__ = ["page"]

MOST: Final = 12
"""Lines of a plot; what is rarer is summed up in one more."""

COLUMNS: Final = 62
"""Columns of the plot over time: above, days become weeks, and weeks months."""

_HEIGHT: Final = 160
_WIDTH: Final = 720
_WEEK: Final = 7

_TEXTS: Final[Mapping[str, Text]] = {
    "title": Text("先税后证查验日志", "Tax clearance checks: what the log says"),
    "made": Text("制作时间", "Made"),
    "log": Text("日志", "Log"),
    "head": Text("最后一条", "Last entry"),
    "period": Text("统计区间", "Period"),
    "nothing": Text("没有记录。", "Nothing was recorded."),
    "decisions": Text("审查结论", "Decisions"),
    "completable": Text("可以办结", "May be completed"),
    "held": Text("暂缓办理", "On hold"),
    "refused": Text("不予办理", "Refused"),
    "outages": Text("未能查验的事项", "Matters not verified"),
    "median": Text("解除所需时间（中位数）", "Time to clear (median)"),
    "acts": Text("经办人处置", "Acts of officers"),
    "clear": Text("明文查阅", "Readings in clear"),
    "over_time": Text("审查结论的时间分布", "Decisions over time"),
    "by_outcome": Text("按结论", "By outcome"),
    "by_checkpoint": Text("按查验环节", "By checkpoint"),
    "by_reason": Text("按理由", "By reason"),
    "by_office": Text("按登记机关", "By office"),
    "by_cause": Text("数据来源故障的原因", "Why sources could not be asked or trusted"),
    "by_source": Text("数据来源", "Sources"),
    "source": Text("来源", "Source"),
    "answers": Text("答复", "Answers"),
    "failures": Text("故障", "Outages"),
    "by_obstacle": Text("非税障碍", "Non-tax obstacles"),
    "by_flag": Text("备注", "Remarks"),
    "to_clear": Text(
        "从首次暂缓或者不予办理到可以继续办理", "From a first hold or refusal to clear"
    ),
    "first_outcome": Text("首次结论", "First outcome"),
    "cleared": Text("已解除", "Cleared"),
    "open": Text("尚未解除", "Still open"),
    "ninetieth": Text("九成不超过", "Nine in ten within"),
    "half": Text("半数不超过", "Half within"),
    "longest": Text("最长", "Longest"),
    "acts_by_row": Text("经办人处置，按决策表规则", "Acts of officers by row of the tables"),
    "acts_note": Text(
        "处置不改变结论，单独记载、单独统计。常被处置推翻的规则可能有误，或者被误用。",
        "An act never alters a decision; acts are recorded and counted apart. A row that is often"
        " acted against may be wrong, or wrongly used.",
    ),
    "no_acts": Text("没有经办人处置。", "There were no acts of officers."),
    "row": Text("规则", "Row"),
    "rate": Text("占比", "Rate"),
    "clear_by_reason": Text("明文查阅的理由", "Why personal data was read in clear"),
    "erased": Text("证据已按保存期限清除的条目", "Entries whose evidence was erased"),
    "rechecks": Text("重新查验", "Rechecks"),
    "unverified": Text("未经查验而可继续办理", "Proceeding without a tax check"),
    "colon": Text("：", ": "),
    "rest": Text("其他", "others"),
    "number": Text("数量", "Count"),
    "note": Text(
        "统计的是结论，不是当事人：同一案件重新查验后计为两个结论。本页不含个人信息，"
        "也不证明日志未被改动；核验请用 taxgate log verify。",
        "Counted are decisions, not people: a case that was checked again counts twice. The page"
        " holds nothing personal, and does not prove that the log is untouched: for that there is"
        " taxgate log verify.",
    ),
    "minutes": Text("{n}分钟", "{n} min"),
    "hours": Text("{n}小时", "{n} h"),
    "days": Text("{n}天", "{n} d"),
    "none": Text("无", "none"),
    "until": Text("{first}至{last}", "{first} to {last}"),
}

_ACTS: Final = {
    ActKind.COMPLETE: Text("仍予办结", "completed all the same"),
    ActKind.HOLD: Text("暂不办结", "not completed all the same"),
}


@frozen
class Bar:
    """One line of a plot.

    Attributes:
        label: What was counted.
        code: Its public code; empty where the label is all there is.
        number: How often.
        width: Share of the longest line, in percent.
        style: Class of its colour.
    """

    label: str
    code: str
    number: int
    width: float
    style: str = ""


@frozen
class Part:
    """One rectangle of a column, in units of the drawing."""

    style: str
    y: float
    height: float


@frozen
class Column:
    """One column of the plot over time.

    Attributes:
        x: Left edge, in units of the drawing.
        width: Width likewise.
        told: The column in words.
        label: What stands below it; mostly nothing.
        parts: Its rectangles.
    """

    x: float
    width: float
    told: str
    label: str
    parts: tuple[Part, ...]


def page(
    counts: Counts,
    language: Language | str,
    *,
    log_id: str,
    head: tuple[int, str] | None,
    at: datetime,
) -> str:
    """Return the page about *counts*, as HTML.

    Args:
        counts: What was counted.
        language: Language of the page.
        log_id: Which log.
        head: Number and digest of its last entry; None where it is empty.
        at: When the page is made.

    Raises:
        MissingExtraError: The extra `reports` is not installed.
    """
    told = Language(language)
    words = {name: text.to(told) for name, text in _TEXTS.items()}
    template = _environment().from_string(
        resources.files(__package__).joinpath("dashboard.html").read_text(encoding="utf-8")
    )
    rendered: str = template.render(
        lang=told.value,
        t=words,
        made=moment(at, told),
        version=__version__,
        log_id=log_id,
        head=head,
        period=_period(counts, told),
        counts=counts,
        tiles=_tiles(counts, words),
        columns=_columns(counts, told),
        drawing=(_WIDTH, _HEIGHT),
        legend=[(effect.value, common.effect(effect, told)) for effect in Effect],
        peak=_peak(counts),
        plots=[plot for plot in _plots(counts, told, words["rest"]) if plot[1]],
        sources=[(one_line(name), *numbers) for name, *numbers in counts.by_source],
        clearing=[
            (_worded(Outcome, outcome, told), *_cells(found, words))
            for outcome, found in counts.clearing.items()
        ],
        acts=[
            (
                one_line(item.row),
                ", ".join(
                    f"{_act(kind, told)} {number}" for kind, number in sorted(item.acts.items())
                ),
                item.decisions,
                words["none"] if item.rate is None else f"{item.rate:.2%}",
            )
            for item in counts.row_acts
        ],
    )
    return rendered


def _environment() -> Any:  # noqa: ANN401 - a class of the extra
    try:
        import jinja2  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("reports", "the dashboard") from None
    return jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _period(counts: Counts, language: Language) -> str:
    if counts.first is None or counts.last is None:
        return ""
    return (
        _TEXTS["until"]
        .to(language)
        .format(
            first=day(china_date(counts.first), language),
            last=day(china_date(counts.last), language),
        )
    )


def _tiles(counts: Counts, words: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return the figures on top: heading, figure, and its share of all decisions."""
    total = counts.decisions
    effects = counts.effects

    def share(number: int) -> str:
        return f"{number / total:.1%}" if total else ""

    return [
        (words["decisions"], str(total), ""),
        (words["completable"], str(counts.completable), share(counts.completable)),
        (words["held"], str(effects[Effect.HOLD]), share(effects[Effect.HOLD])),
        (words["refused"], str(effects[Effect.REFUSE]), share(effects[Effect.REFUSE])),
        (words["unverified"], str(counts.unverified), share(counts.unverified)),
        (words["median"], _time(counts.clearing_together.median, words), ""),
        (words["acts"], str(counts.acts.total()), ""),
        (words["clear"], str(counts.clear_readings.total()), ""),
    ]


def _plots(counts: Counts, language: Language, rest: str) -> Iterable[tuple[str, list[Bar]]]:
    reasons = {code: _reason(code, counts, language) for code in counts.reasons}
    for name, counted, words in (
        ("by_outcome", counts.outcomes, Outcome),
        ("by_checkpoint", counts.checkpoints, Checkpoint),
        ("by_reason", counts.reasons, reasons),
        ("by_office", counts.offices, None),
        ("by_cause", counts.outages, OutageCause),
        ("by_obstacle", counts.obstacles, ObstacleKind),
        ("by_flag", counts.flags, Flag),
        ("clear_by_reason", counts.clear_readings, None),
    ):
        yield _TEXTS[name].to(language), _bars(counted, words, language, rest)


def _bars(
    counted: Mapping[str, int],
    words: type[StrEnum] | Mapping[str, str] | None,
    language: Language,
    rest: str,
) -> list[Bar]:
    known = list(ranked(counted).items())
    shown, left = known[:MOST], sum(number for _, number in known[MOST:])
    longest = max((number for _, number in (*shown, ("", left))), default=0)
    bars = []
    for code, number in shown:
        label = words[code] if isinstance(words, Mapping) else _worded(words, code, language)
        bars.append(
            Bar(
                label=label,
                code="" if label == code else one_line(code),
                number=number,
                width=100 * number / longest,
                style=_style(code),
            )
        )
    if left:
        bars.append(Bar(label=rest, code="", number=left, width=100 * left / longest))
    return bars


def _reason(code: str, counts: Counts, language: Language) -> str:
    """Return a reason code in words where it ends in a state of a matter; else itself."""
    matter, state = counts.matters.get(code, ""), code.rpartition("/")[2]
    if matter not in {*Matter} or state not in {*State}:
        return one_line(code)
    told = (common.matter(Matter(matter), language), common.state(State(state), language))
    return _TEXTS["colon"].to(language).join(told)


def _style(code: str) -> str:
    """Return the colour of an outcome; other codes have none of their own."""
    return next((item.effect.value for item in Outcome if item.value == code), "")


_TELLERS: Final[Mapping[type[StrEnum], Any]] = {
    Outcome: common.outcome,
    Checkpoint: common.checkpoint,
    OutageCause: common.outage_cause,
    ObstacleKind: common.obstacle,
    Flag: common.flag,
}


def _worded(words: type[StrEnum] | None, code: str, language: Language) -> str:
    """Return *code* in words, or itself where this copy does not know it."""
    if words is None or code not in {item.value for item in words}:
        return one_line(code)
    told: str = _TELLERS[words](words(code), language)
    return told


def _act(kind: str, language: Language) -> str:
    return _ACTS[ActKind(kind)].to(language) if kind in {*ActKind} else one_line(kind)


def _cells(found: Clearing, words: Mapping[str, str]) -> tuple[str, ...]:
    times = (found.median, found.ninetieth, found.longest)
    return (str(found.open), str(found.cleared), *(_time(item, words) for item in times))


def _time(minutes: int | None, words: Mapping[str, str]) -> str:
    """Return a time in the largest unit of which there are two or more."""
    if minutes is None:
        return words["none"]
    for unit, size in (("days", 1440), ("hours", 60)):
        if minutes >= 2 * size:
            return words[unit].format(n=round(minutes / size))
    return words["minutes"].format(n=minutes)


# Over time ----------------------------------------------------------------------------------------


def _spans(counts: Counts) -> list[tuple[date, date]]:
    """Return first and last day of every column: days, weeks or months, as many as fit."""
    if not counts.days:
        return []
    on, last = min(on for on, _ in counts.days), max(on for on, _ in counts.days)
    length = (last - on).days + 1
    spans = []
    while on <= last:
        if length <= COLUMNS:
            end = on
        elif length <= COLUMNS * _WEEK:
            end = on + timedelta(days=6 - on.weekday())
        else:
            end = (on.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        spans.append((on, min(end, last)))
        on = end + timedelta(days=1)
    return spans


def _numbers(counts: Counts) -> list[tuple[date, date, dict[Effect, int]]]:
    spans = _spans(counts)
    found = [(first, last, dict.fromkeys(Effect, 0)) for first, last in spans]
    place = 0
    for on, effect in sorted(counts.days):
        while on > found[place][1]:
            place += 1
        if effect in {*Effect}:
            found[place][2][Effect(effect)] += counts.days[on, effect]
    return found


def _peak(counts: Counts) -> int:
    return max((sum(numbers.values()) for *_, numbers in _numbers(counts)), default=0)


def _columns(counts: Counts, language: Language) -> list[Column]:
    """Return the columns of the plot over time, effects on top of each other."""
    found = _numbers(counts)
    peak = _peak(counts)
    step = _WIDTH / max(1, len(found))
    every = max(1, -(-len(found) // 6))
    columns = []
    for place, (first, last, numbers) in enumerate(found):
        parts, top = [], float(_HEIGHT)
        for effect, number in numbers.items():
            height = _HEIGHT * number / peak
            top -= height
            if number:
                parts.append(Part(effect.value, round(top, 2), round(height, 2)))
        told = day(first, language)
        if last != first:
            told = _TEXTS["until"].to(language).format(first=told, last=day(last, language))
        amounts = " · ".join(
            f"{common.effect(effect, language)} {number}" for effect, number in numbers.items()
        )
        columns.append(
            Column(
                x=round(place * step, 2),
                width=round(min(step * 0.8, 40), 2),
                told=f"{told}: {amounts}",
                label=f"{first:%Y-%m-%d}" if place % every == 0 else "",
                parts=tuple(parts),
            )
        )
    return columns
