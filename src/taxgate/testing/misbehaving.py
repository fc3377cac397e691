"""A tax bureau that misbehaves on demand, on real sockets (故障注入服务器).

    with MisbehavingServer(lambda request: b'{"code": "200"}') as server:
        server.script(Misbehaviour.SERVER_FAULT_503, Misbehaviour.NONE)
        ...  # the first request gets a 503, every later one the reply
        assert server.connections == 1
        assert server.requests[0].body == b"..."

It speaks HTTP/1.1, keeps connections open, and notes what it received. Each fault of the
connection has a name; what is wrong inside a reply is up to the callable that makes it.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import BinaryIO, Final, Self

from attrs import frozen

from .misbehaving_faults import ACCEPTING, LISTENING, Misbehaviour
from .misbehaving_replies import Ending, HttpReply, Performance, performance

__all__ = ["HttpReply", "MisbehavingServer", "Misbehaviour", "Received"]

_RESET: Final = struct.pack("ii", 1, 0)
"""Linger for no time: closing then resets the connection instead of ending it."""


@frozen
class Received:
    """A request as it arrived.

    Attributes:
        method: Such as POST.
        path: With query, if there is one.
        headers: Names and values as sent, in order.
        body: As sent.
    """

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the value of the header sent under exactly this *name*, None if there is none."""
        return dict(self.headers).get(name)


Respond = Callable[[Received], bytes | HttpReply]


