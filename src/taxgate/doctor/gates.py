"""What the gate itself is set to (闸口设置): trials, readings, and where answers come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ..config import Configuration
from ..database.filesystem import network_file_system
from ..evidence import Provenance
from ..sources import ClearanceSource
from ..terms import Language
from ..wording import Text, common
from .remark import Level, Remark

__all__ = ["databases", "gate_settings"]

_SQLITE: Final = ("sqlite:///", "sqlite+pysqlite:///")


def gate_settings(configuration: Configuration) -> Iterator[Remark]:
    """Remark on what is switched on, and on answers that never count."""
    if configuration.trial:
        yield Remark(
            level=Level.WARNING,
            name="trial",
            place="gate.trial",
            told=Text(
                "试用模式：内存、回放等非即时答复也会被采用。",
                "This is a trial: answers from memory and from recordings count, too.",
            ),
            remedy=Text(
                "办理登记时删去 trial。", "Take trial out where registrations are completed."
            ),
        )
    wired = configuration.sources
    sources = [wired] if isinstance(wired, ClearanceSource) else list(wired.values())
    names = {id(source): name for name, source in configuration.named.items()}
    for source in sources:
        provenance = getattr(source, "provenance", None)
        if isinstance(provenance, Provenance) and not provenance.counts:
            yield Remark(
                level=Level.WARNING if configuration.trial else Level.FAULT,
                name="not-live",
                place=f"sources.{names.get(id(source), '?')}",
                told=Text(
                    f"答复来源为 {provenance}，不得据此办理登记。",
                    f"Its answers are {provenance}: no registration may rest on them.",
                ),
                remedy=Text(
                    "在 [gate] 中改用即时查询税务机关的数据来源。",
                    "Name a source under [gate] that asks the bureau.",
                ),
            )
    for reading in sorted(configuration.readings):
        meaning = Text(
            common.reading(reading, Language.ZH_CN), common.reading(reading, Language.EN)
        )
        yield Remark(
            level=Level.WARNING,
            name="reading",
            place="gate.readings",
            told=Text(
                f"采用了释义选项 {reading}：{meaning.zh}", f"Reading {reading} is on: {meaning.en}"
            ),
            remedy=Text(
                "确认本机关已正式决定采用；否则删去。",
                "Make sure that the office has decided so in due form; otherwise take it out.",
            ),
        )


def databases(table: Mapping[str, Any], place: str) -> Iterator[Remark]:
    """Remark on an SQLite file that a source shares with others."""
    url = table.get("url")
    if not isinstance(url, str) or not url.startswith(_SQLITE):
        return
    path = Path(url.partition(":///")[2])
    kind = network_file_system(path)
    if kind is None:
        yield Remark(
            level=Level.OK,
            name="network-file-system",
            place=place,
            told=Text(
                "SQLite 文件在本机的文件系统上。", "The SQLite file lies on this machine's disk."
            ),
        )
        return
    yield Remark(
        level=Level.FAULT,
        name="network-file-system",
        place=place,
        told=Text(
            f"SQLite 文件在网络文件系统（{kind}）上，会丢失数据。",
            f"The SQLite file lies on a network file system ({kind}) and would lose rows.",
        ),
        remedy=Text(
            "移到本机磁盘，或者改用 PostgreSQL。", "Move it to a local disk, or use PostgreSQL."
        ),
    )
