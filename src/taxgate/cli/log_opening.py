"""Which log a command is about (打开日志), and how what goes wrong with it ends the command.

Exit codes of every `taxgate log` command: 0 done; 2 used wrongly; 30 an option, the configuration
or a key is faulty; 20 the log is not what was written; 1 anything else, such as a log that cannot
be read or a report that cannot be written. `verify` and `replay` say more in their own help.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer
from attrs import frozen
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text as Styled

from ..config import section
from ..errors import (
    ConfigError,
    InputError,
    LogCorruptError,
    LogError,
    LogKeyError,
    LogTamperedError,
    MissingExtraError,
)
from ..evidence import CHINA
from ..secret import Secret
from ..wording import Text
from . import log_phrases as phrases
from .documents import MisuseError
from .phrases import filled
from .screen import Screen
from .session import (
    BAD_INPUT,
    FAILED,
    REFUSED,
    leave_misconfigured,
    leave_misused,
)

if TYPE_CHECKING:
    from ..log import DecisionLog, KeyRing, Store
    from ..log.heads import Witness

__all__ = [
    "ConfigOption",
    "JsonOption",
    "KeysOption",
    "Place",
    "SinceOption",
    "Stamps",
    "UntilOption",
    "UrlOption",
    "instant",
    "opened_log",
    "opened_store",
    "place_of",
    "progress",
    "telling",
    "witnesses",
]

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="配置文件，取其中 [log] / configuration: its [log]")
]
UrlOption = Annotated[
    str | None,
    typer.Option("--url", help="日志位置 / place of the log: sqlite:////PATH or postgresql://..."),
]
KeysOption = Annotated[Path | None, typer.Option("--keys", help="密钥文件夹 / folder of keys")]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="自该日起 / from that day (China)")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="至该日止 / to the end of that day")
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_EVERY: Final = 128
"""Entries between two moves of a progress bar."""


@frozen
class Place:
    """Where a log and its keys lie.

    Attributes:
        url: The log.
        keys: Folder of the keys; None where none was named.
        password: For PostgreSQL; its own ways, such as PGPASSFILE, serve as well.
    """

    url: str
    keys: Path | None
    password: Secret | None = None


def place_of(screen: Screen, config: Path | None, url: str | None, keys: Path | None) -> Place:
    """Return the place that options name; a folder given by --keys comes before the configured.

    Raises:
        ConfigError: The configuration cannot be used.
    """
    if (config is None) == (url is None):
        leave_misused(screen, MisuseError(phrases.ONE_PLACE))
    if url is not None:
        return Place(url, keys)
    assert config is not None  # noqa: S101 - one of the two is there
    from ..log import LogSettings  # noqa: PLC0415 - an extra, and heavy

    with section(config, "log") as settings:
        said = LogSettings.of(settings)
    return Place(said.url, keys or said.keys, said.password)


@contextmanager
def opened_store(
    screen: Screen, config: Path | None, url: str | None, keys: Path | None
) -> Iterator[tuple[Store, KeyRing | None]]:
    """Give a log to read, and the keys there are: none will do, public halves will do."""
    with telling(screen):
        from ..log import KeyRing, Store  # noqa: PLC0415 - an extra, and heavy

        place = place_of(screen, config, url, keys)
        ring = None if place.keys is None else KeyRing.from_folder(place.keys)
        store = Store(place.url, password=place.password)
        try:
            yield store, ring
        finally:
            store.close()


@contextmanager
def opened_log(
    screen: Screen, config: Path | None, url: str | None, keys: Path | None
) -> Iterator[DecisionLog]:
    """Give a log with the keys to write to it and to read what is sealed."""
    with telling(screen):
        from ..log import DecisionLog, KeyRing, Store  # noqa: PLC0415 - as above

        place = place_of(screen, config, url, keys)
        if place.keys is None:
            leave_misused(screen, MisuseError(phrases.NO_KEYS))
        ring = KeyRing.from_folder(place.keys)
        with DecisionLog(Store(place.url, password=place.password), ring) as log:
            yield log


@contextmanager
def telling(screen: Screen) -> Iterator[None]:
    """End the command with a message and its exit code where something goes wrong inside."""
    try:
        yield
    except ConfigError as error:
        leave_misconfigured(screen, error)
    except (LogCorruptError, LogTamperedError) as error:
        _leave(screen, str(error), REFUSED)
    except LogKeyError as error:
        _leave(screen, str(error), BAD_INPUT)
    except InputError as error:
        _leave(screen, filled(phrases.BAD_VALUE, problem=str(error)), BAD_INPUT)
    except (LogError, MissingExtraError) as error:
        _leave(screen, str(error), FAILED)


def _leave(screen: Screen, text: Text | str, code: int) -> NoReturn:
    screen.complain(text)
    raise typer.Exit(code)


def instant(screen: Screen, text: str | None, *, end: bool = False) -> datetime | None:
    """Return the instant a day in China begins, or one that is written out; None of None.

    Args:
        screen: Where a text that is neither is complained about.
        text: A day or an instant with its offset.
        end: Of a day, return where it ends.
    """
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            day = datetime.fromisoformat(text).replace(tzinfo=CHINA)
            return day + timedelta(days=1) if end else day
        at = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        at = None
    if at is None or at.tzinfo is None:
        leave_misused(screen, MisuseError(filled(phrases.NO_INSTANT, given=text)))
    return at


@frozen
class Stamps:
    """Time stamps of an authority (可信时间戳, RFC 3161) on heads.

    Attributes:
        folder: Where they are kept; None: there are none.
        roots: Files with root certificates of the authority, in PEM.
        authority: Address of the authority; None where stamps are only to be verified.
    """

    folder: Path | None
    roots: tuple[Path, ...] = ()
    authority: str | None = None


def witnesses(names: list[str] | None, stamps: Stamps) -> list[Witness]:
    """Return the witnesses that options name: databases by their URL, files by their path.

    Raises:
        ConfigError: A database cannot be opened, a certificate not be read, or an address not used.
        MissingExtraError: Stamps without the extra `timestamp`.
    """
    from ..log import Store  # noqa: PLC0415 - an extra, and heavy
    from ..log.heads import FileWitness, StoreWitness  # noqa: PLC0415

    found: list[Witness] = [
        StoreWitness(Store(name)) if "://" in name else FileWitness(Path(name))
        for name in names or ()
    ]
    if stamps.folder is not None:
        from ..log import timestamping  # noqa: PLC0415 - an extra of its own

        ask = None if stamps.authority is None else timestamping.authority_at(stamps.authority)
        roots = [_certificate(path) for path in stamps.roots]
        found.append(timestamping.TimestampWitness(stamps.folder, ask, roots))
    return found


def _certificate(path: Path) -> bytes:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ConfigError(((str(path), f"cannot be read: {error.strerror}"),)) from None
    if b"-----BEGIN CERTIFICATE-----" not in text:
        raise ConfigError(((str(path), "is no certificate in PEM"),))
    return text


class _Rate(ProgressColumn):
    """Entries a second."""

    def render(self, task: Task) -> Styled:
        """Return the speed, or nothing before there is one."""
        speed = task.finished_speed or task.speed
        return Styled("" if speed is None else f"{speed:,.0f}/s")


@contextmanager
def progress(screen: Screen, what: Text, total: int) -> Iterator[Callable[[int], None]]:
    """Give what is told the number of each entry; on a terminal a bar shows rate and time left.

    Args:
        screen: For its language.
        what: What is done.
        total: Number of the last entry.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(what.to(screen.language), total=total)

        def told(seq: int) -> None:
            if seq % _EVERY == 0 or seq == total:
                bar.update(task, completed=seq)

        yield told
