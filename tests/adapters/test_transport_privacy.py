"""What was asked about, and what was said about it, shows up nowhere but in the reply itself."""

from __future__ import annotations

import contextlib
import logging
import pickle
import traceback

import pytest

from taxgate.adapters.transport import Reply, Request
from taxgate.evidence import OutageCause
from taxgate.sources import Deadline, SourceError
from taxgate.testing.misbehaving import HttpReply, MisbehavingServer, Misbehaviour
from taxgate.testing.misbehaving_faults import LISTENING
from tls import Certificates
from transport_cases import HERE, transport

ASKED = "LSVAU2180N2183294"
SAID = "91140100MA0GTXYZ3K"
SIGNED = "c2lnbmF0dXJlLW9mLW91cnM"
CANARIES = (ASKED, SAID, SIGNED)


class Spy:
    """Whom to ask about what, kept out of the frames a traceback shows."""

    def __init__(self, server):
        self._request = Request(
            "POST", f"{server.url}/query", {"X-Sign": SIGNED}, f'{{"vin": "{ASKED}"}}'.encode()
        )

    def make(self):
        """Return the request."""
        return self._request


def everything(error):
    """Return all an error can show: its text, its chain, its frames with their variables."""
    seen = []
    while error is not None:
        seen += [str(error), repr(error), repr(error.args), repr(vars(error))]
        frames = traceback.TracebackException(
            type(error), error, error.__traceback__, capture_locals=True
        )
        seen += frames.format()
        assert error.__cause__ is None
        error = error.__context__
        assert error is None, "a library's error is chained"
    return "\n".join(seen)


@pytest.fixture
def log():
    """Collect every record of every logger at DEBUG, formatted."""
    lines = []

    class Collector(logging.Handler):
        def emit(self, record):
            lines.append(f"{self.format(record)} {record.__dict__!r}")

    root = logging.getLogger()
    level, collector = root.level, Collector(logging.NOTSET)
    root.addHandler(collector)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(collector)
    root.setLevel(level)


JSON = ("Content-Type", "application/json")

SPEAKING = HttpReply(
    f'{{"uscc": "{SAID}"}}'.encode(),
    headers=(JSON, ("X-Subject", SAID), ("ETag", SAID)),
)


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("fault", sorted(Misbehaviour))
def test_no_fault_brings_to_light_what_was_asked_or_said(tmp_path_factory, log, fault, encrypted):
    """Row 64: not in a log at DEBUG, nor in an error, its chain, or the variables of its frames."""
    tls, options = None, {}
    if encrypted:
        certificates = Certificates(tmp_path_factory.mktemp("ca"))
        tls, options = certificates.server(HERE), {"ca_file": certificates.ca_file}
    shown = ""
    with (
        MisbehavingServer(
            SPEAKING, always=fault, tls=tls, pause=0.01, elsewhere=f"https://{SAID}.test"
        ) as server,
        transport(server, attempts=2, **options) as made,
    ):
        spy = Spy(server)
        try:
            reply = made.send(spy.make, Deadline(0.15))
            shown = repr(reply)
        except SourceError as error:
            shown = everything(error) + everything(pickle.loads(pickle.dumps(error)))  # noqa: S301
        assert fault in LISTENING or server.connections
    assert shown
    for canary in CANARIES:
        assert canary not in shown
        assert not [line for line in log if canary in line]


@pytest.mark.parametrize(
    "reply",
    [
        HttpReply(b"{}", headers=(("Content-Type", SAID),)),
        HttpReply(b"{}", headers=(JSON, ("Content-Encoding", SAID))),
        HttpReply(b"{}", headers=(JSON, ("Date", SAID))),
        HttpReply(b"{}", 302, (("Location", f"https://{SAID}.test/{SAID}"),)),
        HttpReply(b"{}", 429, (("Retry-After", SAID),)),
        HttpReply(SAID.encode(), 500),
        HttpReply(SAID.encode(), 200, (("Transfer-Encoding", SAID),)),
        HttpReply(SAID.encode(), 200, (("Set-Cookie", f"a={SAID}; Expires={SAID}"),)),
        HttpReply(b"{}", 200, ((f"{SAID} no name", SAID),)),
        HttpReply(b"{}", 200, (("Content-Length", SAID),)),
    ],
)
def test_no_header_of_a_reply_is_repeated(log, reply):
    """Whatever a server writes where, a log has nothing of it."""
    with MisbehavingServer(reply) as server, transport(server, attempts=2) as made:
        spy = Spy(server)
        shown = ""
        with contextlib.suppress(SourceError):
            shown = repr(made.send(spy.make, Deadline(5)))
        for canary in CANARIES:
            assert canary not in shown
            assert not [line for line in log if canary in line]


def test_a_request_that_may_not_be_sent_is_not_repeated_either():
    """The error for a mistake in a program names the rule and not the value."""
    with MisbehavingServer() as server, transport(server) as made:
        for request in (
            Request("POST", f"{server.url}/query?vin={ASKED}", {}, b""),
            Request("POST", f"{server.url}/query", {"X-Vin": f"{ASKED}\n"}, b""),
            Request("POST", f"{server.url}/query", {f"X {ASKED}": ""}, b""),
            Request(f"POST {ASKED}", f"{server.url}/query", {}, b""),
        ):
            with pytest.raises(ValueError, match=r"request") as caught:
                made.send(lambda request=request: request, Deadline(1))
            text = str(caught.value)
            assert ASKED not in text


def test_a_request_and_a_reply_show_neither_headers_nor_body(log):
    """Their readable forms name the method, the host and the instants."""
    request = Request("POST", f"https://bureau.test/{ASKED}", {"X-Sign": SIGNED}, ASKED.encode())
    assert repr(request) == "Request(POST https://bureau.test)"
    assert ASKED not in repr(Request("GET", f"https://{ASKED}@bureau.test/", {}, b""))
    with MisbehavingServer(SPEAKING) as server, transport(server) as made:
        reply = made.send(Spy(server).make, Deadline(5))
        assert isinstance(reply, Reply)
        assert SAID.encode() in reply.body
        assert SAID not in repr(reply)
        assert repr(made) == f"Transport(bureau: {server.url})"


def test_what_is_not_trusted_is_logged_once_as_an_error_on_one_line(log, caplog):
    """An operator hears of it; what may pass is no error."""
    with (
        MisbehavingServer(script=[Misbehaviour.REDIRECT_301]) as server,
        transport(server, source="bureau\nforged line") as made,
    ):
        with pytest.raises(SourceError):
            made.send(Spy(server).make, Deadline(5))
        server.always(Misbehaviour.SERVER_FAULT_500)
        with pytest.raises(SourceError):
            made.send(Spy(server).make, Deadline(5))
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.name for record in errors] == ["taxgate.adapters.transport"]
    assert "\n" not in errors[0].getMessage()
    assert str(OutageCause.REDIRECT_REFUSED) in errors[0].getMessage()
