"""What goes out, what comes back, how often, and from where: the transport when nothing is wrong.

What is wrong has its own files: test_transport_faults, _tls, _addresses and _privacy.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import threading
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from taxgate.adapters.retrying import http_date
from taxgate.adapters.transport import Request
from taxgate.errors import ClosedError
from taxgate.evidence import CHINA, OutageCause
from taxgate.sources import Deadline, SourceError, SourceUnavailableError
from taxgate.testing.misbehaving import HttpReply, MisbehavingServer, Misbehaviour
from tls import Certificates
from transport_cases import BODY, HERE, ask, outage, transport

C = OutageCause
M = Misbehaviour


class Highest:
    """Randomness that always picks the longest pause."""

    def uniform(self, _, high, /):
        """Return the upper end."""
        return high


def test_a_question_arrives_as_it_was_made():
    """Method, path, header names with underscores and capitals, and the body, byte for byte."""
    headers = {"gjgxjhpt_rid": "office", "X-NONCE": "n1", "Content-Type": "application/json"}
    with MisbehavingServer() as server, transport(server) as made:
        ask(made, server, headers=headers, body="查验".encode())
        (received,) = server.requests
    assert (received.method, received.path) == ("POST", "/query")
    assert received.body == "查验".encode()
    assert {name: received.header(name) for name in headers} == headers
    assert received.header("Accept-Encoding") == "identity"
    assert received.header("Content-Length") == "6"
    assert received.header("User-Agent") == "taxgate"


def test_a_reply_says_when_it_came_and_what_the_server_takes_for_now():
    """Both instants are aware; headers have lower-case names, repeated ones are joined."""
    now = datetime(2026, 5, 1, 9, 30, tzinfo=CHINA)
    kind = ("CONTENT-TYPE", "Application/JSON; charset=utf-8")
    reply = HttpReply(BODY, headers=(kind, ("X-A", "1"), ("x-a", "2")))
    with MisbehavingServer(reply) as server, transport(server, clock=lambda: now) as made:
        got = ask(made, server)
    assert got.received_at == now
    assert abs(got.server_date - datetime.now(UTC)) < timedelta(seconds=5)
    assert got.headers["x-a"] == "1,2"
    assert got.body == BODY
    assert got.plain_http


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Foo 2026 00:00:00 GMT", "-1"])
def test_a_date_that_is_none_is_none(date):
    """Garbage in a Date header is no instant, and no error."""
    assert http_date(date) is None


def test_a_get_has_no_body():
    """A profile may ask with GET."""
    with MisbehavingServer() as server, transport(server) as made:
        made.send(lambda: Request("GET", server.url + "/state", {}, b""), Deadline(5))
        assert (server.requests[0].method, server.requests[0].body) == ("GET", b"")


def test_each_try_is_made_anew():
    """Nonce and signature of a repeated question are new ones."""
    numbers = iter(range(9))

    def make():
        return Request("POST", server.url + "/q", {"X-Nonce": str(next(numbers))}, b"{}")

    with (
        MisbehavingServer(script=[M.SERVER_FAULT_500, M.RESET_MID_BODY]) as server,
        transport(server) as made,
    ):
        made.send(make, Deadline(5))
        assert [got.header("X-Nonce") for got in server.requests] == ["0", "1", "2"]


def test_a_request_that_cannot_be_made_is_not_tried_again():
    """Row 83: whoever fetches a secret has repeated it already; retries do not multiply."""
    calls = []

    def make():
        calls.append(1)
        raise SourceUnavailableError.of("secrets", C.SERVER_FAULT)

    with MisbehavingServer() as server, transport(server) as made:
        with pytest.raises(SourceError) as caught:
            made.send(make, Deadline(5))
        assert caught.value.source == "secrets"
        assert len(calls) == 1
        assert server.connections == 0


def test_a_mistake_in_a_program_is_no_outage():
    """What `make` and `judge` raise beside a SourceError travels on, once."""

    def fail(*_):
        raise ZeroDivisionError

    with MisbehavingServer() as server, transport(server) as made:
        with pytest.raises(ZeroDivisionError):
            made.send(fail, Deadline(5))
        with pytest.raises(ZeroDivisionError):
            ask(made, server, judge=fail)
        assert len(server.requests) == 1


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_no_more_tries_than_were_set(attempts):
    """Counted at the server."""
    with (
        MisbehavingServer(always=M.SERVER_FAULT_503) as server,
        transport(server, attempts=attempts) as made,
    ):
        outage(made, server)
        assert len(server.requests) == attempts


def test_pauses_are_random_up_to_twice_the_last():
    """Full jitter: between nothing and 0.2 s, then 0.4 s, 0.8 s, 1.6 s, and never above 2 s."""
    slept = []
    with (
        MisbehavingServer(always=M.SERVER_FAULT_503) as server,
        transport(server, attempts=7, sleep=slept.append, random=Highest()) as made,
    ):
        outage(made, server)
    assert slept == pytest.approx([0.2, 0.4, 0.8, 1.6, 2.0, 2.0])


@pytest.mark.parametrize(
    ("fault", "told", "slept"),
    [
        (M.RATE_LIMITED_SECONDS, 1.0, [1.0, 1.0]),
        (M.RATE_LIMITED_TEN_YEARS, 315_360_000.0, [1.5, 1.5]),
        (M.RATE_LIMITED_GARBAGE, None, [0.2, 0.4]),
        (M.RATE_LIMITED_NEGATIVE, None, [0.2, 0.4]),
        (M.RATE_LIMITED, None, [0.2, 0.4]),
    ],
)
def test_the_pause_a_bureau_asks_for_is_kept_up_to_a_cap(fault, told, slept):
    """Row 17: min(value, cap, time left), and what was asked for is reported as it was."""
    pauses = []
    with (
        MisbehavingServer(always=fault) as server,
        transport(server, sleep=pauses.append, random=Highest(), retry_after_cap=1.5) as made,
    ):
        assert outage(made, server, within=60).retry_after == told
    assert pauses == pytest.approx(slept)


def test_the_pause_may_be_an_instant():
    """Row 17: an HTTP date counts from our own clock."""
    pauses = []
    with (
        MisbehavingServer(always=M.RATE_LIMITED_HTTP_DATE) as server,
        transport(server, sleep=pauses.append) as made,
    ):
        told = outage(made, server, within=60)
    assert 0.5 < told.retry_after <= 2
    assert all(0.5 < pause <= 2 for pause in pauses)


def test_an_instant_that_has_passed_is_no_pause():
    """Our clock runs an hour ahead of the bureau's."""
    with (
        MisbehavingServer(always=M.RATE_LIMITED_HTTP_DATE) as server,
        transport(server, clock=lambda: datetime.now(CHINA) + timedelta(hours=1)) as made,
    ):
        assert outage(made, server).retry_after == 0


