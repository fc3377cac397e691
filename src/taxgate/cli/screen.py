"""The screen (屏幕): text for people goes out here, data for machines beside it as UTF-8.

What a case contains is printed, never obeyed: no markup is interpreted, and what would move the
cursor, change the direction of writing or end a line is written out as an escape.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled
from rich.tree import Tree

from ..terms import Language
from ..wording import Text

__all__ = ["Row", "Screen", "escaped", "prepare_streams"]

Row = tuple[tuple[str, ...], str]
"""Cells of one line, and their style."""

_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, formatting such as bidirectional overrides, half characters, line separators."""

_WIDER_THAN_ANY_LINE: Final = 10_000
"""Columns taken where there is no terminal, so that no line is broken for its sake."""


def escaped(text: str) -> str:
    r"""Return *text* on one line, with all that is not plainly visible as `\x1b` or `\u202e`."""
    if text.isprintable():
        return text
    return "".join(
        character
        if unicodedata.category(character) not in _UNPRINTABLE
        else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in text
    )


def prepare_streams() -> None:
    """Let output go on where a stream is closed or cannot show a character, but its escape."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Closed by whoever started this process; the exit code still tells.
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nowhere)
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


class Screen:
    """Standard output and standard error, in one language.

    Args:
        language: Language people are addressed in.
    """

    def __init__(self, language: Language = Language.ZH_CN) -> None:
        self.language = language
        self._out = _console(sys.stdout)
        self._err = _console(sys.stderr)

    @property
    def width(self) -> int | None:
        """Columns of the terminal; None where there is none, and lines may be of any length."""
        return self._out.width if self._out.is_terminal else None

    def say(self, text: Text | str, style: str = "") -> None:
        """Print one line."""
        self._out.print(self._styled(text, style), soft_wrap=True)

    def grid(self, rows: Sequence[Row]) -> None:
        """Print rows in columns, each on one line; on a terminal what does not fit is cropped."""
        shown = [(tuple(map(escaped, cells)), style) for cells, style in rows]
        columns = list(zip(*(cells for cells, _ in shown), strict=True))
        widths = [max(map(cell_len, column)) + 2 for column in columns[:-1]]
        for cells, style in shown:
            line = Styled(style=style)
            for text, width in zip(cells, [*widths, 0], strict=True):
                line.append(text + " " * (width - cell_len(text)))
            if self.width is not None:
                line.truncate(self.width, overflow="ellipsis")
            self._out.print(line, soft_wrap=True)

    def block(self, text: str) -> None:
        """Print several lines as they are."""
        for line in text.split("\n"):
            self._out.print(Styled(escaped(line)), soft_wrap=True)

    def tree(self, tree: Tree) -> None:
        """Print a tree."""
        self._out.print(tree)

    def blank(self) -> None:
        """Print an empty line."""
        self._out.print()

    def complain(self, text: Text | str) -> None:
        """Print one line to standard error."""
        self._err.print(self._styled(text, ""), soft_wrap=True)

    def machine(self, text: str) -> None:
        """Write *text* for a machine: always UTF-8, whatever the terminal speaks."""
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()

    def _styled(self, text: Text | str, style: str) -> Styled:
        plain = text.to(self.language) if isinstance(text, Text) else text
        return Styled(escaped(plain), style=style)


def _console(stream: IO[str]) -> Console:
    console = Console(file=stream, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDER_THAN_ANY_LINE
    return console
