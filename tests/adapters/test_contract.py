"""Every shipped source keeps the contract of sources; see `taxgate.testing.contract`.

The exchange database and the drop files do so beside their own tests.
"""

from __future__ import annotations

import pytest

from source_kinds import (
    AROUND,
    FAILURES,
    Sandbox,
    ScriptedSource,
    Served,
    in_memory,
    replayed,
)
from taxgate.evidence import OutageCause, Provenance
from taxgate.testing.contract import SourceContract

TOLD = tuple(cause for cause in OutageCause if cause is not OutageCause.NOT_ASKED)


class TestInMemory(SourceContract):
    """The source for tests and documents."""

    provenance = Provenance.IN_MEMORY
    causes = TOLD
    can_be_silent = False

    def make(self, script):
        """Return it with what it is to know."""
        return in_memory(script)


class TestReplay(SourceContract):
    """A recording of what a bureau said."""

    provenance = Provenance.REPLAYED
    causes = TOLD
    can_be_silent = False

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path

    def make(self, script):
        """Record all there is to be asked, and play it back."""
        return replayed(script, self.folder)


class AroundAnother(SourceContract):
    """A combinator around a scripted source."""

    causes = TOLD
    kind = ""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path

    def make(self, script):
        """Put it around a source that follows the script."""
        folder = self.folder / str(len(list(self.folder.iterdir())))
        folder.mkdir()
        return AROUND[self.kind](lambda: ScriptedSource(script), folder)


class TestByMatter(AroundAnother):
    """One source for each tax."""

    kind = "by-matter"


class TestCached(AroundAnother):
    """Answers kept for a while."""

    kind = "cached"


class TestFallback(AroundAnother):
    """Another source where the first cannot be asked."""

    kind = "fallback"


class TestCrossCheck(AroundAnother):
    """Two sources asked the same."""

    kind = "cross-check"


class TestBreaker(AroundAnother):
    """A source that is left alone while it is down."""

    kind = "breaker"


class TestRateLimit(AroundAnother):
    """No more questions than allowed."""

    kind = "rate-limit"


class TestRecording(AroundAnother):
    """Answers written down as they come."""

    kind = "recording"


class TestHttp(SourceContract):
    """The bureau over HTTP with TLS, in the plain profile."""

    causes = tuple(FAILURES)

    @pytest.fixture(autouse=True)
    def _served(self, tmp_path):
        self.served = Served(tmp_path)
        yield
        self.served.close()

    def make(self, script):
        """Return a source that asks a new server."""
        return self.served.asked(script)


class OverTheSandbox(SourceContract):
    """The bureau over HTTP, as the sandbox bureau speaks a profile."""

    told = Provenance.IN_MEMORY
    profile = ""

    @pytest.fixture(autouse=True)
    def _sandbox(self):
        self.sandbox = Sandbox(self.profile)
        yield
        self.sandbox.close()

    def make(self, script):
        """Return a source that asks a new sandbox."""
        return self.sandbox.asked(script)

    def carried(self, record):
        """Return the record with what the profile has a field for."""
        return self.sandbox.carried(record)


class TestGenericProfile(OverTheSandbox):
    """Plain JSON."""

    profile = "generic"


class TestGjgxjhpt(OverTheSandbox):
    """The national data-sharing platform."""

    profile = "gjgxjhpt"


class TestGjzwfwpt(OverTheSandbox):
    """The national government-service platform."""

    profile = "gjzwfwpt"


VEHICLE = ("purchase-tax", "vehicle-tax")
PROPERTY = ("deed-tax", "income-tax-on-a-unit", "land-appreciation-tax")
ENTITY = ("clearance", "tax-objection", "tax-registration")


class TestOpenGateway(OverTheSandbox):
    """A provincial open-data gateway."""

    profile = "open-gateway"
    kinds = (*VEHICLE, *ENTITY)


class TestCityBus(OverTheSandbox):
    """A city's data bus."""

    profile = "city-bus"
    kinds = (*VEHICLE, *ENTITY)


class TestSortedParams(OverTheSandbox):
    """A vendor's interface with sorted parameters."""

    profile = "sorted-params"
    kinds = PROPERTY
