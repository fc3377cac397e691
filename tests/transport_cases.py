"""What tests of the transport share: a transport to a server on this machine, and one question."""

from __future__ import annotations

import contextlib
import time

import pytest

from taxgate.adapters.transport import Request, Transport
from taxgate.sources import Deadline, SourceError

HERE = "127.0.0.1"
BODY = b'{"question": 1}'


@contextlib.contextmanager
def transport(server, **changes):
    """Yield a transport to *server* that does not pause between tries."""
    url = changes.pop("base_url", server.url)
    options = {
        "source": "bureau",
        "allow_internal": [HERE],
        "allow_plain_http_to": [HERE] if url.startswith("http:") else [],
        "sleep": lambda _: None,
    }
    made = Transport(base_url=url, **(options | changes))
    with contextlib.closing(made):
        yield made


def ask(made, server, *, within=5.0, url=None, judge=None, body=BODY, headers=None):
    """Ask once and return the reply."""
    target = (url or server.url) + "/query"
    request = Request("POST", target, headers or {"Content-Type": "application/json"}, body)
    return made.send(lambda: request, Deadline(within), judge=judge)


def outage(made, server, **options):
    """Ask once and return why there is no reply."""
    with pytest.raises(SourceError) as caught:
        ask(made, server, **options)
    assert caught.value.source == "bureau"
    return caught.value.outage


def timed(made, server, *, within, **options):
    """Ask once and return the outage and how many seconds it took to say so."""
    before = time.monotonic()
    told = outage(made, server, within=within, **options)
    return told, time.monotonic() - before


def resolve(monkeypatch, answer):
    """Let `socket.getaddrinfo` return the addresses *answer* gives for a host; return its calls."""
    calls = []

    def getaddrinfo(host, port, *_, **__):
        calls.append(host)
        return [(2, 1, 6, "", (address, port)) for address in answer(host)]

    monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)
    return calls
