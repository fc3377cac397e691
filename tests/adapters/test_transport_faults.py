"""Every fault of the wire has its one outcome, in time, and is never taken for a reply."""

from __future__ import annotations

import threading
import tracemalloc

import pytest

from taxgate.evidence import OutageCause, OutageKind
from taxgate.sources import SourceUnavailableError
from taxgate.testing.misbehaving import MisbehavingServer, Misbehaviour
from taxgate.testing.misbehaving_faults import LISTENING
from transport_cases import BODY, HERE, ask, outage, resolve, timed, transport

C = OutageCause
M = Misbehaviour

BREAKING = [
    (1, M.REFUSE, C.CONNECT_FAILED),
    (4, M.RESET_ON_ACCEPT, C.CONNECT_FAILED),
    (4, M.CLOSE_ON_ACCEPT, C.CONNECT_FAILED),
    (4, M.CLOSE_BEFORE_REPLY, C.CONNECT_FAILED),
    (4, M.RESET_BEFORE_REPLY, C.CONNECT_FAILED),
    (4, M.RESET_IN_HEADERS, C.CONNECT_FAILED),
    (4, M.RESET_AFTER_HEADERS, C.CONNECT_FAILED),
    (4, M.RESET_MID_BODY, C.CONNECT_FAILED),
    (17, M.RATE_LIMITED, C.RATE_LIMITED),
    (17, M.RATE_LIMITED_SECONDS, C.RATE_LIMITED),
    (17, M.RATE_LIMITED_HTTP_DATE, C.RATE_LIMITED),
    (17, M.RATE_LIMITED_GARBAGE, C.RATE_LIMITED),
    (17, M.RATE_LIMITED_NEGATIVE, C.RATE_LIMITED),
    (17, M.RATE_LIMITED_TEN_YEARS, C.RATE_LIMITED),
    (18, M.SERVER_FAULT_500, C.SERVER_FAULT),
    (18, M.SERVER_FAULT_502, C.SERVER_FAULT),
    (18, M.SERVER_FAULT_503, C.SERVER_FAULT),
    (18, M.SERVER_FAULT_504, C.SERVER_FAULT),
    (18, M.HTML_ERROR_PAGE, C.SERVER_FAULT),
    (23, M.TRUNCATED_BODY, C.CONNECT_FAILED),
    (23, M.TRUNCATED_CHUNKS, C.CONNECT_FAILED),
]
"""What may pass: tried three times."""

WRONG = [
    (13, M.REDIRECT_301, C.REDIRECT_REFUSED),
    (13, M.REDIRECT_302, C.REDIRECT_REFUSED),
    (13, M.REDIRECT_303, C.REDIRECT_REFUSED),
    (13, M.REDIRECT_307, C.REDIRECT_REFUSED),
    (13, M.REDIRECT_308, C.REDIRECT_REFUSED),
    (13, M.REDIRECT_ELSEWHERE, C.REDIRECT_REFUSED),
    (13, M.REDIRECT_TO_PLAIN_HTTP, C.REDIRECT_REFUSED),
    (13, M.REDIRECT_TO_FILE, C.REDIRECT_REFUSED),
    (13, M.REDIRECT_HUGE, C.REDIRECT_REFUSED),
    (19, M.BAD_REQUEST, C.MALFORMED_RESPONSE),
    (19, M.NOT_FOUND, C.MALFORMED_RESPONSE),
    (20, M.UNAUTHORISED, C.BAD_SIGNATURE),
    (20, M.FORBIDDEN, C.BAD_SIGNATURE),
    (22, M.NO_CONTENT, C.MALFORMED_RESPONSE),
    (22, M.PARTIAL_CONTENT, C.MALFORMED_RESPONSE),
    (22, M.EMPTY_BODY, C.MALFORMED_RESPONSE),
    (24, M.EOF_DELIMITED, C.MALFORMED_RESPONSE),
    (24, M.HTTP_1_0, C.MALFORMED_RESPONSE),
    (24, M.TRUNCATED_HEADERS, C.MALFORMED_RESPONSE),
    (24, M.TWO_LENGTHS, C.MALFORMED_RESPONSE),
    (24, M.LENGTH_AND_CHUNKS, C.MALFORMED_RESPONSE),
    (24, M.NEGATIVE_LENGTH, C.MALFORMED_RESPONSE),
    (24, M.NEGATIVE_CHUNK, C.MALFORMED_RESPONSE),
    (24, M.ENDLESS_CHUNK_LINE, C.MALFORMED_RESPONSE),
    (24, M.ENDLESS_TRAILERS, C.MALFORMED_RESPONSE),
    (24, M.ENDLESS_HEADERS, C.MALFORMED_RESPONSE),
    (24, M.MALFORMED_HEADERS, C.MALFORMED_RESPONSE),
    (24, M.NOT_HTTP, C.MALFORMED_RESPONSE),
    (31, M.ENDLESS_INTERIM, C.OVERSIZE_RESPONSE),
    (31, M.HUGE_BODY, C.OVERSIZE_RESPONSE),
    (31, M.HUGE_CHUNKED, C.OVERSIZE_RESPONSE),
    (31, M.LYING_LENGTH, C.OVERSIZE_RESPONSE),
    (31, M.SECOND_REPLY, C.OVERSIZE_RESPONSE),
    (32, M.GZIP_BOMB, C.OVERSIZE_RESPONSE),
    (32, M.BROTLI, C.OVERSIZE_RESPONSE),
    (32, M.ZSTD, C.OVERSIZE_RESPONSE),
    (32, M.STACKED_ENCODINGS, C.OVERSIZE_RESPONSE),
    (32, M.COMPRESSED_TRANSFER, C.OVERSIZE_RESPONSE),
    (33, M.WRONG_CONTENT_TYPE, C.MALFORMED_RESPONSE),
    (33, M.NO_CONTENT_TYPE, C.MALFORMED_RESPONSE),
    (33, M.LOGIN_PAGE, C.MALFORMED_RESPONSE),
]
"""What somebody has to look into: never tried again."""