class MisbehavingServer:
    """Listens on this machine from the moment it is made until it is closed.

    Args:
        respond: What to reply when behaving: JSON, a reply, or a callable that makes either.
        script: What to do with the next requests, one after the other; for a fault of `ACCEPTING`,
            with the next connection.
        always: What to do when the script is at its end.
        tls: How to speak TLS; None for plain http.
        host: Address to listen on.
        port: TCP port; 0 for any that is free.
        name: Name under which `url` shows it; the address if None.
        every: Seconds between two pieces of what drips.
        pause: Seconds `Misbehaviour.SLOW` takes.
        elsewhere: Where `Misbehaviour.REDIRECT_ELSEWHERE` leads, without a path.

    Raises:
        ValueError: A fault of a whole server stands in a script.
    """

    def __init__(  # noqa: PLR0913 - a server has many ways to be wrong
        self,
        respond: bytes | HttpReply | Respond = b"{}",
        *,
        script: Iterable[Misbehaviour] = (),
        always: Misbehaviour = Misbehaviour.NONE,
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        name: str | None = None,
        every: float = 0.02,
        pause: float = 0.2,
        elsewhere: str = "https://elsewhere.invalid",
    ) -> None:
        self._respond: Final = respond
        self._tls: Final = tls
        self._every: Final = every
        self._pause: Final = pause
        self._elsewhere: Final = elsewhere
        self._always = always
        self._script: Final[deque[Misbehaviour]] = deque()
        self.script(*script)
        self._lock: Final = threading.Lock()
        self._closing: Final = threading.Event()
        self._open: Final[set[socket.socket]] = set()
        self._threads: Final[list[threading.Thread]] = []
        self.connections = 0
        """Connections that were accepted."""
        self.handshakes_failed = 0
        """Those of them on which TLS was not agreed upon."""
        self.requests: Final[list[Received]] = []
        """What was asked, in order of arrival."""
        self._socket: Final = socket.create_server(
            (host, port), backlog=0 if always is Misbehaviour.BLACK_HOLE else 128
        )
        self.port: Final[int] = self._socket.getsockname()[1]
        scheme = "http" if tls is None else "https"
        self.url: Final = f"{scheme}://{name or host}:{self.port}"
        """Where it is to be asked, without a path."""
        if always is Misbehaviour.REFUSE:
            self._socket.close()
        elif always is Misbehaviour.BLACK_HOLE:
            self._fill()
        else:
            self._start(self._accept)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def script(self, *faults: Misbehaviour) -> None:
        """Do *faults* with the next requests, after what the script holds already.

        Raises:
            ValueError: One of them is of a whole server.
        """
        if LISTENING.intersection(faults):
            raise ValueError("refuse and black-hole are of a whole server: say always=...")
        self._script.extend(faults)

    def always(self, fault: Misbehaviour) -> None:
        """Do *fault* with every request when the script is at its end.

        Raises:
            ValueError: It is of a whole server.
        """
        if fault in LISTENING or self._always in LISTENING:
            raise ValueError("refuse and black-hole are of a whole server: make another")
        self._always = fault

    def close(self) -> None:
        """End all connections and wait for all threads."""
        self._closing.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes who waits for the next connection
        self._socket.close()
        with self._lock:
            connections = tuple(self._open)
            threads = tuple(self._threads)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(5)
        for connection in connections:
            connection.close()

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, name="misbehaving", daemon=True)
        with self._lock:
            self._threads[:] = [known for known in self._threads if known.is_alive()]
            self._threads.append(thread)
            thread.start()

    def _fill(self) -> None:
        """Connect until nobody is let in any more: then first packets go unanswered."""
        for _ in range(8):
            filler = socket.socket()
            filler.settimeout(0)
            filler.connect_ex(self._socket.getsockname())
            self._open.add(filler)
            with selectors.DefaultSelector() as ready:
                ready.register(filler, selectors.EVENT_WRITE)
                if not ready.select(0.05):
                    return

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(connection)
                first = self._next(ACCEPTING)
            self._start(self._serve, connection, first)

    def _next(self, among: frozenset[Misbehaviour] | None = None) -> Misbehaviour | None:
        """Take the next fault of the script, if it is *among* these; the lock is held."""
        fault = self._script[0] if self._script else self._always
        if among is not None and fault not in among:
            return None
        if self._script:
            self._script.popleft()
        return fault

    def _serve(self, connection: socket.socket, first: Misbehaviour | None) -> None:
        try:
            match first:
                case Misbehaviour.TLS_STALL:
                    self._closing.wait()
                case Misbehaviour.RESET_ON_ACCEPT:
                    _reset(connection)
                case None | Misbehaviour.UNREAD:
                    connection = self._converse(connection, unread=first is not None)
                case _:
                    pass  # the connection is closed below
        except (OSError, ValueError):
            pass  # the other side has had enough, as it may
        finally:
            connection.close()
            with self._lock:
                self._open.discard(connection)

    def _converse(self, connection: socket.socket, *, unread: bool) -> socket.socket:
        """Answer requests until one side ends it; return the connection, with TLS if it is used."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls is not None:
            plain = connection
            try:
                connection = self._tls.wrap_socket(connection, server_side=True)
            except (OSError, ValueError):
                with self._lock:
                    self.handshakes_failed += 1
                raise
            finally:
                with self._lock:
                    self._open.discard(plain)
                    self._open.add(connection)
        if unread:
            self._closing.wait()
        with connection, connection.makefile("rb") as stream:
            while True:
                request = _read(stream)
                if request is None:
                    return connection
                with self._lock:
                    self.requests.append(request)
                    fault = self._next() or Misbehaviour.NONE
                if fault in ACCEPTING:
                    return connection
                if not self._perform(connection, self._plan(fault, request)):
                    return connection

    def _plan(self, fault: Misbehaviour, request: Received) -> Performance:
        said = self._respond(request) if callable(self._respond) else self._respond
        reply = said if isinstance(said, HttpReply) else HttpReply(said)
        return performance(fault, reply, url=self.url, elsewhere=self._elsewhere)

    def _perform(self, connection: socket.socket, plan: Performance) -> bool:
        """Do it, and return whether the connection stays open."""
        if plan.pause:
            self._closing.wait(self._pause)
        connection.sendall(plan.first)
        for piece in plan.flood:
            connection.sendall(piece)
        for piece in plan.drip:
            if self._closing.wait(self._every):
                return False
            connection.sendall(piece)
        match plan.ending:
            case Ending.KEEP:
                return True
            case Ending.RESET:
                _reset(connection)
            case Ending.HANG:
                self._closing.wait()
            case Ending.CLOSE:
                pass
        return False


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    connection.close()


def _read(stream: BinaryIO) -> Received | None:
    """Return the next request, None when there is none."""
    start = stream.readline().decode("latin-1").split()
    if len(start) != 3:  # noqa: PLR2004 - method, target, version
        return None
    headers = []
    while line := stream.readline().decode("latin-1").rstrip("\r\n"):
        name, _, value = line.partition(":")
        headers.append((name, value.strip()))
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    return Received(
        method=start[0], path=start[1], headers=tuple(headers), body=stream.read(length) or b""
    )
