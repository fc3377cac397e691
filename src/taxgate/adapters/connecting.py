"""A `requests.Session` that reaches one origin, over fenced connections, and nothing else.

Neither proxies nor certificates nor passwords come from the environment, no redirect is looked at,
no cookie is kept, and connections are kept open for the next question.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import weakref
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from ..evidence import OutageCause
from .addresses import Address, Origin, Resolver
from .fencing import Fault, FencedSocket, current
from .framing import FramedReply

__all__ = ["FencedSession", "Route"]

_KEPT: Final = 64
"""Connections kept open at most; more threads than that open new ones each time."""


class Route:
    """How one process reaches the origin.

    Args:
        resolver: Finds its addresses.
    """

    def __init__(self, resolver: Resolver) -> None:
        self._resolver: Final = resolver
        self._open: Final[weakref.WeakSet[socket.socket]] = weakref.WeakSet()

    def connect(self) -> socket.socket:
        """Return a new connection, TLS not yet spoken.

        Raises:
            Fault: There is none to be had in time.
        """
        exchange = current()
        exchange.connects()
        addresses = self._resolver.addresses(exchange)
        late = False
        for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                # Each gets its share, lest the first that is silent takes all the time.
                return _connected(address, exchange.left() / left)
            except TimeoutError:
                late = True
            except OSError:
                pass  # the next address may do
        if late:
            exchange.times_out()
        raise Fault(OutageCause.CONNECT_FAILED, "nobody accepts the connection")

    def keep(self, connection: socket.socket) -> None:
        """Remember *connection*, so that a forked process can close its copy."""
        self._open.add(connection)

    def forget(self) -> None:
        """Close this process's copies of what another process opened; that one keeps its own."""
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.close()


def _connected(address: Address, seconds: float) -> socket.socket:
    connection = FencedSocket(address.family, socket.SOCK_STREAM)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(seconds)
        connection.connect((address.host, address.port))
    except BaseException:
        connection.close()
        raise
    return connection


class _OneWrite(HTTPConnection):
    """Writes a request in one go: by default its head and its body are a packet each."""

    _held: list[bytes] | None = None

    def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        self._held = []
        try:
            super().request(*args, **kwargs)
            whole = b"".join(self._held)
        finally:
            self._held = None
        super().send(whole)

    def send(self, data: Any) -> None:  # noqa: ANN401
        if self._held is None:
            super().send(data)
        else:
            self._held.append(data)


class _PlainConnection(_OneWrite):
    response_class = FramedReply

    def __init__(self, *args: Any, route: Route, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._route: Final = route

    def _new_conn(self) -> socket.socket:
        return self._route.connect()

    def connect(self) -> None:
        super().connect()
        current().is_connected()
        self._route.keep(self.sock)


class _TlsConnection(_OneWrite, HTTPSConnection):
    response_class = FramedReply

    def __init__(self, *args: Any, route: Route, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._route: Final = route

    def _new_conn(self) -> socket.socket:
        return self._route.connect()

    def connect(self) -> None:
        super().connect()
        if not isinstance(self.sock, ssl.SSLSocket) or self.sock.version() is None:
            # Reset while it was being made: ssl lets that through, without TLS on it.
            raise Fault(OutageCause.CONNECT_FAILED, "the connection broke")
        current().is_connected()
        self._route.keep(self.sock)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    """Sends over one pool; whatever else a request could say about the way is not listened to."""

    def __init__(self, pool: HTTPConnectionPool) -> None:
        super().__init__()
        self._pool: Final = pool

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:  # noqa: ANN401
        return self._pool

    def cert_verify(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Do nothing: requests would add the authorities it brings to those that are trusted."""

    def request_url(self, request: requests.PreparedRequest, _: Any) -> str:  # noqa: ANN401
        return request.path_url

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:  # noqa: ANN401
        """Return what carries *resp*; nobody looks at headers, encoding or cookies in it."""
        response = requests.Response()
        response.status_code = resp.status
        response.url = req.url or ""
        response.request = req
        response.raw = resp
        return response

    def close(self) -> None:
        super().close()
        self._pool.close()


class FencedSession(requests.Session):
    """A session for one origin.

    Args:
        origin: Whom it talks to.
        route: How it gets there.
        context: How TLS is spoken; None over plain http.
    """

    def __init__(self, origin: Origin, route: Route, context: ssl.SSLContext | None) -> None:
        super().__init__()
        self.trust_env = False
        self.headers.clear()
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self.adapters.clear()
        self.route: Final = route
        pool: HTTPConnectionPool
        if context is None:
            pool = _PlainPool(origin.host, origin.port, maxsize=_KEPT, route=route)
        else:
            pool = _TlsPool(
                origin.host,
                origin.port,
                maxsize=_KEPT,
                ssl_context=context,
                cert_reqs="CERT_REQUIRED",
                route=route,
            )
        self.mount(f"{origin.prefix}/", _Adapter(pool))

    def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> FramedReply:
        """Send one question and return the reply, read in full.

        Raises:
            Fault: There is no whole reply.
            requests.RequestException: Likewise.
        """
        request = requests.PreparedRequest()
        request.method = method
        request.url = url
        request.headers = requests.structures.CaseInsensitiveDict(headers)
        request.body = body or None
        # Not by way of `send`, which goes on to look for cookies, hooks and the next redirect, for
        # which it would read the whole body.
        answer = self.get_adapter(url).send(request, stream=True)
        reply = answer.raw._original_response  # noqa: SLF001 - requests itself reads cookies there
        answer.raw.release_conn()
        assert isinstance(reply, FramedReply)  # noqa: S101 - for the reader and the type checker
        return reply
