"""Who may read and write the files a configuration rests on (文件权限)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ..wording import Text
from .remark import Level, Remark

__all__ = ["secret_files", "written_by_others"]

_NAME: Final = "file-permissions"
_TRUSTED: Final = frozenset({0})
"""Accounts besides one's own whose files are nobody else's: root."""

_PRIVATE: Final = Text(
    "只应由运行账户读写：chmod 600 {path}", "Let only the account that runs it in: chmod 600 {path}"
)
_OTHERS: Final = Text(
    "只应由其所有者修改：chmod go-w {path}", "Let only its owner change it: chmod go-w {path}"
)


def written_by_others(path: Path, what: Text) -> Iterator[Remark]:
    """Remark on a file that decides whom is asked, and who may change it.

    Args:
        path: The file.
        what: What it is.
    """
    status = _status(path)
    if status is None:
        return
    if (strange := _of_another(status, path, what)) is not None:
        yield strange
    bits = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if bits:
        yield Remark(
            level=Level.FAULT if bits & stat.S_IWOTH else Level.WARNING,
            name=_NAME,
            place=str(path),
            told=_filled(
                Text("{what}可被其他账户修改。", "{what} can be changed by other accounts."), what
            ),
            remedy=_at(_OTHERS, path),
        )
    elif strange is None:
        yield Remark(
            level=Level.OK,
            name=_NAME,
            place=str(path),
            told=_filled(
                Text("{what}只有其所有者可以修改。", "{what}: only its owner can change it."), what
            ),
        )


def secret_files(table: Mapping[str, Any], folder: Path) -> Iterator[Remark]:
    """Remark on each file that holds a secret of one source.

    Args:
        table: The source's table of the configuration.
        folder: Where the configuration lies.
    """
    what = Text("密钥文件", "the secret's file")
    for path in _secrets(table, folder):
        status = _status(path)
        if status is None:
            continue
        strange = _of_another(status, path, what)
        if strange is not None:
            yield strange
        if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            outside = status.st_mode & stat.S_IRWXO
            yield Remark(
                level=Level.FAULT if outside else Level.WARNING,
                name=_NAME,
                place=str(path),
                told=Text(
                    "密钥文件可被其他账户读取或者修改。",
                    "Other accounts can read or change the secret's file.",
                ),
                remedy=_at(_PRIVATE, path),
            )
        elif strange is None:
            yield Remark(
                level=Level.OK,
                name=_NAME,
                place=str(path),
                told=Text("密钥文件不对其他账户开放。", "The secret's file is closed to others."),
            )


def _secrets(table: Mapping[str, Any], folder: Path) -> Iterator[Path]:
    for value in table.values():
        if isinstance(value, dict):
            if value.keys() == {"file"} and isinstance(value["file"], str):
                yield folder / Path(value["file"]).expanduser()
            else:
                yield from _secrets(value, folder)


def _status(path: Path) -> os.stat_result | None:
    # What cannot be read is a fault of the configuration, and named as one there.
    try:
        return path.stat()
    except OSError:
        return None


def _of_another(status: os.stat_result, path: Path, what: Text) -> Remark | None:
    if not hasattr(os, "geteuid") or status.st_uid in {*_TRUSTED, os.geteuid()}:
        return None
    return Remark(
        level=Level.WARNING,
        name=_NAME,
        place=str(path),
        told=_filled(Text("{what}属于另一账户。", "{what} belongs to another account."), what),
        remedy=Text(
            f"改为由运行账户或者 root 所有：{path}",
            f"Let it belong to the account that runs it, or to root: {path}",
        ),
    )


def _filled(text: Text, what: Text) -> Text:
    return Text(text.zh.replace("{what}", what.zh), text.en.replace("{what}", what.en))


def _at(text: Text, path: Path) -> Text:
    return Text(text.zh.replace("{path}", str(path)), text.en.replace("{path}", str(path)))
