"""(d) Memory a reply may take that was made to take much.

A fresh process asks an honest bureau first, so that all is loaded; then its peak is reset, and it
asks the server at fault: `gate.py` starts this script with both addresses and who asks. Linux only.
"""

# ruff: noqa: INP001, S603, T201 - a script, not a package, that starts itself and prints a figure

from __future__ import annotations

import contextlib
import itertools
import socket
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import requests
from gate_bureau import HERE, Bureau, bureau
from gate_http import CASE, WITHIN, composed, source_of
from gate_timing import table
from shipped_cases import shipped

from taxgate.evidence import OutageCause
from taxgate.sources import Deadline, SourceError
from taxgate.testing.misbehaving import MisbehavingServer, Misbehaviour

ROUNDS: Final = 3
_M: Final = 1 << 20
_FLOOD: Final = 100
_HEAD: Final = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{}\r\n\r\n"
_LIES: Final = {
    "100 MiB after a stated 100 bytes": ("Content-Length: 100", b""),
    "100 MiB, as stated": (f"Content-Length: {_FLOOD * _M}", b""),
    "100 MiB in chunks": ("Transfer-Encoding: chunked", b"%x\r\n" % _M),
}


def main(folder: Path) -> None:
    """Print the peak of extra memory for each fault, ours and that of a bare session."""
    rows = []
    with bureau(CASE, folder, tls=False) as honest, contextlib.ExitStack() as stack:
        bomb = MisbehavingServer(always=Misbehaviour.GZIP_BOMB)
        servers = {"gzip bomb, 305 KB for 300 MiB": stack.enter_context(bomb).url}
        for name, (said, before) in _LIES.items():
            servers[name] = stack.enter_context(flooding(said, before))
        for name, url in servers.items():
            found: dict[str, list[float]] = {"source": [], "session": []}
            for _, who in itertools.product(range(ROUNDS), found):
                found[who].append(_extra(honest.url, url, who))
            ours, bare = (statistics.median(values) for values in found.values())
            worst = max(found["source"])
            rows.append((name, f"{ours:.1f} MiB", f"{worst:.1f} MiB", f"{bare:.1f} MiB"))
    table("(d) memory over that of an honest reply", ("HttpSource", "most", "bare session"), rows)


def _extra(honest: str, url: str, who: str) -> float:
    said = subprocess.run(
        [sys.executable, __file__, honest, url, who], capture_output=True, check=True, text=True
    )
    return int(said.stdout) / 1024


@contextlib.contextmanager
def flooding(said: str, before: bytes) -> Iterator[str]:
    """Serve one head and a hundred times a mebibyte to whoever asks; yield the address."""
    after = b"\r\n" if before else b""
    piece = before + b" " * _M + after

    def serve(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(1 << 16)
            connection.sendall(_HEAD.format(said).encode())
            for _ in range(_FLOOD):
                connection.sendall(piece)
            connection.sendall(b"0\r\n\r\n" if before else b"")

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server((HERE, 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        yield f"http://{HERE}:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


# In the process that asks -------------------------------------------------------------------------


def ask(honest: str, url: str, who: str) -> None:
    """Print the KiB by which memory grew at most while the server at fault was asked."""
    inquiry = shipped(CASE).answers[0].inquiry
    asked = composed(inquiry)
    with requests.Session() as session:
        session.trust_env = False

        def by_session(at: str) -> None:
            with contextlib.suppress(requests.RequestException, ValueError):
                session.post(at, data=asked.body, timeout=WITHIN).json()

        def by_source(at: str) -> None:
            with contextlib.closing(source_of(Bureau(at, None))) as source:
                try:
                    source.query(inquiry, Deadline(WITHIN))
                except SourceError as error:
                    if at == honest or error.outage.cause is not OutageCause.OVERSIZE_RESPONSE:
                        raise

        once = by_source if who == "source" else by_session
        once(honest)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before = _kib("VmRSS")
        once(url)
        print(_kib("VmHWM") - before)


def _kib(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


if __name__ == "__main__":
    ask(*sys.argv[1:])
