"""Where profiles come from: the package, or a file nobody else may change (配置文件来源).

A profile decides what counts as paid. A file that others can write is refused, and a shipped one is
found by its exact name only.
"""

from __future__ import annotations

import os
import stat
from importlib.resources import files
from pathlib import Path
from typing import Final

from ..errors import ConfigError
from .profile import Profile
from .profile_reading import PROFILE_NAME, read_profile

__all__ = ["load_profile", "shipped"]

LARGEST: Final = 1 << 20
"""Bytes a profile may have."""


def shipped() -> tuple[str, ...]:
    """Return the names of the profiles that come with the package."""
    found = files(__package__).joinpath("profiles").iterdir()
    return tuple(sorted(item.name[:-5] for item in found if item.name.endswith(".toml")))


def load_profile(name: str | Path) -> Profile:
    """Return a profile by the name of a shipped one, or by the path of a file.

    Args:
        name: A name, or a path: of one's own file, ending in `.toml`.

    Raises:
        ConfigError: There is none of this name; the file can be changed by others than its owner
            says, or is no profile. Lists every fault.
    """
    text = str(name)
    if isinstance(name, str) and PROFILE_NAME.fullmatch(text):
        if text not in shipped():
            raise ConfigError(
                (("profile", f"there is no profile {text}: there are {', '.join(shipped())}"),)
            )
        source = files(__package__).joinpath("profiles", f"{text}.toml").read_bytes()
        return read_profile(source, text)
    path = Path(name)
    return read_profile(_own_file(path), path.stem, file=str(path))


def _own_file(path: Path) -> bytes:
    """Return the content of a file that only its owner, this user or root, may change."""
    place = str(path)
    if path.suffix != ".toml":
        raise ConfigError((("profile", f"{place} is neither a shipped profile nor a .toml file"),))
    try:
        with path.open("rb") as file:
            # Of the open file: between two looks at a path another file may take its place.
            status = os.fstat(file.fileno())
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError((("profile", f"{place} cannot be read: {error.strerror}"),)) from None
    faults = []
    if not stat.S_ISREG(status.st_mode):
        faults.append(("profile", f"{place} is no regular file"))
    if status.st_uid not in {0, os.geteuid()}:
        faults.append(("profile", f"{place} belongs to another user: it must be yours or root's"))
    if status.st_mode & stat.S_IWOTH:
        faults.append(("profile", f"{place} can be written by everybody: chmod o-w"))
    if len(content) > LARGEST:
        faults.append(("profile", f"{place} is larger than {LARGEST} bytes"))
    if faults:
        raise ConfigError(tuple(faults))
    return content
