"""An idle bureau for `gate.py`: a process of its own that answers from prepared bytes.

It speaks the generic profile and nothing else, and looks at nothing it is not made to repeat: the
number of the request and the inquiry, which it cuts out of the body. What is timed against it is
the asking.
"""

# ruff: noqa: INP001, S603, T201 - a script, not a package, that starts itself and prints its port

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import formatdate
from pathlib import Path
from typing import Final

import trustme
from attrs import frozen
from shipped_cases import shipped

from taxgate.evidence import CHINA
from taxgate.wire import Case
from taxgate.wire.exchange import record_value

HERE: Final = "127.0.0.1"
_HEAD: Final = (
    b"HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Type: application/json;charset=utf-8\r\n"
    b"Content-Length: %d\r\n\r\n"
)
_BODY: Final = b'{"inquiry":'
_NUMBER: Final = b',"request_id":"'


@frozen
class Bureau:
    """A bureau that runs.

    Attributes:
        url: Its address.
        ca_file: The authority its certificate is of; None over plain http.
    """

    url: str
    ca_file: Path | None


@contextlib.contextmanager
def bureau(case: str, folder: Path, *, tls: bool, times: int = 1) -> Iterator[Bureau]:
    """Run a bureau that knows the answers of a shipped case.

    Args:
        case: Name of the case.
        folder: Where its certificate is put.
        tls: Whether it speaks TLS.
        times: How often each record is repeated in a reply.
    """
    ca_file = certificate = None
    if tls:
        authority = trustme.CA(key_type=trustme.KeyType.ECDSA)
        ca_file, certificate = folder / "ca.pem", folder / "bureau.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        issued = authority.issue_cert(HERE, key_type=trustme.KeyType.ECDSA)
        issued.private_key_and_cert_chain_pem.write_to_path(str(certificate))
    command = [sys.executable, __file__, case, str(times), *([str(certificate)] if tls else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None  # noqa: S101 - it is a pipe
            port = int(running.stdout.readline())
            yield Bureau(f"{'https' if tls else 'http'}://{HERE}:{port}", ca_file)
        finally:
            running.kill()


def replies(case: Case, times: int) -> Mapping[bytes, tuple[bytes, bytes]]:
    """Return the reply to each matter of *case*: what precedes the date, and what follows it."""
    found = {}
    for answer in case.answers:
        records = [record_value(record) for record in (answer.records or ()) * times]
        found[answer.inquiry.matter.encode()] = (
            b'{"code":"0","message":"","data":{"consultation_id":"Q-1","records":'
            + json.dumps(records, ensure_ascii=False).encode()
            + b',"as_of":"',
            b'","inquiry":',
        )
    return found


def _reply(body: bytes, known: Mapping[bytes, tuple[bytes, bytes]]) -> bytes:
    split = body.rindex(_NUMBER)
    inquiry, number = body[len(_BODY) : split], body[split:-1]
    matter = inquiry.partition(b'"matter":"')[2].partition(b'"')[0]
    before, after = known[matter]
    now = datetime.now(CHINA)
    said = b"".join(
        (before, now.isoformat(timespec="seconds").encode(), after, inquiry, number, b"}}")
    )
    return _HEAD % (formatdate(usegmt=True).encode(), len(said)) + said


def _serve(
    connection: socket.socket,
    known: Mapping[bytes, tuple[bytes, bytes]],
    context: ssl.SSLContext | None,
) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with contextlib.suppress(OSError):
        if context is not None:
            connection = context.wrap_socket(connection, server_side=True)
        left = b""
        while more := connection.recv(1 << 16):
            left += more
            head, found, body = left.partition(b"\r\n\r\n")
            # Requests come one after the other: a body that ends with "}" of the root is whole.
            if found and len(body) == _length(head):
                connection.sendall(_reply(body, known))
                left = b""
    connection.close()


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])


def main(case: str, times: str, certificate: str | None = None) -> None:
    """Answer until killed; print the port first."""
    known = replies(shipped(case), int(times))
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    listening = socket.create_server((HERE, 0), backlog=128)
    print(listening.getsockname()[1], flush=True)
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=_serve, args=(connection, known, context), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
