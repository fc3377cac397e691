"""(c) What each source around another adds, and what the stores take."""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gate_stores
from gate_timing import in_turns, table

from taxgate.adapters.breaker import BreakerSource
from taxgate.adapters.by_matter import RoutedSource
from taxgate.adapters.cached import CachedSource
from taxgate.adapters.cross_check import CrossCheckSource
from taxgate.adapters.fallback import FallbackSource
from taxgate.adapters.memory import InMemorySource
from taxgate.adapters.rate_limit import RateLimitedSource
from taxgate.adapters.recording import RecordingSource
from taxgate.adapters.replay import ReplaySource
from taxgate.adapters.signing import HmacHeaderSigner, Message, Signer, SortedParamSigner
from taxgate.evidence import OutageCause
from taxgate.secret import Secret
from taxgate.sources import ClearanceSource, Deadline, SourceError, ask, system_clock
from taxgate.testing.samples import sample

KEY = Secret("a key for benchmarks only")
CALLS = 1000
"""Calls a second the rate limit allows; its clock is set forward so that it never waits."""


def main(folder: Path, rounds: int = 300, times: int = 20) -> None:
    """Print what combinators and signatures add, and what the stores take."""
    combinators(folder, rounds, times)
    signatures(rounds, times)
    gate_stores.main(folder)


def combinators(folder: Path, rounds: int, times: int) -> None:
    """Print what each combinator adds to the source inside."""
    asked = sample("purchase-tax")

    def inner() -> InMemorySource:
        return InMemorySource(asked.records)

    def down() -> InMemorySource:
        return InMemorySource(outages={asked.inquiry.matter: OutageCause.CONNECT_FAILED})

    ticks = itertools.count()
    cached, opened = CachedSource(inner()), BreakerSource(down(), failures=1)
    bare = inner()
    sources: dict[str, ClearanceSource] = {
        "by matter": RoutedSource({asked.inquiry.matter: inner()}),
        "cached, kept": cached,
        "cached, asked anew": CachedSource(inner()),
        "fallback, the first answers": FallbackSource(inner(), inner()),
        "fallback, the first is down": FallbackSource(down(), inner()),
        "cross-check of two": CrossCheckSource(inner(), inner()),
        "breaker, closed": BreakerSource(inner()),
        "breaker, open": opened,
        "rate limit": RateLimitedSource(
            inner(), calls=CALLS, monotonic=lambda: next(ticks) * 2 / CALLS
        ),
        "recording": RecordingSource(inner(), folder / "recording", key=KEY),
    }
    written = RecordingSource(inner(), folder / "replayed", key=KEY)
    ask(written, asked.inquiry, Deadline(1))
    written.close()
    sources["replay"] = ReplaySource(folder / "replayed", KEY)

    def way(source: ClearanceSource) -> Callable[[], object]:
        return lambda: ask(source, asked.inquiry, Deadline(8))

    def live(source: Any) -> Callable[[], object]:  # noqa: ANN401 - its query knows one more word
        return lambda: source.query(asked.inquiry, Deadline(8), max_age=0)

    def refused(source: ClearanceSource) -> Callable[[], object]:
        def run() -> None:
            with contextlib.suppress(SourceError):
                ask(source, asked.inquiry, Deadline(8))

        return run

    ways = {name: way(source) for name, source in sources.items()}
    ways["cached, asked anew"] = live(sources["cached, asked anew"])
    ways["breaker, open"] = refused(opened)
    timed = in_turns({"alone": way(bare), **ways}, rounds=rounds, times=times)
    alone = timed.pop("alone")
    for source in sources.values():
        if hasattr(source, "close"):
            source.close()
    instead = {"breaker, open", "replay", "cached, kept"}
    rows = [
        (
            name,
            f"{took.wall:.1f} µs",
            "" if name in instead else f"+{took.wall - alone.wall:.1f} µs",
        )
        for name, took in timed.items()
    ]
    table(f"(c) around a source that takes {alone.wall:.1f} µs", ("in all", "added"), rows)


def signatures(rounds: int, times: int) -> None:
    """Print what signing one request takes."""
    parameters = {
        "vin": "1M8GDM9AXKP042788",
        "office": "1401-07",
        "matter": "10122",
        "year": "2026",
    }
    message = Message(service="service-1", parameters=parameters)
    names = {"key": "appId", "signature": "sign", "time": "time", "nonce": "nonce", "secret": "key"}
    signers: dict[str, Signer] = {
        "headers, HMAC-SHA-256": HmacHeaderSigner(prefix="gjgxjhpt", requester="requester-1"),
        "sorted parameters, SHA-256": SortedParamSigner(algorithm="sha256", key="a", names=names),
        "sorted parameters, SM3": SortedParamSigner(algorithm="sm3", key="a", names=names),
    }

    def way(signer: Signer) -> Callable[[], object]:
        return lambda: signer.sign(message, now=system_clock(), nonce="0" * 32, secret=KEY)

    ways = {name: way(signer) for name, signer in signers.items()}
    timed = in_turns(ways, rounds=rounds, times=times)
    table("(c) signing", ("",), [(name, f"{took.wall:.1f} µs") for name, took in timed.items()])
