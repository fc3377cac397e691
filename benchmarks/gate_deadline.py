"""(e) How long after the deadline somebody who does not answer is given up."""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import contextlib
import ssl
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import trustme
from gate_bureau import HERE, Bureau
from gate_http import CASE, source_of
from gate_timing import table
from shipped_cases import shipped

from taxgate import Gate
from taxgate.adapters.http import HttpSource
from taxgate.evidence import OutageCause
from taxgate.gate import purpose_for
from taxgate.sources import Deadline, SourceError
from taxgate.testing.misbehaving import MisbehavingServer, Misbehaviour

WITHIN: Final = 0.5
ROUNDS: Final = 15
_F: Final = Misbehaviour
FAULTS: Final = (
    (_F.BLACK_HOLE, False, "first packet unanswered"),
    (_F.SILENCE, False, "request read, nothing said"),
    (_F.HEADER_DRIP, False, "headers, a byte every 20 ms"),
    (_F.BODY_DRIP, False, "body, a byte every 20 ms"),
    (_F.TLS_STALL, True, "TLS never answered"),
    (_F.UNREAD, True, "TLS, then nothing"),
    (_F.BODY_DRIP, True, "TLS, body, a byte every 20 ms"),
)


def main(folder: Path) -> None:
    """Print by how much the deadline is overrun, asking a source and asking a gate."""
    ca_file, context = _tls(folder)
    found: dict[tuple[str, str], list[float]] = {}
    with contextlib.ExitStack() as stack:
        ways: dict[tuple[str, str], Callable[[], None]] = {}
        for fault, tls, told in FAULTS:
            server = stack.enter_context(
                MisbehavingServer(always=fault, tls=context if tls else None)
            )
            at = Bureau(server.url, ca_file if tls else None)
            source = stack.enter_context(contextlib.closing(source_of(at)))
            gate = stack.enter_context(Gate(source_of(at), within=WITHIN))
            ways[told, "source"] = _asking(source)
            ways[told, "gate"] = _checking(gate)
        for _ in range(ROUNDS):
            for name, run in ways.items():
                began = time.perf_counter()
                run()
                found.setdefault(name, []).append(time.perf_counter() - began - WITHIN)
    rows = []
    for _, _, told in FAULTS:
        cells = [_cell(found[told, who]) for who in ("source", "gate")]
        rows.append((told, *cells))
    heads = ("HttpSource: median, latest", "Gate: median, latest")
    table(f"(e) after a deadline of {WITHIN} s, {ROUNDS} rounds", heads, rows)


def _cell(late: list[float]) -> str:
    return f"{statistics.median(late) * 1000:+.1f} ms, {max(late) * 1000:+.1f} ms"


def _asking(source: HttpSource) -> Callable[[], None]:
    inquiry = shipped(CASE).answers[0].inquiry

    def run() -> None:
        try:
            source.query(inquiry, Deadline(WITHIN))
        except SourceError as error:
            if error.outage.cause is not OutageCause.TIMEOUT:
                raise

    return run


def _checking(gate: Gate) -> Callable[[], None]:
    application = shipped(CASE).application
    purpose = purpose_for(application, office=application.office, case_no=application.case_no)

    def run() -> None:
        assert not gate.check(application, purpose=purpose).may_complete  # noqa: S101 - an outage

    return run


def _tls(folder: Path) -> tuple[Path, ssl.SSLContext]:
    authority = trustme.CA(key_type=trustme.KeyType.ECDSA)
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HERE, key_type=trustme.KeyType.ECDSA).configure_cert(context)
    return ca_file, context
