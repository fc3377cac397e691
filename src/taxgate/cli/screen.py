"""The screen (屏幕): text for people goes out here, data for machines beside it as UTF-8.

What a case contains is printed, never obeyed: no markup is interpreted, and what would move the
cursor, change the direction of writing or end a line is written out as an escape.
"""

from __future__ import annotations

import sys
import unicodedata
from typing import IO, Final

from rich.console import Console
from rich.text import Text as Styled
from rich.tree import Tree

from ..terms import Language
from ..wording import Text

__all__ = ["Screen", "escaped", "tolerate_any_encoding"]

_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, formatting such as bidirectional overrides, half characters, line separators."""


def escaped(text: str, *, lines: bool = False) -> str:
    r"""Return *text* with everything that is not plainly visible written as `\x1b` or `\u202e`.

    Args:
        text: Anything.
        lines: Keep line breaks; without it they are escaped too, so that one line stays one.
    """
    if text.isprintable():
        return text
    return "".join(
        character
        if (lines and character == "\n") or unicodedata.category(character) not in _UNPRINTABLE
        else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in text
    )


def tolerate_any_encoding() -> None:
    """Let a stream that cannot show a character show its escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
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
        """Columns of the terminal; None where there is none and lines may be as long as they are."""
        return self._out.width if self._out.is_terminal else None

    def say(self, text: Text | str, style: str = "") -> None:
        """Print one line."""
        self._out.print(self._styled(text, style), soft_wrap=True)

    def row(self, cells: list[tuple[str, int, str]]) -> None:
        """Print one line of `(text, columns it takes at least, style)`; cropped on a terminal."""
        line = Styled()
        for text, columns, style in cells[:-1]:
            cell = Styled(escaped(text), style=style)
            cell.pad_right(max(0, columns - cell.cell_len) + 2)
            line.append_text(cell)
        text, _, style = cells[-1]
        line.append_text(Styled(escaped(text), style=style))
        if self.width is not None:
            line.truncate(self.width, overflow="ellipsis")
        self._out.print(line, soft_wrap=True)

    def block(self, text: str) -> None:
        """Print several lines as they are."""
        for line in text.splitlines():
            self._out.print(Styled(escaped(line)), soft_wrap=True)

    def tree(self, tree: Tree) -> None:
        """Print a tree."""
        self._out.print(tree, soft_wrap=self.width is None)

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
    return Console(file=stream, markup=False, emoji=False, highlight=False)
