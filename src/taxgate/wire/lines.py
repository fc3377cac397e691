"""JSON Lines (每行一个文件): many cases, one per line; a bad line never stops the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from ..errors import WireError
from .case import Case
from .parsing import LARGEST
from .reading import read_case

__all__ = ["read_lines"]

_CHUNK: Final = 1 << 16


def read_lines(
    stream: IO[bytes] | IO[str], *, largest: int = LARGEST
) -> Iterator[Case | WireError]:
    """Yield one result per line, in order: the case, or the error with the line's faults.

    No line is passed over: an empty one is a fault too, so the results can be counted against the
    lines. Only a line break ends a line, and the last line may do without. However long a line is,
    no more of it than *largest* is kept.

    Args:
        stream: An open file or anything with `readline`. Open files in binary mode: then a line
            that is no UTF-8 is a fault of that line only.
        largest: Bytes, or characters of a text stream, one line may have.

    Raises:
        OSError: The stream cannot be read.
    """
    while line := stream.readline(largest + 2):
        ended = line[-1:] in (b"\n", "\n")
        if not ended and len(line) > largest:
            _skip_rest(stream)
        try:
            yield _read(line[:-1] if ended else line, largest)
        except WireError as error:
            yield error


def _read(line: bytes | str, largest: int) -> Case:
    if len(line) <= largest and not line.strip():
        raise WireError((("$", "is an empty line: write one case per line"),))
    return read_case(line, largest=largest)


def _skip_rest(stream: IO[bytes] | IO[str]) -> None:
    """Read on to the end of a line, keeping nothing."""
    while (rest := stream.readline(_CHUNK)) and rest[-1:] not in (b"\n", "\n"):
        pass
