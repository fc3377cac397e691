"""What is handed to the command line (输入文件): one case, or one case per line, and comments.

The library reads plain JSON and nothing else. Here whole lines that start with blanks and `//` are
left out first, so that a case to fill in can carry its own explanation. A line break cannot stand
inside a JSON string, so no such line is ever part of a value.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import IO, Final

from attrs import frozen

from ..wire import LARGEST
from ..wording import Text
from .phrases import CANNOT_READ, IS_FOLDER, NO_SUCH_FILE, filled

__all__ = ["Documents", "MisuseError", "opened"]

STANDARD_INPUT: Final = "-"
_COMMENT: Final = re.compile(rb"[ \t]*//")
_LINES_SUFFIX: Final = ".jsonl"


class MisuseError(Exception):
    """The command line was used in a way it cannot be.

    Attributes:
        lines: What to say, in either language.
    """

    def __init__(self, *lines: Text) -> None:
        super().__init__(*lines)
        self.lines = lines


@frozen
class Documents:
    """Documents found in one input.

    Attributes:
        by_line: Whether each line is a document of its own (JSON Lines).
        items: The documents, each with the number of its line; what is too long to be read is cut
            off behind the point where reading would refuse it.
    """

    by_line: bool
    items: Iterator[tuple[int, bytes]]

    @classmethod
    def of(cls, name: str, stream: IO[bytes], *, by_line: bool) -> Documents:
        """Return the documents of *stream*.

        It holds one per line if the caller or the name of the file says so, or if the first
        document ends on its line and something follows it. Only the first lines are read ahead.
        """
        lines = _lines(stream)
        ahead: list[tuple[int, bytes]] = []
        if not by_line and not name.lower().endswith(_LINES_SUFFIX):
            ahead = list(_until_text(lines))
            if not ahead or not _is_whole(ahead[-1][1]):
                return cls(by_line=False, items=_together(chain(ahead, lines)))
            more = list(_until_text(lines))
            if not more or not more[-1][1].strip():
                return cls(by_line=False, items=_together(iter(ahead)))
            ahead += more
        return cls(by_line=True, items=_apart(chain(ahead, lines)))

    def first(self, count: int) -> tuple[bytes, ...]:
        """Return at most the first *count* documents."""
        return tuple(document for _, document in islice(self.items, count))


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """Open the file *name* for reading; `-` is standard input.

    Raises:
        MisuseError: There is no such file, or it cannot be read.
    """
    if name == STANDARD_INPUT:
        if sys.stdin is None:
            raise MisuseError(filled(CANNOT_READ, name=name))
        yield sys.stdin.buffer
        return
    path = Path(name)
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise MisuseError(filled(NO_SUCH_FILE, name=name)) from None
    except OSError:
        problem = IS_FOLDER if path.is_dir() else CANNOT_READ
        raise MisuseError(filled(problem, name=name)) from None
    with stream:
        yield stream


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield every line with its number; of a comment nothing is left, not even the line break."""
    number = 0
    while line := stream.readline(LARGEST + 2):
        number += 1
        part = line
        while not part.endswith(b"\n") and (part := stream.readline(LARGEST)):
            pass
        yield number, b"" if _COMMENT.match(line) else line


def _until_text(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield lines up to the first that is not blank."""
    for number, line in lines:
        yield number, line
        if line.strip():
            return


def _is_whole(line: bytes) -> bool:
    """Tell whether *line* is a JSON document by itself."""
    try:
        json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    return True


def _together(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield all lines as one document, with an empty one for a comment: numbers stay true."""
    found: list[bytes] = []
    size = 0
    for _, line in lines:
        found.append(line or b"\n")
        size += len(line)
        if size > LARGEST:
            break
    yield 1, b"".join(found)


def _apart(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield each line as a document; a blank one is a faulty one, unless nothing follows it."""
    blank: list[tuple[int, bytes]] = []
    for number, line in lines:
        if line.strip():
            yield from blank
            blank.clear()
            yield number, line.rstrip(b"\r\n")
        elif line:
            blank.append((number, b""))
