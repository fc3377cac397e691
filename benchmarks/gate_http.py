"""(a) The HTTP source beside a bare `requests.Session` that asks the same question."""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import requests
from gate_bureau import HERE, Bureau, bureau
from gate_timing import in_turns, table
from shipped_cases import shipped

from taxgate.adapters.asking import Asked, Configured, compose
from taxgate.adapters.http import HttpSource
from taxgate.adapters.profile_files import load_profile
from taxgate.adapters.transport import Request, Transport
from taxgate.evidence import Inquiry
from taxgate.sources import Deadline, system_clock
from taxgate.wire.exchange import checkpoint_of

CASE = "vehicle-first-paid"
ASKED = (
    (CASE, 1),
    ("deregistration-cleared", 1),
    ("property-sale-paid", 1),
    ("equity-sale-paid", 1),
    (CASE, 20),
)
"""Shipped cases, whose first inquiry is asked, and how often its record stands in the reply."""

WITHIN = 8.0
ROUNDS = 2000


def main(folder: Path) -> None:
    """Print what each way of asking costs."""
    rows = []
    for tls in (False, True):
        for case, times in ASKED:
            with bureau(case, folder, tls=tls, times=times) as at, ways(at, case) as (asking, size):
                bare, sent, queried = in_turns(asking, rounds=ROUNDS).values()
            rows.append((
                f"{'TLS' if tls else 'plain'}, {size}, {times} record{'s' * (times > 1)}",
                f"{bare.wall:.0f} µs",
                f"{sent.wall:.0f} µs", f"{sent.wall / bare.wall:.2f}",
                f"{queried.wall:.0f} µs", f"{queried.wall / bare.wall:.2f}",
                f"{queried.cpu / bare.cpu:.2f}",
            ))  # fmt: skip
    heads = (
        "bare session", "transport alone", "ratio", "HttpSource", "ratio", "ratio of computing"
    )  # fmt: skip
    table(f"(a) {ROUNDS} rounds", heads, rows)


def transport_to(at: Bureau) -> Transport:
    """Return a transport to the bureau at hand."""
    return Transport(
        source="bureau",
        base_url=at.url,
        ca_file=at.ca_file,
        allow_internal=[HERE],
        allow_plain_http_to=() if at.ca_file else [HERE],
    )


def source_of(at: Bureau) -> HttpSource:
    """Return a source that asks the bureau at hand."""
    return HttpSource(load_profile("generic"), transport=transport_to(at), url=at.url)


@contextlib.contextmanager
def ways(at: Bureau, case: str) -> Iterator[tuple[Mapping[str, Callable[[], object]], str]]:
    """Yield the ways to ask the bureau at hand, and how many bytes travel."""
    inquiry = shipped(case).answers[0].inquiry
    asked = composed(inquiry)
    headers = {**asked.headers, "User-Agent": "taxgate", "Accept-Encoding": "identity"}
    url = at.url + asked.path
    source, transport = source_of(at), transport_to(at)
    request = Request("POST", url, asked.headers, asked.body)
    with requests.Session() as session, contextlib.closing(source), contextlib.closing(transport):
        session.trust_env = False
        session.verify = str(at.ca_file) if at.ca_file else True

        def bare() -> Any:  # noqa: ANN401 - any JSON value
            return session.post(url, data=asked.body, headers=headers, timeout=WITHIN).json()

        def sent() -> object:
            return transport.send(lambda: request, Deadline(WITHIN))

        def queried() -> object:
            return source.query(inquiry, Deadline(WITHIN))

        said = session.post(url, data=asked.body, headers=headers, timeout=WITHIN).content
        assert source.query(inquiry, Deadline(WITHIN)).records  # noqa: S101 - or nothing is shown
        size = f"{inquiry.matter}, {len(asked.body)} and {len(said)} bytes"
        yield {"bare session": bare, "transport alone": sent, "HttpSource": queried}, size


def composed(inquiry: Inquiry) -> Asked:
    """Return the request the generic profile makes of *inquiry*, with a number of no meaning."""
    profile = load_profile("generic")
    question = profile.question_for(inquiry, checkpoint_of(inquiry))
    assert question is not None  # noqa: S101 - it asks everything
    return compose(
        profile,
        question,
        inquiry,
        configured=Configured(source="bureau"),
        signer=None,
        secret=None,
        now=system_clock(),
        new_id=lambda: UUID(int=1, version=4),
    )