def test_a_pause_that_leaves_no_time_is_not_waited_for():
    """Row 17: with half a second left, waiting a second would only end at the deadline."""
    pauses = []
    with (
        MisbehavingServer(always=M.RATE_LIMITED_SECONDS) as server,
        transport(server, sleep=pauses.append) as made,
    ):
        told = outage(made, server, within=0.5)
    assert (told.cause, told.retry_after) == (C.RATE_LIMITED, 1.0)
    assert pauses == []


def test_a_connection_is_kept():
    """Ten questions, one connection; one more after the server has closed it."""
    with MisbehavingServer() as server, transport(server) as made:
        for _ in range(10):
            ask(made, server)
        assert server.connections == 1
        server.script(M.CLOSE_AFTER_REPLY)
        for _ in range(3):
            ask(made, server)
        assert server.connections == 2
        assert len(server.requests) == 13


def test_threads_get_their_own_answers():
    """Eight threads, thirty questions each, over at most eight connections."""
    wrong = []

    def worker(number):
        for index in range(30):
            body = b"%d/%d" % (number, index)
            if ask(made, server, body=body).body != body:
                wrong.append(body)

    with MisbehavingServer(lambda request: request.body) as server, transport(server) as made:
        threads = [threading.Thread(target=worker, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert len(server.requests) == 240
        assert server.connections <= 8


def in_child(work):
    """Run *work* in a forked process and return what it printed into the pipe."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        with contextlib.suppress(BaseException):
            os.write(write, work())
            code = 0
        os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    assert os.waitpid(child, 0)[1] == 0
    return said


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize("encrypted", [False, True])
def test_a_forked_process_opens_its_own_connections(tmp_path, encrypted):
    """Row 81: parent and child never speak over one connection, and the child keeps no copy."""
    certificates = Certificates(tmp_path)
    tls = certificates.server(HERE) if encrypted else None
    options = {"ca_file": certificates.ca_file} if encrypted else {}
    with (
        MisbehavingServer(lambda request: request.body, tls=tls) as server,
        transport(server, **options) as made,
    ):
        assert ask(made, server, body=b"parent").body == b"parent"
        (session,) = made._sessions.values()
        (inherited,) = session.route._open
        before = os.fstat(inherited.fileno()).st_ino

        def child():
            first = ask(made, server, body=b"child").body
            kept = {fd.stat().st_ino for fd in Path("/proc/self/fd").iterdir() if fd.exists()}
            return first + (b" kept" if before in kept else b" closed")

        assert in_child(child) == b"child closed"
        assert ask(made, server, body=b"again").body == b"again"
        assert server.connections == 2


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_while_another_thread_asks_leaves_the_child_able_to_ask():
    """No lock that was held at that moment is needed."""
    with MisbehavingServer(BODY, always=M.SLOW, pause=0.3) as server, transport(server) as made:
        asking = threading.Thread(target=ask, args=(made, server))
        asking.start()
        while not server.requests:
            pass
        assert in_child(lambda: ask(made, server).body) == BODY
        asking.join()


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_closing_in_a_forked_process_closes_nothing_of_the_parent():
    """A worker that ends before it asked leaves the parent's connection as it was."""

    def child():
        made.close()
        return b"closed"

    with MisbehavingServer() as server, transport(server) as made:
        ask(made, server)
        assert in_child(child) == b"closed"
        ask(made, server)
        assert server.connections == 1


def test_what_is_closed_asks_nobody():
    """After close there is no question; closing twice is once."""
    with MisbehavingServer() as server, transport(server) as made:
        ask(made, server)
        made.close()
        made.close()
        with pytest.raises(ClosedError):
            ask(made, server)
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://127.0.0.1:1/query"},
        {"url": "http://elsewhere.test/query"},
        {"url": "{base}@elsewhere.test/query"},
        {"url": "{base}0/query"},
        {"url": "{base}/query?vin=1"},
        {"url": "{base}/query#1"},
        {"url": "{base}/a/../query"},
        {"url": "{base}/%2e%2e/query"},
        {"url": "{base}/query\r\nX: 1"},
        {"url": "{base}/query/a b"},
        {"method": "POST /other HTTP/1.1"},
        {"method": "post"},
        {"headers": {"X-A": "1\r\nX-B: 2"}},
        {"headers": {"X-A": "查验"}},
        {"headers": {"X A": "1"}},
        {"headers": {"": "1"}},
        {"headers": {"host": "elsewhere.test"}},
        {"headers": {"Accept-Encoding": "gzip"}},
        {"headers": {"content-length": "3"}},
        {"headers": {"Transfer-Encoding": "chunked"}},
    ],
)
def test_what_would_smuggle_something_is_not_sent(change):
    """Row 14: another origin, a query, dots, line breaks, our headers: a mistake in a program."""
    parts = {"method": "POST", "url": "{base}/query", "headers": {}, "body": b"{}"} | change
    with MisbehavingServer() as server, transport(server) as made:
        request = Request(**(parts | {"url": parts["url"].format(base=server.url)}))
        with pytest.raises(ValueError, match=r"request|headers"):
            made.send(lambda: request, Deadline(5))
        assert server.connections == 0


def test_content_types_are_agreed_upon():
    """Another type is a reply where the profile says so, and so is none."""
    with MisbehavingServer(BODY, always=M.WRONG_CONTENT_TYPE) as server:
        with transport(server, content_types=["Text/Plain"]) as made:
            assert ask(made, server).body == BODY
        server.always(M.NO_CONTENT_TYPE)
        with transport(server, content_types=["application/json", ""]) as made:
            assert ask(made, server).body == BODY


def test_memory_stays_flat(caplog):
    """Two hundred questions leave nothing behind."""
    caplog.set_level(logging.WARNING, logger="urllib3")  # what is logged, the test run keeps
    with MisbehavingServer(BODY) as server, transport(server) as made:
        for _ in range(50):
            ask(made, server)
        tracemalloc.start()
        try:
            for _ in range(200):
                ask(made, server)
                server.requests.clear()
            gc.collect()
            assert tracemalloc.get_traced_memory()[0] < 100_000
        finally:
            tracemalloc.stop()
