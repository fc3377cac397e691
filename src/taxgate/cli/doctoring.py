"""`taxgate doctor` (配置体检): what is wrong with a configuration, and what to do about it.

Exit codes: 0 nothing worse than warnings, 1 at least one fault, 2 the command was used wrongly.
"""

from __future__ import annotations

from collections import Counter
from json import dumps
from pathlib import Path
from typing import Annotated, Final

import typer

from ..doctor import Level, Remark, examine
from ..terms import Language
from ..wording import Text
from .documents import MisuseError
from .phrases import COLON, filled
from .screen import Screen
from .session import FAILED, LanguageOption, leave_misused, screen_for

__all__ = ["HELP", "doctor"]

HELP: Final = (
    "检查配置并给出处置建议 / check a configuration, with what to do about it"
    "\n\n不发送任何真实标识；--probe 用不存在的标识试查询一次。/"
    " No real identifier is ever sent; --probe asks once about one nobody has."
    "\n\n退出码 / exit code: 0 nothing worse than warnings, 1 faults, 2 usage"
)

_LEVELS: Final = {
    Level.OK: (Text("正常", "ok"), "green"),
    Level.WARNING: (Text("提醒", "warning"), "yellow"),
    Level.FAULT: (Text("故障", "fault"), "bold red"),
}
_TO_DO: Final = Text("处置", "remedy")
_SUMMARY: Final = Text(
    "正常 {ok} 项，提醒 {warning} 项，故障 {fault} 项。",
    "{ok} ok, {warning} warnings, {fault} faults.",
)
_CONTRARY: Final = Text(
    "--probe 与 --offline 不能并用。", "--probe and --offline contradict each other."
)


def doctor(
    context: typer.Context,
    *,
    config: Annotated[Path, typer.Option("--config", help="配置文件 / configuration file")],
    offline: Annotated[
        bool, typer.Option("--offline", help="不连接任何系统 / connect to nobody")
    ] = False,
    probe: Annotated[
        bool,
        typer.Option("--probe", help="用不存在的标识试查询 / ask about an identifier nobody has"),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
    lang: LanguageOption = None,
) -> None:
    """Examine a configuration and show every remark, the worst level as exit code."""
    screen = screen_for(context, lang)
    if probe and offline:
        leave_misused(screen, MisuseError(_CONTRARY))
    remarks = examine(config, offline=offline, probe=probe)
    if as_json:
        screen.machine(f"{dumps(_document(remarks), ensure_ascii=False)}\n")
    else:
        _show(screen, remarks)
    if any(remark.level is Level.FAULT for remark in remarks):
        raise typer.Exit(FAILED)


def _document(remarks: tuple[Remark, ...]) -> dict[str, object]:
    counts = Counter(remark.level for remark in remarks)
    return {
        "counts": {level.value: counts[level] for level in Level},
        "remarks": [
            {
                "level": remark.level.value,
                "name": remark.name,
                "place": remark.place,
                "told": _both(remark.told),
                "remedy": _both(remark.remedy),
            }
            for remark in remarks
        ],
    }


def _both(text: Text | None) -> dict[str, str] | None:
    if text is None:
        return None
    return {language.value: text.to(language) for language in Language}


def _show(screen: Screen, remarks: tuple[Remark, ...]) -> None:
    language = screen.language
    colon = COLON.to(language)
    for remark in remarks:
        level, style = _LEVELS[remark.level]
        line = f"[{level.to(language)}] {remark.place}{colon}{remark.told.to(language)}"
        screen.say(f"{line} ({remark.name})", style)
        if remark.remedy is not None:
            screen.say(f"    {_TO_DO.to(language)}{colon}{remark.remedy.to(language)}")
    counts = Counter(remark.level for remark in remarks)
    screen.blank()
    screen.say(filled(_SUMMARY, **{level.value: str(counts[level]) for level in Level}), "bold")
