"""Fixtures for tests of registries and sources (pytest 插件): loaded by pytest, costing nothing.

`taxgate_clock` stands still until it is moved, `in_memory_bureau` knows the records it is given,
`misbehaving_bureau` listens on a real socket and can be told to misbehave.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ..adapters.memory import InMemorySource
    from .clock import StandingClock
    from .misbehaving import MisbehavingServer

__all__ = ["in_memory_bureau", "misbehaving_bureau", "taxgate_clock"]


@pytest.fixture
def taxgate_clock() -> StandingClock:
    """Return a clock that shows 2026-11-23 10:00 in China until it is moved."""
    from .clock import StandingClock  # noqa: PLC0415 - loaded by the tests that need it

    return StandingClock()


@pytest.fixture
def in_memory_bureau(taxgate_clock: StandingClock) -> InMemorySource:
    """Return a bureau that knows nothing yet: append to its `records`, set its `outages`.

    Its answers are dated by `taxgate_clock`. A gate accepts them with `trial=True` only.
    """
    from ..adapters.memory import InMemorySource  # noqa: PLC0415 - see above

    return InMemorySource(clock=taxgate_clock)


@pytest.fixture
def misbehaving_bureau() -> Iterator[MisbehavingServer]:
    """Yield a server that answers `{}` and does what its `script` says; it is closed afterwards."""
    from .misbehaving import MisbehavingServer  # noqa: PLC0415 - see above

    with MisbehavingServer() as server:
        yield server
