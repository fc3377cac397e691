"""Reading a folder somebody else writes into: each file once, as it is, and nothing behind a link.

Names are looked up in the open folder, so that nothing leads out of it. What was read is what is
hashed and parsed: a file is never opened a second time.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final, Self

from attrs import frozen

from ..errors import ConfigError
from ..evidence import OutageCause
from .drop_faults import UnusableFileError, not_handed_over

__all__ = ["Folder", "Signature", "demand_folder"]

_FILE: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_FORBIDDEN: Final = frozenset("/\\\0:")
_LONGEST_NAME: Final = 200
_PART: Final = 1 << 20


@frozen
class Signature:
    """What changes when a file is replaced or written to."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


def demand_folder(path: Path) -> None:
    """Refuse a folder that everybody may write into; one that is not there yet may come.

    Raises:
        ConfigError: It is no folder, may be written by everybody, or this system has no way to
            read a file without following links.
    """
    if os.open not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW"):
        raise ConfigError((("folder", "cannot be read safely on this system"),))
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if not stat.S_ISDIR(mode):
        raise ConfigError((("folder", "is no folder (a link to one is not taken)"),))
    if mode & stat.S_IWOTH:
        raise ConfigError((("folder", "can be written by everybody: chmod o-w"),))


class Folder:
    """An open folder; use it in a `with` statement.

    Args:
        path: Where it is.

    Raises:
        UnusableFileError: It cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._number: Final = os.open(path, _FOLDER)
        except OSError:
            raise not_handed_over("the folder cannot be opened") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._number)

    def names(self, ending: str, most: int) -> list[str]:
        """Return the names that end in *ending*, sorted; those that start with a dot are left out.

        Raises:
            UnusableFileError: There are more than *most*.
        """
        found = []
        try:
            with os.scandir(self._number) as entries:
                for entry in entries:
                    if entry.name.endswith(ending) and not entry.name.startswith("."):
                        found.append(entry.name)
                        if len(found) > most:
                            raise not_handed_over(f"there are more than {most} manifests")
        except OSError:
            raise not_handed_over("the folder cannot be read") from None
        return sorted(found)

    def signature(self, name: str) -> Signature:
        """Return what *name* looks like now, without following a link.

        Raises:
            UnusableFileError: There is no such file, or the name leads elsewhere.
        """
        _demand_plain(name)
        try:
            return _signature(os.stat(name, dir_fd=self._number, follow_symlinks=False))
        except OSError:
            raise not_handed_over("the file is not there") from None

    def read(self, name: str, largest: int) -> tuple[bytes, Signature]:
        """Return the bytes of *name* and what it looked like when they were read.

        Raises:
            UnusableFileError: It is not there, is no plain file, is larger than *largest* bytes,
                or was written to meanwhile.
        """
        _demand_plain(name)
        try:
            number = os.open(name, _FILE, dir_fd=self._number)
        except OSError:
            raise not_handed_over("the file is not there, or is a link") from None
        try:
            return _read(number, largest)
        except OSError:
            raise not_handed_over("the file cannot be read") from None
        finally:
            os.close(number)


def _demand_plain(name: str) -> None:
    # Windows' separators, too: the name may be made into a path elsewhere one day.
    if (
        not name
        or name.startswith(".")
        or len(name) > _LONGEST_NAME
        or not _FORBIDDEN.isdisjoint(name)
        or not name.isprintable()
    ):
        raise not_handed_over("the manifest names something that is no plain file name")


def _read(number: int, largest: int) -> tuple[bytes, Signature]:
    before = os.fstat(number)
    if not stat.S_ISREG(before.st_mode):
        raise not_handed_over("it is no plain file")
    if before.st_size > largest:
        raise UnusableFileError(
            OutageCause.OVERSIZE_RESPONSE, f"the file is larger than {largest} bytes"
        )
    parts = []
    left = before.st_size + 1
    while left and (part := os.read(number, min(left, _PART))):
        parts.append(part)
        left -= len(part)
    content = b"".join(parts)
    signature = _signature(before)
    if len(content) != before.st_size or _signature(os.fstat(number)) != signature:
        raise not_handed_over("the file was written to while it was read")
    return content, signature


def _signature(found: os.stat_result) -> Signature:
    return Signature(
        found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
    )
