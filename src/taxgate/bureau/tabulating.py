"""The table of magic identifiers (测试标识表), for the screen and for the documentation."""

from __future__ import annotations

from typing import Final

from ..terms import Language
from ..wording import Text, common
from .magic import MAGICS, Magic

__all__ = ["heading", "markdown", "rows"]

_HEADING: Final = (
    Text("编号", "no."),
    Text("名称", "name"),
    Text("查验结果", "outage"),
    Text("车辆识别代号", "VIN"),
    Text("统一社会信用代码", "USCC"),
    Text("公民身份号码", "resident number"),
    Text("不动产单元代码", "unit code"),
    Text("沙箱的行为", "what the bureau does"),
)
_ANSWER: Final = Text("有效答复", "an answer")


def heading(language: Language) -> tuple[str, ...]:
    """Return the names of the columns."""
    return tuple(text.to(language) for text in _HEADING)


def rows(language: Language) -> list[tuple[str, ...]]:
    """Return one row for each magic identifier, by number."""
    return [_row(magic, language) for magic in MAGICS]


def markdown(language: Language) -> str:
    """Return the table in Markdown."""
    lines = [heading(language), ("---",) * len(_HEADING), *rows(language)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _row(magic: Magic, language: Language) -> tuple[str, ...]:
    outage = (
        _ANSWER.to(language)
        if magic.cause is None
        else f"{magic.cause.value} {common.outage_cause(magic.cause, language)}"
        if language is Language.ZH_CN
        else magic.cause.value
    )
    return (
        f"{magic.number:02}",
        magic.name,
        outage,
        magic.vin.value,
        magic.uscc.value,
        magic.resident.value,
        magic.unit.value,
        magic.title.to(language),
    )
