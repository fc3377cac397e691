"""Handing the decision tables to other rule engines (决策表导出): `taxgate tables --export`."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer

from ..export.dmn import dmn
from ..export.jdm import jdm
from ..export.rules import every_table
from ..tables import Table
from ..wording import Text
from . import phrases
from .documents import MisuseError
from .screen import Screen
from .session import FAILED, leave_misused

__all__ = ["ExportOption", "Form", "OutOption", "export_tables", "leave_unknown_table"]


class Form(StrEnum):
    """What tables are exported as."""

    DMN = "dmn"
    """DMN 1.3, as XML."""
    JDM = "jdm"
    """JSON Decision Model of GoRules."""


ExportOption = Annotated[
    Form | None,
    typer.Option(
        "--export",
        case_sensitive=False,
        help="导出格式：DMN 1.3 或者 GoRules JDM / export as DMN 1.3 or as GoRules JDM",
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        help="写入的文件夹，每张表一个文件 / folder to write to, one file per table",
    ),
]

_MAKERS: Final = {Form.DMN: (dmn, ".dmn"), Form.JDM: (jdm, ".json")}

_NO_FOLDER: Final = Text(
    "导出全部决策表需要 --out 文件夹；只写一张表的名称则输出到屏幕。",
    "To export all tables give --out DIR; name one table to print it.",
)
_NO_FORM: Final = Text(
    "--out 须与 --export dmn 或者 --export jdm 一并使用。",
    "--out needs --export dmn or --export jdm.",
)
_WRITTEN: Final = Text("已写入{count}个文件：{folder}", "{count} files written to {folder}")
_NOT_WRITTEN: Final = Text("无法写入 {path}：{why}", "Cannot write {path}: {why}")


def export_tables(screen: Screen, form: Form | None, name: str | None, out: Path | None) -> None:
    """Export one table, or all of them; files that are there are written anew.

    Args:
        screen: Where one table is printed if no folder is given.
        form: Format.
        name: The one table; None for all, merging included.
        out: Folder to write to, made if it is missing.
    """
    if form is None:
        leave_misused(screen, MisuseError(_NO_FORM))
    known = every_table()
    if name is not None and name not in known:
        leave_unknown_table(screen, name, known)
    make, suffix = _MAKERS[form]
    if out is None:
        if name is None:
            leave_misused(screen, MisuseError(_NO_FOLDER))
        screen.machine(make(known[name]).decode("utf-8"))
        return
    chosen = known.values() if name is None else [known[name]]
    for table in chosen:
        path = out / f"{table.name}{suffix}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(make(table))
        except OSError as error:
            why = error.strerror or type(error).__name__
            screen.complain(phrases.filled(_NOT_WRITTEN, path=str(path), why=why))
            raise typer.Exit(FAILED) from None
    screen.say(phrases.filled(_WRITTEN, count=str(len(chosen)), folder=str(out)))


def leave_unknown_table(screen: Screen, name: str, known: Mapping[str, Table[Any]]) -> NoReturn:
    """Say that there is no such table, and which may have been meant."""
    near = get_close_matches(name, known, n=3)
    hint = phrases.filled(phrases.PERHAPS, names=", ".join(near))
    leave_misused(
        screen,
        MisuseError(
            phrases.filled(phrases.UNKNOWN_TABLE, name=name), hint if near else phrases.SEE_TABLES
        ),
    )
