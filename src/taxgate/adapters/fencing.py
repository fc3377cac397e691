"""Sockets that end at a deadline, whatever the other side does.

A timeout of a socket counts from one byte to the next, so a peer that sends a byte now and then
holds its caller for as long as it likes. Here every operation of a socket is given only what is
left of the whole exchange; no second thread watches over it, and a deadline that fires is an error
in the thread that waits, never a short body.

What an exchange may take is found through a context variable, because sockets are kept open and
serve one exchange after another.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Generator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, NoReturn

from ..evidence import OutageCause
from ..sources import Deadline, Monotonic

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

__all__ = [
    "LARGEST_HEAD",
    "Exchange",
    "Fault",
    "FencedSocket",
    "FencedTlsSocket",
    "current",
    "within",
]

LARGEST_HEAD: Final = 1 << 18
"""Bytes a status line and all headers may take together, replies of 1xx before them included."""


class Fault(Exception):  # noqa: N818 - never leaves this package: the transport makes it an outage
    """Something went wrong on the way; no `OSError`, so that no library below wraps it.

    Attributes:
        cause: Why there is no usable answer.
        detail: What an operator needs beyond it; nothing the other side sent.
    """

    def __init__(self, cause: OutageCause, detail: str | None = None) -> None:
        super().__init__(cause, detail)
        self.cause: Final = cause
        self.detail: Final = detail


class Exchange:
    """What one question and its reply may take.

    Args:
        deadline: When to give up.
        largest: Bytes the body of the reply may have.
        connect_timeout: Seconds a new connection may take, its TLS handshake included.
        monotonic: Clock the latter is counted on.
    """

    __slots__ = (
        "_connect_timeout",
        "_connecting",
        "_deadline",
        "_monotonic",
        "ended",
        "glancing",
        "head",
        "largest",
    )

    def __init__(
        self, deadline: Deadline, *, largest: int, connect_timeout: float, monotonic: Monotonic
    ) -> None:
        self._deadline: Final = deadline
        self._connect_timeout: Final = connect_timeout
        self._monotonic: Final = monotonic
        self._connecting: Deadline | None = None
        self.largest: Final = largest
        self.head: int | None = 0
        """Bytes received so far, until the headers are complete."""
        self.glancing = False
        """Whether a read takes only what is there already."""
        self.ended = False
        """Whether the peer was seen to have closed its side."""

    def connects(self) -> None:
        """Note that a new connection is being made from now on."""
        self._connecting = Deadline(self._connect_timeout, monotonic=self._monotonic)

    def is_connected(self) -> None:
        """Note that the connection is made, its handshake included."""
        self._connecting = None

    def left(self) -> float:
        """Return the seconds the next operation may take, more than 0.

        Raises:
            Fault: There are none left.
        """
        left = self._deadline.remaining
        if self._connecting is not None:
            left = min(left, self._connecting.remaining)
        if left <= 0:
            self.times_out()
        return left

    def times_out(self) -> NoReturn:
        """Give up.

        Raises:
            Fault: Always.
        """
        doing = "waiting for the reply" if self._connecting is None else "connecting"
        raise Fault(OutageCause.TIMEOUT, doing)

    def received(self, count: int) -> None:
        """Count what came in.

        Raises:
            Fault: The headers do not end.
        """
        if count == 0:
            self.ended = True
        if self.head is not None:
            self.head += count
            if self.head > LARGEST_HEAD:
                raise Fault(OutageCause.OVERSIZE_RESPONSE, "headers without end")


_NOW: Final[ContextVar[Exchange]] = ContextVar("taxgate_exchange")


def current() -> Exchange:
    """Return the exchange under way in this thread or task."""
    return _NOW.get()


@contextlib.contextmanager
def within(exchange: Exchange) -> Generator[None]:
    """Let sockets used inside the block belong to *exchange*."""
    token = _NOW.set(exchange)
    try:
        yield
    finally:
        _NOW.reset(token)


class FencedSocket(socket.socket):
    """A TCP socket whose reads and writes end with the exchange."""

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        """Read, as the exchange under way permits."""
        exchange = _NOW.get()
        self.settimeout(0.0 if exchange.glancing else exchange.left())
        try:
            count = super().recv_into(buffer, nbytes, flags)
        except BlockingIOError:
            return None  # type: ignore[return-value]  # how a raw stream says: nothing there yet
        except TimeoutError:
            exchange.times_out()
        except OSError:
            raise Fault(OutageCause.CONNECT_FAILED, "the connection broke") from None
        exchange.received(count)
        return count

    def sendall(self, data: ReadableBuffer, flags: int = 0) -> None:
        """Write everything. A peer that has hung up may have replied before: no fault as yet."""
        exchange = _NOW.get()
        self.settimeout(exchange.left())
        try:
            super().sendall(data, flags)
        except TimeoutError:
            exchange.times_out()


class FencedTlsSocket(ssl.SSLSocket):
    """A TLS socket whose handshake, reads and writes end with the exchange."""

    def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002 - as inherited
        """Shake hands.

        Raises:
            Fault: The peer is not who it should be, or cannot be spoken to.
        """
        exchange = _NOW.get()
        try:
            self.settimeout(exchange.left())
            super().do_handshake(block)
        except Fault:
            self.close()
            raise
        except TimeoutError:
            self.close()
            exchange.times_out()
        except (ssl.SSLEOFError, ConnectionError):
            self.close()
            raise Fault(OutageCause.CONNECT_FAILED, "hung up during the handshake") from None
        except (ssl.SSLError, ValueError) as error:
            self.close()
            raise Fault(OutageCause.TLS_FAILED, _why(error)) from None

    def recv_into(self, buffer: WriteableBuffer, nbytes: int | None = None, flags: int = 0) -> int:
        """Read, as the exchange under way permits."""
        exchange = _NOW.get()
        self.settimeout(0.0 if exchange.glancing else exchange.left())
        try:
            count = super().recv_into(buffer, nbytes, flags)
        except (BlockingIOError, ssl.SSLWantReadError):
            return None  # type: ignore[return-value]  # how a raw stream says: nothing there yet
        except TimeoutError:
            exchange.times_out()
        except ssl.SSLEOFError:
            raise Fault(OutageCause.CONNECT_FAILED, "the connection broke") from None
        except ssl.SSLError as error:
            # In TLS 1.3 a peer that dislikes our certificate says so only now.
            raise Fault(OutageCause.TLS_FAILED, _why(error)) from None
        except OSError:
            raise Fault(OutageCause.CONNECT_FAILED, "the connection broke") from None
        exchange.received(count)
        return count

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        """Look, before the handshake, whether a peer that has gone said something first.

        Only `ssl` itself calls this, for a connection that was reset while it was being made, and
        it would leave the socket open if this raised.
        """
        try:
            return super().recv(buflen, flags)
        except OSError:
            self.close()
            raise Fault(OutageCause.CONNECT_FAILED, "the connection broke") from None

    def send(self, data: ReadableBuffer, flags: int = 0) -> int:
        """Write what can be written; `sendall` calls this until all is."""
        exchange = _NOW.get()
        self.settimeout(exchange.left())
        try:
            return super().send(data, flags)
        except TimeoutError:
            exchange.times_out()


def _why(error: ssl.SSLError | ValueError) -> str:
    """Return the reason in the words of the TLS library; they hold nothing the peer chose."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.reason if isinstance(error, ssl.SSLError) else None) or "handshake failed"