LATE = [
    (3, M.BLACK_HOLE),
    (5, M.HEADER_DRIP),
    (5, M.BODY_DRIP),
    (6, M.TLS_STALL),
    (6, M.UNREAD),
    (6, M.SILENCE),
]

FINE = {M.NONE, M.CHUNKED, M.SLOW, M.CLOSE_AFTER_REPLY}


def named(rows):
    """Return *rows* as parameters with readable names."""
    return [pytest.param(*row[1:], id=f"{row[0]}-{row[1]}") for row in rows]


def test_every_fault_has_an_outcome():
    """A fault added to the server without an outcome fails here."""
    told = {row[1] for row in (*BREAKING, *WRONG, *LATE)}
    assert told | FINE == set(Misbehaviour)
    assert not told & FINE


@pytest.mark.parametrize(("fault", "cause"), named(BREAKING))
def test_what_may_pass_is_tried_three_times_and_named(fault, cause):
    """The bureau is unreachable after three tries, each on the wire."""
    with MisbehavingServer(always=fault) as server, transport(server) as made:
        told = outage(made, server, within=20)
        assert (told.kind, told.cause) == (OutageKind.UNREACHABLE, cause)
        tries = len(server.requests) or server.connections
        assert tries == (0 if fault in LISTENING else 3)


@pytest.mark.parametrize(("fault", "cause"), named(WRONG))
def test_what_is_wrong_is_named_and_never_asked_again(fault, cause):
    """The bureau is not trusted, after one question; a second would get the same treatment."""
    with (
        MisbehavingServer() as elsewhere,
        MisbehavingServer(b'{"a": 1}', always=fault, elsewhere=elsewhere.url) as server,
        transport(server) as made,
    ):
        told = outage(made, server)
        assert (told.kind, told.cause) == (OutageKind.UNTRUSTED, cause)
        assert len(server.requests) == 1
        assert elsewhere.connections == 0


@pytest.mark.parametrize("fault", sorted(FINE))
def test_what_is_no_fault_gets_its_reply(fault):
    """A slow or chunked reply is one, and so is the last on a connection."""
    with MisbehavingServer(b'{"a": 1}', always=fault) as server, transport(server) as made:
        for _ in range(3):
            reply = ask(made, server)
            assert (reply.status, reply.body) == (200, b'{"a": 1}')
        assert len(server.requests) == 3


@pytest.mark.parametrize("fault", [pytest.param(row[1], id=f"{row[0]}-{row[1]}") for row in LATE])
def test_what_takes_too_long_ends_at_the_deadline(fault):
    """The whole exchange ends within 100 ms of the deadline, not one read after the other."""
    with MisbehavingServer(always=fault) as server, transport(server) as made:
        told, took = timed(made, server, within=0.4)
        assert (told.kind, told.cause) == (OutageKind.UNREACHABLE, C.TIMEOUT)
        assert 0.4 <= took < 0.5


def test_a_request_nobody_reads_ends_at_the_deadline():
    """A body too large for the buffers on the way does not wait for a server that never reads."""
    with MisbehavingServer(always=M.UNREAD) as server, transport(server) as made:
        told, took = timed(made, server, within=0.3, body=bytes(32 << 20))
        assert told.cause is C.TIMEOUT
        assert took < 0.4


def test_a_look_up_without_a_thread_for_it_is_a_dns_failure(monkeypatch):
    """A machine that has no more threads to give is no mistake in a program."""

    def fail(_):
        raise RuntimeError("can't start new thread")

    with MisbehavingServer() as server:
        url = f"https://bureau.test:{server.port}"
        with transport(server, base_url=url) as made, monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", fail)
            assert outage(made, server, url=url).cause is C.DNS_FAILED


