"""A configuration is examined (配置体检) from the files it rests on to whoever answers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ..config import Configuration, load
from ..errors import ConfigError
from ..sources import ClearanceSource, Clock, system_clock
from ..wording import Text
from .connection import reached
from .files import secret_files, written_by_others
from .gates import databases, gate_settings
from .probing import expiring_secret, probed
from .profiles import gaps
from .remark import Level, Remark
from .versions import installed

__all__ = ["examine"]

_CONFIGURATION: Final = Text("配置文件", "The configuration")
_PROFILE: Final = Text("接口配置文件", "The profile")


def examine(
    path: str | Path,
    *,
    offline: bool = False,
    probe: bool = False,
    clock: Clock = system_clock,
) -> tuple[Remark, ...]:
    """Examine the configuration file *path*, and return what there is to say, good and bad.

    Args:
        path: The configuration file.
        offline: Look at files only; otherwise each HTTP source gets a request without a body, and
            a secret that expires is fetched.
        probe: Ask each source one question about an identifier nobody has. Not where offline.
        clock: This machine's clock.
    """
    return tuple(_examined(Path(path), offline=offline, probe=probe and not offline, clock=clock))


def _examined(path: Path, *, offline: bool, probe: bool, clock: Clock) -> Iterator[Remark]:
    yield from installed()
    yield from written_by_others(path, _CONFIGURATION)
    configuration = None
    try:
        configuration = load(path, clock=clock)
    except ConfigError as error:
        for place, problem in error.faults:
            yield Remark(
                level=Level.FAULT,
                name="configuration",
                place=place,
                told=Text(f"配置有误：{problem}", f"The configuration is faulty: {problem}"),
                remedy=Text(
                    "更正该处；各项说明见文档。", "Correct it; the documentation has every key."
                ),
            )
    else:
        yield Remark(
            level=Level.OK,
            name="configuration",
            place=str(path),
            told=Text("配置可以使用。", "The configuration can be used."),
        )
    try:
        if configuration is not None:
            yield from gate_settings(configuration)
        for name, table in _tables(path).items():
            yield from _source(
                name, table, path.parent, configuration, offline=offline, probe=probe, clock=clock
            )
    finally:
        opened = () if configuration is None else (*configuration.named.values(), configuration.log)
        for source in opened:
            close = getattr(source, "close", None)
            if close is not None:
                close()


def _source(
    name: str,
    table: Mapping[str, Any],
    folder: Path,
    configuration: Configuration | None,
    *,
    offline: bool,
    probe: bool,
    clock: Clock,
) -> Iterator[Remark]:
    place = f"sources.{name}"
    yield from secret_files(table, folder)
    yield from databases(table, place)
    tried: list[Remark] = []
    source = configuration.named.get(name) if configuration is not None else None
    if source is not None and configuration is not None and not offline:
        tried += expiring_secret(source, place, configuration.within)
        if probe and _is_leaf(source, table, configuration.named):
            tried += probed(source, place, table, folder, configuration.within, clock)
    if table.get("kind") == "http":
        shown = {remark.name for remark in tried}
        for remark in _profile(table, place, folder):
            # What was tried says more than what may be.
            if remark.name not in shown:
                yield remark
        yield from reached(table, place, folder, clock, offline=offline)
    yield from tried


def _profile(table: Mapping[str, Any], place: str, folder: Path) -> Iterator[Remark]:
    from ..adapters.profile_files import load_profile  # noqa: PLC0415 - reads files

    named = table.get("profile")
    if not isinstance(named, str):
        return
    own = folder / named if "/" in named or named.endswith(".toml") else None
    if own is not None:
        yield from written_by_others(own, _PROFILE)
    try:
        profile = load_profile(named if own is None else own)
    except ConfigError:
        return  # named among the faults of the configuration
    yield from gaps(profile, place, table)


def _tables(path: Path) -> dict[str, dict[str, Any]]:
    """Return the table of each source, as far as the file can be read."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    sources = document.get("sources")
    tables = sources.items() if isinstance(sources, dict) else ()
    return {name: table for name, table in tables if isinstance(table, dict)}


def _is_leaf(
    source: ClearanceSource, table: Mapping[str, Any], named: Mapping[str, ClearanceSource]
) -> bool:
    """Tell whether a source asks somebody itself, instead of another source."""
    provenance = getattr(source, "provenance", None)
    counts = provenance is not None and provenance.counts
    return counts and not any(text in named for key, text in _texts(table) if key != "kind")


def _texts(table: Mapping[str, Any], key: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield key or name, value
        elif isinstance(value, list):
            yield from ((key or name, part) for part in value if isinstance(part, str))
        elif isinstance(value, dict):
            yield from _texts(value, key or name)
