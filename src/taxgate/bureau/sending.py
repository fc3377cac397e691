"""How a reply goes out (发送方式): whole, or in one of the ways a line or a server can fail."""

from __future__ import annotations

import select
import socket
import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import Enum, auto
from http import HTTPStatus
from threading import Event
from typing import Final

from attrs import field, frozen

from ..adapters.http import SANDBOX_MARK

__all__ = ["JSON", "MARK", "Manner", "Sending", "sent"]

JSON: Final = "application/json;charset=utf-8"
MARK: Final = SANDBOX_MARK
"""Header on every reply: no gate but one on trial lets a registration pass on it."""

PAUSE: Final = 0.1
"""Seconds between two bytes of a drip."""

LATE: Final = 2.0
"""Seconds a slow reply takes."""

LONGEST: Final = 120.0
"""Seconds after which a reply that never comes is given up."""

OVERSIZE: Final = 64 << 20
_CHUNK: Final = b" " * (64 << 10)
_MISSING_BYTES: Final = 100


class Manner(Enum):
    """How."""

    WHOLE = auto()
    SLOW = auto()
    SILENCE = auto()
    HEADER_DRIP = auto()
    BODY_DRIP = auto()
    RESET = auto()
    CUT_SHORT = auto()
    HANG_UP = auto()
    NO_LENGTH = auto()
    OVERSIZE = auto()


@frozen(kw_only=True)
class Sending:
    """A reply ready to go.

    Attributes:
        status: Status code.
        content_type: Its content type.
        headers: Further headers.
        body: The body.
        date: What the Date header says; None: there is none.
        manner: How it goes out.
    """

    status: int = 200
    content_type: str = JSON
    headers: Mapping[str, str] = field(factory=dict)
    body: bytes = field(default=b"", repr=False)
    date: datetime | None = None
    manner: Manner = Manner.WHOLE

    def head(self, length: int | None) -> bytes:
        """Return status line and headers, with the blank line that ends them."""
        lines = [
            f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}",
            "Connection: close",
            f"{MARK}: yes",
        ]
        if self.date is not None:
            lines.append(f"Date: {format_datetime(self.date.astimezone(UTC), usegmt=True)}")
        if self.status != HTTPStatus.NO_CONTENT:
            lines.append(f"Content-Type: {self.content_type}")
            lines += [f"Content-Length: {length}"] if length is not None else []
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("ascii")


def sent(sending: Sending, connection: socket.socket, ending: Event) -> None:
    """Send a reply over *connection*, which is of no use afterwards.

    Args:
        sending: The reply.
        connection: The connection the request came over.
        ending: Set when the server is to stop; nothing goes on dripping then.

    Raises:
        OSError: The other side has gone.
    """
    body = sending.body
    match sending.manner:
        case Manner.WHOLE:
            connection.sendall(sending.head(len(body)) + body)
        case Manner.SLOW:
            if not _wait(connection, ending, LATE):
                connection.sendall(sending.head(len(body)) + body)
        case Manner.SILENCE:
            _wait(connection, ending, LONGEST)
        case Manner.HEADER_DRIP:
            _drip(connection, sending.head(len(body))[:-2] + b"X-Slow: " + _CHUNK, ending)
        case Manner.BODY_DRIP:
            connection.sendall(sending.head(len(body) + len(_CHUNK)))
            _drip(connection, body + _CHUNK, ending)
        case Manner.RESET:
            connection.sendall(sending.head(len(body)) + body[: len(body) // 2])
            # Time for what was sent to be read: a reset throws away what was not.
            _wait(connection, ending, PAUSE)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        case Manner.CUT_SHORT:
            connection.sendall(sending.head(len(body) + _MISSING_BYTES) + body)
        case Manner.NO_LENGTH:
            connection.sendall(sending.head(None) + body)
        case Manner.OVERSIZE:
            connection.sendall(sending.head(OVERSIZE))
            for _ in range(OVERSIZE // len(_CHUNK)):
                connection.sendall(_CHUNK)
        case Manner.HANG_UP:
            pass


def _drip(connection: socket.socket, data: bytes, ending: Event) -> None:
    for place in range(min(len(data), round(LONGEST / PAUSE))):
        connection.sendall(data[place : place + 1])
        if _wait(connection, ending, PAUSE):
            return


def _wait(connection: socket.socket, ending: Event, seconds: float) -> bool:
    """Wait until time is up, and tell whether the other side has gone or the server is to stop."""
    for _ in range(max(1, round(seconds / PAUSE))):
        if ending.wait(PAUSE):
            return True
        readable, _, _ = select.select([connection], [], [], 0)
        if readable and not connection.recv(1, socket.MSG_PEEK):
            return True
    return False