def test_a_short_connect_timeout_leaves_time_for_other_tries():
    """A black hole takes connect_timeout for each try, and ends as a timeout."""
    with (
        MisbehavingServer(always=M.BLACK_HOLE) as server,
        transport(server, connect_timeout=0.1) as made,
    ):
        told, took = timed(made, server, within=5)
        assert told.cause is C.TIMEOUT
        assert 0.3 <= took < 0.5


def test_a_passed_deadline_asks_nobody():
    """Without time there is no question."""
    with MisbehavingServer() as server, transport(server) as made:
        assert outage(made, server, within=0).cause is C.TIMEOUT
        assert server.connections == 0


def test_a_name_without_an_address_is_a_dns_failure(monkeypatch):
    """Row 2: the look-up fails, three times."""

    def fail(_):
        raise OSError("Name or service not known")

    calls = resolve(monkeypatch, fail)
    with MisbehavingServer() as server:
        url = f"https://bureau.test:{server.port}"
        with transport(server, base_url=url) as made:
            assert outage(made, server, url=url).cause is C.DNS_FAILED
        assert len(calls) == 3
        assert server.connections == 0


def test_a_look_up_that_stalls_ends_at_the_deadline_and_is_made_once(monkeypatch):
    """Four callers wait for one look-up, each no longer than it has time."""
    release = threading.Event()

    def stall(_):
        release.wait()
        return [HERE]

    calls = resolve(monkeypatch, stall)
    with MisbehavingServer() as server:
        url = f"https://bureau.test:{server.port}"
        with transport(server, base_url=url) as made:
            found = []
            callers = [
                threading.Thread(
                    target=lambda: found.append(timed(made, server, within=0.3, url=url))
                )
                for _ in range(4)
            ]
            for caller in callers:
                caller.start()
            for caller in callers:
                caller.join()
            release.set()
    assert {told.cause for told, _ in found} == {C.TIMEOUT}
    assert max(took for _, took in found) < 0.4
    assert calls == ["bureau.test"]


@pytest.mark.parametrize(
    "fault", [M.GZIP_BOMB, M.STACKED_ENCODINGS, M.HUGE_BODY, M.HUGE_CHUNKED, M.NEGATIVE_CHUNK,
              M.ENDLESS_CHUNK_LINE, M.ENDLESS_HEADERS, M.REDIRECT_HUGE]
)  # fmt: skip
def test_no_reply_takes_much_memory(fault):
    """Whatever the bureau sends, it costs at most 8 MiB; the server's own share is in it."""
    with MisbehavingServer(always=fault) as server, transport(server) as made:
        outage(made, server)  # what is made once and kept, such as the bomb, is made now
        tracemalloc.start()
        try:
            outage(made, server)
            assert tracemalloc.get_traced_memory()[1] < 8 << 20
        finally:
            tracemalloc.stop()


def test_the_cap_is_exact():
    """A body of the largest size is a reply, one byte more is not, chunked or not."""
    for fault in (M.NONE, M.CHUNKED):
        for size, fits in ((1000, True), (1001, False)):
            with (
                MisbehavingServer(b" " * size, always=fault) as server,
                transport(server, largest=1000) as made,
            ):
                if fits:
                    assert len(ask(made, server).body) == size
                else:
                    assert outage(made, server).cause is C.OVERSIZE_RESPONSE


def test_a_fault_does_not_spoil_the_next_question():
    """After each fault of a reply, the next question gets its own answer on a clean connection."""
    faults = [row[1] for row in WRONG]
    with MisbehavingServer(lambda request: request.body) as server, transport(server) as made:
        for number, fault in enumerate(faults):
            server.script(fault)
            outage(made, server, body=b"before")
            reply = ask(made, server, body=b"%d" % number)
            assert reply.body == b"%d" % number


def test_two_bad_tries_and_a_good_one_give_a_reply():
    """An outage that passes within the tries is none."""
    with (
        MisbehavingServer(BODY, script=[M.RESET_MID_BODY, M.SERVER_FAULT_503]) as server,
        transport(server) as made,
    ):
        assert ask(made, server).body == BODY
        assert len(server.requests) == 3


def test_a_judge_decides_what_is_tried_again():
    """Its unavailable is tried again, and the reply judged last is returned."""
    judged = []

    def judge(reply):
        judged.append(reply)
        if len(judged) < 3:
            raise SourceUnavailableError.of("bureau", C.SERVER_FAULT, "inner code 503")

    with MisbehavingServer() as server, transport(server) as made:
        assert ask(made, server, judge=judge) is judged[-1]
        assert len(server.requests) == 3


def test_a_judge_that_distrusts_is_final():
    """Its untrusted is raised at once."""

    def judge(_):
        raise SourceUnavailableError.of("bureau", C.UNKNOWN_CODE)

    with MisbehavingServer() as server, transport(server) as made:
        assert outage(made, server, judge=judge).cause is C.UNKNOWN_CODE
        assert len(server.requests) == 1
