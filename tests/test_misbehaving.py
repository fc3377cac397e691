"""The misbehaving server does what it is told, notes what it got, and goes away when closed."""

from __future__ import annotations

import http.client
import socket
import threading
import time

import pytest

from taxgate.testing.misbehaving import HttpReply, MisbehavingServer, Misbehaviour
from taxgate.testing.misbehaving_faults import ACCEPTING, LISTENING

M = Misbehaviour
HERE = "127.0.0.1"


def talk(server, *requests):
    """Send requests over one connection and return the replies as status and body."""
    connection = http.client.HTTPConnection(HERE, server.port, timeout=2)
    got = []
    for body in requests:
        connection.request("POST", "/q?a=1", body, {"X_Name": "value"})
        reply = connection.getresponse()
        got.append((reply.status, reply.read()))
    connection.close()
    return got


def raw(server):
    """Send one request and return every byte that comes back until the connection ends."""
    with socket.create_connection((HERE, server.port), timeout=2) as connection:
        connection.sendall(b"POST /q HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")
        got = bytearray()
        while piece := connection.recv(65536):
            got += piece
    return bytes(got)


def test_it_answers_and_notes_what_it_was_asked():
    """Two requests on one connection; names, order and bytes as they were sent."""
    with MisbehavingServer(lambda request: request.body.upper()) as server:
        assert talk(server, b"a", b"b") == [(200, b"A"), (200, b"B")]
        assert server.connections == 1
        assert [request.body for request in server.requests] == [b"a", b"b"]
        first = server.requests[0]
        assert (first.method, first.path) == ("POST", "/q?a=1")
        assert first.header("X_Name") == "value"
        assert first.header("x_name") is None


def test_a_script_is_followed_and_then_what_is_always_done():
    """One fault for each request, in order."""
    with MisbehavingServer(b"{}", script=[M.NOT_FOUND], always=M.FORBIDDEN) as server:
        server.script(M.SERVER_FAULT_503)
        assert [status for status, _ in talk(server, b"", b"", b"", b"")] == [404, 503, 403, 403]
        server.always(M.NONE)
        assert talk(server, b"") == [(200, b"{}")]


def test_a_reply_may_be_of_any_kind():
    """Status and headers of the test's own."""
    with MisbehavingServer(HttpReply(b"<a/>", 418, (("X-A", "1"),))) as server:
        got = talk(server, b"")
    assert got == [(418, b"<a/>")]


def test_a_fault_of_a_whole_server_is_not_scripted():
    """It is refused when it is said, not when it fails to happen."""
    for fault in LISTENING:
        with pytest.raises(ValueError, match="whole server"):
            MisbehavingServer(script=[fault])
        with (
            MisbehavingServer() as server,
            pytest.raises(ValueError, match="whole server"),
        ):
            server.always(fault)


def test_a_refused_connection_is_refused():
    """Nobody listens, and the port was somebody's."""
    with (
        MisbehavingServer(always=M.REFUSE) as server,
        pytest.raises(ConnectionRefusedError),
    ):
        socket.create_connection((HERE, server.port), timeout=1)


def test_a_black_hole_answers_nothing():
    """A connection is neither made nor refused."""
    with (
        MisbehavingServer(always=M.BLACK_HOLE) as server,
        pytest.raises(TimeoutError),
    ):
        socket.create_connection((HERE, server.port), timeout=0.1)


def test_a_scripted_fault_of_accepting_takes_one_connection():
    """The first connection is reset, the second is served."""
    for fault in ACCEPTING - {M.TLS_STALL, M.UNREAD}:
        with MisbehavingServer(b"{}", script=[fault]) as server:
            with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
                talk(server, b"")
            assert talk(server, b"") == [(200, b"{}")]
            assert server.connections == 2


@pytest.mark.parametrize(
    ("fault", "start", "size"),
    [
        (M.GZIP_BOMB, b"HTTP/1.1 200 OK", range(290_000, 320_000)),
        (M.EOF_DELIMITED, b"HTTP/1.1 200 OK", range(100, 200)),
        (M.LYING_LENGTH, b"HTTP/1.1 200 OK", range(4 << 20, (4 << 20) + 200)),
        (M.HUGE_BODY, b"HTTP/1.1 200 OK", range(64 << 20, (64 << 20) + 200)),
        (M.TRUNCATED_BODY, b"HTTP/1.1 200 OK", range(100, 200)),
        (M.NOT_HTTP, b"220 ready", range(10, 20)),
    ],
)
def test_what_is_on_the_wire_is_what_the_name_says(fault, start, size):
    """Seen without any library for HTTP in between."""
    with MisbehavingServer(b"{}", always=fault) as server:
        if fault is M.GZIP_BOMB:
            threading.Timer(0.2, server.close).start()  # it would keep the connection open
        got = raw(server)
    assert got.startswith(start)
    assert len(got) in size


def test_closing_ends_what_hangs_and_what_drips():
    """No thread is left, however a connection was being held."""
    before = threading.active_count()
    for fault in (
        M.TLS_STALL,
        M.UNREAD,
        M.SILENCE,
        M.HEADER_DRIP,
        M.BODY_DRIP,
        M.NONE,
        M.HUGE_BODY,
    ):
        server = MisbehavingServer(always=fault)
        with socket.create_connection((HERE, server.port), timeout=2) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
            time.sleep(0.02)
            since = time.monotonic()
            server.close()
            assert time.monotonic() - since < 1
    assert threading.active_count() == before
