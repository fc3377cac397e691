"""What every command shares (公共部分): its language, its exit codes, and how it ends early."""

from __future__ import annotations

from typing import Annotated, Final, NoReturn

import typer

from ..errors import ConfigError
from ..terms import Language
from .documents import MisuseError
from .phrases import BAD_CONFIGURATION
from .screen import Screen

__all__ = [
    "BAD_INPUT",
    "FAILED",
    "HELD_BACK",
    "MISUSED",
    "REFUSED",
    "LanguageOption",
    "leave_misconfigured",
    "leave_misused",
    "screen_for",
]

FAILED: Final = 1
MISUSED: Final = 2
HELD_BACK: Final = 10
REFUSED: Final = 20
BAD_INPUT: Final = 30

LanguageOption = Annotated[
    Language | None,
    typer.Option("--lang", case_sensitive=False, help="输出语言 / language of the output"),
]


def screen_for(context: typer.Context, lang: Language | None) -> Screen:
    """Return the screen in the language given to the command, or before it."""
    return Screen(lang or context.obj or Language.ZH_CN)


def leave_misused(screen: Screen, misuse: MisuseError) -> NoReturn:
    """Say how the command was used wrongly, and end it."""
    for line in misuse.lines:
        screen.complain(line)
    raise typer.Exit(MISUSED)


def leave_misconfigured(screen: Screen, error: ConfigError) -> NoReturn:
    """Name every fault of a configuration, and end the command."""
    screen.complain(BAD_CONFIGURATION)
    for place, problem in error.faults:
        screen.complain(f"  - {place}: {problem}" if place else f"  - {problem}")
    raise typer.Exit(BAD_INPUT)
