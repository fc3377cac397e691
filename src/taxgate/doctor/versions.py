"""Whether what is installed is recent enough (依赖版本下限)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from ..wording import Text
from .remark import Level, Remark

__all__ = ["FLOORS", "installed"]

FLOORS: Final[Mapping[str, tuple[tuple[int, ...], Text]]] = {
    "requests": (
        (2, 32, 4),
        Text(
            "更早的版本可能把 .netrc 中的凭据发给其他主机。",
            "Earlier releases can send .netrc credentials to another host.",
        ),
    ),
    "urllib3": (
        (2, 6, 3),
        Text(
            "更早的版本可能被压缩炸弹耗尽内存。",
            "Earlier releases can be made to unpack a reply without a limit.",
        ),
    ),
}
"""The lowest release of a dependency that may be used, and why."""

_NUMBERS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*", re.ASCII)


def installed(floors: Mapping[str, tuple[tuple[int, ...], Text]] = FLOORS) -> Iterator[Remark]:
    """Remark on the release of each dependency."""
    for name, (least, why) in floors.items():
        due = ".".join(map(str, least))
        try:
            found = version(name)
        except PackageNotFoundError:
            found = ""
        numbers = _NUMBERS.match(found)
        if numbers is not None and tuple(map(int, numbers[0].split("."))) >= least:
            yield Remark(
                level=Level.OK,
                name="dependency",
                place=name,
                told=Text(f"版本 {found}，不低于 {due}。", f"Release {found}, at least {due}."),
            )
            continue
        shown = found or "?"
        yield Remark(
            level=Level.FAULT,
            name="dependency",
            place=name,
            told=Text(
                f"版本 {shown}，低于 {due}。{why.zh}", f"Release {shown}, below {due}. {why.en}"
            ),
            remedy=Text(f"升级：pip install '{name}>={due}'", f"pip install '{name}>={due}'"),
        )
